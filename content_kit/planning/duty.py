"""Who posts: somebody on duty for every new post, fair over all units a person serves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from content_kit.model import Person, Post
from content_kit.planning.brief import chance


def serving(people: Iterable[Person], unit: str, roles: Sequence[str]) -> list[str]:
    """Who can post for a unit; without roles everybody who serves it."""
    return sorted(
        person.id
        for person in people
        if unit in person.units and (not roles or person.role in roles)
    )


def on_duty(
    new: Iterable[tuple[str, Post]],
    able: Mapping[str, Sequence[str]],
    standing: Iterable[Post],
) -> dict[tuple[str, str], str]:
    """Who takes which new post, by unit and id; a post that nobody can take is left out.

    `able` says who serves each unit; the `standing` posts count as work already given.
    In the end nobody has two more than somebody who could have taken one of them.
    """
    load = Counter(post.duty for post in standing if post.duty)
    duty: dict[tuple[str, str], str] = {}
    # Units with few people choose first: whoever serves many units has elsewhere to go.
    for unit, post in sorted(new, key=lambda s: (len(able[s[0]]), s[1].date, s[1].time, s[0])):
        if able[unit]:
            chosen = min(able[unit], key=lambda one: (load[one], chance(unit, post.id, one)))
            duty[unit, post.id] = chosen
            load[chosen] += 1
    moved = True
    while moved:  # each move lowers the sum of squares, so this ends
        moved = False
        for (unit, id), chosen in duty.items():
            other = min(able[unit], key=lambda person: (load[person], person))
            if load[other] + 1 < load[chosen]:
                duty[unit, id] = other
                load[chosen] -= 1
                load[other] += 1
                moved = True
    return duty
