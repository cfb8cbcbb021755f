"""The roster as a value: rows of posts, the units they are expected from, and what both add up to.

Nothing here reads a disk or a clock. Every post lies on exactly one `Pile`, so the piles of a
kabupaten add up to its posts and the kabupaten add up to the whole.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from functools import cached_property
from typing import Final, TypeAlias

from content_kit.files.place_words import place_keys, same_place
from content_kit.model import Bidang, Pillar, Zone
from content_kit.review.life import Status
from content_kit.review.policy import Risk

UNCHECKED: Final = Status.UNKNOWN.value
"""The status and the worst finding of a row that nothing is known about. Never "clean"."""

FINE: Final = frozenset({"", "info"})
"""What may have been found of a row that needs no second look."""

ELSEWHERE: Final = "(belum diisi)"
"""The kabupaten or kecamatan of a unit that names none."""


_Date: TypeAlias = date  # inside a class with a field `date`, the name means the field


class Pile(StrEnum):
    """Where a reviewer puts a post: what is left to do with it."""

    UNCHECKED = "belum diperiksa"
    CLEAN = "bersih"
    EYES = "perlu dilihat"
    RETURNED = "dikembalikan"
    APPROVED = "disetujui"


class Work(StrEnum):
    """What is to be done with a post, and by whom: the piles that people work through."""

    MINE = "menunggu saya"
    CHANGED = "berubah"
    RETURNED = "dikembalikan"
    OTHERS = "menunggu orang lain"
    UNCHECKED = "belum diperiksa"
    UNSUBMITTED = "belum diajukan"
    APPROVED = "disetujui"
    POSTED = "diposting"


_WORK: Final = {
    Status.CHANGED.value: Work.CHANGED,
    Status.RETURNED.value: Work.RETURNED,
    Status.APPROVED.value: Work.APPROVED,
    Status.POSTED.value: Work.POSTED,
    UNCHECKED: Work.UNCHECKED,
}


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Whoever looks at a roster: their id, what they are there, and the units they serve.

    Without `units` they serve all.
    """

    id: str = ""
    roles: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()

    def may(self, row: Row) -> bool:
        """Whether a post that was handed in waits for just them."""
        done = {name.casefold() for name in (*row.submitters, *row.approvers)}
        here = not self.units or row.unit in self.units
        fits = any(not step or step in self.roles for step in row.steps)
        return bool(self.id) and here and fits and self.id.casefold() not in done


def work(row: Row, me: Reviewer) -> Work:
    """The pile that a post lies on for somebody. Each lies on exactly one."""
    if not row.checked:
        return Work.UNCHECKED
    if row.status == Status.SUBMITTED:
        return Work.MINE if me.may(row) else Work.OTHERS
    if row.settled and row.status == Status.READY:
        return Work.APPROVED
    return _WORK.get(row.status, Work.UNSUBMITTED)


_DONE: Final = frozenset({Status.APPROVED.value, Status.POSTED.value})


@dataclass(frozen=True, slots=True)
class Row:
    """One post of the roster.

    `status` is a review status or `UNCHECKED`; `worst` is "error", "warning", "info", "" when
    nothing was found, or `UNCHECKED`. `as_library` says that it is unchanged library text with
    schedule fields and no photo ("sesuai pustaka"); `photos` counts the photos it shows. `codes`
    are those of its findings, the worst first; `handed_in` is the day of its first submission.
    `text` is the same for posts that say the same words in the same template. `found` are what was
    found in words, `decided` who decided last, when and with which note. `steps` are the roles that
    may approve it next, "" for anybody; who handed it in or approved it already is not among them.
    """

    unit: str
    post: str
    date: date
    time: time
    zone: str
    channels: tuple[str, ...]
    pillar: Pillar
    bidang: Bidang
    title: str
    duty: str = ""
    status: str = UNCHECKED
    worst: str = UNCHECKED
    seal: str = ""
    posyandu: str = ""
    kabupaten: str = ""
    kecamatan: str = ""
    duty_name: str = ""
    as_library: bool = False
    fast: bool = False
    photos: int = 0
    risk: str = ""
    codes: tuple[str, ...] = ()
    handed_in: _Date | None = None
    village: str = ""
    text: str = ""
    caption: str = ""
    found: tuple[str, ...] = ()
    decided: str = ""
    submitters: tuple[str, ...] = ()
    approvers: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """Unit and post: what names a row."""
        return (self.unit, self.post)

    @property
    def instant(self) -> datetime:
        """When the post goes out."""
        return datetime.combine(self.date, self.time, Zone[self.zone].tz)

    @property
    def checked(self) -> bool:
        """Whether anything is known about it."""
        return self.worst != UNCHECKED

    @property
    def fine(self) -> bool:
        """Whether it was checked and nothing found needs a second look."""
        return self.worst in FINE

    @property
    def settled(self) -> bool:
        """Whether it may go out as it is, as far as the roster knows."""
        return self.status in _DONE or (self.fast and self.status == Status.READY)

    @property
    def pile(self) -> Pile:
        """What is left to do with it."""
        if not self.checked or self.status == UNCHECKED:
            return Pile.UNCHECKED
        if self.status in _DONE:
            return Pile.APPROVED
        if self.status == Status.RETURNED:
            return Pile.RETURNED
        plain = self.as_library and self.fine and self.risk != Risk.HIGH
        if plain and self.status != Status.CHANGED:
            return Pile.CLEAN
        return Pile.EYES


@dataclass(frozen=True, slots=True)
class Unit:
    """A posyandu of the roster. `slug` is its folder, "" when there is none.

    `expected` is False for one that sends but stands on no list. `broken` counts what keeps
    posts of it from being read: such a unit may have sent more than can be seen.
    """

    id: str
    slug: str
    name: str
    village: str = ""
    kecamatan: str = ""
    kabupaten: str = ""
    region_code: str = ""
    zone: str = Zone.WITA.name
    expected: bool = True
    broken: int = 0


@dataclass(frozen=True, slots=True)
class Count:
    """What some units and their posts come to. The five piles add up to `posts`.

    `received` are the expected units that sent something and `missing` those that did not
    ("belum mengirim"): where the office approves posts, a plan that nobody handed in is not sent.
    `late` are those that began to hand in after the deadline, or have not yet.
    `unlisted` are units that send and stand on no list.
    """

    expected: int = 0
    received: int = 0
    missing: int = 0
    unlisted: int = 0
    late: int = 0
    posts: int = 0
    unchecked: int = 0
    clean: int = 0
    eyes: int = 0
    returned: int = 0
    approved: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    def as_json(self) -> dict[str, int]:
        """The published shape of a count."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Group:
    """A kabupaten, a kecamatan or a posyandu with its count and what it divides into.

    `key` names it within its parent ("" is the nameless one), `unit` is set on the deepest level.
    """

    key: str
    name: str
    count: Count
    inside: tuple[Group, ...] = ()
    unit: Unit | None = None

    @property
    def missing(self) -> bool:
        """Whether this is a posyandu that has sent nothing ("belum mengirim")."""
        return self.unit is not None and bool(self.count.missing)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to count: it has sent nothing, and has planned nothing either."""
        return self.missing and not self.count.posts


@dataclass(frozen=True)
class Roster:
    """The posts of a period with the units they are expected from.

    Rows are in the order they go out, then by unit and id. `deadline` is the last day for handing
    in and `today` the day of this view: both only decide what is late. `reviewed` tells whether the
    office approves posts at all; where it does not, nobody hands in and what is there is in time.
    """

    first: date
    last: date
    rows: tuple[Row, ...]
    units: tuple[Unit, ...]
    deadline: date | None = None
    today: date | None = None
    reviewed: bool = True

    @property
    def period(self) -> str:
        """`2026-12` for a whole month, else `2026-12-07/2026-12-13`."""
        following = date.fromordinal(self.last.toordinal() + 1)
        whole = self.first.day == 1 and following.day == 1
        if whole and (self.first.year, self.first.month) == (self.last.year, self.last.month):
            return f"{self.first:%Y-%m}"
        return f"{self.first}/{self.last}"

    @cached_property
    def by_unit(self) -> Mapping[str, tuple[Row, ...]]:
        """The rows of each unit that has some."""
        found: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            found[row.unit].append(row)
        return {unit: tuple(rows) for unit, rows in found.items()}

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Kabupaten, in them kecamatan, in them posyandu; each in the order of their names."""
        return tuple(_kabupaten(self))

    @cached_property
    def totals(self) -> Count:
        """All of it."""
        return _sum(group.count for group in self.groups)

    def rows_of(self, group: Group) -> tuple[Row, ...]:
        """The rows below a group, in their order."""
        units = {unit.slug for unit in units_of(group)} - {""}
        return tuple(row for row in self.rows if row.unit in units)

    def is_late(self, unit: Unit) -> bool:
        """Whether an expected unit began to hand in after the deadline, or let it go by."""
        if self.deadline is None or not unit.expected:
            return False
        rows = self.by_unit.get(unit.slug, ()) if unit.slug else ()
        over = self.today is not None and self.today > self.deadline
        if not rows:
            return over
        handed_in = [row.handed_in for row in rows if row.handed_in]
        if handed_in:
            return min(handed_in) > self.deadline
        return self.reviewed and over

    def has_sent(self, unit: Unit) -> bool:
        """Whether a unit sent something: handed a post in, or has one where nobody has to."""
        rows = self.by_unit.get(unit.slug, ()) if unit.slug else ()
        return any(row.handed_in for row in rows) if self.reviewed else bool(rows)


def units_of(group: Group) -> Iterator[Unit]:
    """The units below a group."""
    if group.unit is not None:
        yield group.unit
    for inner in group.inside:
        yield from units_of(inner)


def in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Rows as a roster has them: by instant, unit and id."""
    return tuple(sorted(rows, key=lambda row: (row.instant, row.unit, row.post)))


def narrowed(roster: Roster, *, kabupaten: str = "", kecamatan: str = "", unit: str = "") -> Roster:
    """The part of a roster of these places, named as people name them; "" is all."""
    units = tuple(
        one
        for one in roster.units
        if (not kabupaten or same_place(one.kabupaten, kabupaten))
        and (not kecamatan or same_place(one.kecamatan, kecamatan))
        and unit in ("", one.slug, one.id)
    )
    slugs = {one.slug for one in units}
    rows = tuple(row for row in roster.rows if row.unit in slugs)
    return replace(roster, rows=rows, units=units)


def counted(roster: Roster, unit: Unit) -> Count:
    """What a single unit comes to."""
    rows = roster.by_unit.get(unit.slug, ()) if unit.slug else ()
    piles = Counter(row.pile for row in rows)
    sent = roster.has_sent(unit)
    return Count(
        expected=int(unit.expected),
        received=int(unit.expected and sent),
        missing=int(unit.expected and not sent),
        unlisted=int(not unit.expected),
        late=int(roster.is_late(unit)),
        posts=len(rows),
        unchecked=piles[Pile.UNCHECKED],
        clean=piles[Pile.CLEAN],
        eyes=piles[Pile.EYES],
        returned=piles[Pile.RETURNED],
        approved=piles[Pile.APPROVED],
    )


def as_json(roster: Roster) -> dict[str, object]:
    """The published shape: `period`, `rows`, `totals`; `groups` in the totals is how they add up."""
    return {
        "period": roster.period,
        "rows": [row_json(row) for row in roster.rows],
        "totals": {
            **roster.totals.as_json(),
            "groups": [_group_json(group) for group in roster.groups],
        },
    }


def _group_json(group: Group) -> dict[str, object]:
    found: dict[str, object] = {"name": group.name, **group.count.as_json()}
    if group.unit is None:
        return found | {"groups": [_group_json(inner) for inner in group.inside]}
    return found | {"id": group.unit.id, "unit": group.unit.slug}


def row_json(row: Row) -> dict[str, object]:
    """The published shape of a row."""
    return {
        "unit": row.unit,
        "post": row.post,
        "date": row.date.isoformat(),
        "time": f"{row.time:%H.%M}",
        "zone": row.zone,
        "channels": list(row.channels),
        "pillar": row.pillar.value,
        "bidang": row.bidang.value,
        "title": row.title,
        "duty": row.duty,
        "status": row.status,
        "worst": row.worst,
        "seal": row.seal,
    }


def _sum(counts: Iterable[Count]) -> Count:
    total = Count()
    for count in counts:
        total += count
    return total


def _kabupaten(roster: Roster) -> Iterator[Group]:
    for key, name, units in _grouped(roster.units, [unit.kabupaten for unit in roster.units]):
        inside = tuple(_kecamatan(roster, units))
        yield Group(key, name, _sum(group.count for group in inside), inside)


def _kecamatan(roster: Roster, units: Sequence[Unit]) -> Iterator[Group]:
    for key, name, some in _grouped(units, [unit.kecamatan for unit in units]):
        some = sorted(some, key=lambda unit: (unit.name.casefold(), unit.village, unit.id))
        inside = tuple(Group(unit.id, unit.name, counted(roster, unit), unit=unit) for unit in some)
        yield Group(key, name, _sum(group.count for group in inside), inside)


def _grouped(units: Sequence[Unit], names: Sequence[str]) -> Iterator[tuple[str, str, list[Unit]]]:
    """The units by the name of a place: its key, how most of them write it, and they."""
    found: defaultdict[str, list[Unit]] = defaultdict(list)
    spelled: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for unit, name, key in zip(units, names, place_keys(names), strict=True):
        found[key].append(unit)
        spelled[key][" ".join(name.split())] += 1
    for key in sorted(found):
        most = min(spelled[key].items(), key=lambda pair: (-pair[1], pair[0]))[0]
        yield key, most or ELSEWHERE, found[key]
