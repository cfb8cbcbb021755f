"""The line over a calendar: its month with an arrow on either side, how many posts, and the three looks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import ClassVar, Final

from textual.content import Content
from textual.message import Message

from content_kit.tui.widgets.ribbon import Piece, Ribbon

LOOKS: Final = {"bulan": "Bulan", "minggu": "Minggu", "agenda": "Agenda"}
"""The three ways to look at a month."""

_MONTH: Final = len("September 2026")


class MonthBar(Ribbon):
    """Says which month this is and how it is looked at; a click on an arrow or a look asks for it."""

    DEFAULT_CSS: ClassVar[str] = "MonthBar { padding: 0 1; }"

    class Turned(Message):
        """The month before (-1) or the next one (1) is wanted."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    class Chosen(Message):
        """Another look is wanted."""

        def __init__(self, look: str) -> None:
            super().__init__()
            self.look = look

    def __init__(self) -> None:
        super().__init__()
        self._month, self._many, self._look = "", "", ""

    def show(self, month: str, many: str, look: str) -> None:
        """Another month, another number of posts, or another look."""
        self._month, self._many, self._look = month, many, look
        self.refresh()

    def pieces(self) -> Iterator[Piece]:
        """`◀ Desember 2026 ▶  14 postingan, jam WITA        Bulan  Minggu  Agenda`."""
        yield Piece(Content.styled(" ◀ ", "on $surface"), partial(self._turn, -1))
        name = self._month.center(_MONTH)
        yield Piece(Content.styled(f" {name} ", "bold $primary"))
        yield Piece(Content.styled(" ▶ ", "on $surface"), partial(self._turn, 1))
        looks = list(self._looks())
        used = _MONTH + 8 + sum(piece.words.cell_length for piece in looks)
        many = Content.styled(f"  {self._many}", "$foreground-muted")
        room = max(0, self.size.width - used)
        yield Piece(many.truncate(room, ellipsis=True, pad=True))
        yield from looks

    def _looks(self) -> Iterator[Piece]:
        for look, title in LOOKS.items():
            here = look == self._look
            style = "bold $background on $primary" if here else "bold on $surface"
            yield Piece(Content(" "))
            words = Content.styled(f" {title} ", style)
            yield Piece(words, partial(self._choose, look))

    def _turn(self, by: int) -> None:
        self.post_message(self.Turned(by))

    def _choose(self, look: str) -> None:
        self.post_message(self.Chosen(look))
