"""Tulisan untuk postingan yang sudah tidak ada: in Perbaikan, to a new post or thrown away."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from textual.pilot import Pilot

from content_kit.files.drafts import NEW, Drafts, Kept
from content_kit.findings import Finding
from content_kit.model import FieldValue
from content_kit.tui.app import KitApp
from content_kit.tui.screens.confirm import ConfirmPanel
from content_kit.tui.screens.fixes import FixesScreen
from content_kit.tui.screens.leftover import LeftoverPanel
from content_kit.tui.screens.resume import ResumePanel
from tests.tui.driving import MakeApp, checked, listed, press, said, until

WHEN = datetime(2026, 12, 7, 1, tzinfo=UTC)
VALUES: dict[str, FieldValue] = {
    "tanggal": "2026-12-24", "jam": "09.00", "jenis": "edukasi", "model": "edukasi-langkah",
    "isi": {"judul": "Tulisan yang hampir hilang"},
}  # fmt: skip


async def _to_it(pilot: Pilot[None], app: KitApp) -> None:
    await checked(pilot)
    await press(pilot, "3")
    assert isinstance(app.screen, FixesScreen)
    codes = [found.code if isinstance(found, Finding) else "" for found in app.screen._found]
    at = codes.index("tulisan-tanpa-postingan")
    await press(pilot, *["down"] * at, "enter")
    await until(pilot, lambda: isinstance(app.screen, LeftoverPanel))


async def test_it_is_shown_and_becomes_a_new_post(demo: Path, make_app: MakeApp) -> None:
    drafts = Drafts(demo.parent / "draf", demo)
    drafts.keep("melati", "hilang", Kept(WHEN, "hilang", {}, VALUES, {}))
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(100, 34)) as pilot:
        await _to_it(pilot, app)
        assert "Judul: Tulisan yang hampir hilang" in said(app, "#words")
        await press(pilot, "escape")  # "Nanti" keeps it
        assert drafts.find("melati", "hilang") is not None
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, LeftoverPanel))
        await press(pilot, "s")
        await until(pilot, lambda: isinstance(app.screen, ResumePanel))
        assert drafts.find("melati", "hilang") is None
        new = drafts.find("melati", NEW)
        assert new is not None and new.values == VALUES


async def test_throwing_it_away_is_asked_once_more(demo: Path, make_app: MakeApp) -> None:
    drafts = Drafts(demo.parent / "draf", demo)
    drafts.keep("anggrek", "hilang", Kept(WHEN, "hilang", {}, VALUES, {}))
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(100, 34)) as pilot:
        await _to_it(pilot, app)
        await press(pilot, "b")
        assert isinstance(app.screen, ConfirmPanel)
        assert drafts.find("anggrek", "hilang") is not None
        await press(pilot, "y")
        await until(pilot, lambda: isinstance(app.screen, FixesScreen))
        assert drafts.find("anggrek", "hilang") is None
        await until(pilot, lambda: "hampir hilang" not in listed(app))
