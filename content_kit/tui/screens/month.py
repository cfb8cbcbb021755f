"""Which month to plan: this one or the next, for whom, and how much that would add."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Button, Static

from content_kit.model import Posyandu
from content_kit.planning.balance import last_day, next_month
from content_kit.schedule.dates import month_name
from content_kit.tui.screens.base import Panel
from content_kit.tui.widgets.lines import plain

_ENDS: Final = timedelta(days=7)
"""In its last week a month is nearly over, and the next one is what is to be planned."""
_COUNTED: Final = 40
"""For more posyandu than these, counting takes longer than anybody waits."""
_NAMED: Final = 3


@dataclass
class Counted(Message):
    """How many posts a month still needs, and the posyandu whose files cannot be read."""

    month: date
    count: int
    unread: tuple[str, ...] = ()


@dataclass
class Uncounted(Message):
    """Counting did not go to its end: planning itself says what is wrong."""


class MonthPanel(Panel[date]):
    """The answer is the first day of a month."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "app.focus_previous", "Sebelumnya", show=False),
        Binding("right,down", "app.focus_next", "Berikutnya", show=False),
    ]

    def __init__(self, root: Path, units: Sequence[Posyandu], today: date, now: datetime) -> None:
        super().__init__()
        first = today.replace(day=1)
        self._months = {"this": first, "next": next_month(first)}
        self._ending = last_day(today) - today < _ENDS
        self._root, self._units, self._now = root, units, now
        self._told: set[date] = set()

    def compose(self) -> ComposeResult:
        """Two months, for whom, and what planning does."""
        names = ", ".join(each.name for each in self._units[:_NAMED])
        more = len(self._units) - _NAMED
        names += f" dan {more} posyandu lainnya" if more > 0 else ""
        with Vertical(id="panel"):
            yield Static("Susun bulan", classes="heading")
            yield Static(plain(f"Untuk {names or 'belum ada posyandu'}."))
            yield Static("Yang sudah ada tidak diubah; yang kurang ditambah. Keliru? Ctrl+Z.")
            waiting = "menghitung…" if self._countable else "dihitung saat disusun"
            for id, month in self._months.items():
                yield Static(f"{self._called(month)}: {waiting}", id=f"{id}-count")
            with Horizontal(classes="buttons"):
                for id, month in self._months.items():
                    wished = id == ("next" if self._ending else "this")
                    yield Button(
                        self._called(month), id=id, variant="primary" if wished else "default"
                    )
                yield Button("Batal (Esc)", id="close")

    def on_mount(self) -> None:
        """Begin at the month that is to be planned now, and count meanwhile."""
        self.set_focus(self.query_one("#next" if self._ending else "#this"))
        if self._countable:
            self.run_worker(self._count, thread=True, exit_on_error=False)

    @property
    def _countable(self) -> bool:
        return len(self._units) <= _COUNTED

    @staticmethod
    def _called(month: date) -> str:
        return f"{month_name(month)} {month.year}"

    def _count(self) -> None:
        from content_kit.tui import jobs

        units, months = [each.slug for each in self._units], list(self._months.values())
        try:
            for month, count, unread in jobs.months_ahead(
                self._root, months, units, self._now, lambda: self.is_running
            ):
                self.post_message(Counted(month, count, unread))
        except Exception:  # noqa: BLE001 - a thread must not take the screen along
            self.post_message(Uncounted())

    @on(Counted)
    def _counted(self, message: Counted) -> None:
        told = []
        if len(message.unread) < len(self._units) or not self._units:
            new = f"kira-kira {message.count} postingan baru"
            told.append(new if message.count else "sudah lengkap")
        names = [each.name for each in self._units if each.slug in message.unread]
        if names:
            who = ", ".join(names) if len(names) <= _NAMED else f"{len(names)} posyandu"
            told.append(f"{who} tidak terbaca")
        self._tell(message.month, "; ".join(told))

    @on(Uncounted)
    def _uncounted(self) -> None:
        for month in self._months.values():
            if month not in self._told:
                self._tell(month, "belum dapat dihitung")

    def _tell(self, month: date, told: str) -> None:
        self._told.add(month)
        id = next(id for id, each in self._months.items() if each == month)
        words = plain(f"{self._called(month)}: {told}")
        self.query_one(f"#{id}-count", Static).update(words)

    @on(Button.Pressed)
    def _chosen(self, message: Button.Pressed) -> None:
        self.dismiss(self._months.get(message.button.id or ""))
