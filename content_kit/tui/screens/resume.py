"""Something was typed and never saved: go on with it, or throw it away."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from content_kit.tui.screens.base import Panel


class ResumePanel(Panel[bool]):
    """The answer is False only for throwing away; Escape goes on, because nothing may be lost."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "answer(True)", "Lanjutkan"),
        Binding("b", "answer(False)", "Buang"),
        Binding("escape", "close", "Lanjutkan", show=False),
    ]

    def __init__(self, when: str) -> None:
        super().__init__()
        self._when = when

    def compose(self) -> ComposeResult:
        """When it was typed, and two buttons."""
        with Vertical(id="panel"):
            yield Static(
                f"Ada tulisan yang belum disimpan dari {self._when}",
                classes="heading", markup=False,
            )  # fmt: skip
            yield Static(
                "Lanjutkan menulis, atau buang dan mulai dari yang tersimpan?", classes="said"
            )
            with Horizontal(classes="buttons"):
                yield Button("Lanjutkan (l)", variant="primary", id="go")
                yield Button("Buang (b)", id="drop")

    def on_button_pressed(self, message: Button.Pressed) -> None:
        """One of the two."""
        self.dismiss(message.button.id == "go")

    def action_answer(self, go_on: bool) -> None:
        """One of the two."""
        self.dismiss(go_on)
