"""One library entry into a calendar: the next day that the strategy likes, and the post that comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from typing import Final

from content_kit.errors import UsageError
from content_kit.files.records import Decision, require
from content_kit.files.workspace import Loaded, Workspace
from content_kit.findings import Finding, nearest
from content_kit.model import HolidayKind, Occurrence, Pillar, Post, Posyandu
from content_kit.planning.brief import Brief
from content_kit.planning.choice import because
from content_kit.planning.duty import on_duty, serving
from content_kit.planning.filling import slots
from content_kit.planning.library import SEASONS, Entry, load_library
from content_kit.planning.page import Page, Planned
from content_kit.planning.pages import Done, Pages
from content_kit.planning.strategy import Strategy, load_strategy
from content_kit.planning.write import post_lines
from content_kit.schedule.dates import clock, long_date
from content_kit.schedule.holidays import Holidays
from content_kit.schedule.occurrences import occurrences

REACH: Final = 62
"""How many days ahead a place is looked for."""

_SPARE: Final = time(16)
_NEAR: Final = timedelta(days=7)


@dataclass(frozen=True)
class Advice:
    """What the choice of a day needs besides the posts: library, strategy and holidays."""

    library: tuple[Entry, ...]
    strategy: Strategy
    holidays: Holidays
    findings: tuple[Finding, ...] = field(default=(), compare=False)

    @classmethod
    def of(cls, workspace: Workspace, loaded: Loaded) -> Advice:
        """Read it; UsageError without a strategy, UnreadableFile while a file it rests on is lost."""
        require(loaded.findings, Decision.PLAN, unit="")
        strategy, wrong = load_strategy(workspace, loaded.office.strategy, loaded.office.at)
        if strategy is None:
            raise UsageError(" ".join(found.sentence() for found in wrong))
        library, unclear = load_library(workspace)
        return cls(library, strategy, Holidays(loaded.holidays), (*wrong, *unclear))

    def entry(self, id: str) -> Entry:
        """The entry with this id; UsageError with the nearest when there is none."""
        known = {entry.id: entry for entry in self.library}
        if id not in known:
            hint = nearest(id, known, "Lihat daftarnya: content-kit library.")
            raise UsageError(f'"{id}" tidak ada di pustaka. {hint}')
        return known[id]

    def seasons(self, posyandu: Posyandu, day: date) -> frozenset[str]:
        """The seasons that are on."""
        brief = self._brief(posyandu, day, day, ())
        return frozenset(one for one in SEASONS if brief.is_season(one, day))

    def _brief(
        self, posyandu: Posyandu, month: date, start: date, channels: tuple[str, ...]
    ) -> Brief:
        return Brief(
            posyandu, month.replace(day=1), self.strategy, self.library, self.holidays, (),
            channels, start,
        )  # fmt: skip

    def page(self, loaded: Loaded, unit: str, month: date, start: date) -> Page:
        """A month of a unit as it stands, ready to take a post."""
        brief = self._brief(loaded.posyandu[unit], month, start, loaded.office.default_channels)
        brief = replace(brief, people=tuple(loaded.people.values()))
        return Page(brief, loaded.posts(unit))


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for an entry: day and hour, and the service day that it tells of."""

    day: date
    at: time
    occurrence: Occurrence | None = None
    reason: str = ""


def next_slot(advice: Advice, loaded: Loaded, unit: str, entry: Entry, today: date) -> Slot:
    """The next place for an entry: for words about a service day beside it, else a calm free day."""
    posyandu = loaded.posyandu[unit]
    for slot in _beside(advice, loaded, posyandu, entry, today):
        return slot
    for number in range(3):
        month = _later(today, number)
        page = advice.page(loaded, unit, month, today)
        days = [today + timedelta(days=ahead) for ahead in range(REACH)]
        days = [day for day in days if day.replace(day=1) == month]
        in_season = [day for day in days if page.brief.in_season(entry, day)]
        # Week by week: soon matters more than the calmest day of the whole month.
        for start in range(0, len(in_season), 7):
            for day, at in slots(page, in_season[start : start + 7], entry.pillar):
                return Slot(day, at, reason=because(page.brief, entry, day))
    return slot_on(advice, loaded, unit, entry, today)


def slot_on(advice: Advice, loaded: Loaded, unit: str, entry: Entry, day: date) -> Slot:
    """The best hour of a day that somebody chose, whatever else speaks against it."""
    posyandu = loaded.posyandu[unit]
    page = advice.page(loaded, unit, day, day)
    near = _service_day(posyandu, entry, day)
    for _, at in slots(page, [day], entry.pillar):
        return Slot(day, at, near, because(page.brief, entry, day))
    hours = advice.strategy.hours_for(entry.pillar, ramadan=page.brief.is_ramadan(day))
    hours = (*hours, *advice.strategy.hours, _SPARE)
    at = next((hour for hour in hours if page.is_free(day, hour)), hours[0])
    return Slot(day, at, near, because(page.brief, entry, day))


def warnings(advice: Advice, loaded: Loaded, unit: str, entry: Entry, slot: Slot) -> list[str]:
    """What somebody should know before an entry goes to this day."""
    told = []
    page = advice.page(loaded, unit, slot.day, slot.day)
    off = [one for one in page.brief.off(slot.day) if one.kind is HolidayKind.LIBUR]
    if off:
        told.append(f"Hari itu libur: {off[0].name}.")
    if not page.brief.in_season(entry, slot.day):
        told.append("Tulisan ini untuk musim lain.")
    rest = advice.strategy.rest_of(entry.pillar)
    same = [post for post in page.known if post.entry == entry.id]
    near = min(same, key=lambda post: abs(post.date - slot.day), default=None)
    if near is not None and abs(near.date - slot.day) < rest:
        told.append(f"Sudah dipakai {long_date(near.date)}.")
    if len(page.on(slot.day)) >= advice.strategy.day_most:
        told.append(f"Hari itu sudah ada {len(page.on(slot.day))} postingan.")
    if entry.pillar is Pillar.JADWAL and slot.occurrence is None:
        told.append("Tidak ada hari buka di sekitar hari itu.")
    return told


def add_entry(
    advice: Advice, workspace: Workspace, loaded: Loaded, unit: str, entry: Entry, slot: Slot
) -> tuple[Pages, Post]:
    """The pages with a post of this entry added, and the post; nothing is written yet."""
    if unit not in loaded.posyandu:
        raise UsageError(f'Posyandu "{unit}" tidak ada. {nearest(unit, loaded.posyandu)}'.strip())
    page = advice.page(loaded, unit, slot.day, slot.day)
    day = slot.occurrence
    page.add(
        slot.day, slot.at, entry, f"dari pustaka. {slot.reason}".strip(),
        occurrence=day, audience=(day.audience or entry.audience) if day else None,
    )  # fmt: skip
    planned = _on_duty(page.new[-1], unit, loaded, advice.strategy.roles)
    pages = Pages(workspace)
    pages.add(unit, slot.day, list(post_lines(planned)))
    file = workspace.relative(pages.month(unit, slot.day))
    pages.done.append(Done(file, told(loaded.posyandu[unit], entry, slot)))
    return pages, planned.post


def told(posyandu: Posyandu, entry: Entry, slot: Slot) -> str:
    """Where an entry went, in words."""
    when = f"{long_date(slot.day)}, {clock(slot.at)} {posyandu.zone.name}"
    return f'"{entry.title}" ditambahkan: {when}, {posyandu.name}.'


def _on_duty(planned: Planned, unit: str, loaded: Loaded, roles: Sequence[str]) -> Planned:
    post = planned.post
    month = post.date.replace(day=1)
    standing = [other for other in loaded.posts() if other.date.replace(day=1) == month]
    able: Mapping[str, Sequence[str]] = {unit: serving(loaded.people.values(), unit, roles)}
    duty = on_duty([(unit, post)], able, standing)
    return replace(planned, post=replace(post, duty=duty.get((unit, post.id), "")))


def _beside(
    advice: Advice, loaded: Loaded, posyandu: Posyandu, entry: Entry, today: date
) -> Iterable[Slot]:
    """Places beside coming service days for an announcement; a recap follows the day itself."""
    if entry.days_before is None and not entry.recap:
        return
    days, _ = occurrences(posyandu, today, today + timedelta(days=REACH))
    gap = timedelta(days=entry.days_before or 0)
    for day in days:
        on = day.date - gap
        if day.cancelled or on < today or not set(entry.services) <= set(day.services):
            continue
        slot = slot_on(advice, loaded, posyandu.slug, entry, on)
        at = slot.at
        if entry.recap:
            at = max([hour for hour in advice.strategy.hours if hour > day.hours.start] or [at])
        yield Slot(on, at, day, slot.reason)


def _service_day(posyandu: Posyandu, entry: Entry, day: date) -> Occurrence | None:
    """The service day that a text about one tells of when it goes out on this day."""
    if entry.days_before is None and not entry.recap and entry.pillar is not Pillar.JADWAL:
        return None
    first, last = (day - _NEAR, day) if entry.recap else (day, day + _NEAR)
    found, _ = occurrences(posyandu, first, last)
    wanted = day + timedelta(days=entry.days_before or 0)
    found = [each for each in found if not each.cancelled]
    return min(found, key=lambda each: abs(each.date - wanted), default=None)


def _later(day: date, months: int) -> date:
    first = day.replace(day=1)
    for _ in range(months):
        first = (first + timedelta(days=31)).replace(day=1)
    return first
