"""Writes down that a health worker has read texts of the library, and that posts made of them are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

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
from content_kit.planning.pages import Pages, find

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
    for id in dict.fromkeys(ids):
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
        _mark(pages, loaded, entry, texts, Reading(by, role, day, entry.words), today)
    return pages


def _mark(
    pages: Pages, loaded: Loaded, entry: Entry, texts: Texts, reading: Reading, today: date
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
    own = [
        post
        for post in loaded.posts()
        if post.entry == entry.id and post.date >= today and texts.unread(post)
    ]
    same = [post for post in own if texts.says(post)]
    for post in same:
        _sign(pages, post, texts.unread(post), reading.told)
    said = f'"{entry.title}" sudah dibaca {reading.told}'
    said += f"; {len(same)} postingan ikut tercatat." if same else "."
    if changed := len(own) - len(same):
        said += f" {changed} postingan yang tulisannya sudah diubah perlu dibaca sendiri."
    pages.put(path, text, said)


def _sign(pages: Pages, post: Post, unread: Sequence[int], told: str) -> None:
    path = pages.month(post.unit, post.date)
    text = pages.text(path)
    number = find(text, post)
    edits = [(("postingan", number, "sumber", at, "ditelaah"), told) for at in unread]
    pages.put(path, splice.set_values(text, edits))


def _word(text: str, what: str) -> str:
    said = " ".join(normal(text).split())
    if not said or len(said) > MAX_NAME:
        raise UsageError(f"Tulis {what}, paling panjang {MAX_NAME} huruf.")
    return said
