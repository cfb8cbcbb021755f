"""Scene → pixels: paints the items of a `Scene` in order on an RGB canvas.

What keeps it quick: everything is a paste of a colour or a small picture through a small mask
(one alpha composite of the whole canvas costs 15 to 20 ms); and what every post of a template
shares (fills, shadows, borders) is painted once and copied, as the `base`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil, cos, floor, radians, sin
from typing import Final, Protocol, TypeAlias

from PIL import Image, ImageChops

from content_kit.picture import motifs, shapes
from content_kit.picture.fonts import Fonts
from content_kit.picture.glyphs import PHASES, Glyphs
from content_kit.picture.gradients import gradient
from content_kit.picture.memory import Memory
from content_kit.picture.nodes import Colour, Dash, Edge, Fill, Gradient, Motif, Solid
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
from content_kit.picture.shapes import Corners, Piece, Shapes

WHITE: Final[Colour] = (255, 255, 255)

BASES: Final = 4_000_000
"""Pixels of kept bases (16 MB): one template in feed and story. Few bases serve many posts."""

FILLS: Final = 2_200_000
"""Pixels of kept gradients and motifs (9 MB), which a new base is made of: at least a story's."""

LAYERS: Final = 500_000
"""Pixels of kept layers, such as a calendar leaf without its words."""

TURNED: Final = 2
"""How many times larger words and pictures are painted that are to be turned as pixels.

Plain shapes are not: a straight edge turned bilinearly is as smooth as one drawn aslant.
"""

_QUARTER: Final = SUB // PHASES

Bounds: TypeAlias = tuple[int, int, int, int]
"""Left, top, right and bottom in px."""


class Sources(Protocol):
    """Where the pictures of a scene come from."""

    def picture(self, item: ImageItem, width: int, height: int) -> Image.Image | None:
        """The picture of an item's source, "art:name" or "qr:text"; None if there is none.

        `width` and `height` are the pixels it will fill. It comes upright in RGB or RGBA: whole
        and at least that large if it can be, or already cropped and scaled by `fitted`. The
        painter fits it if it is not, and never changes it.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """How pixels lie over the scene: where the first begins (1/64 px), how much they enlarge."""

    x: int = 0
    y: int = 0
    times: int = 1

    def px(self, box: Rect) -> Bounds:
        """The box in whole pixels: left, top, right, bottom."""
        return (
            self.across(box.x),
            self.down(box.y),
            self.across(box.right),
            self.down(box.bottom),
        )

    def across(self, x: int) -> int:
        return ((x - self.x) * self.times + SUB // 2) // SUB

    def down(self, y: int) -> int:
        return ((y - self.y) * self.times + SUB // 2) // SUB

    def length(self, length: int) -> int:
        return (length * self.times + SUB // 2) // SUB

    def radius(self, radius: Radius) -> int | Corners:
        if isinstance(radius, int):
            return self.length(radius)
        a, b, c, d = (self.length(corner) for corner in radius)
        return a, b, c, d


@dataclass(frozen=True, slots=True)
class _Canvas(_Grid):
    """Something to paint on.

    A layer is painted on black with its coverage beside it: that pair is premultiplied alpha,
    without leaving RGB.
    """

    image: Image.Image
    unit: float
    coverage: Image.Image | None = None

    def put(
        self,
        ink: Colour | Image.Image,
        box: Bounds,
        mask: Image.Image | None = None,
    ) -> None:
        """Paste a colour or an RGB picture of the box's size, through a mask if there is one."""
        self.image.paste(ink, box, mask)
        if self.coverage is not None:
            self.coverage.paste(255, box, mask)


_PIXELS: Final = _Grid()
"""The picture's own pixels."""


class Painter:
    """Paints scenes; owns what is worth keeping between them. One for each thread."""

    def __init__(self, fonts: Fonts) -> None:
        self._glyphs = Glyphs(fonts)
        self._shapes = Shapes()
        self._bases = Memory(BASES)
        self._fills = Memory(FILLS)
        self._layers = Memory(LAYERS)

    def paint(self, scene: Scene, sources: Sources) -> Image.Image:
        """The picture of a scene, RGB, `scene.width` × `scene.height` px."""
        base, rest = split(scene.items, self._bounds)
        key = (scene.width, scene.height, scene.unit, base)
        image = self._bases.get(key, lambda: self._base(scene, base, sources)).copy()
        self._all(_Canvas(image, scene.unit), rest, sources)
        return image

    def _bounds(self, item: Item) -> Bounds:
        """As `_bounds`, but exact for a shadow: else it would touch all that stands beside its box."""
        if not isinstance(item, ShadowItem):
            return _bounds(item)
        left, top, _, _ = _PIXELS.px(item.box)
        pieces = self._shadow_pieces(_PIXELS, item)
        return (
            left + min((piece.left for piece in pieces), default=0),
            top + min((piece.top for piece in pieces), default=0),
            left + max((piece.right for piece in pieces), default=0),
            top + max((piece.bottom for piece in pieces), default=0),
        )

    def _base(self, scene: Scene, items: Sequence[Item], sources: Sources) -> Image.Image:
        image = Image.new("RGB", (scene.width, scene.height), WHITE)
        self._all(_Canvas(image, scene.unit), items, sources)
        return image

    def _all(self, canvas: _Canvas, items: Iterable[Item], sources: Sources) -> None:
        for item in items:
            match item:
                case TextItem():
                    self._text(canvas, item)
                case FillItem():
                    self._fill(canvas, item)
                case ImageItem():
                    self._picture(canvas, item, sources)
                case ShadowItem():
                    self._shadow(canvas, item)
                case BorderItem():
                    self._border(canvas, item)
                case LayerItem():
                    self._layer(canvas, item, sources)

    def _text(self, canvas: _Canvas, item: TextItem) -> None:
        alpha = _byte(item.opacity)
        if alpha == 0:
            return
        size, weight, colour = item.size * canvas.times, item.weight, item.colour
        get = self._glyphs.at(size)
        base = canvas.down(item.y)
        # The C pastes behind Image.paste, which spends more time on checks than on a glyph:
        # 5 µs instead of 10, for some 500 glyphs on a poster. Both clip at the canvas's sides.
        paste = canvas.image.im.paste
        cover = canvas.coverage.im.paste if canvas.coverage is not None else None
        origin, times = canvas.x, canvas.times
        for piece, x in item.glyphs:
            pixel, phase = divmod(((x - origin) * times + _QUARTER // 2) // _QUARTER, PHASES)
            glyph = get(piece, weight, size, phase, alpha)
            if glyph is None:
                continue
            box = (
                pixel + glyph.left,
                base + glyph.top,
                pixel + glyph.right,
                base + glyph.bottom,
            )
            paste(colour, box, glyph.ink)
            if cover is not None:
                cover(255, box, glyph.ink)

    def _fill(self, canvas: _Canvas, item: FillItem) -> None:
        left, top, right, bottom = canvas.px(item.box)
        w, h = right - left, bottom - top
        if w <= 0 or h <= 0:
            return
        radius = canvas.radius(item.radius)
        if item.polygon:
            self._polygon(canvas, item, (left, top, right, bottom))
            return
        match item.fill:
            case Solid(colour, alpha):
                pieces = self._shapes.rounded(w, h, radius, _byte(item.opacity * alpha))
                self._stamp(canvas, colour, left, top, pieces)
            case Motif(name, Solid(colour, alpha), ink, strength, _) if alpha < 1:
                # What lies below shows through, so this cannot be kept as one picture.
                pieces = self._shapes.rounded(w, h, radius, _byte(item.opacity * alpha))
                self._stamp(canvas, colour, left, top, pieces)
                pattern = motifs.field(name, w, h, _tile_width(item.fill, canvas.unit))
                pattern = _dimmed(pattern, _byte(item.opacity * strength))
                if radius:
                    pattern = ImageChops.multiply(pattern, self._mask(w, h, radius))
                canvas.put(ink, (left, top, right, bottom), pattern)
            case Dash(colour, dash, gap):
                times = canvas.unit / SUB
                mask = shapes.dashes(w, h, dash * times, gap * times)
                alpha = _byte(item.opacity)
                canvas.put(colour, (left, top, right, bottom), _dimmed(mask, alpha))
            case Gradient(alphas=(first, last)) if min(first, last) < 1:
                veil = _veil(item.fill, w, h)
                if radius:
                    veil = ImageChops.multiply(veil, self._mask(w, h, radius))
                picture = gradient(item.fill, w, h)
                alpha = _byte(item.opacity)
                canvas.put(picture, (left, top, right, bottom), _dimmed(veil, alpha))
            case Edge(name, colour, scale, flip):
                mask = motifs.edge(name, w, h, scale * canvas.unit / SUB, flip=flip)
                alpha = _byte(item.opacity)
                canvas.put(colour, (left, top, right, bottom), _dimmed(mask, alpha))
            case Gradient() | Motif():
                key = (item.fill, w, h, canvas.unit)
                picture = self._fills.get(key, lambda: _fill_picture(item.fill, w, h, canvas.unit))
                pieces = self._shapes.rounded(w, h, radius, _byte(item.opacity))
                self._stamp(canvas, picture, left, top, pieces)

    def _polygon(self, canvas: _Canvas, item: FillItem, box: Bounds) -> None:
        w, h = box[2] - box[0], box[3] - box[1]
        mask = shapes.polygon(w, h, item.polygon)
        fill, alpha = item.fill, item.opacity
        if isinstance(fill, Solid):
            canvas.put(fill.colour, box, _dimmed(mask, _byte(alpha * fill.alpha)))
            return
        if isinstance(fill, Gradient) and min(fill.alphas) < 1:
            mask = ImageChops.multiply(mask, _veil(fill, w, h))
        key = (fill, w, h, canvas.unit)
        picture = self._fills.get(key, lambda: _fill_picture(fill, w, h, canvas.unit))
        canvas.put(picture, box, _dimmed(mask, _byte(alpha)))

    def _mask(self, w: int, h: int, radius: int | Corners) -> Image.Image:
        if isinstance(radius, int):
            return self._shapes.whole(w, h, radius)
        (piece,) = self._shapes.rounded(w, h, radius)
        assert piece.mask is not None
        return piece.mask

    def _shadow(self, canvas: _Canvas, item: ShadowItem) -> None:
        left, top, _, _ = canvas.px(item.box)
        self._stamp(canvas, item.colour, left, top, self._shadow_pieces(canvas, item))

    def _shadow_pieces(self, canvas: _Grid, item: ShadowItem) -> tuple[Piece, ...]:
        left, top, right, bottom = canvas.px(item.box)
        w, h = right - left, bottom - top
        if w <= 0 or h <= 0:
            return ()
        radius, blur = canvas.radius(item.radius), canvas.length(item.blur)
        shift = canvas.length(item.shift)
        return self._shapes.shadow(w, h, radius, blur, shift, _byte(item.alpha))

    def _border(self, canvas: _Canvas, item: BorderItem) -> None:
        left, top, right, bottom = canvas.px(item.box)
        w, h = right - left, bottom - top
        if w <= 0 or h <= 0:
            return
        line = max(1, canvas.length(item.width))
        pieces = self._shapes.ring(w, h, canvas.radius(item.radius), line, _byte(item.alpha))
        self._stamp(canvas, item.colour, left, top, pieces)

    def _picture(self, canvas: _Canvas, item: ImageItem, sources: Sources) -> None:
        left, top, right, bottom = canvas.px(item.box)
        w, h = right - left, bottom - top
        if w <= 0 or h <= 0:
            return
        picture = sources.picture(item, w, h)
        if picture is None:
            return
        if picture.mode not in ("RGB", "RGBA"):
            picture = picture.convert("RGB")
        picture = fitted(picture, item, w, h)
        if item.flip:
            picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        left, top = left + (w - picture.width) // 2, top + (h - picture.height) // 2
        w, h = picture.size
        radius = min(w, h) if item.mask == "circle" else canvas.length(item.radius)
        if item.mask == "none":
            radius = 0
        alpha = _byte(item.opacity)
        if picture.mode == "RGB":
            self._stamp(canvas, picture, left, top, self._shapes.rounded(w, h, radius, alpha))
            return
        mask = _dimmed(picture.getchannel("A"), alpha)
        if radius:
            mask = ImageChops.multiply(mask, self._shapes.whole(w, h, radius))
        ink = item.tint or picture.convert("RGB")
        canvas.put(ink, (left, top, left + w, top + h), mask)

    def _stamp(
        self,
        canvas: _Canvas,
        ink: Colour | Image.Image,
        left: int,
        top: int,
        pieces: tuple[Piece, ...],
    ) -> None:
        """Lay pieces on; a picture is cut into them."""
        for piece in pieces:
            box = (left + piece.left, top + piece.top, left + piece.right, top + piece.bottom)
            if isinstance(ink, Image.Image):
                within = (piece.left, piece.top, piece.right, piece.bottom)
                part = ink if within == (0, 0, *ink.size) else ink.crop(within)
                canvas.put(part, box, piece.mask)
            else:
                canvas.put(ink, box, piece.mask)

    def _layer(self, canvas: _Canvas, item: LayerItem, sources: Sources) -> None:
        if not item.items or _byte(item.opacity) == 0:
            return
        if item.opacity >= 1:
            # Words are turned as outlines, sharper than pixels; what they stand on is kept.
            plain, rest = split(item.items, _bounds)
            if all(isinstance(inner, TextItem) for inner in rest):
                if plain:
                    self._lay(canvas, replace(item, items=plain), sources)
                for inner in rest:
                    if isinstance(inner, TextItem):
                        self._turned_text(canvas, inner, item)
                return
        self._lay(canvas, item, sources)

    def _lay(self, canvas: _Canvas, item: LayerItem, sources: Sources) -> None:
        # At the origin, so that it is found again wherever the next layout puts it.
        across, down = item.box.x // SUB, item.box.y // SUB
        item = _moved(item, -across * SUB, -down * SUB)
        if any(isinstance(inner, ImageItem) for inner in walk(item.items)):
            # A source may give another picture next time, so nothing is kept.
            pair = self._layer_pair(canvas, item, sources)
        else:
            key = (item, canvas.unit, canvas.times)
            pair = self._layers.get(key, lambda: self._layer_pair(canvas, item, sources))
        *bands, coverage = pair.split()
        bounds = _turned_bounds(item)
        left = canvas.across((across + bounds[0]) * SUB)
        top = canvas.down((down + bounds[1]) * SUB)
        box = (left, top, left + pair.width, top + pair.height)
        below = canvas.image.crop(box)
        # What is below shines through where the layer does not cover; the layer is added to it.
        below.paste((0, 0, 0), (0, 0), coverage)
        canvas.image.paste(ImageChops.add(below, Image.merge("RGB", bands)), box)
        if canvas.coverage is not None:
            canvas.coverage.paste(255, box, coverage)

    def _turned_text(self, canvas: _Canvas, item: TextItem, layer: LayerItem) -> None:
        alpha = _byte(item.opacity)
        middle_x, middle_y = layer.box.x + layer.box.w / 2, layer.box.y + layer.box.h / 2
        turn = radians(layer.angle)
        dy = item.y - middle_y
        for piece, x in item.glyphs:
            dx = x - middle_x
            at_x = (middle_x + dx * cos(turn) - dy * sin(turn) - canvas.x) * canvas.times / SUB
            at_y = (middle_y + dx * sin(turn) + dy * cos(turn) - canvas.y) * canvas.times / SUB
            pen_x, pen_y = floor(at_x), floor(at_y)
            within = (at_x - pen_x, at_y - pen_y)
            size = item.size * canvas.times
            glyph = self._glyphs.turned(piece, item.weight, size, layer.angle, within)
            if glyph is None:
                continue
            left, top = pen_x + glyph.left, pen_y + glyph.top
            box = (left, top, left + glyph.mask.width, top + glyph.mask.height)
            canvas.put(item.colour, box, _dimmed(glyph.mask, alpha))

    def _layer_pair(self, canvas: _Canvas, item: LayerItem, sources: Sources) -> Image.Image:
        """The layer, premultiplied, with its coverage as the fourth band."""
        alpha = _byte(item.opacity)
        left, top, right, bottom = _turned_bounds(item)
        w, h = (right - left) * canvas.times, (bottom - top) * canvas.times
        turned = item.angle % 360 != 0
        times = TURNED if turned and not _is_plain(item) else 1
        image = Image.new("RGB", (w * times, h * times), (0, 0, 0))
        coverage = Image.new("L", image.size, 0)
        inner = _Canvas(
            image,
            canvas.unit * times,
            coverage,
            x=left * SUB,
            y=top * SUB,
            times=canvas.times * times,
        )
        self._all(inner, item.items, sources)
        if turned:
            middle = (
                ((item.box.x + item.box.w / 2) / SUB - left) * inner.times,
                ((item.box.y + item.box.h / 2) / SUB - top) * inner.times,
            )
            image, coverage = (
                band.rotate(-item.angle, Image.Resampling.BILINEAR, center=middle)
                for band in (image, coverage)
            )
            if times > 1:
                image, coverage = image.reduce(times), coverage.reduce(times)
        if alpha < 255:
            image, coverage = _dimmed(image, alpha), _dimmed(coverage, alpha)
        return Image.merge("RGBA", (*image.split(), coverage))


def split(
    items: tuple[Item, ...], bounds_of: Callable[[Item], Bounds]
) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """The items that hold no words and no pictures and lie on nothing that does; and the rest.

    A card that comes after the title in painting order, but beside it on the canvas, may as
    well be painted before it. `bounds_of` tells the px that an item may leave ink on.
    """
    base: list[Item] = []
    rest: list[Item] = []
    taken: list[Bounds] = []
    for item in items:
        bounds = bounds_of(item)
        if _is_plain(item) and not any(_touch(bounds, other) for other in taken):
            base.append(item)
        else:
            rest.append(item)
            taken.append(bounds)
    return tuple(base), tuple(rest)


def _moved(item: LayerItem, dx: int, dy: int) -> LayerItem:
    """The layer moved by 1/64 px, and all it holds."""

    def moved(box: Rect) -> Rect:
        return Rect(box.x + dx, box.y + dy, box.w, box.h)

    items: list[Item] = []
    for inner in item.items:
        match inner:
            case LayerItem():
                items.append(_moved(inner, dx, dy))
            case TextItem():
                glyphs = tuple((piece, x + dx) for piece, x in inner.glyphs)
                items.append(replace(inner, box=moved(inner.box), glyphs=glyphs, y=inner.y + dy))
            case _:
                items.append(replace(inner, box=moved(inner.box)))
    return replace(item, box=moved(item.box), items=tuple(items))


def fitted(image: Image.Image, item: ImageItem, w: int, h: int) -> Image.Image:
    """The picture as the item shows it in a box of w × h px; one that is fitted stays as it is."""
    return cover(image, w, h, item.focus) if item.mode == "cover" else contain(image, w, h)


def cover(
    image: Image.Image, w: int, h: int, focus: tuple[float, float] = (0.5, 0.5)
) -> Image.Image:
    """The picture cropped and scaled to fill w × h px, its focus as near the middle as can be."""
    if image.size == (w, h):
        return image
    return image.resize(
        (w, h),
        Image.Resampling.BICUBIC,
        box=cover_box(image.width, image.height, w, h, focus),
        reducing_gap=2.0,
    )


def cover_box(
    from_w: int, from_h: int, w: int, h: int, focus: tuple[float, float]
) -> tuple[float, float, float, float]:
    """The part of a picture that fills w × h without distortion: left, top, right, bottom."""
    scale = min(from_w / w, from_h / h)
    part_w, part_h = min(w * scale, float(from_w)), min(h * scale, float(from_h))
    left = min(max(focus[0] * from_w - part_w / 2, 0.0), from_w - part_w)
    top = min(max(focus[1] * from_h - part_h / 2, 0.0), from_h - part_h)
    return left, top, left + part_w, top + part_h


def contain(image: Image.Image, w: int, h: int) -> Image.Image:
    """The whole picture as large as fits in w × h px."""
    scale = min(w / image.width, h / image.height)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    if size == image.size:
        return image
    return image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _fill_picture(fill: Fill, w: int, h: int, unit: float) -> Image.Image:
    match fill:
        case Solid(colour, _):
            return Image.new("RGB", (w, h), colour)
        case Gradient():
            return gradient(fill, w, h)
        case Motif():
            picture = _fill_picture(fill.over, w, h, unit)
            pattern = motifs.field(fill.name, w, h, _tile_width(fill, unit))
            picture.paste(fill.colour, (0, 0), _dimmed(pattern, _byte(fill.alpha)))
            return picture
        case Edge() | Dash():
            raise TypeError("this fill is a mask, not a picture")


def _veil(fill: Gradient, w: int, h: int) -> Image.Image:
    """How much of a gradient covers, as a mask that runs from its first alpha to its last."""
    greys = [_byte(alpha) for alpha in fill.alphas]
    stops = tuple((grey, grey, grey) for grey in greys)
    return gradient(replace(fill, stops=stops, alphas=(1.0, 1.0)), w, h).getchannel("R")


def _tile_width(fill: Motif, unit: float) -> int:
    return max(4, round(fill.scale * unit / SUB))


def _byte(alpha: float) -> int:
    return min(255, max(0, round(alpha * 255)))


def _dimmed(image: Image.Image, alpha: int) -> Image.Image:
    if alpha >= 255:
        return image
    return image.point([value * alpha // 255 for value in range(256)] * len(image.getbands()))


def _is_plain(item: Item) -> bool:
    if isinstance(item, LayerItem):
        return all(_is_plain(inner) for inner in item.items)
    return not isinstance(item, TextItem | ImageItem)


def _bounds(item: Item) -> Bounds:
    """What an item may leave ink on, in px, rather too much than too little."""
    if isinstance(item, LayerItem):
        return _turned_bounds(item)
    box, out = item.box, 0
    if isinstance(item, ShadowItem):
        out = item.blur * 3 // 2 + abs(item.shift) + 2 * SUB
    elif isinstance(item, TextItem):
        # Letters lean out of their advance a little; accents and tails stay within the font's
        # own height, which is not known here: a bit more than an em up, a third of one down.
        side = item.size // 4
        left = min((x for _, x in item.glyphs), default=box.x) - side
        box = Rect(left, item.y - item.size * 9 // 8, box.right + side - left, item.size * 3 // 2)
    return (
        (box.x - out) // SUB - 1,
        (box.y - out) // SUB - 1,
        -(-(box.right + out) // SUB) + 1,
        -(-(box.bottom + out) // SUB) + 1,
    )


def _turned_bounds(item: LayerItem) -> Bounds:
    """The px that a layer covers after its turn, with a margin for smooth edges."""
    bounds = [_bounds(inner) for inner in item.items]
    if not bounds:
        return (0, 0, 0, 0)
    left, top = min(b[0] for b in bounds), min(b[1] for b in bounds)
    right, bottom = max(b[2] for b in bounds), max(b[3] for b in bounds)
    if item.angle % 360 == 0:
        return left, top, right, bottom
    middle_x = (item.box.x + item.box.w / 2) / SUB
    middle_y = (item.box.y + item.box.h / 2) / SUB
    turn = radians(item.angle)
    xs, ys = [float(left), float(right)], [float(top), float(bottom)]
    for x in (left, right):
        for y in (top, bottom):
            dx, dy = x - middle_x, y - middle_y
            xs.append(middle_x + dx * cos(turn) - dy * sin(turn))
            ys.append(middle_y + dx * sin(turn) + dy * cos(turn))
    return floor(min(xs)) - 1, floor(min(ys)) - 1, ceil(max(xs)) + 1, ceil(max(ys)) + 1


def _touch(a: Bounds, b: Bounds) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
