"""What one service day becomes, in the words of whoever changes it: "9 desember jam 9-11 di rumah bu RT"."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from content_kit.files.hours import hours_in
from content_kit.findings import Finding
from content_kit.model import Hours, Occurrence, Zone
from content_kit.schedule.clauses import clauses
from content_kit.schedule.dates import day_name, long_date
from content_kit.schedule.one_day import one_day

FAR: Final = 60
"""So many days away a service day hardly ever moves: the month or the year is a slip of the hand."""
_WEEKEND: Final = (5, 6)


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


def new_day(
    text: str, today: date, old: Occurrence, zone: Zone, usual: Collection[int] = ()
) -> NewDay:
    """The new day, hours and place of a service day that was to be as `old` says.

    "Minggu depan" and a weekday count from the service day, "besok" from today. `usual` are the
    weekdays on which this posyandu opens (Monday = 0), beside that of `old`.
    """
    words = clauses(text)
    found = NewDay(place=words.place)
    asked: list[str] = []
    if words.hours:
        span = hours_in(words.hours, zone)
        if isinstance(span, Finding):
            asked.append(f"{span.message} {span.hint}".strip())
        else:
            found = replace(found, hours=span)
    if words.day or not words.several:
        day, why = one_day(words.day, today, old.date)
        if day is None:
            asked.insert(0, why)
        else:
            found = replace(found, day=day, doubts=doubts(day, old, usual))
            if day < today:
                asked.insert(0, f"{long_date(day)} sudah lewat.")
            elif not _different(found, old):
                asked.insert(0, f"{long_date(day)} itu hari yang lama. Tulis hari barunya.")
    return replace(found, asked=" ".join(asked))


def doubts(day: date, old: Occurrence, usual: Collection[int] = ()) -> tuple[str, ...]:
    """What is unusual about moving a service day to this day, each as a question."""
    found = []
    away = (day - old.date).days
    if abs(away) > FAR:
        where = "sesudah" if away > 0 else "sebelum"
        found.append(f"{long_date(day)} itu {abs(away)} hari {where} {long_date(old.date)}. Benar?")
    weekdays = {*usual, old.original.weekday()}
    if day != old.original and day.weekday() in _WEEKEND and day.weekday() not in weekdays:
        found.append(
            f"{long_date(day)} hari {day_name(day)}, biasanya posyandu ini tidak buka hari itu. Benar?"
        )
    return tuple(found)


def _different(found: NewDay, old: Occurrence) -> bool:
    """Whether anything at all is new; a cancelled day may come back as it was."""
    return (
        old.cancelled
        or found.day != old.date
        or found.hours not in (None, old.hours)
        or found.place not in ("", old.place)
    )
