"""Observances: every row is dated by its own rule and rests on an official ground."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.files import bundled
from content_kit.files.assets import load_observances
from content_kit.files.workspace import Workspace
from content_kit.model import Bidang, CheckState, Motto, ObservanceRow
from content_kit.schedule.dates import MONTHS
from content_kit.schedule.observances import in_year, mottos, observances, problems

ROWS, MOTTOS, FINDINGS = load_observances(Workspace(bundled.root()))
YEARS = st.integers(1950, 2100)


def dated(rule: str, year: int) -> tuple[date, date] | None:
    found = in_year(rule)
    assert found is not None
    return found(year)


def row(id: str) -> ObservanceRow:
    return next(row for row in ROWS if row.id == id)


def test_the_bundled_file_is_complete_and_understood() -> None:
    assert not FINDINGS
    assert not list(problems(ROWS))
    assert len(ROWS) >= 85
    assert {bidang for row in ROWS for bidang in row.bidang} == set(Bidang)
    assert all(row.source for row in ROWS if row.state is CheckState.VERIFIED)


@pytest.mark.parametrize(
    ("id", "first", "last"),
    [
        ("posyandu", "2026-04-29", "2026-04-29"),
        ("kesehatan-nasional", "2026-11-12", "2026-11-12"),
        ("hari-jadi-kalsel", "2026-08-14", "2026-08-14"),
        ("habitat", "2026-10-05", "2026-10-05"),
        ("kusta", "2026-01-25", "2026-01-25"),
        ("ginjal", "2024-03-14", "2024-03-14"),
        ("penglihatan", "2021-10-14", "2021-10-14"),
        ("asma", "2026-05-05", "2026-05-05"),
        ("pekan-menyusui", "2026-08-01", "2026-08-07"),
        ("vitamin-a-1", "2028-02-01", "2028-02-29"),
        ("anti-kekerasan-perempuan", "2026-11-25", "2026-12-10"),
    ],
)
def test_known_days(id: str, first: str, last: str) -> None:
    year = int(first[:4])
    assert dated(row(id).rule, year) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("id", ["diabetes-nasional", "ayah", "satlinmas"])
def test_a_day_without_an_official_ground_is_off(id: str) -> None:
    assert id not in {row.id for row in ROWS}


@pytest.mark.parametrize(
    ("id", "rule"), [("tata-ruang", "8 november"), ("bias-1", "agustus"), ("bias-2", "november")]
)
def test_days_that_lists_get_wrong(id: str, rule: str) -> None:
    assert row(id).rule == rule


def test_no_day_rests_on_a_page_of_the_web() -> None:
    for one in ROWS:
        assert one.source and not re.search(r"\w\.(?:com|net|id|org|tv)\b", one.source), one.id


@given(st.sampled_from(ROWS), YEARS)
def test_every_dated_observance_satisfies_its_own_rule(row: ObservanceRow, year: int) -> None:
    days = dated(row.rule, year)
    assert days is not None
    first, last = days
    assert first <= last
    month = MONTHS[last.month - 1].lower()
    words = row.rule.split()
    assert words[-1] == month
    if row.rule == month:
        assert (first.day, last.day >= 28) == (1, True)
    elif "ke-" in row.rule or "terakhir" in row.rule:
        assert first == last
        weekday = ["senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu"][first.weekday()]
        assert weekday in words
        if "terakhir" in row.rule:
            assert last.day > 24
        else:
            assert f"ke-{(first.day + 6) // 7}" in words
    else:
        numbers = [int(n) for n in row.rule.replace("-", " ").split() if n.isdigit()]
        assert [first.day, last.day][-len(numbers) :] == numbers


@given(YEARS, st.integers(1, 12))
def test_a_month_gives_just_what_touches_it_in_order(year: int, month: int) -> None:
    first = date(year, month, 1)
    last = date(year + month // 12, month % 12 + 1, 1)
    found = observances(ROWS, first, last)
    assert all(each.first <= last and each.last >= first for each in found)
    assert [each.first for each in found] == sorted(each.first for each in found)
    whole = observances(ROWS, date(year, 1, 1), date(year, 12, 31))
    assert len(whole) == len(ROWS)


@pytest.mark.parametrize(
    "rule", ["", "30 februari", "0 mei", "minggu terakhir januari", "mei 5", "7-7 mei", "x" * 999]
)
def test_what_is_no_day_of_the_year_is_a_finding(rule: str) -> None:
    assert in_year(rule) is None
    (finding,) = problems([ObservanceRow("x", "X", rule)])
    assert finding.code == "aturan-tidak-jelas"
    assert not observances([ObservanceRow("x", "X", rule)], date(2026, 1, 1), date(2026, 12, 31))


def test_a_leap_day_is_only_in_leap_years() -> None:
    assert dated("29 februari", 2026) is None
    assert dated("29 februari", 2028) == (date(2028, 2, 29), date(2028, 2, 29))


def test_a_span_may_pass_new_year() -> None:
    rows = [ObservanceRow("x", "X", "28 desember - 3 januari")]
    (found,) = observances(rows, date(2027, 1, 2), date(2027, 1, 2))
    assert (found.first, found.last) == (date(2026, 12, 28), date(2027, 1, 3))


def test_slogans_are_off_until_somebody_turns_them_on() -> None:
    assert len(MOTTOS) >= 7
    assert not any(motto.on for motto in MOTTOS)
    assert not mottos(MOTTOS, date(2025, 8, 14), wanted=True)
    one = Motto("Rakat", date(2026, 1, 1), date(2026, 12, 31), on=True)
    assert mottos([one], date(2026, 5, 5), wanted=True) == [one]
    assert not mottos([one], date(2026, 5, 5), wanted=False)
    assert not mottos([one], date(2027, 1, 1), wanted=True)


def test_an_office_switches_days_off(tmp_path_factory: pytest.TempPathFactory) -> None:
    root = tmp_path_factory.mktemp("kerja")
    (root / "calendars").mkdir()
    (root / "assets").mkdir()
    (root / "assets" / "observances.yaml").write_text(
        "peringatan:\n"
        "  - {id: a, nama: A, aturan: 1 mei, aktif: tidak}\n"
        "  - {id: b, nama: B, aturan: 2 mei, bidang: [sosial]}\n"
        "  - {id: b, nama: B, aturan: 3 mei}\n",
        encoding="utf-8",
    )
    rows, _, findings = load_observances(Workspace(root))
    assert [(row.id, row.rule) for row in rows] == [("b", "2 mei")]
    assert [finding.code for finding in findings] == ["id-ganda"]
