"""How a month stands against the strategy, in bars and sentences, for one posyandu or for many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor
from typing import Final

from content_kit.checks.schedule import TWINS
from content_kit.model import Audience, Bidang, Post
from content_kit.planning.balance import (
    Balance,
    balance,
    last_day,
    minimum,
    planned_months,
    quarter,
)
from content_kit.planning.desk import unreadable
from content_kit.planning.strategy import Strategy
from content_kit.schedule.dates import clock, short_date
from content_kit.tui.board import Board
from content_kit.tui.filters import PILLARS
from content_kit.tui.naming import short_unit

FIELDS: Final = {
    Bidang.PENDIDIKAN: "Pendidikan",
    Bidang.KESEHATAN: "Kesehatan",
    Bidang.PEKERJAAN_UMUM: "Pekerjaan umum",
    Bidang.PERUMAHAN_RAKYAT: "Perumahan",
    Bidang.TRANTIBUMLINMAS: "Ketenteraman",
    Bidang.SOSIAL: "Sosial",
}
"""The bidang in a word or two; their full titles do not fit beside a bar."""

GROUPS: Final = {
    Audience.BUMIL_NIFAS_BUSUI: "Ibu hamil",
    Audience.BAYI: "Bayi",
    Audience.BALITA_APRAS: "Balita",
    Audience.SEKOLAH_REMAJA: "Remaja",
    Audience.DEWASA: "Dewasa",
    Audience.LANSIA: "Lansia",
}
"""The life-cycle groups in a word or two."""

_NOTES: Final = 4
"""Sentences of one sort before "dan 3 lagi"."""


@dataclass(frozen=True, slots=True)
class Bar:
    """What there is of one thing and what is wanted; `most` None leaves it open upwards."""

    name: str
    have: int
    least: int
    most: int | None = None

    @property
    def words(self) -> str:
        """How it stands: "kurang 2", "lebih 1", "pas"."""
        if self.have < self.least:
            return f"kurang {self.least - self.have}"
        if self.most is not None and self.have > self.most:
            return f"lebih {self.have - self.most}"
        return "pas" if self.most is not None else "cukup"

    @property
    def met(self) -> bool:
        """Whether nothing is to be done about it."""
        return self.least <= self.have <= (self.most or self.have)

    def drawn(self, width: int) -> str:
        """What there is as blocks; a shade up to the least that is wanted, dots up to the most."""
        end = max(self.have, self.least, self.most or 0, 1)
        have, least, most = (
            round(width * number / end) for number in (self.have, self.least, self.most or 0)
        )
        have = max(have, 1) if self.have else 0
        bar = "█" * have + "▒" * max(0, least - have)
        return (bar + "·" * max(0, most - len(bar))).ljust(width)[:width]


@dataclass(frozen=True, slots=True)
class Standing:
    """The balance of some posyandu in a month; those in `unread` cannot be judged."""

    month: date
    units: tuple[str, ...]
    posts: int
    pillars: tuple[Bar, ...] = ()
    bidang: tuple[Bar, ...] = ()
    audience: tuple[Bar, ...] = ()
    notes: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def standing(board: Board, units: Sequence[str], month: date, strategy: Strategy) -> Standing:
    """The balance of these posyandu; their posts are counted one by one, so not on a key press."""
    broken = unreadable(board.general, month)
    unread = tuple(short_unit(board.loaded, unit) for unit in units if unit in broken)
    units = [unit for unit in units if unit not in broken]
    start = min(quarter(month)[0], month - TWINS)
    last = last_day(month)
    own: dict[str, list[Post]] = {unit: [] for unit in units}
    for post in board.index.between(start, last + timedelta(days=7)):
        if post.unit in own:
            own[post.unit].append(post)
    all_found = [(balance(unit, month, posts, strategy), posts) for unit, posts in own.items()]
    here = [p for posts in own.values() for p in posts if month <= p.date <= last]
    balances = [found for found, _ in all_found]
    planned = [planned_months(posts, month) for _, posts in all_found]
    if not units:
        return Standing(month, (), 0, unread=unread)
    return Standing(
        month,
        tuple(units),
        len(here),
        tuple(_pillars(here, strategy, len(units), last.day)),
        tuple(_covered(balances, planned, strategy, month)),
        tuple(_audiences(balances, planned, strategy, month)),
        tuple(_notes(board, balances)),
        unread,
    )


def _pillars(posts: Sequence[Post], strategy: Strategy, units: int, days: int) -> Iterator[Bar]:
    counts = Counter(post.pillar for post in posts)
    # Nothing planned yet: what a month should have is the measure.
    total = len(posts) or round(strategy.week * days / 7) * units
    for pillar, name in PILLARS.items():
        span = strategy.mix.get(pillar)
        least = ceil(span.least * total / 100) if span else 0
        most = None
        if span and span.most is not None:
            most = max(least, floor(span.most * total / 100))
        yield Bar(name, counts[pillar], least, most)


def _covered(
    balances: Sequence[Balance], planned: Sequence[int], strategy: Strategy, month: date
) -> Iterator[Bar]:
    for one, name in FIELDS.items():
        have = [sum(b.bidang.get((one, m), 0) for m in quarter(month)) for b in balances]
        yield _bar(name, have, planned, strategy.bidang.get(one, 0))


def _audiences(
    balances: Sequence[Balance], planned: Sequence[int], strategy: Strategy, month: date
) -> Iterator[Bar]:
    for one, name in GROUPS.items():
        have = [sum(b.audience.get((one, m), 0) for m in quarter(month)) for b in balances]
        yield _bar(name, have, planned, strategy.audience.get(one, 0))


def _bar(name: str, have: Sequence[int], planned: Sequence[int], number: int) -> Bar:
    """Posts of one posyandu; of several, how many posyandu have enough."""
    least = [minimum(number, months) for months in planned]
    if len(have) == 1:
        return Bar(name, have[0], least[0])
    fine = sum(there >= wanted for there, wanted in zip(have, least, strict=True))
    return Bar(name, fine, len(have))


def _notes(board: Board, balances: Sequence[Balance]) -> Iterator[str]:
    several = len(balances) > 1
    quiet = [(b.unit, gap) for b in balances for gap in b.gaps]
    if several and quiet:
        yield _units(board, "Hari sepi", dict.fromkeys(unit for unit, _ in quiet))
    else:
        yield from _some(
            f"Sepi: {short_date(first)} sampai {short_date(last)}" for _, (first, last) in quiet
        )
    weeks = [b.unit for b in balances if any(_is_week(t.name) for t in b.shortfalls)]
    if several and weeks:
        yield _units(board, "Minggu yang kurang isi", weeks)
    elif weeks:
        short = [target for target in balances[0].shortfalls if _is_week(target.name)]
        yield from _some(
            f"{target.sentence()[:1].upper()}{target.sentence()[1:]}" for target in short
        )
    yield from _some(
        _pair(board, b.unit, pair, "Jam berdekatan", several=several)
        for b in balances
        for pair in b.clashes
    )
    yield from _some(
        _pair(board, b.unit, pair, "Judul kembar", several=several)
        for b in balances
        for pair in b.duplicates
    )


def _is_week(name: str) -> bool:
    return name.startswith(("minggu ", "tanya jawab, "))


def _units(board: Board, what: str, units: Iterable[str]) -> str:
    names = [board.loaded.posyandu[unit].name.removeprefix("Posyandu ") for unit in units]
    more = f" dan {len(names) - _NOTES} lainnya" if len(names) > _NOTES else ""
    return f"{what} di {len(names)} posyandu: {', '.join(names[:_NOTES])}{more}"


def _pair(board: Board, unit: str, pair: tuple[str, str], what: str, *, several: bool) -> str:
    posts = [board.index.keys[unit, id] for id in pair if (unit, id) in board.index.keys]
    told = " dan ".join(f"{short_date(p.date)} {clock(p.time)} {board.title(p)}" for p in posts)
    where = board.loaded.posyandu[unit].name.removeprefix("Posyandu ")
    return f"{what} di {where}: {told}" if several else f"{what}: {told}"


def _some(sentences: Iterable[str]) -> Iterator[str]:
    found = list(sentences)
    yield from found[:_NOTES]
    if len(found) > _NOTES:
        yield f"… dan {len(found) - _NOTES} lagi"
