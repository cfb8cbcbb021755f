"""Spreadsheets come in as rows of text, whatever made them, and go out so that nothing in them runs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content_kit.errors import LimitError
from content_kit.files.rows import MAX_ROWS, Row, Sheet, held, letter
from content_kit.files.tables import read_table, spaced, write_csv
from content_kit.files.workbook import MAX_LETTERS, Book, Column, Page, write_workbook

KNOWN = {"tanggal", "jam", "judul"}


def headed(cells: Sequence[str]) -> int:
    return sum(cell.strip().lower() in KNOWN for cell in cells)


def read(tmp_path: Path, data: bytes, name: str = "tabel") -> tuple[Sheet, ...]:
    path = tmp_path / name
    path.write_bytes(data)
    sheets, findings = read_table(path, headed)
    assert findings == []
    return sheets


def refused(tmp_path: Path, data: bytes) -> str:
    path = tmp_path / "tabel.xlsx"
    path.write_bytes(data)
    sheets, findings = read_table(path, headed)
    assert sheets == ()
    assert len(findings) == 1
    assert findings[0].place.file == "tabel.xlsx"
    assert findings[0].hint
    return findings[0].code


def cells(sheet: Sheet) -> list[tuple[str, ...]]:
    return [row.cells for row in sheet.rows]


@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_csv_file_is_read_whatever_program_wrote_it(
    tmp_path: Path, mark: str, start: bytes, end: str
) -> None:
    rows = ["Rencana; Desember, 2026", "", mark.join(("Tanggal", "Jam", "Judul"))]
    rows.append(mark.join(("08/12/2026", "08.00", '"Ayo, datang; bersama"')))
    (sheet,) = read(tmp_path, start + end.join(rows).encode())
    assert sheet.rows[-2:] == (
        Row(3, ("Tanggal", "Jam", "Judul")),
        Row(4, ("08/12/2026", "08.00", "Ayo, datang; bersama")),
    )


def test_other_encodings_of_excel_are_read_too(tmp_path: Path) -> None:
    text = "tanggal;jam;judul\r\n2026-12-08;08.00;6–8 bulan\r\n"
    for encoding in ("utf-16", "cp1252"):
        (sheet,) = read(tmp_path, text.encode(encoding))
        assert sheet.rows[1].cells == ("2026-12-08", "08.00", "6–8 bulan")
    (sheet,) = read(tmp_path, b"sep=|\r\ntanggal|jam\r\n")
    assert sheet.rows[0].cells == ("tanggal", "jam")


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map(held)
HOSTILE = st.sampled_from(
    ["=1+1", "+62", "-x", "@SUM(A1)", "'=1", "''", "'0812", "\tx", '"', "a;b", "http://x.y", "_x0041_", "0812", "1e5", " x "]
)  # fmt: skip
TABLE = st.integers(1, 4).flatmap(
    lambda wide: st.lists(
        st.lists(TEXT | HOSTILE, min_size=wide, max_size=wide), min_size=1, max_size=5
    )
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TABLE)
def test_what_is_written_as_csv_is_read_back(tmp_path: Path, table: list[list[str]]) -> None:
    head = ["tanggal", "jam", "judul", "x"][: len(table[0])]
    data = write_csv([head, *table])
    (sheet,) = read(tmp_path, data)
    filled = [tuple(row) for row in table if any(cell.strip() for cell in row)]
    assert cells(sheet)[1:] == filled
    assert data.startswith(b"\xef\xbb\xbf")


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None
)
@given(TABLE)
def test_what_is_written_as_a_workbook_is_read_back(tmp_path: Path, table: list[list[str]]) -> None:
    columns = tuple(Column(f"k{number}") for number in range(len(table[0])))
    page = Page("Postingan", columns, tuple(map(tuple, table)))
    (sheet,) = read(tmp_path, write_workbook(Book((page,))))
    found = [[row.cell(n) for n in range(len(columns))] for row in sheet.rows[1:]]
    assert found == [row for row in table if any(cell.strip() for cell in row)]


def test_no_cell_of_a_csv_file_starts_a_formula() -> None:
    text = write_csv([["=1+1", "+1", "-1", "@x", "\tx", "aman"]]).decode("utf-8-sig")
    assert text == '"\'=1+1";"\'+1";"\'-1";"\'@x";"\'\tx";"aman"\r\n'
    assert spaced("@posyandu") == " @posyandu"


def test_a_workbook_holds_text_alone(tmp_path: Path) -> None:
    page = Page(
        "Postingan",
        (Column("judul", help="Satu kalimat"), Column("jenis", choices=("jadwal", "edukasi"))),
        (("=HYPERLINK(1)", "jadwal"), ("https://contoh.id", "0812")),
    )
    data = write_workbook(Book((page,), (("Petunjuk", "", ""),), {"jadwal": "Jadwal layanan"}))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "comments1.xml" in " ".join(archive.namelist())
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert 't="s"' in sheet
    assert 'sqref="B2:' in sheet
    assert "Pilihan!$B" not in sheet
    assert "Pilihan!$A$2:$A$3" in sheet
    assert 'state="frozen"' in sheet
    assert data == write_workbook(
        Book((page,), (("Petunjuk", "", ""),), {"jadwal": "Jadwal layanan"})
    )


def test_a_text_longer_than_a_cell_is_never_cut() -> None:
    with pytest.raises(LimitError, match="csv"):
        write_workbook(Book((Page("x", (Column("a"),), (("a" * (MAX_LETTERS + 1),),)),)))


def test_ten_thousand_rows_are_read_and_one_more_is_refused(tmp_path: Path) -> None:
    row = ["2026-12-08", "08.00"]
    head = ["tanggal", "jam"]
    (sheet,) = read(tmp_path, write_csv([head, *[row] * (MAX_ROWS - 1)]))
    assert len(sheet.rows) == MAX_ROWS
    assert refused(tmp_path, write_csv([head, *[row] * MAX_ROWS])) == "batas-terlampaui"
    columns = (Column("tanggal"), Column("jam"))
    many = Page("x", columns, tuple([tuple(row)] * MAX_ROWS))
    assert refused(tmp_path, write_workbook(Book((many,)))) == "batas-terlampaui"


def workbook(sheet: str, **more: str) -> bytes:
    """A workbook whose only sheet holds this XML."""
    out = io.BytesIO()
    whole = zipfile.ZipFile(io.BytesIO(write_workbook(Book((Page("A", (Column("x"),)),)))))
    with whole, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in whole.namelist():
            text = whole.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                head, _, rest = text.partition("<sheetData>")
                text = f"{head}<sheetData>{sheet}</sheetData>{rest.partition('</sheetData>')[2]}"
            archive.writestr(name, more.get(name, text))
    return out.getvalue()


def cell(at: str, text: str) -> str:
    return f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'


def test_the_result_of_a_formula_is_text_and_the_formula_never_runs(tmp_path: Path) -> None:
    sheet = f'<row r="1">{cell("A1", "=1+1")}<c r="B1"><f>1/0*99</f><v>7</v></c></row>'
    (found,) = read(tmp_path, workbook(sheet))
    assert found.rows == (Row(1, ("=1+1", "7")),)


@pytest.mark.parametrize(
    "sheet",
    [
        f"<row r='1'>{cell('A1', 'x')}</row><row r='1000000'>{cell('XFD1000000', 'y')}</row>",
        f"<row r='1'>{cell('ZZZ1', 'x')}</row>",
        "".join(f'<row r="{n}">{cell(f"A{n}", "x")}</row>' for n in range(1, 10_003)),
    ],
    ids=["far corner", "far right", "10,002 rows"],
)
def test_a_sheet_that_would_fill_the_memory_is_refused(tmp_path: Path, sheet: str) -> None:
    assert refused(tmp_path, workbook(sheet)) == "batas-terlampaui"


def test_a_failed_formula_stands_in_its_cell_as_excel_shows_it(tmp_path: Path) -> None:
    row = f'<row r="2">{cell("A2", "x")}<c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    (sheet,) = read(tmp_path, workbook(row))
    assert sheet.rows == (Row(2, ("x", "", "#DIV/0!")),)


def test_hidden_rows_and_sheets_are_read_as_such(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "tabel.xlsx")
    for name in ("Tapin", "Arsip 2024"):
        sheet = book.add_worksheet(name)
        for number in range(3):
            sheet.write(number, 0, f"{name} {number}")
    book.worksheets()[0].set_row(1, None, None, {"hidden": True})
    book.worksheets()[1].hide()
    book.close()
    sheets, findings = read_table(tmp_path / "tabel.xlsx", headed)
    assert not findings
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [
        ("Tapin", False),
        ("Arsip 2024", True),
    ]
    assert [row.hidden for row in sheets[0].rows] == [False, True, False]


def test_an_empty_row_far_below_is_nothing(tmp_path: Path) -> None:
    sheet = f'<row r="1">{cell("A1", "x")}</row><row r="1048576"><c r="A1048576"/></row>'
    (found,) = read(tmp_path, workbook(sheet))
    assert found.rows == (Row(1, ("x",)),)


def test_one_long_text_in_many_cells_is_refused(tmp_path: Path) -> None:
    strings = f"<sst xmlns='x'><si><t>{'a' * 1_000_000}</t></si></sst>"
    sheet = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 100))
    data = workbook(sheet, **{"xl/sharedStrings.xml": strings})
    assert refused(tmp_path, data) == "batas-terlampaui"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(60_000_000))
    data = out.getvalue()
    assert len(data) < 100_000
    assert refused(tmp_path, data) == "batas-terlampaui"
    # The same bomb with a small number in its directory.
    lying = data.replace((60_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lying != data
    assert refused(tmp_path, lying) == "berkas-tidak-terbaca"


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><sst><si><t>&a;</t></si></sst>'
    data = workbook("", **{"xl/sharedStrings.xml": bomb})
    assert refused(tmp_path, data) == "berkas-tidak-terbaca"


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 rusak",
        b"\xd0\xcf\x11\xe0 xls lama",
        b"\x00\x01\x02",
        workbook("<row"),
        b"\xef\xbb\xbf\r\n<HTML><table><tr><td>tanggal</td></tr></table>",
    ],
    ids=["broken", "old xls", "binary", "bad xml", "web page"],
)
def test_what_is_no_table_is_told_kindly(tmp_path: Path, data: bytes) -> None:
    assert refused(tmp_path, data) == "berkas-tidak-terbaca"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_a_mangled_workbook_is_a_finding_and_never_a_crash(
    tmp_path: Path, data: st.DataObject
) -> None:
    whole = bytearray(workbook(f'<row r="1">{cell("A1", "x")}</row>'))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "tabel.xlsx"
    path.write_bytes(bytes(whole))
    sheets, findings = read_table(path, headed)
    assert bool(findings) or bool(sheets)


def test_a_cell_merged_downwards_speaks_for_every_row(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "gabung.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.merge_range("A1:C1", "Daftar posyandu")
        sheet.write_row("A2", ["unit", "tanggal", "jam"])
        sheet.merge_range("A3:A4", "melati")
        sheet.write_row("B3", ["2026-12-08", 18.3])
        sheet.write_row("B4", ["2026-12-09", 0.5], book.add_format({"num_format": "hh:mm"}))
        sheet.write_datetime(
            "B4",
            date(2026, 12, 9),
            book.add_format({"num_format": "dd/mm/yyyy"}),
        )
    (found,) = read(tmp_path, path.read_bytes())
    assert cells(found) == [
        ("Daftar posyandu", "", ""),
        ("unit", "tanggal", "jam"),
        ("melati", "2026-12-08", "18.3"),
        ("melati", "2026-12-09", "12.00"),
    ]


def test_columns_have_their_letters() -> None:
    assert [letter(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    _, findings = read_table(tmp_path / "tidak-ada.csv", headed)
    assert findings[0].code == "berkas-tidak-terbaca"
