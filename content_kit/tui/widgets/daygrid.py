"""Days in rows and columns with a cursor: seven columns are a month, one column is a week."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import ClassVar, Final, TypeAlias

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from content_kit.schedule.dates import DAYS
from content_kit.tui.widgets.strips import line_strip

DrawDay: TypeAlias = Callable[[date, int, int, bool], Sequence[Content]]
"""A day, the width and height of its cell, and whether the cursor is on it: its lines."""

_WEEK: Final = 7


class DayGrid(Widget, can_focus=True):
    """Draws each day once and keeps its lines: a step of the cursor draws two cells anew."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"daygrid--head", "daygrid--cell", "daygrid--cursor"}
    DEFAULT_CSS = """
    DayGrid > .daygrid--head { color: $foreground-muted; text-style: bold; }
    DayGrid > .daygrid--cell { color: $foreground; background: $background; }
    DayGrid > .daygrid--cursor { color: $foreground; background: $panel; }
    DayGrid:focus > .daygrid--cursor { color: $foreground; background: $primary 25%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "go(-1, 0)", "Kiri", show=False),
        Binding("right", "go(1, 0)", "Kanan", show=False),
        Binding("up", "go(0, -1)", "Naik", show=False),
        Binding("down", "go(0, 1)", "Turun", show=False),
    ]

    class Moved(Message):
        """Somebody wants the cursor on another day, perhaps one that is not shown."""

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    class Chosen(Moved):
        """A click on the day that the cursor is on."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._days: tuple[date, ...] = ()
        self._columns = _WEEK
        self._cursor = date.min
        self._draw: DrawDay = lambda *_: ()
        self._kept: dict[tuple[date, int, int, bool], list[Strip]] = {}

    def fill(self, days: tuple[date, ...], columns: int, cursor: date, draw: DrawDay) -> None:
        """Show other days, or the same ones drawn anew."""
        self._days, self._columns, self._cursor, self._draw = days, columns, cursor, draw
        self._kept.clear()
        self.refresh()

    def point(self, day: date, draw: DrawDay | None = None) -> None:
        """Put the cursor on a day that is shown."""
        before, self._cursor = self._cursor, day
        if draw is not None:
            self._draw = draw
        for each in (before, day):
            self._kept = {key: kept for key, kept in self._kept.items() if key[0] != each}
            region = self._region(each)
            if region is not None:
                self.refresh(region)

    @property
    def head(self) -> int:
        """How many lines the names of the weekdays take."""
        return 1 if self._columns == _WEEK else 0

    @property
    def cell_width(self) -> int:
        """How wide the narrowest cell is."""
        return self.size.width // max(1, self._columns)

    @property
    def cell_height(self) -> int:
        """How high a cell is."""
        rows = max(1, len(self._days) // max(1, self._columns))
        return max(1, (self.size.height - self.head) // rows)

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        style = self.get_visual_style("daygrid--cell").rich_style
        width = self.size.width
        if y < self.head:
            return Strip.join(
                [self._weekday(column) for column in range(_WEEK)]
            ).adjust_cell_length(width, style)
        height = self.cell_height
        row, line = divmod(y - self.head, height)
        days = self._days[row * self._columns : (row + 1) * self._columns]
        if not days:
            return Strip.blank(width, style)
        strips = [self._cell(day, number, height)[line] for number, day in enumerate(days)]
        return Strip.join(strips).adjust_cell_length(width, style)

    def _weekday(self, column: int) -> Strip:
        width = self._width(column)
        name = DAYS[column] if width > 9 else DAYS[column][:3]
        return line_strip(Content(f" {name}"), width, self._style("daygrid--head"))

    def _cell(self, day: date, column: int, height: int) -> list[Strip]:
        width = self._width(column)
        here = day == self._cursor
        key = (day, width, height, here)
        if key not in self._kept:
            style = self._style("daygrid--cursor" if here else "daygrid--cell")
            gap = 1 if self._columns > 1 else 0
            after = Strip.blank(gap, self._style("daygrid--cell").rich_style)
            lines = list(self._draw(day, width - gap, height, here))[:height]
            drawn = [Strip.join([line_strip(line, width - gap, style), after]) for line in lines]
            rest = Strip.join([Strip.blank(width - gap, style.rich_style), after])
            self._kept[key] = [*drawn, *[rest] * (height - len(drawn))]
        return self._kept[key]

    def _style(self, kind: str) -> Style:
        return self.get_visual_style("daygrid--cell", kind)

    def _width(self, column: int) -> int:
        """The width of a column; what seven do not divide goes to the first ones."""
        width = self.size.width
        return width // self._columns + (column < width % self._columns)

    def _region(self, day: date) -> Region | None:
        if day not in self._days:
            return None
        row, column = divmod(self._days.index(day), self._columns)
        left = sum(self._width(number) for number in range(column))
        top = self.head + row * self.cell_height
        return Region(left, top, self._width(column), self.cell_height)

    def notify_style_update(self) -> None:
        """Other colours: what was drawn is void."""
        super().notify_style_update()
        self._kept.clear()

    def watch_has_focus(self, has_focus: bool) -> None:
        """The cursor shows where keys go."""
        super().watch_has_focus(has_focus)
        self._kept.clear()
        self.refresh()

    # Moving

    def action_go(self, right: int, down: int) -> None:
        """A step: in a month by days and weeks, in a week by days up and down, weeks sideways."""
        steps = (1, _WEEK) if self._columns == _WEEK else (_WEEK, 1)
        self.post_message(
            self.Moved(self._cursor + timedelta(days=right * steps[0] + down * steps[1]))
        )

    def on_click(self, event: events.Click) -> None:
        """To the day under the mouse; a click on the cursor chooses."""
        row = (event.y - self.head) // self.cell_height
        column, edge = 0, self._width(0)
        while column < self._columns - 1 and event.x >= edge:
            column += 1
            edge += self._width(column)
        number = row * self._columns + column
        if row >= 0 and event.y >= self.head and number < len(self._days):
            day = self._days[number]
            self.post_message(self.Chosen(day) if day == self._cursor else self.Moved(day))
