"""Where a table begins in a sheet: its heading in one row or two, what it lists, and its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from content_kit.files.headings import headings
from content_kit.files.hours import hours_with_question
from content_kit.files.rows import Row, Sheet, letter
from content_kit.findings import Finding, Place, clipped
from content_kit.planning.cells import Cell
from content_kit.planning.intake_rows import Line
from content_kit.planning.intake_survey import (
    MAX_TITLES,
    Said,
    Survey,
    joined_head,
    survey_rows,
    survey_units,
)
from content_kit.planning.sheets import Headers
from content_kit.schedule.words import understand

OURS: Final = frozenset({"Petunjuk", "Pilihan"})
"""The sheets that our own workbooks carry beside their table."""

_NEEDED: Final = {
    "posts": ("id", "tanggal", "jam", "model", "isi judul"),
    "people": ("nama", "peran"),
}
_TRIED: Final = 12
"""How many cells of a column are looked at to tell days from hours."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet that is known: what it lists (posyandu, people or posts), its rows, its oddities."""

    kind: str
    lines: tuple[Line, ...]
    survey: Survey
    findings: tuple[Finding, ...]


def table_in(sheet: Sheet, headers: Headers, file: str, *, all_rows: bool = False) -> Table | None:
    """The table of a sheet; None where no row of the first thirty is a heading that we know."""
    found = _head(sheet, headers)
    if found is None:
        return None
    kind, head = found
    findings: list[Finding] = []
    known: Callable[[str], Cell | None] = {
        "posts": headers.post, "people": headers.person,
    }.get(kind, headers.unit)  # fmt: skip
    chosen = frozenset(headings(head.cells).values()) if kind == "posyandu" else None
    columns = _columns(head, known, file, sheet.name, findings, chosen)
    at = {name: number for name, (number, _) in columns.items()}
    if kind == "posyandu":
        columns = _settled(columns, sheet, head, headers)
        at = {name: number for name, (number, _) in columns.items()}
        survey = survey_units(sheet, head, at, all_rows=all_rows)
    else:
        survey = survey_rows(sheet, head, at, _NEEDED[kind], all_rows=all_rows)
    lines = tuple(_line(file, sheet.name, said, columns) for said in survey.rows)
    return Table(kind, lines, survey, tuple(findings))


def _line(file: str, sheet: str, said: Said, columns: Mapping[str, tuple[int, Cell]]) -> Line:
    line = Line(file, sheet, said.row, columns, begins=said.begins)
    if said.begins:
        # What the titles say holds where the row itself says nothing.
        line.filled |= {name: word for name, word in said.above.items() if not line.text(name)}
    return line


def _head(sheet: Sheet, headers: Headers) -> tuple[str, Row] | None:
    """The heading and what it is of; two rows of headings are read as one where that tells more."""
    top = sheet.rows[: MAX_TITLES + 1]
    for number, row in enumerate(top[:MAX_TITLES]):
        below = top[number + 1] if number + 1 < len(top) else None
        if below is not None and below.number == row.number + 1 and headers.count(below.cells) > 1:
            both = joined_head(row, below)
            kind = headers.kind_of(both.cells)
            if kind and headers.count(both.cells) > headers.count(row.cells):
                return kind, both
        kind = headers.kind_of(row.cells)
        if kind:
            return kind, row
    return None


def _columns(
    row: Row,
    known: Callable[[str], Cell | None],
    file: str,
    sheet: str,
    findings: list[Finding],
    chosen: frozenset[int] | None,
) -> dict[str, tuple[int, Cell]]:
    """The columns by name; `chosen` are those that stand where two mean the same."""
    columns: dict[str, tuple[int, Cell]] = {}
    for number, title in enumerate(row.cells):
        if not title.strip():
            continue
        at = Place(file, row.number, number + 1, f"{sheet} {letter(number)}{row.number}".strip())
        cell = known(title)
        if cell is None:
            findings.append(
                Finding("kolom-tidak-dipakai", f'kolom "{clipped(title)}" tidak dipakai.', at)
            )
        elif cell.name == "no":
            continue
        elif chosen is not None and number not in chosen:
            message = f'kolom "{clipped(title)}" tidak dipakai: "{cell.name}" ada di kolom lain.'
            findings.append(Finding("kolom-tidak-dipakai", message, at))
        elif cell.name in columns:
            findings.append(
                Finding(
                    "kunci-ganda",
                    f'kolom "{cell.name}" ada dua.',
                    at,
                    hint="Hapus salah satu.",
                )
            )
        else:
            columns[cell.name] = (number, cell)
    return columns


def _settled(
    columns: Mapping[str, tuple[int, Cell]], sheet: Sheet, head: Row, headers: Headers
) -> dict[str, tuple[int, Cell]]:
    """ "Waktu" may head days or hours: the one of the two that is missing takes what looks like it."""
    found = dict(columns)
    for name, other in (("jam", "aturan"), ("aturan", "jam")):
        if name not in found or other in found:
            continue
        number = found[name][0]
        words = _some(sheet.rows, head.number, number)
        hours = sum(hours_with_question(word)[0] is not None for word in words)
        days = sum(understand(word)[0] is not None for word in words)
        looks = "jam" if hours > days else "aturan" if days > hours else name
        if looks == other:
            del found[name]
            found[other] = (number, headers.posyandu[other])
    return found


def _some(rows: Sequence[Row], after: int, column: int) -> list[str]:
    def words() -> Iterator[str]:
        return (
            row.cell(column).strip()
            for row in rows
            if row.number > after and row.cell(column).strip()
        )

    return [word for word, _ in zip(words(), range(_TRIED), strict=False)]
