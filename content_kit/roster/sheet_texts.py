"""The sheet of a roster's workbook that shows each text once, with its picture and who says it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import Final, TypeAlias

from content_kit.files.photos import jpeg_size
from content_kit.files.safe_text import shown
from content_kit.files.workbook import Column, Page, Picture
from content_kit.roster import words
from content_kit.roster.texts import Text, apart, texts
from content_kit.roster.view import Reviewer, Roster, Row

PictureOf: TypeAlias = Callable[[Row], bytes | None]
"""The small picture of a row as JPEG, None when there is none."""

_COLUMNS: Final = (
    Column("gambar", 40, derived=True),
    Column("tulisan", 30, derived=True),
    Column("status", 18, derived=True),
    Column("posyandu", 10, derived=True, number=True),
    Column("postingan", 10, derived=True, number=True),
    Column("keterangan", 60, derived=True),
    Column("temuan", 34, derived=True),
    Column("milik", 48, derived=True),
)
_NAMES: Final = 12
"""How many posyandu of a text are named; the first sheet has them all."""


def page_of_texts(roster: Roster, picture: PictureOf) -> Page:
    """Each text once, exceptions by themselves: what somebody reads before deciding row by row."""
    every = list(chain.from_iterable(map(apart, texts(roster.rows, Reviewer()))))
    pictures = {}
    for number, text in enumerate(every):
        data = picture(text.every[0])
        size = jpeg_size(data) if data else None
        if data and size:
            pictures[number] = Picture(data, *size, about=shown(text.title))
    rows = tuple(map(_cells, every))
    return Page("Tulisan", _COLUMNS, rows, frozen=2, spare=0, pictures=pictures)


def _cells(text: Text) -> tuple[str, ...]:
    row = text.every[0]
    names = list(dict.fromkeys(words.whose(one) for one in text.every))
    more = [f"dan {len(names) - _NAMES} lainnya"] if len(names) > _NAMES else []
    told = (
        "", words.title_of(row), text.pile.value, str(text.posyandu), str(len(text.every)),
        row.caption, words.found(row), "\n".join([*names[:_NAMES], *more]),
    )  # fmt: skip
    return tuple("\n".join(map(shown, cell.splitlines())) for cell in told)
