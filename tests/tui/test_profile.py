"""Data posyandu as a volunteer meets it: life changes, and a row, a line and Enter follow it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Input

from content_kit.files.workspace import Workspace
from content_kit.start import NewPosyandu
from content_kit.tui.app import KitApp
from content_kit.tui.screens.ask import AskPanel
from content_kit.tui.screens.profile import ProfilePanel
from tests.tui.driving import Compare, MakeApp, checked, press, rows, said, settle, told


async def opened(app: KitApp, pilot: Pilot[None], row: str) -> None:
    """Data posyandu with a row highlighted."""
    await settle(pilot)
    await press(pilot, "d")
    assert isinstance(app.screen, ProfilePanel)
    number = next(n for n, line in enumerate(rows(app, "#rows")) if line.strip().startswith(row))
    await press(pilot, "home", *["down"] * number)


async def typed(pilot: Pilot[None], words: str) -> None:
    """Other words in the line that has the focus."""
    box = pilot.app.focused
    assert isinstance(box, Input)
    box.value = ""
    await pilot.press(*("space" if char == " " else char for char in words))


async def test_a_wrong_number_is_corrected_and_taken_back(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo, "kader-rusminah")
    path = demo / "calendars/melati/posyandu.yaml"
    before = path.read_text(encoding="utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "Nomor WhatsApp")
        await press(pilot, "enter")
        assert isinstance(app.screen, AskPanel)
        assert str(app.screen.query_one("#go", Button).label) == "Simpan (Ctrl+S)"
        await typed(pilot, "08123")
        await press(pilot, "ctrl+s")
        assert "08123" in said(app, "#note-whatsapp") and isinstance(app.screen, AskPanel)
        await typed(pilot, "62 812 5555 0123")
        assert "Akan tercetak: WA 0812-5555-0123" in said(app, "#note-whatsapp")
        await press(pilot, "enter", "enter", "enter")
        assert any("WA 0812-5555-0123" in line for line in rows(app, "#rows"))
        assert "0812-5555-0123" in path.read_text(encoding="utf-8")
        await press(pilot, "ctrl+z")
        assert path.read_text(encoding="utf-8") == before


async def test_a_second_day_is_one_sentence(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "+ Hari buka lain")
        await press(pilot, "enter")
        await typed(pilot, "tanggal 31, jam 8 sampai 11 di Balai RW 02")
        assert "Berikutnya Kamis, 31 Desember 2026" in said(app, "#note-rule")
        await press(pilot, "enter", "enter", "enter")
        day = Workspace(demo).load(()).posyandu["melati"].service_days[-1]
        assert (day.rule, day.place, day.hours.start.hour) == ("tanggal 31", "Balai RW 02", 8)


async def test_a_kader_comes_and_another_leaves(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "+ Orang lain")
        await press(pilot, "enter")
        await typed(pilot, "Siti Aminah")
        await press(pilot, "enter", "enter")
        assert any("Siti Aminah" in line for line in rows(app, "#rows"))
        await press(pilot, "escape")
        await opened(app, pilot, "Jumiati")
        waiting = [p for p in Workspace(demo).load().posts() if p.duty == "kader-jumiati"]
        await press(pilot, "delete")
        assert f"Siapa meneruskan {len(waiting)} postingan" in said(app, ".heading")
        await press(pilot, *["down"] * 3, "enter")
        loaded = Workspace(demo).load()
        people = loaded.people
        ids = {post.id for post in waiting}
        assert {p.duty for p in loaded.posts() if p.id in ids} == {"kader-siti-aminah"}
        assert people["kader-jumiati"].units == ()
        assert people["kader-siti-aminah"].units == ("melati",)


async def test_a_desa_is_picked_with_all_it_lies_in(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "Tempatnya")
        await press(pilot, "enter")
        await typed(pilot, "sungai rangas ten")
        await settle(pilot)
        await press(pilot, "down", "enter", "enter")
        unit = Workspace(demo).load(()).posyandu["melati"]
        assert unit.village == "Desa Sungai Rangas Tengah"
        assert (unit.regency, unit.region_code[:5]) == ("Kabupaten Banjar", "63.03")


@pytest.mark.parametrize("words", ["nomor", "kader", "posyandu"])
async def test_the_palette_leads_here(demo: Path, make_app: MakeApp, words: str) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("3", "ctrl+p")
        await settle(pilot)
        await pilot.press(*words)
        await settle(pilot)
        await pilot.pause(0.3)
        await press(pilot, "enter")
        assert isinstance(app.screen, ProfilePanel)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["narrow", "wide"])
@pytest.mark.slow
def test_profile_looks(
    demo: Path, make_app: MakeApp, snap_compare: Compare, size: tuple[int, int]
) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await checked(pilot)
        await press(pilot, "d", "down", "down")

    assert snap_compare(make_app(demo, "kader-rusminah"), terminal_size=size, run_before=before)


@pytest.mark.parametrize(
    ("row", "typing", "tidy"),
    [
        ("+ Orang lain", "hj siti norhaliza, s.keb", "Hj. Siti Norhaliza, S.Keb."),
        ("Rusminah", "rusminah amat", "Rusminah Amat"),
        ("Tempatnya", "sungai rangas", "Desa Sungai Rangas"),
        ("Nama", "mawar 2", "Posyandu Mawar 2"),
    ],
    ids=["new person", "renamed person", "village", "posyandu"],
)
async def test_every_name_offers_its_proper_spelling_and_f2_takes_it(
    row: str, typing: str, tidy: str, demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, row)
        await press(pilot, "enter")
        if row == "Rusminah":
            await press(pilot, "up", "up", "enter")
        assert isinstance(app.screen, AskPanel)
        assert "f2" not in app.screen.active_bindings, "nothing to tidy yet"
        await typed(pilot, typing)
        assert "f2" in app.screen.active_bindings
        await press(pilot, "f2")
        box = app.focused
        assert isinstance(box, Input) and box.value == tidy
        assert "f2" not in app.screen.active_bindings


async def test_a_service_day_shows_what_the_picture_will_say(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "+ Hari buka lain")
        await press(pilot, "enter")
        await typed(pilot, "tanggal 31")
        assert "Tidak setiap bulan" in said(app, "#note-rule")
        await press(pilot, "enter")
        await typed(pilot, "jam 8 sampai 11")
        assert "Akan tercetak: 08.00–11.00 WITA" in said(app, "#note-hours")
        await press(pilot, "enter")
        await typed(pilot, "rumah bu rt 03")
        assert "Akan tercetak: rumah bu rt 03, " in said(app, "#note-place")
        assert "Rumah Bu RT 03 (F2)" in said(app, "#note-place")


async def test_only_what_changed_is_said_and_it_can_be_done_again(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo, "kader-rusminah")
    path = demo / "calendars/melati/posyandu.yaml"
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "Nomor WhatsApp")
        await press(pilot, "enter")
        await typed(pilot, "0812 5555 0123")
        await press(pilot, "ctrl+s")
        assert told(app)[-1].endswith("nomor WhatsApp diubah.")
        after = path.read_text(encoding="utf-8")
        await press(pilot, "ctrl+z")
        assert path.read_text(encoding="utf-8") != after
        await press(pilot, "ctrl+y")
        assert path.read_text(encoding="utf-8") == after


async def test_another_posyandu_gets_its_first_months_if_wanted(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo, "kader-rusminah")
    new = NewPosyandu(
        "Posyandu Mawar", "Desa Contoh", "Kecamatan Contoh", "Kabupaten Contoh", "WITA",
        "kamis ke-3", "08.00-11.00", "Balai RW 02",
    )  # fmt: skip
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "+ Tambah posyandu")
        await press(pilot, "enter")
        await app.screen.dismiss(new)
        await settle(pilot)
        assert "Susun rencananya sekarang?" in said(app, ".heading")
        await press(pilot, "y")
        await settle(pilot)
        assert Workspace(demo).load().posts("mawar")
