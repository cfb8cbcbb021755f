"""The calendar as a volunteer meets it: arrows, a post in the hand, filters, and the list of findings."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from content_kit.tui.app import KitApp
from content_kit.tui.screens.balance import BalancePanel
from content_kit.tui.screens.calendar import CalendarScreen
from content_kit.tui.screens.confirm import ConfirmPanel
from content_kit.tui.screens.filters import FilterPanel, UnitPanel
from content_kit.tui.screens.fixes import FixesScreen
from content_kit.tui.widgets.daygrid import DayGrid
from content_kit.tui.widgets.linelist import LineList
from content_kit.tui.widgets.monthbar import MonthBar
from content_kit.tui.widgets.postlist import PostList
from tests.tui.driving import (
    HOSTILE,
    MakeApp,
    broken,
    checked,
    listed,
    month_file,
    press,
    said,
    settle,
    told,
)

Opened = list[tuple[object, ...]]

KADER = "kader-rusminah"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    """What the calendar asked the application to open, in place of the form."""
    asked: Opened = []
    monkeypatch.setattr(KitApp, "open_post", lambda _, *words: asked.append(words))
    monkeypatch.setattr(KitApp, "new_post", lambda _, *words: asked.append(("new", *words)))
    return asked


async def enter(pilot: Pilot[None], *keys: str) -> None:
    """To the calendar once all is checked, and on by these keys."""
    await checked(pilot)
    await press(pilot, "2")
    for key in keys:
        await pilot.press(key)
        await pilot.pause()
    await settle(pilot)


def top(app: KitApp) -> str:
    return str(app.screen.query_one(MonthBar).render())


def grid(app: KitApp) -> str:
    found = app.screen.query_one(DayGrid)
    return "\n".join(found.render_line(y).text for y in range(found.size.height))


def dates(demo: Path) -> list[str]:
    lines = month_file(demo).read_text("utf-8").splitlines()
    return [line.split()[-1] for line in lines if line.strip().startswith("tanggal: 2026")]


async def test_the_calendar_turns_its_months(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        assert isinstance(app.screen, CalendarScreen)
        assert "Desember 2026" in top(app)
        assert "14 postingan, jam WITA" in top(app)
        assert "▶[7]" in grid(app) and "8  ●" in grid(app) and "25 L" in grid(app)
        await pilot.press("]")
        assert "Januari 2027" in top(app)
        await pilot.press("pageup", "pageup")
        assert "November 2026" in top(app)
        await pilot.press("h")
        assert "Desember 2026" in top(app)
        await pilot.click(MonthBar, offset=(top(app).index("▶") + 1, 0))
        assert "Januari 2027" in top(app)


async def test_arrows_walk_the_days_and_over_the_months_end(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo, KADER)
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot, "right")
        assert said(app, "#heading").startswith("Sel, 8 Des · besok · 2 postingan")
        assert "Hari buka Posyandu Melati" in listed(app, "#day")
        assert "Hari ini kita timbang" in listed(app, "#day")
        for _ in range(4):
            await press(pilot, "down")
        assert said(app, "#heading").startswith("Sel, 5 Jan")
        assert "Januari 2027" in top(app)


async def test_three_looks_at_the_same_days(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot, "m")
        assert "[Sen, 7 Des]" in grid(app) and "18.30  J✓ Besok kita buka" in grid(app)
        await pilot.press("down")
        await pilot.pause()
        assert "[Sel, 8 Des]" in grid(app)
        await pilot.press("right")
        await pilot.pause()
        assert "[Sel, 15 Des]" in grid(app)
        await pilot.press("v")
        await pilot.pause()
        agenda = listed(app, "#agenda")
        assert "● Sel, 8 Des  Hari buka Posyandu Melati" in agenda
        assert "L Jum, 25 Des Hari Raya Natal" in agenda
        assert agenda.count("Kenanga · ") == 7
        row = app.screen.query_one("#agenda", PostList)
        assert row.day == date(2026, 12, 15)
        await pilot.press("v")
        await pilot.pause()
        assert "[15]" in grid(app)


async def test_enter_opens_the_post_and_with_several_asks_which(
    demo: Path, make_app: MakeApp, opened: Opened
) -> None:
    app = make_app(demo, KADER)
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot, "enter")
        assert opened == [("melati", "m4x7q2")]
        await pilot.press("right", "enter")
        await pilot.pause()
        assert app.screen.query_one("#day", LineList).has_focus and len(opened) == 1
        assert "Pilih dulu postingannya" in told(app)[-1]
        await pilot.press("down", "enter")
        await pilot.pause()
        assert len(opened) == 2 and opened[1][0] == "melati"
        await pilot.press("escape")
        assert app.screen.query_one(DayGrid).has_focus


async def test_a_new_post_asks_for_the_posyandu_only_when_there_are_several(
    demo: Path, make_app: MakeApp, opened: Opened
) -> None:
    app = make_app(demo, KADER)
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot, "left", "t")
        assert opened == [("new", "melati", date(2026, 12, 6))]
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        app.sit_down("")
        await enter(pilot, "t")
        assert isinstance(app.screen, UnitPanel)
        await pilot.press(*"ken", "enter")
        await settle(pilot)
        assert opened[-1] == ("new", "kenanga", date(2026, 12, 7))


async def test_a_post_is_picked_up_and_dropped_and_taken_back(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo, KADER)
    before = month_file(demo).read_bytes()
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot, "p")
        assert said(app, "#told").startswith("Memindah J Besok kita buka")
        shown = {
            b.binding.description for b in app.screen.active_bindings.values() if b.binding.show
        }
        assert shown == {"Taruh di sini", "Kembalikan", "Bantuan", "Keluar"}
        await pilot.press("left", "left")
        await pilot.pause()
        assert "[5]" in grid(app) and "▼ J" in grid(app) and "J↷" in grid(app)
        await press(pilot, "enter")
        assert "2026-12-05" in dates(demo) and "2026-12-07" not in dates(demo)
        assert "pindah dari Sen, 7 Des ke Sab, 5 Des" in told(app)[-1]
        assert said(app, "#heading").startswith("Sab, 5 Des") and "Memindah" not in said(
            app, "#told"
        )
        await press(pilot, "ctrl+z")
        assert month_file(demo).read_bytes() == before


async def test_escape_puts_a_post_back(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo, KADER)
    before = month_file(demo).read_bytes()
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot, "p", "right", "down", "escape")
        assert said(app, "#heading").startswith("Sen, 7 Des") and "▼" not in grid(app)
        await pilot.press("p", "enter")
        await settle(pilot)
        assert "Masih di hari yang sama" in told(app)[-1]
    assert month_file(demo).read_bytes() == before


async def test_a_copy_goes_into_the_next_month_out_of_the_list(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo, KADER)
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot, "a", "c")
        assert said(app, "#told").startswith("Menyalin J Besok kita buka")
        await pilot.press(*["down"] * 4)
        await settle(pilot)
        assert "sesudah hari bukanya, Sel, 8 Des!" in said(app, "#told")
        await press(pilot, "enter")
        assert any("pengumuman ini datang terlambat" in note for note in told(app))
        assert "2027-01-04" in month_file(demo, name="2027-01").read_text("utf-8")
        assert app.screen.query_one("#agenda").has_focus and "Januari 2027" in top(app)


async def test_a_post_is_deleted_after_a_question(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo, KADER)
    before = month_file(demo).read_bytes()
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot, "d")
        assert isinstance(app.screen, ConfirmPanel) and "Ctrl+Z" in said(app, "#words")
        await press(pilot, "escape")
        assert month_file(demo).read_bytes() == before
        await pilot.press("d", "y")
        await settle(pilot)
        assert "m4x7q2" not in month_file(demo).read_text("utf-8")
        await press(pilot, "ctrl+z")
        assert month_file(demo).read_bytes() == before


async def test_nothing_to_pick_up_is_said(demo: Path, make_app: MakeApp, opened: Opened) -> None:
    app = make_app(demo, KADER)
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot, "left", "p", "d", "enter")
        assert "Tekan t untuk menambah" in told(app)[-1] and not opened
        assert isinstance(app.screen, CalendarScreen)


async def test_a_filter_is_ticked_said_and_taken_off(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot, "f")
        assert isinstance(app.screen, FilterPanel)
        await pilot.press(*"ken", "enter")
        app.screen.query_one(Input).value = "jenis eduk"
        await pilot.pause()
        await pilot.press("enter", "escape")
        await settle(pilot)
        assert said(app, "#told") == "Saringan: Kenanga · Edukasi  (x hapus)"
        assert " 2 postingan" in top(app)
        await pilot.press("a")
        await pilot.pause()
        assert listed(app, "#agenda").count("Kenanga · ") == 2
        await press(pilot, "x")
        assert " 14 postingan" in top(app) and "Saringan" not in said(app, "#told")


async def test_all_that_a_search_shows_is_ticked_at_once(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo, KADER)
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot, "f")
        await pilot.press(*"posyandu", "ctrl+a")
        assert said(app, "#chosen") == "Dipilih: Kenanga, Melati"
        await pilot.press("ctrl+a")
        assert "Dipilih" not in said(app, "#chosen")
        await pilot.press("ctrl+a", "escape")
        await settle(pilot)
        assert " 14 postingan" in top(app), "a kader may look at the neighbours"


async def test_the_balance_stands_beside_a_wide_month_and_in_a_window(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo, KADER)
    async with app.run_test(size=(120, 40)) as pilot:
        await enter(pilot)
        bars = said(app, "#bars")
        assert "Posyandu Melati" in bars and "Jenis isi" in bars and "kurang" in bars
        assert "Sepi: " in bars
        await press(pilot, "i")
        assert isinstance(app.screen, BalancePanel)
        await pilot.press("escape")
        assert isinstance(app.screen, CalendarScreen)


async def test_the_mouse_points_and_opens(demo: Path, make_app: MakeApp, opened: Opened) -> None:
    app = make_app(demo, KADER)
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot)
        await pilot.click(DayGrid, offset=(24, 5))
        await settle(pilot)
        assert said(app, "#heading").startswith("Rab, 9 Des")
        await pilot.click(DayGrid, offset=(24, 5))
        await settle(pilot)
        assert len(opened) == 1
        await pilot.click(MonthBar, offset=(top(app).index("Minggu") + 1, 0))
        await pilot.pause()
        assert "[Rab, 9 Des]" in grid(app)


async def test_an_empty_day_that_should_have_a_post_says_why(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo, KADER)
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot, "down", "down")
        assert "·" in grid(app) and "sepi: " in said(app, "#heading")


async def test_another_program_may_take_the_post_out_of_the_hand(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo, KADER)
    async with app.run_test(size=(80, 24)) as pilot:
        await enter(pilot, "p")
        month_file(demo).unlink()
        app.action_reload()
        await settle(pilot)
        assert "Memindah" not in said(app, "#told")


async def test_hostile_words_are_shown_and_never_obeyed(demo: Path, make_app: MakeApp) -> None:
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
    app = make_app(demo)
    async with app.run_test(size=(120, 40)) as pilot:
        await enter(pilot)
        for keys in (
            ("b",), ("right",), ("m",), ("a",), ("f",), ("escape", "b", "left", "p"), ("right",),
            ("escape", "t"), ("escape", "d"), ("escape", "i"), ("escape", "f", *"gratis", "enter"),
            ("escape",),
        ):  # fmt: skip
            await pilot.press(*keys)
            await settle(pilot)
            drawn = app.export_screenshot()
            assert "\x1b" not in drawn and "\x07" not in drawn
        assert "[red]Gratis[/]" in said(app, "#told")


async def test_a_finding_leads_to_its_field_and_others_to_their_folder(
    demo: Path, make_app: MakeApp, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders: list[Path] = []

    def open_folder(folder: Path) -> bool:
        folders.append(folder)
        return True

    monkeypatch.setattr("content_kit.tui.screens.fixes.open_folder", open_folder)
    broken(demo)
    (demo / "calendars/melati/catatan.yaml").write_text("a: b\n", encoding="utf-8")
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "3")
        assert isinstance(app.screen, FixesScreen)
        found = listed(app, "#found").splitlines()
        number = next(n for n, line in enumerate(found) if "jadwal-kartuu" in line) // 3
        app.screen.query_one(LineList).highlighted = number
        await pilot.press("enter")
        assert opened == [("melati", "m4x7q2", "model")]
        number = next(n for n, line in enumerate(found) if "catatan.yaml" in line) // 3
        app.screen.query_one(LineList).highlighted = number
        await pilot.press("enter", "o")
        assert folders == [demo / "calendars/melati"] * 2
