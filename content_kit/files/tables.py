"""Spreadsheets in and out: CSV and XLSX as rows of text, and nothing in them ever runs.

The only door to XlsxWriter and python-calamine, both of the extra `office` and loaded when used.
A workbook is weighed before it is read: its parts are unpacked here up to a limit and handed on
without compression, so that the reader can neither meet a bomb nor see a macro.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final, TypeAlias
from xml.parsers import expat

from content_kit.errors import KitError, LimitError, UsageError, reason
from content_kit.findings import Finding, Place, clipped

MAX_BYTES: Final = 20_000_000
"""The most that a file, or all parts of a workbook unpacked, may weigh."""
MAX_ROWS: Final = 10_000
MAX_COLUMNS: Final = 500
MAX_CELLS: Final = 2_000_000
"""Room for rows times columns: two words in far corners would else fill the memory."""
MAX_PARTS: Final = 1_000
MAX_LETTERS: Final = 32_767
"""What one cell of a workbook holds."""
OFFICE: Final = 'Untuk ini perlu tambahan office: pip install "content-kit[office]"'
"""What a person reads when the extra is not installed."""

Headed: TypeAlias = "Callable[[Sequence[str]], int]"
"""How many cells of a row are names of columns: tells the delimiter of a CSV file."""

_MADE: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""Not the clock: the same plan gives the same bytes."""
_DELIMITERS: Final = (";", ",", "\t")
_RISKY: Final = "=+-@\t\r'"
_TEXT_MARK: Final = re.compile(r"'(?=[=+\-@\t\r'0-9])")
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)
_PAGE: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|head|meta|\?xml)", re.IGNORECASE
)
"""What several offices' programs save under the name XLS."""
_REFERENCE: Final = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_NEEDED: Final = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels"
    r"|xl/(?:workbook|styles|sharedStrings)\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/worksheets/[^/]+\.xml|xl/worksheets/_rels/[^/]+\.rels",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not empty, with the number that the spreadsheet shows beside it."""

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """The text in a column counted from 0; short rows end in empty cells."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook, or a whole CSV file (its name is then empty)."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column to write: its header, width in letters, help, and the words one may choose.

    `free` lets other words in beside the choices: a cell may hold several, or a new one.
    `derived` is shown in grey: it is for the reader and is not read back.
    """

    title: str
    width: int = 14
    help: str = ""
    choices: tuple[str, ...] = ()
    free: bool = False
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet to write; `spare` empty rows below the filled ones get the drop-downs too.

    Of a sheet with columns for programs only the first `printed` go to paper, all on one width.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    frozen: int = 1
    spare: int = 200
    printed: int = 0


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook to write: sheets to fill in, then a page of help, then the lists of choices."""

    pages: tuple[Page, ...]
    guide: tuple[tuple[str, ...], ...] = ()
    meanings: Mapping[str, str] = field(default_factory=dict, hash=False)


class _Refused(KitError):
    """The file cannot be read as a table, and why."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint


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
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def read_table(path: Path, headed: Headed) -> tuple[tuple[Sheet, ...], list[Finding]]:
    """The sheets of a CSV or XLSX file, told apart by content; nothing but findings when refused.

    SystemFailure never: a file that cannot be opened is a finding too.
    """
    at = Place(path.name, 1, 1)
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
        return _read(data, headed), []
    except _Refused as refused:
        return (), [Finding(refused.code, str(refused), at, hint=refused.hint)]
    except OSError as error:
        message = f"berkas ini tidak dapat dibuka ({reason(error)})."
        hint = "Tutup dulu di Excel, lalu coba lagi."
        return (), [Finding("berkas-tidak-terbaca", message, at, hint=hint)]


def _read(data: bytes, headed: Headed) -> tuple[Sheet, ...]:
    if len(data) > MAX_BYTES:
        raise _too_much(f"berkas ini lebih dari {MAX_BYTES // 1_000_000} MB.")
    if data.startswith(b"PK"):
        return _read_workbook(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _Refused(
            "berkas-tidak-terbaca",
            "ini berkas Excel lama (XLS), atau Excel yang diberi sandi.",
            "Buka di Excel, lalu simpan sebagai XLSX tanpa sandi.",
        )
    if _PAGE.match(data):
        raise _Refused(
            "berkas-tidak-terbaca",
            "ini halaman web (HTML), bukan tabel Excel.",
            "Buka di Excel, lalu simpan sebagai XLSX.",
        )
    return (Sheet("", tuple(_read_csv(_decoded(data), headed))),)


def _too_much(message: str) -> _Refused:
    return _Refused("batas-terlampaui", message, "Bagi menjadi beberapa berkas.")


# CSV


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        # Excel's plain "CSV" is written in the code page of Windows.
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _Refused(
        "berkas-tidak-terbaca",
        "ini bukan berkas tabel.",
        "Simpan sebagai XLSX, atau sebagai CSV UTF-8.",
    )


def _read_csv(text: str, headed: Headed) -> Iterator[Row]:
    first, _, rest = text.partition("\n")
    named = re.fullmatch(r"sep=(.)\r?", first, re.IGNORECASE)
    if named:  # Excel's own hint, which it does not show as a row
        delimiter, text = named[1], rest
    else:
        delimiter = max(_DELIMITERS, key=lambda mark: _names(text[:50_000], mark, headed))
    count = 0
    for number, cells in enumerate(_records(text, delimiter), 1):
        if len(cells) > MAX_COLUMNS:
            raise _too_much(f"baris {number} punya lebih dari {MAX_COLUMNS} kolom.")
        if any(cell.strip() for cell in cells):
            count += 1
            if count > MAX_ROWS:
                raise _too_much(f"ada lebih dari {MAX_ROWS} baris.")
            yield Row(number, tuple(map(_unguarded, cells)))


def _names(text: str, delimiter: str, headed: Headed) -> int:
    best = 0
    for number, cells in enumerate(_records(text, delimiter)):
        if number == 50:
            break
        best = max(best, headed(cells[:MAX_COLUMNS]))
    return best


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error:
        raise _too_much("ada sel yang terlalu panjang.") from None


def _unguarded(cell: str) -> str:
    return cell[1:] if _TEXT_MARK.match(cell) else cell


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell[:1] and cell[0] in _RISKY else cell


def write_csv(
    rows: Iterable[Sequence[str]],
    *,
    delimiter: str = ";",
    guard: Callable[[str], str] = _guarded,
) -> bytes:
    """Rows as Excel opens them: UTF-8 with BOM, CRLF, every cell quoted.

    A cell that would start a formula gets a `'`, which `read_table` takes off again. The
    semicolon is what Excel with Indonesian settings splits at.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([guard(cell) for cell in row] for row in rows)
    return codecs.BOM_UTF8 + out.getvalue().encode("utf-8", "replace")


def spaced(cell: str) -> str:
    """A guard for texts that are published as they are: a space, which no platform shows."""
    return f" {cell}" if cell[:1] and cell[0] in _RISKY else cell


# XLSX in


def _read_workbook(data: bytes) -> tuple[Sheet, ...]:
    parts = _unpacked(data)
    if not any(name.lower() == "xl/workbook.xml" for name in parts):
        raise _Refused(
            "berkas-tidak-terbaca", "ini bukan berkas XLSX.", "Simpan sebagai XLSX atau CSV."
        )
    _weigh(parts)
    try:
        from python_calamine import CalamineWorkbook
    except ImportError:
        raise UsageError(OFFICE) from None
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(_repacked(parts))) as book:
            sheets = []
            for name in book.sheet_names:
                sheet = book.get_sheet_by_name(name)
                values = sheet.to_python(skip_empty_area=False)
                merged = sheet.merged_cell_ranges or []
                sheets.append(Sheet(name, tuple(_rows(values, merged))))
            return tuple(sheets)
    # The reader's errors have no common root; whatever it says, the file is not a workbook.
    except Exception as error:
        if isinstance(error, KitError):
            raise
        raise _Refused(
            "berkas-tidak-terbaca",
            "isi berkas XLSX ini rusak.",
            "Buka di Excel, lalu simpan ulang.",
        ) from None


def _unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of a workbook that hold its cells, never more than `MAX_BYTES` of them."""
    parts: dict[str, bytes] = {}
    left = MAX_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_BYTES:
                raise _too_much(
                    f"isi berkas ini lebih dari {MAX_BYTES // 1_000_000} MB bila dibuka."
                )
            for info in infos:
                name = info.filename.lstrip("/")
                if not _NEEDED.fullmatch(name):
                    continue
                with archive.open(info) as stream:
                    parts[name] = stream.read(left + 1)
                left -= len(parts[name])
                if left < 0:
                    raise _too_much(
                        f"isi berkas ini lebih dari {MAX_BYTES // 1_000_000} MB bila dibuka."
                    )
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ):
        raise _Refused(
            "berkas-tidak-terbaca",
            "berkas XLSX ini rusak atau diberi sandi.",
            "Buka di Excel, lalu simpan ulang tanpa sandi.",
        ) from None
    return parts


def _repacked(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def _weigh(parts: Mapping[str, bytes]) -> None:
    """Refuse a workbook whose cells lie far apart, or repeat a long text without end."""
    lengths: list[int] = []
    for name, data in parts.items():
        if name.lower() == "xl/sharedstrings.xml":
            lengths = _Strings(data).lengths
    for name, data in parts.items():
        if name.lower().startswith("xl/worksheets/") and name.lower().endswith(".xml"):
            _Cells(data, lengths)


class _Xml:
    """Expat over one part, without entities: our only use is to count."""

    def __init__(self, data: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._words
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            parser.Parse(data, True)  # noqa: FBT003 - expat knows no keywords
        except expat.ExpatError:
            raise _Refused(
                "berkas-tidak-terbaca",
                "isi berkas XLSX ini rusak.",
                "Buka di Excel, lalu simpan ulang.",
            ) from None

    def _start(self, name: str, _: Mapping[str, str], /) -> None:
        """An element opens."""

    def _end(self, name: str) -> None:
        """An element closes."""

    def _words(self, words: str) -> None:
        """Text, perhaps in pieces."""

    def _doctype(self, *_: object) -> None:
        raise _Refused("berkas-tidak-terbaca", "isi berkas XLSX ini tidak lazim.", "Simpan ulang.")


class _Strings(_Xml):
    """How long each shared text is."""

    def __init__(self, data: bytes) -> None:
        self.lengths: list[int] = []
        super().__init__(data)

    def _start(self, name: str, _: Mapping[str, str]) -> None:
        if name.rpartition(":")[2] == "si":
            self.lengths.append(0)

    def _words(self, words: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(words)


class _Cells(_Xml):
    """Where the filled cells of a sheet lie and how much text they would take."""

    def __init__(self, data: bytes, lengths: Sequence[int]) -> None:
        self.lengths = lengths
        self.row = self.column = -1
        self.furthest = self.rightmost = 0
        self.filled: set[int] = set()
        self.kind = ""
        self.value = ""
        self.letters = 0
        super().__init__(data)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "row":
            number = attributes.get("r", "")
            self.row = int(number) - 1 if re.fullmatch(r"[0-9]{1,7}", number) else self.row + 1
            self.column = -1
        elif name == "c":
            match = _REFERENCE.fullmatch(attributes.get("r", ""))
            self.column += 1
            if match:
                self.column = _number(match[1])
                self.row = int(match[2]) - 1
            self.kind = attributes.get("t", "")
        elif name in ("v", "is"):
            self.value = ""
            self.furthest = max(self.furthest, self.row + 1)
            self.rightmost = max(self.rightmost, self.column + 1)
            self.filled.add(self.row)
            self._judge()

    def _words(self, words: str) -> None:
        self.value += words[:20]
        self.letters += len(words)

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name == "v" and self.kind == "s" and self.value.strip().isdecimal():
            number = int(self.value)
            self.letters += self.lengths[number] if number < len(self.lengths) else 0
        if name == "v" and self.kind == "e":
            # The reader would hand it on as an empty cell, and an empty cell takes words away.
            raise _Refused(
                "nilai-salah",
                f"rumus di sel {letter(self.column)}{self.row + 1} gagal ({clipped(self.value)}).",
                "Perbaiki atau kosongkan sel itu.",
            )
        if name == "v" and self.letters > MAX_BYTES:
            raise _too_much(f"isi lembar ini lebih dari {MAX_BYTES // 1_000_000} MB.")
        self.value = ""

    def _judge(self) -> None:
        if len(self.filled) > MAX_ROWS:
            raise _too_much(f"ada lebih dari {MAX_ROWS} baris.")
        if self.rightmost > MAX_COLUMNS:
            raise _too_much(f"ada lebih dari {MAX_COLUMNS} kolom.")
        if self.furthest * self.rightmost > MAX_CELLS:
            raise _Refused(
                "batas-terlampaui",
                f"ada isi di baris {self.furthest}, jauh di bawah tabelnya.",
                "Hapus isi yang jauh di bawah atau di kanan tabel.",
            )


def _number(letters: str) -> int:
    number = 0
    for char in letters.upper():
        number = number * 26 + ord(char) - 64
    return number - 1


def _rows(
    values: Sequence[Sequence[object]],
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]],
) -> Iterator[Row]:
    table = [[_text(value) for value in row] for row in values]
    for (top, left), (bottom, _) in merged[:MAX_ROWS]:
        # A cell merged downwards speaks for each of its rows; a wide one is a title.
        for row in table[top + 1 : bottom + 1]:
            if left < len(row) and not row[left]:
                row[left] = table[top][left]
    for number, cells in enumerate(table, 1):
        if any(cell.strip() for cell in cells):
            yield Row(number, tuple(cells))


def _text(value: object) -> str:
    """A cell as the text that a person would have typed."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, datetime):
        day, clock = value.date().isoformat(), f"{value.hour:02}.{value.minute:02}"
        return day if clock == "00.00" else f"{day} {clock}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value.hour:02}.{value.minute:02}"
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02}.{minutes % 60:02}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return "" if value is None else str(value)


# XLSX out


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
        sheet.print_area(0, 0, last, page.printed - 1)
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
            if text:
                sheet.write_string(row, number, text, body)
    for row, cells in enumerate(page.rows, 1):
        sheet.set_row(row, _height(cells, [column.width for column in page.columns]))
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
