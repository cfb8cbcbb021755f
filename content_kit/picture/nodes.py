"""The plain nodes that `bind` makes and `layout` places: boxes, texts and images, nothing left to compute.

Lengths are hundredths of the canvas's short side (1 is 10.8 px on a 1080 px feed picture).
Colours are already `Colour` values: `bind` looked the palette's tokens up.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from content_kit.findings import Place

Colour: TypeAlias = tuple[int, int, int]
Direction: TypeAlias = Literal["row", "column", "stack"]
Align: TypeAlias = Literal["start", "center", "end", "stretch"]
Justify: TypeAlias = Literal["start", "center", "end", "between"]
Halign: TypeAlias = Literal["left", "center", "right"]
Valign: TypeAlias = Literal["top", "middle", "bottom"]
Mode: TypeAlias = Literal["cover", "contain"]
Mask: TypeAlias = Literal["none", "circle", "rounded"]
Sides: TypeAlias = tuple[float, float, float, float]
"""Top, right, bottom, left."""
Corners: TypeAlias = tuple[float, float, float, float]
"""Radii of the corners clockwise from top left; one below 0 is a bite out of the corner."""
Polygon: TypeAlias = tuple[tuple[float, float], ...]
"""Corners as fractions of a box."""


@dataclass(frozen=True, slots=True)
class Solid:
    """One colour; `alpha` below 1 lets what lies under it through."""

    colour: Colour
    alpha: float = 1.0


@dataclass(frozen=True, slots=True)
class Gradient:
    """Colours from one end to the other; `angle` in degrees, 0 downwards, 90 to the right.

    With `radial` the first colour is in the middle (`centre` as fractions of the box). `alphas`
    are how much of the first and of the last colour covers what lies below.
    """

    stops: tuple[Colour, ...]
    angle: float = 0.0
    radial: bool = False
    centre: tuple[float, float] = (0.5, 0.5)
    alphas: tuple[float, float] = (1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Motif:
    """A quiet sasirangan pattern over another fill. `scale` is the tile's width as a length."""

    name: str
    over: Solid | Gradient
    colour: Colour
    alpha: float = 0.10
    scale: float = 11.0


@dataclass(frozen=True, slots=True)
class Edge:
    """A strip whose lower side is cut in a motif (gigi haruan, bayam raja); `flip` cuts the upper."""

    name: str
    colour: Colour
    scale: float = 5.5
    flip: bool = False


@dataclass(frozen=True, slots=True)
class Dash:
    """A line of round dashes along the longer side of its box; `dash` and `gap` are lengths."""

    colour: Colour
    dash: float = 1.0
    gap: float = 0.9


Fill: TypeAlias = Solid | Gradient | Motif | Edge | Dash


@dataclass(frozen=True, slots=True)
class Shadow:
    """A soft shadow: blur radius and downward shift as lengths."""

    blur: float = 3.0
    shift: float = 1.0
    colour: Colour = (0, 0, 0)
    alpha: float = 0.18


@dataclass(frozen=True, slots=True)
class Border:
    """A line just inside the edge."""

    width: float
    colour: Colour
    alpha: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """What every node may say.

    `anchor` places a child of a stack: fractions of the free space (0, 0 top left, 1, 1 bottom
    right), None fills the stack; `shift` moves it afterwards by lengths. `rotate` is in degrees clockwise
    and does not change the room a node takes. `align` overrides the parent's cross alignment.
    `source_field` is what the node shows ("isi.judul", "posyandu.desa"), so that a finding can
    name it.
    """

    width: float | None = None
    height: float | None = None
    grow: float = 0.0
    align: Align | None = None
    anchor: tuple[float, float] | None = None
    shift: tuple[float, float] = (0.0, 0.0)
    rotate: float = 0.0
    opacity: float = 1.0
    at: Place = field(default=Place(), compare=False)
    source_field: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box(Common):
    """A row, a column or a stack of children.

    `columns` breaks a row into lines of n equal cells, `wrap` into as many lines as its children
    need. `polygon` cuts the fill, not the children. `safe` says on which sides (top, right,
    bottom, left) the channel's safe area is added to the padding: in YAML `pad: safe` for all
    four, or `safe: [top, left, right]` beside an ordinary `pad`. `cross` is the cross-axis alignment of the children, `justify` the main-axis one.
    """

    direction: Direction
    children: tuple[Node, ...] = ()
    columns: int | None = None
    wrap: bool = False
    gap: float = 0.0
    pad: Sides = (0.0, 0.0, 0.0, 0.0)
    safe: tuple[bool, bool, bool, bool] = (False, False, False, False)
    cross: Align = "stretch"
    justify: Justify = "start"
    fill: Fill | None = None
    radius: float | Corners = 0.0
    polygon: Polygon = ()
    shadow: Shadow | None = None
    border: Border | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Common):
    """Words in one style. `fit` is the smallest and largest size; without it `size` holds.

    `leading` is a factor of the size, `tracking` a fraction of it, `weight` 200 to 800.
    `lines` is the most lines allowed (0: as many as fit). `balance` evens the lines out.
    Fitted texts of one `group` all take the size of the one that had to be smallest.
    `strike` is the colour of a bar through every line: what is written no longer holds.
    `name` says that the words come from life (a posyandu, a desa, a place, a person), so that
    they give way by every means before they count as too long.
    """

    text: str
    size: float = 3.0
    fit: tuple[float, float] | None = None
    weight: int = 500
    leading: float = 1.3
    tracking: float = 0.0
    colour: Colour = (0, 0, 0)
    halign: Halign = "left"
    valign: Valign = "top"
    lines: int = 0
    balance: bool = False
    group: str = ""
    strike: Colour | None = None
    name: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Image(Common):
    """A picture from a source "art:name", "photo:file", "logo:file" or "qr:text".

    A missing width or height follows from the other and the picture's own ratio.
    `focus` (fractions) is the point that a `cover` crop keeps. `flip` mirrors it; `tint` paints
    all of a piece of art in one colour.
    """

    source: str
    mode: Mode = "contain"
    focus: tuple[float, float] = (0.5, 0.5)
    mask: Mask = "none"
    radius: float = 0.0
    flip: bool = False
    tint: Colour | None = None
    shadow: Shadow | None = None
    border: Border | None = None


Node: TypeAlias = Box | Text | Image
