"""The roster as the tables that people read on a terminal of 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from content_kit.model import Person
from content_kit.roster import words
from content_kit.roster.fairness import Fairness
from content_kit.roster.view import Group, Pile, Roster, Row
from content_kit.schedule.dates import short_date

_NAME: Final = 25
_HEADS: Final = ("unit", "masuk", "telat", "post", "bersih", "dilihat", "kembali", "setuju")
LEGEND: Final = (
    "unit: posyandu yang diharapkan; bersih: sesuai pustaka, tanpa temuan; dilihat: perlu dilihat."
)


def heading(roster: Roster) -> str:
    """What this roster is of, and until when it was to be handed in."""
    until = f", batas kirim {short_date(roster.deadline)}" if roster.deadline else ""
    return f"{words.title(roster)}{until}"


def level(
    roster: Roster, *, kabupaten: str = "", kecamatan: str = ""
) -> tuple[int, Sequence[Group]]:
    """The level to show and its groups: the one below what was named, deeper while it is alone."""
    groups: Sequence[Group] = roster.groups
    depth = 0
    for named in (kabupaten or kecamatan, kecamatan):
        if depth < 2 and (named or len(groups) == 1):
            groups = [inner for group in groups for inner in group.inside]
            depth += 1
        else:
            break
    return depth, groups


def group_table(
    roster: Roster, depth: int, groups: Sequence[Group], width: int = 80
) -> Iterator[str]:
    """A line for each group and one for all of them; a posyandu without posts says so.

    Names take what a window of this width leaves beside the numbers.
    """
    longest = max((len(_name_of(group)) for group in groups), default=0) + 1
    wide = max(_NAME, min(longest, width - sum(map(_wide, _HEADS)) - 1))
    yield f"{words.LEVELS[depth]:<{wide}}" + "".join(f"{head:>{_wide(head)}}" for head in _HEADS)
    for group in groups:
        yield _line(_name_of(group), group, wide)
    if len(groups) > 1:
        yield _line("Semua", Group("", "Semua", roster.totals), wide)
    if roster.totals.unlisted:
        yield f"{roster.totals.unlisted} posyandu mengirim, tetapi {words.UNLISTED}."


def row_table(rows: Iterable[Row]) -> Iterator[str]:
    """A line for each post: when, who, what, where it stands."""
    for row in rows:
        state = row.status
        if row.pile is Pile.CLEAN:
            state += ", bersih"
        elif row.checked and not row.fine:
            state += f", {words.worst(row)}"
        when = " ".join(words.moment(row))
        yield f"{when:<24}{row.post:<8}{_cut(row.title, 24):<25}{state}"


def duty_table(found: Fairness, people: Mapping[str, Person]) -> Iterator[str]:
    """Who has how much, what would be fairer, and what is missing."""

    def name(id: str) -> str:
        return people[id].name if id in people else id

    yield f"{'Petugas':<40}{'posting':>8}{'posyandu':>10}"
    for load in found.loads:
        told = load.name if load.name == load.person else f"{load.name} ({load.person})"
        yield f"{_cut(told, 39):<40}{load.posts or '·':>8}{load.units or '·':>10}"
    for post in found.nobody:
        yield f"belum ada petugas: {post.unit} {post.id}, {short_date(post.date)}"
    for one in found.handovers:
        yield (
            f"lebih adil: {one.post.unit} {one.post.id}, {short_date(one.post.date)}, dari "
            f"{name(one.giver)} ke {name(one.taker)} (content-kit edit duty {one.post.id} {one.taker})"
        )
    for hole in found.holes:
        spans = [f"{short_date(first)} sampai {short_date(last)}" for first, last in hole.silences]
        if spans:
            yield f"sepi: {hole.unit}, {', '.join(spans)}"
        if hole.pillars:
            names = ", ".join(pillar.label for pillar in hole.pillars)
            yield f"belum ada: {hole.unit}, {names}"


def _line(name: str, group: Group, wide: int) -> str:
    count = group.count
    start = f"{words.shortened(name, wide - 1):<{wide}}"
    if group.empty:
        return f"{start}  {words.remark(group)}"
    numbers = (
        count.expected, count.received, count.late, count.posts, count.clean, count.eyes,
        count.returned, count.approved,
    )  # fmt: skip
    cells = "".join(
        f"{number or '·':>{_wide(head)}}" for number, head in zip(numbers, _HEADS, strict=True)
    )
    return f"{start}{cells}"


def _name_of(group: Group) -> str:
    if group.unit is None:  # the head of the column says what they are
        return group.name.removeprefix("Kabupaten ").removeprefix("Kecamatan ")
    return words.group_name(group)


def _wide(head: str) -> int:
    return max(6, len(head) + 1)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
