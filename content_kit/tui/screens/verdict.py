"""The small windows in which somebody decides: approve with what they made sure of, or return with a note."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label, Static

from content_kit.review.events import Kind
from content_kit.review.policy import Item
from content_kit.tui.rostering import Verdict
from content_kit.tui.screens.base import Panel
from content_kit.tui.widgets.box import Box
from content_kit.tui.widgets.inputs import Paragraph
from content_kit.tui.widgets.lines import plain
from content_kit.tui.widgets.ticklist import TickList

MAX_NOTE: Final = 500


def _nothing(_: str) -> None:
    pass


class ApprovePanel(Panel[Verdict]):
    """Approve: the questions that only a person can answer, and the passphrase where one signs."""

    CSS_PATH: ClassVar[str] = "verdict.tcss"

    def __init__(self, heading: str, about: str, items: Sequence[Item], *, key: bool) -> None:
        super().__init__()
        self._heading = heading
        self._about = about
        self._items = items
        self._key = key

    def compose(self) -> ComposeResult:
        """What, the questions, the passphrase, and the buttons."""
        with Vertical(id="panel"):
            yield Static(plain(self._heading), classes="heading")
            yield Static(plain(self._about), id="about")
            if self._items:
                yield Label("Yang Anda pastikan sendiri (spasi menandai):")
                questions = [(item.id, item.question) for item in self._items]
                yield TickList(questions, (), id="items")
            if self._key:
                yield Label("Kata sandi kunci Anda")
                yield Box(password=True, id="passphrase", compact=True)
                yield Static("", id="missing", classes="wrong", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Setujui", variant="primary", id="go")
                yield Button("Batal (Esc)", id="close")

    def on_mount(self) -> None:
        """Start where something is asked."""
        for found in self.query(TickList):
            found.styles.height = min(9, len(self._items))
        for wanted in (*self.query(TickList), *self.query("#passphrase"), self.query_one("#go")):
            wanted.focus()
            break

    @on(TickList.Chosen)
    @on(Input.Submitted)
    @on(Button.Pressed, "#go")
    def _go(self) -> None:
        lists = self.query(TickList)
        checked = tuple(lists.first().ticked) if lists else ()
        words = self.query("#passphrase").first(Input).value if self._key else ""
        if self._key and not words:
            self.query_one("#passphrase").focus()
            self.query_one("#missing", Static).update("Isi dulu kata sandi kunci Anda.")
            return
        self.dismiss(Verdict(Kind.APPROVE, self.kit.me, checked=checked, passphrase=words))

    @on(Button.Pressed, "#close")
    def _cancelled(self) -> None:
        self.dismiss(None)


class ReturnPanel(Panel[Verdict]):
    """Return: what has to be put right. Without a note nobody knows what to do.

    It begins with `note`, and `keep` is told what stands there however the window closes.
    """

    CSS_PATH: ClassVar[str] = "verdict.tcss"

    def __init__(self, title: str, note: str = "", keep: Callable[[str], None] = _nothing) -> None:
        super().__init__()
        self._title = title
        self._note = note
        self._keep = keep

    def compose(self) -> ComposeResult:
        """The note and the buttons."""
        with Vertical(id="panel"):
            yield Static("Kembalikan dengan catatan", classes="heading")
            yield Static(plain(self._title, "bold"))
            yield Label("Apa yang perlu diperbaiki?")
            yield Paragraph(self._note, id="note")
            yield Static("", id="count", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Kembalikan", variant="primary", id="go")
                yield Button("Batal (Esc)", id="close")

    def on_mount(self) -> None:
        """Start in the note, at its end."""
        area = self.query_one(Paragraph)
        area.move_cursor(area.document.end)
        area.focus()

    def on_unmount(self) -> None:
        """Whatever was written and not sent is offered the next time."""
        self._keep(self._note)

    @on(Paragraph.Changed)
    def _count(self) -> None:
        self._note = self.query_one(Paragraph).text
        said = len(self._note.strip())
        over = f", {said - MAX_NOTE} huruf terlalu panjang" if said > MAX_NOTE else ""
        self._say(f"{said}/{MAX_NOTE}{over}", wrong=bool(over))

    def _say(self, words: str, *, wrong: bool) -> None:
        line = self.query_one("#count", Static)
        line.update(words)
        line.set_class(wrong, "wrong")

    @on(Button.Pressed, "#go")
    def _go(self) -> None:
        note = self.query_one(Paragraph).text.strip()
        if not note or len(note) > MAX_NOTE:
            if not note:
                self._say("Tulis dulu apa yang perlu diperbaiki.", wrong=True)
            self.query_one(Paragraph).focus()
            return
        self._keep(note)  # before it is sent: what is refused is not lost
        self._keep = _nothing
        self.dismiss(Verdict(Kind.RETURN, self.kit.me, note))

    @on(Button.Pressed, "#close")
    def _cancelled(self) -> None:
        self.dismiss(None)
