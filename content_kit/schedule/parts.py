"""The pieces a schedule rule is made of: each gives dates, and the words that mean it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Final, Protocol

from dateutil.rrule import MONTHLY, WEEKLY, rrule
from dateutil.rrule import weekday as _weekday

from content_kit.schedule.dates import DAYS, day_name, month_name, plain_date

ORDINALS: Final = ("pertama", "kedua", "ketiga", "keempat", "kelima")
_REACH: Final = timedelta(days=400)  # "senin ke-5" can be four months away; a year is plenty


class Part(Protocol):
    """One piece of a rule: the dates it gives in a span, and the words that mean it."""

    def dates(self, start: date, end: date) -> list[date]:
        """Its dates from `start` to `end`, both included."""

    def sentence(self) -> str:
        """Words that are understood as this very part."""


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """The n-th such weekday of every month; `weekday` counts from Monday = 0, -1 is the last."""

    weekday: int
    number: int

    def dates(self, start: date, end: date) -> list[date]:
        """A month without a fifth one simply gives none."""
        found = rrule(
            MONTHLY,
            dtstart=datetime.combine(start, time.min),
            until=datetime.combine(end, time.min),
            byweekday=_weekday(self.weekday)(self.number),
        )
        return [moment.date() for moment in found]

    def sentence(self) -> str:
        """As in "Selasa kedua tiap bulan"; the day Sunday is "hari Minggu kedua"."""
        return f"{day_word(self.weekday)} {_nth_word(self.number)} tiap bulan"


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """The same day of every month; a month that is too short gives none."""

    day: int

    def dates(self, start: date, end: date) -> list[date]:
        """A short month is skipped, never rounded to its last day."""
        return _days_of_months(range(self.day, self.day + 1), start, end)

    def sentence(self) -> str:
        """As in "tanggal 7 tiap bulan"."""
        return f"tanggal {self.day} tiap bulan"


@dataclass(frozen=True, slots=True)
class DayRange:
    """Every day from `first` to `last` of every month: one for each place in turn."""

    first: int
    last: int

    def dates(self, start: date, end: date) -> list[date]:
        """Days that a short month does not have are left out."""
        return _days_of_months(range(self.first, self.last + 1), start, end)

    def sentence(self) -> str:
        """As in "tanggal 8 sampai 12 tiap bulan"."""
        return f"tanggal {self.first} sampai {self.last} tiap bulan"


@dataclass(frozen=True, slots=True)
class Weekly:
    """The same weekday of every week."""

    weekday: int

    def dates(self, start: date, end: date) -> list[date]:
        """Every such weekday of the span."""
        found = rrule(
            WEEKLY,
            dtstart=datetime.combine(start, time.min),
            until=datetime.combine(end, time.min),
            byweekday=_weekday(self.weekday),
        )
        return [moment.date() for moment in found]

    def sentence(self) -> str:
        """As in "tiap Rabu"."""
        return f"tiap {day_word(self.weekday)}"


@dataclass(frozen=True, slots=True)
class EveryWeeks:
    """Every so many weeks from a first day on, on that day's weekday."""

    weeks: int
    start: date

    @property
    def weekday(self) -> int:
        """The weekday it always falls on, Monday = 0."""
        return self.start.weekday()

    def dates(self, start: date, end: date) -> list[date]:
        """Counted from the first day, so that no year's end shifts the rhythm."""
        step = 7 * self.weeks
        first = max(self.start.toordinal(), start.toordinal())
        first += (self.start.toordinal() - first) % step
        return [date.fromordinal(day) for day in range(first, end.toordinal() + 1, step)]

    def sentence(self) -> str:
        """As in "tiap 2 minggu hari Rabu mulai 2 Desember 2026"."""
        day = "hari Minggu" if self.weekday == 6 else DAYS[self.weekday]
        rhythm = f"tiap {day}" if self.weeks == 1 else f"tiap {self.weeks} minggu"
        named = "" if self.weeks == 1 else f" hari {DAYS[self.weekday]}"
        return f"{rhythm}{named} mulai {plain_date(self.start)}"


@dataclass(frozen=True, slots=True)
class SingleDate:
    """One date, announced by itself."""

    day: date

    def dates(self, start: date, end: date) -> list[date]:
        """The date, when it lies in the span."""
        return [self.day] if start <= self.day <= end else []

    def sentence(self) -> str:
        """As in "Sabtu 5 Desember 2026"."""
        return f"{day_name(self.day)} {plain_date(self.day)}"


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Every day from one date to another: a round of places that happens once."""

    first: date
    last: date

    def dates(self, start: date, end: date) -> list[date]:
        """The days that lie in the span."""
        first, last = max(self.first, start).toordinal(), min(self.last, end).toordinal()
        return [date.fromordinal(day) for day in range(first, last + 1)]

    def sentence(self) -> str:
        """As in "Sabtu 9 Mei 2026 sampai Senin 18 Mei 2026"."""
        first, last = SingleDate(self.first), SingleDate(self.last)
        return f"{first.sentence()} sampai {last.sentence()}"


@dataclass(frozen=True, slots=True)
class Rule:
    """When a service day happens: the union of its parts; no parts means "belum pasti"."""

    parts: tuple[Part, ...] = ()

    @property
    def confirmed(self) -> bool:
        """Whether the dates are known at all."""
        return bool(self.parts)

    def dates(self, start: date, end: date) -> list[date]:
        """Its dates from `start` to `end`, both included, each once and in order."""
        if end < start:
            return []
        return sorted({day for part in self.parts for day in part.dates(start, end)})

    def includes(self, day: date) -> bool:
        """Whether this very date is one of the rule's."""
        return bool(self.dates(day, day))

    def nearest(self, day: date) -> date | None:
        """The rule's date nearest to a day within about a year; of two equally near, the later."""
        lone = [each for part in self.parts for each in _ends(part)]
        first = day - min(_REACH, day - date.min)
        last = day + min(_REACH, date.max - day)
        return min(
            [*self.dates(first, last), *lone],
            key=lambda found: (abs(found - day), found < day),
            default=None,
        )

    def chooses_weekday(self, day: date) -> bool:
        """Whether somebody chose the weekday of this date: "tanggal 7" just falls on one."""
        return any(
            part.dates(day, day)
            for part in self.parts
            if not isinstance(part, (DayOfMonth, DayRange, DateSpan))
        )

    def sentence(self) -> str:
        """Words for people that `understand` reads back as the same rule."""
        if not self.parts:
            return "belum pasti"
        return _listed([_group(group) for _, group in groupby(self.parts, _kin)])


UNCONFIRMED: Final = Rule()


def explained(rule: Rule, first: date, months: int = 3) -> str:
    """What was understood, with the dates: "Selasa kedua tiap bulan: 8 Des 2026, 12 Jan 2027 …".

    The weekday stands beside each date unless the sentence names it already.
    """
    if not rule.confirmed:
        return "belum pasti: tanggalnya ditanyakan dulu."
    end = months_from(first, months)
    days = rule.dates(first, end)
    sentence = rule.sentence()
    said = capital(sentence)
    if not days:
        return f"{said}: tidak ada tanggal sampai {plain_date(end)}."
    plain = len(rule.parts) == 1 and isinstance(rule.parts[0], (NthWeekday, Weekly, EveryWeeks))
    told = [
        ("" if plain else f"{day_name(day)[:3]} ")
        + f"{day.day} {month_name(day)[:3]} {day.year:04}"
        for day in days
    ]
    goes_on = any(not isinstance(part, (SingleDate, DateSpan)) for part in rule.parts)
    return f"{said}: {', '.join(told)}" + (" …" if goes_on else "")


def day_word(weekday: int) -> str:
    """The weekday inside a sentence; Sunday is "hari Minggu", because "minggu" is also a week."""
    return "hari Minggu" if weekday == 6 else DAYS[weekday]


def _nth_word(number: int) -> str:
    return "terakhir" if number == -1 else ORDINALS[number - 1]


def _listed(words: list[str]) -> str:
    return " dan ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def capital(sentence: str) -> str:
    """A sentence with its first letter as a capital."""
    return sentence[:1].upper() + sentence[1:]


def _kin(part: Part) -> object:
    """Neighbours with the same key share one phrase: "Selasa kedua dan keempat tiap bulan"."""
    if isinstance(part, NthWeekday):
        return part.weekday
    return "tanggal" if isinstance(part, DayOfMonth) else part


def _group(parts: Iterable[Part]) -> str:
    parts = list(parts)
    first = parts[0]
    if isinstance(first, NthWeekday):
        numbers = [_nth_word(part.number) for part in parts if isinstance(part, NthWeekday)]
        return f"{day_word(first.weekday)} {_listed(numbers)} tiap bulan"
    if isinstance(first, DayOfMonth):
        days = [str(part.day) for part in parts if isinstance(part, DayOfMonth)]
        return f"tanggal {_listed(days)} tiap bulan"
    return first.sentence()


def _ends(part: Part) -> tuple[date, ...]:
    """The dates of a part that may lie further away than a year."""
    if isinstance(part, SingleDate):
        return (part.day,)
    if isinstance(part, DateSpan):
        return (part.first, part.last)
    return (part.start,) if isinstance(part, EveryWeeks) else ()


def _days_of_months(days: range, start: date, end: date) -> list[date]:
    found: list[date] = []
    year, month = start.year, start.month
    while (year, month) <= (end.year, end.month):
        length = monthrange(year, month)[1]
        found += [date(year, month, day) for day in days if day <= length]
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return [day for day in found if start <= day <= end]


def months_from(first: date, months: int) -> date:
    """The last day of the `months` months of which the month of `first` is the first."""
    count = first.year * 12 + first.month - 1 + max(months, 1)
    year, month = divmod(count, 12)
    return date(year, month + 1, 1) - timedelta(days=1) if year <= 9999 else date.max
