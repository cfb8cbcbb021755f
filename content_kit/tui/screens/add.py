"""Tambahkan ke kalender: the day is proposed, and another one is understood while one types."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label, Static

from content_kit.files.workspace import Loaded
from content_kit.planning.adding import Advice, Slot, next_slot, slot_on, warnings
from content_kit.planning.library import Entry
from content_kit.schedule.dates import clock, distance, long_date, plain_date
from content_kit.schedule.one_day import one_day
from content_kit.tui.screens.base import Panel
from content_kit.tui.widgets.box import Box
from content_kit.tui.widgets.lines import plain


class AddPanel(Panel[Slot]):
    """The answer is the place in the calendar."""

    CSS_PATH: ClassVar[str] = "add.tcss"

    def __init__(
        self, advice: Advice, loaded: Loaded, unit: str, entry: Entry, today: date
    ) -> None:
        super().__init__()
        self._advice = advice
        self._loaded = loaded
        self._unit = unit
        self._entry = entry
        self._today = today
        self._proposed = next_slot(advice, loaded, unit, entry, today)
        self._slot: Slot | None = self._proposed

    def compose(self) -> ComposeResult:
        """What, for whom, and the day."""
        with Vertical(id="panel"):
            yield Static("Tambahkan ke kalender", classes="heading")
            yield Static(plain(self._entry.title, "bold"))
            yield Static(plain(self._loaded.posyandu[self._unit].name, "$foreground-muted"))
            yield Label("Hari apa? Boleh diganti, misalnya 14 desember.")
            yield Box(plain_date(self._proposed.day), id="day", compact=True)
            yield Static("", id="understood")
            with Horizontal(classes="buttons"):
                yield Button("Tambahkan (Enter)", variant="primary", id="go")
                yield Button("Batal (Esc)", id="close")

    def on_mount(self) -> None:
        """The day is what one may want to change."""
        self.query_one("#day").focus()
        self._understand()

    @on(Input.Changed)
    def _understand(self) -> None:
        text = self.query_one("#day", Input).value.strip()
        line = self.query_one("#understood", Static)
        day, why = one_day(text, self._today)
        if day is not None and day < self._today:
            why, day = f"{long_date(day)} sudah lewat.", None
        if day is None:
            self._slot = None
            line.update(plain(why if text else "Tulis harinya.", "bold $error"))
            return
        self._slot = self._at(day)
        zone = self._loaded.posyandu[self._unit].zone.name
        when = f"{long_date(day)}, {clock(self._slot.at)} {zone} ({distance(day, self._today)})"
        said = plain(f"● {when}", "bold $primary")
        for note in warnings(self._advice, self._loaded, self._unit, self._entry, self._slot):
            said += plain(f"\n? {note}", "$warning")
        line.update(said)

    def _at(self, day: date) -> Slot:
        if self._proposed.day == day:
            return self._proposed
        return slot_on(self._advice, self._loaded, self._unit, self._entry, day)

    @on(Input.Submitted)
    @on(Button.Pressed, "#go")
    def _go(self) -> None:
        if self._slot is not None:
            self.dismiss(self._slot)

    @on(Button.Pressed, "#close")
    def _cancelled(self) -> None:
        self.dismiss(None)
