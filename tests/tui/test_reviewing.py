"""Tinjauan: from the kabupaten down to a post, looking at it as it will appear, and deciding."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, TextArea

from content_kit.tui import rostering
from content_kit.tui.screens.job import JobPanel
from content_kit.tui.screens.review import ReviewScreen
from content_kit.tui.screens.roster import RosterScreen
from content_kit.tui.screens.verdict import ReturnPanel
from content_kit.tui.widgets.linelist import LineList
from tests.tui.driving import (
    HOSTILE,
    Compare,
    MakeApp,
    broken,
    listed,
    press,
    rewrite,
    said,
    settle,
    told,
    until,
)

# Journeys of half a minute through many screens: among the slow ones, which CI runs as well.
pytestmark = [pytest.mark.usefixtures("own_folders"), pytest.mark.slow]


@pytest.fixture
def office(demo: Path) -> Path:
    """The sample with one approver."""
    settings = demo / "calendars/kantor.yaml"
    text = settings.read_text("utf-8") if settings.exists() else ""
    kept = [line for line in text.splitlines() if not line.startswith("persetujuan")]
    settings.write_text("\n".join([*kept, "persetujuan: satu", ""]), encoding="utf-8")
    return demo


async def test_from_the_kabupaten_to_a_post_and_back(
    demo: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rostering, "AT_ONCE", 0)  # as where there are many
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "6")
        assert isinstance(app.screen, RosterScreen)
        assert "Kabupaten Contoh" in listed(app) and "belum diperiksa" in said(app, "#counts")
        await press(pilot, "k")
        assert isinstance(app.screen, JobPanel)
        await press(pilot, "enter")
        assert "belum diperiksa" not in said(app, "#counts")
        # One kabupaten has one kecamatan: there is nothing to choose between.
        await press(pilot, "enter")
        assert "Kenanga" in listed(app) and "Melati" in listed(app)
        await press(pilot, "down", "enter")
        assert "Besok kita buka" in listed(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, ReviewScreen)
        assert "Posyandu Melati" in said(app, "#whose")
        assert "postingan 1 dari" in said(app, "#place")
        await press(pilot, "n")
        assert "postingan 2 dari" in said(app, "#place")
        await press(pilot, "p", "escape", "backspace", "backspace")
        assert "Kabupaten Contoh" in listed(app)


async def test_what_is_missing_is_a_row(demo: Path, make_app: MakeApp) -> None:
    for month in (demo / "calendars/kenanga").glob("20*.yaml"):
        month.unlink()
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "6", "enter")
        assert "belum mengirim" in listed(app)
        await press(pilot, "enter")
        assert "belum mengirim" in said(app, "#path") or app.screen.query_one(LineList).count == 0


async def test_submit_approve_return_withdraw(office: Path, make_app: MakeApp) -> None:
    app = make_app(office, "kader-rusminah")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "6", "enter", "down", "enter", "enter")
        assert isinstance(app.screen, ReviewScreen)
        title = app.screen.key
        assert said(app, "#about").startswith("✓ siap")
        await press(pilot, "a", "p")
        assert app.screen.key == title and "diajukan" in said(app, "#about")
        # Whoever hands in does not approve.
        await press(pilot, "s")
        assert isinstance(app.screen, ReviewScreen)
        assert any("orang lain" in str(one.message) for one in app._notifications)
        assert "diajukan" in said(app, "#about")
        app.sit_down("kim-hendra")
        await settle(pilot)
        await press(pilot, "k")
        assert isinstance(app.screen, ReturnPanel)
        await pilot.click("#go")
        assert isinstance(app.screen, ReturnPanel)
        app.screen.query_one(TextArea).text = HOSTILE
        app.screen.query_one("#go", Button).press()  # a second click may meet its own toast
        await settle(pilot)
        assert isinstance(app.screen, ReviewScreen)
        await press(pilot, "p")
        about = said(app, "#about")
        assert "dikembalikan" in about and "[red]Gratis[/]" in about and "\x1b" not in about
        app.sit_down("kader-rusminah")
        await settle(pilot)
        await press(pilot, "a", "p")
        app.sit_down("kim-hendra")
        await settle(pilot)
        await press(pilot, "s", "enter", "p")
        assert "disetujui" in said(app, "#about")
        await press(pilot, "t", "y", "p")
        assert "disetujui" not in said(app, "#about")


async def test_a_change_after_approval_is_shown_with_both_versions(
    office: Path, make_app: MakeApp
) -> None:
    app = make_app(office, "kader-rusminah")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "6", "enter", "down", "enter", "enter", "a", "p")
        app.sit_down("kim-hendra")
        await settle(pilot)
        await press(pilot, "s", "enter", "p")
        rewrite(office, "Besok kita buka", "Lusa kita buka")
        await press(pilot, "r")
        assert "≠ berubah" in said(app, "#about")
        changes = said(app, "#changes")
        assert "Besok" in changes and "Lusa" in changes


async def test_what_was_changed_behind_the_screen_is_not_approved(
    office: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(office, "kader-rusminah")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "6", "enter", "down", "enter", "enter", "a", "p")
        app.sit_down("kim-hendra")
        await settle(pilot)
        monkeypatch.setattr(app, "_glance", lambda: None)
        await press(pilot, "s")
        rewrite(office, "ayo datang", "ayo pulang")
        await press(pilot, "enter")
        assert "disetujui" not in said(app, "#about").splitlines()[0]
        assert any("baru saja berubah" in note for note in told(app))


async def test_nobody_decides_without_a_name(office: Path, make_app: MakeApp) -> None:
    app = make_app(office)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "6", "enter", "down", "enter", "enter", "s")
        assert isinstance(app.screen, ReviewScreen)
        assert any("siapa Anda" in note for note in told(app))


@pytest.mark.parametrize("kind", list(rostering.PAPERS))
async def test_every_paper_is_saved(kind: str, demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "6", "u")
        await press(pilot, *["down"] * list(rostering.PAPERS).index(kind), "enter")
        assert isinstance(app.screen, JobPanel)
        found = list((demo / "keluaran/daftar").glob(f"*.{kind}"))
        assert len(found) == 1 and found[0].stat().st_size > 200


async def test_hostile_words_are_shown_and_never_obeyed(demo: Path, make_app: MakeApp) -> None:
    quoted = '"[red]Gratis[/] [/x] \\e]0;x\\a"'
    rewrite(demo, "Besok kita buka, ayo datang!", quoted)
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "6", "l")
        assert "[red]Gratis[/]" in listed(app) and "\x1b" not in listed(app)
        await press(pilot, "enter")
        assert "\x1b" not in said(app, "#found")


SHOTS = {
    "roster-typical": ((80, 24), ("6", "k", "enter", "enter")),
    "roster-wide": ((120, 40), ("6", "k", "enter", "l")),
    "review-typical": ((120, 40), ("6", "enter", "down", "enter", "enter")),
    "review-narrow": ((80, 24), ("6", "enter", "down", "enter", "enter")),
    "return": ((80, 24), ("6", "enter", "down", "enter", "enter", "a", "p", "k")),
}


@pytest.mark.parametrize("shot", list(SHOTS))
def test_looks(shot: str, office: Path, make_app: MakeApp, snap_compare: Compare) -> None:
    size, keys = SHOTS[shot]

    async def before(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await press(pilot, *keys)
        if shot.startswith("review"):
            await _drawn(pilot)

    app = make_app(office, "kader-rusminah")
    assert snap_compare(app, terminal_size=size, run_before=before)


@pytest.mark.parametrize("state", ["empty", "findings"])
def test_roster_states(state: str, demo: Path, make_app: MakeApp, snap_compare: Compare) -> None:
    if state == "empty":
        for month in demo.glob("calendars/*/2026-12.yaml"):
            month.unlink()
    else:
        broken(demo)

    async def before(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await press(pilot, "6", "k", "enter", "l")

    app = make_app(demo, "kader-rusminah")
    assert snap_compare(app, terminal_size=(80, 24), run_before=before)


async def _drawn(pilot: Pilot[None]) -> None:
    """Until the preview has its picture, which comes from a thread of its own."""
    from content_kit.tui.widgets.preview import Preview

    preview = pilot.app.screen.query_one(Preview)
    await until(pilot, lambda: preview.sheet is not None)
    await settle(pilot)
