"""Draws words, bars and rules down a page of A4, and turns the page when a block does not fit.

Line by line on reportlab's canvas: its own tables measure every cell of 4,500 rows several times.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from content_kit.files.safe_text import drawn, shown, without_emoji
from content_kit.picture import fonts

MM: Final = 72 / 25.4
WIDTH, HEIGHT = 210 * MM, 297 * MM
LEFT, RIGHT = 15 * MM, 195 * MM
TOP, BOTTOM = 282 * MM, 18 * MM

TEAL: Final = (0.043, 0.42, 0.42)
INK: Final = (0.09, 0.19, 0.18)
GREY: Final = (0.33, 0.39, 0.39)
RULE: Final = (0.78, 0.84, 0.83)
TINT: Final = (0.93, 0.97, 0.96)
RED: Final = (0.70, 0.15, 0.12)
WHITE: Final = (1.0, 1.0, 1.0)

REGULAR, BOLD = "Jakarta", "Jakarta-Tebal"

SPACE: Final = 0.07
"""What is added to a space, in sizes: the typeface's own is too narrow for small print."""

MAX_TEXT: Final = 400
"""Letters of one text that are looked at: no line of A4 holds more."""

OTHER_LETTERS: Final = "(huruf lain)"
"""Stands for words in letters that the typeface does not have: paper that is signed shows no boxes."""
ONLY_EMOJI: Final = "(emoji)"


@dataclass(frozen=True, slots=True)
class Line:
    """A text in a column and how it looks; it may take so many lines."""

    text: str
    size: float
    colour: Sequence[float] = INK
    bold: bool = False
    most: int = 1


class Pen:
    """Stands at a height `y` of a page. While `counting` it moves and turns pages but draws nothing."""

    def __init__(self, canvas: Any, measure: Callable[[str, str, float], float]) -> None:
        self.canvas = canvas
        self._bare = cache(measure)
        self.seen = cache(_seen(fonts.Fonts().covers))
        self.y = TOP
        self.page = 1
        self.counting = False
        self._filled: Sequence[float] = ()
        self._font: tuple[str, float] = ("", 0)

    def measure(self, text: str, font: str, size: float) -> float:
        """How wide a text will be."""
        return self._bare(text, font, size) + text.count(" ") * size * SPACE

    def footer(self) -> None:
        """What stands below every page."""

    def new_page(self) -> None:
        """Finish this page and begin the next."""
        self.finish()
        self.page += 1
        self.y = TOP

    def finish(self) -> None:
        """Finish this page."""
        if not self.counting:
            self.footer()
            self.canvas.showPage()
            self._filled, self._font = (), ("", 0)  # a new page knows neither

    def box(
        self, x: float, y: float, width: float, height: float, colour: Sequence[float],
        radius: float = 0,
    ) -> None:  # fmt: skip
        """A filled box."""
        if not self.counting:
            self._fill(colour)
            self.canvas.roundRect(x, y, width, height, radius, stroke=0, fill=1)

    def frame(self, x: float, y: float, size: float) -> None:
        """An empty box to tick."""
        if not self.counting:
            self.canvas.setStrokeColorRGB(*INK)
            self.canvas.setLineWidth(0.7)
            self.canvas.rect(x, y, size, size, stroke=1, fill=0)

    def rule(
        self, y: float, left: float = LEFT, right: float = RIGHT, colour: Sequence[float] = RULE
    ) -> None:
        """A line across."""
        if not self.counting:
            self.canvas.setStrokeColorRGB(*colour)
            self.canvas.setLineWidth(0.5)
            self.canvas.line(left, y, right, y)

    def column(self, x: float, end: float, floor: float, lines: Sequence[Line]) -> None:
        """Texts below each other from `y` down; what would sink below the floor is left out."""
        for line in lines:
            if not line.text:
                continue
            for part in self.wrapped(line, end - x):
                if self.y < floor:
                    return
                self.text(x, part, line.size, line.colour, bold=line.bold, width=end - x)
                self.y -= line.size * 1.3

    def wrapped(self, line: Line, width: float) -> Iterator[str]:
        """At most so many lines; what is too long for them is cut when it is drawn."""
        font = BOLD if line.bold else REGULAR
        lines: list[str] = [""]
        for word in self.seen(line.text).split():
            longer = f"{lines[-1]} {word}".strip()
            fits = self.measure(longer, font, line.size) <= width
            if fits or not lines[-1] or len(lines) == line.most:
                lines[-1] = longer
            else:
                lines.append(word)
        yield from lines

    def text(
        self, x: float, text: str, size: float, colour: Sequence[float] = INK, *,
        bold: bool = False, right: bool = False, width: float | None = None,
    ) -> None:  # fmt: skip
        """One line at `y`; what is wider than `width` ends in "…"."""
        if self.counting:
            return
        font = BOLD if bold else REGULAR
        text = self.seen(text)
        if width is not None and self.measure(text, font, size) > width:
            text = self._cut(text, font, size, width)
        self._fill(colour)
        if self._font != (font, size):
            self.canvas.setFont(font, size)
            self._font = (font, size)
        if right:
            x -= self.measure(text, font, size)
        self.canvas.drawString(x, self.y, text, wordSpace=size * SPACE)

    def _fill(self, colour: Sequence[float]) -> None:
        """Take a colour up, unless it is in the hand already."""
        if self._filled != colour:
            self.canvas.setFillColorRGB(*colour)
            self._filled = colour

    def _cut(self, text: str, font: str, size: float, width: float) -> str:
        low, high = 0, len(text)
        while low < high:  # as many letters as fit
            middle = (low + high + 1) // 2
            if self.measure(text[:middle].rstrip() + "…", font, size) <= width:
                low = middle
            else:
                high = middle - 1
        return text[:low].rstrip() + "…"


def _seen(covered: Callable[[str], bool]) -> Callable[[str], str]:
    """What the typeface can print: no emoji, hidden characters spelled out, foreign words told."""
    known = cache(covered)

    def seen(text: str) -> str:
        words, dropped = without_emoji(" ".join(text[:MAX_TEXT].split()))
        words = drawn(shown(words), known)
        words = "".join(char if char == " " or known(char) else "\0" for char in words)
        words = re.sub(r"\0[\0 ]*\0|\0", OTHER_LETTERS, words)
        return words or (ONLY_EMOJI if dropped else "")

    return seen
