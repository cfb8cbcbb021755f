"""Holidays, joint leave and Ramadan: the decree of 2026, estimates, the office's own file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from content_kit.model import HolidayKind, HolidayRow
from content_kit.schedule.holidays import Holiday, Holidays, clash

BOOK = Holidays()


def days(*words: str) -> list[date]:
    """Days of 2026 written as in the decree, "21/3"."""
    return [date(2026, int(word.split("/")[1]), int(word.split("/")[0])) for word in words]


def of_2026(kind: HolidayKind) -> list[date]:
    return [
        holiday.day
        for holiday in BOOK.between(date(2026, 1, 1), date(2026, 12, 31))
        if holiday.kind is kind
    ]


def test_2026_is_the_decree_of_three_ministers() -> None:
    assert of_2026(HolidayKind.LIBUR) == days(
        "1/1", "16/1", "17/2", "19/3", "21/3", "22/3", "3/4", "5/4", "1/5", "14/5", "27/5", "31/5",
        "1/6", "16/6", "17/8", "25/8", "25/12",
    )  # fmt: skip
    assert of_2026(HolidayKind.CUTI_BERSAMA) == days(
        "16/2", "18/3", "20/3", "23/3", "24/3", "15/5", "28/5", "24/12"
    )
    assert BOOK.knows(2026)
    assert BOOK.problem(2026) is None


def test_ramadan_2026_is_an_estimate_that_ends_with_idulfitri() -> None:
    fasting = of_2026(HolidayKind.RAMADAN)
    assert (fasting[0], fasting[-1]) == (date(2026, 2, 19), date(2026, 3, 20))
    assert all(each.estimated for each in BOOK.on(fasting[0]))
    assert clash(fasting[0], BOOK) == ("Ramadan (perkiraan)", HolidayKind.RAMADAN)


def test_a_ramadan_may_span_two_years() -> None:
    assert clash(date(2030, 12, 31), BOOK) == clash(date(2031, 1, 10), BOOK)


def test_islamic_days_of_later_years_are_estimates_without_the_word_in_their_name() -> None:
    found = [
        holiday
        for holiday in BOOK.between(date(2029, 1, 1), date(2029, 12, 31))
        if "Idul Fitri" in holiday.name
    ]
    assert found
    assert all(each.estimated and "perkiraan" not in each.name for each in found)
    assert found[0].words().endswith("(perkiraan)")


def test_a_year_without_joint_leave_is_not_known_and_says_so() -> None:
    assert not BOOK.knows(2099)
    problem = BOOK.problem(2099)
    assert problem is not None
    assert problem.code == "libur-belum-diketahui"
    assert "2099" in problem.message


def test_years_far_away_are_answered_too() -> None:
    for year in (1, 1900, 2100, 9999):
        assert isinstance(BOOK.on(date(year, 12, 25)), tuple)
    assert BOOK.free_day(date.max) is not None
    assert BOOK.free_day(date.min) is not None


def test_the_office_file_goes_before_what_we_know() -> None:
    book = Holidays(
        [
            HolidayRow(date(2026, 12, 24), date(2026, 12, 24), "Natal", HolidayKind.BUKAN_LIBUR),
            HolidayRow(date(2026, 8, 14), date(2026, 8, 14), "Hari Jadi"),
            HolidayRow(date(2026, 2, 18), date(2026, 3, 19), "Ramadan", HolidayKind.RAMADAN),
            HolidayRow(date(2099, 5, 4), date(2099, 5, 6), "Cuti", HolidayKind.CUTI_BERSAMA),
        ]
    )
    assert book.closing(date(2026, 12, 24)) is None
    assert clash(date(2026, 8, 14), book) == ("Hari Jadi", HolidayKind.LIBUR)
    assert clash(date(2026, 2, 18), book) == ("Ramadan", HolidayKind.RAMADAN)
    assert [each.estimated for each in book.on(date(2026, 2, 25))] == [False]
    assert book.knows(2099)


def test_a_holiday_in_ramadan_counts_as_the_holiday() -> None:
    assert clash(date(2026, 3, 19), BOOK) == ("Hari Suci Nyepi", HolidayKind.LIBUR)


def test_a_sunday_that_nobody_chose_is_told() -> None:
    sunday = date(2026, 12, 13)
    assert clash(sunday, BOOK) is None
    assert clash(sunday, BOOK, chosen_weekday=False) == ("hari Minggu", HolidayKind.LIBUR)


def nothing(year: int) -> Iterator[Holiday]:
    yield from ()


def test_the_nearest_free_day_is_no_sunday_no_holiday_and_not_taken() -> None:
    book = Holidays(source=nothing)
    saturday = date(2026, 12, 5)
    assert book.free_day(saturday) == date(2026, 12, 4)
    assert book.free_day(saturday, {date(2026, 12, 4)}) == date(2026, 12, 7)
    assert book.free_day(saturday, weekdays=range(7)) == date(2026, 12, 6)
    assert BOOK.free_day(date(2026, 12, 24)) == date(2026, 12, 23)


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.sets(st.integers(-8, 8)))
def test_a_suggested_day_is_always_free(day: date, busy: set[int]) -> None:
    taken = {day + timedelta(days=shift) for shift in busy}
    free = BOOK.free_day(day, taken)
    if free is not None:
        assert free not in taken
        assert free.weekday() != 6
        assert BOOK.closing(free) is None
        assert free != day
