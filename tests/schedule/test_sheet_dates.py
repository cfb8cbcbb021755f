"""Dates as spreadsheets hold them are read, or asked about: weekday, day numbers, the order of a column."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.findings import Finding
from content_kit.schedule.dates import long_date, short_date
from content_kit.schedule.sheet_dates import cell_date, column_question, weekday_in

TODAY = date(2026, 11, 30)
SEVENTH = date(2026, 12, 7)


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-07", "2026-12-07 00:00:00", "2026/12/7", "7/12/2026", "07.12.2026", "7-12-2026",
        "7/12/26", "7 Desember 2026", "7 Des 2026", "7-Des-26", "Senin, 7 Desember 2026",
        "senin 7/12/2026", "Sen, 7 Des 2026", "*7 Desember 2026*", "tujuh desember 2026",
    ],
)  # fmt: skip
def test_every_way_to_write_a_date_is_read(text: str) -> None:
    assert cell_date(text) == SEVENTH


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("46363", "nomor tanggal Excel, artinya Senin, 7 Desember 2026"),
        ("46363.0", "nomor tanggal Excel"),
        ("Kamis, 11 Desember 2026", "jatuh pada hari Jumat, bukan Kamis"),
        ("12/21/2026", "21/12/2026"),
        ("31/2/2026", "tidak ada"),
        ("besok", "tidak terbaca"),
        ("7 Desember", "tidak terbaca"),
    ],
)
def test_what_is_wrong_with_a_date_is_told(text: str, told: str) -> None:
    found = cell_date(text)
    assert isinstance(found, Finding)
    assert told in f"{found.message} {found.hint}"


@pytest.mark.parametrize(
    "cells",
    [
        ["12/7/2026", "12/9/2026", "12/10/2026"],
        ["12/7/2026", "12/21/2026"],
        ["1/7/2027", "1/9/2027", "1/10/2027"],
        ["12/7/2026", "", "besok"],
    ],
)
def test_a_column_that_may_be_month_first_is_asked_about(cells: list[str]) -> None:
    assert column_question(cells, TODAY) is not None


@pytest.mark.parametrize(
    "cells",
    [
        [],
        ["7/12/2026", "9/12/2026"],
        ["21/12/2026", "12/7/2026"],
        ["12/12/2026"],
        ["2026-12-07"],
        ["5/6/2026", "6/6/2026"],
    ],
)
def test_a_column_that_makes_sense_is_not_asked_about(cells: list[str]) -> None:
    assert column_question(cells, TODAY) is None


def test_the_month_that_a_table_is_for_decides() -> None:
    january = date(2027, 1, 1)
    assert column_question(["1/2/2027"], TODAY, january) is not None
    assert column_question(["2/1/2027"], TODAY, january) is None


@pytest.mark.parametrize(("text", "weekday"), [("Jum'at", 4), ("hari Minggu", 6), ("", None)])
def test_a_weekday_in_a_cell(text: str, weekday: int | None) -> None:
    assert weekday_in(text) == weekday


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_date_as_we_print_it_reads_back(day: date) -> None:
    for words in (
        long_date(day),
        day.isoformat(),
        f"{day:%d/%m/%Y}",
        f"{short_date(day)} {day.year}",
    ):
        assert cell_date(words) == day


@given(st.text(max_size=30) | st.text("0123456789/-. desnSI,", max_size=14))
def test_any_cell_is_a_date_or_a_question(text: str) -> None:
    found = cell_date(text)
    assert isinstance(found, date) or (found.message and found.hint)
    column_question([text, text], TODAY)
