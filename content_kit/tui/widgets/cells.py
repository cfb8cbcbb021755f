"""A picture in half cells: every character cell shows two pixels, the upper in its ▀ and the lower behind it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from rich.color import Color
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import App
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from content_kit.files.safe_text import shown
from content_kit.model import Pixels

HALF: Final = "▀"
_MARK: Final = "┼"
_SYSTEMS: Final = frozenset({"256", "truecolor"})


def sees_colours(app: App[object]) -> bool:
    """Whether a picture can be shown: with sixteen colours or none it would be a riddle."""
    return not app.no_color and app.console.color_system in _SYSTEMS


class PixelBox(Widget):
    """Shows one picture as large as it came, in the middle; or words where there is none.

    `room` is how many pixels fit, for whoever makes the picture. A picture that is larger, because
    the window became smaller, is shown by every second or third pixel until a new one comes.
    """

    DEFAULT_CSS = "PixelBox { height: 1fr; min-height: 4; }"

    class Resized(Message):
        """Another number of pixels fits now."""

    def __init__(self, words: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._words = words
        self._pixels: Pixels | None = None
        self._mark: tuple[float, float] | None = None
        self._strips: list[Strip] | None = None

    @property
    def room(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return max(1, self.size.width), max(2, 2 * self.size.height)

    @property
    def pixels(self) -> Pixels | None:
        """The picture that is shown."""
        return self._pixels

    def show(
        self, pixels: Pixels | None, words: str = "", mark: tuple[float, float] | None = None
    ) -> None:
        """Show a picture, or words where colours cannot be seen; `mark` is a point to point at."""
        self._pixels, self._words, self._mark = pixels, words, mark
        self._strips = None
        self.refresh()

    def on_resize(self, _: events.Resize) -> None:
        """Tell whoever makes the picture."""
        self._strips = None
        self.post_message(self.Resized())

    def render(self) -> Content:
        """The words; drawn where there is no picture."""
        return Content(shown(self._words, lines=True))

    def render_line(self, y: int) -> Strip:
        """A line of the picture, or of the words."""
        if self._pixels is None or not sees_colours(self.app):
            return super().render_line(y)
        if self._strips is None:
            self._strips = list(self._drawn(self._pixels))
        blank = Strip.blank(self.size.width, self.rich_style)
        top = (self.size.height - len(self._strips)) // 2
        return self._strips[y - top] if 0 <= y - top < len(self._strips) else blank

    def _drawn(self, pixels: Pixels) -> Iterator[Strip]:
        pixels = fitted(pixels, *self.room)
        rows = half_cells(pixels, self.rich_style)
        if self._mark is not None:
            rows = _marked(rows, pixels.width, self._mark)
        left = (self.size.width - pixels.width) // 2
        for row in rows:
            strip = Strip([Segment(" " * left, self.rich_style), *row], left + pixels.width)
            yield strip.adjust_cell_length(self.size.width, self.rich_style)


def fitted(pixels: Pixels, width: int, height: int) -> Pixels:
    """The picture, if it is larger than the room, by every so many-th of its pixels."""
    step = max(-(-pixels.width // width), -(-pixels.height // height))
    if step <= 1:
        return pixels
    across, along = range(0, pixels.width, step), range(0, pixels.height, step)
    kept = (bytes(pixels.at(x, y)) for y in along for x in across)
    return Pixels(len(across), len(along), b"".join(kept))


def half_cells(pixels: Pixels, ground: Style) -> list[list[Segment]]:
    """Rows of ▀: the upper pixel in front, the lower behind; an odd last row has the ground behind.

    Neighbours that look alike are one segment: less to make, and fewer bytes for a slow terminal.
    """
    rows = []
    stride = pixels.width * 3
    styles: dict[bytes, Style] = {}
    for top in range(0, pixels.height, 2):
        upper = pixels.rgb[top * stride : (top + 1) * stride]
        lower = pixels.rgb[(top + 1) * stride : (top + 2) * stride]
        row = []
        pairs = (upper[at : at + 3] + lower[at : at + 3] for at in range(0, stride, 3))
        for pair, cells in groupby(pairs):
            style = styles.get(pair)
            if style is None:
                behind = Color.from_rgb(*pair[3:]) if lower else ground.bgcolor
                style = styles[pair] = Style.from_color(Color.from_rgb(*pair[:3]), behind)
            row.append(Segment(HALF * sum(1 for _ in cells), style))
        rows.append(row)
    return rows


def _marked(
    rows: list[list[Segment]], width: int, mark: tuple[float, float]
) -> list[list[Segment]]:
    """The rows with a cross at a point, in black or white, whichever is seen there."""
    if not rows:
        return rows
    y = min(len(rows) - 1, int(mark[1] * len(rows)))
    x = min(width - 1, int(mark[0] * width))
    before, under, after = (list(part) for part in Segment.divide(rows[y], [x, x + 1, width]))
    style = under[0].style
    ground = style.color.get_truecolor() if style and style.color else ColorTriplet(0, 0, 0)
    seen = Color.from_rgb(*((0, 0, 0) if sum(ground) > 382 else (255, 255, 255)))
    cross = Segment(_MARK, Style(color=seen, bgcolor=Color.from_triplet(ground), bold=True))
    return [*rows[:y], [*before, cross, *after], *rows[y + 1 :]]
