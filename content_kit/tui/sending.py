"""The work behind Kirim: what goes out next for a posyandu, and writing down what went out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from content_kit.errors import UsageError
from content_kit.files.paths import safe_join
from content_kit.files.workspace import Workspace
from content_kit.pack.outlook import Outlook, outlook
from content_kit.render import Press, Selection
from content_kit.review.decide import posted
from content_kit.review.events import Kind
from content_kit.review.reviews import Reviews

OUT = "keluaran"


def look_ahead(root: Path, unit: str, today: date, now: datetime) -> Outlook:
    """Two weeks of one posyandu, read anew."""
    workspace = Workspace.open(root)
    press = Press(workspace, workspace.load(unit=unit))
    if unit not in press.loaded.posyandu:
        raise UsageError("Posyandu ini belum dapat dibaca. Lihat Perbaikan (3).")
    return outlook(Reviews(press, now), unit, today, safe_join(root, OUT))


def mark_posted(
    root: Path, unit: str, post: str, channels: Sequence[str], me: str, now: datetime
) -> str:
    """Write down that a post went out in these channels; a sentence about it."""
    workspace = Workspace.open(root)
    press = Press(workspace, workspace.load(unit=unit))
    found = press.select(Selection(post=post, unit=unit))
    if len(found) != 1:
        raise UsageError("Postingan ini tidak ditemukan lagi. Tekan r, lalu coba sekali lagi.")
    reviews = Reviews(press, now)
    decision = posted(reviews.state(press.proof(found[0])), channels)
    if not decision.carried:
        return "Ini sudah tercatat sebelumnya."
    reviews.record(Kind.POSTED, reviews.person(me), decision.carried)
    names = [press.channels[each].name for each in channels if each in press.channels]
    return f"Tercatat: sudah diposting di {', '.join(names)}."
