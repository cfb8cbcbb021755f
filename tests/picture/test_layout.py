"""Nodes find their place: laws that hold for any tree, and what is said when something does not fit."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.findings import Place
from content_kit.model import Format, Insets
from content_kit.picture.layout import lay_out
from content_kit.picture.nodes import (
    Align,
    Border,
    Box,
    Direction,
    Gradient,
    Image,
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
    LayerItem,
    Rect,
    Scene,
    ShadowItem,
    TextItem,
    walk,
)
from content_kit.picture.text import Metrics
from tests.conftest import Mono

CANVAS = Format("feed", 1000, 1250)
U = 10 * SUB
"""One template length on this canvas."""

WHITE = Solid((255, 255, 255))
EVERYWHERE = Insets()
HERE = Place("templates/uji/template.yaml", 7, 3)


def laid(node: Node, mono: Metrics, safe: Insets = EVERYWHERE) -> Scene:
    shapes = {"art:jam": (64, 64), "photo:ibu.jpg": (1600, 1200), "logo:a.png": (300, 100)}
    return lay_out(node, CANVAS, safe, mono, shapes.get)


def block(**keys: object) -> Box:
    return replace(Box(direction="row", fill=WHITE), **keys)  # type: ignore[arg-type]


def boxes(scene: Scene) -> list[Rect]:
    """The filled boxes in the order of their nodes, parents first."""
    return [item.box for item in walk(scene.items) if isinstance(item, FillItem)]


def codes(scene: Scene) -> list[str]:
    return [finding.code for finding in scene.findings]


# Rows and columns


def test_a_column_stacks_its_children(mono: Metrics) -> None:
    column = Box(direction="column", gap=2, pad=(1, 3, 1, 3),
                 children=(block(height=10), block(height=20)))  # fmt: skip
    assert boxes(laid(column, mono)) == [
        Rect(3 * U, 1 * U, 94 * U, 10 * U),
        Rect(3 * U, 13 * U, 94 * U, 20 * U),
    ]


def test_free_room_goes_to_grow_by_weight(mono: Metrics) -> None:
    column = Box(direction="column",
                 children=(block(height=25, grow=1), block(grow=3)))  # fmt: skip
    first, second = boxes(laid(column, mono))
    assert (first.h, second.h) == (50 * U, 75 * U)


def test_growing_children_of_a_row_are_equally_wide_whatever_they_hold(mono: Metrics) -> None:
    row = Box(direction="row", gap=4, children=(
        block(grow=1, children=(Text(text="a"),)),
        block(grow=1, children=(Text(text="sebuah kalimat yang jauh lebih panjang"),)),
    ))  # fmt: skip
    first, second = boxes(laid(row, mono))
    assert first.w == second.w == 48 * U


def test_thirds_leave_no_gap_and_no_overlap(mono: Metrics) -> None:
    row = Box(direction="row", children=tuple(block(grow=1) for _ in range(7)))
    found = boxes(laid(row, mono))
    assert [box.right for box in found[:-1]] == [box.x for box in found[1:]]
    assert found[-1].right == CANVAS.width * SUB


def test_a_text_in_a_row_is_as_wide_as_its_words(mono: Metrics) -> None:
    row = Box(direction="row", children=(
        block(children=(Text(text="halo", size=5),)), block(grow=1),
    ))  # fmt: skip
    first, second = boxes(laid(row, mono))
    assert first.w == 4 * 3 * U  # four letters of six tenths of five
    assert second.x == first.right


def test_a_long_text_in_a_row_wraps_in_what_is_left(mono: Metrics) -> None:
    row = Box(direction="row", gap=2, cross="start", children=(
        block(width=40, height=5),
        Text(text="satu dua tiga empat lima enam tujuh", size=5),
    ))  # fmt: skip
    scene = laid(row, mono)
    assert len(scene.texts()) > 1
    assert not scene.findings


def test_columns_are_equal_cells_and_evened_out(mono: Metrics) -> None:
    def cells(count: int) -> list[Rect]:
        row = Box(direction="row", columns=3, gap=4,
                  children=tuple(block(height=10) for _ in range(count)))  # fmt: skip
        return boxes(laid(Box(direction="column", children=(row,)), mono))

    assert [(box.x, box.y) for box in cells(4)] == [
        (0, 0), (52 * U, 0), (0, 14 * U), (52 * U, 14 * U),
    ]  # fmt: skip
    assert {box.w for box in cells(4)} == {48 * U}
    assert len({box.y for box in cells(5)}) == 2
    assert [box.w for box in cells(1)] == [100 * U]


@pytest.mark.parametrize(("align", "x"), [("start", 0), ("center", 40), ("end", 80)])
def test_a_child_is_aligned_across(align: Align, x: int, mono: Metrics) -> None:
    column = Box(direction="column", cross=align, children=(block(width=20, height=5),))
    assert boxes(laid(column, mono))[0].x == x * U


# Stacks, shapes and layers


def test_a_stack_anchors_and_shifts(mono: Metrics) -> None:
    stack = Box(direction="stack", children=(
        block(),
        block(width=10, height=10, anchor=(1.0, 0.0), shift=(-3, 4)),
        block(width=10, height=10, anchor=(0.5, 1.0)),
    ))  # fmt: skip
    assert boxes(laid(stack, mono)) == [
        Rect(0, 0, 100 * U, 125 * U),
        Rect(87 * U, 4 * U, 10 * U, 10 * U),
        Rect(45 * U, 115 * U, 10 * U, 10 * U),
    ]


def test_a_round_picture_is_a_circle_in_any_room(mono: Metrics) -> None:
    image = Image(source="photo:ibu.jpg", mask="circle", mode="cover", width=30, height=20)
    scene = laid(Box(direction="column", cross="start", children=(image,)), mono)
    (item,) = (item for item in scene.items if isinstance(item, ImageItem))
    assert item.box == Rect(5 * U, 0, 20 * U, 20 * U)
    assert item.radius == 10 * U


def test_a_missing_side_follows_from_the_picture(mono: Metrics) -> None:
    row = Box(direction="row", cross="center", children=(
        Image(source="logo:a.png", height=6), Image(source="art:jam", width=9),
    ))  # fmt: skip
    found = [item.box for item in laid(row, mono).items if isinstance(item, ImageItem)]
    assert [(box.w, box.h) for box in found] == [(18 * U, 6 * U), (9 * U, 9 * U)]


def test_a_shadow_lies_below_its_box_and_a_border_over_its_content(mono: Metrics) -> None:
    card = block(shadow=Shadow(), border=Border(0.2, (0, 0, 0)), radius=400,
                 children=(Image(source="art:jam", width=9),))  # fmt: skip
    items = laid(card, mono).items
    assert [type(item) for item in items] == [ShadowItem, FillItem, ImageItem, BorderItem]
    assert isinstance(items[1], FillItem)
    assert items[1].radius == 50 * U  # never more than half a side


def test_what_turns_or_fades_is_one_layer(mono: Metrics) -> None:
    turned = block(width=20, height=10, rotate=4.0, children=(Text(text="Selasa"),))
    scene = laid(Box(direction="column", cross="start", children=(turned, block(height=5))), mono)
    layer, after = scene.items
    assert isinstance(layer, LayerItem)
    assert (layer.angle, layer.box) == (4.0, Rect(0, 0, 20 * U, 10 * U))
    assert isinstance(after, FillItem)
    assert after.box.y == 10 * U  # turning takes no other room


# Texts


def test_lines_are_centred_and_stand_on_their_baseline(mono: Metrics) -> None:
    text = Text(text="dua", size=10, leading=1.5, halign="center", valign="middle")
    (line,) = laid(text, mono).texts()
    assert line.box == Rect(41 * U, 55 * U, 18 * U, 15 * U)
    assert line.y == line.box.y + (15 * U + 7 * U) // 2
    assert [x for _, x in line.glyphs] == [41 * U, 47 * U, 53 * U]


def test_a_fitted_text_takes_the_largest_size_that_its_room_allows(mono: Metrics) -> None:
    text = Text(text="Besok buka", fit=(5, 20), leading=1.0, lines=1)
    (line,) = laid(text, mono).texts()
    assert 16.5 * U <= line.size <= 16.7 * U  # ten letters on a hundred


def test_fitted_texts_share_scarce_room_in_equal_measure(mono: Metrics) -> None:
    lines = [Text(text="tiga", fit=(10, 40), leading=1.0) for _ in range(4)]
    scene = laid(Box(direction="column", children=tuple(lines)), mono)
    assert len({line.size for line in scene.texts()}) == 1
    assert 30.5 * U <= scene.texts()[0].size <= 31.3 * U
    assert not scene.findings


def test_fitted_texts_come_before_grow(mono: Metrics) -> None:
    column = Box(direction="column", children=(
        Text(text="judul", fit=(5, 12), leading=1.0), block(grow=1),
    ))  # fmt: skip
    scene = laid(column, mono)
    assert scene.texts()[0].size == 12 * U
    assert boxes(scene)[0].h == (125 - 12) * U


# Findings


def test_a_text_too_long_names_itself_and_its_field(mono: Metrics) -> None:
    text = Text(text="Ayo datang ke posyandu besok pagi " * 20, size=6, at=HERE,
                source_field="isi.judul")  # fmt: skip
    (finding,) = laid(Box(direction="column", children=(text,)), mono).findings
    assert finding.code == "teks-tidak-muat"
    assert 'teks "Ayo datang ke posyandu beso…"' in finding.message
    assert "beranda" in finding.message
    assert finding.place == replace(HERE, field="isi.judul")
    assert finding.hint == "Perpendek teks ini."


def test_a_word_too_long_is_named(mono: Metrics) -> None:
    text = Text(text="kata pertanggungjawaban", fit=(10, 20), source_field="isi.judul")
    (finding,) = laid(text, mono).findings
    assert finding.code == "teks-tidak-muat"
    assert 'kata "pertanggungjawaban"' in finding.message


def test_too_many_lines_are_a_finding(mono: Metrics) -> None:
    assert codes(laid(Text(text="satu dua tiga", size=20, lines=1), mono)) == ["teks-tidak-muat"]


def test_a_box_that_overflows_is_a_finding_at_its_line(mono: Metrics) -> None:
    column = Box(direction="column", at=HERE, children=(block(height=100), block(height=30)))
    (finding,) = laid(column, mono).findings
    assert (finding.code, finding.place.line) == ("isi-meluber", 7)
    assert "50 px terlalu tinggi" in finding.message


def test_pictures_may_bleed_out_of_a_stack_but_words_may_not(mono: Metrics) -> None:
    def stack(child: Node) -> Scene:
        return laid(Box(direction="stack", children=(child,)), mono)

    assert not stack(block(width=150, height=150, anchor=(0.5, 0.5))).findings
    wide = block(width=150, anchor=(0.5, 0.5), children=(Text(text="halo"),))
    assert "isi-meluber" in codes(stack(wide))


def test_tiny_words_are_a_finding(mono: Metrics) -> None:
    assert codes(laid(Text(text="kecil", size=2.3), mono)) == ["teks-terlalu-kecil"]
    assert not codes(laid(Text(text="cukup", size=2.32), mono))


def test_words_outside_the_safe_area_are_a_finding(mono: Metrics) -> None:
    text = Text(text="halo", at=HERE)
    safe = Insets(100, 50, 200, 50)
    assert codes(laid(Box(direction="column", children=(text,)), mono, safe)) == [
        "di-luar-area-aman"
    ]
    sides = (True, True, True, True)
    assert not laid(Box(direction="column", safe=sides, children=(text,)), mono, safe).findings


def test_the_safe_area_is_added_on_the_sides_that_ask(mono: Metrics) -> None:
    box = Box(direction="column", pad=(1, 1, 1, 1), safe=(True, False, False, True),
              children=(block(height=10),))  # fmt: skip
    (found,) = boxes(laid(box, mono, Insets(100, 50, 200, 50)))
    assert found == Rect(6 * U, 11 * U, 93 * U, 10 * U)


def test_pale_words_are_a_finding_with_their_ground(mono: Metrics) -> None:
    text = Text(text="pucat", colour=(160, 160, 160), at=HERE)
    (finding,) = laid(block(children=(text,)), mono).findings
    assert finding.code == "kontras-kurang"
    assert "#FFFFFF" in finding.message


def test_every_stop_under_words_counts(mono: Metrics) -> None:
    fill = Gradient(((0, 0, 0), (240, 240, 240)))
    text = Text(text="hilang", colour=(255, 255, 255))
    assert codes(laid(block(fill=fill, children=(text,)), mono)) == ["kontras-kurang"]


def test_a_run_of_letters_we_do_not_have_is_one_finding(mono: Metrics) -> None:
    greeting = "☃☃☃ ☃☃"
    (finding,) = laid(Text(text=f"Ibu, {greeting}!", source_field="isi.judul"), mono).findings
    assert finding.code == "huruf-tidak-ada"
    assert greeting in finding.message
    assert "Latin" in finding.hint


def test_a_letter_we_do_not_have_is_named(mono: Metrics) -> None:
    (finding,) = laid(Text(text="salju ☃", source_field="isi.judul"), mono).findings
    assert finding.code == "huruf-tidak-ada"
    assert "U+2603" in finding.message
    assert finding.place.field == "isi.judul"


# Laws

ALIGNS = st.sampled_from(["start", "center", "end", "stretch"])
LENGTHS = st.one_of(st.none(), st.integers(1, 40).map(float))
SENTENCES = st.lists(
    st.sampled_from(["ibu", "balita", "posyandu", "6 bulan", "RW 05", "datang"]),
    min_size=1,
    max_size=9,
).map(" ".join)


@st.composite
def texts(draw: st.DrawFn) -> Text:
    small = draw(st.integers(3, 6))
    return Text(
        text=draw(SENTENCES),
        size=small,
        fit=draw(st.sampled_from([None, (float(small), float(small + 5))])),
        grow=draw(st.sampled_from([0.0, 0.0, 1.0])),
        align=draw(st.one_of(st.none(), ALIGNS)),
        balance=draw(st.booleans()),
    )


def trees(depth: int = 2) -> st.SearchStrategy[Box]:
    """Boxes with a fill each, so that every box shows in the scene."""
    leaves = st.builds(
        Box, direction=st.just("row"), fill=st.just(WHITE),
        width=LENGTHS, height=LENGTHS, grow=st.sampled_from([0.0, 1.0]),
    )  # fmt: skip
    children = (
        st.one_of(leaves, texts()) if depth == 0 else st.one_of(leaves, texts(), trees(depth - 1))
    )
    directions: st.SearchStrategy[Direction] = st.sampled_from(["row", "column", "stack"])
    return st.builds(
        Box,
        direction=directions,
        children=st.lists(children, min_size=1, max_size=3).map(tuple),
        columns=st.sampled_from([None, None, 2]),
        gap=st.sampled_from([0.0, 1.5]),
        pad=st.sampled_from([(0.0, 0.0, 0.0, 0.0), (1.0, 2.0, 3.0, 1.5)]),
        cross=ALIGNS,
        justify=st.sampled_from(["start", "center", "end", "between"]),
        width=st.one_of(st.none(), LENGTHS),
        grow=st.sampled_from([0.0, 1.0]),
        fill=st.just(WHITE),
    )


def tree_of(node: Box, rects: list[Rect]) -> tuple[Rect, list[tuple[Rect, Box]]]:
    """The rect of a box and those of the boxes directly in it, from the fills in order."""
    return rects[0], [(rects[at], child) for at, child in _children(node)]


def _children(node: Box) -> list[tuple[int, Box]]:
    found, at = [], 1
    for child in node.children:
        if isinstance(child, Box):
            found.append((at, child))
            at += _count(child)
    return found


def _count(node: Node) -> int:
    if not isinstance(node, Box):
        return 0
    return 1 + sum(_count(child) for child in node.children)


def every(node: Box, rects: list[Rect]) -> list[tuple[Box, Rect, list[tuple[Rect, Box]]]]:
    """Each box with its rect and the rects of its boxes."""
    whole, inside = tree_of(node, rects)
    found = [(node, whole, inside)]
    for at, child in _children(node):
        found += every(child, rects[at:])
    return found


@given(tree=trees())
def test_children_lie_inside_their_parents_or_something_is_said(tree: Box, mono: Metrics) -> None:
    scene = laid(tree, mono)
    if scene.findings:
        return
    for box, whole, inside in every(tree, boxes(scene)):
        if box.direction != "stack":
            assert all(whole.contains(rect, SUB // 2) for rect, _ in inside)


@given(tree=trees())
def test_siblings_never_overlap(tree: Box, mono: Metrics) -> None:
    scene = laid(tree, mono)
    if scene.findings:
        return
    for box, _, inside in every(tree, boxes(scene)):
        if box.direction != "stack":
            rects = [rect for rect, _ in inside]
            assert not any(a.meets(b) for n, a in enumerate(rects) for b in rects[n + 1 :])


@given(tree=trees())
def test_no_line_of_text_is_cut(tree: Box, mono: Metrics) -> None:
    scene = laid(tree, mono)
    canvas = Rect(0, 0, CANVAS.width * SUB, CANVAS.height * SUB)
    if not scene.findings:
        assert all(canvas.contains(line.box, SUB) for line in scene.texts())


@given(tree=trees())
def test_every_word_reaches_the_scene(tree: Box, mono: Metrics) -> None:
    def said(node: Node) -> list[str]:
        if isinstance(node, Text):
            return node.text.split()
        return (
            [word for child in node.children for word in said(child)]
            if isinstance(node, Box)
            else []
        )

    shown = [word for line in laid(tree, mono).texts() for word in line.text.split()]
    assert sorted(shown) == sorted(said(tree))


@given(tree=trees())
def test_equal_trees_give_equal_scenes(tree: Box, mono: Metrics) -> None:
    assert laid(tree, mono) == laid(replace(tree), mono)


@given(tree=trees(), dx=st.integers(-20, 20), dy=st.integers(-20, 20))
def test_a_shift_moves_all_and_changes_nothing_else(
    tree: Box, dx: int, dy: int, mono: Metrics
) -> None:
    still, moved = laid(tree, mono), laid(replace(tree, shift=(float(dx), float(dy))), mono)
    assert [replace(box, x=box.x + dx * U, y=box.y + dy * U) for box in boxes(still)] == boxes(
        moved
    )
    assert [line.size for line in still.texts()] == [line.size for line in moved.texts()]


@given(
    sentence=SENTENCES,
    height=st.integers(10, 60),
    more=st.integers(0, 60),
    wide=st.integers(40, 100),
)
def test_a_higher_box_never_makes_words_smaller(
    sentence: str, height: int, more: int, wide: int, mono: Metrics
) -> None:
    def size(high: float) -> int:
        text = Text(text=sentence, fit=(3, 20), width=wide, height=high, leading=1.1)
        return laid(Box(direction="column", children=(text,)), mono).texts()[0].size

    assert size(height) <= size(height + more)


@given(tree=trees())
def test_boxes_and_words_are_whole_64ths(tree: Box, mono: Metrics) -> None:
    for item in walk(laid(tree, mono).items):
        box = item.box
        assert all(isinstance(side, int) for side in (box.x, box.y, box.w, box.h))
        assert box.w >= 0
        if isinstance(item, TextItem):
            assert all(isinstance(x, int) for _, x in item.glyphs)


def test_fitted_texts_of_one_group_are_set_alike(mono: Metrics) -> None:
    def steps(group: str) -> list[int]:
        children = tuple(
            Text(text=words, fit=(3, 8), width=60, height=12, leading=1.0, group=group)
            for words in ("pendek", "kata kata kata kata kata kata kata kata")
        )
        lines = laid(Box(direction="column", children=children), mono).texts()
        return sorted({line.size for line in lines})

    free, alike = steps(""), steps("langkah")
    assert len(free) == 2
    assert alike == free[:1]


def test_a_struck_text_has_a_bar_through_every_line(mono: Metrics) -> None:
    red = (200, 0, 0)
    words = Text(text="Balai RW 05 Desa Contoh", size=4, width=30, strike=red)
    scene = lay_out(
        Box(direction="column", cross="start", children=(words,)),
        CANVAS,
        Insets(),
        mono,
        lambda _: None,
    )
    bars = [item for item in scene.items if isinstance(item, FillItem)]
    lines = scene.texts()
    assert len(lines) > 1
    assert len(bars) == len(lines)
    for bar, line in zip(bars, lines, strict=True):
        assert bar.fill == Solid(red)
        assert bar.box.x < line.box.x and bar.box.right > line.box.right
        assert line.y - line.size // 2 < bar.box.y < bar.box.bottom < line.y


# Chips, and room that fitted texts leave


def test_chips_go_on_in_the_next_line_when_one_is_full(mono: Metrics) -> None:
    row = Box(direction="row", wrap=True, gap=4,
              children=tuple(block(width=30, height=10) for _ in range(4)))  # fmt: skip
    found = boxes(laid(Box(direction="column", children=(row,)), mono))
    assert [(box.x // U, box.y // U) for box in found] == [(0, 0), (34, 0), (68, 0), (0, 14)]


@given(widths=st.lists(st.integers(5, 90), min_size=1, max_size=9), gap=st.integers(0, 6))
def test_no_chip_leaves_its_row_and_none_lies_on_another(widths: list[int], gap: int) -> None:
    mono = Mono()
    chips = tuple(block(width=width, height=6) for width in widths)
    row = Box(direction="row", wrap=True, gap=gap, children=chips)
    scene = laid(Box(direction="column", children=(row,)), mono)
    found = boxes(scene)
    assert all(box.x >= 0 and box.right <= CANVAS.width * SUB for box in found)
    assert not any(a.meets(b) for n, a in enumerate(found) for b in found[:n])


def test_what_a_fitted_text_does_not_need_goes_to_who_grows(mono: Metrics) -> None:
    """At its largest these words take one line, though two would have fitted a little smaller."""
    words = Text(text="satu dua", fit=(5, 20), leading=1.0, lines=2)
    scene = laid(Box(direction="column", children=(words, block(grow=1))), mono)
    (card,) = boxes(scene)
    bottom = max(item.box.bottom for item in scene.texts())
    assert card.y == bottom
    assert card.bottom == CANVAS.height * SUB


@given(
    texts=st.lists(
        st.lists(st.sampled_from(["ibu", "posyandu", "balita", "dan"]), min_size=1, max_size=9),
        min_size=1, max_size=4,
    ),
    height=st.integers(20, 120),
)  # fmt: skip
def test_fitted_texts_never_lie_on_each_other(texts: list[list[str]], height: int) -> None:
    mono = Mono()
    column = Box(direction="column", height=height, gap=1, children=tuple(
        Text(text=" ".join(words), fit=(2.5, 12), balance=True) for words in texts
    ))  # fmt: skip
    scene = laid(Box(direction="column", children=(column,)), mono)
    lines = [item.box for item in scene.texts()]
    assert scene.findings or all(a.bottom <= b.y for a, b in pairwise(lines))
    assert scene.findings or lines[-1].bottom <= height * U + 16
