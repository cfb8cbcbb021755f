"""The ISO week owns which days and which month files belong together."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.errors import UsageError
from content_kit.schedule.week import Week

TODAY = date(2026, 12, 7)


def test_a_week_has_three_names() -> None:
    assert Week.parse("2026-W50", TODAY) == Week(2026, 50)
    assert Week.parse("2026-12-13", TODAY) == Week(2026, 50)
    assert Week.parse("ini", TODAY) == Week(2026, 50)
    assert str(Week(2026, 5)) == "2026-W05"


def test_week_53_spans_two_years_and_reads_two_month_files() -> None:
    week = Week(2026, 53)
    assert (week.first, week.last) == (date(2026, 12, 28), date(2027, 1, 3))
    assert week.months() == (date(2026, 12, 1), date(2027, 1, 1))
    assert Week.of(date(2027, 1, 1)) == week


def test_a_week_inside_a_month_reads_one_file() -> None:
    assert Week(2026, 50).months() == (date(2026, 12, 1),)


@pytest.mark.parametrize("text", ["2027-W53", "2026-W00", "2026-02-30", "minggu ini", "", "W50"])
def test_what_is_no_week_gets_a_sentence(text: str) -> None:
    with pytest.raises(UsageError, match="Minggu"):
        Week.parse(text, TODAY)


@given(st.dates(date(1970, 1, 1), date(2199, 12, 31)))
def test_every_day_lies_in_its_week(day: date) -> None:
    week = Week.of(day)
    assert day in week
    assert day in week.days()
    assert week.first.weekday() == 0
    assert week.last - week.first == timedelta(days=6)
    assert Week.parse(str(week), TODAY) == week
    assert {found.replace(day=1) for found in week.days()} == set(week.months())
