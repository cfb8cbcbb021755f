"""Lifts a dim phone photo to an ordinary evening's light; a photo that is bright enough stays as it is.

One gamma curve over all three colours: shadows open, white stays white, no colour shifts. The
curve is bounded, so a night photo stays a night photo.
"""

from __future__ import annotations

import math
from typing import Final

from PIL import Image, ImageStat

ENOUGH: Final = 96
"""Mean brightness (0 to 255) from which a photo is left alone: typical indoor photos have 100 to 130."""

STRONGEST: Final = 0.6
"""The lowest gamma: beyond it the noise of a cheap sensor shows."""


def lifted(photo: Image.Image) -> Image.Image:
    """An RGB photo with its mean brightness raised towards `ENOUGH`."""
    mean = ImageStat.Stat(photo.convert("L").resize((32, 32), Image.Resampling.BOX)).mean[0]
    if not 1 <= mean < ENOUGH:
        return photo
    gamma = max(STRONGEST, math.log(ENOUGH / 255) / math.log(mean / 255))
    curve = [round(255 * (value / 255) ** gamma) for value in range(256)]
    return photo.point(curve * 3)
