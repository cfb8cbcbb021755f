"""Days worth a post (Hari Gizi, Pekan ASI, Bulan Vitamin A) and slogans, dated from their rows.

A row's rule in words is a day of the year ("25 januari", "senin ke-1 oktober"), a span
("1-7 agustus", "25 november - 10 desember") or a whole month ("februari").
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from content_kit.findings import Finding
from content_kit.model import Bidang, CheckState, Motto, ObservanceRow
from content_kit.schedule.dates import MONTHS
from content_kit.schedule.words import NthWeekday, understand

InYear: TypeAlias = Callable[[int], "tuple[date, date] | None"]
"""The first and last day in a year; None in a year that has no such day."""

_MONTH: Final = "|".join(MONTHS).lower()
_DAY: Final = re.compile(rf"(\d{{1,2}}) ({_MONTH})")
_SPAN: Final = re.compile(rf"(\d{{1,2}})(?: ({_MONTH}))? ?- ?(\d{{1,2}}) ({_MONTH})")
_NTH: Final = re.compile(rf"(.+) ({_MONTH})")


@dataclass(frozen=True, slots=True)
class Observance:
    """One observance with its dates; `first` and `last` are the same for a single day."""

    id: str
    name: str
    bidang: tuple[Bidang, ...]
    first: date
    last: date
    source: str = ""
    state: CheckState = CheckState.UNVERIFIED
    note: str = ""


def observances(rows: Iterable[ObservanceRow], first: date, last: date) -> list[Observance]:
    """The observances that touch the days from `first` to `last`, by date, then in file order.

    A row whose rule is not understood gives none; `problems` tells.
    """
    found = [
        Observance(row.id, row.name, row.bidang, days[0], days[1], row.source, row.state, row.note)
        for row in rows
        if (rule := in_year(row.rule)) is not None
        for year in range(max(first.year - 1, 1), last.year + 1)
        if (days := rule(year)) is not None and days[0] <= last and days[1] >= first
    ]
    return sorted(found, key=lambda each: (each.first, each.last))


def problems(rows: Iterable[ObservanceRow]) -> Iterator[Finding]:
    """A finding for each row whose rule is not understood."""
    for row in rows:
        if in_year(row.rule) is None:
            yield Finding(
                "aturan-tidak-jelas",
                f'aturan "{row.rule[:40]}" belum terbaca.',
                row.at,
                hint="Tulis misalnya: 25 januari, senin ke-1 oktober, 1-7 agustus, atau februari.",
            )


def in_year(rule: str) -> InYear | None:
    """A rule in words as a function of the year; None when it is not understood.

    29 February gives no date in the other years, it never moves to a day of its own choosing.
    """
    text = re.sub(r"\s+", " ", re.sub(r"[–—]", "-", rule)).strip(" .").lower()[:80]
    if text in _NUMBERS:
        return _Month(_NUMBERS[text])
    if match := _DAY.fullmatch(text):
        day = (_NUMBERS[match[2]], int(match[1]))
        return _Span(day, day) if _exists(day) else None
    if match := _SPAN.fullmatch(text):
        month = _NUMBERS[match[4]]
        start = (_NUMBERS[match[2]] if match[2] else month, int(match[1]))
        end = (month, int(match[3]))
        return _Span(start, end) if _exists(start) and _exists(end) and start != end else None
    if match := _NTH.fullmatch(text):
        known, _ = understand(match[1])
        if known is not None and len(known.parts) == 1:
            part = known.parts[0]
            if isinstance(part, NthWeekday):
                return _Nth(part, _NUMBERS[match[2]])
    return None


def mottos(rows: Iterable[Motto], day: date, *, wanted: bool) -> list[Motto]:
    """The slogans and themes that hold on a day and were turned on; none unless `wanted`.

    `wanted` is the office's setting, which is off by default and always off in election time.
    """
    return [
        motto
        for motto in rows
        if wanted and motto.on and motto.first <= day and (motto.last is None or day <= motto.last)
    ]


_NUMBERS: Final = {name.lower(): number for number, name in enumerate(MONTHS, 1)}


@dataclass(frozen=True, slots=True)
class _Month:
    month: int

    def __call__(self, year: int) -> tuple[date, date] | None:
        return date(year, self.month, 1), date(year, self.month, monthrange(year, self.month)[1])


@dataclass(frozen=True, slots=True)
class _Span:
    """From one (month, day) to another; past New Year when the end comes first."""

    start: tuple[int, int]
    end: tuple[int, int]

    def __call__(self, year: int) -> tuple[date, date] | None:
        try:
            return date(year, *self.start), date(year + (self.end < self.start), *self.end)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class _Nth:
    part: NthWeekday
    month: int

    def __call__(self, year: int) -> tuple[date, date] | None:
        last = date(year, self.month, monthrange(year, self.month)[1])
        days = self.part.dates(last.replace(day=1), last)
        return (days[0], days[0]) if days else None


def _exists(day: tuple[int, int]) -> bool:
    month, number = day
    return 1 <= number <= monthrange(2024, month)[1]  # a leap year, for 29 February
