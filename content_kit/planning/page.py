"""The page of a month that is being filled: what stands, what was added, and what is still free."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from content_kit.checks.schedule import CLASH
from content_kit.files.ids import made_id
from content_kit.files.texts import Waiting
from content_kit.findings import Finding, Place
from content_kit.model import Audience, FieldValue, Occurrence, OccurrenceRef, Pillar, Post
from content_kit.planning.brief import Brief
from content_kit.planning.library import Entry
from content_kit.planning.looks import Spot, choose, look_of, looks_of
from content_kit.planning.thanks import is_for_kader, next_kader

_NEAR: Final = 45
"""How many days from the middle of the month its neighbours in the feed may lie."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A new post with the reason for its slot and what a person is asked for."""

    post: Post
    reason: str
    asks: tuple[Waiting, ...] = ()


class Page:
    """The posts of a unit by day; posts and findings are only ever added."""

    def __init__(self, brief: Brief, known: Iterable[Post]) -> None:
        self.brief = brief
        self.known = tuple(known)
        self.new: list[Planned] = []
        self.findings: list[Finding] = []
        self._days: dict[date, list[Post]] = {}
        self._ids: set[str] = set()
        for post in self.known:
            self._note(post)

    # Looking

    def posts(self) -> list[Post]:
        """Every post, also those of other months."""
        return [post for posts in self._days.values() for post in posts]

    def on(self, day: date) -> Sequence[Post]:
        """The posts of one day."""
        return self._days.get(day, ())

    def within(self, days: Iterable[date]) -> list[Post]:
        """The posts of some days."""
        return [post for day in days for post in self.on(day)]

    def count(self, pillar: Pillar) -> int:
        """How many posts of a pillar the month has."""
        first = self.brief.month
        days = (first + timedelta(days=number) for number in range(self.brief.last.day))
        return sum(post.pillar is pillar for post in self.within(days))

    def is_free(self, day: date, at: time) -> bool:
        """Whether this hour is yet to come, and no post on one of the same channels is too near."""
        if self.brief.gone(day, at):
            return False
        moment = datetime.combine(day, at)
        return not any(
            abs(datetime.combine(post.date, post.time) - moment) < CLASH
            and set(post.channels) & set(self.brief.channels)
            for post in self.on(day)
        )

    # Adding

    def add(
        self,
        day: date,
        at: time,
        entry: Entry,
        reason: str,
        *,
        occurrence: Occurrence | None = None,
        audience: tuple[Audience, ...] | None = None,
    ) -> None:
        """Make a post of a library entry; an appreciation gets the kader whose turn it is."""
        posyandu = self.brief.posyandu
        fields: dict[str, FieldValue] = entry.values()
        asks = list(entry.waiting)
        if not entry.verified:
            reason += " Sumbernya baru disebut: minta bidan atau petugas membacanya dulu."
        if entry.pillar is Pillar.KADER and is_for_kader(entry):
            # Never a quotation: those are people's own words.
            person = next_kader(self.brief, self.posts())
            if person is not None:
                given = {"nama": person.name, "peran": f"Kader {posyandu.name}"}
                fields |= given
                asks = [ask for ask in asks if ask.field not in given]
                reason += f" Giliran {person.name}; tanyakan dulu kesediaannya."
        post = Post(
            id=self._new_id(day, at, entry),
            unit=posyandu.slug,
            date=day,
            time=at,
            pillar=entry.pillar,
            template=entry.template,
            channels=self.brief.channels,
            bidang=entry.bidang,
            audience=entry.audience if audience is None else audience,
            occurrence=OccurrenceRef(occurrence.service_day, occurrence.original)
            if occurrence
            else None,
            fields=fields,
            sources=entry.sources,
            hashtags=entry.hashtags,
            entry=entry.id,
            waiting=tuple(dict.fromkeys(ask.field.partition(".")[0] for ask in asks)),
        )
        self._note(post)
        self.new.append(Planned(post, reason, tuple(asks)))

    def dress(self) -> None:
        """Choose how each new post looks among its neighbours, those that stand included."""
        brief = self.brief
        if not brief.templates:
            return
        named = {template.name: template for template in brief.templates}
        texts = {entry.id: entry for entry in brief.library}
        new = {planned.post.id for planned in self.new}
        near = sorted(
            (post for post in self.posts() if abs((post.date - brief.month).days - 15) <= _NEAR),
            key=lambda post: (post.date, post.time, post.id),
        )
        places = [
            Spot(
                post.id, post.date,
                looks_of(post, texts[post.entry], brief.templates)
                if post.id in new
                else (look_of(post, named),),
                post.occurrence,
            )
            for post in near
        ]  # fmt: skip
        chances = {post.id: brief.chance(post.id, "bentuk") for post in near}
        looks = choose(places, brief.month, chances)
        self.new = [
            replace(
                one,
                post=replace(one.post, template=look.template, fields=look.fields),
            )
            for one in self.new
            for look in [looks[one.post.id]]
        ]

    def tell(self, code: str, message: str, hint: str) -> None:
        """Say what could not be done, and how a person can help."""
        file = f"calendars/{self.brief.posyandu.slug}/{self.brief.month:%Y-%m}.yaml"
        self.findings.append(Finding(code, message, Place(file), hint=hint))

    def _new_id(self, day: date, at: time, entry: Entry) -> str:
        key, count = f"{self.brief.posyandu.id} {day} {at} {entry.id}", 1
        while (id := made_id(f"{key} {count}")) in self._ids:
            count += 1
        return id

    def _note(self, post: Post) -> None:
        self._days.setdefault(post.date, []).append(post)
        self._ids.add(post.id)
