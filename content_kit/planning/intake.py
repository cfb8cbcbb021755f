"""Sheets into files: what each row changes, what is wrong in it, and then the edits themselves.

Nothing is written while looking. A row is compared with what its file says cell by cell; only
cells that differ become edits, spliced into the text, so a sheet that comes back untouched
changes no byte. The new text is read with the same reader as any file before it is offered:
what that reader minds is told with the row and column it came from. Every row of every sheet is
accounted for, and what a table does not say is asked, never invented.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from content_kit.files import save
from content_kit.files.records import unreadable_text
from content_kit.files.rows import Sheet
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding, Level, Place, clipped, has_errors
from content_kit.model import Posyandu
from content_kit.planning.intake_complete import Answers
from content_kit.planning.intake_heads import OURS, Table, table_in
from content_kit.planning.intake_one import of_unit
from content_kit.planning.intake_people import take_people
from content_kit.planning.intake_posts import take_posts
from content_kit.planning.intake_rows import CHANGED, MOVED, NEW, SAME, Change, FileEdit, Work
from content_kit.planning.intake_survey import Survey
from content_kit.planning.intake_units import take_units
from content_kit.planning.intake_ways import COMMAND, Ways
from content_kit.planning.pages import Pages
from content_kit.planning.sheets import Headers, headers_of

WORDS: Final = {NEW: "baru", CHANGED: "diubah", MOVED: "pindah bulan", SAME: "sama"}
"""What a row does, as it is told."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What an import would do: a change for each good row, the edits, and every finding.

    `rows` are all rows of data; `passed` those that are something else (sums, signatures, hidden
    ones). `seen` are the posyandu as they would be, by folder.
    """

    changes: tuple[Change, ...] = ()
    edits: tuple[FileEdit, ...] = ()
    findings: tuple[Finding, ...] = ()
    rows: int = 0
    bad_rows: int = 0
    passed: int = 0
    seen: Mapping[str, Posyandu] = field(default_factory=dict, hash=False)

    def count(self, action: str) -> int:
        """How many rows do this."""
        return sum(change.action == action for change in self.changes)

    @property
    def blocked(self) -> bool:
        """Whether a finding of level error stands against writing everything."""
        return any(finding.level is Level.ERROR for finding in self.findings)

    def summary(self) -> str:
        """Every row by what it does: "312 baris: 300 baru, 8 sama, 4 perlu dilihat."."""
        counts = [(self.count(key), word) for key, word in WORDS.items()]
        told = [f"{count} {word}" for count, word in counts if count]
        told += [f"{self.bad_rows} perlu dilihat"] if self.bad_rows else []
        if not told:
            return "Tidak ada baris yang dibaca."
        more = f" {self.passed} baris lain bukan data." if self.passed else ""
        return f"{self.rows} baris: {', '.join(told)}.{more}"


def intake(
    workspace: Workspace,
    sheets: Iterable[Sheet],
    file: str,
    *,
    headers: Headers | None = None,
    answers: Answers | None = None,
    ways: Ways = COMMAND,
    unit: str = "",
    good_rows: bool = False,
    all_rows: bool = False,
    today: date | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Intake:
    """What importing these sheets would do.

    With `good_rows` the rows that are wrong are left out, with `all_rows` hidden and inactive ones
    are taken too. With `today` a column of dates that may be month first is asked about. `answers`
    speak for what no column says, and `ways` name how to give them. With `unit` only the rows of
    that posyandu are looked at; UsageError when there is none of that folder. `headers` are
    `headers_of(workspace)`, when they are at hand.
    """
    headers = headers or headers_of(workspace)
    findings: list[Finding] = []
    tables: list[Table] = []
    unread: list[Finding] = []
    for sheet in sheets:
        if sheet.hidden and not all_rows:
            unread += _hidden_sheet(sheet, file, ways)
            continue
        table = table_in(sheet, headers, file, all_rows=all_rows)
        if table is None:
            unread += _unread_sheet(sheet, file)
        else:
            tables.append(table)
            findings += [*table.findings, *table.survey.told(file, ways)]
    if not tables:
        return Intake(findings=(_nothing_known(file, ways), *unread))
    lines = {
        kind: [line for table in tables if table.kind == kind for line in table.lines]
        for kind in ("posyandu", "people", "posts")
    }
    work = Work(workspace, workspace.load(()), progress, ways)
    others = 0
    if unit:
        work.loaded.unit(unit)
        every_row = sum(map(len, lines.values()))
        lines = {kind: of_unit(work.posyandu, kind, many, unit) for kind, many in lines.items()}
        others = every_row - sum(map(len, lines.values()))
    for line in (line for many in lines.values() for line in many):
        line.tell_failed()
    asked, seen = take_units(work, lines["posyandu"], answers or Answers())
    take_people(work, lines["people"])
    take_posts(work, lines["posts"], today)
    findings += [
        problem
        for edit in work.edits
        if (problem := unreadable_text(edit.text, workspace.relative(edit.path)))
    ]
    every = [line for many in lines.values() for line in many]
    bad = sum(line.wrong for line in every)
    told = [finding for line in every for finding in line.findings]
    found = Intake(
        tuple(work.changes),
        tuple(work.edits),
        (*unread, *findings, *asked, *told),
        len(every),
        bad,
        sum(_counted(table.survey) for table in tables) + others,
        seen,
    )
    held = has_errors(findings) or ((bad or has_errors(unread)) and not good_rows)
    return replace(found, edits=()) if held else found


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


def _counted(survey: Survey) -> int:
    return len({one.row for one in survey.passed})


def _hidden_sheet(sheet: Sheet, file: str, ways: Ways) -> Iterator[Finding]:
    if sheet.rows and sheet.name not in OURS:
        yield Finding(
            "baris-dilewati",
            f"lembar tersembunyi {clipped(sheet.name)} ({len(sheet.rows)} baris) tidak ikut.",
            Place(file, 1, 1, sheet.name),
            hint=f"Bila harus ikut: {ways.take_all}.",
        )


def _unread_sheet(sheet: Sheet, file: str) -> Iterator[Finding]:
    """A sheet that looks like a table and is not known is an error: a kabupaten might be in it."""
    wide = [row for row in sheet.rows if sum(bool(cell.strip()) for cell in row.cells) > 2]
    if sheet.name in OURS or not sheet.rows:
        return
    named = f"lembar {clipped(sheet.name)}" if sheet.name else "tabel ini"
    if len(wide) < 2:
        message = f"{named} tidak berisi tabel, jadi tidak dibaca."
        yield Finding("baris-dilewati", message, Place(file, 1, 1, sheet.name))
        return
    titles = ", ".join(_titles(wide[0].cells))
    yield Finding(
        "lembar-tidak-dibaca",
        f"{named} tidak dibaca ({len(sheet.rows)} baris): judul kolomnya tidak dikenal ({clipped(titles)}).",
        Place(file, wide[0].number, 1, sheet.name),
        hint="Beri judul seperti nama, desa, hari, jam, tempat; atau hapus lembar itu.",
    )


def _titles(cells: Sequence[str]) -> Iterator[str]:
    return (" ".join(cell.split()) for cell in cells if cell.strip())


def _nothing_known(file: str, ways: Ways) -> Finding:
    return Finding(
        "berkas-tidak-terbaca",
        "tidak ada tabel yang dikenal di berkas ini.",
        Place(file, 1, 1),
        hint="Judul kolomnya: tanggal, jam, model … atau nama, desa, aturan …. "
        f"Contohnya dari {ways.example}.",
    )
