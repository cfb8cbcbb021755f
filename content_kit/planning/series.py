"""The posts around every service day: announcements before it and a story afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from content_kit.checks.announcements import ANNOUNCEMENT
from content_kit.checks.schedule import holidays as on_holidays
from content_kit.model import Occurrence, OccurrenceRef, Pillar, Post
from content_kit.planning.balance import Target, same_month
from content_kit.planning.brief import Brief
from content_kit.planning.choice import announcement_entry, recap_entry
from content_kit.planning.page import Page
from content_kit.planning.strategy import Beat
from content_kit.schedule.dates import long_date, month_name, short_date
from content_kit.schedule.occurrences import occurrences
from content_kit.schedule.words import understand

CHANGE_TEMPLATE: Final = ANNOUNCEMENT
"""An announcement made with it tells of a change and takes no place in a series."""

_NEAR: Final = 2  # days that a person may have moved an announcement and it still counts
_LATE: Final = timedelta(hours=2)  # after the doors close, before the recap
_RECAP_DAYS: Final = 3
_ONE: Final = timedelta(days=1)
_TELL_PEOPLE: Final = "Kabari warga lewat grup bila perlu."


@dataclass(frozen=True, slots=True)
class Series:
    """How complete the announcements of each service day are, and how many posts that takes."""

    targets: tuple[Target, ...]
    wanted: int


def announce(page: Page) -> Series:
    """Place the series around every service day that touches this month."""
    brief = page.brief
    _tell_unclear(page)
    if brief.holidays is not None:
        page.findings += on_holidays(brief.posyandu, [brief.month], brief.holidays)
    days = _days_with_beats(brief)
    lacking = [
        (beat, day)
        for day, beats in days
        for covered in [_covered(page.known, day, beats)]
        for beat in beats
        if beat.days_before not in covered
    ]
    # The nearer to the day, the fewer hours it may have: those choose first.
    lacking.sort(key=lambda one: one[0].days_before)
    told: set[str] = set()
    lost = Counter(_ref(day) for beat, day in lacking if not _announce_one(page, day, beat, told))
    wanted = sum(
        same_month(day.date - timedelta(days=beat.days_before), brief.month)
        for day, beats in days
        for beat in beats
    )
    targets: list[Target] = []
    for day, beats in days:
        if same_month(day.date, brief.month):
            name = f"pengumuman {day.name} {short_date(day.date)}"
            targets.append(Target(name, len(beats) - lost[_ref(day)], len(beats), first=day.date))
        if brief.strategy.recap:
            wanted += _recap(page, day)
    return Series(tuple(targets), wanted)


def _tell_unclear(page: Page) -> None:
    for day in page.brief.posyandu.service_days:
        rule, _ = understand(day.rule)
        if rule is None or not rule.confirmed:
            state = "belum pasti" if rule else "belum jelas"
            page.tell(
                "menunggu-kepastian",
                f'jadwal "{day.name}" {state}, jadi pengumumannya menunggu.',
                "Tanyakan tanggalnya paling lambat 10 hari sebelumnya, lalu susun lagi.",
            )


def _days_with_beats(brief: Brief) -> list[tuple[Occurrence, list[Beat]]]:
    """The openings whose posts may fall in this month, each with the announcements it gets."""
    reach = max((beat.days_before for beat in brief.strategy.series), default=0)
    days, _ = occurrences(
        brief.posyandu, brief.month - timedelta(days=31), brief.last + timedelta(days=reach)
    )
    before: dict[str, date] = {}
    found: list[tuple[Occurrence, list[Beat]]] = []
    for day in days:
        if day.cancelled:
            continue
        if day.date >= brief.month - timedelta(days=_RECAP_DAYS):
            found.append((day, _beats(brief, day, before.get(day.service_day))))
        before[day.service_day] = day.date
    return found


def _beats(brief: Brief, day: Occurrence, before: date | None) -> list[Beat]:
    """The announcements a day gets: no early one until the opening before it is over."""
    return [
        beat
        for beat in brief.strategy.series
        if beat.days_before <= 1
        or before is None
        or day.date - timedelta(days=beat.days_before) > before
    ]


def _covered(known: Iterable[Post], day: Occurrence, beats: Sequence[Beat]) -> set[int]:
    """The distances that posts announce already, each post the one nearest to it."""
    ref = _ref(day)
    gaps = [
        (abs((day.date - post.date).days - beat.days_before), beat.days_before, number)
        for number, post in enumerate(known)
        if post.occurrence == ref
        and post.pillar is Pillar.JADWAL
        and post.template != CHANGE_TEMPLATE
        for beat in beats
    ]
    covered: set[int] = set()
    used: set[int] = set()
    for gap, distance, number in sorted(gaps):
        if gap <= _NEAR and distance not in covered and number not in used:
            covered.add(distance)
            used.add(number)
    return covered


def _announce_one(page: Page, day: Occurrence, beat: Beat, told: set[str]) -> bool:
    """Place one announcement on its exact day; whether it has its place."""
    brief = page.brief
    on = day.date - timedelta(days=beat.days_before)
    if on > brief.last:
        return True  # the next month's plan will
    what = f"{beat.name} ({beat.sign}) untuk hari buka {long_date(day.date)}"
    if on < brief.month and day.date < brief.month:
        return False  # the series of a day gone by
    if day.date < brief.start:
        return False
    if on < brief.start:
        page.tell("seri-terlewat", f"{what} sudah lewat ({long_date(on)}).", _TELL_PEOPLE)
        return False
    if on < brief.month:
        page.tell(
            "seri-terlewat",
            f"{what} jatuh pada {long_date(on)}, di luar bulan ini.",
            f"Susun juga {month_name(on)} {on.year}.",
        )
        return False
    hours = (*brief.hours(on, beat.hours), *brief.strategy.spare_hours())
    if beat.days_before == 0:
        hours = _before_doors(hours, day.hours.start)
    at = next((hour for hour in hours if page.is_free(on, hour)), None)
    entry = announcement_entry(brief, page.posts(), beat, day, told)
    if at is None or entry is None:
        lack = "pustaka belum punya kalimatnya"
        if at is None:
            passed = all(brief.gone(on, hour) for hour in hours)
            lack = "jamnya sudah lewat" if passed else "jamnya sudah terisi semua"
        page.tell("seri-terlewat", f"{what} belum dapat dibuat: {lack}.", _TELL_PEOPLE)
        return False
    told.add(entry.id)
    audience = day.audience or entry.audience
    page.add(on, at, entry, f"{what}.", occurrence=day, audience=audience)
    return True


def _recap(page: Page, day: Occurrence) -> bool:
    """A story that evening or the morning after; whether the month has one of this day."""
    brief = page.brief
    ref = _ref(day)
    for post in page.posts():
        if post.pillar is not Pillar.KEGIATAN:
            continue
        own = post.occurrence == ref
        loose = post.occurrence is None and 0 <= (post.date - day.date).days <= _RECAP_DAYS
        if own or loose:
            return same_month(post.date, brief.month)
    choices = [slot for slot in _recap_slots(brief, day) if same_month(slot[0], brief.month)]
    if not choices:
        return False
    what = f"cerita hari buka {long_date(day.date)}"
    for on, hour in choices:
        if on >= brief.start and page.is_free(on, hour):
            entry = recap_entry(brief, page.posts(), day)
            if entry is None:
                break
            reason = f"{what[0].upper()}{what[1:]}: angkanya menunggu catatan kader."
            audience = day.audience or entry.audience
            page.add(on, hour, entry, reason, occurrence=day, audience=audience)
            return True
    over = not any(on >= brief.start for on, _ in choices)
    if same_month(day.date, brief.month) and not over:
        missed = f"{what} belum dapat dijadwalkan."
        page.tell("seri-terlewat", missed, "Tulis sendiri bila ada waktu.")
    return False


def _recap_slots(brief: Brief, day: Occurrence) -> list[tuple[date, time]]:
    doors = day.hours.closes
    late = sorted(brief.hours(day.date), reverse=True)
    return [
        *((day.date, hour) for hour in late if hour >= _plus(doors, _LATE)),
        *((day.date + _ONE, hour) for hour in brief.hours(day.date + _ONE)),
    ]


def _ref(day: Occurrence) -> OccurrenceRef:
    return OccurrenceRef(day.service_day, day.original)


def _before_doors(hours: Iterable[time], doors: time) -> tuple[time, ...]:
    """Hours of the service day itself: best an hour before the doors open, never after."""
    early = [hour for hour in dict.fromkeys(hours) if hour < doors]
    calm = [hour for hour in early if _plus(hour, timedelta(hours=1)) <= doors]
    return (*calm, *(hour for hour in early if hour not in calm))


def _plus(at: time, span: timedelta) -> time:
    """A time of day later, at most the end of the day."""
    moment = datetime.combine(date(2000, 1, 1), at) + span
    return moment.time() if moment.day == 1 else time.max
