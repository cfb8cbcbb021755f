"""Jadwal berubah: from one key to the answer, in an office with more than one posyandu."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Select, Static

from content_kit.model import Hours
from content_kit.planning.change_order import Order
from content_kit.tui.app import KitApp
from content_kit.tui.keeper import Keeper
from content_kit.tui.looking import Looker
from content_kit.tui.screens.change import ChangePanel
from content_kit.tui.screens.choose import ChoosePanel
from content_kit.tui.widgets.linelist import LineList

MakeApp = Callable[..., KitApp]


@pytest.fixture
def opened(
    demo: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], KitApp]:
    """The application as it is when the plan was just read, nothing checked."""

    def make(me: str) -> KitApp:
        app = make_app(demo, me)
        monkeypatch.setattr(KitApp, "action_reload", lambda _: None)
        app.set_reactive(Keeper.board, next(Looker(demo).look(app.clock(), me, lambda: True)))
        return app

    return make


def words(app: KitApp, selector: str) -> str:
    """What a part of the panel says."""
    return str(app.screen.query_one(selector, Static).render())


async def show(app: KitApp, pilot: Pilot[None], me: str) -> list[Order | None]:
    """Open the panel; what it answers comes into the list."""
    answers: list[Order | None] = []
    assert app.board is not None
    await app.push_screen(ChangePanel(app.board, me), answers.append)
    await pilot.pause()
    return answers


async def test_a_kader_only_types_the_new_day_and_why(opened: Callable[[str], KitApp]) -> None:
    app = opened("kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        answers = await show(app, pilot, "kader-rusminah")
        assert not app.screen.query_one("#whose").display  # she serves one posyandu
        assert "Selasa, 8 Desember 2026 (besok)" in words(app, "#day")
        await pilot.press("tab", "tab", *"10 des", "enter")
        assert "alasannya" in words(app, "#missing") and not answers
        await pilot.press(*"rapat", "enter")
        assert answers == [
            Order("melati", date(2026, 12, 8), "rapat", "bulanan", moved_to=date(2026, 12, 10))
        ]


async def test_an_office_chooses_the_posyandu_and_then_one_of_its_days(
    opened: Callable[[str], KitApp],
) -> None:
    app = opened("")
    async with app.run_test(size=(80, 24)) as pilot:
        answers = await show(app, pilot, "")
        assert "Posyandu Melati" in words(app, "#unit")
        await pilot.press("shift+tab", "enter")
        assert isinstance(app.screen, ChoosePanel)
        assert app.screen.query_one(LineList).count == 2
        await pilot.press("up", "enter")
        await pilot.pause()
        assert "Posyandu Kenanga" in words(app, "#unit")
        assert "Jumat, 11 Desember 2026" in words(app, "#day")
        await pilot.press("enter")
        days = app.screen.query_one(LineList)
        assert all("Balai" in str(days.line_of(row)[0]) for row in range(days.count))
        await pilot.press("escape")
        app.screen.query_one("#wish", Select).value = "cancel"
        await pilot.pause()
        assert not app.screen.query_one("#asked").display
        await pilot.press("ctrl+s", *"banjir", "ctrl+s")
        assert [order and (order.unit, order.cancelled) for order in answers] == [("kenanga", True)]


async def test_what_is_not_understood_is_said_below_its_field(
    opened: Callable[[str], KitApp],
) -> None:
    app = opened("kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        answers = await show(app, pilot, "kader-rusminah")
        await pilot.press("ctrl+s")
        assert "Tulis dulu" in words(app, "#understood")
        assert app.screen.query_one("#value").has_focus
        await pilot.press(*"1 des", "enter")
        assert "sudah lewat" in words(app, "#understood") or "tidak" in words(app, "#understood")
        assert app.screen.query_one("#understood").has_class("wrong") and not answers


async def test_day_hours_and_place_change_in_one_step(opened: Callable[[str], KitApp]) -> None:
    app = opened("kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        answers = await show(app, pilot, "kader-rusminah")
        app.screen.query_one("#value", Input).value = "9 desember jam 9-12 di rumah bu RT"
        app.screen.query_one("#reason", Input).value = "rapat"
        await pilot.pause()
        told = words(app, "#understood")
        assert "Rabu, 9 Desember 2026" in told and "09.00–12.00" in told and "rumah bu RT" in told
        await pilot.press("ctrl+s")
        assert answers == [
            Order(
                "melati", date(2026, 12, 8), "rapat", "bulanan", moved_to=date(2026, 12, 9),
                place="rumah bu RT", hours=Hours(time(9), time(12)),
            )
        ]  # fmt: skip


async def test_a_far_or_unusual_day_is_asked_before_it_counts(
    opened: Callable[[str], KitApp],
) -> None:
    app = opened("kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        answers = await show(app, pilot, "kader-rusminah")
        app.screen.query_one("#value", Input).value = "12/9/2027"
        app.screen.query_one("#reason", Input).value = "rapat"
        await pilot.pause()
        assert "hari sesudah" in words(app, "#understood")
        await pilot.press("ctrl+s")
        assert "sekali lagi" in words(app, "#missing") and not answers
        await pilot.press("ctrl+s")
        assert [order and order.moved_to for order in answers] == [date(2027, 9, 12)]
