"""Which posts went out already: from the proofs of posting, else from the clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from content_kit.files.calendars import read_posted
from content_kit.files.overlay import read_bytes
from content_kit.files.paths import safe_join
from content_kit.files.reader import Findings
from content_kit.files.workspace import Workspace
from content_kit.files.yaml import parse_bytes
from content_kit.model import Post, Posyandu


@dataclass(frozen=True)
class Posted:
    """The proofs of one unit by month ("2026-12"), and the instant that decides where none is.

    `done` are the posts of which somebody wrote down that they went out, and where.
    """

    posyandu: Posyandu
    now: datetime
    proofs: Mapping[str, Mapping[str, tuple[str, ...]]]
    done: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def channels(self, post: Post) -> tuple[str, ...]:
        """The channels in which a post went out; empty when it did not."""
        if post.id in self.done:
            return self.done[post.id]
        month = self.proofs.get(f"{post.date:%Y-%m}")
        if month is not None:
            found = month.get(post.id)
            return () if found is None else found or post.channels
        past = post.instant(self.posyandu.zone) <= self.now
        return post.channels if past else ()

    def announced(self, post: Post) -> tuple[str, ...]:
        """Where an announcement of a change was told; empty when it was not.

        Its hour proves nothing, because whoever mistyped mends it a few minutes later: it counts
        when somebody wrote it down, or when its day is over.
        """
        known = post.id in self.done or f"{post.date:%Y-%m}" in self.proofs
        today = self.now.astimezone(self.posyandu.zone.tz).date()
        return self.channels(post) if known or post.date < today else ()

    def over(self, post: Post) -> bool:
        """Whether the time of a post has come, posted or not."""
        return post.instant(self.posyandu.zone) <= self.now


def read_proofs(
    workspace: Workspace,
    posyandu: Posyandu,
    now: datetime,
    done: Mapping[str, tuple[str, ...]] | None = None,
) -> Posted:
    """What a unit's folder `hasil/` tells; a month without a file there is left to the clock."""
    folder = safe_join(workspace.root / "calendars", posyandu.slug, "hasil")
    proofs: dict[str, Mapping[str, tuple[str, ...]]] = {}
    for path in sorted(folder.glob("????-??.yaml")) if folder.is_dir() else ():
        proofs[path.stem] = _month(workspace, path)
    return Posted(posyandu, now, proofs, done or {})


def _month(workspace: Workspace, path: Path) -> Mapping[str, tuple[str, ...]]:
    file = workspace.relative(path)
    data, _ = read_bytes(path, workspace.root, file)
    node, _ = parse_bytes(data, file) if data is not None else (None, [])
    return read_posted(node, Findings())
