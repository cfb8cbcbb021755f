"""Announcements of a changed service day: which template they have, and which are overtaken."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from content_kit.model import OccurrenceRef, Post

ANNOUNCEMENT: Final = "jadwal-berubah"
"""The template of a post that tells of a changed service day."""


def superseded(posts: Iterable[Post]) -> frozenset[tuple[str, str]]:
    """The announcements, as (unit, post), after which a newer one tells other words of the same day.

    Whether the older was sent or not, a picture made of it today would have the new facts under
    old words. A newer one with the same words is a reminder, and holds nothing: above all no
    cancellation that did not go out yet.
    """
    days: dict[tuple[str, OccurrenceRef], list[Post]] = {}
    for post in posts:
        if post.template == ANNOUNCEMENT and post.occurrence is not None:
            days.setdefault((post.unit, post.occurrence), []).append(post)
    ordered = (sorted(told, key=lambda post: (post.date, post.time)) for told in days.values())
    return frozenset(
        (post.unit, post.id)
        for told in ordered
        for number, post in enumerate(told, 1)
        if any(newer.fields != post.fields for newer in told[number:])
    )
