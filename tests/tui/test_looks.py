"""The screens as pictures that were looked at; `--snapshot-update` after looking again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest
from textual.app import App
from textual.pilot import Pilot

from content_kit.tui.app import KitApp

MakeApp = Callable[..., KitApp]


class Compare(Protocol):
    """The fixture of pytest-textual-snapshot."""

    def __call__(self, app: App[None], **options: object) -> bool: ...


async def settle(pilot: Pilot[None]) -> None:
    """Until every worker is done and the screen says so."""
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


def broken(demo: Path) -> None:
    """A template that nobody knows."""
    month = demo / "calendars/melati/2026-12.yaml"
    text = month.read_text("utf-8").replace("model: jadwal-kartu", "model: jadwal-kartuu", 1)
    month.write_text(text, encoding="utf-8")


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

    assert snap_compare(make_app(tmp_path), terminal_size=(80, 24), run_before=before)
