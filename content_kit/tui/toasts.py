"""How long a short message stays, and where: never on the line somebody works at."""

from __future__ import annotations

from time import monotonic
from typing import Final

from textual.notifications import SeverityLevel
from textual.screen import Screen

LONGEST: Final[dict[SeverityLevel, float]] = {"information": 6, "warning": 8, "error": 12}
"""Seconds after which a message goes by itself."""

_READ: Final[dict[SeverityLevel, float]] = {"information": 1, "warning": 2.5, "error": 4}
"""Seconds in which no key takes it away: whoever types on has not read it yet."""

ABOVE: Final = "-toasts-above"
"""The class of a screen whose messages are shown at its top."""


class Shown:
    """Whether a message is on the screen that the next key may take away."""

    def __init__(self) -> None:
        self._until: float | None = None

    def told(self, severity: SeverityLevel) -> None:
        """A message came."""
        self._until = max(self._until or 0, monotonic() + _READ[severity])

    def is_read(self) -> bool:
        """Whether all of them had their time; asked again it says no until another one comes."""
        if self._until is None or monotonic() < self._until:
            return False
        self._until = None
        return True


def place(screen: Screen[object]) -> None:
    """Show messages in the half of the screen in which nobody works.

    A calendar or a long list fills both halves, and what it says stands below it.
    """
    focused = screen.focused
    region = focused.region if focused else screen.region
    tall = region.height * 2 > screen.size.height
    low = region.y * 2 + region.height > screen.size.height
    screen.set_class(tall or low, ABOVE)
