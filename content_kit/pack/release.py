"""What may leave the house: packs of what the office's approval lets out, and the log of the fast lane."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from content_kit.errors import SystemFailure
from content_kit.findings import Finding
from content_kit.pack.flat import Packed, pack
from content_kit.render import Proof
from content_kit.review.gate import Gate, gate, log_fast
from content_kit.review.reviews import Reviews
from content_kit.review.status import State


@dataclass(frozen=True, slots=True)
class Released:
    """The packs, what was held back and why, and what went out by the fast lane.

    `unlogged` says why the fast lane could not be written down; that delays nothing.
    """

    packs: tuple[Packed, ...]
    gate: Gate
    fast: tuple[State, ...] = ()
    findings: tuple[Finding, ...] = ()
    unlogged: str = ""

    def told(self) -> Iterator[str]:
        """A sentence for each post that went out without waiting."""
        if self.unlogged:
            yield f"Jalur cepat tidak dapat dicatat. {self.unlogged}"
        for one in self.fast:
            yield f"Jalur cepat: {one.proof.post.unit} {one.proof.post.id} ikut, dan dicatat."


def release(reviews: Reviews, proofs: Iterable[Proof], out: Path) -> Released:
    """Pack these proofs, whose pictures `render` has just written, as far as approval allows."""
    proofs = list(proofs)
    allowed = gate(reviews, proofs)
    packs = tuple(pack(proofs, out, allowed.held))
    fast: tuple[State, ...] = ()
    unlogged = ""
    try:
        fast = tuple(log_fast(reviews, allowed))
    except SystemFailure as failure:
        unlogged = str(failure)
    findings = (*allowed.held.values(), *reviews.findings())
    return Released(packs, allowed, fast, findings, unlogged)
