"""Posts follow a service day whose usual day changed: each to the new day nearest to its old one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from content_kit.files import splice
from content_kit.model import Post
from content_kit.planning.pages import Pages, find

NEAR: Final = timedelta(days=20)
"""A new day farther away than this is another opening, not the same one on another day."""


def follow(pages: Pages, posts: Iterable[Post], day: str, new: Sequence[date], today: date) -> int:
    """Move the posts of a service day from today on; how many moved.

    A post keeps its distance from the opening that it speaks of. One whose opening has no new day
    nearby, or that would go out in the past, stays for people to decide about.
    """
    coming = [
        post
        for post in posts
        if post.occurrence is not None and post.occurrence.service_day == day and post.date >= today
    ]
    to = _nearest({post.occurrence.date for post in coming if post.occurrence}, new)
    moved = 0
    for post in coming:
        assert post.occurrence is not None
        old = post.occurrence.date
        there = to.get(old, old)
        out = post.date + (there - old)
        if there == old or out < today:
            continue
        pages.redate(post, out, (old, there))
        path = pages.month(post.unit, out)
        text = pages.text(path)
        where = ("postingan", find(text, post), "acara", "tanggal")
        pages.put(path, splice.set_value(text, where, there.isoformat()))
        moved += 1
    return moved


def _nearest(old: Iterable[date], new: Sequence[date]) -> dict[date, date]:
    """A new day for each old one, those of the same month first; no new day for two old ones."""
    free = list(new)
    found: dict[date, date] = {}
    for day in sorted(old):
        near = [one for one in free if abs(one - day) <= NEAR]
        if near:
            found[day] = min(near, key=lambda one: (one.month != day.month, abs(one - day)))
            free.remove(found[day])
    return found
