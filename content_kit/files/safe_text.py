"""Makes text from files harmless: shown on a terminal, normalised in a post, drawn without emoji."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

_INVISIBLE: Final = frozenset(
    {0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x200B, 0x200E, 0x200F}
    | {0x2060, 0x3164, 0xFEFF, 0xFFA0}
    | set(range(0x180B, 0x1810))
    | set(range(0x2028, 0x202F))  # line and paragraph ends, embeddings and overrides
    | set(range(0x2061, 0x2070))  # invisible operators, isolates
    | set(range(0xFFF0, 0xFFFD))
    | set(range(0x1BCA0, 0x1BCA4))
    | set(range(0x1D173, 0x1D17B))
    | set(range(0xE0000, 0xE1000))  # tags and their like: text that nobody sees
)
"""Letters that Unicode calls ignorable by default, and what stands for a lost object."""

_JOINERS: Final = re.compile("[\u200c\u200d\ufe00-\ufe0f]")
"""Invisible as well, but inside an emoji they say which one it is."""

LINE_ENDS: Final = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
"""What ends a line besides CR and LF: word processors and slides write the first and the last two."""
_TO_NEWLINE: Final = str.maketrans(dict.fromkeys(f"\r{LINE_ENDS}", "\n"))

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

_DRESSED: Final[Mapping[int, str]] = MappingProxyType(
    {
        **{
            start + n: chr(65 + n) for start in (0x1F150, 0x1F170) for n in range(26)
        },  # white on black
        **dict(
            zip(map(ord, "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯǫʀꜱᴛᴜᴠᴡʏᴢ"), "abcdefghijklmnopqqrstuvwyz", strict=True)
        ),
        # struck through, underlined, overlined, framed
        **dict.fromkeys(
            (0x305, 0x332, 0x333, *range(0x335, 0x339), 0x33F, 0x35F, *range(0x20D2, 0x20E3)), ""
        ),
    }
)
"""Fancy letters that Unicode does not call compatible, and lines drawn through and around letters."""

_PICTOGRAPH: Final = (
    "\u2600-\u2604\u2607-\u2612\u2614-\u2685\u2690-\u2705\u2708-\u2712\u2714\u2716\u271d\u2721"
    "\u2728\u2733\u2734\u2744\u2747\u274c\u274e\u2753-\u2755\u2757\u2763-\u2767\u2795-\u2797"
    "\u27a1\u27b0\u27bf\u231a\u231b\u23e9-\u23f3\u23f8-\u23fa\u25fd\u25fe\u2b05-\u2b07"
    "\u2b1b\u2b1c\u2b50\u2b55\U0001f000-\U0001f0ff\U0001f170-\U0001f1ff\U0001f200-\U0001f2ff"
    "\U0001f300-\U0001faff\U0001f10d-\U0001f10f\U0001f16c-\U0001f16f"
)
_TAIL: Final = "[\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"
_ONE: Final = (
    f"(?:[{_PICTOGRAPH}]\ufe0e?{_TAIL}|[0-9#*]\ufe0f?\u20e3"
    f"|[^\\s\\w\u200c\u200d\ufe00-\ufe0f]\ufe0f{_TAIL})"
)
EMOJI: Final = re.compile(f"{_ONE}(?:\u200d{_ONE})*")
"""One emoji with all that is joined to it."""
_KEYCAP: Final = re.compile("([0-9])\ufe0f?\u20e3")

_SYMBOL_FONTS: Final[Mapping[int, str]] = MappingProxyType(
    {
        **dict.fromkeys(range(0xF020, 0xF100), "•"),
        0xF04A: "\U0001f642",  # what a word processor makes of :)
        0xF0DF: "←",
        0xF0E0: "→",
        0xF0FB: "✗",
        0xF0FC: "✓",
        0xF0FD: "✗",
        0xF0FE: "✓",
    }
)
"""Signs of Symbol and Wingdings as word processors copy them: numbers that mean nothing elsewhere."""

_ALIKE: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys("\u2011\u2010\u2043\ufe63\uff0d", "-"),  # hyphens, the minus sign
        **dict.fromkeys("\u2012\u2013\u2014\u2015\ufe58\u2e3a\u2e3b", "–"),  # dashes
        **dict.fromkeys("\u2212", "-"),  # hyphens, the minus sign
        **dict.fromkeys(
            "\u2022\u2219\u2023\u25e6\u25aa\u25ab\u25cf\u25cb\u25a0\u25a1\u25c6\u25c7\u25ba\u25b8\u25b9\u25bb\u27a2\u27a3\u27a4\u2756\u25c9\u204d\u2713\u2714\u2611\u2610\u2726\u2727\u2765\u2767\u203b\u2981\u29bf\u30fb\u00b7\u2027\u22c5\u2218\u25d8\u25d9\u26ab\u26aa",
            "•",
        ),  # bullets
        **dict.fromkeys("\u2717\u2718\u2612\u2715\u2716", "×"),  # crosses
        **dict.fromkeys(
            "\u201c\u201d\u201e\u201f\u301d\u301e\uff02\u275d\u275e", '"'
        ),  # quotation marks
        **dict.fromkeys(
            "\u2018\u2019\u201a\u201b\u2035\uff07\u02bc\u02bb\u02bd\u02c8\u00b4\u0060\u02bf\u02be\u275b\u275c",
            "'",
        ),  # apostrophes
        "‴": "″",
        **dict.fromkeys("\u2026\u22ef\u22ee\u22f0\u22f1\ufe19", "..."),  # dots
        "‥": "..",
        "。": ".",
        "、": ",",
        **dict.fromkeys(
            "\u2192\u21d2\u2794\u279c\u279d\u279e\u279f\u27a0\u27a1\u27f6\u27f9\u2799\u279b\u21e8\u27a5\u27a6\u27a7\u27a8\u27b2\u27b3\u27b5\u27b8\u27bc\u27bd\u2937\u2b95\u21a3\u21a6",
            "→",
        ),  # arrows
        **dict.fromkeys("\u2190\u21d0\u27f5\u27f8\u21e6\u2b05", "←"),  # arrows
        **dict.fromkeys("\u2191\u21d1\u21e7\u2b06", "↑"),  # arrows
        **dict.fromkeys("\u2193\u21d3\u21e9\u2b07", "↓"),  # arrows
        **dict.fromkeys("\u2194\u21d4\u27f7\u27fa", "↔"),  # arrows
        **dict.fromkeys("\u2044\u2215\u29f8", "/"),  # slashes
        **dict.fromkeys("\u223c\uff5e\u02dc", "~"),  # tildes
        **dict.fromkeys("\u2264\u2266\u2a7d", "≤"),  # at most
        **dict.fromkeys("\u2265\u2267\u2a7e", "≥"),  # at least
        **dict.fromkeys("\u2223\uff5c\u2502\u2503", "|"),  # bars
        **dict.fromkeys("\u2500\u2501\u2550", "–"),  # dashes
        **dict.fromkeys("\u00d7\u2573\u2a2f", "×"),  # crosses
        "℉": "°F",
        "ⁿ": "n",
    }
)
"""What may stand for a sign that a typeface lacks, all of one kind on one line."""


def shown(text: str, *, lines: bool = False) -> str:
    """Text for a terminal or a log: what steers or hides is written out as `<U+202E>`.

    `lines` lets line breaks and tabs through; without it a log line cannot be forged.
    """
    return "".join(_shown(char, lines=lines) for char in text)


def normal(text: str) -> str:
    """Text as it belongs in a value: pasted fancy letters become letters, what hides is dropped.

    Whatever ends a line becomes a newline, special spaces become spaces, bullets of symbol fonts
    become bullets. Emoji, ½, °, ² and the like stay.
    """
    if text.isascii() and text.isprintable():  # most texts, and a look at each letter is slow
        return text
    clean = "".join(_normal(char) for char in line_ends(text))
    clean = unicodedata.normalize("NFC", clean)
    if _JOINERS.search(clean):
        kept, last = [], 0
        for emoji in EMOJI.finditer(clean):
            kept += [_JOINERS.sub("", clean[last : emoji.start()]), emoji[0]]
            last = emoji.end()
        clean = "".join([*kept, _JOINERS.sub("", clean[last:])])
        clean = unicodedata.normalize("NFC", clean)  # a letter and its accent may have met
    return clean


def line_ends(text: str) -> str:
    """Whatever ends a line, as a newline."""
    return text.replace("\r\n", "\n").translate(_TO_NEWLINE)


def one_line(text: str) -> str:
    """A name or a place as it belongs in a value: `normal`, and no line break or double space."""
    return " ".join(normal(text).split())


def says(text: str) -> bool:
    """Whether anything is left on a picture: more than emoji, blanks and punctuation."""
    if text[:1].isalnum():  # most texts
        return True
    words, _ = without_emoji(normal(text))
    return any(unicodedata.category(char)[0] not in "PZC" for char in words)


def drawn(text: str, covers: Callable[[str], bool]) -> str:
    """Text for a typeface: a sign that it lacks becomes one of the same kind that it has.

    `covers` tells whether it has a letter. What has no like stays as it is: a letter is never
    dropped without a finding.
    """
    if text.isascii():
        return text
    found: list[str] = []
    for char in text:
        instead = char
        if not (char.isascii() or char.isspace() or covers(char)):
            instead = _alike(char, covers)
            if "/" in instead and found and found[-1].isdigit():  # one and a fifth
                instead = f" {instead}"
        found.append(instead)
    return "".join(found)


def _alike(char: str, covers: Callable[[str], bool]) -> str:
    split = unicodedata.normalize("NFKD", char).replace("\u2044", "/")
    bare = "".join(one for one in split if not unicodedata.combining(one))
    for instead in (_ALIKE.get(char, ""), split, bare):
        if instead not in ("", char) and all(map(covers, instead)):
            return instead
    return char


def without_emoji(text: str) -> tuple[str, tuple[str, ...]]:
    """Text for a picture, and the emoji that were dropped from it, in their order.

    The spaces around a dropped emoji become one, or none at the end of a line. A digit in a
    keycap is a digit.
    """
    text = _KEYCAP.sub(r"\1", text)
    dropped = tuple(match[0] for match in EMOJI.finditer(text))
    if not dropped:
        return text, ()
    kept = []
    for line in EMOJI.sub("\0", text).split("\n"):
        if "\0" in line:
            line = re.sub(
                r"(?<=[ (\[“‘«])\0+ *|(?<=^)\0+ +| *\0[ \0]*(?=[ .,;:!?)\]”’»])", "", line
            )
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
        return ""
    if unicodedata.category(char) == "Zs" or char == "\u2800":  # a Braille sign without a dot
        return " "
    if char in "\u2010\u2011":
        return "-"
    if code in _SYMBOL_FONTS:
        return _SYMBOL_FONTS[code]
    if code in _DRESSED:
        return _DRESSED[code]
    if char not in _KEPT and any(first <= code <= last for first, last in _FANCY):
        return unicodedata.normalize("NFKC", char)
    return char
