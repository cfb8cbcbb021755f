"""What a command of the roster looks at: a workspace, a month, and a part of its posyandu."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import click

from content_kit.cli.opening import month_span, now, today
from content_kit.cli.talk import Progress
from content_kit.cli.words import month_option, unit_option, workspace_argument
from content_kit.errors import UsageError
from content_kit.files.place_words import same_place
from content_kit.files.user_folders import cache_folder, memory_file
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding, Level, nearest
from content_kit.review.memory import Memory
from content_kit.roster.cache import Store
from content_kit.roster.checking import check
from content_kit.roster.gather import Gathered, gather
from content_kit.roster.view import Roster, narrowed


@dataclass(frozen=True, slots=True)
class Asked:
    """The month and the place as they were typed; "" and None stand for all."""

    workspace: str
    month: str | None
    kabupaten: str
    kecamatan: str
    unit: str | None


def place_options(function: Callable[..., int]) -> Callable[..., int]:
    """The options that choose a month and a place, given as one `asked`."""

    @workspace_argument
    @month_option
    @click.option("--kabupaten", default="", metavar="NAMA", help="Hanya kabupaten ini.")
    @click.option("--kecamatan", default="", metavar="NAMA", help="Hanya kecamatan ini.")
    @unit_option
    @functools.wraps(function)
    def with_place(
        workspace: str,
        month: str | None,
        kabupaten: str,
        kecamatan: str,
        unit: str | None,
        **rest: object,
    ) -> int:
        return function(asked=Asked(workspace, month, kabupaten, kecamatan, unit), **rest)

    return with_place


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody looks at: a workspace, a month, a part of its roster."""

    workspace: Workspace
    first: date
    last: date
    now: datetime
    store: Store
    gathered: Gathered
    roster: Roster

    @property
    def units(self) -> tuple[str, ...]:
        """The folders of the units that are looked at."""
        return tuple(unit.slug for unit in self.roster.units if unit.slug)

    @property
    def stale(self) -> tuple[str, ...]:
        """Those whose check is out of date."""
        shown = set(self.units)
        return tuple(slug for slug in self.gathered.stale if slug in shown)

    @property
    def errors(self) -> list[Finding]:
        """What has to be put right here. A unit that cannot be read may belong anywhere."""
        shown = {"", *self.units}
        elsewhere = {unit.slug for unit in self.gathered.roster.units if unit.kabupaten} - shown
        folders = tuple(f"calendars/{slug}/" for slug in elsewhere)
        return [
            found
            for found in self.gathered.findings
            if found.level is Level.ERROR and not found.place.file.startswith(folders)
        ]


def look(asked: Asked) -> Sight:
    """Gather what was asked for; UsageError for a place that is not there."""
    workspace = Workspace.open(Path(asked.workspace))
    kabupaten, kecamatan, unit = asked.kabupaten, asked.kecamatan, asked.unit or ""
    first, last = month_span(asked.month or f"{today():%Y-%m}")
    instant = now()
    store = Store.of(workspace, cache_folder())
    memory = Memory.open(memory_file())
    gathered = gather(workspace, first, last, instant, store, memory, only=unit)
    whole = gathered.roster
    _known(kabupaten, "Kabupaten", [one.kabupaten for one in whole.units])
    _known(kecamatan, "Kecamatan", [one.kecamatan for one in whole.units])
    if unit and all(unit not in (one.slug, one.id) for one in whole.units):
        hint = nearest(unit, [one.slug for one in whole.units if one.slug])
        raise UsageError(f'Posyandu "{unit}" tidak ada. {hint}'.strip())
    part = narrowed(whole, kabupaten=kabupaten, kecamatan=kecamatan, unit=unit)
    return Sight(workspace, first, last, instant, store, gathered, part)


def checked_sight(sight: Sight, asked: Asked, *, quiet: bool) -> Sight:
    """The same once what was not checked since it changed is checked."""
    progress = Progress("Memeriksa", quiet=quiet)
    check(
        sight.workspace.root, sight.stale, sight.first, sight.last, sight.now, sight.store,
        memory_file(), progress=progress.show,
    )  # fmt: skip
    sight.store.sweep()
    progress.clear()
    return look(asked)


def _known(name: str, what: str, there: Sequence[str]) -> None:
    if name and not any(same_place(name, one) for one in there):
        raise UsageError(
            f'{what} "{name}" tidak ada. {nearest(name, dict.fromkeys(there))}'.strip()
        )
