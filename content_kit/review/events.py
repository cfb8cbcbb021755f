"""What a review log holds: decisions as values, and who is meant by a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from content_kit.errors import UsageError
from content_kit.files.safe_text import normal
from content_kit.findings import Finding
from content_kit.model import Person
from content_kit.review.policy import Role

MAX_NAME: Final = 60
MAX_NOTE: Final = 500


class Kind(StrEnum):
    """What was decided (`jenis`)."""

    SUBMIT = "ajukan"
    APPROVE = "setujui"
    RETURN = "kembalikan"
    WITHDRAW = "tarik"
    POSTED = "diposting"
    NOT_POSTED = "batal_diposting"
    FAST = "jalur_cepat"


TAKING_BACK: Final = frozenset({Kind.RETURN, Kind.WITHDRAW})
"""The decisions that end approvals: where one of them cannot be read, those before it are in doubt."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One post of an event: its seal at that moment, and with a submission what was sealed.

    An approval keeps the questions that a person confirmed and, for each format, the digest of
    the picture that they saw: evidence, no part of the seal.
    """

    post: str
    seal: str
    inputs: Mapping[str, str] = field(default_factory=dict, hash=False)
    channels: tuple[str, ...] = ()
    checked: tuple[str, ...] = ()
    pictures: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Event:
    """Who decided what, when, with which note, on which seals.

    `author` is the name in the file, `by` whoever it means. `signed` events were verified with a
    key of the roles file, and `roles` are what that key may do for this unit.
    """

    kind: Kind
    by: str
    at: datetime
    entries: tuple[Entry, ...]
    note: str = ""
    previous: tuple[str, ...] = ()
    digest: str = ""
    author: str = ""
    key: str = ""
    signed: bool = False
    roles: frozenset[Role] = frozenset()

    def entry(self, post: str) -> Entry | None:
        """What this event says of a post, if it speaks of it."""
        return next((entry for entry in self.entries if entry.post == post), None)


@dataclass(frozen=True, slots=True)
class Log:
    """The events of one unit that count, oldest first, and what is wrong with the others.

    `heads` are the last events of each author, by name and whether they are signed. `files` are
    the names that were looked at.
    """

    events: tuple[Event, ...] = ()
    findings: tuple[Finding, ...] = ()
    heads: Mapping[tuple[str, bool], tuple[str, ...]] = field(default_factory=dict, hash=False)
    latest: datetime | None = None
    files: frozenset[str] = frozenset()

    def of(self, post: str) -> Iterator[tuple[Event, Entry]]:
        """The events that speak of a post."""
        for event in self.events:
            entry = event.entry(post)
            if entry is not None:
                yield event, entry

    def posted(self, since: datetime | None = None) -> dict[str, tuple[str, ...]]:
        """The posts that went out, with their channels, as whoever said so last has it.

        With `since` only what was written down from then on.
        """
        found: dict[str, dict[str, None]] = {}
        for event in self.events:
            if since is not None and event.at < since:
                continue
            for entry in event.entries:
                if event.kind is Kind.POSTED:
                    found.setdefault(entry.post, {}).update(dict.fromkeys(entry.channels))
                elif event.kind is Kind.NOT_POSTED:
                    for channel in entry.channels:
                        found.get(entry.post, {}).pop(channel, None)
        return {post: tuple(channels) for post, channels in found.items() if channels}


def person(name: str, people: Mapping[str, Person]) -> str:
    """Who is meant by a name: the id in `orang.yaml` for an id or a name there, else the name.

    UsageError for a name that nobody can have, and for one that several people there have.
    """
    said, ids = meant(name, people)
    if len(ids) > 1:
        raise UsageError(f'Ada beberapa "{said}" di orang.yaml. Sebut id-nya: {", ".join(ids)}.')
    return ids[0] if ids else said


def same(one: str, other: str) -> bool:
    """Whether two names are one person's: capitals do not tell people apart."""
    return one.casefold() == other.casefold()


def meant(name: str, people: Mapping[str, Person]) -> tuple[str, list[str]]:
    """A name as it is kept, and the ids in `orang.yaml` that it may mean."""
    said = " ".join(normal(name).split())
    if not said or len(said) > MAX_NAME:
        raise UsageError(f"Sebut nama orangnya, paling panjang {MAX_NAME} huruf.")
    exact = [id for id in people if same(said, id)]
    return said, exact or [one.id for one in people.values() if same(said, one.name)]
