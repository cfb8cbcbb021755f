"""One text of many posyandu on the screen: approved as one, given back as one, and the counts stay settled."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from content_kit.files import user_folders
from content_kit.tui import rostering
from content_kit.tui.app import KitApp
from content_kit.tui.screens.job import JobPanel
from content_kit.tui.screens.review import ReviewScreen
from content_kit.tui.screens.roster import RosterScreen
from content_kit.tui.screens.verdict import ApprovePanel, ReturnPanel
from content_kit.tui.widgets.linelist import LineList
from tests.tui.driving import EVENING, MakeApp, listed, press, rows, said, settle, told

UNITS, ODD = 4, 3
"""How many posyandu, and which of them has two posts at the same hour. More than are checked without being asked for: a decision that forgets a check is seen."""

POSYANDU = """\
id: contoh-hilir-mawar-{number}
nama: Posyandu Mawar {number}
desa: Desa Hilir
kecamatan: Kecamatan Hilir
kabupaten: Kabupaten Contoh
zona: WITA
rekaan: ya
kontak: {{whatsapp: "0812-0000-0000"}}
hari_buka:
  - {{id: bulanan, aturan: rabu ke-2, jam: 08.00-11.00, tempat: Balai RT 02, layanan: [timbang]}}
"""
POST = """\
  - id: {id}
    tanggal: 2026-12-{day:02}
    jam: "18.30"
    jenis: jadwal
    model: jadwal-kartu
    kanal: [wa-grup]
    acara: {{hari_buka: bulanan, tanggal: 2026-12-09}}
    isi: {{judul: "{title}"}}
"""
FIRST, SECOND = "Yuk main ke balai kita", "Sampai jumpa di balai kita"
PEOPLE = """\
orang:
  - {id: kim-hendra, nama: Hendra, peran: kim}
  - {id: dinas-budi, nama: Budi, peran: diskominfo}
"""


@dataclass(frozen=True)
class Prepared:
    """An office at a fixed place, with what its machine remembers, and a copy of both."""

    root: Path
    machine: Path
    whole: Path

    def again(self) -> Path:
        """The office as it was."""
        for name in ("kantor", "mesin"):
            shutil.rmtree(self.root.parent / name)
            shutil.copytree(self.whole / name, self.root.parent / name)
        return self.root


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    """Some posyandu that say the same two things, handed in by KIM and checked: made once."""
    assert UNITS > rostering.AT_ONCE
    base = tmp_path_factory.mktemp("tulisan")
    root, machine = base / "kantor", base / "mesin"
    calendars = root / "calendars"
    calendars.mkdir(parents=True)
    (calendars / "kantor.yaml").write_text("nama: Kantor Contoh\npersetujuan: satu\n", "utf-8")
    (calendars / "orang.yaml").write_text(PEOPLE, "utf-8")
    for number in range(1, UNITS + 1):
        folder = calendars / f"mawar-{number}"
        folder.mkdir()
        (folder / "posyandu.yaml").write_text(POSYANDU.format(number=number), "utf-8")
        days = (8, 8) if number == ODD else (7, 8)
        posts = [
            POST.format(id=f"{name}{number}", day=day, title=title)
            for name, day, title in zip(("satu", "dua"), days, (FIRST, SECOND), strict=True)
        ]
        month = "bulan: 2026-12\npostingan:\n" + "".join(posts)
        (folder / "2026-12.yaml").write_text(month, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("cache_folder", "memory_file", "lots_file"):
            for module in (user_folders, rostering):
                patch.setattr(module, name, lambda place=machine / name: place)
        first = date(2026, 12, 1)
        roster = rostering.look(root, first, EVENING).roster
        rostering.hand_in_all(root, roster, "kim-hendra", "", EVENING, lambda _done, _all: None)
        units = [unit.slug for unit in roster.units]
        rostering.check(root, units, first, EVENING, lambda _done, _all: None)
        whole = base / "utuh"
        shutil.copytree(root, whole / "kantor")
        shutil.copytree(machine, whole / "mesin")
        yield Prepared(root, machine, whole)


@pytest.fixture
def office(prepared: Prepared) -> Path:
    """That office, fresh for each test."""
    return prepared.again()


async def before_the_pile(pilot: Pilot[None], app: KitApp) -> None:
    """The reviewer sits down before what waits for them."""
    await press(pilot, "6", "t")
    assert app.me == "dinas-budi"
    assert said(app, "#counts") == "menunggu saya 8"


async def test_a_text_is_approved_and_the_next_given_back_without_a_new_check(
    office: Path, make_app: MakeApp
) -> None:
    app = make_app(office, "dinas-budi")
    async with app.run_test(size=(110, 30)) as pilot:
        await before_the_pile(pilot, app)
        assert [f"{UNITS} posyandu" in row for row in rows(app)] == [True, False, True]
        assert FIRST in rows(app)[0]
        await press(pilot, "s")
        assert isinstance(app.screen, ApprovePanel)
        assert "3 postingan dari 3 posyandu" in said(app, "#about")
        await press(pilot, "enter")
        assert isinstance(app.screen, JobPanel)
        assert "3 postingan disetujui" in said(app, "#heading")
        await press(pilot, "escape")
        counts = said(app, "#counts")
        assert "menunggu saya 5" in counts and "disetujui 3" in counts
        assert "belum diperiksa" not in counts
        await press(pilot, "x")
        assert isinstance(app.screen, ReturnPanel)
        app.screen.query_one(TextArea).text = "Sebut juga jamnya"
        await pilot.click("#go")
        await settle(pilot)
        assert "4 postingan dikembalikan" in said(app, "#heading")
        await press(pilot, "escape")
        assert said(app, "#counts") == "menunggu saya 1 · dikembalikan 4 · disetujui 3"
        assert "Mawar 3" in listed(app)  # what has a finding is left


async def test_what_was_approved_together_can_be_given_back_together(
    office: Path, make_app: MakeApp
) -> None:
    app = make_app(office, "dinas-budi")
    async with app.run_test(size=(110, 30)) as pilot:
        await before_the_pile(pilot, app)
        await press(pilot, "s", "enter", "escape", "t")
        assert isinstance(app.screen, RosterScreen)
        assert "disetujui" in said(app, "#path")
        await press(pilot, "s")
        assert "Tulisan ini disetujui" in told(app)[-1]
        await press(pilot, "x")
        app.screen.query_one(TextArea).text = "Terlalu cepat saya setujui"
        await pilot.click("#go")
        await settle(pilot)
        await press(pilot, "escape")
        assert said(app, "#counts") == "menunggu saya 5 · dikembalikan 3"


async def test_nothing_is_decided_without_a_note_or_when_somebody_cancels(
    office: Path, make_app: MakeApp
) -> None:
    app = make_app(office, "dinas-budi")
    async with app.run_test(size=(110, 30)) as pilot:
        await before_the_pile(pilot, app)
        await press(pilot, "x")
        await pilot.click("#go")
        assert isinstance(app.screen, ReturnPanel)
        assert "Tulis dulu" in said(app, "#count")
        app.screen.query_one(TextArea).text = "Salah jam"
        await press(pilot, "escape")
        assert "menunggu saya 8" in said(app, "#counts")
        await press(pilot, "x")
        assert app.screen.query_one(TextArea).text == "Salah jam"  # not lost by closing
        await press(pilot, "escape", "s", "escape")
        assert isinstance(app.screen, RosterScreen)
        assert "menunggu saya 8" in said(app, "#counts")
        assert not list(office.glob("calendars/*/tinjauan/*setujui*"))


async def test_a_post_that_changed_meanwhile_is_named_and_the_others_go_on(
    office: Path, make_app: MakeApp
) -> None:
    app = make_app(office, "dinas-budi")
    async with app.run_test(size=(110, 30)) as pilot:
        await before_the_pile(pilot, app)
        await press(pilot, "s")
        month = office / "calendars/mawar-2/2026-12.yaml"
        month.write_text(month.read_text("utf-8").replace("Yuk main", "Ayo main"), "utf-8")
        await press(pilot, "enter")
        assert "2 postingan disetujui" in said(app, "#heading")
        assert "Posyandu Mawar 2, Desa Hilir" in said(app, "#lines")
        assert "berubah sejak daftar ini dibaca" in said(app, "#lines")


async def test_whoever_handed_it_in_has_nothing_waiting_and_is_told_what_to_press(
    office: Path, make_app: MakeApp
) -> None:
    app = make_app(office, "kim-hendra")
    async with app.run_test(size=(110, 30)) as pilot:
        await press(pilot, "6", "s")
        assert "tekan t" in told(app)[-1]  # not in a pile yet
        await press(pilot, "t")
        assert said(app, "#counts") == "menunggu orang lain 8"
        await press(pilot, "s", "x")
        assert isinstance(app.screen, RosterScreen)


async def test_an_exception_stands_below_its_text_and_is_opened_by_itself(
    office: Path, make_app: MakeApp
) -> None:
    app = make_app(office, "dinas-budi")
    async with app.run_test(size=(110, 30)) as pilot:
        await before_the_pile(pilot, app)
        assert len(rows(app)) == 3 and "Mawar 3" in rows(app)[1]
        await press(pilot, "down", "s")
        assert isinstance(app.screen, RosterScreen)
        assert "Enter" in told(app)[-1]
        await press(pilot, "enter")
        assert isinstance(app.screen, ReviewScreen)
        await press(pilot, "escape")
        app.screen.query_one(LineList).highlighted = 0
        await press(pilot, "s", "enter")
        assert "3 postingan disetujui" in said(app, "#heading")
        await press(pilot, "escape")
        assert "menunggu saya 5" in said(app, "#counts")
