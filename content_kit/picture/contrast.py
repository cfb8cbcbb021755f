"""How readable a text is on what really lies under it: the contrast ratio of WCAG 2, worst case.

Under a text may lie a gradient, a motif, a photo and several veils at once. Each adds the
colours that may show through, and the text has to pass on every one of them. 4.5 : 1 is asked of
every text, large ones too: posters are read outdoors, on phones with cracked glass.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

from content_kit.picture.nodes import Colour, Dash, Edge, Fill, Gradient, Motif, Solid
from content_kit.picture.scene import (
    SUB,
    BorderItem,
    FillItem,
    ImageItem,
    Item,
    Placed,
    Rect,
    ShadowItem,
    TextItem,
    placed,
)

Inks: TypeAlias = "Callable[[ImageItem, Rect], Collection[tuple[Colour, float]] | None]"
"""The colours and alphas that a picture has within a part of the canvas; None when nobody knows."""

ENOUGH: Final = 4.5
"""The least ratio of any text (WCAG 2.2, success criterion 1.4.3)."""

PAPER: Final[Colour] = (255, 255, 255)
"""What an unpainted picture shows."""

MANY: Final = 48
"""Above this many possible colours only a spread of them by luminance is followed."""

_PHOTO: Final = tuple((grey, grey, grey) for grey in (0, 64, 110, 150, 200, 255))
_BETWEEN: Final = 4
"""Samples between two stops of a gradient: a text may match a colour in between exactly."""

_LINEAR: Final = tuple(
    value / 255 / 12.92 if value / 255 <= 0.04045 else ((value / 255 + 0.055) / 1.055) ** 2.4
    for value in range(256)
)


def luminance(colour: Colour) -> float:
    """The relative luminance of WCAG 2: 0 for black, 1 for white."""
    red, green, blue = colour
    return 0.2126 * _LINEAR[red] + 0.7152 * _LINEAR[green] + 0.0722 * _LINEAR[blue]


def ratio(one: Colour, other: Colour) -> float:
    """The contrast of two colours, from 1 (none) to 21 (black on white)."""
    first, second = luminance(one), luminance(other)
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def blend(over: Colour, under: Colour, alpha: float) -> Colour:
    """A veil of one colour over another, in the sRGB values that Pillow blends too."""
    return (
        round(over[0] * alpha + under[0] * (1 - alpha)),
        round(over[1] * alpha + under[1] * (1 - alpha)),
        round(over[2] * alpha + under[2] * (1 - alpha)),
    )


def worst(items: tuple[Item, ...], inks: Inks | None = None) -> dict[int, tuple[float, Colour]]:
    """For each `TextItem` by its `id`: the lowest ratio it meets and the ground that gives it.

    Without `inks` a picture may have any colour anywhere.
    """
    found: dict[int, tuple[float, Colour]] = {}
    below: list[Placed] = []
    # The lines of a text, and texts of one style, mostly stand on the same grounds.
    known: dict[tuple[Colour, float, frozenset[Colour]], tuple[float, Colour]] = {}
    for one in placed(items):
        if not isinstance(one.item, TextItem):
            below.append(one)
            continue
        opacity = one.item.opacity * one.opacity
        key = (one.item.colour, opacity, frozenset(grounds(below, one, inks)))
        if key not in known:
            known[key] = min(
                (ratio(blend(key[0], ground, opacity), ground), ground) for ground in key[2]
            )
        found[id(one.item)] = known[key]
    return found


def grounds(below: Sequence[Placed], text: Placed, inks: Inks | None = None) -> set[Colour]:
    """Every colour that may lie under a text, from what was painted before it."""
    colours = {PAPER}
    for one in below[_hidden(below, text) :]:
        same = one.layer == text.layer
        box, words = (one.item.box, text.item.box) if same else (one.bounds, text.bounds)
        if isinstance(one.item, ShadowItem):
            spread = one.item.blur + abs(one.item.shift)
            near = box.x - spread < words.right and words.x < box.right + spread
            if near and box.y - spread < words.bottom and words.y < box.bottom + spread:
                # A shadow is at its darkest under the box; beside it at most half of that shows.
                veil = {(one.item.colour, one.item.alpha * one.opacity / 2)}
                colours = _under(colours, veil, covers=False)
        elif box.meets(words) and not isinstance(one.item, BorderItem | TextItem):
            whole = _covers(one, text)
            seen = None
            if isinstance(one.item, ImageItem) and inks is not None and not one.layer:
                seen = inks(one.item, _letters(text))
            if seen is None:
                colours = _painted(colours, one.item, one.opacity, whole)
            else:
                fade = one.opacity * one.item.opacity
                colours = _under(colours, {(c, a * fade) for c, a in seen}, covers=True)
        if len(colours) > MANY:
            colours = _spread(colours)
    return colours


def _letters(text: Placed) -> Rect:
    """Where the ink of a line of text is, without the air of its leading."""
    item = text.item
    if text.layer or not isinstance(item, TextItem):
        return text.bounds
    top, bottom = item.y - item.size * 3 // 4, item.y + item.size // 4
    return Rect(item.box.x, top, item.box.w, bottom - top)


def _covers(one: Placed, text: Placed) -> bool:
    """Whether a box lies under the whole text; a box turned in another frame never surely does."""
    if isinstance(one.item, FillItem) and one.item.polygon:
        return one.layer == text.layer and _within(one.item, text.item.box)
    if one.layer == text.layer:
        return one.item.box.contains(text.item.box, SUB)
    return not one.layer and one.bounds.contains(text.bounds, SUB)


def _within(fill: FillItem, words: Rect) -> bool:
    """Whether all corners of a line lie inside a polygon, by the even-odd rule."""
    box = fill.box
    corners = [(box.x + x * box.w, box.y + y * box.h) for x, y in fill.polygon]
    sides = list(pairwise([*corners, corners[0]]))

    def inside(x: float, y: float) -> bool:
        crossed = (
            (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1)
            for (x1, y1), (x2, y2) in sides
        )
        return sum(crossed) % 2 == 1

    return all(inside(x, y) for x in (words.x, words.right) for y in (words.y, words.bottom))


def _hidden(below: Sequence[Placed], text: Placed) -> int:
    """How many items at the start no longer show, because one plain colour covers them all."""
    for number in range(len(below) - 1, -1, -1):
        one = below[number]
        if (
            isinstance(one.item, FillItem)
            and isinstance(one.item.fill, Solid)
            and one.item.fill.alpha * one.item.opacity * one.opacity >= 1
            and _covers(one, text)
        ):
            return number
    return 0


def _painted(
    colours: set[Colour], item: FillItem | ImageItem, opacity: float, whole: bool
) -> set[Colour]:
    opacity *= item.opacity
    if isinstance(item, ImageItem):
        # A photo hides what is under it; art and logos are partly see-through.
        whole = whole and item.source.startswith("photo:") and item.mask == "none"
        return _under(colours, {(grey, opacity) for grey in _PHOTO}, covers=whole)
    fill = item.fill
    if isinstance(fill, Motif):
        base = _under(colours, {(c, a * opacity) for c, a in shades(fill.over)}, covers=whole)
        return _under(base, {(fill.colour, fill.alpha * opacity)}, covers=False)
    veil = {(colour, alpha * opacity) for colour, alpha in shades(fill)}
    return _under(colours, veil, covers=whole and not isinstance(fill, Edge | Dash))


def shades(fill: Fill) -> set[tuple[Colour, float]]:
    """The colours of a fill with their alphas; a gradient gives its stops and some between."""
    if isinstance(fill, Solid):
        return {(fill.colour, fill.alpha)}
    if isinstance(fill, Edge | Dash):
        return {(fill.colour, 1.0)}
    if isinstance(fill, Motif):
        return shades(fill.over) | {(fill.colour, fill.alpha)}
    assert isinstance(fill, Gradient)
    first, last = fill.alphas
    parts = len(fill.stops) - 1
    found: set[tuple[Colour, float]] = set()
    for number, (before, after) in enumerate(pairwise(fill.stops)):
        for step in range(_BETWEEN + 2):
            share = step / (_BETWEEN + 1)
            alpha = first + (last - first) * (number + share) / parts
            found.add((blend(after, before, share), alpha))
    return found


def _under(colours: set[Colour], veils: set[tuple[Colour, float]], *, covers: bool) -> set[Colour]:
    """What shows after a veil; where it does not surely cover the text, both may show."""
    seen = {blend(veil, colour, alpha) for veil, alpha in veils for colour in colours}
    return seen if covers else seen | colours


def _spread(colours: set[Colour]) -> set[Colour]:
    """About half of `MANY`, evenly by luminance, the darkest and the lightest among them."""
    ordered = sorted(colours, key=lambda colour: (luminance(colour), colour))
    keep = MANY // 2
    return {ordered[number * (len(ordered) - 1) // (keep - 1)] for number in range(keep)}
