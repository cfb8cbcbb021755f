"""What every screen can do: explain itself, offer its actions, and follow the board."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Button, Static

from content_kit.tui.widgets.titlebar import TitleBar

if TYPE_CHECKING:
    from content_kit.tui.app import KitApp
    from content_kit.tui.board import Board

Answer = TypeVar("Answer")


class KitScreen(Screen[None]):
    """A full screen. `HELP` is what `?` says; `OFFERS` are its actions for the palette."""

    HELP: ClassVar[str] = ""
    OFFERS: ClassVar[tuple[tuple[str, str, str], ...]] = ()
    """Title, explanation and action."""
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
    """A small window over a screen; Escape closes it without an answer."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Tutup")]

    @property
    def kit(self) -> KitApp:
        """The application."""
        return cast("KitApp", self.app)

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Answer, once: two Enters in one moment are still one answer."""
        if self not in self.app.screen_stack:
            return AwaitComplete()
        return super().dismiss(result)

    def action_close(self) -> None:
        """Close without an answer."""
        self.dismiss(None)


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
                yield Static(Content(self._words))
            with Horizontal(classes="buttons"):
                yield Button("Tutup", variant="primary", id="close")

    def on_button_pressed(self) -> None:
        """Close."""
        self.dismiss(None)
