"""Pasted control characters never act: they are taken out before Textual looks for keys among them.

Textual reads an escape sequence inside a paste as keys, so that a bell copied along with some
words would press Ctrl+G. Nothing after its parser can tell such keys from typed ones.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

from textual._xterm_parser import XTermParser
from textual.message import Message

from content_kit.files.safe_text import LINE_ENDS

_START: Final = "\x1b[200~"
_END: Final = "\x1b[201~"
_KEPT: Final = "\n\r\t"
_BREAKS: Final = str.maketrans(dict.fromkeys(LINE_ENDS, "\n"))


class Pastes:
    """Follows what a terminal sends, piece by piece, and cleans what stands between the two marks."""

    def __init__(self) -> None:
        self._inside = False
        self._before = ""
        """The end of the piece before: a mark may be cut in two."""

    def cleaned(self, data: str) -> str:
        """The next piece as it may be read; what may be half of an end mark waits for the next."""
        done = ""
        while True:
            if not self._inside:
                whole = self._before + data
                at = whole.find(_START)
                if at < 0:
                    self._before = whole[-(len(_START) - 1) :]
                    return done + data
                cut = at + len(_START) - len(self._before)
                done, data = done + data[:cut], data[cut:]
                self._inside, self._before = True, ""
            data, self._before = self._before + data, ""
            at = data.find(_END)
            if at < 0:
                held = next(n for n in range(len(_END) - 1, -1, -1) if data.endswith(_END[:n]))
                cut = len(data) - held
                self._before = data[cut:]
                return done + _words(data[:cut])
            done += _words(data[:at]) + _END
            data, self._inside = data[at + len(_END) :], False


def _words(text: str) -> str:
    text = text.translate(_BREAKS)  # CR stays: the two marks of a paste know it
    return "".join(c for c in text if c in _KEPT or unicodedata.category(c) != "Cc")


_feed: Final = XTermParser.feed


def _fed(self: XTermParser, data: str) -> Iterable[Message]:
    if not data:
        return _feed(self, data)  # the end
    pastes = self.__dict__.setdefault("pastes", Pastes())
    clean = pastes.cleaned(data)
    return _feed(self, clean) if clean else ()


def keep_pastes_harmless() -> None:
    """From now on for every terminal: Textual has no other door, and each driver makes its own parser."""
    XTermParser.feed = _fed  # type: ignore[method-assign]
