"""Photos: nobody who can be recognised is shown without a consent that covers this post."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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

    def told(code: str, message: str, hint: str) -> Finding:
        return Finding(code, message, place, post.id, hint)

    entry = photos.get(file)
    if entry is None:
        yield told(
            "foto-tanpa-data",
            f'foto "{file}" belum dicatat di foto.yaml.',
            "Catat siapa yang terlihat (tidak_ada, dewasa, atau anak) dan nomor izinnya.",
        )
        return
    if entry.people is PeopleInPhoto.NONE:
        return
    child = entry.people is PeopleInPhoto.CHILDREN
    giver = "orang tua atau walinya" if child else "orang yang terlihat"
    ask = f"Minta izin tertulis dari {giver}, atau pakai gambar lain."
    given = entry.consent
    if given is None or not given.number.strip():
        who = "anak" if child else "orang dewasa"
        yield told("foto-tanpa-izin", f'foto "{file}" memperlihatkan {who} tanpa izin.', ask)
    elif given.withdrawn is not None:
        yield told(
            "foto-izin-ditarik",
            f'izin {given.number} untuk foto "{file}" ditarik pada {plain_date(given.withdrawn)}.',
            "Ganti fotonya. Hapus juga postingan lama yang memakainya.",
        )
    elif given.expires is not None and given.expires < post.date:
        yield told(
            "foto-izin-berakhir",
            f'izin {given.number} untuk foto "{file}" berakhir {plain_date(given.expires)}, '
            f"sebelum postingan ini ({plain_date(post.date)}).",
            ask,
        )
    elif given.given is not None and given.given > post.date:
        yield told(
            "foto-tanpa-izin",
            f'izin {given.number} untuk foto "{file}" baru berlaku {plain_date(given.given)}.',
            "Periksa tanggal izin, atau undur postingan ini.",
        )
    elif given.channels:
        outside = [channel for channel in post.channels if channel not in given.channels]
        if outside:
            yield told(
                "foto-tanpa-izin",
                f'izin {given.number} untuk foto "{file}" tidak berlaku di {", ".join(outside)}.',
                f"Posting hanya di {', '.join(given.channels)}, atau minta izin lagi.",
            )
