"""Pustaka: the ready texts, searched while one types, read in full, and put into the calendar."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from content_kit.errors import KitError
from content_kit.files.workspace import Loaded, Workspace
from content_kit.model import Audience, Bidang, Pillar, Posyandu
from content_kit.planning.adding import Advice, Slot, add_entry, next_slot, told
from content_kit.planning.library import Entry
from content_kit.planning.pages import Pages
from content_kit.planning.search import Shelf, last_uses, load_everyday
from content_kit.tui import jobs
from content_kit.tui.board import Board
from content_kit.tui.screens.add import AddPanel
from content_kit.tui.screens.base import KitScreen
from content_kit.tui.screens.choose import ChoosePanel
from content_kit.tui.screens.read import Reader, ReadPanel, reading_act
from content_kit.tui.widgets.box import Box
from content_kit.tui.widgets.entries import entry_lines, reading
from content_kit.tui.widgets.keybar import KeyBar
from content_kit.tui.widgets.linelist import LineList
from content_kit.tui.widgets.lines import plain
from content_kit.tui.widgets.titlebar import TitleBar

_HELP = """\
Tulisan siap pakai. Cari, baca dulu, lalu tambahkan ke kalender posyandu Anda.

/      cari; setiap kata harus ada, salah ketik sedikit tidak apa-apa
t      tambahkan ke kalender: harinya diusulkan, Anda boleh mengubahnya
Enter  buka sebagai postingan baru, lalu ubah seperlunya
u      ganti posyandu: tanggal "dipakai" mengikuti posyandu itu
Ctrl+Z di baris cari: kembalikan ketikan; di daftar: batalkan tambahan terakhir

j  saring menurut jenis isi      b  saring menurut bidang
a  saring menurut sasaran        m  hanya yang cocok dengan musim sekarang
n  hanya yang ada di rencana dan belum ditelaah
x  hapus semua saringan

Spasi dan Backspace menggulung bacaan. Tulisan kesehatan yang "belum ditelaah nakes" boleh
direncanakan, tetapi belum dapat diajukan. Minta bidan atau petugas puskesmas membacanya, lalu
tekan d dan catat nama, peran, dan harinya: postingan dengan tulisan itu ikut tercatat."""

_QUESTIONS: Final = {
    "pillar": "Jenis isi yang mana?",
    "bidang": "Bidang yang mana?",
    "audience": "Untuk siapa?",
}
_WORDS: Final[Mapping[str, Sequence[Pillar | Bidang | Audience]]] = {
    "pillar": tuple(Pillar),
    "bidang": tuple(Bidang),
    "audience": tuple(Audience),
}


@dataclass
class Shelved(Message):
    """The library was read, or could not be; for the request it answers."""

    request: int
    advice: Advice | None
    shelf: Shelf | None
    sentence: str = ""


@dataclass(frozen=True)
class _Filter:
    """What is looked for besides words."""

    pillar: Pillar | None = None
    bidang: Bidang | None = None
    audience: Audience | None = None
    now: bool = False
    unread: bool = False


class LibraryScreen(KitScreen):
    """Search, read, add."""

    CSS_PATH: ClassVar[str] = "library.tcss"
    AUTO_FOCUS = "LineList"
    HELP = _HELP
    OFFERS = (
        ("Cari di pustaka", "Ketik satu dua kata.", "find"),
        ("Tambahkan ke kalender", "Tulisan yang ditandai.", "add"),
        ("Saring menurut jenis isi", "Edukasi, kader, jadwal, …", "filter('pillar')"),
        ("Saring menurut bidang", "Enam bidang SPM.", "filter('bidang')"),
        ("Saring menurut sasaran", "Ibu hamil, bayi, lansia, …", "filter('audience')"),
        ("Cocok dengan musim sekarang", "Nyalakan atau matikan.", "season"),
        ("Belum ditelaah", "Hanya yang ada di rencana.", "unread"),
        ("Hapus semua saringan", "Tampilkan semuanya lagi.", "clear"),
        ("Catat sudah dibaca nakes", "Nama, peran, dan hari.", "read_by"),
        ("Ganti posyandu pustaka", "Untuk siapa tulisannya.", "unit"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "find", "Cari", key_display="/"),
        Binding("t", "add", "Tambahkan ke kalender"),
        Binding("enter", "open", "Buka"),
        Binding("u", "unit", "Posyandu"),
        Binding("j", "filter('pillar')", show=False),
        Binding("b", "filter('bidang')", show=False),
        Binding("a", "filter('audience')", show=False),
        Binding("m", "season", show=False),
        Binding("n", "unread", show=False),
        Binding("d", "read_by", "Sudah dibaca", show=False),
        Binding("x", "clear", show=False),
        Binding("space", "read(1)", show=False),
        Binding("backspace", "read(-1)", show=False),
        Binding("escape", "back", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._request = 0
        self._loaded: Loaded | None = None
        self._advice: Advice | None = None
        self._shelf = Shelf((), ())
        self._unit = ""
        self._only = _Filter()
        self._found: list[Entry] = []
        self._seasons: frozenset[str] = frozenset()
        self._used: Mapping[str, date] = {}
        self._added: dict[str, tuple[str, str]] = {}

    def compose(self) -> ComposeResult:
        """The search with its filters, the list, and the text that is read."""
        yield TitleBar("Pustaka")
        with Horizontal(id="search"):
            yield Box(id="words", placeholder="Cari (/), misalnya menyusui", compact=True)
            yield Static("", id="count", markup=False)
        yield Static("", id="filters")
        with Container(id="columns"):
            yield LineList(row_height=2, empty="Membaca pustaka…", id="entries")
            with VerticalScroll(id="reading", can_focus=False):
                yield Static("", id="text")
        yield KeyBar()

    # What there is

    def draw(self, board: Board) -> None:
        """Read the library when the files changed, and show it for whoever sits here."""
        units = [each.slug for each in board.units(self.kit.me)]
        if self._unit not in units:
            self._unit = units[0] if units else ""
        if board.loaded is not self._loaded and (root := self.kit.root):
            self._loaded = board.loaded
            self._request += 1
            read = partial(self._read, root, self._request, board.loaded, board.today(self.kit.me))
            self.run_worker(read, thread=True, group="library", exit_on_error=False)
        self._know_unit()

    def _read(self, root: Path, request: int, loaded: Loaded, today: date) -> None:
        try:
            workspace = Workspace.open(root)
            advice = Advice.of(workspace, loaded)
            for posyandu in loaded.posyandu.values():
                advice.seasons(posyandu, today)  # the holidays of the year, before a key waits
                break
            said = Shelved(request, advice, Shelf.of(advice.library, load_everyday(workspace)[0]))
        except Exception as error:  # noqa: BLE001 - a thread must not take the screen along
            said = Shelved(request, None, None, jobs.apology(error))
        self.post_message(said)

    @on(Shelved)
    def _shelved(self, message: Shelved) -> None:
        if message.request != self._request:
            return
        if message.shelf is None:
            self.query_one(LineList).fill(0, lambda _: (), empty=message.sentence)
            return
        self._advice, self._shelf = message.advice, message.shelf
        self._know_unit()

    def _know_unit(self) -> None:
        """What the posyandu used already, and which seasons are on there."""
        board, advice = self.kit.board, self._advice
        posyandu = self._posyandu()
        if board is None or advice is None:
            return
        self._used = last_uses(board.loaded.posts(self._unit)) if posyandu else {}
        self._seasons = frozenset()
        if posyandu is not None:
            self._seasons = advice.seasons(posyandu, board.today(self.kit.me))
        self._seek(keep=True)

    def _posyandu(self) -> Posyandu | None:
        return self._loaded.posyandu.get(self._unit) if self._loaded else None

    # Searching

    @on(Input.Changed, "#words")
    def _typed(self) -> None:
        self._seek()

    def _seek(self, *, keep: bool = False) -> None:
        """Show what fits; with `keep` the highlighted entry stays where it still is."""
        entries = self.query_one("#entries", LineList)
        here = self._entry() if keep else None
        only = self._only
        self._found = self._shelf.search(
            self.query_one("#words", Input).value,
            pillar=only.pillar,
            bidang=only.bidang,
            audience=only.audience,
            seasons=self._seasons if only.now else None,
        )
        if only.unread and (board := self.kit.board):
            coming = board.index.between(board.today(self.kit.me), date.max)
            planned = {post.entry for post in coming}
            self._found = [one for one in self._found if one.id in planned and not one.signed]
        if not self.query_one("#words", Input).value.strip():
            self._found.sort(key=lambda each: not set(each.season) & self._seasons)
        entries.fill(
            len(self._found),
            self._lines,
            empty="Tidak ada yang cocok. x menghapus saringan.",
            highlighted=self._found.index(here) if here in self._found else 0,
        )
        left = sum(bool(each.sources) and not each.signed for each in self._found)
        waiting = f", {left} belum ditelaah" if left else ""
        self.query_one("#count", Static).update(f"{len(self._found)} tulisan{waiting}")
        self.query_one("#filters", Static).update(self._told())
        self._show()

    def _lines(self, row: int) -> Sequence[Content]:
        return entry_lines(self._found[row], self._seasons, self._used)

    def _told(self) -> Content:
        """The filters with their keys; one that is on stands out."""
        posyandu = self._posyandu()
        only = self._only
        parts = [
            ("u", "", posyandu.name if posyandu else ""),
            ("j", "jenis", only.pillar.label if only.pillar else ""),
            ("b", "bidang", only.bidang.label if only.bidang else ""),
            ("a", "sasaran", only.audience.label if only.audience else ""),
            ("m", "musim", "cocok sekarang" if only.now else ""),
            ("n", "telaah", "belum ditelaah" if only.unread else ""),
        ]
        line = Content("")
        for key, name, value in parts:
            said = plain(value, "bold") if value else plain(name, "$foreground-muted")
            line += Content.assemble((f"{key} ", "bold $accent"), said, "   ")
        return line

    def action_find(self) -> None:
        """To the search."""
        # At once, not with the next message: whoever types fast means the search.
        self.set_focus(self.query_one("#words"))

    @on(Input.Submitted, "#words")
    def action_back(self) -> None:
        """From the search to the list."""
        self.set_focus(self.query_one(LineList))

    def action_filter(self, kind: str) -> None:
        """One kind of content, one bidang, or one audience."""
        words = {str(word): word for word in _WORDS[kind]}

        def chosen(id: str | None) -> None:
            if id is not None:
                change: dict[str, Any] = {kind: words.get(id)}
                self._only = replace(self._only, **change)
                self._seek()

        rows = [(id, word.label) for id, word in words.items()]
        now = str(getattr(self._only, kind) or "")
        self.app.push_screen(ChoosePanel(_QUESTIONS[kind], rows, now, empty="Semua"), chosen)

    def action_season(self) -> None:
        """Only what fits the season, or everything."""
        self._only = replace(self._only, now=not self._only.now)
        self._seek()

    def action_unread(self, *, wanted: bool | None = None) -> None:
        """Only what is planned and waits for a health worker, or everything."""
        unread = not self._only.unread if wanted is None else wanted
        self._only = replace(self._only, unread=unread)
        self._seek()

    def action_clear(self) -> None:
        """Everything again."""
        self._only = _Filter()
        self.query_one("#words", Input).value = ""
        self._seek()

    def action_unit(self) -> None:
        """For another posyandu."""
        self._choose_unit(self._know_unit)

    def _choose_unit(self, then: Callable[[], None]) -> None:
        board = self.kit.board
        if board is None:
            return
        units = board.units(self.kit.me)
        if len(units) < 2:
            then()
            return

        def chosen(unit: str | None) -> None:
            if unit is not None:
                self._unit = unit
                self._know_unit()
                then()

        rows = [(each.slug, f"{each.name}, {each.village}") for each in units]
        self.app.push_screen(ChoosePanel("Untuk posyandu mana?", rows, self._unit), chosen)

    # Reading

    def _entry(self) -> Entry | None:
        row = self.query_one("#entries", LineList).highlighted
        return self._found[row] if row < len(self._found) else None

    @on(LineList.Highlighted)
    def _show(self) -> None:
        entry = self._entry()
        text = reading(entry, self._seasons, self._used) if entry else Content("")
        self.query_one("#text", Static).update(text)
        self.query_one("#reading").scroll_home(animate=False)

    def action_read(self, by: int) -> None:
        """On and back in the text."""
        pane = self.query_one("#reading", VerticalScroll)
        pane.scroll_relative(y=by * max(1, pane.size.height - 1), animate=False)

    def action_read_by(self) -> None:
        """Write down that a health worker has read the text."""
        entry, board = self._entry(), self.kit.board
        if entry is None or board is None:
            return
        if not entry.sources or entry.signed:
            told = (
                "sudah ditelaah" if entry.sources else "tidak memakai sumber, jadi boleh diajukan"
            )
            self.notify(f"Tulisan ini {told}.", timeout=4)
            return
        today = board.today(self.kit.me)

        def answered(reader: Reader | None) -> None:
            if reader is not None:
                self.kit.edit(reading_act(entry.id, entry.words, reader, today))

        self.app.push_screen(ReadPanel(entry.title, today), answered)

    # Into the calendar

    def action_add(self) -> None:
        """Ask for whom and when, then add."""
        if self._entry() is None or not self._unit:
            self.notify("Pilih dulu tulisannya, dan pastikan ada posyandunya.", severity="warning")
            return
        self._choose_unit(self._ask_day)

    def _ask_day(self) -> None:
        entry, advice, loaded = self._entry(), self._advice, self._loaded
        board = self.kit.board
        if entry and advice and loaded and board and self._posyandu():
            panel = AddPanel(advice, loaded, self._unit, entry, board.today(self.kit.me))
            self.app.push_screen(panel, partial(self._add, self._unit, entry))

    def _add(self, unit: str, entry: Entry, slot: Slot | None) -> None:
        loaded, advice = self._loaded, self._advice
        if slot is None or loaded is None or advice is None:
            return

        def act(workspace: Workspace, now: Loaded) -> Pages:
            pages, post = add_entry(advice, workspace, now, unit, entry, slot)
            self._added[entry.id] = (unit, post.id)
            return pages

        self.kit.edit(act, unit=unit, what=told(loaded.posyandu[unit], entry, slot))

    @on(LineList.Chosen)
    def action_open(self) -> None:
        """The post that was just made of it, else a new one in the form."""
        entry, advice, loaded, board = self._entry(), self._advice, self._loaded, self.kit.board
        if entry is None or advice is None or loaded is None or board is None:
            return
        if entry.id in self._added and self._there(board, *self._added[entry.id]):
            self.kit.open_post(*self._added[entry.id])
            return
        if self._posyandu() is None:
            self.notify("Belum ada posyandu di folder ini.", severity="warning")
            return
        try:
            slot = next_slot(advice, loaded, self._unit, entry, board.today(self.kit.me))
        except KitError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self.kit.new_post(self._unit, slot.day, entry.id)

    @staticmethod
    def _there(board: Board, unit: str, post: str) -> bool:
        return any(each.id == post for each in board.loaded.posts(unit))
