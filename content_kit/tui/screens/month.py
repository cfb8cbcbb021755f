"""Which month to plan: this one or the next."""

from __future__ import annotations

from datetime import date, timedelta

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from content_kit.schedule.dates import month_name
from content_kit.tui.screens.base import Panel


class MonthPanel(Panel[date]):
    """The answer is the first day of a month."""

    def __init__(self, today: date) -> None:
        super().__init__()
        first = today.replace(day=1)
        self._months = {"this": first, "next": (first + timedelta(days=31)).replace(day=1)}

    def compose(self) -> ComposeResult:
        """Two months and what planning does."""
        with Vertical(id="panel"):
            yield Static("Susun bulan ini", classes="heading")
            yield Static(
                "Yang sudah ada tidak diubah; yang kurang ditambah. "
                "Postingan ditambahkan ke rencana dan masih dapat Anda ubah.",
                classes="said",
            )
            with Horizontal(classes="buttons"):
                for id, month in self._months.items():
                    name = f"{month_name(month)} {month.year}"
                    yield Button(name, id=id, variant="primary" if id == "this" else "default")
                yield Button("Batal", id="close")

    @on(Button.Pressed)
    def _chosen(self, message: Button.Pressed) -> None:
        self.dismiss(self._months.get(message.button.id or ""))
