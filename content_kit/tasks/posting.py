"""Written down: that a post went out in some of its places, or that it did not after all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from content_kit.errors import UsageError
from content_kit.files.workspace import Workspace
from content_kit.findings import clipped
from content_kit.model import Post
from content_kit.render import Press, Selection
from content_kit.review.decide import Decision, posted, unposted
from content_kit.review.events import Event, Kind
from content_kit.review.keys import Signer
from content_kit.review.reviews import Reviews
from content_kit.review.status import State

Signing: TypeAlias = Callable[[Reviews, Kind, str], Signer | None]
"""Gives the open key of whoever signs, where one is asked for."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of it: the decision, the events that were written, and the places by name."""

    reviews: Reviews
    state: State
    decision: Decision
    events: tuple[Event, ...]
    places: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What to say: every place by its name."""
        if not self.events:
            return "Ini sudah tercatat sebelumnya."
        out = self.events[0].kind is Kind.POSTED
        said = "sudah diposting" if out else "belum diposting"
        return f"Tercatat: {said} di {', '.join(self.places)}."


def record(
    workspace: Workspace,
    post: Post,
    channels: Sequence[str],
    by: str,
    now: datetime,
    *,
    out: bool = True,
    signing: Signing | None = None,
) -> Recorded:
    """Write down that a post went `out` in these of its places, or that it did not; all when none is named.

    The event is added to the log, whose earlier ones stay. UsageError for a post or a place that
    is not there.
    """
    press = Press(workspace, workspace.load(unit=post.unit))
    found = press.select(Selection(post=post.id, unit=post.unit))
    if len(found) != 1:
        raise UsageError("Postingan ini tidak ditemukan lagi. Buka lagi, lalu coba sekali lagi.")
    for name in channels:
        if name not in found[0].channels:
            there = ", ".join(found[0].channels)
            raise UsageError(f'Postingan ini tidak untuk "{clipped(name)}". Yang ada: {there}.')
    kind = Kind.POSTED if out else Kind.NOT_POSTED
    reviews = Reviews(press, now)
    who = reviews.person(by)
    state = reviews.state(press.proof(found[0]))
    decision = (posted if out else unposted)(state, channels)
    signer = signing(reviews, kind, who) if signing and decision.carried else None
    events = reviews.record(kind, who, decision.carried, signer=signer)
    ids = [channel for _, entry in decision.carried for channel in entry.channels]
    names = tuple(press.channels[id].name if id in press.channels else id for id in ids)
    return Recorded(reviews, state, decision, tuple(events), names)
