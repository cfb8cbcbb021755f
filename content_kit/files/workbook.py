"""Workbooks out: text cells with drop-downs, notes and a page of help, and nothing in them runs.

The only door to XlsxWriter, of the extra `office` and loaded when used.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from content_kit.errors import LimitError, UsageError
from content_kit.files.rows import OFFICE, held, letter
from content_kit.findings import clipped

MAX_LETTERS: Final = 32_767
"""What one cell of a workbook holds."""
_POINTS: Final = 0.75
"""Points of a pixel as workbooks count them."""
_MADE: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""Not the clock: the same plan gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column to write: its header, width in letters, help, and the words one may choose.

    `free` lets other words in beside the choices: a cell may hold several, or a new one.
    `derived` is shown in grey: it is for the reader and is not read back. `number` cells are numbers
    that can be summed.
    """

    title: str
    width: int = 14
    help: str = ""
    choices: tuple[str, ...] = ()
    free: bool = False
    derived: bool = False
    number: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG of `width` × `height` pixels in the first cell of a row; `about` is said of it."""

    data: bytes
    width: int
    height: int
    about: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet to write; `spare` empty rows below the filled ones get the drop-downs too.

    Of a sheet with columns for programs only the first `printed` go to paper, all on one width.
    `pictures` stand in the first column, by the number of the row from 0.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    frozen: int = 1
    spare: int = 200
    printed: int = 0
    pictures: Mapping[int, Picture] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook to write: sheets to fill in, then a page of help, then the lists of choices."""

    pages: tuple[Page, ...]
    guide: tuple[tuple[str, ...], ...] = ()
    meanings: Mapping[str, str] = field(default_factory=dict, hash=False)


def write_workbook(book: Book) -> bytes:
    """A workbook of text cells: drop-downs, a note on each header, a page of help, choices last.

    UsageError without the extra `office`, LimitError when a text is longer than a cell.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise UsageError(OFFICE) from None
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "@",
    }
    workbook = xlsxwriter.Workbook(out, options)
    workbook.set_properties({"title": book.pages[0].name, "created": _MADE})
    look = {"font_name": "Calibri", "font_size": 11, "valign": "top", "num_format": "@"}
    ruled = {**look, "bottom": 1, "bottom_color": "#E5E7EB"}
    styles = {
        "text": workbook.add_format({**ruled, "text_wrap": True}),
        "grey": workbook.add_format(
            {**ruled, "font_color": "#4B5563", "bg_color": "#F3F4F6", "text_wrap": True}
        ),
        "number": workbook.add_format(
            {**ruled, "font_color": "#4B5563", "bg_color": "#F3F4F6", "num_format": "0",
             "align": "center"}
        ),
        "head": workbook.add_format(
            {**look, "bold": True, "font_color": "#FFFFFF", "bg_color": "#0F766E",
             "text_wrap": True, "valign": "vcenter", "border": 1, "border_color": "#0B5E58"}
        ),
        "head grey": workbook.add_format(
            {**look, "bold": True, "font_color": "#374151", "bg_color": "#D1D5DB",
             "text_wrap": True, "valign": "vcenter", "border": 1, "border_color": "#9CA3AF"}
        ),
        "title": workbook.add_format({**look, "bold": True, "font_size": 16, "font_color": "#0F766E"}),
        "bold": workbook.add_format({**look, "bold": True, "text_wrap": True}),
    }  # fmt: skip
    sheets = [(page, workbook.add_worksheet(page.name)) for page in book.pages]
    if book.guide:
        _write_guide(workbook.add_worksheet("Petunjuk"), book.guide, styles)
    lists = {
        column.title: column.choices
        for page in book.pages
        for column in page.columns
        if column.choices
    }
    ranges = (
        _write_choices(workbook.add_worksheet("Pilihan"), lists, book.meanings, styles)
        if lists
        else {}
    )
    for page, sheet in sheets:
        _write_page(sheet, page, ranges, styles)
    workbook.close()
    return out.getvalue()


def _write_page(sheet, page: Page, ranges: Mapping[str, str], styles) -> None:  # type: ignore[no-untyped-def]
    last = len(page.rows) + page.spare
    sheet.freeze_panes(1, page.frozen)
    sheet.set_row(0, 34)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    if page.printed:
        # Paper takes what is written; an empty sheet is printed to be filled in by hand.
        sheet.print_area(0, 0, len(page.rows) or last, page.printed - 1)
    if page.printed or sum(column.width for column in page.columns) <= 300:
        sheet.fit_to_pages(1, 0)
    else:  # a wide table goes over several sheets of paper, each with its first columns
        sheet.repeat_columns(0, page.frozen - 1)
    for number, column in enumerate(page.columns):
        body = styles["grey" if column.derived else "text"]
        sheet.set_column(number, number, column.width, body)
        sheet.write_string(
            0, number, column.title, styles["head grey" if column.derived else "head"]
        )
        if column.help:
            sheet.write_comment(
                0, number, column.help,
                {"x_scale": 1.8, "y_scale": 1 + column.help.count("\n") * 0.25, "author": ""},
            )  # fmt: skip
        if column.title in ranges:
            sheet.data_validation(
                1, number, max(last, 1), number,
                {
                    "validate": "list",
                    "source": ranges[column.title],
                    "show_error": not column.free,
                    "error_title": "Belum ada di daftar",
                    "error_message": "Pilih salah satu dari daftar di sel ini.",
                },
            )  # fmt: skip
        for row, cells in enumerate(page.rows, 1):
            text = held(cells[number])
            if len(text) > MAX_LETTERS:
                raise LimitError(
                    f'"{column.title}" di baris {row + 1} terlalu panjang untuk satu sel '
                    f"({clipped(text)}). Pakai content-kit export csv."
                )
            if text and column.number and text.isdecimal():
                sheet.write_number(row, number, int(text), styles["number"])
            elif text:
                sheet.write_string(row, number, text, body)
    for row, cells in enumerate(page.rows, 1):
        # Of a sheet that goes to paper the rows are as tall as what is printed of them.
        shown = page.printed or len(cells)
        high = _height(cells[:shown], [column.width for column in page.columns[:shown]])
        picture = page.pictures.get(row - 1)
        sheet.set_row(row, high if picture is None else max(high, picture.height * _POINTS + 8))
        if picture is not None:
            sheet.insert_image(
                row, 0, "gambar.jpg",
                {
                    "image_data": io.BytesIO(picture.data), "x_offset": 4, "y_offset": 4,
                    "object_position": 1, "description": picture.about,
                },
            )  # fmt: skip
    if page.rows:
        sheet.autofilter(0, 0, len(page.rows), len(page.columns) - 1)


def _height(cells: Sequence[str], widths: Sequence[int]) -> int:
    """Points that a row needs: not every program works out the height of wrapped text."""
    lines = 1
    for cell, width in zip(cells, widths, strict=True):
        lines = max(lines, sum(1 + len(line) // max(width - 1, 1) for line in cell.split("\n")))
    return 16 * min(lines, 8) + 2


def _write_guide(sheet, guide: Sequence[Sequence[str]], styles) -> None:  # type: ignore[no-untyped-def]
    sheet.set_column(0, 0, 24, styles["bold"])
    sheet.set_column(1, 1, 62, styles["text"])
    sheet.set_column(2, 2, 34, styles["text"])
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for number, cells in enumerate(guide):
        look = ("title" if number == 0 else "bold", "text", "text")
        sheet.set_row(number, 28 if number == 0 else _height(cells, (60, 62, 34)))
        for column, cell in enumerate(cells):
            sheet.write_string(number, column, cell, styles[look[column]])


def _write_choices(  # type: ignore[no-untyped-def]
    sheet, lists: Mapping[str, Sequence[str]], meanings: Mapping[str, str], styles
) -> dict[str, str]:
    """Each list in a column of its own, what its words mean beside it; where each list lies."""
    ranges = {}
    column = 0
    for title, words in lists.items():
        told = [meanings.get(word, "") for word in words]
        sheet.write_string(0, column, title, styles["head"])
        sheet.set_column(
            column, column, max(14, *(len(word) + 2 for word in words)), styles["text"]
        )
        for row, word in enumerate(words, 1):
            sheet.write_string(row, column, word, styles["text"])
        name = letter(column)
        ranges[title] = f"=Pilihan!${name}$2:${name}${len(words) + 1}"
        if any(told):
            column += 1
            sheet.write_string(0, column, "artinya", styles["head grey"])
            sheet.set_column(column, column, max(map(len, told)) + 2, styles["grey"])
            for row, meaning in enumerate(told, 1):
                sheet.write_string(row, column, meaning, styles["grey"])
        column += 1
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 20)
    for row in range(1, 1 + max(map(len, lists.values()))):
        sheet.set_row(row, 18)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    return ranges
