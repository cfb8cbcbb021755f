"""Tukar: a month into a table, a calendar or another program's file, and a table back into the plan."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from content_kit.schedule.dates import month_name
from content_kit.tasks.importing import Trial
from content_kit.tui import exchanging
from content_kit.tui.board import Board
from content_kit.tui.exchanging import KINDS
from content_kit.tui.screens.base import Panel
from content_kit.tui.screens.choose import ChoosePanel
from content_kit.tui.screens.intake import TablePanel, TrialPanel
from content_kit.tui.screens.job import JobPanel
from content_kit.tui.screens.replace import asking
from content_kit.tui.widgets.linelist import LineList
from content_kit.tui.widgets.lines import plain

_TAKE = "take"
_FOLDER = "folder"
_BULK = ("buffer", "publer")


class ExchangePanel(Panel[None]):
    """Out by five kinds of files, in by a table or a folder."""

    CSS_PATH: ClassVar[str] = "exchange.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", "Bulan sebelumnya"),
        Binding("right", "turn(1)", "Bulan berikutnya"),
    ]

    def __init__(self, board: Board, me: str) -> None:
        super().__init__()
        self._board = board
        self._units = list(board.served(me)) or None
        self._month = board.today(me).replace(day=1)
        self._rows = [*KINDS, _FOLDER, _TAKE]

    def compose(self) -> ComposeResult:
        """The month, for whom, and what can be done."""
        with Vertical(id="panel"):
            yield Static("Tukar", classes="heading")
            yield Static("", id="month")
            yield LineList(id="kinds")
            yield Static(
                "Hasilnya ada di keluaran/ekspor. Tabel yang diambil ditunjukkan dulu: "
                "tidak ada yang berubah sebelum Anda setuju.",
                id="note",
            )
            with Horizontal(classes="buttons"):
                yield Button("Pilih (Enter)", variant="primary", id="go")
                yield Button("Tutup (Esc)", id="close")

    def on_mount(self) -> None:
        """The list of what can be done."""
        rows = self.query_one(LineList)
        rows.styles.height = len(self._rows)
        rows.fill(len(self._rows), lambda row: (self._line(self._rows[row]),))
        rows.focus()
        self.action_turn(0)

    def _line(self, kind: str) -> Content:
        if kind == _TAKE:
            return Content.assemble(("Ambil  ", "bold $primary"), "isi dari tabel Excel atau CSV…")
        if kind == _FOLDER:
            return Content.assemble(
                ("Gabung ", "bold $primary"), "folder posyandu dari orang lain…"
            )
        return Content.assemble(("Simpan ", "bold $primary"), KINDS[kind])

    def action_turn(self, by: int) -> None:
        """The month before, or the next."""
        moved = self._month + timedelta(days=31 if by > 0 else -1) if by else self._month
        self._month = moved.replace(day=1)
        name = f"{month_name(self._month)} {self._month.year}"
        self.query_one("#month", Static).update(
            Content.assemble(
                ("← ", "$accent"),
                plain(name, "bold"),
                (" →", "$accent"),
                plain(f"   {self._whose()}", "$foreground-muted"),
            )
        )

    def _whose(self) -> str:
        posyandu = self._board.loaded.posyandu
        if self._units is None:
            return f"semua posyandu ({len(posyandu)})"
        return ", ".join(posyandu[slug].name for slug in self._units[:3])

    @on(LineList.Chosen)
    @on(Button.Pressed, "#go")
    def _go(self) -> None:
        kind = self._rows[self.query_one(LineList).highlighted]
        if kind == _TAKE:
            self.app.push_screen(TablePanel(self.kit.root or self.kit.here), self._try)
        elif kind == _FOLDER:
            self.dismiss(None)
            # The application asks: a panel that is gone hears no answer.
            self.app.call_later(self.kit.action_merge_folder)
        elif kind in _BULK:
            rows = [(each.id, each.name) for each in self._board.channels.values()]

            def chosen(channel: str | None) -> None:
                if channel:
                    self._save(kind, channel)

            self.app.push_screen(ChoosePanel("Untuk tempat posting mana?", rows, "fb"), chosen)
        else:
            self._save(kind, "")

    def _save(self, kind: str, channel: str) -> None:
        if root := self.kit.root:
            job = partial(
                exchanging.export_month, root, kind, self._month, self._units, channel,
                self.kit.clock(), asking(self.kit),
            )  # fmt: skip
            self.app.push_screen(JobPanel(f"Menyimpan {KINDS[kind]}", job))

    def _try(self, path: Path | None) -> None:
        if path is not None and (root := self.kit.root):
            self.app.push_screen(TrialPanel(root, path, self.kit.clock().date()), self._take)

    def _take(self, trial: Trial | None) -> None:
        if trial is not None:
            what = f"Diambil dari {trial.name}: {trial.whole.summary()}"
            self.kit.edit(exchanging.take(trial), what=what)
            self.dismiss(None)

    @on(Button.Pressed, "#close")
    def _cancelled(self) -> None:
        self.dismiss(None)
