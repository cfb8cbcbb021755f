"""Words as people type and paste them, in the one form that our readers of days, hours and numbers read."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_HYPHENS: Final = re.compile(
    "[\u2010-\u2015\u2212\u2192\u2e3a\u2e3b]"
)  # 08.00 → 11.00 is a span too
_QUOTES: Final = re.compile("[\u2018\u2019\u201b`\u00b4\u02bb\u02bc]")
_MARKS: Final = re.compile(
    "[*_!\\s\ufe00-\ufe0f\u20e3]+"
)  # WhatsApp's bold and italics, and blanks
_APART: Final = re.compile(
    r"\bdi (?=(?:undur|maju|pindah|geser|ganti|tunda|batal|ubah|rubah|alih|percepat|ada|laksana|laku"
    r"|gelar|selenggara|buka|mulai|jadwal|umum|kabar|info)(?:kan|i)?\b(?! desa\b))",
    re.IGNORECASE,
)
"""The passive with its prefix apart, as many write it: "di undur ke kamis" names no place."""
_LISTED: Final = re.compile("[\u00b7\u2022\u2219|]")
_HIDDEN: Final = frozenset(("Cf", "Cs", "Co", "Cn"))
_DRAWN: Final = frozenset(("So", "Sk", "Cc", "Zl", "Zp", "Zs"))
_UNITS: Final = (
    "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan",
)  # fmt: skip
COUNTS: Final = {
    word: number
    for number, word in enumerate(
        [
            *_UNITS,
            "sepuluh",
            "sebelas",
            *(f"{unit} belas" for unit in _UNITS[1:]),
            "dua puluh",
            *(f"dua puluh {unit}" for unit in _UNITS),
            "tiga puluh",
            "tiga puluh satu",
        ],
        1,
    )
}
"""Numbers in letters, as far as the days of a month go."""


def in_digits(text: str) -> str:
    """A text that begins with a number in letters, with it in digits: "dua belas anak" is "12 anak"."""
    words = text.split()
    for length in (3, 2, 1):
        if number := COUNTS.get(" ".join(words[:length]).casefold()):
            return " ".join([str(number), *words[length:]])
    return " ".join(words)


def tidy(text: str) -> str:
    """One kind of dash, quote, digit and blank; without emoji, stars and letters nobody sees.

    Capitals stay: a place is printed as it was typed.
    """
    text = unicodedata.normalize("NFKC", "".join(_one(char) for char in text))
    text = _QUOTES.sub("'", _HYPHENS.sub("-", _LISTED.sub(", ", text)))
    text = re.sub(r"(?<=\d) ?~ ?(?=\d)", "-", text).replace("~", " ")
    return _APART.sub("di", _MARKS.sub(" ", text).strip())


def plain(text: str) -> str:
    """The same in small letters, without blanks and dots at its ends."""
    return re.sub(r"\bjum[' ]+at\b", "jumat", tidy(text).casefold()).strip(" .")


def _one(char: str) -> str:
    if char.isascii():
        return char if char.isprintable() else " "
    kind = unicodedata.category(char)
    if kind == "Nd":
        return str(unicodedata.digit(char))
    return "" if kind in _HIDDEN else " " if kind in _DRAWN else char
