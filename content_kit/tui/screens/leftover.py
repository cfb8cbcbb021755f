"""What was typed for a post that is gone: read it, copy it into a new post, or throw it away."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from content_kit.files.drafts import Found
from content_kit.planning.draft import said
from content_kit.schedule.dates import clock, short_date
from content_kit.tasks.unsaved import NOTE, told
from content_kit.tui.screens.base import Panel
from content_kit.tui.screens.confirm import ConfirmPanel
from content_kit.tui.widgets.lines import plain


class LeftoverPanel(Panel[bool]):
    """The answer is True for copying it, False for throwing it away; Escape keeps it as it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "copy", "Salin"),
        Binding("b", "drop", "Buang"),
        Binding("escape", "close", "Nanti"),
    ]

    def __init__(self, draft: Found) -> None:
        super().__init__()
        self._draft = draft
        self._note = draft.kept is not None and NOTE in draft.kept.values

    def compose(self) -> ComposeResult:
        """The words, whose they were and since when, and three ways on."""
        with Vertical(id="panel"):
            yield Static("Tulisan untuk postingan yang sudah tidak ada", classes="heading")
            yield Static(plain(self._whose()), classes="said")
            with VerticalScroll(id="body"):
                yield Static(Content("\n").join(self._lines()), id="words")
            with Horizontal(classes="buttons"):
                copy = "Salin tulisannya (s)" if self._note else "Salin ke postingan baru (s)"
                yield Button(copy, variant="primary", id="copy")
                yield Button("Buang (b)", id="drop")
                yield Button("Nanti (Esc)", id="close")

    def _whose(self) -> str:
        kept = self._draft.kept
        when = kept.when.astimezone() if kept else None
        since = f", ditulis {short_date(when.date())} {clock(when.time())}" if when else ""
        return f"Dulu di {self._draft.unit}{since}. Belum pernah disimpan ke rencana."

    def _lines(self) -> list[Content]:
        return [plain(f"{said(path)}: {words}") for path, words in told(self._draft) if words]

    @on(Button.Pressed, "#copy")
    def action_copy(self) -> None:
        """Into a new post; a note only onto the clipboard, and it stays."""
        if self._note:
            self.app.copy_to_clipboard("\n".join(words for _, words in told(self._draft)))
            self.notify("Tulisannya disalin.", timeout=4)
        else:
            self.dismiss(result=True)

    @on(Button.Pressed, "#drop")
    def action_drop(self) -> None:
        """Asked once more: nothing brings it back."""

        def answered(yes: bool | None) -> None:
            if yes:
                self.dismiss(result=False)

        told = "Tulisan ini tidak dapat dikembalikan."
        self.app.push_screen(ConfirmPanel("Buang tulisan ini?", told, "Buang (y)"), answered)

    @on(Button.Pressed, "#close")
    def _later(self) -> None:
        self.action_close()
