"""Glyph masks have the right weight, in the right place, at four positions inside a pixel."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PIL import Image

from content_kit.picture.fonts import Fonts
from content_kit.picture.glyphs import Glyph, Glyphs
from content_kit.picture.scene import SUB


def ink(image: Image.Image) -> float:
    """How many full pixels of ink a mask holds."""
    return sum(value * count for value, count in enumerate(image.histogram())) / 255


def middle(glyph: Glyph) -> float:
    """The x of a glyph's centre of gravity."""
    columns = range(glyph.mask.width)
    weights = [ink(glyph.mask.crop((x, 0, x + 1, glyph.mask.height))) for x in columns]
    return glyph.left + sum((x + 0.5) * w for x, w in zip(columns, weights, strict=True)) / sum(
        weights
    )


def drawn(glyphs: Glyphs, letter: str, size: int, phase: int = 0) -> Glyph:
    glyph = glyphs.get(letter, 600, size, phase)
    assert glyph is not None
    return glyph


@pytest.fixture(scope="module")
def glyphs() -> Glyphs:
    return Glyphs(Fonts())


@pytest.mark.parametrize("letter", "aBgé8@")
def test_ink_at_30_px_is_that_of_a_glyph_16_times_as_large(glyphs: Glyphs, letter: str) -> None:
    small = ink(drawn(glyphs, letter, 30 * SUB).mask)
    large = ink(drawn(glyphs, letter, 480 * SUB).mask) / 256
    assert small == pytest.approx(large, rel=0.01)


@pytest.mark.parametrize("letter", "iaW")
def test_a_phase_moves_a_glyph_a_quarter_of_a_pixel(glyphs: Glyphs, letter: str) -> None:
    places = [middle(drawn(glyphs, letter, 26 * SUB, phase)) for phase in range(4)]
    for before, after in pairwise(places):
        assert after - before == pytest.approx(0.25, abs=0.02)


def test_a_capital_stands_on_the_baseline(glyphs: Glyphs) -> None:
    glyph = drawn(glyphs, "H", 40 * SUB)
    assert glyph.top + glyph.mask.height == 0


def test_a_space_leaves_no_ink(glyphs: Glyphs) -> None:
    assert glyphs.get(" ", 500, 30 * SUB, 0) is None


def test_half_the_alpha_is_half_the_ink(glyphs: Glyphs) -> None:
    half = glyphs.get("B", 600, 60 * SUB, 0, 128)
    assert half is not None
    assert ink(half.mask) == pytest.approx(ink(drawn(glyphs, "B", 60 * SUB).mask) / 2, rel=0.02)


def test_a_quarter_turn_lays_a_letter_on_its_side(glyphs: Glyphs) -> None:
    upright = drawn(glyphs, "B", 64 * SUB)
    lying = glyphs.turned("B", 600, 64 * SUB, 90.0, (0.0, 0.0))
    assert lying is not None
    assert ink(lying.mask) == pytest.approx(ink(upright.mask), rel=0.01)
    assert abs(lying.mask.width - upright.mask.height) <= 1
    assert lying.left >= -1, "clockwise: what stood above the baseline is right of it"
