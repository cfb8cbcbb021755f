"""Kalender: a month as a list, day after day, with its posts and service days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Footer, OptionList, Static
from textual.widgets.option_list import Option

from content_kit.schedule.dates import month_name
from content_kit.tui.board import Board
from content_kit.tui.screens.base import KitScreen
from content_kit.tui.widgets.lines import day_line, legend, post_line
from content_kit.tui.widgets.titlebar import TitleBar

_HELP = """\
Semua postingan dan hari buka satu bulan, dari tanggal muda ke tanggal tua.

←  →  bulan sebelumnya dan bulan berikutnya
h     kembali ke bulan ini
↑  ↓  naik dan turun

Huruf berwarna menunjukkan jenis isi; ● adalah hari buka.
Tanda:  ✓ siap   ! perlu diperbaiki   … menunggu isian   · belum diperiksa"""


class AgendaScreen(KitScreen):
    """The month as an agenda."""

    CSS_PATH: ClassVar[str] = "agenda.tcss"
    AUTO_FOCUS = "OptionList"
    HELP = _HELP
    OFFERS = (
        ("Bulan berikutnya", "Geser kalender ke depan.", "turn(1)"),
        ("Bulan sebelumnya", "Geser kalender ke belakang.", "turn(-1)"),
        ("Kembali ke bulan ini", "Kalender bulan ini.", "turn(0)"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", "Bulan sebelumnya", show=False),
        Binding("right", "turn(1)", "Bulan berikutnya", show=False),
        Binding("h", "turn(0)", "Bulan ini", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._month: date | None = None

    def compose(self) -> ComposeResult:
        """The month with its arrows, the list, and what the letters mean."""
        yield TitleBar("Kalender")
        with Horizontal(id="month"):
            yield Button("◀", id="back", compact=True, action="screen.turn(-1)")
            yield Static("", id="name", markup=False)
            yield Button("▶", id="on", compact=True, action="screen.turn(1)")
        yield OptionList(id="agenda", markup=False)
        yield Static(legend(), id="legend")
        yield Footer(show_command_palette=False)

    def draw(self, board: Board) -> None:
        """Show the month, and keep the place on the list."""
        me = self.kit.me
        today = board.today(me)
        first = self._month = self._month or today.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        days = board.days(me, first, last)
        posts = board.posts(me, first, last)
        self.query_one("#name", Static).update(
            f"{month_name(first)} {first.year} · {len(posts)} postingan"
        )
        rows = [(each.day.date, 0, day_line(each)) for each in days]
        rows += [(post.date, 1, post_line(board, post)) for post in posts]
        rows.sort(key=lambda row: row[:2])
        agenda = self.query_one(OptionList)
        place = agenda.highlighted
        agenda.clear_options()
        agenda.add_options([Option(line) for _, _, line in rows])
        if not rows:
            none = "Belum ada apa-apa di bulan ini. Tekan 1, lalu s: Susun bulan ini."
            agenda.add_option(Option(none, disabled=True))
            return
        coming = (n for n, row in enumerate(rows) if row[0] >= today)
        agenda.highlighted = next(coming, 0) if place is None else min(place, len(rows) - 1)

    def action_turn(self, by: int) -> None:
        """To the month before, the next, or this one."""
        board = self.kit.board
        if board is None or self._month is None:
            return
        if not by:
            self._month = None
        else:
            moved = self._month + timedelta(days=31 if by > 0 else -1)
            self._month = moved.replace(day=1)
        self.query_one(OptionList).highlighted = None
        self.draw(board)
