"""A reviewer at work: nothing is asked that is then refused, no note is lost, the list is always fresh."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static, TextArea

from content_kit.files import user_folders
from content_kit.review.events import Kind
from content_kit.tui import rostering
from content_kit.tui.app import KitApp
from content_kit.tui.screens.review import ReviewScreen
from content_kit.tui.screens.roster import RosterScreen
from content_kit.tui.screens.verdict import ApprovePanel, ReturnPanel
from content_kit.tui.widgets.linelist import LineList

MakeApp = Callable[..., KitApp]
TO_A_POST = ("6", "enter", "down", "enter", "enter")


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
    settings.write_text(settings.read_text("utf-8") + "persetujuan: satu\n", encoding="utf-8")
    return demo


async def settle(pilot: Pilot[None]) -> None:
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


def said(app: KitApp) -> str:
    return "\n".join(str(one.message) for one in app._notifications)


async def test_what_was_not_handed_in_is_refused_before_anything_is_asked(
    office: Path, make_app: MakeApp
) -> None:
    app = make_app(office, "kim-hendra")
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, *TO_A_POST, "k")
        assert isinstance(app.screen, ReviewScreen)
        assert "Belum dapat dikembalikan: belum diajukan" in said(app)
        await press(pilot, "s", "t")
        assert isinstance(app.screen, ReviewScreen)
        assert "Belum dapat disetujui: belum diajukan" in said(app)


async def test_a_note_that_was_not_sent_is_offered_again(office: Path, make_app: MakeApp) -> None:
    app = make_app(office, "kader-rusminah")
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, *TO_A_POST, "a", "p")
        app.sit_down("kim-hendra")
        await settle(pilot)
        await press(pilot, "k")
        app.screen.query_one(TextArea).text = "Jamnya keliru"
        await press(pilot, "escape", "k")
        assert isinstance(app.screen, ReturnPanel)
        assert app.screen.query_one(TextArea).text == "Jamnya keliru"
        # Somebody takes the post back while the note is written: refused after all.
        key = next(s.key for s in app.screen_stack if isinstance(s, ReviewScreen))
        _, state = rostering._state(office, key, app.clock())
        rostering.settle(
            office, key, state.sealed.seal,
            rostering.Verdict(Kind.WITHDRAW, "kader-rusminah"), app.clock(),
        )  # fmt: skip
        await pilot.click("#go")
        await settle(pilot)
        assert "Catatan Anda tersimpan" in said(app)
        await press(pilot, "r")
        assert "belum terkirim: Jamnya keliru" in words(app, "#about")
    # Another day, after it was handed in again: the note is still there, and goes when it is sent.
    app = make_app(office, "kader-rusminah")
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, *TO_A_POST, "a", "p", "k")
        assert app.screen.query_one(TextArea).text == "Jamnya keliru"
        await pilot.click("#go")
        await settle(pilot)
        await press(pilot, "p", "k")
        assert "Sudah dikembalikan" in said(app) and "belum terkirim" not in words(app, "#about")


async def test_decisions_are_told_with_names_and_the_list_follows_each(
    office: Path, make_app: MakeApp
) -> None:
    app = make_app(office, "kader-rusminah")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "6")
        assert "0 dari 2 posyandu sudah mengirim" in words(app, "#counts")
        assert "belum diperiksa" not in words(app, "#counts")  # two units are checked at once
        await press(pilot, "enter", "down")
        assert "belum mengirim" in lines(app) and "0/1" in lines(app)
        await press(pilot, "enter", "enter", "a")
        assert "Diajukan oleh Rusminah" in said(app) and "oleh kader-rusminah" not in said(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, RosterScreen)
        assert "diajukan" in lines(app) and "belum cek" not in lines(app)
        await press(pilot, "backspace")
        assert "1/1" in lines(app)
        await press(pilot, "down", "enter", "enter", "k")
        app.screen.query_one(TextArea).text = "Perbaiki jamnya"
        await pilot.click("#go")
        await settle(pilot)
        await press(pilot, "escape")
        assert "↩" in lines(app) and "belum cek" not in lines(app)


async def test_an_approval_from_the_key_to_the_list(office: Path, make_app: MakeApp) -> None:
    app = make_app(office, "kader-rusminah")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, *TO_A_POST, "a", "p")
        app.sit_down("kim-hendra")
        await settle(pilot)
        await press(pilot, "s")
        assert isinstance(app.screen, ApprovePanel)
        await press(pilot, "enter")
        assert "Disetujui oleh" in said(app) and "kim-hendra" not in said(app)
        await press(pilot, "escape")
        assert "√" in lines(app) and "disetujui" in lines(app)


async def test_all_that_is_ready_is_handed_in_at_once(office: Path, make_app: MakeApp) -> None:
    app = make_app(office, "kim-hendra")
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "6", "a", "y")
        assert "postingan dari 2 posyandu diajukan" in words(app, "#heading")


async def test_what_waits_for_me_is_a_pile_of_its_own(office: Path, make_app: MakeApp) -> None:
    app = make_app(office, "kim-hendra")
    async with app.run_test(size=(110, 30)) as pilot:
        await press(pilot, "6", "a", "y", "escape", "t")
        assert "menunggu saya" in words(app, "#path")
        assert "menunggu orang lain" in words(app, "#counts")  # he handed them in himself
        assert app.screen.query_one(LineList).count == 0
        app.sit_down("kader-rusminah")
        await settle(pilot)
        assert "menunggu saya" in words(app, "#counts")
        assert "Terima kasih sudah datang!" in lines(app)
