"""Fills the weeks between the service days: conversation, thanks, and lessons where it is thin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from math import ceil
from typing import Final

from content_kit.model import HolidayKind, Pillar
from content_kit.planning.balance import days_in, owns, share, weeks_of
from content_kit.planning.brief import Brief
from content_kit.planning.choice import because, best, calling
from content_kit.planning.library import Entry
from content_kit.planning.page import Page
from content_kit.schedule.dates import short_date
from content_kit.schedule.observances import Observance
from content_kit.schedule.week import Week

_ONE: Final = timedelta(days=1)


def converse(page: Page) -> int:
    """A two-way post a week, in the month that has most of the week; how many it aims at."""
    brief = page.brief
    each = brief.strategy.two_way
    weeks = [week for week in weeks_of(brief.month) if owns(week, brief.month)]
    for week in weeks:
        talks = sum(post.pillar is Pillar.TANYA_JAWAB for post in page.within(week.days()))
        for _ in range(each - talks):
            if not _place(page, Pillar.TANYA_JAWAB, week, "Ajakan berbincang minggu ini."):
                break
    return each * len(weeks)


def appreciate(page: Page, others: int) -> int:
    """Thanks to kader in turn and to others who inspire, spread over the weeks; how many.

    `others` are the posts that the month aims at so far.
    """
    span = page.brief.strategy.mix.get(Pillar.KADER)
    expected = _expected(page.brief, others)
    wanted = max(1, ceil(expected * span.least / 100)) if span and span.least else 0
    _spread(page, Pillar.KADER, wanted, "Giliran berterima kasih.")
    return wanted


def teach(page: Page, others: int, observances: Iterable[Observance]) -> None:
    """Education fills the month: first what the days call for, then where a week is thin.

    `others` are the posts of the other pillars that the month aims at.
    """
    brief = page.brief
    span = brief.strategy.mix.get(Pillar.EDUKASI)
    # `least` per cent of all, the lessons themselves included
    least = ceil(others * span.least / (100 - span.least)) if span and span.least < 100 else 0
    wanted = max(_total(brief) - others, least)
    for observed, closest in calling(brief, observances):
        if page.count(Pillar.EDUKASI) >= wanted:
            break
        _observe(page, observed, closest)
    _spread(page, Pillar.EDUKASI, wanted, "Mengisi minggu ini.")
    _fill_thin_weeks(page)
    _break_silence(page)


def _total(brief: Brief) -> int:
    """How many posts the month aims at, more when its service days ask for it."""
    return sum(
        share(brief.strategy.week, len(days_in(week, brief.month)))
        for week in weeks_of(brief.month)
    )


def _expected(brief: Brief, others: int) -> float:
    """About how many it will be: many service days ask for more of everything else."""
    spans = (brief.strategy.mix.get(pillar) for pillar in (Pillar.KADER, Pillar.EDUKASI))
    rest = 100 - sum(span.least for span in spans if span)
    return max(float(_total(brief)), others * 100 / rest if rest > 0 else 0.0)


def _spread(page: Page, pillar: Pillar, wanted: int, reason: str) -> None:
    """Place posts of a pillar until there are enough, each in the week that has least."""
    open_weeks = list(weeks_of(page.brief.month))
    while open_weeks and page.count(pillar) < wanted:
        week = min(open_weeks, key=lambda week: _crowd(page, week, pillar))
        if not _place(page, pillar, week, reason):
            open_weeks.remove(week)


def _crowd(page: Page, week: Week, pillar: Pillar) -> tuple[object, ...]:
    """How full a week is for one more post of a pillar."""
    days = days_in(week, page.brief.month)
    posts = page.within(days)
    same = 0
    if pillar is Pillar.KADER:  # two of them belong weeks apart
        near = (week.first + timedelta(days=number) for number in range(-7, 14))
        same = sum(post.pillar is pillar for post in (*posts, *page.within(near)))
    return (same, len(posts) / len(days), page.brief.chance(str(week), pillar.value))


def _observe(page: Page, observed: Observance, closest: Sequence[Entry]) -> None:
    """One lesson on the first day of an observance that has room."""
    brief = page.brief
    first, last = max(observed.first, brief.month), min(observed.last, brief.last)
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        inside = days_in(Week.of(day), brief.month)
        if len(page.within(inside)) < share(brief.strategy.week_most, len(inside)):
            name = f"{observed.name}, {_span(observed)}."
            if _place_on(page, [day], Pillar.EDUKASI, name, closest) is not None:
                return


def _span(observed: Observance) -> str:
    first, last = short_date(observed.first), short_date(observed.last)
    return first if first == last else f"{first} sampai {last}"


def _fill_thin_weeks(page: Page) -> None:
    for week in weeks_of(page.brief.month):
        days = days_in(week, page.brief.month)
        least = share(page.brief.strategy.week_least, len(days))
        while len(page.within(days)) < least:
            if not _place(page, Pillar.EDUKASI, week, "Supaya minggu ini tidak sepi."):
                break


def _break_silence(page: Page) -> None:
    """One more lesson in the middle of each stretch of days without a post."""
    first, last = page.brief.month, page.brief.last
    longest = page.brief.strategy.silence
    quiet: list[date] = []
    for number in range((last - first).days + 2):
        day = first + timedelta(days=number)
        if day <= last and not page.on(day):
            quiet.append(day)
            continue
        while len(quiet) > longest:
            days, reason = quiet[: longest + 1], "Supaya tidak terlalu lama sepi."
            placed = _place_on(page, days, Pillar.EDUKASI, reason)
            if placed is None:
                break
            quiet = [one for one in quiet if one > placed]
        quiet = []


def _place(page: Page, pillar: Pillar, week: Week, reason: str) -> bool:
    """Add a post in a week; conversation goes into a full one too."""
    days = days_in(week, page.brief.month)
    full = len(page.within(days)) >= share(page.brief.strategy.week_most, len(days))
    if full and pillar is not Pillar.TANYA_JAWAB:
        return False
    return _place_on(page, days, pillar, reason) is not None


def _place_on(
    page: Page,
    days: Sequence[date],
    pillar: Pillar,
    reason: str,
    entries: Sequence[Entry] | None = None,
) -> date | None:
    """Add a post on the calmest of these days; the day, or None when none can take it."""
    for day, at in slots(page, days, pillar):
        entry = best(page.brief, page.posts(), pillar, day, entries)
        if entry is not None:
            page.add(day, at, entry, f"{reason} {because(page.brief, entry, day)}".strip())
            return day
    return None


def slots(page: Page, days: Iterable[date], pillar: Pillar) -> list[tuple[date, time]]:
    """The free hours of these days, the calmest days first."""
    brief = page.brief
    found: list[tuple[tuple[object, ...], date, time]] = []
    busy = sorted({post.date for post in page.posts()})
    for day in days:
        off = [one.kind for one in brief.off(day)]
        if day < brief.start or HolidayKind.LIBUR in off:
            continue
        ordinary = sum(post.occurrence is None for post in page.on(day))
        if ordinary >= brief.strategy.day_most:
            continue
        apart = min((abs((day - other).days) for other in busy), default=9)
        beside = page.within((day - _ONE, day + _ONE))
        alike = sum(post.pillar is pillar for post in beside)
        rank = (len(page.on(day)), bool(off), alike, -min(apart, 3))
        for hour in brief.strategy.hours_for(pillar, ramadan=brief.is_ramadan(day)):
            if page.is_free(day, hour):
                chance = brief.chance(pillar.value, f"{day} {hour}")
                found.append(((*rank, chance), day, hour))
    return [(day, hour) for _, day, hour in sorted(found)]
