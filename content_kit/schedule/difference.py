"""What is different about a service day: which of its day, hours and place, and how a heading says so."""

from __future__ import annotations

from enum import StrEnum

from content_kit.files.sandbox import join_words
from content_kit.model import Occurrence, Zone
from content_kit.schedule.dates import hours, long_date
from content_kit.schedule.occurrences import HOME_VISIT


class Aspect(StrEnum):
    """What people have to know of a service day, in the order in which they would get it wrong."""

    DAY = "hari"
    HOURS = "jam"
    PLACE = "tempat"
    HOME = "rumah"


def differences(before: Occurrence, now: Occurrence) -> tuple[Aspect, ...]:
    """What of `before` does not hold any more; a place that is now people's homes is HOME."""
    home = now.place == HOME_VISIT
    found = (
        (Aspect.DAY, now.date != before.date),
        (Aspect.HOURS, now.hours != before.hours),
        (Aspect.PLACE, now.place != before.place and not home),
        (Aspect.HOME, now.place != before.place and home),
    )
    return tuple(aspect for aspect, differs in found if differs)


def heading(before: Occurrence, now: Occurrence) -> str:
    """All that changed, as large letters say it: "Pindah hari dan tempat"."""
    if now.cancelled:
        return "Batal"
    found = differences(before, now)
    moved = [aspect.value for aspect in found if aspect is not Aspect.HOME]
    said = f"{'Ganti' if moved == ['jam'] else 'Pindah'} {join_words(moved)}" if moved else ""
    if Aspect.HOME in found:
        return f"{said}, kader ke rumah" if said else "Kader ke rumah"
    return said


def day_beside(day: Occurrence, other: Occurrence) -> str:
    """The date of a day for somebody who reads another one beside it: the year only where it differs."""
    same = day.date.year == other.date.year
    return long_date(day.date).rsplit(" ", 1)[0] if same else long_date(day.date)


def was(before: Occurrence, now: Occurrence, zone: Zone) -> dict[Aspect, str]:
    """What stood before in the place of each thing that differs, in a few words."""
    said = {
        Aspect.DAY: day_beside(before, now),
        Aspect.HOURS: hours(before.hours, zone),
        Aspect.PLACE: before.place.rstrip(" ."),
        Aspect.HOME: before.place.rstrip(" ."),
    }
    return {aspect: said[aspect] for aspect in differences(before, now)}
