"""A month whose file cannot be read is not an empty month: the calendar, the plan and Beranda say so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from content_kit.planning.history import History
from content_kit.tui import jobs
from content_kit.tui.app import KitApp
from content_kit.tui.screens.fixes import FixesScreen
from content_kit.tui.widgets.linelist import LineList
from tests.tui.driving import EVENING

MakeApp = Callable[..., KitApp]
MONTH = "calendars/melati/2026-12.yaml"


@pytest.fixture
def broken(demo: Path) -> Path:
    """The sample with one month that nobody can read."""
    file = demo / MONTH
    text = file.read_text("utf-8").replace("postingan:", "postingan: [", 1)
    file.write_text(text, encoding="utf-8")
    return demo


async def settle(pilot: Pilot[None]) -> None:
    for _ in range(4):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


def words(app: KitApp, selector: str) -> str:
    return str(app.screen.query_one(selector, Static).render())


async def test_the_calendar_tells_which_file_and_judges_only_what_it_can_read(
    broken: Path, make_app: MakeApp
) -> None:
    app = make_app(broken, "")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("2")
        await settle(pilot)
        told = words(app, "#told")
        assert "Melati tidak terbaca: melati/2026-12.yaml baris" in told and "3: Perbaikan" in told
        assert "Tidak dinilai, berkasnya tidak terbaca: Melati" in words(app, "#bars")
        await pilot.press("right_square_bracket")
        await settle(pilot)
        assert "tidak terbaca" not in words(app, "#told")
        await pilot.press("left_square_bracket", "3")
        await settle(pilot)
        rows = app.screen.query_one(LineList)
        first = str(rows.line_of(0)[0])
        assert "Melati · rencana Desember 2026" in first and f"{MONTH} baris" in first


async def test_enter_on_an_unreadable_day_leads_to_what_must_be_repaired(
    broken: Path, make_app: MakeApp
) -> None:
    for path in (broken / "calendars/kenanga").glob("20*.yaml"):
        path.unlink()
    app = make_app(broken, "")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("2")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, FixesScreen)


async def test_beranda_names_the_file_first_and_does_not_offer_to_plan(
    broken: Path, make_app: MakeApp
) -> None:
    app = make_app(broken, "")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        told = words(app, "#steps").splitlines()
        assert told[0].startswith("! Melati · rencana Desember 2026") and MONTH in told[1]
        assert "Susun bulan ini" not in "\n".join(told)


def test_a_plan_says_why_it_cannot_be_made(broken: Path) -> None:
    before = (broken / MONTH).read_bytes()
    day = date(2026, 12, 1)
    report = jobs.plan_month(broken, History(), day, ["melati"], EVENING, lambda *_: None)
    assert report.heading == "Desember 2026 belum dapat disusun" and report.wrong
    assert f"({MONTH} baris" in report.lines[0] and "3: Perbaikan" in report.lines[0]
    both = jobs.plan_month(broken, History(), day, ["kenanga", "melati"], EVENING, lambda *_: None)
    assert "lengkap" not in both.heading and both.wrong
    assert (broken / MONTH).read_bytes() == before
