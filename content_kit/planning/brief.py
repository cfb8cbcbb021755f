"""The brief of a month: what is fixed before the first post is placed, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from hashlib import sha256

from content_kit.files.templates import Template
from content_kit.model import CheckState, HolidayKind, Person, Posyandu
from content_kit.planning.balance import last_day
from content_kit.planning.library import Entry
from content_kit.planning.strategy import Strategy
from content_kit.schedule.holidays import Holiday, Holidays


@dataclass(frozen=True, slots=True)
class Brief:
    """For whom, when, from what and by which strategy a month is planned."""

    posyandu: Posyandu
    month: date
    strategy: Strategy
    library: tuple[Entry, ...]
    holidays: Holidays | None
    people: tuple[Person, ...]
    channels: tuple[str, ...]
    start: date
    """Nothing is placed before it."""
    uses: Mapping[str, date] = field(default_factory=dict, hash=False)
    """When texts were used in months that were not read whole."""
    turn: tuple[int, int] = (0, 1)
    """This unit's number among the posyandu of its village, and how many they are."""
    hour: time = time.min
    """On `start` itself nothing is placed up to this hour, which has passed."""

    templates: tuple[Template, ...] = ()
    """The pictures to choose from; without any, each text has the one that it names."""

    def gone(self, day: date, at: time) -> bool:
        """Whether this hour of a day has passed already."""
        return day < self.start or (day == self.start and self.hour > time.min and at <= self.hour)

    @property
    def last(self) -> date:
        """The last day of the month."""
        return last_day(self.month)

    def is_ramadan(self, day: date) -> bool:
        """Whether people fast on this day."""
        return any(one.kind is HolidayKind.RAMADAN for one in self._special(day))

    def off(self, day: date) -> list[Holiday]:
        """The holidays on which offices are closed this day."""
        return [one for one in self._special(day) if one.closes]

    def hours(self, day: date, liked: Sequence[time] = ()) -> tuple[time, ...]:
        """Hours about a service day, the liked ones first; in Ramadan only that month's own."""
        ramadan = self.strategy.ramadan_hours
        if not ramadan or not self.is_ramadan(day):
            return (*liked, *self.strategy.hours)
        return (*(hour for hour in liked if hour in ramadan), *ramadan)

    def is_season(self, season: str, day: date) -> bool:
        """Whether a named season of the strategy, or Ramadan, is on."""
        if season == "ramadan":
            return self.is_ramadan(day)
        return self.strategy.in_season(season, day)

    def in_season(self, entry: Entry, day: date) -> bool:
        """Whether an entry may be told on this day: most may all year."""
        return not entry.season or any(self.is_season(one, day) for one in entry.season)

    def offers(self, entry: Entry) -> bool:
        """Whether the posyandu has every service that an entry names."""
        offered = {one for day in self.posyandu.service_days for one in day.services}
        return set(entry.services) <= offered

    def fits(self, entry: Entry, day: date) -> bool:
        """Whether an entry may be told here on this day: in season, true here, and still right."""
        return (
            self.in_season(entry, day)
            and self.offers(entry)
            and not (entry.until is not None and day > entry.until)
            and (
                entry.signed  # a health worker's reading vouches for what no document says
                or all(source.state is not CheckState.UNVERIFIED for source in entry.sources)
            )
        )

    def has_turn(self, entry: Entry, day: date) -> bool:
        """Whether a text is this posyandu's in this week, and no neighbour's.

        Each week every text belongs to one posyandu of the village and the next week to another,
        so neighbours never meet, in whatever order they are planned and by whom.
        """
        number, count = self.turn
        week = (day.toordinal() - 1) // 7
        return count < 2 or (chance(entry.id) + week) % count == number

    def chance(self, *words: str) -> int:
        """Decides between equals: the same for the same unit, month and words."""
        return chance(self.posyandu.id, f"{self.month:%Y-%m}", *words)

    def _special(self, day: date) -> Sequence[Holiday]:
        return self.holidays.on(day) if self.holidays else ()


def turn_among(id: str, neighbours: Sequence[str]) -> tuple[int, int]:
    """A posyandu's number among its village's, counted from 0 by id, and how many there are."""
    village = sorted({id, *neighbours})
    return village.index(id), len(village)


def chance(*words: str) -> int:
    """A number as if drawn, but always the same one for the same words."""
    return int.from_bytes(sha256("\0".join(words).encode()).digest()[:8], "big")
