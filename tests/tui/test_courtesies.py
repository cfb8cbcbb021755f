"""Small things: short messages out of the way, marks without colour, days in words, photos that are broken."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Input, Static

from content_kit.files import user_folders
from content_kit.tui import toasts
from content_kit.tui.app import KitApp
from content_kit.tui.keeper import Keeper
from content_kit.tui.palette import commands
from content_kit.tui.screens.home import HomeScreen
from content_kit.tui.screens.photo_form import PhotoForm
from content_kit.tui.screens.photos import PAUSE, PhotosPanel
from content_kit.tui.screens.send import SendScreen
from content_kit.tui.toasts import ABOVE, LONGEST, Shown
from content_kit.tui.widgets.linelist import LineList
from content_kit.tui.widgets.ticklist import TickList
from content_kit.tui.widgets.ticks import Choice, Tick

MakeApp = Callable[..., KitApp]


async def until(pilot: Pilot[None], true: Callable[[], bool]) -> None:
    """Until something is so; a hang fails."""
    for _ in range(2000):
        if true():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never came")


async def settle(pilot: Pilot[None]) -> None:
    """Until every worker is done and the screen says so."""
    for wait in (PAUSE, PAUSE, 0.0):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause(wait or None)


def messages(app: KitApp) -> list[str]:
    """What is said in the corner."""
    return [each.message for each in app._notifications]


# Messages


def test_a_message_is_read_after_its_time_and_only_once(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(toasts, "monotonic", lambda: now)
    shown = Shown()
    assert not shown.is_read()
    shown.told("information")
    shown.told("error")
    now = 102.0
    assert not shown.is_read()
    now = 105.0
    assert shown.is_read()
    assert not shown.is_read()


async def test_messages_are_short_off_the_line_in_use_and_go_with_a_key(
    demo: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toasts, "_READ", {"information": 0.0, "warning": 0.0, "error": 0.0})
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.screen.set_focus(None)
        app.notify("Panjang", severity="error", timeout=60)
        await pilot.pause()
        (found,) = app._notifications
        assert found.timeout == LONGEST["error"]
        await pilot.press("f12")
        assert messages(app) == []
        # A calendar fills the screen, and what it says stands at its foot.
        await pilot.press("2")
        await settle(pilot)
        app.notify("Di atas")
        await pilot.pause()
        assert app.screen.has_class(ABOVE)


async def test_a_message_keeps_off_the_half_where_somebody_writes() -> None:
    class Two(App[None]):
        def compose(self) -> ComposeResult:
            yield Input(id="above")
            yield Static("\n" * 16)
            yield Input(id="below")

    app = Two()
    async with app.run_test(size=(80, 24)) as pilot:
        for id, above in (("above", False), ("below", True)):
            app.query_one(f"#{id}").focus()
            await pilot.pause()
            toasts.place(app.screen)
            assert app.screen.has_class(ABOVE) is above


async def test_ctrl_c_says_how_to_leave_and_copies_what_is_marked(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert any("Ctrl+Q" in said for said in messages(app))
        assert not any("quit" in said for said in messages(app))
        field = Input("salin saya")
        await app.screen.mount(field)
        field.focus()
        field.action_select_all()
        await pilot.press("ctrl+c")
        assert app.clipboard == "salin saya"


async def test_no_place_is_named_twice_among_the_commands(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        titles = [each.title for each in commands(app, app.screen)]
        assert "Kirim" in titles and "Kalender" in titles
        assert len(titles) == len(set(titles))


async def test_the_text_of_a_post_that_must_not_go_out_is_not_copied(
    demo: Path, make_app: MakeApp
) -> None:
    month = demo / "calendars/melati/2026-12.yaml"
    text = month.read_text("utf-8")
    wrong = text.replace("Bawa Buku KIA", "NIK 3273010101010001 Bawa Buku KIA", 1)
    assert wrong != text
    month.write_text(wrong, encoding="utf-8")
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("5")
        await settle(pilot)
        assert isinstance(app.screen, SendScreen)
        await pilot.press("c")
        await pilot.pause()
        assert app.clipboard == ""
        (said,) = messages(app)
        assert said.startswith("Tidak disalin: postingan ini perlu diperbaiki.") and "NIK" in said


# Marks


async def test_a_mark_says_it_without_colour() -> None:
    class Marks(App[None]):
        def compose(self) -> ComposeResult:
            yield Tick("tanda")
            yield Choice("pilih")

    app = Marks()
    async with app.run_test() as pilot:
        tick, choice = app.query_one(Tick), app.query_one(Choice)
        assert str(tick.render()).startswith("[ ]") and str(choice.render()).startswith("( )")
        tick.value = choice.value = True
        await pilot.pause()
        assert str(tick.render()).startswith("[✓]") and str(choice.render()).startswith("(●)")


# Photos


@pytest.fixture
def inbox(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of downloads with one photo that is whole and one that came by half."""
    folder = tmp_path / "Unduhan"
    folder.mkdir()
    monkeypatch.setattr(Keeper, "action_reload", lambda _: None)
    monkeypatch.setattr("content_kit.tui.screens.photos.downloads_folder", lambda: folder)
    monkeypatch.setattr(user_folders, "preview_folder", lambda: tmp_path / "lihat")
    Image.effect_noise((800, 600), 90).convert("RGB").save(folder / "utuh.jpg")
    data = (folder / "utuh.jpg").read_bytes()
    (folder / "rusak.jpg").write_bytes(data[: len(data) // 2])
    os.utime(folder / "utuh.jpg", (1_796_000_000,) * 2)
    return folder


async def panel(app: KitApp, pilot: Pilot[None]) -> LineList:
    """The panel of photos, its list."""
    await settle(pilot)
    await app.push_screen(PhotosPanel("melati", date(2026, 12, 8), ("wa-grup",)))
    await settle(pilot)
    return app.screen.query_one(LineList)


def row_of(rows: LineList, name: str) -> int:
    """Where a photo stands in the list."""
    return next(n for n in range(rows.count) if name in str(rows.line_of(n)[0]))


async def test_a_broken_photo_is_marked_and_refused(
    demo: Path, inbox: Path, make_app: MakeApp
) -> None:
    app = make_app(demo)
    async with app.run_test(size=(100, 40)) as pilot:
        rows = await panel(app, pilot)
        broken, whole = row_of(rows, "rusak.jpg"), row_of(rows, "utuh.jpg")
        await until(pilot, lambda: str(rows.line_of(broken)[0]).startswith("!"))
        assert not str(rows.line_of(whole)[0]).startswith("!")
        rows.highlighted = broken
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, PhotosPanel)
        assert any("rusak atau terpotong" in said for said in messages(app))


async def test_the_form_closes_itself_over_a_photo_that_cannot_be_seen(
    demo: Path, inbox: Path, make_app: MakeApp
) -> None:
    app = make_app(demo)
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        behind = app.screen
        path = inbox / "rusak.jpg"
        await app.push_screen(PhotoForm("rusak.jpg", path, 0, date(2026, 12, 8), (), ()))
        await until(pilot, lambda: app.screen is behind)
        assert any("rusak atau terpotong" in said for said in messages(app))


async def test_days_of_consent_are_read_and_shown_in_words(
    demo: Path, inbox: Path, make_app: MakeApp
) -> None:
    app = make_app(demo)
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        known = (("wa-grup", "Grup WhatsApp"), ("fb", "Facebook"))
        path = inbox / "utuh.jpg"
        form = PhotoForm("utuh.jpg", path, 0, date(2026, 12, 8), known, ("fb",))
        await app.push_screen(form)
        await settle(pilot)
        assert form.query_one("#given", Input).value == "8 Desember 2026"
        assert form.query_one(TickList).ticked == ("fb",)
        for field, words, told in (
            ("given", "kemarin", "= 7 Desember 2026"),
            ("given", "10 maret", "= 10 Maret 2026"),
            ("until", "10 maret", "= 10 Maret 2027"),
            ("until", "10/11/2027", "= 10 November 2027"),
            ("until", "entah", '"entah" tidak terbaca.'),
            ("until", "10 Maret 2027", ""),
        ):
            form.query_one(f"#{field}", Input).value = words
            await pilot.pause()
            assert str(form.query_one(f"#note-{field}", Static).render()).startswith(told)
        assert form._date("given") == date(2026, 3, 10)
        assert form._date("until") == date(2027, 3, 10)
