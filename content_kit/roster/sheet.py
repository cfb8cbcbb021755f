"""The roster as a workbook in which an office decides: a choice and a note beside every post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from content_kit.files.rows import Row
from content_kit.files.safe_text import normal, shown
from content_kit.files.tables import read_table
from content_kit.files.workbook import Book, Column, Page, write_workbook
from content_kit.findings import Finding, Place, clipped, has_errors
from content_kit.review.events import MAX_NOTE, Kind
from content_kit.roster import words
from content_kit.roster.papers import fingerprint, in_fours, with_depth
from content_kit.roster.sheet_texts import PictureOf, page_of_texts
from content_kit.roster.view import Count, Roster
from content_kit.schedule.dates import clock, day_name

DECISIONS: Final = {"setujui": Kind.APPROVE, "kembalikan": Kind.RETURN}
"""The words of the drop-down and what they mean."""

_SPOKEN: Final = {
    **DECISIONS,
    **dict.fromkeys(("setuju", "disetujui", "ya", "ok", "oke", "acc"), Kind.APPROVE),
    **dict.fromkeys(("kembali", "dikembalikan", "tolak", "ditolak"), Kind.RETURN),
}
"""What people write by hand for them, as the paper has it too."""

_DECISION, _NOTE = "keputusan", "catatan"
_KEYS: Final = ("unit", "postingan", "segel")
_COLUMNS: Final = (
    Column(_DECISION, 12, "Pilih setujui atau kembalikan.\nKosong: belum diputuskan.", tuple(DECISIONS)),
    Column(_NOTE, 30, "Wajib diisi bila dikembalikan:\napa yang perlu diperbaiki."),
    Column("posyandu", 20, derived=True),
    Column("desa", 18, derived=True),
    Column("kecamatan", 18, derived=True),
    Column("kabupaten", 18, derived=True),
    Column("hari", 8, derived=True),
    Column("tanggal", 11, derived=True),
    Column("jam", 12, derived=True),
    Column("jenis", 17, derived=True),
    Column("bidang", 17, derived=True),
    Column("judul", 34, derived=True),
    Column("keterangan", 48, derived=True),
    Column("kanal", 18, derived=True),
    Column("petugas", 17, derived=True),
    Column("status", 14, derived=True),
    Column("temuan", 34, derived=True),
    Column("diputuskan", 24, derived=True),
    Column("sesuai pustaka", 9, derived=True),
    Column("foto", 6, derived=True, number=True),
    Column("unit", 14, "Jangan diubah: ini yang dibaca kembali.", derived=True),
    Column("postingan", 14, "Jangan diubah: ini yang dibaca kembali.", derived=True),
    Column("segel", 68, "Jangan diubah: menandai isi yang Anda lihat.", derived=True),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decided:
    """A row that somebody decided: on which post, as it was under which seal, how and why."""

    unit: str
    post: str
    seal: str
    kind: Kind
    note: str
    place: Place


def write_xlsx(roster: Roster, scope: str, picture: PictureOf = lambda _: None) -> bytes:
    """The workbook: posts to decide, each text with its picture, the places, and how to send it back."""
    return write_workbook(book(roster, scope, picture))


def book(roster: Roster, scope: str, picture: PictureOf = lambda _: None) -> Book:
    """The workbook as a value."""
    posts = Page(
        "Daftar posting", _COLUMNS, tuple(_cells(roster)), frozen=3, spare=0,
        printed=len(_COLUMNS) - len(_KEYS),
    )  # fmt: skip
    guide = (
        (words.title(roster), "", ""),
        ("", scope, ""),
        ("Sidik jari", in_fours(fingerprint(roster)), ""),
        ("", "Lembar Tulisan menunjukkan setiap tulisan sekali, dengan gambarnya.", ""),
        ("", "Pilih keputusan di lembar pertama, tulis catatan, lalu simpan.", ""),
        ("", "Lalu: content-kit review import BERKAS --by NAMA", ""),
        ("", "Postingan yang berubah sejak daftar ini dibuat tidak ikut disetujui.", ""),
    )
    return Book((posts, page_of_texts(roster, picture), _places(roster)), guide)


def read_decisions(path: Path) -> tuple[list[Decided], list[Finding]]:
    """The decisions in a workbook or CSV that came back. A row that is unclear is told, none guessed."""
    sheets, findings = read_table(path, _headed)
    file = path.name
    found: list[Decided] = []
    for sheet in sheets:
        head = next(
            (row for row in sheet.rows if _headed(row.cells) == len(_COLUMNS[:2]) + 3), None
        )
        if head is None:
            continue
        columns = {cell.strip().casefold(): at for at, cell in enumerate(head.cells)}
        for row in sheet.rows:
            if row.number > head.number:
                found += _decided(row, columns, file, findings)
        break
    else:
        if not has_errors(findings):
            findings.append(
                Finding(
                    "berkas-tidak-terbaca", "di berkas ini tidak ada lembar daftar posting.",
                    Place(file, 1, 1), hint="Pakai berkas dari content-kit roster --xlsx.",
                )
            )  # fmt: skip
    twice = {(one.unit, one.post) for one in found}
    if len(twice) != len(found):
        findings.append(
            _bad(Place(file, 1, 1), "satu postingan diputuskan di dua baris", "Sisakan satu.")
        )
        return [], findings
    return found, findings


def _decided(
    row: Row, columns: dict[str, int], file: str, findings: list[Finding]
) -> list[Decided]:
    def cell(name: str) -> str:
        return row.cell(columns[name]).strip()

    word, note = cell(_DECISION).casefold(), normal(cell(_NOTE)).strip()
    unit, post, seal = (cell(name) for name in _KEYS)
    place = Place(file, row.number, columns[_DECISION] + 1, _DECISION)
    if not word:
        if note:
            findings.append(_bad(place, "ada catatan tanpa keputusan", "Pilih keputusannya."))
        return []
    kind = _SPOKEN.get(word.strip(" .✓√"))
    if kind is None:
        said = f'"{clipped(word)}" bukan keputusan'
        findings.append(_bad(place, said, "Pilih setujui atau kembalikan."))
    elif not (unit and post and seal):
        findings.append(
            _bad(place, "baris ini tidak menyebut postingan dan segelnya", "Buat daftar baru.")
        )
    elif len(note) > MAX_NOTE:
        said = f"catatannya {len(note)} huruf, paling panjang {MAX_NOTE}"
        findings.append(_bad(place, said, "Ringkas, lalu impor lagi."))
    elif kind is Kind.RETURN and not note:
        findings.append(
            _bad(place, "dikembalikan tanpa catatan", "Tulis apa yang perlu diperbaiki.")
        )
    else:
        return [Decided(unit, post, seal, kind, note, place)]
    return []


def _bad(place: Place, said: str, hint: str) -> Finding:
    return Finding("nilai-salah", f"{said}.", place, hint=hint)


def _headed(cells: Sequence[str]) -> int:
    """How many of the columns that are read back these cells name."""
    names = {cell.strip().casefold() for cell in cells}
    return len(names & {_DECISION, _NOTE, *_KEYS})


def _cells(roster: Roster) -> list[tuple[str, ...]]:
    return [
        ("", "", *(_lines(told) for told in (
            row.posyandu, row.village, row.kecamatan, row.kabupaten, day_name(row.date), row.date.isoformat(),
            f"{clock(row.time)} {row.zone}", row.pillar.label, row.bidang.label, row.title,
            row.caption, words.channels(row), row.duty_name, row.status, words.found(row), row.decided,
            "ya" if row.as_library else "", str(row.photos or ""), row.unit, row.post, row.seal,
        )))
        for row in roster.rows
    ]  # fmt: skip


def _lines(text: str) -> str:
    """A text with its lines; hidden characters in them are spelled out."""
    return "\n".join(map(shown, text.splitlines()))


def _places(roster: Roster) -> Page:
    """The places, each posyandu on a line of its own: what has not been sent stands there too."""
    titles = (
        ("wilayah", 34), ("ditunggu", 10), ("mengirim", 10), ("belum mengirim", 12),
        ("terlambat", 10), ("postingan", 10), ("belum diperiksa", 12), ("bersih", 9),
        ("perlu dilihat", 10), ("dikembalikan", 12), ("disetujui", 10), ("keterangan", 34),
    )  # fmt: skip
    columns = tuple(
        Column(title, width, derived=True, number=title not in ("wilayah", "keterangan"))
        for title, width in titles
    )
    rows = [_place("Semua", roster.totals, "")]
    for depth, group in with_depth(roster.groups):
        name = "    " * depth + shown(words.group_name(group))
        rows.append(_place(name, group.count, words.remark(group)))
    return Page("Wilayah", columns, tuple(rows), frozen=1, spare=0)


def _place(name: str, count: Count, remark: str) -> tuple[str, ...]:
    numbers = (
        count.expected, count.received, count.missing, count.late, count.posts, count.unchecked,
        count.clean, count.eyes, count.returned, count.approved,
    )  # fmt: skip
    return (name, *(str(number) if number else "" for number in numbers), remark)
