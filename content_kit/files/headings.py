"""The names that people give the columns of a list of posyandu: one list of synonyms for all readers.

Imports and the office's list of expected units know a heading by the same words. Headings are
compared without capitals, marks, zones and what stands in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_SYNONYMS: Final = {
    "unit": ("unit", "folder", "id unit", "unit id", "kode unit"),
    "id": ("id", "id posyandu", "posyandu id"),
    "nama": (
        "nama", "name", "posyandu", "nama posyandu", "nama pos", "nama unit", "nm posyandu",
        "posyandu 6 spm", "nama posyandu 6 spm", "nama kelompok posyandu",
    ),
    "desa": (
        "desa", "village", "kelurahan", "kel", "ds", "desa/kelurahan", "desa/kel", "ds/kel",
        "kelurahan/desa", "kel/desa", "desa kelurahan", "nama desa", "nama kelurahan",
        "nama desa/kelurahan", "gampong", "nagari", "kampung", "wilayah desa",
    ),
    "kecamatan": ("kecamatan", "kec", "district", "nama kecamatan", "distrik"),
    "kabupaten": (
        "kabupaten", "kab", "kota", "regency", "kabupaten/kota", "kab/kota", "kota/kabupaten",
        "kota/kab", "kabupaten kota", "kab kota", "nama kabupaten", "nama kabupaten/kota",
    ),
    "kode_wilayah": (
        "kode wilayah", "region code", "kode", "kode desa", "kode kelurahan", "kode desa/kel",
        "kode kemendagri", "kode desa/kelurahan",
    ),
    "zona": ("zona", "zone", "timezone", "zona waktu", "waktu setempat"),
    "whatsapp": (
        "whatsapp", "wa", "no wa", "nomor wa", "no whatsapp", "nomor whatsapp", "hp", "no hp",
        "nomor hp", "no hp/wa", "no wa/hp", "hp/wa", "wa/hp", "no hp kader", "nomor hp kader",
        "no wa kader", "hp kader", "wa kader", "telepon", "no telepon", "nomor telepon", "telp",
        "no telp", "no tlp", "tlp", "telp/hp", "no telp/hp", "telepon/hp", "kontak", "kontak kader",
        "contact person", "cp", "no kontak", "nomor kontak", "no handphone", "handphone",
        "kontak person", "narahubung", "no hp ketua", "no hp ketua kader",
    ),
    "facebook": ("facebook", "fb", "akun facebook", "akun fb", "halaman facebook"),
    "instagram": ("instagram", "ig", "akun instagram", "akun ig"),
    "palet": ("palet", "palette", "warna"),
    "kode_hari_buka": ("kode hari buka", "service day id"),
    "nama_hari_buka": ("nama hari buka", "service day name"),
    "aturan": (
        "aturan", "rule", "hari", "hari buka", "service day", "jadwal", "jadwal buka",
        "jadwal posyandu", "jadwal kegiatan", "jadwal pelaksanaan", "jadwal pelayanan",
        "hari pelaksanaan", "hari pelayanan", "hari posyandu", "hari kegiatan", "hari buka posyandu",
        "hari/tanggal", "hari/tgl", "tanggal/hari", "hari tanggal", "hari dan tanggal",
        "tanggal buka", "tanggal pelaksanaan", "tgl pelaksanaan", "tgl buka", "tanggal posyandu",
        "hari/minggu", "hari/minggu ke", "waktu pelaksanaan", "waktu buka", "jadwal hari buka",
    ),
    "jam": (
        "jam", "hours", "time", "pukul", "waktu", "jam buka", "jam pelayanan", "jam pelaksanaan",
        "jam kegiatan", "jam posyandu", "waktu pelayanan", "pukul buka", "jam buka posyandu",
        "waktu/jam", "jam/waktu", "jam mulai selesai",
    ),
    "tempat": (
        "tempat", "place", "lokasi", "tempat pelaksanaan", "lokasi pelaksanaan", "tempat kegiatan",
        "lokasi kegiatan", "tempat buka", "lokasi posyandu", "tempat posyandu", "tempat pelayanan",
        "alamat", "alamat posyandu", "alamat lengkap", "tempat/alamat", "alamat/tempat",
        "lokasi/alamat", "alamat/lokasi", "tempat/lokasi",
    ),
    "sasaran": ("sasaran", "audience", "untuk siapa", "sasaran pelayanan", "kelompok sasaran"),
    "layanan": (
        "layanan", "services", "jenis layanan", "pelayanan", "jenis pelayanan", "layanan posyandu",
        "kegiatan", "jenis kegiatan",
    ),
    "bawa": ("bawa", "bring", "yang dibawa", "yang perlu dibawa", "dibawa"),
    "keterangan": ("keterangan", "ket", "status", "catatan", "note", "notes", "aktif/tidak aktif"),
    "": ("no", "nomor", "no urut", "nomor urut", "nr"),
}  # fmt: skip
"""By column: how people head it. "" are numberings, which say nothing."""

_NAMES: Final = {word: column for column, words in _SYNONYMS.items() for word in words}
_ZONE: Final = re.compile(r"\b(wib|wita|wit)\b")

SECOND_CHOICE: Final = {"tempat": "alamat", "aturan": "waktu", "jam": "waktu"}
"""Where two headings mean one column, the one with this word gives way to the other."""


def heading(title: str) -> str | None:
    """The column that a heading means; "" for a numbering, None for a word that nobody knows."""
    plain = _plain(title)
    return _NAMES.get(plain, _NAMES.get(plain.replace(" ", "/")))


def heading_zone(title: str) -> str:
    """The zone that a heading names for its whole column: "Jam (WITA)" is WITA; "" without one."""
    found = _ZONE.search(title.casefold())
    return found[1].upper() if found else ""


def headings(titles: Sequence[str]) -> dict[str, int]:
    """The columns that these headings name, each with its number from 0; the better of two wins."""
    found: dict[str, int] = {}
    for number, title in enumerate(titles):
        column = heading(title)
        if not column:
            continue
        before = found.get(column)
        if before is None or (_weak(column, titles[before]) and not _weak(column, title)):
            found[column] = number
    return found


def _weak(column: str, title: str) -> bool:
    return SECOND_CHOICE.get(column, "-") in _plain(title)


def _plain(title: str) -> str:
    """A heading as it is compared: "DESA / KEL. (lengkap)*" is "desa/kel"."""
    words = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", title.casefold())
    words = _ZONE.sub(" ", words)
    words = re.sub(r"\s*[/\\&]\s*", "/", re.sub(r"[._*:#\"'-]+", " ", words))
    return " ".join(words.split()).strip("/ ")
