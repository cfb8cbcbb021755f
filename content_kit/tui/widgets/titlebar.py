"""The line at the top: every place with its key, which one this is, and what day."""

from __future__ import annotations

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

_MOST: Final = 99
"""A number above it would be too wide for 80 columns."""


class Tab(Static):
    """A place: its key and its name; a click goes there."""

    class Pressed(Message):
        """Somebody wants to go to a place."""

        def __init__(self, mode: str) -> None:
            super().__init__()
            self.mode = mode

    def __init__(self, key: str, name: str, mode: str, *, here: bool) -> None:
        self._words = f"{key} {name}"
        super().__init__(Content(self._words), classes="-here" if here else "")
        self.mode = mode

    def count(self, found: int) -> None:
        """Say how much waits there."""
        told = "99+" if found > _MOST else str(found)
        self.update(Content(f"{self._words} ({told})" if found else self._words))

    def on_click(self) -> None:
        """Go there."""
        self.post_message(self.Pressed(self.mode))


class TitleBar(Horizontal):
    """The places at the left, the day at the right; `where` names a screen that is no place."""

    PLACES: ClassVar[tuple[tuple[str, str, str], ...]] = (
        ("1", "Beranda", "beranda"),
        ("2", "Kalender", "kalender"),
        ("3", "Perbaikan", "perbaikan"),
        ("4", "Pustaka", "pustaka"),
        ("5", "Kirim", "kirim"),
        ("6", "Tinjauan", "tinjauan"),
    )
    """Key, name and mode of every place."""

    def __init__(self, where: str) -> None:
        super().__init__()
        self._where = where

    def compose(self) -> ComposeResult:
        """The places, or the name of a screen that stands before them; and the day."""
        if any(name == self._where for _, name, _ in self.PLACES):
            for key, name, mode in self.PLACES:
                yield Tab(key, name, mode, here=name == self._where)
        else:
            yield Static(f"content_kit · {self._where}", id="where", markup=False)
        yield Static("", id="weekday", markup=False)
        yield Static("", id="when", markup=False)

    def say_day(self, words: str) -> None:
        """Show the day, as "Sen, 7 Des"."""
        weekday, _, day = words.partition(", ")
        self.query_one("#weekday", Static).update(f"{weekday} ")
        self.query_one("#when", Static).update(day)

    def say_open(self, found: int) -> None:
        """Show at Perbaikan how much there is to look at; the weekday makes room in 80 columns."""
        for tab in self.query(Tab):
            if tab.mode == "perbaikan":
                tab.count(found)
                self.set_class(found > 0, "-counted")
                self.set_class(found > _MOST, "-full")
