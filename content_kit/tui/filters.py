"""Which posts are meant: the one question that month, week and agenda all ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import Enum
from typing import Final

from content_kit.findings import clipped
from content_kit.model import Pillar, Post
from content_kit.review.life import Status
from content_kit.tui.board import Board

PILLARS: Final = {
    Pillar.JADWAL: "Jadwal",
    Pillar.EDUKASI: "Edukasi",
    Pillar.KADER: "Kader",
    Pillar.KEGIATAN: "Cerita",
    Pillar.TANYA_JAWAB: "Tanya jawab",
}
"""The kinds of content in one or two words, where the full title is too long."""

NOBODY: Final = "belum ada petugas"


class Kind(Enum):
    """What a calendar can be narrowed by, in the words of the panel."""

    STATES = "states", "Keadaan"
    PILLARS = "pillars", "Jenis isi"
    CHANNELS = "channels", "Tempat posting"
    UNITS = "units", "Posyandu"
    PEOPLE = "people", "Petugas"

    @property
    def field(self) -> str:
        """The field of `Filter`."""
        return self.value[0]

    @property
    def title(self) -> str:
        """The heading."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Filter:
    """What is wanted of each kind; nothing of a kind means all of it."""

    units: frozenset[str] = frozenset()
    pillars: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Whether anything is narrowed."""
        return any(getattr(self, each.name) for each in fields(self))

    def chosen(self, kind: Kind) -> frozenset[str]:
        """What is wanted of a kind."""
        found: frozenset[str] = getattr(self, kind.field)
        return found

    def toggled(self, kind: Kind, value: str) -> Filter:
        """The filter with one value more, or without it."""
        return replace(self, **{kind.field: self.chosen(kind) ^ {value}})

    def only_units(self) -> Filter:
        """What is left when only the posyandu count: gaps and balance are theirs."""
        return Filter(units=self.units)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: its value, its name, and what tells it from its namesakes."""

    kind: Kind
    value: str
    name: str
    more: str = ""


def choices(board: Board) -> list[Choice]:
    """All that can be chosen, the short lists first."""
    found = [Choice(Kind.STATES, s.name, s.word.capitalize(), s.mark) for s in Status]
    found += [Choice(Kind.PILLARS, pillar.value, name) for pillar, name in PILLARS.items()]
    found += [Choice(Kind.CHANNELS, name, _channel(board, name)) for name in board.index.channels]
    units = sorted(board.loaded.posyandu.values(), key=lambda unit: (unit.name, unit.slug))
    found += [
        Choice(Kind.UNITS, unit.slug, unit.name, f"{unit.village}, {unit.district}")
        for unit in units
    ]
    people = sorted(board.loaded.people.values(), key=lambda person: (person.name, person.id))
    found += [Choice(Kind.PEOPLE, person.id, person.name, person.role) for person in people]
    return [*found, Choice(Kind.PEOPLE, "", NOBODY.capitalize())]


def shown_units(board: Board, me: str, wish: Filter) -> tuple[str, ...]:
    """The posyandu that are shown: the chosen ones, else one's own, else all."""
    chosen = tuple(sorted(unit for unit in wish.units if unit in board.loaded.posyandu))
    return chosen or board.served(me) or tuple(sorted(board.loaded.posyandu))


def matching(board: Board, me: str, wish: Filter, first: date, last: date) -> Iterator[Post]:
    """The posts that are meant from a day to a day, in the order they go out."""
    units = set(shown_units(board, me, wish))
    all_units = len(units) == len(board.loaded.posyandu)
    for post in board.index.between(first, last):
        if (
            (all_units or post.unit in units)
            and (not wish.pillars or post.pillar.value in wish.pillars)
            and (not wish.people or post.duty in wish.people)
            and (not wish.channels or not wish.channels.isdisjoint(post.channels))
            and (not wish.states or board.state(post).name in wish.states)
        ):
            yield post


def words(board: Board, wish: Filter) -> str:
    """A filter in words: "Melati, Kenanga · Edukasi · perlu diperbaiki"."""
    parts = []
    names = sorted(board.loaded.posyandu[u].name for u in wish.units if u in board.loaded.posyandu)
    short = [clipped(name.removeprefix("Posyandu "), 20) for name in names]
    if short:
        parts.append(", ".join(short) if len(short) < 4 else f"{len(short)} posyandu")
    parts += [", ".join(name for p, name in PILLARS.items() if p.value in wish.pillars)]
    parts += [", ".join(state.word for state in Status if state.name in wish.states)]
    people = [_person(board, id) for id in sorted(wish.people)]
    parts += [", ".join(people) if len(people) < 4 else f"{len(people)} petugas"]
    parts += [", ".join(_channel(board, name) for name in sorted(wish.channels))]
    return " · ".join(part for part in parts if part)


def _person(board: Board, id: str) -> str:
    person = board.person(id)
    return clipped(person.name, 20) if person else NOBODY


def _channel(board: Board, name: str) -> str:
    channel = board.channels.get(name)
    return channel.name if channel else name
