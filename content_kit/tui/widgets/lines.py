"""Posts, service days and findings as lines: their words are shown, never obeyed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from textual.content import Content

from content_kit.checks.unread import Unread
from content_kit.files.safe_text import shown
from content_kit.findings import Finding, Level
from content_kit.model import Pillar, Post
from content_kit.render import WAITING
from content_kit.review.life import Status
from content_kit.schedule.dates import clock, hours, short_date
from content_kit.schedule.holidays import Holiday
from content_kit.tui.board import LETTERS, Board, ServiceDayOf
from content_kit.tui.filters import PILLARS
from content_kit.tui.naming import named_field, named_file, written_at
from content_kit.tui.view import Row

_COLOURS: Final = {
    Pillar.JADWAL: "$primary",
    Pillar.EDUKASI: "$success",
    Pillar.KADER: "$warning",
    Pillar.KEGIATAN: "$accent",
    Pillar.TANYA_JAWAB: "$secondary",
}
STATES: Final = {
    Status.WRONG: "bold $error",
    Status.WAITING: "$warning",
    Status.RETURNED: "bold $warning",
    Status.CHANGED: "bold $error",
    Status.UNSUBMITTED: "$secondary",
    Status.SUBMITTED: "$primary",
    Status.APPROVED: "$success",
    Status.READY: "$success",
    Status.REPLACED: "$foreground-muted",
    Status.POSTED: "$foreground-muted",
    Status.UNKNOWN: "$foreground-muted",
}
_LEVELS: Final = {
    Level.ERROR: ("! Perlu diperbaiki", "bold $error"),
    Level.WARNING: ("? Perlu dilihat", "bold $warning"),
    Level.INFO: ("i Sekadar tahu", "bold $foreground-muted"),
}
_WAITS: Final = ("… Menunggu isian", "bold $warning")


def plain(text: str, style: str = "") -> Content:
    """Words from a file, harmless: no markup, no control characters."""
    return Content.styled(shown(text), style) if style else Content(shown(text))


def post_line(board: Board, post: Post, *, day: bool = True, unit_first: bool = False) -> Content:
    """`✓ Sen, 7 Des 18.30  J  Besok kita buka  Melati · Rusminah`; or the posyandu first."""
    state = board.state(post)
    person = board.person(post.duty)
    unit = board.loaded.posyandu[post.unit].name.removeprefix("Posyandu ")
    who = [] if unit_first else [unit]
    who += [person.name] if person else []
    when = f"{short_date(post.date):<11} " if day else ""
    return Content.assemble(
        state_mark(state),
        f" {when}{clock(post.time)}  ",
        (f" {LETTERS[post.pillar]} ", chip(post.pillar)[1]),
        " ",
        plain(f"{unit}: " if unit_first else "", "$foreground-muted"),
        plain(board.title(post)),
        "  ",
        plain(" · ".join(who), "$foreground-muted"),
        *([] if state is Status.READY else [(f"  {state.word}", STATES[state])]),
    )


def day_line(each: ServiceDayOf, *, named: bool = True) -> Content:
    """A service day: a filled dot, the day, the hours and the place; or that it is cancelled."""
    day = each.day
    told = "BATAL" if day.cancelled else f"{hours(day.hours, each.posyandu.zone)}, {day.place}"
    changed = " (jadwal berubah)" if day.change and not day.cancelled else ""
    return Content.assemble(
        ("●", "bold $primary"),
        f" {short_date(day.date):<11} " if named else " ",
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
                (state.mark, STATES[state]),
                plain(f" {short_date(post.date)}  {board.title(post)}", "bold"),
                "\n  ",
                plain(finding.message),
                _next(finding),
            )


def mistake_lines(board: Board, finding: Finding) -> Content:
    """A mistake that belongs to no single post: in what, in which file, with its next step."""
    about = named_file(board.loaded, finding)
    where = written_at(finding)
    return Content.assemble(
        ("! ", "bold $error"),
        plain(f"{about}: {finding.message}" if about else finding.message, "bold"),
        Content("\n  ") + plain(where, "$foreground-muted") if where else Content(),
        _next(finding),
    )


def _next(finding: Finding) -> Content:
    return (
        Content("\n  → ").stylize("$primary") + plain(finding.hint, "$primary")
        if finding.hint
        else Content()
    )


def finding_lines(finding: Finding, about: str = "") -> tuple[Content, Content, Content]:
    """A finding as three rows of a list: its level and what it is about, what, the next step.

    `about` names the post or the file as people know it; the place in the file comes last.
    """
    label, style = _WAITS if finding.code == WAITING else _LEVELS[finding.level]
    field = named_field(finding)
    known = plain(f"  {about}", "bold") if about else Content("")
    return (
        Content.assemble(
            (label, style), known, plain(f"  {written_at(finding)}", "$foreground-muted")
        ),
        Content("  ") + plain(f"{field}: {finding.message}" if field else finding.message),
        plain(f"  → {finding.hint}", "$primary") if finding.hint else Content(""),
    )


def unread_lines(unread: Unread) -> tuple[Content, Content, Content]:
    """Many posts that wait for one thing, as three rows of the list of findings."""
    label, style = _LEVELS[Level.WARNING]
    told = f"  {unread.posts} postingan menunggu dibaca petugas kesehatan"
    return (
        Content.styled(label, style) + plain(told, "bold"),
        Content("  ") + plain(unread.sentence()),
        plain(
            "  → Minta puskesmas membacanya. Enter: Pustaka, lalu d mencatat yang sudah.",
            "$primary",
        ),
    )


def row_line(
    board: Board, row: Row, day: date | None = None, *, unit_first: bool = False
) -> Content:
    """A line of a day: a post, a service day, a holiday or an observance; `day` names the day."""
    when = f" {short_date(day):<11} " if day else " "
    if isinstance(row, Post):
        return post_line(board, row, day=day is not None, unit_first=unit_first)
    if isinstance(row, ServiceDayOf):
        return day_line(row, named=day is not None)
    if isinstance(row, Holiday):
        mark = ("L", "bold $error") if row.closes else ("·", "$foreground-muted")
        return Content.assemble(mark, when, plain(row.words(), "bold"))
    return Content.assemble(("◆", "bold $secondary"), when, plain(row.name, "bold"))


def chip(pillar: Pillar) -> tuple[str, str]:
    """The letter of a kind of content on its colour."""
    return LETTERS[pillar], f"bold reverse {_COLOURS[pillar]}"


def state_mark(state: Status) -> tuple[str, str]:
    """How a post stands, in one character."""
    return state.mark, STATES[state]


def legend() -> Content:
    """The letters of the kinds of content and the marks of a day, in 78 columns."""
    parts: list[Content | str | tuple[str, str]] = []
    for pillar in LETTERS:
        # The first word is enough: "Tanya jawab" in full would not leave room for the marks.
        parts += [chip(pillar), f" {PILLARS[pillar].split()[0]}  "]
    parts += [("●", "bold $primary"), " Buka  ", ("L", "bold $error"), " Libur  "]
    return Content.assemble(*parts, ("◆", "bold $secondary"), " Peringatan")
