"""`content-kit review`: hand posts in, approve them or give them back, and see where each stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

import click

from content_kit.cli.opening import now, open_press, selections
from content_kit.cli.talk import NO_POSTS, Progress, result, result_json, say, tell
from content_kit.cli.words import (
    IndonesianCommand,
    IndonesianGroup,
    json_option,
    post_option,
    when_options,
    workspace_argument,
)
from content_kit.errors import UsageError
from content_kit.files.safe_text import normal
from content_kit.findings import clipped
from content_kit.render import Press
from content_kit.review.events import Kind
from content_kit.review.reviews import UNSIGNED, Decision, Reviews, decide
from content_kit.review.status import State, Status
from content_kit.schedule.dates import clock, short_date

F = TypeVar("F", bound=Callable[..., Any])

MAX_NOTE: Final = 500
_DONE: Final = {
    Kind.SUBMIT: "diajukan",
    Kind.APPROVE: "disetujui",
    Kind.RETURN: "dikembalikan",
    Kind.WITHDRAW: "ditarik",
}

by_option = click.option(
    "--by",
    required=True,
    metavar="NAMA",
    help="Siapa yang memutuskan: id di orang.yaml, atau nama.",
)


def _note(*, required: bool = False) -> Callable[[F], F]:
    said = "Sebabnya, supaya bisa diperbaiki." if required else "Catatan, bila perlu."
    return click.option("--note", required=required, default="", metavar="CATATAN", help=said)


@click.group("review", cls=IndonesianGroup)
def command() -> None:
    """Ajukan, setujui, atau kembalikan postingan; lihat sampai di mana."""


@command.command("submit", cls=IndonesianCommand)
@workspace_argument
@when_options
@post_option
@by_option
@_note()
@json_option
def submit(**given: Any) -> int:
    """Ajukan postingan untuk disetujui."""
    return _decide(Kind.SUBMIT, **given)


@command.command("approve", cls=IndonesianCommand)
@workspace_argument
@when_options
@post_option
@by_option
@_note()
@json_option
def approve(**given: Any) -> int:
    """Setujui postingan yang diajukan orang lain, sesudah diperiksa sekali lagi."""
    return _decide(Kind.APPROVE, **given)


@command.command("return", cls=IndonesianCommand)
@workspace_argument
@when_options
@post_option
@by_option
@_note(required=True)
@json_option
def give_back(**given: Any) -> int:
    """Kembalikan postingan dengan catatan apa yang perlu diperbaiki."""
    return _decide(Kind.RETURN, **given)


@command.command("withdraw", cls=IndonesianCommand)
@workspace_argument
@when_options
@post_option
@by_option
@_note()
@json_option
def withdraw(**given: Any) -> int:
    """Tarik pengajuan; persetujuan yang sudah ada ikut gugur."""
    return _decide(Kind.WITHDRAW, **given)


@command.command("status", cls=IndonesianCommand)
@workspace_argument
@when_options
@post_option
@json_option
def status(
    workspace: str,
    week: str | None,
    month: str | None,
    unit: str | None,
    post: str | None,
    as_json: bool,
) -> int:
    """Lihat status setiap postingan, dan apa yang berubah sejak disetujui."""
    press = open_press(workspace)
    reviews = Reviews(press, now())
    chosen = selections(press, week=week, month=month, unit=unit, post=post)
    states = _states(reviews, press, chosen, quiet=as_json)
    if as_json:
        posts = [as_row(one) for one in states]
        found = [finding.as_json() for finding in reviews.findings()]
        result_json({"signed": False, "posts": posts, "findings": found})
    else:
        for one in states:
            _show(one)
        tell(reviews.findings())
        say(UNSIGNED if states else NO_POSTS)
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
    as_json: bool,
) -> int:
    if not (week or month or post):
        raise UsageError("Sebut yang mana: --week, --month, atau --post.")
    note = normal(note).strip()
    if kind is Kind.RETURN and not note:
        raise UsageError("--note: tulis apa yang perlu diperbaiki.")
    if len(note) > MAX_NOTE:
        raise UsageError(f"--note: paling panjang {MAX_NOTE} huruf.")
    press = open_press(workspace, fill_ids=kind is Kind.SUBMIT)
    reviews = Reviews(press, now())
    who = reviews.person(by)
    chosen = selections(press, week=week, month=month, unit=unit, post=post)
    states = _states(reviews, press, chosen, quiet=as_json)
    decision = decide(kind, states, who)
    reviews.record(kind, who, decision.carried, note)
    report(decision, reviews, _DONE[kind], who, as_json=as_json)
    if not states and not as_json:
        say(NO_POSTS)
    return 1 if decision.refused else 0


def report(decision: Decision, reviews: Reviews, what: str, who: str, *, as_json: bool) -> None:
    """Say what was carried out, what was there already, and what was refused and why."""
    if as_json:
        result_json(
            {
                "by": who,
                "signed": False,
                "done": [_name(one) for one, _ in decision.carried],
                "already": [_name(one) for one in decision.already],
                "refused": [{**_name(one), "why": why} for one, why in decision.refused],
                "findings": [finding.as_json() for finding in reviews.findings()],
            }
        )
        return
    for one, _ in decision.carried:
        result(f"{_title(one)}: {what} oleh {who}")
    for one in decision.already:
        say(f"{_title(one)}: sudah {what}.")
    for one, why in decision.refused:
        say(f"{_title(one)}: belum dapat {what}: {why}")
    tell(reviews.findings())
    if decision.carried:
        say(UNSIGNED)


def as_row(one: State) -> dict[str, object]:
    """The published shape of a post of `review status --json`."""
    post = one.proof.post
    return {
        **_name(one),
        "date": post.date.isoformat(),
        "time": clock(post.time),
        "zone": one.proof.posyandu.zone.name,
        "status": one.status.value,
        "seal": one.sealed.seal,
        "needed": one.needed,
        "approved_by": list(one.approvers),
        "submitted_by": list(one.submitters),
        "fast": one.fast,
        "note": one.note,
        "note_by": one.noted_by,
        "posted": list(one.posted),
        "changes": [
            {"field": change.field, "before": change.before, "after": change.after}
            for change in one.changes
        ],
        "blockers": [found.as_json() for found in one.blockers],
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
    line = f"{_title(one)}: {one.status.value}"
    if one.status is Status.SUBMITTED and one.needed > 1:
        line += f" ({len(one.approvers)} dari {one.needed} persetujuan)"
    if one.approvers:
        line += f", disetujui {', '.join(one.approvers)}"
    if one.posted and one.status is not Status.POSTED:
        line += f", sudah di {', '.join(one.posted)}"
    if one.fast and one.needed:
        line += ", jalur cepat"
    result(line)
    if one.note:
        result(f"    catatan {one.noted_by}: {one.note}")
    for change in one.changes:
        before, after = _parts(change.before, change.after)
        result(f'    {change.field}: "{before}" → "{after}"')
    for found in one.blockers:
        result(f"    {found.message} {found.hint}".rstrip())


def _parts(before: str, after: str) -> tuple[str, str]:
    """Two texts from shortly before the place where they part, each on one line."""
    pairs = enumerate(zip(before, after, strict=False))
    parting = next((at for at, (one, other) in pairs if one != other), 0)
    start = max(0, parting - 12)
    mark = "…" if start else ""
    first, second = (" ".join(text[start:].split()) for text in (before, after))
    return mark + clipped(first), mark + clipped(second)


def _name(one: State) -> dict[str, object]:
    return {"unit": one.proof.post.unit, "post": one.proof.post.id}


def _title(one: State) -> str:
    post = one.proof.post
    when = f"{short_date(post.date)} {clock(post.time)} {one.proof.posyandu.zone.name}"
    return f"{post.unit} {post.id} ({when})"
