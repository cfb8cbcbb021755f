"""What is asked about the dates of a table before any row of it counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from content_kit.findings import Finding
from content_kit.planning.cells import Kind
from content_kit.planning.intake_rows import Line
from content_kit.schedule.dates import DAYS
from content_kit.schedule.sheet_dates import (
    cell_date,
    column_question,
    slashed,
    weekday_in,
    wrong_weekday,
)


def ask_about_dates(lines: Sequence[Line], today: date | None = None) -> None:
    """Tell each row what is wrong with its dates, and each column once that its order is unsure."""
    for line in lines:
        for name, (_, cell) in line.columns.items():
            if cell.kind is Kind.DATE and line.raw(name):
                _ask(line, name)
    for sheet in dict.fromkeys(line.sheet for line in lines) if today else ():
        _ask_column([line for line in lines if line.sheet == sheet], today)


def _ask(line: Line, name: str) -> None:
    found = cell_date(line.raw(name))
    # In our own sheets the weekday is reckoned from the date, and stays as it was when that changes.
    if isinstance(found, date) and name == "tanggal" and not line.text("id"):
        weekday = weekday_in(line.raw("hari"))
        if weekday not in (None, found.weekday()):
            found = wrong_weekday(found, DAYS[weekday or 0])
    if isinstance(found, Finding):
        line.tell(found.code, found.message, name, found.hint)


def _ask_column(lines: Sequence[Line], today: date | None) -> None:
    asked = today and column_question([line.raw("tanggal") for line in lines], today)
    if not asked:
        return
    unsure = [line for line in lines if slashed(line.raw("tanggal"))]
    unsure[0].tell(asked.code, asked.message, "tanggal", asked.hint)
    for line in unsure:
        line.waits = True
