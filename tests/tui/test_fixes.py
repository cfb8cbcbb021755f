"""Perbaikan: what is counted is the same everywhere, and the chosen thing is told in full."""

from __future__ import annotations

from pathlib import Path

import pytest

from content_kit.findings import Level
from content_kit.tui.screens.fixes import FixesScreen
from tests.tui.driving import MakeApp, broken, checked, press, said


@pytest.mark.parametrize("wrong", [True, False])
async def test_tab_and_screen_count_the_same_and_the_chosen_one_is_told_whole(
    wrong: bool, demo: Path, make_app: MakeApp
) -> None:
    if wrong:
        broken(demo)
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        board = (await checked(pilot)).board
        await press(pilot, "3")
        assert isinstance(app.screen, FixesScreen) and board is not None
        errors = [f for f in board.findings(app.me) if f.level is Level.ERROR]
        assert bool(errors) is wrong and board.open(app.me) == len(errors)
        assert said(app, "#count").startswith(f"{len(errors)} perlu diperbaiki")
        if wrong:
            whole = " ".join(said(app, "#whole").split())
            assert errors[0].message in whole and errors[0].hint in whole
