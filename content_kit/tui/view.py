"""A month as the calendar shows it: one value behind the grid, the week and the agenda."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Final, Self, TypeAlias

from content_kit.model import Post
from content_kit.planning.balance import days_in, last_day, share
from content_kit.planning.desk import unreadable
from content_kit.planning.strategy import Strategy
from content_kit.schedule.dates import short_date
from content_kit.schedule.holidays import Holiday
from content_kit.schedule.observances import Observance
from content_kit.schedule.week import Week
from content_kit.tui.almanac import Page, ServiceDayOf, days_of
from content_kit.tui.board import Board
from content_kit.tui.filters import Filter, matching, shown_units

Row: TypeAlias = "Post | ServiceDayOf | Holiday | Observance"
"""One line of a day."""

_DAY: Final = timedelta(days=1)
_LOOK: Final = timedelta(days=14)
"""How far a silence is followed over the month's ends."""


@dataclass(frozen=True, repr=False)
class View:
    """The posts of a month's whole weeks by day, and what else falls on these days."""

    month: date
    units: tuple[str, ...]
    wish: Filter
    by_day: Mapping[date, tuple[Post, ...]]
    page: Page
    gaps: Mapping[date, str] = field(default_factory=dict)
    """Days to come that should have a post, each with the reason in words."""

    @classmethod
    def of(cls, board: Board, me: str, wish: Filter, month: date, page: Page | None) -> Self:
        """What a person sees of a month; without a page there are only posts."""
        days = days_of(month)
        found = matching(board, me, wish, days[0], days[-1])
        by_day = {day: tuple(posts) for day, posts in groupby(found, key=lambda post: post.date)}
        units = shown_units(board, me, wish)
        page = page or Page(month)
        gaps: dict[date, str] = {}
        broken = unreadable(board.general, month)
        judged = [unit for unit in units if unit not in broken]
        if page.strategy is not None and wish == wish.only_units() and judged:
            today = board.today(me)
            every = matching(board, me, wish, days[0] - _LOOK, days[-1] + _LOOK)
            counts = {day: len(list(posts)) for day, posts in groupby(every, key=lambda p: p.date)}
            gaps = _gaps(counts, month, page.strategy, len(judged), today)
        return cls(month, units, wish, by_day, page, gaps)

    @property
    def days(self) -> tuple[date, ...]:
        """The days of the month's whole weeks."""
        return days_of(self.month)

    @property
    def first(self) -> date:
        """The first day of the month."""
        return self.month

    @property
    def last(self) -> date:
        """The last day of the month."""
        return last_day(self.month)

    @property
    def count(self) -> int:
        """How many posts the month itself has."""
        return sum(
            len(posts) for day, posts in self.by_day.items() if self.first <= day <= self.last
        )

    def posts(self, day: date) -> tuple[Post, ...]:
        """The posts of a day."""
        return self.by_day.get(day, ())

    def services(self, day: date) -> tuple[ServiceDayOf, ...]:
        """The service days of the posyandu that are shown."""
        found = self.page.services.get(day, ())
        units = set(self.units)
        return tuple(each for each in found if each.posyandu.slug in units)

    def rows(self, first: date, last: date) -> list[tuple[date, Row]]:
        """Every line from a day to a day: what the day is, then who opens, then its posts."""
        return list(self._rows(first, last))

    def _rows(self, first: date, last: date) -> Iterator[tuple[date, Row]]:
        for day in self.days:
            if first <= day <= last:
                # Ramadan is one of a month's days after the other: told of a day, not in a list.
                for holiday in self.page.holidays.get(day, ()):
                    if holiday.closes or first == last:
                        yield day, holiday
                for observance in self.page.observed(day):
                    if first == last or day == max(observance.first, first):
                        yield day, observance
                yield from ((day, service) for service in self.services(day))
                yield from ((day, post) for post in self.posts(day))


def moved(month: date, by: int) -> date:
    """The first day of the month so many months away; a calendar has 2000 to 2099."""
    number = month.year * 12 + month.month - 1 + by
    number = max(2000 * 12, min(number, 2099 * 12 + 11))
    return date(number // 12, number % 12 + 1, 1)


def _gaps(
    counts: Mapping[date, int], month: date, strategy: Strategy, units: int, today: date
) -> dict[date, str]:
    found: dict[date, str] = {}
    last = last_day(month)
    for week in dict.fromkeys(Week.of(day) for day in days_of(month)):
        days = days_in(week, month)
        have = sum(counts.get(day, 0) for day in days)
        least = share(strategy.week_least, len(days)) * units
        if have < least:
            told = f"minggu ini baru {have} postingan, sebaiknya paling sedikit {least}"
            found |= {day: told for day in days if not counts.get(day)}
    day = month - _LOOK
    while day <= last:
        end = day
        while not counts.get(end) and end <= last + _LOOK:
            end += _DAY
        if (end - day).days > strategy.silence:
            told = f"{(end - day).days} hari berturut-turut tanpa postingan"
            if end <= last + _LOOK and day > month - _LOOK:
                told += f" ({short_date(day)} sampai {short_date(end - _DAY)})"
            else:
                told = "sudah lama tanpa postingan"
            quiet = (day + n * _DAY for n in range((end - day).days))
            found |= {each: told for each in quiet if month <= each <= last}
        day = max(end, day) + _DAY
    return {day: told for day, told in sorted(found.items()) if day >= today}
