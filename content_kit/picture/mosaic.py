"""Several pictures as a profile shows them: three in a row, each cropped to 3:4, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PIL import Image

from content_kit.files.looks import COLUMNS
from content_kit.picture import encode
from content_kit.picture.renderer import Renderer
from content_kit.picture.scene import Scene
from content_kit.picture.smaller import smaller

CELL: Final = (348, 464)
"""Pixels of one picture in the grid: 3:4, what a profile shows of a picture of 4:5."""
GAP: Final = 6
_PARTS: Final = 3  # painted at a third of its size, a fifth of the time
_PAPER: Final = (255, 255, 255)
_EMPTY: Final = (226, 230, 232)  # a post that has no picture yet


def mosaic(renderer: Renderer, scenes: Sequence[Scene | None], unit: str) -> bytes:
    """The scenes in rows of three as one JPEG; a grey cell for each None."""
    rows = -(-len(scenes) // COLUMNS)
    size = (
        COLUMNS * CELL[0] + (COLUMNS - 1) * GAP,
        rows * CELL[1] + (rows - 1) * GAP,
    )
    whole = Image.new("RGB", size, _PAPER)
    for number, scene in enumerate(scenes):
        row, column = divmod(number, COLUMNS)
        cell = Image.new("RGB", CELL, _EMPTY)
        if scene is not None:
            cell = _cropped(renderer.image(smaller(scene, _PARTS), unit=unit))
        whole.paste(cell, (column * (CELL[0] + GAP), row * (CELL[1] + GAP)))
    return encode.jpeg(whole)


def _cropped(picture: Image.Image) -> Image.Image:
    """The middle of a picture in the shape of a cell, at its size."""
    width, height = picture.size
    wide = min(width, round(height * CELL[0] / CELL[1]))
    tall = min(height, round(width * CELL[1] / CELL[0]))
    left, top = (width - wide) // 2, (height - tall) // 2
    return picture.crop((left, top, left + wide, top + tall)).resize(CELL, Image.Resampling.LANCZOS)
