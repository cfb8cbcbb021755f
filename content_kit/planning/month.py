"""Plans a month of one posyandu: pure, without chance or clock, and it only ever adds.

Every need is a number that depends on the service days and the strategy alone; what is there
already counts towards it. So planning twice adds nothing, and a post that a person moved or
rewrote stays as it is. Where several choices are equally good, a hash of unit and month decides:
two posyandu of one village do not say the same thing on the same day.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from math import ceil
from typing import Final

from content_kit.checks.schedule import CLASH
from content_kit.checks.schedule import holidays as on_holidays
from content_kit.files.calendars import DEFAULT_CHANNELS, made_id
from content_kit.files.sandbox import join_words
from content_kit.findings import Finding, Place
from content_kit.model import (
    Audience,
    Bidang,
    CheckState,
    FieldValue,
    HolidayKind,
    Occurrence,
    OccurrenceRef,
    Person,
    Pillar,
    Post,
    Posyandu,
)
from content_kit.planning.balance import (
    Balance,
    Target,
    balance,
    days_in,
    last_day,
    minimum,
    owns,
    planned_months,
    quarter,
    same_month,
    share,
    title_of,
    weeks_of,
    words_of,
)
from content_kit.planning.library import Entry, Waiting
from content_kit.planning.strategy import Beat, Strategy
from content_kit.schedule.dates import long_date, short_date
from content_kit.schedule.holidays import Holiday, Holidays
from content_kit.schedule.observances import Observance
from content_kit.schedule.occurrences import occurrences
from content_kit.schedule.week import Week
from content_kit.schedule.words import understand

CHANGE_TEMPLATE: Final = "jadwal-berubah"
"""An announcement made with it tells of a change and takes no place in a series."""

_NEAR: Final = 2  # days that a person may have moved an announcement and it still counts
_LATE: Final = timedelta(hours=2)  # after the doors close, before the recap
_RECAP_DAYS: Final = 3
_ONE: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Planned:
    """A new post with the reason for its slot and what a person is asked for."""

    post: Post
    reason: str
    asks: tuple[Waiting, ...] = ()


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """What a plan adds to a unit's month, how the month then stands, and what it could not do."""

    unit: str
    month: date
    strategy: str
    posts: tuple[Planned, ...]
    balance: Balance
    findings: tuple[Finding, ...] = ()


def plan_month(
    posyandu: Posyandu,
    month: date,
    *,
    strategy: Strategy,
    library: Sequence[Entry],
    holidays: Holidays | None = None,
    observances: Sequence[Observance] = (),
    past: Sequence[Post] = (),
    existing: Sequence[Post] = (),
    people: Sequence[Person] = (),
    channels: tuple[str, ...] = DEFAULT_CHANNELS,
    start: date | None = None,
) -> MonthPlan:
    """The posts that `month` still needs.

    `past` are the unit's posts of the months before, `existing` those of this one and after.
    Nothing is placed before `start`: what would belong there is named in a finding instead.
    """
    page = _Page(
        posyandu, month.replace(day=1), strategy, tuple(library), holidays, tuple(people),
        channels, start or date.min, [*past, *existing],
    )  # fmt: skip
    page.announce()
    page.converse()
    page.appreciate()
    page.teach(observances)
    plan = page.finished()
    return share_duty([plan], people, [*past, *existing], roles=strategy.roles)[0]


def share_duty(
    plans: Sequence[MonthPlan],
    people: Iterable[Person],
    others: Iterable[Post],
    *,
    roles: Sequence[str] = ("kader", "kim"),
) -> list[MonthPlan]:
    """The plans with somebody on duty for each new post, fair over all units a person serves.

    `others` are the posts that stand: those of the planned months count as work already given.
    In the end nobody has two more than somebody who could have taken one of them.
    """
    months = {plan.month for plan in plans}
    load = Counter(post.duty for post in others if post.duty and post.date.replace(day=1) in months)
    serving = {
        plan.unit: sorted(
            person.id
            for person in people
            if plan.unit in person.units and (not roles or person.role in roles)
        )
        for plan in plans
    }
    duty: dict[tuple[str, str], str] = {}
    slots = [(plan.unit, planned.post) for plan in plans for planned in plan.posts]
    # Units with few people choose first: whoever serves many units has elsewhere to go.
    for unit, post in sorted(slots, key=lambda s: (len(serving[s[0]]), s[1].date, s[1].time, s[0])):
        able = serving[unit]
        if able:
            chosen = min(able, key=lambda one: (load[one], _hash(unit, post.id, one)))
            duty[unit, post.id] = chosen
            load[chosen] += 1
    moved = True
    while moved:  # each move lowers the sum of squares, so this ends
        moved = False
        for (unit, id), chosen in duty.items():
            other = min(serving[unit], key=lambda person: (load[person], person))
            if load[other] + 1 < load[chosen]:
                duty[unit, id] = other
                load[chosen] -= 1
                load[other] += 1
                moved = True
    return [
        replace(
            plan,
            posts=tuple(
                replace(p, post=replace(p.post, duty=duty.get((plan.unit, p.post.id), "")))
                for p in plan.posts
            ),
        )
        for plan in plans
    ]


@dataclass(slots=True)
class _Page:
    """A month that is being filled: what stands, what was added, and what is still free."""

    posyandu: Posyandu
    month: date
    strategy: Strategy
    library: tuple[Entry, ...]
    holidays: Holidays | None
    people: tuple[Person, ...]
    channels: tuple[str, ...]
    start: date
    known: list[Post]
    new: list[Planned] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    series: list[Target] = field(default_factory=list)
    wanted: Counter[Pillar] = field(default_factory=Counter)
    days: dict[date, list[Post]] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for post in self.known:
            self._note(post)

    # The four stages, the most useful content first

    def announce(self) -> None:
        """The series around every service day that touches this month."""
        last = last_day(self.month)
        reach = max((beat.days_before for beat in self.strategy.series), default=0)
        days, _ = occurrences(
            self.posyandu, self.month - timedelta(days=31), last + timedelta(days=reach)
        )
        days = [day for day in days if not day.cancelled]
        self._unclear()
        if self.holidays is not None:
            self.findings += on_holidays(self.posyandu, [self.month], self.holidays)
        told: set[str] = set()
        before: dict[str, date] = {}
        lacking: list[tuple[Beat, Occurrence]] = []
        near: list[Occurrence] = []
        beats: dict[tuple[str, date], list[Beat]] = {}
        for day in days:
            found = self._beats(day, before.get(day.service_day))
            before[day.service_day] = day.date
            if day.date < self.month - timedelta(days=_RECAP_DAYS):
                continue
            near.append(day)
            beats[day.service_day, day.original] = found
            covered = self._covered(day, found)
            lacking += ((beat, day) for beat in found if beat.days_before not in covered)
            for beat in found:
                on = day.date - timedelta(days=beat.days_before)
                self.wanted[Pillar.JADWAL] += same_month(on, self.month)
        # The nearer to the day, the fewer hours it may have: those choose first.
        lacking.sort(key=lambda one: one[0].days_before)
        lost = Counter(
            (day.service_day, day.original)
            for beat, day in lacking
            if not self._announcement(day, beat, told)
        )
        for day in near:
            if same_month(day.date, self.month):
                key = (day.service_day, day.original)
                name = f"pengumuman {day.name} {short_date(day.date)}"
                have = len(beats[key]) - lost[key]
                self.series.append(Target(name, have, len(beats[key])))
            if self.strategy.recap:
                self._recap(day)

    def converse(self) -> None:
        """A two-way post a week, in the month that has most of the week."""
        for week in weeks_of(self.month):
            if not owns(week, self.month):
                continue
            talks = sum(
                post.pillar is Pillar.TANYA_JAWAB for d in week.days() for post in self._on(d)
            )
            self.wanted[Pillar.TANYA_JAWAB] += self.strategy.two_way
            for _ in range(self.strategy.two_way - talks):
                reason = "Ajakan berbincang minggu ini."
                if not self._place(Pillar.TANYA_JAWAB, week, reason):
                    break

    def appreciate(self) -> None:
        """Thanks to kader in turn and to others who inspire, spread over the weeks."""
        span = self.strategy.mix.get(Pillar.KADER)
        wanted = max(1, ceil(self._expected() * span.least / 100)) if span and span.least else 0
        self.wanted[Pillar.KADER] = wanted
        self._spread(Pillar.KADER, wanted, "Giliran berterima kasih.")

    def teach(self, observances: Sequence[Observance]) -> None:
        """Education fills the month: first what the days call for, then where a week is thin."""
        span = self.strategy.mix.get(Pillar.EDUKASI)
        others = self.wanted.total()
        # `least` per cent of all, the lessons themselves included
        least = ceil(others * span.least / (100 - span.least)) if span and span.least < 100 else 0
        wanted = max(self._total() - others, least)
        for observed, closest in self._calling(observances):
            if self._count(Pillar.EDUKASI) >= wanted:
                break
            self._observe(observed, closest)
        self._spread(Pillar.EDUKASI, wanted, "Mengisi minggu ini.")
        self._fill_thin_weeks()
        self._break_silence()

    def finished(self) -> MonthPlan:
        """The plan so far, with its balance and a finding for every target that is not met."""
        posts = sorted(self.new, key=lambda p: (p.post.date, p.post.time, p.post.id))
        every = [*self.known, *(planned.post for planned in posts)]
        slug = self.posyandu.slug
        found = balance(slug, self.month, every, self.strategy, series=self.series)
        for target in found.shortfalls:
            self._tell("target-kurang", target.sentence(), _why(target, self.strategy))
        return MonthPlan(
            slug, self.month, self.strategy.name, tuple(posts), found, tuple(self.findings)
        )

    # Service days

    def _beats(self, day: Occurrence, before: date | None) -> list[Beat]:
        """The announcements a day gets: no early one until the opening before it is over."""
        return [
            beat
            for beat in self.strategy.series
            if beat.days_before <= 1
            or before is None
            or day.date - timedelta(days=beat.days_before) > before
        ]

    def _covered(self, day: Occurrence, beats: Sequence[Beat]) -> set[int]:
        """The distances that posts announce already, each post the one nearest to it."""
        ref = OccurrenceRef(day.service_day, day.original)
        gaps = [
            (abs((day.date - post.date).days - beat.days_before), beat.days_before, number)
            for number, post in enumerate(self.known)
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

    def _announcement(self, day: Occurrence, beat: Beat, told: set[str]) -> bool:
        """Place one announcement on its exact day; whether it has its place."""
        on = day.date - timedelta(days=beat.days_before)
        if on > last_day(self.month):
            return True  # the next month's plan will
        what = f"{beat.name} ({beat.sign}) untuk hari buka {long_date(day.date)}"
        if on < self.month and day.date < self.month:
            return False  # the series of a day gone by
        if on < self.month:
            self._tell(
                "seri-terlewat",
                f"{what} jatuh pada {long_date(on)}, di luar bulan ini.",
                f"Susun juga {on:%Y-%m} bila belum lewat.",
            )
            return False
        if on < self.start:
            self._tell("seri-terlewat", f"{what} sudah lewat ({long_date(on)}).", _TELL_PEOPLE)
            return False
        hours = (*self._hours(on, beat.hours), *self.strategy.spare_hours())
        if beat.days_before == 0:
            hours = _before_doors(hours, day.hours.start)
        at = next((hour for hour in hours if self._is_free(on, hour)), None)
        entry = self._schedule_entry(beat, day, told)
        if at is None or entry is None:
            lack = "jamnya sudah terisi semua" if at is None else "pustaka belum punya kalimatnya"
            self._tell("seri-terlewat", f"{what} belum dapat dibuat: {lack}.", _TELL_PEOPLE)
            return False
        told.add(entry.id)
        audience = day.audience or entry.audience
        self._add(on, at, entry, f"{what}.", occurrence=day, audience=audience)
        return True

    def _schedule_entry(self, beat: Beat, day: Occurrence, told: set[str]) -> Entry | None:
        fitting = [
            entry
            for entry in self.library
            if entry.pillar is Pillar.JADWAL
            and entry.days_before == beat.days_before
            and self._in_season(entry, day.date)
        ]
        used = self._last_use(fitting)
        rest = self.strategy.rest_of(Pillar.JADWAL)

        def order(entry: Entry) -> tuple[object, ...]:
            tired = entry.id in used and day.date - used[entry.id] < rest
            # The same words again are a smaller evil than calling people who are not served.
            return (
                _strangers(entry.audience, day.audience), entry.id in told, tired,
                -_likeness(entry.audience, day.audience), used.get(entry.id, date.min),
                self._mix(entry.id, beat.sign),
            )  # fmt: skip

        return min(fitting, key=order, default=None)

    def _recap_entry(self, day: Occurrence) -> Entry | None:
        """The story that says most about what the day offered, but not always the same one."""
        fitting = [
            entry
            for entry in self.library
            if entry.pillar is Pillar.KEGIATAN
            and entry.recap
            and set(entry.services) <= set(day.services)
            and self._in_season(entry, day.date)
        ]
        used = self._last_use(fitting)
        rest = self.strategy.rest_of(Pillar.KEGIATAN)

        def order(entry: Entry) -> tuple[object, ...]:
            last = used.get(entry.id, date.min)
            tired = entry.id in used and abs(day.date - last) < rest
            like = _likeness(entry.audience, day.audience)
            about_others = bool(day.audience) and not like
            chance = self._mix(entry.id, "rekap")
            return (about_others, tired, -len(entry.services), -like, last, chance)

        return min(fitting, key=order, default=None)

    def _recap(self, day: Occurrence) -> None:
        """A story afterwards: that evening, or the day after in the morning."""
        ref = OccurrenceRef(day.service_day, day.original)
        for post in self._all():
            if post.pillar is not Pillar.KEGIATAN:
                continue
            own = post.occurrence == ref
            loose = post.occurrence is None and 0 <= (post.date - day.date).days <= _RECAP_DAYS
            if own or loose:
                if same_month(post.date, self.month):
                    self.wanted[Pillar.KEGIATAN] += 1
                return
        doors = day.hours.end or _plus(day.hours.start, timedelta(hours=3))
        late = sorted(self._hours(day.date), reverse=True)
        choices = [
            *((day.date, hour) for hour in late if hour >= _plus(doors, _LATE)),
            *((day.date + _ONE, hour) for hour in self._hours(day.date + _ONE)),
        ]
        if not any(same_month(on, self.month) for on, _ in choices):
            return
        what = f"cerita hari buka {long_date(day.date)}"
        for on, hour in choices:
            if not same_month(on, self.month):
                continue
            if on >= self.start and self._is_free(on, hour):
                entry = self._recap_entry(day)
                if entry is None:
                    break
                self.wanted[Pillar.KEGIATAN] += 1
                reason = f"{what[0].upper()}{what[1:]}: angkanya menunggu catatan kader."
                audience = day.audience or entry.audience
                self._add(on, hour, entry, reason, occurrence=day, audience=audience)
                return
        if same_month(day.date, self.month):
            missed = f"{what} belum dapat dijadwalkan."
            self._tell("seri-terlewat", missed, "Tulis sendiri bila ada waktu.")

    def _unclear(self) -> None:
        for day in self.posyandu.service_days:
            rule, _ = understand(day.rule)
            if rule is None or not rule.confirmed:
                state = "belum pasti" if rule else "belum jelas"
                self._tell(
                    "menunggu-kepastian",
                    f'jadwal "{day.name}" {state}, jadi pengumumannya menunggu.',
                    "Tanyakan tanggalnya paling lambat 10 hari sebelumnya, lalu susun lagi.",
                )

    # Ordinary posts

    def _total(self) -> int:
        """How many posts the month aims at, more when its service days ask for it."""
        return sum(
            share(self.strategy.week, len(days_in(week, self.month)))
            for week in weeks_of(self.month)
        )

    def _expected(self) -> float:
        """About how many it will be: many service days ask for more of everything else."""
        spans = (self.strategy.mix.get(pillar) for pillar in (Pillar.KADER, Pillar.EDUKASI))
        rest = 100 - sum(span.least for span in spans if span)
        others = self.wanted.total() * 100 / rest if rest > 0 else 0.0
        return max(float(self._total()), others)

    def _spread(self, pillar: Pillar, wanted: int, reason: str) -> None:
        """Place posts of a pillar until there are enough, each in the week that has least."""
        open_weeks = list(weeks_of(self.month))
        while open_weeks and self._count(pillar) < wanted:
            week = min(open_weeks, key=lambda week: self._crowd(week, pillar))
            if not self._place(pillar, week, reason):
                open_weeks.remove(week)

    def _crowd(self, week: Week, pillar: Pillar) -> tuple[object, ...]:
        days = days_in(week, self.month)
        posts = [post for day in days for post in self._on(day)]
        same = sum(post.pillar is pillar for post in posts)
        if pillar is Pillar.KADER:  # two of them belong weeks apart
            near = (week.first + timedelta(days=number) for number in range(-7, 14))
            same += sum(post.pillar is pillar for day in near for post in self._on(day))
        else:
            same = 0
        return (same, len(posts) / len(days), self._mix(str(week), pillar.value))

    def _fill_thin_weeks(self) -> None:
        for week in weeks_of(self.month):
            days = days_in(week, self.month)
            least = share(self.strategy.week_least, len(days))
            while sum(len(self._on(day)) for day in days) < least:
                if not self._place(Pillar.EDUKASI, week, "Supaya minggu ini tidak sepi."):
                    break

    def _break_silence(self) -> None:
        """One more lesson in the middle of each stretch of days without a post."""
        first, last = self.month, last_day(self.month)
        quiet: list[date] = []
        for number in range((last - first).days + 2):
            day = first + timedelta(days=number)
            if day <= last and not self._on(day):
                quiet.append(day)
                continue
            while len(quiet) > self.strategy.silence:
                days = quiet[: self.strategy.silence + 1]
                placed = self._place_on(days, Pillar.EDUKASI, "Supaya tidak terlalu lama sepi.")
                if placed is None:
                    break
                quiet = [one for one in quiet if one > placed]
            quiet = []

    def _place(self, pillar: Pillar, week: Week, reason: str) -> bool:
        days = days_in(week, self.month)
        most = share(self.strategy.week_most, len(days))
        full = sum(len(self._on(day)) for day in days) >= most
        if full and pillar is not Pillar.TANYA_JAWAB:
            return False
        return self._place_on(days, pillar, reason) is not None

    def _place_on(
        self,
        days: Sequence[date],
        pillar: Pillar,
        reason: str,
        entries: Sequence[Entry] | None = None,
    ) -> date | None:
        """Add a post on the calmest of these days; the day, or None when none can take it."""
        for day, at in self._slots(days, pillar):
            entry = self._best(pillar, day, entries)
            if entry is not None:
                self._add(day, at, entry, f"{reason} {self._because(entry, day)}".strip())
                return day
        return None

    def _slots(self, days: Sequence[date], pillar: Pillar) -> list[tuple[date, time]]:
        found: list[tuple[tuple[object, ...], date, time]] = []
        busy = sorted({post.date for post in self._all()})
        for day in days:
            off = [one.kind for one in self._off(day)]
            if day < self.start or HolidayKind.LIBUR in off:
                continue
            count = len(self._on(day))
            ordinary = sum(post.occurrence is None for post in self._on(day))
            if ordinary >= self.strategy.day_most:
                continue
            apart = min((abs((day - other).days) for other in busy), default=9)
            alike = sum(post.pillar is pillar for n in (-1, 1) for post in self._on(day + n * _ONE))
            rank = (count, bool(off), alike, -min(apart, 3))
            for hour in self.strategy.hours_for(pillar, ramadan=self._is_ramadan(day)):
                if self._is_free(day, hour):
                    chance = self._mix(pillar.value, f"{day} {hour}")
                    found.append(((*rank, chance), day, hour))
        return [(day, hour) for _, day, hour in sorted(found)]

    # Observances

    def _calling(self, observances: Sequence[Observance]) -> list[tuple[Observance, list[Entry]]]:
        """The month's observances with the entries closest to each, the best matches first."""
        first, last = self.month, last_day(self.month)
        keys = {entry.id: _keywords_of(entry) for entry in self.library}
        calling: list[tuple[tuple[object, ...], Observance, list[Entry]]] = []
        for one in observances:
            if one.first > last or one.last < first:
                continue
            words = _keywords(one.name)
            said = {
                entry.id: len(words & keys[entry.id])
                for entry in self.library
                if entry.pillar is Pillar.EDUKASI and (not one.bidang or entry.bidang in one.bidang)
            }
            most = max(said.values(), default=0)
            # Health alone says nothing, but the few entries of the other fields fit their day.
            if most == 0 and (not one.bidang or Bidang.KESEHATAN in one.bidang):
                continue
            closest = [entry for entry in self.library if said.get(entry.id) == most]
            rank = (most == 0, (one.last - one.first).days, one.first, one.name)
            calling.append((rank, one, closest))
        calling.sort(key=lambda call: call[0])
        return [(one, closest) for _, one, closest in calling[: self.strategy.observances]]

    def _observe(self, observed: Observance, closest: Sequence[Entry]) -> None:
        first, last = max(observed.first, self.month), min(observed.last, last_day(self.month))
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            inside = days_in(Week.of(day), self.month)
            most = share(self.strategy.week_most, len(inside))
            if sum(len(self._on(each)) for each in inside) < most:
                name = f"{observed.name}, {_span(observed)}."
                if self._place_on([day], Pillar.EDUKASI, name, closest) is not None:
                    return

    # Which entry

    def _best(
        self,
        pillar: Pillar,
        day: date,
        entries: Sequence[Entry] | None = None,
    ) -> Entry | None:
        """The entry that mends the coverage most among those that may be used on this day."""
        resting, titles = self._resting(day, self.strategy.rest_of(pillar))
        fitting = [
            entry
            for entry in (self.library if entries is None else entries)
            if entry.pillar is pillar
            and entry.id not in resting
            and words_of(entry.title) not in titles
            and self._in_season(entry, day)
            and all(source.state is not CheckState.UNVERIFIED for source in entry.sources)
        ]
        if not fitting:
            return None
        bidang, audience = self._coverage()
        used = self._last_use(fitting)
        turn = self._turn() if pillar is Pillar.KADER else None

        def order(entry: Entry) -> tuple[object, ...]:
            lack = bidang.get(entry.bidang, 9.0)
            reached = [audience.get(word, 9.0) for word in entry.audience] or [9.0]
            score = lack + min(reached) / 2 + sum(reached) / len(reached) / 2
            score += 0.0 if entry.signed else 0.02 if entry.verified else 0.5
            score -= 0.3 if entry.season else 0.0
            wrong_turn = turn is not None and _is_for_kader(entry) is not turn
            return (wrong_turn, entry.id in used, round(score, 6), self._mix(entry.id, ""))

        return min(fitting, key=order)

    def _resting(self, day: date, rest: timedelta) -> tuple[set[str], set[str]]:
        """Entries and titles that were used too near to a day."""
        near = [post for post in self._all() if abs(post.date - day) < rest]
        return {post.entry for post in near if post.entry}, {title_of(post) for post in near}

    def _last_use(self, entries: Sequence[Entry]) -> dict[str, date]:
        ids = {entry.id for entry in entries}
        used: dict[str, date] = {}
        for post in self._all():
            if post.entry in ids:
                used[post.entry] = max(post.date, used.get(post.entry, date.min))
        return used

    def _coverage(self) -> tuple[dict[Bidang, float], dict[Audience, float]]:
        """How much of its minimum each bidang and audience has; the lowest is lacking most."""
        months = quarter(self.month)
        posts = [
            post
            for post in self._all()
            if post.pillar is not Pillar.JADWAL and post.date.replace(day=1) in months
        ]
        planned = planned_months(posts, self.month)
        fields = Counter(post.bidang for post in posts)
        groups = Counter(word for post in posts for word in set(post.audience))
        return (
            {
                one: fields[one] / minimum(number, planned)
                for one, number in self.strategy.bidang.items()
            },
            {
                one: groups[one] / minimum(number, planned)
                for one, number in self.strategy.audience.items()
            },
        )

    def _in_season(self, entry: Entry, day: date) -> bool:
        return not entry.season or any(self._is_season(one, day) for one in entry.season)

    def _is_season(self, season: str, day: date) -> bool:
        if season == "ramadan":
            return self._is_ramadan(day)
        return self.strategy.in_season(season, day)

    def _because(self, entry: Entry, day: date) -> str:
        words = f"Bidang {entry.bidang.label}"
        if entry.audience:
            words += f", untuk {join_words([word.label.lower() for word in entry.audience])}"
        seasons = [one for one in entry.season if self._is_season(one, day)]
        return f"{words}; musim {join_words(seasons)}." if seasons else f"{words}."

    # Appreciation

    def _turn(self) -> bool:
        """Whether the next thanks go to a kader; every second one goes to somebody else."""
        thanked = self._count(Pillar.KADER)
        return bool(self._kader()) and thanked % 2 == 0

    def _kader(self) -> list[Person]:
        return [
            person
            for person in self.people
            if self.posyandu.slug in person.units and person.role == "kader"
        ]

    def _next_kader(self) -> Person | None:
        """Who was thanked least often, then longest ago: nobody twice before all once."""
        thanked: dict[str, list[date]] = {}
        for post in self._all():
            name = post.fields.get("nama", "")
            if post.pillar is Pillar.KADER and isinstance(name, str):
                for person in self._kader():
                    if _names(person, name):
                        thanked.setdefault(person.id, []).append(post.date)
        return min(
            self._kader(),
            key=lambda person: (
                len(thanked.get(person.id, [])),
                max(thanked.get(person.id, [date.min])),
                self._mix(person.id, "apresiasi"),
            ),
            default=None,
        )

    # Adding

    def _add(
        self,
        day: date,
        at: time,
        entry: Entry,
        reason: str,
        *,
        occurrence: Occurrence | None = None,
        audience: tuple[Audience, ...] | None = None,
    ) -> None:
        fields: dict[str, FieldValue] = entry.values()
        asks = list(entry.waiting)
        if not entry.verified:
            reason += " Sumbernya baru disebut: minta bidan atau petugas membacanya dulu."
        if entry.pillar is Pillar.KADER and _is_for_kader(entry):
            person = self._next_kader()  # never a quotation: those are people's own words
            if person is not None:
                given = {"nama": person.name, "peran": f"Kader {self.posyandu.name}"}
                fields |= given
                asks = [ask for ask in asks if ask.field not in given]
                reason += f" Giliran {person.name}; tanyakan dulu kesediaannya."
        self._note(
            post := Post(
                id=self._id(day, at, entry),
                unit=self.posyandu.slug,
                date=day,
                time=at,
                pillar=entry.pillar,
                template=entry.template,
                channels=self.channels,
                bidang=entry.bidang,
                audience=entry.audience if audience is None else audience,
                occurrence=OccurrenceRef(occurrence.service_day, occurrence.original)
                if occurrence
                else None,
                fields=fields,
                sources=entry.sources,
                hashtags=entry.hashtags,
                entry=entry.id,
                waiting=tuple(dict.fromkeys(ask.field.partition(".")[0] for ask in asks)),
            )
        )
        self.new.append(Planned(post, reason, tuple(asks)))

    def _id(self, day: date, at: time, entry: Entry) -> str:
        key, count = f"{self.posyandu.id} {day} {at} {entry.id}", 1
        while (id := made_id(f"{key} {count}")) in self.ids:
            count += 1
        return id

    def _note(self, post: Post) -> None:
        self.days.setdefault(post.date, []).append(post)
        self.ids.add(post.id)

    # Looking

    def _all(self) -> Iterator[Post]:
        for posts in self.days.values():
            yield from posts

    def _on(self, day: date) -> Sequence[Post]:
        return self.days.get(day, ())

    def _count(self, pillar: Pillar) -> int:
        last = last_day(self.month)
        return sum(
            post.pillar is pillar
            for number in range(last.day)
            for post in self._on(self.month + timedelta(days=number))
        )

    def _is_free(self, day: date, at: time) -> bool:
        moment = datetime.combine(day, at)
        return not any(
            abs(datetime.combine(post.date, post.time) - moment) < CLASH
            and set(post.channels) & set(self.channels)
            for post in self._on(day)
        )

    def _special(self, day: date) -> Sequence[Holiday]:
        return self.holidays.on(day) if self.holidays else ()

    def _is_ramadan(self, day: date) -> bool:
        return any(one.kind is HolidayKind.RAMADAN for one in self._special(day))

    def _hours(self, day: date, liked: Sequence[time] = ()) -> tuple[time, ...]:
        """Hours about a service day, the liked ones first; in Ramadan only that month's own."""
        ramadan = self.strategy.ramadan_hours
        if not ramadan or not self._is_ramadan(day):
            return (*liked, *self.strategy.hours)
        return (*(hour for hour in liked if hour in ramadan), *ramadan)

    def _off(self, day: date) -> list[Holiday]:
        return [one for one in self._special(day) if one.closes]

    def _mix(self, *words: str) -> int:
        return _hash(self.posyandu.id, f"{self.month:%Y-%m}", *words)

    def _tell(self, code: str, message: str, hint: str) -> None:
        file = f"calendars/{self.posyandu.slug}/{self.month:%Y-%m}.yaml"
        self.findings.append(Finding(code, message, Place(file), hint=hint))


_TELL_PEOPLE: Final = "Kabari warga lewat grup bila perlu."


def _why(target: Target, strategy: Strategy) -> str:
    of_days = target.name in (f"jenis {p.value}" for p in (Pillar.JADWAL, Pillar.KEGIATAN))
    if target.most is not None and target.have > target.most:
        cause = "Banyaknya hari buka" if of_days else "Sedikitnya hari buka"
        return f"{cause} dalam sebulan membuatnya demikian; boleh dibiarkan."
    if target.name.startswith("pengumuman"):
        return "Lihat sebabnya di atas."
    if of_days and not target.have:
        return "Lengkapi dulu jadwal hari bukanya, lalu susun lagi."
    return f'Tambah sendiri, atau sesuaikan strategi "{strategy.name}".'


def _before_doors(hours: Iterable[time], doors: time) -> tuple[time, ...]:
    """Hours of the service day itself: best an hour before the doors open, never after."""
    early = [hour for hour in dict.fromkeys(hours) if hour < doors]
    calm = [hour for hour in early if _plus(hour, timedelta(hours=1)) <= doors]
    return (*calm, *(hour for hour in early if hour not in calm))


def _plus(at: time, span: timedelta) -> time:
    """A time of day later, at most the end of the day."""
    moment = datetime.combine(date(2000, 1, 1), at) + span
    return moment.time() if moment.day == 1 else time.max


def _names(person: Person, text: str) -> bool:
    """Whether a text names a person: "Ibu Rusminah" is Rusminah."""
    return f" {words_of(person.name)} " in f" {words_of(text)} "


def _is_for_kader(entry: Entry) -> bool:
    """Whether an appreciation suits any kader, who then goes in the round.

    An entry that already says what somebody does ("Kader muda") asks for the one it suits.
    """
    return {"nama", "peran"} <= {ask.field for ask in entry.waiting}


def _strangers(called: Sequence[Audience], served: Sequence[Audience]) -> int:
    """How many groups a text calls that the service day does not serve; a day may serve all."""
    return len(set(called) - set(served)) if served else 0


def _likeness(some: Sequence[Audience], others: Sequence[Audience]) -> float:
    """How alike two groups of people are: 1 for the same, 0 for strangers."""
    both, either = set(some) & set(others), set(some) | set(others)
    return len(both) / len(either) if either else 1.0


_EMPTY_WORDS: Final = frozenset(
    {
        "hari",
        "pekan",
        "bulan",
        "sedunia",
        "nasional",
        "internasional",
        "dunia",
        "indonesia",
        "tahun",
        "pakai",
        "sebulan",
        "putaran",
        "peduli",
        "gerakan",
        "provinsi",
        "kalimantan",
        "selatan",
        "dan",
        "untuk",
        "anak",
    }
)


def _keywords(text: str) -> set[str]:
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return {word for word in words_of(split).split() if len(word) > 2} - _EMPTY_WORDS


def _keywords_of(entry: Entry) -> set[str]:
    return _keywords(" ".join([entry.title, entry.label, *entry.hashtags]))


def _span(observed: Observance) -> str:
    first, last = short_date(observed.first), short_date(observed.last)
    return first if first == last else f"{first} sampai {last}"


def _hash(*words: str) -> int:
    return int.from_bytes(sha256("\0".join(words).encode()).digest()[:8], "big")


def new_posts(plan: MonthPlan) -> tuple[Post, ...]:
    """The posts of a plan without their reasons."""
    return tuple(planned.post for planned in plan.posts)
