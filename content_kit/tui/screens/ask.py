"""A few lines to fill in; below each stands what will be printed, or what is unclear."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label, Static

from content_kit.files.regions import Region
from content_kit.files.safe_text import shown
from content_kit.tui.naming import sentence
from content_kit.tui.screens.base import Panel
from content_kit.tui.widgets.box import Box
from content_kit.tui.widgets.lines import plain
from content_kit.tui.widgets.region_picker import RegionPicker

_FEW: Final = 3
"""More lines than that stand close together in a low window, so that its buttons are seen."""


@dataclass(frozen=True, slots=True)
class Answered:
    """How an answer is understood: the word to keep, what is said of it, what is asked instead."""

    value: str
    note: str = ""
    asked: str = ""
    better: str = ""
    """A tidier spelling that F2 takes; "" where the word is tidy."""


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a panel: its key, its name, what stands there, an example, how it is read."""

    key: str
    label: str
    value: str
    example: str = ""
    read: Callable[[str], Answered] = Answered
    desa: bool = False
    """Whether it asks for a desa, which can be picked from the list of the country."""


class AskPanel(Panel[dict[str, str]]):
    """A few lines to fill in; the answer is each of them by its key, as it was understood."""

    CSS_PATH: ClassVar[str] = "ask.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Simpan"),
        Binding("f2", "tidy", "Pakai ejaan rapi"),
    ]

    def __init__(
        self, title: str, questions: tuple[Question, ...], note: str = "", yes: str = "Simpan"
    ) -> None:
        """`yes` is what the answer leads to, on the button."""
        super().__init__()
        self._yes = yes
        self._title = title
        self._questions = questions
        self._said = note
        self._region: Region | None = None

    def compose(self) -> ComposeResult:
        """Each line with what is understood of it, and two buttons."""
        with Vertical(id="panel"):
            yield Static(plain(self._title), classes="heading")
            for each in self._questions:
                yield Label(each.label)
                hint = f"misalnya {each.example}" if each.example else ""
                if each.desa:
                    yield RegionPicker(self.kit.regions, each.value, id=each.key, placeholder=hint)
                else:
                    yield Box(
                        each.value, id=each.key, placeholder=hint, compact=True, max_length=200
                    )
                yield Static("", id=f"note-{each.key}", classes="note", markup=False)
            if self._said:
                yield Static(plain(self._said), classes="quiet")
            with Horizontal(classes="buttons"):
                # Enter in one of several lines goes to the next.
                key = "Enter" if len(self._questions) == 1 else "Ctrl+S"
                yield Button(f"{self._yes} ({key})", variant="primary", id="go")
                yield Button("Batal (Esc)", id="close")

    def on_mount(self) -> None:
        """Begin with the first line."""
        self.set_class(len(self._questions) > _FEW, "-many")
        self.query(Input).first().focus()
        self._understand()

    def _answer(self, question: Question) -> Answered:
        return question.read(self.query_one(f"#{question.key}", Input).value)

    @on(Input.Changed)
    def _understand(self) -> None:
        for each in self._questions:
            answer = self._answer(each)
            note = self.query_one(f"#note-{each.key}", Static)
            tidier = f"Lebih rapi: {answer.better} (F2)" if answer.better else ""
            lines = [sentence(answer.asked)] if answer.asked else [answer.note, tidier]
            note.update(shown("\n".join(filter(None, lines)), lines=True))
            note.set_class(bool(answer.asked), "wrong")
            note.set_class(not any(lines), "empty")
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """F2 is offered where there is a tidier spelling to take."""
        if action != "tidy":
            return True
        return any(
            self._answer(each).better
            for each in self._questions
            if self.is_mounted and self.query_one(f"#{each.key}", Input).has_focus
        )

    def action_tidy(self) -> None:
        """Take the tidier spelling of the line that has the focus."""
        for each in self._questions:
            box, better = self.query_one(f"#{each.key}", Input), self._answer(each).better
            if box.has_focus and better:
                box.value = better
                box.cursor_position = len(better)

    @on(RegionPicker.Picked)
    def _picked(self, message: RegionPicker.Picked) -> None:
        """A desa brings its kecamatan and kabupaten along, and its code and zone."""
        self._region = region = message.region
        words = (region.village, region.district, region.regency)
        for key, word in zip(("desa", "kecamatan", "kabupaten"), words, strict=True):
            self.query_one(f"#{key}", Input).value = word
        self.query_one("#go").focus()

    @on(Input.Submitted)
    def _next(self, message: Input.Submitted) -> None:
        """Enter goes to the next line, and from the last one saves."""
        keys = [each.key for each in self._questions]
        at = keys.index(message.input.id or keys[-1])
        if at + 1 < len(keys):
            self.query_one(f"#{keys[at + 1]}").focus()
        else:
            self.action_save()

    @on(Button.Pressed, "#go")
    def action_save(self) -> None:
        """Answer, unless something is unclear."""
        answers = {each.key: self._answer(each) for each in self._questions}
        unclear = next((key for key, answer in answers.items() if answer.asked), "")
        if unclear:
            self.query_one(f"#{unclear}").focus()
        else:
            said = {key: answer.value for key, answer in answers.items()}
            region = self._region
            if region is not None and said.get("desa") == region.village:
                said |= {"kode_wilayah": region.code, "zona": region.zone.name}
            self.dismiss(said)

    @on(Button.Pressed, "#close")
    def _cancelled(self) -> None:
        self.dismiss(None)


def trimmed(typed: str) -> Answered:
    """What was typed, without blanks around it."""
    return Answered(" ".join(typed.split()))


def spelled(proper: Callable[[str], str]) -> Callable[[str], Answered]:
    """How a name is understood that must not be empty: as typed, with its proper spelling offered."""

    def read(typed: str) -> Answered:
        said = " ".join(typed.split())
        if not said:
            return Answered("", asked="Isi dulu, ya.")
        better = proper(said)
        return Answered(said, f"Akan tercetak: {said}", better=better if better != said else "")

    return read
