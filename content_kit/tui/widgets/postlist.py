"""The rows of a day, or of a month: posts to open, service days and holidays to know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from content_kit.model import Post
from content_kit.tui.board import Board
from content_kit.tui.view import Row
from content_kit.tui.widgets.linelist import LineList
from content_kit.tui.widgets.lines import row_line


class PostList(LineList):
    """Rows of a view; `days` says whether each names its day."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Buka"),
        Binding("escape", "screen.to_grid", "Kembali ke kalender", show=False),
    ]

    def __init__(self, *, days: bool, empty: str, id: str) -> None:
        super().__init__(empty=empty, id=id)
        self._named = days
        self._rows: Sequence[tuple[date, Row]] = ()

    def show(
        self,
        board: Board,
        rows: Sequence[tuple[date, Row]],
        *,
        highlighted: int | None,
        empty: str,
        unit_first: bool = False,
    ) -> None:
        """Show other rows; None keeps the place. `unit_first` where titles hide whose they are."""
        self._rows = rows

        def draw(number: int) -> Sequence[Content]:
            day, row = rows[number]
            return (row_line(board, row, day if self._named else None, unit_first=unit_first),)

        self.fill(len(rows), draw, highlighted=highlighted, empty=empty)

    @property
    def row(self) -> Row | None:
        """The row that keys act on."""
        return self._rows[self.highlighted][1] if self._rows else None

    @property
    def day(self) -> date | None:
        """The day of that row."""
        return self._rows[self.highlighted][0] if self._rows else None

    @property
    def posts(self) -> list[Post]:
        """The posts among the rows."""
        return [row for _, row in self._rows if isinstance(row, Post)]


def first_post(rows: Sequence[tuple[date, Row]]) -> int:
    """The number of the first post among rows, 0 without one."""
    return next((n for n, (_, row) in enumerate(rows) if isinstance(row, Post)), 0)


def first_row(rows: Sequence[tuple[date, Row]], day: date) -> int:
    """The number of the first row from a day on, of the last one when all lie before."""
    return next((n for n, (there, _) in enumerate(rows) if there >= day), len(rows) - 1)
