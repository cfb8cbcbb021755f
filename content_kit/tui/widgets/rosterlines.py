"""A roster as lines: places with their counts, posts with where they stand."""

from __future__ import annotations

from typing import Final

from textual.content import Content

from content_kit.review.life import Status
from content_kit.roster import words
from content_kit.roster.texts import Text
from content_kit.roster.view import UNCHECKED, Count, Group, Pile, Row
from content_kit.schedule.dates import clock, short_date
from content_kit.tui.widgets.lines import chip, plain

NAME: Final = 24
MARKS: Final = {
    Pile.APPROVED: (Status.APPROVED.mark, "$success"),
    Pile.CLEAN: ("=", "$secondary"),
    Pile.EYES: ("?", "bold $warning"),
    Pile.RETURNED: ("↩", "$warning"),
    Pile.UNCHECKED: ("·", "$foreground-muted"),
}
"""Each pile's mark and colour; the mark says it without colour."""

_WORD: Final = max(len(status.word) for status in Status)

SENT: Final = "masuk"
THERE: Final = "ada"
"""The head of the first column where nobody hands in."""
HEADS: Final = (SENT, "telat", "isi", "dilihat", "bersih", "kembali", "setuju")


def name_width(width: int) -> int:
    """How many letters of a name a window of this width shows beside the counts."""
    return max(NAME, min(56, width - sum(map(_wide, HEADS)) - 4))


def head_line(title: str, *, reviewed: bool = True, width: int = 0) -> Content:
    """The titles above a list of places; a plan that nobody hands in has not come in."""
    heads = HEADS if reviewed else (THERE, *HEADS[1:])
    cells = "".join(f"{head:>{_wide(head)}}" for head in heads)
    return Content.styled(f" {title:<{name_width(width)}}{cells}", "bold $primary")


def group_line(group: Group, width: int = 0) -> Content:
    """A place with its counts; a posyandu that has sent nothing says so."""
    wide = name_width(width)
    name = plain(f" {words.shortened(_name(group), wide - 1):<{wide}}")
    if group.empty:
        return name + plain(f"  {words.remark(group)}", "bold $error")
    count = group.count
    numbers = (
        f"{count.received}/{count.expected}", count.late, count.posts, count.eyes, count.clean,
        count.returned, count.approved,
    )  # fmt: skip
    cells = [f"{number or '·':>{_wide(head)}}" for number, head in zip(numbers, HEADS, strict=True)]
    told = words.remark(group) or (f"{count.missing} {words.MISSING}" if count.missing else "")
    # In a narrow window the words are cut off: the number says it there.
    first = plain(cells[0], "bold $error" if count.missing else "")
    return name + first + plain("".join(cells[1:])) + plain(f"  {told}" if told else "", "$error")


def row_line(row: Row, *, place: bool) -> Content:
    """A post: its pile, when, its kind, its title, where it stands, whose it is."""
    mark, style = MARKS[row.pile]
    letter, reverse = chip(row.pillar)
    told = [words.worst(row)] if row.checked and not row.fine else []
    told += [f"{row.photos} foto"] if row.photos else []
    told += ["sesuai pustaka"] if row.pile is Pile.CLEAN else []
    name = words.whose(row).removeprefix("Posyandu ")
    whose = plain(f"{words.shortened(name, 24):<25}") if place else Content("")
    return Content.assemble(
        " ",
        (mark, style),
        f" {short_date(row.date):<11} {clock(row.time)}  ",
        (f" {letter} ", reverse),
        plain(f" {row.status:<{_WORD}} ", style),
        whose,
        plain(_cut(words.title_of(row), 40), "bold"),
        plain(f"  {', '.join(told)}" if told else "", style),
    )


def text_line(text: Text) -> Content:
    """The same text of many posyandu: its title, of how many, and how many need a look of their own."""
    rows = text.every
    whose = f"{text.posyandu} posyandu" if text.posyandu > 1 else words.whose(rows[0])
    days = sorted({row.date for row in rows})
    when = short_date(days[0]) + (f" sampai {short_date(days[-1])}" if len(days) > 1 else "")
    letter, reverse = chip(rows[0].pillar)
    odd = f"  {len(text.exceptions)} perlu dilihat" if text.exceptions else ""
    return Content.assemble(
        " ",
        (f" {letter} ", reverse),
        plain(f" {words.title_of(rows[0])}", "bold"),
        plain(f" · {whose} · {when}"),
        plain(odd, "$warning"),
    )


def count_words(count: Count, sent: str = "sudah mengirim") -> str:
    """The whole in a line; `sent` is what the posyandu that are there have done."""
    parts = [
        f"{count.received} dari {count.expected} posyandu {sent}",
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
