"""The calendar as pictures that were looked at; `--snapshot-update` after looking again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest
from textual.app import App
from textual.pilot import Pilot

from content_kit.tui.app import KitApp

MakeApp = Callable[..., KitApp]
KADER = "kader-rusminah"


class Compare(Protocol):
    """The fixture of pytest-textual-snapshot."""

    def __call__(self, app: App[None], **options: object) -> bool: ...


def typing(*keys: str) -> Callable[[Pilot[None]], object]:
    """Press these keys once everything is checked, and wait for what they start."""

    async def before(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, KitApp)
        while app.board is None or not app.board.complete:
            await app.workers.wait_for_complete()
            await pilot.pause()
        for key in keys:
            await pilot.press(key)
            for _ in range(3):
                await app.workers.wait_for_complete()
                await pilot.pause()

    return before


def broken(demo: Path) -> None:
    """A template that nobody knows."""
    month = demo / "calendars/melati/2026-12.yaml"
    text = month.read_text("utf-8").replace("model: jadwal-kartu", "model: jadwal-kartuu", 1)
    month.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("look", ["b", "m", "a"], ids=["month", "week", "agenda"])
@pytest.mark.parametrize("state", ["empty", "typical", "findings", "narrow"])
def test_looks(look: str, state: str, demo: Path, make_app: MakeApp, snap_compare: Compare) -> None:
    if state == "empty":
        for month in demo.glob("calendars/*/2026-12.yaml"):
            month.unlink()
    if state == "findings":
        broken(demo)
    size = (80, 24) if state == "narrow" else (120, 40)
    me = KADER if state == "typical" else ""
    before = typing("2", look)
    assert snap_compare(make_app(demo, me), terminal_size=size, run_before=before)


@pytest.mark.parametrize(
    "keys",
    [("p", "right", "right"), ("f", *"ken", "enter"), ("i",), ("t",), ("d",), ("question_mark",)],
    ids=["held", "filter", "balance", "unit", "delete", "help"],
)
def test_panels(
    keys: tuple[str, ...], demo: Path, make_app: MakeApp, snap_compare: Compare
) -> None:
    before = typing("2", *keys)
    assert snap_compare(make_app(demo), terminal_size=(80, 24), run_before=before)


@pytest.mark.parametrize("state", ["empty", "findings", "narrow"])
def test_fixes(state: str, demo: Path, make_app: MakeApp, snap_compare: Compare) -> None:
    if state != "empty":
        broken(demo)
    size = (80, 24) if state == "narrow" else (120, 40)
    assert snap_compare(make_app(demo), terminal_size=size, run_before=typing("3"))
