"""Handing in many posts at once: a month, a kabupaten, some posyandu, or all that are one's own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import Final

from content_kit.errors import UsageError
from content_kit.files.place_words import same_place
from content_kit.files.workspace import Loaded
from content_kit.findings import clipped, nearest
from content_kit.model import Post
from content_kit.review.decide import Decision, decide
from content_kit.review.events import Event, Kind, same
from content_kit.review.keys import Signer
from content_kit.review.reviews import Reviews
from content_kit.review.status import State

RETURNED: Final = "dikembalikan; perbaiki menurut catatannya, lalu ajukan sendiri."
"""Why a post that was given back is not handed in together with others: nobody may have looked."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What came of it: the decision for each post, the events that were written, and who it was."""

    by: str
    decision: Decision
    events: tuple[Event, ...]

    @property
    def units(self) -> int:
        """Of how many posyandu posts were handed in."""
        return len({one.proof.post.unit for one, _ in self.decision.carried})


def units_in(
    loaded: Loaded, *, kabupaten: str = "", kecamatan: str = "", mine: str = ""
) -> frozenset[str]:
    """The posyandu of a place, and of those the ones that `mine`, by id, serves; "" asks for nothing.

    UsageError for a place without any, and for somebody who stands in no list.
    """
    units = list(loaded.posyandu.values())
    if kabupaten:
        units = [unit for unit in units if same_place(unit.regency, kabupaten)]
        _there(units, "Kabupaten", kabupaten, [one.regency for one in loaded.posyandu.values()])
    if kecamatan:
        units = [unit for unit in units if same_place(unit.district, kecamatan)]
        _there(units, "Kecamatan", kecamatan, [one.district for one in loaded.posyandu.values()])
    if mine:
        person = next((one for one in loaded.people.values() if same(one.id, mine)), None)
        if person is None:
            raise UsageError(
                f'"{clipped(mine)}" tidak ada di orang.yaml, jadi posyandunya tidak diketahui.'
            )
        units = [unit for unit in units if not person.units or unit.slug in person.units]
        if not units:
            raise UsageError(f"{person.name} tidak bertugas di posyandu yang dipilih.")
    return frozenset(unit.slug for unit in units)


def hand_in(
    reviews: Reviews,
    posts: Iterable[Post],
    by: str,
    note: str = "",
    *,
    together: bool = True,
    signer: Callable[[str], Signer | None] = lambda _: None,
    step: Callable[[int, int], None] = lambda _done, _all: None,
) -> HandedIn:
    """Check these posts and hand in those that are ready, one event for each posyandu.

    `together` leaves out what was given back: that is handed in by itself. `signer` opens the key
    of whoever hands in, once there is something to sign.
    """
    posts = list(posts)
    who = reviews.person(by)
    states: list[State] = []
    for number, post in enumerate(posts, 1):
        states.append(reviews.state(reviews.press.proof(post)))
        step(number, len(posts))
    back = [one for one in states if together and one.barred]
    rest = [one for one in states if not (together and one.barred)]
    decision = decide(Kind.SUBMIT, rest, who)
    decision = replace(decision, refused=(*decision.refused, *((one, RETURNED) for one in back)))
    key = signer(who) if decision.carried else None
    events = reviews.record(Kind.SUBMIT, who, decision.carried, note, signer=key)
    return HandedIn(who, reviews.settled(decision, events), tuple(events))


def _there(units: Collection[object], what: str, name: str, known: Iterable[str]) -> None:
    if not units:
        hint = nearest(name, dict.fromkeys(known))
        raise UsageError(f'{what} "{clipped(name)}" tidak ada. {hint}'.strip())
