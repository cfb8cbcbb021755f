"""A dim photo is lifted; a bright one, black and white stay as they are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from content_kit.picture.light import ENOUGH, lifted


def plain(grey: int) -> Image.Image:
    return Image.new("RGB", (40, 30), (grey, grey, grey))


def middle(image: Image.Image) -> int:
    pixel = image.getpixel((20, 15))
    assert isinstance(pixel, tuple)
    return int(pixel[0])


@given(st.integers(ENOUGH, 255))
def test_a_photo_bright_enough_is_the_very_same(grey: int) -> None:
    photo = plain(grey)
    assert lifted(photo) is photo


@given(st.integers(1, ENOUGH - 1))
def test_a_dim_photo_gets_brighter_but_never_brighter_than_enough(grey: int) -> None:
    assert grey <= middle(lifted(plain(grey))) <= ENOUGH


def test_black_and_white_points_stay() -> None:
    photo = plain(30)
    photo.paste((255, 255, 255), (0, 0, 4, 4))
    photo.paste((0, 0, 0), (4, 0, 8, 4))
    after = lifted(photo)
    assert after.getpixel((0, 0)) == (255, 255, 255)
    assert after.getpixel((5, 0)) == (0, 0, 0)


def test_colours_keep_their_order() -> None:
    red, green, blue = lifted(Image.new("RGB", (8, 8), (60, 40, 20))).getpixel((0, 0))  # type: ignore[misc]
    assert red > green > blue
