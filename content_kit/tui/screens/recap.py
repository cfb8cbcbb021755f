"""Sesudah hari buka: the few numbers that only whoever was there knows, one Enter each."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label, Static

from content_kit.planning.recap import Recap
from content_kit.schedule.dates import long_date
from content_kit.tui.screens.base import Panel
from content_kit.tui.widgets.box import Box
from content_kit.tui.widgets.lines import plain


class RecapPanel(Panel[dict[str, str]]):
    """Each question with a line for its answer; the answer by field, empty for "do not ask again"."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "app.focus_previous", "Sebelumnya", show=False),
        Binding("down", "app.focus_next", "Berikutnya", show=False),
    ]

    def __init__(self, recap: Recap, name: str) -> None:
        super().__init__()
        self._recap = recap
        self._name = name

    def compose(self) -> ComposeResult:
        """The questions."""
        with Vertical(id="panel"):
            yield Static("Sesudah hari buka", classes="heading")
            yield Static(plain(f"{self._name}, {long_date(self._recap.day.date)}", "bold"))
            yield Static("Cukup angkanya. Enter ke pertanyaan berikutnya.", classes="quiet")
            for gap in self._recap.asks:
                yield Label(plain(gap.ask))
                told = f"misalnya {gap.example}" if gap.example else ""
                yield Box(placeholder=told, compact=True, classes="answer")
            yield Static("", id="missing", classes="wrong", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Simpan", variant="primary", id="go")
                yield Button("Jangan tanya lagi", id="never")
                yield Button("Nanti (Esc)", id="close")

    @on(Input.Submitted)
    def _next(self, message: Input.Submitted) -> None:
        boxes = list(self.query(Box))
        after = boxes.index(message.input) + 1 if message.input in boxes else len(boxes)
        if after < len(boxes):
            boxes[after].focus()
        else:
            self._go()

    @on(Button.Pressed, "#go")
    def _go(self) -> None:
        words = [box.value.strip() for box in self.query(Box)]
        answers = {
            gap.field: said for gap, said in zip(self._recap.asks, words, strict=True) if said
        }
        if answers:
            self.dismiss(answers)
        else:
            self.query_one("#missing", Static).update("Isi paling sedikit satu angka.")

    @on(Button.Pressed, "#never")
    def _never(self) -> None:
        self.dismiss({})

    @on(Button.Pressed, "#close")
    def _later(self) -> None:
        self.dismiss(None)
