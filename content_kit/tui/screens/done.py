"""Sudah diposting: where a post went out, one place at a time, and where it did not after all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Label, Static

from content_kit.tui.screens.base import Panel
from content_kit.tui.widgets.lines import plain
from content_kit.tui.widgets.ticklist import TickList


class DonePanel(Panel[tuple[str, ...]]):
    """All places of a post; those that are written down are ticked. The answer are those that are now.

    A single place that is not written down yet is ticked: whoever comes here means it.
    """

    CSS_PATH: ClassVar[str] = "done.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("a", "all", "Semua")]

    def __init__(
        self,
        title: str,
        channels: Sequence[tuple[str, str]],
        recorded: Collection[str] = (),
        warning: str = "",
    ) -> None:
        super().__init__()
        self._title = title
        self._channels = channels
        self._recorded = frozenset(recorded)
        self._warning = warning

    def compose(self) -> ComposeResult:
        """What, and where."""
        with Vertical(id="panel"):
            yield Static("Sudah diposting di mana?", classes="heading")
            yield Static(plain(self._title, "bold"))
            if self._warning:
                yield Static(plain(f"! {self._warning}", "$warning"))
            yield Label("Spasi menandai atau menghapus tanda, a semuanya, Enter mencatat.")
            ids = [id for id, _ in self._channels]
            ticked = ids if len(ids) == 1 and not self._recorded else self._recorded
            yield TickList(self._channels, ticked, id="channels")
            yield Static("", id="missing", classes="wrong", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Catat (Enter)", variant="primary", id="go")
                yield Button("Batal (Esc)", id="close")

    def on_mount(self) -> None:
        """On the first place."""
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
        if self._recorded.isdisjoint(id for id, _ in self._channels) and not ticked:
            self.query_one("#missing", Static).update("Tandai dulu tempatnya dengan Spasi.")
        else:
            self.dismiss(ticked)

    def action_all(self) -> None:
        """Every place."""
        self.query_one(TickList).tick_all()

    @on(Button.Pressed, "#close")
    def _cancelled(self) -> None:
        self.dismiss(None)
