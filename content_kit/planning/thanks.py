"""Whose turn it is to be thanked: kader one after the other, between them others who inspire."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from content_kit.model import Person, Pillar, Post
from content_kit.planning.balance import same_month, words_of
from content_kit.planning.brief import Brief
from content_kit.planning.library import Entry


def is_for_kader(entry: Entry) -> bool:
    """Whether an appreciation suits any kader, who then goes in the round.

    An entry that already says what somebody does ("Kader muda") asks for the one it suits.
    """
    return {"nama", "peran"} <= {ask.field for ask in entry.waiting}


def turn_of_kader(brief: Brief, posts: Iterable[Post]) -> bool:
    """Whether the next thanks go to a kader; every second one goes to somebody else."""
    thanked = sum(
        post.pillar is Pillar.KADER and same_month(post.date, brief.month) for post in posts
    )
    return bool(_kader(brief)) and thanked % 2 == 0


def next_kader(brief: Brief, posts: Iterable[Post]) -> Person | None:
    """Who was thanked least often, then longest ago: nobody twice before all once."""
    kader = _kader(brief)
    thanked: dict[str, list[date]] = {}
    for post in posts:
        name = post.fields.get("nama", "")
        if post.pillar is Pillar.KADER and isinstance(name, str):
            for person in kader:
                if _names(person, name):
                    thanked.setdefault(person.id, []).append(post.date)
    return min(
        kader,
        key=lambda person: (
            len(thanked.get(person.id, [])),
            max(thanked.get(person.id, [date.min])),
            brief.chance(person.id, "apresiasi"),
        ),
        default=None,
    )


def _kader(brief: Brief) -> list[Person]:
    unit = brief.posyandu.slug
    return [person for person in brief.people if unit in person.units and person.role == "kader"]


def _names(person: Person, text: str) -> bool:
    """Whether a text names a person: "Ibu Rusminah" is Rusminah."""
    return f" {words_of(person.name)} " in f" {words_of(text)} "
