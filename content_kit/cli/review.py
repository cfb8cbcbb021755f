"""`content-kit review`: hand posts in, approve them or give them back, and see where each stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from content_kit.cli.deciding import (
    by_option,
    checked_option,
    confirmed,
    decide_on,
    name_of,
    passed_over,
    report,
    title_of,
)
from content_kit.cli.keys import key_group, passphrase_option, role_group, signer_for, trust
from content_kit.cli.opening import now, one_post, open_press, output_folder, selections
from content_kit.cli.review_import import command as take_in
from content_kit.cli.talk import NO_POSTS, Progress, result, result_json, say, tell
from content_kit.cli.words import (
    F,
    IndonesianCommand,
    IndonesianGroup,
    json_option,
    out_option,
    post_option,
    when_options,
    workspace_argument,
)
from content_kit.errors import UsageError
from content_kit.files.safe_text import normal
from content_kit.findings import clipped, counted
from content_kit.model import Approval
from content_kit.render import Press
from content_kit.review.events import MAX_NOTE, Kind
from content_kit.review.gate import other_pictures
from content_kit.review.life import Status
from content_kit.review.policy import Answer
from content_kit.review.reviews import Reviews
from content_kit.review.status import State
from content_kit.schedule.dates import clock
from content_kit.tasks.handing_in import hand_in, units_in


@click.group("review", cls=IndonesianGroup)
def command() -> None:
    """Ajukan, setujui, atau kembalikan postingan; lihat sampai di mana."""


def _deciding(kind: Kind) -> Callable[[F], F]:
    """The options of every decision."""
    must = kind is Kind.RETURN
    said = "Sebabnya, supaya bisa diperbaiki." if must else "Catatan, bila perlu."
    note = click.option("--note", required=must, default="", metavar="CATATAN", help=said)

    def decorate(function: F) -> F:
        for option in (
            json_option, passphrase_option, note, by_option, post_option, when_options,
            workspace_argument,
        ):  # fmt: skip
            function = option(function)
        return function

    return decorate


@command.command("submit", cls=IndonesianCommand)
@_deciding(Kind.SUBMIT)
@click.option("--kabupaten", default="", metavar="NAMA", help="Hanya kabupaten atau kota ini.")
@click.option("--kecamatan", default="", metavar="NAMA", help="Hanya kecamatan ini.")
@click.option("--mine", is_flag=True, help="Semua posyandu tempat Anda (--by) bertugas.")
def submit(
    workspace: str,
    week: str | None,
    month: str | None,
    unit: str | None,
    post: str | None,
    by: str,
    note: str,
    passphrase_file: str | None,
    as_json: bool,
    kabupaten: str,
    kecamatan: str,
    mine: bool,
) -> int:
    """Ajukan postingan untuk disetujui: satu, sebulan, sekabupaten, atau semua punya Anda."""
    if not (week or month or post or kabupaten or kecamatan or mine):
        raise UsageError(
            "Sebut yang mana: --week, --month, --kabupaten, --kecamatan, --mine, atau --post."
        )
    note = _note(note)
    press = open_press(workspace, fill_ids=True)
    if post:
        one_post(press.loaded, post, unit)  # posts of two posyandu may share an id
    reviews = Reviews(press, now())
    who = reviews.person(by)
    units = units_in(
        press.loaded, kabupaten=kabupaten, kecamatan=kecamatan, mine=who if mine else ""
    )
    chosen = selections(press, week=week, month=month, unit=unit, post=post)
    posts = [p for selection in chosen for p in press.select(selection) if p.unit in units]
    progress = Progress("Memeriksa", quiet=as_json)
    handed = hand_in(
        reviews,
        posts,
        by,
        note,
        together=not post,
        signer=lambda who: signer_for(reviews, Kind.SUBMIT, who, passphrase_file),
        step=progress.show,
    )
    progress.clear()
    code = report(
        [(Kind.SUBMIT, handed.decision)], reviews, who, events=handed.events, as_json=as_json
    )
    if handed.units > 1 and not as_json:
        say(f"{len(handed.decision.carried)} postingan dari {handed.units} posyandu diajukan.")
    if not posts and not as_json:
        say(NO_POSTS)
    return code


@command.command("approve", cls=IndonesianCommand)
@_deciding(Kind.APPROVE)
@checked_option
@click.option(
    "--no-pictures", is_flag=True, help="Jangan catat sidik jari gambarnya (lebih cepat)."
)
@out_option
def approve(**given: Any) -> int:
    """Setujui postingan yang diajukan orang lain, sesudah diperiksa sekali lagi."""
    return _decide(Kind.APPROVE, **given)


@command.command("return", cls=IndonesianCommand)
@_deciding(Kind.RETURN)
def give_back(**given: Any) -> int:
    """Kembalikan postingan dengan catatan apa yang perlu diperbaiki."""
    return _decide(Kind.RETURN, **given)


@command.command("withdraw", cls=IndonesianCommand)
@_deciding(Kind.WITHDRAW)
def withdraw(**given: Any) -> int:
    """Tarik pengajuan; persetujuan yang sudah ada ikut gugur."""
    return _decide(Kind.WITHDRAW, **given)


command.add_command(key_group)
command.add_command(role_group)
command.add_command(trust)
command.add_command(take_in)


@command.command("status", cls=IndonesianCommand)
@workspace_argument
@when_options
@post_option
@click.option("--fast", is_flag=True, help="Hanya yang sudah keluar lewat jalur cepat.")
@json_option
def status(
    workspace: str,
    week: str | None,
    month: str | None,
    unit: str | None,
    post: str | None,
    fast: bool,
    as_json: bool,
) -> int:
    """Lihat status setiap postingan, dan apa yang berubah sejak disetujui."""
    press = open_press(workspace)
    reviews = Reviews(press, now())
    chosen = selections(press, week=week, month=month, unit=unit, post=post)
    states = _states(reviews, press, chosen, quiet=as_json)
    if fast:
        states = [one for one in states if one.reviewed_after is not None]
    findings = [*reviews.findings(), *other_pictures(states, output_folder(press, None))]
    if as_json:
        posts = [as_row(one) for one in states]
        found = [finding.as_json() for finding in findings]
        result_json({"signed": reviews.signed, "posts": posts, "findings": found})
    else:
        for one in states:
            _show(one)
        tell(findings)
        for note in dict.fromkeys(one.policy_note for one in states if one.policy_note):
            say(note)
        say(reviews.first_sight() or (reviews.sentence() if states else NO_POSTS))
    reviews.remember()
    return 0


def _decide(
    kind: Kind,
    workspace: str,
    week: str | None,
    month: str | None,
    unit: str | None,
    post: str | None,
    by: str,
    note: str,
    passphrase_file: str | None,
    as_json: bool,
    checked: tuple[str, ...] = (),
    no_pictures: bool = False,
    out: str | None = None,
) -> int:
    if not (week or month or post):
        raise UsageError("Sebut yang mana: --week, --month, atau --post.")
    note = _note(note)
    if kind is Kind.RETURN and not note:
        raise UsageError("--note: tulis apa yang perlu diperbaiki.")
    press = open_press(workspace)
    if post:
        one_post(press.loaded, post, unit)  # posts of two posyandu may share an id
    reviews = Reviews(press, now())
    who = reviews.person(by)
    ticked = confirmed(reviews, checked)
    chosen = selections(press, week=week, month=month, unit=unit, post=post)
    states = _states(reviews, press, chosen, quiet=as_json)
    decision = decide_on(
        kind, states, who, press, checked=ticked, pictures=not no_pictures, out=out, quiet=as_json
    )
    skipped: tuple[State, ...] = ()
    if not post:
        decision, skipped = passed_over(decision)
    signer = signer_for(reviews, kind, who, passphrase_file) if decision.carried else None
    events = reviews.record(kind, who, decision.carried, note, signer=signer)
    decision = reviews.settled(decision, events)
    code = report([(kind, decision)], reviews, who, events=events, as_json=as_json, skipped=skipped)
    if not states and not as_json:
        say(NO_POSTS)
    return code


def _note(text: str) -> str:
    note = normal(text).strip()
    if len(note) > MAX_NOTE:
        raise UsageError(f"--note: paling panjang {MAX_NOTE} huruf.")
    return note


def as_row(one: State) -> dict[str, object]:
    """The published shape of a post of `review status --json`."""
    post = one.proof.post
    return {
        **name_of(one),
        "date": post.date.isoformat(),
        "time": clock(post.time),
        "zone": one.proof.posyandu.zone.name,
        "status": one.status.value,
        "seal": one.sealed.seal,
        "needed": one.needed,
        "approved_by": list(one.approvers),
        "submitted_by": list(one.submitters),
        "signed": one.signed,
        "unknown": list(one.strangers),
        "missing": list(one.missing),
        "expired": list(one.expired),
        "waiting_for": one.waiting_for(),
        "risk": one.risk.value,
        "risk_because": list(one.danger.reasons),
        "fast": one.fast,
        "reviewed_after": one.reviewed_after,
        "note": one.note,
        "note_by": one.noted_by,
        "posted": list(one.posted),
        "changed": one.changed,
        "changes": [
            {"field": counted(change.field), "before": change.before, "after": change.after}
            for change in one.changes
        ],
        "checklist": [_answer(answer) for answer in one.checklist],
        "blockers": [found.as_json() for found in one.blockers],
    }


def _answer(answer: Answer) -> dict[str, object]:
    item = answer.item
    return {
        "id": item.id,
        "question": item.question,
        "by_person": item.by_person,
        "codes": list(item.codes),
        "done": answer.done,
        "by": answer.by,
        "wrong": answer.wrong,
    }


def _states(reviews: Reviews, press: Press, chosen: list[Any], *, quiet: bool) -> list[State]:
    posts = [post for selection in chosen for post in press.select(selection)]
    progress = Progress("Memeriksa", quiet=quiet)
    states = []
    for number, post in enumerate(posts, 1):
        states.append(reviews.state(press.proof(post)))
        progress.show(number, len(posts))
    progress.clear()
    return states


def _show(one: State) -> None:
    line = f"{title_of(one)}: {one.status.value}"
    if one.status is Status.SUBMITTED and one.needed > 1:
        line += f" ({len(one.approvers)} dari {one.needed} persetujuan)"
    if one.approvers:
        line += "" if one.status is Status.APPROVED else ", disetujui"
        line += f" oleh {', '.join(one.approvers)}"
        line += "" if one.signed else " (belum bertanda tangan)"
        if one.strangers:
            line += f" (tidak ada di orang.yaml: {', '.join(one.strangers)})"
    if one.status is Status.SUBMITTED or one.expired:
        line += f", {one.waiting_for()}" if one.waiting_for() else ""
    if one.desk.approval is Approval.RISK:
        because = f" ({', '.join(one.danger.reasons)})" if one.danger.reasons else ""
        line += f", risiko {one.risk}{because}"
    if one.posted and one.status is not Status.POSTED:
        line += f", sudah di {', '.join(one.posted)}"
    if one.fast and one.needed:
        line += ", jalur cepat"
    if one.reviewed_after is not None:
        line += (
            ", sudah ditinjau sesudahnya" if one.reviewed_after else ", belum ditinjau sesudahnya"
        )
    result(line)
    if one.note:
        result(f"    catatan {one.noted_by}: {one.note}")
    for change in one.changes:
        before, after = _parts(change.before, change.after)
        result(f'    {counted(change.field)}: "{before}" → "{after}"')
    for found in one.blockers:
        result(f"    {found.message} {found.hint}".rstrip())
    if one.unticked and one.status is Status.SUBMITTED:
        for answer in one.checklist:
            if answer.item.by_person and not answer.done:
                result(f"    [ ] {answer.item.id}: {answer.item.question}")


def _parts(before: str, after: str) -> tuple[str, str]:
    """Two texts from shortly before the place where they part, each on one line."""
    pairs = enumerate(zip(before, after, strict=False))
    parting = next((at for at, (one, other) in pairs if one != other), 0)
    start = max(0, parting - 12)
    mark = "…" if start else ""
    first, second = (" ".join(text[start:].split()) for text in (before, after))
    return mark + clipped(first), mark + clipped(second)
