"""One day as a person types it: "besok", "10 desember", "selasa", "8/12"; the coming one is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from content_kit.findings import clipped
from content_kit.schedule.dates import DAYS, RELATIVE
from content_kit.schedule.words import understand

_REACH: Final = timedelta(days=400)
_PAST: Final = timedelta(days=31)
"""So long ago a day without a year may lie: "1 des" on 7 December is six days ago, not in a year."""
_ASK: Final = "Tulis misalnya besok, selasa, atau 10 desember."


def one_day(text: str, today: date) -> tuple[date | None, str]:
    """The day that is meant, or None and a sentence that asks for what is missing.

    A weekday alone is the next such day, today included; who names no year means the coming one.
    """
    words = " ".join(text.casefold().split())
    if not words:
        return None, _ASK
    named = _named(words, today)
    if named is not None:
        return named, ""
    asked = []
    for attempt in _attempts(words, today):
        rule, unclear = understand(attempt)
        asked += unclear
        days = rule.dates(today - _PAST, today + _REACH) if rule else []
        if rule and not days and attempt == words:  # the year is named
            days = rule.dates(date(2000, 1, 1), date(2100, 12, 31))[:2]
        if len(days) > 1 and not re.search(r"tanggal|tgl|ke-|terakhir", attempt):
            return None, "Tulis satu hari saja, misalnya 10 desember."
        coming = [day for day in days if day >= today]
        found = coming if len(days) > 1 else days
        if found:
            return found[0], ""
    if asked and any(sign.isdigit() for sign in words):
        return None, f"{asked[0].message} {asked[0].hint}".strip()
    return None, f'"{clipped(text.strip())}" tidak terbaca. {_ASK}'


def _named(words: str, today: date) -> date | None:
    """A day that is named by where it lies from today, or by its weekday."""
    if words == "besok lusa":  # said for the day after tomorrow
        words = "lusa"
    if words in RELATIVE:
        return today + timedelta(days=RELATIVE.index(words))
    if words in ("kemarin", "minggu depan"):
        return today + timedelta(days=-1 if words == "kemarin" else 7)
    bare = words.removeprefix("hari ").removesuffix(" depan").removesuffix(" ini")
    names = [name.casefold() for name in DAYS]
    if bare not in names:
        return None
    ahead = (names.index(bare) - today.weekday()) % 7
    return today + timedelta(days=ahead or (7 if words.endswith(" depan") else 0))


def _attempts(words: str, today: date) -> Iterator[str]:
    """The words as they are, then with what people leave out."""
    if re.fullmatch(r"\d{1,2}", words):
        yield f"tanggal {words}"
        return
    match = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})", words)
    if match is None:
        yield words
    for year in (today.year, today.year + 1):
        yield f"{match[1]}/{match[2]}/{year}" if match else f"{words} {year}"
