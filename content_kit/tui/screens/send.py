"""Kirim: what goes out this week and the next, its texts to copy, and what was posted already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from content_kit.files.safe_text import shown
from content_kit.pack.outlook import Outlook, Pack, Parcel
from content_kit.schedule.week import Week
from content_kit.tui import jobs, sending
from content_kit.tui.board import Board
from content_kit.tui.marking import ask_where
from content_kit.tui.opener import open_folder
from content_kit.tui.screens.base import KitScreen
from content_kit.tui.screens.choose import ChoosePanel
from content_kit.tui.screens.exchange import ExchangePanel
from content_kit.tui.screens.job import JobPanel
from content_kit.tui.widgets.keybar import KeyBar
from content_kit.tui.widgets.linelist import LineList
from content_kit.tui.widgets.lines import plain
from content_kit.tui.widgets.parcels import (
    pack_line,
    pack_text,
    parcel_line,
    parcel_text,
    week_line,
    week_text,
)
from content_kit.tui.widgets.preview import Preview
from content_kit.tui.widgets.titlebar import TitleBar

_HELP = """\
Yang dikirim minggu ini dan minggu depan, satu posyandu sekali lihat.

g  siapkan paket: semua gambar dan teks minggu yang ditandai, dalam satu folder
b  buka folder paketnya, untuk dipindahkan ke ponsel
v  lihat gambar aslinya
c  salin teks postingan yang ditandai; ← dan → memilih tempat postingnya
s  sudah diposting: catat di mana saja, supaya tidak terkirim dua kali; keliru? s lagi, atau Ctrl+Z

Enter  buka postingannya      u  ganti posyandu
x      tukar: simpan sebagai tabel atau kalender, atau ambil isi dari tabel

Tanda:  ✓ siap   ! perlu diperbaiki   … menunggu isian   ↑ sudah diposting   × diganti
        = belum diajukan   » diajukan   ↩ dikembalikan   √ disetujui   ≠ berubah
Spasi dan Backspace menggulung bacaan."""

_Row = Week | Parcel | Pack


@dataclass
class Forecast(Message):
    """What goes out next, or why that cannot be said; for the request it answers."""

    request: int
    outlook: Outlook | None
    sentence: str = ""


class SendScreen(KitScreen):
    """Two weeks of one posyandu, ready to be sent."""

    CSS_PATH: ClassVar[str] = "send.tcss"
    AUTO_FOCUS = "LineList"
    HELP = _HELP
    OFFERS = (
        ("Siapkan paket minggu ini", "Gambar dan teks dalam satu folder.", "make"),
        ("Buka folder paket", "Di jendela sistem.", "folder"),
        ("Lihat gambar", "Gambar penuh di jendela sendiri.", "picture"),
        ("Salin teks", "Teks postingan yang ditandai.", "copy"),
        ("Sudah diposting", "Catat di mana saja.", "done"),
        ("Tempat posting berikutnya", "Teks untuk tempat lain.", "channel(1)"),
        ("Ganti posyandu yang dikirim", "Lihat posyandu lain.", "unit"),
        ("Tukar: tabel dan kalender", "Simpan ke berkas atau ambil dari berkas.", "exchange"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "make", "Siapkan paket"),
        Binding("c", "copy", "Salin teks"),
        Binding("s", "done", "Diposting"),
        Binding("b", "folder", "Folder"),
        Binding("v", "picture", "Gambar", show=False),
        Binding("left", "channel(-1)", show=False),
        Binding("right", "channel(1)", show=False),
        Binding("u", "unit", show=False),
        Binding("x", "exchange", show=False),
        Binding("space", "read(1)", show=False),
        Binding("backspace", "read(-1)", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._request = 0
        self._unit = ""
        self._board: Board | None = None
        self._outlook: Outlook | None = None
        self._lines: list[_Row] = []
        self._channel = 0

    def compose(self) -> ComposeResult:
        """Whose posts, the list, and what there is to read about one of them."""
        yield TitleBar("Kirim")
        with Horizontal(id="whose"):
            yield Static("", id="name")
            yield Static("", id="told", markup=False)
        with Container(id="columns"):
            yield LineList(empty="Melihat apa yang siap…", id="parcels")
            with Vertical(id="about"), VerticalScroll(id="reading", can_focus=False):
                yield Static("", id="text")
        yield KeyBar()

    # What there is

    def draw(self, board: Board) -> None:
        """Follow the files and whoever sits here; the first board of a reading is enough."""
        units = [each.slug for each in board.units(self.kit.me)]
        other = self._unit not in units
        if other:
            self._unit = units[0] if units else ""
        if other or self._board is None or board.loaded is not self._board.loaded:
            self._board = board
            self._ask()

    def _ask(self) -> None:
        """Look at the chosen posyandu again, on a thread."""
        board, root = self._board, self.kit.root
        self._request += 1
        if board is None or root is None or self._unit not in board.loaded.posyandu:
            self._outlook, self._lines = None, []
            self.query_one(LineList).fill(0, lambda _: (), empty="Belum ada posyandu di sini.")
            return
        name = board.loaded.posyandu[self._unit].name
        many = len(board.units(self.kit.me)) > 1
        change = Content.assemble("   ", ("u", "bold $accent"), " ganti posyandu") if many else ""
        self.query_one("#name", Static).update(plain(name, "bold $primary") + change)
        now = self.kit.clock()
        today = now.astimezone(board.loaded.posyandu[self._unit].zone.tz).date()
        look = partial(self._look, root, self._unit, today, now, self._request)
        self.run_worker(look, thread=True, group="outlook", exit_on_error=False)

    def _look(self, root: Path, unit: str, today: date, now: datetime, request: int) -> None:
        try:
            said = Forecast(request, sending.look_ahead(root, unit, today, now))
        except Exception as error:  # noqa: BLE001 - a thread must not take the screen along
            said = Forecast(request, None, jobs.apology(error))
        self.post_message(said)

    @on(Forecast)
    def _seen(self, message: Forecast) -> None:
        if message.request != self._request:
            return
        rows = self.query_one(LineList)
        self._outlook = seen = message.outlook
        if seen is None:
            self._lines = []
            rows.fill(0, lambda _: (), empty=message.sentence)
            return
        first = not self._lines
        self._lines = []
        for week in seen.weeks:
            self._lines += [week, *seen.of(week)]
        weeks = {str(week) for week in seen.weeks}
        self._lines += [each for each in seen.packs if each.week not in weeks]
        ready = sum(each.goes and not each.status.over for each in seen.of(seen.weeks[0]))
        self.query_one("#told", Static).update(f"{ready} siap minggu ini")
        # Before anybody moved: on the first post, which is what one comes for.
        rows.fill(
            len(self._lines),
            self._line,
            highlighted=1 if first and seen.of(seen.weeks[0]) else None,
        )
        self._show()

    def _line(self, row: int) -> Sequence[Content]:
        each, seen = self._lines[row], self._outlook
        board = self._board
        assert seen is not None and board is not None
        if isinstance(each, Week):
            return (week_line(each, seen),)
        if isinstance(each, Pack):
            return (pack_line(each),)
        width = self.query_one(LineList).scrollable_content_region.width
        return (parcel_line(each, board.title(each.post), self._last_names(each), width),)

    def _last_names(self, parcel: Parcel) -> str:
        """Where a post went already, by name."""
        names = {text.channel.id: text.channel.name for text in parcel.proof.texts}
        return ", ".join(names.get(each, each) for each in parcel.posted)

    # Reading

    def _here(self) -> _Row | None:
        row = self.query_one(LineList).highlighted
        return self._lines[row] if row < len(self._lines) else None

    @on(LineList.Highlighted)
    def _moved(self) -> None:
        self._channel = 0
        self._show()

    def _show(self) -> None:
        here, seen, board = self._here(), self._outlook, self._board
        said = Content("")
        if isinstance(here, Parcel) and board:
            said = parcel_text(here, board.title(here.post), self._channel, self._last_names(here))
        elif isinstance(here, Week) and seen:
            said = week_text(here, seen)
        elif isinstance(here, Pack):
            said = pack_text(here)
        preview = self._preview()
        if preview is not None:
            preview.set_class(not isinstance(here, Parcel), "-nothing")
            if isinstance(here, Parcel) and self.has_class("-wide"):
                preview.show_draft(here.post.unit, here.post.id)
        self.query_one("#text", Static).update(said)
        self.query_one("#reading").scroll_home(animate=False)

    def _preview(self) -> Preview | None:
        """The picture beside the list, of the folder that is open now."""
        shown = next(iter(self.query(Preview)), None)
        if shown is not None and shown.root == self.kit.root:
            return shown
        if shown is not None:
            shown.remove()
        if self.kit.root is None:
            return None
        preview = Preview(self.kit.root, open_key="v", classes="picture")
        # Out of the way of Tab: what is chosen in the list is what it shows.
        preview.can_focus = False
        self.query_one("#about").mount(preview, before=0)
        return preview

    def action_read(self, by: int) -> None:
        """On and back in the text."""
        pane = self.query_one("#reading", VerticalScroll)
        pane.scroll_relative(y=by * max(1, pane.size.height - 1), animate=False)

    def action_channel(self, by: int) -> None:
        """The text for another place."""
        here = self._here()
        if isinstance(here, Parcel) and here.proof.texts:
            self._channel = (self._channel + by) % len(here.proof.texts)
            self._show()

    # Doing

    def action_picture(self) -> None:
        """The whole picture in the system's viewer, or over the page of a browser."""
        here, preview = self._here(), self._preview()
        if isinstance(here, Parcel) and preview is not None:
            preview.open_draft(here.post.unit, here.post.id)
        else:
            self.notify("Pilih dulu postingannya.", severity="warning")

    def action_make(self) -> None:
        """The pack of the week that is highlighted."""
        seen, root, here = self._outlook, self.kit.root, self._here()
        if seen is None or root is None:
            return
        week = seen.weeks[0]
        if isinstance(here, Week):
            week = here
        elif isinstance(here, Parcel):
            week = Week.of(here.post.date)
        job = partial(jobs.make_week, root, [seen.unit], week.first, self.kit.clock())
        when = "minggu ini" if week == seen.weeks[0] else "minggu depan"
        self.app.push_screen(JobPanel(f"Menyiapkan paket {when}", job))

    def action_folder(self) -> None:
        """The folder of the pack, in the system's own window."""
        here, seen = self._here(), self._outlook
        if seen is None:
            return
        if isinstance(here, Pack):
            pack: Pack | None = here
        else:
            week = here if isinstance(here, Week) else Week.of(here.post.date) if here else None
            pack = seen.pack(week) if week else None
        if pack is None:
            self.notify("Paketnya belum ada. Tekan g: Siapkan paket.", severity="warning")
        elif not open_folder(pack.folder):
            self.notify(
                f"Jendela folder tidak dapat dibuka di sini. Letaknya: {plain(str(pack.folder))}",
                markup=False,
            )

    def action_copy(self) -> None:
        """The text that is shown, into the clipboard."""
        here = self._here()
        if not isinstance(here, Parcel) or not here.proof.texts:
            self.notify("Pilih dulu postingan yang punya teks.", severity="warning")
            return
        if not here.goes and not here.posted:
            told = f"Tidak disalin: postingan ini {here.status.word}. {here.why}".rstrip()
            self.notify(shown(told), severity="warning", markup=False)
            return
        text = here.proof.texts[self._channel]
        self.app.copy_to_clipboard(text.words)
        self.notify(
            f"Teks untuk {plain(text.channel.name)} sudah disalin. Bila saat ditempel ternyata "
            "kosong, jendela ini tidak dapat menyalin: pakai berkas teks di folder paket (b).",
            markup=False,
            timeout=10,
        )

    def action_done(self) -> None:
        """Write down where a post went out."""
        here = self._here()
        if not isinstance(here, Parcel):
            self.notify("Pilih dulu postingannya.", severity="warning")
            return
        warning = "" if here.goes else f"Postingan ini {here.status.word}."
        ask_where(self.kit, here.post, warning)

    def action_unit(self) -> None:
        """Another posyandu."""
        board = self._board
        units = board.units(self.kit.me) if board else []
        if len(units) < 2:
            return

        def chosen(unit: str | None) -> None:
            if unit is not None:
                self._unit, self._lines = unit, []
                self._ask()

        rows = [(each.slug, f"{each.name}, {each.village}") for each in units]
        self.app.push_screen(ChoosePanel("Posyandu yang mana?", rows, self._unit), chosen)

    def action_exchange(self) -> None:
        """Sheets and calendars, out and in."""
        if self._board is not None:
            self.app.push_screen(ExchangePanel(self._board, self.kit.me))

    @on(LineList.Chosen)
    def _opened(self) -> None:
        here = self._here()
        if isinstance(here, Parcel):
            self.kit.open_post(here.post.unit, here.post.id)
        elif isinstance(here, Week):
            self.action_make()
        else:
            self.action_folder()
