"""What every command on a workspace does first: open it, load it, and see which posts are meant."""

from __future__ import annotations

import contextlib
import random
import re
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import click

from content_kit.cli.talk import say
from content_kit.errors import SystemFailure, UsageError
from content_kit.files.hours import clock_in, hours_in, zone_in
from content_kit.files.outputs import Outputs, Wish, allowed
from content_kit.files.paths import safe_join
from content_kit.files.reader import Findings, read_date
from content_kit.files.save import sweep_tree
from content_kit.files.user_folders import outputs_file
from content_kit.files.watch import FOLDERS
from content_kit.files.workspace import Loaded, Workspace
from content_kit.findings import Finding, Place
from content_kit.model import Hours, Post, Zone
from content_kit.render import Press, Proof, Selection
from content_kit.schedule.new_day import doubts
from content_kit.schedule.one_day import one_day
from content_kit.schedule.week import Week


def open_press(folder: str, *, fill_ids: bool = False) -> Press:
    """The workspace in `folder`, loaded and ready to proof.

    With `fill_ids` posts that were written without an id get one in their file first, so that
    their pictures keep their names when the post is edited.
    """
    workspace = Workspace.open(Path(folder))
    if fill_ids:
        # A folder that may only be read still gets its pictures, under derived ids.
        with contextlib.suppress(SystemFailure):
            workspace.fill_ids(None, random.SystemRandom())
        sweep_tree(workspace.root, FOLDERS)
    return Press(workspace, workspace.load())


def today(zone: Zone = Zone.WITA) -> date:
    """The clock's only reader: the day it is now in a zone."""
    return datetime.now(UTC).astimezone(zone.tz).date()


def instant() -> datetime:
    """The one place where commands look at the clock for `now`; tests set it."""
    return datetime.now(UTC)


def now() -> datetime:
    """The instant it is, for commands that ask what went out already."""
    return instant()


def read_day(text: str, option: str) -> date:
    """A date that somebody typed after an option."""
    findings = Findings()
    day = read_date(text, Place(), findings)
    if day is None:
        raise UsageError(f"{option}: {findings[0].message} {findings[0].hint}".strip())
    return day


def read_time(text: str, option: str) -> time:
    """A time of day that somebody typed after an option."""
    at = clock_in(text)
    if isinstance(at, Finding):
        raise UsageError(f"{option}: {at.message} {at.hint}".strip())
    return at


def read_span(text: str, option: str, folder: str, unit: str) -> Hours:
    """Opening hours that somebody typed after an option, in the zone of the unit they are for."""
    zone = None
    if zone_in(text) is not None:  # seldom named, so the workspace is looked at only then
        posyandu = Workspace.open(Path(folder)).load().posyandu.get(unit)
        zone = posyandu.zone if posyandu else None
    span = hours_in(text, zone)
    if isinstance(span, Finding):
        raise UsageError(f"{option}: {span.message} {span.hint}".strip())
    return span


def read_new_day(text: str, option: str, since: date) -> date:
    """A day in words or as a date that somebody typed after an option, counted from a service day.

    What is unusual about it is asked on a terminal, and only said where nobody can answer.
    """
    day, asked = one_day(text, today(), since)
    if day is None:
        raise UsageError(f"{option}: {asked}")
    for doubt in doubts(day, since, since):
        if sys.stdin.isatty():
            click.confirm(doubt, default=True, abort=True, err=True)
        else:
            say(doubt)
    return day


def selections(
    press: Press,
    *,
    week: str | None,
    month: str | None,
    unit: str | None,
    post: str | None = None,
    channel: str | None = None,
    otherwise: str | None = None,
) -> list[Selection]:
    """The options as selections: one for all units, or with a week one for each unit.

    "This week" is asked in each unit's own zone, so units of different zones may get different
    weeks for some hours. Without week, month and post `otherwise` is the week ("ini"), None all.
    """
    chosen = Selection(post=post, unit=unit, channel=channel)
    if week and month:
        raise UsageError("Pilih salah satu: --week atau --month.")
    if month:
        first, last = month_span(month)
        return [replace(chosen, first=first, last=last)]
    if post and not week:
        return [chosen]
    named = week or otherwise
    if named is None:
        return [chosen]
    found = []
    for slug, posyandu in press.loaded.posyandu.items():
        if unit in (None, slug):
            meant = Week.parse(named, today(posyandu.zone))
            found.append(replace(chosen, unit=slug, first=meant.first, last=meant.last))
    if not found:
        Week.parse(named, today())
        press.select(chosen)
    return found


def of_unit(findings: Iterable[Finding], unit: str | None) -> list[Finding]:
    """Those that concern a posyandu: its own files, and what all share; all of them for None."""
    if unit is None:
        return list(findings)
    parts = ((finding, finding.place.file.split("/")) for finding in findings)
    return [
        finding
        for finding, part in parts
        if len(part) < 3 or part[0] != "calendars" or part[1] == unit
    ]


def all_findings(press: Press, proofs: Iterable[Proof]) -> list[Finding]:
    """What was found in the workspace as a whole and in these posts."""
    return [*press.general_findings(), *(found for proof in proofs for found in proof.findings)]


def one_post(loaded: Loaded, id: str, unit: str | None) -> Post:
    """The one post of this id; posts of two posyandu may share one."""
    if unit is not None:
        loaded.unit(unit)
    found = [post for post in loaded.posts(unit) if post.id == id]
    if not found:
        raise loaded.no_post(id, unit)
    if len(found) > 1:
        units = ", ".join(post.unit for post in found)
        raise UsageError(f'Postingan "{id}" ada di {units}. Sebut salah satu: --unit.')
    return found[0]


def output_folder(press: Press, out: str | None) -> Path:
    """Where results go: `--out`, or `keluaran/` in the workspace, which may not be a link out of it."""
    return results_folder(press.workspace, out)


def results_folder(workspace: Workspace, out: str | None) -> Path:
    """The same before the posts were read."""
    return allowed(Path(out)) if out else safe_join(workspace.root, "keluaran")


def outputs(*, replace: bool) -> Outputs:
    """The door for results: on a terminal a person is asked before somebody's file is replaced."""

    def ask(path: Path) -> Wish:
        asked = sys.stdin.isatty() and sys.stderr.isatty()
        yes = replace or (asked and click.confirm(f'"{path}" sudah ada. Ganti?', err=True))
        return Wish.REPLACE if yes else Wish.LEAVE

    return Outputs(outputs_file(), ask)


def month_span(text: str) -> tuple[date, date]:
    """The first and the last day of a month written 2026-12."""
    match = re.fullmatch(r"(\d{4})-(\d{2})", text)
    try:
        first = date(int(match[1]), int(match[2]), 1) if match else None
    except ValueError:
        first = None
    if first is None or first.year == 9999:
        raise UsageError(f'Bulan "{text}" tidak terbaca. Tulis misalnya 2026-12.')
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
