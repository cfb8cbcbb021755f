"""What a volunteer reads has no English and no word of the trade: every sentence of the program is looked at."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import content_kit

ROOMS: Final = (
    "tui",
    "checks",
    "caption",
    "pack",
    "render.py",
    "review/life.py",
    "planning/recap.py",
)
"""Where sentences for volunteers are written; commands are for offices."""
FORBIDDEN: Final = re.compile(
    r"\b(feed|story|butir|strategi|berkas:baris|update|file|error|upload|download|default|preview"
    r"|caption|draft|template|review|submit|approve|reminder|deadline|layout|render)\b",
    re.IGNORECASE,
)
_COMMAND: Final = re.compile(r"content-kit [a-z]+( [a-z]+)?|--[a-z-]+")
_SENTENCE: Final = re.compile(r"[a-z]+ [a-z]+", re.IGNORECASE)


def sentences(path: Path) -> Iterator[tuple[int, str]]:
    """Every string of a module that reads as words, without docstrings and what is no text."""
    tree = ast.parse(path.read_text("utf-8"))
    silent: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            silent.add(id(node.value))  # a docstring
        if isinstance(node, ast.Assert):
            silent |= {id(each) for each in ast.walk(node)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
        ):
            words = _COMMAND.sub("", node.value)
            style = "{" in words and ":" in words and ";" in words  # a sheet of styles
            if _SENTENCE.search(words) and not style:
                yield node.lineno, words


def test_no_english_and_no_jargon_in_what_a_volunteer_reads() -> None:
    package = Path(content_kit.__file__).parent
    found = []
    for room in ROOMS:
        place = package / room
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            found += [
                f"{path.relative_to(package)}:{line}: {match[0]!r} in {words!r}"
                for line, words in sentences(path)
                if (match := FORBIDDEN.search(words))
            ]
    assert not found, "\n".join(found)
