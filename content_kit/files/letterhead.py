"""The head and the signatures of an office's papers (`kop` in `kantor.yaml`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from content_kit.files.reader import Reader

SUBJECT: Final = "Daftar posting posyandu untuk diperiksa dan disetujui"


@dataclass(frozen=True, slots=True)
class Signatory:
    """Somebody who signs: empty words are lines to write on."""

    name: str = ""
    number: str = ""
    office: str = ""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """`lines` are the names of the office, the largest last; `logo` is a file in `calendars/`.

    `checks` looks the paper through and `signs` decides.
    """

    lines: tuple[str, ...] = ()
    address: str = ""
    logo: str = ""
    place: str = ""
    number: str = ""
    subject: str = SUBJECT
    checks: Signatory = Signatory()
    signs: Signatory = Signatory()


NO_LETTERHEAD: Final = Letterhead()
"""The papers of an office that says nothing of itself: lines to write on."""


def read_letterhead(item: Reader | None) -> Letterhead:
    """`kop: {instansi, alamat, logo, tempat, nomor, perihal, pemeriksa, penandatangan}`; each may be left out."""
    if item is None:
        return NO_LETTERHEAD
    found = Letterhead(
        lines=item.texts("instansi"),
        address=item.text("alamat"),
        logo=item.text("logo"),
        place=item.text("tempat"),
        number=item.text("nomor"),
        subject=item.text("perihal", default=SUBJECT),
        checks=_signatory(item.child("pemeriksa")),
        signs=_signatory(item.child("penandatangan")),
    )
    item.finish()
    return found


def _signatory(item: Reader | None) -> Signatory:
    if item is None:
        return Signatory()
    found = Signatory(item.text("nama"), item.text("nip"), item.text("jabatan"))
    item.finish()
    return found
