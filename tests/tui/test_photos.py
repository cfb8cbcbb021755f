"""Foto masuk: keys pressed, photos stored with their consent, and the panel as it was looked at."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from textual.pilot import Pilot
from textual.widgets import Input, Static

from content_kit.files import user_folders
from content_kit.files.workspace import Workspace
from content_kit.model import Consent, PeopleInPhoto, Photo
from content_kit.planning import photos
from content_kit.planning.photos import Described
from content_kit.tui.app import KitApp
from content_kit.tui.keeper import Keeper
from content_kit.tui.screens.photo_form import FocusGrid, PhotoForm, WithdrawPanel
from content_kit.tui.screens.photos import PAUSE, PhotosPanel
from content_kit.tui.widgets.cells import PixelBox
from content_kit.tui.widgets.linelist import LineList
from tests.tui import driving
from tests.tui.driving import Compare, MakeApp, listed, said, told

NEW = 1_796_000_000
DAY = date(2026, 12, 8)


@pytest.fixture(autouse=True)
def no_board(monkeypatch: pytest.MonkeyPatch) -> None:
    """The panel reads what it needs by itself: the screens behind it stay empty and quick."""
    monkeypatch.setattr(Keeper, "action_reload", lambda _: None)


@pytest.fixture
def inbox(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of downloads."""
    folder = tmp_path / "Unduhan"
    folder.mkdir()
    monkeypatch.setattr("content_kit.tui.screens.photos.downloads_folder", lambda: folder)
    monkeypatch.setattr(user_folders, "preview_folder", lambda: tmp_path / "lihat")
    return folder


def arrive(inbox: Path, name: str, age: int = 0, size: tuple[int, int] = (800, 600)) -> Path:
    """A photo of somebody in blue, taken so many seconds ago."""
    image = Image.new("RGB", size, (120, 160, 120))
    pencil = ImageDraw.Draw(image)
    pencil.ellipse((300, 100, 500, 300), fill=(240, 200, 160))
    pencil.rectangle((250, 325, 550, 600), fill=(40, 90, 160))
    path = inbox / name
    image.save(path)
    os.utime(path, (NEW - age,) * 2)
    return path


async def settle(pilot: Pilot[None]) -> None:
    """Until the photo of the row is there too, which follows after a pause."""
    for _ in range(2):
        await driving.settle(pilot)
        await pilot.pause(PAUSE)
    await driving.settle(pilot)


async def show(app: KitApp, pilot: Pilot[None], day: date | None = DAY) -> list[str | None]:
    """Open the panel; its answers arrive in the list."""
    answers: list[str | None] = []
    await settle(pilot)
    await app.push_screen(PhotosPanel("melati", day, ("wa-grup",)), answers.append)
    await settle(pilot)
    return answers


def melati(demo: Path) -> dict[str, Photo]:
    return dict(Workspace.open(demo).load(unit="melati").photos["melati"])


async def test_the_newest_photo_is_stored_with_a_childs_consent(
    demo: Path, inbox: Path, make_app: MakeApp
) -> None:
    arrive(inbox, "lama.jpg", age=900)
    arrive(inbox, "IMG-1.jpg")
    app = make_app(demo)
    async with app.run_test(size=(100, 40)) as pilot:
        answers = await show(app, pilot)
        assert listed(app).index("IMG-1.jpg") < listed(app).index("lama.jpg")
        await pilot.press("right")
        await settle(pilot)
        pixels = app.screen.query_one(PixelBox).pixels
        assert pixels is not None and pixels.height > pixels.width, "it was turned"
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, PhotoForm)
        await pilot.press("ctrl+s")
        assert isinstance(app.screen, PhotoForm), "nobody said yet who is in it"
        await pilot.press("down", "down", "space")
        assert "tidak ada gambar yang dibuat" in said(app, "#warning")
        app.screen.query_one("#number", Input).value = "12/2026"
        app.screen.query_one("#until", Input).value = "10 November 2027"
        await pilot.press("ctrl+s")
        assert isinstance(app.screen, PhotoForm), "no guardian signed"
        app.screen.query_one("#guardian").focus()
        await pilot.press("space")
        app.screen.query_one("#focus").focus()
        await pilot.press("up", "left", "ctrl+s")
        await settle(pilot)
    assert answers == ["img-1.jpg"]
    photo = melati(demo)["img-1.jpg"]
    assert photo.people is PeopleInPhoto.CHILDREN and photo.focus == (0.17, 0.17)
    assert photo.consent == Consent(
        "12/2026", "media sosial posyandu", ("wa-grup",), date(2026, 12, 7), date(2027, 11, 10),
        guardian=True,
    )  # fmt: skip
    with Image.open(demo / "calendars/melati/foto/img-1.jpg") as stored:
        assert stored.size == (600, 800)


async def test_what_was_stored_can_be_picked_again_and_undone(
    demo: Path, inbox: Path, make_app: MakeApp
) -> None:
    arrive(inbox, "IMG-1.jpg")
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        answers = await show(app, pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("space", "ctrl+s")
        await settle(pilot)
        assert answers == ["img-1.jpg"]
        again = await show(app, pilot)
        await pilot.press("s")
        await settle(pilot)
        assert "img-1.jpg" in listed(app) and "tanpa orang" in listed(app)
        await pilot.press("enter")
        await settle(pilot)
        assert again == ["img-1.jpg"]
        assert "img-1.jpg" in app.history.last
        await pilot.press("ctrl+z")
        await settle(pilot)
    assert melati(demo) == {}


async def test_a_consent_is_written_down_later_and_taken_back(
    demo: Path, inbox: Path, make_app: MakeApp
) -> None:
    workspace = Workspace.open(demo)
    source = arrive(inbox, "kader.jpg")
    adult = Described(PeopleInPhoto.ADULTS)
    photos.add(workspace, workspace.load(unit="melati"), "melati", source, adult)
    app = make_app(demo)
    async with app.run_test(size=(100, 40)) as pilot:
        answers = await show(app, pilot)
        await pilot.press("s")
        await settle(pilot)
        assert "belum ada izin" in listed(app)
        await pilot.press("x")
        assert isinstance(app.screen, PhotosPanel), "there is nothing to take back"
        await pilot.press("i")
        await settle(pilot)
        app.screen.query_one("#number", Input).value = "13/2026"
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert "izin 13/2026" in listed(app)
        await pilot.press("x")
        assert isinstance(app.screen, WithdrawPanel)
        await pilot.press("escape", "x", "enter")
        await settle(pilot)
        assert "izin dicabut" not in listed(app), "Enter leaves it as it is"
        await pilot.press("x", "shift+tab", "enter")
        await settle(pilot)
        assert "izin dicabut" in listed(app)
        await pilot.press("enter")
        assert answers == ["kader.jpg"], "it may be picked; the post then says what is wrong"


async def test_another_folder_is_remembered(
    demo: Path, inbox: Path, tmp_path: Path, make_app: MakeApp
) -> None:
    other = tmp_path / "Kartu HP"
    other.mkdir()
    arrive(other, "dari-hp.jpg")
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await show(app, pilot)
        assert "Belum ada foto" in app.screen.query_one(LineList).render_line(0).text
        await pilot.press("f")
        field = app.screen.query_one("#folder", Input)
        field.value = str(tmp_path / "tidak ada")
        await pilot.press("enter")
        assert field.display
        field.value = f'"{other}"'
        await pilot.press("left", "enter")  # arrows move in the words here
        await settle(pilot)
        assert "dari-hp.jpg" in listed(app)
    kept = json.loads((tmp_path / "pengaturan.json").read_text("utf-8"))
    assert kept["foto_masuk"] == str(other.resolve())


async def test_hostile_names_are_shown_and_what_is_no_photo_is_not_taken(
    demo: Path, inbox: Path, make_app: MakeApp
) -> None:
    try:
        arrive(inbox, "[red]Gratis[_] \x1b]0;x\x07.jpg", age=9)
    except OSError:
        pytest.skip("this system has no such name")
    (inbox / "IMG.HEIC").write_bytes(b"\0\0\0\x18ftypheic" + bytes(40))
    os.utime(inbox / "IMG.HEIC", (NEW,) * 2)
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await show(app, pilot)
        assert "[red]Gratis[_] <U+001B>]0;x<U+0007>" in listed(app)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, PhotosPanel), "HEIC is refused with its sentence"
        await pilot.press("down", "enter")
        await settle(pilot)
        assert isinstance(app.screen, PhotoForm)
        drawn = app.export_screenshot()
        assert "\x1b" not in drawn and "\x07" not in drawn
        await pilot.press("space", "ctrl+s")
        await settle(pilot)
    (file,) = melati(demo)
    assert file == "red-gratis-0-x.jpg"


async def test_a_photo_that_cannot_be_stored_is_told(
    demo: Path, inbox: Path, make_app: MakeApp
) -> None:
    path = arrive(inbox, "IMG-1.jpg", size=(1600, 1200))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        answers = await show(app, pilot)
        assert "terpotong" in str(app.screen.query_one(PixelBox).render())
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("space", "ctrl+s")
        await settle(pilot)
        assert isinstance(app.screen, PhotosPanel) and not answers
        assert any("terpotong" in note for note in told(app))
    assert not (demo / "calendars/melati/foto").exists()


def test_nine_places_and_their_points() -> None:
    assert FocusGrid((0.5, 0.5)).point == (0.5, 0.5)
    assert FocusGrid((1.0, 0.0)).point == (5 / 6, 1 / 6)


# As it was looked at


def hide_what_is_behind(app: KitApp) -> None:
    """The screens behind have snapshots of their own."""
    app.screen.styles.background = app.theme_variables["background"]


@pytest.mark.parametrize("state", ["empty", "typical", "findings", "narrow"])
def test_panel(
    state: str, demo: Path, inbox: Path, make_app: MakeApp, snap_compare: Compare,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    if state != "empty":
        arrive(inbox, "IMG-20261207-WA0003.jpg")
        arrive(inbox, "IMG-20261207-WA0002.jpg", age=60)
    if state == "findings":
        (inbox / "IMG_0412.HEIC").write_bytes(b"\0\0\0\x18ftypheic" + bytes(40))
        (inbox / "rusak.jpg").write_bytes(b"\xff\xd8\xff rusak")
        for number, name in enumerate(("IMG_0412.HEIC", "rusak.jpg")):
            os.utime(inbox / name, (NEW + 60 - number,) * 2)
    folder = str(inbox.parent)

    async def before(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, KitApp)
        await show(app, pilot)
        hide_what_is_behind(app)
        where = app.screen.query_one("#where", Static)
        where.update(str(where.render()).replace(folder, "/home/siti"))
        await settle(pilot)

    size = (80, 24) if state == "narrow" else (120, 40)
    assert snap_compare(make_app(demo), terminal_size=size, run_before=before)


@pytest.mark.parametrize("state", ["form", "form-narrow", "stored"])
def test_parts(
    state: str, demo: Path, inbox: Path, make_app: MakeApp, snap_compare: Compare
) -> None:
    source = arrive(inbox, "IMG-20261207-WA0003.jpg")
    workspace = Workspace.open(demo)
    given = Consent("07/2026", given=date(2026, 1, 1), expires=date(2026, 12, 1), guardian=True)
    for described in (Described(PeopleInPhoto.NONE), Described(PeopleInPhoto.CHILDREN, given)):
        photos.add(workspace, workspace.load(unit="melati"), "melati", source, described)

    async def before(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, KitApp)
        await show(app, pilot)
        hide_what_is_behind(app)
        await pilot.press(*(("s", "down") if state == "stored" else ("enter",)))
        await settle(pilot)
        if state != "stored":
            await pilot.press("down", "down", "space")
        await settle(pilot)

    size = (80, 24) if state == "form-narrow" else (120, 40)
    assert snap_compare(make_app(demo), terminal_size=size, run_before=before)
