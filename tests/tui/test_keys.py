"""Keys typed in one breath: each does what it would have done alone, however busy the machine is."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.keys import _character_to_key
from textual.message import Message
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.widgets import Input

from content_kit.tui.app import KitApp
from content_kit.tui.keyline import KeyLine, Settled
from content_kit.tui.screens.base import Panel
from content_kit.tui.screens.calendar import CalendarScreen
from content_kit.tui.screens.post import PostScreen
from content_kit.tui.widgets.box import Box
from content_kit.tui.widgets.fields import Field
from tests.tui.driving import INVITATION, MakeApp, checked, settle, until

SLOW = (0.0, 0.002, 0.012)
"""Seconds that a widget may take before it looks at its next message: a busy machine."""


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every widget gets to its messages late, each by another time."""
    chance = random.Random(7)
    dispatch = MessagePump._dispatch_message

    async def late(self: MessagePump, message: Message) -> None:
        if not isinstance(self, App):
            await asyncio.sleep(chance.choice(SLOW))
        await dispatch(self, message)

    monkeypatch.setattr(MessagePump, "_dispatch_message", late)


async def type_ahead(pilot: Pilot[None], keys: Iterable[str]) -> None:
    """All of it at once, as from a terminal that could not be read for a moment."""
    app = pilot.app
    for key in keys:
        name = _character_to_key(key) if len(key) == 1 else key
        app.post_message(events.Key(name, key if len(key) == 1 else None))
    assert isinstance(app, KitApp)
    await until(pilot, Settled(app))  # the keys stand in line
    while not app.keys.empty:
        await asyncio.sleep(0.01)
    await pilot.pause()


@pytest.mark.usefixtures("busy")
async def test_six_arrows_at_once_are_six_days(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await type_ahead(pilot, ["2", *["right"] * 6, "down", "left"])
        assert isinstance(app.screen, CalendarScreen)
        assert app.screen._day == date(2026, 12, 19)


@pytest.mark.usefixtures("busy")
async def test_a_letter_typed_at_once_with_tab_or_enter_goes_to_the_next_field(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(120, 40)) as pilot:
        await checked(pilot)
        app.open_post("melati", INVITATION, "isi.judul")
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, PostScreen) and screen.form is not None
        fields = [each for each in screen.query(Field) if each.slot.path.startswith("isi.")]
        await type_ahead(pilot, ["ctrl+u", *"satu", "tab", "ctrl+u", *"dua"])
        assert [each.value for each in fields[:2]] == ["satu", "dua"]
        await type_ahead(pilot, ["shift+tab", "ctrl+u", *"tiga", "enter", "ctrl+u", *"empat"])
        assert [each.value for each in fields[:2]] == ["tiga", "empat"]


@pytest.mark.usefixtures("busy")
async def test_what_is_typed_while_a_form_opens_is_written_in_the_form(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await checked(pilot)
        app.open_post("melati", INVITATION, "isi.judul")
        await type_ahead(pilot, ["ctrl+u", *"asi tangan"])
        assert isinstance(app.screen, PostScreen) and app.screen.form is not None
        assert app.screen.form.draft.text("isi.judul") == "asi tangan"


@pytest.mark.usefixtures("busy")
async def test_escape_and_a_digit_leave_an_opening_form_as_it_was(
    demo: Path, make_app: MakeApp
) -> None:
    before = {path: path.read_bytes() for path in (demo / "calendars").rglob("*.yaml")}
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await checked(pilot)
        app.open_post("melati", INVITATION)
        await type_ahead(pilot, ["escape", "2"])
        assert isinstance(app.screen, CalendarScreen)
    assert before == {path: path.read_bytes() for path in (demo / "calendars").rglob("*.yaml")}


class _Window(Panel[None]):
    def compose(self) -> ComposeResult:
        yield Box(id="first")
        yield Box(id="second")


@pytest.mark.usefixtures("busy")
async def test_what_is_typed_and_pasted_while_a_window_opens_arrives_in_order(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await checked(pilot)
        app.call_later(app.push_screen, _Window())
        for key in ("a", "b"):
            app.post_message(events.Key(key, key))
        app.post_message(events.Paste("cd"))
        await type_ahead(pilot, ["tab", "e"])
        assert [box.value for box in app.screen.query(Input)] == ["abcd", "e"]


async def test_a_window_that_never_settles_takes_no_keys_away() -> None:
    given: list[events.Event] = []

    async def give(event: events.Event) -> None:
        given.append(event)

    line = KeyLine(lambda: False, give, patience=0.02)
    keys = [events.Key("a", "a"), events.Key("b", "b")]
    for key in keys:
        line.join(key)
    while not line.empty:
        await asyncio.sleep(0.01)
    assert given == keys
