"""Jadwal berubah: which service day, what is different, and why; a minute to the new picture."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label, Select, Static

from content_kit.files.reader import Findings, read_hours
from content_kit.files.safe_text import shown
from content_kit.findings import NOWHERE
from content_kit.model import Occurrence
from content_kit.planning.change import REASON_MAX, Order
from content_kit.schedule.dates import distance, hours, long_date, short_date
from content_kit.schedule.one_day import one_day
from content_kit.tui.board import REACH, Board
from content_kit.tui.screens.base import Panel
from content_kit.tui.widgets.lines import plain

_WISHES: Final = {
    "move": ("Pindah ke hari lain", "Hari baru, misalnya 10 Desember 2026"),
    "place": ("Pindah tempat", "Tempat baru, misalnya Rumah Ibu RT 02"),
    "hours": ("Jamnya berubah", "Jam baru, misalnya 09.00-11.00"),
    "home": ("Kader ke rumah-rumah", ""),
    "cancel": ("Batal", ""),
}


_HOURS: Final = "Tulis jam mulai dan jam selesai, misalnya 09.00-11.00."


class ChangePanel(Panel[Order]):
    """A small form; its answer is the order for `planning.change`."""

    CSS_PATH: ClassVar[str] = "change.tcss"

    def __init__(self, board: Board, me: str) -> None:
        super().__init__()
        self._today = board.today(me)
        self._days = board.days(me, self._today, self._today + REACH)

    def compose(self) -> ComposeResult:
        """Day, wish, its value with what was understood, and the reason."""
        days = [
            (plain(f"{short_date(each.day.date)}  {each.posyandu.name}"), number)
            for number, each in enumerate(self._days)
        ]
        wishes = [(words, wish) for wish, (words, _) in _WISHES.items()]
        with Vertical(id="panel"):
            yield Static("Jadwal berubah", classes="heading")
            yield Select(days, id="day", prompt="Hari buka yang mana?", value=0, allow_blank=False)
            yield Select(wishes, id="wish", value="move", allow_blank=False)
            yield Input(id="value", placeholder=_WISHES["move"][1])
            yield Static("", id="understood", markup=False)
            yield Label("Karena apa?")
            yield Input(id="reason", placeholder="Balai dipakai rapat desa", max_length=REASON_MAX)
            with Horizontal(classes="buttons"):
                yield Button("Buat pengumuman", variant="primary", id="go")
                yield Button("Tutup (Esc)", id="close")

    def on_mount(self) -> None:
        """Start where the person has to choose."""
        self.set_focus(self.query_one("#day"))

    @on(Select.Changed, "#wish")
    def _wished(self) -> None:
        field = self.query_one("#value", Input)
        _, field.placeholder = _WISHES[self._wish()]
        field.display = bool(field.placeholder)
        self._understand()

    @on(Input.Changed)
    @on(Select.Changed, "#day")
    def _understand(self) -> None:
        order, told = self._order()
        line = self.query_one("#understood", Static)
        line.update(shown(told))
        line.set_class(order is None and bool(told), "wrong")

    @on(Button.Pressed, "#close")
    def _cancelled(self) -> None:
        self.dismiss(None)

    @on(Button.Pressed, "#go")
    @on(Input.Submitted)
    def _go(self) -> None:
        order, told = self._order()
        reason = self.query_one("#reason", Input)
        if order is None:
            self.notify(
                shown(told) or "Isi dulu apa yang berubah.", severity="warning", markup=False
            )
            self.query_one("#value").focus()
        elif not order.reason:
            reason.focus()
        else:
            self.dismiss(order)

    def _wish(self) -> str:
        return str(self.query_one("#wish", Select).value)

    def _order(self) -> tuple[Order | None, str]:
        """The order as far as it is understood, and what to say about it."""
        number = self.query_one("#day", Select).value
        if not isinstance(number, int):
            return None, "Pilih dulu hari bukanya."
        each = self._days[number]
        text = self.query_one("#value", Input).value.strip()
        reason = self.query_one("#reason", Input).value.strip()
        order = Order(each.posyandu.slug, each.day.original, reason, each.day.service_day)
        match self._wish():
            case "home":
                return replace(order, home_visit=True), "Kader datang ke rumah-rumah."
            case "cancel":
                return replace(order, cancelled=True), f"{long_date(each.day.date)} batal."
            case _ if not text:
                return None, ""
            case "place":
                return replace(order, place=text), f"Tempat baru: {text}"
            case "hours":
                findings = Findings()
                span = read_hours(text, NOWHERE, findings)
                if span is None:
                    return None, f"{findings[0].message} {_HOURS}"
                if span.end is None and "selesai" not in text.casefold():
                    return None, f"Jam selesainya belum ada. {_HOURS}"
                if span == each.day.hours:
                    return None, f"Jamnya memang {hours(span, each.posyandu.zone)}."
                return replace(order, hours=span), f"Jam baru: {hours(span, each.posyandu.zone)}"
        day, told = self._day(text, each.day)
        return (replace(order, moved_to=day), told) if day else (None, told)

    def _day(self, text: str, old: Occurrence) -> tuple[date | None, str]:
        day, why = one_day(text, self._today)
        if day is None:
            return None, why
        if day < self._today:
            return None, f"{long_date(day)} sudah lewat."
        if day == old.date and not old.cancelled:
            return None, f"{long_date(day)} itu hari yang lama. Tulis hari barunya."
        if day == old.original:
            return day, f"Kembali ke hari semula: {long_date(day)} ({distance(day, self._today)})"
        return day, f"Hari baru: {long_date(day)} ({distance(day, self._today)})"
