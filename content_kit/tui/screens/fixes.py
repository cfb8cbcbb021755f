"""Perlu diperbaiki: every finding with its next step and the line of the file it is about."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from content_kit.findings import Finding, Level
from content_kit.tui.board import Board
from content_kit.tui.opener import open_folder
from content_kit.tui.screens.base import KitScreen
from content_kit.tui.widgets.lines import finding_lines
from content_kit.tui.widgets.titlebar import TitleBar

_HELP = """\
Apa yang ditemukan di rencana, yang terpenting di atas. Setiap hal menyebut letaknya
(berkas:baris) dan, sesudah tanda →, langkah berikutnya.

Enter  buka folder tempat berkasnya
r      periksa lagi sesudah Anda memperbaikinya

! Perlu diperbaiki: gambarnya diberi cap DRAF dan tidak ikut dikirim.
? Perlu dilihat: boleh dikirim, tetapi lihat dulu.
i Sekadar tahu."""


class FixesScreen(KitScreen):
    """The list of findings."""

    CSS_PATH: ClassVar[str] = "fixes.tcss"
    HELP = _HELP

    def __init__(self) -> None:
        super().__init__()
        self._found: list[Finding] = []

    def compose(self) -> ComposeResult:
        """How many, and the list."""
        yield TitleBar("Perbaikan")
        yield Static("Memeriksa…", id="count", markup=False)
        yield OptionList(id="found", markup=False)
        yield Footer(show_command_palette=False)

    def draw(self, board: Board) -> None:
        """Show the findings, and keep the place on the list."""
        self._found = board.findings(self.kit.me)
        errors = sum(finding.level is Level.ERROR for finding in self._found)
        others = len(self._found) - errors
        told = f"{errors} perlu diperbaiki, {others} lainnya."
        if not self._found and board.complete:
            told = "✓ Semua beres. Tidak ada yang perlu diperbaiki."
        elif not board.complete:
            told += " Masih memeriksa…"
        self.query_one("#count", Static).update(told)
        found = self.query_one(OptionList)
        place = found.highlighted
        found.clear_options()
        found.add_options([Option(finding_lines(finding)) for finding in self._found])
        if self._found:
            found.highlighted = min(place or 0, len(self._found) - 1)

    @on(OptionList.OptionSelected)
    def _opened(self, message: OptionList.OptionSelected) -> None:
        root = self.kit.root
        if root is None:
            return
        file = self._found[message.option_index].place.file
        folder = (root / file).parent if file else root
        if not open_folder(folder):
            self.notify("Jendela folder tidak dapat dibuka di sini. Letaknya tertulis di daftar.")
