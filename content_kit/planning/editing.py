"""Edits of a plan by hand's reach: shift posts by days, copy a post to other posyandu.

Moving, skipping and replacing one service day are changes without an announcement; see
`planning.change`. All edits are splices: what was not meant keeps its bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from content_kit.errors import UsageError
from content_kit.files import splice
from content_kit.files.calendars import made_id
from content_kit.files.workspace import Loaded, Workspace
from content_kit.findings import nearest
from content_kit.model import Occurrence, Post, Posyandu
from content_kit.planning.pages import Done, Pages, free_id
from content_kit.schedule.dates import short_date
from content_kit.schedule.occurrences import occurrences, resolve

_YEARS = timedelta(days=3660)
_NEAR = timedelta(days=62)


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit comes to, before a byte is written: `pages.save()` carries it out."""

    pages: Pages
    loaded: Loaded
    posts: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def done(self) -> tuple[Done, ...]:
        """Every change with its file, in words."""
        return tuple(self.pages.done)


def shift(workspace: Workspace, loaded: Loaded, posts: Iterable[Post], days: int) -> Edited:
    """Move these posts by a number of days, into other months' files where they must go."""
    if not days or abs(days) > _YEARS.days:
        raise UsageError("Sebut berapa hari: --days 7 maju seminggu, --days -1 mundur sehari.")
    pages, moved = Pages(workspace), []
    # From the far end, so that no post of the selection meets another on the way.
    for post in sorted(posts, key=lambda post: post.date, reverse=days > 0):
        new = post.date + timedelta(days=days)
        old, there = (_file(pages, post.unit, day) for day in (post.date, new))
        pages.redate(post, new)
        where = "" if there == old else f", sekarang di {there}"
        said = (
            f"postingan {post.id} pindah dari {short_date(post.date)} ke {short_date(new)}{where}."
        )
        pages.done.append(Done(old, said))
        moved.append(post.id)
    return Edited(pages, pages.loaded(loaded), tuple(moved))


def copy(workspace: Workspace, loaded: Loaded, id: str, units: Sequence[str]) -> Edited:
    """Copy a post to other posyandu, each with an id of its own.

    A post of a service day goes to that posyandu's own nearest service day and keeps its
    distance to it. What belongs to one posyandu alone (who is on duty, photos) does not travel.
    """
    post = next((post for post in loaded.posts() if post.id == id), None)
    if post is None:
        raise UsageError(
            f'Postingan "{id}" tidak ada. Jalankan content-kit check untuk melihatnya.'
        )
    for unit in units:
        if unit not in loaded.posyandu:
            raise UsageError(
                f'Posyandu "{unit}" tidak ada. {nearest(unit, loaded.posyandu)}'.strip()
            )
    pages = Pages(workspace)
    taken = {each.id for each in loaded.posts()}
    source = pages.lines(post)
    copies, notes = [], []
    for unit in dict.fromkeys(units):
        target = loaded.posyandu[unit]
        if unit == post.unit:
            notes.append(f"{target.name}: postingan ini memang miliknya, jadi tidak disalin.")
            continue
        found = _counterpart(post, loaded.posyandu[post.unit], target)
        if post.occurrence is not None and found is None:
            notes.append(f"{target.name}: tidak ada hari buka di sekitar tanggal itu.")
            continue
        new_id = free_id((made_id(f"{post.id} {target.id} {n}") for n in count(1)), taken)
        taken.add(new_id)
        day = post.date
        if found is not None:
            mine, other = found
            day = other.date + (post.date - mine.date)
        lines, lost = _copied(source, new_id, day, found[1] if found else None)
        pages.add(unit, day, lines)
        pages.done.append(
            Done(
                _file(pages, unit, day), f"salinan {new_id} untuk {short_date(day)}, {target.name}."
            )
        )
        if lost:
            notes.append(f"{target.name}: isi lagi {', '.join(lost)}; itu milik {post.unit}.")
        copies.append(new_id)
    return Edited(pages, pages.loaded(loaded), tuple(copies), tuple(notes))


def _counterpart(
    post: Post, mine: Posyandu, other: Posyandu
) -> tuple[Occurrence, Occurrence] | None:
    """The service day of a post and the other posyandu's nearest; of the same name if it has one."""
    here = resolve(mine, post.occurrence) if post.occurrence else None
    if here is None:
        return None
    near, _ = occurrences(other, here.date - _NEAR, here.date + _NEAR)
    open_days = [each for each in near if not each.cancelled]
    same = [each for each in open_days if each.service_day == here.service_day]
    month = [each for each in same or open_days if _month(each.date) == _month(here.date)]
    best = min(
        month or same or open_days, key=lambda each: abs(each.date - here.date), default=None
    )
    return (here, best) if best else None


def _copied(
    lines: Sequence[str], id: str, day: date, occurrence: Occurrence | None
) -> tuple[list[str], list[str]]:
    """The lines of a post for another posyandu, and the names of what could not travel."""
    # The reason in the comment speaks of the other posyandu's calendar.
    text = "\n".join(line for line in _without_remark(lines))
    values: list[tuple[splice.Path, splice.Value]] = [((0, "tanggal"), day.isoformat())]
    if occurrence is not None:
        values += [
            ((0, "acara", "hari_buka"), occurrence.service_day),
            ((0, "acara", "tanggal"), occurrence.original.isoformat()),
        ]
        if occurrence.audience and splice.has(text, (0, "sasaran")):
            values.append(((0, "sasaran"), [group.value for group in occurrence.audience]))
    if splice.has(text, (0, "id")):
        text = splice.set_values(text, [*values, ((0, "id"), id)])
    else:
        text = splice.set_value(splice.set_values(text, values), (0, "id"), id, first=True)
    lost = []
    for path in ((0, "petugas"), (0, "isi", "foto")):
        if splice.has(text, path):
            text = splice.remove_item(text, path)
            lost.append(str(path[-1]))
    return text.split("\n"), lost


def _without_remark(lines: Sequence[str]) -> Sequence[str]:
    first = next(number for number, line in enumerate(lines) if not re.match(r"\s*#", line))
    return lines[first:]


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _file(pages: Pages, unit: str, day: date) -> str:
    return pages.workspace.relative(pages.month(unit, day))
