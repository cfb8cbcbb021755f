"""Reads a schedule rule as a volunteer writes it and answers with dates, or with a question.

`selasa ke-2`, `jumat terakhir`, `selasa ke-2 dan ke-4`, `2026-12-05`, `5 Desember 2026` and
`belum pasti`. "Ke-2" is the second such weekday of the month, never calendar week 2: for 103 of
the 216 second Mondays to Saturdays of 2025 to 2027 the two differ. A rule is a union of parts,
so the grammar widens by one more part class and one more reader in `_READERS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from typing import Final, Protocol

from dateutil.rrule import MONTHLY, rrule
from dateutil.rrule import weekday as _weekday

from content_kit.findings import Finding, Place
from content_kit.schedule.dates import DAYS, MONTHS, plain_date

_NOWHERE: Final = Place()
_CODE: Final = "aturan-tidak-jelas"
_ORDINALS: Final = ("pertama", "kedua", "ketiga", "keempat", "kelima")
_REACH: Final = timedelta(days=400)  # "senin ke-5" can be four months away; a year is plenty


class Part(Protocol):
    """One piece of a rule: the dates it gives in a span, and the words that mean it."""

    def dates(self, start: date, end: date) -> list[date]:
        """Its dates from `start` to `end`, both included."""

    def sentence(self) -> str:
        """Words that are understood as this very part."""


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """The n-th such weekday of every month; `weekday` counts from Monday = 0, -1 is the last."""

    weekday: int
    number: int

    def dates(self, start: date, end: date) -> list[date]:
        """A month without a fifth one simply gives none."""
        found = rrule(
            MONTHLY,
            dtstart=datetime.combine(start, time.min),
            until=datetime.combine(end, time.min),
            byweekday=_weekday(self.weekday)(self.number),
        )
        return [moment.date() for moment in found]

    def sentence(self) -> str:
        """As in "Selasa ke-2", "Jumat terakhir"; the day Sunday is "hari Minggu ke-2"."""
        day = "hari Minggu" if self.weekday == 6 else DAYS[self.weekday]
        return f"{day} terakhir" if self.number == -1 else f"{day} ke-{self.number}"


@dataclass(frozen=True, slots=True)
class SingleDate:
    """One date, announced by itself."""

    day: date

    def dates(self, start: date, end: date) -> list[date]:
        """The date, when it lies in the span."""
        return [self.day] if start <= self.day <= end else []

    def sentence(self) -> str:
        """As in "5 Desember 2026"."""
        return plain_date(self.day)


@dataclass(frozen=True, slots=True)
class Rule:
    """When a service day happens: the union of its parts; no parts means "belum pasti"."""

    parts: tuple[Part, ...] = ()

    @property
    def confirmed(self) -> bool:
        """Whether the dates are known at all."""
        return bool(self.parts)

    def dates(self, start: date, end: date) -> list[date]:
        """Its dates from `start` to `end`, both included, each once and in order."""
        if end < start:
            return []
        return sorted({day for part in self.parts for day in part.dates(start, end)})

    def includes(self, day: date) -> bool:
        """Whether this very date is one of the rule's."""
        return bool(self.dates(day, day))

    def nearest(self, day: date) -> date | None:
        """The rule's date nearest to a day within about a year; of two equally near, the later."""
        lone = [part.day for part in self.parts if isinstance(part, SingleDate)]
        first = day - min(_REACH, day - date.min)
        last = day + min(_REACH, date.max - day)
        return min(
            [*self.dates(first, last), *lone],
            key=lambda found: (abs(found - day), found < day),
            default=None,
        )

    def sentence(self) -> str:
        """Words for people that `understand` reads back as the same rule."""
        if not self.parts:
            return "belum pasti"
        words = [part.sentence() for part in self.parts]
        return " dan ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


UNCONFIRMED: Final = Rule()


def understand(rule: str, at: Place = _NOWHERE) -> tuple[Rule | None, list[Finding]]:
    """A rule in words as dates, or None with the findings that ask for what is missing."""
    text = re.sub(r"\s+", " ", rule).strip(" .").lower()
    if text == "belum pasti":
        return UNCONFIRMED, []
    if not text:
        return None, [_unclear("aturan hari buka belum diisi.", at, _EXAMPLE)]
    parts: list[Part] = []
    findings: list[Finding] = []
    for piece in re.split(r"\s*,\s*dan\s+|\s*,\s*|\s+dan\s+", text):
        previous = parts[-1] if parts else None
        part = next((found for read in _READERS if (found := read(piece, previous))), None)
        if part is None:
            findings.append(_question(piece, at))
        elif part not in parts:
            parts.append(part)
    return (None, findings) if findings else (Rule(tuple(parts)), [])


_EXAMPLE: Final = 'Tulis misalnya: selasa ke-2. Kalau belum tahu, tulis "belum pasti".'

_NAMES: Final = {
    **{name.lower(): number for number, name in enumerate(DAYS)},
    **{name.lower()[:3]: number for number, name in enumerate(DAYS) if name != "Minggu"},
    "jum'at": 4,
    "jum’at": 4,
    "ahad": 6,
}
_DAY: Final = rf"(?P<hari>hari )?(?P<nama>{'|'.join(sorted(_NAMES, key=len, reverse=True))})"
_NTH: Final = rf"(?:ke[- ]?(?P<angka>\d+)|(?P<kata>{'|'.join(_ORDINALS)}|terakhir))"
_NTH_WEEKDAY: Final = re.compile(f"{_DAY} {_NTH}")
_NTH_ONLY: Final = re.compile(_NTH)
_IN_WEEK: Final = re.compile(rf"{_DAY} (?:minggu|mg|pekan)[ -]?(?:{_NTH}|(?P<lain>\d))")
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_WRITTEN: Final = re.compile(rf"(\d{{1,2}}) ({'|'.join(MONTHS).lower()}) (\d{{4}})")


def _nth_weekday(piece: str, previous: Part | None) -> Part | None:
    """`selasa ke-2`; after another such part also `ke-4` alone. "Minggu ke-2" is a week's name."""
    if match := _NTH_WEEKDAY.fullmatch(piece):
        if match["nama"] == "minggu" and not match["hari"]:
            return None
        return _nth(_NAMES[match["nama"]], match)
    if isinstance(previous, NthWeekday) and (match := _NTH_ONLY.fullmatch(piece)):
        return _nth(previous.weekday, match)
    return None


def _nth(weekday: int, match: re.Match[str]) -> NthWeekday | None:
    number = _number(match)
    return NthWeekday(weekday, number) if number == -1 or 1 <= number <= 5 else None


def _number(match: re.Match[str]) -> int:
    if match["angka"]:
        return int(match["angka"][:3])
    return -1 if match["kata"] == "terakhir" else _ORDINALS.index(match["kata"]) + 1


def _single_date(piece: str, _previous: Part | None) -> Part | None:
    """`2026-12-05` or `5 desember 2026`."""
    if match := _ISO.fullmatch(piece):
        year, month, day = map(int, match.groups())
    elif match := _WRITTEN.fullmatch(piece):
        day, year = int(match[1]), int(match[3])
        month = [name.lower() for name in MONTHS].index(match[2]) + 1
    else:
        return None
    try:
        return SingleDate(date(year, month, day))
    except ValueError:
        return None


_READERS: Final[tuple[Callable[[str, Part | None], Part | None], ...]] = (
    _nth_weekday,
    _single_date,
)


def _question(piece: str, at: Place) -> Finding:
    """The one thing to ask about a piece that no reader understood."""
    if match := _NTH_WEEKDAY.fullmatch(piece):
        if match["nama"] == "minggu" and not match["hari"]:
            nth = match["kata"] or f"ke-{match['angka']}"
            return _unclear(
                f'"{piece}" bisa berarti pekan atau hari Minggu.',
                at,
                f"Minggu {nth} hari apa? Tulis misalnya: selasa {_as_number(match)}. "
                f"Kalau bukanya hari Minggu, tulis: hari minggu {_as_number(match)}.",
            )
        return _unclear(
            f'"{piece}" tidak ada: sebulan paling banyak punya lima {match["nama"]}.',
            at,
            "Tulis ke-1 sampai ke-5, atau terakhir.",
        )
    if match := re.fullmatch(rf"{_DAY}(?: ini)?", piece):
        weekday = _NAMES[match["nama"]]
        day = "hari Minggu" if weekday == 6 else DAYS[weekday]
        return _unclear(
            f"{day[0].upper()}{day[1:]} ke berapa setiap bulan?",
            at,
            f"Tulis misalnya: {day.lower()} ke-2.",
        )
    if match := _IN_WEEK.fullmatch(piece):
        nth = f"ke-{match['lain']}" if match["lain"] else _as_number(match)
        return _unclear(f'aturan "{piece}" belum terbaca.', at, f"Tulis: {match['nama']} {nth}.")
    if match := _NTH_ONLY.fullmatch(piece):
        return _unclear(f'"{piece}" hari apa?', at, f"Tulis misalnya: selasa {_as_number(match)}.")
    if _ISO.fullmatch(piece) or _WRITTEN.fullmatch(piece):
        return _unclear(f'tanggal "{piece}" tidak ada.', at, "Periksa angka tanggal dan bulannya.")
    if re.search(r"\btanggal\b|\btgl\b|^\d+$", piece):
        return _unclear(
            f'aturan "{piece}" belum terbaca.',
            at,
            "Tulis tanggalnya satu per satu, misalnya: 2026-12-07, 2027-01-07.",
        )
    if piece == "belum pasti" or re.search(r"tanya|susul|nanti|menunggu|belum|kabar", piece):
        return _unclear(
            f'"{piece}" belum memberi tanggal.', at, 'Kalau belum tahu, tulis hanya "belum pasti".'
        )
    word, _, rest = piece.partition(" ")
    near = get_close_matches(word, list(_NAMES), 1, 0.6)
    if near and _NTH_ONLY.fullmatch(rest):
        return _unclear(f'aturan "{piece}" belum terbaca.', at, f'Maksudnya "{near[0]} {rest}"?')
    return _unclear(f'aturan "{piece}" belum terbaca.', at, _EXAMPLE)


def _as_number(match: re.Match[str]) -> str:
    number = _number(match)
    return "terakhir" if number == -1 else f"ke-{number}"


def _unclear(message: str, at: Place, hint: str) -> Finding:
    return Finding(_CODE, message, at, hint=hint)
