"""Three looks after the palette teluk: light, dark, and as much contrast as there is."""

from __future__ import annotations

from typing import Any, Final

from textual.theme import Theme

_PARTS: Final = (
    "primary", "secondary", "accent", "warning", "error", "success",
    "foreground", "background", "surface", "panel",
)  # fmt: skip


def _look(name: str, colours: str, *, quiet: str, dark: bool) -> Theme:
    """A look from ten colours in the order of `_PARTS`, and one for words that recede.

    Textual would make those 60 % transparent, which reads badly on light ground.
    """
    parts: dict[str, Any] = dict(zip(_PARTS, colours.split(), strict=True))
    words = {"button-focus-text-style": "bold underline", "foreground-muted": quiet}
    return Theme(name, dark=dark, variables=words, **parts)


LIGHT: Final = _look(
    "terang",
    "#0a6060 #5b4b8a #6b468f #794f00 #a6231c #296034 #16302f #f6faf8 #ffffff #e4f0ed",
    quiet="#465b59",
    dark=False,
)
DARK: Final = _look(
    "gelap",
    "#4fb8ac #b3a4e6 #d0a2f0 #f2b84b #ff8a80 #8fd19e #e2efec #0f1c1c #152626 #1d3433",
    quiet="#a9bdb9",
    dark=True,
)
CONTRAST: Final = _look(
    "kontras-tinggi",
    "#ffff00 #00ffff #ffffff #ffff00 #ff9d9d #7dff7d #ffffff #000000 #000000 #000000",
    quiet="#d9d9d9",
    dark=True,
)
THEMES: Final = {
    LIGHT.name: (LIGHT, "Tampilan terang"),
    DARK.name: (DARK, "Tampilan gelap"),
    CONTRAST.name: (CONTRAST, "Tampilan kontras tinggi"),
}
"""Each look with the name people read."""
