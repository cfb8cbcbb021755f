"""What "Foto masuk" reads and writes, on a worker thread; nothing here knows Textual."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from content_kit.errors import UsageError
from content_kit.files.assets import load_channels
from content_kit.files.inbox import Incoming, incoming
from content_kit.files.workspace import Loaded, Workspace
from content_kit.planning import photos
from content_kit.planning.history import History
from content_kit.planning.photos import Described, Stored
from content_kit.tui import jobs


@dataclass(frozen=True)
class Found:
    """New photos of a folder, and those that the unit has already; `trouble` is the folder's."""

    folder: Path
    loaded: Loaded
    channels: tuple[tuple[str, str], ...]
    incoming: tuple[Incoming, ...] = ()
    stored: tuple[Stored, ...] = ()
    trouble: str = ""


@dataclass(frozen=True)
class Outcome:
    """What was done, in words; `answer` is the photo that is meant when the panel may close."""

    sentence: str
    answer: str = ""


def listed(root: Path, unit: str, folder: Path, day: date, channels: tuple[str, ...]) -> Found:
    """Everything the panel shows, read anew."""
    workspace = Workspace.open(root)
    loaded = workspace.load(unit=unit)
    known, _, _ = load_channels(workspace)
    names = tuple((each.id, each.name) for each in known.values())
    stored = tuple(photos.stored(workspace, loaded, unit, day, channels))
    try:
        return Found(folder, loaded, names, incoming(folder), stored)
    except UsageError as no:
        return Found(folder, loaded, names, (), stored, str(no))


@dataclass(frozen=True)
class Shelf:
    """The photos of one unit, for writing; every edit can be undone."""

    root: Path
    unit: str
    history: History

    def add(self, source: Path, described: Described, turn: int) -> Outcome:
        """Take a new photo in."""
        file = photos.add(
            *self._opened(), self.unit, source, described, turn=turn, save=self.history.save
        )
        said = photos.NO_CONSENT if photos.waits(described) else f"Foto disimpan: {file}"
        return Outcome(said, file)

    def describe(self, file: str, described: Described) -> Outcome:
        """Write down who is in a photo that is there."""
        pages = photos.describe(*self._opened(), self.unit, file, described)
        self.history.save(pages, pages.done[0].what)
        return Outcome(photos.NO_CONSENT if photos.waits(described) else "Catatan foto disimpan.")

    def withdraw(self, file: str, day: date) -> Outcome:
        """Take a consent back, and with it what was made of the photo."""
        workspace, loaded = self._opened()
        pages = photos.withdraw(workspace, loaded, self.unit, file, day)
        self.history.save(pages, pages.done[0].what)
        used = photos.used_in(loaded, self.unit, file)
        packs = jobs.take_back(workspace, pages.loaded(loaded), used)
        gone = f" {len(packs)} paket dibuang; buat lagi." if packs else ""
        return Outcome(f"Izin dicabut.{gone} Yang sudah diposting: hapus di sana.")

    def _opened(self) -> tuple[Workspace, Loaded]:
        workspace = Workspace.open(self.root)
        return workspace, workspace.load(unit=self.unit)
