"""The rows of Data posyandu: what is said of a posyandu, in the words that will be printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from content_kit.errors import KitError
from content_kit.files.phones import chat_link
from content_kit.files.spelling import proper_posyandu
from content_kit.files.workspace import Loaded
from content_kit.model import Person, Posyandu, Service, ServiceDay
from content_kit.schedule.dates import hours, long_date
from content_kit.schedule.words import understand

EMPTY: Final = "belum diisi"
_AHEAD: Final = timedelta(days=200)


@dataclass(frozen=True, slots=True)
class Row:
    """A line: what it is of, what stands there, and what Enter does (`act` with the id `of`)."""

    label: str
    value: str
    act: str
    of: str = ""
    heading: bool = False


def rows_of(
    unit: Posyandu,
    people: Mapping[str, Person],
    services: Mapping[str, Service],
) -> list[Row]:
    """All rows of a posyandu, in the order in which people think of them."""
    return [
        Row("Nama", unit.name, "name"),
        Row("Tempatnya", f"{unit.village}, {unit.district}, {unit.regency}", "region"),
        Row("Nomor WhatsApp", _number(unit), "contact"),
        Row("Facebook", unit.contact.facebook or EMPTY, "contact"),
        Row("Instagram", unit.contact.instagram or EMPTY, "contact"),
        Row("Warna", unit.palette, "palette"),
        Row("Motif", unit.cloth.label, "motif"),
        Row("Logo", ", ".join(unit.logos) or "tidak ada", "logo"),
        *_days(unit, services),
        Row("+ Hari buka lain", "", "new-day"),
        Row("Yang membantu", "", "", heading=True),
        *(
            Row(f"  {each.name}", each.role, "person", each.id)
            for each in people.values()
            if unit.slug in each.units
        ),
        Row("+ Orang lain", "", "new-person"),
        Row("Posyandu lain", "", "", heading=True),
        Row("+ Tambah posyandu", "", "new-posyandu"),
    ]


def next_days(rule: str, today: date) -> str:
    """The next service day in full, and the one after it."""
    understood, _ = understand(rule)
    days = understood.dates(today, today + _AHEAD)[:2] if understood else []
    return " dan ".join(map(long_date, days))


def printed_name(typed: str) -> tuple[str, str]:
    """A name as it will be printed, and a tidier one where there is one."""
    said = " ".join(typed.split())
    better = proper_posyandu(said)
    return said, better if better != said else ""


def _number(unit: Posyandu) -> str:
    number = unit.contact.whatsapp
    if not number:
        return EMPTY
    return f"{'WA' if chat_link(number) else 'Telp'} {number}"


def _days(unit: Posyandu, services: Mapping[str, Service]) -> Iterator[Row]:
    for day in unit.service_days:
        yield Row(day.name or "Hari buka", _when(day, unit), "day", day.id)
        offered = ", ".join(services[id].name if id in services else id for id in day.services)
        yield Row("  Layanan", offered or EMPTY, "services", day.id)
        yield Row("  Untuk siapa", ", ".join(a.label for a in day.audience) or EMPTY, "audience", day.id)  # fmt: skip
        yield Row("  Yang dibawa", ", ".join(day.bring) or EMPTY, "bring", day.id)


def _when(day: ServiceDay, unit: Posyandu) -> str:
    understood, _ = understand(day.rule)
    told = understood.sentence() if understood else day.rule
    place = "; ".join(day.places) if day.places else day.place
    return f"{told}, {hours(day.hours, unit.zone)}, {place}"


def unit_now(loaded: Loaded, unit: str) -> Posyandu:
    """A posyandu as it is now; KitError where another program took it away meanwhile."""
    if unit not in loaded.posyandu:
        raise KitError("Posyandu ini tidak ada lagi di folder kerja.")
    return loaded.posyandu[unit]
