"""One of many, some of many, and one day: what opens when a field is to be chosen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Input, Static

from content_kit.schedule.dates import distance, long_date, month_name
from content_kit.tui.screens.base import Panel
from content_kit.tui.widgets.box import Box
from content_kit.tui.widgets.daygrid import DayGrid
from content_kit.tui.widgets.linelist import LineList
from content_kit.tui.widgets.lines import plain
from content_kit.tui.widgets.ticklist import TickList

MANY: Final = 9
"""From so many rows on one may search among them."""
TALLEST: Final = 11
"""Rows that are seen at once: with all around them they fit into 24 lines."""
_WEEK: Final = timedelta(days=7)


class ChoosePanel(Panel[str]):
    """One of some rows, each an id with its words; the answer is the id. Typing searches."""

    CSS_PATH: ClassVar[str] = "choose.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "go(1)", "Turun", show=False),
        Binding("up", "go(-1)", "Naik", show=False),
        Binding("pagedown", "go(10)", "Turun jauh", show=False),
        Binding("pageup", "go(-10)", "Naik jauh", show=False),
        Binding("enter", "choose", "Pilih", priority=True),
    ]

    def __init__(
        self,
        title: str,
        rows: Sequence[tuple[str, str]],
        chosen: str | None = "",
        *,
        empty: str = "",
        note: str = "",
    ) -> None:
        super().__init__()
        self._title = title
        self._note = note
        none = [("", empty)] if empty else []
        self._rows: tuple[tuple[str, str], ...] = (*none, *rows)
        self._shown = self._rows
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        """A line to search in, where there is much, and the rows."""
        with Vertical(id="panel"):
            yield Static(plain(self._title), classes="heading")
            yield Box(placeholder="Ketik untuk mencari", compact=True, id="words")
            yield LineList(id="rows", empty="Tidak ada yang cocok.")
            if self._note:
                yield Static(plain(self._note), classes="quiet")

    def on_mount(self) -> None:
        """Begin at what is chosen now."""
        search = self.query_one(Input)
        search.display = len(self._rows) >= MANY
        self._fill(next((n for n, row in enumerate(self._rows) if row[0] == self._chosen), 0))
        (search if search.display else self.query_one(LineList)).focus()

    def _fill(self, highlighted: int) -> None:
        rows = self.query_one(LineList)
        rows.styles.height = min(len(self._rows), TALLEST)
        rows.fill(len(self._shown), self._row, highlighted=highlighted)

    def _row(self, number: int) -> Sequence[Content]:
        id, words = self._shown[number]
        mark = ("● ", "bold $primary") if id == self._chosen else ("  ", "")
        return (Content.assemble(mark, plain(words, "" if id else "$foreground-muted")),)

    @on(Input.Changed)
    def _search(self, message: Input.Changed) -> None:
        words = message.value.casefold().split()
        self._shown = tuple(
            row for row in self._rows if all(word in row[1].casefold() for word in words)
        )
        self._fill(0)

    def action_go(self, by: int) -> None:
        """Up or down, while one types too."""
        self.query_one(LineList).action_go(by)

    def action_choose(self) -> None:
        """Answer with the highlighted row."""
        if self._shown:
            self.dismiss(self._shown[self.query_one(LineList).highlighted][0])

    @on(LineList.Chosen)
    def _picked(self) -> None:
        self.action_choose()


class ManyPanel(Panel[tuple[str, ...]]):
    """Some of some rows; the answer is what is ticked, in the order of the rows."""

    CSS_PATH: ClassVar[str] = "choose.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "done", "Selesai", priority=True),
    ]

    def __init__(
        self, title: str, rows: Sequence[tuple[str, str]], chosen: Collection[str], note: str = ""
    ) -> None:
        super().__init__()
        self._title = title
        self._rows = rows
        self._chosen = chosen
        self._note = note

    def compose(self) -> ComposeResult:
        """The rows with their ticks, and a way on."""
        with Vertical(id="panel"):
            yield Static(plain(self._title), classes="heading")
            yield TickList(self._rows, self._chosen, id="rows")
            if self._note:
                yield Static(plain(self._note), classes="quiet")

    def on_mount(self) -> None:
        """As tall as there are rows."""
        rows = self.query_one(TickList)
        rows.styles.height = max(1, min(len(self._rows), TALLEST))
        rows.focus()

    def action_done(self) -> None:
        """Answer with what is ticked."""
        self.dismiss(self.query_one(TickList).ticked)


class DayPanel(Panel[date]):
    """A month to choose a day from; `marked` says what lies on a day."""

    CSS_PATH: ClassVar[str] = "choose.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Pakai", priority=True),
        Binding("space", "choose", "Pakai", show=False, priority=True),
        Binding("pageup", "turn(-1)", "Bulan sebelumnya", key_display="PgUp"),
        Binding("pagedown", "turn(1)", "Bulan berikutnya", key_display="PgDn"),
        Binding("h", "today", "Hari ini"),
    ]

    def __init__(self, day: date, today: date, marked: Callable[[date], str]) -> None:
        super().__init__()
        self._day = day
        self._today = today
        self._marked = marked

    def compose(self) -> ComposeResult:
        """The month, the day under the cursor in words, and buttons for the mouse."""
        with Vertical(id="panel", classes="day"):
            yield Static("", classes="heading", id="month", markup=False)
            yield DayGrid(id="days")
            yield Static("", id="words", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Pakai (Enter)", variant="primary", id="go")
                yield Button("Tutup", id="close")

    def on_mount(self) -> None:
        """Show the month of the day."""
        self._show()
        self.query_one(DayGrid).focus()

    def _show(self) -> None:
        day = self._day
        first = day.replace(day=1)
        start = first - timedelta(days=first.weekday())
        days = tuple(start + timedelta(days=number) for number in range(42))
        self.query_one(DayGrid).fill(days, 7, day, self._cell)
        self.query_one("#month", Static).update(f"{month_name(day)} {day.year}")
        told = [f"{long_date(day)}, {distance(day, self._today)}", self._marked(day)]
        self.query_one("#words", Static).update(plain(". ".join(filter(None, told))))

    def _cell(self, day: date, width: int, height: int, here: bool) -> Sequence[Content]:
        other = day.month != self._day.month
        style = "$foreground-muted" if other else "bold $primary" if day == self._today else ""
        mark = (" ●", "$primary") if self._marked(day) else ("", "")
        return (Content.assemble((f" {day.day:>2}", style), mark),)

    @on(DayGrid.Moved)
    def _moved(self, message: DayGrid.Moved) -> None:
        if isinstance(message, DayGrid.Chosen):
            self.action_choose()
            return
        if 2000 <= message.day.year <= 2100:
            self._day = message.day
            self._show()

    def action_turn(self, by: int) -> None:
        """The month before or the next."""
        month = self._day.replace(day=1) + timedelta(days=31 if by > 0 else -1)
        last = (month.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        self._day = last.replace(day=min(self._day.day, last.day))
        self._show()

    def action_today(self) -> None:
        """Back to today."""
        self._day = self._today
        self._show()

    def action_choose(self) -> None:
        """Answer with the day under the cursor."""
        self.dismiss(self._day)

    @on(Button.Pressed)
    def _pressed(self, message: Button.Pressed) -> None:
        if message.button.id == "go":
            self.action_choose()
        else:
            self.dismiss(None)
