"""Everything that is looked at before a post goes out; a check is a generator of findings.

`check_post` runs the checks of one post, `check_workspace` those that need all posts and the
schedules themselves. What the picture and the caption find while they are made is theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from content_kit.checks import channels as _channels
from content_kit.checks import content, neutrality, persons, privacy, schedule, sources
from content_kit.checks import photos as _photos
from content_kit.checks.case import Case
from content_kit.files.institutions import Institutions
from content_kit.files.templates import Template
from content_kit.files.texts import Texts
from content_kit.files.workspace import Loaded
from content_kit.findings import Finding, nearest
from content_kit.model import Channel, Occurrence, Photo, Post, Posyandu, Service
from content_kit.schedule.holidays import Holidays
from content_kit.schedule.occurrences import occurrences

__all__ = ["CHECKS", "Case", "check_holidays", "check_post", "check_schedules", "check_workspace"]

CHECKS: Final[tuple[Callable[[Case], Iterator[Finding]], ...]] = (
    _channels.known,
    content.fields,
    content.claims,
    sources.read,
    sources.names,
    sources.facts,
    privacy.identity_numbers,
    privacy.phone_numbers,
    privacy.birth_dates,
    persons.named,
    schedule.service_day,
    schedule.weekdays,
    schedule.dates,
    schedule.time_words,
    _photos.consent,
    neutrality.words,
    neutrality.photos,
)
"""The checks of one post, in the order a reader meets their findings."""


def check_post(
    post: Post,
    posyandu: Posyandu,
    *,
    occurrence: Occurrence | None = None,
    template: Template | None = None,
    captions: Mapping[str, str] | None = None,
    alt_text: str = "",
    photos: Mapping[str, Photo] | None = None,
    channels: Mapping[str, Channel],
    drawn: Iterable[str] = (),
    election: bool = False,
    library: Texts | None = None,
    institutions: Institutions | None = None,
) -> Iterator[Finding]:
    """What is wrong with one post.

    `occurrence` is `resolve(posyandu, post.occurrence)`; without a template its fields are not
    compared. `captions` are texts by channel id, `photos` the unit's by file name, and `drawn`
    the photos that the pictures show; `election` is the office's `masa_pemilu`;
    `library` the texts that posts may say, `institutions` the names that may be printed. A problem of a field that a caption or the alt text
    repeats is told once, at the field.
    """
    case = Case(
        post, posyandu, occurrence, template, captions or {}, alt_text, photos or {}, channels,
        tuple(drawn), election, library or Texts(), institutions,
    )  # fmt: skip
    for check in CHECKS:
        told: set[str] = set()
        for finding in check(case):
            repeats = finding.message in told and check in _OF_TEXTS
            if not repeats:
                yield finding
            told.add(finding.message)


_OF_TEXTS: Final = frozenset(
    {
        content.claims,
        privacy.identity_numbers,
        privacy.phone_numbers,
        privacy.birth_dates,
        persons.named,
        schedule.weekdays,
        schedule.dates,
        schedule.time_words,
        neutrality.words,
    }
)


def check_workspace(
    loaded: Loaded,
    *,
    services: Mapping[str, Service] | None = None,
    channels: Mapping[str, Channel] = MappingProxyType({}),
) -> Iterator[Finding]:
    """What is wrong between posts (clashing hours, twin texts) and with the schedules."""
    yield from check_schedules(loaded.posyandu.values(), services)
    posts = loaded.posts()
    yield from schedule.clashes(posts, loaded.posyandu, channels)
    yield from schedule.twins(posts, loaded.posyandu)


def check_holidays(loaded: Loaded, book: Holidays) -> Iterator[Finding]:
    """Service days that clash with holidays, in the months that have posts or are posted about.

    That the holidays of a year are not known yet is told once.
    """
    months: dict[str, set[date]] = {unit: set() for unit in loaded.posyandu}
    for calendar in loaded.calendars:
        months[calendar.unit].add(calendar.month)
    for post in loaded.posts():
        if post.occurrence is not None:
            months[post.unit].add(post.occurrence.date.replace(day=1))
    for unit, posyandu in loaded.posyandu.items():
        if any(day.rule for day in posyandu.service_days):
            yield from schedule.holidays(posyandu, months[unit], book)
    for year in sorted({month.year for each in months.values() for month in each}):
        problem = book.problem(year)
        if problem is not None:
            yield problem


def check_schedules(
    units: Iterable[Posyandu], services: Mapping[str, Service] | None = None
) -> Iterator[Finding]:
    """Rules that are not understood, changes to days that are none, services without words.

    Needs no clock: the findings of a schedule do not depend on the span that is asked for.
    """
    for unit in units:
        yield from occurrences(unit, date.min, date.min)[1]
        for day in unit.service_days if services is not None else ():
            for id in day.services:
                if services is not None and id not in services:
                    yield Finding(
                        "nilai-salah",
                        f'layanan "{id}" pada hari buka "{day.name}" tidak dikenal.',
                        day.at,
                        hint=nearest(id, services),
                    )
