"""How deep a YAML text nests, by a scan of our own that needs no parser.

Parsers differ from release to release in what they do with 50,000 open brackets: one crashes, one
takes seconds, one calls the text broken. This scan runs before any of them. It follows only what
opens a level (YAML 1.2.2, chapters 7.4 and 8.2): brackets outside quotation marks and comments,
`- ` and `? ` at the start of a line, and deeper indentation; words, quotations and block texts are
passed over whole, so that a text full of brackets nests nothing.
"""

from __future__ import annotations

import re
from typing import Final

_BLANK: Final = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\r?\n)+")
"""Lines without anything in them."""

_LINE: Final = re.compile(r"([ \t]*)((?:[-?](?:[ \t]+|(?=\r?$)))*)", re.MULTILINE)
"""A line's indentation, then the lists and keys that open one inside another: `- - - a`."""

_KEY: Final = re.compile(
    r"""(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*'|[^\s"'\[\]{},#|>&*!%@`][^\n#]*?)[ \t]*:(?=[ \t\r]|$)[ \t]*"""
)
"""A key of a mapping with its colon."""

_MARK: Final = re.compile(r"[-?]")

_FLOW: Final = re.compile(
    r"""[\[{]|[\]}]|"(?:[^"\\]|\\.)*+"?|'(?:[^']|'')*+'?|(?<=\s)#[^\n]*""", re.DOTALL
)
"""What matters inside brackets: other brackets, and the quotations and comments to pass over."""

_QUOTED: Final = {
    '"': re.compile(r'"(?:[^"\\]|\\.)*+"?', re.DOTALL),
    "'": re.compile(r"'(?:[^']|'')*+'?", re.DOTALL),
}


def too_deep(text: str, limit: int) -> int | None:
    """The offset at which `text` goes deeper than `limit` levels, or None.

    It answers for texts that YAML can read; of others it may say None, and a parser says more.
    """
    levels: list[tuple[int, bool]] = []  # of each open level, its column and whether it is a list
    wrapped = -1  # a text goes on over the lines that stand deeper than this column
    position = 0
    while position < len(text):
        if blank := _BLANK.match(text, position):
            position = blank.end()
            continue
        if position and text.startswith("---", position):
            return None  # a second document, which the parser's guard refuses as such
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        line = _LINE.match(text, position, end)
        assert line is not None
        indent = len(line[1])
        if indent > wrapped >= 0:
            position = end + 1
            continue
        wrapped = -1
        start = line.end()
        while levels and (levels[-1][0] > indent or (levels[-1] == (indent, True) and not line[2])):
            levels.pop()
        for mark in _MARK.finditer(text, line.end(1), start):
            if _open(levels, (mark.start() - position, mark[0] == "-")) > limit:
                return mark.start()
        if key := _KEY.match(text, start, end):
            if _open(levels, (start - position, False)) > limit:
                return start
            start = key.end()
        opener = text[start : start + 1]
        if opener in {"[", "{"}:
            deep, position = _flow(text, start, limit - len(levels))
            if deep is not None:
                return deep
        elif opener in _QUOTED:
            quoted = _QUOTED[opener].match(text, start)
            assert quoted is not None
            position = quoted.end()
        else:
            position = end
            if start < end and opener not in {"#", "\r"}:
                if not levels:
                    return None  # the whole document is one text
                wrapped = levels[-1][0]
        rest = text.find("\n", position)
        position = len(text) if rest < 0 else rest + 1
    return None


def _open(levels: list[tuple[int, bool]], level: tuple[int, bool]) -> int:
    """How many levels are open after this one, which may be open already."""
    if not levels or level > levels[-1]:
        levels.append(level)
    return len(levels)


def _flow(text: str, start: int, room: int) -> tuple[int | None, int]:
    """Where brackets from `start` go deeper than `room` (or None), and where they are closed."""
    depth = 0
    for token in _FLOW.finditer(text, start):
        if token[0] in "[{":
            depth += 1
            if depth > room:
                return token.start(), token.end()
        elif token[0] in "]}":
            depth -= 1
            if depth == 0:
                return None, token.end()
    return None, len(text)
