"""Photos: nobody who can be recognised is shown without a consent that covers this post."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from content_kit.checks.case import PHOTO_ENDINGS, Case, leaves
from content_kit.findings import Finding, Place
from content_kit.model import PeopleInPhoto, Photo, Post
from content_kit.schedule.dates import plain_date


def consent(case: Case) -> Iterator[Finding]:
    """Every photo a post uses has its entry, and the consent it needs."""
    for path, file in used_photos(case):
        yield from photo(case.post, file, case.photos, case.post.place(path))


def used_photos(case: Case) -> Iterator[tuple[str, str]]:
    """The photos of a post as (path, file).

    A value that is named like a picture counts in any kind of field: a template could draw it.
    So does what the pictures really show, wherever its name came from.
    """
    specs = {spec.name: spec for spec in case.template.fields} if case.template else {}
    told: set[str] = set()
    for path, value, kind in leaves(case.post.fields, specs):
        named = value.lower().endswith(PHOTO_ENDINGS) and " " not in value.strip()
        if value and (kind == "photo" or (kind != "art" and named)):
            told.add(value)
            yield path, value
    yield from (("model", file) for file in case.drawn if file not in told)


def photo(post: Post, file: str, photos: Mapping[str, Photo], place: Place) -> Iterator[Finding]:
    """What stands against showing one photo in one post."""
    found = objection(file, photos.get(file), post.date, post.channels)
    if found is not None:
        yield replace(found, place=place, post=post.id)


def objection(file: str, entry: Photo | None, day: date, channels: Sequence[str]) -> Finding | None:
    """What stands against showing a photo on a day in some channels; None when nothing does."""
    if entry is None:
        return Finding(
            "foto-tanpa-data",
            f'foto "{file}" belum dicatat di foto.yaml.',
            hint="Catat siapa yang terlihat (tidak_ada, dewasa, atau anak) dan nomor izinnya.",
        )
    if entry.people is PeopleInPhoto.NONE:
        return None
    child = entry.people is PeopleInPhoto.CHILDREN
    giver = "orang tua atau walinya" if child else "orang yang terlihat"
    ask = f"Minta izin tertulis dari {giver}, atau pakai gambar lain."
    given = entry.consent
    if given is None or not given.number.strip():
        who = "anak" if child else "orang dewasa"
        said = f'foto "{file}" memperlihatkan {who} tanpa izin.'
        return Finding("foto-tanpa-izin", said, hint=ask)
    named = f'izin {given.number} untuk foto "{file}"'
    if given.withdrawn is not None:
        return Finding(
            "foto-izin-ditarik",
            f"{named} ditarik pada {plain_date(given.withdrawn)}.",
            hint="Ganti fotonya. Hapus juga postingan lama yang memakainya.",
        )
    if given.expires is not None and given.expires < day:
        said = f"{named} berakhir {plain_date(given.expires)}, sebelum postingan ini ({plain_date(day)})."
        return Finding("foto-izin-berakhir", said, hint=ask)
    if given.given is not None and given.given > day:
        return Finding(
            "foto-tanpa-izin",
            f"{named} baru berlaku {plain_date(given.given)}.",
            hint="Periksa tanggal izin, atau undur postingan ini.",
        )
    if child and not given.guardian:
        said = f"{named} belum tercatat ditandatangani orang tua atau walinya."
        ask = "Tulis wali: ya di izinnya bila sudah, atau pakai gambar lain."
        return Finding("foto-tanpa-izin", said, hint=ask)
    if child and given.child_agreed is False:
        said = f'anak di foto "{file}" tidak bersedia fotonya disebarkan.'
        return Finding("foto-tanpa-izin", said, hint="Pakai gambar lain.")
    outside = [channel for channel in channels if channel not in given.channels]
    if given.channels and outside:
        return Finding(
            "foto-tanpa-izin",
            f"{named} tidak berlaku di {', '.join(outside)}.",
            hint=f"Posting hanya di {', '.join(given.channels)}, atau minta izin lagi.",
        )
    return None
