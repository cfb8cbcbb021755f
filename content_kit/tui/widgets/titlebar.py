"""The line at the top: every place with its key, which one this is, and what day."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import ClassVar, Final

from textual.content import Content
from textual.message import Message

from content_kit.tui.widgets.bar import Bar, Piece

_HERE: Final = "bold $primary on $background"
_ELSEWHERE: Final = "not bold"


class TitleBar(Bar):
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

    def pieces(self) -> Iterator[Piece]:
        """The places, or the name of a screen that stands before them; and the day."""
        used = 0
        for piece in self._places():
            used += piece.words.cell_length
            yield piece
        room = self.size.width - used
        if len(self._day) + 2 <= room:
            yield Piece(Content(f"{self._day} ".rjust(room)))

    def _places(self) -> Iterator[Piece]:
        if all(name != self._where for _, name, _ in self.PLACES):
            yield Piece(Content(f" content_kit · {self._where}"))
            return
        for key, name, mode in self.PLACES:
            words = Content.styled(f" {key} {name} ", _HERE if name == self._where else _ELSEWHERE)
            yield Piece(words, partial(self._choose, mode))

    def _choose(self, mode: str) -> None:
        self.post_message(self.Chosen(mode))

    def say_day(self, words: str) -> None:
        """Show the day."""
        self._day = words.replace(",", "")
        self.refresh()
