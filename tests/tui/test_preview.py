"""The preview: half cells on any terminal, words where there are no colours, the newest sheet only."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from textwrap import dedent

import pytest
from PIL import Image
from rich.color import Color, ColorType
from rich.style import Style
from textual.app import App, ComposeResult
from textual.widgets import Static

from content_kit.files import user_folders
from content_kit.model import Pixels
from content_kit.tui import opener, sharp
from content_kit.tui.studio import Sheet, Studio, Ticket
from content_kit.tui.widgets import preview
from content_kit.tui.widgets.cells import PixelBox, fitted, half_cells
from content_kit.tui.widgets.preview import Preview
from tests.tui.driving import INVITATION, MakeApp, press, said, settle, told, until

LETTERS = {"R": (255, 0, 0), "G": (0, 255, 0), "B": (0, 0, 255), "_": (255, 255, 255)}
NAMES = {colour: letter for letter, colour in LETTERS.items()}


def pixels(drawing: str) -> Pixels:
    """A picture drawn in letters."""
    rows = dedent(drawing).split()
    return Pixels(len(rows[0]), len(rows), b"".join(bytes(LETTERS[c]) for row in rows for c in row))


def named(colour: Color) -> str:
    """The letter of a colour."""
    red, green, blue = colour.get_truecolor()
    return NAMES[red, green, blue]


def drawn(picture: Pixels) -> list[str]:
    """The cells of a picture, each as ▀ with the letters of its upper and its lower colour."""
    lines = []
    for row in half_cells(picture, Style.parse("on white")):
        line = ""
        for segment in row:
            style = segment.style
            assert style is not None and style.color is not None and style.bgcolor is not None
            upper = named(style.color)
            low = style.bgcolor
            lower = "." if low.type is not ColorType.TRUECOLOR else named(low)
            line += "".join(f"{cell}{upper}{lower} " for cell in segment.text)
        lines.append(line.strip())
    return lines


def test_two_pixels_share_a_cell() -> None:
    assert drawn(pixels("RGB\nRRB")) == ["▀RR ▀GR ▀BB"]


def test_an_odd_last_row_has_the_ground_behind() -> None:
    assert drawn(pixels("RR\nGB\n__")) == ["▀RG ▀RB", "▀_. ▀_."]


def test_neighbours_that_look_alike_are_one_segment() -> None:
    (row,) = half_cells(pixels("RRRRB\nGGGGB"), Style())
    assert [segment.text for segment in row] == ["▀▀▀▀", "▀"]


def test_a_picture_that_is_too_large_is_thinned_out_until_the_next() -> None:
    small = fitted(pixels("R_B_\n____\nG_R_\n____"), 2, 2)
    assert drawn(small) == ["▀RG ▀BR"]
    assert fitted(small, 2, 2) is small


# The widget


class Bench(App[None]):
    """A preview alone on the screen."""

    def __init__(self, root: Path, make: Callable[..., Studio] | None = None) -> None:
        super().__init__()
        self._root_folder = root
        self._make = make
        self.proofed: list[Sheet] = []

    def compose(self) -> ComposeResult:
        yield Preview(self._root_folder, make_studio=self._make)

    def on_preview_proofed(self, message: Preview.Proofed) -> None:
        self.proofed.append(message.sheet)


async def test_the_draft_is_drawn_with_its_tabs_and_its_size(demo: Path) -> None:
    app = Bench(demo)
    async with app.run_test(size=(60, 40)) as pilot:
        show = app.query_one(Preview)
        show.show_draft("melati", INVITATION)
        await until(pilot, lambda: app.proofed)
        assert said(app, "#told") == "Gambar asli 1080 × 1350 · tekan b untuk Buka gambar"
        picture = app.query_one(PixelBox).pixels
        assert picture is not None and picture.width == 60
        strip = app.query_one(PixelBox).render_line(20)
        assert set(strip.text) <= {"▀", " "} and "▀" in strip.text
        show.focus()
        await pilot.press("right")
        await until(pilot, lambda: "1920" in said(app, "#told"))
        tabs = [str(tab.render()).strip() for tab in app.query("#formats > *").results(Static)]
        assert tabs == ["Unggahan 4:5", "Cerita 9:16"]
        await pilot.click(app.query("#formats > *").results(Static).__next__())
        await until(pilot, lambda: "1350" in said(app, "#told"))


async def test_only_the_newest_sheet_is_shown(tmp_path: Path) -> None:
    deliver: list[Callable[[Sheet], None]] = []
    asked: list[Ticket] = []

    class Hand(Studio):
        """Delivers by hand."""

        def __init__(self, give: Callable[[Sheet], None]) -> None:
            super().__init__(tmp_path, give)
            deliver.append(give)

        def ask(self, ticket: Ticket) -> None:
            asked.append(ticket)

    app = Bench(tmp_path, Hand)
    async with app.run_test(size=(40, 20)) as pilot:
        show = app.query_one(Preview)
        await pilot.pause()
        show.show_draft("melati", "satu")
        show.show_draft("melati", "dua")
        first, second = asked[-2:]
        assert second.number > first.number
        deliver[0](Sheet(second, sentence="baru"))
        deliver[0](Sheet(first, sentence="lama"))
        await until(pilot, lambda: app.proofed)
        await pilot.pause()
        assert [sheet.sentence for sheet in app.proofed] == ["baru"]
        show.show_words("Isi dulu judulnya.")
        deliver[0](Sheet(second, sentence="terlambat"))
        await pilot.pause()
        assert "Isi dulu" in str(app.query_one(PixelBox).render())


async def test_what_cannot_be_drawn_is_told_and_never_obeyed(tmp_path: Path) -> None:
    hostile = "[red]Gratis[/] [/x] \x1b]0;x\x07"

    def draw(ticket: Ticket, alive: Callable[[], bool]) -> Sheet:
        return Sheet(ticket, sentence=f"Tidak ada gambar: {hostile}")

    app = Bench(tmp_path, lambda deliver: Studio(tmp_path, deliver, draw=draw))
    async with app.run_test(size=(60, 12)) as pilot:
        app.query_one(Preview).show_draft("melati", "x")
        await until(pilot, lambda: app.proofed)
        assert "[red]Gratis[/] [/x] <U+001B>" in str(app.query_one(PixelBox).render())
        drawn = app.export_screenshot()
        assert "\x1b" not in drawn and "\x07" not in drawn


@pytest.mark.parametrize("setting", ["NO_COLOR", "TERM"])
async def test_without_colours_the_picture_is_told_in_words(
    setting: str, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if setting == "TERM":
        monkeypatch.delenv("COLORTERM")
        monkeypatch.setenv("TERM", "xterm")
    else:
        monkeypatch.setenv("NO_COLOR", "1")
    app = Bench(demo)
    async with app.run_test(size=(60, 24)) as pilot:
        app.query_one(Preview).show_draft("melati", INVITATION)
        await until(pilot, lambda: app.proofed)
        lines = [app.query_one(PixelBox).render_line(y).text for y in range(10)]
        words = " ".join(" ".join(lines).split())
        assert "▀" not in words
        assert "1080 × 1350" in words and "Judul: Besok kita buka" in words and "Isinya:" in words


async def test_one_key_opens_the_whole_picture(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[bytes] = []
    monkeypatch.setattr(user_folders, "preview_folder", lambda: tmp_path / "lihat")

    def note(path: Path) -> bool:
        opened.append(path.read_bytes())
        return len(opened) == 1

    monkeypatch.setattr(preview, "open_picture", note)
    app = Bench(demo)
    async with app.run_test(size=(60, 40)) as pilot:
        show = app.query_one(Preview)
        show.focus()
        await pilot.press("b")  # nothing to open yet
        show.show_draft("melati", INVITATION)
        await until(pilot, lambda: app.proofed)
        await pilot.press("b")
        await until(pilot, lambda: opened)
        (kept,) = (tmp_path / "lihat").iterdir()
        with Image.open(kept) as picture:
            assert picture.size == (1080, 1350)
        await pilot.press("b")
        await until(pilot, lambda: len(opened) == 2)
        await until(pilot, lambda: any("Letaknya" in note for note in told(app)))


async def test_the_studio_ends_with_the_screen(demo: Path) -> None:
    app = Bench(demo)
    async with app.run_test(size=(60, 40)) as pilot:
        app.query_one(Preview).show_draft("melati", INVITATION)
        await until(pilot, lambda: app.proofed)
    for thread in threading.enumerate():
        if thread.name == "studio":
            thread.join(20)
            assert not thread.is_alive()


# The opener


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What the system was asked to open."""
    asked: list[list[str]] = []
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(shutil, "which", lambda tool: f"/usr/bin/{tool}")
    monkeypatch.setattr(subprocess, "Popen", lambda command, **_: asked.append(command))
    monkeypatch.setattr(opener, "preview_folder", lambda: tmp_path / "lihat")
    return asked


def test_only_a_picture_of_ours_is_opened(tmp_path: Path, given: list[list[str]]) -> None:
    out = tmp_path / "keluaran"
    out.mkdir()
    jpeg = b"\xff\xd8\xff\xe0"
    for name, data in (
        ("feed.jpg", jpeg), ("feed.exe", jpeg), ("palsu.jpg", b"MZ\x90"), ("feed.jpg.lnk", jpeg),
    ):  # fmt: skip
        (out / name).write_bytes(data)
    (tmp_path / "luar.jpg").write_bytes(jpeg)
    assert opener.open_picture(out / "feed.jpg", out)
    for wrong in (
        out / "feed.exe", out / "palsu.jpg", out / "feed.jpg.lnk", out / "gone.jpg",
        tmp_path / "luar.jpg", out / ".." / "luar.jpg", out,
    ):  # fmt: skip
        assert not opener.open_picture(wrong, out)
    assert not opener.open_picture(out / "feed.jpg")
    assert given == [["/usr/bin/xdg-open", str((out / "feed.jpg").resolve())]]


def test_without_a_window_nothing_is_started(
    tmp_path: Path, given: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(user_folders, "preview_folder", lambda: tmp_path / "lihat")
    kept = user_folders.keep_preview("melati-m4x7q2-feed", b"\xff\xd8\xff\xe0")
    assert kept is not None
    assert opener.open_picture(kept)
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not opener.open_picture(kept)
    assert len(given) == 1


def test_previews_do_not_lie_around(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(user_folders, "preview_folder", lambda: tmp_path / "lihat")
    kept = user_folders.keep_preview("../../[red]x", b"\xff\xd8\xff")
    assert kept is not None and kept.parent == tmp_path / "lihat" and kept.name == "red-x.jpg"
    user_folders.forget_previews()
    assert not kept.exists()


class FakeSharp(Static):
    """What the widget of a terminal that draws pictures looks like from outside."""

    image: object = None


async def test_a_terminal_that_draws_pictures_gets_the_picture_itself(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo, "kader-rusminah")
    app.sharp = FakeSharp
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "5")
        shown = app.screen.query_one(Preview)
        await until(pilot, lambda: shown.query_one(FakeSharp).image is not None)
        image = shown.query_one(FakeSharp).image
        assert isinstance(image, BytesIO) and image.getvalue().startswith(b"\xff\xd8\xff")
        assert shown.query_one(FakeSharp).display and not shown.query_one(PixelBox).display


def test_without_the_extra_there_is_no_sharp_widget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "textual_image", None)
    assert sharp.sharp_widget() is None
