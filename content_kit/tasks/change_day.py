"""One service day changed: saved, its posts moved, the announcement made, fresh packs, and what to send where."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

from content_kit.errors import KitError
from content_kit.files.assets import load_channels
from content_kit.files.sent import missing_posts
from content_kit.files.workspace import Loaded, Workspace
from content_kit.findings import Finding
from content_kit.model import Occurrence, Post, Posyandu
from content_kit.pack.changed import Made, Traces, corrections, make
from content_kit.planning.change import Outcome, change
from content_kit.planning.change_order import Order, day_meant
from content_kit.planning.change_told import unanswered
from content_kit.planning.pages import Pages
from content_kit.planning.posted import read_proofs
from content_kit.render import Press
from content_kit.review.events import Log, person
from content_kit.review.log import read_log
from content_kit.review.reviews import Reviews
from content_kit.schedule.dates import long_date
from content_kit.tasks import posting

GROUP: Final = "wa-grup"
"""The channel that is asked about: a group is where people were told, if they were told at all."""

LATELY: Final = timedelta(days=45)
"""How far back what went out may still tell of a day that changes."""

Save: TypeAlias = Callable[[Pages, Callable[[], str]], object]
"""Writes the pages; the second is what to do, and then to say, should the change be taken back."""
Step: TypeAlias = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The newest announcement of a day of which nobody knows whether people got it."""

    post: Post
    posyandu: Posyandu
    day: Occurrence
    channel: str
    place: str

    @property
    def question(self) -> str:
        """What to ask about it."""
        return f"{self.told} Sudah dikirim ke {self.place}?"

    @property
    def told(self) -> str:
        """What that announcement says, in a sentence."""
        if self.day.cancelled:
            return f"Kabar terakhir: {long_date(self.day.date)} batal."
        return f"Kabar terakhir: {long_date(self.day.date)}, {self.day.place}."


@dataclass(frozen=True, slots=True)
class Changed:
    """What came of an order. `made` is None when its pictures failed; `failure` then says why.

    The day is changed all the same: whoever reads this has to be told so first. `waiting` is the
    announcement that was just made, to be asked about once it can have been sent.
    """

    outcome: Outcome
    press: Press
    made: Made | None = None
    failure: Exception | None = None
    waiting: Unanswered | None = None

    @property
    def corrections(self) -> list[tuple[Post, str, str]]:
        """Each post that went out with old facts, where it is, and what to send there."""
        return corrections(self.outcome, self.made, self.press) if self.made else []


def change_day(
    workspace: Workspace,
    order: Order,
    now: datetime,
    target: Path,
    *,
    save: Save | None,
    announce: bool = True,
    step: Step = lambda *_: None,
) -> Changed:
    """Carry out an order; without `save` only tell what it would come to. KitError when it cannot be.

    An order that says its day's last announcement was sent has that written down, under its
    name `by`. Once the day is saved nothing stops it, and what then fails is a part of the answer.
    """
    if save is not None:
        # A folder that may only be read is refused when the change itself is saved.
        workspace.fill_ids(None, random.SystemRandom(), _known(workspace, order.unit))
    loaded = workspace.load(unit=_known(workspace, order.unit))
    if order.by:
        order = replace(order, by=person(order.by, loaded.people))
    if save is not None and order.sent and order.by:
        asked = last_announcement(workspace, loaded, order, now)
        with contextlib.suppress(KitError):  # a log that cannot be written stops no change
            if asked is not None:
                posting.record(workspace, asked.post, [asked.channel], order.by, now)
    log = _log(workspace, loaded, order.unit, now)
    outcome = change(workspace, loaded, order, now, announce=announce, done=log.posted())
    unknown = _gone(loaded, order.unit, log.posted(since=now - LATELY))
    outcome = replace(outcome, findings=(*outcome.findings, *unknown))
    step(0, 2)  # the last moment to turn back
    if save is not None:
        save(outcome.pages, partial(_untraced, Traces.of(outcome), target))
        with contextlib.suppress(Exception):
            step(1, 2)
    press = Press(workspace, outcome.loaded)
    try:
        made = make(Reviews(press, now), outcome, target, dry_run=save is None)
    except Exception as error:
        if save is None:
            raise
        with contextlib.suppress(OSError):  # no pack with the old facts waits to be sent
            Traces.of(outcome).remove(target)
        return Changed(outcome, press, failure=error)
    posts = {post.id: post for post in outcome.loaded.posts(outcome.unit)}
    announced = posts.get(outcome.announcement)
    posyandu = outcome.loaded.posyandu[outcome.unit]
    waiting = _asked(workspace, posyandu, outcome.after, announced)
    return Changed(outcome, press, made, waiting=waiting)


def _gone(loaded: Loaded, unit: str, sent: Collection[str]) -> Iterator[Finding]:
    """What went out lately by the notes of a unit, and stands in no plan that can be read."""
    there = {post.id for post in loaded.posts(unit)}
    known = {id for month in loaded.posted.get(unit, {}).values() for id in month}
    missing = [id for id in sent if id not in there | known]
    if missing:
        yield missing_posts(missing, f"calendars/{unit}/tinjauan")


def last_announcement(
    workspace: Workspace, loaded: Loaded, order: Order, now: datetime
) -> Unanswered | None:
    """The announcement to ask about before a day is changed once more; None when all is known."""
    posyandu = loaded.posyandu.get(order.unit)
    if posyandu is None:
        return None
    done = _log(workspace, loaded, order.unit, now).posted()
    day = day_meant(posyandu, order)
    post = unanswered(loaded, posyandu, day, read_proofs(loaded, posyandu, now, done))
    return _asked(workspace, posyandu, day, post)


def _asked(
    workspace: Workspace, posyandu: Posyandu, day: Occurrence, post: Post | None
) -> Unanswered | None:
    """About the group, where people are told first; without one, about the first place there is."""
    if post is None or not post.channels:
        return None
    if GROUP in post.channels:
        return Unanswered(post, posyandu, day, GROUP, "grup")
    known, first = load_channels(workspace)[0], post.channels[0]
    return Unanswered(post, posyandu, day, first, known[first].name if first in known else first)


def _log(workspace: Workspace, loaded: Loaded, unit: str, now: datetime) -> Log:
    posyandu = loaded.posyandu.get(unit)
    return read_log(workspace, posyandu, loaded.people, now) if posyandu else Log()


def _known(workspace: Workspace, unit: str) -> str | None:
    """The unit alone when there is one of this name: an office has hundreds."""
    return unit if (workspace.root / "calendars" / unit).is_dir() else None


def _untraced(traces: Traces, target: Path) -> str:
    """Remove what was made of a change that was taken back, and say how to get the packs again."""
    try:
        packs = traces.remove(target)
    except OSError:
        return "Jangan kirim gambar pengumumannya. Tekan g di Beranda: paketnya dibuat ulang."
    return "Paket gambarnya dihapus. Tekan g di Beranda untuk membuatnya lagi." if packs else ""
