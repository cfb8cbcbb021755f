"""Three looks on the colours of the palette teluk: light, dark, and as much contrast as there is."""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

_WORDS: Final = {"button-focus-text-style": "bold underline"}

LIGHT: Final = Theme(
    "terang",
    primary="#0b6b6b",
    secondary="#5b4b8a",
    accent="#7a4fa3",
    warning="#8a5a00",
    error="#b3261e",
    success="#2e6b3a",
    foreground="#16302f",
    background="#f6faf8",
    surface="#ffffff",
    panel="#e4f0ed",
    variables=_WORDS,
    dark=False,
)
DARK: Final = Theme(
    "gelap",
    primary="#4fb8ac",
    secondary="#b3a4e6",
    accent="#d0a2f0",
    warning="#f2b84b",
    error="#ff8a80",
    success="#8fd19e",
    foreground="#e2efec",
    background="#0f1c1c",
    surface="#152626",
    panel="#1d3433",
    variables=_WORDS,
    dark=True,
)
CONTRAST: Final = Theme(
    "kontras-tinggi",
    primary="#ffff00",
    secondary="#00ffff",
    accent="#ffffff",
    warning="#ffff00",
    error="#ff9d9d",
    success="#7dff7d",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    variables=_WORDS,
    dark=True,
)
THEMES: Final = {
    LIGHT.name: (LIGHT, "Tampilan terang"),
    DARK.name: (DARK, "Tampilan gelap"),
    CONTRAST.name: (CONTRAST, "Tampilan kontras tinggi"),
}
"""Each look with the name people read."""
