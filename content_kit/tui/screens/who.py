"""Saya siapa? Whoever sits here sees their own posyandu first; one key changes it."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from content_kit.tui.board import Board
from content_kit.tui.screens.base import Panel
from content_kit.tui.widgets.lines import plain


class WhoPanel(Panel[str]):
    """The people of the workspace; the answer is an id, "" for nobody in particular."""

    def __init__(self, board: Board) -> None:
        super().__init__()
        self._board = board

    def compose(self) -> ComposeResult:
        """One line a person."""
        with Vertical(id="panel"):
            yield Static("Saya siapa?", classes="heading")
            yield Static("Pilihan ini hanya disimpan di komputer ini.", classes="quiet")
            yield OptionList(*self._options())

    def _options(self) -> list[Option]:
        loaded = self._board.loaded
        options = []
        for person in loaded.people.values():
            names = [loaded.posyandu[u].name for u in person.units if u in loaded.posyandu]
            line = plain(person.name, "bold") + plain(f"  {person.role}  {', '.join(names)}")
            options.append(Option(line))
        return [*options, Option("Lihat semua posyandu")]

    @on(OptionList.OptionSelected)
    def _chosen(self, message: OptionList.OptionSelected) -> None:
        ids = [*self._board.loaded.people, ""]
        self.dismiss(ids[message.option_index])
