"""Two programs of other people that take calendar files in: what somebody sees after an import."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import recurring_ical_events  # type: ignore[import-untyped]
from icalendar import Calendar
from khal.controllers import import_ics  # type: ignore[import-untyped]
from khal.khalendar import CalendarCollection  # type: ignore[import-untyped]

Seen = tuple[datetime, datetime, str, str]
"""Beginning and end as instants, summary and place of an event that is not cancelled."""

_ZONE: Final = ZoneInfo("Asia/Makassar")


class Shelf:
    """A calendar that keeps each event by UID and RECURRENCE-ID, as Google's import does.

    An event of an older revision (SEQUENCE, then DTSTAMP) does not replace a newer one.
    """

    def __init__(self) -> None:
        self._events: dict[tuple[str, str], Any] = {}

    def take(self, data: bytes) -> None:
        """Take a file in."""
        for event in Calendar.from_ical(data).walk("VEVENT"):
            repeated = event.get("RECURRENCE-ID")
            key = (str(event["UID"]), str(repeated.dt) if repeated else "")
            old = self._events.get(key)
            if old is None or _revision(event) >= _revision(old):
                self._events[key] = event

    def seen(self, first: date, last: date) -> list[Seen]:
        """What takes place from `first` to `last`, read by recurring-ical-events."""
        calendar = Calendar()
        for event in self._events.values():
            calendar.add_component(event)
        found = recurring_ical_events.of(calendar).between(first, last + timedelta(days=1))
        return sorted(_plain(event) for event in found if event["STATUS"] != "CANCELLED")


class Khal:
    """khal with an empty calendar in a folder of its own; it keeps whatever came last."""

    def __init__(self, folder: Path) -> None:
        self._locale = {
            "default_timezone": _ZONE, "local_timezone": _ZONE, "dateformat": "%Y-%m-%d",
            "timeformat": "%H:%M", "longdateformat": "%Y-%m-%d", "datetimeformat": "%Y-%m-%d %H:%M",
            "longdatetimeformat": "%Y-%m-%d %H:%M", "firstweekday": 0, "weeknumbers": False,
            "unicode_symbols": False,
        }  # fmt: skip
        calendar = {
            "name": "kal", "path": str(folder / "kal"), "readonly": False, "color": "",
            "priority": 10, "ctype": "calendar", "addresses": "",
        }  # fmt: skip
        self._calendars = CalendarCollection(
            calendars={"kal": calendar}, locale=self._locale, dbpath=str(folder / "khal.db")
        )
        self._calendars.default_calendar_name = "kal"

    def take(self, data: bytes) -> None:
        """Take a file in, as `khal import --batch` does."""
        import_ics(
            self._calendars, {"locale": self._locale}, data.decode(), batch=True, format="{title}"
        )

    def seen(self, first: date, last: date) -> list[Seen]:
        """What takes place from `first` to `last`."""
        start = datetime.combine(first, time(0), _ZONE)
        end = datetime.combine(last, time(23, 59), _ZONE)
        found = self._calendars.get_localized(start, end)
        raw = [Calendar.from_ical(event.raw).walk("VEVENT")[0] for event in found]
        return sorted(_plain(event) for event in raw if event["STATUS"] != "CANCELLED")


def _revision(event: Any) -> tuple[int, datetime]:
    stamp: datetime = event["DTSTAMP"].dt
    return int(event["SEQUENCE"]), stamp


def _plain(event: Any) -> Seen:
    start, end = (event[name].dt.astimezone(UTC) for name in ("DTSTART", "DTEND"))
    return (start, end, str(event["SUMMARY"]), str(event["LOCATION"]))
