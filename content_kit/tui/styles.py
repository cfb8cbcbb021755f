"""The application's styles, each source parsed once for a look and not again for every screen."""

from __future__ import annotations

from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet


class KeptStyles(Stylesheet):
    """A stylesheet that remembers what it parsed while the colours stay.

    Textual parses everything anew up to three times when a screen is shown first: with our
    60 sources 70 ms each time, in which no key is heard. Its own memory holds 64 sources.
    """

    def __init__(self, *, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._parse_cache = LRUCache(1024)

    def set_variables(self, variables: dict[str, str]) -> None:
        """New colours; the same ones change nothing."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Take in new sources. A mistake in one leaves the rules as they were."""
        self.parse()
