"""Beranda's five buttons and its lists: every one within reach on a small terminal."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Button

from content_kit.review.life import Status
from content_kit.tui.app import KitApp
from content_kit.tui.looking import Looker
from content_kit.tui.screens.change import ChangePanel
from content_kit.tui.screens.exchange import ExchangePanel
from content_kit.tui.screens.home import HomeScreen
from content_kit.tui.screens.job import JobPanel
from content_kit.tui.screens.month import MonthPanel
from content_kit.tui.screens.send import SendScreen
from content_kit.tui.widgets.linelist import LineList
from tests.tui.driving import MakeApp, checked, press, rows, said, settle, told

BUTTONS = (
    "Buat gambar minggu ini",
    "Jadwal berubah",
    "Susun bulan ini",
    "Periksa",
    "Kirim",
)


@pytest.mark.parametrize("width", [80, 120])
async def test_all_five_buttons_fit_with_their_whole_words(
    width: int, demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(width, 24)) as pilot:
        await settle(pilot)
        found = list(app.screen.query("#actions Button").results(Button))
        assert tuple(str(button.label) for button in found) == BUTTONS
        assert found[-1].region.right <= width
        for button in found:
            assert button.content_region.width >= len(str(button.label))
        assert app.focused is found[0]  # Enter makes the pictures


@pytest.mark.parametrize(
    ("button", "key", "screen"),
    [
        ("#make-week", "g", JobPanel),
        ("#change-day", "j", ChangePanel),
        ("#plan-month", "s", MonthPanel),
        ("#check-all", "p", JobPanel),
        ("#send", "k", SendScreen),
        ("", "x", ExchangePanel),
    ],
)
async def test_each_button_and_its_key_lead_to_the_same_place(
    button: str, key: str, screen: type, demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press(key)
        assert isinstance(app.screen, screen)
        await settle(pilot)
        await pilot.press("escape", "1")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        if button:
            await pilot.click(button)
            assert isinstance(app.screen, screen)
            await settle(pilot)


async def test_enter_opens_a_listed_post(
    demo: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[object, ...]] = []
    monkeypatch.setattr(KitApp, "open_post", lambda self, *given: opened.append(given))
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.screen.query_one("#today").focus()
        await pilot.press("enter")
        assert opened == [("melati", "m4x7q2", "")]
        await pilot.press("tab", "down", "enter")
        week = app.screen.query_one("#week", LineList)
        assert len(opened) == 2 and week.has_focus and week.count == 5


async def test_an_empty_list_takes_no_focus(demo: Path, make_app: MakeApp) -> None:
    for month in demo.glob("calendars/*/2026-12.yaml"):
        month.unlink()
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        today, week = app.screen.query_one("#today", LineList), app.screen.query_one("#week")
        assert not today.can_focus and not week.can_focus
        assert today.size.height == 1
        assert "Tidak ada yang harus diposting" in today.render_line(0).text


async def test_what_went_out_is_shown_as_posted_and_asks_for_nothing(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "5", "down", "s", "a", "enter", "1")
        await checked(pilot)
        assert app.board is not None
        posted = [post for post in app.board.week(app.me) if app.board.state(post).over]
        assert [app.board.state(post) for post in posted] == [Status.POSTED]
        shown = [row for place in ("#today", "#week") for row in rows(app, place)]
        assert [row for row in shown if row.startswith("↑")] == [
            row for row in shown if "sudah diposting" in row
        ]
        assert any("sudah diposting" in row for row in shown)


@pytest.mark.parametrize("width", [80, 120])
async def test_arrows_walk_from_the_buttons_through_every_list_and_back(
    width: int, demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(width, 24)) as pilot:
        await checked(pilot)
        app.screen.query_one("#after").display = False
        lists = [each for each in app.screen.query(LineList) if each.can_focus]
        assert len(lists) == 2, "the sample has posts today and later this week"
        for shown in lists:
            for row in range(shown.count):
                await pilot.press("down")
                assert app.focused is shown and shown.highlighted == row
        await pilot.press(*["down"] * 30)  # what is missing is read below the lists
        await pilot.pause()
        columns = app.screen.query_one("#columns")
        assert columns.scroll_offset.y == columns.max_scroll_y
        for shown in reversed(lists):
            for row in reversed(range(shown.count)):
                assert app.focused is shown and shown.highlighted == row
                await pilot.press("up")
        assert app.focused is app.screen.query_one("#make-week")
        await pilot.press("right", "right")
        assert app.focused is app.screen.query_one("#plan-month")
        await pilot.press("left", "left", "left")
        assert app.focused is app.screen.query_one("#make-week")
        await pilot.press("up", "up")
        assert app.focused is app.screen.query_one("#who-button")


async def test_nothing_is_denied_while_the_plan_is_still_read(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await checked(pilot)
        assert app.board is not None
        app.board = replace(app.board, complete=False)
        await pilot.press("i")
        assert "Masih memeriksa" in told(app)[-1]


async def test_plans_that_cannot_be_read_are_told_where_one_waits_for_them(
    demo: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = Looker.look

    def refuse(*_: object) -> None:
        raise OSError(5, "", "calendars")

    monkeypatch.setattr(Looker, "look", refuse)
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        told = said(app, "#reading")
        assert "Membaca rencana" not in told
        assert "calendars: disk bermasalah" in told and "tekan r" in told
        monkeypatch.setattr(Looker, "look", look)
        await pilot.press("r")
        await settle(pilot)
        assert not app.screen.query("#reading")
        assert app.screen.query("#today")
