"""Gradients without visible steps: a ramp from 0 to 255, dithered, then looked up in the colours."""

from __future__ import annotations

from itertools import pairwise
from math import ceil, cos, hypot, radians, sin
from typing import Final

from PIL import Image, ImageChops

from content_kit.picture.nodes import Gradient

_BAYER: Final = (
    (0, 32, 8, 40, 2, 34, 10, 42),
    (48, 16, 56, 24, 50, 18, 58, 26),
    (12, 44, 4, 36, 14, 46, 6, 38),
    (60, 28, 52, 20, 62, 30, 54, 22),
    (3, 35, 11, 43, 1, 33, 9, 41),
    (51, 19, 59, 27, 49, 17, 57, 25),
    (15, 47, 7, 39, 13, 45, 5, 37),
    (63, 31, 55, 23, 61, 29, 53, 21),
)
"""Ordered dither: its grain is finer than what JPEG keeps, so files do not grow."""


_WIDEST: Final = 40.0
"""The widest grain: that of a channel which changes by six levels or fewer."""


def gradient(fill: Gradient, w: int, h: int) -> Image.Image:
    """The gradient over a box of w × h px, as RGB.

    A linear one is as long as in CSS: its ends touch the corners. A radial one is round and
    reaches the farthest corner.
    """
    bands = [[stop[band] for stop in fill.stops] for band in range(3)]
    ways = [sum(abs(b - a) for a, b in pairwise(levels)) for levels in bands]
    # One colour level spans 255 / way steps of the ramp: the grain is as wide as that. The ramp
    # leaves room for the widest at both ends, so that the sum never runs over.
    grains = [min(_WIDEST, 255 / way) if way else 0.0 for way in ways]
    room = ceil(max(grains) / 2)
    ramp = _round_ramp(fill, w, h, room) if fill.radial else _straight_ramp(fill, w, h, room)
    painted = []
    for levels, grain in zip(bands, grains, strict=True):
        if grain == 0:
            painted.append(Image.new("L", (w, h), levels[0]))
            continue
        # add_modulo counts in whole numbers; add would take three times as long.
        jittered = ImageChops.add_modulo(ramp, _grain(w, h, grain))
        painted.append(jittered.point(_table(levels, room)))
    return Image.merge("RGB", painted)


def tiled(tile: Image.Image, w: int, h: int, left: int = 0) -> Image.Image:
    """The tile repeated over w × h px; `left` shifts the first column to the left."""
    field = Image.new(tile.mode, (w, h))
    for x in range(-left, min(w, tile.width), tile.width):
        field.paste(tile, (x, 0))
    # What is there is doubled: a dozen pastes where an 8 px tile would take hundreds.
    done = tile.width - left if left else tile.width
    done = done + tile.width if left else done
    while done < w:
        period = done // tile.width * tile.width
        field.paste(field.crop((done - period, 0, done, min(tile.height, h))), (done, 0))
        done += period
    done = tile.height
    while done < h:
        field.paste(field.crop((0, 0, w, min(done, h - done))), (0, done))
        done *= 2
    return field


def _straight_ramp(fill: Gradient, w: int, h: int, room: int) -> Image.Image:
    across, down = sin(radians(fill.angle)), cos(radians(fill.angle))
    scale = (255 - 2 * room) / (abs(w * across) + abs(h * down))
    a, b = scale * across, scale * down
    # Row r of Pillow's 256 px ramp has the value r: the nearest row is the rounded value.
    start = 128 - a * w / 2 - b * h / 2
    affine = (0.0, 0.0, 128.0, a, b, start)
    return Image.linear_gradient("L").transform((w, h), Image.Transform.AFFINE, affine)


def _round_ramp(fill: Gradient, w: int, h: int, room: int) -> Image.Image:
    x, y = fill.centre[0] * w, fill.centre[1] * h
    reach = max(hypot(x - far_x, y - far_y) for far_x in (0, w) for far_y in (0, h))
    # One distance in 16 px each way is computed, the rest interpolated. One cell more on every
    # side keeps that honest at the edges.
    cell = 16 if w * h > 40_000 else 4
    across, down = -(-w // cell) + 2, -(-h // cell) + 2
    scale = (255 - 2 * room) * cell / reach
    from_x, from_y = x / cell + 0.5, y / cell + 0.5
    values = bytes(
        min(255, round(room + scale * hypot(i - from_x, j - from_y)))
        for j in range(down)
        for i in range(across)
    )
    inside = (1.0, 1.0, 1 + w / cell, 1 + h / cell)
    coarse = Image.frombytes("L", (across, down), values)
    return coarse.resize((w, h), Image.Resampling.BILINEAR, box=inside)


def _grain(w: int, h: int, width: float) -> Image.Image:
    """The dither as what to add: below zero counts from 256 down."""
    values = bytes(
        round(width * ((value + 0.5) / 64 - 0.5)) % 256 for line in _BAYER for value in line
    )
    return tiled(Image.frombytes("L", (8, 8), values), w, h)


def _table(levels: list[int], room: int) -> list[int]:
    parts, span = len(levels) - 1, 255 - 2 * room
    table = []
    for step in range(256):
        part, rest = divmod(min(max(step - room, 0), span) * parts, span)
        low, high = levels[part], levels[min(part + 1, parts)]
        table.append(round(low + (high - low) * rest / span))
    return table
