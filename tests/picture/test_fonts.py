"""The typeface measures words in 1/64 px, the same at every size."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.picture.fonts import Fonts
from content_kit.picture.scene import SUB

EM = 100 * SUB
FONTS = Fonts()


def test_kerning_brings_letters_together() -> None:
    apart = FONTS.width("A", 700, EM) + FONTS.width("V", 700, EM)
    assert FONTS.width("AV", 700, EM) < apart


def test_a_heavier_weight_is_wider() -> None:
    thin, thick = (FONTS.width("Besok kita buka", weight, EM) for weight in (300, 800))
    assert thin < thick


def test_a_weight_outside_the_axis_is_the_nearest_one() -> None:
    assert FONTS.width("Besok", 950, EM) == FONTS.width("Besok", 800, EM)


def test_ligatures_stay_apart() -> None:
    assert [piece for piece, _ in FONTS.advances("fi ff", 500, EM)] == list("fi ff")


def test_a_letter_and_its_combining_mark_are_one_piece() -> None:
    assert [piece for piece, _ in FONTS.advances("ne\u0301", 500, EM)] == ["n", "e\u0301"]


def test_tracking_widens_between_letters_only() -> None:
    plain, tracked = FONTS.width("abc", 500, EM), FONTS.width("abc", 500, EM, 0.1)
    assert tracked == plain + 2 * EM // 10


def test_no_words_have_no_width() -> None:
    assert FONTS.width("", 500, EM) == 0
    assert FONTS.advances("", 500, EM) == ()


@pytest.mark.parametrize("char", "aZ0é½°–“”·…")
def test_what_posters_use_is_there(char: str) -> None:
    assert FONTS.covers(char)


@pytest.mark.parametrize("char", ["中", "🙂", "\u0639"])
def test_what_the_typeface_lacks_is_known(char: str) -> None:
    assert not FONTS.covers(char)


def test_heights_stand_in_their_order() -> None:
    assert 0 < FONTS.descent(EM) < FONTS.cap_height(EM) < EM


words = st.text(st.sampled_from("abcdefgijklmnopqrstuAVTY .,–0123456789"), max_size=30)


@given(words, st.sampled_from([200, 500, 800]), st.integers(10 * SUB, 60 * SUB))
def test_twice_the_size_is_twice_the_width(text: str, weight: int, size: int) -> None:
    assert abs(FONTS.width(text, weight, 2 * size) - 2 * FONTS.width(text, weight, size)) <= 1


@given(words, st.integers(10 * SUB, 60 * SUB))
def test_letters_come_in_reading_order(text: str, size: int) -> None:
    placed = FONTS.advances(text, 500, size)
    assert "".join(piece for piece, _ in placed) == text
    starts = [x for _, x in placed]
    assert starts == sorted(starts)
    assert all(x <= FONTS.width(text, 500, size) for x in starts)
