"""One line of words that can be clicked: the places at the top, the keys at the bottom."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar, NamedTuple

from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget


class Piece(NamedTuple):
    """Some words of a ribbon; with `act` a click on them does something."""

    words: Content
    act: Callable[[], None] | None = None


class Ribbon(Widget):
    """A line of pieces, drawn as one widget.

    Textual's Footer makes a widget of every key, and makes them all anew whenever a key comes or
    goes: a tenth of a second when it happens at every step through a calendar.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS: ClassVar[str] = (
        "Ribbon { width: 1fr; height: 1; text-wrap: nowrap; text-overflow: ellipsis; }"
    )
    _under: reactive[int] = reactive(-1)
    """The column under the mouse."""

    def pieces(self) -> Iterable[Piece]:
        """What the line says, from left to right."""
        return ()

    def render(self) -> Content:
        """The pieces one after the other, underlined where a click would do something."""
        parts = []
        start = 0
        for words, act in self.pieces():
            end = start + words.cell_length
            parts.append(
                words.stylize("underline") if act and start <= self._under < end else words
            )
            start = end
        return Content("").join(parts)

    def on_click(self, event: events.Click) -> None:
        """Do what the piece under the mouse does."""
        if (place := event.get_content_offset(self)) is None:
            return
        end = 0
        for words, act in self.pieces():
            end += words.cell_length
            if place.x < end:
                if act is not None:
                    act()
                return

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Underline what can be clicked."""
        place = event.get_content_offset(self)
        self._under = place.x if place is not None else -1

    def on_leave(self) -> None:
        """Underline nothing."""
        self._under = -1
