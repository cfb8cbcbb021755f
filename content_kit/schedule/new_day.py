"""What one service day becomes, in the words of whoever changes it: "9 desember jam 9-11 di rumah bu RT"."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal, TypeAlias

from content_kit.files.hours import hours_in
from content_kit.files.plain import tidy
from content_kit.findings import Finding
from content_kit.model import Hours, Occurrence, Zone
from content_kit.schedule.clauses import Clauses, clauses
from content_kit.schedule.dates import day_name, long_date
from content_kit.schedule.one_day import one_day, only_moves
from content_kit.schedule.tokens import MONTH_WORDS

FAR: Final = 60
"""So many days away a service day hardly ever moves: the month or the year is a slip of the hand."""
_WEEKEND: Final = (5, 6)
_DATED: Final = re.compile(
    rf"\b(?:hari|tanggal|tgl|besok|lusa|depan|mundur|maju)\b|\d/\d|\d ?(?:{MONTH_WORDS})\b",
    re.IGNORECASE,
)
"""Words that surely name a day: "Gang Sabtu" is a place."""


@dataclass(frozen=True, slots=True)
class NewDay:
    """What was read: only what the words tell is filled, the rest stays as it was.

    `asked` has to be answered by other words before anything changes. `doubts` are sentences that
    end in a question; a yes settles each.
    """

    day: date | None = None
    hours: Hours | None = None
    place: str = ""
    asked: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def clear(self) -> bool:
        """Whether something was told and nothing has to be asked."""
        return not self.asked and bool(self.day or self.hours or self.place)


About: TypeAlias = Literal["day", "hours", "place"]
"""What was asked for: it decides what bare words like "9-12" or "Pos 3" are."""


def new_day(
    text: str,
    today: date,
    old: Occurrence,
    zone: Zone,
    usual: Collection[int] = (),
    about: About = "day",
) -> NewDay:
    """The new day, hours and place of a service day that was to be as `old` says.

    "Minggu depan" and a weekday count from the service day, "besok" from today. `usual` are the
    weekdays on which this posyandu opens (Monday = 0), beside that of `old`.
    """
    words = _clauses(text, about)
    found = NewDay(place=words.place)
    asked: list[str] = []
    if words.hours:
        span = hours_in(words.hours, zone)
        if isinstance(span, Finding):
            asked.append(f"{span.message} {span.hint}".strip())
        else:
            found = replace(found, hours=span)
    if not words.several or (words.day and not only_moves(words.day)):
        day, why = one_day(words.day, today, old.date)
        if day is None:
            asked.insert(0, why)
        else:
            found = replace(found, day=day, doubts=doubts(day, old.original, old.date, usual))
            if day < today:
                asked.insert(0, f"{long_date(day)} sudah lewat.")
    if not asked and not _different(found, old):
        asked.append(_the_same(found, about))
    return replace(found, asked=" ".join(asked))


def doubts(
    day: date, original: date, current: date, usual: Collection[int] = ()
) -> tuple[str, ...]:
    """What is unusual about moving a service day to this day, each as a question.

    `original` is its date by the rule, `current` the one that holds now.
    """
    found = []
    away = (day - current).days
    if abs(away) > FAR:
        where = "sesudah" if away > 0 else "sebelum"
        found.append(f"{long_date(day)} itu {abs(away)} hari {where} {long_date(current)}. Benar?")
    weekdays = {*usual, original.weekday()}
    if day != original and day.weekday() in _WEEKEND and day.weekday() not in weekdays:
        found.append(
            f"{long_date(day)} hari {day_name(day)}, biasanya posyandu ini tidak buka hari itu. Benar?"
        )
    return tuple(found)


def _clauses(text: str, about: About) -> Clauses:
    """The words taken apart, what is bare counted as what was asked for."""
    if about == "hours" and isinstance(hours_in(text), Hours):
        return Clauses("", hours=tidy(text))
    words = clauses(text)
    if about == "hours" and not words.several and not _DATED.search(words.day):
        return Clauses("", hours=tidy(text))
    if about == "place" and not words.hours and not _DATED.search(words.day):
        return Clauses("", place=tidy(text))
    return words


def _the_same(found: NewDay, about: About) -> str:
    """What to say when nothing would change."""
    if found.day is not None:
        return f"{long_date(found.day)} itu hari yang lama. Tulis hari barunya."
    if about == "place" or found.place:
        return "Tempatnya memang itu. Tulis tempat barunya."
    return "Jamnya memang itu. Tulis jam barunya."


def _different(found: NewDay, old: Occurrence) -> bool:
    """Whether anything at all is new; a cancelled day may come back as it was."""
    return (
        old.cancelled
        or found.day not in (None, old.date)
        or found.hours not in (None, old.hours)
        or found.place not in ("", old.place)
    )
