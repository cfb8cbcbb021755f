"""Plans a month of one posyandu: pure, without chance or clock, and it only ever adds.

Every need is a number that depends on the service days and the strategy alone; what is there
already counts towards it. So planning twice adds nothing, and a post that a person moved or
rewrote stays as it is. Where several choices are equally good, a hash of unit and month decides:
two posyandu of one village do not say the same thing on the same day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Final

from content_kit.files.office import DEFAULT_CHANNELS
from content_kit.files.templates import Template
from content_kit.findings import Finding
from content_kit.model import Person, Pillar, Post, Posyandu
from content_kit.planning.balance import Balance, Target, balance
from content_kit.planning.brief import Brief, turn_among
from content_kit.planning.duty import on_duty, serving
from content_kit.planning.filling import appreciate, converse, teach
from content_kit.planning.library import Entry
from content_kit.planning.page import Page, Planned
from content_kit.planning.series import announce
from content_kit.planning.strategy import Strategy
from content_kit.schedule.holidays import Holidays
from content_kit.schedule.observances import Observance

SEE_ABOVE: Final = "Lihat sebabnya di atas."


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
    hour: time = time.min,
    uses: Mapping[str, date] | None = None,
    neighbours: Sequence[str] = (),
    templates: Sequence[Template] = (),
) -> MonthPlan:
    """The posts that `month` still needs.

    `past` are the unit's posts of the months before, `existing` those of this one and after.
    `uses` says when texts were used in months that are not among them, and `neighbours` are the
    ids of the other posyandu of its village: in one week none of them says the same.
    Among `templates` the pictures are chosen, so that neighbours in the feed differ.
    Nothing is placed before `start`, nor on that day up to `hour`. What would belong there is named
    in a finding, unless its service day or its week is over: nobody can mend that.
    """
    known = [*past, *existing]
    brief = Brief(
        posyandu, month.replace(day=1), strategy, tuple(library), holidays, tuple(people),
        channels, start or date.min, uses or {}, turn_among(posyandu.id, neighbours), hour,
        tuple(templates),
    )  # fmt: skip
    page = Page(brief, known)
    # The most useful content chooses its days first.
    series = announce(page)
    wanted = series.wanted + converse(page)
    wanted += appreciate(page, wanted)
    teach(page, wanted, observances)
    page.dress()
    return share_duty([_plan(page, series.targets)], people, known, roles=strategy.roles)[0]


def share_duty(
    plans: Sequence[MonthPlan],
    people: Iterable[Person],
    others: Iterable[Post],
    *,
    roles: Sequence[str] = ("kader", "kim"),
) -> list[MonthPlan]:
    """The plans with somebody on duty for each new post, fair over all units a person serves.

    `others` are the posts that stand: those of the planned months count as work already given.
    """
    months = {plan.month for plan in plans}
    everybody = tuple(people)
    duty = on_duty(
        [(plan.unit, planned.post) for plan in plans for planned in plan.posts],
        {plan.unit: serving(everybody, plan.unit, roles) for plan in plans},
        [post for post in others if post.date.replace(day=1) in months],
    )
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


def _plan(page: Page, series: Sequence[Target]) -> MonthPlan:
    """The filled page, with its balance and a finding for every target that is not met."""
    brief = page.brief
    slug, strategy = brief.posyandu.slug, brief.strategy
    posts = sorted(page.new, key=lambda p: (p.post.date, p.post.time, p.post.id))
    every = [*page.known, *(planned.post for planned in posts)]
    found = balance(slug, brief.month, every, strategy, series=series)
    for target in found.shortfalls:
        if _is_over(target, brief):
            continue
        page.tell("target-kurang", target.sentence(), _why(target, strategy))
    return MonthPlan(slug, brief.month, strategy.name, tuple(posts), found, tuple(page.findings))


def _is_over(target: Target, brief: Brief) -> bool:
    """Whether a target speaks of what began before the plan did, and is no fault of anybody's."""
    if brief.start <= brief.month:
        return False
    if target.first is not None:
        return target.first < brief.start
    # What a whole month should hold, a part of it may not.
    return target.least > 0 or target.unit != "postingan"


def _why(target: Target, strategy: Strategy) -> str:
    of_days = target.name in (f"jenis {p.value}" for p in (Pillar.JADWAL, Pillar.KEGIATAN))
    if target.most is not None and target.have > target.most:
        cause = "Banyaknya hari buka" if of_days else "Sedikitnya hari buka"
        return f"{cause} dalam sebulan membuatnya demikian; boleh dibiarkan."
    if target.name.startswith("pengumuman"):
        return SEE_ABOVE
    if of_days and not target.have:
        return "Lengkapi dulu jadwal hari bukanya, lalu susun lagi."
    return f'Tambah sendiri, atau sesuaikan strategi "{strategy.name}".'
