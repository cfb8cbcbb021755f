"""QR codes: whole pixels a module, quiet white around, found by what a reader looks for."""

from __future__ import annotations

import pytest
from PIL import Image

from content_kit.picture import qr

ROWS = qr.modules("https://wa.me/62812000000")


def test_three_corners_hold_the_finder_pattern() -> None:
    finder = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]
    side = len(ROWS)
    for top, left in ((0, 0), (0, side - 7), (side - 7, 0)):
        found = ["".join(map(str, line[left : left + 7])) for line in ROWS[top : top + 7]]
        assert found == finder


def test_format_bits_say_level_m_and_mask_2() -> None:
    bits = "".join(str(ROWS[8][x]) for x in (0, 1, 2, 3, 4))
    assert int(bits, 2) ^ 0b10101 == 0b00_010


@pytest.mark.parametrize("size", [150, 151, 260])
def test_every_pixel_is_black_or_white_and_the_border_is_quiet(size: int) -> None:
    image = qr.draw(ROWS, size)
    assert image.size == (size, size)
    colours = image.getcolors()
    assert colours is not None
    assert {colour for _, colour in colours} == {(0, 0, 0), (255, 255, 255)}
    each = size // qr.least_size(ROWS)
    ink = image.convert("L").point([255] + [0] * 255).getbbox()
    assert ink is not None
    assert min(ink[0], ink[1], size - ink[2], size - ink[3]) >= qr.QUIET * each
    assert ink[2] - ink[0] == len(ROWS) * each


def test_a_module_is_a_square_of_whole_pixels() -> None:
    image = qr.draw(ROWS, 3 * qr.least_size(ROWS))
    shrunk = image.resize((qr.least_size(ROWS),) * 2, Image.Resampling.NEAREST)
    again = shrunk.resize(image.size, Image.Resampling.NEAREST)
    assert again.tobytes() == image.tobytes()


def test_too_small_a_box_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        qr.draw(ROWS, qr.least_size(ROWS) - 1)


def test_too_long_a_text_is_refused() -> None:
    with pytest.raises(ValueError, match="too large"):
        qr.modules("x" * 3000)
