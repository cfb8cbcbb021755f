"""A line to write into that no pasted control character gets through: a terminal would obey it."""

from __future__ import annotations

import unicodedata
from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input

_TURNING: Final = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""Marks that turn the direction of a text: on the screen another text would stand there."""


def harmless(text: str) -> str:
    """The text without control characters; line breaks and tabs become spaces."""
    spaced = "".join(" " if char in "\n\r\t" else char for char in text)
    return "".join(
        char for char in spaced if unicodedata.category(char) != "Cc" and char not in _TURNING
    )


class Box(Input):
    """An `Input` whose value can always be shown; Ctrl+Z takes back what was typed, word by word."""

    # Also where nothing was typed: whoever writes does not mean the plan.
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+z", "undo", "Batalkan", show=False)]

    _before: tuple[str, ...] = ()
    """What stood here, the latest last."""

    def validate_value(self, value: str) -> str:
        """Whatever comes in, by keys, by paste or by a program."""
        return harmless(value)

    def watch_value(self, old: str, new: str) -> None:
        """Remember what stood here where a word begins or something goes."""
        goes_on = new.startswith(old) and len(new) == len(old) + 1 and not new.endswith(" ")
        if not goes_on or not old:
            self._before = (*self._before, old)

    def action_undo(self) -> None:
        """As it was before the last word."""
        if self._before:
            *earlier, value = self._before
            self.value = value
            self.cursor_position = len(value)
            self._before = tuple(earlier)  # taking back is no change to take back

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        text = harmless(event.text)
        # Of a passphrase every space counts.
        words = text if self.password else " ".join(text.split())
        self.replace(words, *self.selection)
