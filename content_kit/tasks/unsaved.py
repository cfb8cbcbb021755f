"""What was typed and never saved for a post that is gone: found, copied into a new post, thrown away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from content_kit.errors import UsageError
from content_kit.files.drafts import NEW, Drafts, Found, Kept
from content_kit.files.records import Decision, lost
from content_kit.files.user_folders import homely
from content_kit.files.workspace import Loaded
from content_kit.findings import Finding, Place, clipped
from content_kit.model import FieldValue

NOTE: Final = "catatan"
"""The one field of a note to a post; its draft lies beside the post's own, under `post#catatan`."""
GONE: Final = "tulisan-tanpa-postingan"
BROKEN: Final = "berkas-sendiri-rusak"


def gone(drafts: Drafts, loaded: Loaded) -> list[Found]:
    """The drafts of posts and posyandu that are not there any more, the newest first.

    What cannot be read is not gone: a post may be in it.
    """
    there = {(post.unit, post.id) for post in loaded.posts()}
    found = []
    for draft in drafts.every():
        post = draft.post.partition("#")[0]
        known = (draft.unit, post) in there or (post == NEW and draft.unit in loaded.posyandu)
        if draft.kept and not known and not lost(loaded.findings, Decision.PACK, draft.unit):
            found.append(draft)
    return sorted(
        found, key=lambda each: (each.kept.when, each.path) if each.kept else (), reverse=True
    )


def findings(drafts: Drafts, loaded: Loaded) -> list[Finding]:
    """What `check` and Perbaikan say of drafts: those of no post, and files that are broken."""
    found = [
        Finding(
            GONE,
            f'ada tulisan yang belum disimpan untuk postingan yang sudah tidak ada: "{title(draft)}".',
            place(draft),
            hint="Tekan Enter di Perbaikan: salin ke postingan baru, atau buang.",
        )
        for draft in gone(drafts, loaded)
    ]
    for draft in drafts.every():
        if draft.kept is None:
            said = "tulisan yang belum disimpan ini rusak, jadi tidak dapat ditawarkan lagi."
            hint = "Buka dengan Notepad bila isinya masih perlu, lalu hapus berkasnya."
            found.append(Finding(BROKEN, said, place(draft), hint=hint))
    return found


def place(draft: Found) -> Place:
    """Where a draft lies: on this machine, in no workspace."""
    return Place(homely(draft.path), 1, 1)


def title(draft: Found) -> str:
    """The first words of a draft that say what it is about."""
    return clipped(next((words for _, words in told(draft) if words), draft.post or draft.unit))


def told(draft: Found) -> Iterator[tuple[str, str]]:
    """Everything that was typed, as (field, words): the title first, the rest as it was kept."""
    values = draft.kept.values if draft.kept else {}
    every = list(_leaves("", values))
    yield from (each for each in every if each[0] in ("isi.judul", NOTE))
    yield from (each for each in every if each[0] not in ("isi.judul", NOTE))


def copy_to_new(drafts: Drafts, draft: Found, unit: str) -> None:
    """Make a draft that of a new post of a posyandu; it is gone from its old place only then.

    UsageError while another new post is being written there, or when the disk refuses.
    """
    if draft.kept is None or NOTE in draft.kept.values:
        raise UsageError("Catatan tidak dapat menjadi postingan. Salin tulisannya saja.")
    if drafts.find(unit, NEW) is not None:
        raise UsageError(
            "Masih ada postingan baru yang belum disimpan. Simpan atau buang itu dulu."
        )
    kept: Kept = replace(draft.kept, id="", seen={})
    if not drafts.keep(unit, NEW, kept):
        raise UsageError("Belum dapat disalin: komputer ini tidak dapat menyimpannya.")
    throw_away(drafts, draft)


def throw_away(drafts: Drafts, draft: Found) -> None:
    """Nobody wants it."""
    drafts.forget(draft.unit, draft.post)


def _leaves(path: str, value: FieldValue) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for number, inner in enumerate(value, 1):
            yield from _leaves(f"{path}.{number}", inner)
    else:
        for key, inner in value.items():
            yield from _leaves(f"{path}.{key}" if path else key, inner)
