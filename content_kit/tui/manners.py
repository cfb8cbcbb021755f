"""The part of the application that minds keys and messages: no letter is lost, nothing is covered for long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from textual.events import Event, Key
from textual.notifications import Notify, SeverityLevel
from textual.screen import Screen

from content_kit.tui.keeper import Keeper
from content_kit.tui.pasting import keep_pastes_harmless
from content_kit.tui.screens.base import Panel
from content_kit.tui.toasts import LONGEST, Shown, place

if TYPE_CHECKING:
    from textual.driver import Driver


class Manners(Keeper):
    """Keys go to whom they were meant for; a message stays as long as it takes to read."""

    def __init__(self, root: Path | None, clock: Callable[[], datetime]) -> None:
        super().__init__(root, clock)
        self._meant: WeakKeyDictionary[Key, Screen[Any]] = WeakKeyDictionary()
        self._toasts = Shown()

    def get_driver_class(self) -> type[Driver]:
        """Textual's own; what is pasted through it is only text."""
        keep_pastes_harmless()
        return super().get_driver_class()

    # Keys

    async def on_event(self, event: Event) -> None:
        """A key takes away what was read; what is typed while a window opens arrives in it."""
        if isinstance(event, Key):
            if not event.is_forwarded and self._toasts.is_read():
                self.clear_notifications()
            if self._screen_stack and self._waits(event):
                return
        await super().on_event(event)

    def _waits(self, key: Key) -> bool:
        """Whether a window keeps the key until it stands: else its first letters are lost."""
        here = self.screen
        # A key comes by twice: on its way down, and back up when nobody took it.
        meant = self._meant.pop(key, here)
        if isinstance(here, Panel) and (
            here.keeps(key) if not key.is_forwarded else meant is not here
        ):
            if key.is_forwarded:  # typed at once with the key that opened this window
                here.take(Key(key.key, key.character))
            return True
        if not key.is_forwarded:
            self._meant[key] = here
        return False

    async def hand_on(self, key: Key) -> None:
        """Give a key that had to wait to whoever takes it now."""
        await super().on_event(key)

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
