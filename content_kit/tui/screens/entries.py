"""Pustaka for the form: search ready texts and take one over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from content_kit.files.workspace import Workspace
from content_kit.model import Pillar
from content_kit.planning.library import Entry, load_library
from content_kit.planning.search import Shelf, load_everyday
from content_kit.schedule.dates import short_date
from content_kit.tui.screens.base import Panel
from content_kit.tui.widgets.box import Box
from content_kit.tui.widgets.linelist import LineList
from content_kit.tui.widgets.lines import plain


@dataclass
class _Read(Message):
    shelf: Shelf


class EntriesPanel(Panel[Entry]):
    """Ready texts; those of the post's own kind come first. `used` tells when each goes out."""

    CSS_PATH: ClassVar[str] = "choose.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "go(1)", "Turun", show=False),
        Binding("up", "go(-1)", "Naik", show=False),
        Binding("pagedown", "go(6)", "Turun jauh", show=False),
        Binding("pageup", "go(-6)", "Naik jauh", show=False),
        Binding("enter", "choose", "Pakai", priority=True),
    ]

    def __init__(self, root: Path, pillar: Pillar | None, used: Mapping[str, date]) -> None:
        super().__init__()
        self._root = root
        self._pillar = pillar
        self._used = used
        self._shelf = Shelf.of(())
        self._found: list[Entry] = []

    def compose(self) -> ComposeResult:
        """A line to search in and what was found."""
        with Vertical(id="panel"):
            yield Static("Ambil dari Pustaka", classes="heading")
            yield Box(placeholder="Cari, misalnya asi, nyamuk, tensi", compact=True)
            yield LineList(row_height=2, id="rows", empty="Sebentar…")

    def on_mount(self) -> None:
        """Read the library beside."""
        self.query_one(LineList).styles.height = 10
        self.run_worker(partial(self._read, self._root), thread=True, exit_on_error=False)

    def _read(self, root: Path) -> None:
        workspace = Workspace.open(root)
        entries, _ = load_library(workspace)
        self.post_message(_Read(Shelf.of(entries, load_everyday(workspace)[0])))

    @on(_Read)
    def _came(self, message: _Read) -> None:
        self._shelf = message.shelf
        self._search()

    @on(Input.Changed)
    def _search(self) -> None:
        words = self.query_one(Input).value
        found = self._shelf.search(words)
        self._found = sorted(found, key=lambda entry: entry.pillar is not self._pillar)
        empty = "Tidak ada yang cocok. Coba kata lain." if self._shelf.entries else "Sebentar…"
        self.query_one(LineList).fill(len(self._found), self._row, empty=empty, highlighted=0)

    def _row(self, number: int) -> Sequence[Content]:
        entry = self._found[number]
        used = self._used.get(entry.id)
        told = [entry.pillar.label, entry.bidang.label]
        told += [f"dipakai {short_date(used)}"] if used else []
        return plain(entry.title, "bold"), plain(f"  {' · '.join(told)}", "$foreground-muted")

    def action_go(self, by: int) -> None:
        """Up or down while one types."""
        self.query_one(LineList).action_go(by)

    @on(LineList.Chosen)
    def action_choose(self) -> None:
        """Take the highlighted text."""
        if self._found:
            self.dismiss(self._found[self.query_one(LineList).highlighted])
