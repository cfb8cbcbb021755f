"""A line to write into that no pasted control character gets through: a terminal would obey it."""

from __future__ import annotations

import unicodedata
from typing import Final

from textual import events
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
    """An `Input` whose value can always be shown."""

    def validate_value(self, value: str) -> str:
        """Whatever comes in, by keys, by paste or by a program."""
        return harmless(value)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.replace(" ".join(harmless(event.text).split()), *self.selection)
