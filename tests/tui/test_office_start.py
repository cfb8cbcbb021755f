"""An office begins with its list: a name, a table, a look, and all its posyandu are there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from textual.widgets import Input

from content_kit.files.workspace import Workspace
from content_kit.model import Audience
from content_kit.tui.screens import intake
from content_kit.tui.screens.intake import TablePanel, TrialPanel
from tests.tui.driving import MakeApp, checked, press, rows, said, settle, told

HEAD = "Nama Posyandu,DESA/KEL,KEC,Kab/Kota,HARI,WAKTU,Lokasi,Ket"
LIST = f"""{HEAD}
MELATI,Sungai Rangas,Martapura Barat,Banjar,Rabu ke-2,08.00 s/d 11.00,BALAI DESA,
Mawar,Penggalaman,Martapura Barat,Banjar,Kamis ke-1,8-11,Aula,tidak aktif
"""


@pytest.fixture
def downloads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of downloads with the office's list."""
    folder = tmp_path / "unduhan"
    folder.mkdir()
    (folder / "daftar.csv").write_text(LIST, encoding="utf-8")
    monkeypatch.setattr(intake, "downloads_folder", lambda: folder)
    return folder


async def test_an_office_begins_with_its_list(
    tmp_path: Path, downloads: Path, make_app: MakeApp
) -> None:
    here = tmp_path / "kosong"
    here.mkdir()
    app = make_app(here)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "k")
        box = app.focused
        assert isinstance(box, Input)
        box.value = "Diskominfo Contoh"
        await press(pilot, "enter")
        assert isinstance(app.screen, TablePanel)
        await press(pilot, "enter")
        assert isinstance(app.screen, TrialPanel)
        assert "1 baris: 1 baru" in said(app, "#summary")
        assert any("tidak aktif" in line for line in rows(app, "#rows"))
        await press(pilot, "h")
        assert "2 baris: 2 baru" in said(app, "#summary")
        assert app.screen.query_one("#go").region.bottom < 24
        await press(pilot, "h", "j")
        assert app.screen.query_one("#go").region.bottom < 24
        for words in ("", "", "timbang, imunisasi", "balita, ibu hamil", "Buku KIA"):
            line = app.focused
            assert isinstance(line, Input)
            line.value = words
            await press(pilot, "enter")
        assert any("layanan: Timbang dan ukur, Imunisasi" in line for line in rows(app, "#rows"))
        await press(pilot, "enter")
    loaded = Workspace(here / "diskominfo-contoh").load(())
    (unit,) = loaded.posyandu.values()
    assert (unit.name, unit.village) == ("Posyandu Melati", "Desa Sungai Rangas")
    assert unit.service_days[0].services == ("timbang", "imunisasi")
    assert unit.service_days[0].audience == (Audience.BALITA_APRAS, Audience.BUMIL_NIFAS_BUSUI)
    assert loaded.office.name == "Diskominfo Contoh"


@pytest.mark.parametrize("key", ["s", "d"])
async def test_a_folder_without_posyandu_says_what_comes_first(
    key: str, demo: Path, make_app: MakeApp
) -> None:
    for folder in ("melati", "kenanga"):
        shutil.rmtree(demo / "calendars" / folder)
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await checked(pilot)
        assert "Tekan x, lalu Ambil" in said(app, "#steps")
        await press(pilot, key)
        assert "Tekan x, lalu Ambil" in told(app)[-1]
