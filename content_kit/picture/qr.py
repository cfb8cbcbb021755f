"""A QR code as a crisp picture: whole pixels a module, four modules of quiet white around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PIL import Image

from content_kit.picture.nodes import Colour

QUIET: Final = 4
"""White modules around the code: what the standard asks for."""

_MASK: Final = 2
"""A fixed mask costs 4 ms, the search for the best of eight 15 to 23; readers accept any."""


def modules(text: str) -> tuple[bytes, ...]:
    """The rows of the code without its quiet zone, 1 for dark. ValueError if it is too long."""
    # Here, because it brings urllib, http and ssl along: 30 ms that most posts need not wait.
    import segno

    if not text:
        raise ValueError("a QR code needs a text")
    code = segno.make(text, error="m", mask=_MASK, micro=False, boost_error=False)
    return tuple(bytes(row) for row in code.matrix)


def least_size(rows: Sequence[bytes]) -> int:
    """The smallest side in px of a code with these `modules`: one pixel a module."""
    return len(rows) + 2 * QUIET


def draw(rows: Sequence[bytes], size: int, ink: Colour = (0, 0, 0)) -> Image.Image:
    """These `modules` on white, exactly size × size px (RGB). ValueError when there is no room.

    What whole modules leave over becomes a wider quiet zone.
    """
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
