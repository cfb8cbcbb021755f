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

from content_kit.files.safe_text import shown
from content_kit.planning.change_order import REASON_MAX, Order
from content_kit.schedule.dates import distance, hours, long_date, short_date
from content_kit.schedule.new_day import About, new_day
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
        self._doubts: tuple[str, ...] = ()
        self._agreed: tuple[str, ...] = ()
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
        self._agreed = ()
        self._note("understood", told, wrong=order is None or bool(self._doubts))
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
        elif self._doubts and self._doubts != self._agreed:
            self._agreed = self._doubts
            self._note("missing", "Bila benar, tekan Buat pengumuman sekali lagi.")
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
        self._doubts = ()
        match self._wish():
            case "home":
                return replace(order, home_visit=True), "Kader datang ke rumah-rumah."
            case "cancel":
                return replace(order, cancelled=True), f"{long_date(each.day.date)} batal."
            case "place" | "hours" | "move" as wish if text:
                return self._read(order, text, "day" if wish == "move" else wish)
        return None, ""

    def _read(self, order: Order, text: str, about: About) -> tuple[Order | None, str]:
        """What was typed, taken apart: the day, the hours and the place may change together."""
        each = self._each
        own = (one for one in self._all if one.posyandu.slug == each.posyandu.slug)
        found = new_day(
            text,
            self._today,
            each.day,
            each.posyandu.zone,
            {one.day.original.weekday() for one in own},
            about,
        )
        self._doubts = found.doubts if found.clear else ()
        moved = found.day if each.day.cancelled or found.day != each.day.date else None
        order = replace(order, moved_to=moved, hours=found.hours, place=found.place)
        if not found.clear:  # what was understood stands beside the question, but for a wrong day
            rest = replace(order, moved_to=moved if found.hours or found.place else None)
            return None, f"{found.asked} {self._differs(rest)}".strip()
        return order, " ".join([self._differs(order), *found.doubts])

    def _differs(self, order: Order) -> str:
        """What will be different, in the words of the announcement."""
        old, day, parts = self._each.day, order.moved_to, []
        if day is not None and day == old.original:
            parts.append(f"Kembali ke hari semula: {long_date(day)} ({self._away(day)})")
        elif day is not None:
            parts.append(f"Hari baru: {long_date(day)} ({self._away(day)})")
        if order.hours is not None:
            parts.append(f"Jam baru: {hours(order.hours, self._each.posyandu.zone)}")
        if order.place:
            parts.append(f"Tempat baru: {order.place}")
        return ". ".join(parts) + ("." if len(parts) > 1 else "")

    def _away(self, day: date) -> str:
        return distance(day, self._today)


def _pick(words: str) -> Content:
    return plain(words) + Content.styled("  ▾", "$foreground-muted")
