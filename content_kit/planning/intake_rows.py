"""The rows of an import and the work they share: findings at row and column, files, edits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from content_kit.files.assets import load_channels, load_services
from content_kit.files.paths import safe_join
from content_kit.files.records import to_edit
from content_kit.files.rows import FAILED, Row, letter
from content_kit.files.workspace import Loaded, Workspace
from content_kit.files.yaml import parse
from content_kit.findings import Finding, Level, Place
from content_kit.model import Posyandu
from content_kit.planning.cells import Cell, Data, Kind, data_of
from content_kit.planning.intake_ways import COMMAND, Ways
from content_kit.planning.sheets import POSYANDU, SERVICE_DAY

NEW: Final = "baru"
CHANGED: Final = "ubah"
MOVED: Final = "pindah"
SAME: Final = "sama"

_CELLS: Final[Mapping[str, Cell]] = {cell.name: cell for cell in (*POSYANDU, *SERVICE_DAY)}


@dataclass(frozen=True, slots=True)
class Change:
    """What one row does: `action` is baru, ubah, pindah or sama; `columns` are those that differ.

    `values` are, for each of these columns, what the file says and what the row says instead.
    """

    sheet: str
    row: int
    unit: str
    id: str
    action: str
    columns: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, object]:
        """The published shape of one row."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "unit": self.unit,
            "id": self.id,
            "action": self.action,
            "columns": list(self.columns),
        }


@dataclass(frozen=True, slots=True)
class FileEdit:
    """A file to write: its new text, and the version (`save.Version.digest`) it was made from."""

    path: Path
    text: str
    seen: str


@dataclass(slots=True)
class Line:
    """A row of a sheet by the names of its columns; `wrong` once something in it is.

    `filled` is what is known of it beyond its own cells, by column: from the titles above it, from
    the list of regions, from one answer for the whole file, or from a cell that says two things
    ("Rabu ke-2 jam 8-11"). `begins` a posyandu, or is a further service day of the row before.
    `waits` while a question stands that is told once for many rows.
    """

    file: str
    sheet: str
    row: Row
    columns: Mapping[str, tuple[int, Cell]]
    findings: list[Finding] = field(default_factory=list)
    filled: dict[str, str] = field(default_factory=dict)
    begins: bool = True
    waits: bool = False

    @property
    def wrong(self) -> bool:
        """Whether this row cannot go in as it is."""
        return self.waits or any(finding.level is Level.ERROR for finding in self.findings)

    @property
    def key(self) -> tuple[str, int]:
        """What tells this row from every other of the import."""
        return (self.sheet, self.row.number)

    def has(self, name: str) -> bool:
        """Whether its sheet has this column."""
        return name in self.columns

    def tell_failed(self) -> None:
        """Say which formulas of this row failed: an empty cell would take words away."""
        for name, (column, _) in self.columns.items():
            shown = self.row.cell(column).strip()
            if FAILED.fullmatch(shown):
                cell = f"{letter(column)}{self.row.number}"
                message = f"rumus di sel {cell} gagal ({shown})."
                self.tell("nilai-salah", message, name, "Perbaiki atau kosongkan sel itu.")

    def raw(self, name: str) -> str:
        """A cell as it was typed; empty where the column is missing."""
        return self.row.cell(self.columns[name][0]).strip() if name in self.columns else ""

    def text(self, name: str) -> str:
        """The canonical text of a cell, or what is known instead; empty where there is neither."""
        if name in self.filled:
            return self.filled[name]
        if name not in self.columns:
            return ""
        column, cell = self.columns[name]
        return cell.canon(self.row.cell(column))

    def at(self, name: str = "") -> Place:
        """Where this cell is in its sheet; without a name, the row."""
        column = self.columns[name][0] if name in self.columns else 0
        where = f"{letter(column)}{self.row.number}"
        shown = f"{self.sheet} {where}".strip() + (f" ({name})" if name else "")
        return Place(self.file, self.row.number, column + 1, shown)

    def tell(self, code: str, message: str, name: str = "", hint: str = "") -> None:
        """Add a finding at this cell."""
        self.findings.append(Finding(code, message, self.at(name), hint=hint))

    def values(self) -> Iterator[tuple[Cell, str]]:
        """Each cell that a file can hold, with what this row says in it."""
        named = {name: cell for name, (_, cell) in self.columns.items()}
        beyond = {name: _CELLS[name] for name in self.filled if name not in named}
        for name, cell in {**beyond, **named}.items():
            if cell.kind is not Kind.DERIVED and cell.path:
                yield cell, self.text(name)


@dataclass(slots=True)
class File:
    """A file on its way: its text as it is, the version of it, and its data."""

    path: Path
    before: str
    seen: str
    data: Data


class Work:
    """One import on its way: the workspace it looks at, and the changes and edits it gathers."""

    def __init__(
        self,
        workspace: Workspace,
        loaded: Loaded,
        progress: Callable[[int, int], None] | None,
        ways: Ways = COMMAND,
    ) -> None:
        self.workspace = workspace
        self.loaded = loaded
        self.progress = progress
        self.ways = ways
        self.posyandu: dict[str, Posyandu] = dict(loaded.posyandu)
        self.changes: list[Change] = []
        self.edits: list[FileEdit] = []
        self.templates = frozenset(workspace.template_names())
        self.channels = load_channels(workspace)[0]
        self.services = load_services(workspace)[0]

    def tell_progress(self, done: int, total: int) -> None:
        """Say how many posyandu are done."""
        if self.progress is not None:
            self.progress(done, total)

    def file(self, *parts: str) -> File:
        """A file under calendars/ as it is; UnreadableFile when it cannot be read as YAML."""
        path = safe_join(self.workspace.root / "calendars", *parts)
        version = to_edit(path, self.workspace.root, self.workspace.relative(path))
        node, _ = parse(version.text, path.name)
        return File(path, version.text, version.digest, data_of(node))


def differing(
    line: Line, old: Data, day: int | None = None
) -> Iterator[tuple[str, tuple[str, str]]]:
    """The columns in which a row says something else than its file: the name, and both texts."""
    for cell, said in line.values():
        path = cell.path
        if cell in SERVICE_DAY:
            if day is None:
                continue
            path = ("hari_buka", day, *path)
        if cell.kept and not said:
            continue
        was = replace(cell, path=path).said(old)
        if cell.name != "id" and was != said:
            yield cell.name, (was, said)


def column_of(line: Line, path: str) -> str:
    """The column that a field path of a finding belongs to."""
    steps = re.split(r"[.\[]", path)
    if steps[0] == "acara":
        return "tanggal_hari_buka" if path.endswith("tanggal") else "hari_buka"
    if steps[0] == "kontak":
        return steps[-1]
    return steps[0] if line.has(steps[0]) else ""
