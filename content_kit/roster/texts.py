"""The posts of a roster by what they say: the same text of many posyandu is one thing to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from content_kit.model import Person
from content_kit.review.policy import Rules
from content_kit.roster.view import Reviewer, Row, Work, work

GIVEN_BACK: Final = frozenset({Work.MINE, Work.OTHERS, Work.APPROVED, Work.CHANGED})
"""The piles from which a text can be given back: what was approved in haste, too."""


@dataclass(frozen=True, slots=True)
class Text:
    """Posts with the same words in the same template, which stand on the same pile.

    `rows` have nothing about them that needs a look of its own. `exceptions` have: a finding, or a
    photo; they are decided one by one.
    """

    title: str
    pile: Work
    rows: tuple[Row, ...]
    exceptions: tuple[Row, ...] = ()

    @property
    def id(self) -> str:
        """What names this text for people who type."""
        return self.every[0].text or self.every[0].post

    @property
    def every(self) -> tuple[Row, ...]:
        """All its posts, the exceptions last."""
        return (*self.rows, *self.exceptions)

    @property
    def posyandu(self) -> int:
        """How many posyandu say it."""
        return len({row.unit for row in self.every})


def texts(rows: Iterable[Row], me: Reviewer) -> tuple[Text, ...]:
    """The texts of some rows, by pile in the order people work through them, then the widest first."""
    same: defaultdict[tuple[Work, str], list[Row]] = defaultdict(list)
    for row in rows:
        same[work(row, me), row.text or f"{row.unit}/{row.post}"].append(row)
    found = []
    for (pile, _), members in same.items():
        plain = tuple(row for row in members if row.fine and not row.photos)
        others = tuple(row for row in members if row not in plain)
        found.append(Text(members[0].title, pile, plain, others))
    order = list(Work)
    found.sort(
        key=lambda text: (
            order.index(text.pile), -text.posyandu, text.every[0].instant, text.every[0].key
        )
    )  # fmt: skip
    return tuple(found)


def apart(text: Text) -> Iterator[Text]:
    """A text without its exceptions, and each of those by itself: it has to be seen."""
    if text.rows:
        yield replace(text, exceptions=())
    for row in text.exceptions:
        yield replace(text, rows=(row,), exceptions=())


def piles(rows: Iterable[Row], me: Reviewer) -> Mapping[Work, int]:
    """How many posts lie on each pile; those that nothing lies on are there too."""
    count = dict.fromkeys(Work, 0)
    for row in rows:
        count[work(row, me)] += 1
    return count


def reviewer(id: str, people: Mapping[str, Person], rules: Rules) -> Reviewer:
    """Somebody as a reviewer, by the list of people."""
    person = people.get(id)
    if person is None:
        return Reviewer(id)
    roles = frozenset(map(str, rules.role(person.role)))
    return Reviewer(id, roles, frozenset(person.units))
