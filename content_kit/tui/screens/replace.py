"""A result goes where somebody's file lies: replace it, put ours beside it, or stop."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from content_kit.files.outputs import Wish, Wishes
from content_kit.files.user_folders import homely
from content_kit.tui import jobs
from content_kit.tui.screens.base import Panel
from content_kit.tui.widgets.lines import plain

if TYPE_CHECKING:
    from content_kit.tui.app import KitApp

_WISHES: Final = {"replace": Wish.REPLACE, "beside": Wish.BESIDE}
_GLANCE: Final = 0.2
"""Seconds after which a job that waits for an answer looks whether anybody is left to give one."""


class ReplacePanel(Panel[Wish]):
    """The answer is what becomes of the file; None, as Escape says, stops the work."""

    AUTO_FOCUS = "#beside"  # Enter pressed too often must not replace anything
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "answer('replace')", "Ganti"),
        Binding("s", "answer('beside')", "Di samping"),
        Binding("escape", "close", "Batal"),
    ]

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def compose(self) -> ComposeResult:
        """Which file, and the three ways."""
        with Vertical(id="panel"):
            yield Static("Berkas ini sudah ada", classes="heading")
            yield Static(plain(homely(self._path)), id="words", classes="said")
            yield Static("Isinya bukan yang terakhir dibuat di sini; mungkin sudah diisi orang.")
            with Horizontal(classes="buttons"):
                yield Button("Ganti (g)", id="replace")
                yield Button("Simpan di samping (s)", id="beside", variant="primary")
                yield Button("Batal (Esc)", id="close")

    def on_button_pressed(self, message: Button.Pressed) -> None:
        """One of the three."""
        self.dismiss(_WISHES.get(message.button.id or ""))

    def action_answer(self, wish: str) -> None:
        """Replace, or beside."""
        self.dismiss(_WISHES[wish])


def asking(kit: KitApp) -> Wishes:
    """What a job on a worker thread asks with: it waits for the answer; Stopped when there is none."""

    def ask(path: Path) -> Wish:
        answer: Future[Wish | None] = Future()
        kit.call_from_thread(kit.push_screen, ReplacePanel(path), answer.set_result)
        while kit.is_running:
            try:
                wish = answer.result(_GLANCE)
            except TimeoutError:
                continue
            if wish is None:
                break
            return wish
        raise jobs.Stopped

    return ask
