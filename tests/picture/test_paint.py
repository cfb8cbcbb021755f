"""Scenes become pixels: pixel-aligned shapes exactly, edges smoothly, the same each time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from content_kit.picture import paint
from content_kit.picture.fonts import Fonts
from content_kit.picture.memory import Memory
from content_kit.picture.nodes import Colour, Edge, Gradient, Motif, Solid
from content_kit.picture.paint import Painter, contain, cover, cover_box, split
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
)

LooksLike = Callable[..., None]

WHITE, RED, GREEN, BLUE = (255, 255, 255), (255, 0, 0), (0, 255, 0), (0, 0, 255)
UNIT = 10.8 * SUB
FONTS = Fonts()
PAINTER = Painter(FONTS)


class Shelf:
    """Pictures by name, whatever size is asked for."""

    def __init__(self, pictures: Mapping[str, Image.Image] | None = None) -> None:
        self.pictures = pictures or {}
        self.asked: list[tuple[str, int, int]] = []

    def picture(self, item: ImageItem, width: int, height: int) -> Image.Image | None:
        self.asked.append((item.source, width, height))
        return self.pictures.get(item.source)


def px(x: float, y: float, w: float, h: float) -> Rect:
    return Rect(round(x * SUB), round(y * SUB), round(w * SUB), round(h * SUB))


def scene(w: int, h: int, *items: Item) -> Scene:
    return Scene(w, h, UNIT, items)


def painted(w: int, h: int, *items: Item, shelf: Shelf | None = None) -> Image.Image:
    return PAINTER.paint(scene(w, h, *items), shelf or Shelf())


def line(text: str, x: float, y: float, size: int = 30, colour: Colour = (0, 0, 0)) -> TextItem:
    em, left, base = size * SUB, round(x * SUB), round(y * SUB)
    glyphs = tuple((piece, left + at) for piece, at in FONTS.advances(text, 600, em))
    box = Rect(left, base - em, FONTS.width(text, 600, em), em * 5 // 4)
    return TextItem(box, text, glyphs, base, em, 600, colour)


def fill(x: float, y: float, w: float, h: float, colour: Colour = RED, alpha: float = 1.0) -> Item:
    return FillItem(px(x, y, w, h), Solid(colour, alpha))


# Fills


def test_nothing_is_white(looks_like: LooksLike) -> None:
    looks_like(painted(3, 2), "___\n___")


def test_items_lie_over_one_another_in_order(looks_like: LooksLike) -> None:
    looks_like(
        painted(6, 4, fill(1, 1, 3, 2), fill(3, 0, 2, 3, BLUE)),
        """
        ___BB_
        _RRBB_
        _RRBB_
        ______
        """,
    )


def test_half_a_colour_lets_the_ground_through(looks_like: LooksLike) -> None:
    half = painted(4, 2, fill(1, 0, 2, 2, alpha=0.5))
    looks_like(half, "_ss_\n_ss_", tolerance=1)
    both = FillItem(px(1, 0, 2, 2), Solid(RED, 0.5), opacity=0.5)
    assert painted(4, 2, both).getpixel((1, 0)) == pytest.approx((255, 191, 191), abs=2)


def test_positions_are_rounded_once_so_neighbours_meet(looks_like: LooksLike) -> None:
    # Three boxes of 5/3 px: no gap and no overlap.
    third = round(5 / 3 * SUB)
    colours = (RED, GREEN, BLUE)
    boxes = [FillItem(Rect(i * third, 0, third, SUB), Solid(colours[i])) for i in range(3)]
    looks_like(painted(5, 1, *boxes), "RRGBB")


def test_what_reaches_outside_is_cut_off(looks_like: LooksLike) -> None:
    looks_like(painted(3, 2, fill(-2, -5, 4, 6)), "RR_\n___")


def test_round_corners_are_clear_outside_and_smooth_between(looks_like: LooksLike) -> None:
    looks_like(
        painted(10, 8, FillItem(px(0, 0, 10, 8), Solid(RED), 3 * SUB)),
        """
        ..RRRRRR..
        .RRRRRRRR.
        RRRRRRRRRR
        RRRRRRRRRR
        RRRRRRRRRR
        RRRRRRRRRR
        .RRRRRRRR.
        ..RRRRRR..
        """,
        tolerance=40,
    )


@pytest.mark.parametrize(("w", "h"), [(60, 60), (61, 61), (90, 41), (41, 90)])
def test_pills_and_circles_look_alike_from_all_sides(w: int, h: int) -> None:
    image = painted(w, h, FillItem(px(0, 0, w, h), Solid(RED), 100 * SUB))
    for turn in (Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.FLIP_TOP_BOTTOM):
        extremes = ImageChops.difference(image, image.transpose(turn)).getextrema()
        assert max(high for _, high in extremes) <= 16, extremes  # type: ignore[misc]
    assert image.getpixel((0, 0)) == WHITE
    assert image.getpixel((w // 2, 0)) == pytest.approx(RED, abs=12)


def test_a_corner_covers_the_area_of_a_quarter_circle() -> None:
    image = painted(40, 40, FillItem(px(0, 0, 80, 80), Solid((0, 0, 0)), 40 * SUB)).convert("L")
    ink = sum((255 - level) * count for level, count in enumerate(image.histogram())) / 255
    assert ink == pytest.approx(3.14159 / 4 * 40 * 40, rel=0.005)


def test_a_border_is_a_ring_inside(looks_like: LooksLike) -> None:
    looks_like(
        painted(7, 5, BorderItem(px(1, 0, 6, 5), 0, SUB, RED)),
        """
        _RRRRRR
        _R____R
        _R____R
        _R____R
        _RRRRRR
        """,
    )


def test_a_round_border_is_as_wide_everywhere() -> None:
    image = painted(80, 80, BorderItem(px(0, 0, 80, 80), 40 * SUB, 6 * SUB, (0, 0, 0)))
    grey = image.convert("L")
    ink = sum((255 - level) * count for level, count in enumerate(grey.histogram())) / 255
    assert ink == pytest.approx(3.14159 * (40 * 40 - 34 * 34), rel=0.01)


# Gradients, motifs, edges


def level(image: Image.Image, x: int, y: int) -> int:
    found = image.getpixel((x, y))
    assert isinstance(found, tuple)
    return int(found[0])


BLACK_TO_WHITE = ((0, 0, 0), (255, 255, 255))


@pytest.mark.parametrize(
    ("angle", "dark", "light"),
    [
        (0, (50, 0), (50, 99)),
        (90, (0, 50), (99, 50)),
        (45, (0, 0), (99, 99)),
        (180, (50, 99), (50, 0)),
    ],
)
def test_a_gradient_runs_its_way(angle: int, dark: tuple[int, int], light: tuple[int, int]) -> None:
    image = painted(100, 100, FillItem(px(0, 0, 100, 100), Gradient(BLACK_TO_WHITE, angle)))
    assert level(image, *dark) <= 4
    assert level(image, *light) >= 251
    assert level(image, 50, 50) == pytest.approx(128, abs=3)


def test_a_radial_gradient_reaches_the_farthest_corner() -> None:
    round_fill = Gradient(BLACK_TO_WHITE, radial=True, centre=(0.25, 0.5))
    image = painted(160, 80, FillItem(px(0, 0, 160, 80), round_fill))
    assert level(image, 40, 40) <= 8
    assert level(image, 159, 0) >= 250
    assert level(image, 40, 0) == pytest.approx(255 * 40 / (120**2 + 40**2) ** 0.5, abs=5)


def test_a_slow_gradient_has_no_bands() -> None:
    # 20 levels over 800 rows: without dither each band is 40 rows of one colour.
    stops = ((100, 100, 100), (120, 120, 120))
    image = painted(64, 800, FillItem(px(0, 0, 64, 800), Gradient(stops)))
    grey = image.convert("L")
    blocks = [grey.crop((0, y, 64, y + 8)).tobytes() for y in range(40, 760, 8)]
    assert all(len(set(block)) > 1 for block in blocks)
    means = [
        sum(image.crop((0, y, 64, y + 40)).convert("L").tobytes()) / (64 * 40)
        for y in range(0, 800, 40)
    ]
    steps = [b - a for a, b in pairwise(means)]
    assert max(steps) < 1.5
    assert min(steps) > 0.5


def test_three_stops_pass_the_middle_one() -> None:
    stops = (RED, GREEN, BLUE)
    image = painted(10, 101, FillItem(px(0, 0, 10, 101), Gradient(stops)))
    assert image.getpixel((5, 50)) == pytest.approx(GREEN, abs=8)


def test_a_motif_stays_between_its_ground_and_its_colour() -> None:
    motif = Motif("gagatas", Solid((100, 100, 100)), WHITE, 0.1)
    image = painted(200, 200, FillItem(px(0, 0, 200, 200), motif))
    low, high = image.convert("L").getextrema()
    assert low == 100
    assert high == pytest.approx(115, abs=2)


def test_a_glassy_motif_lets_the_ground_through() -> None:
    motif = Motif("ombak", Solid(WHITE, 0.5), WHITE, 0.1)
    image = painted(200, 200, fill(0, 0, 200, 200, (0, 0, 0)), FillItem(px(0, 0, 200, 200), motif))
    low, high = image.convert("L").getextrema()
    assert low == pytest.approx(128, abs=2)
    assert high == pytest.approx(140, abs=4)


def test_an_edge_shows_the_ground_between_its_teeth() -> None:
    image = painted(108, 40, FillItem(px(0, 0, 108, 40), Edge("gigi_haruan", RED, 2.5)))
    assert image.getpixel((0, 0)) == RED
    assert image.getpixel((0, 39)) == WHITE
    flipped = painted(
        108, 40, FillItem(px(0, 0, 108, 40), Edge("gigi_haruan", RED, 2.5, flip=True))
    )
    assert flipped.tobytes() == image.transpose(Image.Transpose.FLIP_TOP_BOTTOM).tobytes()


# Shadows


def test_a_shadow_lies_around_the_box_and_fades() -> None:
    box = px(40, 40, 120, 80)
    image = painted(200, 160, ShadowItem(box, 10 * SUB, 16 * SUB, 0, (0, 0, 0), 0.4)).convert("L")
    below = [image.getpixel((100, y)) for y in range(120, 145)]
    assert below == sorted(below)  # type: ignore[type-var]  # L gives whole numbers
    assert below[0] == pytest.approx(255 - 0.2 * 255, abs=6)
    assert below[-1] == 255
    assert image.getpixel((100, 80)) == 255, "nothing lies under the box, as in CSS"


def test_a_large_shadow_is_a_stretched_small_one() -> None:
    def shadow(w: int) -> Image.Image:
        box = px(30, 30, w, 70)
        return painted(w + 60, 140, ShadowItem(box, 8 * SUB, 10 * SUB, 4 * SUB, (0, 0, 0), 0.5))

    small, large = shadow(100), shadow(300)
    assert small.crop((0, 0, 80, 140)).tobytes() == large.crop((0, 0, 80, 140)).tobytes()
    assert small.crop((80, 0, 160, 140)).tobytes() == large.crop((280, 0, 360, 140)).tobytes()


def test_a_shadow_larger_than_its_box_is_fine() -> None:
    image = painted(60, 60, ShadowItem(px(28, 28, 4, 4), 9 * SUB, 20 * SUB, 0, (0, 0, 0), 1.0))
    assert image.getbbox() is not None


# Words


def test_words_move_with_whole_pixels() -> None:
    one = painted(200, 60, line("Selasa 08.00", 10, 40))
    other = painted(200, 60, line("Selasa 08.00", 13, 45))
    assert one.crop((5, 5, 190, 54)).tobytes() == other.crop((8, 10, 193, 59)).tobytes()


def test_words_in_half_colour_are_half_as_dark() -> None:
    full = painted(120, 50, line("Buka", 5, 40))
    half = painted(120, 50, replace(line("Buka", 5, 40), opacity=0.5))
    ink = [sum(255 - v for v in image.convert("L").tobytes()) for image in (full, half)]
    assert ink[1] == pytest.approx(ink[0] / 2, rel=0.03)


def test_words_outside_the_canvas_are_cut_off() -> None:
    assert painted(20, 20, line("Panjang sekali", -30, 10)).size == (20, 20)


# Pictures


QUARTERS = Image.new("RGB", (40, 20), RED)
QUARTERS.paste(BLUE, (20, 0, 40, 20))


def test_cover_crops_around_the_focus(looks_like: LooksLike) -> None:
    shelf = Shelf({"photo:a": QUARTERS})
    for x, drawing in ((0.0, "RR\nRR"), (1.0, "BB\nBB"), (0.5, "RB\nRB")):
        item = ImageItem(px(0, 0, 2, 2), "photo:a", "cover", (x, 0.5))
        looks_like(painted(2, 2, item, shelf=shelf), drawing, tolerance=60)
    assert shelf.asked[0] == ("photo:a", 2, 2)


def test_contain_shows_all_in_the_middle(looks_like: LooksLike) -> None:
    item = ImageItem(px(0, 0, 4, 4), "logo:a")
    looks_like(
        painted(4, 4, item, shelf=Shelf({"logo:a": QUARTERS})),
        """
        ____
        R..B
        R..B
        ____
        """,
        tolerance=10,
    )


def test_a_picture_of_the_right_size_is_not_touched() -> None:
    noisy = Image.frombytes("RGB", (16, 16), bytes(range(256)) * 3)
    item = ImageItem(px(0, 0, 16, 16), "qr:x")
    assert painted(16, 16, item, shelf=Shelf({"qr:x": noisy})).tobytes() == noisy.tobytes()


def test_clear_parts_of_art_show_the_ground(looks_like: LooksLike) -> None:
    art = Image.new("RGBA", (4, 2), (*RED, 255))
    art.paste((*BLUE, 0), (2, 0, 4, 2))
    item = ImageItem(px(0, 0, 4, 2), "art:a")
    looks_like(painted(4, 2, item, shelf=Shelf({"art:a": art})), "RR__\nRR__")


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_circle_is_cut_smoothly(mode: str) -> None:
    picture = Image.new("RGB", (60, 60), RED).convert(mode)
    item = ImageItem(px(0, 0, 60, 60), "photo:a", "cover", mask="circle")
    image = painted(60, 60, item, shelf=Shelf({"photo:a": picture}))
    assert image.getpixel((0, 0)) == WHITE
    assert image.getpixel((30, 30)) == RED
    greens = {image.getpixel((x, y))[1] for x in range(60) for y in range(60)}  # type: ignore[index]
    assert len(greens) > 12, "edges have many shades"


def test_a_missing_picture_leaves_its_place_empty(looks_like: LooksLike) -> None:
    looks_like(painted(2, 2, ImageItem(px(0, 0, 2, 2), "photo:gone")), "__\n__")


sides = st.integers(1, 3000)
fractions = st.floats(0, 1)


@given(sides, sides, sides, sides, st.tuples(fractions, fractions))
def test_a_cover_crop_lies_inside_and_keeps_the_shape(
    from_w: int, from_h: int, w: int, h: int, focus: tuple[float, float]
) -> None:
    left, top, right, bottom = cover_box(from_w, from_h, w, h, focus)
    assert 0 <= left < right <= from_w + 1e-6
    assert 0 <= top < bottom <= from_h + 1e-6
    assert (right - left) / (bottom - top) == pytest.approx(w / h, rel=1e-6)
    whole = right - left == pytest.approx(from_w) or bottom - top == pytest.approx(from_h)
    assert whole, "no smaller than it must be"


small = st.integers(1, 90)


@settings(max_examples=50)
@given(small, small, small, small, st.tuples(fractions, fractions))
def test_a_covered_box_is_always_full(
    from_w: int, from_h: int, w: int, h: int, focus: tuple[float, float]
) -> None:
    image = cover(Image.new("RGB", (from_w, from_h), RED), w, h, focus)
    assert image.size == (w, h)
    assert image.getcolors() == [(w * h, RED)]


@given(sides, sides, small, small)
def test_a_contained_picture_fits(from_w: int, from_h: int, w: int, h: int) -> None:
    image = contain(Image.new("1", (from_w, from_h)), w, h)
    assert image.width <= w
    assert image.height <= h
    assert image.width == w or image.height == h


# Layers


def test_a_layer_without_turn_or_fade_changes_nothing() -> None:
    items = (fill(5, 5, 30, 20), line("Buka", 8, 20, 14), fill(20, 8, 9, 9, BLUE, 0.5))
    plain = painted(60, 40, *items)
    layered = painted(60, 40, LayerItem(px(5, 5, 30, 20), items))
    extremes = ImageChops.difference(plain, layered).getextrema()
    assert max(high for _, high in extremes) <= 1  # type: ignore[misc]


def test_a_faded_layer_fades_once_where_items_overlap(looks_like: LooksLike) -> None:
    items = (fill(0, 0, 2, 1), fill(1, 0, 2, 1))
    image = painted(4, 1, LayerItem(px(0, 0, 3, 1), items, opacity=0.5))
    looks_like(image, "sss_", tolerance=2)


def test_a_quarter_turn_is_clockwise(looks_like: LooksLike) -> None:
    items = (fill(0, 1, 2, 1), fill(2, 1, 1, 1, BLUE))
    image = painted(3, 3, LayerItem(px(0, 0, 3, 3), items, angle=90))
    looks_like(image, "_R_\n_R_\n_B_", tolerance=4)


@pytest.mark.parametrize("with_picture", [False, True])
def test_a_turned_box_keeps_its_area_and_has_smooth_edges(with_picture: bool) -> None:
    box = px(20, 20, 60, 60)
    shelf = Shelf({"photo:a": Image.new("RGB", (60, 60), (0, 0, 0))})
    item = ImageItem(box, "photo:a", "cover") if with_picture else fill(20, 20, 60, 60, (0, 0, 0))
    image = painted(100, 100, LayerItem(box, (item,), angle=4.0), shelf=shelf).convert("L")
    ink = sum(255 - value for value in image.tobytes()) / 255
    assert ink == pytest.approx(3600, rel=0.01)
    assert len(set(image.tobytes())) > 6


def test_turned_words_lie_where_turned_pixels_would() -> None:
    words = line("SELASA", 20, 60, 30)
    box = px(0, 0, 160, 100)
    sharp = painted(160, 100, LayerItem(box, (words,), angle=4.0)).convert("L")
    middle = (80.0, 50.0)
    upright = painted(160, 100, words).convert("L")
    soft = upright.rotate(-4, Image.Resampling.BICUBIC, center=middle, fillcolor=255)
    ink = [sum(255 - value for value in image.tobytes()) for image in (sharp, soft)]
    difference = sum(ImageChops.difference(sharp, soft).tobytes())
    assert ink[0] == pytest.approx(ink[1], rel=0.02)
    assert difference < 0.2 * ink[0]


def test_layers_within_layers_turn_together() -> None:
    inner = LayerItem(px(20, 20, 40, 40), (fill(20, 20, 40, 40),), angle=10)
    both = painted(80, 80, LayerItem(px(20, 20, 40, 40), (inner,), angle=-10))
    straight = painted(80, 80, fill(20, 20, 40, 40))
    middle = (24, 24, 56, 56)
    assert both.crop(middle).tobytes() == straight.crop(middle).tobytes()
    assert both.getpixel((10, 40)) == WHITE


# The base


def test_what_holds_no_words_is_the_base() -> None:
    title, card, badge = line("Judul", 10, 40), fill(0, 100, 200, 80), fill(5, 20, 20, 20)
    ground = fill(0, 0, 200, 200, BLUE)
    base, rest = split((ground, title, card, badge), paint._bounds)
    assert base == (ground, card), "the card lies beside the title, so it may be painted before"
    assert rest == (title, badge), "the badge lies on the title, so it may not"


def test_what_lies_on_something_late_is_late_too() -> None:
    title, badge = line("Judul", 10, 40), fill(5, 20, 20, 60)
    lower = fill(5, 70, 20, 90)
    assert split((title, badge, lower), paint._bounds) == ((), (title, badge, lower))


def test_the_base_is_kept_and_never_painted_on() -> None:
    painter = Painter(FONTS)
    ground = FillItem(px(0, 0, 90, 50), Gradient((RED, BLUE)))
    first = painter.paint(scene(90, 50, ground), Shelf())
    painter.paint(scene(90, 50, ground, line("Buka", 5, 40)), Shelf())
    again = painter.paint(scene(90, 50, ground), Shelf())
    assert again.tobytes() == first.tobytes()
    assert again is not first


@st.composite
def boxes(draw: st.DrawFn) -> Item:
    x, y = draw(st.integers(0, 40)), draw(st.integers(0, 40))
    w, h = draw(st.integers(1, 40)), draw(st.integers(1, 40))
    colour = draw(st.sampled_from([RED, GREEN, BLUE]))
    kind = draw(st.sampled_from(["fill", "border", "shadow", "words", "layer"]))
    if kind == "words":
        return line("Ag", x, y, 12, colour)
    if kind == "border":
        return BorderItem(px(x, y, w, h), 4 * SUB, 2 * SUB, colour)
    if kind == "shadow":
        return ShadowItem(px(x, y, w, h), 4 * SUB, 6 * SUB, SUB, colour, 0.5)
    item = FillItem(px(x, y, w, h), Solid(colour, draw(st.sampled_from([0.5, 1.0]))), 3 * SUB)
    return LayerItem(item.box, (item,), angle=7.0) if kind == "layer" else item


@settings(max_examples=60, deadline=None)
@given(st.lists(boxes(), max_size=8))
def test_keeping_a_base_never_changes_a_picture(items: list[Item]) -> None:
    whole = scene(80, 80, *items)
    image = PAINTER.paint(whole, Shelf())
    one_by_one = Image.new("RGB", (80, 80), WHITE)
    PAINTER._all(paint._Canvas(one_by_one, UNIT), items, Shelf())
    assert image.tobytes() == one_by_one.tobytes()
    assert Painter(FONTS).paint(whole, Shelf()).tobytes() == image.tobytes()


def test_a_memory_forgets_what_was_longest_unused() -> None:
    memory = Memory(250)
    made: list[str] = []

    def get(name: str, side: int = 10) -> None:
        def make() -> Image.Image:
            made.append(name)
            return Image.new("L", (side, side))

        memory.get(name, make)

    for name in ("a", "b", "a", "c", "a", "b"):
        get(name)
    assert made == ["a", "b", "c", "b"]
    get("too large", 20)
    get("too large", 20)
    assert made[-2:] == ["too large"] * 2
    assert memory.held <= 250
