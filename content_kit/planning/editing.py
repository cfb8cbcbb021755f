"""Edits of a plan by hand's reach: move, copy and delete posts, also to other posyandu.

Moving, skipping and replacing one service day are changes without an announcement; see
`planning.change`. All edits are splices: what was not meant keeps its bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from itertools import count

from content_kit.errors import UsageError
from content_kit.files import splice
from content_kit.files.ids import made_id
from content_kit.files.workspace import Loaded, Workspace
from content_kit.findings import clipped, nearest
from content_kit.model import Occurrence, Pillar, Post, Posyandu
from content_kit.planning.pages import Done, Pages, find, free_id
from content_kit.schedule.dates import clock, short_date
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


def move(
    workspace: Workspace, loaded: Loaded, post: Post, day: date, at: time | None = None
) -> Edited:
    """Put a post on a day, and at a time when one is named; a service day it follows stays."""
    post = there(loaded, post)
    pages = Pages(workspace)
    if day != post.date:
        pages.redate(post, day)
    if at is not None and at != post.time:
        path = pages.month(post.unit, day)
        text = pages.text(path)
        where = ("postingan", find(text, replace(post, date=day)), "jam")
        pages.put(path, splice.set_value(text, where, clock(at)))
    new = replace(post, date=day, time=at or post.time)
    if new != post:
        said = f"{named(post)} pindah dari {_when(post)} ke {_when(new, post)}."
        pages.done.append(Done(_file(pages, post.unit, day), said))
    notes = (note,) if (note := late(loaded, post, day)) else ()
    return Edited(pages, pages.loaded(loaded), (post.id,), notes)


def copy_to(
    workspace: Workspace, loaded: Loaded, post: Post, day: date, at: time | None = None
) -> Edited:
    """Copy a post to another day of its own posyandu, with all that belongs to it."""
    post = there(loaded, post)
    pages = Pages(workspace)
    if day == post.date and at in (None, post.time):
        raise UsageError("Salinannya jatuh di hari dan jam yang sama. Pilih hari lain.")
    key = f"{post.id} {loaded.posyandu[post.unit].id} {day}"
    taken = {each.id for each in loaded.posts()}
    id = free_id((made_id(f"{key} {number}") for number in count(1)), taken)
    lines, _ = _copied(pages.lines(post), id, day, None, own=True)
    if at is not None:
        lines = splice.set_value("\n".join(lines), (0, "jam"), clock(at)).split("\n")
    pages.add(post.unit, day, lines)
    new = replace(post, date=day, time=at or post.time)
    said = f"{named(post)} disalin ke {_when(new, post)}."
    pages.done.append(Done(_file(pages, post.unit, day), said))
    notes = (note,) if (note := late(loaded, post, day)) else ()
    return Edited(pages, pages.loaded(loaded), (id,), notes)


def delete(workspace: Workspace, loaded: Loaded, posts: Iterable[Post]) -> Edited:
    """Take posts out of the plan."""
    pages, gone = Pages(workspace), []
    for post in [there(loaded, post) for post in posts]:
        pages.drop(post)
        said = f"{named(post)} ({short_date(post.date)}) dihapus."
        pages.done.append(Done(_file(pages, post.unit, post.date), said))
        gone.append(post.id)
    return Edited(pages, pages.loaded(loaded), tuple(gone))


def there(loaded: Loaded, post: Post) -> Post:
    """A post as it is now: by its id, else the one that only got an id since it was read."""
    own = [each for each in loaded.posts(post.unit) if each.id == post.id]
    own = own or [
        each
        for each in loaded.posts(post.unit)
        if replace(each, id=post.id) == post and "id" not in post.places
    ]
    if not own:
        raise UsageError(f"{named(post)} tidak ada lagi. Muat ulang, lalu coba sekali lagi.")
    return own[0]


def late(loaded: Loaded, post: Post, day: date) -> str:
    """The kind word for an announcement that a day would put after its service day, else ""."""
    opening = opening_before(loaded, post, day)
    if opening is None:
        return ""
    return f"Hari bukanya {short_date(opening)}, jadi pengumuman ini datang terlambat."


def opening_before(loaded: Loaded, post: Post, day: date) -> date | None:
    """The service day that a post announces, when a day lies after it; a story may come later."""
    if post.occurrence is None or post.pillar is Pillar.KEGIATAN:
        return None
    occurrence = resolve(loaded.posyandu[post.unit], post.occurrence)
    return occurrence.date if occurrence is not None and occurrence.date < day else None


def named(post: Post) -> str:
    """A post in a sentence: its title in quotes, else its id."""
    title = post.fields.get("judul")
    words = title if isinstance(title, str) and title.strip() else ""
    return f'"{clipped(words, 32)}"' if words else f"postingan {post.id}"


def copy(workspace: Workspace, loaded: Loaded, post: Post, units: Sequence[str]) -> Edited:
    """Copy a post to other posyandu, each with an id of its own.

    A post of a service day goes to that posyandu's own nearest service day and keeps its
    distance to it. What belongs to one posyandu alone (who is on duty, photos) does not travel.
    """
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
    lines: Sequence[str], id: str, day: date, occurrence: Occurrence | None, *, own: bool = False
) -> tuple[list[str], list[str]]:
    """The lines of a post for another place, and the names of what could not travel there.

    Within its `own` posyandu everything travels.
    """
    # The reason in the comment speaks of another day, or of another posyandu's calendar.
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
    for path in () if own else ((0, "petugas"), (0, "isi", "foto")):
        if splice.has(text, path):
            text = splice.remove_item(text, path)
            lost.append(str(path[-1]))
    return text.split("\n"), lost


def _without_remark(lines: Sequence[str]) -> Sequence[str]:
    first = next(number for number, line in enumerate(lines) if not re.match(r"\s*#", line))
    return lines[first:]


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _when(post: Post, before: Post | None = None) -> str:
    """`Sel, 8 Des`, with the time where that changed."""
    at = f" jam {clock(post.time)}" if before and before.time != post.time else ""
    return short_date(post.date) + at


def _file(pages: Pages, unit: str, day: date) -> str:
    return pages.workspace.relative(pages.month(unit, day))
