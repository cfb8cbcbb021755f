"""National holidays, joint leave and Ramadan, with the office's own file before all else.

The library `holidays` takes a third of a second to import, so it is imported the first time a
date is asked for. Islamic dates of coming years are its estimates and say so; until the
government has told a year's joint leave, that year counts as not known.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from content_kit.findings import NOWHERE, Finding, Place
from content_kit.model import HolidayKind, HolidayRow
from content_kit.schedule.dates import day_name, long_date

_CLOSED: Final = (HolidayKind.LIBUR, HolidayKind.CUTI_BERSAMA)
_ESTIMATE: Final = " (perkiraan)"
_FULL_RAMADAN: Final = 30
_NEAR: Final = 10
"""How many days away a free day may lie; further it is another week's service day."""


@dataclass(frozen=True, slots=True)
class Holiday:
    """One day of a holiday; `estimated` when its date is not yet decided."""

    day: date
    name: str
    kind: HolidayKind
    estimated: bool = False

    @property
    def closes(self) -> bool:
        """Whether offices are closed: not so in Ramadan, which only shortens hours."""
        return self.kind in _CLOSED

    def words(self) -> str:
        """As people read it: "Hari Raya Natal", "Ramadan (perkiraan)"."""
        return self.name + (_ESTIMATE if self.estimated else "")


Source = Callable[[int], Iterable[Holiday]]
"""Where the holidays of a year come from; a test passes its own."""


class Holidays:
    """The holidays of every year, reckoned when they are asked for."""

    def __init__(self, overrides: Iterable[HolidayRow] = (), source: Source | None = None) -> None:
        self._rows = tuple(overrides)
        self._source = source or national
        self._years: dict[int, dict[date, tuple[Holiday, ...]]] = {}

    def on(self, day: date) -> tuple[Holiday, ...]:
        """What falls on a day, closed days first."""
        return self._year(day.year).get(day, ())

    def between(self, first: date, last: date) -> list[Holiday]:
        """Everything from `first` to `last`, both included, in order."""
        return [
            holiday
            for year in range(first.year, last.year + 1)
            for day, found in sorted(self._year(year).items())
            if first <= day <= last
            for holiday in found
        ]

    def closing(self, day: date) -> Holiday | None:
        """The holiday or joint leave on a day."""
        return next((holiday for holiday in self.on(day) if holiday.closes), None)

    def knows(self, year: int) -> bool:
        """Whether the year's joint leave is known, from the government or the office."""
        return any(
            holiday.kind is HolidayKind.CUTI_BERSAMA
            for found in self._year(year).values()
            for holiday in found
        )

    def problem(self, year: int, at: Place = NOWHERE) -> Finding | None:
        """The note that a year is not known yet."""
        if self.knows(year):
            return None
        return Finding(
            "libur-belum-diketahui",
            f"libur {year} belum lengkap: cuti bersama belum diketahui dan tanggal hari besar "
            "Islam baru perkiraan.",
            at,
            hint="Kalau pemerintah sudah mengumumkannya, perbarui content-kit "
            "atau isi calendars/libur.yaml.",
        )

    def free_day(
        self, day: date, taken: Collection[date] = (), weekdays: Collection[int] = range(6)
    ) -> date | None:
        """The nearest day that is no holiday and not taken; of two equally near, the later.

        Sunday is offered only when `weekdays` has it.
        """
        for distance in range(1, _NEAR + 1):
            for shift in (distance, -distance):
                other = _shifted(day, shift)
                if (
                    other is not None
                    and other.weekday() in weekdays
                    and other not in taken
                    and self.closing(other) is None
                ):
                    return other
        return None

    def _year(self, year: int) -> dict[date, tuple[Holiday, ...]]:
        if year not in self._years:
            self._years[year] = _merged(self._source(year), self._rows, year)
        return self._years[year]


def national(year: int) -> Iterator[Holiday]:
    """What the library knows of a year: holidays, joint leave, and Ramadan."""
    from holidays.constants import GOVERNMENT, PUBLIC
    from holidays.countries.indonesia import Indonesia

    for category, kind in ((PUBLIC, HolidayKind.LIBUR), (GOVERNMENT, HolidayKind.CUTI_BERSAMA)):
        found = Indonesia(years=year, language="id", categories=(category,), expand=False)
        for day, names in sorted(found.items()):
            for name in names.split("; "):
                yield Holiday(
                    day, name.removesuffix(_ESTIMATE), kind, estimated=name.endswith(_ESTIMATE)
                )
    yield from _ramadan(year)


def _ramadan(year: int) -> Iterator[Holiday]:
    """From its first day to the day before Idulfitri; its start is decided days before."""
    from holidays.countries.indonesia import IndonesiaIslamicHolidays

    table = IndonesiaIslamicHolidays()
    ends = {day for each in (year, year + 1) for day, _ in table.eid_al_fitr_dates(each)}
    for first in sorted({day for day, _ in table.ramadan_beginning_dates(year)}):
        days = [first + timedelta(days=number) for number in range(_FULL_RAMADAN)]
        for day in days[:-1] if days[-1] in ends else days:
            if day.year == year:
                yield Holiday(day, "Ramadan", HolidayKind.RAMADAN, estimated=True)


def _merged(
    national: Iterable[Holiday], rows: Iterable[HolidayRow], year: int
) -> dict[date, tuple[Holiday, ...]]:
    """The office's rows over the national ones.

    `bukan_libur` clears a day. An office that writes down Ramadan replaces the year's estimate.
    """
    own = [
        Holiday(day, row.name, row.kind) for row in rows for day in _days(row) if day.year == year
    ]
    cleared = {holiday.day for holiday in own if holiday.kind is HolidayKind.BUKAN_LIBUR}
    fasting = any(holiday.kind is HolidayKind.RAMADAN for holiday in own)
    found: dict[date, list[Holiday]] = {}
    for holiday in national:
        replaced = fasting if holiday.kind is HolidayKind.RAMADAN else holiday.day in cleared
        if not replaced:
            found.setdefault(holiday.day, []).append(holiday)
    for holiday in own:
        if holiday.kind is not HolidayKind.BUKAN_LIBUR:
            there = found.setdefault(holiday.day, [])
            there[:] = [other for other in there if other.kind != holiday.kind] + [holiday]
    return {
        day: tuple(sorted(each, key=lambda holiday: not holiday.closes))
        for day, each in found.items()
    }


def _days(row: HolidayRow) -> Iterator[date]:
    for number in range(row.first.toordinal(), row.last.toordinal() + 1):
        yield date.fromordinal(number)


def _shifted(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def clash(
    day: date, holidays: Holidays, *, chosen_weekday: bool = True
) -> tuple[str, HolidayKind] | None:
    """Why a service day is no ordinary day; None when nothing speaks against it.

    A holiday comes first, then a Sunday that nobody chose, then Ramadan.
    """
    for holiday in holidays.on(day):
        if holiday.closes:
            return holiday.words(), holiday.kind
    if day.weekday() == 6 and not chosen_weekday:
        return f"hari {day_name(day)}", HolidayKind.LIBUR
    for holiday in holidays.on(day):
        return holiday.words(), holiday.kind
    return None


def clash_finding(
    day: date,
    found: tuple[str, HolidayKind],
    book: Holidays,
    taken: Collection[date],
    *,
    said: str,
    chosen_sunday: bool = False,
) -> Finding:
    """What a clash is told as: with the nearest free day, for nothing is ever moved by itself.

    `said` names the service day, `taken` are the unit's other ones.
    """
    name, kind = found
    if kind is HolidayKind.RAMADAN:
        return Finding(
            "bentrok-libur",
            f"{said} ada di bulan {name}.",
            hint="Tanyakan jam buka selama puasa. Kalau berbeda, tulis jamnya di perubahan.",
        )
    free = book.free_day(day, taken, range(7) if chosen_sunday else range(6))
    return Finding(
        "bentrok-libur",
        f"{said} jatuh pada {name}.",
        hint=(f"Hari kosong terdekat: {long_date(free)}. " if free else "")
        + "Kalau pindah, tulis di perubahan; kalau tetap buka, biarkan.",
    )
