"""Sharp pictures on terminals that can draw them: the one door to the extra `sharp` (textual-image).

Sixel and Kitty's protocol are asked for once, before the application runs: afterwards the terminal's
answer would be taken for keys. Where the extra is missing or the terminal draws no pictures, ours in
half cells stay.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final, Protocol, cast

from textual.widget import Widget

CELL: Final = 0.5
"""The width of a character cell by its height, as terminals have it, near enough to place a picture."""


class Sharp(Protocol):
    """A widget of textual-image: whatever `image` is set to is drawn in the widget's own size."""

    image: Any


def sharp_widget() -> type[Widget] | None:
    """The widget that draws sharp pictures on this terminal; None where there is none."""
    try:
        from textual_image import renderable
        from textual_image import widget as widgets
    except Exception:  # noqa: BLE001 - an extra that does not load on a strange terminal is missing
        return None
    drawn = (renderable.SixelImage, renderable.TGPImage)
    return cast("type[Widget]", widgets.Image) if renderable.Image in drawn else None


def show_sharp(widget: Widget, jpeg: bytes, ratio: float, width: int, height: int) -> None:
    """Draw a picture of this `ratio` (width by height) as large as so many cells allow."""
    rows = max(1, min(height, int(width * CELL / ratio)))
    widget.styles.height = rows
    widget.styles.width = max(1, min(width, round(rows * ratio / CELL)))
    cast("Sharp", widget).image = BytesIO(jpeg)
