"""Writes down that a health worker has read texts of the library, and that posts made of them are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final, TypeAlias

from content_kit.errors import UsageError
from content_kit.files import splice
from content_kit.files.readings import Reading, readings_path
from content_kit.files.records import Decision, require
from content_kit.files.safe_text import normal
from content_kit.files.texts import Texts, load_texts
from content_kit.files.workspace import Loaded, Workspace
from content_kit.findings import clipped, nearest
from content_kit.model import Post
from content_kit.planning.library import Entry, load_library
from content_kit.planning.pages import Pages, find_all

Unread: TypeAlias = tuple[Post, Sequence[int]]
"""A post, and the numbers of its sources that nobody read for what it says."""

MAX_NAME: Final = 80
_HEAD: Final = (
    "# Tulisan pustaka yang sudah dibaca petugas kesehatan; berlaku selama tulisannya tetap sama.\n"
)


def mark_read(
    workspace: Workspace,
    loaded: Loaded,
    ids: Sequence[str],
    by: str,
    role: str,
    day: date,
    today: date,
    *,
    seen: Mapping[str, str] | None = None,
) -> Pages:
    """The files as they are once somebody has read these texts; nothing is saved yet.

    Posts to come that say just what the text says are read with it. One that was changed by hand
    is not: nobody read those words. `seen` are the digests of the texts that were shown when
    somebody said so; UsageError when a text is another by now.
    """
    require(loaded.findings, Decision.READ, unit="")
    by, role = _word(by, "namanya"), _word(role, "perannya, misalnya bidan")
    if day > today:
        raise UsageError("Hari membacanya belum tiba. Tulis hari ini atau sebelumnya.")
    library = {entry.id: entry for entry in load_library(workspace)[0]}
    texts = load_texts(workspace)
    pages = Pages(workspace)
    wanted = tuple(dict.fromkeys(ids))
    for id in wanted:
        entry = library.get(id)
        if entry is None:
            raise UsageError(
                f'Tulisan "{clipped(id)}" tidak ada di pustaka. '
                f"{nearest(id, library, 'Cari: content-kit library KATA.')}"
            )
        if seen is not None and seen.get(id) != entry.words:
            raise UsageError(
                f'Tulisan "{entry.title}" baru saja berubah di pustaka, jadi belum dicatat. '
                "Minta petugas kesehatan membaca yang baru, lalu catat lagi."
            )
    coming = _coming(loaded, frozenset(wanted), texts, today)
    for id in wanted:
        entry = library[id]
        _mark(pages, entry, coming[id], texts, Reading(by, role, day, entry.words))
    same = [(post, unread) for id in wanted for post, unread in coming[id] if texts.says(post)]
    _sign(pages, same, Reading(by, role, day, "").told)
    return pages


def _coming(
    loaded: Loaded, ids: frozenset[str], texts: Texts, today: date
) -> Mapping[str, list[Unread]]:
    """The posts to come of each text that somebody has to read, in one pass over all of them."""
    found: dict[str, list[Unread]] = {id: [] for id in ids}
    for calendar in loaded.calendars:
        for post in calendar.posts:
            if post.entry in ids and post.date >= today and (unread := texts.unread(post)):
                found[post.entry].append((post, unread))
    return found


def _mark(
    pages: Pages, entry: Entry, own: Sequence[Unread], texts: Texts, reading: Reading
) -> None:
    path = readings_path(pages.workspace)
    text = pages.text(path) or _HEAD
    row = {
        "id": entry.id,
        "oleh": reading.by,
        "peran": reading.role,
        "tanggal": reading.day.isoformat(),
        "tulisan": reading.words,
    }
    # Earlier readings stay: posts name them, and that is how one that is inherited is known.
    text = splice.add_item(text, ("telaah",), row)
    same = sum(texts.says(post) for post, _ in own)
    said = f'"{entry.title}" sudah dibaca {reading.told}'
    said += f"; {same} postingan ikut tercatat." if same else "."
    if changed := len(own) - same:
        said += f" {changed} postingan yang tulisannya sudah diubah perlu dibaca sendiri."
    pages.put(path, text, said)


def _sign(pages: Pages, posts: Iterable[Unread], told: str) -> None:
    """Name the reader in these posts; each file is read and written once, however many it holds."""
    by_file: dict[Path, list[Unread]] = {}
    for post, unread in posts:
        by_file.setdefault(pages.month(post.unit, post.date), []).append((post, unread))
    for path, some in by_file.items():
        text = pages.text(path)
        numbers = find_all(text, [post for post, _ in some])
        edits = [
            (("postingan", number, "sumber", at, "ditelaah"), told)
            for number, (_, unread) in zip(numbers, some, strict=True)
            for at in unread
        ]
        pages.put(path, splice.set_values(text, edits))


def _word(text: str, what: str) -> str:
    said = " ".join(normal(text).split())
    if not said or len(said) > MAX_NAME:
        raise UsageError(f"Tulis {what}, paling panjang {MAX_NAME} huruf.")
    return said
