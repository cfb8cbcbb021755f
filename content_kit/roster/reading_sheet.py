"""Texts of the library as a sheet that a health worker fills in: a tick and a remark beside each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from content_kit.files.rows import Row
from content_kit.files.safe_text import normal
from content_kit.files.tables import read_table
from content_kit.files.workbook import Book, Column, Page, write_workbook
from content_kit.findings import Finding, Place, clipped, has_errors
from content_kit.planning.library import Entry
from content_kit.roster.papers import in_fours
from content_kit.roster.reading_paper import TITLE, Occasion, answers, grounds, mark_of, sentences

RIGHT: Final = "benar"
WRONG: Final = "perlu diubah"

_TICK, _REMARK, _ID, _WORDS = "telaah", "catatan", "id", "sidik"
_READ: Final = (_TICK, _REMARK, _ID, _WORDS)
_TICKS: Final = {
    RIGHT: True,
    "ya": True,
    "v": True,
    "✓": True,
    "x": True,
    WRONG: False,
    "tidak": False,
}
"""What people write in the cell, and whether it says that the text is right."""

_COLUMNS: Final = (
    Column(_TICK, 13, "Pilih benar atau perlu diubah.\nKosong: belum dibaca.", (RIGHT, WRONG)),
    Column(_REMARK, 30, "Apa yang perlu diubah, dengan kata sendiri."),
    Column("judul", 30, derived=True),
    Column("tulisan", 52, derived=True),
    Column("tanya jawab", 64, derived=True),
    Column("fakta dan sumber lengkap", 90, derived=True),
    Column("untuk", 22, derived=True),
    Column("bidang", 16, derived=True),
    Column(_ID, 22, "Jangan diubah: ini yang dibaca kembali.", derived=True),
    Column(_WORDS, 18, "Jangan diubah: menandai kata-kata yang Anda baca.", derived=True),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ticked:
    """What a health worker wrote beside one text, as it was with these words."""

    id: str
    words: str
    right: bool
    remark: str
    place: Place


def write_sheet(entries: Sequence[Entry], occasion: Occasion) -> bytes:
    """The workbook; UsageError without the extra `office`."""
    guide = (
        (TITLE, "", ""),
        ("", occasion.office, ""),
        ("Sidik jari", in_fours(mark_of(entries)), ""),
        ("", f"{occasion.left} dari {occasion.all} tulisan pustaka belum ditelaah.", ""),
        ("", "Pilih benar atau perlu diubah di lembar pertama, tulis catatan, lalu simpan.", ""),
        ("", "Lalu: content-kit library read --from BERKAS --by NAMA --role PERAN", ""),
        ("", "Tulisan yang berubah sejak lembar ini dibuat tidak ikut tercatat.", ""),
    )
    page = Page(
        "Telaah", _COLUMNS, tuple(map(_cells, entries)), frozen=3, spare=0,
        printed=len(_COLUMNS) - 2,
    )  # fmt: skip
    return write_workbook(Book((page,), guide))


def read_sheet(path: Path) -> tuple[list[Ticked], list[Finding]]:
    """What was written in a sheet that came back. A row that is unclear is told, none is guessed."""
    sheets, findings = read_table(path, _headed)
    found: list[Ticked] = []
    for sheet in sheets:
        head = next((row for row in sheet.rows if _headed(row.cells) == len(_READ)), None)
        if head is None:
            continue
        columns = {cell.strip().casefold(): at for at, cell in enumerate(head.cells)}
        for row in sheet.rows:
            if row.number > head.number and (one := _ticked(row, columns, path.name, findings)):
                found.append(one)
        break
    else:
        if not has_errors(findings):
            findings.append(
                Finding(
                    "berkas-tidak-terbaca", "di berkas ini tidak ada lembar telaah.",
                    Place(path.name, 1, 1), hint="Pakai berkas dari content-kit library --sheet.",
                )
            )  # fmt: skip
    return found, findings


def _ticked(row: Row, columns: dict[str, int], file: str, findings: list[Finding]) -> Ticked | None:
    def cell(name: str) -> str:
        return normal(row.cell(columns[name])).strip()

    tick, remark = cell(_TICK).casefold(), " ".join(cell(_REMARK).split())
    place = Place(file, row.number, columns[_TICK] + 1, _TICK)
    if not tick:
        if remark:
            findings.append(
                _bad(place, "ada catatan tanpa tanda", "Pilih benar atau perlu diubah.")
            )
        return None
    if tick not in _TICKS:
        said = f'"{clipped(tick)}" bukan tanda'
        findings.append(_bad(place, said, "Pilih benar atau perlu diubah."))
        return None
    if not (cell(_ID) and cell(_WORDS)):
        said = "baris ini tidak menyebut tulisan dan sidiknya"
        findings.append(_bad(place, said, "Buat lembar baru: content-kit library --sheet."))
        return None
    return Ticked(cell(_ID), cell(_WORDS), _TICKS[tick], remark, place)


def _bad(place: Place, said: str, hint: str) -> Finding:
    return Finding("nilai-salah", f"{said}.", place, hint=hint)


def _headed(cells: Sequence[str]) -> int:
    """How many of the columns that are read back these cells name."""
    return len({cell.strip().casefold() for cell in cells} & set(_READ))


def _cells(entry: Entry) -> tuple[str, ...]:
    return (
        "", "", entry.title, "\n".join(sentences(entry)), "\n".join(answers(entry)),
        "\n".join(grounds(entry)), ", ".join(word.label for word in entry.audience),
        entry.bidang.label, entry.id, entry.words,
    )  # fmt: skip
