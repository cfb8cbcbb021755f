"""The screens as pictures that were looked at; `--snapshot-update` after looking again."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.driving import Compare, MakeApp, broken, hold_cursors, settle


@pytest.mark.parametrize("state", ["empty", "typical", "findings", "narrow"])
def test_home(state: str, demo: Path, make_app: MakeApp, snap_compare: Compare) -> None:
    if state == "empty":
        for month in demo.glob("calendars/*/2026-12.yaml"):
            month.unlink()
    if state == "findings":
        broken(demo)
    size = (80, 24) if state == "narrow" else (120, 40)
    app = make_app(demo, "kader-rusminah")
    assert snap_compare(app, terminal_size=size, run_before=settle)


@pytest.mark.parametrize(
    "keys", ["2", "3", "j", "w", "s", "question_mark"],
    ids=["calendar", "fixes", "change", "who", "month", "help"],
)  # fmt: skip
def test_others(keys: str, demo: Path, make_app: MakeApp, snap_compare: Compare) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await pilot.press(keys)
        await settle(pilot)

    broken(demo)
    assert snap_compare(make_app(demo), terminal_size=(80, 24), run_before=before)


@pytest.mark.parametrize("keys", [(), ("b",)], ids=["welcome", "wizard"])
def test_first_run(
    keys: tuple[str, ...], tmp_path: Path, make_app: MakeApp, snap_compare: Compare
) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await pilot.press(*keys)
        await settle(pilot)
        hold_cursors(pilot.app)

    assert snap_compare(make_app(tmp_path), terminal_size=(80, 24), run_before=before)
