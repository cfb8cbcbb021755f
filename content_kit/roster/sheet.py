"""The roster as a workbook in which an office decides: a choice and a note beside every post."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
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
from content_kit.roster.sheet_texts import NUMBER, PictureOf, number_of, numbered, page_of_texts
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
_DECIDE: Final = (
    Column(_DECISION, 12, "Pilih setujui atau kembalikan.\nKosong: belum diputuskan.", tuple(DECISIONS)),
    Column(_NOTE, 30, "Wajib diisi bila dikembalikan:\napa yang perlu diperbaiki."),
)  # fmt: skip
_COLUMNS: Final = (
    *_DECIDE,
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
    Column(NUMBER, 9, "Baris tulisan ini di lembar Tulisan.\nKosong: diputuskan sendiri.", derived=True),
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
    every = numbered(roster)
    posts = Page(
        "Daftar posting", _COLUMNS, tuple(_cells(roster, number_of(every))), frozen=3, spare=0,
        printed=len(_COLUMNS) - len(_KEYS) - 1,
    )  # fmt: skip
    guide = (
        (words.title(roster), "", ""),
        ("", scope, ""),
        ("Sidik jari", in_fours(fingerprint(roster)), ""),
        ("", "Lembar Tulisan menunjukkan setiap tulisan sekali, dengan gambarnya.", ""),
        ("", "Pilih keputusan di sana untuk semua posyandunya sekaligus,", ""),
        ("", "atau di lembar pertama untuk satu postingan; yang itu yang berlaku.", ""),
        ("", "Yang perlu dilihat sendiri diputuskan di lembar pertama.", ""),
        ("", "Lalu: content-kit review import BERKAS --by NAMA", ""),
        ("", "Postingan yang berubah sejak daftar ini dibuat tidak ikut disetujui.", ""),
    )
    return Book((posts, page_of_texts(every, picture, _DECIDE), _places(roster)), guide)


def read_decisions(path: Path) -> tuple[list[Decided], list[Finding]]:
    """The decisions in a workbook or CSV that came back. A row that is unclear is told, none guessed.

    What is decided about a text holds for its posts that nobody decided by themselves.
    """
    sheets, findings = read_table(path, _headed)
    file = path.name
    posts = next(filter(None, (_headed_by(sheet.rows, _KEYS) for sheet in sheets)), None)
    if posts is None:
        if not has_errors(findings):
            findings.append(
                Finding(
                    "berkas-tidak-terbaca", "di berkas ini tidak ada lembar daftar posting.",
                    Place(file, 1, 1), hint="Pakai berkas dari content-kit roster --xlsx.",
                )
            )  # fmt: skip
        return [], findings
    found: list[Decided] = []
    members: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for line in posts:
        key = (line.cell("unit"), line.cell("postingan"), line.cell("segel"))
        if not line.touched:
            members[line.cell(NUMBER)].append(key)
        elif (said := _said(line, file, findings)) is None:
            continue
        elif all(key):
            found.append(Decided(*key, *said, line.place(file)))
        else:
            told = "baris ini tidak menyebut postingan dan segelnya"
            findings.append(_bad(line.place(file), told, "Buat daftar baru."))
    for sheet in sheets:
        for line in _headed_by(sheet.rows, (NUMBER,), without=("segel",)) or ():
            said = _said(line, file, findings) if line.touched else None
            alike = members.get(line.cell(NUMBER), []) if line.cell(NUMBER) else []
            if said and not alike:
                told = "tidak ada postingan yang ikut keputusan tulisan ini"
                findings.append(
                    _bad(
                        line.place(file), told, "Putuskan di lembar Daftar posting, satu per satu."
                    )
                )
            if said:
                found += (Decided(*key, *said, line.place(file)) for key in alike)
    twice = {(one.unit, one.post) for one in found}
    if len(twice) != len(found):
        findings.append(
            _bad(Place(file, 1, 1), "satu postingan diputuskan di dua baris", "Sisakan satu.")
        )
        return [], findings
    return found, findings


@dataclass(frozen=True, slots=True)
class _Line:
    """A row under a header that names its columns."""

    row: Row
    columns: Mapping[str, int]

    def cell(self, name: str) -> str:
        """What stands in a column; "" where there is none of that name."""
        return self.row.cell(self.columns[name]).strip() if name in self.columns else ""

    @property
    def touched(self) -> bool:
        """Whether somebody wrote a decision or a note."""
        return bool(self.cell(_DECISION) or self.cell(_NOTE))

    def place(self, file: str) -> Place:
        """Where its decision stands."""
        return Place(file, self.row.number, self.columns[_DECISION] + 1, _DECISION)


def _headed_by(
    rows: Sequence[Row], keys: Sequence[str], without: Sequence[str] = ()
) -> list[_Line] | None:
    """The rows of a sheet in which one decides and which has these columns, else None."""
    for head in rows:
        columns = {cell.strip().casefold(): at for at, cell in enumerate(head.cells)}
        if {_DECISION, _NOTE, *keys} <= columns.keys() and not columns.keys() & set(without):
            return [_Line(row, columns) for row in rows if row.number > head.number]
    return None


def _said(line: _Line, file: str, findings: list[Finding]) -> tuple[Kind, str] | None:
    """What somebody decided in a row and why; None, and told, when that is not clear."""
    word, note = line.cell(_DECISION).casefold(), normal(line.cell(_NOTE)).strip()
    kind = _SPOKEN.get(word.strip(" .✓√"))
    if not word:
        told, hint = "ada catatan tanpa keputusan", "Pilih keputusannya."
    elif kind is None:
        told, hint = f'"{clipped(word)}" bukan keputusan', "Pilih setujui atau kembalikan."
    elif len(note) > MAX_NOTE:
        told = f"catatannya {len(note)} huruf, paling panjang {MAX_NOTE}"
        hint = "Ringkas, lalu impor lagi."
    elif kind is Kind.RETURN and not note:
        told, hint = "dikembalikan tanpa catatan", "Tulis apa yang perlu diperbaiki."
    else:
        return kind, note
    findings.append(_bad(line.place(file), told, hint))
    return None


def _bad(place: Place, said: str, hint: str) -> Finding:
    return Finding("nilai-salah", f"{said}.", place, hint=hint)


def _headed(cells: Sequence[str]) -> int:
    """How many of the columns that are read back these cells name."""
    names = {cell.strip().casefold() for cell in cells}
    return len(names & {_DECISION, _NOTE, *_KEYS})


def _cells(roster: Roster, numbers: Mapping[tuple[str, str], str]) -> list[tuple[str, ...]]:
    return [
        ("", "", *(_lines(told) for told in (
            row.posyandu, row.village, row.kecamatan, row.kabupaten, day_name(row.date), row.date.isoformat(),
            f"{clock(row.time)} {row.zone}", row.pillar.label, row.bidang.label, row.title,
            row.caption, words.channels(row), row.duty_name, row.status, words.found(row), row.decided,
            "ya" if row.as_library else "", str(row.photos or ""), row.unit, row.post, row.seal,
            numbers.get(row.key, ""),
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
