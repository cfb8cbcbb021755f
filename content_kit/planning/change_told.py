"""One service day with the posts about it: which of them reached people, and what those told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from content_kit.checks.announcements import ANNOUNCEMENT
from content_kit.files.workspace import Loaded
from content_kit.model import Change, Occurrence, OccurrenceRef, Pillar, Post, Posyandu
from content_kit.planning.change_entry import with_change
from content_kit.planning.posted import Posted
from content_kit.planning.situation import Heard, Situation, heard, in_mind, said_in
from content_kit.schedule.occurrences import facts, resolve, usual


@dataclass(frozen=True, slots=True)
class Told:
    """A post that went out with the old facts, and where."""

    post: Post
    channels: tuple[str, ...]


@dataclass(frozen=True)
class Telling:
    """One service day with the posts about it, and what of them reached people."""

    loaded: Loaded
    posyandu: Posyandu
    before: Occurrence
    posted: Posted
    sent: bool | None

    @cached_property
    def ref(self) -> OccurrenceRef:
        """What posts call the day by."""
        return OccurrenceRef(self.before.service_day, self.before.original)

    @cached_property
    def posts(self) -> list[Post]:
        """All that speak of the day."""
        posts = self.loaded.posts(self.posyandu.slug)
        return [post for post in posts if post.occurrence == self.ref]

    @cached_property
    def announcements(self) -> list[Post]:
        """In the order in which they go out."""
        found = [post for post in self.posts if post.template == ANNOUNCEMENT]
        return sorted(found, key=lambda post: post.instant(self.posyandu.zone))

    @cached_property
    def heard(self) -> Heard:
        """What of them reached people."""
        return heard(self.posts, self.posted, sent=self.sent)

    def situation(self, new: Change, *, aloud: bool) -> Situation:
        """The versions of the day when it becomes `new`."""
        before = self.before
        changed = with_change(self.posyandu, before.service_day, new)
        reminded = before.change is not None and any(self.out(post) for post in self.posts)
        told = in_mind(self.posyandu, before, self.heard, reminded=reminded)
        after = resolved(changed, self.ref)
        if new.cancelled:  # what is called off is the day that people have in mind
            after = replace(told, change=new)
        return Situation(
            rule=usual(self.posyandu, before),
            told=told,
            before=before,
            after=after,
            announced=bool(self.announcements),
            unsent=self.heard.newest is not None and not self.heard.sent,
            aloud=aloud,
        )

    def out(self, post: Post) -> tuple[str, ...]:
        """Where a post went out, as far as that counts; a recap tells of a day that was."""
        if post.pillar is Pillar.KEGIATAN:
            return ()
        if post.template != ANNOUNCEMENT:
            return self.posted.channels(post)
        answered = post == self.heard.newest and self.sent
        return self.posted.announced(post) or (post.channels[:1] if answered else ())

    def wrong(self, after: Occurrence) -> Iterator[Told]:
        """The posts that went out and told something else than holds now."""
        for post in self.posts:
            said = said_in(self.posyandu, post, self.before, self.heard)
            if (channels := self.out(post)) and facts(said) != facts(after):
                yield Told(post, channels)


def unanswered(loaded: Loaded, posyandu: Posyandu, day: Occurrence, posted: Posted) -> Post | None:
    """The newest announcement of a service day of which nobody knows whether it was sent."""
    about = Telling(loaded, posyandu, day, posted, sent=False)
    return None if about.heard.known else about.heard.newest


def resolved(posyandu: Posyandu, ref: OccurrenceRef) -> Occurrence:
    """A service day that is known to be there."""
    found = resolve(posyandu, ref)
    assert found is not None  # the day came from the same rule
    return found
