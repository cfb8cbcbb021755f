"""How a unit's posts of a month stand against the targets of a strategy, as tables and as data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from math import ceil, floor
from typing import TypeVar

from content_kit.checks.schedule import CLASH, TWINS
from content_kit.model import Audience, Bidang, Pillar, Post
from content_kit.planning.strategy import Strategy
from content_kit.schedule.dates import MONTHS, short_date
from content_kit.schedule.week import Week

R = TypeVar("R", bound=StrEnum)
C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Target:
    """One target with what there is; `most` None leaves it open upwards."""

    name: str
    have: int
    least: int
    most: int | None = None
    unit: str = "postingan"
    first: date | None = None
    """Where it begins, for a target of a week or a service day."""

    @property
    def met(self) -> bool:
        """Whether what there is lies between both ends."""
        return self.least <= self.have and (self.most is None or self.have <= self.most)

    def sentence(self) -> str:
        """The shortfall or excess in words: "bidang sosial: 0 postingan, targetnya paling sedikit 1"."""
        if self.have < self.least:
            aim = f"paling sedikit {self.least}"
        elif self.most is not None:
            aim = f"paling banyak {self.most}"
        else:
            aim = f"{self.least} atau lebih"
        return f"{self.name}: {self.have} {self.unit}, targetnya {aim}."


@dataclass(frozen=True, slots=True)
class Balance:
    """Counts, targets, and what is too far apart, too close together, or said twice.

    `weeks` are the month's parts of ISO weeks; `months` the quarter that ends with this month.
    Bidang and audience leave out announcements of service days, which would drown the rest.
    """

    unit: str
    month: date
    weeks: tuple[Week, ...]
    months: tuple[date, ...]
    pillars: Mapping[tuple[Pillar, Week], int] = field(hash=False)
    bidang: Mapping[tuple[Bidang, date], int] = field(hash=False)
    audience: Mapping[tuple[Audience, date], int] = field(hash=False)
    targets: tuple[Target, ...] = ()
    gaps: tuple[tuple[date, date], ...] = ()
    clashes: tuple[tuple[str, str], ...] = ()
    duplicates: tuple[tuple[str, str], ...] = ()

    @property
    def shortfalls(self) -> tuple[Target, ...]:
        """The targets that are not met."""
        return tuple(target for target in self.targets if not target.met)

    def table(self) -> str:
        """Three tables and the open targets, for a terminal of 80 columns."""
        return "\n".join(self._lines())

    def as_json(self) -> dict[str, object]:
        """The published shape of a balance."""
        return {
            "unit": self.unit,
            "month": f"{self.month:%Y-%m}",
            "pillars": _nested(self.pillars, str),
            "bidang": _nested(self.bidang, _month_key),
            "audience": _nested(self.audience, _month_key),
            "targets": [
                {
                    "name": target.name,
                    "have": target.have,
                    "least": target.least,
                    "most": target.most,
                    "unit": target.unit,
                    "met": target.met,
                }
                for target in self.targets
            ],
            "gaps": [[first.isoformat(), last.isoformat()] for first, last in self.gaps],
            "clashes": [list(pair) for pair in self.clashes],
            "duplicates": [list(pair) for pair in self.duplicates],
        }

    def _lines(self) -> Iterator[str]:
        yield f"{self.unit}, {MONTHS[self.month.month - 1]} {self.month.year}"
        heads = [f"{week.first.day}/{week.first.month}" for week in self.weeks]
        yield from _rows("Jenis × minggu", heads, Pillar, self.weeks, self.pillars)
        heads = [MONTHS[month.month - 1][:3] for month in self.months]
        yield from _rows("Bidang × bulan", heads, Bidang, self.months, self.bidang)
        yield from _rows("Sasaran × bulan", heads, Audience, self.months, self.audience)
        met = len(self.targets) - len(self.shortfalls)
        yield f"Target: {met} dari {len(self.targets)} tercapai."
        yield from (f"  belum: {target.sentence()}" for target in self.shortfalls)
        for first, last in self.gaps:
            yield f"  sepi: {short_date(first)} sampai {short_date(last)}"
        yield from (f"  bentrok jam: {one} dan {other}" for one, other in self.clashes)
        yield from (f"  kembar: {one} dan {other}" for one, other in self.duplicates)


def balance(
    unit: str,
    month: date,
    posts: Iterable[Post],
    strategy: Strategy,
    *,
    series: Sequence[Target] = (),
) -> Balance:
    """The balance of a unit's month; `posts` may reach into the months before and after.

    `series` are targets that only a plan knows: which announcements each service day has.
    """
    known = sorted(posts, key=lambda post: (post.date, post.time, post.id))
    here = [post for post in known if same_month(post.date, month)]
    months = quarter(month)
    content = [post for post in known if post.pillar is not Pillar.JADWAL]
    pillars = Counter((post.pillar, Week.of(post.date)) for post in here)
    bidang = Counter((post.bidang, post.date.replace(day=1)) for post in content)
    audience = Counter(
        (word, post.date.replace(day=1)) for post in content for word in set(post.audience)
    )
    gaps = tuple(_gaps(month, here, strategy.silence))
    clashes = tuple(_clashes(here))
    duplicates = tuple(_duplicates(known, month, TWINS))
    targets = [
        *_weekly(month, known, strategy),
        *_mixed(here, strategy),
        *_covered(known, month, bidang, audience, strategy),
        *series,
        Target("hari sepi beruntun", len(gaps), 0, 0, "kali"),
        Target("jam bentrok", len(clashes), 0, 0, "kali"),
        Target("tulisan kembar", len(duplicates), 0, 0, "kali"),
    ]
    return Balance(
        unit, month, weeks_of(month), months, pillars, bidang, audience,
        tuple(targets), gaps, clashes, duplicates,
    )  # fmt: skip


def same_month(day: date, month: date) -> bool:
    """Whether a day lies in the month of another."""
    return (day.year, day.month) == (month.year, month.month)


def last_day(month: date) -> date:
    """The last day of a month."""
    return next_month(month) - timedelta(days=1)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=1) + timedelta(days=31)).replace(day=1)


def quarter(month: date) -> tuple[date, ...]:
    """The first days of this month and the two before, the earliest first."""
    before = month.replace(day=1) - timedelta(days=1)
    earlier = before.replace(day=1) - timedelta(days=1)
    return (earlier.replace(day=1), before.replace(day=1), month.replace(day=1))


def weeks_of(month: date) -> tuple[Week, ...]:
    """The ISO weeks that have a day in this month."""
    last = last_day(month)
    days = (month.replace(day=1) + timedelta(days=n) for n in range(last.day))
    return tuple(dict.fromkeys(Week.of(day) for day in days))


def days_in(week: Week, month: date) -> tuple[date, ...]:
    """The days of a week that lie in this month."""
    return tuple(day for day in week.days() if same_month(day, month))


def share(number: int, days: int) -> int:
    """A weekly number for a part of a week."""
    return floor(number * days / 7 + 0.5)


def owns(week: Week, month: date) -> bool:
    """Whether most of a week lies in this month, so that its two-way post belongs here."""
    return len(days_in(week, month)) >= 4


def minimum(number: int, months: int) -> int:
    """A quarter's minimum when only some of its months have been planned yet."""
    return ceil(number * min(months, 3) / 3)


def planned_months(posts: Iterable[Post], month: date) -> int:
    """How many months of the quarter have posts; this one counts in any case."""
    seen = {post.date.replace(day=1) for post in posts}
    return sum(one in seen or one == month.replace(day=1) for one in quarter(month))


def words_of(text: str) -> str:
    """A title as two people would call it the same: only letters and digits."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def title_of(post: Post) -> str:
    """The words of a post's title, "" without one."""
    title = post.fields.get("judul", "")
    return words_of(title) if isinstance(title, str) else ""


def _weekly(month: date, posts: Sequence[Post], strategy: Strategy) -> Iterator[Target]:
    for week in weeks_of(month):
        days = days_in(week, month)
        inside = [post for post in posts if post.date in days]
        name = f"minggu {short_date(days[0])} sampai {short_date(days[-1])}"
        yield Target(name, len(inside), share(strategy.week_least, len(days)), first=days[0])
        if strategy.two_way and owns(week, month):
            talks = sum(p.pillar is Pillar.TANYA_JAWAB for p in posts if p.date in week)
            yield Target(f"tanya jawab, {name}", talks, strategy.two_way, first=days[0])


def _mixed(posts: Sequence[Post], strategy: Strategy) -> Iterator[Target]:
    counts = Counter(post.pillar for post in posts)
    total = len(posts)
    for pillar, span in strategy.mix.items():
        percent = round(100 * counts[pillar] / total) if total else 0
        yield Target(f"jenis {pillar.value}", percent, span.least, span.most, "persen")


def _covered(
    posts: Sequence[Post],
    month: date,
    bidang: Mapping[tuple[Bidang, date], int],
    audience: Mapping[tuple[Audience, date], int],
    strategy: Strategy,
) -> Iterator[Target]:
    months = quarter(month)
    planned = planned_months(posts, month)
    for one, number in strategy.bidang.items():
        have = sum(bidang.get((one, each), 0) for each in months)
        yield Target(f"bidang {one.value} dalam tiga bulan", have, minimum(number, planned))
    for other, number in strategy.audience.items():
        have = sum(audience.get((other, each), 0) for each in months)
        yield Target(f"sasaran {other.value} dalam tiga bulan", have, minimum(number, planned))


def _gaps(month: date, posts: Sequence[Post], most: int) -> Iterator[tuple[date, date]]:
    first, last = month.replace(day=1), last_day(month)
    one = timedelta(days=1)
    busy = [first - one, *sorted({post.date for post in posts}), last + one]
    for before, after in pairwise(busy):
        if (after - before).days - 1 > most:
            yield before + one, after - one


def _clashes(posts: Sequence[Post]) -> Iterator[tuple[str, str]]:
    for number, post in enumerate(posts):
        at = datetime.combine(post.date, post.time)
        for other in posts[number + 1 :]:
            if datetime.combine(other.date, other.time) - at >= CLASH:
                break
            if set(post.channels) & set(other.channels):
                yield post.id, other.id


def _duplicates(posts: Sequence[Post], month: date, near: timedelta) -> Iterator[tuple[str, str]]:
    """Titles said twice; what belongs to a service day may return with the next one."""
    first: dict[str, Post] = {}
    for post in posts:
        title = title_of(post)
        if not title or post.occurrence is not None:
            continue
        before = first.get(title)
        if before is not None and post.date - before.date < near and same_month(post.date, month):
            yield before.id, post.id
        first[title] = post


def _nested(counts: Mapping[tuple[R, C], int], name: Callable[[C], str]) -> dict[str, object]:
    found: dict[str, dict[str, int]] = {}
    for row, column, number in sorted((str(r), name(c), n) for (r, c), n in counts.items()):
        found.setdefault(row, {})[column] = number
    return dict(found)


def _month_key(month: date) -> str:
    return f"{month:%Y-%m}"


def _rows(
    title: str,
    heads: Sequence[str],
    kinds: Iterable[R],
    columns: Sequence[C],
    counts: Mapping[tuple[R, C], int],
) -> Iterator[str]:
    yield f"{title:<20}" + "".join(f"{head:>7}" for head in heads) + f"{'jumlah':>8}"
    for kind in kinds:
        numbers = [counts.get((kind, column), 0) for column in columns]
        cells = "".join(f"{number or '·':>7}" for number in numbers)
        yield f"  {kind:<18}{cells}{sum(numbers):>8}"
