"""Dates and hours in the words that people in Indonesia read.

Nothing here asks a clock or the machine's locale: "besok" is counted from a day passed in.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Final

from content_kit.files.reader import MONTHS
from content_kit.model import Hours, Zone

DAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
"""The weekdays in the order of `date.weekday()`."""

RELATIVE: Final = ("hari ini", "besok", "lusa")
"""The word for a day that is 0, 1 or 2 days away."""

__all__ = [
    "DAYS",
    "MONTHS",
    "RELATIVE",
    "clock",
    "day_name",
    "distance",
    "excel_date",
    "hours",
    "long_date",
    "month_name",
    "plain_date",
    "relative",
    "short_date",
]


def day_name(day: date) -> str:
    """The weekday: "Selasa"."""
    return DAYS[day.weekday()]


def month_name(day: date) -> str:
    """The month: "Desember"."""
    return MONTHS[day.month - 1]


def plain_date(day: date) -> str:
    """Without the weekday: "8 Desember 2026"."""
    return f"{day.day} {month_name(day)} {day.year:04}"


def long_date(day: date) -> str:
    """In full: "Selasa, 8 Desember 2026"."""
    return f"{day_name(day)}, {plain_date(day)}"


def short_date(day: date) -> str:
    """As on a list: "Sel, 8 Des"; every Indonesian day and month is told apart by three letters."""
    return f"{day_name(day)[:3]}, {day.day} {month_name(day)[:3]}"


def clock(at: time) -> str:
    """A time of day, "08.00": Indonesian writes a point between hours and minutes."""
    return f"{at.hour:02}.{at.minute:02}"


def hours(span: Hours, zone: Zone) -> str:
    """Opening hours: "08.00–11.00 WITA", or "08.00–selesai WITA" when the end is open."""
    return f"{clock(span.start)}–{clock(span.end) if span.end else 'selesai'} {zone.name}"


def relative(day: date, seen_from: date) -> str:
    """The word "hari ini", "besok" or "lusa" for a day seen from another; "" for any other distance."""
    distant = (day - seen_from).days
    return RELATIVE[distant] if 0 <= distant < len(RELATIVE) else ""


def distance(day: date, seen_from: date) -> str:
    """How far a day is, in words that fit after "padahal hari bukanya": "besok", "3 hari lagi"."""
    distant = (day - seen_from).days
    if distant < 0:
        return f"{-distant} hari yang lalu"
    return relative(day, seen_from) or f"{distant} hari lagi"


def excel_date(number: int) -> date:
    """The date of Excel's day number: 46363 is 7 December 2026 (1900 counts as a leap year there)."""
    return date(1899, 12, 30) + timedelta(days=number)
