"""What may leave the house: what the office's approval lets out, and the log of the fast lane."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from content_kit.checks.announcements import superseded
from content_kit.files.records import Decision, lost
from content_kit.findings import Finding
from content_kit.pack.flat import REPLACED, Packed, pack
from content_kit.render import Press, Proof
from content_kit.review.gate import Gate, gate, log_fast, other_pictures
from content_kit.review.reviews import Reviews
from content_kit.review.status import State
from content_kit.roster.rows import title_of
from content_kit.schedule.dates import short_date
from content_kit.schedule.week import Week


@dataclass(frozen=True, slots=True)
class Released:
    """The packs, what was held back and why, and what went out by the fast lane.

    `fast` is what was written into the log just now. `unlogged` says why the fast lane could not
    be written down; that delays nothing.
    """

    packs: tuple[Packed, ...]
    gate: Gate
    fast: tuple[State, ...] = ()
    findings: tuple[Finding, ...] = ()
    unlogged: str = ""
    waiting: tuple[tuple[str, str], ...] = ()
    """The (unit, week) pairs whose pack was left as it is: a file of theirs cannot be read."""
    first_sight: str = ""

    def told(self) -> Iterator[str]:
        """What there is to say: a new office's key, and each post that went out without waiting."""
        if self.first_sight:
            yield self.first_sight
        for unit, week in self.waiting:
            yield (
                f"{unit}, {week}: paketnya belum dibuat, karena ada berkas yang belum terbaca. "
                "Perbaiki dulu, lalu buat lagi."
            )
        if self.unlogged:
            yield f"Jalur cepat tidak dapat dicatat. {self.unlogged}"
        for one in self.gate.fast:
            if one.proof.draft or one.proof.waiting:
                continue
            post, posyandu = one.proof.post, one.proof.posyandu
            what = title_of(post) or post.pillar.label
            said = (
                f"Jalur cepat: {posyandu.name}, {posyandu.village}, {short_date(post.date)}, {what}"
            )
            yield f"{said}: ikut, dan dicatat.{without(self.gate.left_out(one.proof))}"


def release(reviews: Reviews, proofs: Iterable[Proof], out: Path) -> Released:
    """Pack these proofs, whose pictures `render` has just written, as far as approval allows.

    Where approvals are signed, what goes out is painted by this machine: a forged picture with a
    forged manifest in a shared output folder is no better than a forged approval.
    """
    proofs = list(proofs)
    allowed = admitted(reviews, proofs)
    if reviews.trust.required:
        going = [one.proof for one in (*allowed.passed, *allowed.fast)]
    else:
        going = [facts for facts, _ in allowed.bare.values()]
    for proof in going:
        if not (proof.draft or proof.waiting):
            for _ in reviews.press.write(proof, out, own_only=reviews.trust.required):
                pass
    waiting = unreadable_weeks(reviews.press, proofs)
    whole = (proof for proof in proofs if proof.folder[:2] not in waiting)
    packs = tuple(pack(map(allowed.sent, whole), out, allowed.held, allowed.left_out))
    made = released(reviews, allowed, packs, other_pictures(allowed.passed, out))
    return replace(made, waiting=waiting)


def unreadable_weeks(press: Press, proofs: Iterable[Proof]) -> tuple[tuple[str, str], ...]:
    """The (unit, week) pairs among these of which no whole pack can be made: a month is lost."""
    weeks = {proof.folder[:2]: Week.of(proof.post.date) for proof in proofs}
    return tuple(
        place
        for place, week in weeks.items()
        if lost(
            press.loaded.findings,
            Decision.PACK,
            place[0],
            {f"{day:%Y-%m}" for day in (week.first, week.last)},
        )
    )


def admitted(reviews: Reviews, proofs: Sequence[Proof]) -> Gate:
    """What the gate says of these, with announcements held that a newer one has taken the place of."""
    stale = told_anew(reviews.press, proofs)
    allowed = gate(reviews, [p for p in proofs if (p.post.unit, p.post.id) not in stale])
    return replace(allowed, held={**allowed.held, **stale})


def told_anew(press: Press, proofs: Iterable[Proof]) -> dict[tuple[str, str], Finding]:
    """The announcements among these that a newer one has taken the place of, each with the reason."""
    old = superseded(press.loaded.posts())
    return {
        (proof.post.unit, proof.post.id): Finding(
            REPLACED,
            "sudah diganti pengumuman yang lebih baru.",
            proof.post.at,
            proof.post.id,
            "Kirim yang terbaru saja.",
        )
        for proof in proofs
        if (proof.post.unit, proof.post.id) in old
    }


def released(
    reviews: Reviews,
    allowed: Gate,
    packs: Iterable[Packed] = (),
    more: Iterable[Finding] = (),
) -> Released:
    """What the gate lets out, by whatever way, with the log of the fast lane written."""
    fast, wrong = log_fast(reviews, allowed)
    packs = tuple(packs)
    refused = (packed.problem for packed in packs if packed.problem is not None)
    findings = (*allowed.held.values(), *refused, *more, *reviews.findings())
    return Released(
        packs,
        allowed,
        tuple(fast),
        findings,
        " ".join(wrong),
        first_sight=reviews.first_sight(),
    )


def without(left_out: Sequence[str]) -> str:
    """What a sentence adds about an announcement that goes out as its facts alone; "" for any other."""
    return f" Hanya faktanya yang ikut: {'; '.join(left_out)}." if left_out else ""
