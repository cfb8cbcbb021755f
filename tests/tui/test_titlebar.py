"""The line at the top says how much there is to look at, and fits into 80 columns."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.app import App, ComposeResult

from content_kit.tui.app import KitApp
from content_kit.tui.widgets.keybar import KeyBar
from content_kit.tui.widgets.monthbar import MonthBar
from content_kit.tui.widgets.titlebar import TitleBar
from tests.tui.driving import MakeApp, press, settle


class Bar(App[None]):
    """A title bar in the application's style."""

    HORIZONTAL_BREAKPOINTS = KitApp.HORIZONTAL_BREAKPOINTS

    def compose(self) -> ComposeResult:
        """Only the bar."""
        yield TitleBar("Perbaikan")


@pytest.mark.parametrize(
    ("width", "found", "told", "day"),
    [
        (80, 0, " 3 Perbaikan ", "Sen 28 Des"),
        (80, 12, " 3 Perbaikan (12) ", "28 Des"),
        (80, 450, " 3 Perbaikan (99+) ", "28 Des"),
        (120, 450, " 3 Perbaikan (99+) ", "Sen 28 Des"),
    ],
)
async def test_the_number_of_findings_fits(width: int, found: int, told: str, day: str) -> None:
    app = Bar(css_path=[f"../../content_kit/tui/{path}" for path in KitApp.CSS_PATH])
    async with app.run_test(size=(width, 24)) as pilot:
        bar = app.query_one(TitleBar)
        bar.say_day("Sen, 28 Des")
        bar.say_open(found)
        await pilot.pause()
        line = "".join(segment.text for segment in app.screen._compositor.render_strips()[0])
        assert told in line and line.rstrip().endswith(f" {day}") and " 6 Tinjauan " in line
        assert ("Sen" in line) is day.startswith("Sen")


async def test_the_lines_stay_wide_when_progress_was_shown(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(
            pilot, "p"
        )  # a window with a ProgressBar, whose parts bring styles of their own
        await press(pilot, "escape")
        await press(pilot, "2")
        for line in (TitleBar, KeyBar, MonthBar):
            assert app.screen.query_one(line).region.width == 80
