"""Pictures drawn in letters: what the picture tests compare pixels with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from textwrap import dedent
from typing import Final

import pytest
from PIL import Image

INKS: Final[Mapping[str, tuple[int, int, int]]] = {
    "_": (255, 255, 255),
    "R": (255, 0, 0),
    "G": (0, 255, 0),
    "B": (0, 0, 255),
    "K": (0, 0, 0),
    "s": (255, 127, 127),
}
"""White, red, green, blue, black, and half a red; a dot stands for any colour."""


@pytest.fixture(scope="session")
def looks_like() -> Callable[..., None]:
    """`looks_like(image, drawing, tolerance=0)`: every pixel is the colour of its letter."""

    def compare(image: Image.Image, drawing: str, *, tolerance: int = 1) -> None:
        rows = dedent(drawing).strip().split("\n")
        assert image.mode == "RGB"
        assert image.size == (len(rows[0]), len(rows))
        for y, row in enumerate(rows):
            for x, letter in enumerate(row):
                if letter == ".":
                    continue
                found = image.getpixel((x, y))
                assert isinstance(found, tuple)
                off = max(abs(a - b) for a, b in zip(found, INKS[letter], strict=True))
                assert off <= tolerance, f"({x}, {y}) is {found}, drawn as {letter}"

    return compare
