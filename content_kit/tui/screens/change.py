"""Jadwal berubah: which service day, what is different, and why; a minute to the new picture."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Input, Label, Select, Static

from content_kit.files.reader import Findings, read_hours
from content_kit.files.safe_text import shown
from content_kit.findings import NOWHERE
from content_kit.model import Occurrence
from content_kit.planning.change import REASON_MAX, Order
from content_kit.schedule.dates import distance, hours, long_date, short_date
from content_kit.schedule.one_day import one_day
from content_kit.tui.board import REACH, Board, ServiceDayOf
from content_kit.tui.screens.base import Panel
from content_kit.tui.screens.choose import ChoosePanel
from content_kit.tui.widgets.box import Box
from content_kit.tui.widgets.inputs import Pick, Wanted
from content_kit.tui.widgets.lines import plain

_WISHES: Final = {
    "move": ("Pindah ke hari lain", "Hari barunya", "misalnya 10 Desember 2026"),
    "place": ("Pindah tempat", "Tempat barunya", "misalnya Rumah Ibu RT 02"),
    "hours": ("Jamnya berubah", "Jam barunya", "misalnya 09.00-11.00"),
    "home": ("Kader ke rumah-rumah", "", ""),
    "cancel": ("Batal", "", ""),
}
"""What can be different: its words, the name of its field and an example."""


_HOURS: Final = "Tulis jam mulai dan jam selesai, misalnya 09.00-11.00."


class ChangePanel(Panel[Order]):
    """A small form; its answer is the order for `planning.change`.

    It begins at the next service day of one's own posyandu. With many posyandu one chooses the
    posyandu, then one of its days: a list of all days would be hundreds of rows.
    """

    CSS_PATH: ClassVar[str] = "change.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "go", "Buat pengumuman")]

    def __init__(self, board: Board, me: str) -> None:
        super().__init__()
        self._board = board
        self._today = board.today(me)
        self._all = board.days(me, self._today, self._today + REACH)
        """The service days, the next one first; there is at least one."""
        self._each = self._all[0]

    def compose(self) -> ComposeResult:
        """Posyandu, day, wish, its value with what was understood, and the reason."""
        wishes = [(words, wish) for wish, (words, _, _) in _WISHES.items()]
        with Vertical(id="panel"):
            yield Static("Jadwal berubah", classes="heading gap")
            with Vertical(id="whose"):
                yield Label("Posyandu")
                yield Pick("", id="unit", classes="gap")
            yield Label("Hari buka yang berubah")
            yield Pick("", id="day", classes="gap")
            yield Label("Apa yang berubah?")
            yield Select(
                wishes, id="wish", value="move", allow_blank=False, compact=True, classes="gap"
            )
            with Vertical(id="asked"):
                yield Label("", id="what")
                yield Box(id="value", compact=True)
            yield Static("", id="understood", classes="note", markup=False)
            yield Label("Alasannya")
            yield Box(
                id="reason",
                placeholder="misalnya Balai dipakai rapat desa",
                max_length=REASON_MAX,
                compact=True,
            )
            yield Static("", id="missing", classes="note wrong", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Buat pengumuman", variant="primary", id="go")
                yield Button("Tutup (Esc)", id="close")

    def on_mount(self) -> None:
        """Start where the person has to choose."""
        self.query_one("#whose").display = len(self._units()) > 1
        self._show()
        self.set_focus(self.query_one("#day"))

    # Which day

    def _units(self) -> dict[str, str]:
        """The posyandu that have a service day soon, and what they are called."""
        posyandu = {each.posyandu.slug: each.posyandu for each in self._all}
        names = sorted((each.name, each.village, slug) for slug, each in posyandu.items())
        return {slug: f"{name}, {village}" for name, village, slug in names}

    def _days(self) -> dict[str, ServiceDayOf]:
        """The service days of the chosen posyandu."""
        own = (each for each in self._all if each.posyandu.slug == self._each.posyandu.slug)
        return {f"{each.day.service_day} {each.day.original}": each for each in own}

    def _show(self) -> None:
        each = self._each
        place = each.posyandu
        self.query_one("#unit", Pick).update(_pick(f"{place.name}, {place.village}"))
        self.query_one("#day", Pick).update(_pick(self._told(each)))
        self._understand()

    def _told(self, each: ServiceDayOf) -> str:
        day = each.day
        when = f"{long_date(day.date)} ({distance(day.date, self._today)})"
        told = "BATAL" if day.cancelled else f"{hours(day.hours, each.posyandu.zone)}, {day.place}"
        return f"{when}  {told}"

    @on(Wanted)
    def _choose(self) -> None:
        if self.query_one("#unit").has_focus:
            here = self._each.posyandu.slug
            asked = ChoosePanel("Posyandu yang mana?", [*self._units().items()], here)
            self.app.push_screen(asked, self._unit_chosen)
        else:
            days = self._days()
            here = next(key for key, each in days.items() if each is self._each)
            rows = [(key, self._short(each)) for key, each in days.items()]
            self.app.push_screen(ChoosePanel("Hari buka yang mana?", rows, here), self._day_chosen)

    def _short(self, each: ServiceDayOf) -> str:
        told = "BATAL" if each.day.cancelled else each.day.place
        return f"{short_date(each.day.date)}, {distance(each.day.date, self._today)}  {told}"

    def _unit_chosen(self, unit: str | None) -> None:
        if unit is not None:
            self._each = next(each for each in self._all if each.posyandu.slug == unit)
            self._show()
            self.query_one("#day").focus()

    def _day_chosen(self, key: str | None) -> None:
        if key is not None:
            self._each = self._days()[key]
            self._show()
            self.query_one("#wish").focus()

    # What is different

    @on(Select.Changed, "#wish")
    def _wished(self) -> None:
        _, name, example = _WISHES[self._wish()]
        self.query_one("#what", Label).update(name)
        self.query_one("#value", Input).placeholder = example
        self.query_one("#asked").display = bool(name)
        self._understand()

    @on(Input.Changed)
    def _understand(self) -> None:
        order, told = self._order()
        self._note("understood", told, wrong=order is None)
        self._note("missing", "")

    def _note(self, id: str, told: str, *, wrong: bool = True) -> None:
        line = self.query_one(f"#{id}", Static)
        line.update(shown(told))
        line.set_class(wrong, "wrong")

    @on(Button.Pressed, "#close")
    def _cancelled(self) -> None:
        self.dismiss(None)

    @on(Button.Pressed, "#go")
    @on(Input.Submitted)
    def action_go(self) -> None:
        """Answer, or go to what is still missing and say so beside it."""
        order, told = self._order()
        if order is None:
            self._note("understood", told or "Tulis dulu apa yang berubah.")
            self.query_one("#value").focus()
        elif not order.reason:
            self._note("missing", "Tulis dulu alasannya: warga ingin tahu.")
            self.query_one("#reason").focus()
        else:
            self.dismiss(order)

    def _wish(self) -> str:
        return str(self.query_one("#wish", Select).value)

    def _order(self) -> tuple[Order | None, str]:
        """The order as far as it is understood, and what to say about it."""
        each = self._each
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


def _pick(words: str) -> Content:
    return plain(words) + Content.styled("  ▾", "$foreground-muted")
