"""Makes text from files harmless: shown on a terminal, normalised in a post, drawn without emoji."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_INVISIBLE: Final = frozenset(
    {0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x180E, 0x200B, 0x200E, 0x200F, 0x2060, 0x3164, 0xFEFF}
    | set(range(0x2028, 0x202F))  # line and paragraph ends, embeddings and overrides
    | set(range(0x2061, 0x2070))  # invisible operators, isolates
    | set(range(0xFFF0, 0xFFFC))
    | set(range(0xE0000, 0xE1000))  # tags and their like: text that nobody sees
)
_FANCY: Final = (
    (0x1D400, 0x1D7FF),  # mathematical bold, script, double-struck …
    (0xFF01, 0xFF5E),  # full width
    (0x2460, 0x24FF),  # circled
    (0x1F100, 0x1F149),  # squared and in brackets
    (0x2100, 0x214F),  # script capitals that the mathematical block leaves out
    (0xFB00, 0xFB06),  # ligatures
)
_KEPT: Final = frozenset("℃℉№℗™℠Ωℹ℅℀℁⅍")
"""In the ranges above, yet a sign of its own."""

_PICTOGRAPH: Final = (
    "\u2600-\u2604\u2607-\u2612\u2614-\u2685\u2690-\u2705\u2708-\u2712\u2714\u2716\u271d\u2721"
    "\u2728\u2733\u2734\u2744\u2747\u274c\u274e\u2753-\u2755\u2757\u2763-\u2767\u2795-\u2797"
    "\u27a1\u27b0\u27bf\u231a\u231b\u23e9-\u23f3\u23f8-\u23fa\u25fd\u25fe\u2b05-\u2b07"
    "\u2b1b\u2b1c\u2b50\u2b55\U0001f000-\U0001f0ff\U0001f170-\U0001f1ff\U0001f200-\U0001f2ff"
    "\U0001f300-\U0001faff\U0001f10d-\U0001f10f\U0001f16c-\U0001f16f"
)
_TAIL: Final = "[\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"
_ONE: Final = f"(?:[{_PICTOGRAPH}]\ufe0e?{_TAIL}|[0-9#*]\ufe0f?\u20e3|[^\\s\\w]\ufe0f{_TAIL})"
_EMOJI: Final = re.compile(f"{_ONE}(?:\u200d{_ONE})*")


def shown(text: str, *, lines: bool = False) -> str:
    """Text for a terminal or a log: what steers or hides is written out as `<U+202E>`.

    `lines` lets line breaks and tabs through; without it a log line cannot be forged.
    """
    return "".join(_shown(char, lines=lines) for char in text)


def normal(text: str) -> str:
    """Text as it belongs in a post: pasted fancy letters become letters, what hides is dropped.

    Emoji, ½, °, ² and the like stay; special spaces become spaces, except line breaks.
    """
    if text.isascii() and text.isprintable():  # most texts, and a look at each letter is slow
        return text
    return unicodedata.normalize("NFC", "".join(_normal(char) for char in text))


def without_emoji(text: str) -> tuple[str, tuple[str, ...]]:
    """Text for a picture, and the emoji that were dropped from it, in their order.

    The spaces around a dropped emoji become one, or none at the end of a line.
    """
    dropped = tuple(match[0] for match in _EMOJI.finditer(text))
    if not dropped:
        return text, ()
    kept = []
    for line in _EMOJI.sub("\0", text).split("\n"):
        if "\0" in line:
            line = re.sub(r" *\0[ \0]*(?=[ .,;:!?)])|(?<= )\0+ *", "", line)
            line = re.sub(r"\0+", "", line).strip(" ")
        kept.append(line)
    return "\n".join(kept).strip("\n"), dropped


def _shown(char: str, *, lines: bool) -> str:
    if char in "\n\t":
        return char if lines else f"<U+{ord(char):04X}>"
    if unicodedata.category(char) in ("Cc", "Cs") or ord(char) in _INVISIBLE:
        return f"<U+{ord(char):04X}>"
    return char


def _normal(char: str) -> str:
    if char < "\x7f":
        return char if char >= " " or char in "\n\t" else ""
    code = ord(char)
    if code in _INVISIBLE or unicodedata.category(char) in ("Cc", "Cs"):
        return "\n" if code in (0x85, 0x2028, 0x2029) else ""
    if unicodedata.category(char) == "Zs":
        return " "
    if char not in _KEPT and any(first <= code <= last for first, last in _FANCY):
        return unicodedata.normalize("NFKC", char)
    return char
