"""How large the nodes of a scene are at a width: the first pass of `layout`, which places nothing.

How wide a node would like to be, and for a given width how high it must be at least (every `fit`
text at its smallest), how high it would like to be (every `fit` text at its largest), and how
high it really is with so much room. Everything is whole 1/64 px.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from content_kit.model import Format, Insets
from content_kit.picture import names, text
from content_kit.picture.nodes import Box, Image, Node, Text
from content_kit.picture.scene import SUB
from content_kit.picture.sharing import Range, cells, grown, heightened, highest, shared

_Choice: TypeAlias = tuple[text.Measured, int, int, int]
"""What is set of a text at one width: the words, the sizes from and to in 1/64 px, the most lines."""

Sizes: TypeAlias = Callable[[str], "tuple[int, int] | None"]
"""The width and height of an image source, or None when there is no such image."""

Measure: TypeAlias = Callable[[str, int, float], text.Measured]
"""A text measured at a weight and a tracking."""

SLACK: Final = 16
"""How much 1/64 px of overflow is rounding, not a problem: a quarter of a pixel."""

IMAGE_WIDTH: Final = 12.0
"""The width of an image that says neither width nor height and is not stretched."""

FIT_STEP: Final = 0.1
"""Sizes of a fitted text go in these steps (1 px of 1080): few sizes keep the glyph atlas small."""


class Measuring:
    """One run's sizes, each measured once. Nodes live as long as the run, so their ids are good keys."""

    def __init__(
        self,
        format: Format,
        safe: Insets,
        fonts: text.Metrics,
        sizes: Sizes,
        caps: Mapping[str, int],
        ease: names.Ease = names.AS_DESIGNED,
        measure: Measure | None = None,
    ) -> None:
        self.ease = ease
        self.caps = caps
        self.safe = safe
        self.fonts = fonts
        self.measure = measure or text.measured_with(fonts)
        self.sizes = sizes
        self.unit = format.unit * SUB
        self._measured: dict[tuple[int, str], text.Measured] = {}
        self._choices: dict[tuple[int, int], _Choice] = {}
        self._naturals: dict[int, int] = {}
        self._heights: dict[tuple[int, int], Range] = {}

    def px(self, length: float) -> int:
        """A template length in 1/64 px."""
        return round(length * self.unit)

    def gap(self, box: Box) -> int:
        """The room between a box's children in 1/64 px."""
        return self.px(box.gap * self.ease.air)

    def own(self, node: Node, length: float) -> int:
        """The width or height that a node says of itself, in 1/64 px."""
        return self.px(length * (self.ease.art if isinstance(node, Image) else 1.0))

    # Widths

    def natural(self, node: Node) -> int:
        """The width a node would like, outside its padding, with its fitted texts at their largest."""
        key = id(node)
        if key not in self._naturals:
            self._naturals[key] = self._natural(node)
        return self._naturals[key]

    def _natural(self, node: Node) -> int:
        if node.width is not None:
            return self.own(node, node.width)
        if isinstance(node, Text):
            return self.measured(node).natural(self._sizes(node)[1])
        if isinstance(node, Image):
            if node.height is None:
                return self.px(IMAGE_WIDTH)
            width, height = self.shape(node)
            return self.own(node, node.height) * width // height
        return self._across(node, self.natural)

    def narrowest(self, node: Node) -> int:
        """The least width at which no word of a node is split."""
        if node.width is not None or isinstance(node, Image):
            return self.natural(node)
        if isinstance(node, Text):
            if node.name and self.ease.names:
                widest = self.measured(node, names.freed(node.text)).widest_word(self._floor(node))
                return min(widest, self.px(names.NARROWEST_NAME))
            return self.measured(node).widest_word(self._sizes(node)[0])
        return self._across(node, self.narrowest)

    def _across(self, box: Box, width: Callable[[Node], int]) -> int:
        widths = [width(child) for child in box.children if not fills(child, box)]
        _, right, _, left = self.pads(box)
        if box.direction != "row" or not widths:
            return left + right + max(widths, default=0)
        if box.wrap and width == self.narrowest:
            return left + right + max(widths)
        count = cells(len(widths), box.columns) if box.columns else len(widths)
        inner = count * max(widths) if box.columns else sum(widths)
        return left + right + inner + self.gap(box) * (count - 1)

    def width_in_column(self, child: Node, box: Box, inner: int) -> int:
        """The width of a child across a column (or of a whole stack, for a child that stretches)."""
        if child.width is not None:
            return self.own(child, child.width)
        if isinstance(child, Image) and child.height is not None:
            return self.natural(child)
        if (child.align or box.cross) == "stretch":
            return inner
        return min(self.natural(child), inner) if wraps(child) else self.natural(child)

    def widths_in_row(self, box: Box, inner: int) -> list[int]:
        """The widths of a row's children.

        A growing child without a width starts from its padding, so equal `grow` means equal widths.
        Texts that do not grow give way when they are wider than the room: the widest first, never
        below their widest word.
        """
        children = box.children
        bases = [
            self.own(child, child.width)
            if child.width is not None
            else self._padding(child)
            if child.grow
            else self.natural(child)
            for child in children
        ]
        room = inner - self.gap(box) * (len(children) - 1)
        soft = [n for n, c in enumerate(children) if c.width is None and not c.grow and wraps(c)]
        kept = sum(self.narrowest(c) for c in children if c.grow and c.width is None and wraps(c))
        if soft and sum(bases) + kept > room:
            left = room - kept - sum(b for n, b in enumerate(bases) if n not in soft)
            wanted = [bases[n] for n in soft]
            least = [min(self.narrowest(children[n]), bases[n]) for n in soft]
            for n, width in zip(soft, shared(wanted, least, left), strict=True):
                bases[n] = width
        return grown(bases, [child.grow for child in children], room)

    # Heights

    def heights(self, node: Node, width: int) -> Range:
        """The least and the wished height of a node at a width, outside its padding."""
        key = (id(node), width)
        if key not in self._heights:
            self._heights[key] = self._range(node, width)
        return self._heights[key]

    def _range(self, node: Node, width: int) -> Range:
        if node.height is not None:
            return self.own(node, node.height), self.own(node, node.height)
        if isinstance(node, Text):
            return self._text_range(node, width)
        if isinstance(node, Image):
            across, along = self.shape(node)
            height = width * along // across
            return height, height
        top, right, bottom, left = self.pads(node)
        least, wished = self._inner_range(node, max(0, width - left - right))
        return least + top + bottom, wished + top + bottom

    def _inner_range(self, box: Box, inner: int) -> Range:
        if not box.children:
            return 0, 0
        if box.direction == "stack":
            ranges = [
                self.heights(child, self.width_in_stack(child, inner))
                for child in box.children
                if not fills(child, box)
            ]
            return highest(ranges)
        if box.direction == "column":
            gaps = self.gap(box) * (len(box.children) - 1)
            ranges = self.column_ranges(box, inner)
            return sum(r[0] for r in ranges) + gaps, sum(r[1] for r in ranges) + gaps
        lines = self.lines(box, inner)
        ranges = [highest([self.heights(c, w) for c, w in line]) for line in lines]
        gaps = self.gap(box) * (len(lines) - 1)
        return sum(r[0] for r in ranges) + gaps, sum(r[1] for r in ranges) + gaps

    def column_ranges(self, box: Box, inner: int) -> list[Range]:
        """The heights of a column's children; an image that grows takes what is left."""
        return [
            (0, 0)
            if isinstance(child, Image) and child.grow and child.height is None
            else self.heights(child, self.width_in_column(child, box, inner))
            for child in box.children
        ]

    def lines(self, box: Box, inner: int) -> list[list[tuple[Node, int]]]:
        """The lines of a row with the width of each child: one, as many as they need, or equal cells."""
        if box.wrap:
            return self._wrapped(box, inner)
        if not box.columns:
            return [list(zip(box.children, self.widths_in_row(box, inner), strict=True))]
        count = cells(len(box.children), box.columns)
        width = max(0, inner - self.gap(box) * (count - 1)) // count
        cell: list[tuple[Node, int]] = [
            (child, min(width, self.natural(child)) if sized(child) else width)
            for child in box.children
        ]
        return [cell[first : first + count] for first in range(0, len(cell), count)]

    def _wrapped(self, box: Box, inner: int) -> list[list[tuple[Node, int]]]:
        """As words in a text: each child as wide as it would like, a new line when it is full."""
        lines: list[list[tuple[Node, int]]] = []
        used = 0
        for child in box.children:
            width = self.natural(child)
            width = min(width, inner) if wraps(child) else width
            if not lines or used + self.gap(box) + width > inner + SLACK:
                lines.append([])
                used = -self.gap(box)
            lines[-1].append((child, width))
            used += self.gap(box) + width
        return lines

    def settled(self, node: Node, width: int, height: int) -> int:
        """The height that a node really fills of the room it was given, at most all of it.

        A fitted text is given the room of its highest outcome, and mostly needs less at the size
        that it takes; what it leaves goes to its neighbours.
        """
        if node.height is not None or isinstance(node, Image) or not width:
            return height
        if isinstance(node, Text):
            return min(height, self._set_height(node, width, height))
        top, right, bottom, left = self.pads(node)
        inner, room = max(0, width - left - right), max(0, height - top - bottom)
        if not node.children:
            return height
        return min(height, top + bottom + self._settled_inside(node, inner, room))

    def _settled_inside(self, box: Box, inner: int, room: int) -> int:
        if box.direction == "stack":
            return max(
                (
                    self.settled(child, self.width_in_stack(child, inner), room)
                    for child in box.children
                    if not fills(child, box)
                ),
                default=room,
            )
        if box.direction == "column":
            return sum(self.column_heights(box, inner, room)) + self.gap(box) * (
                len(box.children) - 1
            )
        lines = self.lines(box, inner)
        if len(lines) > 1:
            return room
        return max(
            self.settled(child, width, max(min(room, self.heights(child, width)[1]), 0))
            for child, width in lines[0]
        )

    def column_heights(self, box: Box, inner: int, room: int) -> list[int]:
        """The heights of a column's children in so much room, gaps included in it.

        Fitted texts come first, then what they left unused goes to those who grow.
        """
        ranges = self.column_ranges(box, inner)
        grows = [child.grow for child in box.children]
        room -= self.gap(box) * (len(ranges) - 1)
        given = heightened(ranges, grows, room)
        kept = [
            height
            if child.grow or low == high
            else max(low, self.settled(child, self.width_in_column(child, box, inner), height))
            for child, height, (low, high) in zip(box.children, given, ranges, strict=True)
        ]
        return grown(kept, grows, room) if kept != given else given

    def _text_range(self, node: Text, width: int) -> Range:
        measured, smallest, largest, _ = self.chosen(node, width)
        least = measured.count(smallest, width) * text.line_height(smallest, node.leading)
        if largest == smallest:
            return least, least
        best = self.fitted(node, width, 1 << 40) or smallest
        return least, measured.count(best, width) * text.line_height(best, node.leading)

    def _set_height(self, node: Text, width: int, height: int) -> int:
        measured, smallest, largest, _ = self.chosen(node, width)
        size = smallest if largest == smallest else self.fitted(node, width, height, SLACK)
        size = size or smallest
        return measured.count(size, width + SLACK) * text.line_height(size, node.leading)

    def width_in_stack(self, child: Node, inner: int) -> int:
        """The width of a stack's child: its own, the whole stack, or what it would like."""
        if child.width is not None:
            return self.own(child, child.width)
        if isinstance(child, Image):
            if child.height is not None or child.anchor is not None:
                return self.natural(child)
            return inner
        if child.anchor is None or child.align == "stretch":
            return inner
        return min(self.natural(child), inner) if wraps(child) else self.natural(child)

    # Leaves

    def measured(self, node: Text, words: str = "") -> text.Measured:
        """A text with the widths of its words, or other words in its face, measured once."""
        key = (id(node), words)
        if key not in self._measured:
            told = words or node.text
            self._measured[key] = self.measure(told, node.weight, node.tracking)
        return self._measured[key]

    def _sizes(self, node: Text) -> tuple[int, int]:
        smallest, largest = node.fit or (node.size, node.size)
        if node.fit and not node.name:
            smallest = max(min(smallest, names.LEAST), smallest * self.ease.type)
        least = self.px(smallest)
        return least, max(least, min(self.px(largest), self.caps.get(node.group, 1 << 40)))

    def _floor(self, node: Text) -> int:
        smallest, _ = self._sizes(node)
        return min(smallest, max(self.px(names.LEAST), round(smallest * names.NAME_SHRINKS)))

    def chosen(self, node: Text, width: int) -> _Choice:
        """What is set of a text at a width: its words, from which size to which, in how many lines.

        Of a name the first that fits: as it is, broken between any words, smaller, shortened,
        broken inside a word; and the same in more lines than the template thought of.
        """
        key = (id(node), width)
        if key not in self._choices:
            smallest, largest = self._sizes(node)
            if node.name:
                self._choices[key] = self._of_name(node, width, smallest, largest)
            else:
                self._choices[key] = (self.measured(node), smallest, largest, node.lines)
        return self._choices[key]

    def _of_name(self, node: Text, width: int, smallest: int, largest: int) -> _Choice:
        floor = self._floor(node)
        free = self.measured(node, names.freed(node.text))
        short = self.measured(node, names.shortened(node.text))
        ways = [(free, floor), (short, floor)]
        if not self.ease.names:
            ways = [(self.measured(node), smallest), (free, smallest), *ways]
        elif short.count(floor, width) < free.count(floor, width):
            ways = [(short, floor)]
        for most in dict.fromkeys((node.lines, 0)):
            for measured, size in ways:
                if measured.fits(size, width, 1 << 40, node.leading, most):
                    return measured, size, largest, most
        split = names.split(short, floor, width)
        return self.measured(node, split), floor, largest, 0

    def fitted(self, node: Text, width: int, height: int, slack: int = 0) -> int | None:
        """The size at which a text fills its room, None when not even the smallest fits."""
        measured, smallest, largest, most = self.chosen(node, width)
        step = max(1, self.px(FIT_STEP))
        width, height = width + slack, height + slack
        return measured.once(
            ("fit", width, height, smallest, largest, step, node.leading, most, node.balance),
            lambda: text.fit(
                measured,
                width,
                height,
                smallest=smallest,
                largest=largest,
                step=step,
                leading=node.leading,
                most=most,
                gather=node.balance,
            ),
        )

    def shape(self, node: Image) -> tuple[int, int]:
        """The proportions of a picture; a square for one that does not exist or is cut round."""
        shape = self.sizes(node.source)
        if shape is None or node.mask == "circle" or min(shape) < 1:
            return 1, 1
        return shape

    def _padding(self, node: Node) -> int:
        """The least width of a node: what its padding takes."""
        if not isinstance(node, Box):
            return 0
        _, right, _, left = self.pads(node)
        return left + right

    def pads(self, box: Box) -> tuple[int, int, int, int]:
        """The padding of a box in 1/64 px, with the channel's safe area where it asks for it."""
        edges = (self.safe.top, self.safe.right, self.safe.bottom, self.safe.left)
        top, right, bottom, left = (
            self.px(pad * self.ease.air) + (edge * SUB if safe else 0)
            for pad, edge, safe in zip(box.pad, edges, box.safe, strict=True)
        )
        return top, right, bottom, left


def wraps(node: Node) -> bool:
    """Whether a node holds words, so that it can be narrower than it would like."""
    return isinstance(node, Text) or (isinstance(node, Box) and any(map(wraps, node.children)))


def sized(node: Node) -> bool:
    """Whether a node says how wide it is, so that an equal cell is only its room."""
    return node.width is not None or (isinstance(node, Image) and node.height is not None)


def fills(child: Node, box: Box) -> bool:
    """Whether a picture only takes the room of its stack, so that its own size does not count."""
    return (
        box.direction == "stack"
        and isinstance(child, Image)
        and child.anchor is None
        and child.width is None
        and child.height is None
    )
