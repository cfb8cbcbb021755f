"""Tukar as a volunteer meets it: a month out as files, a table in after a look, and back again."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Input

from content_kit.start import create_demo
from content_kit.tui import exchanging
from content_kit.tui.screens import intake
from content_kit.tui.screens.exchange import ExchangePanel
from content_kit.tui.screens.home import HomeScreen
from content_kit.tui.screens.intake import TablePanel, TrialPanel
from content_kit.tui.screens.job import JobPanel
from content_kit.tui.screens.replace import ReplacePanel
from tests.tui.driving import (
    HOSTILE,
    Compare,
    MakeApp,
    month_file,
    press,
    rows,
    said,
    settle,
    until,
)

HEAD = "unit,tanggal,jam,jenis,model,isi judul\n"


@pytest.fixture(autouse=True)
def downloads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of downloads of one's own."""
    folder = tmp_path / "unduhan"
    folder.mkdir()
    monkeypatch.setattr(intake, "downloads_folder", lambda: folder)
    return folder


def files(place: Path) -> dict[str, bytes]:
    """Every plan."""
    return {path.as_posix(): path.read_bytes() for path in (place / "calendars").rglob("*.yaml")}


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("xlsx", "rencana-melati-2026-12.xlsx"),
        ("csv", "rencana-melati-2026-12.csv"),
        ("ics", "jadwal-melati-2026-12.ics"),
        ("buffer", "buffer-fb-2026-12.csv"),
        ("publer", "publer-fb-2026-12.csv"),
    ],
)
async def test_a_month_is_saved_as(kind: str, name: str, demo: Path, make_app: MakeApp) -> None:
    before = files(demo)
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("x")
        assert isinstance(app.screen, ExchangePanel) and "Posyandu Melati" in said(app, "#month")
        await pilot.press(*["down"] * list(exchanging.KINDS).index(kind), "enter")
        await settle(pilot)
        if kind in ("buffer", "publer"):
            await press(pilot, "enter")
        assert isinstance(app.screen, JobPanel)
        assert "Desember 2026 sudah disimpan" in said(app, "#heading")
        assert name in said(app, "#lines")
        await pilot.press("enter", "right")
        assert "Januari 2027" in said(app, "#month")
        await pilot.press("left", "left", "escape")
        assert isinstance(app.screen, HomeScreen)
    assert (demo / "keluaran/ekspor" / name).stat().st_size > 100
    assert files(demo) == before


async def test_a_table_is_looked_at_taken_and_given_back(
    demo: Path, make_app: MakeApp, downloads: Path
) -> None:
    before = files(demo)
    exported = demo.parent / "tabel"
    (old := downloads / "lama.csv").write_text("x", encoding="utf-8")
    _long_ago(old)
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("x", "down", "enter")
        await settle(pilot)
        await pilot.press("enter")
        made = demo / "keluaran/ekspor/rencana-melati-2026-12.csv"
        made.rename(downloads / "rencana dari kantor.csv")
        sheet = downloads / "rencana dari kantor.csv"
        sheet.write_bytes(sheet.read_bytes().replace(b"Besok kita buka", b"Besok buka"))
        await pilot.press("end", "enter")
        await settle(pilot)
        assert isinstance(app.screen, TablePanel)
        listed = rows(app, "#tables")
        assert listed[0].startswith("rencana dari kantor.csv") and listed[1].startswith("lama.csv")
        await press(pilot, "enter")
        assert isinstance(app.screen, TrialPanel)
        assert "1 diubah" in said(app, "#summary")
        assert rows(app, "#rows") == [
            "~ baris 2, melati m4x7q2, diubah",
            "    isi judul: Besok kita buka, ayo datang! → Besok buka, ayo datang!",
        ]
        assert files(demo) == before
        await press(pilot, "enter")
        assert isinstance(app.screen, HomeScreen)
        assert "Besok buka, ayo" in month_file(demo).read_text("utf-8")
        await press(pilot, "ctrl+z")
    assert files(demo) == before
    assert not exported.exists()


async def test_wrong_rows_are_named_and_the_good_ones_can_be_taken(
    demo: Path, make_app: MakeApp, downloads: Path
) -> None:
    sheet = downloads / "campur.csv"
    good = "melati,20/12/2026,8:00,edukasi,edukasi-langkah,Air minum matang\n"
    bad = "melati,31/02/2026,8:00,edukasi,edukasi-langkah,Salah\n"
    sheet.write_text(HEAD + good + bad, encoding="utf-8")
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("x", "end", "enter")
        await settle(pilot)
        await press(pilot, "enter")
        assert "1 perlu dilihat" in said(app, "#summary")
        assert rows(app, "#rows")[0].startswith("! B3 (tanggal)")
        assert "yang sudah benar" in str(app.screen.query_one("#go", Button).label)
        await pilot.press("escape")
        assert "Air minum matang" not in month_file(demo).read_text("utf-8")
        await press(pilot, "enter")
        await press(pilot, "enter")
        await pilot.click("#go")
        await settle(pilot)
    text = month_file(demo).read_text("utf-8")
    assert "Air minum matang" in text and "Salah" not in text


async def test_a_new_posyandu_from_a_table_goes_again_when_taken_back(
    demo: Path, make_app: MakeApp, downloads: Path
) -> None:
    before = files(demo)
    (downloads / "baru.csv").write_text(
        "nama,desa,kecamatan,kabupaten,zona,aturan,jam,tempat\n"
        "Posyandu Mawar,Desa Satu,Kec. Dua,Kab. Tiga,WITA,kamis ke-2,08.00-11.00,Balai\n",
        encoding="utf-8",
    )
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("x", "end", "enter")
        await settle(pilot)
        await press(pilot, "enter")
        assert "1 baru" in said(app, "#summary")
        await press(pilot, "enter")
        assert (demo / "calendars/mawar/posyandu.yaml").is_file()
        await press(pilot, "ctrl+z")
    assert files(demo) == before and not (demo / "calendars/mawar").exists()


async def test_what_cannot_be_read_says_so(demo: Path, make_app: MakeApp, downloads: Path) -> None:
    (downloads / "bukan.xlsx").write_bytes(b"PK\x03\x04 rusak")
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("x", "end", "enter")
        await settle(pilot)
        box = app.screen.query_one("#path", Input)
        for typed in (str(downloads), str(downloads / "tidak-ada.csv"), HOSTILE):
            box.value = typed
            await pilot.click("#go")
            assert isinstance(app.screen, TablePanel) and said(app, "#wrong")
            assert "\x1b" not in app.export_screenshot()
        box.value = str(downloads / "bukan.xlsx")
        box.focus()
        await pilot.press("enter")  # a button that was just pressed hears no second click
        await settle(pilot)
        assert isinstance(app.screen, TrialPanel)
        assert rows(app, "#rows") and not app.screen.query_one("#go").display
        await pilot.press("enter")
        assert isinstance(app.screen, TrialPanel)


async def test_hostile_cells_and_names_are_shown_and_never_obeyed(
    demo: Path, make_app: MakeApp, downloads: Path
) -> None:
    sheet = downloads / "[red]jahat[x].csv"
    try:
        sheet.write_text(f"{HEAD}{HOSTILE},x,y,{HOSTILE},{HOSTILE},{HOSTILE}\n", encoding="utf-8")
    except OSError:
        pytest.skip("this system has no such file names")
    app = make_app(demo)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("x", "end", "enter")
        await settle(pilot)
        assert rows(app, "#tables")[0].startswith("[red]jahat[x].csv")
        await press(pilot, "enter")
        drawn = app.export_screenshot()
        assert "\x1b" not in drawn and "\x07" not in drawn
        assert any("[red]Gratis[/]" in row for row in rows(app, "#rows"))


def test_tables_are_listed_newest_first_without_links_and_half_files(tmp_path: Path) -> None:
    for number, name in enumerate(("a.csv", "b.XLSX", "c.txt", "~$d.xlsx", ".e.csv")):
        (tmp_path / name).write_bytes(b"x")
        _long_ago(tmp_path / name, number)
    (tmp_path / "f.csv").mkdir()
    with contextlib.suppress(OSError):
        (tmp_path / "g.csv").symlink_to(tmp_path / "a.csv")
    found = exchanging.tables_in(tmp_path, tmp_path / "tidak-ada")
    assert [path.name for path in found] == ["a.csv", "b.XLSX"]


def _long_ago(path: Path, hours: int = 1) -> None:
    import os

    moment = time.time() - hours * 3600
    os.utime(path, (moment, moment))


@pytest.mark.parametrize("state", ["empty", "typical", "findings", "narrow", "job"])
def test_exchange_looks(
    state: str, tmp_path: Path, make_app: MakeApp, downloads: Path, snap_compare: Compare
) -> None:
    from datetime import date

    demo = create_demo(tmp_path / "contoh", date(2026, 12, 7))
    if state == "findings":
        good = "melati,20/12/2026,8:00,edukasi,edukasi-langkah,Air minum matang\n"
        bad = "melati,31/02/2026,8:00,edukasi,edukasi-langkah,Salah\n"
        (downloads / "campur.csv").write_text(HEAD + good + bad, encoding="utf-8")

    async def before(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await pilot.press("x")
        await pilot.pause()
        if state in ("empty", "findings"):
            await pilot.press("end", "enter")
            await settle(pilot)
            for box in pilot.app.screen.query(Input):
                box.placeholder = "letak berkas"  # the real one is another in each run
                box.cursor_blink = False
        if state == "findings":
            await pilot.press("enter")
        if state == "job":
            await pilot.press("down", "enter")
        await settle(pilot)

    size = (80, 24) if state in ("narrow", "job") else (120, 40)
    assert snap_compare(make_app(demo, "kader-rusminah"), terminal_size=size, run_before=before)


@pytest.mark.parametrize("key", ["g", "s", "enter", "escape"])
async def test_a_file_that_somebody_filled_in_is_asked_about(
    key: str, demo: Path, make_app: MakeApp
) -> None:
    """Ganti, Simpan di samping, Batal: Enter alone replaces nothing."""
    folder = demo / "keluaran" / "ekspor"
    folder.mkdir(parents=True)
    theirs = folder / "rencana-melati-2026-12.csv"
    theirs.write_bytes(b"diisi orang")
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("x")
        await pilot.press(*["down"] * list(exchanging.KINDS).index("csv"), "enter")
        await until(pilot, lambda: isinstance(app.screen, ReplacePanel))
        assert theirs.name in said(app, "#words")
        await press(pilot, key)
        await until(pilot, lambda: isinstance(app.screen, JobPanel) and app.screen._over)
        heading = said(app, "#heading")
    names = sorted(path.name for path in folder.glob("*.csv"))
    if key == "g":
        assert theirs.read_bytes() != b"diisi orang"
        assert names == [theirs.name]
    else:
        assert theirs.read_bytes() == b"diisi orang"
        beside = [] if key == "escape" else ["rencana-melati-2026-12-2.csv"]
        assert names == [*beside, theirs.name]
    assert heading == ("Belum selesai" if key == "escape" else "Desember 2026 sudah disimpan")


async def test_a_question_that_nobody_can_answer_any_more_ends_its_job(
    demo: Path, make_app: MakeApp
) -> None:
    folder = demo / "keluaran" / "ekspor"
    folder.mkdir(parents=True)
    (folder / "rencana-melati-2026-12.csv").write_bytes(b"diisi orang")
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("x")
        await pilot.press(*["down"] * list(exchanging.KINDS).index("csv"), "enter")
        await until(pilot, lambda: isinstance(app.screen, ReplacePanel))
        app.exit()
    assert (folder / "rencana-melati-2026-12.csv").read_bytes() == b"diisi orang"
