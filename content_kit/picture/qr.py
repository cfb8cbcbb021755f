"""A QR code as a crisp picture: whole pixels a module, four modules of quiet white around it."""

from __future__ import annotations

from typing import Final

import segno
from PIL import Image

from content_kit.picture.nodes import Colour

QUIET: Final = 4
"""White modules around the code: what the standard asks for."""

_MASK: Final = 2
"""A fixed mask costs 4 ms, the search for the best of eight 15 to 23; readers accept any."""


def modules(text: str) -> tuple[bytes, ...]:
    """The rows of the code without its quiet zone, 1 for dark. ValueError if it is too long."""
    if not text:
        raise ValueError("a QR code needs a text")
    code = segno.make(text, error="m", mask=_MASK, micro=False, boost_error=False)
    return tuple(bytes(row) for row in code.matrix)


def least_size(text: str) -> int:
    """The smallest side in px: one pixel a module."""
    return len(modules(text)) + 2 * QUIET


def draw(text: str, size: int, ink: Colour = (0, 0, 0)) -> Image.Image:
    """The code on white, exactly size × size px (RGB). ValueError when it cannot be that small.

    What whole modules leave over becomes a wider quiet zone.
    """
    rows = modules(text)
    side = len(rows)
    each = size // (side + 2 * QUIET)
    if each < 1:
        raise ValueError(f"a code of {side} modules does not fit in {size} px")
    dark = Image.frombytes("L", (side, side), b"".join(rows)).point([0, 255] + [0] * 254)
    dark = dark.resize((side * each, side * each), Image.Resampling.NEAREST)
    image = Image.new("RGB", (size, size), (255, 255, 255))
    start = (size - side * each) // 2
    image.paste(ink, (start, start), dark)
    return image
