"""Siapa di foto? Who can be recognised, by what consent, and the point that every crop keeps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Button, Input, Label, RadioSet, Static

from content_kit.errors import UsageError
from content_kit.files.photos import look
from content_kit.files.safe_text import shown
from content_kit.model import Consent, PeopleInPhoto, Photo, Pixels, Post
from content_kit.planning.photos import NO_CONSENT, Described, checked
from content_kit.schedule.dates import clock, plain_date, short_date
from content_kit.schedule.one_day import one_day
from content_kit.tui.screens.base import Panel
from content_kit.tui.widgets.box import Box
from content_kit.tui.widgets.cells import PixelBox
from content_kit.tui.widgets.lines import plain
from content_kit.tui.widgets.ticklist import TickList
from content_kit.tui.widgets.ticks import Choice, Tick

_PEOPLE: Final = {
    PeopleInPhoto.NONE: "Tidak ada yang bisa dikenali",
    PeopleInPhoto.ADULTS: "Orang dewasa",
    PeopleInPhoto.CHILDREN: "Ada anak, walau hanya satu",
}
_ANSWERS: Final = {None: "Belum bisa ditanya", True: "Bersedia", False: "Tidak mau"}
_YEAR: Final = re.compile(r"\d{4}")


class FocusGrid(Widget, can_focus=True):
    """Nine places of a photo; arrows choose the one that every crop keeps."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1, 0)", show=False),
        Binding("right", "step(1, 0)", show=False),
        Binding("up", "step(0, -1)", show=False),
        Binding("down", "step(0, 1)", show=False),
    ]
    DEFAULT_CSS = """
    FocusGrid { width: 11; height: 3; background: $panel; color: $foreground-muted; }
    FocusGrid:focus { background: $primary 25%; color: $foreground; }
    """

    place: reactive[tuple[int, int]] = reactive((1, 1))

    class Moved(Message):
        """Another place was chosen."""

    def __init__(self, point: tuple[float, float], *, id: str | None = None) -> None:
        super().__init__(id=id)
        column, row = (min(2, int(part * 3)) for part in point)
        self.set_reactive(FocusGrid.place, (column, row))

    @property
    def point(self) -> tuple[float, float]:
        """The chosen place as fractions of width and height."""
        column, row = self.place
        return (2 * column + 1) / 6, (2 * row + 1) / 6

    def action_step(self, across: int, along: int) -> None:
        """Choose a neighbour."""
        column, row = self.place
        self.place = (max(0, min(2, column + across)), max(0, min(2, row + along)))
        self.post_message(self.Moved())

    def render(self) -> Content:
        """Three rows of three."""
        column, row = self.place
        rows = (
            "   ".join("●" if (x, y) == (column, row) else "·" for x in range(3)) for y in range(3)
        )
        return Content("\n".join(f" {line} " for line in rows))


class _Seen(Message):
    def __init__(self, pixels: Pixels | None, sentence: str) -> None:
        super().__init__()
        self.pixels = pixels
        self.sentence = sentence


class PhotoForm(Panel[Described]):
    """The questions about one photo; the answer is ready to be written down."""

    CSS_PATH: ClassVar[str] = "photos.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "save", "Simpan")]

    def __init__(
        self,
        name: str,
        path: Path,
        turn: int,
        today: date,
        channels: Sequence[tuple[str, str]],
        allowed: Sequence[str],
        before: Photo | None = None,
    ) -> None:
        super().__init__()
        self._file = name
        self._path = path
        self._turn = turn
        self._today = today
        self._known = channels
        self._before = before
        self._given = before.consent if before else None
        said = self._given.channels if self._given else ()
        self._allowed = set(said or allowed)

    def compose(self) -> ComposeResult:
        """Who, then the consent where somebody can be recognised; the photo beside it."""
        given = self._given or Consent("", "media sosial posyandu", given=self._today)
        # Nothing is chosen beforehand: "nobody" must be somebody's own answer.
        people = self._before.people if self._before else None
        with Vertical(id="panel"):
            yield Static("Siapa di foto?", classes="heading")
            with Horizontal(id="middle"):
                with VerticalScroll(id="form", can_focus=False):
                    with RadioSet(id="people", compact=True):
                        for who, words in _PEOPLE.items():
                            yield Choice(words, value=who is people)
                    with Vertical(id="consent"):
                        yield Label("Nomor surat izin")
                        yield Box(given.number, id="number", compact=True, max_length=60)
                        yield Label("Untuk apa")
                        yield Box(given.purpose, id="purpose", compact=True, max_length=120)
                        yield Label("Tanggal izin")
                        yield Box(_written(given.given), id="given", compact=True)
                        yield Static("", id="note-given", classes="note", markup=False)
                        yield Label("Berlaku sampai (kosong: tanpa batas)")
                        yield Box(
                            _written(given.expires),
                            id="until",
                            compact=True,
                            placeholder="misalnya 10 November 2027",
                        )
                        yield Static("", id="note-until", classes="note", markup=False)
                        with Vertical(id="child"):
                            yield Tick(
                                "Orang tua atau wali sudah tanda tangan",
                                bool(given.guardian),
                                id="guardian",
                                compact=True,
                            )
                            yield Label("Anak sendiri sudah ditanya?")
                            with RadioSet(id="agreed", compact=True):
                                for answer, words in _ANSWERS.items():
                                    yield Choice(words, value=answer is given.child_agreed)
                        yield Label("Boleh diposting di (spasi memilih)")
                        yield TickList(self._known, self._allowed, id="channels")
                    yield Label("Titik yang selalu tampak (panah)")
                    focus = self._before.focus if self._before else (0.5, 0.5)
                    yield FocusGrid(focus, id="focus")
                with Vertical(id="side"):
                    yield PixelBox("Sebentar…", id="look")
                    yield Static(plain(self._file), id="about")
            yield Static("", id="warning", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Simpan (Ctrl+S)", variant="primary", id="go")
                yield Button("Kembali", id="close")

    def on_mount(self) -> None:
        """Begin with the question."""
        self.query_one("#people").focus()
        self._who()

    @property
    def _people(self) -> PeopleInPhoto | None:
        number = self.query_one("#people", RadioSet).pressed_index
        return list(_PEOPLE)[number] if number >= 0 else None

    @on(RadioSet.Changed, "#people")
    def _who(self) -> None:
        people = self._people
        self.query_one("#consent").display = people not in (None, PeopleInPhoto.NONE)
        self.query_one("#child").display = people is PeopleInPhoto.CHILDREN
        self._warn()

    @on(Input.Changed, "#number")
    def _warn(self) -> None:
        waits = self._people not in (None, PeopleInPhoto.NONE) and not self._text("number")
        self._told(NO_CONSENT if waits else "")

    def _told(self, words: str, *, wrong: bool = False) -> None:
        line = self.query_one("#warning", Static)
        line.update(words)
        line.set_class(wrong, "wrong")

    @on(FocusGrid.Moved)
    def _pointed(self) -> None:
        box = self.query_one(PixelBox)
        box.show(box.pixels, self._file, self.query_one(FocusGrid).point)

    @on(PixelBox.Resized)
    def _resized(self, message: PixelBox.Resized) -> None:
        message.stop()
        work = partial(self._look, *self.query_one(PixelBox).room)
        self.run_worker(work, thread=True, exit_on_error=False)

    def _look(self, width: int, height: int) -> None:
        pixels, findings = look(self._path, width, height, turn=self._turn)
        told = f"{findings[0].message} {findings[0].hint}".strip() if findings else ""
        self.post_message(_Seen(pixels, told))

    @on(_Seen)
    def _seen(self, message: _Seen) -> None:
        if message.pixels is None and self.is_current and self._before is None:
            # Nobody should answer questions about a photo that cannot be used.
            self.notify(shown(message.sentence), severity="warning", markup=False)
            self.dismiss(None)
            return
        point = self.query_one(FocusGrid).point
        self.query_one(PixelBox).show(message.pixels, self._file, point)

    @on(Button.Pressed, "#close")
    def _back(self) -> None:
        self.dismiss(None)

    @on(Button.Pressed, "#go")
    def action_save(self) -> None:
        """Answer, unless something is still missing."""
        try:
            self.dismiss(checked(self._described()))
        except UsageError as no:
            self._told(shown(str(no)), wrong=True)

    def _described(self) -> Described:
        people, grid = self._people, self.query_one(FocusGrid)
        if people is None:
            raise UsageError("Pilih dulu siapa yang terlihat di foto ini.")
        before = self._before.focus if self._before else (0.5, 0.5)
        same = grid.place == FocusGrid(before).place
        focus = before if same else grid.point
        if people is PeopleInPhoto.NONE or not self._text("number"):
            return Described(people, None, focus)
        chosen = self.query_one("#channels", TickList).ticked
        if not chosen:
            raise UsageError("Pilih di mana foto ini boleh diposting.")
        answer = self.query_one("#agreed", RadioSet).pressed_index
        return Described(
            people,
            Consent(
                self._text("number"),
                self._text("purpose"),
                () if len(chosen) == len(self._known) else chosen,
                self._date("given"),
                self._date("until"),
                guardian=self.query_one("#guardian", Tick).value,
                child_agreed=list(_ANSWERS)[max(0, answer)],
            ),
            focus,
        )

    def _text(self, id: str) -> str:
        return self.query_one(f"#{id}", Input).value.strip()

    def _date(self, id: str) -> date | None:
        day, why = self._understood(id)
        if why:
            self.query_one(f"#{id}").focus()
            raise UsageError(why)
        return day

    def _understood(self, id: str) -> tuple[date | None, str]:
        """The day in a field, None for an empty one; or a sentence that asks for it."""
        text = self._text(id)
        if not text:
            return None, ""
        day, why = one_day(text, self._today)
        if day is not None and id == "given" and day > self._today and not _YEAR.search(text):
            # Nobody consents in the future: without a year the last such day is meant.
            earlier, _ = one_day(f"{text} {day.year - 1}", self._today)
            day = earlier or day
        return day, why

    @on(Input.Changed, "#given, #until")
    def _dated(self, message: Input.Changed) -> None:
        """Say how a day is understood, unless it is written in full."""
        id = message.input.id or ""
        day, why = self._understood(id)
        told = f"= {plain_date(day)}" if day and message.value.strip() != plain_date(day) else why
        note = self.query_one(f"#note-{id}", Static)
        note.update(shown(told))
        note.set_class(bool(why), "wrong")
        note.display = bool(told)


class WithdrawPanel(Panel[bool]):
    """Before a consent is taken back: what was made with the photo."""

    def __init__(self, file: str, used: Sequence[Post]) -> None:
        super().__init__()
        self._file = file
        self._used = used

    def compose(self) -> ComposeResult:
        """The posts, and two ways out."""
        with Vertical(id="panel"):
            yield Static("Cabut izin foto?", classes="heading")
            yield Static(plain(self._file, "bold"))
            with VerticalScroll(id="body"):
                yield Static("\n".join(self._lines()), markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Cabut izin", variant="error", id="go")
                yield Button("Tidak jadi", id="close")

    def on_mount(self) -> None:
        """Start where nothing happens."""
        self.query_one("#close").focus()

    def _lines(self) -> list[str]:
        if not self._used:
            return ["Foto ini tidak dipakai di postingan mana pun."]
        board = self.kit.board
        known = board.channels if board else {}
        lines = ["Dipakai di:"]
        for post in self._used:
            where = ", ".join(known[id].name if id in known else id for id in post.channels)
            lines.append(shown(f"• {short_date(post.date)} {clock(post.time)} · {where}"))
        return [*lines, "", "Gambar yang sudah jadi dibuang. Yang sudah diposting: hapus di sana."]

    @on(Button.Pressed)
    def _pressed(self, message: Button.Pressed) -> None:
        self.dismiss(message.button.id == "go")


def _written(day: date | None) -> str:
    return plain_date(day) if day else ""
