"""One decision about many posts that say the same: each is checked again, and only what was seen counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from content_kit.errors import UsageError
from content_kit.review.decide import Decision, decide
from content_kit.review.events import Event, Kind
from content_kit.review.keys import Signer
from content_kit.review.reviews import Reviews
from content_kit.review.status import State
from content_kit.roster.rows import Checker
from content_kit.roster.view import Row

CHANGED: Final = "berubah sejak daftar ini dibaca; lihat dulu yang baru."
"""Why a post is not decided together with the others: it is not the one that was seen."""


@dataclass(frozen=True, slots=True)
class Together:
    """What came of it for each post, with the events that were written."""

    by: str
    decision: Decision
    events: tuple[Event, ...]
    reviews: Reviews


def decide_together(
    checker: Checker,
    rows: Sequence[Row],
    kind: Kind,
    by: str,
    note: str = "",
    *,
    checked: Sequence[str] = (),
    signer: Callable[[Reviews, str], Signer | None] = lambda _reviews, _who: None,
    step: Callable[[int, int], None] = lambda _done, _all: None,
) -> Together:
    """Approve, or give back with a note, the posts of these rows that are still what they were.

    UsageError for a return without a note. A post that changed meanwhile is refused by name.
    """
    if kind is Kind.RETURN and not note.strip():
        raise UsageError("Tulis apa yang perlu diperbaiki.")
    reviews = checker.reviews(sorted({row.unit for row in rows}))
    seen: Mapping[tuple[str, str], str] = {row.key: row.seal for row in rows}
    posts = {(post.unit, post.id): post for post in reviews.press.loaded.posts()}
    who = reviews.person(by)
    same: list[State] = []
    other: list[tuple[State, str]] = []
    for number, (key, seal) in enumerate(seen.items(), 1):
        if key in posts:
            state = reviews.state(reviews.press.proof(posts[key]))
            if state.sealed.seal == seal:
                same.append(state)
            else:
                other.append((state, CHANGED))
        step(number, len(seen))
    decision = decide(kind, same, who, checked=checked)
    decision = replace(decision, refused=(*decision.refused, *other))
    key_of = signer(reviews, who) if decision.carried else None
    events = reviews.record(kind, who, decision.carried, note.strip(), signer=key_of)
    return Together(who, reviews.settled(decision, events), tuple(events), reviews)
