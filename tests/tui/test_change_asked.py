"""Sudah dikirim ke grup? Asked once after an announcement, and again before the day changes once more."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Button, Input, Label, Select, Static

from content_kit.checks.announcements import ANNOUNCEMENT
from content_kit.files.workspace import Workspace
from content_kit.tui.app import KitApp
from content_kit.tui.screens.change import ChangePanel
from content_kit.tui.screens.confirm import AnswerPanel
from content_kit.tui.screens.job import JobPanel
from tests.tui.driving import MakeApp, said, settle, told, with_two_posts


async def changed(pilot: Pilot[None], app: KitApp, wish: str, words: str = "") -> None:
    """Fill in the form of Jadwal berubah and send it off."""
    await pilot.press("j")
    await settle(pilot)
    assert isinstance(app.screen, ChangePanel)
    app.screen.query_one("#wish", Select).value = wish
    await pilot.pause()
    if words:
        app.screen.query_one("#value", Input).value = words
    app.screen.query_one("#reason", Input).value = "Bidan sakit"
    await pilot.pause()
    await pilot.press("ctrl+s")
    await settle(pilot)


def announcements(root: Path) -> list[str]:
    loaded = Workspace.open(root).load()
    return [post.id for post in loaded.posts("melati") if post.template == ANNOUNCEMENT]


async def test_yes_is_written_down_and_the_next_announcement_rests_on_it(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(with_two_posts(demo), "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await changed(pilot, app, "move", "jumat")
        assert isinstance(app.screen, JobPanel)
        question = str(app.screen.query_one("#question", Label).render())
        assert question == "Sudah dikirim ke grup?"
        await pilot.press("y")
        await settle(pilot)
        assert any("sudah diposting di Grup WhatsApp" in note for note in told(app))
        assert not app.screen.query_one("#asked").display, "asked once"
        await pilot.press("enter")
        await settle(pilot)
        await changed(pilot, app, "cancel")
        assert isinstance(app.screen, JobPanel), "nothing has to be asked"
        words = str(app.screen.query_one("#text", Static).render())
        assert "*BATAL: Jumat, 11 Desember 2026 (semula Selasa, 8 Desember)" in words
        assert "Hapus" not in said(app, "#lines"), "nobody deletes what was sent"
        assert len(announcements(demo)) == 2


async def test_not_yet_is_asked_again_and_what_nobody_got_is_replaced(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(with_two_posts(demo), "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await changed(pilot, app, "move", "jumat")
        await pilot.press("n", "enter")
        await settle(pilot)
        await changed(pilot, app, "cancel")
        assert isinstance(app.screen, AnswerPanel)
        assert "Jumat, 11 Desember 2026" in said(app, ".heading")
        assert "Sudah dikirim ke grup?" in said(app, ".heading")
        await pilot.press("escape")
        await settle(pilot)
        assert len(announcements(demo)) == 1, "whoever leaves without an answer changes nothing"
        await changed(pilot, app, "cancel")
        await pilot.press("n")
        await settle(pilot)
        assert isinstance(app.screen, JobPanel)
        words = str(app.screen.query_one("#text", Static).render())
        assert "*BATAL: Besok, Selasa" in words or "*BATAL: Selasa, 8 Desember 2026" in words
        assert "Jumat" not in words
        assert len(announcements(demo)) == 1


async def test_the_buttons_answer_too_and_undo_takes_the_answer_back(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(with_two_posts(demo), "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await changed(pilot, app, "move", "jumat")
        app.screen.query_one("#yes", Button).press()
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert any("belum diposting di Grup WhatsApp" in note for note in told(app))
        await changed(pilot, app, "cancel")
        assert isinstance(app.screen, AnswerPanel), "nobody knows any more"
        app.screen.query_one("#yes", Button).press()
        await settle(pilot)
        words = str(app.screen.query_one("#text", Static).render())
        assert "*BATAL: Jumat, 11 Desember 2026 (semula Selasa, 8 Desember)" in words
