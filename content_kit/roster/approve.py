"""Approving what says nothing but the library: all of it together, after its sample was opened.

Everything is checked again first. A cache may say where to look, never what is approved.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

from content_kit.errors import UsageError
from content_kit.review.decide import Decision, decide
from content_kit.review.events import Event, Kind
from content_kit.review.keys import Signer
from content_kit.review.life import Status
from content_kit.review.reviews import Reviews
from content_kit.review.status import State
from content_kit.roster.rows import Checker
from content_kit.roster.unchanged import sample
from content_kit.roster.view import Pile, Row

_NAMED: Final = 12


@dataclass(frozen=True)
class Batch:
    """Clean posts that wait for an approval, and those of them that somebody has to open.

    `seed` drew the sample and is written into the log with the approval.
    """

    reviews: Reviews
    posts: tuple[tuple[Row, State], ...]
    sample: tuple[Row, ...]
    seed: str

    def unopened(self, opened: Collection[str]) -> tuple[Row, ...]:
        """The rows of the sample that nobody says to have opened, by id or unit/id."""
        return tuple(
            row
            for row in self.sample
            if row.post not in opened and f"{row.unit}/{row.post}" not in opened
        )

    def state_of(self, row: Row) -> State:
        """The checked post behind a row."""
        return next(state for each, state in self.posts if each.key == row.key)


def batch(
    checker: Checker,
    units: Sequence[str],
    seed: str,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Batch:
    """Check these units and pick what is clean and handed in."""
    reviews = checker.reviews(units)
    total = sum(len(checker.posts(calendar.posts)) for calendar in reviews.press.loaded.calendars)
    found: list[tuple[Row, State]] = []
    for number, (row, state) in enumerate(checker.states(reviews), 1):
        if row.pile is Pile.CLEAN and state.status is Status.SUBMITTED:
            found.append((row, state))
        progress(number, total)
    return Batch(reviews, tuple(found), sample([row for row, _ in found], seed), seed)


def decided(ready: Batch, by: str, opened: Collection[str]) -> Decision:
    """What approving the batch comes to for each post; UsageError before its sample was opened."""
    left = ready.unopened(opened)
    if left:
        ids = ",".join(f"{row.unit}/{row.post}" for row in ready.sample)
        raise UsageError(
            f"Buka dulu sampelnya ({len(left)} lagi): content-kit roster clean. "
            f"Sesudah dilihat, tambahkan --opened {ids}"
        )
    return decide(Kind.APPROVE, [state for _, state in ready.posts], ready.reviews.person(by))


def record(ready: Batch, decision: Decision, by: str, signer: Signer | None = None) -> list[Event]:
    """Write the approvals down, with the seed and the sample that was opened.

    Where the office signs, `signer` is the approver's open key; UsageError without it.
    """
    who = ready.reviews.person(by)
    return ready.reviews.record(Kind.APPROVE, who, decision.carried, note_of(ready), signer=signer)


def note_of(ready: Batch) -> str:
    """What the log keeps: anybody can draw the same sample from the seed and see that it fits."""
    names = [row.post for row in ready.sample]
    told = ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
    return (
        f"Sesuai pustaka, disetujui bersama {len(ready.posts)} postingan. "
        f"Sampel acak {len(names)}, benih {ready.seed}: {told}."
    )
