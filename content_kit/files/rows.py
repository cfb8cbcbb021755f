"""A table as rows of text, how much of one is read, and why a file is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from content_kit.errors import KitError
from content_kit.files.safe_text import line_ends

MAX_BYTES: Final = 20_000_000
"""The most that a file, or all parts of a workbook unpacked, may weigh."""
MAX_ROWS: Final = 10_000
MAX_COLUMNS: Final = 500
MAX_CELLS: Final = 2_000_000
"""Room for rows times columns: two words in far corners would else fill the memory."""
OFFICE: Final = 'Untuk ini perlu tambahan office: pip install "content-kit[office]"'
"""What a person reads when the extra is not installed."""

FAILED: Final = re.compile(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!)")
"""What a cell shows whose formula failed, in every language of Excel that Indonesia uses."""

_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not empty, with the number that the spreadsheet shows beside it.

    `hidden` as the spreadsheet hides it, by hand or by a filter. A formula that failed stands in
    its cell as the spreadsheet shows it: `#REF!`.
    """

    number: int
    cells: tuple[str, ...]
    hidden: bool = False

    def cell(self, column: int) -> str:
        """The text in a column counted from 0; short rows end in empty cells."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook, or a whole CSV file (its name is then empty)."""

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False


class Refused(KitError):
    """The file cannot be read as a table, and why."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint


def too_much(message: str) -> Refused:
    """The refusal of what is larger than anybody's plan."""
    return Refused("batas-terlampaui", message, "Bagi menjadi beberapa berkas.")


def letter(column: int) -> str:
    """The letters of a column counted from 0: A, B … Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def held(text: str) -> str:
    """A text as a cell holds it: line ends are LF, and what XML forbids is left out."""
    return _UNSEEN.sub("", line_ends(text))
