"""Dates as cells of a spreadsheet hold them: written out, with slashes, or as Excel's own day numbers.

One cell is read by `cell_date`. Whether 12/7/2026 is a day in July or in December can only be seen
from the whole column: `column_question`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from content_kit.files.plain import plain
from content_kit.findings import Finding, clipped
from content_kit.schedule.dates import DAYS, day_name, excel_date, long_date, plain_date
from content_kit.schedule.tokens import MONTH_NUMBERS, MONTH_WORDS, NAMES, any_of, in_digits

_SERIAL: Final = re.compile(r"([3-6]\d{4})(?:[.,]\d+)?")
"""Excel's day numbers from 1982 to 2091."""
_NAME: Final = (
    rf"(?:(?:hari )?(?P<name>{any_of(NAMES)}|minggu|min)\.?,? ?(?:(?:tanggal|tgl)\.? ?)?)?"
)
_TIME: Final = r"(?:[ t]0{1,2}[.:]00(?:[.:]00)?)?"
_FORMS: Final = tuple(
    re.compile(_NAME + form + _TIME)
    for form in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})(?P<sep>[/.-])(?P<month>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})",
        rf"(?P<day>\d{{1,2}})[ -]?(?P<word>{MONTH_WORDS})\.?[ -]?(?P<year>\d{{4}}|\d{{2}})",
    )
)
_SLASHED: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})")


def cell_date(text: str) -> date | Finding:
    """The date in a cell, or the finding that asks what it is; a weekday beside it must be right."""
    said, words = clipped(" ".join(text.split())), in_digits(plain(text))
    serial = _SERIAL.fullmatch(words)
    if serial:
        meant = excel_date(int(serial[1]))
        return _ask(
            f'"{said}" nomor tanggal Excel, artinya {long_date(meant)}.',
            f"Bila benar, tulis {meant:%d/%m/%Y}, atau ubah format selnya menjadi Tanggal.",
        )
    match = next((found for form in _FORMS if (found := form.fullmatch(words))), None)
    if match is None:
        return _ask(f'tanggal "{said}" tidak terbaca.')
    parts = match.groupdict()
    year = int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)
    month = MONTH_NUMBERS[parts["word"]] if parts.get("word") else int(parts["month"])
    try:
        day = date(year, month, int(parts["day"]))
    except ValueError:
        turned = month > 12 >= int(parts["day"])
        hint = "Tulis tanggal dulu, lalu bulan: 21/12/2026." if turned else "Periksa angkanya."
        return _ask(f'tanggal "{said}" tidak ada.', hint)
    weekday = NAMES.get(parts["name"], 6) if parts["name"] else day.weekday()
    if weekday != day.weekday():
        return wrong_weekday(day, DAYS[weekday])
    return day


def wrong_weekday(day: date, said: str) -> Finding:
    """What to ask about a date that falls on another weekday than the one beside it."""
    return _ask(
        f"{plain_date(day)} jatuh pada hari {day_name(day)}, bukan {said}.",
        "Mana yang benar, harinya atau tanggalnya?",
    )


def weekday_in(text: str) -> int | None:
    """The weekday that a cell names, Monday = 0."""
    words = plain(text).removeprefix("hari ")
    return 6 if words == "minggu" else NAMES.get(words)


def slashed(text: str) -> bool:
    """Whether a cell is a date of three numbers with slashes."""
    return _SLASHED.fullmatch(plain(text)) is not None


def column_question(cells: Iterable[str], today: date, month: date | None = None) -> Finding | None:
    """What to ask when a column of dates with slashes may be month first, as in American Excel.

    `month` is the month that the table is for, when that is known. Nothing is asked when one cell
    proves that the day stands first, or when the dates make sense so.
    """
    pairs = [
        (int(match[1]), int(match[2]), int(match[3]) + (2000 if len(match[3]) == 2 else 0))
        for cell in cells
        if (match := _SLASHED.fullmatch(plain(cell)))
    ]
    if any(first > 12 for first, _, _ in pairs):
        return None
    proven = [pair for pair in pairs if pair[1] > 12]
    unsure = [pair for pair in pairs if pair[0] != pair[1] and pair[1] <= 12]
    if not unsure:
        return None
    day_first = [date(year, second, first) for first, second, year in unsure]
    month_first = [date(year, first, second) for first, second, year in unsure]
    if not (proven or _odd(day_first, month_first, today, month)):
        return None
    shown = "/".join(str(number) for number in unsure[0])
    one, other = plain_date(day_first[0]), plain_date(month_first[0])
    return _ask(
        f"{shown} itu {one} atau {other}? Di kolom ini keduanya mungkin.",
        f"Tulis tanggalnya dengan nama bulan, misalnya {other}, lalu masukkan lagi.",
    )


def _odd(day_first: list[date], month_first: list[date], today: date, month: date | None) -> bool:
    """Whether the dates read day first look wrong, and month first right."""

    def fits(day: date) -> bool:
        if month is not None:
            return (day.year, day.month) == (month.year, month.month)
        return day >= today.replace(day=1)

    if any(map(fits, day_first)):
        months = {(day.year, day.month) for day in day_first}
        turned = {(day.year, day.month) for day in month_first}
        return len(turned) == 1 and len(months) > 2 and all(map(fits, month_first))
    return all(map(fits, month_first))


def _ask(message: str, hint: str = "Tulis misalnya 07/12/2026, atau 7 Desember 2026.") -> Finding:
    return Finding("tanggal-salah", message, hint=hint)
