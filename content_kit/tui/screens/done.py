"""Sudah diposting: where a post went out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Label, Static

from content_kit.tui.screens.base import Panel
from content_kit.tui.widgets.lines import plain
from content_kit.tui.widgets.ticklist import TickList


class DonePanel(Panel[tuple[str, ...]]):
    """The places where it is not written down yet; the answer are those that are ticked."""

    CSS_PATH: ClassVar[str] = "done.tcss"

    def __init__(self, title: str, channels: Sequence[tuple[str, str]], warning: str = "") -> None:
        super().__init__()
        self._title = title
        self._channels = channels
        self._warning = warning

    def compose(self) -> ComposeResult:
        """What, and where."""
        with Vertical(id="panel"):
            yield Static("Sudah diposting di mana?", classes="heading")
            yield Static(plain(self._title, "bold"))
            if self._warning:
                yield Static(plain(f"! {self._warning}", "$warning"))
            yield Label("Spasi menandai, Enter mencatat.")
            yield TickList(self._channels, [id for id, _ in self._channels], id="channels")
            yield Static("", id="missing", classes="wrong", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Catat (Enter)", variant="primary", id="go")
                yield Button("Batal (Esc)", id="close")

    def on_mount(self) -> None:
        """Everything is ticked: mostly it went everywhere."""
        rows = self.query_one(TickList)
        rows.styles.height = min(10, len(self._channels))
        rows.focus()

    @on(TickList.Ticked)
    def _ticked(self) -> None:
        self.query_one("#missing", Static).update("")

    @on(TickList.Chosen)
    @on(Button.Pressed, "#go")
    def _go(self) -> None:
        ticked = self.query_one(TickList).ticked
        if ticked:
            self.dismiss(ticked)
        else:
            self.query_one("#missing", Static).update("Tandai paling sedikit satu tempat.")

    @on(Button.Pressed, "#close")
    def _cancelled(self) -> None:
        self.dismiss(None)
