"""A roster as lines: places with their counts, posts with where they stand."""

from __future__ import annotations

from typing import Final

from textual.content import Content

from content_kit.review.status import Status
from content_kit.roster import words
from content_kit.roster.view import UNCHECKED, Count, Group, Pile, Row
from content_kit.schedule.dates import clock, short_date
from content_kit.tui.widgets.lines import chip, plain

NAME: Final = 24
MARKS: Final = {
    Pile.APPROVED: ("✓", "$success"),
    Pile.CLEAN: ("=", "$secondary"),
    Pile.EYES: ("?", "bold $warning"),
    Pile.RETURNED: ("↩", "$warning"),
    Pile.UNCHECKED: ("·", "$foreground-muted"),
}
"""Each pile's mark and colour; the mark says it without colour."""

_SHORT: Final = {
    Status.CHANGED.value: "berubah!",
    Status.POSTED.value: "diposting",
    UNCHECKED: "belum cek",
}
"""Statuses that are too long for a column."""

HEADS: Final = ("masuk", "telat", "isi", "dilihat", "bersih", "kembali", "setuju")


def head_line(title: str) -> Content:
    """The titles above a list of places."""
    cells = "".join(f"{head:>{_wide(head)}}" for head in HEADS)
    return Content.styled(f" {title:<{NAME}}{cells}", "bold $primary")


def group_line(group: Group) -> Content:
    """A place with its counts; a posyandu without posts says that it has sent nothing."""
    name = plain(f" {_cut(_name(group), NAME - 1):<{NAME}}")
    if group.missing:
        return name + plain(f"  {words.remark(group)}", "bold $error")
    count = group.count
    numbers = (
        f"{count.received}/{count.expected}", count.late, count.posts, count.eyes, count.clean,
        count.returned, count.approved,
    )  # fmt: skip
    cells = "".join(
        f"{number or '·':>{_wide(head)}}" for number, head in zip(numbers, HEADS, strict=True)
    )
    missing = plain(f"  {count.missing} belum mengirim", "$error") if count.missing else Content("")
    return name + plain(cells) + missing


def row_line(row: Row, *, place: bool) -> Content:
    """A post: its pile, when, its kind, its title, where it stands, whose it is."""
    mark, style = MARKS[row.pile]
    letter, reverse = chip(row.pillar)
    told = [words.worst(row)] if row.checked and not row.fine else []
    told += [f"{row.photos} foto"] if row.photos else []
    told += ["sesuai pustaka"] if row.pile is Pile.CLEAN else []
    whose = (
        plain(f"{_cut(row.posyandu.removeprefix('Posyandu '), 16):<17}") if place else Content("")
    )
    return Content.assemble(
        " ",
        (mark, style),
        f" {short_date(row.date):<11} {clock(row.time)}  ",
        (f" {letter} ", reverse),
        plain(f" {_SHORT.get(row.status, row.status):<13}", style),
        whose,
        plain(_cut(words.title_of(row), 40), "bold"),
        plain(f"  {', '.join(told)}" if told else "", style),
    )


def count_words(count: Count) -> str:
    """The whole in a line."""
    parts = [
        f"{count.received} dari {count.expected} posyandu mengirim",
        f"{count.posts} postingan",
        f"{count.eyes} perlu dilihat",
        f"{count.clean} bersih",
        f"{count.approved} disetujui",
    ]
    if count.unchecked:
        parts.append(f"{count.unchecked} {UNCHECKED}")
    return " · ".join(parts)


def _name(group: Group) -> str:
    if group.unit is not None and group.unit.village:
        return f"{group.name.removeprefix('Posyandu ')}, {group.unit.village}"
    return group.name


def _wide(head: str) -> int:
    return max(7, len(head) + 1)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
