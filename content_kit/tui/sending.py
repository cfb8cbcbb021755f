"""The work behind Kirim: what goes out next for a posyandu, and writing down what went out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path

from content_kit.errors import UsageError
from content_kit.files.paths import safe_join
from content_kit.files.workspace import Workspace
from content_kit.model import Post
from content_kit.pack.outlook import Outlook, outlook
from content_kit.planning.history import History
from content_kit.render import Press
from content_kit.review.log import read_log
from content_kit.review.reviews import Reviews
from content_kit.tasks import posting

OUT = "keluaran"


def look_ahead(root: Path, unit: str, today: date, now: datetime) -> Outlook:
    """Two weeks of one posyandu, read anew."""
    workspace = Workspace.open(root)
    press = Press(workspace, workspace.load(unit=unit))
    if unit not in press.loaded.posyandu:
        raise UsageError("Posyandu ini belum dapat dibaca. Lihat Perbaikan (3).")
    return outlook(Reviews(press, now), unit, today, safe_join(root, OUT))


def recorded(root: Path, post: Post, now: datetime) -> tuple[str, ...]:
    """Where it is written down that a post went out."""
    workspace = Workspace.open(root)
    loaded = workspace.load(unit=post.unit)
    if post.unit not in loaded.posyandu:
        raise UsageError("Posyandu ini belum dapat dibaca. Lihat Perbaikan (3).")
    log = read_log(workspace, loaded.posyandu[post.unit], loaded.people, now)
    return log.posted().get(post.id, ())


def mark(
    root: Path,
    history: History,
    post: Post,
    places: Sequence[str],
    me: str,
    now: Callable[[], datetime],
) -> str:
    """Write down that a post went out in just these places; a sentence that names what changed.

    Undo writes the opposite: the log itself is never rewritten.
    """
    before = recorded(root, post, now())
    said = _set(root, post, before, places, me, now)
    if said:
        there = [place for place in before if place in post.channels]
        history.noted(said, partial(_set, root, post, places, there, me, now))
    return said or "Ini sudah tercatat sebelumnya."


def _set(
    root: Path,
    post: Post,
    before: Sequence[str],
    after: Sequence[str],
    me: str,
    now: Callable[[], datetime],
) -> str:
    said = []
    for out, places in (
        (True, [place for place in after if place not in before]),
        (False, [place for place in before if place not in after and place in post.channels]),
    ):
        if places:
            made = posting.record(Workspace.open(root), post, places, me, now(), out=out)
            said.append(made.sentence)
    return " ".join(said)
