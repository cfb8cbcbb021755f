"""Masks of rounded rectangles, rings and soft shadows, made of small pieces with smooth edges.

A rounded rectangle is four small corner masks and three plain rectangles: a mask of a whole card
costs 100 ms, its corners 0.1. Only pills, circles and small boxes get one whole mask.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from PIL import Image, ImageChops, ImageDraw, ImageFilter

FLIP: Final = Image.Transpose.FLIP_LEFT_RIGHT
TOP_DOWN: Final = Image.Transpose.FLIP_TOP_BOTTOM


Corners: TypeAlias = tuple[int, int, int, int]
"""Radii in px clockwise from top left; below 0 a bite out of the corner."""


class Piece(NamedTuple):
    """A part of a shape: a box in px and its mask (mode L); None means all of it."""

    left: int
    top: int
    right: int
    bottom: int
    mask: Image.Image | None


class Shapes:
    """Makes pieces and keeps them. All measures are whole pixels."""

    def __init__(self) -> None:
        self._corners = lru_cache(maxsize=64)(_corners)
        self._opaque = lru_cache(maxsize=48)(self._rounded)
        self._rings = lru_cache(maxsize=32)(self._ring)
        self._soft = lru_cache(maxsize=16)(self._cast)
        self.shadow = lru_cache(maxsize=16)(self._shadow)
        """The pieces around a box that are its shadow: width, height, radius, blur, shift, alpha."""
        self.whole = lru_cache(maxsize=8)(_whole)
        """One mask of a whole rounded rectangle, for pictures: width, height, radius."""

    def rounded(self, w: int, h: int, radius: int | Corners, alpha: int = 255) -> tuple[Piece, ...]:
        """The pieces of a rounded rectangle."""
        # Faded anew each time: the mask of a glassy canvas is 2 MB, and is made in 0.1 ms.
        return _faded(self._opaque(w, h, radius), alpha)

    def ring(
        self, w: int, h: int, radius: int | Corners, line: int, alpha: int = 255
    ) -> tuple[Piece, ...]:
        """The pieces of a line just inside a rounded rectangle."""
        return _faded(self._rings(w, h, radius, line), alpha)

    def _rounded(self, w: int, h: int, radius: int | Corners) -> tuple[Piece, ...]:
        if isinstance(radius, tuple):
            return (Piece(0, 0, w, h, _cut(w, h, radius)),)
        radius = max(0, radius)
        if 2 * radius >= min(w, h) > 0 and radius > 0:
            return (Piece(0, 0, w, h, _whole(w, h, radius)),)
        return self._nine(w, h, radius, self._corners(radius, 0))

    def _ring(self, w: int, h: int, radius: int | Corners, line: int) -> tuple[Piece, ...]:
        if isinstance(radius, tuple):
            mask = _cut(w, h, radius)
            if w > 2 * line and h > 2 * line:
                a, b, c, d = (max(0, r - line) if r > 0 else r and r - line for r in radius)
                inner = Image.new("L", (w, h), 0)
                inner.paste(_cut(w - 2 * line, h - 2 * line, (a, b, c, d)), (line, line))
                mask = ImageChops.subtract(mask, inner)
            return (Piece(0, 0, w, h, mask),)
        cell = max(radius, line)
        if 2 * cell >= min(w, h):
            mask = _whole(w, h, radius)
            if w > 2 * line and h > 2 * line:
                inner = Image.new("L", (w, h), 0)
                inner.paste(_whole(w - 2 * line, h - 2 * line, max(0, radius - line)), (line, line))
                mask = ImageChops.subtract(mask, inner)
            return (Piece(0, 0, w, h, mask),)
        return (
            *_at_corners(w, h, self._corners(radius, line)),
            Piece(cell, 0, w - cell, line, None),
            Piece(cell, h - line, w - cell, h, None),
            Piece(0, cell, line, h - cell, None),
            Piece(w - line, cell, w, h - cell, None),
        )

    def _shadow(
        self, w: int, h: int, radius: int | Corners, blur: int, shift: int, alpha: int
    ) -> tuple[Piece, ...]:
        # As in CSS, nothing is laid under the box itself: that would darken a glassy card, and
        # costs 8 ms under a large one.
        if isinstance(radius, int):
            radius = min(radius, min(w, h) // 2)
        corner = radius if isinstance(radius, int) else max(map(abs, radius))
        reach = blur + blur // 2 + 1 + abs(shift)
        cell = 2 * reach + corner
        least = 2 * (reach + corner) + 1
        small_w, small_h = min(w, least), min(h, least)
        soft = _dimmed(self._soft(small_w, small_h, radius, blur, shift), alpha)
        pieces = []
        for top, bottom, from_top, from_bottom in _stretched(soft.height, h + 2 * reach, cell):
            for left, right, from_left, from_right in _stretched(soft.width, w + 2 * reach, cell):
                part = soft.crop((from_left, from_top, from_right, from_bottom))
                part = part.resize((right - left, bottom - top), Image.Resampling.NEAREST)
                ink = part.getbbox()
                if ink:
                    x, y = left - reach + ink[0], top - reach + ink[1]
                    part = part.crop(ink)
                    pieces.append(Piece(x, y, x + part.width, y + part.height, part))
        return tuple(pieces)

    def _cast(self, w: int, h: int, radius: int | Corners, blur: int, shift: int) -> Image.Image:
        """The shadow of a small box, without what lies under the box."""
        reach = blur + blur // 2 + 1 + abs(shift)
        soft = Image.new("L", (w + 2 * reach, h + 2 * reach), 0)
        card = soft.copy()
        for left, top, right, bottom, mask in self._rounded(w, h, radius):
            box = (left + reach, top + reach, right + reach, bottom + reach)
            card.paste(255, box, mask)
            soft.paste(255, (box[0], box[1] + shift, box[2], box[3] + shift), mask)
        soft = soft.filter(ImageFilter.GaussianBlur(blur / 2))
        return ImageChops.multiply(soft, ImageChops.invert(card))

    @staticmethod
    def _nine(w: int, h: int, r: int, corners: tuple[Image.Image, ...]) -> tuple[Piece, ...]:
        if r == 0:
            return (Piece(0, 0, w, h, None),)
        return (
            *_at_corners(w, h, corners),
            Piece(r, 0, w - r, r, None),
            Piece(0, r, w, h - r, None),
            Piece(r, h - r, w - r, h, None),
        )


def _at_corners(w: int, h: int, corners: tuple[Image.Image, ...]) -> tuple[Piece, ...]:
    if not corners:
        return ()
    a, b, c, d = corners
    n = a.width
    return (
        Piece(0, 0, n, n, a),
        Piece(w - n, 0, w, n, b),
        Piece(0, h - n, n, h, c),
        Piece(w - n, h - n, w, h, d),
    )


def _corners(radius: int, line: int) -> tuple[Image.Image, ...]:
    """Top left, top right, bottom left, bottom right; with `line` only a ring of that width."""
    cell = max(radius, line)
    if cell == 0:
        return ()
    mask = Image.new("L", (cell, cell), 255)
    if radius:
        mask.paste(_quarter(radius), (0, 0))
    if 0 < line < radius:
        inner = Image.new("L", (cell, cell), 0)
        inner.paste(_quarter(radius - line), (line, line))
        mask = ImageChops.subtract(mask, inner)
    across = mask.transpose(FLIP)
    return mask, across, mask.transpose(TOP_DOWN), across.transpose(TOP_DOWN)


def _quarter(radius: int) -> Image.Image:
    times = 8 if radius <= 128 else 4
    big = Image.new("L", (radius * times, radius * times), 0)
    side = 2 * radius * times - 1
    ImageDraw.Draw(big).ellipse((0, 0, side, side), fill=255)
    return big.reduce(times)


def _whole(w: int, h: int, radius: int) -> Image.Image:
    times = 8 if max(w, h) <= 128 else 4
    big = Image.new("L", (w * times, h * times), 0)
    corner = (0, 0, w * times - 1, h * times - 1)
    draw = ImageDraw.Draw(big)
    if w == h and 2 * radius >= w:
        draw.ellipse(corner, fill=255)
    else:
        draw.rounded_rectangle(corner, min(radius * times, min(w, h) * times / 2), fill=255)
    return big.reduce(times)


def _cut(w: int, h: int, radii: Corners) -> Image.Image:
    """One mask of a rectangle whose corners differ: rounded, square, or bitten."""
    mask = Image.new("L", (w, h), 255)
    turns = (None, FLIP, Image.Transpose.ROTATE_180, TOP_DOWN)
    for number, radius in enumerate(radii):
        side = min(abs(radius), w, h)
        if not side:
            continue
        corner = _quarter(side)
        if radius < 0:
            # The quarter circle stands on the corner itself, and what it covers is gone.
            corner = ImageChops.invert(corner.transpose(Image.Transpose.ROTATE_180))
        turn = turns[number]
        corner = corner.transpose(turn) if turn is not None else corner
        x = w - side if number in (1, 2) else 0
        y = h - side if number in (2, 3) else 0
        mask.paste(corner, (x, y))
    return mask


def polygon(w: int, h: int, corners: Sequence[tuple[float, float]]) -> Image.Image:
    """A mask of w × h px of a polygon whose corners are fractions of it."""
    big = Image.new("L", (w * 4, h * 4), 0)
    ImageDraw.Draw(big).polygon([(x * w * 4, y * h * 4) for x, y in corners], fill=255)
    return big.reduce(4)


def dashes(w: int, h: int, dash: float, gap: float) -> Image.Image:
    """A mask of w × h px with round dashes along the longer side: it begins and ends with a dash."""
    along, across = max(w, h), min(w, h)
    count = max(1, round((along + gap) / max(1.0, dash + gap)))
    step = (along + gap) / count
    big = Image.new("L", (along * 4, across * 4), 0)
    draw = ImageDraw.Draw(big)
    for number in range(count):
        start = number * step * 4
        end = start + max(across, step - gap) * 4 - 1
        draw.rounded_rectangle((start, 0, end, across * 4 - 1), across * 2, fill=255)
    mask = big.reduce(4)
    return mask if w >= h else mask.transpose(Image.Transpose.ROTATE_90)


def _faded(pieces: tuple[Piece, ...], alpha: int) -> tuple[Piece, ...]:
    kept = (piece for piece in pieces if piece.right > piece.left and piece.bottom > piece.top)
    if alpha >= 255:
        return tuple(kept)
    found = []
    for piece in kept:
        size = (piece.right - piece.left, piece.bottom - piece.top)
        mask = _dimmed(piece.mask, alpha) if piece.mask else Image.new("L", size, alpha)
        found.append(piece._replace(mask=mask))
    return tuple(found)


def _dimmed(mask: Image.Image, alpha: int) -> Image.Image:
    return mask.point([value * alpha // 255 for value in range(256)])


def _stretched(small: int, full: int, cell: int) -> list[tuple[int, int, int, int]]:
    """How one axis of a small mask covers a longer one: to, to, from, from."""
    if small == full:
        return [(0, full, 0, small)]
    return [
        (0, cell, 0, cell),
        (cell, full - cell, cell, cell + 1),
        (full - cell, full, small - cell, small),
    ]
