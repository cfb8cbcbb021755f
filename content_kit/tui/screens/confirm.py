"""A small question before something is taken away: yes, or leave it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from content_kit.tui.screens.base import Panel
from content_kit.tui.widgets.lines import plain


class ConfirmPanel(Panel[bool]):
    """The answer is True for yes; Escape and the other button leave everything as it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "yes", "Ya"),
        Binding("escape", "close", "Jangan"),
    ]

    def __init__(self, heading: str, words: str | Sequence[str], yes: str) -> None:
        super().__init__()
        self._heading = heading
        self._words = (words,) if isinstance(words, str) else words
        self._yes = yes

    def compose(self) -> ComposeResult:
        """What it is about, and two buttons."""
        with Vertical(id="panel"):
            yield Static(plain(self._heading), classes="heading")
            yield Static(
                Content("\n").join(plain(line) for line in self._words), id="words", classes="said"
            )
            with Horizontal(classes="buttons"):
                yield Button(self._yes, variant="primary", id="yes")
                yield Button("Jangan (Esc)", id="no")

    def on_button_pressed(self, message: Button.Pressed) -> None:
        """One of the two."""
        self.dismiss(message.button.id == "yes")

    def action_yes(self) -> None:
        """Yes."""
        self.dismiss(result=True)


class AnswerPanel(Panel[bool]):
    """A question with two answers; None when somebody leaves without either."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Ya"),
        Binding("n", "answer(False)", "Belum"),
    ]

    def __init__(self, heading: str, words: str, yes: str, no: str) -> None:
        super().__init__()
        self._heading = heading
        self._words = words
        self._answers = (yes, no)

    def compose(self) -> ComposeResult:
        """What it is about, and the answers."""
        yes, no = self._answers
        with Vertical(id="panel"):
            yield Static(plain(self._heading), classes="heading")
            yield Static(plain(self._words), id="words", classes="said")
            with Horizontal(classes="buttons"):
                yield Button(yes, id="yes", action="screen.answer(True)")
                yield Button(no, id="no", action="screen.answer(False)")

    def action_answer(self, yes: bool) -> None:
        """One of the two."""
        self.dismiss(yes)
