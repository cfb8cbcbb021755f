"""What drawing a piece of art would take, told from its elements before a pixel is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

MAX_DRAWN: Final = 10_000
"""Elements after every `use` was followed: a few uses of uses make millions out of ten."""
MAX_USE_DEPTH: Final = 8
MAX_COST: Final = 900.0
"""Milliseconds on a plain laptop at 1080 × 1080, were every shape to fill the picture."""
MAX_REACH: Final = 10_000.0
"""How far outside its picture a point may lie, in pictures: beyond, the renderer loses its head."""

_SHAPE, _NUMBER, _HALF, _GRADIENT, _LAYER = 0.3, 0.03, 2.0, 5.0, 9.0
"""Milliseconds, measured: a shape; a number of its outline; a paint one sees through; a gradient;
a group that is drawn apart and laid on."""

_FOUND: Final = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_TRANSFORM: Final = re.compile(r"(\w+)\s*\(([^)]*)\)")
_LENGTHS: Final = frozenset(
    ("x", "y", "width", "height", "cx", "cy", "r", "rx", "ry", "x1", "y1", "x2", "y2")
)
_SEEN_THROUGH: Final = ("fill-opacity", "stroke-opacity")


@dataclass(slots=True)
class Element:
    """One element that was understood; `link` is the id that a `use` or a gradient points to."""

    name: str
    attributes: dict[str, str]
    line: int
    children: list[Element] = field(default_factory=list)
    link: str = ""


@dataclass(frozen=True, slots=True)
class _Load:
    """An element with all that is drawn for it: how many, how deep in uses, what it takes, how far."""

    drawn: int
    deepest: int
    cost: float
    reach: float


class _TooMuch(Exception):
    """It is too much; what and in which line."""


def too_heavy(root: Element, side: float) -> tuple[str, int] | None:
    """Why art is too much to draw, and the line; None when it is not. `side` is its longer one."""
    by_id: dict[str, Element] = {}
    for element in _all(root):
        if "id" in element.attributes:
            by_id.setdefault(element.attributes["id"], element)
    try:
        load = _Scales(by_id, side).load(root, frozenset(), 0)
    except _TooMuch as much:
        said, line = much.args
        return str(said), int(line)
    if load.cost > MAX_COST:
        return "Gambar SVG terlalu rumit: terlalu banyak lapisan, gradasi, atau bentuk.", root.line
    return None


class _Scales:
    """Weighs elements, each once."""

    def __init__(self, by_id: dict[str, Element], side: float) -> None:
        self._by_id = by_id
        self._side = side
        self._known: dict[int, _Load] = {}

    def load(self, element: Element, above: frozenset[int], uses: int) -> _Load:
        """What an element takes with all below it and all it uses; _TooMuch when that is endless."""
        if id(element) in above or uses > MAX_USE_DEPTH:
            raise _TooMuch("<use> menunjuk ke dirinya sendiri atau terlalu dalam.", element.line)
        if id(element) in self._known:
            return self._known[id(element)]
        above |= {id(element)}
        below = [self.load(child, above, uses) for child in element.children]
        deepest = max((one.deepest for one in below), default=0)
        target = self._by_id.get(element.link) if element.name == "use" else None
        if target is not None:
            used = self.load(target, above, uses + 1)
            below.append(used)
            deepest = max(deepest, used.deepest + 1)
        drawn = 1 + sum(one.drawn for one in below)
        if drawn > MAX_DRAWN or deepest > MAX_USE_DEPTH:
            raise _TooMuch("Gambar SVG terlalu banyak memakai <use>.", element.line)
        # What a group paints with, each shape in it paints with.
        cost = sum(one.cost for one in below) + _own_cost(element) + drawn * _paint_cost(element)
        scale, offset = _moved(element)
        reach = scale * max([_own_reach(element), *(one.reach for one in below)]) + offset
        if not reach <= MAX_REACH * self._side:
            raise _TooMuch("Ada angka yang terlalu besar pada gambar SVG ini.", element.line)
        load = self._known[id(element)] = _Load(drawn, deepest, cost, reach)
        return load


def _own_cost(element: Element) -> float:
    outline = (element.attributes.get(key, "") for key in ("d", "points"))
    numbers = sum(len(_FOUND.findall(text)) for text in outline)
    layer = element.attributes.get("opacity", "1") not in ("1", "1.0", "100%")
    return _SHAPE + _NUMBER * numbers + (_LAYER if layer else 0)


def _paint_cost(element: Element) -> float:
    paints = (element.attributes.get(key, "") for key in ("fill", "stroke"))
    gradients = sum(paint.startswith("url(") for paint in paints)
    halves = sum(key in element.attributes for key in _SEEN_THROUGH)
    return _GRADIENT * gradients + _HALF * halves


def _own_reach(element: Element) -> float:
    """The farthest that an element draws from the origin, at most."""
    found = [abs(n) for key in _LENGTHS for n in _numbers(element.attributes.get(key, ""))]
    outline = [_numbers(element.attributes.get(key, "")) for key in ("d", "points")]
    far = max([0.0, *found, *(abs(n) for numbers in outline for n in numbers)])
    widths = (abs(n) for n in _numbers(element.attributes.get("stroke-width", "")))
    return far + max([0.0, *widths])


def _moved(element: Element) -> tuple[float, float]:
    """How many times larger a transform makes what is in an element, and how far it moves it."""
    scale, offset = 1.0, 0.0
    for kind, words in _TRANSFORM.findall(element.attributes.get("transform", "")):
        numbers = [abs(n) for n in _numbers(words)]
        if kind == "matrix":
            scale *= max([1.0, sum(numbers[:4])])
            offset = offset * scale + sum(numbers[4:])
        elif kind == "translate":
            offset += scale * sum(numbers)
        elif kind == "scale":
            scale *= max([1.0, *numbers])
        elif kind.startswith("skew"):
            scale *= 100  # a tangent: near a right angle it has no end, and nobody draws that
    return scale, offset


def _numbers(text: str) -> list[float]:
    return [float(found) for found in _FOUND.findall(text)]


def _all(root: Element) -> Iterator[Element]:
    pending = [root]
    while pending:
        element = pending.pop()
        yield element
        pending += element.children
