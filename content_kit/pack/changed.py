"""What follows a changed service day: the announcement's picture and words, and fresh packs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from content_kit.findings import Finding
from content_kit.model import Post
from content_kit.pack.flat import FOLDER, Packed, forget
from content_kit.pack.release import Released, admitted, release
from content_kit.planning.announcing import correction
from content_kit.planning.change import Outcome
from content_kit.render import Press, Proof
from content_kit.review.gate import Gate
from content_kit.review.reviews import Reviews
from content_kit.schedule.week import Week


@dataclass
class Made:
    """What came out of a change besides the files: pictures, words, packs, findings."""

    pictures: list[str] = field(default_factory=list)
    words: str = ""
    packs: list[Packed] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    ready: Packed | None = None
    told: tuple[str, ...] = ()


def make(reviews: Reviews, outcome: Outcome, target: Path, *, dry_run: bool) -> Made:
    """The announcement first, because it is needed now; then the weeks whose packs are out of date."""
    press = reviews.press
    made = Made(findings=list(outcome.findings))
    posts = {post.id: post for post in outcome.loaded.posts(outcome.unit)}
    proofs: dict[str, Proof] = {}
    announced = posts.get(outcome.announcement)
    if announced is not None:
        proof = proofs[announced.id] = press.proof(announced)
        made.words = _sent(admitted(reviews, [proof]), proof)
        if not dry_run:
            events = list(press.write(proof, target))
            made.pictures = [str(target.joinpath(*proof.folder, f"{e.format}.jpg")) for e in events]
    for id in outcome.touched:
        if id in posts:
            proofs[id] = press.proof(posts[id])
    made.findings += (found for proof in proofs.values() for found in proof.findings)
    if not dry_run:
        for post in outcome.stale:
            press.discard(post, target)
        released = _repack(reviews, outcome, posts.values(), target, announced)
        made.packs = list(released.packs)
        made.findings += released.findings
        made.told = tuple(released.told())
        if announced is not None:
            made.words = _sent(released.gate, proofs[announced.id])
            week = str(Week.of(announced.date))
            made.ready = next((packed for packed in made.packs if packed.week == week), None)
    return made


@dataclass(frozen=True, slots=True)
class Traces:
    """Where a change leaves pictures, known before any is made: its packs, as (unit, week), and posts."""

    packs: frozenset[tuple[str, str]]
    posts: tuple[Post, ...]

    @classmethod
    def of(cls, outcome: Outcome) -> Self:
        """What this change makes or makes anew, in this run or in a later one."""
        ids = {outcome.announcement, *outcome.touched}
        posts = tuple(post for post in outcome.loaded.posts(outcome.unit) if post.id in ids)
        weeks = {str(Week.of(post.date)) for post in (*outcome.stale, *posts)}
        return cls(frozenset((outcome.unit, week) for week in weeks), posts)

    def remove(self, target: Path) -> list[Path]:
        """Remove the pictures and texts of its posts, and its packs; the packs that there were."""
        for post in self.posts:
            Press.discard(post, target)
        return forget(self.packs, target)


def _repack(
    reviews: Reviews, outcome: Outcome, posts: Iterable[Post], target: Path, announced: Post | None
) -> Released:
    """Pack the announcement's week, and every week that had a pack with a post that moved."""
    press = reviews.press
    posts = list(posts)
    moved = [post for post in posts if post.id in outcome.touched]
    weeks = {str(Week.of(post.date)) for post in (*outcome.stale, *moved)}
    there = target / FOLDER / outcome.unit
    weeks = {week for week in weeks if (there / week).is_dir()}
    if announced is not None:
        weeks.add(str(Week.of(announced.date)))
    proofs = [press.proof(post) for post in posts if str(Week.of(post.date)) in weeks]
    for proof in proofs:
        for _ in press.write(proof, target):
            pass
    filled = {str(Week.of(proof.post.date)) for proof in proofs}
    forget(((outcome.unit, week) for week in weeks - filled), target)
    return release(reviews, proofs, target)


def corrections(outcome: Outcome, made: Made, press: Press) -> list[tuple[Post, str, str]]:
    """Each post that went out with the old facts: the post, where it is, what to send."""
    posyandu = outcome.loaded.posyandu[outcome.unit]
    found = []
    for told in outcome.told:
        names = [press.channels[id].name if id in press.channels else id for id in told.channels]
        found.append((told.post, ", ".join(names), correction(told.post, made.words, posyandu)))
    return found


def _sent(gate: Gate, proof: Proof) -> str:
    """The words that may be sent at once; "" while the office holds them back."""
    held = (proof.post.unit, proof.post.id) in gate.held
    return "" if held else _short(gate.sent(proof))


def _short(proof: Proof) -> str:
    """The text for WhatsApp, or the first there is."""
    texts = sorted(proof.texts, key=lambda text: text.channel.caption != "short")
    return texts[0].words if texts else ""
