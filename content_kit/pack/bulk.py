"""Posts for programs that publish by themselves, through the same gate as a pack."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from content_kit.pack.release import Released, admitted, released
from content_kit.planning import exporting
from content_kit.planning.exporting import Export, Step
from content_kit.render import Proof
from content_kit.review.gate import Gate
from content_kit.review.reviews import Reviews


def bulk(
    reviews: Reviews,
    program: str,
    month: date | None,
    units: Sequence[str] | None,
    channel: str,
    *,
    media: str = "",
    step: Step,
) -> tuple[Export, Released]:
    """The bulk files of a scheduling program for one channel, and what the gate said of them."""
    allowed = Gate()

    def going(proofs: Sequence[Proof]) -> list[Proof]:
        nonlocal allowed
        allowed = admitted(reviews, proofs)
        return [
            allowed.sent(proof)
            for proof in proofs
            if (proof.post.unit, proof.post.id) not in allowed.held
        ]

    made = exporting.bulk(
        reviews.press, program, month, units, channel, media=media, step=step, released=going
    )
    return made, released(reviews, allowed)
