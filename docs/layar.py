"""Makes every screenshot of the guide from the application itself: `python docs/layar.py [name …]`.

Each picture is a row of `SHOTS`: who sits there, which keys are pressed, and which screen that
leads to. `tests/test_guide.py` walks the same rows without drawing them. The workspace is the
fictional sample with a clock that stands still, so the same code gives the same pictures.

The terminal's picture comes as SVG. Its far font is taken out, lines and blocks become rectangles
(no font draws them without seams), and Debian's chromium makes a small PNG of it. No network.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import shutil
import sys
import tempfile
from base64 import b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import escape, unescape
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from PIL import Image
from playwright.sync_api import sync_playwright
from rich.cells import cell_len
from textual.pilot import Pilot

from content_kit.files import bundled
from content_kit.files.assets import load_palette
from content_kit.files.workspace import Workspace
from content_kit.picture.art import draw, read
from content_kit.planning.history import History
from content_kit.render import Press
from content_kit.review.decide import decide
from content_kit.review.events import Kind
from content_kit.review.reviews import Reviews
from content_kit.start import create_demo
from content_kit.tui import jobs
from content_kit.tui.app import KitApp

EVENING: Final = datetime(2026, 12, 7, 10, 2, tzinfo=UTC)  # 18.02 WITA, before the first post
MONDAY: Final = date(2026, 12, 7)
FOLDER: Final = Path(__file__).parent / "gambar" / "panduan"

SCALE: Final = 0.8
COLOURS: Final = 128

SMALL: Final = (80, 24)
MIDDLE: Final = (100, 30)
LARGE: Final = (120, 36)


class Typed(str):
    """Words that are typed; everything else in a row is the name of a key."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its size in cells, the keys from the first screen to it, and what it shows."""

    name: str
    size: tuple[int, int]
    keys: tuple[str, ...]
    screen: str
    what: str
    me: str = "kader-rusminah"
    stage: str = "contoh"


RUSMINAH, HENDRA, AULIA = "kader-rusminah", "kim-hendra", "dinas-aulia"
_CHANGE: Final = (
    "j", "tab", "tab", Typed("9 desember"), "tab", Typed("Balai dipakai rapat desa"),
)  # fmt: skip
_PHOTO: Final = ("2", *["right"] * 5, "enter", *["tab"] * 5, "enter")
_ENTRY: Final = ("4", "slash", Typed("menyusui"), "enter")
_WIZARD: Final = (
    "b", Typed("Posyandu Mawar"), "enter",
    Typed("Desa Contoh"), "tab", Typed("Kecamatan Contoh"), "tab", Typed("Kabupaten Contoh"), "enter",
)  # fmt: skip
_LIST: Final = ("6", "k", "enter")
_MELATI: Final = (*_LIST, "enter", "enter", "down", "down", "enter", "enter")

SHOTS: Final = (
    # Kader
    Shot("beranda", MIDDLE, (), "HomeScreen", "Beranda"),
    Shot("siapa", SMALL, ("w",), "WhoPanel", "Saya siapa?", me=""),
    Shot("gambar-minggu-ini", MIDDLE, ("g",), "JobPanel", "Gambar minggu ini sudah jadi"),
    Shot("kirim", LARGE, ("5",), "SendScreen", "Layar Kirim"),
    Shot("diposting", MIDDLE, ("5", "s"), "DonePanel", "Sudah diposting di mana?"),
    Shot("jadwal-berubah", MIDDLE, _CHANGE, "ChangePanel", "Formulir Jadwal berubah"),
    Shot("pengumuman", MIDDLE, (*_CHANGE, "enter"), "JobPanel", "Pengumumannya sudah jadi"),
    Shot("data-posyandu", MIDDLE, ("d",), "ProfilePanel", "Data posyandu"),
    Shot("foto-masuk", MIDDLE, _PHOTO, "PhotosPanel", "Foto masuk", stage="foto"),
    Shot(
        "siapa-di-foto", LARGE,
        (*_PHOTO, "down", "enter", "down", "down", "enter", "tab", Typed("IF-2026-014"),
         *["tab"] * 4, "space"),
        "PhotoForm", "Siapa di foto, dan izinnya", stage="foto",
    ),
    # KIM
    Shot("selamat-datang", SMALL, (), "WelcomeScreen", "Selamat datang", "", "kosong"),
    Shot(
        "hari-buka", SMALL, (*_WIZARD, Typed("kam mg-2"), "tab", Typed("08.00-11.00")),
        "WizardPanel", "Hari buka dengan kata-kata sendiri", "", "kosong",
    ),
    Shot("susun", SMALL, ("s",), "MonthPanel", "Susun bulan ini", HENDRA),
    Shot("kalender", LARGE, ("2",), "CalendarScreen", "Kalender sebulan", HENDRA),
    Shot(
        "pindah", MIDDLE, ("2", "right", "right", "p", "right", "right"),
        "CalendarScreen", "Postingan yang sedang diangkat",
    ),
    Shot("saring", MIDDLE, ("2", "f"), "FilterPanel", "Saring kalender", HENDRA),
    Shot("postingan", LARGE, ("2", "enter"), "PostScreen", "Isian satu postingan"),
    Shot("pustaka", MIDDLE, _ENTRY, "LibraryScreen", "Pustaka", HENDRA),
    Shot("tambahkan", SMALL, (*_ENTRY, "t"), "AddPanel", "Tambahkan ke kalender"),
    Shot("tukar", SMALL, ("x",), "ExchangePanel", "Tukar", HENDRA),
    Shot(
        "tabel-masuk", MIDDLE, ("x", "end", "enter", "enter"),
        "TrialPanel", "Apa yang akan berubah", HENDRA, "tabel",
    ),
    Shot("perbaikan", MIDDLE, ("3",), "FixesScreen", "Perlu diperbaiki", HENDRA, "keliru"),
    # Diskominfo
    Shot("daftar", MIDDLE, _LIST, "RosterScreen", "Daftar posting", AULIA, "kantor"),
    Shot(
        "daftar-posyandu", MIDDLE, (*_LIST, "enter", "enter"),
        "RosterScreen", "Posyandu di satu kecamatan", AULIA, "kantor",
    ),
    Shot(
        "tinjau", LARGE, _MELATI,
        "ReviewScreen", "Satu postingan ditinjau", AULIA, "kantor",
    ),
    Shot(
        "kembalikan", SMALL,
        (*_MELATI, "k", Typed("Jamnya belum sama dengan spanduk.")),
        "ReturnPanel", "Kembalikan dengan catatan", AULIA, "kantor",
    ),
    Shot("sampel", LARGE, (*_LIST, "b", "enter"), "ReviewScreen", "Sampel acak", AULIA, "kantor"),
    Shot("simpan-daftar", SMALL, ("6", "u"), "ChoosePanel", "Simpan daftar", AULIA, "kantor"),
)  # fmt: skip
"""In the order of the guide."""


# The machine and its workspaces


def _here(base: Path) -> Path:
    """Where the application is started."""
    sample = base / "contoh-posyandu"
    return sample if sample.is_dir() else base / "Dokumen"


def _at_home(base: Path) -> dict[str, str]:
    """The environment of a machine with all its folders below `base`."""
    home = base / "rumah"
    (home / "Unduhan").mkdir(parents=True, exist_ok=True)
    config = home / ".config"
    config.mkdir(exist_ok=True)
    (config / "user-dirs.dirs").write_text('XDG_DOWNLOAD_DIR="$HOME/Unduhan"\n', encoding="utf-8")
    return {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(config),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "XDG_STATE_HOME": str(home / ".state"),
        "XDG_DATA_HOME": str(home / ".local"),
        "XDG_DOWNLOAD_DIR": str(home / "Unduhan"),
        "COLORTERM": "truecolor",
        "TERM": "xterm-256color",
    }


def _sample(base: Path) -> Path:
    return create_demo(base / "contoh-posyandu", MONDAY)


def _empty(base: Path) -> Path:
    folder = base / "Dokumen"
    folder.mkdir()
    return folder


def _mistaken(base: Path) -> Path:
    """A title that names the wrong day."""
    root = _sample(base)
    month = root / "calendars" / "melati" / "2026-12.yaml"
    text = month.read_text(encoding="utf-8")
    wrong = text.replace("judul: Besok kita buka", "judul: Rabu, 8 Desember kita buka", 1)
    month.write_text(wrong, encoding="utf-8")
    return root


def _with_photos(base: Path) -> Path:
    """Two photos just came in: drawn ones, because nobody real is in this sample."""
    root = _sample(base)
    for age, (name, people) in enumerate(_PHOTOS.items()):
        photo = Image.new("RGB", (1200, 900), (214, 232, 222))
        photo.paste((176, 148, 116), (0, 700, 1200, 900))
        for number, who in enumerate(people):
            figure = _drawing(who, 560)
            left = round((number + 0.5) * 1200 / len(people)) - 280
            photo.paste(figure, (left, 250), figure)
        path = base / "rumah" / "Unduhan" / name
        photo.save(path, quality=85)
        os.utime(path, (EVENING.timestamp() - 600 * (age + 1),) * 2)
    return root


_PHOTOS: Final = {
    "IMG-20261207-WA0012.jpg": ("kader",),
    "IMG-20261207-WA0011.jpg": ("bidan", "ibu-gendong"),
    "IMG-20261206-WA0003.jpg": ("posyandu",),
}


def _with_table(base: Path) -> Path:
    """A table that somebody filled in and sent."""
    root = _sample(base)
    table = base / "rumah" / "Unduhan" / "rencana-melati.csv"
    table.write_text(_TABLE, encoding="utf-8")
    os.utime(table, (EVENING.timestamp() - 600,) * 2)
    return root


_TABLE: Final = """\
id;tanggal;jam;unit;jenis;bidang;sasaran;model;isi judul
m4x7q2;7 Desember 2026;18.00;melati;jadwal;kesehatan;bayi;jadwal-kartu;Besok kita buka, yuk!
m5c2b8;16 Desember 2026;16.00;melati;edukasi;pekerjaan_umum;dewasa;edukasi-langkah;Air jernih tetap direbus
;21 Desember 2026;16.00;melati;edukasi;kesehatan;bayi;edukasi-langkah;Menyusui itu nyaman
"""


def _office(base: Path) -> Path:
    """An office with posyandu in two kabupaten, whose month was planned and handed in."""
    root = _sample(base)
    calendars = root / "calendars"
    settings = calendars / "kantor.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + "persetujuan: satu\n", encoding="utf-8"
    )
    people = calendars / "orang.yaml"
    units = ["melati", "kenanga", *(slug for slug, *_ in _NEIGHBOURS)]
    text = people.read_text(encoding="utf-8").replace("[melati, kenanga]", f"[{', '.join(units)}]")
    text += f"  - {{id: dinas-aulia, nama: Aulia, peran: diskominfo, unit: [{', '.join(units)}]}}\n"
    people.write_text(text, encoding="utf-8")
    pattern = (calendars / "melati" / "posyandu.yaml").read_text(encoding="utf-8")
    for slug, village, district, regency, rule in _NEIGHBOURS:
        own = pattern
        for key, value in (
            ("id", f"contoh-{slug}"), ("nama", f"Posyandu {slug.title()}"), ("desa", village),
            ("kecamatan", district), ("kabupaten", regency), ("    aturan", rule),
        ):  # fmt: skip
            own = re.sub(rf"(?m)^{key}: .*$", f"{key}: {value}", own, count=1)
        (calendars / slug).mkdir()
        (calendars / slug / "posyandu.yaml").write_text(own, encoding="utf-8")
    sent = [slug for slug, *_ in _NEIGHBOURS[:-1]]
    start = datetime(2026, 11, 30, 16, tzinfo=UTC)  # midnight there
    jobs.plan_month(root, History(), date(2026, 12, 1), sent, start, lambda *_: None)
    workspace = Workspace.open(root)
    workspace.fill_ids(None, random.Random(1))
    reviews = Reviews(Press(workspace, workspace.load()), EVENING)
    states = [reviews.state(reviews.press.proof(post)) for post in reviews.press.loaded.posts()]
    handed = decide(Kind.SUBMIT, states, reviews.person("kim-hendra"))
    reviews.record(Kind.SUBMIT, reviews.person("kim-hendra"), handed.carried)
    return root


_NEIGHBOURS: Final = (
    ("cempaka", "Desa Contoh Hulu", "Kecamatan Contoh", "Kabupaten Contoh", "rabu ke-2"),
    ("anggrek", "Desa Contoh Seberang", "Kecamatan Contoh Timur", "Kabupaten Contoh", "kamis ke-3"),
    ("teratai", "Desa Contoh Muara", "Kecamatan Contoh Muara", "Kota Contoh", "senin ke-3"),
    ("seroja", "Desa Contoh Pantai", "Kecamatan Contoh Muara", "Kota Contoh", "jumat ke-2"),
)
"""Fictional, as the sample is. The last one has sent nothing."""

STAGES: Final[dict[str, Callable[[Path], object]]] = {
    "contoh": _sample,
    "kosong": _empty,
    "keliru": _mistaken,
    "foto": _with_photos,
    "tabel": _with_table,
    "kantor": _office,
}


# Pressing the keys


async def settle(pilot: Pilot[None]) -> None:
    """Until every worker is done and the screen says so: quiet three times in a row."""
    quiet = 0
    while quiet < 3:
        await pilot.pause(0.05)
        busy = any(not worker.is_finished for worker in pilot.app.workers)
        await pilot.app.workers.wait_for_complete()
        quiet = 0 if busy else quiet + 1


def made(stage: str, base: Path) -> None:
    """A machine in that state, made at `base`."""
    base.mkdir()
    with machine(base):
        STAGES[stage](base)


async def walk(shot: Shot, base: Path) -> tuple[str, str]:
    """Press the keys of a row on a fresh machine; the name of the screen they lead to, and its SVG.

    `base` was `made` for the row's stage, and one lives on that `machine`.
    """
    settings = base / "pengaturan.json"
    settings.write_text(json.dumps({"saya": shot.me}), encoding="utf-8")
    app = KitApp(_here(base), clock=lambda: EVENING, settings=settings)
    async with app.run_test(size=shot.size) as pilot:
        await settle(pilot)
        for key in shot.keys:
            if isinstance(key, Typed):
                await pilot.press(*key)
            else:
                await pilot.press(key)
            await settle(pilot)
        await pilot.pause(0.5)
        await settle(pilot)
        return type(app.screen).__name__, app.export_screenshot(title="content_kit")


@contextmanager
def machine(base: Path) -> Iterator[None]:
    """Live on that machine for a while."""
    before = dict(os.environ)
    os.environ.update(_at_home(base))
    os.environ.pop("NO_COLOR", None)
    try:
        # New ids and samples are drawn as ever, but always the same.
        with patch("random.SystemRandom", lambda: random.Random(1)):
            yield
    finally:
        os.environ.clear()
        os.environ.update(before)


# From the terminal's picture to a small one

_LINE: Final = 24.4
_CELL: Final = 12.2
_BLOCKS: Final[dict[str, tuple[tuple[float, float, float, float], ...]]] = {
    "█": ((0, 0, 1, 1),),
    "▀": ((0, 0, 1, 0.5),),
    "▄": ((0, 0.5, 1, 1),),
    "▌": ((0, 0, 0.5, 1),),
    "▐": ((0.5, 0, 1, 1),),
    "▔": ((0, 0, 1, 1 / 8),),
    "▁": ((0, 7 / 8, 1, 1),),
    "▂": ((0, 6 / 8, 1, 1),),
    "▃": ((0, 5 / 8, 1, 1),),
    "▅": ((0, 3 / 8, 1, 1),),
    "▆": ((0, 2 / 8, 1, 1),),
    "▇": ((0, 1 / 8, 1, 1),),
    "▏": ((0, 0, 1 / 8, 1),),
    "▎": ((0, 0, 2 / 8, 1),),
    "▍": ((0, 0, 3 / 8, 1),),
    "▋": ((0, 0, 5 / 8, 1),),
    "▊": ((0, 0, 6 / 8, 1),),
    "▉": ((0, 0, 7 / 8, 1),),
    "▕": ((7 / 8, 0, 1, 1),),
    "─": ((0, 0.47, 1, 0.53),),
    "━": ((0, 0.44, 1, 0.56),),
    "│": ((0.44, 0, 0.56, 1),),
    "┃": ((0.38, 0, 0.62, 1),),
    "╸": ((0, 0.44, 0.5, 0.56),),
    "╺": ((0.5, 0.44, 1, 0.56),),
    "┌": ((0.44, 0.47, 1, 0.53), (0.44, 0.47, 0.56, 1)),
    "┐": ((0, 0.47, 0.56, 0.53), (0.44, 0.47, 0.56, 1)),
    "└": ((0.44, 0.47, 1, 0.53), (0.44, 0, 0.56, 0.53)),
    "┘": ((0, 0.47, 0.56, 0.53), (0.44, 0, 0.56, 0.53)),
    "├": ((0.44, 0, 0.56, 1), (0.44, 0.47, 1, 0.53)),
    "┤": ((0.44, 0, 0.56, 1), (0, 0.47, 0.56, 0.53)),
}
"""Line and block characters as parts of their cell: left, top, right, bottom."""
_TEXT: Final = re.compile(
    r'<text class="([^"]+)" x="([\d.]+)" y="([\d.]+)" textLength="[\d.]+"([^>]*)>([^<]*)</text>'
)
_SIGNS: Final = {"📅": "kalender", "⏰": "jam", "📍": "pin-lokasi", "🏅": "medali"}
"""Signs that a terminal draws in colour and plain fonts do not have: our own drawings stand in."""
_FONT: Final = '"DejaVu Sans Mono", "Liberation Mono", "Noto Sans Mono", monospace'


def drawn(svg: str) -> str:
    """The SVG with a font of this machine, and with lines and blocks as rectangles."""
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family: (?:Fira Code|arial)[^;]*;", f"font-family: {_FONT};", svg)
    return _TEXT.sub(_cells, svg)


def _cells(found: re.Match[str]) -> str:
    """One run of text: words stay words, each pinned to its column; blocks become rectangles."""
    style, rest = found[1], found[4]
    left, base = float(found[2]), float(found[3])
    parts: list[str] = []
    word, start, column = "", 0, 0

    def put() -> None:
        if word.strip("\xa0 "):
            parts.append(
                f'<text class="{style}" x="{left + start * _CELL:.1f}" y="{base}" '
                f'textLength="{cell_len(word) * _CELL:.1f}"{rest}>{escape(word)}</text>'
            )

    for letter in unescape(found[5]):
        x, y = left + column * _CELL, base - 18.5
        if letter in _BLOCKS or letter in _SIGNS:
            put()
            word = ""
            for x0, y0, x1, y1 in _BLOCKS.get(letter, ()):
                parts.append(
                    f'<rect class="{style}" shape-rendering="crispEdges" '
                    f'x="{x + x0 * _CELL:.2f}" y="{y + y0 * _LINE:.2f}" '
                    f'width="{(x1 - x0) * _CELL:.2f}" height="{(y1 - y0) * _LINE:.2f}"/>'
                )
            if letter in _SIGNS:
                size = 2 * _CELL - 4
                parts.append(
                    f'<image x="{x + 2:.1f}" y="{y + 2:.1f}" width="{size:.1f}" height="{size:.1f}" '
                    f'href="{_sign(_SIGNS[letter])}"/>'
                )
        else:
            if not word:
                start = column
            word += letter
        column += cell_len(letter)
    put()
    return "".join(parts)


def _drawing(name: str, side: int) -> Image.Image:
    """One of our own drawings in the colours of the sample."""
    workspace = Workspace(bundled.root())
    palette, _ = load_palette(workspace, "teluk")
    file = workspace.asset(f"art/{name}.svg")
    assert palette is not None
    assert file is not None
    art, _ = read(file.read_bytes())
    assert art is not None
    picture, _ = draw(art, side, side, palette.colours)
    assert picture is not None
    return picture


def _sign(name: str) -> str:
    held = BytesIO()
    _drawing(name, 64).save(held, "PNG")
    return f"data:image/png;base64,{b64encode(held.getvalue()).decode()}"


def _small(png: bytes) -> Image.Image:
    """A picture with its most frequent colours as they are, and the others as the nearest of those."""
    with Image.open(BytesIO(png)) as opened:
        picture = opened.convert("RGB")
    counted = picture.getcolors(picture.width * picture.height) or []
    often: list[Any] = [colour for _, colour in sorted(counted, reverse=True)[:COLOURS]]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in often for part in colour])
    return picture.quantize(palette=palette, dither=Image.Dither.NONE)


def main() -> None:
    """Make the pictures that are named, or all of them."""
    wanted = set(sys.argv[1:]) or {shot.name for shot in SHOTS}
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.png"):
        if old.stem not in {shot.name for shot in SHOTS}:
            old.unlink()
    wrong = 0
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as temporary:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(device_scale_factor=SCALE)
        page.route("**/*", lambda route: route.abort())
        for shot in SHOTS:
            if shot.name not in wanted:
                continue
            screen, svg = _on_a_fresh_machine(shot, Path(temporary))
            if screen != shot.screen:
                wrong += 1
                print(f"{shot.name} leads to {screen}, not to {shot.screen}")
            box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
            assert box
            width, height = round(float(box[1])), round(float(box[2]))
            page.set_viewport_size({"width": width, "height": height})
            page.set_content(f'<body style="margin:0">{drawn(svg)}</body>')
            path = FOLDER / f"{shot.name}.png"
            _small(page.screenshot()).save(path, optimize=True)
            print(f"{path.stat().st_size / 1000:6.1f} KB  {shot.name}", flush=True)
        browser.close()
    sys.exit(bool(wrong))


def _on_a_fresh_machine(shot: Shot, stages: Path) -> tuple[str, str]:
    pattern, base = stages / shot.stage, Path(tempfile.gettempdir()) / "laptop"
    if not pattern.exists():
        made(shot.stage, pattern)
    shutil.rmtree(base, ignore_errors=True)
    shutil.copytree(pattern, base)
    # A thread of its own: the browser of this one has an event loop already.
    with machine(base), ThreadPoolExecutor(1) as threads:
        found = threads.submit(lambda: asyncio.run(walk(shot, base))).result()
    shutil.rmtree(base, ignore_errors=True)
    return found


if __name__ == "__main__":
    main()
