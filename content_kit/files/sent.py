"""Posts that went out and stand in no plan any more: whoever changes a day has to know of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from content_kit.files.records import LOST, emptied
from content_kit.findings import Finding, Place, clipped
from content_kit.model import Calendar

GONE: Final = "postingan-hilang"
_SHOWN: Final = 5


def gone(
    unit: str,
    calendars: Sequence[Calendar],
    posted: Mapping[str, Iterable[str]],
    told: Iterable[Finding],
    *,
    whole: bool,
) -> Iterator[Finding]:
    """What is wrong where `hasil/` knows of posts that these calendars of a unit do not have.

    `posted` are the ids by month ("2026-12"), `told` what was found while reading. A month without
    any post that once had some is lost, like an emptied file. A single post may have been taken
    out: that is only told, and only when all months are there (`whole`). Where a post cannot be
    read nobody knows whether it is gone.
    """
    broken = {found.place.file for found in told if found.code in LOST}
    if any(calendar.unread or calendar.file in broken for calendar in calendars):
        return
    there = {post.id for calendar in calendars for post in calendar.posts}
    months = {f"{calendar.month:%Y-%m}": calendar for calendar in calendars}
    for month, ids in posted.items():
        missing = [id for id in ids if id not in there]
        calendar = months.get(month)
        proofs = f"calendars/{unit}/hasil/{month}.yaml"
        if missing and calendar is not None and not calendar.posts:
            said = f"bulan ini tidak berisi postingan, padahal {proofs} mencatat {len(missing)} yang sudah diposting."
            hint = f"Kembalikan dari salinan. Bila memang dihapus, hapus juga barisnya di {proofs}."
            yield replace(emptied(calendar.file), message=said, hint=hint)
        elif missing and whole:
            yield missing_posts(missing, proofs)


def missing_posts(ids: Collection[str], file: str) -> Finding:
    """The finding for posts that a file says went out, and that no plan has."""
    names = ", ".join(clipped(id, 20) for id in list(ids)[:_SHOWN])
    more = f" dan {len(ids) - _SHOWN} lagi" if len(ids) > _SHOWN else ""
    return Finding(
        GONE,
        f"{len(ids)} postingan sudah diposting tetapi tidak ada lagi di rencana ({names}{more}); "
        "perubahan hari buka tidak dapat membetulkan yang sudah terkirim itu.",
        Place(file, 1, 1),
        hint="Kembalikan dari salinan, atau kabari sendiri bila harinya berubah.",
    )
