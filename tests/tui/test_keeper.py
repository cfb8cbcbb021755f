"""The keeper: edits run beside the screen, can be taken back, and others' changes are noticed."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from content_kit.errors import UsageError
from content_kit.files.workspace import Loaded, Workspace
from content_kit.planning.pages import Pages
from content_kit.tui import keeper
from content_kit.tui.screens.home import HomeScreen
from tests.tui.driving import HOSTILE, MakeApp, month_file, press, settle, told


def remark(workspace: Workspace, loaded: Loaded) -> Pages:
    """An edit: one more remark in a month file."""
    pages = Pages(workspace)
    path = workspace.root / "calendars/melati/2026-12.yaml"
    pages.put(path, pages.text(path) + "# sudah dibaca\n")
    return pages


def refuse(workspace: Workspace, loaded: Loaded) -> Pages:
    """An edit that cannot be."""
    raise UsageError(f"Tidak bisa: {HOSTILE}")


def crash(workspace: Workspace, loaded: Loaded) -> Pages:
    """An edit with a bug."""
    raise ZeroDivisionError


async def test_an_edit_is_saved_told_and_taken_back_with_one_key(
    demo: Path, make_app: MakeApp
) -> None:
    before = month_file(demo).read_bytes()
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.edit(remark, unit="melati", what="Catatan ditambah")
        await settle(pilot)
        assert month_file(demo).read_bytes() == before + b"# sudah dibaca\n"
        assert told(app) == ["Catatan ditambah"] and app.history.last == "Catatan ditambah"
        await press(pilot, "ctrl+z")
        assert month_file(demo).read_bytes() == before
        assert told(app)[-1] == "Dibatalkan: Catatan ditambah"
        await press(pilot, "ctrl+z")
        assert told(app)[-1] == "Tidak ada yang bisa dibatalkan."


@pytest.mark.parametrize(
    ("act", "sentence"), [(refuse, "Tidak bisa: [red]Gratis"), (crash, "Maaf, ada yang salah")]
)
async def test_an_edit_that_cannot_be_is_a_sentence(
    act: Callable[[Workspace, Loaded], Pages],
    sentence: str,
    demo: Path,
    make_app: MakeApp,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("content_kit.tui.jobs.write_report", lambda bug: None)
    before = month_file(demo).read_bytes()
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.edit(act)
        await settle(pilot)
        assert sentence in told(app)[-1] and "\x1b" not in told(app)[-1]
        drawn = app.export_screenshot()
        assert "\x1b" not in drawn and "\x07" not in drawn
    assert month_file(demo).read_bytes() == before and app.history.last == ""


async def test_undo_leaves_what_somebody_else_saved_since(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.edit(remark, what="Catatan ditambah")
        await settle(pilot)
        text = month_file(demo).read_text("utf-8") + "# dari laptop lain\n"
        month_file(demo).write_text(text, encoding="utf-8")
        await press(pilot, "ctrl+z")
        assert "sudah diubah lagi" in told(app)[-1]
    assert month_file(demo).read_text("utf-8") == text


async def test_another_programs_change_reaches_the_board_and_is_told(
    demo: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "GLANCE", 0.05)
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        text = month_file(demo).read_text("utf-8")
        new = text.replace("Besok kita buka, ayo datang!", "Besok buka, ya!")
        month_file(demo).write_text(new, encoding="utf-8")
        for _ in range(100):
            await pilot.pause(0.05)
            await settle(pilot)
            if told(app):
                break
        await settle(pilot)
        assert any("berkas yang berubah" in note for note in told(app))
        assert app.board is not None
        titles = [app.board.title(post) for post in app.board.loaded.posts("melati")]
        assert "Besok buka, ya!" in titles


async def test_our_own_edit_is_no_news(
    demo: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "GLANCE", 0.05)
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.edit(remark, what="Catatan ditambah")
        await settle(pilot)
        for _ in range(5):
            await pilot.pause(0.05)
            await settle(pilot)
        assert told(app) == ["Catatan ditambah"]


async def test_a_hidden_place_waits_until_it_is_shown(
    demo: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A province's calendar is not drawn again and again behind Beranda."""
    drawn: list[str] = []
    monkeypatch.setattr(HomeScreen, "draw", lambda screen, board: drawn.append("beranda"))
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "3")
        drawn.clear()
        await press(pilot, "r")
        assert not drawn
        await press(pilot, "1")
        assert drawn == ["beranda"]


@pytest.mark.skipif(sys.platform == "win32", reason="flock is POSIX's")
async def test_a_disk_without_locks_is_told_once(
    demo: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", refuse)
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for _ in range(2):
            app.edit(remark, unit="melati", what="Catatan ditambah")
            await settle(pilot)
        remarks = [words for words in told(app) if "tidak mengenal kunci berkas" in words]
        assert len(remarks) == 1
