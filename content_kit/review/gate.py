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

from content_kit.checks.announcements import ANNOUNCEMENT
from content_kit.errors import KitError, UsageError
from content_kit.findings import Finding
from content_kit.model import FORMAT_WORDS, Person, Pillar
from content_kit.render import Proof
from content_kit.review.bare import bare
from content_kit.review.events import Entry, Kind
from content_kit.review.lane import REASON
from content_kit.review.reviews import Reviews
from content_kit.review.seal import named
from content_kit.review.status import State
from content_kit.review.story import follow

NOBODY: Final = "tanpa petugas"
"""Who stands in the log for a fast post without a person on duty: it is not held back for that."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What may not go out, by (unit, post), and what passed: approved, or without waiting.

    `bare` are the announcements that go out as their facts alone, each with the proof that is
    sent instead and what was left out of it.
    """

    held: Mapping[tuple[str, str], Finding] = field(default_factory=dict, hash=False)
    fast: tuple[State, ...] = ()
    passed: tuple[State, ...] = ()
    bare: Mapping[tuple[str, str], tuple[Proof, tuple[str, ...]]] = field(
        default_factory=dict, hash=False
    )

    def sent(self, proof: Proof) -> Proof:
        """What goes out of a post that is not held: itself, or its facts alone."""
        return self.bare.get((proof.post.unit, proof.post.id), (proof, ()))[0]

    def left_out(self, proof: Proof) -> tuple[str, ...]:
        """What was left out of a post that goes out as its facts alone."""
        return self.bare.get((proof.post.unit, proof.post.id), (proof, ()))[1]

    @property
    def broken(self) -> bool:
        """Whether some post was changed after it was approved."""
        return any(found.code == "berubah-setelah-disetujui" for found in self.held.values())


def gate(reviews: Reviews, proofs: Iterable[Proof]) -> Gate:
    """Hold back what was given back, and whatever else the office's policy does not let out."""
    people = reviews.press.loaded.people
    held: dict[tuple[str, str], Finding] = {}
    less: dict[tuple[str, str], tuple[Proof, tuple[str, ...]]] = {}
    fast: list[State] = []
    passed: list[State] = []
    for proof in proofs:
        key = proof.post.unit, proof.post.id
        if not reviews.asks and not follow(reviews.log(proof.post.unit).of(proof.post.id)).returned:
            continue
        one = reviews.state(proof)
        facts = None if one.passes else _facts_alone(reviews, one)
        if facts is not None:
            fast.append(facts[0])
            less[key] = facts[0].proof, facts[1]
        elif not one.passes:
            held[key] = refusal(one, people)
        elif one.fast and not one.approved:
            fast.append(one)
        else:
            passed.append(one)
    reviews.remember()
    return Gate(held, tuple(fast), tuple(passed), less)


def _facts_alone(reviews: Reviews, one: State) -> tuple[State, tuple[str, ...]] | None:
    """The announcement of a service day without what keeps it back, and what that was.

    A day that does not take place is told at once: people would stand before a closed door. None
    for what was given back or is not ready; and only the reason is left out of what was approved
    as something else, and of what announces no change.
    """
    proof = one.proof
    anew = proof.post.template == ANNOUNCEMENT and not one.changed
    reason_only = all(doubt.path == REASON for doubt in one.slow)
    if one.barred or proof.occurrence is None or proof.draft or proof.waiting:
        return None
    if not (anew or reason_only):
        return None
    proof, left_out = bare(reviews.press, one.proof, one.slow)
    facts = reviews.state(proof)
    if not facts.fast or not facts.passes:
        return None
    return facts, left_out if _shown(proof) != _shown(one.proof) else ()


def _shown(proof: Proof) -> tuple[object, ...]:
    """All that people get to see of a post."""
    return proof.texts, proof.alt, proof.scenes


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

    if one.barred:
        note = f": {one.note.rstrip('. ')}" if one.note else ""
        return Finding(
            "dikembalikan", f"dikembalikan oleh {named_of(one.noted_by) or 'peninjau'}{note}.",
            post.at, post.id, "Perbaiki menurut catatan itu, lalu ajukan lagi.",
        )  # fmt: skip
    if one.changed:
        what = named(one.changes) or "isinya"
        return Finding(
            "berubah-setelah-disetujui", f"berubah setelah disetujui: {what}.", post.at, post.id,
            "Ajukan lagi, atau kembalikan isinya seperti yang disetujui.",
        )  # fmt: skip
    said = one.waiting_for(named_of)
    if one.desk.clear and not (one.submitted or one.expired):
        said = "belum diajukan untuk disetujui"
    hint = "Ajukan dulu di Tinjau." if not one.submitted else "Tunggu persetujuannya."
    if post.pillar is Pillar.JADWAL and one.slow:
        hint = f"Tidak lewat jalur cepat: {one.slow[0].why}. {hint}"
    return Finding("belum-disetujui", f"{said}.", post.at, post.id, hint)


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
                    f"gambar {FORMAT_WORDS.get(name, name)} dibuat dari bahan yang sama, tetapi titik-titiknya lain dari "
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
