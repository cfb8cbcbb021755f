"""What an import understood, row by row, before anything is written: on a screen and as a sheet.

The first dates with their weekdays, hours with their zone, place and services: the one moment in which
a wrong "08.00 WIB" or the wrong Melati is still a question.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain
from typing import Final

from content_kit.files.workbook import Book, Column, Page
from content_kit.model import Posyandu, Service
from content_kit.planning.intake import WORDS, Intake
from content_kit.planning.intake_rows import NEW, SAME, Change
from content_kit.schedule.dates import hours, short_date
from content_kit.schedule.words import understand

DATES: Final = 3
"""How many of the next service days are shown."""

UNSAID: Final = "belum disebut"
_AHEAD: Final = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Understood:
    """One service day of a posyandu that an import makes or changes, in the words people will read."""

    unit: str
    name: str
    where: str
    action: str
    rows: tuple[int, ...]
    day: str = ""
    dates: tuple[str, ...] = ()
    hours: str = ""
    place: str = ""
    services: str = ""
    audience: str = ""
    bring: str = ""
    whatsapp: str = ""

    def sentence(self) -> str:
        """All of it in one line."""
        told = [f"{self.name}, {self.where}"]
        if self.day:
            told += [f"{self.day} ({', '.join(self.dates) or 'belum ada tanggal'})"]
            told += [word for word in (self.hours, self.place) if word]
            told += [f"layanan: {self.services or UNSAID}"]
        else:
            told += ["hari buka belum disebut"]
        return " · ".join(told)

    def as_json(self) -> dict[str, object]:
        """The published shape."""
        return {
            "unit": self.unit,
            "name": self.name,
            "where": self.where,
            "action": self.action,
            "rows": list(self.rows),
            "day": self.day,
            "dates": list(self.dates),
            "hours": self.hours,
            "place": self.place,
            "services": self.services,
            "audience": self.audience,
            "bring": self.bring,
            "whatsapp": self.whatsapp,
        }


def understood(
    intake: Intake, services: Mapping[str, Service], today: date
) -> tuple[Understood, ...]:
    """The service days of every posyandu that the import makes or changes, in the order of its rows."""
    by_unit: dict[str, list[Change]] = {}
    for change in intake.changes:
        if change.unit in intake.seen and change.action != SAME:
            by_unit.setdefault(change.unit, []).append(change)
    return tuple(
        chain.from_iterable(
            _of_unit(unit, intake.seen[unit], changes, services, today)
            for unit, changes in by_unit.items()
        )
    )


def seen_book(found: Sequence[Understood], intake: Intake) -> Book:
    """The same as a workbook, "begini yang terbaca"; what was minded is its second sheet."""
    columns = (
        Column("baris", 9), Column("yang terjadi", 12), Column("posyandu", 26),
        Column("tempatnya di", 44), Column("hari buka", 30), Column("tanggal berikutnya", 40),
        Column("jam", 20), Column("tempat", 30), Column("layanan", 30), Column("sasaran", 26),
        Column("bawa", 20), Column("whatsapp", 18), Column("folder", 18),
    )  # fmt: skip
    rows = tuple(
        (
            ", ".join(map(str, one.rows)), one.action, one.name, one.where, one.day,
            ", ".join(one.dates), one.hours, one.place, one.services or UNSAID,
            one.audience or UNSAID, one.bring or UNSAID, one.whatsapp, one.unit,
        )
        for one in found
    )  # fmt: skip
    told = tuple(
        (str(f.place.line or ""), f.place.field, f.message, f.hint) for f in intake.findings
    )
    minded = Page(
        "Perlu dilihat",
        (Column("baris", 9), Column("sel", 26), Column("kata kami", 60), Column("yang dilakukan", 60)),
        told,
        spare=0,
    )  # fmt: skip
    return Book((Page("Begini yang terbaca", columns, rows, frozen=3, spare=0), minded))


def _of_unit(
    slug: str,
    unit: Posyandu,
    changes: Sequence[Change],
    services: Mapping[str, Service],
    today: date,
) -> Iterator[Understood]:
    where = ", ".join(word for word in (unit.village, unit.district, unit.regency) if word)
    action = WORDS[NEW if any(change.action == NEW for change in changes) else changes[0].action]
    rows = tuple(change.row for change in changes)
    begun = Understood(slug, unit.name, where, action, rows, whatsapp=unit.contact.whatsapp)
    if not unit.service_days:
        yield begun
    for day in unit.service_days:
        rule, _ = understand(day.rule)
        dates = rule.dates(today, today + _AHEAD)[:DATES] if rule else []
        names = (services[id].name if id in services else id for id in day.services)
        yield replace(
            begun,
            day=rule.sentence() if rule else day.rule,
            dates=tuple(f"{short_date(one)} {one.year}" for one in dates),
            hours=hours(day.hours, unit.zone),
            place="; ".join(day.places or (day.place,)),
            services=", ".join(names),
            audience=", ".join(word.label for word in day.audience),
            bring=", ".join(day.bring),
        )
