"""Chooses the pictures of a month: no two neighbours alike, and each text only where it fits.

A text of the library names the compositions that suit it (`bentuk`), a template the one that it
draws (`look`). What followers see beside each other decides between them: a feed in its order and
the same posts three in a row. Posts that stand are neighbours too, and are never changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from content_kit.files.looks import COLUMNS, SHADE
from content_kit.files.templates import FieldSpec, Template
from content_kit.files.texts import SPARE
from content_kit.model import FieldValue, OccurrenceRef, Post
from content_kit.planning.balance import same_month
from content_kit.planning.library import Entry

SHARE: Final = 0.2
"""How much of a month one composition may take."""

_SAME_NEIGHBOUR: Final = 1000.0
_SAME_OPENING: Final = 300.0  # a reminder that looks like the last one is taken for it
_SAME_BEFORE_LAST: Final = 40.0
_SAME_GROUND: Final = 25.0
_SAME_HERO: Final = 20.0
_HERO_REST: Final = 8  # posts
_OVER_SHARE: Final = 120.0  # that a month looks alike is the fault this is all about
_USED: Final = 4.0  # for each time the month has a composition already
_KNOWN: Final = 14.0  # for not being new in the month
_RANK: Final = 8.0  # for each better suited composition that is passed over
_CHANCE: Final = 6.0  # so that two posyandu differ where nothing else decides
_BEAM: Final = 8


@dataclass(frozen=True, slots=True)
class Look:
    """One way to draw a post: its template, what it says there, and what the eye sees first."""

    template: str
    fields: Mapping[str, FieldValue] = field(default_factory=dict, hash=False)
    ground: str = ""
    hero: str = ""
    rank: int = 0
    """How many compositions suit the text better."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A post in the order of the feed, and the looks it may have; a post that stands has one."""

    key: str
    day: date
    looks: tuple[Look, ...]
    opening: OccurrenceRef | None = None


def looks_of(post: Post, entry: Entry, templates: Iterable[Template]) -> tuple[Look, ...]:
    """Every look in which a new post of a text keeps all its words, the best suited first.

    The template that the text names (`model`) comes last and is always there.
    """
    known = tuple(templates)
    found: list[Look] = []
    for rank, look in enumerate(entry.looks):
        for template in known:
            if template.look == look:
                words = fitted({**post.fields, **entry.own.get(look, {})}, template, post.waiting)
                if words is not None:
                    found += _shades(template, words, rank)
    if all(one.template != post.template for one in found):
        own = next((one for one in known if one.name == post.template), None)
        rank = len(entry.looks)
        plain = (Look(post.template, post.fields, rank=rank),)
        found += _shades(own, post.fields, rank) if own else plain
    return tuple(found)


def look_of(post: Post, templates: Mapping[str, Template]) -> Look:
    """How a post that stands looks."""
    template = templates.get(post.template)
    shade = post.fields.get(SHADE, "")
    ground = template.grounds[0] if template and template.grounds else ""
    return Look(
        post.template, post.fields, shade if isinstance(shade, str) and shade else ground,
        _hero(post.fields),
    )  # fmt: skip


def fitted(
    words: Mapping[str, FieldValue], template: Template, gaps: Sequence[str] = ()
) -> dict[str, FieldValue] | None:
    """The words as a template takes them, or None where it cannot say all of them.

    Topic and drawing may stay away (`SPARE`); anything else has a field and keeps its length.
    What waits for a person (`gaps`) need not be there yet.
    """
    specs = {spec.name: spec for spec in template.fields}
    kept = {key: value for key, value in words.items() if key in specs or key not in SPARE}
    fits = kept.keys() <= specs.keys() and all(
        _fits(kept.get(spec.name, ""), spec, waits=spec.name in gaps) for spec in template.fields
    )
    return kept if fits else None


def choose(places: Sequence[Spot], month: date, chance: Mapping[str, int]) -> dict[str, Look]:
    """The look of each place, by its key; `places` in the order of the feed.

    `chance` is a number for each key. The same places give the same looks. A beam search: the best
    few ways to draw the feed so far are each continued by every look that the next post may have.
    """
    within = [same_month(place.day, month) for place in places]
    most = max(1, int(SHARE * sum(within)))
    ways = [_Way()]
    for number, place in enumerate(places):
        fixed = {
            other.looks[0].template
            for apart in (1, COLUMNS)
            for other in places[number + apart : number + apart + 1]
            if len(other.looks) == 1
        }
        found = [
            (
                way.cost
                + _beside(look, way.looks)
                + _again(look, way, place, most if within[number] else len(places))
                + (_SAME_NEIGHBOUR if look.template in fixed else 0)
                + look.rank * _RANK
                + _drawn(chance.get(place.key, 0), turn) * _CHANCE,
                look,
                way,
            )
            for way in ways
            for turn, look in enumerate(place.looks)
        ]
        found.sort(key=lambda one: one[0])
        ways = [
            way.continued(look, cost, place, counts=within[number])
            for cost, look, way in found[:_BEAM]
        ]
    return {place.key: look for place, look in zip(places, ways[0].looks, strict=True)}


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to draw the feed so far: its looks, how often each is used, and by which opening."""

    cost: float = 0.0
    looks: tuple[Look, ...] = ()
    used: Mapping[str, int] = field(default_factory=dict, hash=False)
    told: frozenset[tuple[OccurrenceRef, str]] = frozenset()

    def continued(self, look: Look, cost: float, place: Spot, *, counts: bool) -> _Way:
        used = {**self.used, look.template: self.used.get(look.template, 0) + counts}
        told = {(place.opening, look.template)} if place.opening else set()
        return _Way(cost, (*self.looks, look), used, self.told | told)


def _beside(look: Look, before: Sequence[Look]) -> float:
    """What it costs that a look stands after these: the eye compares the nearest three."""
    cost = 0.0
    for apart, other in enumerate(reversed(before[-COLUMNS:]), 1):
        if other.template == look.template:
            cost += _SAME_NEIGHBOUR if apart in (1, COLUMNS) else _SAME_BEFORE_LAST
    if before and look.ground and before[-1].ground == look.ground:
        cost += _SAME_GROUND
    if look.hero and any(one.hero == look.hero for one in before[-_HERO_REST:]):
        cost += _SAME_HERO
    return cost


def _again(look: Look, way: _Way, place: Spot, most: int) -> float:
    """What it costs to use a composition once more in a month, or for the same service day."""
    used = way.used.get(look.template, 0)
    cost = used * _USED + bool(used) * _KNOWN + max(0, used + 1 - most) * _OVER_SHARE
    return cost + (_SAME_OPENING if (place.opening, look.template) in way.told else 0)


def _drawn(chance: int, turn: int) -> float:
    """A share of chance, from 0 to 1, for the numbered look of a place."""
    return (chance >> (turn * 7) & 127) / 127


def _shades(template: Template, words: Mapping[str, FieldValue], rank: int) -> list[Look]:
    hero = _hero(words)
    if template.field(SHADE) is None:
        return [Look(template.name, words, template.ground, hero, rank)]
    return [
        Look(template.name, {**words, SHADE: shade}, shade, hero, rank)
        for shade in template.grounds
    ]


def _hero(words: Mapping[str, FieldValue]) -> str:
    drawing = words.get("gambar", "")
    return drawing if isinstance(drawing, str) else ""


def _fits(value: FieldValue, spec: FieldSpec, *, waits: bool = False) -> bool:
    """Whether a value may stand in a field, by kind, length and choice."""
    if not value:
        return spec.optional or waits
    if isinstance(value, str):
        listed = spec.type == "list"
        return not listed and not (spec.type == "text" and spec.max and len(value) > spec.max)
    if isinstance(value, Mapping) or spec.type != "list":
        return False
    least, most = spec.min or 0, spec.max or len(value)
    return least <= len(value) <= most and all(_item_fits(item, spec, waits) for item in value)


def _item_fits(item: FieldValue, spec: FieldSpec, waits: bool) -> bool:
    if not isinstance(item, Mapping):
        return isinstance(item, str) and not spec.items
    names = {one.name for one in spec.items}
    return item.keys() <= names and all(
        _fits(item.get(one.name, ""), one, waits=waits) for one in spec.items
    )
