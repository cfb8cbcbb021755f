"""One day in the words of whoever types it: the coming one is meant, and what is unclear is asked."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.schedule.dates import DAYS, long_date
from content_kit.schedule.one_day import one_day

MONDAY = date(2026, 12, 7)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("hari ini", "2026-12-07"),
        ("Besok", "2026-12-08"),
        ("lusa", "2026-12-09"),
        ("kemarin", "2026-12-06"),
        ("minggu depan", "2026-12-14"),
        ("selasa", "2026-12-08"),
        ("senin", "2026-12-07"),
        ("senin depan", "2026-12-14"),
        ("hari minggu", "2026-12-13"),
        ("10 desember", "2026-12-10"),
        ("8 des", "2026-12-08"),
        ("1 des", "2026-12-01"),
        ("31 januari", "2027-01-31"),
        ("8/12", "2026-12-08"),
        ("8/12/2026", "2026-12-08"),
        ("2020-01-01", "2020-01-01"),
        ("Sen, 7 Des", "2026-12-07"),
        ("Min, 6 Des", "2026-12-06"),
        ("10", "2026-12-10"),
        ("6", "2027-01-06"),
        ("tanggal 7", "2026-12-07"),
        ("selasa ke-2", "2026-12-08"),
    ],
)
def test_the_coming_day_is_meant(words: str, day: str) -> None:
    assert one_day(words, MONDAY) == (date.fromisoformat(day), "")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", "besok"),
        ("asdf", '"asdf" tidak terbaca'),
        ("31/2", "tidak ada"),
        ("senin 8 desember 2026", "Selasa, bukan Senin"),
        ("9-12 desember", "satu hari saja"),
        ("tiap rabu", "satu hari saja"),
        ("x" * 500, "tidak terbaca"),
    ],
)
def test_what_is_unclear_is_asked(words: str, told: str) -> None:
    day, asked = one_day(words, MONDAY)
    assert day is None and told in asked


@given(st.dates(date(2001, 1, 1), date(2099, 12, 31)), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_day_as_we_write_it_reads_back_whenever_it_is_read(day: date, today: date) -> None:
    assert one_day(long_date(day), today)[0] == day
    assert one_day(day.isoformat(), today)[0] == day


@given(st.sampled_from(DAYS), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_weekday_lies_within_the_week_to_come(name: str, today: date) -> None:
    day, _ = one_day(name, today)
    assert day is not None and 0 <= (day - today).days < 7 and DAYS[day.weekday()] == name


@given(st.text(max_size=60))
def test_anything_at_all_gets_a_day_or_a_sentence(words: str) -> None:
    day, asked = one_day(words, MONDAY)
    assert (day is None) == bool(asked)
