"""What volunteers write becomes dates, or the one question that is missing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.findings import Place
from content_kit.schedule.words import NthWeekday, Rule, SingleDate, understand

YEAR = (date(2026, 1, 1), date(2026, 12, 31))

nth_weekdays = st.builds(NthWeekday, st.integers(0, 6), st.sampled_from([1, 2, 3, 4, 5, -1]))
single_dates = st.builds(SingleDate, st.dates())
rules = st.lists(nth_weekdays | single_dates, max_size=5, unique=True).map(
    lambda parts: Rule(tuple(parts))
)
days = st.dates(date(2000, 1, 1), date(2060, 12, 31))


def rule(words: str) -> Rule:
    found, findings = understand(words)
    assert not findings
    assert found is not None
    return found


def question(words: str) -> str:
    found, findings = understand(words, Place("posyandu.yaml", 16, 13))
    assert found is None
    assert [finding.code for finding in findings] == ["aturan-tidak-jelas"]
    assert findings[0].place.line == 16
    return findings[0].hint


def test_the_second_tuesdays_of_a_quarter() -> None:
    assert rule("selasa ke-2").dates(date(2026, 10, 1), date(2026, 12, 31)) == [
        date(2026, 10, 13),
        date(2026, 11, 10),
        date(2026, 12, 8),
    ]


def test_a_month_without_a_fifth_friday_has_no_service_day() -> None:
    found = rule("jumat ke-5").dates(*YEAR)
    assert [day.month for day in found] == [1, 5, 7, 10]


def test_the_last_friday_is_the_fourth_or_the_fifth() -> None:
    found = rule("jumat terakhir").dates(*YEAR)
    assert len(found) == 12
    assert all((day + timedelta(days=7)).month != day.month for day in found)


@pytest.mark.parametrize(
    "words",
    [
        "selasa ke-2",
        "Selasa ke 2",
        "SELASA  ke-2.",
        "sel ke-2",
        "hari selasa kedua",
        "selasa kedua",
    ],
)
def test_spellings_of_one_rule(words: str) -> None:
    assert rule(words) == Rule((NthWeekday(1, 2),))


@pytest.mark.parametrize("words", ["jum'at ke-1", "jum’at pertama", "Jum ke-1"])
def test_friday_has_several_spellings(words: str) -> None:
    assert rule(words) == Rule((NthWeekday(4, 1),))


def test_lists_join_parts_and_repeat_the_weekday() -> None:
    assert rule("selasa ke-2 dan ke-4") == rule("selasa ke-2, selasa ke-4")
    assert rule("2026-12-05, 2027-01-09 dan 2027-02-06").dates(
        date(2026, 12, 1), date(2027, 1, 31)
    ) == [date(2026, 12, 5), date(2027, 1, 9)]
    assert rule("5 Desember 2026") == rule("2026-12-05")


def test_not_yet_certain_is_a_rule_without_dates() -> None:
    found = rule("Belum pasti")
    assert not found.confirmed
    assert found.dates(*YEAR) == []
    assert found.nearest(date(2026, 12, 8)) is None


def test_sunday_needs_the_word_hari_because_minggu_is_also_a_week() -> None:
    assert rule("hari minggu ke-2") == rule("ahad ke-2") == Rule((NthWeekday(6, 2),))
    assert question("minggu ke-2").startswith("Minggu ke-2 hari apa? Tulis misalnya: selasa ke-2.")
    assert "hari minggu ke-2" in question("Minggu kedua")


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("", "Tulis misalnya: selasa ke-2."),
        ("selasa", "Tulis misalnya: selasa ke-2."),
        ("hari minggu", "Tulis misalnya: hari minggu ke-2."),
        ("ke-2", "Tulis misalnya: selasa ke-2."),
        ("selasa ke-6", "Tulis ke-1 sampai ke-5, atau terakhir."),
        ("selasa ke-0", "Tulis ke-1 sampai ke-5, atau terakhir."),
        ("selsa ke-2", 'Maksudnya "selasa ke-2"?'),
        ("Selasa minggu kedua", "Tulis: selasa ke-2."),
        ("kam mg-2", "Tulis: kam ke-2."),
        ("tanggal 7", "Tulis tanggalnya satu per satu"),
        ("2026-02-30", "Periksa angka tanggal"),
        ("tanya kader", 'tulis hanya "belum pasti"'),
        ("selasa ke-2 dan belum pasti", 'tulis hanya "belum pasti"'),
        ("pokoknya pagi", "Tulis misalnya: selasa ke-2."),
    ],
)
def test_what_is_missing_is_asked_for(words: str, asked: str) -> None:
    assert asked in question(words)


def test_every_piece_that_is_unclear_is_told() -> None:
    assert len(understand("selasa, rabu")[1]) == 2


@given(nth_weekdays, days)
def test_every_date_is_the_nth_such_weekday_of_its_month(part: NthWeekday, start: date) -> None:
    for day in Rule((part,)).dates(start, start + timedelta(days=400)):
        assert day.weekday() == part.weekday
        if part.number == -1:
            assert (day + timedelta(days=7)).month != day.month
        else:
            assert (day.day - 1) // 7 + 1 == part.number


@given(rules)
def test_a_sentence_is_understood_as_the_same_rule(found: Rule) -> None:
    assert understand(found.sentence()) == (found, [])


@given(rules, days, st.integers(-40, 400), st.integers(0, 400))
def test_a_span_gives_the_sum_of_its_halves(found: Rule, start: date, one: int, two: int) -> None:
    middle, end = start + timedelta(days=one), start + timedelta(days=one + two)
    whole = found.dates(start, end)
    assert whole == sorted(set(whole))
    if one >= 0:
        rest = found.dates(middle + timedelta(days=1), end)
        assert whole == found.dates(start, middle) + rest


@given(rules, days)
def test_the_nearest_date_is_one_of_the_rule(found: Rule, day: date) -> None:
    near = found.nearest(day)
    assert (near is None) == (not found.confirmed)
    if near is not None:
        assert found.includes(near)
        assert found.includes(day) == (near == day)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(words: str) -> None:
    found, findings = understand(words)
    assert (found is None) == bool(findings)
    assert all(finding.hint for finding in findings)
