"""Foto masuk: pick the photo that just came in, turn it upright, and store it with who is in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.notifications import SeverityLevel
from textual.widgets import Button, Input, Static

from content_kit.errors import UsageError
from content_kit.files.inbox import Incoming
from content_kit.files.photos import look
from content_kit.files.safe_text import shown
from content_kit.files.user_folders import downloads_folder, homely
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding
from content_kit.model import Pixels, Zone
from content_kit.planning import photos
from content_kit.planning.photos import Described, Stored
from content_kit.tui import jobs
from content_kit.tui.photo_work import Found, Outcome, Shelf, listed
from content_kit.tui.screens.base import Panel
from content_kit.tui.screens.photo_form import PhotoForm, WithdrawPanel
from content_kit.tui.widgets.box import Box
from content_kit.tui.widgets.cells import PixelBox
from content_kit.tui.widgets.linelist import LineList
from content_kit.tui.widgets.photo_lines import incoming_lines, stored_lines

SETTING: Final = "foto_masuk"
"""What this machine remembers: the folder that photos come into."""
PAUSE: Final = 0.08
"""Seconds on one row before its photo is decoded, so that holding an arrow key stays smooth."""


@dataclass
class _Listed(Message):
    found: Found
    highlight: str = ""


@dataclass
class _Looked(Message):
    request: int
    pixels: Pixels | None
    sentence: str


@dataclass
class _Flawed(Message):
    path: Path
    sentence: str


@dataclass
class _Done(Message):
    outcome: Outcome
    wrong: bool = False


class PhotosPanel(Panel[str]):
    """Picks a photo for a post; the answer is its file name in the unit's `foto/`.

    `day` and `channels` are the post's: a consent is told as it stands for that post.
    """

    CSS_PATH: ClassVar[str] = "photos.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", "Putar", priority=True),
        Binding("right", "turn(1)", "Putar", priority=True),
        Binding("s", "switch", "Daftar lain"),
        Binding("f", "folder", "Folder lain"),
        Binding("i", "describe", "Catat siapa dan izinnya"),
        Binding("x", "withdraw", "Cabut izin"),
    ]

    def __init__(self, unit: str, day: date | None = None, channels: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._unit = unit
        self._day = day
        self._channels = channels
        self._found: Found | None = None
        self._old = False
        self._turn = 0
        self._request = 0
        self._busy = False
        self._left = False

    def compose(self) -> ComposeResult:
        """Two lists of which one is shown, the photo beside it, and what the keys do."""
        with Vertical(id="panel"):
            yield Static("Foto masuk", classes="heading", id="heading", markup=False)
            yield Static("", id="where", classes="quiet", markup=False)
            yield Box(id="folder", placeholder="Folder tempat foto masuk", compact=True)
            with Horizontal(id="middle"):
                yield LineList(row_height=2, empty="Sebentar…", id="list")
                with Vertical(id="side"):
                    yield PixelBox(id="look")
                    yield Static("", id="about", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Pakai foto ini (Enter)", variant="primary", id="go")
                yield Button("Sudah ada (s)", id="switch")
                yield Button("Tutup", id="close")

    def on_mount(self) -> None:
        """List what is there."""
        self.query_one("#folder").display = False
        self.query_one(LineList).focus()
        self._list()

    # Listing

    @property
    def _list_widget(self) -> LineList:
        return self.query_one(LineList)

    def _zone(self) -> Zone:
        board = self.kit.board
        posyandu = board.loaded.posyandu.get(self._unit) if board else None
        return posyandu.zone if posyandu else Zone.WITA

    def _today(self) -> date:
        return self.kit.clock().astimezone(self._zone().tz).date()

    def _list(self, highlight: str = "") -> None:
        root = self.kit.root
        if root is None:
            return
        kept = self.kit.recall(SETTING)
        folder = Path(kept) if kept else downloads_folder()
        day = self._day or self._today()
        work = partial(self._look_around, root, folder, day, highlight)
        self.run_worker(work, thread=True, exit_on_error=False)

    def _look_around(self, root: Path, folder: Path, day: date, highlight: str) -> None:
        try:
            found = listed(root, self._unit, folder, day, self._channels)
        except Exception as error:  # noqa: BLE001 - a thread must not take the screen along
            self.post_message(_Done(Outcome(jobs.apology(error)), wrong=True))
        else:
            self.post_message(_Listed(found, highlight))

    @on(_Listed)
    def _listed(self, message: _Listed) -> None:
        self._found = found = message.found
        posyandu = found.loaded.posyandu.get(self._unit)
        name = posyandu.name if posyandu else self._unit
        self.query_one("#heading", Static).update(shown(f"Foto masuk · {name}"))
        names = [each.file for each in found.stored]
        if message.highlight in names:
            self._old = True
        self._fill(names.index(message.highlight) if message.highlight in names else 0)
        self.run_worker(partial(self._inspect, found), thread=True, exit_on_error=False)

    def _inspect(self, found: Found) -> None:
        """Open each new photo once: a file that came by half has a head like any other."""
        for each in found.incoming:
            if self._left or self._found is None or self._found.folder != found.folder:
                return
            if not each.problem:
                _, findings = look(each.path, 8, 8)
                if findings:
                    self.post_message(_Flawed(each.path, _told(findings)))

    @on(_Flawed)
    def _flawed(self, message: _Flawed) -> None:
        """Mark a photo that cannot be used."""
        if self._found is None:
            return
        self._found = replace(
            self._found,
            incoming=tuple(
                replace(each, problem=message.sentence) if each.path == message.path else each
                for each in self._found.incoming
            ),
        )
        if not self._old:
            self._list_widget.fill(len(self._found.incoming), self._incoming_row)

    def on_unmount(self) -> None:
        """Nobody waits for the other photos any more."""
        self._left = True

    def _fill(self, row: int = 0) -> None:
        found = self._found
        if found is None:
            return
        rows = found.stored if self._old else found.incoming
        draw = self._stored_row if self._old else self._incoming_row
        empty = (
            "Posyandu ini belum punya foto. Tekan s untuk melihat foto masuk."
            if self._old
            else found.trouble or "Belum ada foto di folder ini. Tekan f untuk folder lain."
        )
        where = f"Foto milik posyandu ini ({len(rows)})"
        if not self._old:
            where = f"Foto baru di {homely(found.folder)} ({len(rows)})"
        self.query_one("#where", Static).update(shown(where))
        self.query_one("#switch", Button).label = "Foto baru (s)" if self._old else "Sudah ada (s)"
        self.refresh_bindings()
        self._list_widget.fill(len(rows), draw, empty=empty, highlighted=row)
        self._highlight()

    def _incoming_row(self, row: int) -> list[Content]:
        return incoming_lines(self._found.incoming[row], self._zone()) if self._found else []

    def _stored_row(self, row: int) -> list[Content]:
        if self._found is None:
            return []
        each = self._found.stored[row]
        return stored_lines(each, len(photos.used_in(self._found.loaded, self._unit, each.file)))

    # The photo beside the list

    @on(LineList.Highlighted)
    def _moved(self) -> None:
        self._turn = 0
        self._highlight()

    def _highlight(self) -> None:
        self._request += 1
        self.set_timer(PAUSE, partial(self._look, self._request))

    @on(PixelBox.Resized)
    def _resized(self, message: PixelBox.Resized) -> None:
        message.stop()
        self._highlight()

    def _look(self, request: int) -> None:
        if request != self._request or not self.is_mounted:
            return
        path, box = self._path(), self.query_one(PixelBox)
        problem = self._problem()
        self.query_one("#about", Static).update(shown(problem if self._old else ""))
        if path is None or (problem and not self._old):
            box.show(None, problem)
            return
        work = partial(self._decode, request, path, *box.room, self._turn)
        self.run_worker(work, thread=True, exit_on_error=False)

    def _decode(self, request: int, path: Path, width: int, height: int, turn: int) -> None:
        if request != self._request:
            return
        pixels, findings = look(path, width, height, turn=turn)
        told = _told(findings) if findings else path.name
        self.post_message(_Looked(request, pixels, told))

    @on(_Looked)
    def _looked(self, message: _Looked) -> None:
        if message.request == self._request:
            self.query_one(PixelBox).show(message.pixels, message.sentence)

    # What is chosen

    def _incoming(self) -> Incoming | None:
        row = self._list_widget.highlighted
        found = self._found
        fits = found is not None and not self._old and row < len(found.incoming)
        return found.incoming[row] if fits and found else None

    def _stored(self) -> Stored | None:
        row = self._list_widget.highlighted
        found = self._found
        fits = found is not None and self._old and row < len(found.stored)
        return found.stored[row] if fits and found else None

    def _problem(self) -> str:
        each = self._incoming() or self._stored()
        return each.problem if each else ""

    def _path(self) -> Path | None:
        each, old = self._incoming(), self._stored()
        if each is not None:
            return each.path
        if old is None or not old.there or self.kit.root is None:
            return None
        try:
            return Workspace(self.kit.root).photo_path(self._unit, old.file)
        except UsageError:
            return None

    # Actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a folder is typed the arrows move in its words; while something is stored nothing goes."""
        if action == "turn":
            return not self._old and not self.query_one("#folder").has_focus
        return action not in ("describe", "withdraw") or self._old

    def action_turn(self, quarters: int) -> None:
        """Turn the photo by a quarter."""
        if self._incoming() is not None:
            self._turn = (self._turn + quarters) % 4
            self._highlight()

    @on(Button.Pressed, "#switch")
    def action_switch(self) -> None:
        """New photos, or those that the posyandu has."""
        self._old, self._turn = not self._old, 0
        self._fill()
        self._list_widget.focus()

    def action_folder(self) -> None:
        """Photos come into another folder."""
        field = self.query_one("#folder", Input)
        field.value = homely(self._found.folder) if self._found else ""
        field.display = True
        field.focus()

    @on(Input.Submitted, "#folder")
    def _another_folder(self, message: Input.Submitted) -> None:
        message.stop()
        text = message.value.strip().strip('"')
        folder = Path(text).expanduser() if text else downloads_folder()
        if not folder.is_dir():
            told = f"Folder {shown(homely(folder))} tidak ada."
            self.notify(told, severity="warning", markup=False)
            return
        self.query_one("#folder").display = False
        self.kit.remember(SETTING, str(folder.resolve()) if text else "")
        self._old = False
        self._list_widget.focus()
        self._list()

    @on(Button.Pressed, "#close")
    def _close(self) -> None:
        self.dismiss(None)

    @on(LineList.Chosen)
    @on(Button.Pressed, "#go")
    def _go(self) -> None:
        new, old = self._incoming(), self._stored()
        if old is not None:
            if old.entry is None and old.there:
                self.action_describe()
            elif old.there:
                self._answer(old.file, old.problem)
            else:
                self.notify(shown(old.problem), severity="warning", markup=False)
        elif new is not None and new.problem:
            self.notify(shown(new.problem), severity="warning", markup=False)
        elif new is not None:
            path, turn = new.path, self._turn
            self._ask(path.name, None, lambda shelf, said: shelf.add(path, said, turn))

    def _answer(self, file: str, problem: str = "") -> None:
        if problem:
            self.notify(shown(problem), severity="warning", markup=False)
        self.dismiss(file)

    def action_describe(self) -> None:
        """Write down who is in a photo that the posyandu has."""
        old = self._stored()
        if old is not None and old.there:
            file = old.file
            self._ask(file, old, lambda shelf, said: shelf.describe(file, said))

    def action_withdraw(self) -> None:
        """Take a consent back."""
        old = self._stored()
        if old is None or self._found is None:
            return
        if old.entry is None or old.entry.consent is None or old.entry.consent.withdrawn:
            self.notify("Foto ini tidak punya izin yang bisa dicabut.", severity="warning")
            return
        used = photos.used_in(self._found.loaded, self._unit, old.file)

        def sure(yes: bool | None) -> None:
            if yes:
                today = self._today()
                self._carry(lambda shelf: shelf.withdraw(old.file, today))

        self.kit.push_screen(WithdrawPanel(old.file, used), sure)

    def _ask(
        self, name: str, old: Stored | None, then: Callable[[Shelf, Described], Outcome]
    ) -> None:
        path, found = self._path(), self._found
        if path is None or found is None or self._busy:
            return

        def told(described: Described | None) -> None:
            if described is not None:
                self._carry(lambda shelf: then(shelf, described))

        before = old.entry if old else None
        allowed = self._channels or found.loaded.office.default_channels
        form = PhotoForm(name, path, self._turn, self._today(), found.channels, allowed, before)
        self.kit.push_screen(form, told)

    # On a worker thread

    def _carry(self, work: Callable[[Shelf], Outcome]) -> None:
        root = self.kit.root
        if root is None or self._busy:
            return
        shelf = Shelf(root, self._unit, self.kit.history)

        def carried() -> None:
            with self.kit.writing:
                try:
                    done = _Done(work(shelf))
                except Exception as error:  # noqa: BLE001 - a thread must not take the screen along
                    done = _Done(Outcome(jobs.apology(error)), wrong=True)
            self.post_message(done)

        self._busy = True
        self.kit.stop_looking()
        self.run_worker(carried, thread=True, exit_on_error=False)

    @on(_Done)
    def _done(self, message: _Done) -> None:
        self._busy = False
        outcome = message.outcome
        severity: SeverityLevel = "error" if message.wrong else "information"
        self.notify(shown(outcome.sentence), severity=severity, markup=False)
        if message.wrong:
            return
        self.kit.action_reload()
        if outcome.answer:
            self.dismiss(outcome.answer)
        else:
            stored = self._stored()
            self._list(stored.file if stored else "")


def _told(findings: Sequence[Finding]) -> str:
    return f"{findings[0].message} {findings[0].hint}".strip()
