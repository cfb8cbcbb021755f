"""Sesudah hari buka: the recap that waits for its numbers, and the post that the answers make of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from content_kit.errors import UsageError
from content_kit.files.texts import Texts, Waiting
from content_kit.files.workspace import Loaded, Workspace
from content_kit.model import Occurrence, Pillar, Post, Posyandu
from content_kit.planning import draft_text
from content_kit.planning.draft import of_post
from content_kit.planning.pages import Pages
from content_kit.schedule.dates import clock
from content_kit.schedule.occurrences import resolve

REACH: Final = timedelta(days=31)
"""So long a service day is worth telling of; an older recap is asked for no more."""


@dataclass(frozen=True, slots=True)
class Recap:
    """A post that tells of a service day which is over, with the questions it still asks."""

    post: Post
    day: Occurrence
    asks: tuple[Waiting, ...]


def open_recaps(
    posts: Iterable[Post], units: Mapping[str, Posyandu], library: Texts, now: datetime
) -> list[Recap]:
    """The recaps whose doors have opened and whose numbers nobody wrote yet, the latest day first."""
    found = []
    for post in posts:
        if post.pillar is not Pillar.KEGIATAN or post.occurrence is None:
            continue
        draft = of_post(post)
        asks = tuple(gap for gap in library.asks(post) if not draft.text(f"isi.{gap.field}"))
        day = resolve(units[post.unit], post.occurrence) if asks else None
        if day is None or day.cancelled:
            continue
        opened = datetime.combine(day.date, day.hours.start, units[post.unit].zone.tz)
        if opened <= now <= opened + REACH:
            found.append(Recap(post, day, asks))
    return sorted(found, key=lambda each: (each.day.date, each.post.unit), reverse=True)


def answer(
    workspace: Workspace,
    loaded: Loaded,
    recap: Recap,
    answers: Mapping[str, str],
    now: datetime,
) -> Pages:
    """The edit that writes the answers (by field) into the recap.

    A recap whose hour is over goes out at the next one like it: today, else tomorrow. UsageError
    when nothing was answered, or the post is gone.
    """
    post = next((each for each in loaded.posts(recap.post.unit) if each.id == recap.post.id), None)
    if post is None:
        raise UsageError("Postingan ini sudah dihapus di tempat lain.")
    base = draft = of_post(post)
    for gap in recap.asks:
        if words := gap.answered(answers.get(gap.field, "")):
            draft = draft.put(f"isi.{gap.field}", words)
    if draft == base:
        raise UsageError("Belum ada yang diisi.")
    zone = loaded.posyandu[post.unit].zone
    here = now.astimezone(zone.tz)
    if post.instant(zone) <= now:
        day = here.date() if post.time > here.time() else here.date() + timedelta(days=1)
        draft = draft.put("tanggal", day.isoformat()).put("jam", clock(post.time))
    pages = Pages(workspace)
    draft_text.write(pages, post, base, draft)
    return pages
