"""A list of any length: rows of equal height, of which only those on the screen are ever drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from content_kit.tui.widgets.strips import line_strip

KEPT: Final = 500
"""Drawn rows that are kept: several screens full, so that paging to and fro is quick."""


class LineList(ScrollView, can_focus=True):
    """Rows that are drawn when they are seen: 4,500 open as fast as 20.

    `fill` gives the number of rows and a function from a row's number to its lines, `row_height`
    of them; a line that is too long ends in "…". Nothing is kept but the rows on the screen.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"linelist--row", "linelist--highlighted"}
    DEFAULT_CSS = """
    LineList { scrollbar-size-vertical: 1; overflow-x: hidden; }
    LineList > .linelist--row { background: $background; color: $foreground; }
    LineList > .linelist--highlighted { background: $panel; color: $foreground; }
    LineList:focus > .linelist--highlighted { background: $primary 25%; color: $foreground; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "go(-1)", "Naik", show=False),
        Binding("down", "go(1)", "Turun", show=False),
        Binding("pageup", "page(-1)", "Halaman sebelumnya", show=False),
        Binding("pagedown", "page(1)", "Halaman berikutnya", show=False),
        Binding("home", "end(-1)", "Paling atas", show=False),
        Binding("end", "end(1)", "Paling bawah", show=False),
        Binding("enter", "choose", "Buka", show=False),
    ]

    highlighted: reactive[int] = reactive(0, repaint=False)
    """The number of the row that keys act on; 0 also where there are no rows."""

    class Highlighted(Message):
        """Another row is highlighted."""

        def __init__(self, list_: LineList, row: int) -> None:
            super().__init__()
            self.list = list_
            self.row = row

        @property
        def control(self) -> LineList:
            """The list."""
            return self.list

    class Chosen(Highlighted):
        """A row was chosen with Enter or a click on it."""

    class Past(Message):
        """An arrow went past the first row (`by` -1) or the last one (1)."""

        def __init__(self, list_: LineList, by: int) -> None:
            super().__init__()
            self.list = list_
            self.by = by

    def __init__(
        self, *, row_height: int = 1, empty: str = "", id: str | None = None, classes: str = ""
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.row_height = row_height
        self._empty = empty
        self._count = 0
        self._draw: Callable[[int], Sequence[Content]] = lambda _: ()
        self._strips: dict[tuple[int, int, bool, bool], list[Strip]] = {}

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._count

    def fill(
        self,
        count: int,
        draw: Callable[[int], Sequence[Content]],
        *,
        empty: str | None = None,
        highlighted: int | None = None,
    ) -> None:
        """Show other rows. The place is kept where it can be, unless a row to highlight is named."""
        self._count, self._draw = count, draw
        self._empty = self._empty if empty is None else empty
        wanted = self.highlighted if highlighted is None else highlighted
        self._strips.clear()
        self.virtual_size = Size(0, count * self.row_height)
        self.set_reactive(LineList.highlighted, max(0, min(wanted, count - 1)))
        self.refresh()
        self.call_after_refresh(self._show)

    def line_of(self, row: int) -> Sequence[Content]:
        """What a row says."""
        return self._draw(row)

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.scrollable_content_region.width
        plain = self.get_visual_style("linelist--row")
        line = self.scroll_offset.y + y
        if not self._count:
            words = Content(self._empty) if line == 0 else Content("")
            return self._strip(words, width, highlighted=False)
        row, part = divmod(line, self.row_height)
        if row >= self._count:
            return Strip.blank(width, plain.rich_style)
        here = row == self.highlighted
        key = (row, width, here, self.has_focus)
        if key not in self._strips:
            if len(self._strips) > KEPT:
                self._strips.clear()
            lines = self._draw(row)[: self.row_height]
            self._strips[key] = [self._strip(each, width, highlighted=here) for each in lines]
        strips = self._strips[key]
        return (
            strips[part]
            if part < len(strips)
            else self._strip(Content(""), width, highlighted=here)
        )

    def _strip(self, line: Content, width: int, *, highlighted: bool) -> Strip:
        kind = "linelist--highlighted" if highlighted else "linelist--row"
        return line_strip(line, width, self.get_visual_style("linelist--row", kind))

    def watch_has_focus(self, has_focus: bool) -> None:
        """The highlight shows where keys go."""
        super().watch_has_focus(has_focus)
        self.refresh()

    def notify_style_update(self) -> None:
        """Other colours: what was drawn is void."""
        super().notify_style_update()
        self._strips.clear()

    # Moving

    def validate_highlighted(self, row: int) -> int:
        """A row that there is."""
        return max(0, min(row, self._count - 1))

    def watch_highlighted(self, old: int, new: int) -> None:
        """Show the row, and tell."""
        for row in (old, new):
            top = row * self.row_height - self.scroll_offset.y
            self.refresh(Region(0, top, self.size.width, self.row_height))
        self._show()
        if self._count:
            self.post_message(self.Highlighted(self, new))

    def _show(self) -> None:
        top = self.highlighted * self.row_height
        self.scroll_to_region(Region(0, top, 1, self.row_height), animate=False, force=True)

    def action_go(self, by: int) -> None:
        """Up or down by rows."""
        if not 0 <= self.highlighted + by < self._count:
            self.post_message(self.Past(self, by))
        self.highlighted += by

    def action_page(self, by: int) -> None:
        """Up or down by what fits on the screen."""
        self.highlighted += by * max(1, self.scrollable_content_region.height // self.row_height)

    def action_end(self, towards: int) -> None:
        """To the first or the last row."""
        self.highlighted = self._count - 1 if towards > 0 else 0

    def action_choose(self) -> None:
        """Choose the highlighted row."""
        if self._count:
            self.post_message(self.Chosen(self, self.highlighted))

    def on_click(self, event: events.Click) -> None:
        """Highlight a row; a click on the highlighted one chooses it."""
        row = (event.y + self.scroll_offset.y) // self.row_height
        if 0 <= row < self._count:
            if row == self.highlighted:
                self.action_choose()
            self.highlighted = row
