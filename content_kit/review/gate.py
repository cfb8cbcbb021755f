"""The gate before a pack: what was approved goes out and nothing else, except news of a service day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from content_kit.findings import Finding
from content_kit.model import Approval
from content_kit.render import Proof
from content_kit.review.events import Entry, Kind
from content_kit.review.reviews import Reviews
from content_kit.review.seal import named
from content_kit.review.status import State, Status

NOBODY = "tanpa petugas"
"""Who stands in the log for a fast post without a person on duty: it is not held back for that."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What may not go out, by (unit, post), and what passed without waiting for an approval."""

    held: Mapping[tuple[str, str], Finding] = field(default_factory=dict, hash=False)
    fast: tuple[State, ...] = ()

    @property
    def broken(self) -> bool:
        """Whether some post was changed after it was approved."""
        return any(found.code == "berubah-setelah-disetujui" for found in self.held.values())


def gate(reviews: Reviews, proofs: Iterable[Proof]) -> Gate:
    """Hold back what the office's policy does not let out; without a policy nothing is held."""
    if reviews.press.loaded.office.approval is Approval.NONE:
        return Gate()
    held: dict[tuple[str, str], Finding] = {}
    fast: list[State] = []
    for proof in proofs:
        one = reviews.state(proof)
        if not one.passes:
            held[proof.post.unit, proof.post.id] = _reason(one)
        elif one.fast and not one.approved:
            fast.append(one)
    return Gate(held, tuple(fast))


def log_fast(reviews: Reviews, gate: Gate) -> list[State]:
    """Write into the log what goes out by the fast lane, once for each version; the new ones."""
    new: dict[str, list[tuple[State, Entry]]] = {}
    for one in gate.fast:
        proof, seal = one.proof, one.sealed.seal
        told = reviews.log(proof.post.unit).of(proof.post.id)
        known = any(event.kind is Kind.FAST and entry.seal == seal for event, entry in told)
        if not (known or proof.draft or proof.waiting):
            entry = Entry(proof.post.id, seal)
            new.setdefault(proof.post.duty or NOBODY, []).append((one, entry))
    for duty, carried in new.items():
        reviews.record(Kind.FAST, reviews.person(duty), carried)
    return [one for carried in new.values() for one, _ in carried]


def _reason(one: State) -> Finding:
    post = one.proof.post
    if one.status is Status.CHANGED:
        what = named(one.changes) or "isinya"
        return Finding(
            "berubah-setelah-disetujui", f"berubah setelah disetujui: {what}.", post.at, post.id,
            "Ajukan lagi, atau kembalikan isinya seperti yang disetujui.",
        )  # fmt: skip
    said = {
        Status.SUBMITTED: f"menunggu persetujuan ({len(one.approvers)} dari {one.needed} orang)",
        Status.RETURNED: f"dikembalikan oleh {one.noted_by}: {one.note}".rstrip(": "),
    }.get(one.status, "belum diajukan untuk disetujui")
    return Finding(
        "belum-disetujui", f"{said}.", post.at, post.id, "Lihat content-kit review status."
    )
