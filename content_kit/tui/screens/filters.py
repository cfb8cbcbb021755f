"""Saring: what the calendar shows, by posyandu, kind, person, state and channel.

The windows of the calendar are styled in calendar.tcss: a file of their own would let Textual
parse every style anew when the first of them opens.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final, TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Input, Static

from content_kit.tui.board import Board
from content_kit.tui.filters import Choice, Filter, Kind, choices, words
from content_kit.tui.screens.base import Panel
from content_kit.tui.widgets.box import Box
from content_kit.tui.widgets.linelist import LineList
from content_kit.tui.widgets.lines import plain

_Row: TypeAlias = "Choice | str"

_TOLD: Final = "Ketik untuk mencari, Enter menandai. Tidak ada yang ditandai berarti semua."


class FilterPanel(Panel[Filter]):
    """One list of everything to choose: typing narrows it, Enter ticks, Escape is done."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "go(-1)", "Naik", show=False),
        Binding("down", "go(1)", "Turun", show=False),
        Binding("pageup", "page(-1)", "Halaman sebelumnya", show=False),
        Binding("pagedown", "page(1)", "Halaman berikutnya", show=False),
        Binding("ctrl+a", "all", "Tandai semua yang terlihat", show=False, priority=True),
    ]

    def __init__(self, board: Board, wish: Filter) -> None:
        super().__init__()
        self._board = board
        self._wish = wish
        self._choices = choices(board)
        self._rows: list[_Row] = []

    def compose(self) -> ComposeResult:
        """What is chosen, a line to search, the list, and two buttons."""
        with Vertical(id="panel"):
            yield Static("Saring kalender", classes="heading")
            yield Static("", id="chosen", markup=False)
            yield Box(id="search", placeholder="Cari nama posyandu, orang, jenis…", compact=True)
            yield LineList(id="choices", empty="Tidak ada yang cocok.")
            with Horizontal(classes="buttons"):
                yield Button("Pakai (Esc)", variant="primary", id="done")
                yield Button("Hapus saringan", id="none")

    def on_mount(self) -> None:
        """Everything, and the cursor where one types."""
        self._narrow("")
        self.query_one("#search").focus()

    @on(Input.Changed, "#search")
    def _typed(self, message: Input.Changed) -> None:
        self._narrow(message.value)

    def _narrow(self, text: str) -> None:
        asked = text.casefold().split()
        rows: list[_Row] = []
        for kind in Kind:
            found = [c for c in self._choices if c.kind is kind and _fits(c, asked)]
            rows += [kind.title, *found] if found else []
        self._rows = rows
        self._show(1 if rows else 0)

    def _show(self, highlighted: int | None = None) -> None:
        told = words(self._board, self._wish)
        self.query_one("#chosen", Static).update(plain(f"Dipilih: {told}" if told else _TOLD))
        self.query_one(LineList).fill(len(self._rows), self._row, highlighted=highlighted)

    def _row(self, number: int) -> Sequence[Content]:
        row = self._rows[number]
        if isinstance(row, str):
            return (Content.styled(row, "bold $primary"),)
        on = row.value in self._wish.chosen(row.kind)
        mark = ("[✓] ", "bold $success") if on else ("[ ] ", "$foreground-muted")
        more = plain(f"  {row.more}", "$foreground-muted") if row.more else Content("")
        return (Content.assemble(" ", mark, plain(row.name, "bold" if on else ""), more),)

    def action_go(self, by: int) -> None:
        """Up or down to the next thing to choose, over the headings."""
        list_ = self.query_one(LineList)
        place = list_.highlighted + by
        while 0 <= place < len(self._rows) and isinstance(self._rows[place], str):
            place += by
        if 0 <= place < len(self._rows):
            list_.highlighted = place

    def action_page(self, by: int) -> None:
        """Up or down by what fits."""
        self.query_one(LineList).action_page(by)

    @on(Input.Submitted, "#search")
    def _entered(self) -> None:
        self._tick(self.query_one(LineList).highlighted)

    @on(LineList.Chosen)
    def _chosen(self, message: LineList.Chosen) -> None:
        self._tick(message.row)

    def _tick(self, number: int) -> None:
        row = self._rows[number] if number < len(self._rows) else ""
        if not isinstance(row, str):
            self._wish = self._wish.toggled(row.kind, row.value)
            self._show()

    def action_all(self) -> None:
        """Tick everything that the search shows; once more takes it back."""
        seen = [row for row in self._rows if not isinstance(row, str)]
        every = all(row.value in self._wish.chosen(row.kind) for row in seen)
        for row in seen:
            if (row.value in self._wish.chosen(row.kind)) == every:
                self._wish = self._wish.toggled(row.kind, row.value)
        self._show()

    @on(Button.Pressed, "#none")
    def _none(self) -> None:
        self.dismiss(Filter())

    @on(Button.Pressed, "#done")
    def action_close(self) -> None:
        """Use what is ticked."""
        self.dismiss(self._wish)


class UnitPanel(Panel[str]):
    """Untuk posyandu mana? The answer is the folder of one posyandu."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "go(-1)", "Naik", show=False),
        Binding("down", "go(1)", "Turun", show=False),
    ]

    def __init__(self, board: Board, units: Sequence[str], heading: str) -> None:
        super().__init__()
        known = board.loaded.posyandu
        self._posyandu = [known[unit] for unit in units if unit in known]
        self._found = self._posyandu
        self._heading = heading

    def compose(self) -> ComposeResult:
        """A line to search and the list."""
        with Vertical(id="panel"):
            yield Static(self._heading, classes="heading", markup=False)
            yield Box(id="search", placeholder="Cari nama posyandu", compact=True)
            yield LineList(id="choices", empty="Tidak ada yang cocok.")
            with Horizontal(classes="buttons"):
                yield Button("Batal (Esc)", id="close")

    def on_mount(self) -> None:
        """All of them."""
        self._show()
        self.query_one("#search").focus()

    @on(Input.Changed, "#search")
    def _typed(self, message: Input.Changed) -> None:
        asked = message.value.casefold().split()
        self._found = [
            each
            for each in self._posyandu
            if all(word in f"{each.name} {each.village}".casefold() for word in asked)
        ]
        self._show()

    def _show(self) -> None:
        self.query_one(LineList).fill(len(self._found), self._row, highlighted=0)

    def _row(self, number: int) -> Sequence[Content]:
        each = self._found[number]
        return (plain(each.name, "bold") + plain(f"  {each.village}", "$foreground-muted"),)

    def action_go(self, by: int) -> None:
        """Up or down."""
        self.query_one(LineList).action_go(by)

    @on(Input.Submitted, "#search")
    def _entered(self) -> None:
        if self._found:
            self.dismiss(self._found[self.query_one(LineList).highlighted].slug)

    @on(LineList.Chosen)
    def _chosen(self, message: LineList.Chosen) -> None:
        if message.row < len(self._found):
            self.dismiss(self._found[message.row].slug)

    def on_button_pressed(self) -> None:
        """Without an answer."""
        self.dismiss(None)


def _fits(choice: Choice, asked: Sequence[str]) -> bool:
    told = f"{choice.kind.title} {choice.name} {choice.more}".casefold()
    return all(word in told for word in asked)
