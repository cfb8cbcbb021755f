"""The calendar as pictures that were looked at; `--snapshot-update` after looking again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.driving import Compare, MakeApp, broken, checked, press

KADER = "kader-rusminah"


def typing(*keys: str) -> Callable[[Pilot[None]], object]:
    """Press these keys once everything is checked, and wait for what they start."""

    async def before(pilot: Pilot[None]) -> None:
        await checked(pilot)
        await press(pilot, *keys)

    return before


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
