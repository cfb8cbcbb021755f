"""What may be decided about a post, and why not: the rules of a review, without a disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from content_kit.findings import Finding, clipped
from content_kit.review.events import Entry, Kind, same
from content_kit.review.life import Status
from content_kit.review.seal import named
from content_kit.review.status import State

NOT_HANDED_IN: Final = "belum diajukan. Minta yang menyusun mengajukannya dulu."
"""Why a post that nobody handed in is neither approved nor given back."""

_NO_PICTURES: Final[Mapping[tuple[str, str], Mapping[str, str]]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Decision:
    """What a decision comes to for each post: carried out, not needed any more, or refused and why."""

    carried: tuple[tuple[State, Entry], ...] = ()
    already: tuple[State, ...] = ()
    refused: tuple[tuple[State, str], ...] = ()


def decide(
    kind: Kind,
    states: Sequence[State],
    by: str,
    *,
    checked: Sequence[str] = (),
    pictures: Mapping[tuple[str, str], Mapping[str, str]] = _NO_PICTURES,
) -> Decision:
    """Which posts a submission, approval, return or withdrawal can be carried out for.

    `checked` are the questions that an approver confirmed, `pictures` what they saw: for each
    (unit, post) the digest of each format's picture.
    """
    carried: list[tuple[State, Entry]] = []
    already: list[State] = []
    refused: list[tuple[State, str]] = []
    for one in states:
        done, why = _rule(kind, one, by, checked)
        if done:
            already.append(one)
        elif why:
            refused.append((one, why))
        else:
            post = one.proof.post
            entry = Entry(post.id, one.sealed.seal)
            if kind is Kind.SUBMIT:
                entry = replace(entry, inputs=one.sealed.inputs)
            elif kind is Kind.APPROVE:
                seen = pictures.get((post.unit, post.id), {})
                entry = replace(entry, checked=tuple(checked), pictures=seen)
            carried.append((one, entry))
    return Decision(tuple(carried), tuple(already), tuple(refused))


def posted(one: State, channels: Sequence[str]) -> Decision:
    """A post that went out in some of its channels, in all of them when none is named."""
    wanted = channels or one.proof.post.channels
    new = tuple(channel for channel in wanted if channel not in one.posted)
    if not new:
        return Decision(already=(one,))
    return Decision(((one, Entry(one.proof.post.id, one.sealed.seal, channels=new)),))


def unposted(one: State, channels: Sequence[str]) -> Decision:
    """A post that did not go out after all, in these channels or in all that are written down."""
    wanted = channels or one.posted
    wrong = tuple(channel for channel in wanted if channel in one.posted)
    if not wrong:
        return Decision(already=(one,))
    return Decision(((one, Entry(one.proof.post.id, one.sealed.seal, channels=wrong)),))


def _rule(kind: Kind, one: State, by: str, checked: Sequence[str]) -> tuple[bool, str]:
    """Whether a decision stands already, else why it cannot be; (False, "") when it can."""
    if kind is Kind.SUBMIT:
        # What went out by mistake, or was only said to be out, can still be looked at.
        if one.status is Status.POSTED and one.passes:
            return False, "sudah diposting."
        if one.blockers:
            return False, _first(one.blockers)
        return (one.submitted and not one.expired) or one.approved, ""
    if kind is Kind.APPROVE:
        return _approve(one, by, checked)
    if kind is Kind.RETURN and one.status is Status.RETURNED:
        return True, ""
    known = one.submitted or one.approved or one.changed or one.status is Status.RETURNED
    if kind is Kind.RETURN:
        known = known or one.reviewed_after is False
    return False, "" if known else NOT_HANDED_IN


def _approve(one: State, by: str, checked: Sequence[str]) -> tuple[bool, str]:
    # Checked again at this moment: the proof is new, whatever was true when it was submitted.
    there = one.submitted or one.went_fast
    if there and one.blockers:
        return False, _first(one.blockers)
    if any(same(by, name) for name in one.approvers):
        return True, ""
    if not there:
        if one.approved:
            return True, ""
        if one.changes:
            return False, f"berubah sejak diajukan ({named(one.changes)}); ajukan lagi dulu."
        return False, NOT_HANDED_IN
    if any(same(by, name) for name in one.submitters):
        return False, "yang menyetujui harus orang lain daripada yang mengajukan."
    if one.approved:
        return True, ""
    if one.desk.signed and not one.desk.roles_of(by):
        return False, f'"{clipped(by)}" belum terdaftar sebagai penyetuju di peran.yaml.'
    if not one.helps(by):
        wanted = one.missing[0] if one.ordered else " atau ".join(one.missing)
        return False, f"sekarang menunggu {wanted or 'penyetuju yang terdaftar di peran.yaml'}."
    open_questions = [id for id in one.unticked if id not in checked]
    if open_questions:
        return False, f"berisiko tinggi; periksa dan centang dulu: {', '.join(open_questions)}."
    return False, ""


def _first(blockers: Sequence[Finding]) -> str:
    first = blockers[0]
    more = f" (dan {len(blockers) - 1} lagi)" if len(blockers) > 1 else ""
    return f"{first.message} {first.hint}".strip() + more
