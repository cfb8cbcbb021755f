"""What goes out next for one posyandu: which posts are ready, which are held and why, which packs lie there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from content_kit.files.paths import safe_join
from content_kit.findings import Finding, Level
from content_kit.model import Post
from content_kit.pack.flat import FOLDER, REPLACED, is_ours
from content_kit.pack.release import told_anew
from content_kit.render import WAITING, Proof
from content_kit.review.gate import gate
from content_kit.review.life import Status
from content_kit.review.reviews import Reviews
from content_kit.schedule.week import Week

_WEEK: Final = re.compile(r"\d{4}-W\d{2}")


@dataclass(frozen=True)
class Parcel:
    """One post as it would be sent; `why` says what keeps it here, `posted` where it went already."""

    proof: Proof
    status: Status
    why: str = ""
    posted: tuple[str, ...] = ()
    goes: bool = False
    """Whether it would be packed."""

    @property
    def post(self) -> Post:
        """The post."""
        return self.proof.post


@dataclass(frozen=True, slots=True)
class Pack:
    """A prepared pack on disk: how many pictures and texts are in it."""

    week: str
    folder: Path
    pictures: int
    texts: int


@dataclass(frozen=True)
class Outlook:
    """Two weeks of one posyandu, and every pack that was prepared for it, the newest first."""

    unit: str
    weeks: tuple[Week, ...]
    parcels: tuple[Parcel, ...]
    packs: tuple[Pack, ...]

    def of(self, week: Week) -> list[Parcel]:
        """What goes out in a week."""
        return [each for each in self.parcels if week.first <= each.post.date <= week.last]

    def pack(self, week: Week) -> Pack | None:
        """The pack of a week, if it was prepared."""
        return next((each for each in self.packs if each.week == str(week)), None)


def outlook(reviews: Reviews, unit: str, today: date, out: Path) -> Outlook:
    """Two weeks of one posyandu, from the one of `today` on, as they are now."""
    press = reviews.press
    weeks = (Week.of(today), Week.of(today + timedelta(days=7)))
    posts = [
        post for post in press.loaded.posts(unit) if weeks[0].first <= post.date <= weeks[-1].last
    ]
    proofs = [press.proof(post) for post in posts]
    held = {**gate(reviews, proofs).held, **told_anew(press, proofs)}
    parcels = tuple(_parcel(reviews, proof, held.get((unit, proof.post.id))) for proof in proofs)
    return Outlook(unit, weeks, parcels, tuple(packs(out, unit)))


def packs(out: Path, unit: str) -> list[Pack]:
    """The prepared packs of a posyandu, the newest week first."""
    folder = safe_join(out, FOLDER, unit)
    try:
        weeks = sorted((p for p in folder.iterdir() if _WEEK.fullmatch(p.name)), reverse=True)
    except OSError:
        return []
    return [pack for week in weeks for pack in _pack(week)]


def _pack(folder: Path) -> Iterator[Pack]:
    try:
        names = [path.name for path in folder.iterdir() if is_ours(path.name)]
    except OSError:
        return
    pictures = sum(name.endswith(".jpg") for name in names)
    if names:
        yield Pack(folder.name, folder, pictures, len(names) - pictures)


def _parcel(reviews: Reviews, proof: Proof, held: Finding | None) -> Parcel:
    one = reviews.state(proof)
    found: Finding | None = None
    if one.status is Status.WRONG:
        found = _first(one.blockers, Level.ERROR)
    elif one.status is Status.WAITING:
        found = _waits(proof.findings)
    why = f"{found.message} {found.hint}".strip() if found else ""
    if held is not None and not why and one.status is not Status.POSTED:
        # The command in the hint of the gate is not for whoever looks at a screen.
        why = held.hint if held.code == REPLACED else held.message
    goes = held is None and not (proof.draft or proof.waiting)
    return Parcel(proof, one.status, why, one.posted, goes)


def _first(findings: Iterable[Finding], level: Level) -> Finding | None:
    return next((found for found in findings if found.level is level), None)


def _waits(findings: Iterable[Finding]) -> Finding | None:
    return next((found for found in findings if found.code == WAITING), None)
