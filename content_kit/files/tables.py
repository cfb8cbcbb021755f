"""Tables as rows of text: CSV and XLSX in, told apart by content, and CSV out."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from content_kit.errors import reason
from content_kit.files.rows import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, Refused, Row, Sheet, too_much
from content_kit.files.xlsx import read_workbook
from content_kit.findings import Finding, Place

Headed: TypeAlias = "Callable[[Sequence[str]], int]"
"""How many cells of a row are names of columns: tells the delimiter of a CSV file."""

_DELIMITERS: Final = (";", ",", "\t")
_RISKY: Final = "=+-@\t\r'"
_TEXT_MARK: Final = re.compile(r"'(?=[=+\-@\t\r'0-9])")
_PAGE: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|head|meta|\?xml)", re.IGNORECASE
)
"""What several offices' programs save under the name XLS."""


def read_table(path: Path, headed: Headed) -> tuple[tuple[Sheet, ...], list[Finding]]:
    """The sheets of a CSV or XLSX file, told apart by content; nothing but findings when refused.

    SystemFailure never: a file that cannot be opened is a finding too.
    """
    at = Place(path.name, 1, 1)
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
        return _read(data, headed), []
    except Refused as refused:
        return (), [Finding(refused.code, str(refused), at, hint=refused.hint)]
    except OSError as error:
        message = f"berkas ini tidak dapat dibuka ({reason(error)})."
        hint = "Tutup dulu di Excel, lalu coba lagi."
        return (), [Finding("berkas-tidak-terbaca", message, at, hint=hint)]


def _read(data: bytes, headed: Headed) -> tuple[Sheet, ...]:
    if len(data) > MAX_BYTES:
        raise too_much(f"berkas ini lebih dari {MAX_BYTES // 1_000_000} MB.")
    if data.startswith(b"PK"):
        return read_workbook(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(
            "berkas-tidak-terbaca",
            "ini berkas Excel lama (XLS), atau Excel yang diberi sandi.",
            "Buka di Excel, lalu simpan sebagai XLSX tanpa sandi.",
        )
    if _PAGE.match(data):
        raise Refused(
            "berkas-tidak-terbaca",
            "ini halaman web (HTML), bukan tabel Excel.",
            "Buka di Excel, lalu simpan sebagai XLSX.",
        )
    return (Sheet("", tuple(_read_csv(_decoded(data), headed))),)


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
    raise Refused(
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
            raise too_much(f"baris {number} punya lebih dari {MAX_COLUMNS} kolom.")
        if any(cell.strip() for cell in cells):
            count += 1
            if count > MAX_ROWS:
                raise too_much(f"ada lebih dari {MAX_ROWS} baris.")
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
        raise too_much("ada sel yang terlalu panjang.") from None


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
