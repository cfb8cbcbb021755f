"""The dated service days of a posyandu, after what people changed about single ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from content_kit.findings import Finding, Place, clipped, nearest
from content_kit.model import Change, Hours, Occurrence, OccurrenceRef, Posyandu, ServiceDay
from content_kit.schedule.dates import long_date
from content_kit.schedule.words import UNCONFIRMED, Rule, understand

HOME_VISIT = "Kunjungan ke rumah"
"""The place of a service day that goes to people's homes instead."""


def occurrences(
    posyandu: Posyandu, start: date, end: date
) -> tuple[list[Occurrence], list[Finding]]:
    """The service days that take place from `start` to `end`, both included, in order.

    A moved day counts where it moved to, a cancelled one where people expect it. The findings
    cover the whole schedule, whatever the span: rules that are not understood and changes to a
    date on which the posyandu does not open.
    """
    found: list[Occurrence] = []
    findings: list[Finding] = []
    for day in posyandu.service_days:
        rule, unclear = understand(day.rule, _rule_place(posyandu, day))
        findings += unclear
        if rule is None:
            continue
        findings += _stray_changes(posyandu, day, rule)
        originals = set(rule.dates(start, end))
        originals.update(_moved_into(day, rule, start, end))
        found += [
            occurrence
            for original in originals
            if start <= (occurrence := _occurrence(day, original, rule)).date <= end
        ]
    return sorted(found, key=lambda o: (o.date, o.hours.start, o.service_day)), findings


def concerning(posyandu: Posyandu, start: date, end: date) -> list[Occurrence]:
    """The service days whose original, present or announced date lies from `start` to `end`, in order.

    What somebody who was told any of these dates has to hear of; a day that moved out of the span
    is among them, unlike in `occurrences`.
    """
    found: list[Occurrence] = []
    for day in posyandu.service_days:
        rule, _ = understand(day.rule)
        if rule is None:
            continue
        originals = {*rule.dates(start, end), *_moved_into(day, rule, start, end)}
        found += [_occurrence(day, original, rule) for original in originals]
    return sorted(found, key=lambda o: (o.date, o.hours.start, o.service_day, o.original))


def facts(occurrence: Occurrence) -> tuple[date, Hours, str, bool]:
    """What people have to know of a service day: date, hours, place, and whether it is cancelled."""
    return (occurrence.date, occurrence.hours, occurrence.place, occurrence.cancelled)


def resolve(posyandu: Posyandu, ref: OccurrenceRef) -> Occurrence | None:
    """The occurrence a post speaks of by its original date, changes applied; None without one."""
    day = posyandu.service_day(ref.service_day)
    rule = understand(day.rule)[0] if day else None
    if day is None or rule is None or not rule.includes(ref.date):
        return None
    return _occurrence(day, ref.date, rule)


def usual_place(day: ServiceDay, original: date, rule: Rule | None = None) -> str:
    """Where a service day is on an original date, before any change.

    Several places are taken in turn by the dates of one month, starting anew each month.
    """
    if not day.places:
        return day.place
    rule = rule or understand(day.rule)[0] or UNCONFIRMED
    first = original.replace(day=1)
    before = len(rule.dates(first, original)) - 1
    return day.places[max(before, 0) % len(day.places)]


def usual(posyandu: Posyandu, changed: Occurrence) -> Occurrence:
    """The occurrence as it was before people changed it: the rule's day, hours and place."""
    day = posyandu.service_day(changed.service_day)
    if day is None:
        return replace(changed, change=None)
    place = usual_place(day, changed.original)
    return replace(changed, date=changed.original, hours=day.hours, place=place, change=None)


def told_before(posyandu: Posyandu, changed: Occurrence) -> Occurrence | None:
    """The occurrence as people were told it last, when that is something else than the rule says."""
    told = changed.change.told if changed.change else None
    if told is None:
        return None
    return _changed(usual(posyandu, changed), told)


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a post's `acara` leads nowhere; `nearest` is the original date to write instead."""

    reason: str
    hint: str
    waiting: bool = False
    nearest: date | None = None


def missing(posyandu: Posyandu, ref: OccurrenceRef) -> Missing | None:
    """Why `resolve` gives None, in words for people; None when it does give an occurrence.

    `waiting` tells a schedule that is "belum pasti" from a wrong date.
    """
    day = posyandu.service_day(ref.service_day)
    if day is None:
        names = [known.id for known in posyandu.service_days]
        return Missing(
            f'hari buka "{ref.service_day}" tidak ada di {posyandu.name}.',
            nearest(ref.service_day, names) or "Isi dulu hari buka posyandu ini.",
        )
    rule, _ = understand(day.rule)
    if rule is None:
        return Missing(
            f'aturan "{clipped(day.rule)}" belum jelas, jadi tanggalnya belum bisa dipastikan.',
            "Perbaiki dulu aturan hari buka ini.",
        )
    if not rule.confirmed:
        return Missing(
            f'jadwal "{day.name}" belum pasti.',
            "Tanyakan tanggalnya, lalu isi aturan hari buka. Postingan ini menunggu.",
            waiting=True,
        )
    if rule.includes(ref.date):
        return None
    moved = next((change for change in day.changes if change.moved_to == ref.date), None)
    if moved and rule.includes(moved.date):
        return Missing(
            f"{long_date(ref.date)} adalah tanggal pindahan.",
            f"Tulis tanggal aslinya {moved.date.isoformat()}; pindahnya ikut sendiri.",
            nearest=moved.date,
        )
    near = rule.nearest(ref.date)
    return Missing(
        f'{long_date(ref.date)} bukan hari buka "{day.name}" ({rule.sentence()}).',
        _try(near),
        nearest=near,
    )


def _occurrence(day: ServiceDay, original: date, rule: Rule | None = None) -> Occurrence:
    place = usual_place(day, original, rule)
    change = next((change for change in day.changes if change.date == original), None)
    occurrence = Occurrence(
        service_day=day.id,
        name=day.name,
        original=original,
        date=original,
        hours=day.hours,
        place=place,
        audience=day.audience,
        services=day.services,
        bring=day.bring,
    )
    return _changed(occurrence, change) if change else occurrence


def _moved_into(day: ServiceDay, rule: Rule, start: date, end: date) -> Iterator[date]:
    """The original dates of days that moved, or were announced as moved, into a span."""
    for change in day.changes:
        dates = (change.moved_to, change.told.moved_to if change.told else None)
        if rule.includes(change.date) and any(each and start <= each <= end for each in dates):
            yield change.date


def _changed(usual: Occurrence, change: Change) -> Occurrence:
    if change.cancelled:
        # What is cancelled is the day that people were told, not the one they forgot already.
        told = change.told
        return replace(_changed(usual, told) if told else usual, change=change)
    return replace(
        usual,
        date=change.moved_to or usual.original,
        hours=change.hours or usual.hours,
        place=change.place or (HOME_VISIT if change.home_visit else usual.place),
        change=change,
    )


def _stray_changes(posyandu: Posyandu, day: ServiceDay, rule: Rule) -> Iterator[Finding]:
    seen: set[date] = set()
    for change in day.changes:
        place = _change_place(posyandu, day, change)
        if change.date in seen:
            yield Finding(
                "nilai-salah",
                f"perubahan untuk {long_date(change.date)} ditulis dua kali.",
                place,
                hint="Gabungkan menjadi satu; sekarang hanya yang pertama dipakai.",
            )
        seen.add(change.date)
        if rule.confirmed and not rule.includes(change.date):
            yield Finding(
                "acara-tidak-ada",
                f"ada perubahan untuk {long_date(change.date)}, padahal itu bukan hari buka "
                f'"{day.name}" ({rule.sentence()}).',
                place,
                hint=_try(rule.nearest(change.date)),
            )


def _try(nearest: date | None) -> str:
    if nearest is None:
        return "Periksa aturan hari buka ini."
    return f"Hari buka terdekat: {long_date(nearest)}. Tulis {nearest.isoformat()}."


def _rule_place(posyandu: Posyandu, day: ServiceDay) -> Place:
    return next((place for place in (day.rule_at, day.at, posyandu.at) if place.file), day.rule_at)


def _change_place(posyandu: Posyandu, day: ServiceDay, change: Change) -> Place:
    return next((place for place in (change.at, day.at, posyandu.at) if place.file), change.at)
