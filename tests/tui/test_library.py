"""Pustaka as a volunteer meets it: search, filters, reading, and a text into the calendar."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from content_kit.files import bundled
from content_kit.files.workspace import Workspace
from content_kit.planning.library import load_library
from content_kit.tui.app import KitApp
from content_kit.tui.screens.add import AddPanel
from content_kit.tui.screens.choose import ChoosePanel
from content_kit.tui.screens.library import LibraryScreen, Shelved
from tests.tui.driving import HOSTILE, Compare, MakeApp, month_file, press, rows, said, settle, told

LIBRARY = len(load_library(Workspace.open(bundled.root()))[0])
"""How many texts came with content_kit."""


def own_entry(demo: Path, title: str) -> None:
    """A library file of the office's own, which takes the place of a bundled one."""
    folder = demo / "assets/library"
    folder.mkdir(parents=True)
    quoted = json.dumps(title)
    (folder / "musim.yaml").write_text(
        "pustaka:\n"
        f"  - {{id: milik-kita, jenis: edukasi, bidang: kesehatan, sasaran: [bayi], model: edukasi-langkah,"
        f" judul: {quoted}, label: {quoted}, penutup: {quoted},"
        f" sumber: [{{nama: {quoted}, cek: V, ditelaah: {quoted}}}],"
        f" tanya: [{{tanya: {quoted}, jawab: {quoted}}}],"
        f" menunggu: [{{isian: nama, tanya: {quoted}, contoh: {quoted}}}]}}\n",
        encoding="utf-8",
    )


async def test_words_filters_and_the_season_narrow_the_list(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "4")
        assert isinstance(app.screen, LibraryScreen)
        assert f"{LIBRARY} tulisan" in said(app, "#count")
        assert "cocok sekarang" in rows(app)[0]  # before anybody searches, the season comes first
        await pilot.press("slash", *"mpasi", "space", *"telur", "enter")
        found = len(rows(app))
        assert 0 < found < LIBRARY
        assert said(app, "#count") == f"{found} tulisan, {found} belum ditelaah"
        assert "belum ditelaah nakes" in rows(app)[0]
        await pilot.press("x", "j", "down", "down", "down", "enter")
        await pilot.pause()
        assert all(row.startswith(" K ") for row in rows(app)) and rows(app)
        await pilot.press("b")
        assert isinstance(app.screen, ChoosePanel)
        await pilot.press("escape", "x", "a", "down", "down", "enter")
        await pilot.pause()
        assert "Bayi" in said(app, "#filters")
        several = len(rows(app))
        await pilot.press("m")
        assert 0 < len(rows(app)) < several
        assert not any("untuk musim" in row for row in rows(app))
        await pilot.press("x", "slash", *"zzzzzz")
        assert said(app, "#count") == "0 tulisan"


async def test_a_text_is_read_in_full(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "4")
        await pilot.press("slash", *"telur sehari", "enter")
        text = said(app, "#text")
        assert "Satu telur sehari untuk balita" in text and "Kalau ada yang bertanya" in text
        assert "Sumber" in text and "BKKBN" in text
        pane = app.screen.query_one("#reading")
        await pilot.press("space")
        await pilot.pause()
        assert pane.scroll_y > 0
        await pilot.press("backspace")
        await pilot.pause()
        assert pane.scroll_y == 0


async def test_a_text_goes_to_the_proposed_day_and_ctrl_z_takes_it_back(
    demo: Path, make_app: MakeApp
) -> None:
    month = month_file(demo)
    before = month.read_text("utf-8")
    app = make_app(demo, "kim-hendra")
    opened: list[tuple[object, ...]] = []
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "4")
        await pilot.press("slash", *"asi-sering", "enter", "t")
        assert isinstance(app.screen, ChoosePanel)  # he helps two posyandu
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, AddPanel)
        assert "WITA" in said(app, "#understood")
        day = app.screen.query_one("#day", Input)
        day.value = "kapan-kapan"
        await pilot.press("enter")
        assert isinstance(app.screen, AddPanel)
        day.value = "1 desember 2026"
        await pilot.pause()
        assert "sudah lewat" in said(app, "#understood")
        day.value = "8 desember"
        await pilot.pause()
        assert "sudah ada 2 postingan" in said(app, "#understood")
        day.value = "14 desember"
        await press(pilot, "enter")
        new = [p for p in Workspace.open(demo).load().posts("melati") if p.entry == "asi-sering"]
        assert [post.date for post in new] == [date(2026, 12, 14)]
        assert any("14 Desember" in note for note in told(app))
        assert "dipakai Sen, 14 Des" in rows(app)[0]
        app.open_post = lambda *given: opened.append(given)  # type: ignore[method-assign]
        await pilot.press("enter")
        assert opened == [("melati", new[0].id)]
        await press(pilot, "ctrl+z")
    assert month.read_text("utf-8") == before


async def test_enter_opens_a_new_post_with_the_text(
    demo: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[object, ...]] = []
    monkeypatch.setattr(KitApp, "new_post", lambda self, *given: opened.append(given))
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "4")
        await pilot.press("slash", *"asi-sering", "enter", "enter")
        ((unit, day, entry),) = opened
        assert (unit, entry) == ("melati", "asi-sering") and isinstance(day, date)


async def test_another_posyandu_has_used_other_texts(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo, "kim-hendra")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "4")
        assert "Posyandu Melati" in said(app, "#filters")
        await pilot.press("u", "down", "enter")
        await pilot.pause()
        assert "Posyandu Kenanga" in said(app, "#filters")


async def test_an_answer_that_came_too_late_is_dropped(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "4")
        app.screen.post_message(Shelved(0, None, None, "terlambat"))
        await pilot.pause()
        assert f"{LIBRARY} tulisan" in said(app, "#count")


async def test_without_a_posyandu_there_is_still_something_to_read(
    tmp_path: Path, make_app: MakeApp
) -> None:
    (tmp_path / "calendars").mkdir()
    app = make_app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "4")
        assert f"{LIBRARY} tulisan" in said(app, "#count")
        await pilot.press("t", "enter")
        assert isinstance(app.screen, LibraryScreen)


async def test_hostile_words_of_a_library_are_shown_and_never_obeyed(
    demo: Path, make_app: MakeApp
) -> None:
    own_entry(demo, HOSTILE)
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "4")
        await pilot.press("slash", *"milik kita", "enter")
        assert rows(app)[0].startswith(" E  [red]Gratis[/] [/x]")
        assert "[red]Gratis[/] [/x]" in said(app, "#text")
        for key in ("t", "enter"):
            await pilot.press(key)
            await settle(pilot)
            drawn = app.export_screenshot()
            assert "\x1b" not in drawn and "\x07" not in drawn
    assert not [f for f in Workspace.open(demo).load().findings if f.code.startswith("yaml")]


@pytest.mark.parametrize("state", ["empty", "typical", "findings", "narrow", "add"])
def test_library_looks(state: str, demo: Path, make_app: MakeApp, snap_compare: Compare) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await press(pilot, "4")
        if state == "empty":
            await pilot.press("slash", *"zzzzzz", "enter")
        if state in ("typical", "add"):
            await pilot.press("slash", *"telur", "enter")
        if state == "findings":
            await pilot.press("slash", *"milik kita", "enter")
        if state == "add":
            await pilot.press("t")
        for box in pilot.app.screen.query(Input):
            box.cursor_blink = False
        await settle(pilot)

    if state == "findings":
        own_entry(demo, HOSTILE)
    size = (80, 24) if state in ("narrow", "add") else (120, 40)
    assert snap_compare(make_app(demo, "kader-rusminah"), terminal_size=size, run_before=before)
