"""Sudah dibaca petugas kesehatan: who read a text of the library, as what, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label, Static

from content_kit.files.workspace import Loaded, Workspace
from content_kit.planning.pages import Pages
from content_kit.planning.reading import MAX_NAME, mark_read
from content_kit.schedule.dates import plain_date
from content_kit.schedule.one_day import one_day
from content_kit.tui.jobs import Act
from content_kit.tui.screens.base import Panel
from content_kit.tui.widgets.box import Box
from content_kit.tui.widgets.lines import plain

_KEPT: Final = {"by": "pembaca_nama", "role": "pembaca_peran"}
"""The lines that this machine remembers, each with the name of its setting."""


@dataclass(frozen=True)
class Reader:
    """Who read it, as what, and on which day."""

    by: str
    role: str
    day: date


def reading_act(entry: str, words: str, reader: Reader, today: date) -> Act:
    """The edit that writes a reading down, with the posts that say the same.

    `words` is the digest of the text that was on the screen: no other text is signed.
    """

    def act(workspace: Workspace, loaded: Loaded) -> Pages:
        return mark_read(
            workspace, loaded, [entry], reader.by, reader.role, reader.day, today,
            seen={entry: words},
        )  # fmt: skip

    return act


class ReadPanel(Panel[Reader]):
    """The answer is who read the text."""

    CSS_PATH = "read.tcss"

    def __init__(self, title: str, today: date) -> None:
        super().__init__()
        self._title = title
        self._today = today

    def compose(self) -> ComposeResult:
        """The text, the name, the role and the day."""
        with Vertical(id="panel"):
            yield Static("Sudah dibaca petugas kesehatan", classes="heading")
            yield Static(plain(self._title, "bold"), id="title")
            yield Label("Nama yang membacanya")
            yield Box(id="by", max_length=MAX_NAME, compact=True)
            yield Label("Perannya, misalnya bidan atau petugas gizi")
            yield Box(id="role", max_length=MAX_NAME, compact=True)
            yield Label("Hari membacanya")
            yield Box(plain_date(self._today), id="day", compact=True)
            with Horizontal(classes="buttons"):
                yield Button("Catat (Enter)", variant="primary", id="go")
                yield Button("Batal (Esc)", id="close")

    def on_mount(self) -> None:
        """The name is what nobody else knows; whoever read the last text mostly reads the next."""
        for id, key in _KEPT.items():
            self.query_one(f"#{id}", Input).value = self.kit.recall(key)
        self.query_one("#by").focus()

    @on(Input.Submitted)
    @on(Button.Pressed, "#go")
    def _go(self) -> None:
        by, role, when = (self.query_one(f"#{id}", Input) for id in ("by", "role", "day"))
        for box, what in ((by, "namanya"), (role, "perannya")):
            if not box.value.strip():
                self.notify(f"Tulis {what}.", severity="warning", timeout=4)
                box.focus()
                return
        day, why = one_day(when.value.strip(), self._today)
        if day is None or day > self._today:
            told = "Tulis hari ini atau hari yang sudah lewat." if day else why
            self.notify(told or "Tulis harinya.", severity="warning", markup=False)
            when.focus()
            return
        for id, key in _KEPT.items():
            self.kit.remember(key, self.query_one(f"#{id}", Input).value.strip())
        self.dismiss(Reader(by.value, role.value, day))

    @on(Button.Pressed, "#close")
    def _cancelled(self) -> None:
        self.dismiss(None)
