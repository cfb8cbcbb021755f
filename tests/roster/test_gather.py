"""The roster of a workspace against the list of those who should send, and its files."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from content_kit.cli import run
from content_kit.errors import UsageError
from content_kit.files import bundled
from content_kit.files.office import Office, read_office
from content_kit.files.reader import Findings
from content_kit.files.tables import read_table
from content_kit.files.unit_list import (
    ListedUnit,
    load_unit_list,
    read_sheet,
    write_unit_list,
)
from content_kit.files.workspace import Workspace
from content_kit.files.yaml import parse
from content_kit.model import Approval, Bidang, Pillar
from content_kit.roster import table
from content_kit.roster.gather import assembled, deadline, expected, months_of
from content_kit.roster.standing import Checked
from content_kit.roster.terminal import group_table, level, row_table
from content_kit.roster.view import Roster, Row, Unit

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
NOW = datetime(2026, 11, 27, 3, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "calendars").mkdir()
    return Workspace.open(tmp_path)


def listed(workspace: Workspace, text: str) -> tuple[tuple[ListedUnit, ...] | None, list[str]]:
    (workspace.root / "calendars" / "daftar_unit.yaml").write_text(text, encoding="utf-8")
    units, findings = load_unit_list(workspace)
    return units, [finding.code for finding in findings]


def test_without_a_list_everybody_is_expected(workspace: Workspace) -> None:
    assert load_unit_list(workspace) == (None, [])
    there = (Unit("a", "melati", "Melati", expected=False), Unit("b", "mawar", "Mawar"))
    assert [unit.expected for unit in expected(there, None)] == [True, True]


def test_the_list_is_read_with_its_mistakes(workspace: Workspace) -> None:
    text = """\
unit:
  - {unit: a, nama: Posyandu Melati, desa: Desa A, kecamatan: Hulu, kabupaten: Kab. A, kode_wilayah: "63.01"}
  - {unit: a, nama: Posyandu Mawar}
  - {unit: b}
  - {unit: c, nama: Posyandu Dahlia, kecamatn: Hilir}
  - melati
"""  # fmt: skip
    units, codes = listed(workspace, text)
    assert units is not None
    assert [(one.id, one.name) for one in units] == [("a", "Posyandu Melati"), ("b", "b"), ("c", "Posyandu Dahlia")]  # fmt: skip
    assert units[0].region_code == "63.01"
    assert sorted(codes) == ["id-ganda", "kunci-tidak-dikenal", "nilai-salah", "wajib-diisi"]


@pytest.mark.parametrize("text", ["", "- a\n", "unit: {a: b}\n", "<<<<<<< x\n", "\0"])
def test_a_strange_list_is_told_and_expects_nobody_new(workspace: Workspace, text: str) -> None:
    units, codes = listed(workspace, text)
    assert not units
    assert codes


def test_units_are_known_by_id_folder_or_name_and_place() -> None:
    there = (
        Unit("id-1", "melati", "Melati", "Desa A", "Hulu", "Kab. A"),
        Unit("id-2", "mawar", "Mawar", "Desa A", "Hulu", "Kab. A"),
        Unit("id-3", "melati-2", "Posyandu Melati", "Desa B", "Kecamatan Hulu", "Kabupaten A"),
        Unit("id-4", "lain", "Lain"),
    )
    the_list = (
        ListedUnit("id-1", "Melati Jaya", district="Hilir"),
        ListedUnit("mawar", "Mawar"),
        ListedUnit("x", "Posyandu Melati", "Desa B", "Kec. Hulu", "kab A"),
        ListedUnit("gone", "Hilang", "Desa C", "Hulu", "Kab. A"),
    )
    found = expected(there, the_list)
    assert [(unit.slug, unit.name, unit.expected) for unit in found] == [
        ("melati", "Melati Jaya", True),
        ("mawar", "Mawar", True),
        ("melati-2", "Posyandu Melati", True),
        ("", "Hilang", True),
        ("lain", "Lain", False),
    ]
    assert found[0].kecamatan == "Hilir" and found[0].kabupaten == "Kab. A"


def test_a_unit_that_sent_nothing_is_a_row() -> None:
    there = [
        Checked(
            Unit("id-1", "melati", "Melati", "", "Hulu", "A"),
            (replace(_row(), handed_in=date(2026, 11, 20)),),
        )
    ]
    the_list = (
        ListedUnit("id-1", "Melati", district="Hulu", regency="Kabupaten A"),
        ListedUnit("id-2", "=Mawar", district="Hulu", regency="Kabupaten A"),
    )
    office = Office(approval=Approval.ONE)
    roster = assembled(there, the_list, office, FIRST, LAST, NOW)
    assert roster.deadline == date(2026, 11, 25)
    assert roster.totals.expected == 2 and roster.totals.missing == 1 and roster.totals.late == 1
    assert roster.rows[0].kabupaten == "Kabupaten A"
    depth, groups = level(roster)
    lines = list(group_table(roster, depth, groups))
    assert depth == 2 and any("=Mawar" in line and "belum mengirim, terlambat" in line for line in lines)  # fmt: skip
    cells = list(table.table(roster))
    assert [row[table.COLUMNS.index("status")] for row in cells] == ["siap", "belum mengirim"]


def _row() -> Row:
    from datetime import time

    return Row(
        "melati", "m1", FIRST, time(9), "WITA", ("fb",), Pillar.EDUKASI, Bidang.KESEHATAN,
        '=HYPERLINK("http://x")', "k1", "siap", "warning", "a" * 64, duty_name="+62 Bu @Ani",
        kabupaten="A", kecamatan="Hulu", posyandu="Melati",
    )  # fmt: skip


def test_formulas_stay_text_in_csv(tmp_path: Path) -> None:
    roster = Roster(FIRST, LAST, (replace(_row(), posyandu="-1+1"),), ())
    path = tmp_path / "daftar.csv"
    path.write_bytes(table.write_table(roster))
    raw = path.read_text("utf-8-sig")
    assert "\"'=HYPERLINK" in raw and "\"'+62" in raw and '"\'-1+1"' in raw
    sheets, findings = read_table(path, len)
    assert not findings
    cells = dict(zip(table.COLUMNS, sheets[0].rows[1].cells, strict=True))
    assert cells["judul"] == '=HYPERLINK("http://x")' and cells["petugas"] == "+62 Bu @Ani"


@pytest.mark.parametrize(
    ("month", "day", "expected_day"),
    [
        (date(2026, 12, 1), 25, date(2026, 11, 25)),
        (date(2027, 1, 1), 31, date(2026, 12, 31)),
        (date(2027, 3, 1), 31, date(2027, 2, 28)),
    ],
)
def test_the_deadline_lies_in_the_month_before(month: date, day: int, expected_day: date) -> None:
    assert deadline(Office(deadline_day=day), month) == expected_day


def test_the_deadline_is_a_day_of_the_month() -> None:
    def day(text: str) -> tuple[int, int]:
        findings = Findings()
        return read_office(parse(text, "k")[0], findings).deadline_day, len(findings)

    assert day("batas_kirim: 20\n") == (20, 0)
    assert day("nama: Uji\n") == (25, 0)
    for wrong in ("0", "32", "1.5", "akhir"):
        assert day(f"batas_kirim: {wrong}\n") == (25, 1)


def test_months_of_a_period() -> None:
    assert months_of(FIRST, LAST) == (FIRST,)
    assert months_of(date(2026, 12, 28), date(2027, 1, 3)) == (FIRST, date(2027, 1, 1))


def test_hostile_words_stay_words_in_the_tables() -> None:
    row = replace(_row(), title="[red]Gratis[/] [/x] \x1b]0;x\x07")
    assert any("[red]Gratis[/]" in line for line in row_table([row]))


# The list from a sheet


def sheet(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "daftar.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_list_comes_from_a_sheet_and_is_read_back(workspace: Workspace, tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        "Daftar posyandu\n\nNo;Nama Posyandu;Desa/Kelurahan;Kecamatan;Kabupaten/Kota;Kode\n"
        "1;Posyandu Melati;Desa Contoh;Kecamatan Contoh;Kabupaten Contoh;63.00\n"
        "2;=1+1;Desa Contoh;Kecamatan Contoh;Kabupaten Contoh;63.00\n"
        ";;;;;\n",
    )
    units, findings = read_sheet(path)
    assert not findings
    assert [one.id for one in units] == ["contoh-desa-contoh-melati", "contoh-desa-contoh-1-1"]
    write_unit_list(workspace, units)
    again, codes = load_unit_list(workspace)
    assert not codes
    assert again is not None
    assert [replace(one, at=units[0].at) for one in again] == [replace(one, at=units[0].at) for one in units]  # fmt: skip
    write_unit_list(workspace, units[:1])  # ours: a new import takes its place
    assert load_unit_list(workspace)[0] is not None


def test_a_list_by_hand_is_only_replaced_when_asked(workspace: Workspace) -> None:
    path = workspace.root / "calendars" / "daftar_unit.yaml"
    path.write_text("unit:\n  - {unit: a, nama: Melati}\n", encoding="utf-8")
    with pytest.raises(UsageError, match="--replace"):
        write_unit_list(workspace, (ListedUnit("b", "Mawar"),))
    assert "Melati" in path.read_text("utf-8")
    write_unit_list(workspace, (ListedUnit("b", "Mawar"),), replace_own=True)
    assert "Mawar" in path.read_text("utf-8")


@pytest.mark.parametrize(
    "text", ["", "a;b\n1;2\n", "nama;desa\n;Desa A\n", "nama;unit\nA;x\nB;x\n"]
)
def test_a_sheet_with_mistakes_says_so(tmp_path: Path, text: str) -> None:
    assert read_sheet(sheet(tmp_path, text))[1]


# Commands


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "kerja"
    shutil.copytree(bundled.root() / "calendars", root / "calendars")
    return root


def test_expect_writes_the_list(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = sheet(tmp_path, "nama;desa;kabupaten\nPosyandu Baru;Desa Jauh;Kabupaten Jauh\n")
    assert run(["roster", "expect", str(path), str(root)]) == 0
    capsys.readouterr()
    assert run(["roster", str(root), "--month", "2026-12"]) == 0
    out = capsys.readouterr().out
    assert "Jauh" in out
    assert run(["roster", str(root), "--month", "2026-12", "--kabupaten", "kab jauh"]) == 0
    assert "belum mengirim" in capsys.readouterr().out
    assert run(["roster", "expect", str(tmp_path / "tidak-ada.csv"), str(root)]) == 2
