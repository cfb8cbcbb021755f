"""What every screen can do: explain itself, offer its actions, and follow the board."""

from __future__ import annotations

import re
from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar, cast

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Button, Static

from content_kit.tui.widgets.keybar import KeyBar
from content_kit.tui.widgets.titlebar import TitleBar
from content_kit.tui.widgets.veil import Drawn, dimmed

if TYPE_CHECKING:
    from content_kit.tui.app import KitApp
    from content_kit.tui.board import Board

Answer = TypeVar("Answer")

_KEY: Final = re.compile(r"\s*(?:\S+(?: \S+)*\s{2,})?")
"""The key at the beginning of a line of help, with the room after it."""
_WIDTH: Final = 76
_AROUND: Final = 7
"""The width of a panel (app.tcss), and how much of it are border, padding and scrollbar."""


class KitScreen(Screen[None]):
    """A full screen. `HELP` is what `?` says; `OFFERS` are its actions for the palette."""

    HELP: ClassVar[str] = ""
    OFFERS: ClassVar[tuple[tuple[str, str, str], ...]] = ()
    """Title, explanation and action."""
    takes_keys = True
    """Whether what one writes in is there; until then keys wait (see `keyline`)."""
    _stale = False

    @property
    def kit(self) -> KitApp:
        """The application."""
        return cast("KitApp", self.app)

    def on_mount(self) -> None:
        """Follow the board and whoever sits here."""
        self.watch(self.app, "board", self._follow)
        self.watch(self.app, "me", self._follow, init=False)

    def _follow(self) -> None:
        board = self.kit.board
        self._stale = self not in self.app.screen_stack
        if board is not None and not self._stale:
            from content_kit.schedule.dates import short_date  # is here with the board

            for bar in self.query(TitleBar):
                bar.say_day(short_date(board.today(self.kit.me)))
                bar.say_open(board.open(self.kit.me))
            self.draw(board)

    def on_screen_resume(self) -> None:
        """Catch up with what happened while another place was shown."""
        if self._stale:
            self._follow()

    def draw(self, board: Board) -> None:
        """Show what the board says."""

    def offers(self) -> tuple[tuple[str, str, str], ...]:
        """The actions of this screen for the command palette."""
        return self.OFFERS

    def explain(self) -> None:
        """Say what can be done here."""
        self.app.push_screen(HelpPanel(self.HELP))


class Panel(ModalScreen[Answer]):
    """A small window over a screen; Escape closes it without an answer.

    Its keys stand at the foot of the screen, over those of the screen behind: of its BINDINGS at
    most six are shown.
    """

    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Tutup")]

    @property
    def kit(self) -> KitApp:
        """The application."""
        return cast("KitApp", self.app)

    def render(self) -> Drawn:
        """The screen behind, dimmed."""
        return dimmed(super().render())

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys without those that only Textual's own widgets name, in English."""
        own = "content_kit."
        return {
            key: each
            for key, each in super().active_bindings.items()
            if not each.binding.show or type(each.node).__module__.startswith(own)
        }

    def on_mount(self) -> None:
        """Show the keys that mean something now."""
        self.mount(KeyBar())

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Answer, once: two Enters in one moment are still one answer."""
        if self not in self.app.screen_stack:
            return AwaitComplete()
        return super().dismiss(result)

    def action_close(self) -> None:
        """Close without an answer."""
        self.dismiss(None)


def hanging(words: str, width: int) -> str:
    """Lines of at most so many characters; what follows a key stays right of it."""
    lines = []
    for line in words.splitlines():
        key = _KEY.match(line)
        after = " " * (key.end() if key else 0)
        lines += wrap(line, width, subsequent_indent=after) or [""]
    return "\n".join(lines)


class HelpPanel(Panel[None]):
    """What can be done on a screen."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words

    def compose(self) -> ComposeResult:
        """The words and a way out."""
        with Vertical(id="panel"):
            yield Static("Bantuan", classes="heading")
            with VerticalScroll(id="body"):
                room = min(_WIDTH, int(self.app.size.width * 0.96)) - _AROUND
                yield Static(Content(hanging(self._words, room)))
            with Horizontal(classes="buttons"):
                yield Button("Tutup", variant="primary", id="close")

    def on_button_pressed(self) -> None:
        """Close."""
        self.dismiss(None)
