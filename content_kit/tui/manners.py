"""The part of the application that minds keys and messages: no letter is lost, nothing is covered for long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.events import Event, Key, Paste
from textual.notifications import Notify, SeverityLevel
from textual.screen import Screen

from content_kit.tui.keeper import Keeper
from content_kit.tui.keyline import KeyLine, Settled
from content_kit.tui.pasting import keep_pastes_harmless
from content_kit.tui.toasts import LONGEST, Shown, place

if TYPE_CHECKING:
    from textual.driver import Driver


class Manners(Keeper):
    """Keys go to whom they were meant for; a message stays as long as it takes to read."""

    def __init__(self, root: Path | None, clock: Callable[[], datetime]) -> None:
        super().__init__(root, clock)
        self.keys = KeyLine(Settled(self), self._give)
        """The keys that wait for their turn."""
        self._given_at: Screen[Any] | None = None
        """Where the key was given that is at work now."""
        self._toasts = Shown()

    def get_driver_class(self) -> type[Driver]:
        """Textual's own; what is pasted through it is only text."""
        keep_pastes_harmless()
        return super().get_driver_class()

    # Keys

    async def on_event(self, event: Event) -> None:
        """A key takes away what was read, and waits until those before it have done all they do."""
        if not isinstance(event, Key | Paste):
            await super().on_event(event)
            return
        if event.is_forwarded:
            # It comes back because nobody took it: in another window it would mean something else.
            if self._given_at is self.screen:
                await super().on_event(event)
            return
        if isinstance(event, Key) and self._toasts.is_read():
            self.clear_notifications()
        self.keys.join(event)

    async def _give(self, event: Event) -> None:
        if self._screen_stack:
            self._given_at = self.screen
        with self._context():
            await super().on_event(event)

    def action_help_quit(self) -> None:
        """Ctrl+C where nothing is marked: who presses it wants to leave, or to copy."""
        self.notify(
            "Keluar: tekan Ctrl+Q. Menyalin: tandai dulu tulisannya (Shift+panah), lalu Ctrl+C."
        )

    # Messages

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Say something in a corner, no longer than it takes to read."""
        most = LONGEST[severity]
        time = min(timeout or most, most)
        super().notify(message, title=title, severity=severity, timeout=time, markup=markup)

    def on_notify(self, event: Notify) -> None:
        """A message comes: not upon what somebody works at."""
        self._toasts.told(event.notification.severity)
        place(self.screen)
