"""The line at the bottom: the keys that work here, each with its words; a click presses it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import ClassVar, NamedTuple

from textual.content import Content
from textual.screen import Screen

from content_kit.tui.widgets.ribbon import Piece, Ribbon


class _Key(NamedTuple):
    name: str
    shown: str
    words: str
    works: bool


class KeyBar(Ribbon):
    """The keys of the screen it stands on, in the order of their bindings."""

    DEFAULT_CSS: ClassVar[str] = "KeyBar { dock: bottom; }"

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[_Key, ...] = ()

    def on_mount(self) -> None:
        """Follow the screen: what has the focus decides which keys work."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def _follow(self, screen: Screen[object]) -> None:
        keys: dict[str, _Key] = {}
        for _, binding, works, _ in screen.active_bindings.values():
            if binding.show and binding.action not in keys:
                shown = self.app.get_key_display(binding)
                keys[binding.action] = _Key(binding.key, shown, binding.description, works)
        if self._keys != (found := tuple(keys.values())):
            self._keys = found
            self.refresh()

    def pieces(self) -> Iterator[Piece]:
        """` ? Bantuan `: the key stands out, and is dim while it does not work."""
        for key in self._keys:
            words = Content.assemble(
                (f" {key.shown} ", "bold $footer-key-foreground"), f"{key.words} "
            )
            press = partial(self.app.simulate_key, key.name) if key.works else self.app.bell
            yield Piece(words if key.works else words.stylize("dim"), press)
