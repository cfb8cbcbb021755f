"""The announcement of a changed service day: its words, its hour, and what corrects older posts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from itertools import count
from typing import Final

from content_kit.checks.announcements import ANNOUNCEMENT
from content_kit.context import came_back
from content_kit.files.ids import made_id
from content_kit.files.sandbox import join_words
from content_kit.files.workspace import Loaded
from content_kit.model import Bidang, Occurrence, OccurrenceRef, Pillar, Post, Posyandu
from content_kit.planning.page import Planned
from content_kit.planning.pages import Done, Pages, free_id
from content_kit.planning.write import post_lines
from content_kit.schedule.dates import clock, long_date, short_date
from content_kit.schedule.difference import Aspect, differences, listed

_EARLY, _LATE = time(6), time(21, 30)
"""Nobody is woken by an announcement, unless the service day itself is nearer than that."""
ROUND: Final = 5
"""Announcements go out at so many whole minutes."""
_NAME_MAX: Final = 18
"""Characters of a service day's name that the title of an announcement holds, of 60 in all."""
_MESSAGE_MAX: Final = 70


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
    title, message = words(after, known, again=again and not back, several=several)
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


def words(
    after: Occurrence, known: Occurrence, *, again: bool = False, several: bool = False
) -> tuple[str, str]:
    """Title and message of an announcement; they name no date, so a later change leaves them true.

    `known` is the day as people have it in mind. A posyandu with `several` service days says
    which of them is meant: two may share a day.
    """
    name = after.name if several and len(after.name) <= _NAME_MAX else "hari buka"
    name = f"{name[0].lower()}{name[1:]}"
    found = differences(known, after)
    message = f"{join_words(list(after.bring))} tetap dibawa, ya." if after.bring else ""
    if after.cancelled:
        title, message = f"mohon maaf, {name} kali ini batal.", ""
    elif Aspect.HOME in found:
        message = ""
        others = listed([each.value for each in found if each is not Aspect.HOME])
        title = "kali ini cukup tunggu di rumah, ya."
        if others:
            title = f"{others}nya berubah; kader yang datang ke rumah."
    elif len(found) == 1:
        title = {
            Aspect.DAY: f"mohon maaf, {f'{name} pindah hari' if several else 'harinya pindah. Catat, ya'}!",
            Aspect.PLACE: "tempatnya pindah. Sampai jumpa di sana!",
        }.get(found[0], "jamnya berubah. Catat, ya!")
    elif several:
        title = f"mohon maaf, {name} pindah {listed([*map(str, found)])}!"
    elif found:
        title = f"mohon maaf, {listed([*map(str, found)])}nya pindah. Catat, ya!"
    else:
        title = "catat jadwalnya, ya!"
    if again:
        return f"Berubah lagi: {title.removeprefix('mohon maaf, ')}", message
    return f"{title[0].upper()}{title[1:]}", message if len(message) <= _MESSAGE_MAX else ""


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
