"""A sheet and the files behind it say the same: what comes back untouched changes no byte."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from content_kit.errors import ConflictError, LimitError
from content_kit.files import bundled, records, splice
from content_kit.files.rows import Row, Sheet
from content_kit.files.safe_text import says
from content_kit.files.tables import read_table, write_csv
from content_kit.files.workbook import write_workbook
from content_kit.files.workspace import Workspace
from content_kit.files.yaml import parse
from content_kit.planning.cells import Cell, Data, Kind, data_of, dig
from content_kit.planning.intake import Intake, intake, write
from content_kit.planning.intake_rows import CHANGED, MOVED, NEW, SAME
from content_kit.planning.pages import Pages
from content_kit.planning.sheets import (
    POSYANDU,
    SERVICE_DAY,
    Headers,
    book,
    csv_rows,
    headers_of,
    month_page,
    posyandu_page,
)

POSYANDU_YAML = """\
id: contoh-melati
nama: Posyandu Melati
desa: Desa Contoh
kecamatan: Kecamatan Contoh
kabupaten: Kabupaten Contoh
zona: WITA
hari_buka:
  - id: bulanan
    aturan: selasa ke-2
    jam: 08.00-11.00
    tempat: Balai RW 05
"""
MONTH_YAML = """\
# disusun bersama kader
bulan: 2026-12
postingan:
  - id: m4x7q2          # jangan diganti
    tanggal: 2026-12-07
    jam: '18:30'
    jenis: jadwal
    model: jadwal-kartu
    kanal: [wa-grup,fb]
    acara: {hari_buka: bulanan, tanggal: 2026-12-08}   # tanggal asli
    isi:
      judul:   Besok kita buka!

  - tanggal: 2026-12-09
    jam: "09.00"
    jenis: edukasi
    model: edukasi-langkah
    petugas:
    isi:
      label: Gizi
      judul: "MPASI"
      langkah:
        - {judul: Satu, isi: "Pelan, ya"}
        - judul: Dua      # yang kedua
          isi: Lalu ini
    sumber: [{nama: IDAI, cek: V, fakta: mpasi}]
"""


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """A workspace with one posyandu and one month, written by hand."""
    unit = tmp_path / "calendars" / "melati"
    unit.mkdir(parents=True)
    (unit / "posyandu.yaml").write_text(POSYANDU_YAML, encoding="utf-8", newline="")
    (unit / "2026-12.yaml").write_text(MONTH_YAML, encoding="utf-8", newline="")
    return Workspace(tmp_path)


@cache
def known() -> Headers:
    """The names of columns; the tests' workspaces have no templates of their own."""
    return headers_of(Workspace(bundled.root()))


def month(place: Workspace) -> str:
    return (place.root / "calendars/melati/2026-12.yaml").read_text(encoding="utf-8")


def posts_of(place: Workspace) -> list[tuple[str, Data]]:
    found: list[tuple[str, Data]] = []
    for path in sorted(place.root.glob("calendars/*/????-??.yaml")):
        said = dig(data_of(parse(path.read_text(encoding="utf-8"), "x")[0]), ("postingan",))
        assert isinstance(said, list)
        found += [(path.parent.name, post) for post in said]
    return found


def units_of(place: Workspace) -> list[tuple[str, Data]]:
    return [
        (path.parent.name, data_of(parse(path.read_text(encoding="utf-8"), "x")[0]))
        for path in sorted(place.root.glob("calendars/*/posyandu.yaml"))
    ]


def sheets(place: Workspace) -> Iterator[tuple[str, bytes]]:
    """The month as CSV and as XLSX."""
    page = month_page(place, place.load(()), posts_of(place))
    yield "x.csv", write_csv(csv_rows(page))
    yield "x.xlsx", write_workbook(book(page, "Rencana"))


def list_of_units(place: Workspace) -> bytes:
    return write_csv(csv_rows(posyandu_page(place, place.load(()), units_of(place))))


def taken(place: Workspace, data: bytes, *, good_rows: bool = False) -> Intake:
    """What importing these bytes would do."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.csv"
        path.write_bytes(data)
        found, findings = read_table(path, known().count)
    assert findings == []
    return intake(place, found, "x.csv", headers=known(), good_rows=good_rows)


def codes(result: Intake) -> list[str]:
    return [finding.code for finding in result.findings]


def table(*rows: Sequence[str]) -> bytes:
    return write_csv(rows)


def row(**changes: str) -> dict[str, str]:
    return {
        "unit": "melati", "tanggal": "2026-12-20", "jam": "09.00", "jenis": "edukasi",
        "model": "edukasi-langkah", **changes,
    }  # fmt: skip


def rows(*given: Mapping[str, str]) -> bytes:
    names = list(dict.fromkeys(name for each in given for name in each))
    return table(names, *([each.get(name, "") for name in names] for each in given))


# Round trips


def test_an_untouched_sheet_changes_no_byte(place: Workspace) -> None:
    for _, data in sheets(place):
        found = taken(place, data)
        assert found.findings == ()
        assert found.edits == ()
        assert [change.action for change in found.changes] == [SAME, SAME]
    assert taken(place, list_of_units(place)).edits == ()


def test_the_bundled_sample_comes_back_untouched(tmp_path: Path) -> None:
    shutil.copytree(bundled.root() / "calendars", tmp_path / "calendars")
    place = Workspace(tmp_path)
    for _, data in sheets(place):
        assert taken(place, data).edits == ()
    assert taken(place, list_of_units(place)).edits == ()


# A sheet cannot hold control characters: what a cell drops, no import can bring back.
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40) | st.sampled_from(
    ["=1+1", "-", "'x", "08.00", "ya", "null", "~", "a: b # c", "satu\ndua", "2026-12-08", "[x]", "½ & 6–8"]
)  # fmt: skip
LABEL = st.text("abcdefghij |\\;,", min_size=1, max_size=12).map(str.strip).filter(says)
"""A name of a source: signs alone name nothing, and reading would say so."""
POST = st.fixed_dictionaries(
    {
        "tanggal": st.integers(1, 31).map(lambda day: f"2026-12-{day:02}"),
        "jam": st.sampled_from(["18.30", "7:05", "09.00"]),
        "jenis": st.sampled_from(["jadwal", "edukasi"]),
        "model": st.sampled_from(["jadwal-kartu", "edukasi-langkah"]),
    },
    optional={
        "kanal": st.lists(st.sampled_from(["fb", "wa-grup", "ig"]), unique=True) | st.just("fb"),
        "tagar": st.lists(st.sampled_from(["MPASI", "Gizi2"]), unique=True),
        "menunggu": st.lists(st.sampled_from(["nama", "foto"]), unique=True),
        "teks_alt": WORDS,
        "petugas": st.just(""),
        "isi": st.dictionaries(
            st.sampled_from(["judul", "label", "langkah", "lain"]),
            WORDS | st.lists(WORDS | st.fixed_dictionaries({"judul": WORDS, "isi": WORDS}), max_size=3),
        ),
        "sumber": st.lists(
            st.fixed_dictionaries(
                {"nama": LABEL, "cek": st.sampled_from(["V", "D", "U"])},
                optional={"fakta": LABEL, "ditelaah": LABEL},
            ),
            max_size=3,
        ),
    },
)  # fmt: skip


def workspace_with(folder: str, posts: Sequence[Mapping[str, splice.Value]]) -> Workspace:
    unit = Path(folder) / "calendars" / "melati"
    unit.mkdir(parents=True)
    (unit / "posyandu.yaml").write_text(POSYANDU_YAML, encoding="utf-8", newline="")
    if posts:
        text = splice.set_value("bulan: 2026-12\n", ("postingan",), list(posts))
        (unit / "2026-12.yaml").write_text(text, encoding="utf-8", newline="")
    return Workspace(Path(folder))


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(POST, min_size=1, max_size=4))
def test_any_month_survives_both_ways(posts: list[dict[str, splice.Value]]) -> None:
    for number, post in enumerate(posts):
        post["id"] = f"p{number}"
    with TemporaryDirectory() as here, TemporaryDirectory() as there:
        place = workspace_with(here, posts)
        for name, data in sheets(place):
            path = Path(here) / name
            path.write_bytes(data)
            found, findings = read_table(path, known().count)
            assert findings == []
            assert intake(place, found, name, headers=known()).edits == ()
        # Into an empty workspace: the same sheet comes out again, and a second time nothing.
        other = workspace_with(there, ())
        first = dict(sheets(place))["x.csv"]
        result = taken(other, first)
        assert result.findings == ()
        assert len(list(write(result))) == 1
        assert taken(other, first).edits == ()
        page = month_page(place, place.load(()), posts_of(place))
        again = month_page(other, other.load(()), posts_of(other))
        names = [column.title for column in again.columns]
        both = [column.title for column in page.columns]
        shown = [
            [cells[both.index(name)] if name in both else "" for name in names]
            for cells in page.rows
        ]
        lost = set(both) - set(names)
        assert shown == [list(cells) for cells in again.rows]
        assert all(not cells[both.index(name)] for cells in page.rows for name in lost)


# One change, one line


def test_a_changed_cell_changes_its_own_line(place: Workspace) -> None:
    data = dict(sheets(place))["x.csv"].replace(b"Besok kita buka!", b"Ayo datang!")
    data = data.replace(b"2026-12-07", b"06/12/2026").replace(b"Lalu ini", b"Lalu itu")
    result = taken(place, data)
    assert [change.columns for change in result.changes] == [
        ("tanggal", "isi judul"),
        ("isi langkah 2 isi",),
    ]
    list(write(result))
    changed = [
        pair for pair in zip(MONTH_YAML.splitlines(), month(place).splitlines(), strict=True) if pair[0] != pair[1]
    ]  # fmt: skip
    assert changed == [
        ("    tanggal: 2026-12-07", "    tanggal: 2026-12-06"),
        ("      judul:   Besok kita buka!", "      judul:   Ayo datang!"),
        ("          isi: Lalu ini", "          isi: Lalu itu"),
    ]


def test_an_emptied_cell_takes_its_words_away_and_a_missing_column_touches_nothing(
    place: Workspace,
) -> None:
    result = taken(place, rows(row(id="m4x7q2", tanggal="2026-12-07", jam="18.30", jenis="jadwal", model="jadwal-kartu", kanal="")))  # fmt: skip
    assert [change.columns for change in result.changes] == [("kanal",)]
    list(write(result))
    assert month(place) == MONTH_YAML.replace("    kanal: [wa-grup,fb]\n", "")


def test_a_post_that_moves_to_another_month_leaves_its_old_file(place: Workspace) -> None:
    data = dict(sheets(place))["x.csv"].replace(b'"2026-12-07"', b'"2027-01-04"')
    result = taken(place, data)
    assert [change.action for change in result.changes] == [MOVED, SAME]
    assert [edit.path.name for edit in result.edits] == ["2027-01.yaml", "2026-12.yaml"]
    list(write(result))
    posts = place.load().posts("melati")
    assert [str(post.date) for post in posts] == ["2026-12-09", "2027-01-04"]
    assert posts[1].id == "m4x7q2"


def test_rows_without_an_id_are_new_once(place: Workspace) -> None:
    data = rows(row(), row(judul="Kembar"), row(tanggal="2027-02-03"))
    result = taken(place, data)
    assert [change.action for change in result.changes] == [NEW] * 3
    assert len({change.id for change in result.changes}) == 3
    assert len(list(write(result))) == 2
    again = taken(place, data)
    assert again.edits == ()
    assert [change.action for change in again.changes] == [SAME] * 3


# What people type


@pytest.mark.parametrize(
    ("kind", "typed", "meant"),
    [
        (Kind.DATE, "08/12/2026", "2026-12-08"),
        (Kind.DATE, "8-12-2026", "2026-12-08"),
        (Kind.DATE, "8 Desember 2026", "2026-12-08"),
        (Kind.DATE, "Selasa, 8 Des 2026", "2026-12-08"),
        (Kind.DATE, "31/02/2026", "31/02/2026"),
        (Kind.DATE, "12/25/2026", "12/25/2026"),
        (Kind.CLOCK, "8:00", "08.00"),
        (Kind.CLOCK, "18.3", "18.30"),
        (Kind.CLOCK, "8", "08.00"),
        (Kind.CLOCK, "08.00 WITA", "08.00"),
        (Kind.CLOCK, "08:00:00", "08.00"),
        (Kind.CLOCK, "25.00", "25.00"),
        (Kind.HOURS, "8:00 - 11:00 WITA", "08.00-11.00"),
        (Kind.HOURS, "08.00 s/d 11.00", "08.00-11.00"),
        (Kind.HOURS, "08.00 sampai selesai", "08.00-selesai"),
        (Kind.HOURS, "08.00", "08.00"),
        (Kind.LIST, "a;b ; c", "a, b, c"),
        (Kind.LIST, "Buku KIA, fotokopi;", "Buku KIA, fotokopi;"),
        (Kind.SOURCES, "IDAI|v|mpasi", "IDAI | V | mpasi"),
    ],
)
def test_a_cell_is_understood_as_people_write_it(kind: Kind, typed: str, meant: str) -> None:
    cell = Cell("x", ("x",), kind)
    assert cell.canon(typed) == meant
    assert cell.canon(meant) == meant


@pytest.mark.parametrize("cell", [*POSYANDU, *SERVICE_DAY], ids=lambda cell: cell.name)
@example(text="Balai\n;")
@settings(deadline=None)
@given(text=st.text(max_size=30))
def test_a_canonical_text_is_its_own_canon(cell: Cell, text: str) -> None:
    once = cell.canon(text)
    assert cell.canon(once) == once
    if once and cell.path:
        holder: Data = cell.value(once)
        for step in reversed(cell.path):
            holder = {str(step): holder}
        assert cell.said(holder) == once


def test_titles_aliases_and_english_are_known(place: Workspace) -> None:
    data = table(
        ["Rencana Desember"],
        [],
        ["No", "Date", "Time", "Type", "Template", "Judul", "isi.langkah.1.judul", "Catatan"],
        ["1", "20/12/2026", "8:00", "Edukasi Kesehatan", "edukasi-langkah", "Halo", "Satu", "x"],
        [],
    )
    result = taken(place, data)
    assert {finding.code for finding in result.findings} == {"kolom-tidak-dipakai"}
    list(write(result))
    post = place.load().posts()[-1]
    assert (str(post.date), post.time.hour, post.pillar.value) == ("2026-12-20", 8, "edukasi")
    assert post.fields == {"judul": "Halo", "langkah": ({"judul": "Satu"},)}


# What is wrong


@pytest.mark.parametrize(
    ("wrong", "code", "column"),
    [
        ({"tanggal": "31/02/2026"}, "tanggal-salah", "tanggal"),
        ({"tanggal": ""}, "wajib-diisi", "tanggal"),
        ({"jam": "25.00"}, "jam-salah", "jam"),
        ({"jenis": "edukasih"}, "nilai-salah", "jenis"),
        ({"model": "kartu"}, "model-tidak-ada", "model"),
        ({"kanal": "tiktok"}, "kanal-tidak-dikenal", "kanal"),
        ({"unit": "mawar"}, "nilai-salah", "unit"),
        ({"zona": "WIB"}, "nilai-salah", "zona"),
        ({"tagar": "dua kata"}, "nilai-salah", "tagar"),
        ({"hari_buka": "bulanan"}, "wajib-diisi", "tanggal_hari_buka"),
        ({"sumber": "IDAI | X"}, "nilai-salah", "sumber"),
        ({"id": "Besar!"}, "nilai-salah", "id"),
    ],
)
def test_a_wrong_cell_is_told_with_its_row_and_column(
    place: Workspace, wrong: dict[str, str], code: str, column: str
) -> None:
    bad = row(**wrong) | {"tanggal_hari_buka": ""}
    result = taken(place, rows(row(), bad))
    (finding,) = result.findings
    assert (finding.code, finding.place.line) == (code, 3)
    names = list(dict.fromkeys([*row(), *bad]))
    assert finding.place.column == names.index(column) + 1
    assert finding.place.field.endswith(f"3 ({column})")
    assert finding.hint
    assert result.edits == ()
    assert result.bad_rows == 1


def test_a_table_that_would_make_a_month_unreadable_is_refused_whole(
    place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "MAX_POSTS", 5)
    before = month(place)
    given = [row(id="", judul=f"Ayo datang {number}") for number in range(5)]
    found = taken(place, rows(*given))
    assert found.edits == ()
    said = [finding.message for finding in found.findings if finding.code == "batas-terlampaui"]
    assert said and "paling banyak 5." in said[0]
    assert month(place) == before
    pages = Pages(place)
    path = pages.month("melati", date(2026, 12, 1))
    pages.put(path, pages.text(path).rstrip() + "\n# x" + "x" * 2_000_000)
    with pytest.raises(LimitError, match="lebih dari 2 MB"):
        pages.save()
    assert month(place) == before


def test_good_rows_go_in_when_asked_and_the_others_wait(place: Workspace) -> None:
    data = rows(row(), row(jam="25.00"), row(tanggal="2026-12-22"))
    result = taken(place, data, good_rows=True)
    assert [change.row for change in result.changes] == [2, 4]
    list(write(result))
    assert len(place.load().posts()) == 4
    assert "25.00" not in month(place)


def test_an_id_twice_and_a_column_twice_are_told(place: Workspace) -> None:
    result = taken(place, rows(row(id="a1"), row(id="a1")))
    assert [finding.code for finding in result.findings] == ["id-ganda"]
    result = taken(place, table(["tanggal", "tgl", "jam", "model"], ["2026-12-08"] * 4))
    assert "kunci-ganda" in [finding.code for finding in result.findings]
    assert result.edits == ()


def test_a_table_that_nobody_knows_says_how_one_looks(place: Workspace) -> None:
    result = taken(place, table(["nama barang", "harga"], ["beras", "12000"]))
    assert result.findings[0].code == "berkas-tidak-terbaca"
    assert "--blank" in result.findings[0].hint


def test_a_file_that_cannot_be_read_stops_only_its_own_rows(place: Workspace) -> None:
    path = place.root / "calendars/melati/2026-12.yaml"
    path.write_text("bulan: [", encoding="utf-8")
    result = taken(place, rows(row(), row(tanggal="2027-01-05")), good_rows=True)
    assert [finding.code for finding in result.findings] == ["berkas-tidak-terbaca"]
    assert [edit.path.name for edit in result.edits] == ["2027-01.yaml"]
    list(write(result))
    assert path.read_text(encoding="utf-8") == "bulan: ["


@pytest.mark.parametrize("name", ["posyandu.yaml", "2026-12.yaml"])
def test_a_link_that_leaves_the_workspace_is_not_followed(
    place: Workspace, tmp_path: Path, name: str
) -> None:
    (tmp_path / "lain").mkdir()
    outside = (place.root / "calendars/melati" / name).rename(tmp_path / "lain" / name)
    before = outside.read_bytes()
    inner = Workspace(tmp_path / "kerja")
    shutil.move(tmp_path / "calendars", inner.root / "calendars")
    try:
        (inner.root / "calendars/melati" / name).symlink_to(outside)
    except OSError:
        pytest.skip("links are not allowed here")
    for data in (rows(row()), table(["unit", "aturan", "jam"], ["melati", "rabu ke-1", "09.00"])):
        result = taken(inner, data, good_rows=True)
        list(write(result))
        assert all(edit.path.name != name for edit in result.edits)
    assert outside.read_bytes() == before


def test_a_posyandu_that_cannot_be_read_is_not_said_to_be_missing(place: Workspace) -> None:
    (place.root / "calendars/melati/posyandu.yaml").write_text("id: [", encoding="utf-8")
    (finding,) = taken(place, rows(row())).findings
    assert "perlu diperbaiki dulu" in finding.message
    (finding,) = taken(place, rows(row(unit="../melati"))).findings
    assert "tidak ada" in finding.message


def test_an_id_that_two_posts_have_names_neither(place: Workspace) -> None:
    path = place.root / "calendars/melati/2027-01.yaml"
    path.write_text(MONTH_YAML.replace("2026-12", "2027-01"), encoding="utf-8")
    data = rows(row(id="m4x7q2"), row(tanggal="2026-12-21"))
    result = taken(place, data, good_rows=True)
    assert [finding.code for finding in result.findings] == ["id-ganda"]
    assert "2026-12.yaml dan 2027-01.yaml" in result.findings[0].message
    assert [change.action for change in result.changes] == [NEW]


def test_a_file_that_moved_on_is_not_overwritten(place: Workspace) -> None:
    result = taken(place, rows(row()))
    path = place.root / "calendars/melati/2026-12.yaml"
    path.write_text(MONTH_YAML + "# catatan baru\n", encoding="utf-8", newline="")
    with pytest.raises(ConflictError):
        list(write(result))
    assert month(place) == MONTH_YAML + "# catatan baru\n"


# Lists of posyandu


HEAD = ["Nama Posyandu", "Desa/Kelurahan", "Kecamatan", "Kabupaten/Kota", "Zona", "Hari buka", "Jam buka", "Tempat"]  # fmt: skip


def unit_row(name: str, village: str, rule: str = "selasa ke-2", hours: str = "8:00-11:00") -> list[str]:  # fmt: skip
    return [name, village, "Kecamatan Contoh", "Kabupaten Contoh", "WITA", rule, hours, "Balai"]


def test_new_posyandu_get_a_folder_and_service_days(place: Workspace) -> None:
    more = ["", "", "", "", "", "Kam mg-4", "15.30-selesai", "RW 01; RW 02"]
    data = table(["Daftar"], HEAD, unit_row("Posyandu Melati", "Desa Lain"), more, unit_row("Posyandu Mawar", "Desa Lain"))  # fmt: skip
    result = taken(place, data)
    assert codes(result) == ["tabel-belum-lengkap"]
    list(write(result))
    loaded = place.load()
    assert [finding.code for finding in loaded.findings] == ["id-kosong"]
    assert set(loaded.posyandu) == {"melati", "melati-desa-lain", "mawar"}
    first, second = loaded.posyandu["melati-desa-lain"].service_days
    assert (first.rule, first.hours.start.hour) == ("selasa ke-2", 8)
    assert (second.rule, second.hours.end, second.places) == ("Kam mg-4", None, ("RW 01", "RW 02"))
    assert taken(place, data).edits == ()
    assert taken(place, list_of_units(place)).edits == ()
    assert (place.root / "calendars/melati/posyandu.yaml").read_text(
        encoding="utf-8"
    ) == POSYANDU_YAML


def test_a_list_goes_into_an_empty_workspace_and_comes_out_the_same(
    place: Workspace, tmp_path: Path
) -> None:
    list(write(taken(place, table(HEAD, unit_row("Posyandu Mawar", "Desa Lain", "belum pasti")))))
    data = list_of_units(place)
    (tmp_path / "lain" / "calendars").mkdir(parents=True)
    other = Workspace(tmp_path / "lain")
    result = taken(other, data)
    assert codes(result) == ["tabel-belum-lengkap"]
    list(write(result))
    assert taken(other, data).edits == ()
    again = list_of_units(other).decode().splitlines()
    for before, after in zip(data.decode().splitlines(), again, strict=True):
        # What a cell left open is filled in for a new posyandu; nothing else differs.
        pairs = zip(before.split(";"), after.split(";"), strict=True)
        assert all(a == b or a == '""' for a, b in pairs), after


@pytest.mark.parametrize(
    ("changed", "code", "column"),
    [
        ({5: "minggu kedua"}, "aturan-tidak-jelas", "aturan"),
        ({6: "pagi"}, "jam-salah", "jam"),
        ({6: ""}, "wajib-diisi", "jam"),
        ({7: ""}, "wajib-diisi", "tempat"),
        ({4: "WITAA"}, "nilai-salah", "zona"),
        ({1: ""}, "wajib-diisi", "desa"),
    ],
)
def test_a_posyandu_that_is_wrong_is_told_by_row_and_column(
    place: Workspace, changed: dict[int, str], code: str, column: str
) -> None:
    bad = unit_row("Posyandu Mawar", "Desa Lain")
    for number, text in changed.items():
        bad[number] = text
    result = taken(place, table(HEAD, bad, unit_row("Posyandu Anggrek", "Desa Lain")))
    assert (code, 2) in [(finding.code, finding.place.line) for finding in result.findings]
    assert any(finding.place.field == f"{'ABCDEFGH'[next(iter(changed))]}2 ({column})" for finding in result.findings)  # fmt: skip
    assert result.edits == ()
    result = taken(
        place, table(HEAD, bad, unit_row("Posyandu Anggrek", "Desa Lain")), good_rows=True
    )
    list(write(result))
    assert set(place.load().posyandu) == {"melati", "anggrek"}


def test_a_service_day_told_twice_is_asked_about(place: Workspace) -> None:
    one = unit_row("Posyandu Mawar", "Desa Lain")
    shouted = unit_row("POSYANDU MAWAR", "desa lain")
    for again in (one, shouted, ["", "", "", "", "", *one[5:]]):
        result = taken(place, table(HEAD, one, again))
        assert [(f.code, f.place.field) for f in result.findings] == [
            ("baris-menunggu", "A2"),
            ("kunci-ganda", "F3 (aturan)"),
        ]
        assert result.edits == ()
    # In other letters it is still the same posyandu, and another day of it.
    other = [*shouted[:5], "kamis ke-1", *shouted[6:]]
    list(write(taken(place, table(HEAD, one, other))))
    assert len(place.load().posyandu["mawar"].service_days) == 2


def test_folders_that_differ_in_large_letters_alone_are_not_made(place: Workspace) -> None:
    (place.root / "calendars/melati").rename(place.root / "calendars/Melati")
    result = taken(place, table(HEAD, unit_row("Posyandu Melati", "Desa Lain")))
    assert {edit.path.parent.name for edit in result.edits} == {"melati-desa-lain"}


def test_folder_names_from_a_sheet_stay_in_the_workspace(place: Workspace) -> None:
    for name in ("../luar", "a/b", "CON", "C:\\x"):
        result = taken(place, table(["unit", *HEAD], [name, *unit_row("Posyandu Mawar", "Desa")]))
        assert result.findings[0].code == "jalur-terlarang"
        assert result.edits == ()


def test_three_hundred_posyandu_are_read_and_written_quickly(tmp_path: Path) -> None:
    (tmp_path / "calendars").mkdir()
    place = Workspace(tmp_path)
    names = ("Melati", "Mawar", "Anggrek", "Kenanga", "Dahlia")
    many = [unit_row(f"Posyandu {names[n % 5]}", f"Desa {n // 5}") for n in range(300)]
    told: list[tuple[int, int]] = []
    start = perf_counter()
    sheet = Sheet("", tuple(Row(n, tuple(r)) for n, r in enumerate([HEAD, *many], 1)))
    result = intake(
        place, [sheet], "x.csv", progress=lambda done, total: told.append((done, total))
    )
    list(write(result))
    assert perf_counter() - start < 120
    assert told[-1] == (300, 300)
    loaded = place.load(())
    assert len(loaded.posyandu) == 300
    assert loaded.findings == ()
    assert {change.action for change in intake(place, [sheet], "x.csv").changes} == {SAME}


def test_a_changed_rule_changes_its_day_and_keeps_what_a_sheet_does_not_know(
    place: Workspace,
) -> None:
    path = place.root / "calendars/melati/posyandu.yaml"
    kept = "    perubahan:\n      - {tanggal: 2026-12-08, batal: ya}   # banjir\n"
    path.write_text(POSYANDU_YAML + kept, encoding="utf-8", newline="")
    data = list_of_units(place).replace(b"08.00-11.00", b"09.00-11.00")
    result = taken(place, data)
    assert [(change.action, change.columns) for change in result.changes] == [(CHANGED, ("jam",))]
    list(write(result))
    expected = (POSYANDU_YAML + kept).replace("08.00-11.00", "09.00-11.00")
    assert path.read_text(encoding="utf-8") == expected


SCREEN = {
    "kanal": ("Grup WhatsApp, Facebook", "wa-grup, fb"),
    "sasaran": ("Balita; Ibu hamil, nifas, dan menyusui", "balita_apras, bumil_nifas_busui"),
    "model": ("Edukasi langkah demi langkah", "edukasi-langkah"),
    "jenis": ("Edukasi kesehatan", "edukasi"),
    "bidang": ("Perumahan", "perumahan_rakyat"),
}


@pytest.mark.parametrize(("said", "meant"), SCREEN.values(), ids=list(SCREEN))
def test_a_sheet_says_the_words_of_the_screens(said: str, meant: str, place: Workspace) -> None:
    column = next(name for name, pair in SCREEN.items() if pair == (said, meant))
    by_name = taken(place, rows(row(**{column: said})))
    by_code = taken(place, rows(row(**{column: meant})))
    assert not [found for found in by_name.findings if found.place.field == column]
    assert [edit.text for edit in by_name.edits] == [edit.text for edit in by_code.edits]


def test_on_paper_goes_what_hangs_on_a_wall(place: Workspace) -> None:
    page = month_page(place, place.load(), posts_of(place))
    shown = page.columns[: page.printed]
    assert [column.title for column in shown][:3] == ["tanggal", "hari", "jam"]
    assert {"isi judul", "petugas"} <= {column.title for column in shown}
    assert sum(column.width for column in shown) <= 140, "readable on one A4 across"
