"""One field of a form: its name at the left, its counter at the right, what was found below it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from content_kit.files.hours import clock_in
from content_kit.files.safe_text import shown
from content_kit.findings import Finding, Level
from content_kit.model import FieldValue
from content_kit.planning.draft import Draft, cleaned
from content_kit.schedule.dates import clock, distance, long_date
from content_kit.schedule.one_day import one_day
from content_kit.tui.slots import Kind, Slot, event_words
from content_kit.tui.widgets.inputs import Line, Paragraph, Pick, Wanted, harmless
from content_kit.tui.widgets.lines import plain

NAME: Final = 16
"""Columns for the name of a field."""
COUNT: Final = 9
"""Columns for its counter."""

_MARKS: Final = {Level.ERROR: "! ", Level.WARNING: "? ", Level.INFO: "i "}
_STYLES: Final = {
    Level.ERROR: "bold $error",
    Level.WARNING: "$warning",
    Level.INFO: "$foreground-muted",
}
_CHOSEN: Final = frozenset({Kind.ONE, Kind.MANY, Kind.EVENT, Kind.ART, Kind.PHOTO})
_TOO_LONG: Final = frozenset({"teks-terlalu-panjang", "teks-tidak-muat"})
_UNREAD: Final = ("tanggal-salah", "jam-salah")
MISSING: Final = "wajib-diisi"
"""The code of a field that is still empty."""


class Field(Vertical):
    """A name, something to write or choose in, and room for findings."""

    DEFAULT_CSS = f"""
    Field {{ height: auto; }}
    Field > Line.-textual-compact, Field > Paragraph.-textual-compact, Field > Pick {{
        margin: 0 {COUNT} 0 {NAME}; width: 1fr; background: $panel; color: $foreground;
        padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis;
    }}
    Field > Paragraph {{ height: 1; scrollbar-size-vertical: 1; }}
    Field > Pick {{ height: 1; }}
    Field > Line:focus, Field > Paragraph:focus, Field > Pick:focus {{
        background: $primary 20%; background-tint: $foreground 0%; color: $foreground;
    }}
    Field > .note {{ margin: 0 1 0 {NAME + 1}; height: auto; display: none; }}
    """

    class Edited(Message):
        """Somebody wrote or chose something."""

        def __init__(self, path: str, value: FieldValue) -> None:
            super().__init__()
            self.path = path
            self.value = value

    class Opened(Message):
        """Somebody wants to choose."""

        def __init__(self, field: Field) -> None:
            super().__init__()
            self.field = field

    def __init__(self, slot: Slot, draft: Draft, today: date) -> None:
        super().__init__()
        self.slot = slot
        self.today = today
        self._value = draft.get(slot.path)
        self._asked = ""
        self.found: tuple[Finding, ...] = ()
        """What is said below it."""
        self._remark = ""
        self._body = self._make(draft)

    @property
    def value(self) -> FieldValue:
        """What stands here."""
        return self._value

    @property
    def notes(self) -> str:
        """What is said below the field."""
        return str(self.query_one(".note", Static).render())

    def compose(self) -> ComposeResult:
        """The place to write, and what was found."""
        yield self._body
        yield Static("", classes="note", markup=False)

    def on_mount(self) -> None:
        """Say what is known from the start."""
        self._say()

    def take_focus(self) -> None:
        """Begin to write here."""
        self._body.focus()

    # What stands here

    def _make(self, draft: Draft) -> Widget:
        kind, text = self.slot.kind, self._text(draft)
        self._origin = (text, self._value)
        if kind in _CHOSEN:
            return Pick(self._chosen(draft))
        if kind is Kind.LONG or (kind is Kind.TEXT and "\n" in text):
            return Paragraph(text, placeholder=self.slot.empty)
        return Line(text, opens=kind is Kind.DATE, placeholder=self.slot.empty)

    def _text(self, draft: Draft) -> str:
        if self.slot.kind is Kind.TAGS:
            words = (word for word in draft.items(self.slot.path) if isinstance(word, str))
            return harmless(" ".join(words))
        text = draft.text(self.slot.path)
        day = draft.day() if self.slot.kind is Kind.DATE else None
        return long_date(day) if day else harmless(text)

    def _chosen(self, draft: Draft) -> Content:
        slot = self.slot
        if slot.kind is Kind.EVENT:
            words = event_words(slot, draft)
        else:
            words = ", ".join(
                slot.words(each) for each in draft.items(slot.path) if isinstance(each, str)
            )
        style = "" if words else "$foreground-muted"
        return Content.assemble(
            plain(" ".join((words or slot.empty).split()), style), (" ▾", "$primary")
        )

    def show(self, slot: Slot, draft: Draft) -> None:
        """Show what a draft says, without telling that it was edited."""
        self.slot = slot
        new = draft.get(slot.path)
        old, self._value = self._value, new
        if isinstance(self._body, Pick):
            self._body.update(self._chosen(draft))
        elif old != new:
            text = self._text(draft)
            self._origin = (text, new)
            with self.prevent(Input.Changed, TextArea.Changed):
                if isinstance(self._body, Line):
                    self._body.value = text
                elif isinstance(self._body, Paragraph):
                    self._body.say(text)
            self._asked = ""
        self._say()

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        message.stop()
        self._write(message.value)

    @on(TextArea.Changed)
    def _wrote(self, message: TextArea.Changed) -> None:
        message.stop()
        self._write(message.text_area.text)

    def _write(self, text: str) -> None:
        value: FieldValue = text
        if self.slot.kind is Kind.TAGS:
            value = tuple(word for word in re.split(r"[\s,;#]+", text) if word)
        elif self.slot.kind is Kind.DATE:
            day, asked = one_day(text, self.today)
            value = day.isoformat() if day else text
            self._asked = asked
            if day and text != long_date(day):
                self._asked = f"= {long_date(day)}, {distance(day, self.today)}"
        elif self.slot.kind is Kind.CLOCK:
            at = clock_in(text) if text.strip() else None
            self._asked = ""
            if isinstance(at, Finding):
                self._asked = f"{at.message} {at.hint}"
            elif at is not None:
                value = clock(at)
                self._asked = "" if value == text.strip() else f"= {value}"
        shown_first, meant = self._origin
        value = meant if text == shown_first else cleaned(value)
        if value != self._value:
            self._value = value
            self.post_message(self.Edited(self.slot.path, value))
        self._say()

    @on(Wanted)
    def _wanted(self, message: Wanted) -> None:
        message.stop()
        self.post_message(self.Opened(self))

    def on_descendant_blur(self) -> None:
        """A day that was understood is shown in full."""
        if self.slot.kind is Kind.DATE and isinstance(self._body, Line):
            day, _ = one_day(self._body.value, self.today)
            if day:
                with self.prevent(Input.Changed):
                    self._body.value = long_date(day)
                self._asked = ""
                self._say()
        self.refresh()

    def on_descendant_focus(self) -> None:
        """The name of the field in use stands out."""
        self.refresh()

    # What is said about it

    def tell(self, findings: Iterable[Finding]) -> None:
        """Show what was found here."""
        found = tuple(findings)
        if found != self.found:
            self.found = found
            self._say()

    def remark(self, words: str) -> None:
        """Say something else about what stands here, "" for nothing."""
        if words != self._remark:
            self._remark = words
            self._say()

    def say_when_empty(self, words: str) -> None:
        """What will stand here if nobody writes anything."""
        if isinstance(self._body, Paragraph):
            self._body.say_when_empty(Content(shown(words)))

    def _over(self) -> int:
        length = len(self._value) if isinstance(self._value, str) else 0
        return max(0, length - self.slot.max) if self.slot.max else 0

    def _say(self) -> None:
        lines: list[Content] = []
        if over := self._over():
            lines.append(Content.styled(f"! {over} huruf terlalu panjang", "bold $error"))
        if self._asked.startswith("="):
            lines.append(plain(self._asked, "$primary"))
        elif self._asked:
            lines.append(plain(f"! {self._asked}", "bold $error"))
        if self._remark:
            lines.append(plain(self._remark, "$warning"))
        lines += [note(each, self.slot.label) for each in self.found if not self._is_said(each)]
        if self.is_mounted:
            renew(self.query_one(".note", Static), Content("\n").join(lines))
        self.refresh()

    def _is_said(self, finding: Finding) -> bool:
        """Whether the field said it itself, and at once: too long, or no day or time."""
        if finding.code in _TOO_LONG and self._over():
            return True
        return finding.code in _UNREAD and bool(self._asked)

    def render(self) -> Content:
        """The name and the counter; what one writes in lies above them."""
        name = shown(self.slot.label)
        name = name if len(name) < NAME else f"{name[: NAME - 2]}…"
        here = self.has_pseudo_class("focus-within")
        marked = any(found.level is Level.ERROR for found in self.found) or self._over()
        style = "bold $error" if marked else "bold $primary" if here else "$foreground"
        left = Content.styled(name, style)
        count, colour = self._count()
        gap = max(1, self.size.width - len(count) - left.cell_length - 1)
        return Content.assemble(left, " " * gap, (count, colour))

    def _count(self) -> tuple[str, str]:
        most = self.slot.max
        if (
            self.slot.kind not in (Kind.TEXT, Kind.LONG)
            or not most
            or not isinstance(self._value, str)
        ):
            return "", ""
        if not self._value and self.slot.optional:
            return "", ""
        length = len(self._value)
        near = length > most * 0.9
        colour = "bold $error" if length > most else "$warning" if near else "$foreground-muted"
        return f"{length}/{most}", colour


def renew(static: Static, words: Content) -> None:
    """Show other words, none at all by hiding them; the same words cost no new layout."""
    if static.content != words:  # compares the text alone, which is what takes room
        static.update(words)
    if static.display != bool(words):
        static.display = bool(words)


def note(finding: Finding, label: str = "") -> Content:
    """What was found, and the next step; below a field its name need not be said again."""
    message, hint = finding.message.removeprefix(f'"{label}" '), finding.hint
    if finding.code == MISSING:
        hint = ""  # the field stands right above
    told = plain(f"{_MARKS[finding.level]}{message}", _STYLES[finding.level])
    return told + plain(f" {hint}", "$foreground") if hint else told
