"""Workbooks in: each is weighed before it is read, and nothing in it ever runs.

The only door to python-calamine, of the extra `office` and loaded when used. The parts of a
workbook are unpacked here up to a limit and handed on without compression, so that the reader can
neither meet a bomb nor see a macro.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final
from xml.parsers import expat

from content_kit.errors import KitError, UsageError
from content_kit.files.rows import (
    MAX_BYTES,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    OFFICE,
    Refused,
    Row,
    Sheet,
    too_much,
)

_MAX_PARTS: Final = 1_000
_REFERENCE: Final = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_NEEDED: Final = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels"
    r"|xl/(?:workbook|styles|sharedStrings)\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/worksheets/[^/]+\.xml|xl/worksheets/_rels/[^/]+\.rels",
    re.IGNORECASE,
)


def read_workbook(data: bytes) -> tuple[Sheet, ...]:
    """The sheets of an XLSX file. Refused when it is none or too large, UsageError without the extra."""
    parts = _unpacked(data)
    if not any(name.lower() == "xl/workbook.xml" for name in parts):
        raise Refused(
            "berkas-tidak-terbaca", "ini bukan berkas XLSX.", "Simpan sebagai XLSX atau CSV."
        )
    cells = _weigh(parts)
    hidden, part_of = _layout(parts)
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
                seen = cells.get(part_of.get(name, ""), _Cells(b"<_/>", ()))
                sheets.append(Sheet(name, tuple(_rows(values, merged, seen)), name in hidden))
            return tuple(sheets)
    # The reader's errors have no common root; whatever it says, the file is not a workbook.
    except Exception as error:
        if isinstance(error, KitError):
            raise
        raise _damaged() from None


def _damaged() -> Refused:
    return Refused(
        "berkas-tidak-terbaca", "isi berkas XLSX ini rusak.", "Buka di Excel, lalu simpan ulang."
    )


def _unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of a workbook that hold its cells, never more than `MAX_BYTES` of them."""
    parts: dict[str, bytes] = {}
    left = MAX_BYTES
    swollen = f"isi berkas ini lebih dari {MAX_BYTES // 1_000_000} MB bila dibuka."
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > _MAX_PARTS or sum(info.file_size for info in infos) > MAX_BYTES:
                raise too_much(swollen)
            for info in infos:
                name = info.filename.lstrip("/")
                if not _NEEDED.fullmatch(name):
                    continue
                with archive.open(info) as stream:
                    parts[name] = stream.read(left + 1)
                left -= len(parts[name])
                if left < 0:
                    raise too_much(swollen)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ):
        raise Refused(
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


def _weigh(parts: Mapping[str, bytes]) -> dict[str, _Cells]:
    """What lies where in each sheet, by the name of its part in small letters.

    Refused for a workbook whose cells lie far apart, or repeat a long text without end.
    """
    lengths: list[int] = []
    for name, data in parts.items():
        if name.lower() == "xl/sharedstrings.xml":
            lengths = _Strings(data).lengths
    return {
        name.lower(): _Cells(data, lengths)
        for name, data in parts.items()
        if name.lower().startswith("xl/worksheets/") and name.lower().endswith(".xml")
    }


def _layout(parts: Mapping[str, bytes]) -> tuple[frozenset[str], dict[str, str]]:
    """Which sheets are hidden, and the part of each sheet in small letters, both by their names."""
    lower = {name.lower(): data for name, data in parts.items()}
    book = _Book(lower.get("xl/workbook.xml", b"<_/>"))
    targets = _Targets(lower.get("xl/_rels/workbook.xml.rels", b"<_/>")).parts
    return frozenset(book.hidden), {name: targets.get(id, "") for name, id in book.ids.items()}


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
            raise _damaged() from None

    def _start(self, name: str, _: Mapping[str, str], /) -> None:
        """An element opens."""

    def _end(self, name: str) -> None:
        """An element closes."""

    def _words(self, words: str) -> None:
        """Text, perhaps in pieces."""

    def _doctype(self, *_: object) -> None:
        raise Refused("berkas-tidak-terbaca", "isi berkas XLSX ini tidak lazim.", "Simpan ulang.")


class _Book(_Xml):
    """The sheets of a workbook: the relation of each, and those that are hidden."""

    def __init__(self, data: bytes) -> None:
        self.ids: dict[str, str] = {}
        self.hidden: set[str] = set()
        super().__init__(data)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name.rpartition(":")[2] != "sheet":
            return
        title = attributes.get("name", "")
        relation = (v for key, v in attributes.items() if key.rpartition(":")[2] == "id")
        self.ids[title] = next(relation, "")
        if attributes.get("state", "visible") != "visible":
            self.hidden.add(title)


class _Targets(_Xml):
    """The part that each relation of a workbook leads to, in small letters."""

    def __init__(self, data: bytes) -> None:
        self.parts: dict[str, str] = {}
        super().__init__(data)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name.rpartition(":")[2] == "Relationship":
            target = attributes.get("Target", "").lower()
            whole = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            self.parts[attributes.get("Id", "")] = whole


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
    """Where the filled cells of a sheet lie, how much text they would take, what is out of order.

    `failed` are the formulas that failed (row and column from 0), `hidden` the rows nobody sees.
    """

    def __init__(self, data: bytes, lengths: Sequence[int]) -> None:
        self.lengths = lengths
        self.row = self.column = -1
        self.furthest = self.rightmost = 0
        self.filled: set[int] = set()
        self.failed: dict[tuple[int, int], str] = {}
        self.hidden: set[int] = set()
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
            if attributes.get("hidden", "") in {"1", "true"}:
                self.hidden.add(self.row)
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
            self.failed[self.row, self.column] = self.value
        if name == "v" and self.letters > MAX_BYTES:
            raise too_much(f"isi lembar ini lebih dari {MAX_BYTES // 1_000_000} MB.")
        self.value = ""

    def _judge(self) -> None:
        if len(self.filled) > MAX_ROWS:
            raise too_much(f"ada lebih dari {MAX_ROWS} baris.")
        if self.rightmost > MAX_COLUMNS:
            raise too_much(f"ada lebih dari {MAX_COLUMNS} kolom.")
        if self.furthest * self.rightmost > MAX_CELLS:
            raise Refused(
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
    seen: _Cells,
) -> Iterator[Row]:
    table = [[_text(value) for value in row] for row in values]
    for (top, left), (bottom, _) in merged[:MAX_ROWS]:
        # A cell merged downwards speaks for each of its rows; a wide one is a title.
        for row in table[top + 1 : bottom + 1]:
            if left < len(row) and not row[left]:
                row[left] = table[top][left]
    for (down, across), shown in seen.failed.items():
        if down < len(table):
            row = table[down]
            row += [""] * (across + 1 - len(row))
            row[across] = shown
    for number, cells in enumerate(table, 1):
        if any(cell.strip() for cell in cells):
            yield Row(number, tuple(cells), number - 1 in seen.hidden)


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
