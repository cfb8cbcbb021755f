"""Sheets into files: what each row changes, what is wrong in it, and then the edits themselves.

Nothing is written while looking. A row is compared with what its file says cell by cell; only
cells that differ become edits, spliced into the text, so a sheet that comes back untouched
changes no byte. The new text is read with the same reader as any file before it is offered:
what that reader minds is told with the row and column it came from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from content_kit.files import save
from content_kit.files.records import unreadable_text
from content_kit.files.rows import Row, Sheet, letter
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding, Level, Place, clipped, has_errors
from content_kit.planning.cells import Cell
from content_kit.planning.intake_posts import take_posts
from content_kit.planning.intake_rows import Change, FileEdit, Line, Work
from content_kit.planning.intake_units import take_units
from content_kit.planning.pages import Pages
from content_kit.planning.sheets import Headers, headers_of

_DERIVED: Final = frozenset({"hari", "zona", "unit"})


@dataclass(frozen=True, slots=True)
class Intake:
    """What an import would do: a change for each good row, the edits, and every finding."""

    changes: tuple[Change, ...] = ()
    edits: tuple[FileEdit, ...] = ()
    findings: tuple[Finding, ...] = ()
    bad_rows: int = 0

    def count(self, action: str) -> int:
        """How many rows do this."""
        return sum(change.action == action for change in self.changes)

    @property
    def blocked(self) -> bool:
        """Whether a finding of level error stands against writing everything."""
        return any(finding.level is Level.ERROR for finding in self.findings)


def intake(
    workspace: Workspace,
    sheets: Iterable[Sheet],
    file: str,
    *,
    headers: Headers | None = None,
    good_rows: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Intake:
    """What importing these sheets would do. With `good_rows` the rows that are wrong are left out.

    `headers` are `headers_of(workspace)`, when they are at hand.
    """
    headers = headers or headers_of(workspace)
    findings: list[Finding] = []
    posts: list[Line] = []
    units: list[Line] = []
    known = False
    for sheet in sheets:
        kind, lines = _lines(sheet, headers, file, findings)
        known = known or bool(kind)
        if kind == "posts":
            posts += [line for line in lines if _says_something(line)]
        elif kind:
            units += [line for line in lines if any(map(line.text, line.columns))]
    if not known:
        findings.append(
            Finding(
                "berkas-tidak-terbaca",
                "tidak ada tabel yang dikenal di berkas ini.",
                Place(file, 1, 1),
                hint="Judul kolomnya: tanggal, jam, model … atau nama, desa, aturan …. "
                "Contohnya dari content-kit export xlsx --blank.",
            )
        )
    for line in (*posts, *units):
        line.tell_failed()
    loaded = workspace.load(())
    work = Work(workspace, loaded, progress)
    take_units(work, units)
    take_posts(work, posts)
    lines = [*units, *posts]
    told = [finding for line in lines for finding in line.findings]
    bad = [line for line in lines if line.wrong]
    findings += [
        problem
        for edit in work.edits
        if (problem := unreadable_text(edit.text, workspace.relative(edit.path)))
    ]
    intake = Intake(tuple(work.changes), tuple(work.edits), (*findings, *told), len(bad))
    if has_errors(findings) or (bad and not good_rows):
        return replace(intake, edits=())
    return intake


def write(intake: Intake) -> Iterator[Path]:
    """Save the edits, each file as it is done. ConflictError when a file moved on meanwhile."""
    for edit in intake.edits:
        text = edit.text
        save.edit(edit.path, lambda _, text=text: text, edit.seen)  # type: ignore[misc]
        yield edit.path


def pages_of(workspace: Workspace, intake: Intake, what: str = "") -> Pages:
    """The edits as pages, which are saved all together and can be taken back.

    EditConflict when a file moved on since it was looked at.
    """
    pages = Pages(workspace)
    for edit in intake.edits:
        if save.read(edit.path).digest != edit.seen:
            raise save.EditConflict(
                f'"{edit.path.name}" sudah diubah sejak diperiksa. Periksa tabelnya sekali lagi.'
            )
        pages.put(edit.path, edit.text, what)
    return pages


# From sheets to lines


def _lines(
    sheet: Sheet, headers: Headers, file: str, findings: list[Finding]
) -> tuple[str, list[Line]]:
    """The kind of a sheet and its rows; title rows above the header are passed over."""
    for number, row in enumerate(sheet.rows[:30]):
        kind = headers.kind_of(row.cells)
        if kind:
            known = headers.post if kind == "posts" else headers.unit
            columns = _columns(row, known, file, sheet.name, findings)
            return kind, [Line(file, sheet.name, row, columns) for row in sheet.rows[number + 1 :]]
    return "", []


def _columns(
    row: Row,
    known: Callable[[str], Cell | None],
    file: str,
    sheet: str,
    findings: list[Finding],
) -> dict[str, tuple[int, Cell]]:
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


def _says_something(line: Line) -> bool:
    return any(line.text(name) for name in line.columns if name not in _DERIVED)
