"""What commands that decide have in common: who decides, what they confirm, what was seen, what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import click

from content_kit.cli.opening import output_folder
from content_kit.cli.talk import Progress, result, result_json, say, tell
from content_kit.errors import UsageError
from content_kit.findings import Finding, clipped
from content_kit.render import Press
from content_kit.review.decide import NOT_HANDED_IN, Decision, decide
from content_kit.review.events import Event, Kind
from content_kit.review.policy import ticks
from content_kit.review.reviews import Reviews
from content_kit.review.status import State
from content_kit.schedule.dates import clock, short_date

_WITHOUT_KEY: Final = "Dicatat tanpa tanda tangan; yang perlu tanda tangan hanya persetujuan."
_WORDS: Final = {
    Kind.SUBMIT: "diajukan",
    Kind.APPROVE: "disetujui",
    Kind.RETURN: "dikembalikan",
    Kind.WITHDRAW: "ditarik",
    Kind.POSTED: "diposting",
    Kind.NOT_POSTED: "belum diposting",
}

by_option = click.option(
    "--by",
    required=True,
    metavar="NAMA",
    help="Siapa yang memutuskan: id di orang.yaml, atau nama.",
)

checked_option = click.option(
    "--checked",
    multiple=True,
    metavar="BUTIR",
    help="Butir daftar periksa yang Anda pastikan sendiri, dipisah koma; all untuk semuanya.",
)


def confirmed(reviews: Reviews, words: Sequence[str]) -> tuple[str, ...]:
    """The questions that `--checked` names; UsageError for one that is not in the checklist."""
    said = [word.strip() for text in words for word in text.split(",") if word.strip()]
    known, unknown = ticks(reviews.rules, said)
    if unknown:
        there = ", ".join(item.id for item in reviews.rules.items if item.by_person)
        raise UsageError(f'--checked: "{clipped(unknown[0])}" tidak ada. Yang ada: all, {there}.')
    return known


def decide_on(
    kind: Kind,
    states: Sequence[State],
    who: str,
    press: Press,
    *,
    checked: Sequence[str] = (),
    pictures: bool = False,
    out: str | None = None,
    quiet: bool = False,
) -> Decision:
    """What a decision comes to; with `pictures` an approval keeps the digest of each picture below `out`."""
    decision = decide(kind, states, who, checked=checked)
    if kind is not Kind.APPROVE or not pictures or not decision.carried:
        return decision
    seen = _pictures(press, decision, out, quiet=quiet)
    return decide(kind, states, who, checked=checked, pictures=seen)


def passed_over(decision: Decision) -> tuple[Decision, tuple[State, ...]]:
    """A decision about a whole week or month without the posts that nobody handed in, and those.

    Whoever approves a month means what waits in it; a post that is still being written is no
    failure. One that was named is refused.
    """
    skipped = tuple(one for one, why in decision.refused if why == NOT_HANDED_IN)
    refused = tuple((one, why) for one, why in decision.refused if why != NOT_HANDED_IN)
    return replace(decision, refused=refused), skipped


def report(
    parts: Sequence[tuple[Kind, Decision]],
    reviews: Reviews,
    who: str,
    *,
    as_json: bool,
    events: Sequence[Event] = (),
    more: Sequence[Finding] = (),
    dry_run: bool | None = None,
    skipped: Sequence[State] = (),
) -> int:
    """Say what was carried out, what was there already, and what was refused and why.

    The exit code: 1 when something was refused, though the rest was carried out. `skipped` are the
    posts of a week or month that nobody handed in. `dry_run` is told only by commands that have it.
    """
    findings = [*more, *reviews.findings()]
    signed = bool(events) and all(event.signed for event in events)
    code = 1 if any(decision.refused for _, decision in parts) else 0
    if as_json:
        result_json(
            {
                "by": who,
                **({} if dry_run is None else {"dry_run": dry_run}),
                "signed": signed,
                "done": [_item(one, k) for k, d in parts for one, _ in d.carried],
                "already": [_item(one, k) for k, d in parts for one in d.already],
                **({"skipped": [name_of(one) for one in skipped]} if skipped else {}),
                "refused": [{**_item(o, k), "why": why} for k, d in parts for o, why in d.refused],
                "findings": [finding.as_json() for finding in findings],
            }
        )
        return code
    for kind, decision in parts:
        what = _WORDS[kind]
        for one, _ in decision.carried:
            result(f"{title_of(one)}: {'akan ' if dry_run else ''}{what} oleh {who}")
        for one in decision.already:
            waits = f"; {one.waiting_for()}" if kind is Kind.APPROVE and one.waiting_for() else ""
            say(f"{title_of(one)}: sudah {what}{waits}.")
        for one, why in decision.refused:
            say(f"{title_of(one)}: belum dapat {what}: {why}")
        if decision.refused and decision.carried:
            said = "" if dry_run is None or not dry_run else "akan "
            say(
                f"{len(decision.carried)} postingan {said}{what}, {len(decision.refused)} belum; "
                "sebabnya disebut di atas."
            )
    if skipped:
        say(f"{len(skipped)} postingan dilewati karena belum diajukan.")
    tell(findings)
    if reviews.first_sight():
        say(reviews.first_sight())
    if Kind.APPROVE in {kind for kind, _ in parts} and (doubt := reviews.stranger(who)):
        say(doubt)
    if signed:
        say(f"Ditandatangani dengan kunci {who}.")
    elif events:
        say(_WITHOUT_KEY if reviews.signed else reviews.sentence())
    return code


def name_of(one: State) -> dict[str, object]:
    """The unit and the id of a post, as `--json` says them."""
    return {"unit": one.proof.post.unit, "post": one.proof.post.id}


def title_of(one: State) -> str:
    """A post on one line: unit, id, and when it goes out."""
    post = one.proof.post
    when = f"{short_date(post.date)} {clock(post.time)} {one.proof.posyandu.zone.name}"
    return f"{post.unit} {post.id} ({when})"


def _item(one: State, kind: Kind) -> dict[str, object]:
    return {**name_of(one), "kind": kind.value}


def _pictures(
    press: Press, decision: Decision, out: str | None, *, quiet: bool
) -> Mapping[tuple[str, str], Mapping[str, str]]:
    """The digests of the pictures of what will be approved."""
    target = output_folder(press, out)
    progress = Progress("Mencatat gambar", quiet=quiet)
    found = {}
    for number, (one, _) in enumerate(decision.carried, 1):
        post = one.proof.post
        found[post.unit, post.id] = press.digests(one.proof, target)
        progress.show(number, len(decision.carried))
    progress.clear()
    return found
