"""A change of one service day as an entry of `perubahan` in posyandu.yaml, spliced in or taken out."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from content_kit.files import splice
from content_kit.model import Change, Hours, Occurrence, Posyandu, ServiceDay
from content_kit.planning.pages import Pages
from content_kit.schedule.dates import clock, long_date

_KEYS: Final = ("pindah_ke", "jam", "tempat", "kunjungan_rumah", "batal")


def with_change(
    posyandu: Posyandu, service_day: str, new: Change, *, keep: bool = True
) -> Posyandu:
    """The posyandu with this change of one day, or without any when there is none to `keep`."""
    day = posyandu.service_day(service_day)
    assert day is not None
    kept = tuple(c for c in day.changes if c.date != new.date)
    changed = replace(day, changes=(*kept, *([new] if keep else [])))
    days = tuple(changed if each is day else each for each in posyandu.service_days)
    return replace(posyandu, service_days=days)


def write_change(
    pages: Pages, old: Posyandu, new: Posyandu, before: Occurrence, after: Occurrence
) -> None:
    """Bring the entry of one day from the `old` posyandu to the `new` one, and touch nothing else."""
    day, changed = old.service_day(before.service_day), new.service_day(before.service_day)
    assert day is not None and changed is not None
    number = old.service_days.index(day)
    path = pages.profile(old.slug)
    text = pages.text(path)
    where: splice.Path = ("hari_buka", _number_of(text, day, number), "perubahan")
    numbers = [each.date for each in day.changes]
    wish = next((each for each in changed.changes if each.date == before.original), None)
    entry = _entry(wish) if wish else {}
    if wish is None:
        edited = text
        if before.original in numbers:
            place = splice.number_of(text, where, "tanggal", before.original.isoformat())
            alone = len(numbers) == 1
            edited = splice.remove_item(text, where if alone else (*where, place))
    elif before.original not in numbers:
        edited = splice.add_item(text, where, {"tanggal": before.original.isoformat(), **entry})
    else:
        at: splice.Path = (
            *where,
            splice.number_of(text, where, "tanggal", before.original.isoformat()),
        )
        there = _entry(day.changes[numbers.index(before.original)])
        edited = splice.set_values(
            text, [((*at, key), value) for key, value in entry.items() if there.get(key) != value]
        )
        for key in there:
            if key not in entry:
                edited = splice.remove_item(edited, (*at, key))
    if edited != text:
        pages.put(path, edited, _in_words(before, after))


def _number_of(text: str, day: ServiceDay, otherwise: int) -> int:
    """Where a service day stands in its file: broken ones before it were left out in reading."""
    found = splice.number_of(text, ("hari_buka",), "id", day.id)
    return otherwise if found < 0 else found


def _entry(change: Change) -> dict[str, splice.Value]:
    """A change as the keys of `perubahan`, those that say nothing left out."""
    entry: dict[str, splice.Value] = {**_wishes(change)}
    if change.told is not None:
        entry["diumumkan"] = {**_wishes(change.told)}
    if change.reason:
        entry["alasan"] = change.reason
    if change.confirmed_by:
        entry["dipastikan"] = change.confirmed_by
    return entry


def _wishes(change: Change) -> dict[str, str]:
    values = (
        change.moved_to.isoformat() if change.moved_to else "",
        span_text(change.hours) if change.hours else "",
        change.place or "",
        "ya" if change.home_visit else "",
        "ya" if change.cancelled else "",
    )
    return {key: value for key, value in zip(_KEYS, values, strict=True) if value}


def span_text(hours: Hours) -> str:
    """Hours as files have them: "08.00-11.00", "08.00-selesai"."""
    return f"{clock(hours.start)}-{clock(hours.end) if hours.end else 'selesai'}"


def _in_words(before: Occurrence, after: Occurrence) -> str:
    said = f"hari buka {long_date(before.original)}"
    if after.cancelled:
        return f"{said} batal."
    parts = []
    if after.date == after.original != before.date:
        parts.append("kembali ke tanggal itu")
    elif after.date != before.date or before.cancelled:
        parts.append(f"menjadi {long_date(after.date)}")
    if after.hours != before.hours:
        parts.append(f"jam {span_text(after.hours)}")
    if after.place != before.place:
        parts.append(f"di {after.place}")
    return f"{said} {', '.join(parts) or 'diberi alasan baru'}."
