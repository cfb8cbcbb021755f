"""A laid-out picture: a size in pixels and a flat list of placed items, painted in order.

Positions and sizes are whole numbers of 1/64 px, so that equal input gives equal scenes on
every machine; `paint` rounds once. Colours are (r, g, b).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from content_kit.findings import Finding
from content_kit.picture.nodes import Colour, Fill, Polygon

SUB: Final = 64
"""How many parts a pixel has in a scene."""


Radius: TypeAlias = int | tuple[int, int, int, int]
"""One radius in 1/64 px, or one for each corner clockwise from top left (below 0 a bite)."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in 1/64 px."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        """The x just after it."""
        return self.x + self.w

    @property
    def bottom(self) -> int:
        """The y just below it."""
        return self.y + self.h

    def meets(self, other: Rect) -> bool:
        """Whether both have some room in common."""
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )

    def contains(self, other: Rect, slack: int = 0) -> bool:
        """Whether the other lies inside, give or take `slack`."""
        return (
            self.x - slack <= other.x
            and self.y - slack <= other.y
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )


@dataclass(frozen=True, slots=True)
class FillItem:
    """A filled rectangle with round corners, or the polygon in it (corners as fractions of the box).

    Lengths inside `fill` (motif scale) are hundredths.
    """

    box: Rect
    fill: Fill
    radius: Radius = 0
    opacity: float = 1.0
    polygon: Polygon = ()


@dataclass(frozen=True, slots=True)
class ShadowItem:
    """The soft shadow of a rounded rectangle; `box` is the rectangle that casts it."""

    box: Rect
    radius: Radius
    blur: int
    shift: int
    colour: Colour
    alpha: float


@dataclass(frozen=True, slots=True)
class BorderItem:
    """A line of `width` just inside a rounded rectangle."""

    box: Rect
    radius: Radius
    width: int
    colour: Colour
    alpha: float = 1.0


@dataclass(frozen=True, slots=True)
class TextItem:
    """One line of text: characters with their x, all on the baseline `y`.

    `size` is the em in 1/64 px; `box` is the line's own room (advance width by leading), `text`
    the words for tests and for reading aloud.
    """

    box: Rect
    text: str
    glyphs: tuple[tuple[str, int], ...]
    y: int
    size: int
    weight: int
    colour: Colour
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class ImageItem:
    """A picture in a box: "art:name", "photo:file", "logo:file" or "qr:text"."""

    box: Rect
    source: str
    mode: Literal["cover", "contain"] = "contain"
    focus: tuple[float, float] = (0.5, 0.5)
    mask: Literal["none", "circle", "rounded"] = "none"
    radius: int = 0
    opacity: float = 1.0
    flip: bool = False
    tint: Colour | None = None


@dataclass(frozen=True, slots=True)
class LayerItem:
    """Items that turn together around the middle of `box`, or fade together."""

    box: Rect
    items: tuple[Item, ...]
    angle: float = 0.0
    opacity: float = 1.0


Item: TypeAlias = FillItem | ShadowItem | BorderItem | TextItem | ImageItem | LayerItem


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture of `width` × `height` px, ready to paint, with what layout had to complain about.

    `unit` is one template length (a hundredth of the short side) in 1/64 px. `colours` is the
    palette that the scene's art follows, as (token, colour) pairs in a fixed order.
    """

    width: int
    height: int
    unit: float
    items: tuple[Item, ...]
    findings: tuple[Finding, ...] = ()
    colours: tuple[tuple[str, Colour], ...] = ()

    def texts(self) -> list[TextItem]:
        """Every line of text, those in layers as well, in painting order."""
        return [item for item in walk(self.items) if isinstance(item, TextItem)]


def walk(items: tuple[Item, ...]) -> Iterator[Item]:
    """Every item, layers before what they hold."""
    for item in items:
        yield item
        if isinstance(item, LayerItem):
            yield from walk(item.items)


@dataclass(frozen=True, slots=True)
class Placed:
    """An item as it finally lies: its bounds on the picture, its layers, its opacity.

    `layer` numbers the rotated layers around it from the outside; items of equal `layer` share a
    frame, so their boxes compare exactly. `bounds` is upright and encloses a rotated box.
    """

    item: FillItem | ShadowItem | BorderItem | TextItem | ImageItem
    bounds: Rect
    layer: tuple[int, ...] = ()
    opacity: float = 1.0


def placed(items: tuple[Item, ...]) -> Iterator[Placed]:
    """Every item that is painted, in order, with its bounds on the picture."""
    yield from _placed(items, (), (), 1.0)


def _placed(
    items: tuple[Item, ...],
    layer: tuple[int, ...],
    turns: tuple[tuple[float, Rect], ...],
    opacity: float,
) -> Iterator[Placed]:
    for number, item in enumerate(items):
        if not isinstance(item, LayerItem):
            yield Placed(item, _turned(item.box, turns), layer, opacity)
        elif item.angle:
            inside = (*turns, (item.angle, item.box))
            yield from _placed(item.items, (*layer, number), inside, opacity * item.opacity)
        else:
            yield from _placed(item.items, layer, turns, opacity * item.opacity)


def _turned(box: Rect, turns: tuple[tuple[float, Rect], ...]) -> Rect:
    """The upright bounds of a box after the rotations around it, the innermost first."""
    if not turns:
        return box
    corners = [(x, y) for x in (box.x, box.right) for y in (box.y, box.bottom)]
    points = [(float(x), float(y)) for x, y in corners]
    for angle, around in reversed(turns):
        cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        mx, my = around.x + around.w / 2, around.y + around.h / 2
        points = [
            (mx + (x - mx) * cos - (y - my) * sin, my + (x - mx) * sin + (y - my) * cos)
            for x, y in points
        ]
    left, top = (math.floor(min(axis)) for axis in zip(*points, strict=True))
    right, bottom = (math.ceil(max(axis)) for axis in zip(*points, strict=True))
    return Rect(left, top, right - left, bottom - top)
