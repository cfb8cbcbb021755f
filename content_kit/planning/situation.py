"""What a changed service day comes to: the facts about it, and the one case of a table that they are.

Nothing here reads a disk or writes a file. Three versions of the day matter: what people were
told, what held until now, and what holds from now on. Whether the last announcement reached
anybody decides which of the first two people have in mind; where nobody says, it counts as sent,
because a heading that names one day too many sends nobody to a closed door.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from content_kit.checks.announcements import ANNOUNCEMENT
from content_kit.model import Change, Occurrence, Pillar, Post, Posyandu
from content_kit.planning.posted import Posted
from content_kit.schedule.occurrences import facts, told_before, usual


@dataclass(frozen=True, slots=True)
class Heard:
    """Which posts of one service day reached people: its announcements, and its other posts.

    `newest` is the last announcement, `sent` whether it reached anybody, and `known` whether
    what it tells did: a reminder after it tells the same. `first` is the announcement that was
    made first.
    """

    newest: Post | None = None
    sent: bool = False
    known: bool = False
    first: Post | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """The versions of one service day, and whether there is and shall be an announcement.

    `announced`: some announcement of this day stands in the plan. `unsent`: the newest of them
    reached nobody. `aloud`: people shall be told; a plan that nobody has seen changes in silence.
    """

    rule: Occurrence
    told: Occurrence
    before: Occurrence
    after: Occurrence
    announced: bool = False
    unsent: bool = False
    aloud: bool = True

    @property
    def differs(self) -> bool:
        """Whether the order changes anything that people have to know."""
        return facts(self.before) != facts(self.after)

    @property
    def again(self) -> bool:
        """Whether people were told of a change of this day before."""
        return facts(self.told) != facts(self.rule)


class Case(Enum):
    """What an order is, seen from those who wait for the day."""

    QUIET = "a plan that nobody has seen yet"
    SAME = "nothing else than was announced already"
    TAKEN_BACK = "back to what people have in mind, before the newest announcement was sent"
    REPLACED = "something else than the announcement that was not sent yet"
    NEW = "something that people do not know"


@dataclass(frozen=True, slots=True)
class Deed:
    """What a case asks for: whether the unsent announcement goes, and whether there is a new one."""

    drops: bool
    tells: bool


TABLE: Final[Sequence[tuple[Case, Callable[[Situation], bool], Deed]]] = (
    (Case.QUIET, lambda s: not s.aloud, Deed(drops=False, tells=False)),
    (Case.SAME, lambda s: not s.differs and s.announced, Deed(drops=False, tells=False)),
    (
        Case.TAKEN_BACK,
        lambda s: s.differs and facts(s.after) == facts(s.told),
        Deed(drops=True, tells=False),
    ),
    (Case.REPLACED, lambda s: s.unsent, Deed(drops=True, tells=True)),
    (Case.NEW, lambda _: True, Deed(drops=False, tells=True)),
)
"""The cases in their order, each with when it holds; the first that does is the one."""


def case_of(situation: Situation) -> tuple[Case, Deed]:
    """The case that a situation is, and what it asks for."""
    return next((case, deed) for case, holds, deed in TABLE if holds(situation))


def heard(about: Sequence[Post], posted: Posted, *, sent: bool | None) -> Heard:
    """What reached people of the posts `about` one service day.

    `sent` is what somebody answered about the newest announcement, None when nobody was asked.
    A record that it was posted, or a later reminder that went out, goes before the answer.
    """
    zone = posted.posyandu.zone
    announcements = sorted(
        (post for post in about if post.template == ANNOUNCEMENT),
        key=lambda post: post.instant(zone),
    )
    if not announcements:
        return Heard()
    newest = announcements[-1]
    reminded = any(
        post.instant(zone) > newest.instant(zone) and posted.channels(post)
        for post in about
        if post.template != ANNOUNCEMENT and post.pillar is not Pillar.KEGIATAN
    )
    told = bool(posted.announced(newest)) or sent is not False
    return Heard(newest, told, told or reminded, announcements[0])


def in_mind(posyandu: Posyandu, before: Occurrence, found: Heard, *, reminded: bool) -> Occurrence:
    """The version of the day that people have in mind before the order.

    `reminded` tells that some post about the day went out: without an announcement it may have
    told a change that somebody wrote into the file by hand.
    """
    if found.known or (found.newest is None and reminded):
        return before
    return told_before(posyandu, before) or usual(posyandu, before)


def said_in(posyandu: Posyandu, post: Post, before: Occurrence, found: Heard) -> Occurrence:
    """The version of the day that a post told when it went out."""
    at = post.instant(posyandu.zone)
    if found.newest is None or found.first is None or at >= found.newest.instant(posyandu.zone):
        return before
    if at < found.first.instant(posyandu.zone):
        return usual(posyandu, before)
    return told_before(posyandu, before) or usual(posyandu, before)


def kept(situation: Situation) -> Change | None:
    """What to remember as told (`diumumkan`): nothing where it is the rule, or what holds now."""
    told = situation.told
    if facts(told) in (facts(situation.rule), facts(situation.after)) or told.change is None:
        return None
    return Change(
        told.original,
        moved_to=told.change.moved_to,
        place=told.change.place,
        hours=told.change.hours,
        home_visit=told.change.home_visit,
        cancelled=told.change.cancelled,
    )
