"""The feed as followers will see it: the next posts of a posyandu in one picture, three in a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from content_kit.errors import UsageError
from content_kit.files.looks import COLUMNS
from content_kit.findings import clipped
from content_kit.model import Post
from content_kit.picture.mosaic import mosaic
from content_kit.render import Press, Proof, Selection

COUNTS: Final = (9, 12)
"""How many posts a grid may show."""
FORMAT: Final = "feed"


@dataclass(frozen=True, slots=True)
class Grid:
    """The picture, the posts in it from the newest to the oldest, and the pairs that look alike."""

    jpeg: bytes
    posts: tuple[Post, ...]
    alike: tuple[tuple[Post, Post], ...]
    waiting: int
    """How many cells are grey: posts that have no picture yet, or may have none."""


def feed_grid(press: Press, unit: str, start: date, count: int = COUNTS[0]) -> Grid:
    """The next `count` posts of a unit from a day on, the newest first, as a profile has them.

    Where fewer are planned, the last ones before that day fill the grid. Posts without a picture
    for the feed are left out. UsageError when there is nothing to show.
    """
    posts = sorted(
        (post for post in press.select(Selection(unit=unit)) if _is_in_feed(press, post)),
        key=lambda post: (post.date, post.time, post.id),
    )
    before = sum(post.date < start for post in posts)
    first = max(0, min(before, len(posts) - count))
    shown = posts[first : first + count]
    if not shown:
        raise UsageError(f'Belum ada postingan untuk "{clipped(unit)}". Susun dulu: plan.')
    shown.reverse()
    proofs = [press.proof_anyway(post) for post in shown]
    scenes = [press.stamped(proof, FORMAT) if _is_drawn(proof) else None for proof in proofs]
    alike = tuple(
        (one, other)
        for number, one in enumerate(shown)
        for apart in (1, COLUMNS)
        for other in shown[number + apart : number + apart + 1]
        if one.template == other.template and (apart == COLUMNS or (number + 1) % COLUMNS)
    )
    return Grid(
        mosaic(press.renderer, scenes, unit), tuple(shown), alike, scenes.count(None)
    )  # fmt: skip


def _is_in_feed(press: Press, post: Post) -> bool:
    channels = (press.channels.get(name) for name in post.channels)
    return any(channel is not None and channel.format == FORMAT for channel in channels)


def _is_drawn(proof: Proof) -> bool:
    return not proof.forbidden and not proof.waiting and FORMAT in proof.scenes
