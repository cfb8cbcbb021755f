"""Lists as offices really keep them: every row is accounted for, nothing is invented, the right Melati."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import xlsxwriter

from content_kit.errors import UsageError
from content_kit.files.regions import Regions
from content_kit.files.workspace import Workspace
from content_kit.planning.intake import write
from content_kit.planning.intake_complete import Answers
from content_kit.planning.intake_ways import COMMAND, SCREEN, Ways
from content_kit.tasks.importing import Trial, try_table

TODAY = date(2026, 11, 30)
HEAD = ("No", "Nama Posyandu", "Desa/Kel", "Kecamatan", "Kab/Kota", "Hari Buka", "Jam", "Tempat")
MELATI = ("1", "Posyandu Melati", "Desa Sungai Rangas", "Martapura Barat", "Kab. Banjar", "Rabu ke-2", "08.00-11.00", "Balai Desa")  # fmt: skip
MAWAR = ("2", "Posyandu Mawar", "Desa Penggalaman", "Martapura Barat", "Kab. Banjar", "Selasa ke-1", "8-11", "Rumah Bu Rina")  # fmt: skip

ANGGREK = ("3", "Posyandu Anggrek", *MAWAR[2:])

Rows = Sequence[Sequence[str | int | float | date]]
Make = Callable[..., Path]


_regions = cache(Regions.load)


@pytest.fixture(autouse=True)
def regions(monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of regions is loaded once for all tests: half a second each."""
    monkeypatch.setattr(Regions, "load", _regions)


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """A folder in which no posyandu is yet."""
    (tmp_path / "kerja" / "calendars").mkdir(parents=True)
    return Workspace(tmp_path / "kerja")


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A workbook of sheets; `hidden` are row numbers, or names of sheets."""

    def build(hidden: Sequence[int | str] = (), merged: str = "", **sheets: Rows) -> Path:
        path = tmp_path / "daftar.xlsx"
        book = xlsxwriter.Workbook(path)
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name.replace("_", " "))
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(number, column, cell, day)
                    elif isinstance(cell, str) and cell.startswith("="):
                        sheet.write_formula(number, column, cell, None, "#REF!")
                    elif cell != "":
                        sheet.write(number, column, cell)
            for row_number in (n for n in hidden if isinstance(n, int)):
                sheet.set_row(row_number - 1, None, None, {"hidden": True})
            if name in hidden:
                sheet.hide()
            if merged:
                sheet.merge_range(merged, str(rows[0][0]))
        book.close()
        return path

    return build


def taken(place: Workspace, path: Path, *, answers: Answers | None = None, all_rows: bool = False) -> Trial:  # fmt: skip
    return try_table(place, path, TODAY, answers=answers, all_rows=all_rows)


def names(trial: Trial) -> list[str]:
    return [f"{one.name}, {one.where}" for one in trial.understood]


def told(trial: Trial) -> str:
    return "\n".join(finding.sentence() for finding in trial.minded())


# Nothing is invented


def test_what_a_list_does_not_say_stays_empty_and_is_asked_once(place: Workspace, make: Make) -> None:  # fmt: skip
    lansia = ("3", "Posyandu Lansia Bahagia", *MELATI[2:5], "Kamis ke-3", "08.00-10.00", "Balai Desa")  # fmt: skip
    trial = taken(place, make(Daftar=[HEAD, MELATI, lansia]))
    list(write(trial.whole))
    for unit in place.load(()).posyandu.values():
        assert unit.service_days[0].services == unit.service_days[0].audience == ()
        assert unit.service_days[0].bring == ()
    assert told(trial).count("dibiarkan kosong") == 1
    assert "2 hari buka tidak menyebut layanan, sasaran, dan yang perlu dibawa" in told(trial)
    assert trial.understood[1].services == ""


def test_one_answer_speaks_for_the_rows_that_say_nothing(place: Workspace, make: Make) -> None:
    rows = [(*HEAD, "Layanan"), (*MELATI, "timbang"), (*MAWAR, "")]
    answers = Answers(layanan="tensi, lansia", sasaran="lansia", bawa="KTP")
    trial = taken(place, make(Daftar=rows), answers=answers)
    assert [one.services for one in trial.understood] == [
        "Timbang dan ukur",
        "Cek tensi, Cek lansia",
    ]
    assert [one.bring for one in trial.understood] == ["KTP", "KTP"]
    assert "dibiarkan kosong" not in told(trial)


def test_services_are_known_by_the_words_of_people(place: Workspace, make: Make) -> None:
    rows = [(*HEAD, "Jenis Pelayanan"), (*MELATI, "Penimbangan, IMUNISASI; Cek Tensi")]
    assert taken(place, make(Daftar=rows)).understood[0].services == "Timbang dan ukur, Imunisasi, Cek tensi"  # fmt: skip
    rows = [(*HEAD, "Layanan"), (*MELATI, "Bekam")]
    trial = taken(place, make(Daftar=rows))
    assert 'layanan "Bekam" tidak dikenal' in told(trial)
    assert trial.whole.edits == ()


# Every row and sheet is accounted for


def test_a_sheet_that_nobody_can_read_is_named_and_stops_the_import(place: Workspace, make: Make) -> None:  # fmt: skip
    other = [("Lok", "Tgl-an", "Pos"), ("Amuntai", "5", "Dahlia"), ("Amuntai", "6", "Anggrek")]
    trial = taken(place, make(Tapin=[HEAD, MELATI], HSU=other))
    assert "lembar HSU tidak dibaca (3 baris)" in told(trial)
    assert trial.whole.edits == ()
    assert [change.unit for change in trial.good.changes] == ["melati"]
    assert trial.good.edits


def test_an_ordinary_second_sheet_is_read_too(place: Workspace, make: Make) -> None:
    other = [("Nama", "Alamat", "Kecamatan", "Hari", "Jam Buka", "Tempat"), ("Dahlia", "Desa Pinang Habang", "Amuntai Tengah", "senin ke-1", "08.00 s/d 10.00", "Balai")]  # fmt: skip
    trial = taken(place, make(Banjar=[HEAD, MELATI], HSU=other), answers=Answers(kabupaten="Hulu Sungai Utara"))  # fmt: skip
    # An address is no desa: it is asked, once for the sheet.
    assert 'kolom "desa" tidak ada di tabel ini (1 posyandu menunggu)' in told(trial)


SIGNED = [
    (),
    ("", "", "", "", "", "", "", "Martapura, 30 September 2026"),
    ("", "", "", "", "", "", "", "Kepala Bidang"),
    (),
    ("", "", "", "", "", "", "", "Hj. Fulanah, S.K.M."),
    ("", "", "", "", "", "", "", "NIP. 19700101 199001 2 001"),
]


@pytest.mark.parametrize(
    ("rows", "passed", "why"),
    [
        pytest.param(SIGNED, 4, "tanda tangan", id="signature under the place"),
        pytest.param([row[1:2] + row[7:] for row in SIGNED], 4, "tanda tangan", id="signature under the number"),
        pytest.param([("", "JUMLAH", "2 posyandu")], 1, "jumlah", id="sum"),
        pytest.param([("Total", "2")], 1, "jumlah", id="total"),
        pytest.param([HEAD], 1, "judul kolom diulang", id="heading of the next page"),
        pytest.param([("Kecamatan Gambut",)], 1, "judul bagian", id="section"),
        pytest.param([(), ("Catatan: data per September 2026",)], 1, "catatan", id="remark"),
    ],
)  # fmt: skip
def test_what_stands_below_a_table_deletes_nothing_and_is_named(
    place: Workspace, make: Make, rows: Rows, passed: int, why: str
) -> None:
    trial = taken(place, make(Daftar=[HEAD, MELATI, MAWAR, *rows]))
    assert [change.unit for change in trial.whole.changes] == ["melati", "mawar"]
    assert trial.whole.passed == passed
    assert why in told(trial)
    assert trial.whole.edits
    assert trial.whole.summary() == f"2 baris: 2 baru. {passed} baris lain bukan data."


def test_hidden_rows_and_sheets_wait_until_they_are_asked_for(place: Workspace, make: Make) -> None:
    path = make(hidden=[3, "Arsip"], Daftar=[HEAD, MELATI, MAWAR], Arsip=[HEAD, ANGGREK])
    trial = taken(place, path)
    assert [change.unit for change in trial.whole.changes] == ["melati"]
    assert "baris 3 tidak ikut: tersembunyi" in told(trial)
    assert "lembar tersembunyi Arsip (2 baris) tidak ikut" in told(trial)
    units = {change.unit for change in taken(place, path, all_rows=True).whole.changes}
    assert units == {"melati", "mawar", "anggrek"}


def test_an_inactive_posyandu_is_told_and_takes_its_days_along(place: Workspace, make: Make) -> None:  # fmt: skip
    rows = [(*HEAD, "Ket"), MELATI, (*MAWAR, "Tidak aktif"), ("", "", "", "", "", "Kamis ke-1", "8-11", "Aula")]  # fmt: skip
    trial = taken(place, make(Daftar=rows))
    assert [one.unit for one in trial.understood] == ["melati"]
    assert "baris 3–4 tidak ikut: tertulis tidak aktif" in told(trial)


def test_a_failed_formula_spoils_its_row_only(place: Workspace, make: Make) -> None:
    broken = (*MAWAR[:6], "=A1", MAWAR[7])
    trial = taken(place, make(Daftar=[HEAD, MELATI, broken]))
    assert "Daftar G3 (jam): rumus di sel G3 gagal (#REF!)" in told(trial)
    assert [change.unit for change in trial.good.changes] == ["melati"]
    assert trial.whole.summary() == "2 baris: 1 baru, 1 perlu dilihat."


def test_a_posyandu_waits_for_its_wrong_day_and_both_are_named(place: Workspace, make: Make) -> None:  # fmt: skip
    more = ("", "", "", "", "", "entah kapan", "8-11", "Aula")
    trial = taken(place, make(Daftar=[HEAD, MAWAR, MELATI, more]))
    assert "Posyandu Melati menunggu baris 4 diperbaiki" in told(trial)
    assert [change.unit for change in trial.good.changes] == ["mawar"]
    assert trial.whole.rows == 3
    assert trial.whole.bad_rows == 2


# The right posyandu


def test_one_posyandu_in_three_spellings_is_one(place: Workspace, make: Make) -> None:
    second = ("", "POSYANDU MELATI", "SUNGAI RANGAS", "Kec. Martapura Barat", "Kabupaten Banjar", "Jumat ke-4", "08.00-11.00", "Balai")  # fmt: skip
    third = ("", "melati", "Ds. Sungai Rangas", "", "", "senin terakhir", "08.00-11.00", "Balai")
    trial = taken(place, make(Daftar=[HEAD, MELATI, second, third]))
    list(write(trial.whole))
    (unit,) = place.load(()).posyandu.values()
    assert [day.rule for day in unit.service_days] == ["Rabu ke-2", "Jumat ke-4", "senin terakhir"]


def test_banjar_is_neither_banjarmasin_nor_banjarbaru(place: Workspace, make: Make) -> None:
    rows = [HEAD, (*MELATI[:2], "Kelurahan Mawar", "Banjarmasin Tengah", "Kota Banjarmasin", *MELATI[5:]), (*MELATI[:2], "Desa Sungai Lulut", "Sungai Tabuk", "Banjar", *MELATI[5:])]  # fmt: skip
    trial = taken(place, make(Daftar=rows))
    assert [one.where.rsplit(", ", 1)[1] for one in trial.understood] == [
        "Kota Banjarmasin",
        "Kabupaten Banjar",
    ]


def test_a_plan_names_one_of_many_melati_by_its_desa(place: Workspace, make: Make) -> None:
    villages = ("Sungai Rangas", "Penggalaman", "Keliling Benteng Ulu")
    rows = [HEAD, *((*MELATI[:2], f"Desa {village}", *MELATI[3:]) for village in villages)]
    list(write(taken(place, make(Daftar=rows)).whole))
    head = ("posyandu", "desa", "tanggal", "jam", "jenis", "model", "isi judul")
    post = ("2026-12-08", "18.30", "edukasi", "edukasi-langkah", "MPASI")
    trial = taken(place, make(Rencana=[head, ("Melati", "Penggalaman", *post)]))
    assert [change.unit for change in trial.whole.changes] == ["melati-desa-penggalaman"]
    trial = taken(place, make(Rencana=[head, ("Melati", "", *post)]))
    assert 'ada 3 "Melati"' in told(trial)
    assert "Desa Penggalaman" in told(trial)
    assert trial.whole.edits == ()
    trial = taken(place, make(Rencana=[head, ("Kamboja", "Penggalaman", *post)]))
    assert 'posyandu "Kamboja" tidak ada' in told(trial)
    assert told(trial).count("melati") == 0  # three hundred names in one line help nobody


def test_the_same_list_again_changes_nothing(place: Workspace, make: Make) -> None:
    path = make(Daftar=[HEAD, MELATI, MAWAR])
    list(write(taken(place, path).whole))
    again = taken(place, path)
    assert again.whole.edits == ()
    assert again.whole.summary() == "2 baris: 2 sama."


# Headings, hours, places as they are written


@pytest.mark.parametrize(
    "head",
    [
        ("No.", "NAMA POSYANDU", "DESA / KELURAHAN", "KEC", "KAB/KOTA", "HARI/TANGGAL", "WAKTU", "LOKASI"),
        ("no", "Posyandu", "Kelurahan", "Kec.", "Kabupaten/Kota", "Hari Pelaksanaan", "Pukul", "Alamat"),
        ("NO", "Nama Pos", "Desa", "Nama Kecamatan", "Kabupaten", "Jadwal", "Jam Pelayanan", "TEMPAT PELAKSANAAN"),
    ],
    ids=["capitals", "points", "long"],
)  # fmt: skip
def test_ordinary_headings_are_known(place: Workspace, make: Make, head: Sequence[str]) -> None:
    trial = taken(place, make(Daftar=[head, MELATI]))
    (one,) = trial.understood
    assert one.where == "Desa Sungai Rangas, Kecamatan Martapura Barat, Kabupaten Banjar"
    assert (one.day, one.hours, one.place) == ("Rabu kedua tiap bulan", "08.00–11.00 WITA", "Balai Desa")  # fmt: skip
    assert one.dates == ("Rab, 9 Des 2026", "Rab, 13 Jan 2027", "Rab, 10 Feb 2027")


def test_headings_in_two_rows_are_one(place: Workspace, make: Make) -> None:
    rows = [
        ("DAFTAR POSYANDU KABUPATEN BANJAR TAHUN 2026",),
        (),
        ("No", "Nama Posyandu", "Alamat", "", "Jadwal", "", ""),
        ("", "", "Desa", "Kecamatan", "Hari", "Jam", "Tempat"),
        (*MELATI[:4], *MELATI[5:]),
    ]
    (one,) = taken(place, make(Daftar=rows)).understood
    assert one.where.endswith("Kabupaten Banjar")
    assert one.hours == "08.00–11.00 WITA"


def test_a_section_speaks_for_the_rows_below_it(place: Workspace, make: Make) -> None:
    head = ("Nama Posyandu", "Desa", "Hari", "Jam", "Tempat")
    rows = [
        ("POSYANDU AKTIF KAB. TAPIN",), head,
        ("KECAMATAN BUNGUR",), ("Melati", "Bungur", "rabu ke-1", "8-11", "Balai"),
        ("A. Kecamatan Binuang",), ("Melati", "Pualam Sari", "rabu ke-2", "8-11", "Balai"),
    ]  # fmt: skip
    trial = taken(place, make(Lembar_1=rows))
    assert names(trial) == [
        "Posyandu Melati, Desa Bungur, Kecamatan Bungur, Kabupaten Tapin",
        "Posyandu Melati, Desa Pualam Sari, Kecamatan Binuang, Kabupaten Tapin",
    ]


@pytest.mark.parametrize(
    ("day", "hours", "meant"),
    [
        ("Rabu ke-2", "08.00 s/d 11.00", "08.00–11.00 WITA"),
        ("Rabu ke-2, jam 8-11", "", "08.00–11.00 WITA"),
        ("Rabu ke-2", "8 pagi sampai selesai", "08.00–selesai WITA"),
        ("Rabu ke-2", "08.00 – 11.00 WITA", "08.00–11.00 WITA"),
    ],
)
def test_hours_are_read_as_people_write_them(
    place: Workspace, make: Make, day: str, hours: str, meant: str
) -> None:
    trial = taken(place, make(Daftar=[HEAD, (*MELATI[:5], day, hours, "Balai")]))
    assert [one.hours for one in trial.understood] == [meant], told(trial)


def test_another_zone_is_asked_back(place: Workspace, make: Make) -> None:
    row = (*MELATI[:6], "08.00 s/d 11.00 WIB", "Balai")
    trial = taken(place, make(Daftar=[HEAD, row]))
    assert "WIB" in told(trial) and "WITA" in told(trial)
    assert trial.whole.edits == ()


def test_a_column_that_is_missing_is_told_once_and_answered_once(place: Workspace, make: Make) -> None:  # fmt: skip
    head = ("Nama", "Desa", "Hari", "Jam", "Tempat")
    rows = [head, *((f"Melati {n}", "Desa Karangan", "rabu ke-1", "8-11", "Balai") for n in range(30))]  # fmt: skip
    trial = taken(place, make(Daftar=rows))
    assert told(trial).count('kolom "kabupaten" tidak ada di tabel ini (30 posyandu') == 1
    answers = Answers(kecamatan="Kecamatan Contoh", kabupaten="Kabupaten Banjar")
    trial = taken(place, make(Daftar=rows), answers=answers)
    assert trial.whole.count("baru") == 30, told(trial)
    assert {one.hours for one in trial.understood} == {"08.00–11.00 WITA"}


def test_a_line_break_in_a_cell_is_no_second_place(place: Workspace, make: Make) -> None:
    row = (*MELATI[:1], "Posyandu\nMelati", *MELATI[2:7], "Balai Desa\nSungai Rangas RT 03")
    (one,) = taken(place, make(Daftar=[HEAD, row])).understood
    assert (one.name, one.place) == ("Posyandu Melati", "Balai Desa, Sungai Rangas RT 03")
    row = (*MELATI[:7], "RW 01; RW 02")
    (one,) = taken(place, make(Daftar=[HEAD, row])).understood
    assert one.place == "RW 01; RW 02"


def test_capitals_are_not_printed(place: Workspace, make: Make) -> None:
    shouted = ("1", "MELATI", "SEMANGAT DALAM", "ALALAK", "BARITO KUALA", "RABU KE-2", "08.00-11.00", "BALAI DESA")  # fmt: skip
    (one,) = taken(place, make(Daftar=[HEAD, shouted])).understood
    assert names(taken(place, make(Daftar=[HEAD, shouted]))) == [
        "Posyandu Melati, Desa Semangat Dalam, Kecamatan Alalak, Kabupaten Barito Kuala"
    ]
    assert one.place == "Balai Desa"


# People, and the paper to check


def test_people_come_by_sheet(place: Workspace, make: Make) -> None:
    people = [
        ("Nama Kader", "Jabatan", "Posyandu", "Desa"),
        ("RUSMINAH", "Kader", "Melati", "Sungai Rangas"),
        ("hendra", "Anggota KIM", "Melati; Mawar", ""),
        ("Budi", "Lurah", "Melati", ""),
    ]
    path = make(Posyandu=[HEAD, MELATI, MAWAR], Orang=people)
    trial = taken(place, path)
    assert 'peran "Lurah" tidak dikenal' in told(trial)
    list(write(trial.good))
    found = place.load(()).people
    assert {(one.name, one.role, one.units) for one in found.values()} == {
        ("Rusminah", "kader", ("melati",)),
        ("Hendra", "kim", ("melati", "mawar")),
    }
    assert taken(place, path).good.edits == ()


def test_what_was_understood_is_a_sheet_too(place: Workspace, make: Make, tmp_path: Path) -> None:
    from content_kit.files.tables import read_table

    trial = taken(place, make(Daftar=[HEAD, MELATI, *SIGNED]))
    (tmp_path / "terbaca.xlsx").write_bytes(trial.workbook())
    sheets, _ = read_table(tmp_path / "terbaca.xlsx", len)
    assert [sheet.name for sheet in sheets] == ["Begini yang terbaca", "Perlu dilihat"]
    assert "Rab, 9 Des 2026, Rab, 13 Jan 2027, Rab, 10 Feb 2027" in sheets[0].rows[1].cells
    assert "belum disebut" in sheets[0].rows[1].cells


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("balita, ibu hamil", ["balita_apras", "bumil_nifas_busui"]),
        ("Bumil; Lansia", ["bumil_nifas_busui", "lansia"]),
        ("Ibu hamil, nifas, dan menyusui", ["bumil_nifas_busui"]),
        ("remaja, usia produktif", ["sekolah_remaja", "dewasa"]),
        ("bayi, balita_apras", ["bayi", "balita_apras"]),
        ("busui\nanak sekolah", ["bumil_nifas_busui", "sekolah_remaja"]),
    ],
)
def test_the_audience_of_a_list_is_said_in_the_words_of_the_screens(
    said: str, codes: list[str], place: Workspace, make: Make
) -> None:
    trial = taken(place, make(Daftar=[(*HEAD, "Sasaran"), (*MELATI, said)]))
    list(write(trial.whole))
    (unit,) = (one for slug, one in place.load(()).posyandu.items() if "melati" in slug)
    assert [str(each) for each in unit.service_days[0].audience] == codes


@pytest.mark.parametrize(("ways", "foreign"), [(COMMAND, "tekan "), (SCREEN, "--")])
def test_hints_are_in_the_words_of_the_place_where_somebody_sits(
    place: Workspace, make: Make, ways: Ways, foreign: str
) -> None:
    bare = ("Nama Posyandu", "Desa", "Hari", "Jam", "Tempat")
    rows = [bare, ("Mawar", "Desa Antah", "selasa ke-2", "08.00-10.00", "Balai")]
    sheets = {"Daftar": [HEAD, MELATI, MAWAR], "Tanpa": rows, "Arsip": [HEAD, MELATI]}
    path = make(hidden=("Arsip", 3), **sheets)
    said = told(try_table(place, path, TODAY, ways=ways))
    wanted = (ways.take_all, ways.answers["layanan"], ways.answers["kecamatan"])
    assert [word for word in wanted if word not in said] == []
    assert foreign not in said
    nothing = make(Daftar=[("apa", "saja", "ini"), ("x", "y", "z"), ("x", "y", "z")])
    assert ways.example in told(try_table(place, nothing, TODAY, ways=ways))


def test_a_table_is_taken_in_for_one_posyandu_alone(place: Workspace, make: Make) -> None:
    list(write(taken(place, make(Daftar=[HEAD, MELATI, MAWAR])).whole))
    mawar = place.root / "calendars" / "mawar"
    before = {path: path.read_bytes() for path in mawar.iterdir()}
    wrong = (*MAWAR[:5], "hari apa saja", *MAWAR[6:])
    more = ("", "", "", "", "", "Jumat ke-1", "09.00-10.00", "Balai RT 9")
    moved = (*MELATI[:6], "10.00-11.00", *MELATI[7:])
    path = make(
        Daftar=[HEAD, wrong, moved, more],
        Orang=[("Nama", "Peran", "Posyandu"), ("Ani", "kader", "Melati"), ("Budi", "kader", "Mawar")],
    )  # fmt: skip
    trial = try_table(place, path, TODAY, unit="melati")
    assert not trial.whole.blocked, told(trial)
    assert {change.unit for change in trial.whole.changes if change.unit} <= {"melati"}
    assert "hari apa saja" not in told(trial)
    assert trial.whole.passed == 2 and trial.whole.rows == 3
    list(write(trial.whole))
    assert {path: path.read_bytes() for path in mawar.iterdir()} == before
    assert len(place.load(()).posyandu["melati"].service_days) == 2
    people = (place.root / "calendars/orang.yaml").read_text("utf-8")
    assert "Ani" in people and "Budi" not in people


def test_a_posyandu_that_is_not_there_is_said(place: Workspace, make: Make) -> None:
    list(write(taken(place, make(Daftar=[HEAD, MELATI])).whole))
    with pytest.raises(UsageError, match="melatih"):
        try_table(place, make(Daftar=[HEAD, MELATI]), TODAY, unit="melatih")
