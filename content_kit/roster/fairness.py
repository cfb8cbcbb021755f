"""Who posts how often over all posyandu, who has too much, and what a month still lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from content_kit.model import Person, Pillar, Post, Posyandu
from content_kit.planning.balance import balance
from content_kit.planning.duty import serving
from content_kit.planning.strategy import Strategy


@dataclass(frozen=True, slots=True)
class Load:
    """How many posts a person has, and in how many units."""

    person: str
    name: str
    posts: int
    units: int


@dataclass(frozen=True, slots=True)
class Handover:
    """A post that would better be somebody else's."""

    post: Post
    giver: str
    taker: str


@dataclass(frozen=True, slots=True)
class Hole:
    """What a unit's month lacks: stretches of days without a post, pillars without one."""

    unit: str
    silences: tuple[tuple[date, date], ...]
    pillars: tuple[Pillar, ...]


@dataclass(frozen=True, slots=True)
class Fairness:
    """The duty of a period: loads (the heaviest first), posts of nobody, handovers, and holes."""

    loads: tuple[Load, ...]
    nobody: tuple[Post, ...]
    handovers: tuple[Handover, ...]
    holes: tuple[Hole, ...]


def fairness(
    posts: Sequence[Post],
    units: Mapping[str, Posyandu],
    people: Mapping[str, Person],
    month: date,
    strategy: Strategy,
) -> Fairness:
    """How a month's duty is shared; `posts` are those of this month."""
    able = {unit: serving(people.values(), unit, strategy.roles) for unit in units}
    return Fairness(
        loads=tuple(loads(posts, people)),
        nobody=tuple(post for post in posts if not post.duty),
        handovers=tuple(handovers(posts, able)),
        holes=tuple(_holes(posts, units, month, strategy)),
    )


def loads(posts: Iterable[Post], people: Mapping[str, Person]) -> list[Load]:
    """Everybody who posts or could, the heaviest load first."""
    own: dict[str, list[Post]] = {id: [] for id in people}
    for post in posts:
        if post.duty:
            own.setdefault(post.duty, []).append(post)
    found = [
        Load(id, people[id].name if id in people else id, len(his), len({p.unit for p in his}))
        for id, his in own.items()
        if his or people[id].units
    ]
    return sorted(found, key=lambda load: (-load.posts, load.name.casefold(), load.person))


def handovers(posts: Sequence[Post], able: Mapping[str, Sequence[str]]) -> list[Handover]:
    """The fewest handovers after which nobody has two more than somebody who could take one.

    The same law by which a plan shares duty (`planning.duty`); later posts move first, because
    the earlier ones are nearer to being posted.
    """
    load = Counter(post.duty for post in posts if post.duty)
    duty = {(post.unit, post.id): post.duty for post in posts}
    moved = True
    while moved:  # each handover lowers the sum of squares, so this ends
        moved = False
        for post in sorted(posts, key=lambda post: (post.date, post.time, post.id), reverse=True):
            holder, takers = duty[post.unit, post.id], able.get(post.unit, ())
            if not holder or not takers:
                continue
            taker = min(takers, key=lambda person: (load[person], person))
            if load[taker] + 1 < load[holder]:
                duty[post.unit, post.id] = taker
                load[holder] -= 1
                load[taker] += 1
                moved = True
    return [
        Handover(post, post.duty, duty[post.unit, post.id])
        for post in posts
        if post.duty and duty[post.unit, post.id] != post.duty
    ]


def _holes(
    posts: Sequence[Post], units: Mapping[str, Posyandu], month: date, strategy: Strategy
) -> Iterable[Hole]:
    by_unit: dict[str, list[Post]] = {unit: [] for unit in units}
    for post in posts:
        by_unit[post.unit].append(post)
    quiet = replace(strategy, bidang={}, audience={})
    for unit, own in by_unit.items():
        if not own:
            continue  # "belum mengirim" says it already
        found = balance(unit, month, own, quiet)
        there = {post.pillar for post in own}
        lacking = tuple(pillar for pillar in Pillar if pillar not in there)
        if found.gaps or lacking:
            yield Hole(unit, found.gaps, lacking)
