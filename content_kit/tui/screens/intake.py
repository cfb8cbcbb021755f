"""Taking a table: which file, then what it would change; only a yes writes."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Input, Label, Static

from content_kit.files.safe_text import shown
from content_kit.files.user_folders import downloads_folder, homely
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding, Level, clipped
from content_kit.planning.intake import WORDS
from content_kit.planning.intake_complete import Answers
from content_kit.planning.intake_rows import CHANGED, MOVED, NEW, SAME, Change
from content_kit.planning.intake_ways import SCREEN
from content_kit.schedule.dates import plain_date
from content_kit.tasks.importing import Trial, try_table
from content_kit.tui import jobs
from content_kit.tui.exchanging import tables_in
from content_kit.tui.messages import Stepped
from content_kit.tui.screens.ask import AskPanel, Question
from content_kit.tui.screens.base import Panel
from content_kit.tui.widgets.box import Box
from content_kit.tui.widgets.linelist import LineList
from content_kit.tui.widgets.lines import plain

_MARKS = {NEW: "+", CHANGED: "~", MOVED: "→"}
_FOUND = {
    Level.ERROR: ("! ", "bold $error"),
    Level.WARNING: ("? ", "bold $warning"),
    Level.INFO: ("i ", "$foreground-muted"),
}
_ROWS = 9


@dataclass
class Listed(Message):
    """The tables that were found, the newest first."""

    paths: list[Path]


@dataclass
class Tried(Message):
    """What taking the table would do, or why it cannot be said."""

    trial: Trial | None
    sentence: str = ""


class TablePanel(Panel[Path]):
    """The answer is a table: one of the downloads, or one whose place was typed."""

    CSS_PATH: ClassVar[str] = "intake.tcss"

    def __init__(self, root: Path) -> None:
        super().__init__()
        self._root = root
        self._paths: list[Path] = []

    def compose(self) -> ComposeResult:
        """The newest tables, and a line to type another."""
        with Vertical(id="panel"):
            yield Static("Tabel yang mana?", classes="heading")
            yield Static("Yang terbaru dari folder unduhan, di atas.", classes="quiet")
            yield LineList(id="tables", empty="Mencari…")
            yield Label("Atau tulis letak berkasnya, lalu Enter:")
            example = homely(downloads_folder() / "rencana.xlsx")
            yield Box(id="path", placeholder=example, compact=True)
            yield Static("", id="wrong", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Periksa dulu", variant="primary", id="go")
                yield Button("Batal (Esc)", id="close")

    def on_mount(self) -> None:
        """Look into the folder of downloads."""
        self.query_one(LineList).focus()
        self.run_worker(self._look, thread=True, exit_on_error=False)

    def _look(self) -> None:
        folders = (downloads_folder(), self._root, self._root / "keluaran" / "ekspor")
        self.post_message(Listed(tables_in(*folders)))

    @on(Listed)
    def _listed(self, message: Listed) -> None:
        self._paths = message.paths
        rows = self.query_one(LineList)
        rows.styles.height = max(1, min(_ROWS, len(self._paths)))
        rows.fill(len(self._paths), self._line, empty="Tidak ada tabel di folder unduhan.")
        if not self._paths:
            self.query_one("#path").focus()

    def _line(self, row: int) -> Sequence[Content]:
        path = self._paths[row]
        try:
            day = plain_date(datetime.fromtimestamp(path.stat().st_mtime, UTC).date())
        except OSError:
            day = "sudah tidak ada"
        folder = f"  {day}, {path.parent.name}"
        return (plain(path.name, "bold") + plain(folder, "$foreground-muted"),)

    @on(LineList.Chosen)
    def _chosen(self, message: LineList.Chosen) -> None:
        self.dismiss(self._paths[message.row])

    @on(Input.Submitted)
    @on(Button.Pressed, "#go")
    def _go(self) -> None:
        typed = self.query_one("#path", Input).value.strip().strip('"')
        if not typed:
            if self._paths:
                self.dismiss(self._paths[self.query_one(LineList).highlighted])
            return
        path = (self._root / Path(typed).expanduser()).resolve()
        if path.is_file():
            self.dismiss(path)
        else:
            why = "itu folder, bukan berkas" if path.is_dir() else "tidak ada"
            self.query_one("#wrong", Static).update(f"{shown(homely(path))} {why}.")

    @on(Button.Pressed, "#close")
    def _cancelled(self) -> None:
        self.dismiss(None)


class TrialPanel(Panel[Trial]):
    """What a table would change, with its mistakes above; the answer is a yes.

    While it looks no button has the focus: Enter pressed once too often must not close it.
    """

    AUTO_FOCUS = ""
    CSS_PATH: ClassVar[str] = "intake.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "answer", "Jawab sekali untuk semua"),
        Binding("h", "hidden", "Ikutkan yang tersembunyi"),
    ]

    def __init__(self, root: Path, path: Path, today: date) -> None:
        super().__init__()
        self._answers = Answers()
        self._all_rows = False
        self._root = root
        self._today = today
        self._path = path
        self._stop = threading.Event()
        self._trial: Trial | None = None
        self._lines: list[Content] = []

    def compose(self) -> ComposeResult:
        """The summary, the rows, and the question."""
        with Vertical(id="panel"):
            yield Static(plain(self._path.name), classes="heading")
            yield Static("Memeriksa…", id="summary", markup=False)
            yield LineList(id="rows")
            yield Static("", id="full")
            with Horizontal(classes="buttons"):
                yield Button("Masukkan (Enter)", variant="primary", id="go")
                yield Button("Batal (Esc)", id="close")

    def on_mount(self) -> None:
        """Start to look."""
        self.query_one("#go").display = False
        self.query_one("#close").can_focus = False
        self.run_worker(self._look, thread=True, exit_on_error=False)

    def _look(self) -> None:
        def step(done: int, total: int) -> None:
            if self._stop.is_set():
                raise jobs.Stopped
            if done % 20 == 0:
                self.post_message(Stepped(done, total))

        try:
            workspace = Workspace.open(self._root)
            trial = try_table(
                workspace,
                self._path,
                self._today,
                answers=self._answers,
                ways=SCREEN,
                all_rows=self._all_rows,
                progress=step,
            )
            said = Tried(trial)
        except jobs.Stopped:
            return
        except Exception as error:  # noqa: BLE001 - a thread must not take the screen along
            said = Tried(None, jobs.apology(error))
        self.post_message(said)

    @on(Stepped)
    def _stepped(self, message: Stepped) -> None:
        told = f"Memeriksa baris {message.done} dari {message.total}…"
        self.query_one("#summary", Static).update(told)

    @on(Tried)
    def _tried(self, message: Tried) -> None:
        self._trial = trial = message.trial
        summary, close = self.query_one("#summary", Static), self.query_one("#close")
        close.can_focus = True
        if trial is None:
            summary.update(shown(message.sentence))
            close.focus()
            return
        self._lines = [*map(_finding, trial.minded())]
        for one in trial.understood:
            told = ", ".join(map(str, one.rows))
            self._lines.append(plain(f" baris {told}, {one.action}: {one.sentence()}"))
        for each in trial.whole.changes:
            if each.action != SAME:
                self._lines += [self._change(each), *_both(each)]
        told = trial.whole.summary()
        go = self.query_one("#go", Button)
        go.display = bool(trial.chosen.edits)
        if not trial.chosen.edits and not trial.whole.blocked:
            told += " Tabel ini sama dengan rencana: tidak ada yang perlu diubah."
        elif trial.whole.bad_rows:
            go.label = "Masukkan yang sudah benar (Enter)"
            go.styles.min_width = 38
            told += " Perbaiki barisnya di tabel, atau masukkan yang sudah benar saja."
        summary.update(shown(told))
        rows = self.query_one(LineList)
        rows.styles.height = max(1, min(_ROWS, len(self._lines), self.app.size.height - 19))
        rows.fill(len(self._lines), lambda row: (self._lines[row],))
        self.query_one("#full", Static).update(self._lines[0] if self._lines else "")
        (rows if self._lines else close).focus()

    def action_answer(self) -> None:
        """What the table does not say, answered once for all its rows; then it is looked at again."""
        if self._trial is None:
            return
        now = self._answers
        asked = (
            Question("kecamatan", "Kecamatan", now.kecamatan, "Kecamatan Contoh"),
            Question("kabupaten", "Kabupaten atau kota", now.kabupaten, "Kabupaten Contoh"),
            Question("layanan", "Layanan, pisahkan dengan koma", now.layanan, "timbang, imunisasi"),
            Question("sasaran", "Untuk siapa, pisahkan dengan koma", now.sasaran, "bayi, lansia"),
            Question("bawa", "Yang dibawa, pisahkan dengan koma", now.bawa, "Buku KIA"),
        )
        note = "Hanya untuk baris yang tidak menyebutnya. Yang kosong tetap kosong."
        self.app.push_screen(AskPanel("Jawab sekali untuk semua", asked, note), self._answered)

    def _answered(self, words: dict[str, str] | None) -> None:
        if words is not None:
            self._answers = Answers(zona=self._answers.zona, **words)
            self._again()

    def action_hidden(self) -> None:
        """Hidden and inactive rows too, or without them again."""
        if self._trial is not None:
            self._all_rows = not self._all_rows
            self._again()

    def _again(self) -> None:
        self._trial = None
        self.query_one("#summary", Static).update("Memeriksa…")
        self.run_worker(self._look, thread=True, exit_on_error=False)

    @on(LineList.Highlighted)
    def _in_full(self, message: LineList.Highlighted) -> None:
        """The row under the cursor with all its words: in the list a long one is cut."""
        self.query_one("#full", Static).update(self._lines[message.row])

    def _change(self, change: Change) -> Content:
        where = f"baris {change.row}"
        which = "" if change.action == NEW else f" {change.id}"  # a new id tells nobody anything
        told = f" {where}, {change.unit}{which}, {WORDS[change.action]}"
        return Content.styled(_MARKS[change.action], "bold $success") + plain(told)

    @on(LineList.Chosen)
    @on(Button.Pressed, "#go")
    def _go(self) -> None:
        if self._trial is not None and self._trial.chosen.edits:
            self.dismiss(self._trial)

    @on(Button.Pressed, "#close")
    def action_close(self) -> None:
        """Nothing was written."""
        self._stop.set()
        self.dismiss(None)


def _both(change: Change) -> Iterator[Content]:
    """What stands in the plan and what the table says instead, for each column that differs."""
    if change.action == NEW:
        return
    for column, (old, new) in zip(change.columns, change.values, strict=True):
        was, now = (_short(text) for text in (old, new))
        yield plain(f"    {column}: ", "$foreground-muted") + plain(f"{was} → {now}")


def _short(text: str) -> str:
    return clipped(" ".join(text.split()), 60) or "(kosong)"


def _finding(found: Finding) -> Content:
    where = found.place.field or f"baris {found.place.line}"
    hint = f" → {found.hint}" if found.hint else ""
    return Content.assemble(_FOUND[found.level], plain(f"{where}: {found.message}{hint}"))
