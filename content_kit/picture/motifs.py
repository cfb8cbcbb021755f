"""Sasirangan patterns as masks: tiles that repeat without a seam, and strips with a cut edge.

Eight of them are SVG tiles in `assets/motifs`, whose stitched lines are what makes a cloth
sasirangan; the rest is drawn here, large and reduced once per size, so that thin lines stay
smooth. The results are kept with the fills they are part of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from math import cos, pi, sin
from types import MappingProxyType
from typing import Final, TypeAlias

from PIL import Image, ImageDraw

from content_kit.files import bundled
from content_kit.model import Cloth
from content_kit.picture import art
from content_kit.picture.gradients import tiled

Point: TypeAlias = tuple[float, float]

_TIMES: Final = 4
"""How much larger than needed a tile is drawn."""


class _Pen:
    """Draws on a tile in fractions of its width; what crosses a side comes in at the other."""

    def __init__(self, width: int, ratio: float) -> None:
        self.size = (width, max(1, round(width * ratio)))
        self._unit = width * _TIMES
        self._tile = Image.new("L", (self.size[0] * _TIMES, self.size[1] * _TIMES), 0)
        self._draw = ImageDraw.Draw(self._tile)

    def polygon(self, points: Iterable[Point], shade: int = 255) -> None:
        """A filled polygon."""
        corners = [(x * self._unit, y * self._unit) for x, y in points]
        wide, high = self._tile.size
        for dx in (-wide, 0, wide):
            for dy in (-high, 0, high):
                self._draw.polygon([(x + dx, y + dy) for x, y in corners], fill=shade)

    def ring(self, outer: Iterable[Point], inner: Iterable[Point], shade: int = 255) -> None:
        """What lies between two polygons; the inside is cleared."""
        self.polygon(outer, shade)
        self.polygon(inner, 0)

    def dot(self, x: float, y: float, radius: float, shade: int = 255) -> None:
        """A filled circle."""
        self.polygon(_star(x, y, radius, radius, rays=16), shade)

    def done(self) -> Image.Image:
        """The tile at its real size."""
        return self._tile.resize(self.size, Image.Resampling.BOX)


def _diamond(x: float, y: float, reach: float) -> list[Point]:
    return [(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)]


def _star(
    x: float, y: float, outer: float, inner: float, *, rays: int, turn: float = 0.0
) -> list[Point]:
    points = []
    for step in range(2 * rays):
        reach = inner if step % 2 else outer
        angle = pi * step / rays + turn
        points.append((x + reach * sin(angle), y - reach * cos(angle)))
    return points


def _gagatas(width: int) -> Image.Image:
    """Gagatas: cut diamonds, one in another, with a seed where four of them meet."""
    pen = _Pen(width, 1.0)
    pen.ring(_diamond(0.5, 0.5, 0.425), _diamond(0.5, 0.5, 0.345))
    pen.polygon(_diamond(0.5, 0.5, 0.175), 190)
    pen.polygon(_diamond(0.0, 0.0, 0.05), 190)
    return pen.done()


def _ombak(width: int) -> Image.Image:
    """Ombak: rows of waves that rise and fall, each row half a wave on, a drop in every trough."""
    pen = _Pen(width, 1.1)
    for base, shift in ((0.30, 0.0), (0.85, 0.5)):
        for thick, lift, shade in ((0.038, 0.0, 255), (0.02, 0.11, 150)):
            steps = [i / 48 for i in range(-2, 51)]
            upper, lower = [], []
            for x in steps:
                angle = 2 * pi * (x + shift)
                y = base + lift - 0.115 * cos(angle)
                slope = 0.115 * 2 * pi * sin(angle)
                # The pen's width is measured across the line, not downwards.
                half = thick / 2 * (1 + slope * slope) ** 0.5
                upper.append((x, y - half))
                lower.append((x, y + half))
            pen.polygon([*upper, *reversed(lower)], shade)
        pen.dot(0.5 - shift, base - 0.12, 0.04)
    return pen.done()


_STARS: Final = (
    (0.20, 0.18, 0.105, 0.15),
    (0.70, 0.10, 0.055, 0.50),
    (0.50, 0.42, 0.075, -0.25),
    (0.90, 0.40, 0.095, 0.35),
    (0.12, 0.62, 0.060, 0.05),
    (0.35, 0.84, 0.100, -0.10),
    (0.72, 0.72, 0.080, 0.60),
    (0.96, 0.92, 0.050, -0.40),
)
_SPECKS: Final = (
    (0.43, 0.13),
    (0.05, 0.38),
    (0.70, 0.30),
    (0.33, 0.60),
    (0.55, 0.64),
    (0.60, 0.94),
)


def _bintang_bahambur(width: int) -> Image.Image:
    """Bintang bahambur: stars scattered over the cloth, large and small, with specks between."""
    pen = _Pen(width, 1.0)
    for x, y, reach, turn in _STARS:
        pen.polygon(
            _star(x, y, reach, reach * 0.46, rays=5, turn=turn), 255 if reach > 0.07 else 190
        )
    for x, y in _SPECKS:
        pen.dot(x, y, 0.014, 190)
    return pen.done()


_TILES: Final[Mapping[str, tuple[Callable[[int], Image.Image], float]]] = MappingProxyType(
    {
        "gagatas": (_gagatas, 1.0),
        "ombak": (_ombak, 1.0),
        "bintang_bahambur": (_bintang_bahambur, 2.0),
    }
)
"""How to draw each, and its width beside the motif's scale: scattered stars need a larger tile."""

STITCHED: Final = tuple(motif.value for motif in Cloth)
"""The motifs drawn as SVG tiles: those of which a posyandu has one as its own."""

MOTIFS: Final = (*STITCHED, *_TILES)
"""The names a motif fill may have."""

EDGES: Final = ("gigi_haruan", "bayam_raja")
"""The names an edge fill may have."""


def tile(name: str, width: int) -> Image.Image:
    """One tile of a motif `width` px wide (mode L). KeyError for an unknown name."""
    if name in STITCHED:
        return _stitched(name, max(4, width))
    draw, times = _TILES[name]
    return draw(max(4, round(width * times)))


@lru_cache(maxsize=32)
def _stitched(name: str, width: int) -> Image.Image:
    file = bundled.root() / "assets" / "motifs" / f"{name}.svg"
    drawing, findings = art.read(file.read_bytes(), file.name)
    assert drawing is not None, [finding.sentence() for finding in findings]
    picture, _ = art.draw(drawing, width, width, {})
    assert picture is not None
    return picture.getchannel("A")


def field(name: str, w: int, h: int, width: int) -> Image.Image:
    """A mask of w × h px covered with tiles; both sides are cut alike."""
    one = tile(name, width)
    return tiled(one, w, h, left=-(w % one.width) // 2 % one.width)


def edge(name: str, w: int, h: int, tooth: float, *, flip: bool = False) -> Image.Image:
    """A mask of a strip whose lower side is cut in teeth about `tooth` px wide, whole ones only.

    The cut is at most 0.6 of a tooth deep, the rest of the strip is full. `flip` turns it over.
    KeyError for an unknown name.
    """
    if name not in EDGES:
        raise KeyError(name)
    count = max(1, round(w / tooth))
    step = w / count
    depth = min(float(h), step * (0.6 if name == "gigi_haruan" else 0.5))
    cut = Image.new("L", (w * _TIMES, -(-round(depth * _TIMES) // _TIMES) * _TIMES), 0)
    points: list[Point] = [(0.0, 0.0)]
    if name == "gigi_haruan":
        for number in range(count):
            points += [((number + 0.5) * step, depth), ((number + 1) * step, 0.0)]
    else:
        # Leaf tips: round below, sharp between, as the edge of the spinach is sewn.
        for number in range(count):
            for part in range(1, 25):
                reach = depth * abs(sin(pi * part / 24)) ** 0.75
                points.append(((number + part / 24) * step, reach))
    ImageDraw.Draw(cut).polygon([(x * _TIMES, y * _TIMES) for x, y in points], fill=255)
    cut = cut.reduce(_TIMES)
    mask = Image.new("L", (w, h), 0)
    mask.paste(255, (0, 0, w, h - cut.height))
    mask.paste(cut, (0, h - cut.height))
    return mask.transpose(Image.Transpose.FLIP_TOP_BOTTOM) if flip else mask
