"""Everything that planning a month of a workspace needs, read once and shared by its units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Self

from content_kit.errors import UsageError
from content_kit.files.assets import load_observances
from content_kit.files.paths import safe_join
from content_kit.files.records import LOST, Decision, require
from content_kit.files.save import edit
from content_kit.files.templates import Template, load_template
from content_kit.files.uses import read_uses
from content_kit.files.workspace import Loaded, Workspace
from content_kit.findings import Finding, has_errors
from content_kit.model import Post, Posyandu
from content_kit.planning.balance import last_day, next_month
from content_kit.planning.library import Entry, load_library
from content_kit.planning.month import (
    MonthPlan,
    plan_month,
    share_duty,
)
from content_kit.planning.pages import Pages
from content_kit.planning.strategy import Strategy, load_strategy
from content_kit.planning.write import month_text
from content_kit.schedule.holidays import Holidays
from content_kit.schedule.observances import Observance, observances, problems

MEMORY = 6
"""How many months before are read whole; of earlier ones only which texts they used."""


@dataclass(frozen=True)
class Desk:
    """A workspace around one month: its posts, strategy, library, holidays and observances."""

    workspace: Workspace
    month: date
    loaded: Loaded
    strategy: Strategy
    library: tuple[Entry, ...]
    holidays: Holidays
    observances: tuple[Observance, ...]
    findings: tuple[Finding, ...]
    posts: Mapping[str, Sequence[Post]]
    templates: tuple[Template, ...] = ()

    @classmethod
    def open(cls, workspace: Workspace, month: date) -> Self:
        """Read all that a plan of this month depends on; UsageError without a strategy.

        UnreadableFile while a file that all units' plans rest on cannot be read.
        """
        loaded = workspace.load([*_before(month), month, next_month(month)])
        require(loaded.findings, Decision.PLAN, unit="")
        strategy, wrong = load_strategy(workspace, loaded.office.strategy, loaded.office.at)
        if strategy is None:
            raise UsageError(" ".join(found.sentence() for found in wrong))
        library, unclear = load_library(workspace)
        holidays = Holidays(loaded.holidays)
        rows, _, more = load_observances(workspace)
        unknown = holidays.problem(month.year)
        posts: defaultdict[str, list[Post]] = defaultdict(list)
        for post in loaded.posts():
            posts[post.unit].append(post)
        return cls(
            workspace, month, loaded, strategy, library, holidays,
            tuple(observances(rows, month, last_day(month))),
            (
                *loaded.findings, *wrong, *unclear, *more, *problems(rows),
                *([unknown] if unknown else ()),
            ), posts, tuple(_templates(workspace)),
        )  # fmt: skip

    def plan(self, unit: str, *, now: datetime | None = None) -> MonthPlan:
        """The plan of one unit; nothing is placed at a time that has passed `now`."""
        posts = self.posts.get(unit, ())
        local = now.astimezone(self.loaded.posyandu[unit].zone.tz) if now else None
        return plan_month(
            self.loaded.posyandu[unit],
            self.month,
            strategy=self.strategy,
            library=self.library,
            holidays=self.holidays,
            observances=self.observances,
            past=[post for post in posts if post.date < self.month],
            existing=[post for post in posts if post.date >= self.month],
            people=tuple(self.loaded.people.values()),
            channels=self.loaded.office.default_channels,
            start=local.date() if local else None,
            hour=local.time() if local else time.min,
            uses=read_uses(self.workspace.root / "calendars" / unit, _before(self.month)[-1]),
            neighbours=neighbours(self.loaded.posyandu[unit], self.loaded.posyandu.values()),
            templates=self.templates,
        )

    def shared(self, plans: Sequence[MonthPlan]) -> list[MonthPlan]:
        """The plans with duty shared fairly over all of them."""
        others = [post for posts in self.posts.values() for post in posts]
        people = self.loaded.people.values()
        return share_duty(plans, people, others, roles=self.strategy.roles)

    @property
    def unreadable(self) -> dict[str, Finding]:
        """The units whose file of this month cannot be read, each with the reason."""
        return unreadable(self.findings, self.month)

    def write(self, plan: MonthPlan) -> None:
        """Add a plan's posts to the month's file; nothing that is there changes."""
        name = self.loaded.posyandu[plan.unit].name
        if plan.posts:
            edit(self._file(plan), lambda old: month_text(old, plan, name), None)

    def put(self, pages: Pages, plan: MonthPlan) -> None:
        """As `write`, but only into the pages: a month of many units is then saved as one edit."""
        if plan.posts:
            path, name = self._file(plan), self.loaded.posyandu[plan.unit].name
            pages.put(path, month_text(pages.text(path), plan, name))

    def _file(self, plan: MonthPlan) -> Path:
        return safe_join(self.workspace.root / "calendars", plan.unit, f"{plan.month:%Y-%m}.yaml")


def _templates(workspace: Workspace) -> Iterator[Template]:
    """The pictures a plan may choose: those without a fault. What is wrong, `check` says."""
    for name in workspace.template_names():
        template, findings = load_template(workspace, name)
        if template is not None and not has_errors(findings):
            yield template


def neighbours(posyandu: Posyandu, others: Iterable[Posyandu]) -> list[str]:
    """The ids of the other posyandu of a village, whose followers are often the same people."""
    here = _village(posyandu)
    return [one.id for one in others if one.id != posyandu.id and _village(one) == here]


def _village(posyandu: Posyandu) -> tuple[str, ...]:
    names = (posyandu.village, posyandu.district, posyandu.regency)
    return tuple(" ".join(name.casefold().split()) for name in names)


def unreadable(findings: Iterable[Finding], month: date) -> dict[str, Finding]:
    """The units whose file of a month cannot be read, each with the first reason.

    Nobody knows what is planned there: neither a balance nor a plan may take it for empty.
    """
    found: dict[str, Finding] = {}
    for finding in findings:
        folder, _, name = finding.place.file.rpartition("/")
        place, _, unit = folder.rpartition("/")
        if place == "calendars" and name == f"{month:%Y-%m}.yaml" and finding.code in LOST:
            found.setdefault(unit, finding)
    return found


def _before(month: date) -> list[date]:
    months = [month.replace(day=1)]
    for _ in range(MEMORY):
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months[1:]
