"""The sheet of a roster's workbook that shows each text once, to be decided for all who say it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from content_kit.files.photos import jpeg_size
from content_kit.files.safe_text import shown
from content_kit.files.workbook import Column, Page, Picture
from content_kit.roster import words
from content_kit.roster.texts import Text, texts
from content_kit.roster.view import Reviewer, Roster, Row

PictureOf: TypeAlias = Callable[[Row], bytes | None]
"""The small picture of a row as JPEG, None when there is none."""

NUMBER: Final = "nomor tulisan"
"""The column by which the posts of the first sheet belong to a text of this one."""

_NAMES: Final = 12
"""How many posyandu of a text are named; the first sheet has them all."""


def numbered(roster: Roster) -> Mapping[str, Text]:
    """The texts of a roster by the number that each has in the workbook."""
    every = texts(roster.rows, Reviewer())
    return {f"T{number}": text for number, text in enumerate(every, 1)}


def number_of(every: Mapping[str, Text]) -> Mapping[tuple[str, str], str]:
    """The number of the text that a post is decided with; what needs a look of its own has none."""
    return {row.key: number for number, text in every.items() for row in text.rows}


def page_of_texts(
    every: Mapping[str, Text], picture: PictureOf, decision: tuple[Column, Column]
) -> Page:
    """Each text once, with its exceptions beside it: decided here, it is decided for all the others."""
    columns = (
        Column("gambar", 38, derived=True),
        *decision,
        Column("tulisan", 30, derived=True),
        Column("keterangan", 60, derived=True),
        Column("perlu dilihat sendiri", 44, "Tidak ikut keputusan di baris ini:\nputuskan di lembar pertama.", derived=True),
        Column("milik", 44, derived=True),
        Column("status", 16, derived=True),
        Column("posyandu", 11, derived=True, number=True),
        Column("postingan", 11, derived=True, number=True),
        Column(NUMBER, 9, "Jangan diubah: ini yang dibaca kembali.", derived=True),
    )  # fmt: skip
    pictures = {}
    for at, text in enumerate(every.values()):
        data = picture(text.every[0])
        size = jpeg_size(data) if data else None
        if data and size:
            pictures[at] = Picture(data, *size, about=shown(text.title))
    rows = tuple(_cells(number, text) for number, text in every.items())
    return Page(
        "Tulisan", columns, rows, frozen=1, spare=0, pictures=pictures, printed=len(columns) - 1
    )


def _cells(number: str, text: Text) -> tuple[str, ...]:
    row = text.every[0]
    names = list(dict.fromkeys(words.whose(one) for one in text.every))
    apart = [f"{words.whose(one)}: {words.found(one)}" for one in text.exceptions]
    told = (
        "", "", "", words.title_of(row), row.caption, _some(apart), _some(names), text.pile.value,
        str(text.posyandu), str(len(text.every)), number,
    )  # fmt: skip
    return tuple("\n".join(map(shown, cell.splitlines())) for cell in told)


def _some(lines: Sequence[str]) -> str:
    more = [f"dan {len(lines) - _NAMES} lainnya"] if len(lines) > _NAMES else []
    return "\n".join([*lines[:_NAMES], *more])
