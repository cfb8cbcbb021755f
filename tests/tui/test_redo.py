"""What one may take back, months that are chosen with the arrows, and the week after this one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Button, Input, Select, Static

from content_kit.start import create_demo
from content_kit.tui.app import KitApp
from content_kit.tui.screens.change import ChangePanel
from content_kit.tui.screens.choose import ChoosePanel
from content_kit.tui.screens.job import JobPanel
from content_kit.tui.screens.month import MonthPanel
from content_kit.tui.widgets.linelist import LineList
from tests.tui.driving import until

MakeApp = Callable[..., KitApp]
SUNDAY = datetime(2026, 12, 13, 4, 0, tzinfo=UTC)  # noon in WITA


async def settle(pilot: Pilot[None]) -> None:
    """Until every worker is done and the screen says so."""
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


def words(app: KitApp, selector: str) -> str:
    return str(app.screen.query_one(selector, Static).content)


def rows(app: KitApp, selector: str) -> str:
    found = app.screen.query_one(selector, LineList)
    return "\n".join(found.render_line(y).text for y in range(found.size.height))


def written_day(app: KitApp) -> str | None:
    """What stands in the field of the changed day; None while its panel is not there."""
    fields = app.screen.query("#value").results(Input)
    return next((field.value for field in fields), None)


def files(root: Path) -> dict[str, bytes]:
    found = sorted(root.glob("calendars/**/*.yaml"))
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def notices(app: KitApp) -> str:
    return " ".join(each.message for each in app._notifications)


@pytest.fixture
def sunday(demo: Path, make_app: MakeApp) -> KitApp:
    """The application at noon on a Sunday: the week is over."""
    app = make_app(demo, "kader-rusminah")
    app.clock = lambda: SUNDAY
    return app


async def change(pilot: Pilot[None], day: str, reason: str = "Balai dipakai rapat") -> None:
    """Move the nearest service day, as a person types it."""
    await pilot.press("j")
    assert isinstance(pilot.app.screen, ChangePanel)
    pilot.app.screen.query_one("#value", Input).value = day
    pilot.app.screen.query_one("#reason", Input).value = reason
    await pilot.pause()
    await pilot.click("#go")
    await settle(pilot)


async def test_a_changed_day_is_taken_back_in_all_its_files_and_packs(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        before = files(demo)
        await change(pilot, "10 desember")
        pack = demo / "keluaran/paket/melati/2026-W50"
        assert files(demo) != before and list(pack.glob("*.jpg"))
        await pilot.press("enter")
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert files(demo) == before
        assert not list(pack.glob("*.jpg")), "nobody sends the announcement by mistake"
        assert "Dibatalkan: Jadwal berubah" in notices(app) and "Tekan g" in notices(app)
        await pilot.press("g")
        await settle(pilot)
        assert list(pack.glob("*.jpg"))
        texts = [path.read_text("utf-8") for path in pack.glob("*_teks.txt")]
        assert not any("BERUBAH" in text for text in texts)


async def test_there_and_back_again_leaves_nothing_to_send(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        before = files(demo)
        await change(pilot, "11 desember")
        await pilot.press("enter")
        await settle(pilot)
        await change(pilot, "10 desember")
        await pilot.press("n")  # what was told last was not sent yet
        await settle(pilot)
        assert "Kabar tadi belum dikirim, jadi diganti" in words(app, "#lines")
        assert "Kamis, 10 Desember 2026" in words(app, "#text")
        assert (
            app.screen.query_one("#text").region.y < app.screen.query_one("#body").region.bottom - 4
        )
        assert "Jumat" not in words(app, "#text")
        await pilot.press("enter")
        await settle(pilot)
        await change(pilot, "8 desember")
        await pilot.press("n")
        await settle(pilot)
        said = words(app, "#lines")
        assert "Kabar tadi belum dikirim, jadi dihapus." in said
        assert words(app, "#text").strip() == "", "there is nothing to tell"
        assert files(demo) == before
        texts = (demo / "keluaran/paket/melati/2026-W50").glob("*_teks.txt")
        assert "BERUBAH" not in "".join(path.read_text("utf-8") for path in texts)


async def test_a_planned_month_is_taken_back_as_one(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        before = files(demo)
        await pilot.press("s", "right", "enter")
        await settle(pilot)
        assert {"calendars/melati/2027-01.yaml", "calendars/kenanga/2027-01.yaml"} <= set(
            files(demo)
        )
        await pilot.press("enter", "ctrl+z")
        await settle(pilot)
        assert files(demo) == before
        assert "Dibatalkan: Susun Januari 2027" in notices(app)


async def test_the_months_say_for_whom_and_how_much_and_the_arrows_choose(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("s")
        assert isinstance(app.screen, MonthPanel)
        await settle(pilot)
        assert "Posyandu Melati" in "".join(str(s.content) for s in app.screen.query(Static))
        assert "kira-kira" in words(app, "#next-count")
        assert app.focused is app.screen.query_one("#this")
        for key, id in (("right", "next"), ("down", "close"), ("left", "next"), ("up", "this")):
            await pilot.press(key)
            assert app.focused is app.screen.query_one(f"#{id}")
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("enter", "s")
        await settle(pilot)
        assert "sudah lengkap" in words(app, "#this-count")


async def test_in_its_last_week_the_next_month_is_meant(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo, "kader-rusminah")
    app.clock = lambda: datetime(2026, 12, 26, tzinfo=UTC)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("s")
        assert app.focused is app.screen.query_one("#next", Button)


async def test_on_a_sunday_the_next_week_is_shown_and_made(sunday: KitApp, demo: Path) -> None:
    async with sunday.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("s")  # the sample ends with its week
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert words(sunday, "#when") == "Minggu depan"
        assert " Des " in rows(sunday, "#week")
        await pilot.press("g")
        assert isinstance(sunday.screen, ChoosePanel)
        await pilot.press("down", "enter")
        assert isinstance(sunday.screen, JobPanel)
        await settle(pilot)
        assert (demo / "keluaran/paket/melati/2026-W51").is_dir()


async def test_the_palette_offers_the_next_week_every_day(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        titles = {each.title for each in app.get_system_commands(app.screen)}
        assert "Buat gambar minggu depan" in titles


@pytest.mark.parametrize(
    ("wish", "value", "told"),
    [
        ("move", "8 desember", "hari yang lama"),
        ("move", "8 des", "hari yang lama"),
        ("move", "besok lusa", "Rabu, 9 Desember 2026"),
        ("hours", "8 sampai", "sampai jam berapa?"),
        ("hours", "18.30", "Sampai jam berapa?"),
        ("hours", "08.00-11.00", "Jamnya memang"),
    ],
)
async def test_what_is_typed_is_told_as_it_is_meant(
    wish: str, value: str, told: str, demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("j")
        app.screen.query_one("#wish", Select).value = wish
        app.screen.query_one("#value", Input).value = value
        await pilot.pause()
        assert told in words(app, "#understood")


async def test_what_is_typed_while_the_panel_opens_arrives_in_it(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.post_message(events.Key("j", "j"))
        while not isinstance(app.screen, ChangePanel):
            await asyncio.sleep(0)
        for key in ("tab", "tab", "b", "e", "s", "o", "k"):  # nobody waits until it stands
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await until(pilot, lambda: written_day(app) == "besok")


async def test_what_is_typed_in_one_go_with_the_key_arrives_too(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for key in ("j", "tab", "tab", "b", "e", "s", "o", "k"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await until(pilot, lambda: written_day(app) == "besok")


async def test_a_result_names_posts_and_leaves_the_text_in_sight(
    tmp_path: Path, make_app: MakeApp
) -> None:
    demo = create_demo(tmp_path / "contoh", date(2026, 12, 7))
    month = demo / "calendars/melati/2026-12.yaml"
    text = month.read_text("utf-8").replace("model: jadwal-kartu", "model: jadwal-kartuu", 1)
    month.write_text(text, encoding="utf-8")
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("g")
        await settle(pilot)
        said = words(app, "#lines")
        assert "Belum ikut: Sen, 7 Des · Besok kita buka" in said, said
