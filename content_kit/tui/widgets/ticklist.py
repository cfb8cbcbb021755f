"""A short list of things to tick: the mark says it without colour, space changes it, Enter goes on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content

from content_kit.tui.widgets.linelist import LineList
from content_kit.tui.widgets.lines import plain


class TickList(LineList):
    """Ids with their words; `ticked` are the chosen ids in the order of the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "Tandai", key_display="spasi")
    ]

    class Ticked(LineList.Highlighted):
        """A row was ticked or is not any more."""

    def __init__(
        self, rows: Sequence[tuple[str, str]], ticked: Collection[str], *, id: str | None = None
    ) -> None:
        super().__init__(id=id, empty="Tidak ada yang bisa dipilih.")
        self._rows = tuple(rows)
        self._on = {row for row, _ in self._rows if row in ticked}

    def on_mount(self) -> None:
        """Show the rows."""
        self.fill(len(self._rows), self._row)

    @property
    def ticked(self) -> tuple[str, ...]:
        """What is chosen."""
        return tuple(row for row, _ in self._rows if row in self._on)

    def action_tick(self) -> None:
        """Choose the highlighted row, or take the choice back."""
        if not self._rows:
            return
        row, _ = self._rows[self.highlighted]
        self._on ^= {row}
        self.fill(len(self._rows), self._row)
        self.post_message(self.Ticked(self, self.highlighted))

    def tick_all(self) -> None:
        """Choose every row."""
        self._on = {row for row, _ in self._rows}
        self.fill(len(self._rows), self._row)
        self.post_message(self.Ticked(self, self.highlighted))

    def on_click(self, event: events.Click) -> None:
        """A click ticks."""
        event.prevent_default()
        row = (event.y + self.scroll_offset.y) // self.row_height
        if 0 <= row < self.count:
            self.highlighted = row
            self.action_tick()

    def _row(self, number: int) -> Sequence[Content]:
        row, words = self._rows[number]
        mark = ("[✓] ", "bold $success") if row in self._on else ("[ ] ", "$foreground-muted")
        return (Content.assemble(mark, plain(words)),)
