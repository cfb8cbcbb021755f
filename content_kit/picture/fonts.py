"""The one typeface of every picture: how wide words are, which characters exist, how high letters stand.

A text is shaped once per weight in fine font units; every size is arithmetic on that, so fitting
a title tries sizes without shaping again. Sizes and results are whole 1/64 px (`scene.SUB`).
Raqm is not used: it needs FriBiDi, which Windows does not have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata, resources
from typing import Final

import uharfbuzz as hb

FINE: Final = 64
"""Parts of a font unit kept in advances: whole units would drift 1/20 px a glyph in a title."""

WEIGHTS: Final = (200, 800)
"""The ends of the weight axis of Plus Jakarta Sans."""

_FEATURES: Final = {"kern": True, "liga": False, "clig": False, "dlig": False, "calt": False}
"""Ligatures off: a line is drawn character by character."""

_REMEMBERED: Final = 4096


def version() -> str:
    """The release of the typeface: another one may move every line."""
    return metadata.version("fontpkg-plus-jakarta-sans")


def static(weight: int) -> bytes:
    """The typeface at one weight as a TrueType file without axes, for documents that embed it."""
    package = resources.files("fontpkg_plus_jakarta_sans")
    face = hb.Face((package / "files" / "PlusJakartaSans[wght].ttf").read_bytes())
    wanted = hb.SubsetInput()
    wanted.keep_everything()
    wanted.pin_axis_location(face, "wght", weight)
    data = hb.subset(face, wanted).blob.data
    assert isinstance(data, bytes)
    return data


@dataclass(frozen=True, slots=True)
class Shaped:
    """A text at one weight: its pieces (mostly single characters), where each starts, the whole.

    Measures are in `FINE` parts of a font unit. A letter and its combining marks are one piece.
    """

    pieces: tuple[str, ...]
    starts: tuple[int, ...]
    advance: int


@dataclass(frozen=True, slots=True)
class Outline:
    """One glyph of a piece: its number in the font and where it sits, in `FINE` parts."""

    glyph: int
    x: int
    y: int


class Fonts:
    """Opens the typeface once; keeps what it measured. Not for use from two threads at once."""

    def __init__(self) -> None:
        package = resources.files("fontpkg_plus_jakarta_sans")
        self._face = hb.Face((package / "files" / "PlusJakartaSans[wght].ttf").read_bytes())
        self._upem: int = self._face.upem
        self._em: int = self._upem * FINE
        self._characters: frozenset[int] = frozenset(self._face.unicodes)
        # Caches belong to the object and go with it; `lru_cache` on a method would keep `self`.
        self._weighted = lru_cache(maxsize=16)(self._open)
        self._shaped = lru_cache(maxsize=_REMEMBERED)(self._shape)
        regular = self._weighted(400)
        extents = regular.get_font_extents("ltr")
        self._descent: int = -extents.descender
        self._cap: int = self._metric(regular, hb.OTMetricsTag.CAP_HEIGHT, "H")

    def covers(self, char: str) -> bool:
        """Whether the typeface can draw this character (combining marks of a letter as well)."""
        return all(ord(one) in self._characters for one in char)

    def advances(
        self, text: str, weight: int, size: int, tracking: float = 0.0
    ) -> tuple[tuple[str, int], ...]:
        """The pieces of a line and the x of each in 1/64 px, as a `TextItem` wants them.

        `size` is the em in 1/64 px, `tracking` a fraction of the em added between pieces.
        """
        shaped = self._shaped(text, weight)
        extra = round(tracking * self._em)
        em, half = self._em, self._em // 2
        starts: Sequence[int] = shaped.starts
        if extra:
            starts = [start + number * extra for number, start in enumerate(starts)]
        places = [(start * size + half) // em for start in starts]
        return tuple(zip(shaped.pieces, places, strict=True))

    def width(self, text: str, weight: int, size: int, tracking: float = 0.0) -> int:
        """The advance width of a line in 1/64 px; tracking counts between pieces, not after."""
        shaped = self._shaped(text, weight)
        extra = round(tracking * self._em) * max(0, len(shaped.pieces) - 1)
        return ((shaped.advance + extra) * size + self._em // 2) // self._em

    def descent(self, size: int) -> int:
        """How far the font reaches below the baseline, in 1/64 px, positive."""
        return self._scaled(self._descent, size)

    def cap_height(self, size: int) -> int:
        """The height of a capital letter, in 1/64 px."""
        return self._scaled(self._cap, size)

    def outlines(self, piece: str, weight: int) -> tuple[Outline, ...]:
        """The glyphs that draw one piece, for the glyph atlas."""
        buffer = self._run(piece, weight)
        found, x = [], 0
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            found.append(Outline(info.codepoint, x + position.x_offset, position.y_offset))
            x += position.x_advance
        return tuple(found)

    def weighted(self, weight: int) -> hb.Font:
        """The typeface at one weight, with one em of `em` units, for drawing outlines."""
        return self._weighted(weight)

    @property
    def em(self) -> int:
        """How many units of a `weighted` font make one em."""
        return self._em

    def _open(self, weight: int) -> hb.Font:
        font = hb.Font(self._face)
        font.scale = (self._em, self._em)
        # The default of the axis is not what a style asks for: every axis is always set.
        font.set_variations({"wght": min(max(weight, WEIGHTS[0]), WEIGHTS[1])})
        return font

    def _run(self, text: str, weight: int) -> hb.Buffer:
        buffer = hb.Buffer()
        buffer.add_str(text)
        # Set, not guessed: a line of digits or dots must not depend on the machine's locale.
        buffer.direction, buffer.script, buffer.language = "ltr", "Latn", "id"
        hb.shape(self._weighted(weight), buffer, _FEATURES)
        return buffer

    def _shape(self, text: str, weight: int) -> Shaped:
        if not text:
            return Shaped((), (), 0)
        buffer = self._run(text, weight)
        bounds: list[int] = []
        starts: list[int] = []
        x = 0
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            if not bounds or info.cluster != bounds[-1]:
                bounds.append(info.cluster)
                starts.append(x)
            x += position.x_advance
        ends = [*bounds[1:], len(text)]
        pieces = tuple(text[a:b] for a, b in zip(bounds, ends, strict=True))
        return Shaped(pieces, tuple(starts), x)

    def _scaled(self, units: int, size: int) -> int:
        return (units * size + self._em // 2) // self._em

    @staticmethod
    def _metric(font: hb.Font, tag: hb.OTMetricsTag, letter: str) -> int:
        value: int | None = font.get_metric_position(tag)
        if value:
            return value
        glyph = font.get_nominal_glyph(ord(letter))
        extents = font.get_glyph_extents(glyph) if glyph else None
        return extents.y_bearing if extents else 0
