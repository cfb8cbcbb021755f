"""The first run: the welcome, five questions to a planned and rendered month, and other folders."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Input, Select

from content_kit.files.workspace import Workspace
from content_kit.tui.app import KitApp
from content_kit.tui.screens.folder import FolderPanel
from content_kit.tui.screens.home import HomeScreen
from content_kit.tui.screens.welcome import WelcomeScreen
from content_kit.tui.screens.wizard import WizardPanel
from content_kit.tui.widgets.region_picker import RegionPicker
from content_kit.tui.widgets.ticklist import TickList
from tests.tui.driving import HOSTILE, Compare, MakeApp, press, said, settle

ANSWERS = (
    {"name": "Posyandu Mawar"},
    {"village": "Sukamaju", "district": "Kec. Satu", "regency": "Kab. Dua"},
    {"rule": "kam mg-2", "hours": "08.00-11.00", "place": "Balai desa"},
    {"whatsapp": "0812-0000-0000"},
    {"person-0": "Siti", "person-1": "Hendra"},
)


REGION = ("village", "district", "regency")


async def answer(pilot: Pilot[None], app: KitApp, pages: int) -> None:
    """Fill in so many pages, each with the button under it."""
    for page in ANSWERS[:pages]:
        for id, text in page.items():
            app.screen.query_one(f"#{id}", Input).value = text
        await pilot.pause()
        app.screen.query_one("#next", Button).press()
        await pilot.pause()


async def test_five_questions_make_a_planned_and_rendered_posyandu(
    tmp_path: Path, make_app: MakeApp
) -> None:
    app = make_app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("b")
        await answer(pilot, app, 3)
        assert "4 dari 5" in said(app, "#question")
        boxes = app.screen.query_one(TickList)
        assert boxes.ticked == ("wa-grup", "wa-status", "fb")
        boxes.focus()
        await pilot.press("end", "up", "up", "up", "up", "space")  # Instagram
        await pilot.press("home", "space", "space", "enter")  # off and on again
        assert "5 dari 5" in said(app, "#question")
        app.screen.query_one("#person-0", Input).value = "Siti"
        app.screen.query_one("#person-1", Input).value = "Hendra"
        app.screen.query_one("#role-1", Select).value = "kim"
        app.screen.query_one("#person-0").focus()
        await press(pilot, "enter")
        assert "Posyandu Mawar siap dipakai" in said(app, "#heading")
        assert "gambar siap dikirim" in said(app, "#lines")
        await press(pilot, "enter")
        assert isinstance(app.screen, HomeScreen)
        assert "Siti" in said(app, "#me") and "Posyandu Mawar" in said(app, "#me")
    root = tmp_path / "posyandu-mawar"
    loaded = Workspace.open(root).load()
    assert loaded.findings == ()
    assert [(p.id, p.role, p.units) for p in loaded.people.values()] == [
        ("kader-siti", "kader", ("mawar",)), ("kim-hendra", "kim", ("mawar",)),
    ]  # fmt: skip
    assert loaded.office.default_channels == ("wa-grup", "wa-status", "fb", "ig")
    assert all(post.duty or post.id == "pertama" for post in loaded.posts())
    assert len(loaded.posts()) > 10
    assert list((root / "keluaran/paket/mawar/2026-W50").glob("*.jpg"))
    kept = json.loads((tmp_path / "pengaturan.json").read_text("utf-8"))
    assert kept["saya"] == "kader-siti" and kept["folder"] == str(root.resolve())


async def test_a_mistake_is_named_at_its_field_and_keeps_the_page(
    tmp_path: Path, make_app: MakeApp
) -> None:
    app = make_app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("b", "enter")
        assert "Isi dulu" in said(app, "#note-name") and "1 dari 5" in said(app, "#question")
        await answer(pilot, app, 2)
        app.screen.query_one("#rule", Input).value = "sering-sering"
        app.screen.query_one("#hours", Input).value = "siang"
        await pilot.pause()
        app.screen.query_one("#next", Button).press()
        await pilot.pause()
        assert "3 dari 5" in said(app, "#question")
        assert said(app, "#note-rule") and "siang" in said(app, "#note-hours")
        assert "Isi dulu" in said(app, "#note-place")
        assert app.focused is app.screen.query_one("#rule")
        app.screen.query_one("#rule", Input).value = "kam mg-2"
        await pilot.pause()
        assert "Kamis, 10 Desember 2026" in said(app, "#note-rule")
        app.screen.query_one("#hours", Input).value = "08.00-11.00"
        app.screen.query_one("#place", Input).value = "Balai"
        app.screen.query_one("#next", Button).press()
        await pilot.pause()
        app.screen.query_one(TickList).focus()
        await pilot.press("space", "down", "space", "down", "down", "space", "enter")
        assert "paling sedikit satu" in said(app, "#note-channels")
        await pilot.press("space", "enter", "enter")
        assert "nama Anda" in said(app, "#note-person-0")
        assert isinstance(app.screen, WizardPanel)


async def test_going_back_and_closing_lose_nothing(tmp_path: Path, make_app: MakeApp) -> None:
    app = make_app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("b")
        await answer(pilot, app, 4)
        app.screen.query_one("#person-0", Input).value = "Siti"
        await pilot.press(*["escape"] * 4)
        assert "1 dari 5" in said(app, "#question")
        assert app.screen.query_one("#name", Input).value == "Posyandu Mawar"
        await pilot.press("escape")
        assert isinstance(app.screen, WelcomeScreen)
        await pilot.press("b", "enter", "enter", "enter", "enter")
        assert "5 dari 5" in said(app, "#question")
        assert app.screen.query_one("#person-0", Input).value == "Siti"
        assert app.screen.query_one("#rule", Input).value == "kam mg-2"


async def test_hostile_words_in_every_answer_stay_words(tmp_path: Path, make_app: MakeApp) -> None:
    app = make_app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("b")
        for page in ANSWERS:
            for id, text in page.items():
                box = app.screen.query_one(f"#{id}", Input)
                if id in ("rule", "hours", "whatsapp"):
                    box.value = HOSTILE
                    await pilot.pause()
                    assert "[red]" in said(app, f"#note-{id}") or said(app, f"#note-{id}")
                    box.value = text
                else:
                    box.value = HOSTILE
            await pilot.pause()
            drawn = app.export_screenshot()
            assert "\x1b" not in drawn and "\x07" not in drawn
            app.screen.query_one("#next", Button).press()
            await pilot.pause()
        await settle(pilot)
        assert "[red]Gratis[/] [/x]" in said(app, "#heading")
        await press(pilot, "enter")
        assert "[red]Gratis[/] [/x]" in said(app, "#me")
        assert "\x1b" not in app.export_screenshot()
    (folder,) = tmp_path.glob("posyandu-*")
    assert Workspace.open(folder).load().findings == ()


async def test_names_show_what_is_printed_and_one_key_takes_the_proper_spelling(
    tmp_path: Path, make_app: MakeApp
) -> None:
    app = make_app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("b", *"melati 2")
        assert "Akan tercetak: melati 2" in said(app, "#note-name")
        assert "F2 menulis: Posyandu Melati 2" in said(app, "#note-name")
        await pilot.press("f2")
        assert said(app, "#note-name").strip() == "Akan tercetak: Posyandu Melati 2"
        await pilot.press("enter", *"sungai rangas tengah")
        await settle(pilot)
        assert "↓ memilih dari daftar" in said(app, "#note-village")
        app.screen.query_one("#district", Input).value = "martapura barat"
        app.screen.query_one("#regency", Input).value = "kab banjar"
        await pilot.pause()
        await pilot.press("f2")
        assert [app.screen.query_one(f"#{id}", Input).value for id in REGION] == [
            "Desa Sungai Rangas Tengah", "Kecamatan Martapura Barat", "Kabupaten Banjar",
        ]  # fmt: skip
        await settle(pilot)
        assert not app.screen.query_one(RegionPicker).offers  # it is the only one, written out
        app.screen.query_one("#next", Button).press()
        await pilot.pause()
        app.screen.query_one("#place", Input).value = "rumah bu rt 03"
        await pilot.pause()
        note = said(app, "#note-place")
        assert "Akan tercetak: rumah bu rt 03, Desa Sungai Rangas Tengah" in note
        assert "F2 menulis: Rumah Bu RT 03" in note


async def test_a_desa_is_picked_by_a_few_letters_and_brings_the_rest(
    tmp_path: Path, make_app: MakeApp
) -> None:
    app = make_app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("b", *"Mawar", "enter", *"asan")
        await settle(pilot)
        picker = app.screen.query_one(RegionPicker)
        assert picker.offers
        await pilot.press("down", "up")  # out of the list again
        assert app.focused is app.screen.query_one("#village")
        await pilot.press("down", "enter")
        await settle(pilot)
        assert [app.screen.query_one(f"#{id}", Input).value for id in REGION] == [
            "Kelurahan Asano", "Distrik Abepura", "Kota Jayapura",
        ]  # fmt: skip
        assert app.screen.query_one("#zone", Select).value == "WIT"
        assert not picker.offers
        await pilot.press("enter")
        assert "3 dari 5" in said(app, "#question")
        assert isinstance(app.screen, WizardPanel)
        assert app.screen.answers().region_code == "91.71.02.1001"


async def test_a_desa_that_no_list_knows_stays_as_it_is(tmp_path: Path, make_app: MakeApp) -> None:
    app = make_app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("b", *"Mawar", "enter", *"Dusun Baru Sekali")
        await settle(pilot)
        assert not app.screen.query_one(RegionPicker).offers
        app.screen.query_one("#district", Input).value = "Kecamatan Satu"
        app.screen.query_one("#regency", Input).value = "Kabupaten Dua"
        await pilot.press("down", "enter")
        assert "3 dari 5" in said(app, "#question")
        assert isinstance(app.screen, WizardPanel)
        answers = app.screen.answers()
        assert (answers.village, answers.region_code) == ("Dusun Baru Sekali", "")


async def test_another_folder_is_chosen_or_typed(demo: Path, make_app: MakeApp) -> None:
    here = demo.parent
    app = make_app(here)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("f")
        assert isinstance(app.screen, FolderPanel)
        app.screen.query_one("#path", Input).value = str(here / "tidak-ada")
        await pilot.click("#go")
        assert "tidak ada" in said(app, "#note")
        app.screen.query_one("#path", Input).value = HOSTILE
        await pilot.click("#go")
        assert "\x1b" not in app.export_screenshot()
        app.screen.query_one("#path", Input).value = ""
        app.screen.query_one("#near").focus()
        await press(pilot, "enter")
        assert isinstance(app.screen, HomeScreen) and app.root == demo


async def test_the_last_folder_is_one_key_away_while_it_is_there(
    demo: Path, make_app: MakeApp, tmp_path: Path
) -> None:
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
    elsewhere = tmp_path / "kosong"
    elsewhere.mkdir()
    app = make_app(elsewhere)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert demo.name in str(app.screen.query_one("#last", Button).label)
        await press(pilot, "t")
        assert isinstance(app.screen, HomeScreen) and app.root == demo.resolve()
    (demo / "calendars").rename(demo / "calendars-lama")
    app = make_app(elsewhere)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert not app.screen.query("#last")
        await pilot.press("t")
        assert isinstance(app.screen, WelcomeScreen)


@pytest.mark.parametrize(
    "page", [0, 1, 2, 3, 4], ids=["name", "region", "days", "channels", "people"]
)
def test_wizard_looks(page: int, tmp_path: Path, make_app: MakeApp, snap_compare: Compare) -> None:
    app = make_app(tmp_path)

    async def before(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await pilot.press("b")
        await answer(pilot, app, page)
        if page == 1:
            await pilot.press(*"sungai ran")
        if page == 2:
            app.screen.query_one("#rule", Input).value = "kam mg-2"
            app.screen.query_one("#hours", Input).value = "siang"
        app.screen.query_one(Input).cursor_blink = False
        await settle(pilot)

    assert snap_compare(app, terminal_size=(80, 24), run_before=before)


@pytest.mark.parametrize("state", ["last", "folder", "narrow"])
def test_welcome_looks(
    state: str, demo: Path, make_app: MakeApp, tmp_path: Path, snap_compare: Compare
) -> None:
    if state == "last":
        settings = tmp_path / "pengaturan.json"
        settings.write_text(json.dumps({"folder": str(demo)}), encoding="utf-8")
    elsewhere = tmp_path / "kosong"
    (elsewhere / "melati/calendars").mkdir(parents=True)

    async def before(pilot: Pilot[None]) -> None:
        await settle(pilot)
        if state == "folder":
            await pilot.press("f")
            for box in pilot.app.screen.query(Input):
                box.placeholder = "letak folder"  # the real one is another in each run
        await settle(pilot)

    size = (60, 20) if state == "narrow" else (80, 24)
    assert snap_compare(make_app(elsewhere), terminal_size=size, run_before=before)


async def test_a_sentence_fills_the_other_fields_and_short_months_are_only_a_remark(
    tmp_path: Path, make_app: MakeApp
) -> None:
    app = make_app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("b")
        await answer(pilot, app, 2)
        rule = app.screen.query_one("#rule", Input)
        rule.value = "tanggal 31 jam 8 sampai 11 di Balai RW 05"
        await pilot.pause()
        assert "31 Desember 2026" in said(app, "#note-rule")
        assert "Tidak setiap bulan" in said(app, "#note-rule")
        assert "Balai RW 05" in said(app, "#note-place")
        await pilot.press("tab")
        assert [
            app.screen.query_one(f"#{id}", Input).value for id in ("rule", "hours", "place")
        ] == [
            "tanggal 31",
            "08.00-11.00",
            "Balai RW 05",
        ]
        app.screen.query_one("#next", Button).press()
        await pilot.pause()
        number = app.screen.query_one("#whatsapp", Input)
        number.value = "0812-5555-0123S"
        await pilot.pause()
        assert "huruf" in said(app, "#note-whatsapp")
        number.value = "62812 0000 0000"
        await pilot.pause()
        assert "Akan tercetak: WA 0812-0000-0000" in said(app, "#note-whatsapp")
