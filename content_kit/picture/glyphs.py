"""Masks of single glyphs at one size and one of four horizontal positions inside a pixel.

HarfBuzz draws the outlines with exact area coverage, at the very position asked for: no
supersampling, no hinting, the same bytes on every platform, 16 to 30 µs a glyph. (Pillow sets
glyphs on whole pixels only, so word gaps at 26 to 30 px look uneven.) Baselines stay on whole
pixels, so that horizontal strokes are crisp.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians, sin
from typing import Final

import uharfbuzz as hb
from PIL import Image

from content_kit.picture.fonts import Fonts
from content_kit.picture.scene import SUB

PHASES: Final = 4
"""Horizontal positions inside a pixel: finer steps are not seen at poster sizes."""

_BIG: Final = 96 * SUB
"""From this size on a glyph costs up to 90 KB, so few of them are kept."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A mask (mode L) with its sides as seen from the pen, in whole px.

    `ink` is the C image behind the mask: asking Pillow for it 500 times a poster takes its time.
    """

    left: int
    top: int
    right: int
    bottom: int
    mask: Image.Image
    ink: object

    @classmethod
    def of(cls, left: int, top: int, mask: Image.Image) -> Glyph:
        """A mask whose top left corner lies there."""
        return cls(left, top, left + mask.width, top + mask.height, mask, mask.im)


class Glyphs:
    """An atlas: keeps what it drew, bounded to a few MB."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._small: Callable[[str, int, int, int, int], Glyph | None]
        self._small = lru_cache(maxsize=3000)(self._draw)
        self._big: Callable[[str, int, int, int, int], Glyph | None]
        self._big = lru_cache(maxsize=128)(self._draw)

    def get(self, piece: str, weight: int, size: int, phase: int, alpha: int = 255) -> Glyph | None:
        """The mask of a piece of text, scaled by `alpha`; None when it leaves no ink.

        `size` is the em in 1/64 px, `phase` counts quarters of a pixel to the right.
        """
        return self.at(size)(piece, weight, size, phase, alpha)

    def at(self, size: int) -> Callable[[str, int, int, int, int], Glyph | None]:
        """What `get` does for this size, for a caller that asks for many."""
        return self._small if size < _BIG else self._big

    def turned(
        self, piece: str, weight: int, size: int, angle: float, at: tuple[float, float]
    ) -> Glyph | None:
        """A piece turned clockwise by `angle` degrees, its pen at `at` within the pixel.

        Turned outlines stay as sharp as straight ones; they are few, so they are not kept.
        """
        scale = size / (SUB * self._fonts.em)
        across, down = scale * cos(radians(angle)), scale * sin(radians(angle))
        return self._drawn(piece, weight, (across, -down, down, across), at)

    def _draw(self, piece: str, weight: int, size: int, phase: int, alpha: int) -> Glyph | None:
        scale = size / (SUB * self._fonts.em)
        glyph = self._drawn(piece, weight, (scale, 0.0, 0.0, scale), (phase / PHASES, 0.0))
        if glyph is None or alpha >= 255:
            return glyph
        faded = glyph.mask.point([value * alpha // 255 for value in range(256)])
        return Glyph.of(glyph.left, glyph.top, faded)

    def _drawn(
        self,
        piece: str,
        weight: int,
        matrix: tuple[float, float, float, float],
        at: tuple[float, float],
    ) -> Glyph | None:
        """The outlines through a matrix (HarfBuzz: y upwards), from a point in px (y downwards)."""
        font = self._fonts.weighted(weight)
        xx, yx, xy, yy = matrix
        draw = hb.RasterDraw()
        for outline in self._fonts.outlines(piece, weight):
            x = outline.x * xx + outline.y * xy + at[0]
            y = outline.x * yx + outline.y * yy - at[1]
            draw.transform = (xx, yx, xy, yy, x, y)
            draw.draw_glyph(font, outline.glyph)
        drawn = draw.render()
        extents = drawn.extents if drawn else None
        if not extents or not extents.width or not extents.height:
            return None
        size_px = (extents.width, extents.height)
        # Rows come from bottom to top: the -1 turns them over.
        mask = Image.frombytes("L", size_px, drawn.buffer, "raw", "L", extents.stride, -1)
        return Glyph.of(extents.x_origin, -extents.y_origin - extents.height, mask)
