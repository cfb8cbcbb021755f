"""A service day that is different: the change itself, its posts, the announcement, the corrections.

Somebody says at eight in the evening that the hall is taken. One order writes the change into
posyandu.yaml, moves or drops the posts that did not go out yet, adds the announcement, and names
what already went out with the old facts. All of it is spliced: other posts keep their bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Final

from content_kit.checks.announcements import ANNOUNCEMENT
from content_kit.context import came_back
from content_kit.errors import UsageError
from content_kit.files import splice
from content_kit.files.ids import made_id
from content_kit.files.records import Decision, require
from content_kit.files.safe_text import normal
from content_kit.files.workspace import Loaded, Workspace
from content_kit.findings import Finding, clipped
from content_kit.model import (
    Bidang,
    Change,
    Hours,
    Occurrence,
    OccurrenceRef,
    Pillar,
    Post,
    Posyandu,
    ServiceDay,
)
from content_kit.planning.page import Planned
from content_kit.planning.pages import Done, Pages, free_id
from content_kit.planning.posted import Posted, read_proofs
from content_kit.planning.write import post_lines
from content_kit.schedule.announcement import words
from content_kit.schedule.dates import clock, hours, long_date, plain_date, short_date
from content_kit.schedule.holidays import Holidays, clash, clash_finding
from content_kit.schedule.occurrences import missing, occurrences, resolve, usual

TEMPLATE: Final = ANNOUNCEMENT
REASON_MAX: Final = 90
"""Characters of a reason: so many that a picture still shows it."""

_REACH: Final = timedelta(days=62)
_EARLY, _LATE = time(6), time(21, 30)
"""Nobody is woken by an announcement, unless the service day itself is nearer than that."""
_ROUND: Final = 5
_KEYS: Final = ("pindah_ke", "jam", "tempat", "kunjungan_rumah", "batal")


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants to be different on one day. `day` is the original date or the one that holds.

    `by` is whoever orders it, by their id in `orang.yaml`: they stand for the reason.
    """

    unit: str
    day: date
    reason: str
    service_day: str = ""
    moved_to: date | None = None
    place: str = ""
    hours: Hours | None = None
    home_visit: bool = False
    cancelled: bool = False
    by: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A post that went out with the old facts, and where."""

    post: Post
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an order comes to, before a byte is written: `pages.save()` carries it out.

    `announcement` is the id of the post that tells, new or from an earlier run of the same
    order. `stale` are posts as they were before, whose finished pictures are out of date.
    `replaced` tells that an announcement nobody had recorded as sent was taken away.
    """

    unit: str
    pages: Pages
    loaded: Loaded
    before: Occurrence
    after: Occurrence
    announcement: str
    touched: tuple[str, ...]
    stale: tuple[Post, ...]
    told: tuple[Told, ...]
    findings: tuple[Finding, ...]
    replaced: bool = False

    @property
    def done(self) -> tuple[Done, ...]:
        """Every change with its file, in words."""
        return tuple(self.pages.done)

    @property
    def recalled(self) -> bool:
        """Whether the only announcement was taken away, and no other tells what holds now."""
        return self.replaced and not self.announcement


def change(
    workspace: Workspace,
    loaded: Loaded,
    order: Order,
    now: datetime,
    *,
    announce: bool = True,
    done: Mapping[str, tuple[str, ...]] | None = None,
) -> Outcome:
    """Work out an order. UsageError for a unit, a day or a wish that cannot be.

    UnreadableFile while a file that the change rests on cannot be read.

    Without `announce` nothing is told: for plans that nobody has seen yet. `done` are the posts
    that somebody wrote down as posted, with their channels.
    """
    posyandu = loaded.posyandu.get(order.unit)
    if posyandu is None:
        require(loaded.findings, Decision.CHANGE, order.unit)
        units = ", ".join(sorted(loaded.posyandu)) or "belum ada"
        raise UsageError(f'Posyandu "{order.unit}" tidak ada. Yang ada: {units}.')
    local = now.astimezone(posyandu.zone.tz)
    before = _meant(posyandu, order)
    order = _checked(order, before, local)
    new = _wanted(posyandu, before, order)
    ref = OccurrenceRef(before.service_day, before.original)
    around = (before.original + timedelta(days=days) for days in (-31, 0, 31))
    require(loaded.findings, Decision.CHANGE, order.unit, {f"{day:%Y-%m}" for day in around})
    posted = read_proofs(loaded, posyandu, now, done)
    about = [post for post in loaded.posts(order.unit) if post.occurrence == ref]
    announcements = [post for post in about if post.template == TEMPLATE]
    sent = [post for post in announcements if posted.announced(post)]
    waiting = [post for post in announcements if post not in sent]
    heard = _heard(announcements, about, posted)
    after_unit = _with_change(posyandu, before.service_day, new)
    after = resolve(after_unit, ref)
    assert after is not None  # `before` came from the same rule
    differs = _facts(before) != _facts(after)
    if before.change is None and not differs:
        raise UsageError(
            f"Hari buka {long_date(before.date)} memang begitu: tidak ada yang berubah."
        )
    knows = before.change.told if before.change else None
    if differs and before.change and ((sent and not waiting) or (heard and not sent)):
        knows = replace(before.change, reason="", told=None, confirmed_by="")
    if knows is not None and knows.empty:
        knows = None
    silent = new.empty and knows is None
    after_unit = _with_change(
        posyandu, before.service_day, replace(new, told=knows), keep=not silent or bool(sent)
    )
    after = resolve(after_unit, ref)
    assert after is not None
    pages = Pages(workspace)
    _write_change(pages, posyandu, after_unit, before, after)
    told, stale, touched = [], [], []
    first = min((post.instant(posyandu.zone) for post in announcements), default=None)
    for post in about:
        channels = posted.announced(post) if post.template == TEMPLATE else posted.channels(post)
        if channels:
            # Back on its regular day, what went out before the first change is right again.
            right = new.empty and (silent or (first and post.instant(posyandu.zone) < first))
            # A recap speaks of a day that was; the announcement of this very change is right.
            if (
                not right
                and post.pillar is not Pillar.KEGIATAN
                and (differs or post.template != TEMPLATE)
            ):
                told.append(Told(post, channels))
        elif post not in waiting and differs:
            fate = _follow(pages, post, before, after, posted)
            if fate != "left":
                stale.append(post)
            if fate == "moved":
                touched.append(post.id)
    announcement = announcements[-1].id if announcements else ""
    telling = announce and not silent and (differs or not announcements)
    # Whoever goes back before anybody was told leaves nothing to announce.
    replaced = waiting if telling or (silent and differs) else []
    for post in replaced:
        pages.drop(post)
        stale.append(post)
    if telling:
        announcement = waiting[0].id if waiting else _new_id(loaded, order.unit, ref)
        when = send_at(local, _first_start(posyandu, before, after))
        for old in sent:  # the newest is the one that holds, also within the same five minutes
            earlier = old.instant(posyandu.zone).astimezone(when.tzinfo)
            when = max(when, earlier + timedelta(minutes=_ROUND))
        back = came_back(after_unit, after)
        _announce(
            pages, loaded, posyandu, after, about, announcement, when, again=bool(sent), back=back
        )
    elif replaced:
        announcement = sent[-1].id if sent else ""
        for post in replaced:
            pages.done.append(
                Done(
                    workspace.relative(pages.month(post.unit, post.date)),
                    f"pengumuman {post.id} dihapus, karena belum tercatat terkirim.",
                )
            )
    return Outcome(
        order.unit,
        pages,
        pages.loaded(loaded),
        before,
        after,
        announcement,
        tuple(touched),
        tuple(stale),
        tuple(told),
        tuple(_clash(loaded, after_unit, before, after)),
        replaced=bool(replaced) and differs,
    )


def recall(outcome: Outcome) -> str:
    """What to send where an announcement went out that was taken away: all is as it was.

    Nobody recorded it as sent, but it may be: its text could be copied from the moment it was made.
    """
    posyandu, day = outcome.loaded.posyandu[outcome.unit], outcome.after
    when = f"{long_date(day.date)}, {hours(day.hours, posyandu.zone)}"
    return (
        f"*KEMBALI: {when}, {day.place}*\n\n"
        f"Jadwal {posyandu.name} di {posyandu.village} kembali seperti semula. "
        "Kabar sebelumnya, yang lain dari ini, tidak berlaku lagi. Mohon maaf.\n\n"
        "Tolong sampaikan juga kepada tetangga, ya.\n"
    )


def correction(told: Told, announcement: str, posyandu: Posyandu) -> str:
    """What to send where the old facts went out: the change first, then which message is void.

    `announcement` is the announcement's text for WhatsApp.
    """
    first, _, rest = announcement.partition("\n")
    post = told.post
    void = (
        f"Pesan kami {long_date(post.date)}, {clock(post.time)} {posyandu.zone.name}, "
        "tidak berlaku lagi. Mohon maaf."
    )
    return f"{first}\n\n{void}\n{rest.strip(chr(10))}\n"


# The order


def _meant(posyandu: Posyandu, order: Order) -> Occurrence:
    """The service day an order speaks of, by its original date or by the one that holds."""
    known = [day.id for day in posyandu.service_days]
    if order.service_day and order.service_day not in known:
        raise UsageError(
            f'Hari buka "{order.service_day}" tidak ada. Yang ada: {", ".join(known) or "belum ada"}.'
        )
    ids = [order.service_day] if order.service_day else known
    refs = (OccurrenceRef(id, order.day) for id in ids)
    found = [occurrence for ref in refs if (occurrence := resolve(posyandu, ref))]
    if not found:
        coming, _ = occurrences(posyandu, order.day, order.day)
        found = [occurrence for occurrence in coming if occurrence.service_day in ids]
    if len(found) > 1:
        names = ", ".join(occurrence.service_day for occurrence in found)
        raise UsageError(
            f"Pada {long_date(order.day)} ada lebih dari satu hari buka. Sebut salah satu: --day ({names})."
        )
    if not found:
        for id in ids:
            reason = missing(posyandu, OccurrenceRef(id, order.day))
            if reason is not None:
                raise UsageError(f"{posyandu.name}: {reason.reason} {reason.hint}")
        raise UsageError(f"{posyandu.name} belum punya hari buka. Isi dulu di posyandu.yaml.")
    return found[0]


def _checked(order: Order, before: Occurrence, local: datetime) -> Order:
    """The order with its words cleaned; UsageError when it cannot be."""
    reason = " ".join(normal(order.reason).split()).rstrip(".")
    place = " ".join(normal(order.place).split())
    wishes = (order.moved_to, place, order.hours, order.home_visit, order.cancelled)
    if not any(wishes):
        raise UsageError(
            "Apa yang berubah? Sebut --to, --place, --time, --home-visit, atau --cancel."
        )
    if order.cancelled and any(wishes[:4]):
        raise UsageError("Hari yang batal tidak dapat sekaligus pindah atau berubah.")
    if place and order.home_visit:
        raise UsageError("Pilih salah satu: --place atau --home-visit.")
    if not reason:
        raise UsageError('Sebut alasannya: --because "Balai dipakai rapat desa".')
    if len(reason) > REASON_MAX:
        raise UsageError(f"Alasannya {len(reason)} huruf, paling banyak {REASON_MAX}.")
    today = local.date()
    if before.date < today and not before.cancelled:
        raise UsageError(f"Hari buka {long_date(before.date)} sudah lewat, jadi tidak diubah.")
    if order.moved_to is not None and order.moved_to < today:
        raise UsageError(f"Tanggal baru {long_date(order.moved_to)} sudah lewat.")
    return replace(order, reason=reason, place=place)


def _wanted(posyandu: Posyandu, before: Occurrence, order: Order) -> Change:
    """What is different after the order; what an earlier change said and the order does not, stays."""
    old = before.change or Change(before.original)
    if order.cancelled:
        return Change(before.original, order.reason, cancelled=True, confirmed_by=order.by)
    rule = usual(posyandu, before)
    place = order.place or (None if order.home_visit else old.place)
    moved, span = order.moved_to or old.moved_to, order.hours or old.hours
    return Change(
        before.original,
        order.reason,
        moved_to=moved if moved != before.original else None,
        place=place if place != rule.place else None,
        hours=span if span != rule.hours else None,
        home_visit=order.home_visit or (old.home_visit and not order.place),
        confirmed_by=order.by,
    )


def _with_change(
    posyandu: Posyandu, service_day: str, new: Change, *, keep: bool = True
) -> Posyandu:
    """The posyandu with this change of one day, or without any when there is none to `keep`."""
    day = posyandu.service_day(service_day)
    assert day is not None
    kept = tuple(c for c in day.changes if c.date != new.date)
    changed = replace(day, changes=(*kept, *([new] if keep else [])))
    days = tuple(changed if each is day else each for each in posyandu.service_days)
    return replace(posyandu, service_days=days)


def _heard(announcements: list[Post], about: list[Post], posted: Posted) -> bool:
    """Whether people know of a change from another post, which went out after it was made.

    An announcement is made for the moment of its change; a reminder after that had the new facts.
    """
    zone = posted.posyandu.zone
    made = min((post.instant(zone) for post in announcements), default=None)
    return made is not None and any(
        post.instant(zone) > made and posted.channels(post)
        for post in about
        if post.template != TEMPLATE and post.pillar is not Pillar.KEGIATAN
    )


def _facts(occurrence: Occurrence) -> tuple[object, ...]:
    return (occurrence.date, occurrence.hours, occurrence.place, occurrence.cancelled)


def _clash(
    loaded: Loaded, posyandu: Posyandu, before: Occurrence, after: Occurrence
) -> Iterator[Finding]:
    """A new day that is a holiday or has a service day already is told, never refused."""
    if after.date == before.date or after.cancelled:
        return
    there, _ = occurrences(posyandu, after.date, after.date)
    for other in there:
        if other.original != after.original and not other.cancelled and _overlap(other, after):
            yield Finding(
                "jam-bentrok",
                f"{long_date(after.date)} jam {_hours(other.hours)} sudah ada {other.name}.",
                hint="Pilih tanggal atau jam lain, atau batalkan salah satu.",
            )
    book = Holidays(loaded.holidays)
    found = clash(after.date, book, chosen_weekday=after.date.weekday() == 6)
    if found is not None:
        near, _ = occurrences(posyandu, after.date - _REACH, after.date + _REACH)
        said = f"tanggal baru {long_date(after.date)}"
        yield clash_finding(after.date, found, book, [each.date for each in near], said=said)


def _overlap(one: Occurrence, other: Occurrence) -> bool:
    def end(occurrence: Occurrence) -> time:
        return occurrence.hours.end or time.max

    return one.hours.start < end(other) and other.hours.start < end(one)


# posyandu.yaml


def _write_change(
    pages: Pages, old: Posyandu, new: Posyandu, before: Occurrence, after: Occurrence
) -> None:
    day, changed = old.service_day(before.service_day), new.service_day(before.service_day)
    assert day is not None and changed is not None
    number = old.service_days.index(day)
    path = pages.profile(old.slug)
    text = pages.text(path)
    where: splice.Path = ("hari_buka", _number_of(text, day, number), "perubahan")
    numbers = [each.date for each in day.changes]
    wish = next((each for each in changed.changes if each.date == before.original), None)
    entry = _entry(wish) if wish else {}
    if wish is None:
        edited = text
        if before.original in numbers:
            place = splice.number_of(text, where, "tanggal", before.original.isoformat())
            alone = len(numbers) == 1
            edited = splice.remove_item(text, where if alone else (*where, place))
    elif before.original not in numbers:
        edited = splice.add_item(text, where, {"tanggal": before.original.isoformat(), **entry})
    else:
        at: splice.Path = (
            *where,
            splice.number_of(text, where, "tanggal", before.original.isoformat()),
        )
        there = _entry(day.changes[numbers.index(before.original)])
        edited = splice.set_values(
            text, [((*at, key), value) for key, value in entry.items() if there.get(key) != value]
        )
        for key in there:
            if key not in entry:
                edited = splice.remove_item(edited, (*at, key))
    if edited != text:
        pages.put(path, edited, _in_words(before, after))


def _number_of(text: str, day: ServiceDay, otherwise: int) -> int:
    """Where a service day stands in its file: broken ones before it were left out in reading."""
    found = splice.number_of(text, ("hari_buka",), "id", day.id)
    return otherwise if found < 0 else found


def _entry(change: Change) -> dict[str, splice.Value]:
    """A change as the keys of `perubahan`, those that say nothing left out."""
    entry: dict[str, splice.Value] = {**_wishes(change)}
    if change.told is not None:
        entry["diumumkan"] = {**_wishes(change.told)}
    if change.reason:
        entry["alasan"] = change.reason
    if change.confirmed_by:
        entry["dipastikan"] = change.confirmed_by
    return entry


def _wishes(change: Change) -> dict[str, str]:
    values = (
        change.moved_to.isoformat() if change.moved_to else "",
        _hours(change.hours) if change.hours else "",
        change.place or "",
        "ya" if change.home_visit else "",
        "ya" if change.cancelled else "",
    )
    return {key: value for key, value in zip(_KEYS, values, strict=True) if value}


def _hours(hours: Hours) -> str:
    return f"{clock(hours.start)}-{clock(hours.end) if hours.end else 'selesai'}"


def _in_words(before: Occurrence, after: Occurrence) -> str:
    said = f"hari buka {long_date(before.original)}"
    if after.cancelled:
        return f"{said} batal."
    parts = []
    if after.date == after.original != before.date:
        parts.append("kembali ke tanggal itu")
    elif after.date != before.date or before.cancelled:
        parts.append(f"menjadi {long_date(after.date)}")
    if after.hours != before.hours:
        parts.append(f"jam {_hours(after.hours)}")
    if after.place != before.place:
        parts.append(f"di {after.place}")
    return f"{said} {', '.join(parts) or 'diberi alasan baru'}."


# The posts of the day


def _follow(pages: Pages, post: Post, before: Occurrence, after: Occurrence, posted: Posted) -> str:
    """Let a post that did not go out follow its service day: "moved", "dropped" or "left"."""
    file = pages.workspace.relative(pages.month(post.unit, post.date))
    name = f"postingan {post.id} {_title(post)}".rstrip()
    if after.cancelled:
        pages.drop(post)
        pages.done.append(Done(file, f"{name} dihapus, karena hari bukanya batal."))
        return "dropped"
    shift = after.date - before.date
    new = post.date + shift
    moved = replace(post, date=new)
    late = post.pillar is not Pillar.KEGIATAN and posted.over(moved)
    if late and not posted.over(post):
        pages.drop(post)
        pages.done.append(
            Done(file, f"{name} dihapus: untuk hari yang baru, waktunya sudah lewat.")
        )
        return "dropped"
    if not shift or posted.over(moved):
        return "left" if shift else "moved"
    pages.redate(post, new, (before.date, after.date))
    to = pages.workspace.relative(pages.month(post.unit, new))
    there = "" if to == file else f", sekarang di {to}"
    pages.done.append(
        Done(file, f"{name} pindah dari {short_date(post.date)} ke {short_date(new)}{there}.")
    )
    return "moved"


def _title(post: Post) -> str:
    title = post.fields.get("judul")
    return f'("{clipped(title, 32)}")' if isinstance(title, str) and title else ""


# The announcement


def _announce(
    pages: Pages,
    loaded: Loaded,
    posyandu: Posyandu,
    after: Occurrence,
    about: list[Post],
    id: str,
    when: datetime,
    *,
    again: bool,
    back: str,
) -> None:
    several = len(posyandu.service_days) > 1
    title, message = words(after, again=again and not back, several=several)
    title = back or title
    channels = tuple(dict.fromkeys(name for post in about for name in post.channels))
    duty = next((post.duty for post in reversed(about) if post.duty), "")
    post = Post(
        id=id,
        unit=posyandu.slug,
        date=when.date(),
        time=when.time(),
        pillar=Pillar.JADWAL,
        template=TEMPLATE,
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


def _first_start(posyandu: Posyandu, before: Occurrence, after: Occurrence) -> datetime:
    """When the first person might set out in vain: the earlier of the old and the new opening."""
    starts = [datetime.combine(o.date, o.hours.start, posyandu.zone.tz) for o in (before, after)]
    return min(starts)


def send_at(local: datetime, opening: datetime) -> datetime:
    """Now, to the next five minutes; at night the next morning, unless that were too late."""
    minutes = -(-(local.hour * 60 + local.minute) // _ROUND) * _ROUND
    midnight = datetime.combine(local.date(), time(0), local.tzinfo)
    now = midnight + timedelta(minutes=minutes)
    if _EARLY <= now.time() <= _LATE:
        return now
    morning = datetime.combine(now.date(), _EARLY, now.tzinfo)
    morning += timedelta(days=now.time() > _LATE)
    enough = opening - morning >= timedelta(hours=1) or opening < now
    return morning if enough else now


def _new_id(loaded: Loaded, unit: str, ref: OccurrenceRef) -> str:
    """An id that is the same on every computer, and that no post has."""
    key = f"{TEMPLATE} {loaded.posyandu[unit].id} {ref.service_day} {ref.date}"
    wanted: Iterable[str] = (made_id(f"{key} {number}") for number in count(1))
    return free_id(wanted, (post.id for post in loaded.posts()))


def headline(outcome: Outcome) -> str:
    """One sentence about what holds now."""
    after = outcome.after
    if after.cancelled:
        return f"Hari buka {plain_date(after.original)} batal."
    if after.change is not None and after.change.home_visit and not after.change.place:
        return f"Sekarang: {long_date(after.date)}, jam {_hours(after.hours)}, kader ke rumah."
    return f"Sekarang: {long_date(after.date)}, jam {_hours(after.hours)}, {after.place}."
