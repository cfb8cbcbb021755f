"""Posts, service days and findings as lines: their words are shown, never obeyed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from textual.content import Content

from content_kit.files.safe_text import shown
from content_kit.findings import Finding, Level
from content_kit.model import Pillar, Post
from content_kit.schedule.dates import clock, hours, short_date
from content_kit.tui.board import LETTERS, Board, ServiceDayOf, State

_COLOURS: Final = {
    Pillar.JADWAL: "$primary",
    Pillar.EDUKASI: "$success",
    Pillar.KADER: "$warning",
    Pillar.KEGIATAN: "$accent",
    Pillar.TANYA_JAWAB: "$secondary",
}
_STATES: Final = {
    State.READY: "$success",
    State.WRONG: "bold $error",
    State.WAITING: "$warning",
    State.UNKNOWN: "$foreground-muted",
}
_LEVELS: Final = {
    Level.ERROR: ("! Perlu diperbaiki", "bold $error"),
    Level.WARNING: ("? Perlu dilihat", "bold $warning"),
    Level.INFO: ("i Sekadar tahu", "bold $foreground-muted"),
}


def plain(text: str, style: str = "") -> Content:
    """Words from a file, harmless: no markup, no control characters."""
    return Content.styled(shown(text), style) if style else Content(shown(text))


def post_line(board: Board, post: Post, *, day: bool = True) -> Content:
    """`✓ Sen, 7 Des 18.30  J  Besok kita buka  Melati · Rusminah`."""
    state = board.state(post)
    person = board.person(post.duty)
    who = [board.loaded.posyandu[post.unit].name.removeprefix("Posyandu ")]
    who += [person.name] if person else []
    when = f"{short_date(post.date):<11} " if day else ""
    return Content.assemble(
        (state.mark, _STATES[state]),
        f" {when}{clock(post.time)}  ",
        (f" {LETTERS[post.pillar]} ", f"bold reverse {_COLOURS[post.pillar]}"),
        " ",
        plain(board.title(post)),
        "  ",
        plain(" · ".join(who), "$foreground-muted"),
        *([] if state is State.READY else [(f"  {state.word}", _STATES[state])]),
    )


def day_line(each: ServiceDayOf) -> Content:
    """A service day: a filled dot, the day, the hours and the place; or that it is cancelled."""
    day = each.day
    told = "BATAL" if day.cancelled else f"{hours(day.hours, each.posyandu.zone)}, {day.place}"
    changed = " (jadwal berubah)" if day.change and not day.cancelled else ""
    return Content.assemble(
        ("●", "bold $primary"),
        f" {short_date(day.date):<11} ",
        plain(f"Hari buka {each.posyandu.name}", "bold"),
        plain(f"  {told}{changed}"),
    )


def step_lines(board: Board, posts: Iterable[Post]) -> Iterator[Content]:
    """For each post that is not ready, what is missing and the one next step."""
    for post in posts:
        finding = board.step(post)
        if finding is not None:
            state = board.state(post)
            yield Content.assemble(
                (state.mark, _STATES[state]),
                plain(f" {short_date(post.date)}  {board.title(post)}", "bold"),
                "\n  ",
                plain(finding.message),
                _next(finding),
            )


def mistake_lines(finding: Finding) -> Content:
    """A mistake that belongs to no single post, with its next step."""
    return Content.assemble(("! ", "bold $error"), plain(finding.message, "bold"), _next(finding))


def _next(finding: Finding) -> Content:
    return (
        Content("\n  → ").stylize("$primary") + plain(finding.hint, "$primary")
        if finding.hint
        else Content()
    )


def finding_lines(finding: Finding) -> Content:
    """A finding on a list: its level in words, what, the next step, and where."""
    label, style = _LEVELS[finding.level]
    where = finding.place.file + (f":{finding.place.line}" if finding.place.line else "")
    about = " · ".join(part for part in (where, finding.place.field, finding.post) if part)
    return Content.assemble(
        (label, style),
        plain(f"  {about}", "$foreground-muted"),
        "\n  ",
        plain(finding.message),
        _next(finding),
        "\n",
    )


def legend() -> Content:
    """The letters of the kinds of content."""
    parts: list[Content | str] = []
    names = {Pillar.KADER: "Kader", Pillar.JADWAL: "Jadwal", Pillar.EDUKASI: "Edukasi"}
    for pillar, letter in LETTERS.items():
        parts.append(Content.styled(f" {letter} ", f"bold reverse {_COLOURS[pillar]}"))
        parts.append(f" {names.get(pillar, pillar.label)}  ")
    return Content.assemble(*parts, ("●", "bold $primary"), " Hari buka")
