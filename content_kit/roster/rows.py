"""Rows of posts: what is known of them without a check, and what a check finds out."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Final

from content_kit.files import bundled
from content_kit.files.marks import unmarked
from content_kit.files.safe_text import normal
from content_kit.files.workspace import Loaded, Workspace
from content_kit.findings import LEVELS, NO_PICTURE, Finding, Level
from content_kit.model import FieldValue, Person, Post, Posyandu
from content_kit.planning.library import Entry, load_library
from content_kit.render import Press
from content_kit.review.events import Log
from content_kit.review.memory import Memory
from content_kit.review.reviews import Reviews
from content_kit.review.status import State
from content_kit.roster.standing import (
    MAX_CAPTION,
    MAX_CODES,
    MAX_NAME,
    MAX_TITLE,
    Basis,
    Checked,
    handed_in_on,
    loose,
    pinned,
    seen,
    until,
    with_log,
)
from content_kit.roster.thumbnails import Thumbnails
from content_kit.roster.unchanged import as_library, photos_of
from content_kit.roster.view import Row, Unit, in_order

_RANK: Final = {Level.ERROR: 0, Level.WARNING: 1, Level.INFO: 2}


class Checker:
    """Checks the posts of a workspace unit by unit; what units share is read once.

    Nothing of it comes from a cache, so approvals may rest on it. With `thumbnails` a check leaves
    a small picture of each post for the papers of the roster.
    """

    def __init__(
        self,
        root: Path,
        first: date,
        last: date,
        now: datetime,
        memory: Memory,
        thumbnails: Thumbnails | None = None,
    ) -> None:
        self.thumbnails = thumbnails
        self.workspace = Workspace.open(root)
        self.first, self.last, self.now = first, last, now
        self.memory = memory
        self.base = self.workspace.load((), units=())
        self.press = Press(self.workspace, self.base)
        self.library = _by_id(self.workspace)

    @cached_property
    def bundled_library(self) -> dict[str, Entry]:
        """The library without what the workspace adds or replaces."""
        return _by_id(Workspace(bundled.root()))

    def reviews(self, units: Collection[str]) -> Reviews:
        """The posts and logs of these units, freshly read."""
        loaded = self.workspace.load(units=units, beside=self.base)
        return Reviews(self.press.reading(loaded), self.now, memory=self.memory)

    def states(self, reviews: Reviews) -> Iterator[tuple[Row, State]]:
        """Every post of the period with its row."""
        press = reviews.press
        handed: dict[str, dict[str, date]] = {}
        for post in self.posts(press.loaded.posts()):
            state = reviews.state(press.proof(post))
            if post.unit not in handed:
                handed[post.unit] = handed_in_on(reviews.log(post.unit), state.proof.posyandu)
            yield self.row(reviews, state, handed[post.unit].get(post.id)), state

    def posts(self, posts: Iterable[Post]) -> list[Post]:
        """Those of the period."""
        return [post for post in posts if self.first <= post.date <= self.last]

    def check(self, slug: str) -> Checked:
        """One unit; without rows when its posyandu.yaml cannot be read."""
        reviews = self.reviews((slug,))
        loaded = reviews.press.loaded
        states = list(self.states(reviews))
        rows = in_order(row for row, _ in states)
        if self.thumbnails is not None:
            self.thumbnails.make(reviews.press, (state for _, state in states))
        told = (*loaded.findings, *reviews.findings())
        findings = tuple(loose(told, slug, self.first, {row.post for row in rows}))
        bases = {
            state.proof.post.id: Basis(state.known, self._plain(reviews, state))
            for _, state in states
        }
        unit = unit_of(loaded, slug, findings)
        ends = until(reviews, slug, [state for _, state in states])
        reviews.remember()
        return Checked(
            unit, rows, findings, ends, seen(self.memory, unit.id), bases, pinned(self.memory)
        )

    def row(self, reviews: Reviews, state: State, handed_in: date | None) -> Row:
        """The row of a post that was just checked, and when it was handed in."""
        post, posyandu = state.proof.post, state.proof.posyandu
        codes = worst_first((*state.proof.findings, *state.blockers))
        row = replace(
            written(post, posyandu, self.base.people),
            worst=LEVELS[codes[0]].value if codes else "",
            seal=state.sealed.seal,
            photos=photos_of(state),
            risk=state.risk.value,
            codes=codes,
            text=text_of(post),
            caption=_caption(state)[:MAX_CAPTION],
            found=_in_words(state),
        )
        plain = self._plain(reviews, state)
        return with_log(row, state, plain, posyandu, self.base.people, handed_in)

    def _plain(self, reviews: Reviews, state: State) -> bool:
        # In a signed office a library that anybody may write is nobody's word.
        library = self.bundled_library if state.desk.signed else self.library
        return as_library(state, library, own_template=reviews.own_template(state.proof))


def text_of(post: Post) -> str:
    """What is the same for posts that say the same words: of template, pillar and fields."""
    told = json.dumps(
        [post.template, post.pillar.value, _said(post.fields)], ensure_ascii=True, sort_keys=True
    )
    return sha256(told.encode()).hexdigest()[:16]


def _said(value: FieldValue) -> object:
    """A value without what is empty, in plain letters."""
    if isinstance(value, str):
        return normal(value.strip())
    if isinstance(value, Mapping):
        inside = {key: _said(inner) for key, inner in value.items()}
        return {key: inner for key, inner in inside.items() if inner}
    return [_said(inner) for inner in value]


def _caption(state: State) -> str:
    """The longest of its captions: what people read under the picture."""
    return max((text.words.strip() for text in state.proof.texts), key=len, default="")


def _in_words(state: State) -> tuple[str, ...]:
    """What was found, worst first, as sentences; what is only good to know is left out."""
    found = [f for f in (*state.proof.findings, *state.blockers) if f.level is not Level.INFO]
    worst = sorted(found, key=lambda one: _RANK[one.level])
    told = dict.fromkeys(one.message[:MAX_TITLE] for one in worst)
    return tuple(told)[:MAX_CODES]


def _by_id(workspace: Workspace) -> dict[str, Entry]:
    return {entry.id: entry for entry in load_library(workspace)[0]}


def unchecked(
    loaded: Loaded, slug: str, first: date, last: date, log: Log | None = None
) -> Checked:
    """What the files of a unit say, without a check; of its `log` only when posts were handed in."""
    posyandu = loaded.posyandu.get(slug)
    handed_in = handed_in_on(log, posyandu) if log is not None and posyandu is not None else {}
    rows = in_order(
        replace(
            written(post, loaded.posyandu[slug], loaded.people),
            handed_in=handed_in.get(post.id),
        )
        for calendar in loaded.calendars
        if calendar.unit == slug
        for post in calendar.posts
        if first <= post.date <= last
    )
    findings = tuple(loose(loaded.findings, slug, first, {row.post for row in rows}))
    return Checked(unit_of(loaded, slug, findings), rows, findings)


def unit_of(loaded: Loaded, slug: str, findings: Iterable[Finding]) -> Unit:
    """A unit of the workspace; one whose posyandu.yaml cannot be read is named by its folder."""
    broken = sum(found.level is Level.ERROR for found in findings)
    posyandu = loaded.posyandu.get(slug)
    if posyandu is None:
        return Unit(slug, slug, slug, broken=max(1, broken))
    return Unit(
        id=posyandu.id[:MAX_NAME],
        slug=slug,
        name=posyandu.name[:MAX_NAME],
        village=posyandu.village[:MAX_NAME],
        kecamatan=posyandu.district[:MAX_NAME],
        kabupaten=posyandu.regency[:MAX_NAME],
        region_code=posyandu.region_code[:MAX_NAME],
        zone=posyandu.zone.name,
        broken=broken,
    )


def worst_first(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The codes of findings, each once, the worst first; foremost what forbids any picture."""
    codes = {found.code for found in findings}
    worst = sorted(codes, key=lambda code: (_RANK[LEVELS[code]], code not in NO_PICTURE, code))
    return tuple(worst[:MAX_CODES])


def title_of(post: Post) -> str:
    """What a post is called on a roster: its title, else the name or label it shows."""
    for key in ("judul", "nama", "label"):
        value = post.fields.get(key)
        if isinstance(value, str) and value:
            return " ".join(unmarked(value).split())[:MAX_TITLE]
    return ""


def written(post: Post, posyandu: Posyandu, people: Mapping[str, Person]) -> Row:
    """What a row says before any check."""
    person = people.get(post.duty)
    return Row(
        unit=post.unit,
        post=post.id,
        date=post.date,
        time=post.time,
        zone=posyandu.zone.name,
        channels=post.channels,
        pillar=post.pillar,
        bidang=post.bidang,
        title=title_of(post),
        duty=post.duty[:MAX_NAME],
        posyandu=posyandu.name[:MAX_NAME],
        kabupaten=posyandu.regency[:MAX_NAME],
        kecamatan=posyandu.district[:MAX_NAME],
        village=posyandu.village[:MAX_NAME],
        duty_name=(person.name if person else post.duty)[:MAX_NAME],
    )
