"""A finding is one problem as a value: what, where, and what to do next."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Level(StrEnum):
    """How much a finding matters: errors stamp a picture DRAF and stop a pack."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


_ITEM: Final = re.compile(r"\[[^\]]*\]|(?<!\\)\.(\d{1,4})(?=\.|$)", re.ASCII)
_E, _W, _I = Level.ERROR, Level.WARNING, Level.INFO

LEVELS: Final[Mapping[str, Level]] = MappingProxyType(
    {
        # reading files
        "yaml-rusak": _E,
        "yaml-terlarang": _E,
        "batas-terlampaui": _E,
        "berkas-tidak-terbaca": _E,
        "berkas-kosong": _E,
        "berkas-catatan-saja": _W,
        "postingan-hilang": _W,
        "tulisan-tanpa-postingan": _W,
        "berkas-sendiri-rusak": _W,
        "kunci-tidak-dikenal": _E,
        "kunci-ganda": _E,
        "wajib-diisi": _E,
        "nilai-salah": _E,
        "teks-terpotong": _E,
        "tanggal-salah": _E,
        "jam-salah": _E,
        "jam-tanpa-akhir": _W,
        "nomor-salah": _E,
        "nomor-diluruskan": _I,
        "hasil-tidak-tersimpan": _E,
        "postingan-gagal": _E,
        "id-kosong": _I,
        "id-ganda": _E,
        "jalur-terlarang": _E,
        "salinan-bentrok": _E,
        "folder-salinan": _E,
        "kiriman-belum-masuk": _W,
        "posyandu-bukan-folder": _E,
        "kolom-tidak-dipakai": _I,
        "baris-dilewati": _I,
        "baris-menunggu": _I,
        "lembar-tidak-dibaca": _E,
        "tabel-belum-lengkap": _W,
        # photos
        "foto-tidak-ada": _E,
        "foto-rusak": _E,
        "foto-jenis-lain": _E,
        "foto-terlalu-besar": _E,
        "foto-diperbesar": _W,
        "foto-tanpa-data": _E,
        "foto-tanpa-izin": _E,
        "foto-izin-berakhir": _E,
        "foto-izin-ditarik": _E,
        # templates, art and layout
        "model-tidak-ada": _E,
        "model-rusak": _E,
        "model-terlalu-mahal": _E,
        "palet-tidak-ada": _E,
        "gambar-tidak-ada": _E,
        "svg-terlarang": _E,
        "teks-tidak-muat": _E,
        "teks-terlalu-kecil": _E,
        "isi-meluber": _E,
        "di-luar-area-aman": _E,
        "kontras-kurang": _E,
        "huruf-tidak-ada": _E,
        "emoji-dibuang": _I,
        # content
        "teks-terlalu-panjang": _E,
        "menunggu-isian": _W,
        "klaim-berlebihan": _E,
        "tanpa-sumber": _E,
        "sumber-belum-ditelaah": _W,
        "sumber-lemah": _W,
        "sumber-pustaka-lemah": _E,
        "fakta-kedaluwarsa": _E,
        "fakta-diganti": _W,
        "jawaban-kosong": _W,
        "teks-kembar": _W,
        # neutrality in election time
        "tidak-netral": _E,
        "periksa-foto-pemilu": _I,
        # privacy
        "nik": _E,
        "nomor-warga": _E,
        "tanggal-lahir": _E,
        "data-warga": _E,
        # schedule
        "aturan-tidak-jelas": _E,
        "jadwal-belum-pasti": _E,
        "acara-tidak-ada": _E,
        "acara-batal": _E,
        "acara-lewat": _E,
        "pengumuman-salah": _E,
        "pengumuman-diganti": _I,
        "hari-salah": _E,
        "tanggal-beda": _E,
        "kata-waktu-salah": _E,
        "jam-bentrok": _W,
        # plans
        "menunggu-kepastian": _I,
        "seri-terlewat": _W,
        "target-kurang": _W,
        "bentrok-libur": _W,
        "libur-belum-diketahui": _I,
        "tanggal-kadang-tidak-ada": _I,
        # review
        "belum-disetujui": _W,
        "dikembalikan": _W,
        "berubah-setelah-disetujui": _E,
        "tinjauan-rusak": _W,
        "tinjauan-terputus": _W,
        "tinjauan-bercabang": _W,
        "tinjauan-mundur": _E,
        "tinjauan-palsu": _E,
        "tinjauan-tanpa-tanda-tangan": _W,
        "peran-tidak-sah": _E,
        "pengaturan-belum-ditandatangani": _W,
        "gambar-berbeda-mesin": _I,
        # channels
        "kanal-tidak-dikenal": _E,
        "keterangan-terlalu-panjang": _E,
        "keterangan-tanpa-acara": _E,
        "tagar-terlalu-banyak": _W,  # the caption is already cut to what the channel takes
        "tautan-terlalu-banyak": _E,
        "batas-belum-terverifikasi": _I,
        "gambar-terlalu-berat": _E,
    }
)
"""Every code with its level. `docs/pemeriksaan.md` explains each; a test compares."""

OVER_LIMIT: Final = frozenset({"batas-terlampaui", "foto-terlalu-besar", "model-terlalu-mahal"})
"""The findings that say that an input is larger or costlier than is accepted."""

NO_PICTURE: Final = frozenset(
    {
        "nik",
        "foto-tidak-ada",
        "foto-rusak",
        "foto-jenis-lain",
        "foto-terlalu-besar",
        "foto-tanpa-data",
        "foto-tanpa-izin",
        "foto-izin-berakhir",
        "foto-izin-ditarik",
        "jalur-terlarang",
    }
)
"""The findings that leave no picture at all, not even a DRAF: consent, NIK, broken photos."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was written: POSIX path in the workspace, line and column from 1, field path.

    Zero and the empty string mean "not known".
    """

    file: str = ""
    line: int = 0
    column: int = 0
    field: str = ""


NOWHERE: Final = Place()
"""The place of what was never written in a file."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem: a code of `LEVELS`, an Indonesian sentence, a place, and the next step.

    `formats` are the formats whose picture it is about; none is the whole post.
    """

    code: str
    message: str
    place: Place = NOWHERE
    post: str = ""
    hint: str = ""
    formats: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.code not in LEVELS:
            raise ValueError(
                f"unknown finding code {self.code!r}: add it to LEVELS and to the docs"
            )

    @property
    def level(self) -> Level:
        """The level of this finding's code."""
        return LEVELS[self.code]

    def sentence(self) -> str:
        """`file:line:column: field: message hint`, leaving out what is not known."""
        place = self.place
        where = place.file
        if where and place.line:
            where += f":{place.line}:{place.column}"
        return ": ".join(part for part in (where, self._told()) if part)

    def as_json(self) -> dict[str, object]:
        """The published shape: code, level, message, file, line, column, post, hint."""
        return {
            "code": self.code,
            "level": self.level.value,
            "message": f"{counted(self.place.field)}: {self.message}"
            if self.place.field
            else self.message,
            "file": self.place.file,
            "line": self.place.line,
            "column": self.place.column,
            "post": self.post,
            "hint": self.hint,
        }

    def spoils(self, format: str) -> bool:
        """Whether it is an error that the picture of a format has to be stamped for."""
        return self.level is Level.ERROR and (not self.formats or format in self.formats)

    def of_post(self, post: str) -> Finding:
        """The same finding, said of a post."""
        return replace(self, post=post)

    def _told(self) -> str:
        told = f"{self.message} {self.hint}".strip()
        return f"{counted(self.place.field)}: {told}" if self.place.field else told


def counted(field: str) -> str:
    """A field's path as people count the items of a list, from 1: `isi.langkah.0.judul` is step 1.

    What stands in brackets, and the name of a file that was sealed, is no number of ours.
    """
    if field.startswith("berkas."):
        return field
    return _ITEM.sub(lambda found: f".{int(found[1]) + 1}" if found[1] else found[0], field)


def clipped(text: str, most: int = 40) -> str:
    """The beginning of a text, so that a message stays readable whatever a file holds."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def nearest(word: str, known: Collection[str], otherwise: str | None = None) -> str:
    """The hint for a word that nobody knows: the nearest one that exists.

    Where none is near: `otherwise`, or all that there is. Only the first 40 characters and
    400 names are compared: the time that takes grows with their product.
    """
    names = list(known)
    near = get_close_matches(word[:40], names[:400], 1)
    if near:
        return f'Maksudnya "{near[0]}"?'
    if otherwise is not None:
        return otherwise
    return f"Yang ada: {', '.join(names)}." if names else ""


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any of these findings is an error."""
    return any(finding.level is Level.ERROR for finding in findings)


def by_place(findings: Iterable[Finding]) -> list[Finding]:
    """Each finding once, in the order a reader goes through the files."""
    return sorted(
        dict.fromkeys(findings),
        key=lambda f: (f.place.file, f.place.line, f.place.column, f.post, f.code, f.message),
    )
