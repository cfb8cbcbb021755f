"""What a month holds besides posts: service days, holidays, observances, and what the strategy wants.

All of it is reckoned on a worker thread: 300 posyandu take 70 ms, and the first to ask about
holidays waits a third of a second for their library.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from content_kit.files.assets import load_observances
from content_kit.files.workspace import Loaded, Workspace
from content_kit.model import Occurrence, Posyandu
from content_kit.planning.balance import last_day
from content_kit.planning.strategy import Strategy, load_strategy
from content_kit.schedule.holidays import Holiday, Holidays
from content_kit.schedule.observances import Observance, observances
from content_kit.schedule.occurrences import occurrences
from content_kit.schedule.week import Week

SHORT: Final = timedelta(days=7)
"""An observance of at most so many days marks each of them; a longer one only its first."""


@dataclass(frozen=True)
class ServiceDayOf:
    """A dated service day with the posyandu it belongs to."""

    posyandu: Posyandu
    day: Occurrence


@dataclass(frozen=True, repr=False)
class Page:
    """A month's whole weeks, Monday to Sunday, with what falls on their days."""

    month: date
    services: Mapping[date, tuple[ServiceDayOf, ...]] = field(default_factory=dict)
    holidays: Mapping[date, tuple[Holiday, ...]] = field(default_factory=dict)
    observances: tuple[Observance, ...] = ()
    strategy: Strategy | None = None

    def closes(self, day: date) -> bool:
        """Whether a day is a holiday or joint leave."""
        return any(holiday.closes for holiday in self.holidays.get(day, ()))

    def observed(self, day: date) -> tuple[Observance, ...]:
        """The observances that a day is part of."""
        return tuple(each for each in self.observances if each.first <= day <= each.last)

    def marking(self, day: date) -> tuple[Observance, ...]:
        """The observances that mark a day: one that lasts longer marks only its first."""
        return tuple(
            each
            for each in self.observed(day)
            if each.first == day or each.last - each.first < SHORT
        )


def days_of(month: date) -> tuple[date, ...]:
    """The days of a month with those that fill its first and its last week."""
    first, last = Week.of(month.replace(day=1)).first, Week.of(last_day(month)).last
    return tuple(first + timedelta(days=number) for number in range((last - first).days + 1))


def service_days(posyandu: Iterable[Posyandu], first: date, last: date) -> list[ServiceDayOf]:
    """The service days of these posyandu from a day to a day, in order."""
    found = [
        ServiceDayOf(each, day) for each in posyandu for day in occurrences(each, first, last)[0]
    ]
    return sorted(found, key=lambda each: (each.day.date, each.day.hours.start, each.posyandu.slug))


class Almanac:
    """The pages of a workspace as it was read, each reckoned once and kept with the board."""

    def __init__(self, workspace: Workspace, loaded: Loaded) -> None:
        self._workspace = workspace
        self._loaded = loaded
        self._holidays = Holidays(loaded.holidays)
        self._pages: dict[date, Page] = {}
        self._guard = threading.Lock()

    def known(self, month: date) -> Page | None:
        """A page that was reckoned already; never waits."""
        return self._pages.get(month)

    def page(self, month: date) -> Page:
        """The page of a month (its first day). Slow the first time: for worker threads."""
        with self._guard:
            if month not in self._pages:
                self._pages[month] = self._reckon(month)
            return self._pages[month]

    def _reckon(self, month: date) -> Page:
        days = days_of(month)
        first, last = days[0], days[-1]
        services: dict[date, list[ServiceDayOf]] = {}
        for each in service_days(self._loaded.posyandu.values(), first, last):
            services.setdefault(each.day.date, []).append(each)
        rows, _, _ = load_observances(self._workspace)
        office = self._loaded.office
        strategy, _ = load_strategy(self._workspace, office.strategy, office.at)
        return Page(
            month,
            {day: tuple(found) for day, found in services.items()},
            {day: found for day in days if (found := self._holidays.on(day))},
            tuple(observances(rows, first, last)),
            strategy,
        )
