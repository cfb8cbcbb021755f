"""A cell of a sheet: what it says of the YAML behind it, in one canonical form (`Cell.canon`).

So "08:00" in a sheet and "08.00" in a file are the same, and nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from typing import Final, TypeAlias

from content_kit.files.hours import clock_in, hours_with_question, written
from content_kit.files.phones import Phone, phone_in
from content_kit.files.rows import held
from content_kit.files.safe_text import normal
from content_kit.files.splice import Path
from content_kit.files.yaml import Map, Node, Scalar
from content_kit.findings import Finding
from content_kit.model import CheckState
from content_kit.schedule.sheet_dates import cell_date

Data: TypeAlias = "str | list[Data] | dict[str, Data] | None"
"""What a file says: text, lists and tables; None where nothing was written."""

_ZONED: Final = re.compile(r"\s*\b(?:WIB|WITA|WIT)\b\.?$", re.IGNORECASE)


class Kind(Enum):
    """How the words of a cell are read."""

    TEXT = "text"
    DATE = "date"
    CLOCK = "clock"
    HOURS = "hours"
    LIST = "list"
    PLACES = "places"
    SOURCES = "sources"
    PHONE = "phone"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True)
class Cell:
    """A column of our sheets: its name, where its value lies in the file, and what may stand in it."""

    name: str
    path: Path = ()
    kind: Kind = Kind.TEXT
    width: int = 14
    help: str = ""
    example: str = ""
    words: type[StrEnum] | None = None
    choices: str = ""
    kept: bool = False
    flat: bool = False
    """Whether its text is one line in the file, however a cell folds it."""

    def canon(self, text: str) -> str:
        """The one way to write what a cell says; text that makes no sense stays as it is."""
        text = self._worded(normal(held(text)).strip())
        if self.flat:
            text = " ".join(text.split())
        return _CANON.get(self.kind, _stripped)(text.upper() if self.choices == "zona" else text)

    def value(self, text: str) -> Data:
        """A canonical text as the value to write."""
        if self.kind is Kind.LIST:
            return list(_items(text))
        if self.kind is Kind.PLACES:
            places: list[Data] = list(_split(text, ";"))
            return places if len(places) > 1 else text
        return _sources(text) if self.kind is Kind.SOURCES else text

    def said(self, data: Data) -> str:
        """What a file says at this column's place, canonical; empty when there is nothing."""
        found = dig(data, self.path)
        if self.kind is Kind.SOURCES:
            return self.canon(_told_sources(found))
        if isinstance(found, list):
            words = [word for word in found if isinstance(word, str)]
            whole = self.kind in (Kind.LIST, Kind.PLACES) and len(words) == len(found)
            return self.canon(_joined(words, self.kind)) if whole else ""
        return self.canon(found) if isinstance(found, str) else ""

    def _worded(self, text: str) -> str:
        if self.words is None:
            return text
        names = {_plain(str(word.value)): str(word.value) for word in self.words}
        names |= {_plain(str(getattr(word, "label", word))): str(word.value) for word in self.words}
        if self.kind is Kind.LIST:
            return _joined([names.get(_plain(item), item) for item in _items(text)], Kind.LIST)
        return names.get(_plain(text), text)


def data_of(node: Node | None) -> Data:
    """Everything below a node, as it was written."""
    if node is None:
        return None
    if isinstance(node, Scalar):
        return None if node.is_null else node.text
    if isinstance(node, Map):
        return {key.text: data_of(value) for key, value in node.entries}
    return [data_of(item) for item in node.items]


def dig(data: Data, path: Path) -> Data:
    """The value at a path; None when there is none."""
    for step in path:
        if isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def _stripped(text: str) -> str:
    return text


def _plain(text: str) -> str:
    return re.sub(r"[ _-]+", "_", text.strip().casefold())


def _date(text: str) -> str:
    found = cell_date(text)
    return found.isoformat() if isinstance(found, date) else text


def _phone(text: str) -> str:
    found = phone_in(text) if text else None
    return found.printed if isinstance(found, Phone) else text


def _clock(text: str) -> str:
    match = re.fullmatch(r"(\d{1,2})[.:,](\d)", text, re.ASCII)
    # A spreadsheet that takes 18.30 for a number leaves 18.3.
    found = clock_in(f"{match[1]}.{match[2]}0" if match else _ZONED.sub("", text))
    if isinstance(found, Finding):
        alone = re.fullmatch(r"\d{1,2}", text, re.ASCII)  # a number cell: 6 is 06.00
        return f"{int(text):02}.00" if alone and int(text) < 24 else text
    return f"{found:%H.%M}"


def _hours(text: str) -> str:
    found, asked = hours_with_question(text)
    return written(found) if found and not asked else text


def _folded(text: str) -> str:
    """A text of one line: its line breaks are commas, or spaces where a mark stands there already."""
    return re.sub(
        r"\s*\n\s*", ", ", re.sub(r"(?<=[,;:(–-])\s*\n\s*|\s*\n\s*(?=[,;:)–-])", " ", text)
    )


def _split(text: str, mark: str) -> Iterator[str]:
    return (item.strip() for item in text.split(mark) if item.strip())


def _items(text: str) -> tuple[str, ...]:
    mark = next((mark for mark in "\n;" if mark in text), ",")
    return tuple(_split(text, mark))


def _joined(items: Iterable[str], kind: Kind) -> str:
    words = [item.strip() for item in items if item.strip()]
    if kind is Kind.PLACES:
        return "; ".join(words)
    if any(";" in word for word in words):
        return "\n".join(words)
    if any("," in word for word in words):
        return "; ".join(words) + (";" if len(words) == 1 else "")
    return ", ".join(words)


_SOURCE: Final = ("nama", "cek", "fakta", "ditelaah", "cetak")
"""The pieces of a source in a cell, in their order."""


def _sources(text: str) -> list[Data]:
    found: list[Data] = []
    for line in _split(text, "\n"):
        pieces = [piece.strip().replace("\\|", "|") for piece in re.split(r"(?<!\\)\|", line)]
        pieces[4:] = [" | ".join(pieces[4:])] if len(pieces) > 4 else []
        if len(pieces) > 1 and pieces[1].upper() in CheckState.__members__.values():
            pieces[1] = pieces[1].upper()
        found.append({key: piece for key, piece in zip(_SOURCE, pieces, strict=False) if piece})
    return found


def _told_sources(data: Data) -> str:
    lines = []
    for source in data if isinstance(data, list) else []:
        words = [dig(source, (key,)) or "" for key in _SOURCE]
        told = [
            " ".join(w.split()).replace("|", "\\|") if isinstance(w, str) else "" for w in words
        ]
        lines.append(" | ".join(told).rstrip(" |"))
    return "\n".join(line for line in lines if line)


_CANON: Final[Mapping[Kind, Callable[[str], str]]] = {
    Kind.DATE: _date,
    Kind.CLOCK: _clock,
    Kind.HOURS: _hours,
    Kind.PHONE: _phone,
    Kind.LIST: lambda text: _joined(_items(text), Kind.LIST),
    # A line break inside a cell is how people fold a long address: only ";" takes turns.
    Kind.PLACES: lambda text: _joined(_split(_folded(text), ";"), Kind.PLACES),
    Kind.SOURCES: lambda text: _told_sources(_sources(text)),
}
