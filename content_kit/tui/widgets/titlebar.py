"""The line at the top: which screen this is, and what day."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static


class TitleBar(Horizontal):
    """The name of the screen at the left, the day at the right."""

    def __init__(self, where: str) -> None:
        super().__init__()
        self._where = where

    def compose(self) -> ComposeResult:
        """Both halves."""
        yield Static(f"content_kit · {self._where}", id="where", markup=False)
        yield Static("", id="when", markup=False)

    def say_day(self, words: str) -> None:
        """Show the day."""
        self.query_one("#when", Static).update(words)
