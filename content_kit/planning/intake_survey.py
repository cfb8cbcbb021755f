"""What each row of a sheet is: its heading, data, or something else that a table of life has in it.

Every row is accounted for: titles, sums, signature blocks, hidden and inactive rows are told as what
they are, and no row is passed over without a word. What stands above a table or between its rows
("DAFTAR POSYANDU KABUPATEN TAPIN", "Kecamatan Bungur") speaks for the rows below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from content_kit.files.headings import heading_zone
from content_kit.files.place_words import place_kind
from content_kit.files.rows import Row, Sheet
from content_kit.findings import Finding, Place, clipped
from content_kit.model import Zone
from content_kit.planning.intake_ways import COMMAND, Ways

HIDDEN: Final = "tersembunyi"
INACTIVE: Final = "tertulis tidak aktif"
SUM: Final = "jumlah"
NOTE: Final = "catatan atau tanda tangan, bukan posyandu"
REPEATED: Final = "judul kolom diulang"
NUMBERING: Final = "nomor kolom"
SECTION: Final = "judul bagian"
EMPTY: Final = "belum diisi"

MAX_TITLES: Final = 30
"""Rows in which the heading of a table is looked for."""

_REGIONS: Final = ("desa", "kecamatan", "kabupaten")
_DAY: Final = ("aturan", "jam", "tempat")
_SUM: Final = re.compile(r"(?:(?:sub|grand)[ -]?)?(?:jumlah|total)\b", re.IGNORECASE)
_INACTIVE: Final = re.compile(
    r"\b(?:(?:tidak|tdk|non|belum|blm)[ -]?aktif|tutup|bubar|vakum|mati suri)\b", re.IGNORECASE
)
_SIGNED: Final = re.compile(
    r"\b(?:mengetahui|menyetujui|nip|ttd|tanda tangan|kepala|plt|a\.?n\.|dibuat oleh|sekretaris"
    r"|pembina|penata|diterima)\b|^\(?[._ …]{4,}\)?$",
    re.IGNORECASE,
)
_DATED: Final = re.compile(
    r"[^\W\d_]{3,}, *(?:tanggal )?\d{1,2}[ ./-](?:\d{1,2}|[^\W\d_]{3,9})[ ./-]\d{4}"
)
_ABOVE: Final = re.compile(
    r"\b((?:kabupaten|kab\.?|kota|kecamatan|kec\.?) +[^\W\d_][^\d,;:()]*?)"
    r"(?= *(?:$|\d|[,;:()–-]|\b(?:tahun|bulan|kabupaten|kab\b|kota|kecamatan|kec\b|provinsi|prov\b|periode)))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Passed:
    """A row that is not data, and what it is instead."""

    row: int
    why: str


@dataclass(frozen=True, slots=True)
class Said:
    """A row of data with what stands above it: the kecamatan and kabupaten of its section."""

    row: Row
    above: Mapping[str, str] = field(default_factory=dict)
    begins: bool = True
    """Whether this row names a posyandu; else it is a further service day of the one before."""


@dataclass(frozen=True, slots=True)
class Survey:
    """A sheet as it was understood: the heading, the rows of data, and all other rows."""

    sheet: Sheet
    head: Row | None = None
    rows: tuple[Said, ...] = ()
    passed: tuple[Passed, ...] = ()

    def told(self, file: str, ways: Ways = COMMAND) -> Iterator[Finding]:
        """A finding for each kind of row that was passed over, with the rows by number."""
        named = [one for one in self.passed if one.why != EMPTY]
        in_order = sorted(named, key=lambda one: (one.why, one.row))
        for why, group in groupby(in_order, key=lambda one: one.why):
            rows = [one.row for one in group]
            where = f"lembar {clipped(self.sheet.name)}: " if self.sheet.name else ""
            yield Finding(
                "baris-dilewati",
                f"{where}baris {spans(rows)} tidak ikut: {why}.",
                Place(file, rows[0], 1, self.sheet.name),
                hint=f"Bila harus ikut: {ways.take_all}." if why in (HIDDEN, INACTIVE) else "",
            )


def spans(numbers: Iterable[int]) -> str:
    """Row numbers as people say them: "3, 7–9 dan 12".

    >>> spans([3, 7, 8, 9, 12])
    '3, 7–9 dan 12'
    """
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    words = [f"{a}" if a == b else f"{a}–{b}" for a, b in found]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} dan {words[-1]}"


def joined_head(above: Row, below: Row) -> Row:
    """Two rows of headings as one: what is below goes before what is above it ("Jadwal" over "Hari")."""
    wide = max(len(above.cells), len(below.cells))
    cells = tuple(below.cell(n) if below.cell(n).strip() else above.cell(n) for n in range(wide))
    return Row(below.number, cells, below.hidden)


def survey_units(
    sheet: Sheet, head: Row, columns: Mapping[str, int], *, all_rows: bool = False
) -> Survey:
    """The rows of a list of posyandu below its heading; `columns` are its columns by name."""
    above = _titles_of([row for row in sheet.rows if row.number < head.number], sheet.name)
    above |= {"zona": zone} if (zone := _zone_of(head)) else {}
    rows: list[Said] = []
    passed: list[Passed] = []
    signed = False
    gone = ""  # why the posyandu above does not come in: its further service days do not either
    last = head.number
    for row in (row for row in sheet.rows if row.number > head.number):
        words = {name: " ".join(row.cell(at).split()) for name, at in columns.items()}
        begins = bool(words.get("nama") or words.get("unit"))
        why = HIDDEN if row.hidden and not all_rows else _kind(row, words, head)
        why = "" if why == INACTIVE and all_rows else why
        if not why and (section := _section(row)):
            above = {**above, **section}
            why = SECTION
        signed = signed or (not why and _is_signature(row, words))
        if not why and (signed or _is_note(words, after_gap=row.number > last + 1, first=not rows)):
            why = NOTE
        if not why and not begins:
            why = gone
        elif begins:
            gone = why if why in (HIDDEN, INACTIVE) else ""
        if why:
            passed.append(Passed(row.number, why))
            last = row.number if why in (HIDDEN, INACTIVE) else last
            continue
        rows.append(Said(row, above, begins))
        last = row.number
    return Survey(sheet, head, tuple(rows), tuple(passed))


def survey_rows(
    sheet: Sheet, head: Row, columns: Mapping[str, int], needed: Sequence[str], *, all_rows: bool
) -> Survey:
    """The rows of any other table; one that says none of what is `needed` is a note or a sum."""
    rows: list[Said] = []
    passed: list[Passed] = []
    for row in (row for row in sheet.rows if row.number > head.number):
        words = {name: row.cell(at).strip() for name, at in columns.items()}
        why = HIDDEN if row.hidden and not all_rows else _kind(row, words, head)
        if not why and not any(words.get(name) for name in needed):
            why = NOTE if any(words.values()) else EMPTY
        if why:
            passed.append(Passed(row.number, why))
        else:
            rows.append(Said(row))
    return Survey(sheet, head, tuple(rows), tuple(passed))


def _kind(row: Row, words: Mapping[str, str], head: Row) -> str:
    """What a row is by its own words, if it is no data; else ""."""
    filled = [cell.strip() for cell in row.cells if cell.strip()]
    if any(_SUM.match(cell) for cell in filled[:3]):
        return SUM
    same = sum(a.strip().casefold() == b.strip().casefold() != "" for a, b in zip(row.cells, head.cells, strict=False))  # fmt: skip
    if same > 2 or (same == len(filled) and same):
        return REPEATED
    if len(filled) > 2 and filled == [str(n) for n in range(int(filled[0]) if filled[0].isdecimal() else 0, len(filled) + 1)]:  # fmt: skip
        return NUMBERING
    return INACTIVE if _INACTIVE.search(words.get("keterangan", "")) else ""


def _section(row: Row) -> dict[str, str]:
    """The region that a row of one cell names for the rows below it: "KECAMATAN BUNGUR"."""
    filled = {cell.strip() for cell in row.cells if cell.strip()}
    if len(filled) != 1:
        return {}
    words = re.sub(r"^(?:[A-Z]|[IVX]+|\d+)[.)]\s+", "", filled.pop()).strip(" :")
    kind = place_kind(words)
    kind = "kabupaten" if kind == "kota" else kind
    return {kind: words} if kind in _REGIONS and len(words) < 60 else {}


def _is_signature(row: Row, words: Mapping[str, str]) -> bool:
    """Whether a signature block begins: "Rantau, 30 September 2026", "Mengetahui", "NIP. …"."""
    if words.get("aturan") and words.get("jam"):
        return False
    filled = [cell.strip() for cell in row.cells if cell.strip()]
    return len(filled) < 4 and any(_SIGNED.search(cell) or _DATED.search(cell) for cell in filled)


def _is_note(words: Mapping[str, str], *, after_gap: bool, first: bool) -> bool:
    """Whether a row says neither which posyandu nor when: a remark, or cells that only look filled.

    A row without a name is a further service day when it says a day or an hour right below one.
    """
    if words.get("nama") or words.get("unit"):
        return after_gap and not any(words.get(name) for name in (*_REGIONS, *_DAY))
    return first or after_gap or not (words.get("aturan") or words.get("jam"))


def _titles_of(rows: Sequence[Row], name: str) -> dict[str, str]:
    """The kecamatan and kabupaten that the titles above a table name; the last word counts."""
    found: dict[str, str] = {}
    for text in (name, *(cell for row in rows for cell in row.cells)):
        for match in _ABOVE.finditer(" ".join(text.split())):
            kind = place_kind(match[1])
            kind = "kabupaten" if kind == "kota" else kind
            if kind in _REGIONS:
                found[kind] = match[1].strip()
    return found


def _zone_of(head: Row) -> str:
    zones = {heading_zone(cell) for cell in head.cells} - {""}
    zone = zones.pop() if len(zones) == 1 else ""
    return zone if zone in Zone.__members__ else ""
