"""The keeper: edits run beside the screen, can be taken back, and others' changes are noticed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from content_kit.errors import UsageError
from content_kit.files.workspace import Loaded, Workspace
from content_kit.planning.pages import Pages
from content_kit.tui import keeper
from content_kit.tui.app import KitApp
from content_kit.tui.screens.home import HomeScreen

MakeApp = Callable[..., KitApp]

HOSTILE = "[red]Gratis[/] [/x] \x1b]0;x\x07"


async def settle(pilot: Pilot[None]) -> None:
    """Until every worker is done and the screen says so."""
    for _ in range(4):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


def said(app: KitApp) -> list[str]:
    """What the application told in passing."""
    return [note.message for note in app._notifications]


def month(demo: Path) -> Path:
    """The file that the edits below change."""
    return demo / "calendars/melati/2026-12.yaml"


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
    before = month(demo).read_bytes()
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.edit(remark, unit="melati", what="Catatan ditambah")
        await settle(pilot)
        assert month(demo).read_bytes() == before + b"# sudah dibaca\n"
        assert said(app) == ["Catatan ditambah"] and app.history.last == "Catatan ditambah"
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert month(demo).read_bytes() == before
        assert said(app)[-1] == "Dibatalkan: Catatan ditambah"
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert said(app)[-1] == "Tidak ada yang bisa dibatalkan."


@pytest.mark.parametrize(
    ("act", "told"), [(refuse, "Tidak bisa: [red]Gratis"), (crash, "Maaf, ada yang salah")]
)
async def test_an_edit_that_cannot_be_is_a_sentence(
    act: Callable[[Workspace, Loaded], Pages],
    told: str,
    demo: Path,
    make_app: MakeApp,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("content_kit.tui.jobs.write_report", lambda bug: None)
    before = month(demo).read_bytes()
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.edit(act)
        await settle(pilot)
        assert told in said(app)[-1] and "\x1b" not in said(app)[-1]
        drawn = app.export_screenshot()
        assert "\x1b" not in drawn and "\x07" not in drawn
    assert month(demo).read_bytes() == before and app.history.last == ""


async def test_undo_leaves_what_somebody_else_saved_since(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.edit(remark, what="Catatan ditambah")
        await settle(pilot)
        text = month(demo).read_text("utf-8") + "# dari laptop lain\n"
        month(demo).write_text(text, encoding="utf-8")
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert "sudah diubah lagi" in said(app)[-1]
    assert month(demo).read_text("utf-8") == text


async def test_another_programs_change_reaches_the_board_and_is_told(
    demo: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "GLANCE", 0.05)
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        text = month(demo).read_text("utf-8")
        new = text.replace("Besok kita buka, ayo datang!", "Besok buka, ya!")
        month(demo).write_text(new, encoding="utf-8")
        for _ in range(100):
            await pilot.pause(0.05)
            await settle(pilot)
            if said(app):
                break
        await settle(pilot)
        assert any("berkas yang berubah" in note for note in said(app))
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
        assert said(app) == ["Catatan ditambah"]


async def test_a_hidden_place_waits_until_it_is_shown(
    demo: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A province's calendar is not drawn again and again behind Beranda."""
    drawn: list[str] = []
    monkeypatch.setattr(HomeScreen, "draw", lambda screen, board: drawn.append("beranda"))
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("3")
        await settle(pilot)
        drawn.clear()
        await pilot.press("r")
        await settle(pilot)
        assert not drawn
        await pilot.press("1")
        await settle(pilot)
        assert drawn == ["beranda"]
