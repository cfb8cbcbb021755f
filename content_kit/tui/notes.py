"""Notes to a post that were written and not sent yet: kept on this machine until they are."""

from __future__ import annotations

from datetime import datetime

from content_kit.files.drafts import Drafts, Kept
from content_kit.tasks.unsaved import NOTE
from content_kit.tui.rostering import Key


def find(drafts: Drafts, key: Key) -> str:
    """The note that waits for a post; "" when none does."""
    kept = drafts.find(*_place(key))
    note = kept.values.get(NOTE, "") if kept else ""
    return note if isinstance(note, str) else ""


def keep(drafts: Drafts, key: Key, note: str, now: datetime) -> None:
    """Keep a note in place of the one before; an empty one is none."""
    unit, place = _place(key)
    if note.strip():
        drafts.keep(unit, place, Kept(now, key[1], {}, {NOTE: note}, {}))
    else:
        drafts.forget(unit, place)


def forget(drafts: Drafts, key: Key) -> None:
    """The note was sent."""
    drafts.forget(*_place(key))


def _place(key: Key) -> Key:
    """Where it lies: no post has an id like this, so a draft of the post is another file."""
    unit, post = key
    return unit, f"{post}#{NOTE}"
