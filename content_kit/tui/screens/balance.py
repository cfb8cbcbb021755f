"""Imbangan: how a month stands against the strategy, in a window of its own."""

from __future__ import annotations

from datetime import date

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from content_kit.schedule.dates import month_name
from content_kit.tui.screens.base import Panel


class BalancePanel(Panel[None]):
    """The bars that stand beside a wide calendar."""

    def __init__(self, month: date, bars: Content) -> None:
        super().__init__()
        self._month = month
        self._bars = bars

    def compose(self) -> ComposeResult:
        """The bars and a way out."""
        with Vertical(id="panel"):
            name = f"{month_name(self._month)} {self._month.year}"
            yield Static(f"Imbangan {name}", classes="heading", markup=False)
            with VerticalScroll(id="body"):
                yield Static(self._bars)
            with Horizontal(classes="buttons"):
                yield Button("Tutup (Esc)", variant="primary", id="close")

    def on_button_pressed(self) -> None:
        """Close."""
        self.dismiss(None)
