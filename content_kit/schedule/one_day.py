"""One day as a person types it: "besok", "10 desember", "selasa", "8/12"; the coming one is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from content_kit.files.plain import COUNTS, plain
from content_kit.findings import clipped
from content_kit.schedule.dates import DAYS, RELATIVE, day_name, plain_date
from content_kit.schedule.tokens import MONTH_WORDS, NAMES, any_of, in_digits
from content_kit.schedule.words import understand

_REACH: Final = timedelta(days=400)
_PAST: Final = timedelta(days=31)
"""So long ago a day without a year may lie: "1 des" on 7 December is six days ago, not in a year."""
_ASK: Final = "Tulis misalnya besok, selasa, atau 10 desember."
_WEEKDAY: Final = rf"(?:hari )?(?P<name>{any_of(NAMES)}|minggu|min)"
_NEXT: Final = re.compile(rf"{_WEEKDAY}(?: (?P<week>minggu|pekan))? (?P<which>depan|ini)")
_WEEK_FIRST: Final = re.compile(rf"(?P<week>minggu|pekan) (?P<which>depan|ini),? {_WEEKDAY}")
_LONE: Final = re.compile(_WEEKDAY)
_DAY_LAST: Final = re.compile(
    rf"(?P<date>.*\d(?:[/.-]\d| ?(?:{MONTH_WORDS})\b).*?)(?:,? (?:hari )?(?P<bare>{any_of(NAMES)})"
    rf"|,? ?\((?:hari )?(?P<name>{any_of(NAMES)}|minggu)\))"
)
"""The weekday behind the date: "10 Desember 2026 (Kamis)"."""
_COUNT: Final = rf"(?:\d{{1,3}}|{any_of(COUNTS)}|se)"
_UNIT: Final = r"(?:hari|minggu|pekan)"
_LATER: Final = r"(?:diundurkan|diundur|undur|mundur|ditunda|tunda)"
_EARLIER: Final = r"(?:dimajukan|dipercepat|maju)"
_TO: Final = r"(?:ke|jadi|menjadi|sampai|pada)"
_MOVED: Final = re.compile(
    rf"(?:(?:dipindahkan|dipindah|pindah|geser|digeser|ganti|diganti|jadi|menjadi|berubah"
    rf"|diadakan|dilaksanakan|dibuka|buka|digelar)(?: {_TO})?"
    rf"|(?P<way>{_LATER}|{_EARLIER})(?! {_COUNT} ?{_UNIT}\b)(?: {_TO})?)(?:,? hari)?(?:,? |$)"
)
"""What is said before the new day, and adds nothing to it but which way it goes."""
_SHORT_YEAR: Final = re.compile(rf"(\d ?(?:{MONTH_WORDS})\.?) ?'?([2-9]\d)$")
_AWAY: Final = re.compile(
    rf"(?:(?P<way>{_LATER}|{_EARLIER}) )?(?P<count>{_COUNT}) ?(?P<unit>{_UNIT})"
    r"(?: (?P<from>lagi|kemudian|sesudahnya|setelahnya|berikutnya|sebelumnya))?"
)
_NEXT_DAY: Final = ("besoknya", "esoknya", "keesokan hari", "keesokan harinya", "hari berikutnya")
_HASTY: Final = tuple(
    (re.compile(rf"\b(?:{written})\b"), meant)
    for written, meant in (
        ("mgg|mggu|mgu|mg", "minggu"),
        ("pkn", "pekan"),
        ("dpn", "depan"),
        ("hr", "hari"),
        ("bsk|bsok|besuk|esok(?: hari)?", "besok"),
        ("kmrn|kmarin", "kemarin"),
    )
)
"""Words of a chat, written out."""
_NUMBERS: Final = re.compile(
    rf"(?:{_WEEKDAY},? )?(?:(?:tanggal|tgl|tg)\.? ?)?(?P<day>\d{{1,2}})"
    r"(?:(?P<sep>[/.-])(?P<month>\d{1,2})(?:(?P=sep)(?P<year>\d{4}|\d{2}))?)?"
)


class _Asked(Exception):
    """What has to be asked before the day is known."""


def one_day(text: str, today: date, since: date | None = None) -> tuple[date | None, str]:
    """The day that is meant, or None and a sentence that asks for what is missing.

    A weekday alone is the next such day, today included; who names no year means the coming one.
    With `since`, the service day that moves, "minggu depan" counts from it, and of several days
    that may be meant it is the nearest to it that has not passed.
    """
    words, way = _bare(text)
    if not words:
        return None, _ASK
    seen = _Seen(today, since, way)
    try:
        found = _named(words, seen) or _numbered(words, seen)
    except _Asked as asked:
        return None, str(asked)
    except OverflowError:  # beyond the year 9999
        return None, f'"{clipped(text.strip())}" terlalu jauh. {_ASK}'
    if found is not None:
        return found, ""
    return _understood(words, text, seen)


def only_moves(text: str) -> bool:
    """Whether words about a day only say that it moves, and not where to: "diundur jadi"."""
    words = plain(text)
    return bool(words) and not _bare(words)[0]


@dataclass(frozen=True, slots=True)
class _Seen:
    """From where a day is seen: today, the service day that moves, and which way it is said to go."""

    today: date
    since: date | None
    way: str = ""

    @property
    def base(self) -> date:
        return self.since or self.today

    def chosen(self, days: Iterable[date]) -> date | None:
        """The one that is meant: the only one, else the coming one, or that nearest to `since`.

        A day that is put off lies after the service day, one that is brought forward before it.
        """
        days = list(days)
        if len(days) == 1:
            return days[0]
        coming = [day for day in days if day >= self.today]
        since = self.since
        if since is None:
            return next(iter(coming), None)
        if self.way:
            earlier = bool(re.fullmatch(_EARLIER, self.way))
            sided = [day for day in coming if day != since and (day < since) == earlier]
            coming = sided or coming
        return min(coming, key=lambda day: (abs(day - since), day < since), default=None)


def _bare(text: str) -> tuple[str, str]:
    """The words about the day, and which way it is said to move.

    "pindah ke kamis (10/12)" is "kamis 10/12", "10 des '26" has its century.
    """
    words = re.sub(r"\(([\d/. -]+)\)", r"\1", in_digits(plain(text))).strip(" ,-")
    for written, meant in _HASTY:
        words = written.sub(meant, words)
    way = ""
    if moved := _MOVED.match(words):
        way, words = moved["way"] or "", words[moved.end() :]
    if last := _DAY_LAST.fullmatch(words):
        words = f"{last['name'] or last['bare']} {last['date']}"
    return _SHORT_YEAR.sub(r"\1 20\2", words), way


def _understood(words: str, text: str, seen: _Seen) -> tuple[date | None, str]:
    """The day by the words of schedule rules, with the year that people leave out."""
    today, asked = seen.today, []
    for attempt in (words, f"{words} {today.year}", f"{words} {today.year + 1}"):
        rule, unclear = understand(attempt)
        asked += unclear
        days = rule.dates(today - _PAST, today + _REACH) if rule else []
        if rule and not days and attempt == words:  # the year is named
            days = rule.dates(date(2000, 1, 1), date(2100, 12, 31))[:2]
        if len(days) > 1 and not re.search(r"tanggal|tgl|ke-|terakhir", attempt):
            return None, "Tulis satu hari saja, misalnya 10 desember."
        found = seen.chosen(days)
        if found:
            return found, ""
    for question in asked:  # a date that is wrong in itself; rules are no matter here
        if re.search(r"jatuh pada|tidak ada", question.message):
            return None, f"{question.message} {question.hint}".strip()
    return None, f'"{clipped(text.strip())}" tidak terbaca. {_ASK}'


def _named(words: str, seen: _Seen) -> date | None:
    """A day that is named by where it lies from today or the service day, or by its weekday."""
    today = seen.today
    if words == "besok lusa":  # said for the day after tomorrow
        words = "lusa"
    if words in RELATIVE:
        return today + timedelta(days=RELATIVE.index(words))
    if words == "kemarin":
        return today - timedelta(days=1)
    if words in ("minggu depan", "pekan depan"):
        return seen.base + timedelta(weeks=1)
    if words in _NEXT_DAY:
        return seen.base + timedelta(days=1)
    if words in ("minggu ini", "pekan ini"):
        raise _Asked(f'"{words}" hari apa? {_ASK}')
    if away := _AWAY.fullmatch(words):
        return _away(away, seen)
    if named := _NEXT.fullmatch(words) or _WEEK_FIRST.fullmatch(words):
        return _next(named, seen.base)
    if named := _LONE.fullmatch(words):
        weekday = NAMES.get(named["name"], 6)
        first = today + timedelta(days=(weekday - today.weekday()) % 7)
        return seen.chosen(first + timedelta(weeks=n) for n in range(58))
    return None


def _next(named: re.Match[str], base: date) -> date:
    """`senin depan`, `rabu minggu depan`, `jumat ini`, counted from the base."""
    weekday = NAMES.get(named["name"], 6)
    if named["week"]:
        monday = base - timedelta(days=base.weekday())
        return monday + timedelta(days=weekday, weeks=named["which"] == "depan")
    ahead = (weekday - base.weekday()) % 7
    return base + timedelta(days=ahead or (7 if named["which"] == "depan" else 0))


def _away(away: re.Match[str], seen: _Seen) -> date | None:
    """`3 hari lagi` from today; `mundur seminggu`, `2 hari kemudian` from the service day."""
    if not (away["way"] or away["from"]):
        return None
    count = 1 if away["count"] == "se" else COUNTS.get(away["count"]) or int(away["count"])
    days = count * (1 if away["unit"] == "hari" else 7)
    base = seen.today if away["from"] == "lagi" and not away["way"] else seen.base
    earlier = away["from"] == "sebelumnya" or re.fullmatch(_EARLIER, away["way"] or "")
    return base + timedelta(days=-days if earlier else days)


def _numbered(words: str, seen: _Seen) -> date | None:
    """`10`, `tgl 10`, `8/12`, `tgl 8/12/26`, `rabu 9/12`, `kamis tgl 10`."""
    match = _NUMBERS.fullmatch(words)
    if match is None:
        return None
    year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0) if match["year"] else None
    month = int(match["month"]) if match["month"] else None
    day = int(match["day"])
    if month is not None and month > 12:
        shown = words[match.start("day") :]
        turned = f" Maksudnya {month}/{day}?" if day <= 12 and month <= 31 else ""
        raise _Asked(f'tanggal "{shown}" tidak ada: bulan hanya sampai 12.{turned}')
    days = list(_dates(day, month, year, seen.today))
    if not days:
        raise _Asked(f'tanggal "{words[match.start("day") :]}" tidak ada. Periksa angkanya.')
    found = seen.chosen(days) or days[-1]
    if match["name"] and found.weekday() != NAMES.get(match["name"], 6):
        raise _Asked(
            f"{plain_date(found)} jatuh pada hari {day_name(found)}, "
            f"bukan {DAYS[NAMES.get(match['name'], 6)]}. Mana yang benar? Tulis yang benar saja."
        )
    return found


def _dates(day: int, month: int | None, year: int | None, today: date) -> Iterator[date]:
    """The dates that may be meant, in order; a day of a month long past is the coming year's."""
    if year is not None and month is not None:
        months = [(year, month)]
    elif month is not None:
        months = [(today.year - 1, month), (today.year, month), (today.year + 1, month)]
    else:
        months = [
            (today.year + (today.month - 1 + n) // 12, (today.month - 1 + n) % 12 + 1)
            for n in range(14)
        ]
    found = []
    for in_year, in_month in months:
        try:
            found.append(date(in_year, in_month, day))
        except ValueError:
            continue
    if year is None and month is not None:
        found = [each for each in found if each >= today - _PAST][:1] or found[-1:]
    yield from found
