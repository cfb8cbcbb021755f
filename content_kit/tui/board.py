"""What the screens show, as values: who is meant, what is due, and the one next step for each post."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from content_kit.files.texts import Texts
from content_kit.files.workspace import Loaded
from content_kit.findings import NO_PICTURE, Finding, Level, by_place
from content_kit.model import Channel, Person, Pillar, Post, Posyandu, Zone
from content_kit.planning.recap import REACH as RECAP_REACH
from content_kit.planning.recap import Recap, open_recaps
from content_kit.render import WAITING
from content_kit.review.life import Status
from content_kit.schedule.week import Week
from content_kit.tui.almanac import Almanac, ServiceDayOf, service_days
from content_kit.tui.index import Index, Key

__all__ = ["LETTERS", "REACH", "Board", "Index", "Key", "ServiceDayOf"]

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


@dataclass(frozen=True, repr=False)
class Board:
    """A workspace at an instant as one person sees it; `checked` grows while posts are checked.

    What it is asked for again and again is made once: `warm` does so on the worker thread, so
    that no key press waits for 4,500 posts to be sorted. `replace` keeps what still holds.
    """

    loaded: Loaded
    now: datetime
    general: tuple[Finding, ...] = ()
    checked: Mapping[Key, tuple[Finding, ...]] = field(default_factory=dict)
    states: Mapping[Key, Status] = field(default_factory=dict)
    """How every checked post stands."""
    complete: bool = False
    almanac: Almanac | None = field(default=None, compare=False)
    channels: Mapping[str, Channel] = field(default_factory=dict, compare=False)
    library: Texts = field(default_factory=Texts, compare=False)
    """The ready texts, once posts were compared with them."""
    known_index: Index | None = field(default=None, compare=False)
    _days: dict[tuple[str, date, date], list[ServiceDayOf]] = field(
        default_factory=dict, compare=False
    )
    _found: dict[str, tuple[Finding, ...]] = field(default_factory=dict, init=False, compare=False)

    def __post_init__(self) -> None:
        if self.known_index is None:
            object.__setattr__(self, "known_index", Index.of(self.loaded))

    @property
    def index(self) -> Index:
        """The posts by day and by key."""
        assert self.known_index is not None  # made when the board was
        return self.known_index

    def warm(self, me: str) -> None:
        """Make what the screens of this person ask for first."""
        today = self.today(me)
        self.days(me, today, today + REACH)
        self.findings(me)

    def person(self, id: str) -> Person | None:
        """Who sits here, if the workspace knows them."""
        return self.loaded.people.get(id)

    def served(self, me: str) -> tuple[str, ...]:
        """The posyandu this person serves by name; none means all of them."""
        person = self.person(me)
        return tuple(s for s in person.units if s in self.loaded.posyandu) if person else ()

    def units(self, me: str) -> list[Posyandu]:
        """The posyandu this person serves; all of them for somebody who serves none by name."""
        slugs = self.served(me) or sorted(self.loaded.posyandu)
        return [self.loaded.posyandu[slug] for slug in slugs]

    def today(self, me: str = "") -> date:
        """The day it is where this person's posyandu lies."""
        units = self.units(me)
        return self.now.astimezone((units[0].zone if units else Zone.WITA).tz).date()

    def posts(self, me: str, first: date, last: date) -> list[Post]:
        """The posts of this person's posyandu from a day to a day."""
        slugs = set(self.served(me))
        found = self.index.between(first, last)
        return [post for post in found if not slugs or post.unit in slugs]

    def week(self, me: str) -> list[Post]:
        """The posts of this week."""
        week = Week.of(self.today(me))
        return self.posts(me, week.first, week.last)

    def days(self, me: str, first: date, last: date) -> list[ServiceDayOf]:
        """The service days of this person's posyandu from a day to a day."""
        asked = (me, first, last)
        if asked not in self._days:
            self._days[asked] = service_days(self.units(me), first, last)
        return self._days[asked]

    def state(self, post: Post) -> Status:
        """How a post stands."""
        return self.states.get((post.unit, post.id), Status.UNKNOWN)

    def step(self, post: Post) -> Finding | None:
        """The one next step for a post: its first mistake, else the first thing it waits for.

        None for one that went out already: nothing is to be done about it any more.
        """
        if self.state(post).over:
            return None
        findings = self.checked.get((post.unit, post.id), ())
        wrong = [finding for finding in findings if finding.level is Level.ERROR]
        waiting = [finding for finding in findings if finding.code == WAITING]
        return next(iter([*wrong, *waiting]), None)

    def findings(self, me: str) -> tuple[Finding, ...]:
        """All that was found, the gravest first; of a person's own posyandu when they have some.

        Of a post that went out only what must not be seen at all: the rest is not to be mended.
        """
        if me not in self._found:
            slugs = set(self.served(me))
            found = [
                f
                for key, each in self.checked.items()
                if not slugs or key[0] in slugs
                for f in each
                if f.code in NO_PICTURE or not self._over(key)
            ]
            grave = {level: number for number, level in enumerate(Level)}
            ordered = sorted(by_place([*self.general, *found]), key=lambda f: grave[f.level])
            self._found[me] = tuple(ordered)
        return self._found[me]

    def _over(self, key: Key) -> bool:
        return self.states.get(key, Status.UNKNOWN).over

    def open(self, me: str) -> int:
        """How many things must be mended before they go out: the same number wherever it stands."""
        return sum(found.level is Level.ERROR for found in self.findings(me))

    def recaps(self, me: str) -> list[Recap]:
        """The service days of a person's posyandu that are over and have no numbers yet."""
        today = self.today(me)
        near = self.posts(me, today - RECAP_REACH - REACH, today + REACH)
        return open_recaps(near, self.loaded.posyandu, self.library, self.now)

    def title(self, post: Post) -> str:
        """What a post is called: its title, else the first words it has, else its kind."""
        texts: Sequence[object] = (post.fields.get("judul"), *post.fields.values())
        words = (text for text in texts if isinstance(text, str) and text.strip())
        return next(words, post.pillar.label)
