"""Lines one writes into: nothing harmful is pasted, and Ctrl+Z takes back what was typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Input

from content_kit.model import Pillar
from content_kit.planning.history import History
from content_kit.tui.app import KitApp
from content_kit.tui.filters import Filter
from content_kit.tui.keeper import Keeper
from content_kit.tui.looking import Looker
from content_kit.tui.screens.base import Panel
from content_kit.tui.screens.change import ChangePanel
from content_kit.tui.screens.choose import ChoosePanel
from content_kit.tui.screens.entries import EntriesPanel
from content_kit.tui.screens.filters import FilterPanel, UnitPanel
from content_kit.tui.screens.folder import FolderPanel
from content_kit.tui.screens.photo_form import PhotoForm
from content_kit.tui.screens.photos import PhotosPanel
from content_kit.tui.screens.verdict import ApprovePanel, ReturnPanel
from content_kit.tui.widgets.box import Box
from content_kit.tui.widgets.inputs import Paragraph

MakeApp = Callable[..., KitApp]
HOSTILE = "[red]Gratis[/] [/x] \x1b]0;x\x07"
HARMLESS = "[red]Gratis[/] [/x] ]0;x"


class Page(App[None]):
    """A line of each kind."""

    def compose(self) -> ComposeResult:
        """Two lines."""
        yield Box()
        yield Box(id="secret", password=True)


async def test_what_is_pasted_steers_no_terminal(
    demo: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(demo)
    board = next(Looker(demo).look(app.clock(), "", lambda: True))
    monkeypatch.setattr(KitApp, "action_reload", lambda _: None)
    app.set_reactive(Keeper.board, board)
    rows = [(str(number), f"Pilihan {number}") for number in range(20)]
    day = date(2026, 12, 7)
    photo = demo / "utuh.jpg"
    Image.new("RGB", (40, 30)).save(photo)
    panels: tuple[Panel[object], ...] = (
        ChangePanel(board, ""),
        ChoosePanel("Yang mana?", rows),
        EntriesPanel(demo, Pillar.EDUKASI, {}),
        FilterPanel(board, Filter()),
        UnitPanel(board, ["melati", "kenanga"], "Untuk siapa?"),
        FolderPanel(demo),
        PhotosPanel("melati"),
        PhotoForm(photo.name, photo, 0, day, (("fb", "Facebook"),), ("fb",)),
        ApprovePanel("Setujui?", "", (), key=True),
        ReturnPanel("Besok kita buka"),
    )  # type: ignore[assignment]
    async with app.run_test(size=(80, 24)) as pilot:
        for panel in panels:
            await app.push_screen(panel)
            await pilot.pause()
            lines = [*panel.query(Input), *panel.query(Paragraph)]
            assert lines and not [each for each in lines if type(each) is Input]
            for line in lines:
                line.post_message(events.Paste(HOSTILE))
            await pilot.pause()
            for line in lines:
                said = line.value if isinstance(line, Input) else line.text
                assert "\x1b" not in said and "\x07" not in said and HARMLESS[:10] in said
            await app.pop_screen()


async def test_of_a_passphrase_every_space_is_kept() -> None:
    app = Page()
    async with app.run_test() as pilot:
        for line in app.query(Box):
            line.post_message(events.Paste("dua  spasi\x07"))
        await pilot.pause()
        assert [line.value for line in app.query(Box)] == ["dua spasi", "dua  spasi"]


async def test_typing_is_taken_back_word_by_word() -> None:
    app = Page()
    async with app.run_test() as pilot:
        line = app.query(Box).first()
        await pilot.press(*"susu", "space", *"ibu", "backspace", "backspace")
        seen = [line.value]
        for _ in range(6):
            await pilot.press("ctrl+z")
            seen.append(line.value)
        assert seen == ["susu i", "susu ib", "susu ibu", "susu", "", "", ""]
        await pilot.press(*"asi", "ctrl+z")
        assert line.value == ""


async def test_in_the_search_ctrl_z_means_the_words(
    demo: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    undone: list[str] = []
    monkeypatch.setattr(History, "last", "Ditambahkan")
    monkeypatch.setattr(Keeper, "action_undo", lambda _: undone.append("rencana"))
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.press("4", "slash", *"asi")
        await pilot.press("ctrl+z")
        assert app.screen.query_one("#words", Input).value == "" and not undone
        await pilot.press("ctrl+z")
        assert not undone
        await pilot.press("escape", "ctrl+z")
        assert undone == ["rencana"]
