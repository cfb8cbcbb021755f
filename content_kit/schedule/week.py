"""The ISO week, Monday to Sunday, that a roster or a pack is made for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from content_kit.errors import UsageError

_WEEK: Final = re.compile(r"(\d{4})-?[Ww](\d{1,2})")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """Week `number` of an ISO year; a year has 52 or 53, and the 53rd reaches into the next."""

    year: int
    number: int

    def __post_init__(self) -> None:
        date.fromisocalendar(self.year, self.number, 7)

    @classmethod
    def of(cls, day: date) -> Week:
        """The week a day lies in."""
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @classmethod
    def parse(cls, text: str, today: date) -> Week:
        """A week from "2026-W50", any of its dates, or "ini" for the week of `today`."""
        text = text.strip()
        try:
            if text.lower() == "ini":
                return cls.of(today)
            if _DATE.fullmatch(text):
                return cls.of(date.fromisoformat(text))
            if match := _WEEK.fullmatch(text):
                return cls(int(match[1]), int(match[2]))
        except (ValueError, OverflowError):
            raise UsageError(f'Minggu atau tanggal "{text}" tidak ada di kalender.') from None
        raise UsageError(
            f'Minggu "{text}" tidak terbaca. Tulis 2026-W50, sebuah tanggal, atau ini.'
        )

    @property
    def first(self) -> date:
        """Its Monday."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its Sunday."""
        return date.fromisocalendar(self.year, self.number, 7)

    def days(self) -> tuple[date, ...]:
        """Its seven days."""
        return tuple(self.first + timedelta(days=number) for number in range(7))

    def months(self) -> tuple[date, ...]:
        """The first days of the one or two months whose files it reads."""
        return tuple(dict.fromkeys(day.replace(day=1) for day in (self.first, self.last)))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return f"{self.year:04}-W{self.number:02}"
