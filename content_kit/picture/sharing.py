"""How room is shared: whole numbers of 1/64 px that add up exactly, wherever they go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from content_kit.picture.nodes import Align, Justify

Range: TypeAlias = tuple[int, int]
"""The least height a node needs and the height it would like, in 1/64 px."""


def cells(count: int, columns: int) -> int:
    """How many equal cells a line has: four things in up to three columns are two and two."""
    lines = -(-count // columns)
    return -(-count // lines) if lines else 1


def highest(ranges: Sequence[Range]) -> Range:
    """The range of the highest of what stands side by side."""
    return max((r[0] for r in ranges), default=0), max((r[1] for r in ranges), default=0)


def heightened(ranges: Sequence[Range], grows: Sequence[float], room: int) -> list[int]:
    """Heights from least to wished as far as the room goes, the rest by `grow`."""
    least = [low for low, _ in ranges]
    free = room - sum(least)
    wishes = [max(0, high - low) for low, high in ranges]
    if free <= 0 or not any(wishes):
        return grown(least, grows, room)
    if free < sum(wishes):
        return grown(least, wishes, room)
    return grown([a + b for a, b in zip(least, wishes, strict=True)], grows, room)


def grown(bases: Sequence[int], grows: Sequence[float], room: int) -> list[int]:
    """Bases plus the free room shared by weight; the parts sum up exactly."""
    free, total = room - sum(bases), sum(grows)
    if free <= 0 or not total:
        return list(bases)
    grown, weight, given = [], 0.0, 0
    for base, grow in zip(bases, grows, strict=True):
        weight += grow
        until = round(free * weight / total)
        grown.append(base + until - given)
        given = until
    return grown


def shared(wanted: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Widths no larger than wanted, no smaller than the least, cutting the widest first."""
    low, high = 0, max(wanted, default=0)
    while low < high:
        level = (low + high + 1) // 2
        if sum(min(w, max(m, level)) for w, m in zip(wanted, least, strict=True)) <= room:
            low = level
        else:
            high = level - 1
    return [min(w, max(m, low)) for w, m in zip(wanted, least, strict=True)]


def justified(sizes: Sequence[int], gap: int, room: int, justify: Justify) -> list[int]:
    """Where children of these sizes start along the main axis."""
    free = room - sum(sizes) - gap * (len(sizes) - 1)
    between = justify == "between" and free > 0 and len(sizes) > 1
    start = {"center": free // 2, "end": free}.get(justify, 0)
    starts = []
    for number, size in enumerate(sizes):
        extra = free * number // (len(sizes) - 1) if between else 0
        starts.append(start + extra)
        start += size + gap
    return starts


def aligned(align: Align, free: int) -> int:
    """Where something begins across the main axis, with so much free room."""
    return {"center": free // 2, "end": free}.get(align, 0)
