"""WhatsApp's marks for bold, slanted, struck and code: read, taken off, and never doubled.

Only WhatsApp shows `*tebal*` as bold; on a picture and in every other channel the stars would be
read out as they stand. A mark is one only where WhatsApp takes it for one: at the edge of a word,
closed on the same line. Arithmetic (2*3*4), blanks (____) and names with underscores are none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

MARKS: Final = "*_~`"

_BLOCK: Final = re.compile(r"```\s*([^`]+?)\s*```")
_ITEM: Final = re.compile(r"(?m:^)([ \t]*)\*[ \t]+(?=\S)")
_PAIRS: Final = tuple(
    # Not after a word, nor inside an address, a tag or the name of an account.
    re.compile(
        rf"(?<![\w@#/=&?{mark}])({mark}{{1,3}})(?![\s{mark})\]}}])"
        rf"([^\n{mark}]*?[^\s{mark}(\[{{])\1(?![\w{mark}])"
    )
    for mark in map(re.escape, MARKS)
)
_DOUBLE: Final = re.compile(r"(?<![\w*])\*\*(?![\s*])([^*\n]*[^*\s])\*\*(?![\w*])")


def unmarked(text: str) -> str:
    """A text as every place but WhatsApp shows it: without its marks, a list with bullets."""
    if not any(mark in text for mark in MARKS):  # most texts
        return text
    before = ""
    while before != text:  # a mark may stand inside another, a block or an item of a list too
        before, text = text, _ITEM.sub(r"\1• ", _BLOCK.sub(r"\1", text))
        for pair in _PAIRS:
            text = pair.sub(r"\2", text)
    return text


def bold(text: str) -> str:
    """WhatsApp's `*bold*`, line by line, without a second star inside."""
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(f"*{_starless(line)}*" if line else line for line in lines)


def for_whatsapp(text: str) -> str:
    """A finished text for WhatsApp: the `**bold**` of other programs is its own, none stands in another."""
    if "*" not in text:
        return text
    return "\n".join(map(_line, text.split("\n")))


def data_unmarked(data: Mapping[str, object]) -> dict[str, object]:
    """What a template may speak of, without marks; the names of accounts stay as they are."""
    return {key: value if key == "kontak" else _plain(value) for key, value in data.items()}


def _plain(value: object) -> object:
    if isinstance(value, str):
        return unmarked(value)
    if isinstance(value, Mapping):
        return data_unmarked(value)
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _line(line: str) -> str:
    line = _DOUBLE.sub(r"*\1*", line)
    whole = re.fullmatch(r"(\s*)\*(\S.*\S)\*(\s*)", line)
    if whole is None or "*" not in whole[2]:
        return line
    inner = _starless(whole[2])
    return line if inner == whole[2] else f"{whole[1]}*{inner}*{whole[3]}"


def _starless(line: str) -> str:
    """A line without pairs of stars; other marks may stand inside bold."""
    before = ""
    while before != line:
        before, line = line, _PAIRS[0].sub(r"\2", line)
    return line
