"""The life of a post: the one word and mark for where it stands, for every screen, paper and command.

Nothing else in the program has words of its own for it. The word is computed and never stored:
`stage` says which it is once the findings, the seal and the log are known.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Status(StrEnum):
    """Where a post stands: the word people read, and a mark that says it without colour."""

    mark: str

    def __new__(cls, word: str, mark: str) -> Self:
        """Both are the member; the word is its value."""
        member = str.__new__(cls, word)
        member._value_ = word
        member.mark = mark
        return member

    WRONG = "perlu diperbaiki", "!"
    WAITING = "menunggu isian", "…"
    RETURNED = "dikembalikan", "↩"
    CHANGED = "berubah", "≠"
    UNSUBMITTED = "belum diajukan", "="
    SUBMITTED = "diajukan", "»"
    APPROVED = "disetujui", "√"
    READY = "siap", "✓"
    REPLACED = "diganti", "×"
    POSTED = "sudah diposting", "↑"
    UNKNOWN = "belum diperiksa", "·"

    @property
    def word(self) -> str:
        """The word."""
        return self.value

    @property
    def over(self) -> bool:
        """Whether nothing is left to do with it: it went out, or another went out in its place."""
        return self in (Status.POSTED, Status.REPLACED)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a post, each by itself.

    `posted` means in all its channels; `asked` that its office lets nothing out unapproved, and
    that this post goes by no fast lane.
    """

    posted: bool = False
    replaced: bool = False
    changed: bool = False
    wrong: bool = False
    waiting: bool = False
    approved: bool = False
    returned: bool = False
    submitted: bool = False
    asked: bool = False


def stage(facts: Facts) -> Status:
    """The one status of a post: what is over first, then what only its people can mend."""
    ordered = (
        (facts.posted, Status.POSTED),
        (facts.replaced, Status.REPLACED),
        (facts.changed, Status.CHANGED),
        (facts.wrong, Status.WRONG),
        (facts.waiting, Status.WAITING),
        (facts.approved, Status.APPROVED),
        (facts.returned, Status.RETURNED),
        (facts.submitted, Status.SUBMITTED),
        (facts.asked, Status.UNSUBMITTED),
    )
    return next((status for holds, status in ordered if holds), Status.READY)
