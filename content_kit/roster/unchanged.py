"""Review by exception: which posts say nothing but what the library says, and which of them to open.

Whatever a person wrote, photographed or moved is looked at. The rest is approved together, after
a random sample of it was opened; nobody chooses what is in the sample.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from math import ceil
from typing import Final

from content_kit.files.texts import same_words
from content_kit.planning.library import Entry
from content_kit.review.status import State
from content_kit.roster.view import Row

SHARE: Final = 0.05
LEAST: Final = 3


def as_library(state: State, library: Mapping[str, Entry], *, own_template: bool) -> bool:
    """Whether a post is unchanged library text with schedule fields and no photo ("sesuai pustaka").

    A service day that was changed and an alt text of somebody's own are new facts: those are
    opened. So is what differs from the version that was approved before, which only the log knows.
    """
    proof = state.proof
    post = proof.post
    entry = library.get(post.entry)
    if entry is None or entry.waiting or own_template:
        return False
    if proof.occurrence is not None and proof.occurrence.change is not None:
        return False
    return (
        (post.pillar, post.bidang) == (entry.pillar, entry.bidang)
        and not post.alt_text
        and not photos_of(state)
        and post.sources == entry.sources
        and post.hashtags == entry.hashtags
        and any(
            same_words(post.fields, {**entry.values(), **own}) for own in ({}, *entry.own.values())
        )
    )


def photos_of(state: State) -> int:
    """How many photos the pictures of a post show."""
    start = "berkas.photo:"
    about = (".fokus", ".orang")
    paths = (path for path in state.sealed.inputs if path.startswith(start))
    return sum(not path.endswith(about) for path in paths)


def sample(
    rows: Iterable[Row], seed: str, *, share: float = SHARE, least: int = LEAST
) -> tuple[Row, ...]:
    """The rows to open: a share of them, at least a few; the same for the same seed and rows.

    Each row draws its own lot from its seal, so when one is returned the others stay. Rows keep
    their order.
    """
    rows = tuple(rows)
    number = min(len(rows), max(least, ceil(len(rows) * share)))
    lots = sorted(rows, key=lambda row: (_lot(row, seed), row.key))
    chosen = {row.key for row in lots[:number]}
    return tuple(row for row in rows if row.key in chosen)


def _lot(row: Row, seed: str) -> str:
    return sha256(f"{seed}\0{row.unit}\0{row.post}\0{row.seal}".encode()).hexdigest()
