"""The line at the top: every place with its key, which one this is, and what day."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import ClassVar, Final

from textual.content import Content
from textual.message import Message

from content_kit.tui.widgets.ribbon import Piece, Ribbon

_HERE: Final = "bold $primary on $background"
_ELSEWHERE: Final = "not bold"

_MOST: Final = 99
"""A number above it would be too wide for 80 columns."""


class TitleBar(Ribbon):
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

    class Chosen(Message):
        """Somebody wants to go to a place."""

        def __init__(self, mode: str) -> None:
            super().__init__()
            self.mode = mode

    def __init__(self, where: str) -> None:
        super().__init__()
        self._where = where
        self._day = ""
        self._open = ""

    def pieces(self) -> Iterator[Piece]:
        """The places, or the name of a screen that stands before them; and the day."""
        used = 0
        for piece in self._places():
            used += piece.words.cell_length
            yield piece
        room = self.size.width - used
        weekday, _, day = self._day.partition(", ")
        for told in (f"{weekday} {day} ", f"{day} ", day):
            if len(told) <= room:
                yield Piece(Content(told.rjust(room)))
                return

    def _places(self) -> Iterator[Piece]:
        if all(name != self._where for _, name, _ in self.PLACES):
            yield Piece(Content(f" content_kit · {self._where}"))
            return
        for key, name, mode in self.PLACES:
            open_ = f" ({self._open})" if self._open and mode == "perbaikan" else ""
            style = _HERE if name == self._where else _ELSEWHERE
            words = Content.styled(f" {key} {name}{open_} ", style)
            yield Piece(words, partial(self._choose, mode))

    def _choose(self, mode: str) -> None:
        self.post_message(self.Chosen(mode))

    def say_day(self, words: str) -> None:
        """Show the day, as "Sen, 7 Des"; the weekday makes room where there is too little."""
        self._day = words
        self.refresh()

    def say_open(self, found: int) -> None:
        """Show at Perbaikan how much there is to look at."""
        self._open = "99+" if found > _MOST else str(found or "")
        self.refresh()
