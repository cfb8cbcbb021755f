"""The gate before a pack: what was approved goes out and nothing else, except news of a service day.

Nothing delays a cancellation: a broken log, a missing key, an approval that is too old or a roles
file that nobody can read keep back only what waits for an approval.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from content_kit.errors import KitError, UsageError
from content_kit.findings import Finding
from content_kit.model import Person
from content_kit.render import Proof
from content_kit.review.events import Entry, Kind
from content_kit.review.life import Status
from content_kit.review.reviews import Reviews
from content_kit.review.seal import named
from content_kit.review.status import State

NOBODY: Final = "tanpa petugas"
"""Who stands in the log for a fast post without a person on duty: it is not held back for that."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What may not go out, by (unit, post), and what passed: approved, or without waiting."""

    held: Mapping[tuple[str, str], Finding] = field(default_factory=dict, hash=False)
    fast: tuple[State, ...] = ()
    passed: tuple[State, ...] = ()

    @property
    def broken(self) -> bool:
        """Whether some post was changed after it was approved."""
        return any(found.code == "berubah-setelah-disetujui" for found in self.held.values())


def gate(reviews: Reviews, proofs: Iterable[Proof]) -> Gate:
    """Hold back what the office's policy does not let out; without a policy nothing is held."""
    if not reviews.asks:
        return Gate()
    held: dict[tuple[str, str], Finding] = {}
    fast: list[State] = []
    passed: list[State] = []
    for proof in proofs:
        one = reviews.state(proof)
        if not one.passes:
            held[proof.post.unit, proof.post.id] = refusal(one, reviews.press.loaded.people)
        elif one.fast and not one.approved:
            fast.append(one)
        else:
            passed.append(one)
    reviews.remember()
    return Gate(held, tuple(fast), tuple(passed))


def log_fast(reviews: Reviews, gate: Gate) -> tuple[list[State], list[str]]:
    """Write into the log what goes out by the fast lane, once for each version.

    The new ones, and a sentence for each reason why some could not be written down.
    """
    new: dict[tuple[str, str], list[tuple[State, Entry]]] = {}
    for one in gate.fast:
        proof, seal = one.proof, one.sealed.seal
        told = reviews.log(proof.post.unit).of(proof.post.id)
        known = any(event.kind is Kind.FAST and entry.seal == seal for event, entry in told)
        if not (known or proof.draft or proof.waiting):
            entry = Entry(proof.post.id, seal, one.sealed.inputs)
            new.setdefault((proof.post.unit, _who(reviews, proof)), []).append((one, entry))
    logged: list[State] = []
    wrong: dict[str, None] = {}
    for (_, who), carried in new.items():
        try:
            reviews.record(Kind.FAST, who, carried)
        except KitError as error:
            wrong[str(error)] = None
        else:
            logged += [one for one, _ in carried]
    return logged, list(wrong)


def refusal(one: State, people: Mapping[str, Person]) -> Finding:
    """Why a post may not go out; those in `people` are told by name."""
    post = one.proof.post

    def named_of(id: str) -> str:
        return people[id].name if id in people else id

    if one.changed:
        what = named(one.changes) or "isinya"
        return Finding(
            "berubah-setelah-disetujui", f"berubah setelah disetujui: {what}.", post.at, post.id,
            "Ajukan lagi, atau kembalikan isinya seperti yang disetujui.",
        )  # fmt: skip
    said = one.waiting_for(named_of)
    if one.status is Status.RETURNED:
        said = f"dikembalikan oleh {named_of(one.noted_by)}: {one.note}".rstrip(": ")
    elif one.desk.clear and not (one.submitted or one.expired):
        said = "belum diajukan untuk disetujui"
    return Finding(
        "belum-disetujui", f"{said}.", post.at, post.id, "Lihat content-kit review status."
    )


def other_pictures(states: Iterable[State], out: Path) -> Iterator[Finding]:
    """Where a picture that lies in `out` is not the one that its approvers saw, under the same seal.

    Another system rounds a pixel otherwise: that is worth knowing and takes no approval away.
    """
    for one in states:
        folder = out.joinpath(*one.proof.folder)
        for name, seen in one.evidence.items():
            data = b""
            with contextlib.suppress(OSError):
                data = (folder / f"{name}.jpg").read_bytes()
            if data and hashlib.sha256(data).hexdigest() not in seen:
                yield Finding(
                    "gambar-berbeda-mesin",
                    f"gambar {name} dibuat dari bahan yang sama, tetapi titik-titiknya lain dari "
                    "yang dilihat penyetuju.",
                    one.proof.post.at,
                    one.proof.post.id,
                    "Biasanya karena komputer atau versi lain. Lihat sebentar, lalu kirim.",
                )


def _who(reviews: Reviews, proof: Proof) -> str:
    """The person on duty, as far as there is a name to write down."""
    try:
        return reviews.person(proof.post.duty or NOBODY)
    except UsageError:
        return NOBODY
