"""Dates and hours read as Indonesians write them."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.model import Hours, Zone
from content_kit.schedule import dates

TUESDAY = date(2026, 12, 8)


def test_a_date_in_full_in_short_and_alone() -> None:
    assert dates.long_date(TUESDAY) == "Selasa, 8 Desember 2026"
    assert dates.short_date(TUESDAY) == "Sel, 8 Des"
    assert dates.plain_date(TUESDAY) == "8 Desember 2026"


def test_hours_carry_their_zone() -> None:
    assert dates.hours(Hours(time(8), time(11, 30)), Zone.WITA) == "08.00–11.30 WITA"
    assert dates.hours(Hours(time(8)), Zone.WIT) == "08.00–selesai WIT"


@pytest.mark.parametrize(
    ("ahead", "word"), [(-1, ""), (0, "hari ini"), (1, "besok"), (2, "lusa"), (3, "")]
)
def test_only_three_days_have_a_word(ahead: int, word: str) -> None:
    assert dates.relative(TUESDAY + timedelta(days=ahead), TUESDAY) == word


@pytest.mark.parametrize(
    ("ahead", "words"),
    [(-2, "2 hari yang lalu"), (0, "hari ini"), (1, "besok"), (9, "9 hari lagi")],
)
def test_every_distance_has_words(ahead: int, words: str) -> None:
    assert dates.distance(TUESDAY + timedelta(days=ahead), TUESDAY) == words


@given(st.dates(), st.dates())
def test_different_days_are_written_differently(one: date, other: date) -> None:
    assert (dates.long_date(one) == dates.long_date(other)) == (one == other)


def test_three_letters_tell_days_and_months_apart() -> None:
    assert len({name[:3] for name in dates.DAYS}) == 7
    assert len({name[:3] for name in dates.MONTHS}) == 12
