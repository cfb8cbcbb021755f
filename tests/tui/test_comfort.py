"""What holds on every screen: few keys below, help, a palette with everything, mouse, no colour needed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from content_kit.planning.history import History
from content_kit.review.life import Status
from content_kit.tui.app import KitApp
from content_kit.tui.palette import commands
from content_kit.tui.screens.base import HelpPanel, KitScreen
from content_kit.tui.themes import THEMES
from content_kit.tui.widgets.titlebar import TitleBar
from tests.tui.driving import Compare, MakeApp, broken, settle

MODES = [mode for mode in KitApp.MODES if mode != "mulai"]
SCREENS = [*KitApp.MODES, "postingan"]

MOVES = {"up", "down", "left", "right", "pageup", "pagedown", "home", "end", "enter", "escape"}
"""Keys that move about; they mean the same everywhere and need no name."""


async def go(pilot: Pilot[None], name: str) -> KitScreen:
    """The screen of this name."""
    app = pilot.app
    assert isinstance(app, KitApp)
    await settle(pilot)
    if name == "postingan":
        app.open_post("melati", "m4x7q2")
    elif name != "mulai":
        app.action_show(name)
    await settle(pilot)
    assert isinstance(app.screen, KitScreen)
    return app.screen


def place(name: str, demo: Path, tmp_path: Path) -> Path:
    """Where the application starts, to reach a screen: the welcome is where no workspace is."""
    return tmp_path if name == "mulai" else demo


def shown_keys(screen: KitScreen) -> list[str]:
    """What the line of keys says; two keys of one action stand there as one."""
    bindings = screen.active_bindings.values()
    said = {
        found.binding.action: found.binding.description for found in bindings if found.binding.show
    }
    return list(said.values())


def method(action: str) -> str:
    """The name of an action without its owner and its arguments."""
    return action.partition("(")[0].rpartition(".")[2]


@pytest.mark.parametrize("name", SCREENS)
async def test_every_screen_is_comfortable(
    name: str, demo: Path, make_app: MakeApp, tmp_path: Path
) -> None:
    app = make_app(place(name, demo, tmp_path), "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(pilot, name)
        keys = shown_keys(screen)
        assert len(keys) <= 6, keys
        assert "Bantuan" in keys and {"Keluar", "Kembali"} & set(keys)
        # The palette offers every action, and every offer can be carried out.
        titles = {command.title for command in commands(app, screen)}
        assert {"Bantuan", "Keluar", *(title for _, title in THEMES.values())} <= titles
        for title, told, action in screen.offers():
            assert title in titles and told.endswith((".", "?", "…")), (title, told)
            owner = app if action.startswith("app.") else screen
            assert hasattr(owner, f"action_{method(action)}"), f"{title}: {action}"
        offered = {method(action) for _, _, action in screen.OFFERS}
        common = {binding.action for owner in (KitScreen(), app) for _, binding in owner._bindings}
        for _, binding in screen._bindings:
            named = binding.description and binding.key not in MOVES
            if named and binding.action not in common and not binding.action.startswith("app."):
                assert method(binding.action) in offered, f"{binding.key} is not in the palette"
        # Help for this screen, all of it within reach on 80 by 24.
        assert screen.HELP.strip()
        app.action_help()
        await settle(pilot)
        assert isinstance(app.screen, HelpPanel)
        assert app.screen.query_one("#close").region.bottom <= 24


async def test_the_places_at_the_top_answer_to_the_mouse(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for _, name, mode in TitleBar.PLACES:
            if mode not in MODES:
                continue
            bar = app.screen.query_one(TitleBar)
            await pilot.click(TitleBar, offset=(str(bar.render()).index(name), 0))
            await settle(pilot)
            assert app.current_mode == mode
            line = app.screen.query_one(TitleBar).render()
            (here,) = (span for span in line.spans if "$background" in str(span.style))
            assert name in line.plain[here.start : here.end]


async def test_the_palette_says_in_our_words_that_nothing_was_found(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+p", *"qqqq")
        for _ in range(20):
            await pilot.pause(0.1)
            options = app.screen.query_one(OptionList).options
            if options:
                break
        told = " ".join(str(option.prompt) for option in options)
        assert "Tidak ditemukan" in told and "No matches" not in told


async def test_what_was_done_is_no_markup_in_the_palette(
    demo: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        monkeypatch.setattr(History, "last", "[red]Gratis[/] [/x] \x1b]0;x\x07")
        await pilot.press("ctrl+p", *"batal")
        await pilot.pause(0.6)
        drawn = app.export_screenshot()
        assert "\x1b" not in drawn and "[red]" in re.sub(r"<[^>]*>|&#160;", "", drawn)


@pytest.mark.parametrize("look", THEMES)
@pytest.mark.parametrize("mode", ["beranda", "kalender"])
def test_looks(look: str, mode: str, demo: Path, make_app: MakeApp, snap_compare: Compare) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await go(pilot, mode)

    app = make_app(demo)
    app._settings["tampilan"] = look
    app.theme = look
    assert snap_compare(app, terminal_size=(100, 30), run_before=before)


async def test_without_colour_every_state_still_has_its_mark(
    demo: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    broken(demo)
    app = make_app(demo)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        drawn = app.export_screenshot()
        colours = set(re.findall(r'(?:fill|background|color)[:=]"? ?(#[0-9a-fA-F]{6})', drawn))
        coloured = {c for c in colours if len({c[1:3], c[3:5], c[5:7]}) > 1}
        # Textual's frame around a screenshot has three dots and a grey of its own.
        assert coloured <= {"#ff5f57", "#febc2e", "#28c840", "#c5c8c6"}, coloured
        words = re.sub(r"<[^>]*>", "", drawn)
        assert Status.READY.mark in words and Status.WRONG.mark in words


def test_importing_the_application_imports_nothing_heavy() -> None:
    heavy = [
        "PIL", "uharfbuzz", "holidays", "jinja2", "icalendar", "xlsxwriter", "cryptography",
        "resvg", "dateutil", "yaml", "reportlab", "content_kit.render", "content_kit.model",
    ]  # fmt: skip
    code = (
        "import sys, content_kit.tui.app, content_kit.tui.screens.home\n"
        f"sys.exit(', '.join(name for name in {heavy!r} if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert not done.stderr.strip(), f"imported before the first frame: {done.stderr}"
