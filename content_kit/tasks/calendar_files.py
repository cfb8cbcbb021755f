"""A calendar file for phones: the posts and service days of a month, or of the year to come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TypeAlias

from content_kit.files.workspace import Loaded, Workspace
from content_kit.model import Post
from content_kit.planning.exporting import Export, Looked, calendar
from content_kit.render import Press
from content_kit.review.reviews import Reviews

Step: TypeAlias = Callable[[int, int], None]
"""Told after each post: how many are done, of how many."""


def export(
    workspace: Workspace,
    month: date | None,
    units: Sequence[str] | None,
    *,
    now: datetime,
    today: date,
    captions: bool = False,
    step: Step,
) -> Export:
    """The file, not yet written. Without a `month` all posts and the service days of a year.

    A post is CONFIRMED when it may go out as it is: approved, posted, or ready where nobody is
    asked. With `captions` each post brings its first text.
    """

    def look(loaded: Loaded, posts: Sequence[Post]) -> Looked:
        reviews = Reviews(Press(workspace, loaded), now)
        sure, texts = set(), {}
        for number, post in enumerate(posts, 1):
            proof = reviews.press.proof(post)
            if reviews.state(proof).settled:
                sure.add((post.unit, post.id))
            if captions:
                texts[post.unit, post.id] = proof.texts[0].words if proof.texts else ""
            step(number, len(posts))
        return Looked(frozenset(sure), texts)

    return calendar(workspace, month, units, now=now, today=today, look=look)
