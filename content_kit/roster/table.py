"""The roster as one plain table: a row for each post, and one for each posyandu that sent nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from content_kit.files.rows import held
from content_kit.files.safe_text import shown
from content_kit.files.tables import write_csv
from content_kit.roster import words
from content_kit.roster.view import Roster, Row, Unit
from content_kit.schedule.dates import clock, day_name

COLUMNS: Final = (
    "tanggal", "hari", "jam", "zona", "kabupaten", "kecamatan", "desa", "posyandu", "unit", "id", "jenis",
    "bidang", "judul", "kanal", "petugas", "status", "temuan", "sesuai_pustaka", "foto", "segel",
)  # fmt: skip
"""The columns in their order; other programs know them by these names."""


def table(roster: Roster) -> Iterator[tuple[str, ...]]:
    """The rows of the roster as cells, in the order the posts go out; then who sent nothing."""
    for row in roster.rows:
        yield tuple(held(shown(cell)) for cell in _cells(row))
    for unit in missing(roster):
        cells = dict.fromkeys(COLUMNS, "") | {
            "kabupaten": unit.kabupaten,
            "kecamatan": unit.kecamatan,
            "desa": unit.village,
            "posyandu": unit.name,
            "unit": unit.slug or unit.id,
            "status": words.MISSING,
        }
        yield tuple(held(shown(cells[name])) for name in COLUMNS)


def missing(roster: Roster) -> tuple[Unit, ...]:
    """The expected units that have sent nothing, in the order of their places."""
    units = [unit for unit in roster.units if unit.expected and not roster.has_sent(unit)]
    return tuple(sorted(units, key=lambda one: (one.kabupaten, one.kecamatan, one.name, one.id)))


def write_table(roster: Roster) -> bytes:
    """The roster as CSV. A cell that would start a formula stays text."""
    return write_csv([COLUMNS, *table(roster)])


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.date.isoformat(),
        day_name(row.date),
        clock(row.time),
        row.zone,
        row.kabupaten,
        row.kecamatan,
        row.village,
        row.posyandu,
        row.unit,
        row.post,
        row.pillar.value,
        row.bidang.value,
        row.title,
        words.channels(row),
        row.duty_name,
        row.status,
        words.worst(row),
        ("ya" if row.as_library else "tidak") if row.checked else "",
        str(row.photos) if row.checked else "",
        row.seal,
    )
