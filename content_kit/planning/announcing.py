"""The announcement of a changed service day: its words, its hour, and what corrects older posts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from itertools import count
from typing import Final

from content_kit.checks.announcements import ANNOUNCEMENT
from content_kit.context import came_back
from content_kit.files.ids import made_id
from content_kit.files.workspace import Loaded
from content_kit.model import Bidang, Occurrence, OccurrenceRef, Pillar, Post, Posyandu
from content_kit.planning.page import Planned
from content_kit.planning.pages import Done, Pages, free_id
from content_kit.planning.write import post_lines
from content_kit.schedule.announcement import words
from content_kit.schedule.dates import clock, long_date, short_date
from content_kit.schedule.difference import differences

_EARLY, _LATE = time(6), time(21, 30)
"""Nobody is woken by an announcement, unless the service day itself is nearer than that."""
ROUND: Final = 5
"""Announcements go out at so many whole minutes."""


def announce(
    pages: Pages,
    loaded: Loaded,
    posyandu: Posyandu,
    after: Occurrence,
    about: list[Post],
    id: str,
    when: datetime,
    *,
    known: Occurrence,
    again: bool,
) -> None:
    """Add the announcement of what is different from what people `known`, for the moment `when`."""
    several = len(posyandu.service_days) > 1
    back = came_back(posyandu, after)
    title, message = words(
        after, differences(known, after), again=again and not back, several=several
    )
    title = back or title
    channels = tuple(dict.fromkeys(name for post in about for name in post.channels))
    duty = next((post.duty for post in reversed(about) if post.duty), "")
    post = Post(
        id=id,
        unit=posyandu.slug,
        date=when.date(),
        time=when.time(),
        pillar=Pillar.JADWAL,
        template=ANNOUNCEMENT,
        channels=channels or loaded.office.default_channels,
        bidang=about[0].bidang if about else Bidang.KESEHATAN,
        audience=after.audience,
        occurrence=OccurrenceRef(after.service_day, after.original),
        duty=duty,
        fields={"judul": title, "pesan": message} if message else {"judul": title},
    )
    lines = post_lines(Planned(post, "Pengumuman perubahan jadwal."))
    pages.add(posyandu.slug, post.date, list(lines))
    file = pages.workspace.relative(pages.month(posyandu.slug, when.date()))
    pages.done.append(
        Done(file, f"pengumuman {id} dibuat untuk {short_date(when.date())}, {clock(when.time())}.")
    )


def send_at(local: datetime, opening: datetime) -> datetime:
    """Now, to the next five minutes; at night the next morning, unless that were too late."""
    minutes = -(-(local.hour * 60 + local.minute) // ROUND) * ROUND
    midnight = datetime.combine(local.date(), time(0), local.tzinfo)
    now = midnight + timedelta(minutes=minutes)
    if _EARLY <= now.time() <= _LATE:
        return now
    morning = datetime.combine(now.date(), _EARLY, now.tzinfo)
    morning += timedelta(days=now.time() > _LATE)
    enough = opening - morning >= timedelta(hours=1) or opening < now
    return morning if enough else now


def new_id(loaded: Loaded, unit: str, ref: OccurrenceRef) -> str:
    """An id that is the same on every computer, and that no post has."""
    key = f"{ANNOUNCEMENT} {loaded.posyandu[unit].id} {ref.service_day} {ref.date}"
    wanted: Iterable[str] = (made_id(f"{key} {number}") for number in count(1))
    return free_id(wanted, (post.id for post in loaded.posts()))


def correction(post: Post, announcement: str, posyandu: Posyandu) -> str:
    """What to send where the old facts went out: the change first, then which message is void.

    `announcement` is the announcement's text for WhatsApp.
    """
    first, _, rest = announcement.partition("\n")
    void = (
        f"Pesan kami {long_date(post.date)}, {clock(post.time)} {posyandu.zone.name}, "
        "tidak berlaku lagi. Mohon maaf."
    )
    return f"{first}\n\n{void}\n{rest.strip(chr(10))}\n"
