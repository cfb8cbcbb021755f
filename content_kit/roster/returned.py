"""Decisions that came back in a workbook, checked anew and sorted into what can be carried out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from content_kit.findings import Finding
from content_kit.review.events import Kind
from content_kit.review.reviews import Reviews
from content_kit.review.status import State
from content_kit.roster.sheet import Decided


@dataclass(frozen=True, slots=True)
class Returned:
    """For each kind and note the posts that it is about, as they are now."""

    parts: tuple[tuple[Kind, str, tuple[State, ...]], ...]
    findings: tuple[Finding, ...] = ()


def matched(reviews: Reviews, decisions: Sequence[Decided]) -> Returned:
    """The posts behind the decisions of a workbook.

    What is not there any more, or is not what its row showed, is told and not decided: somebody
    has looked at another version.
    """
    posts = {(post.unit, post.id): post for post in reviews.press.loaded.posts()}
    parts: dict[tuple[Kind, str], list[State]] = {}
    findings: list[Finding] = []
    for one in decisions:
        post = posts.get((one.unit, one.post))
        if post is None:
            findings.append(_told(one, "postingan ini tidak ada lagi", "Hapus baris ini."))
            continue
        state = reviews.state(reviews.press.proof(post))
        if state.sealed.seal != one.seal:
            said = "postingan ini berubah sejak daftar dibuat"
            findings.append(_told(one, said, "Buat daftar baru, lalu putuskan lagi."))
            continue
        parts.setdefault((one.kind, one.note), []).append(state)
    return Returned(
        tuple((kind, note, tuple(states)) for (kind, note), states in parts.items()),
        tuple(findings),
    )


def _told(one: Decided, said: str, hint: str) -> Finding:
    return Finding("berubah-setelah-disetujui", f"{said}.", one.place, hint=hint, post=one.post)
