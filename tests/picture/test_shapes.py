"""Corners, bites, polygons and stitches, as pictures in letters."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import Image

from content_kit.picture import shapes
from content_kit.picture.shapes import Corners, Shapes

LooksLike = Callable[..., None]


def stamped(w: int, h: int, radius: int | Corners) -> Image.Image:
    image = Image.new("RGB", (w, h), (255, 255, 255))
    for piece in Shapes().rounded(w, h, radius):
        image.paste((255, 0, 0), (piece.left, piece.top, piece.right, piece.bottom), piece.mask)
    return image


def inked(mask: Image.Image) -> Image.Image:
    image = Image.new("RGB", mask.size, (255, 255, 255))
    image.paste((255, 0, 0), (0, 0), mask)
    return image


def test_each_corner_has_its_own_radius(looks_like: LooksLike) -> None:
    looks_like(
        stamped(6, 6, (0, 4, 0, 0)),
        """
        RR...._
        RRR..._
        RRRRR._
        RRRRR._
        RRRRRR_
        RRRRRR_
        """.replace("_", ""),
        tolerance=1,
    )


def test_a_corner_below_zero_is_bitten_out(looks_like: LooksLike) -> None:
    looks_like(
        stamped(8, 8, (0, 0, 0, -4)),
        """
        RRRRRRRR
        RRRRRRRR
        RRRRRRRR
        RRRRRRRR
        ...RRRRR
        _...RRRR
        __..RRRR
        ___.RRRR
        """,
        tolerance=2,
    )


def test_two_bites_beside_each_other_make_one_notch() -> None:
    left, right = stamped(40, 40, (0, -10, -10, 0)), stamped(40, 40, (-10, 0, 0, -10))
    assert left.transpose(Image.Transpose.FLIP_LEFT_RIGHT).tobytes() == right.tobytes()


def test_four_equal_corners_are_as_smooth_as_one_radius() -> None:
    one, four = stamped(60, 50, 12), stamped(60, 50, (12, 12, 12, 12))
    assert one.tobytes() == four.tobytes()


def test_a_polygon_is_cut_by_fractions_of_its_box(looks_like: LooksLike) -> None:
    looks_like(
        inked(shapes.polygon(6, 3, [(0, 0), (1, 0), (0, 1)])),
        """
        RRRR..
        RR..__
        ...___
        """,
        tolerance=20,
    )


@pytest.mark.parametrize("size", [(100, 4), (4, 100), (37, 2)])
def test_a_dashed_line_begins_and_ends_with_a_dash(size: tuple[int, int]) -> None:
    mask = shapes.dashes(*size, 10, 6)
    line = mask if size[0] > size[1] else mask.transpose(Image.Transpose.ROTATE_90)
    middle = [line.getpixel((x, line.height // 2)) for x in range(line.width)]
    assert middle[1] == middle[-2] == 255
    assert 0 in middle
    assert middle == middle[::-1]
