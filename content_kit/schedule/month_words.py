"""The data of a month picture: `bulan`, with every service day as it takes place and a calendar's weeks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from content_kit.model import Occurrence, Post, Posyandu
from content_kit.schedule.dates import day_name, hours, month_name, short_date
from content_kit.schedule.occurrences import occurrences, usual

_NEXT_FROM: Final = 25
"""The day of a month from which a post without a service day speaks of the next month."""


def month_words(post: Post, posyandu: Posyandu, occurrence: Occurrence | None) -> dict[str, object]:
    """The month that a post speaks of: nama, tahun, acara (each with a number), minggu (of seven days).

    It is the month of the post's service day. A post without one tells of its own month, from
    the 25th on of the next. A moved day stands where it moved to, a cancelled one where people
    expect it.
    """
    first = (occurrence.date if occurrence else _spoken_of(post.date)).replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    found, _ = occurrences(posyandu, first, last)
    numbers: dict[int, int] = {}
    for number, each in enumerate(found, 1):
        numbers.setdefault(each.date.day, number)
    cells: list[dict[str, object]] = [_cell(0, 0, found)] * first.weekday()
    cells += [_cell(day, numbers.get(day, 0), found) for day in range(1, last.day + 1)]
    cells += [_cell(0, 0, found)] * (-len(cells) % 7)
    return {
        "nama": month_name(first),
        "tahun": f"{first.year:04}",
        "acara": [_told(number, each, posyandu) for number, each in enumerate(found, 1)],
        "minggu": [cells[start : start + 7] for start in range(0, len(cells), 7)],
    }


def _spoken_of(day: date) -> date:
    return day.replace(day=1) + timedelta(days=31) if day.day >= _NEXT_FROM else day


def _cell(day: int, number: int, found: list[Occurrence]) -> dict[str, object]:
    cancelled = bool(number) and found[number - 1].cancelled
    return {"angka": str(day) if day else "", "nomor": number, "batal": cancelled}


def _told(number: int, day: Occurrence, posyandu: Posyandu) -> dict[str, object]:
    rule = usual(posyandu, day)
    moved = day.change is not None and rule.date != day.date
    return {
        "nomor": number,
        "hari": day_name(day.date),
        "singkat": f"{day_name(day.date)[:3]} {day.date.day}",
        "nama": day.name,
        "jam": hours(day.hours, posyandu.zone),
        "tempat": day.place,
        "batal": day.cancelled,
        "semula": short_date(rule.date) if moved else "",
    }
