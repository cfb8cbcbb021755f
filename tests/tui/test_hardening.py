"""Keys in odd orders and at odd moments: nothing is decided, lost or broken by being quick."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from content_kit.tui import rostering
from content_kit.tui.screens.calendar import CalendarScreen
from content_kit.tui.screens.confirm import ConfirmPanel
from content_kit.tui.screens.home import HomeScreen
from content_kit.tui.screens.photos import PhotosPanel
from content_kit.tui.screens.post import PostScreen
from content_kit.tui.screens.resume import ResumePanel
from content_kit.tui.screens.review import ReviewScreen
from content_kit.tui.screens.roster import RosterScreen
from content_kit.tui.widgets.linelist import LineList
from tests.tui.driving import MakeApp, month_file, press, settle

pytestmark = pytest.mark.usefixtures("own_folders")


async def test_nobody_approves_the_post_before_the_one_on_the_screen(
    demo: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = rostering.open_post
    let_go = threading.Event()
    let_go.set()

    def slow(*given: Any) -> rostering.Opened:
        let_go.wait(30)
        return read(*given)

    monkeypatch.setattr(rostering, "open_post", slow)
    app = make_app(demo, "kim-hendra")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "6", "l", "enter")
        review = app.screen
        assert isinstance(review, ReviewScreen)
        first = review.key
        let_go.clear()  # reading the next post takes a while
        await pilot.press("n", "s")
        asked = app.screen is not review  # about the post that is gone
        let_go.set()
        assert review.key != first and not asked
        await settle(pilot)
        await pilot.press("s")
        # Now it is read, and the answer is about this one: nobody handed it in.
        assert any("belum diajukan" in str(one.message) for one in app._notifications)


async def test_a_row_that_was_just_taken_away_opens_nothing(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        rows = app.screen.query_one("#week", LineList)
        rows.post_message(LineList.Chosen(rows, 99))
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        await press(pilot, "6")
        rows = app.screen.query_one(LineList)
        rows.post_message(LineList.Chosen(rows, 99))
        await settle(pilot)
        assert isinstance(app.screen, RosterScreen)


async def test_enter_twice_opens_one_form(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        app.new_post("melati", date(2026, 12, 9))
        app.new_post("melati", date(2026, 12, 9))
        app.open_post("melati", app.board.loaded.posts("melati")[0].id if app.board else "")
        await settle(pilot)
        assert isinstance(app.screen, PostScreen)
        await press(pilot, "escape")
        if isinstance(app.screen, ConfirmPanel):  # a new post has no title yet
            await press(pilot, "y")
        assert isinstance(app.screen, CalendarScreen)
        # A form for a post, and behind it one for the same: names of widgets do not clash.
        post = PostScreen("melati", day=date(2026, 12, 9))
        await app.push_screen(post)
        await app.push_screen(PostScreen("melati", day=date(2026, 12, 9)))
        await settle(pilot)
        assert post.id is None and app.is_running


async def test_a_question_is_a_sentence(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(
            ConfirmPanel("Hapus?", "Ctrl+Z sesudahnya mengembalikannya.", "Hapus (y)")
        )
        await pilot.pause()
        assert app.screen.query_one("#words").size.height == 1


async def test_a_draft_thrown_away_by_a_letter_comes_back(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for keys in ("X", ""):
            await app.push_screen(PostScreen("melati", day=date(2026, 12, 9)))
            await settle(pilot)
            if keys:
                form = app.screen
                assert isinstance(form, PostScreen) and form.form is not None
                form.set(form.form.draft.put("isi.judul", "Balita sehat"))
                await settle(pilot)
                await form.dismiss()
        assert isinstance(app.screen, ResumePanel)
        await press(pilot, "b")
        again = app.screen
        assert isinstance(again, PostScreen) and again.form is not None
        assert again.form.draft.text("isi.judul") != "Balita sehat"
        await press(pilot, "ctrl+z")
        assert again.form.draft.text("isi.judul") == "Balita sehat"


async def test_in_the_line_for_a_folder_the_arrows_move_the_cursor(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await app.push_screen(PhotosPanel("melati"))
        await settle(pilot)
        line = app.screen.query_one("#folder", Input)
        line.display = True
        line.value = "/foto"
        line.focus()
        await press(pilot, "end", "left", "left", "X")
        assert line.value == "/foXto"


async def test_a_form_outlives_its_posyandu(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert app.board is not None
        post = app.board.loaded.posts("melati")[0]
        app.open_post("melati", post.id)
        await settle(pilot)
        form = app.screen
        assert isinstance(form, PostScreen)
        assert form.form is not None
        (demo / "calendars/melati").rename(demo / "melati-jauh")
        app.action_reload()
        await settle(pilot)
        assert "melati" not in app.board.loaded.posyandu
        await press(pilot, "end", "X", "ctrl+s")
        assert "X" in form.form.draft.text("isi.judul")
        (demo / "melati-jauh").rename(demo / "calendars/melati")
        app.action_reload()
        await settle(pilot)
        await press(pilot, "ctrl+s")
        assert "X" in month_file(demo).read_text("utf-8")
        assert form.form.post is not None
