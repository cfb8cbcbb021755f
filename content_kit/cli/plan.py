"""`content-kit plan`: a month of posts for one posyandu, several, or all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from content_kit.cli.opening import month_span, now
from content_kit.cli.talk import Progress, exit_code, result, result_json, say, tell
from content_kit.cli.words import command as indonesian
from content_kit.cli.words import json_option
from content_kit.errors import UsageError
from content_kit.files.workspace import Loaded, Workspace
from content_kit.findings import Finding, Level
from content_kit.model import Post, Zone
from content_kit.planning.desk import Desk
from content_kit.planning.month import MonthPlan
from content_kit.schedule.dates import MONTHS

_FEW = 3  # units whose whole table is printed


@indonesian("plan")
@click.argument("words", nargs=-1, required=True, metavar="[UNIT…] BULAN")
@click.option("--all", "every", is_flag=True, help="Semua posyandu di folder kerja.")
@click.option(
    "--workspace",
    default=".",
    metavar="FOLDER",
    help="Folder kerja. Bila tidak disebut: folder ini.",
)
@click.option("--dry-run", is_flag=True, help="Tunjukkan saja; tidak ada berkas yang diubah.")
@json_option
def command(words: Sequence[str], every: bool, workspace: str, dry_run: bool, as_json: bool) -> int:
    """Susun postingan sebulan, lengkap dengan alasannya.

    Yang sudah ada tidak diubah; yang kurang ditambah. Contoh: content-kit plan melati 2026-12
    """
    *units, text = words
    month, last = month_span(text)
    desk = Desk.open(Workspace.open(Path(workspace)), month)
    chosen = _chosen(desk.loaded, units, every=every)
    instant = now()
    progress = Progress("Menyusun rencana", quiet=as_json)
    plans: list[MonthPlan] = []
    broken = desk.unreadable
    for number, unit in enumerate(chosen, 1):
        if unit not in broken:  # nobody knows what is in its month: no plan, and no duty from it
            plans.append(desk.plan(unit, now=instant))
        progress.show(number, len(chosen))
    plans = desk.shared(plans)
    progress.clear()
    for unit in (unit for unit in chosen if unit in broken):
        why = broken[unit]
        if as_json:
            result_json(_unread(unit, month, why))
        else:
            where = f"{why.place.file} baris {why.place.line}"
            say(f"{unit}: {where} perlu diperbaiki dulu, jadi belum disusun.")
    findings = list(desk.findings)
    for plan in plans:
        if not dry_run:
            desk.write(plan)
        findings += plan.findings
        if as_json:
            result_json(_as_json(plan, written=not dry_run))
        elif len(plans) <= _FEW:
            for line in plan.balance.table().splitlines():
                result(line)
    if as_json:
        result_json({"findings": [finding.as_json() for finding in desk.findings]})
    else:
        over = (
            last < instant.astimezone(Zone.WITA.tz).date()
        )  # nothing can be mended there, so only errors are told
        tell(f for f in findings if f.level is Level.ERROR or (len(plans) <= _FEW and not over))
        _summarise(plans, month, dry_run=dry_run, past=over)
    return exit_code(findings)


def _chosen(loaded: Loaded, units: Sequence[str], *, every: bool) -> list[str]:
    known = sorted(loaded.posyandu)
    if every and units:
        raise UsageError("Pilih salah satu: nama posyandu atau --all.")
    if every or (not units and len(known) == 1):
        return known
    names = ", ".join(known) or "belum ada"
    if not units:
        raise UsageError(f"Sebut posyandunya, atau --all untuk semua. Yang ada: {names}.")
    for unit in units:
        loaded.unit(unit)
    return list(dict.fromkeys(units))


def _summarise(plans: Sequence[MonthPlan], month: date, *, dry_run: bool, past: bool) -> None:
    added = sum(len(plan.posts) for plan in plans)
    open_targets = sum(len(plan.balance.shortfalls) for plan in plans)
    waiting = sum(bool(planned.post.waiting) for plan in plans for planned in plan.posts)
    when = f"{MONTHS[month.month - 1]} {month.year}"
    verb = "akan ditambah" if dry_run else "ditambah"
    say(f"{when}: {added} postingan {verb} untuk {len(plans)} posyandu, {waiting} menunggu isian.")
    if open_targets:
        say(f"{open_targets} target belum tercapai; sebabnya disebut satu per satu.")
    if past:
        say("Bulan ini sudah lewat.")


@dataclass(frozen=True, slots=True)
class _Row:
    post: Post
    reason: str

    def as_json(self) -> dict[str, object]:
        post = self.post
        return {
            "id": post.id,
            "date": post.date.isoformat(),
            "time": f"{post.time:%H.%M}",
            "pillar": post.pillar.value,
            "bidang": post.bidang.value,
            "audience": [word.value for word in post.audience],
            "entry": post.entry,
            "title": post.fields.get("judul", ""),
            "duty": post.duty,
            "waiting": list(post.waiting),
            "reason": self.reason,
        }


def _unread(unit: str, month: date, why: Finding) -> dict[str, object]:
    """As `_as_json`, for a unit whose month nobody can read: there is nothing to weigh."""
    return {
        "unit": unit,
        "month": f"{month:%Y-%m}",
        "written": False,
        "posts": [],
        "balance": None,
        "findings": [why.as_json()],
    }


def _as_json(plan: MonthPlan, *, written: bool) -> dict[str, object]:
    return {
        "unit": plan.unit,
        "month": f"{plan.month:%Y-%m}",
        "written": written,
        "posts": [_Row(planned.post, planned.reason).as_json() for planned in plan.posts],
        "balance": plan.balance.as_json(),
        "findings": [finding.as_json() for finding in plan.findings],
    }
