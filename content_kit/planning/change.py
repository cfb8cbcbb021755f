"""A service day that is different: the change itself, its posts, the announcement, the corrections.

Somebody says at eight in the evening that the hall is taken. One order writes the change into
posyandu.yaml, moves or drops the posts that did not go out yet, adds the announcement, and names
what already went out with the old facts. All of it is spliced: other posts keep their bytes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Final

from content_kit.checks.announcements import ANNOUNCEMENT
from content_kit.errors import UsageError
from content_kit.files.records import Decision, require, unreadable
from content_kit.files.sent import GONE
from content_kit.files.workspace import Loaded, Workspace
from content_kit.findings import Finding, clipped
from content_kit.model import Occurrence, Pillar, Post, Posyandu
from content_kit.planning.announcing import ROUND, new_id, send_at
from content_kit.planning.announcing import announce as tell
from content_kit.planning.change_entry import span_text, with_change, write_change
from content_kit.planning.change_order import Order, checked, day_meant, wanted
from content_kit.planning.change_told import Telling, Told, resolved
from content_kit.planning.pages import Done, Pages
from content_kit.planning.posted import Posted, read_proofs
from content_kit.planning.situation import (
    Case,
    Situation,
    case_of,
    kept,
)
from content_kit.schedule.dates import long_date, short_date
from content_kit.schedule.difference import day_beside
from content_kit.schedule.holidays import Holidays, clash, clash_finding
from content_kit.schedule.occurrences import occurrences

_REACH: Final = timedelta(days=62)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an order comes to, before a byte is written: `pages.save()` carries it out.

    `announcement` is the id of the post that tells what holds, new or from before; "" when none
    does. `stale` are posts as they were before, whose finished pictures are out of date.
    """

    unit: str
    case: Case
    pages: Pages
    loaded: Loaded
    before: Occurrence
    after: Occurrence
    announcement: str
    touched: tuple[str, ...]
    stale: tuple[Post, ...]
    told: tuple[Told, ...]
    findings: tuple[Finding, ...]

    @property
    def done(self) -> tuple[Done, ...]:
        """Every change with its file, in words."""
        return tuple(self.pages.done)


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
    posyandu = _posyandu(loaded, order.unit)
    local = now.astimezone(posyandu.zone.tz)
    before = day_meant(posyandu, order)
    order = checked(order, before, local)
    around = (before.original + timedelta(days=days) for days in (-31, 0, 31))
    months = {f"{day:%Y-%m}" for day in around}
    require(loaded.findings, Decision.CHANGE, order.unit, months)
    for calendar in loaded.calendars:  # a post that is not read may follow this day, and be sent
        if calendar.unit == order.unit and f"{calendar.month:%Y-%m}" in months and calendar.unread:
            raise unreadable(calendar.unread[0], Decision.CHANGE)
    about = Telling(loaded, posyandu, before, read_proofs(loaded, posyandu, now, done), order.sent)
    new = wanted(posyandu, before, order)
    situation = about.situation(new, aloud=announce)
    if before.change is None and not situation.differs:
        raise UsageError(
            f"Hari buka {long_date(before.date)} memang begitu: tidak ada yang berubah."
        )
    case, deed = case_of(situation)
    drops = [about.heard.newest] if deed.drops and situation.unsent and about.heard.newest else []
    new = replace(new, told=kept(situation))
    if before.change is not None and not situation.differs:
        new = replace(new, told=before.change.told)
    keep = not new.empty or new.told is not None or len(about.announcements) > len(drops)
    after_unit = with_change(posyandu, before.service_day, new, keep=keep or deed.tells)
    after = resolved(after_unit, about.ref)
    pages = Pages(workspace)
    write_change(pages, posyandu, after_unit, before, after)
    stale, touched = _posts(pages, about, situation)
    for post in drops:
        pages.drop(post)
    remaining = [post for post in about.announcements if post not in drops]
    announcement = remaining[-1].id if remaining else ""
    if deed.tells:
        announcement = drops[0].id if drops else new_id(loaded, order.unit, about.ref)
        when = send_at(local, _first_start(posyandu, before, after))
        for old in remaining:  # the newest is the one that holds, also within the same five minutes
            earlier = old.instant(posyandu.zone).astimezone(when.tzinfo)
            when = max(when, earlier + timedelta(minutes=ROUND))
        tell(
            pages, loaded, after_unit, after, about.posts, announcement, when,
            known=situation.told, again=situation.again,
        )  # fmt: skip
    else:
        for post in drops:
            file = workspace.relative(pages.month(post.unit, post.date))
            pages.done.append(Done(file, f"pengumuman {post.id} dihapus, karena belum dikirim."))
    return Outcome(
        unit=order.unit,
        case=case,
        pages=pages,
        loaded=pages.loaded(loaded),
        before=before,
        after=after,
        announcement=announcement,
        touched=tuple(touched),
        stale=(*stale, *drops),
        told=tuple(about.wrong(after)) if case is not Case.TAKEN_BACK else (),
        findings=(
            *_gone(loaded, order.unit, months),
            *_clash(loaded, after_unit, before, after),
        ),
    )


def _posyandu(loaded: Loaded, unit: str) -> Posyandu:
    return loaded.unit(unit)


def _posts(pages: Pages, about: Telling, situation: Situation) -> tuple[list[Post], list[str]]:
    """Let the posts that did not go out follow: those whose pictures are stale, and the ids that moved."""
    stale, touched = [], []
    for post in about.posts if situation.differs else ():
        if post.template == ANNOUNCEMENT or about.posted.channels(post):
            continue
        fate = _follow(pages, post, situation.before, situation.after, about.posted)
        if fate != "left":
            stale.append(post)
        if fate == "moved":
            touched.append(post.id)
    return stale, touched


def _gone(loaded: Loaded, unit: str, months: Collection[str]) -> Iterator[Finding]:
    """Posts that went out and that no plan has: nothing here can say what they told of this day."""
    proofs = {f"calendars/{unit}/hasil/{month}.yaml" for month in months}
    return (f for f in loaded.findings if f.code == GONE and f.place.file in proofs)


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
                f"{long_date(after.date)} jam {span_text(other.hours)} sudah ada {other.name}.",
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


def _first_start(posyandu: Posyandu, before: Occurrence, after: Occurrence) -> datetime:
    """When the first person might set out in vain: the earlier of the old and the new opening."""
    starts = [datetime.combine(o.date, o.hours.start, posyandu.zone.tz) for o in (before, after)]
    return min(starts)


def headline(outcome: Outcome) -> str:
    """One sentence about what holds now."""
    after = outcome.after
    if after.cancelled:
        moved = after.date != after.original
        before = (
            f" (semula {day_beside(replace(after, date=after.original), after)})" if moved else ""
        )
        return f"Hari buka {long_date(after.date)}{before} batal."
    if after.change is not None and after.change.home_visit and not after.change.place:
        return f"Sekarang: {long_date(after.date)}, jam {span_text(after.hours)}, kader ke rumah."
    return f"Sekarang: {long_date(after.date)}, jam {span_text(after.hours)}, {after.place}."
