"""Places plain nodes on a canvas: a row, column and stack layout after CSS flexbox, without shrink.

Two passes. The first measures upwards (`measuring`). The second places downwards: free room first
brings the fitted texts towards their largest size, in equal measure; what is left goes to `grow`,
then to `justify`. What does not fit is a finding (`judging`), never clipped in silence. Everything
is whole 1/64 px.

Names come from life and cannot be told to be shorter, so they never are the problem. A `name` text
that is too wide breaks between all its words, becomes smaller, is shortened by rule and at last
broken inside a word (`names`). A picture with names in it that still does not fit is laid out
again, a little tighter each time (`names.TIGHTER`): names first, then air, drawings and the other texts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from content_kit.model import Format, Insets
from content_kit.picture import contrast, names, text
from content_kit.picture.judging import Judge, texts_of
from content_kit.picture.measuring import SLACK, Measure, Measuring, Sizes, wraps
from content_kit.picture.nodes import (
    Align,
    Box,
    Colour,
    Corners,
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
    Radius,
    Rect,
    Scene,
    ShadowItem,
    TextItem,
    walk,
)
from content_kit.picture.sharing import aligned, cells, heightened, highest, justified


def lay_out(
    node: Node,
    format: Format,
    safe: Insets,
    fonts: text.Metrics,
    sizes: Sizes,
    inks: contrast.Inks | None = None,
    measure: Measure | None = None,
) -> Scene:
    """A tree of nodes as a scene of this format, with findings for all that does not fit.

    `inks` tells the colours of art, so that words may stand on its clear parts. `measure` is who
    measures texts, when somebody remembers them from other scenes.
    """
    canvas = Rect(0, 0, format.width * SUB, format.height * SUB)
    texts = texts_of(node)
    named = any(each.name for each in texts)
    for ease in (names.AS_DESIGNED, *(names.TIGHTER if named else ())):
        layout = _Layout(format, safe, fonts, sizes, {}, ease, measure)
        layout.place(node, canvas)
        if caps := layout.uneven_groups():
            # The steps of a list read as one only when they are set alike: once more, with caps.
            layout = _Layout(format, safe, fonts, sizes, caps, ease, measure)
            layout.place(node, canvas)
        if not layout.judge.overflowed:
            break
    items = tuple(layout.items)
    layout.judge.finished(items, layout.lines, canvas, inks)
    findings = tuple(dict.fromkeys(layout.judge.findings))
    if layout.judge.overflowed:
        findings = names.blamed(findings, texts)
    return Scene(format.width, format.height, layout.size.unit, items, findings)


class _Layout:
    """One run: what it placed, on the sizes that it measured."""

    def __init__(
        self,
        format: Format,
        safe: Insets,
        fonts: text.Metrics,
        sizes: Sizes,
        caps: Mapping[str, int],
        ease: names.Ease,
        measure: Measure | None,
    ) -> None:
        self.size = Measuring(format, safe, fonts, sizes, caps, ease, measure)
        self.judge = Judge(format, safe, fonts)
        self.items: list[Item] = []
        self.lines: dict[int, Text] = {}

    def place(self, node: Node, rect: Rect) -> None:
        """Emit the items of a node at its place."""
        if node.shift != (0.0, 0.0):
            dx, dy = node.shift
            rect = Rect(rect.x + self.size.px(dx), rect.y + self.size.px(dy), rect.w, rect.h)
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
        radius = self._radius(box.radius, min(rect.w, rect.h) // 2)
        if box.shadow is not None:
            self.items.append(self._shadow(box.shadow, rect, radius))
        if box.fill is not None:
            self.items.append(FillItem(rect, box.fill, radius, polygon=box.polygon))
        top, right, bottom, left = self.size.pads(box)
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
                    rect,
                    radius,
                    self.size.px(box.border.width),
                    box.border.colour,
                    box.border.alpha,
                )
            )

    def _column(self, box: Box, inner: Rect) -> None:
        gap = self.size.gap(box)
        heights = self.size.column_heights(box, inner.w, inner.h)
        self._overflow(box, "tinggi", sum(heights) + gap * (len(heights) - 1) - inner.h)
        starts = justified(heights, gap, inner.h, box.justify)
        for child, height, start in zip(box.children, heights, starts, strict=True):
            width = self.size.width_in_column(child, box, inner.w)
            self._overflow(box, "lebar", width - inner.w, child)
            x = inner.x + aligned(child.align or box.cross, inner.w - width)
            self.place(child, Rect(x, inner.y + start, width, height))

    def _row(self, box: Box, inner: Rect) -> None:
        if not box.children:
            return
        gap = self.size.gap(box)
        lines = self.size.lines(box, inner.w)
        ranges = [highest([self.size.heights(c, w) for c, w in line]) for line in lines]
        room = inner.h - gap * (len(lines) - 1)
        if len(lines) == 1:
            heights = [inner.h]
        else:
            stretch = 1.0 if box.cross == "stretch" else 0.0
            heights = heightened(ranges, [stretch] * len(lines), room)
        self._overflow(box, "tinggi", sum(r[0] for r in ranges) - room)
        top = inner.y
        for line, height in zip(lines, heights, strict=True):
            widths = [width for _, width in line]
            if box.columns:
                starts = self._cell_starts(box, line, inner.w)
            else:
                starts = justified(widths, gap, inner.w, box.justify)
                self._overflow(box, "lebar", sum(widths) + gap * (len(line) - 1) - inner.w)
            for (child, width), start in zip(line, starts, strict=True):
                align = child.align or box.cross
                own = self._height_in_row(child, width, height, align)
                y = top + aligned(align, height - own)
                self.place(child, Rect(inner.x + start, y, width, own))
            top += height + gap

    def _cell_starts(self, box: Box, line: Sequence[tuple[Node, int]], inner: int) -> list[int]:
        """Where the children of one line of equal cells begin; a shorter last line is justified."""
        gap = self.size.gap(box)
        count = cells(len(box.children), box.columns or 1)
        width = (inner - gap * (count - 1)) // count
        justify: Justify = "start" if box.justify == "between" else box.justify
        starts = justified([width] * len(line), gap, inner, justify)
        for child, own in line:
            self._overflow(box, "lebar", own - width, child)
        places: dict[Justify, Align] = {"start": "start", "center": "center", "end": "end"}
        return [
            start + aligned(places[justify], width - own)
            for start, (_, own) in zip(starts, line, strict=True)
        ]

    def _height_in_row(self, child: Node, width: int, room: int, align: Align) -> int:
        least, wished = self.size.heights(child, width)
        if child.height is not None:
            return least
        if align == "stretch":
            # An image that has a width keeps its proportions instead of stretching.
            return least if isinstance(child, Image) and child.width is not None else room
        return min(wished, max(least, room))

    def _stack(self, box: Box, inner: Rect) -> None:
        for child in box.children:
            width = self.size.width_in_stack(child, inner.w)
            least, wished = self.size.heights(child, width)
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
            if wraps(child):
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
        radius = half if node.mask == "circle" else min(self.size.px(node.radius), half)
        if node.shadow is not None:
            self.items.append(self._shadow(node.shadow, rect, radius))
        self.items.append(
            ImageItem(
                rect, node.source, node.mode, node.focus, node.mask, radius,
                flip=node.flip, tint=node.tint,
            )
        )  # fmt: skip
        if node.border is not None:
            width = self.size.px(node.border.width)
            self.items.append(
                BorderItem(rect, radius, width, node.border.colour, node.border.alpha)
            )

    def _radius(self, radius: float | Corners, most: int) -> Radius:
        if isinstance(radius, float | int):
            return min(self.size.px(radius), most)
        a, b, c, d = (max(-most, min(self.size.px(corner), most)) for corner in radius)
        return a, b, c, d

    def _shadow(self, shadow: Shadow, rect: Rect, radius: Radius) -> ShadowItem:
        return ShadowItem(
            rect,
            radius,
            self.size.px(shadow.blur),
            self.size.px(shadow.shift),
            shadow.colour,
            shadow.alpha,
        )

    def _text(self, node: Text, rect: Rect) -> None:
        measured, size, largest, most = self.size.chosen(node, rect.w)
        if largest > size:
            # A quarter pixel of room more or less is rounding, in both directions.
            size = self.size.fitted(node, rect.w, rect.h, SLACK) or size
        self.judge.weigh(node, measured, size, most, rect, SLACK)
        lines = measured.lines(size, rect.w + SLACK, balance=node.balance)
        high = text.line_height(size, node.leading)
        free = rect.h - high * len(lines)
        top = rect.y + {"top": 0, "middle": free // 2, "bottom": free}[node.valign]
        drop = text.baseline(self.size.fonts, size, node.leading)
        strikes: list[FillItem] = []
        for number, line in enumerate(lines):
            if not line:
                continue
            width = self.size.fonts.width(line, node.weight, size, node.tracking)
            space = rect.w - width
            x = rect.x + {"left": 0, "center": space // 2, "right": space}[node.halign]
            y = top + number * high
            glyphs = self.size.fonts.advances(line, node.weight, size, node.tracking)
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
        thick, over = max(line.size // 12, SUB), line.size // 8
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

    def _overflow(self, box: Box, side: str, excess: int, child: Node | None = None) -> None:
        if excess > SLACK:
            self.judge.too_large(child or box, side, excess)
