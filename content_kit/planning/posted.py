"""Which posts went out already: from the proofs of posting, else from the clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from content_kit.files.records import Decision, lost, unreadable
from content_kit.files.workspace import Loaded
from content_kit.findings import Finding
from content_kit.model import Post, Posyandu

EVERY: Final = ""
"""In place of a month: the proofs of all months."""


@dataclass(frozen=True)
class Posted:
    """The proofs of one unit by month ("2026-12"), and the instant that decides where none is.

    `done` are the posts of which somebody wrote down that they went out, and where. `broken` are
    the months whose proofs nobody can read, EVERY when it is the folder: whoever asks about one gets UnreadableFile, because
    a post that went out must never count as unsent.
    """

    posyandu: Posyandu
    now: datetime
    proofs: Mapping[str, Mapping[str, tuple[str, ...]]]
    done: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    broken: Mapping[str, Finding] = field(default_factory=dict)

    def channels(self, post: Post) -> tuple[str, ...]:
        """The channels in which a post went out; empty when it did not."""
        if post.id in self.done:
            return self.done[post.id]
        month = f"{post.date:%Y-%m}"
        if (finding := self.broken.get(month) or self.broken.get(EVERY)) is not None:
            raise unreadable(finding, Decision.CHANGE)
        proofs = self.proofs.get(month)
        if proofs is not None:
            found = proofs.get(post.id)
            return () if found is None else found or post.channels
        past = post.instant(self.posyandu.zone) <= self.now
        return post.channels if past else ()

    def announced(self, post: Post) -> tuple[str, ...]:
        """Where an announcement of a change was told; empty when it was not.

        Its hour proves nothing, because whoever mistyped mends it a few minutes later: it counts
        when somebody wrote it down, or when its day is over.
        """
        month = f"{post.date:%Y-%m}"
        known = post.id in self.done or not {month, EVERY}.isdisjoint({*self.proofs, *self.broken})
        today = self.now.astimezone(self.posyandu.zone.tz).date()
        return self.channels(post) if known or post.date < today else ()

    def over(self, post: Post) -> bool:
        """Whether the time of a post has come, posted or not."""
        return post.instant(self.posyandu.zone) <= self.now


def read_proofs(
    loaded: Loaded,
    posyandu: Posyandu,
    now: datetime,
    done: Mapping[str, tuple[str, ...]] | None = None,
) -> Posted:
    """What a unit's folder `hasil/` tells; a month without a file there is left to the clock."""
    start = f"calendars/{posyandu.slug}/hasil/"
    found = lost(loaded.findings, Decision.CHANGE, posyandu.slug)
    broken = {
        f"{finding.place.file}/".removeprefix(start)
        .removesuffix("/")
        .removesuffix(".yaml"): finding
        for finding in reversed(found)
        if f"{finding.place.file}/".startswith(start)
    }
    return Posted(posyandu, now, loaded.posted.get(posyandu.slug, {}), done or {}, broken)
