"""Tinjauan: from the kabupaten down to a post, looking at it as it will appear, and deciding."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Static, TextArea

from content_kit.files import user_folders
from content_kit.tui import rostering
from content_kit.tui.app import KitApp
from content_kit.tui.screens.job import JobPanel
from content_kit.tui.screens.review import ReviewScreen
from content_kit.tui.screens.roster import RosterScreen
from content_kit.tui.screens.verdict import ReturnPanel
from content_kit.tui.widgets.linelist import LineList

MakeApp = Callable[..., KitApp]
HOSTILE = "[red]Gratis[/] [/x] \x1b]0;x\x07"


class Compare(Protocol):
    """The fixture of pytest-textual-snapshot."""

    def __call__(self, app: App[None], **options: object) -> bool: ...


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that remembers nothing yet."""
    for name in ("cache_folder", "memory_file", "lots_file"):
        place = tmp_path / "mesin" / name
        for module in (user_folders, rostering):
            monkeypatch.setattr(module, name, lambda place=place: place)


@pytest.fixture
def office(demo: Path) -> Path:
    """The sample with one approver."""
    settings = demo / "calendars/kantor.yaml"
    text = settings.read_text("utf-8") if settings.exists() else ""
    kept = [line for line in text.splitlines() if not line.startswith("persetujuan")]
    settings.write_text("\n".join([*kept, "persetujuan: satu", ""]), encoding="utf-8")
    return demo


async def settle(pilot: Pilot[None]) -> None:
    """Until every worker is done and the screen says so."""
    for _ in range(4):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def lines(app: KitApp) -> str:
    rows = app.screen.query_one(LineList)
    return "\n".join(str(rows.line_of(number)[0]) for number in range(rows.count))


def words(app: KitApp, selector: str) -> str:
    return str(app.screen.query_one(selector, Static).render())


async def test_from_the_kabupaten_to_a_post_and_back(
    demo: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rostering, "AT_ONCE", 0)  # as where there are many
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "6")
        assert isinstance(app.screen, RosterScreen)
        assert "Kabupaten Contoh" in lines(app) and "belum diperiksa" in words(app, "#counts")
        await press(pilot, "k")
        assert isinstance(app.screen, JobPanel)
        await press(pilot, "enter")
        assert "belum diperiksa" not in words(app, "#counts")
        # One kabupaten has one kecamatan: there is nothing to choose between.
        await press(pilot, "enter")
        assert "Kenanga" in lines(app) and "Melati" in lines(app)
        await press(pilot, "down", "enter")
        assert "Besok kita buka" in lines(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, ReviewScreen)
        assert "Posyandu Melati" in words(app, "#whose")
        assert "postingan 1 dari" in words(app, "#place")
        await press(pilot, "n")
        assert "postingan 2 dari" in words(app, "#place")
        await press(pilot, "p", "escape", "backspace", "backspace")
        assert "Kabupaten Contoh" in lines(app)


async def test_what_is_missing_is_a_row(demo: Path, make_app: MakeApp) -> None:
    for month in (demo / "calendars/kenanga").glob("20*.yaml"):
        month.unlink()
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "6", "enter")
        assert "belum mengirim" in lines(app)
        await press(pilot, "enter")
        assert "belum mengirim" in words(app, "#path") or app.screen.query_one(LineList).count == 0


async def test_submit_approve_return_withdraw(office: Path, make_app: MakeApp) -> None:
    app = make_app(office, "kader-rusminah")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "6", "enter", "down", "enter", "enter")
        assert isinstance(app.screen, ReviewScreen)
        title = app.screen.key
        assert words(app, "#about").startswith("siap")
        await press(pilot, "a", "p")
        assert app.screen.key == title and "diajukan" in words(app, "#about")
        # Whoever hands in does not approve.
        await press(pilot, "s")
        assert isinstance(app.screen, ReviewScreen)
        assert any("orang lain" in str(one.message) for one in app._notifications)
        assert "diajukan" in words(app, "#about")
        app.sit_down("kim-hendra")
        await settle(pilot)
        await press(pilot, "k")
        assert isinstance(app.screen, ReturnPanel)
        await pilot.click("#go")
        assert isinstance(app.screen, ReturnPanel)
        app.screen.query_one(TextArea).text = HOSTILE
        await pilot.click("#go")
        await settle(pilot)
        assert isinstance(app.screen, ReviewScreen)
        await press(pilot, "p")
        told = words(app, "#about")
        assert "dikembalikan" in told and "[red]Gratis[/]" in told and "\x1b" not in told
        app.sit_down("kader-rusminah")
        await settle(pilot)
        await press(pilot, "a", "p")
        app.sit_down("kim-hendra")
        await settle(pilot)
        await press(pilot, "s", "enter", "p")
        assert "disetujui" in words(app, "#about")
        await press(pilot, "t", "y", "p")
        assert "disetujui" not in words(app, "#about")


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
        month = office / "calendars/melati/2026-12.yaml"
        text = month.read_text("utf-8").replace("Besok kita buka", "Lusa kita buka", 1)
        month.write_text(text, encoding="utf-8")
        await press(pilot, "r")
        assert "berubah setelah disetujui" in words(app, "#about")
        told = words(app, "#changes")
        assert "Besok" in told and "Lusa" in told


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
        month = office / "calendars/melati/2026-12.yaml"
        text = month.read_text("utf-8").replace("ayo datang", "ayo pulang", 1)
        month.write_text(text, encoding="utf-8")
        await press(pilot, "enter")
        assert "disetujui" not in words(app, "#about").splitlines()[0]
        assert any("baru saja berubah" in str(one.message) for one in app._notifications)


async def test_nobody_decides_without_a_name(office: Path, make_app: MakeApp) -> None:
    app = make_app(office)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "6", "enter", "down", "enter", "enter", "s")
        assert isinstance(app.screen, ReviewScreen)
        assert any("siapa Anda" in str(one.message) for one in app._notifications)


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
    month = demo / "calendars/melati/2026-12.yaml"
    quoted = '"[red]Gratis[/] [/x] \\e]0;x\\a"'
    text = month.read_text("utf-8").replace("Besok kita buka, ayo datang!", quoted, 1)
    month.write_text(text, encoding="utf-8")
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "6", "l")
        assert "[red]Gratis[/]" in lines(app) and "\x1b" not in lines(app)
        await press(pilot, "enter")
        assert "\x1b" not in words(app, "#found")


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
        month = demo / "calendars/melati/2026-12.yaml"
        text = month.read_text("utf-8").replace("model: jadwal-kartu", "model: jadwal-kartuu", 1)
        month.write_text(text, encoding="utf-8")

    async def before(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await press(pilot, "6", "k", "enter", "l")

    app = make_app(demo, "kader-rusminah")
    assert snap_compare(app, terminal_size=(80, 24), run_before=before)


async def _drawn(pilot: Pilot[None]) -> None:
    """Until the preview has its picture, which comes from a thread of its own."""
    from content_kit.tui.widgets.preview import Preview

    preview = pilot.app.screen.query_one(Preview)
    for _ in range(200):
        await pilot.pause(0.02)
        if preview.sheet is not None:
            break
    await settle(pilot)
