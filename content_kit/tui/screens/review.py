"""Tinjau: one post after the other, as it will appear, with what was found, what changed, and a decision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widgets import Static

from content_kit.files.safe_text import shown
from content_kit.review.events import Kind
from content_kit.tui import jobs, notes, rostering
from content_kit.tui.board import Board
from content_kit.tui.rostering import Key, Opened, Verdict
from content_kit.tui.screens.base import KitScreen
from content_kit.tui.screens.confirm import ConfirmPanel
from content_kit.tui.screens.read import Reader, ReadPanel, reading_act
from content_kit.tui.screens.verdict import ApprovePanel, ReturnPanel
from content_kit.tui.screens.who import WhoPanel
from content_kit.tui.widgets.captions import Captions
from content_kit.tui.widgets.keybar import KeyBar
from content_kit.tui.widgets.lines import plain
from content_kit.tui.widgets.preview import Preview
from content_kit.tui.widgets.reviewing import about, changes, found, heading
from content_kit.tui.widgets.titlebar import TitleBar

_HELP = """\
Satu postingan sekali lihat: gambar, teks yang akan ditempel, temuan, dan apa yang berubah.
Huruf tersembunyi ditulis terang-terangan, misalnya <U+202E>.

n  →  berikutnya           p  ←  sebelumnya
s     setujui              k     kembalikan dengan catatan
a     ajukan               t     tarik pengajuan
e     ubah isinya          g     buka gambar penuh
w     ganti orang          Esc   kembali ke daftar
d     catat bahwa petugas kesehatan sudah membaca tulisan pustaka ini

Yang disetujui adalah persis yang tampak di sini. Bila ada yang berubah sesudahnya,
persetujuannya gugur dengan sendirinya. Spasi menggulung bacaan."""


@dataclass
class _Opened(Message):
    """The post was read and checked, or could not be."""

    number: int
    key: Key
    opened: Opened | None
    sentence: str = ""


@dataclass
class _Settled(Message):
    """A verdict was carried out, or refused."""

    key: Key
    sentence: str
    wrong: bool


class ReviewScreen(KitScreen):
    """The posts of a list, one at a time. A `sample` is only looked at: its approval comes after."""

    CSS_PATH: ClassVar[str] = "review.tcss"
    HELP = _HELP
    OFFERS = (
        ("Setujui", "Persis yang tampak di sini.", "approve"),
        ("Kembalikan dengan catatan", "Apa yang perlu diperbaiki.", "give_back"),
        ("Ajukan", "Minta persetujuan.", "submit"),
        ("Tarik pengajuan", "Persetujuan yang ada ikut gugur.", "withdraw"),
        ("Postingan berikutnya", "Yang sesudah ini di daftar.", "go(1)"),
        ("Postingan sebelumnya", "Yang sebelum ini di daftar.", "go(-1)"),
        ("Catat sudah dibaca nakes", "Nama, peran, dan hari.", "read_by"),
        ("Ubah isinya", "Buka formulir postingan ini.", "edit"),
        ("Buka gambar", "Gambar penuh di jendela sendiri.", "picture"),
        ("Saya siapa?", "Siapa yang meninjau.", "who"),
        ("Kembali ke daftar", "Tutup tinjauan.", "back"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,right", "go(1)", "Berikutnya", key_display="n"),
        Binding("s", "approve", "Setujui"),
        Binding("k", "give_back", "Kembalikan"),
        Binding("escape", "back", "Kembali"),
        Binding("p,left", "go(-1)", "Sebelumnya", show=False),
        Binding("a", "submit", "Ajukan", show=False),
        Binding("t", "withdraw", "Tarik", show=False),
        Binding("d", "read_by", "Sudah dibaca", show=False),
        Binding("e", "edit", "Ubah", show=False),
        Binding("g", "picture", "Buka gambar", show=False),
        Binding("w", "who", "Saya siapa?", show=False),
        Binding("space,down,pagedown", "scroll(1)", "Gulung turun", show=False, priority=True),
        Binding("up,pageup", "scroll(-1)", "Gulung naik", show=False, priority=True),
    ]

    def __init__(
        self,
        keys: Sequence[Key],
        at: int,
        *,
        sample: bool = False,
        then: Callable[[frozenset[Key]], None] | None = None,
    ) -> None:
        super().__init__()
        self._keys = list(keys)
        self._at = at
        self._sample = sample
        self._then = then
        self._number = 0
        self._opened: Opened | None = None
        self._seen: set[Key] = set()
        self._board: Board | None = None

    def compose(self) -> ComposeResult:
        """Where in the list, the picture, and the reading."""
        assert self.kit.root is not None  # a post is opened from a list of the workspace
        yield TitleBar("Tinjau")
        with Horizontal(id="head"):
            yield Static("", id="whose", markup=False)
            yield Static("", id="place", markup=False)
        with Horizontal(id="columns"):
            yield Preview(self.kit.root, id="preview", open_key="g")
            with VerticalScroll(id="reading", can_focus=False):
                yield Static("Membuka…", id="about", markup=False)
                yield Static("", id="found", markup=False)
                yield Static("", id="changes", markup=False)
                yield Captions(id="captions", can_focus=False)
                yield Static("", id="trust", markup=False)
        yield KeyBar()

    def draw(self, board: Board) -> None:
        """Open the post again: it may have changed."""
        self._board = board
        self._open()

    # The post

    @property
    def key(self) -> Key:
        """The post on the screen."""
        return self._keys[self._at]

    def _open(self) -> None:
        root = self.kit.root
        if root is None:
            return
        self._number += 1
        number, key, now, me = self._number, self.key, self.kit.clock(), self.kit.me
        if self._opened is not None and _key_of(self._opened) != key:
            self._opened = None  # nobody decides about a post that is not on the screen
        self.query_one("#place", Static).update(self._place())

        def work() -> None:
            try:
                # Without a turn, as in the roster: reading harms nobody.
                told = _Opened(number, key, rostering.open_post(root, key, now, me))
            except Exception as error:  # noqa: BLE001 - a thread must not take the screen along
                told = _Opened(number, key, None, jobs.apology(error))
            self.post_message(told)

        self.run_worker(work, thread=True, group="open", exit_on_error=False)

    def _place(self) -> str:
        kind = "sampel" if self._sample else "postingan"
        return f"{kind} {self._at + 1} dari {len(self._keys)}"

    @on(_Opened)
    def _came(self, message: _Opened) -> None:
        if message.number != self._number:
            return
        self._opened = opened = message.opened
        reading = self.query_one("#about", Static)
        if opened is None:
            self.query_one("#whose", Static).update("")
            reading.update(plain(message.sentence, "$error"))
            for id in ("#found", "#changes", "#trust"):
                self.query_one(id, Static).update("")
            self.query_one(Captions).show(None)
            self.query_one(Preview).show_words("Tidak ada gambar.")
            return
        self._seen.add(message.key)
        self.query_one("#whose", Static).update(heading(opened.state))
        reading.update(about(opened, notes.find(self.kit.drafts, message.key)))
        self.query_one("#found", Static).update(found(opened))
        difference = self.query_one("#changes", Static)
        difference.update(changes(opened.state))
        difference.display = bool(opened.state.changes)
        self.query_one(Captions).show(opened.state.proof)
        self.query_one("#trust", Static).update(plain(opened.trust, "$foreground-muted"))
        self.query_one(Preview).show_draft(*message.key)
        self.query_one("#reading").scroll_home(animate=False)

    # Moving

    def action_go(self, by: int) -> None:
        """The next or the previous post."""
        at = self._at + by
        if 0 <= at < len(self._keys):
            self._at = at
            self._open()
        elif by > 0 and self._sample:
            self.action_back()
        else:
            told = "Ini yang terakhir. Esc: kembali ke daftar." if by > 0 else "Ini yang pertama."
            self.notify(told)

    def action_scroll(self, by: int) -> None:
        """Read on, or back."""
        reading = self.query_one("#reading")
        (reading.scroll_page_down if by > 0 else reading.scroll_page_up)(animate=False)

    def action_back(self) -> None:
        """To the list."""
        self.dismiss()
        if self._then is not None:
            self._then(frozenset(self._seen))

    def action_edit(self) -> None:
        """The form of this post."""
        self.kit.open_post(*self.key)

    def action_read_by(self) -> None:
        """Write down that a health worker has read the library's text that this post says."""
        opened, board = self._opened, self._board
        if opened is None or board is None:
            return
        post = opened.state.proof.post
        if not opened.unread:
            self.notify("Tidak ada sumber yang menunggu dibaca.", timeout=4)
        elif not opened.words:
            # What was read here is the post: a text of the library with other words stays unread.
            told = "Tulis nama dan peran yang membaca postingan ini di isian Sumber."
            if post.entry:
                told = f"Tulisan ini tidak sama lagi dengan pustaka. {told}"
            self.notify(told, timeout=8)
            self.kit.open_post(post.unit, post.id, "sumber")
        else:
            today, words = board.today(self.kit.me), opened.words

            def answered(reader: Reader | None) -> None:
                if reader is not None:
                    self.kit.edit(reading_act(post.entry, words, reader, today))

            self.app.push_screen(ReadPanel(board.title(post), today), answered)

    def action_picture(self) -> None:
        """The whole picture in the system's viewer."""
        self.query_one(Preview).action_open()

    def action_who(self) -> None:
        """Whoever reviews."""
        if self._board is not None:
            self.app.push_screen(WhoPanel(self._board), self._seated)

    def _seated(self, person: str | None) -> None:
        if person is not None:
            self.kit.sit_down(person)

    # Deciding

    def _ready(self, kind: Kind) -> Opened | None:
        """The post, when somebody is there to decide about it and this can be decided."""
        if self._sample:
            self.notify("Sampel hanya dilihat. Persetujuannya sesudah semua dibuka.")
            return None
        if not self.kit.me:
            self.notify("Sebut dulu siapa Anda: tekan w.", severity="warning")
            return None
        if self._opened is None:
            self.notify("Sebentar, postingan ini belum terbuka.", severity="warning", timeout=4)
            return None
        # Before anything is asked: nobody writes a note that is then refused.
        if why := rostering.hindrance(self._opened, kind, self.kit.me):
            self.notify(shown(why), severity="warning", markup=False, timeout=12)
            return None
        return self._opened

    def action_approve(self) -> None:
        """Approve exactly what is shown."""
        if opened := self._ready(Kind.APPROVE):
            asked = set(opened.state.unticked)
            items = [item for item in opened.items if item.id in asked]
            title = self._title(opened)
            panel = ApprovePanel("Setujui postingan ini?", title, items, key=opened.key)
            self.app.push_screen(panel, partial(self._settle, opened))

    def action_give_back(self) -> None:
        """Give it back with a note."""
        if opened := self._ready(Kind.RETURN):
            key, drafts, now = _key_of(opened), self.kit.drafts, self.kit.clock()
            panel = ReturnPanel(
                self._title(opened),
                notes.find(drafts, key),
                lambda note: notes.keep(drafts, key, note, now),
            )
            self.app.push_screen(panel, partial(self._settle, opened))

    def action_submit(self) -> None:
        """Hand it in."""
        if opened := self._ready(Kind.SUBMIT):
            self._settle(opened, Verdict(Kind.SUBMIT, self.kit.me))

    def action_withdraw(self) -> None:
        """Take it back."""
        if opened := self._ready(Kind.WITHDRAW):
            words = ("Persetujuan yang sudah ada ikut gugur.",)
            panel = ConfirmPanel("Tarik pengajuan ini?", words, "Tarik (y)")

            def answered(yes: bool | None) -> None:
                if yes:
                    self._settle(opened, Verdict(Kind.WITHDRAW, self.kit.me))

            self.app.push_screen(panel, answered)

    def _title(self, opened: Opened) -> str:
        post = opened.state.proof.post
        assert self._board is not None  # the screen follows the board before a post is open
        return self._board.title(post)

    def _settle(self, opened: Opened, verdict: Verdict | None) -> None:
        root = self.kit.root
        if verdict is None or root is None:
            return
        key, seal, now = _key_of(opened), opened.state.sealed.seal, self.kit.clock()
        drafts = self.kit.drafts
        self.kit.stop_looking()

        def work() -> None:
            try:
                with self.kit.writing:
                    said = rostering.settle(root, key, seal, verdict, now)
                if verdict.note:
                    notes.forget(drafts, key)
                told = _Settled(key, said, wrong=False)
            except Exception as error:  # noqa: BLE001 - a thread must not take the screen along
                said = jobs.apology(error)
                if verdict.note:
                    said += " Catatan Anda tersimpan: tekan k untuk memakainya lagi."
                told = _Settled(key, said, wrong=True)
            self.post_message(told)

        self.run_worker(work, thread=True, group="settle", exit_on_error=False)

    @on(_Settled)
    def _settled(self, message: _Settled) -> None:
        self.notify(
            shown(message.sentence),
            severity="error" if message.wrong else "information",
            markup=False,
            timeout=12 if message.wrong else 5,
        )
        last = self._at + 1 == len(self._keys)
        if not message.wrong and message.key == self.key and not last:  # else one went on already
            self._at += 1
        # The board follows the files, and this screen the board.
        self.kit.action_reload()
        self._open()


def _key_of(opened: Opened) -> Key:
    post = opened.state.proof.post
    return post.unit, post.id
