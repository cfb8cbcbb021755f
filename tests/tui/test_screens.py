"""Every screen and action as a volunteer meets them: keys pressed, words read, files made."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from textual.widgets import Button, Input, Select

from content_kit.tui.board import Board
from content_kit.tui.messages import Looked
from content_kit.tui.screens import fixes, job
from content_kit.tui.screens.base import HelpPanel, KitScreen
from content_kit.tui.screens.change import ChangePanel
from content_kit.tui.screens.fixes import FixesScreen
from content_kit.tui.screens.home import HomeScreen
from content_kit.tui.screens.job import JobPanel
from content_kit.tui.screens.welcome import WelcomeScreen
from tests.tui.driving import (
    HOSTILE,
    MakeApp,
    broken,
    listed,
    month_file,
    noted,
    press,
    rewrite,
    said,
    settle,
)


async def test_a_kader_has_her_pictures_after_one_key(
    demo: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(job, "open_folder", partial(noted, opened))
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert "Rusminah" in said(app, "#me") and "Besok kita buka" in listed(app, "#today")
        assert "Kenanga" not in listed(app, "#week")
        await press(pilot, "g")
        assert "gambar siap dikirim" in said(app, "#heading")
        await pilot.press("b")
        assert opened == [demo / "keluaran/paket/melati/2026-W50"]
        assert list(opened[0].glob("*1_*.jpg"))
        await pilot.press("enter")
        assert isinstance(app.screen, HomeScreen)


async def test_work_can_be_cancelled_and_leaves_whole_files(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.writing.acquire()  # the work waits, so that the key surely comes before its end
        await pilot.press("g")
        await pilot.press("enter", "escape")  # Enter once too often stops nothing
        app.writing.release()
        await settle(pilot)
        assert said(app, "#heading") == "Belum selesai" and "Dihentikan" in said(app, "#lines")
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)
        assert not (demo / "keluaran/paket").exists()


async def test_a_changed_day_becomes_a_text_and_a_folder(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("j")
        assert isinstance(app.screen, ChangePanel)
        app.screen.query_one("#value", Input).value = "10 desember"
        await pilot.pause()
        assert "Kamis, 10 Desember 2026" in said(app, "#understood")
        app.screen.query_one("#reason", Input).value = "Balai dipakai rapat desa"
        await pilot.click("#go")
        await settle(pilot)
        assert "Kamis, 10 Desember 2026" in said(app, "#heading")
        assert "*BERUBAH" in said(app, "#text")
        assert app.screen.query_one("#open").display
    assert "pindah_ke: 2026-12-10" in (demo / "calendars/melati/posyandu.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("wish", "value", "told"),
    [
        ("place", "Rumah Ibu RT 02", "Tempat baru: Rumah Ibu RT 02"),
        ("hours", "09.00-11.00", "Jam baru: 09.00–11.00 WITA"),
        ("hours", "siang", '"siang" jam berapa?'),
        ("move", "selasa", ""),
        ("home", "", "rumah"),
        ("cancel", "", "batal"),
    ],
)
async def test_every_kind_of_change_is_understood_at_once(
    demo: Path, make_app: MakeApp, wish: str, value: str, told: str
) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("j")
        app.screen.query_one("#wish", Select).value = wish
        app.screen.query_one("#value", Input).value = value
        await pilot.pause()
        assert told in said(app, "#understood")
        await pilot.click("#go")  # without a reason nothing happens yet
        assert isinstance(app.screen, ChangePanel)
        await pilot.press("escape")
    assert (
        "perubahan"
        not in (demo / "calendars/melati/posyandu.yaml").read_text("utf-8").split("#")[0]
    )


async def test_a_month_is_planned_after_a_choice(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("s")
        await pilot.click("#next")
        await settle(pilot)
        assert "Januari 2027" in said(app, "#heading") and "baru" in said(app, "#heading")
    assert (demo / "calendars/melati/2027-01.yaml").is_file()


async def test_check_leads_to_the_list_with_file_line_and_next_step(
    demo: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(fixes, "open_folder", partial(noted, opened))
    broken(demo)
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "jadwal-kartu" in said(app, "#steps")
        await press(pilot, "p")
        await press(pilot, "enter")
        assert isinstance(app.screen, FixesScreen)
        first = listed(app, "#found").splitlines()
        assert first[0].startswith("! Perlu diperbaiki  Melati · Sen, 7 Des · Besok kita buka")
        assert "calendars/melati/2026-12.yaml baris" in first[0]
        assert "→" in first[2]
        await pilot.press("o")
        assert opened == [month_file(demo).parent]


async def test_what_another_program_saved_shows_after_r(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        rewrite(demo, "Besok kita buka, ayo datang!", "Besok buka, ya!")
        await press(pilot, "r")
        assert "Besok buka, ya!" in listed(app, "#today")


async def test_who_sits_here_is_kept_on_this_machine(
    demo: Path, make_app: MakeApp, tmp_path: Path
) -> None:
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "Semua posyandu" in said(app, "#me")
        await pilot.press("w", "down", "down", "enter")
        await settle(pilot)
        assert "Fitriyani" in said(app, "#me")
    assert json.loads((tmp_path / "pengaturan.json").read_text("utf-8"))["saya"] == "kader-fitri"


async def test_a_stale_look_is_dropped(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        seen = app.board
        assert seen is not None and seen.complete
        app.post_message(Looked(0, Board(seen.loaded, seen.now)))
        await pilot.pause()
        assert app.board is seen


async def test_the_sample_is_one_key_away(tmp_path: Path, make_app: MakeApp) -> None:
    app = make_app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, WelcomeScreen)
        await pilot.press("1")  # leads nowhere yet
        await press(pilot, "c")
        assert "gambar contoh sudah jadi" in said(app, "#heading")
        await press(pilot, "enter")
        assert isinstance(app.screen, HomeScreen) and app.root == tmp_path / "contoh-posyandu"


async def test_the_palette_offers_every_action_and_the_looks_are_kept(
    demo: Path, make_app: MakeApp, tmp_path: Path
) -> None:
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for key in ("1", "2", "3"):
            await pilot.press(key)
            assert isinstance(app.screen, KitScreen)
            titles = {command.title for command in app.get_system_commands(app.screen)}
            assert {title for title, *_ in app.screen.OFFERS} <= titles
            assert {"Beranda", "Kalender", "Perbaikan", "Keluar", "Bantuan"} <= titles
            shown = [b for b in app.screen.active_bindings.values() if b.binding.show]
            assert len(shown) <= 6
        await pilot.press("ctrl+p", *"kontras")
        await settle(pilot)
        await pilot.pause(0.3)
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert app.theme == "kontras-tinggi"
    kept = json.loads((tmp_path / "pengaturan.json").read_text("utf-8"))
    assert kept["tampilan"] == "kontras-tinggi"


async def test_every_screen_explains_itself(demo: Path, make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("1", "2", "3"):
            await pilot.press(key, "question_mark")
            await pilot.pause()
            assert isinstance(app.screen, HelpPanel)
            button = app.screen.query_one(Button)
            assert button.region.height == 3 and button.region.bottom < 24
            await pilot.press("enter")


async def test_a_broken_workspace_is_told_in_words(tmp_path: Path, make_app: MakeApp) -> None:
    (tmp_path / "calendars").mkdir()
    app = make_app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "belum ada posyandu" in said(app, "#me")
        (tmp_path / "calendars").rmdir()
        await press(pilot, "g")
        assert "tidak ada folder calendars" in said(app, "#lines")


async def test_hostile_words_are_shown_and_never_obeyed(demo: Path, make_app: MakeApp) -> None:
    """Markup, a stray end tag and a title sequence in every text that a screen shows."""
    quoted = json.dumps(HOSTILE)
    for file, old in (
        ("melati/2026-12.yaml", "Besok kita buka, ayo datang!"),
        ("melati/posyandu.yaml", "Posyandu Melati"),
        ("melati/posyandu.yaml", "Balai RW 05"),
        ("orang.yaml", "Rusminah"),
    ):
        path = demo / "calendars" / file
        lines = path.read_text("utf-8").splitlines()
        number = next(n for n, line in enumerate(lines) if old in line)
        lines[number] = lines[number].replace(f'"{old}"', old).replace(old, quoted, 1)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "[red]Gratis[/] [/x]" in said(app, "#me")
        for keys in (("1",), ("2",), ("3",), ("1", "w"), ("escape", "j"), ("escape", "g")):
            await pilot.press(*keys)
            await settle(pilot)
            drawn = app.export_screenshot()
            assert "\x1b" not in drawn and "\x07" not in drawn
            if keys != ("1", "w"):
                continue
            assert "[red]Gratis[/]" in listed(app, "#rows")
        assert isinstance(app.screen, JobPanel)
