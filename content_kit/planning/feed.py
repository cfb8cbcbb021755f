"""Posts and service days as a calendar file (ICS) that phones and offices subscribe to.

The only door to icalendar, of the extra `office`. Times are written as wall times of the unit's
zone with a block of its fixed offset, so no table of time zones is needed on any side. A rule
becomes one event that repeats; what changed on a day is a child of it (RECURRENCE-ID).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from content_kit.errors import UsageError
from content_kit.files.rows import OFFICE
from content_kit.model import Occurrence, Person, Post, Posyandu, ServiceDay, Zone
from content_kit.schedule.dates import hours, long_date
from content_kit.schedule.occurrences import occurrences, resolve
from content_kit.schedule.words import (
    DayOfMonth,
    EveryWeeks,
    NthWeekday,
    Part,
    Rule,
    Weekly,
    understand,
)

if TYPE_CHECKING:
    from icalendar import Event

TZIDS: Final[Mapping[Zone, str]] = {
    Zone.WIB: "Asia/Jakarta",
    Zone.WITA: "Asia/Makassar",
    Zone.WIT: "Asia/Jayapura",
}
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_HOST: Final = "content-kit"
_POSTING: Final = timedelta(minutes=15)
_OVERLAP: Final = timedelta(days=5 * 366)


def feed(
    posts: Iterable[Post],
    units: Mapping[str, Posyandu],
    first: date,
    last: date,
    *,
    now: datetime,
    people: Mapping[str, Person] | None = None,
    captions: Mapping[tuple[str, str], str] | None = None,
    names: Mapping[str, str] | None = None,
) -> bytes:
    """The calendar of these posts and of all service days of these units from `first` to `last`.

    `now` is when it was made (DTSTAMP); `captions` are by unit and post, `names` by channel.
    UsageError without the extra `office`.
    """
    try:
        from icalendar import Calendar
    except ImportError:
        raise UsageError(OFFICE) from None
    posts = list(posts)
    calendar = Calendar()
    calendar.add("prodid", "-//content-kit//posyandu//ID")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Jadwal posyandu")
    zones = {unit.zone for unit in units.values()} | {units[post.unit].zone for post in posts}
    for zone in sorted(zones, key=lambda zone: zone.value):
        calendar.add_component(_timezone(zone))
    stamp = now.astimezone(UTC).replace(microsecond=0)
    events: list[Event] = []
    for unit in units.values():
        for day in unit.service_days:
            events += _service_day(unit, day, first, last)
    for post in posts:
        events.append(_post(post, units[post.unit], people or {}, captions or {}, names or {}))
    for event in events:
        event.add("dtstamp", stamp)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


# Service days


def _service_day(unit: Posyandu, day: ServiceDay, first: date, last: date) -> Iterator[Event]:
    rule, _ = understand(day.rule)
    if rule is None or not rule.confirmed:
        return
    found, _ = occurrences(replace(unit, service_days=(day,)), first, last)
    if not found:
        return
    repeating = _repeating(day, rule)
    for number, part in enumerate(rule.parts):
        if repeating:
            yield from _series(unit, day, part, number, found, last)
    if not repeating:
        for occurrence in found:
            uid = f"{day.id}-{occurrence.original:%Y%m%d}.{unit.id}@{_HOST}"
            yield _occasion(unit, occurrence, uid)


def _repeating(day: ServiceDay, rule: Rule) -> bool:
    """Whether the rule can be said as repeating events that never fall on the same date."""
    if day.places or not all(_rrule(part) for part in rule.parts):
        return False
    start = date(2026, 1, 1)
    each = [set(part.dates(start, start + _OVERLAP)) for part in rule.parts]
    return sum(map(len, each)) == len(set().union(*each))


def _rrule(part: Part) -> dict[str, Any]:
    if isinstance(part, NthWeekday):
        return {"freq": "MONTHLY", "byday": f"{part.number}{_DAYS[part.weekday]}"}
    if isinstance(part, Weekly):
        return {"freq": "WEEKLY", "byday": _DAYS[part.weekday]}
    if isinstance(part, EveryWeeks):
        return {"freq": "WEEKLY", "interval": part.weeks, "byday": _DAYS[part.weekday]}
    if isinstance(part, DayOfMonth):
        return {"freq": "MONTHLY", "bymonthday": part.day}
    return {}


def _series(
    unit: Posyandu,
    day: ServiceDay,
    part: Part,
    number: int,
    found: Iterable[Occurrence],
    last: date,
) -> Iterator[Event]:
    own = [each for each in found if part.dates(each.original, each.original)]
    if not own:
        return
    uid = f"{day.id}-{number + 1}.{unit.id}@{_HOST}"
    originals = sorted(each.original for each in own)
    usual = replace(
        own[0],
        date=originals[0],
        original=originals[0],
        hours=day.hours,
        place=day.place,
        change=None,
    )
    master = _occasion(unit, usual, uid)
    end = datetime.combine(max(last, originals[-1]), time(23, 59, 59), unit.zone.tz)
    master.add("rrule", {**_rrule(part), "until": end.astimezone(UTC)})
    yield master
    for occurrence in own:
        if occurrence.change is not None:
            child = _occasion(unit, occurrence, uid)
            _add_time(child, "recurrence-id", occurrence.original, day.hours.start, unit.zone)
            yield child


def _occasion(unit: Posyandu, occurrence: Occurrence, uid: str) -> Event:
    change = occurrence.change
    event = _event(uid, unit, occurrence.date, occurrence.hours.start)
    _add_time(event, "dtend", occurrence.date, occurrence.hours.closes, unit.zone)
    summary = f"{occurrence.name} {unit.name}"
    told = [f"Jam {hours(occurrence.hours, unit.zone)}."]
    if occurrence.cancelled:
        summary = f"BATAL: {summary}"
    elif change is not None:
        summary += " (berubah)"
        told.append(f"Semula {long_date(occurrence.original)}.")
    if change is not None and change.reason:
        told.append(f"Alasan: {change.reason.rstrip('.')}.")
    if occurrence.bring and not occurrence.cancelled:
        told.append(f"Bawa: {', '.join(occurrence.bring)}.")
    event.add("summary", summary)
    event.add("description", "\n".join(told))
    event.add("location", ", ".join(filter(None, [occurrence.place, unit.village])))
    event.add("categories", ["Hari buka", unit.name])
    event.add("status", "CANCELLED" if occurrence.cancelled else "CONFIRMED")
    event.add("sequence", 1 if change is not None else 0)
    if not occurrence.cancelled:
        _remind(event, f"Besok {occurrence.name} {unit.name}")
    return event


# Posts


def _post(
    post: Post,
    unit: Posyandu,
    people: Mapping[str, Person],
    captions: Mapping[tuple[str, str], str],
    names: Mapping[str, str],
) -> Event:
    event = _event(f"{post.id}.{unit.id}.posting@{_HOST}", unit, post.date, post.time)
    event.add("duration", _POSTING)
    title = next(
        (post.fields[key] for key in ("judul", "nama", "label") if post.fields.get(key)), ""
    )
    person = people.get(post.duty)
    told = [f"Kirim ke: {', '.join(names.get(id, id) for id in post.channels)}"]
    if post.duty:
        told.append(f"Petugas: {person.name if person else post.duty}")
    caption = captions.get((post.unit, post.id), "")
    event.add("summary", f"Posting: {title}" if isinstance(title, str) and title else "Posting")
    event.add("description", "\n".join([*told, *(["", caption] if caption else [])]))
    event.add("location", unit.name)
    event.add("categories", [post.pillar.label, unit.name])
    occurrence = resolve(unit, post.occurrence) if post.occurrence else None
    unsure = post.waiting or (post.occurrence and occurrence is None)
    event.add("status", "TENTATIVE" if unsure else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("sequence", 0)
    _remind(event, f"Besok posting untuk {unit.name}")
    return event


# Parts of an event


def _event(uid: str, unit: Posyandu, day: date, clock: time) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", uid)
    _add_time(event, "dtstart", day, clock, unit.zone)
    return event


def _add_time(event: Event, name: str, day: date, clock: time, zone: Zone) -> None:
    # A naive time with the name of its zone beside it: what stands in the file is what people read.
    event.add(name, datetime.combine(day, clock), parameters={"TZID": TZIDS[zone]})


def _remind(event: Event, words: str) -> None:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", timedelta(days=-1))
    event.add_component(alarm)


def _timezone(zone: Zone) -> Any:
    from icalendar import Timezone, TimezoneStandard

    offset = timedelta(hours=zone.value)
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - a zone begins at a wall time
    standard.add("tzoffsetfrom", offset)
    standard.add("tzoffsetto", offset)
    standard.add("tzname", zone.name)
    timezone = Timezone()
    timezone.add("tzid", TZIDS[zone])
    timezone.add_component(standard)
    return timezone
