"""What one writes into: a line, a paragraph, and a line that opens a choice. Enter goes on to the next."""

from __future__ import annotations

from typing import ClassVar, Self

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from content_kit.files.safe_text import line_ends, shown

TALLEST = 8
"""Lines of a paragraph that are seen at once; a longer one scrolls."""


def harmless(text: str) -> str:
    """A text that may be shown where one writes: what would steer the terminal is left out.

    Lines end with a newline, whatever they ended with: terminals paste them with a carriage return.

    Elsewhere such a character is shown by its number; here that would become part of the text.
    """
    text = line_ends(text).replace("\t", " ")
    if shown(text, lines=True) == text:
        return text
    return "".join(sign for sign in text if shown(sign, lines=True) == sign)


class Wanted(Message):
    """Somebody wants to choose what stands here."""


class Line(Input):
    """One line. Up and down leave it; what is pasted over several lines becomes one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "leave(-1)", "Isian sebelumnya", show=False),
        Binding("down", "leave(1)", "Isian berikutnya", show=False),
    ]

    def __init__(self, value: str, *, opens: bool = False, placeholder: str = "") -> None:
        # A day is written anew; of a sentence one wants to change a word.
        super().__init__(value, compact=True, placeholder=placeholder, select_on_focus=opens)
        self._opens = opens
        self._came = value

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Never a new layout: its place does not depend on its words, and each key would cost one."""
        return super().refresh(*regions, repaint=repaint, layout=False, recompose=recompose)

    def action_leave(self, towards: int) -> None:
        """To the field above or below; walking through a form changes nothing in it."""
        if towards > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    async def action_submit(self) -> None:
        """On to the next field; where there is something to choose and nothing was written, show it."""
        if self._opens and self.value == self._came:
            self.post_message(Wanted())
        else:
            self.screen.focus_next()

    def on_focus(self) -> None:
        """Remember what stands here: what is written from now on is somebody's own."""
        self._came = self.value

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self._put_in(event.text)

    def action_paste(self) -> None:
        """What was copied inside the application is pasted like anything else."""
        self._put_in(self.app.clipboard)

    def _put_in(self, text: str) -> None:
        self.replace(" ".join(harmless(text).split()), *self.selection)


class Paragraph(TextArea):
    """Some lines that wrap, as tall as what is written in them. Ctrl+J begins a new line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+j,shift+enter", "new_line", "Baris baru", show=False),
    ]

    def __init__(self, value: str, *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(
            value, compact=True, placeholder=placeholder, highlight_cursor_line=False, id=id
        )
        self.move_cursor(self.document.end)

    def say(self, text: str) -> None:
        """Say something else, to be written on at its end."""
        self.load_text(text)
        self.move_cursor(self.document.end)
        self.call_after_refresh(self._fit)  # whoever says it may have silenced Changed

    def on_resize(self) -> None:
        """Another width wraps the words otherwise."""
        self.call_after_refresh(self._fit)

    def on_text_area_changed(self) -> None:
        """More words are taller."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        self.styles.height = max(1, min(self.wrapped_document.height, TALLEST))
        self.scroll_cursor_visible()

    def say_when_empty(self, words: Content) -> None:
        """What stands here, greyed, while nothing is written: one line of it."""
        width = max(1, self.scrollable_content_region.width)
        self.placeholder = words.truncate(width, ellipsis=True)

    def action_delete_to_start_of_line(self) -> None:
        """Everything before the cursor, as in a line: where the words wrap is not theirs to know."""
        self.delete((0, 0), self.cursor_location, maintain_selection_offset=False)

    def action_new_line(self) -> None:
        """Begin a new line."""
        self.insert("\n")

    def action_cursor_up(self, select: bool = False) -> None:
        """A line up, or out of the first one."""
        if not select and self.cursor_at_first_line:
            self.screen.focus_previous()
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        """A line down, or out of the last one."""
        if not select and self.cursor_at_last_line:
            self.screen.focus_next()
        else:
            super().action_cursor_down(select)

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.text = harmless(event.text)  # Textual calls the method of TextArea next, by itself

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.screen.focus_next()
        else:
            await super()._on_key(event)


class Pick(Static, can_focus=True):
    """Shows what is chosen; Enter, space or a click opens the choice."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,right", "open", "Pilih", show=False),
        Binding("up", "leave(-1)", "Isian sebelumnya", show=False),
        Binding("down", "leave(1)", "Isian berikutnya", show=False),
    ]

    def action_open(self) -> None:
        """Open the choice."""
        self.post_message(Wanted())

    def action_leave(self, towards: int) -> None:
        """To the field above or below."""
        if towards > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def on_click(self) -> None:
        """Open the choice."""
        self.post_message(Wanted())
