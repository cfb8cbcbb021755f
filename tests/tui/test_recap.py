"""Beranda asks for the numbers of a service day that is over, until they are there or nobody wants them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import Button

from content_kit.files.workspace import Workspace
from content_kit.planning.draft import of_post
from content_kit.tui.screens.recap import RecapPanel
from tests.planning.test_recap import ASKED
from tests.tui.driving import EVENING, MakeApp, checked, month_file, press


@pytest.mark.parametrize("done", ["filled", "dismissed"])
async def test_the_numbers_are_asked_for_until_they_are_there(
    done: str, demo: Path, make_app: MakeApp
) -> None:
    file = month_file(demo)
    file.write_text(file.read_text("utf-8").rstrip() + ASKED, encoding="utf-8")
    app = make_app(demo, "kader-rusminah")
    app.clock = lambda: EVENING + timedelta(days=3)
    async with app.run_test(size=(80, 24)) as pilot:
        await checked(pilot)
        offer = app.screen.query_one("#after", Button)
        assert offer.display and "Posyandu Melati" in str(offer.label)
        await press(pilot, "i", "escape")
        assert offer.display, "later is not never"
        await press(pilot, "i")
        assert isinstance(app.screen, RecapPanel)
        if done == "filled":
            await press(pilot, *"41", "enter", *"12", "enter", *"6", "enter")
            await checked(pilot)
            posts = Workspace.open(demo).load().posts("melati")
            post = next(post for post in posts if post.id == "rekap1")
            assert of_post(post).text("isi.langkah.2.judul") == "6 ibu hamil diperiksa"
        else:
            await pilot.click("#never")
            await checked(pilot)
        assert not app.screen.query_one("#after", Button).display
