"""A health worker reads the library: which texts wait, on paper and in a sheet, and what came back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from content_kit.errors import UsageError
from content_kit.files.workspace import Loaded, Workspace
from content_kit.findings import Finding
from content_kit.planning.library import Entry
from content_kit.planning.pages import Pages
from content_kit.planning.reading import mark_read
from content_kit.roster.reading_paper import Occasion, write_paper
from content_kit.roster.reading_sheet import Ticked, read_sheet, write_sheet


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading is: of `all` texts that rest on a source `left` are still to be read."""

    left: int
    all: int

    def sentence(self) -> str:
        """How many are left, as people say it: "12 dari 161 tulisan pustaka belum ditelaah"."""
        if not self.left:
            return f"Semua {self.all} tulisan pustaka sudah ditelaah."
        return f"{self.left} dari {self.all} tulisan pustaka belum ditelaah."


@dataclass(frozen=True, slots=True)
class Returned:
    """What a sheet that came back says: the files as they are with it, not saved yet.

    `remarks` are texts to change, `changed` the titles of those that are others by now.
    """

    pages: Pages | None
    read: tuple[str, ...]
    remarks: tuple[Ticked, ...]
    changed: tuple[str, ...]
    findings: tuple[Finding, ...]


def progress(library: Iterable[Entry]) -> Progress:
    """How many texts are left to be read."""
    texts = [entry for entry in library if entry.sources]
    return Progress(sum(not entry.signed for entry in texts), len(texts))


def make_paper(
    workspace: Workspace, library: Sequence[Entry], entries: Sequence[Entry], today: date
) -> bytes:
    """These texts of a library as PDF; UsageError when there are none, or without the extra."""
    return write_paper(_some(entries), _occasion(workspace, library, today))


def make_sheet(
    workspace: Workspace, library: Sequence[Entry], entries: Sequence[Entry], today: date
) -> bytes:
    """These texts of a library as XLSX; UsageError when there are none, or without the extra."""
    return write_sheet(_some(entries), _occasion(workspace, library, today))


def take_sheet(
    workspace: Workspace,
    loaded: Loaded,
    library: Sequence[Entry],
    path: Path,
    by: str,
    role: str,
    day: date,
    today: date,
) -> Returned:
    """Everything ticked in a sheet in one go, valid for exactly the words that were shown.

    UsageError when the name or the day cannot be.
    """
    ticked, findings = read_sheet(path)
    known = {entry.id: entry for entry in library}
    same = [one for one in ticked if one.id in known and known[one.id].words == one.words]
    changed = tuple(
        known[one.id].title if one.id in known else one.id for one in ticked if one not in same
    )
    right = [one for one in same if one.right]
    seen = {one.id: one.words for one in right}
    pages = (
        mark_read(workspace, loaded, list(seen), by, role, day, today, seen=seen) if seen else None
    )
    remarks = tuple(one for one in same if not one.right or one.remark)
    return Returned(pages, tuple(seen), remarks, changed, tuple(findings))


def _some(entries: Sequence[Entry]) -> Sequence[Entry]:
    found = [entry for entry in entries if entry.sources]
    if not found:
        raise UsageError("Tidak ada tulisan dengan sumber yang perlu ditelaah di antaranya.")
    return found


def _occasion(workspace: Workspace, library: Iterable[Entry], today: date) -> Occasion:
    done = progress(library)
    return Occasion(workspace.settings()[0].name, today, done.left, done.all)
