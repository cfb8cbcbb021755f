"""A text is measured against all that may show under it, and the worst of that counts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.picture.contrast import ENOUGH, blend, ratio, worst
from content_kit.picture.nodes import Colour, Edge, Fill, Gradient, Motif, Solid
from content_kit.picture.scene import (
    FillItem,
    ImageItem,
    Item,
    LayerItem,
    Rect,
    ShadowItem,
    TextItem,
)

BLACK, WHITE, GREY = (0, 0, 0), (255, 255, 255), (128, 128, 128)
CANVAS = Rect(0, 0, 6_400, 6_400)
COLOURS = st.tuples(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))


def words(colour: Colour, opacity: float = 1) -> TextItem:
    box = Rect(1_000, 1_000, 2_000, 300)
    return TextItem(box, "Ayo", (("A", 1_000),), 1_200, 400, 500, colour, opacity)


def lowest(colour: Colour, *below: Item, opacity: float = 1.0) -> float:
    text = words(colour, opacity=opacity)
    return worst((*below, text))[id(text)][0]


def field(fill: Fill, box: Rect = CANVAS, opacity: float = 1.0) -> FillItem:
    return FillItem(box, fill, 0, opacity)


def test_the_scale_ends_at_one_and_twenty_one() -> None:
    assert ratio(BLACK, WHITE) == pytest.approx(21)
    assert ratio(GREY, GREY) == 1


def test_known_pairs() -> None:
    # From the WCAG's own examples: #767676 is the lightest grey that passes on white.
    assert ratio((0x76, 0x76, 0x76), WHITE) >= ENOUGH > ratio((0x77, 0x77, 0x77), WHITE)


@given(COLOURS, COLOURS)
def test_contrast_is_the_same_both_ways(one: Colour, other: Colour) -> None:
    assert ratio(one, other) == ratio(other, one) >= 1


@given(COLOURS, COLOURS)
def test_a_whole_veil_hides_and_none_shows_all(one: Colour, other: Colour) -> None:
    assert blend(one, other, 1) == one
    assert blend(one, other, 0) == other


def test_bare_paper_is_white() -> None:
    assert lowest(BLACK) == pytest.approx(21)


def test_only_the_last_plain_field_counts() -> None:
    assert lowest(WHITE, field(Solid(WHITE)), field(Solid(BLACK))) == pytest.approx(21)


def test_every_stop_of_a_gradient_counts() -> None:
    assert lowest(WHITE, field(Gradient((BLACK, GREY)))) == pytest.approx(ratio(WHITE, GREY))


def test_a_gradient_that_passes_through_the_text_colour_fails() -> None:
    assert ratio(GREY, BLACK) > 3
    assert lowest(GREY, field(Gradient((BLACK, WHITE)))) < 1.5


def test_a_motif_lightens_its_ground() -> None:
    plain = lowest(WHITE, field(Solid((0, 90, 80))))
    quiet = lowest(WHITE, field(Motif("gagatas", Solid((0, 90, 80)), WHITE, 0.1)))
    loud = lowest(WHITE, field(Motif("gagatas", Solid((0, 90, 80)), WHITE, 0.4)))
    assert plain > quiet > loud


def test_a_photo_alone_never_carries_words() -> None:
    photo = ImageItem(CANVAS, "photo:ibu.jpg", "cover")
    assert lowest(WHITE, photo) == 1
    assert lowest(BLACK, photo) == 1


def test_a_scrim_over_a_photo_must_hold_for_a_white_one() -> None:
    photo = ImageItem(CANVAS, "photo:ibu.jpg", "cover")
    assert lowest(WHITE, photo, field(Solid(BLACK, 0.4))) < ENOUGH
    assert lowest(WHITE, photo, field(Solid(BLACK, 0.7))) >= ENOUGH


def test_two_veils_are_laid_on_each_other() -> None:
    photo = ImageItem(CANVAS, "photo:ibu.jpg", "cover")
    one = lowest(WHITE, photo, field(Solid(BLACK, 0.5)))
    two = lowest(WHITE, photo, field(Solid(BLACK, 0.5)), field(Solid(BLACK, 0.5)))
    assert two == pytest.approx(ratio(WHITE, blend(BLACK, blend(BLACK, WHITE, 0.5), 0.5)))
    assert two > one


def test_a_field_under_half_of_the_words_leaves_both_grounds() -> None:
    half = Rect(0, 0, 2_000, 6_400)
    assert lowest(BLACK, field(Solid(WHITE)), field(Solid(BLACK), half)) == 1


def test_a_field_beside_the_words_does_not_matter() -> None:
    aside = Rect(4_000, 4_000, 500, 500)
    assert lowest(BLACK, field(Solid(BLACK), aside)) == pytest.approx(21)


def test_a_toothed_edge_may_show_or_not() -> None:
    edge = field(Edge("gigi_haruan", WHITE))
    assert lowest(WHITE, field(Solid(BLACK)), edge) == 1


def test_a_shadow_beside_a_card_darkens_a_little() -> None:
    shadow = ShadowItem(Rect(1_000, 1_400, 2_000, 500), 0, 300, 0, BLACK, 0.4)
    assert 10 < lowest(BLACK, shadow) < 21


def test_faded_words_are_measured_as_they_are_seen() -> None:
    assert lowest(BLACK, opacity=0.5) == pytest.approx(ratio(blend(BLACK, WHITE, 0.5), WHITE))


def test_a_turned_card_carries_its_own_words() -> None:
    text = words(WHITE)
    card = LayerItem(CANVAS, (field(Solid(BLACK), Rect(800, 800, 3_000, 900)), text), 4)
    assert worst((card,))[id(text)][0] == pytest.approx(21)


def test_words_on_the_corner_of_a_turned_card_are_not_sure_of_it() -> None:
    text = words(BLACK)
    card = LayerItem(CANVAS, (field(Solid(BLACK), Rect(800, 800, 3_000, 900)),), 30)
    assert worst((field(Solid(WHITE)), card, text))[id(text)][0] == 1


def test_words_may_stand_on_the_clear_parts_of_art() -> None:
    drawing = ImageItem(Rect(0, 0, 100 * 64, 100 * 64), "art:jam")
    text = words(WHITE)
    ground = field(Solid(BLACK))

    def clear(item: ImageItem, part: Rect) -> list[tuple[Colour, float]]:
        return [((0, 0, 0), 0.0)]

    def pale(item: ImageItem, part: Rect) -> list[tuple[Colour, float]]:
        return [((0, 0, 0), 0.0), (WHITE, 1.0)]

    items = (ground, drawing, text)
    assert worst(items, clear)[id(text)][0] == pytest.approx(21)
    assert worst(items, pale)[id(text)][0] == pytest.approx(1)
    assert worst(items)[id(text)][0] < ENOUGH, "nobody knows what it looks like"


def test_a_veil_that_thins_out_lets_its_ground_through() -> None:
    veil = field(Gradient((BLACK, BLACK), alphas=(0.0, 1.0)))
    assert lowest(WHITE, field(Solid(WHITE)), veil) == pytest.approx(1)
    assert lowest(WHITE, field(Solid(BLACK)), veil) == pytest.approx(21)


def test_only_what_lies_wholly_in_a_polygon_is_hidden_by_it() -> None:
    around, beside = ((0, 0), (1, 0), (1, 1), (0, 1)), ((0.5, 0), (1, 0), (1, 1))
    cut = replace(field(Solid(BLACK)), polygon=around)
    assert lowest(WHITE, field(Solid(WHITE)), cut) == pytest.approx(21)
    assert lowest(WHITE, field(Solid(WHITE)), replace(cut, polygon=beside)) == pytest.approx(1)
