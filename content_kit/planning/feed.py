"""Posts and service days as a calendar file (ICS) that phones and offices take in.

The only door to icalendar, of the extra `office`. Times are written as wall times of the unit's
zone with a block of its fixed offset, so no table of time zones is needed on any side.

Every service day is an event of its own, named (UID) by its original date, and not one instance
of a rule. Two files with the same rule would replace each other in a calendar that takes in a
month at a time; events of their own only ever meet their own newer version. A day that moved is
that event at its new time, one that is cancelled says so (STATUS), and both stand in every file
that covers their old or their new date, so whoever has the old one hears of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from content_kit.errors import UsageError
from content_kit.files.marks import unmarked
from content_kit.files.rows import OFFICE
from content_kit.model import Occurrence, Person, Post, Posyandu, Zone
from content_kit.schedule.dates import hours, long_date
from content_kit.schedule.occurrences import concerning, facts, usual

if TYPE_CHECKING:
    from icalendar import Event

TZIDS: Final[Mapping[Zone, str]] = {
    Zone.WIB: "Asia/Jakarta",
    Zone.WITA: "Asia/Makassar",
    Zone.WIT: "Asia/Jayapura",
}
_HOST: Final = "content-kit"
_POSTING: Final = timedelta(minutes=15)
_BEGAN: Final = datetime(2020, 1, 1, tzinfo=UTC)


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
    sure: Collection[tuple[str, str]] = (),
) -> bytes:
    """The calendar of these posts and of all service days of these units from `first` to `last`.

    `now` is when it was made (DTSTAMP, SEQUENCE); `captions` are by unit and post, `names` by
    channel. `sure` are the posts, as (unit, post), that may go out as they are: all others are
    TENTATIVE.
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
        events += (_occasion(unit, each) for each in concerning(unit, first, last))
    for post in posts:
        event = _post(post, units[post.unit], people or {}, captions or {}, names or {})
        event.add("status", "CONFIRMED" if (post.unit, post.id) in sure else "TENTATIVE")
        events.append(event)
    for event in events:
        event.add("dtstamp", stamp)
        # A later file goes before an earlier one, also when a change was taken back in between:
        # the clock grows where counting the changes of a day that is as usual again would not.
        event.add("sequence", max(0, int((stamp - _BEGAN).total_seconds())))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


# Service days


def _occasion(unit: Posyandu, occurrence: Occurrence) -> Event:
    uid = f"{occurrence.service_day}-{occurrence.original:%Y%m%d}.{unit.id}@{_HOST}"
    event = _event(uid, unit, occurrence.date, occurrence.hours.start)
    _add_time(event, "dtend", occurrence.date, occurrence.hours.closes, unit.zone)
    rule, change = usual(unit, occurrence), occurrence.change
    moved = facts(rule) != facts(occurrence)
    summary = f"{occurrence.name} {named(unit)}"
    told = [f"Jam {hours(occurrence.hours, unit.zone)}."]
    if occurrence.cancelled:
        summary = f"BATAL: {summary}"
    elif moved:
        summary += " (berubah)"
    if rule.date != occurrence.date or (moved and not occurrence.cancelled):
        span = hours(rule.hours, unit.zone)
        told.append(f"Semula {long_date(rule.date)}, {span}, {rule.place}.")
    if change is not None and change.reason:
        told.append(f"Alasan: {change.reason.rstrip('.')}.")
    if occurrence.bring and not occurrence.cancelled:
        told.append(f"Bawa: {', '.join(occurrence.bring)}.")
    event.add("summary", summary)
    event.add("description", "\n".join(told))
    event.add("location", ", ".join(filter(None, [unit.name, occurrence.place, unit.village])))
    event.add("categories", ["Hari buka", unit.name])
    event.add("status", "CANCELLED" if occurrence.cancelled else "CONFIRMED")
    if occurrence.cancelled:
        event.add("transp", "TRANSPARENT")
    else:
        _remind(event, f"Besok {occurrence.name} {named(unit)}")
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
    what = f"Posting: {unmarked(title)}" if isinstance(title, str) and title else "Posting"
    event.add("summary", f"{what} · {named(unit)}")
    event.add("description", "\n".join([*told, *(["", caption] if caption else [])]))
    event.add("location", named(unit))
    event.add("categories", [post.pillar.label, unit.name])
    event.add("transp", "TRANSPARENT")
    _remind(event, f"Besok posting untuk {named(unit)}")
    return event


# Parts of an event


def named(unit: Posyandu) -> str:
    """A posyandu with its desa: "Melati" is everywhere."""
    return ", ".join(filter(None, [unit.name, unit.village]))


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
