"""Dates, hours and numbers of a table that cannot be meant are asked about before a row goes in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from content_kit.files.tables import write_csv
from content_kit.files.workspace import Workspace
from content_kit.planning.intake import Intake
from content_kit.tasks.importing import try_table

TODAY = date(2026, 11, 30)
UNIT = """\
id: contoh-desa-contoh-melati
nama: Posyandu Melati
desa: Desa Contoh
kecamatan: Kecamatan Contoh
kabupaten: Kabupaten Contoh
zona: WITA
hari_buka: []
"""
UNITS = ("unit", "nama", "desa")
POSTS = ("unit", "hari", "tanggal", "jam", "jenis", "model")

Look = Callable[[Sequence[Sequence[str]]], Intake]


@pytest.fixture
def look(tmp_path: Path) -> Look:
    """What importing these rows would do, in a workspace with one posyandu."""
    folder = tmp_path / "calendars" / "melati"
    folder.mkdir(parents=True)
    (folder / "posyandu.yaml").write_text(UNIT, encoding="utf-8")

    def make(rows: Sequence[Sequence[str]]) -> Intake:
        (tmp_path / "x.csv").write_bytes(write_csv(rows))
        return try_table(Workspace(tmp_path), tmp_path / "x.csv", TODAY).whole

    return make


def posts(*days: tuple[str, str]) -> list[Sequence[str]]:
    hours = ("09.00", "10.30", "12.00", "13.30")
    rows = zip(days, hours, strict=False)
    return [
        POSTS,
        *(("melati", name, day, at, "edukasi", "edukasi-langkah") for (name, day), at in rows),
    ]


def test_a_month_first_column_is_asked_once_and_nothing_goes_in(look: Look) -> None:
    found = look(posts(("", "12/7/2026"), ("", "12/9/2026"), ("", "12/10/2026")))
    asked = [each for each in found.findings if each.code == "tanggal-salah"]
    assert ["12 Juli 2026 atau 7 Desember 2026" in each.message for each in asked] == [True]
    assert found.edits == () and found.bad_rows == 3


def test_a_day_first_column_goes_in(look: Look) -> None:
    found = look(posts(("Senin", "7/12/2026"), ("Rabu", "9/12/2026")))
    assert [edit.path.name for edit in found.edits] == ["2026-12.yaml"]


@pytest.mark.parametrize(
    ("weekday", "day", "told"),
    [
        ("", "Kamis, 11 Desember 2026", "Jumat, bukan Kamis"),
        ("Kamis", "11/12/2026", "Jumat, bukan Kamis"),
        ("", "46363", "7 Desember 2026"),
    ],
)
def test_a_date_that_contradicts_itself_is_told_once(
    look: Look, weekday: str, day: str, told: str
) -> None:
    found = look(posts((weekday, day)))
    assert [told in each.message for each in found.findings if each.level == "error"] == [True]
    assert found.edits == ()


def test_a_number_without_its_zero_is_put_right_and_told(look: Look) -> None:
    found = look(
        [(*UNITS, "whatsapp"), ("melati", "Posyandu Melati", "Desa Contoh", "81200000000")]
    )
    assert [each.code for each in found.findings] == ["nomor-diluruskan"]
    assert "0812-0000-0000" in found.edits[0].text


def test_a_number_that_excel_lost_is_asked_for(look: Look) -> None:
    found = look(
        [(*UNITS, "whatsapp"), ("melati", "Posyandu Melati", "Desa Contoh", "6,28123E+12")]
    )
    assert "Excel" in found.findings[0].message and found.edits == ()
