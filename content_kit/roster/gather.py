"""Gathers the roster of a workspace: from the cache what holds, from the files what does not."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from content_kit.files.office import Office
from content_kit.files.place_words import place_key
from content_kit.files.unit_list import ListedUnit, load_unit_list
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding
from content_kit.model import Zone
from content_kit.render import Press
from content_kit.review.events import Log
from content_kit.review.log import read_log
from content_kit.review.memory import Memory
from content_kit.review.reviews import Reviews
from content_kit.roster.cache import Keys, Store
from content_kit.roster.rows import unchecked, unit_of
from content_kit.roster.standing import Checked, pinned, restated, seen
from content_kit.roster.view import Roster, Row, Unit, in_order


@dataclass(frozen=True, slots=True)
class Gathered:
    """A roster, what is wrong beside its rows, and the units whose check is out of date."""

    roster: Roster
    findings: tuple[Finding, ...] = ()
    stale: tuple[str, ...] = ()


def gather(
    workspace: Workspace,
    first: date,
    last: date,
    now: datetime,
    store: Store,
    memory: Memory,
    only: str = "",
) -> Gathered:
    """Every unit's rows of a period. A unit without a check that holds has rows "belum diperiksa".

    A decision voids no check: the log alone is read anew, in the light of `memory`, which is what
    this machine saw of the logs. With `only`, the name of a folder, the others are not read and
    their posts are not there.
    """
    office, findings = workspace.settings()
    slugs, problems = workspace.unit_folders()
    listed, unclear = load_unit_list(workspace)
    if only in slugs:
        slugs = (only,)
    keys = Keys(workspace)
    common, pins = keys.common(), pinned(memory)
    found: dict[str, Checked] = {}
    moved: dict[str, tuple[str, Checked]] = {}
    for slug in slugs:
        key = keys.unit(common, slug, first, last)
        known = store.read(slug, key, first, last)
        if known is None or known.pins != pins:
            continue
        holds = known.until is None or now < known.until
        same = known.seen == seen(memory, known.unit.id)
        if holds and same and known.log and known.log == keys.log(slug):
            found[slug] = known
        else:
            moved[slug] = (key, known)
    for slug, checked in _restated(workspace, moved, first, now, memory, keys):
        found[slug] = checked
        store.write(slug, moved[slug][0], first, last, checked)
    stale = tuple(slug for slug in slugs if slug not in found)
    if stale:
        loaded = workspace.load(months_of(first, last), units=stale)
        logs: dict[str, Log] = {}
        if office.asks:  # else nobody hands in
            logs = {
                slug: read_log(workspace, loaded.posyandu[slug], loaded.people, now)
                for slug in stale
                if slug in loaded.posyandu
            }
        found |= {slug: unchecked(loaded, slug, first, last, logs.get(slug)) for slug in stale}
    every = [found[slug] for slug in slugs]
    told = (*findings, *problems, *unclear, *(f for one in every for f in one.findings))
    roster = assembled(every, listed, office, first, last, now)
    return Gathered(roster, tuple(dict.fromkeys(told)), stale)


def _restated(
    workspace: Workspace,
    moved: Mapping[str, tuple[str, Checked]],
    first: date,
    now: datetime,
    memory: Memory,
    keys: Keys,
) -> Iterator[tuple[str, Checked]]:
    """Units of which only the log is another: somebody decided, here or on another machine."""
    if not moved:
        return
    logs = {slug: keys.log(slug) for slug in moved}
    loaded = workspace.load((), units=moved.keys())
    reviews = Reviews(Press(workspace, loaded), now, memory=memory)
    for slug, (_, checked) in moved.items():
        if slug in loaded.posyandu:
            again = restated(reviews, checked, first)
            yield slug, replace(again, log=logs[slug] if logs[slug] == keys.log(slug) else "")
    reviews.remember()


def assembled(
    every: Iterable[Checked],
    listed: Sequence[ListedUnit] | None,
    office: Office,
    first: date,
    last: date,
    now: datetime,
) -> Roster:
    """The roster of these units' rows against the list of those expected; without one, of all."""
    every = list(every)
    units = expected([one.unit for one in every], listed)
    named = {unit.slug: unit for unit in units if unit.slug}
    rows = in_order(_of_unit(row, named[row.unit]) for one in every for row in one.rows)
    return Roster(
        first,
        last,
        rows,
        units,
        deadline=deadline(office, first),
        today=now.astimezone(Zone.WITA.tz).date(),
        reviewed=office.asks,
    )


def expected(there: Sequence[Unit], listed: Sequence[ListedUnit] | None) -> tuple[Unit, ...]:
    """The units of a roster: those on the list with their folders, then those only in the workspace.

    A listed unit is known by its id, else its folder's name, else its name and places.
    """
    if listed is None:
        return tuple(replace(unit, expected=True) for unit in there)
    free = {unit.slug: unit for unit in there}
    matched: dict[str, Unit] = {}
    for key_of, key_there in (
        (lambda one: one.id, lambda unit: unit.id),
        (lambda one: one.id, lambda unit: unit.slug),
        (_who_listed, _who),
    ):
        by_key: dict[object, Unit] = {}
        for unit in free.values():
            by_key.setdefault(key_there(unit), unit)
        for one in listed:
            unit_found = by_key.get(key_of(one)) if one.id not in matched else None
            if unit_found is not None and unit_found.slug in free:
                matched[one.id] = free.pop(unit_found.slug)
    units = [_listed(one, matched.get(one.id)) for one in listed]
    return (*units, *(replace(unit, expected=False) for unit in free.values()))


@dataclass(frozen=True, slots=True)
class Expectation:
    """How a list of expected units fits the folders that are there."""

    listed: int
    matched: int
    without_folder: tuple[Unit, ...]
    not_listed: tuple[Unit, ...]


def expectation(workspace: Workspace, listed: Sequence[ListedUnit]) -> Expectation:
    """Which of these expected units have a folder, which have none, and which folders nobody expects."""
    loaded = workspace.load(())
    there = [unit_of(loaded, slug, ()) for slug in loaded.posyandu]
    units = expected(there, listed)
    waiting = tuple(unit for unit in units if unit.expected and not unit.slug)
    others = tuple(unit for unit in units if not unit.expected)
    return Expectation(len(listed), len(listed) - len(waiting), waiting, others)


def deadline(office: Office, first: date) -> date:
    """The last day for handing in: the office's day of the month before."""
    before = first.replace(day=1) - timedelta(days=1)
    last = monthrange(before.year, before.month)[1]
    return before.replace(day=min(office.deadline_day, last))


def months_of(first: date, last: date) -> tuple[date, ...]:
    """The first days of the months that a period touches."""
    months = [first.replace(day=1)]
    while (following := (months[-1] + timedelta(days=31)).replace(day=1)) <= last:
        months.append(following)
    return tuple(months)


def _who(unit: Unit) -> tuple[str, ...]:
    return tuple(map(place_key, (unit.name, unit.village, unit.kecamatan, unit.kabupaten)))


def _who_listed(one: ListedUnit) -> tuple[str, ...]:
    return tuple(map(place_key, (one.name, one.village, one.district, one.regency)))


def _listed(one: ListedUnit, there: Unit | None) -> Unit:
    """A unit as the office's list spells it; what the list leaves out the posyandu itself says."""
    own = there or Unit(one.id, "", one.name)
    return replace(
        own,
        name=one.name or own.name,
        village=one.village or own.village,
        kecamatan=one.district or own.kecamatan,
        kabupaten=one.regency or own.kabupaten,
        region_code=one.region_code or own.region_code,
        expected=True,
    )


def _of_unit(row: Row, unit: Unit) -> Row:
    names = (row.posyandu, row.kabupaten, row.kecamatan, row.village)
    if names == (unit.name, unit.kabupaten, unit.kecamatan, unit.village):
        return row
    return replace(
        row,
        posyandu=unit.name,
        kabupaten=unit.kabupaten,
        kecamatan=unit.kecamatan,
        village=unit.village,
    )
