"""Places plain nodes on a canvas: a row, column and stack layout after CSS flexbox, without shrink.

Two passes. The first measures upwards: how wide a node would like to be, and for a given width
how high it must be at least (every `fit` text at its smallest) and how high it would like to be
(every `fit` text at its largest). The second places downwards: free room first brings the
fitted texts towards their largest size, in equal measure; what is left goes to `grow`, then to
`justify`. What does not fit is a finding, never clipped in silence. Everything is whole 1/64 px.

Names come from life and cannot be told to be shorter, so they never are the problem. A `name` text
that is too wide breaks between all its words, becomes smaller, is shortened by rule and at last
broken inside a word (`names`). A picture with names in it that still does not fit is laid out
again, a little tighter each time (`names.TIGHTER`): names first, then air, drawings and the other texts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from content_kit.findings import Finding, Place, clipped
from content_kit.model import Format, Insets
from content_kit.picture import contrast, names, text
from content_kit.picture.nodes import (
    Align,
    Box,
    Colour,
    Image,
    Justify,
    Node,
    Shadow,
    Solid,
    Text,
)
from content_kit.picture.scene import (
    SUB,
    BorderItem,
    FillItem,
    ImageItem,
    Item,
    LayerItem,
    Rect,
    Scene,
    ShadowItem,
    TextItem,
    placed,
    walk,
)
from content_kit.picture.styles import SMALLEST_PX

_Choice: TypeAlias = tuple[text.Measured, int, int, int]
"""What is set of a text at one width: the words, the sizes from and to in 1/64 px, the most lines."""

Sizes: TypeAlias = Callable[[str], "tuple[int, int] | None"]
"""The width and height of an image source, or None when there is no such image."""

SLACK: Final = 16
"""How much 1/64 px of overflow is rounding, not a problem: a quarter of a pixel."""

IMAGE_WIDTH: Final = 12.0
"""The width of an image that says neither width nor height and is not stretched."""

FIT_STEP: Final = 0.1
"""Sizes of a fitted text go in these steps (1 px of 1080): few sizes keep the glyph atlas small."""

Range: TypeAlias = tuple[int, int]
"""The least height a node needs and the height it would like, in 1/64 px."""


def lay_out(node: Node, format: Format, safe: Insets, fonts: text.Metrics, sizes: Sizes) -> Scene:
    """A tree of nodes as a scene of this format, with findings for all that does not fit."""
    canvas = Rect(0, 0, format.width * SUB, format.height * SUB)
    named = any(each.name for each in _texts(node))
    for ease in (names.AS_DESIGNED, *(names.TIGHTER if named else ())):
        layout = _Layout(format, safe, fonts, sizes, {}, ease)
        layout.place(node, canvas)
        if caps := layout.uneven_groups():
            # The steps of a list read as one only when they are set alike: once more, with caps.
            layout = _Layout(format, safe, fonts, sizes, caps, ease)
            layout.place(node, canvas)
        if not layout.overflowed:
            break
    layout.judge(canvas)
    findings = tuple(dict.fromkeys(layout.findings))
    return Scene(
        format.width,
        format.height,
        layout.unit,
        tuple(layout.items),
        names.blamed(findings, _texts(node)) if layout.overflowed else findings,
    )


class _Layout:
    """One run: what it measured, what it placed, what it found."""

    def __init__(
        self,
        format: Format,
        safe: Insets,
        fonts: text.Metrics,
        sizes: Sizes,
        caps: Mapping[str, int],
        ease: names.Ease = names.AS_DESIGNED,
    ) -> None:
        self.ease = ease
        self.caps = caps
        self.format = format
        self.safe = safe
        self.fonts = fonts
        self.sizes = sizes
        self.unit = format.unit * SUB
        self.items: list[Item] = []
        self.findings: list[Finding] = []
        self.lines: dict[int, Text] = {}
        self.overflowed = False
        # Nodes live as long as this run, so their ids are good keys.
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

    # Measuring widths

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
        widths = [width(child) for child in box.children if not _fills(child, box)]
        _, right, _, left = self.pads(box)
        if box.direction != "row" or not widths:
            return left + right + max(widths, default=0)
        cells = _cells(len(widths), box.columns) if box.columns else len(widths)
        inner = cells * max(widths) if box.columns else sum(widths)
        return left + right + inner + self.gap(box) * (cells - 1)

    def width_in_column(self, child: Node, box: Box, inner: int) -> int:
        """The width of a child across a column (or of a whole stack, for a child that stretches)."""
        if child.width is not None:
            return self.own(child, child.width)
        if isinstance(child, Image) and child.height is not None:
            return self.natural(child)
        if (child.align or box.cross) == "stretch":
            return inner
        return min(self.natural(child), inner) if _wraps(child) else self.natural(child)

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
        soft = [n for n, c in enumerate(children) if c.width is None and not c.grow and _wraps(c)]
        kept = sum(self.narrowest(c) for c in children if c.grow and c.width is None and _wraps(c))
        if soft and sum(bases) + kept > room:
            left = room - kept - sum(b for n, b in enumerate(bases) if n not in soft)
            wanted = [bases[n] for n in soft]
            least = [min(self.narrowest(children[n]), bases[n]) for n in soft]
            for n, width in zip(soft, _shared(wanted, least, left), strict=True):
                bases[n] = width
        return _grown(bases, [child.grow for child in children], room)

    # Measuring heights

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
                if not _fills(child, box)
            ]
            return _highest(ranges)
        if box.direction == "column":
            gaps = self.gap(box) * (len(box.children) - 1)
            ranges = self._column_ranges(box, inner)
            return sum(r[0] for r in ranges) + gaps, sum(r[1] for r in ranges) + gaps
        lines = self._lines(box, inner)
        ranges = [_highest([self.heights(c, w) for c, w in line]) for line in lines]
        gaps = self.gap(box) * (len(lines) - 1)
        return sum(r[0] for r in ranges) + gaps, sum(r[1] for r in ranges) + gaps

    def _column_ranges(self, box: Box, inner: int) -> list[Range]:
        return [
            (0, 0)
            if isinstance(child, Image) and child.grow and child.height is None
            else self.heights(child, self.width_in_column(child, box, inner))
            for child in box.children
        ]

    def _lines(self, box: Box, inner: int) -> list[list[tuple[Node, int]]]:
        """The lines of a row with the width of each child: one line, or `columns` equal cells."""
        if not box.columns:
            return [list(zip(box.children, self.widths_in_row(box, inner), strict=True))]
        cells = _cells(len(box.children), box.columns)
        width = max(0, inner - self.gap(box) * (cells - 1)) // cells
        sized: list[tuple[Node, int]] = [
            (child, min(width, self.natural(child)) if _sized(child) else width)
            for child in box.children
        ]
        return [sized[first : first + cells] for first in range(0, len(sized), cells)]

    def _text_range(self, node: Text, width: int) -> Range:
        measured, smallest, largest, _ = self._chosen(node, width)
        least = measured.count(smallest, width) * text.line_height(smallest, node.leading)
        if largest == smallest:
            return least, least
        best = self._fitted(node, width, 1 << 40) or smallest
        return least, measured.count(best, width) * text.line_height(best, node.leading)

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
        return min(self.natural(child), inner) if _wraps(child) else self.natural(child)

    # Measuring leaves

    def measured(self, node: Text, words: str = "") -> text.Measured:
        """A text with the widths of its words, or other words in its face, measured once."""
        key = (id(node), words)
        if key not in self._measured:
            told = words or node.text
            self._measured[key] = text.measure(told, self.fonts, node.weight, node.tracking)
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

    def _chosen(self, node: Text, width: int) -> _Choice:
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

    def _fitted(self, node: Text, width: int, height: int, slack: int = 0) -> int | None:
        measured, smallest, largest, most = self._chosen(node, width)
        return text.fit(
            measured,
            width + slack,
            height + slack,
            smallest=smallest,
            largest=largest,
            step=max(1, self.px(FIT_STEP)),
            leading=node.leading,
            most=most,
            gather=node.balance,
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

    # Placing

    def place(self, node: Node, rect: Rect) -> None:
        """Emit the items of a node at its place."""
        if node.shift != (0.0, 0.0):
            dx, dy = node.shift
            rect = Rect(rect.x + self.px(dx), rect.y + self.px(dy), rect.w, rect.h)
        layered = bool(node.rotate) or node.opacity < 1
        around, self.items = self.items, [] if layered else self.items
        if isinstance(node, Text):
            self._text(node, rect)
        elif isinstance(node, Image):
            self._image(node, rect)
        else:
            self._box(node, rect)
        if layered:
            inside, self.items = self.items, around
            if inside:
                self.items.append(LayerItem(rect, tuple(inside), node.rotate, node.opacity))

    def _box(self, box: Box, rect: Rect) -> None:
        radius = min(self.px(box.radius), rect.w // 2, rect.h // 2)
        if box.shadow is not None:
            self.items.append(self._shadow(box.shadow, rect, radius))
        if box.fill is not None:
            self.items.append(FillItem(rect, box.fill, radius))
        top, right, bottom, left = self.pads(box)
        if box.children:
            self._overflow(box, "lebar", left + right - rect.w)
            self._overflow(box, "tinggi", top + bottom - rect.h)
        inner = Rect(
            rect.x + left,
            rect.y + top,
            max(0, rect.w - left - right),
            max(0, rect.h - top - bottom),
        )
        if box.direction == "stack":
            self._stack(box, inner)
        elif box.direction == "column":
            self._column(box, inner)
        else:
            self._row(box, inner)
        if box.border is not None:
            self.items.append(
                BorderItem(
                    rect, radius, self.px(box.border.width), box.border.colour, box.border.alpha
                )
            )

    def _column(self, box: Box, inner: Rect) -> None:
        gap = self.gap(box)
        ranges = self._column_ranges(box, inner.w)
        room = inner.h - gap * (len(ranges) - 1)
        heights = _heightened(ranges, [child.grow for child in box.children], room)
        self._overflow(box, "tinggi", sum(heights) - room)
        starts = _justified(heights, gap, inner.h, box.justify)
        for child, height, start in zip(box.children, heights, starts, strict=True):
            width = self.width_in_column(child, box, inner.w)
            self._overflow(box, "lebar", width - inner.w, child)
            x = inner.x + _aligned(child.align or box.cross, inner.w - width)
            self.place(child, Rect(x, inner.y + start, width, height))

    def _row(self, box: Box, inner: Rect) -> None:
        if not box.children:
            return
        gap = self.gap(box)
        lines = self._lines(box, inner.w)
        ranges = [_highest([self.heights(c, w) for c, w in line]) for line in lines]
        room = inner.h - gap * (len(lines) - 1)
        if len(lines) == 1:
            heights = [inner.h]
        else:
            stretch = 1.0 if box.cross == "stretch" else 0.0
            heights = _heightened(ranges, [stretch] * len(lines), room)
        self._overflow(box, "tinggi", sum(r[0] for r in ranges) - room)
        top = inner.y
        for line, height in zip(lines, heights, strict=True):
            widths = [width for _, width in line]
            if box.columns:
                starts = self._cell_starts(box, line, inner.w)
            else:
                starts = _justified(widths, gap, inner.w, box.justify)
                self._overflow(box, "lebar", sum(widths) + gap * (len(line) - 1) - inner.w)
            for (child, width), start in zip(line, starts, strict=True):
                align = child.align or box.cross
                own = self._height_in_row(child, width, height, align)
                y = top + _aligned(align, height - own)
                self.place(child, Rect(inner.x + start, y, width, own))
            top += height + gap

    def _cell_starts(self, box: Box, line: Sequence[tuple[Node, int]], inner: int) -> list[int]:
        """Where the children of one line of equal cells begin; a shorter last line is justified."""
        gap = self.gap(box)
        cells = _cells(len(box.children), box.columns or 1)
        width = (inner - gap * (cells - 1)) // cells
        justify: Justify = "start" if box.justify == "between" else box.justify
        starts = _justified([width] * len(line), gap, inner, justify)
        for child, own in line:
            self._overflow(box, "lebar", own - width, child)
        places: dict[Justify, Align] = {"start": "start", "center": "center", "end": "end"}
        return [
            start + _aligned(places[justify], width - own)
            for start, (_, own) in zip(starts, line, strict=True)
        ]

    def _height_in_row(self, child: Node, width: int, room: int, align: Align) -> int:
        least, wished = self.heights(child, width)
        if child.height is not None:
            return least
        if align == "stretch":
            # An image that has a width keeps its proportions instead of stretching.
            return least if isinstance(child, Image) and child.width is not None else room
        return min(wished, max(least, room))

    def _stack(self, box: Box, inner: Rect) -> None:
        for child in box.children:
            width = self.width_in_stack(child, inner.w)
            least, wished = self.heights(child, width)
            sized = child.height is not None or (
                isinstance(child, Image) and (child.width is not None or child.anchor is not None)
            )
            if sized:
                height = least
            elif child.anchor is None:
                height = inner.h
            else:
                height = min(wished, max(least, inner.h))
            fx, fy = child.anchor or (0.5, 0.5)
            if _wraps(child):
                # Pictures and bare fields may bleed over the edge, words may not.
                self._overflow(box, "tinggi", height - inner.h, child)
                self._overflow(box, "lebar", width - inner.w, child)
            x = inner.x + round((inner.w - width) * fx)
            y = inner.y + round((inner.h - height) * fy)
            self.place(child, Rect(x, y, width, height))

    def _image(self, node: Image, rect: Rect) -> None:
        if node.mask == "circle":
            side = min(rect.w, rect.h)
            rect = Rect(rect.x + (rect.w - side) // 2, rect.y + (rect.h - side) // 2, side, side)
        half = min(rect.w, rect.h) // 2
        radius = half if node.mask == "circle" else min(self.px(node.radius), half)
        if node.shadow is not None:
            self.items.append(self._shadow(node.shadow, rect, radius))
        self.items.append(ImageItem(rect, node.source, node.mode, node.focus, node.mask, radius))
        if node.border is not None:
            width = self.px(node.border.width)
            self.items.append(
                BorderItem(rect, radius, width, node.border.colour, node.border.alpha)
            )

    def _shadow(self, shadow: Shadow, rect: Rect, radius: int) -> ShadowItem:
        return ShadowItem(
            rect,
            radius,
            self.px(shadow.blur),
            self.px(shadow.shift),
            shadow.colour,
            shadow.alpha,
        )

    def _text(self, node: Text, rect: Rect) -> None:
        measured, size, largest, most = self._chosen(node, rect.w)
        if largest > size:
            # A quarter pixel of room more or less is rounding, in both directions.
            size = self._fitted(node, rect.w, rect.h, SLACK) or size
        self._complain(node, measured, size, most, rect)
        lines = measured.lines(size, rect.w + SLACK, balance=node.balance)
        high = text.line_height(size, node.leading)
        free = rect.h - high * len(lines)
        top = rect.y + {"top": 0, "middle": free // 2, "bottom": free}[node.valign]
        drop = text.baseline(self.fonts, size, node.leading)
        strikes: list[FillItem] = []
        for number, line in enumerate(lines):
            if not line:
                continue
            width = self.fonts.width(line, node.weight, size, node.tracking)
            space = rect.w - width
            x = rect.x + {"left": 0, "center": space // 2, "right": space}[node.halign]
            y = top + number * high
            glyphs = self.fonts.advances(line, node.weight, size, node.tracking)
            item = TextItem(
                Rect(x, y, width, high),
                line,
                tuple((piece, x + offset) for piece, offset in glyphs),
                y + drop,
                size,
                node.weight,
                node.colour,
            )
            self.items.append(item)
            self.lines[id(item)] = node
            if node.strike is not None:
                strikes.append(self._strike(item, node.strike))
        # After all lines: the bar of one must not count as the ground of the next.
        self.items += strikes

    def _strike(self, line: TextItem, colour: Colour) -> FillItem:
        """A bar through the middle of the small letters, a little longer than the words."""
        thick, over = max(line.size // 9, SUB), line.size // 8
        middle = line.y - line.size * 27 // 100
        box = Rect(line.box.x - over, middle - thick // 2, line.box.w + 2 * over, thick)
        return FillItem(box, Solid(colour), thick // 2)

    def uneven_groups(self) -> dict[str, int]:
        """The smallest size in each group of fitted texts that came out in different sizes."""
        sizes: dict[str, set[int]] = {}
        for item in walk(tuple(self.items)):
            node = self.lines.get(id(item))
            if node is not None and node.group and isinstance(item, TextItem):
                sizes.setdefault(node.group, set()).add(item.size)
        return {group: min(found) for group, found in sizes.items() if len(found) > 1}

    # Judging

    def _complain(
        self, node: Text, measured: text.Measured, size: int, most: int, rect: Rect
    ) -> None:
        if size < SMALLEST_PX * SUB * min(self.format.width, self.format.height) // 1080:
            self._find(
                "teks-terlalu-kecil",
                f"{_quoted(node)} terlalu kecil untuk dibaca di HP.",
                node,
                "Ukuran paling kecil 2,35.",
            )
        widest = measured.widest_word(size)
        if widest > rect.w + SLACK:
            self.overflowed = True
            words = [word for line in measured.paragraphs for word in line]
            longest = max(words, key=lambda word: word.end - word.start).text
            self._find(
                "teks-tidak-muat",
                f'kata "{clipped(longest, 28)}" terlalu panjang untuk {self._picture()}.',
                node,
                "Pakai kata yang lebih pendek." if node.source_field else _ROOM,
            )
        elif not measured.fits(size, rect.w + SLACK, rect.h + SLACK, node.leading, most):
            self._too_long(node)

    def _too_long(self, node: Text) -> None:
        self.overflowed = True
        self._find(
            "teks-tidak-muat",
            f"{_quoted(node)} tidak muat di {self._picture()}.",
            node,
            "Perpendek teks ini." if node.source_field else _ROOM,
        )

    def _overflow(self, box: Box, side: str, excess: int, child: Node | None = None) -> None:
        """Report what is larger than its room, said of the longest text a person can shorten."""
        if excess <= SLACK:
            return
        self.overflowed = True
        texts = [t for t in _texts(child or box) if t.source_field]
        if texts and side == "tinggi":
            self._too_long(max(texts, key=lambda node: len(node.text)))
            return
        what = f"isi bagian ini {-(-excess // SUB)} px terlalu {side} di {self._picture()}."
        self._find("isi-meluber", what, child or box, _ROOM)

    def judge(self, canvas: Rect) -> None:
        """Look at the finished picture: safe area, contrast, missing letters."""
        safe = Rect(
            self.safe.left * SUB,
            self.safe.top * SUB,
            canvas.w - (self.safe.left + self.safe.right) * SUB,
            canvas.h - (self.safe.top + self.safe.bottom) * SUB,
        )
        items = tuple(self.items)
        pushed_out: set[int] = set()
        for one in placed(items):
            if isinstance(one.item, TextItem):
                node = self.lines[id(one.item)]
                bounds = one.bounds
                if self.overflowed and not safe.contains(bounds, SUB):
                    pushed_out.add(id(one.item))
                if not one.layer:
                    # The air above the capitals and below the line may lie outside.
                    above = self.fonts.cap_height(one.item.size)
                    below = min(self.fonts.descent(one.item.size), bounds.bottom - one.item.y)
                    bounds = Rect(bounds.x, one.item.y - above, bounds.w, above + below)
                # What an overflow pushed out needs no second finding: its cause has one.
                if not safe.contains(bounds, SUB) and not self.overflowed:
                    self._outside(node)
        ratios = contrast.worst(items)
        for key, node in self.lines.items():
            ratio, ground = ratios[key]
            if ratio < contrast.ENOUGH and key not in pushed_out:
                said = f"{ratio:.1f}".replace(".", ",")
                self._find(
                    "kontras-kurang",
                    f"{_quoted(node)} sulit dibaca: kontras {said} banding 1 di atas"
                    f" #{ground[0]:02X}{ground[1]:02X}{ground[2]:02X}.",
                    node,
                    "Pakai warna lain, atau lapisan gelap di atas foto. Paling sedikit 4,5 banding 1.",
                )
        for node in dict.fromkeys(self.lines.values()):
            missing = sorted({c for c in node.text if not c.isspace() and not self.fonts.covers(c)})
            if missing:
                self._find("huruf-tidak-ada", _unknown(missing, node.text), node, _LATIN)

    def _outside(self, node: Text) -> None:
        self._find(
            "di-luar-area-aman",
            f"{_quoted(node)} berada di tepi yang tertutup di {self._picture()}.",
            node,
            "Pakai pad: safe di model ini.",
        )

    def _picture(self) -> str:
        return f"gambar {self.format.words}"

    def _find(self, code: str, message: str, node: Node, hint: str) -> None:
        at = node.at
        place = Place(at.file, at.line, at.column, node.source_field)
        self.findings.append(Finding(code, message, place, hint=hint))


_LATIN: Final = 'Tulis ulang dengan huruf Latin, misalnya "Assalamualaikum".'


def _unknown(missing: Sequence[str], text: str) -> str:
    """What to say of the letters that no picture can show: the words they stand in, once."""
    told = [word for word in text.split() if any(char in word for char in missing)]
    codes = ", ".join(f"U+{ord(char):04X}" for char in missing[:3])
    more = f" dan {len(missing) - 3} lainnya" if len(missing) > 3 else ""
    return f'"{clipped(" ".join(told))}" memakai huruf yang belum dapat digambar ({codes}{more}).'


_ROOM: Final = "Beri ruang lebih besar di model ini."


def _quoted(node: Text) -> str:
    return f'teks "{clipped(" ".join(node.text.split()), 28)}"'


def _texts(node: Node) -> list[Text]:
    if isinstance(node, Text):
        return [node]
    return [t for child in node.children for t in _texts(child)] if isinstance(node, Box) else []


def _wraps(node: Node) -> bool:
    """Whether a node holds words, so that it can be narrower than it would like."""
    return isinstance(node, Text) or (isinstance(node, Box) and any(map(_wraps, node.children)))


def _sized(node: Node) -> bool:
    """Whether a node says how wide it is, so that an equal cell is only its room."""
    return node.width is not None or (isinstance(node, Image) and node.height is not None)


def _fills(child: Node, box: Box) -> bool:
    """Whether a picture only takes the room of its stack, so that its own size does not count."""
    return (
        box.direction == "stack"
        and isinstance(child, Image)
        and child.anchor is None
        and child.width is None
        and child.height is None
    )


def _cells(count: int, columns: int) -> int:
    """How many equal cells a line has: four things in up to three columns are two and two."""
    lines = -(-count // columns)
    return -(-count // lines) if lines else 1


def _highest(ranges: Sequence[Range]) -> Range:
    return max((r[0] for r in ranges), default=0), max((r[1] for r in ranges), default=0)


def _heightened(ranges: Sequence[Range], grows: Sequence[float], room: int) -> list[int]:
    """Heights from least to wished as far as the room goes, the rest by `grow`."""
    least = [low for low, _ in ranges]
    free = room - sum(least)
    wishes = [max(0, high - low) for low, high in ranges]
    if free <= 0 or not any(wishes):
        return _grown(least, grows, room)
    if free < sum(wishes):
        return _grown(least, wishes, room)
    return _grown([a + b for a, b in zip(least, wishes, strict=True)], grows, room)


def _grown(bases: Sequence[int], grows: Sequence[float], room: int) -> list[int]:
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


def _shared(wanted: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Widths no larger than wanted, no smaller than the least, cutting the widest first."""
    low, high = 0, max(wanted, default=0)
    while low < high:
        level = (low + high + 1) // 2
        if sum(min(w, max(m, level)) for w, m in zip(wanted, least, strict=True)) <= room:
            low = level
        else:
            high = level - 1
    return [min(w, max(m, low)) for w, m in zip(wanted, least, strict=True)]


def _justified(sizes: Sequence[int], gap: int, room: int, justify: Justify) -> list[int]:
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


def _aligned(align: Align, free: int) -> int:
    return {"center": free // 2, "end": free}.get(align, 0)
