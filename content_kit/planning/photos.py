"""Photos of a unit with their records: taken in, described, and taken back with every post that used them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final, TypeAlias

from content_kit.checks.case import leaves
from content_kit.checks.photos import objection
from content_kit.errors import LimitError, UsageError
from content_kit.files import splice
from content_kit.files.paths import slugged
from content_kit.files.photos import upright_jpeg
from content_kit.files.safe_text import normal
from content_kit.files.save import write_new
from content_kit.files.workspace import Loaded, Workspace
from content_kit.findings import clipped, nearest
from content_kit.model import Consent, PeopleInPhoto, Photo, Post
from content_kit.planning.pages import Pages
from content_kit.schedule.dates import plain_date

LONGEST: Final = 2400
"""Pixels of a stored photo's long side: enough to crop a full picture from, a tenth of the bytes."""

NO_CONSENT: Final = (
    "Foto ini disimpan, tetapi tidak ada gambar yang dibuat darinya sebelum izinnya dicatat."
)

Save: TypeAlias = Callable[[Pages, str], object]
"""Saves pages under a sentence for undo: `History.save`, or `Pages.save` where nothing is undone."""


@dataclass(frozen=True, slots=True)
class Described:
    """What is written down about a photo."""

    people: PeopleInPhoto
    consent: Consent | None = None
    focus: tuple[float, float] = (0.5, 0.5)


@dataclass(frozen=True, slots=True)
class Stored:
    """A photo of a unit as it stands: on the disk, in the record, and what speaks against it."""

    file: str
    there: bool
    entry: Photo | None
    standing: str
    problem: str = ""


def save_only(pages: Pages, _what: str) -> None:
    """Save pages without remembering how they were."""
    pages.save()


def add(
    workspace: Workspace,
    loaded: Loaded,
    unit: str,
    source: Path,
    described: Described,
    *,
    turn: int = 0,
    save: Save = save_only,
) -> str:
    """Take a photo in: a clean copy in the unit's `foto/`, then its record; the copy's name.

    The copy is upright and turned by `turn` quarters clockwise, and holds nothing but pixels. When the
    record cannot be written the copy goes again. UsageError says what is wrong with the photo, LimitError that
    it is too large.
    """
    _known(loaded, unit)
    described = checked(described)
    pages = Pages(workspace)
    text = pages.text(pages.photos(unit))
    splice.has(text, ("foto",))  # a record that cannot be read is told before anything is written
    data, findings = upright_jpeg(source, turn=turn, longest=LONGEST)
    if not data:
        kind = LimitError if findings[0].code == "foto-terlalu-besar" else UsageError
        raise kind(f"{findings[0].message} {findings[0].hint}".strip())
    path = _written(workspace, loaded, unit, source, data)
    try:
        what = f"foto {path.name} masuk untuk {loaded.posyandu[unit].name}."
        pages.put(pages.photos(unit), _with(text, path.name, described), what)
        save(pages, what)
    except BaseException:
        with contextlib.suppress(OSError):
            path.unlink()
        raise
    return path.name


def describe(
    workspace: Workspace, loaded: Loaded, unit: str, file: str, described: Described
) -> Pages:
    """Write down who is in a photo of the unit and by what consent, in place of what stood there."""
    _known(loaded, unit)
    described = checked(described)
    entry = loaded.photos.get(unit, {}).get(file)
    if entry is None and not workspace.photo_path(unit, file).is_file():
        raise UsageError(f'Foto "{clipped(file, 60)}" tidak ada di folder foto {unit}.')
    pages = Pages(workspace)
    path = pages.photos(unit)
    pages.put(path, _with(pages.text(path), file, described), f"catatan foto {file} disimpan.")
    return pages


def withdraw(workspace: Workspace, loaded: Loaded, unit: str, file: str, day: date) -> Pages:
    """Write down that the consent for a photo was taken back on a day."""
    _known(loaded, unit)
    entry = loaded.photos.get(unit, {}).get(file)
    if entry is None:
        names = loaded.photos.get(unit, {})
        raise UsageError(f'Foto "{clipped(file, 60)}" tidak ada. {nearest(file, names)}'.strip())
    if entry.consent is None:
        raise UsageError(f'Foto "{clipped(file, 60)}" tidak punya izin yang bisa dicabut.')
    if entry.consent.withdrawn is not None:
        when = plain_date(entry.consent.withdrawn)
        raise UsageError(f'Izin foto "{clipped(file, 60)}" sudah dicabut pada {when}.')
    pages = Pages(workspace)
    path = pages.photos(unit)
    text = pages.text(path)
    at = ("foto", splice.number_of(text, ("foto",), "berkas", file), "izin", "dicabut")
    what = f"izin {entry.consent.number} untuk foto {file} dicabut."
    pages.put(path, splice.set_value(text, at, day.isoformat()), what)
    return pages


def waits(described: Described) -> bool:
    """Whether no picture is made of a photo so described, because its consent is not written down."""
    return described.people is not PeopleInPhoto.NONE and described.consent is None


def used_in(loaded: Loaded, unit: str, file: str) -> list[Post]:
    """The posts of a unit that name a photo, in the order they go out."""
    return [post for post in loaded.posts(unit) if file in _names(post)]


def under(loaded: Loaded, unit: str, file: str) -> list[str]:
    """The other photos of a unit under the same consent."""
    photos = loaded.photos.get(unit, {})
    consent = photos[file].consent if file in photos else None
    return [
        name
        for name, photo in photos.items()
        if consent and name != file and photo.consent and photo.consent.number == consent.number
    ]


def stored(
    workspace: Workspace, loaded: Loaded, unit: str, day: date, channels: tuple[str, ...] = ()
) -> list[Stored]:
    """The photos of a unit, in its folder or in its record, as they stand on a day in some channels."""
    entries = loaded.photos.get(unit, {})
    try:
        folder = workspace.photo_path(unit, "x").parent
        there = {path.name for path in folder.iterdir() if path.is_file() and path.name[0] != "."}
    except (OSError, UsageError):
        there = set()
    return [
        _standing(name, entries.get(name), there=name in there, day=day, channels=channels)
        for name in sorted(there | set(entries))
    ]


def checked(described: Described) -> Described:
    """The description with its words normalised; UsageError when it contradicts itself."""
    consent = described.consent
    if described.people is PeopleInPhoto.NONE or consent is None:
        return replace(described, consent=None)
    consent = replace(consent, number=_plain(consent.number), purpose=_plain(consent.purpose))
    if not consent.number:
        raise UsageError("Nomor surat izin belum diisi.")
    if consent.given and consent.expires and consent.expires < consent.given:
        raise UsageError("Izin ini berakhir sebelum diberikan. Periksa kedua tanggalnya.")
    if described.people is PeopleInPhoto.ADULTS:
        return replace(described, consent=replace(consent, guardian=None, child_agreed=None))
    if not consent.guardian:
        raise UsageError("Izin untuk foto anak diberikan oleh orang tua atau walinya.")
    return replace(described, consent=consent)


def _known(loaded: Loaded, unit: str) -> None:
    if unit not in loaded.posyandu:
        raise UsageError(f'Posyandu "{unit}" tidak ada. {nearest(unit, loaded.posyandu)}'.strip())


def _plain(text: str) -> str:
    return " ".join(normal(text).split())


def _written(workspace: Workspace, loaded: Loaded, unit: str, source: Path, data: bytes) -> Path:
    """The photo under a name of its own: consent belongs to a name, so none is used again."""
    taken = {name.casefold() for name in loaded.photos.get(unit, {})}
    for path in (workspace.photo_path(unit, name) for name in _free_names(source.stem)):
        if path.name in taken or path.exists():
            continue
        try:
            write_new(path, data)
        except FileExistsError:
            continue
        return path
    raise AssertionError("names never end")


def _free_names(stem: str) -> Iterator[str]:
    plain = slugged(stem, 48) or "foto"
    # What Windows reserves, and what looks like a command line's option.
    plain = plain if len(plain) > 4 else f"foto-{plain}".removesuffix("-foto")
    yield f"{plain}.jpg"
    yield from (f"{plain}-{number}.jpg" for number in count(2))


def _with(text: str, file: str, described: Described) -> str:
    """`foto.yaml` with the record of a photo, new or in place of the one it had."""
    number = splice.number_of(text, ("foto",), "berkas", file)
    if number < 0:
        return splice.add_item(text, ("foto",), {"berkas": file, **_record(described)})
    at: splice.Path = ("foto", number)
    record = _record(described)
    for key in ("fokus", "izin"):
        if key not in record and splice.has(text, (*at, key)):
            text = splice.remove_item(text, (*at, key))
    return splice.set_values(text, [((*at, key), value) for key, value in record.items()])


def _record(described: Described) -> dict[str, splice.Value]:
    record: dict[str, splice.Value] = {"orang": described.people.value}
    if described.focus != (0.5, 0.5):
        record["fokus"] = [f"{part:.2f}".rstrip("0").rstrip(".") for part in described.focus]
    if described.consent is not None:
        record["izin"] = _izin(described.consent)
    return record


def _izin(consent: Consent) -> Mapping[str, splice.Value]:
    written: dict[str, splice.Value] = {"nomor": consent.number}
    if consent.purpose:
        written["tujuan"] = consent.purpose
    if consent.channels:
        written["kanal"] = list(consent.channels)
    dates = {
        "tanggal": consent.given,
        "berlaku_sampai": consent.expires,
        "dicabut": consent.withdrawn,
    }
    written |= {key: day.isoformat() for key, day in dates.items() if day is not None}
    answers = {"wali": consent.guardian, "anak_bersedia": consent.child_agreed}
    return written | {
        key: "ya" if said else "tidak" for key, said in answers.items() if said is not None
    }


def _names(post: Post) -> set[str]:
    return {value for _, value, _ in leaves(post.fields, {})}


_WORDS: Final = {
    "foto-tanpa-data": "belum dicatat",
    "foto-tanpa-izin": "belum ada izin",
    "foto-izin-ditarik": "izin dicabut",
    "foto-izin-berakhir": "izin berakhir",
}


def _standing(
    name: str, entry: Photo | None, *, there: bool, day: date, channels: tuple[str, ...]
) -> Stored:
    stored = partial(Stored, name, there, entry)
    if not there:
        return stored("berkasnya hilang", f'foto "{name}" tidak ada di folder foto.')
    found = objection(name, entry, day, channels)
    consent = entry.consent if entry else None
    if found is not None:
        word = _WORDS[found.code]
        if consent is not None and found.code == "foto-tanpa-izin":
            word = "izin belum cukup"
        return stored(word, f"{found.message} {found.hint}".strip())
    if consent is None:
        return stored("tanpa orang")
    until = f" sampai {plain_date(consent.expires)}" if consent.expires else ""
    return stored(f"izin {consent.number}{until}")
