"""Every post of a workspace by day and by key, sorted once, so that no key press sorts 4,500 posts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self, TypeAlias

from content_kit.files.workspace import Loaded
from content_kit.findings import Finding
from content_kit.model import Post

Key: TypeAlias = tuple[str, str]
"""A post: its unit and its id."""


@dataclass(frozen=True, repr=False)
class Index:
    """The posts in the order they go out; made on a worker thread, read on every other."""

    posts: tuple[Post, ...]
    days: Mapping[date, tuple[Post, ...]]
    keys: Mapping[Key, Post]
    channels: tuple[str, ...]
    """Every channel that a post goes to, in the order they are met."""
    _order: tuple[date, ...]

    @classmethod
    def of(cls, loaded: Loaded) -> Self:
        """The index of what was loaded."""
        posts = tuple(loaded.posts())
        days: dict[date, list[Post]] = {}
        for post in posts:
            days.setdefault(post.date, []).append(post)
        order = tuple(sorted(days))
        return cls(
            posts,
            {day: tuple(days[day]) for day in order},
            {(post.unit, post.id): post for post in posts},
            tuple(dict.fromkeys(name for post in posts for name in post.channels)),
            order,
        )

    def between(self, first: date, last: date) -> Iterator[Post]:
        """The posts from a day to a day, both included."""
        start, end = bisect_left(self._order, first), bisect_right(self._order, last)
        for day in self._order[start:end]:
            yield from self.days[day]

    def post_of(self, finding: Finding) -> Post | None:
        """The post that a finding speaks of, when it can only be one."""
        if not finding.post:
            return None
        parts = finding.place.file.split("/")
        if len(parts) == 3 and parts[0] == "calendars" and (parts[1], finding.post) in self.keys:
            return self.keys[parts[1], finding.post]
        named = [post for post in self.posts if post.id == finding.post]
        return named[0] if len(named) == 1 else None
