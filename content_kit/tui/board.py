"""What the screens show, as values: who is meant, what is due, and the one next step for each post."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Final, TypeAlias

from content_kit.files.workspace import Loaded
from content_kit.findings import Finding, Level, by_place
from content_kit.model import Occurrence, Person, Pillar, Post, Posyandu, Zone
from content_kit.render import WAITING
from content_kit.schedule.occurrences import occurrences
from content_kit.schedule.week import Week

Key: TypeAlias = tuple[str, str]
"""A post: its unit and its id."""

LETTERS: Final = {
    Pillar.JADWAL: "J",
    Pillar.EDUKASI: "E",
    Pillar.KADER: "K",
    Pillar.KEGIATAN: "C",
    Pillar.TANYA_JAWAB: "T",
}
"""One letter for each kind of content; C is for "cerita", because K is taken."""

REACH: Final = timedelta(days=62)
"""How far ahead service days are offered for a change."""


class State(Enum):
    """How a post stands: a mark that says it without colour, and the word."""

    READY = "✓", "siap"
    WRONG = "!", "perlu diperbaiki"
    WAITING = "…", "menunggu isian"
    UNKNOWN = "·", "belum diperiksa"

    @property
    def mark(self) -> str:
        """The mark."""
        return self.value[0]

    @property
    def word(self) -> str:
        """The word."""
        return self.value[1]


@dataclass(frozen=True)
class ServiceDayOf:
    """A dated service day with the posyandu it belongs to."""

    posyandu: Posyandu
    day: Occurrence


@dataclass(frozen=True)
class Board:
    """A workspace at an instant as one person sees it; `checked` grows while posts are checked."""

    loaded: Loaded
    now: datetime
    general: tuple[Finding, ...] = ()
    checked: Mapping[Key, tuple[Finding, ...]] = field(default_factory=dict)
    complete: bool = False

    def person(self, id: str) -> Person | None:
        """Who sits here, if the workspace knows them."""
        return self.loaded.people.get(id)

    def units(self, me: str) -> list[Posyandu]:
        """The posyandu this person serves; all of them for somebody who serves none by name."""
        person = self.person(me)
        served = [slug for slug in person.units if slug in self.loaded.posyandu] if person else []
        return [self.loaded.posyandu[slug] for slug in served or sorted(self.loaded.posyandu)]

    def today(self, me: str = "") -> date:
        """The day it is where this person's posyandu lies."""
        units = self.units(me)
        return self.now.astimezone((units[0].zone if units else Zone.WITA).tz).date()

    def posts(self, me: str, first: date, last: date) -> list[Post]:
        """The posts of this person's posyandu from a day to a day."""
        slugs = {posyandu.slug for posyandu in self.units(me)}
        return [p for p in self.loaded.posts() if p.unit in slugs and first <= p.date <= last]

    def week(self, me: str) -> list[Post]:
        """The posts of this week."""
        week = Week.of(self.today(me))
        return self.posts(me, week.first, week.last)

    def days(self, me: str, first: date, last: date) -> list[ServiceDayOf]:
        """The service days of this person's posyandu from a day to a day."""
        found = [
            ServiceDayOf(posyandu, day)
            for posyandu in self.units(me)
            for day in occurrences(posyandu, first, last)[0]
        ]
        return sorted(found, key=lambda each: (each.day.date, each.posyandu.slug))

    def state(self, post: Post) -> State:
        """How a post stands."""
        findings = self.checked.get((post.unit, post.id))
        if findings is None:
            return State.UNKNOWN
        if any(finding.level is Level.ERROR for finding in findings):
            return State.WRONG
        return State.WAITING if any(f.code == WAITING for f in findings) else State.READY

    def step(self, post: Post) -> Finding | None:
        """The one next step for a post: its first mistake, else the first thing it waits for."""
        findings = self.checked.get((post.unit, post.id), ())
        wrong = [finding for finding in findings if finding.level is Level.ERROR]
        waiting = [finding for finding in findings if finding.code == WAITING]
        return next(iter([*wrong, *waiting]), None)

    def findings(self, me: str) -> list[Finding]:
        """All that was found, the gravest first; of a person's own posyandu when they have some."""
        slugs = {posyandu.slug for posyandu in self.units(me)}
        found = [f for key, found in self.checked.items() if key[0] in slugs for f in found]
        grave = list(Level)
        return sorted(by_place([*self.general, *found]), key=lambda f: grave.index(f.level))

    def title(self, post: Post) -> str:
        """What a post is called: its title, else the first words it has, else its kind."""
        texts: Sequence[object] = (post.fields.get("judul"), *post.fields.values())
        words = (text for text in texts if isinstance(text, str) and text.strip())
        return next(words, post.pillar.label)
