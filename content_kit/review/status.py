"""Where a post stands: computed from its findings, its seal and the log, and never stored.

Git merges "edit the caption" and "the caption is approved" cleanly. A stored word would then
say that the new text is approved; a seal does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from content_kit.findings import Finding, Level
from content_kit.model import Approval, Pillar
from content_kit.render import WAITING, Proof
from content_kit.review.events import Entry, Event, Kind, same
from content_kit.review.seal import Difference, Sealed, differences

UNREVIEWED: Final = "sumber-belum-ditelaah"


class Status(StrEnum):
    """The steps of a post, as people read them."""

    DRAFT = "draf"
    READY = "siap"
    SUBMITTED = "diajukan"
    RETURNED = "dikembalikan"
    APPROVED = "disetujui"
    CHANGED = "berubah setelah disetujui"
    POSTED = "sudah diposting"


@dataclass(frozen=True, slots=True)
class State:
    """A post's status with all that explains it.

    `changes` are against the approved version, or against the submitted one when there is none
    that was approved. `fast` posts pass the gate without an approval.
    """

    proof: Proof
    sealed: Sealed
    status: Status
    needed: int
    fast: bool
    blockers: tuple[Finding, ...] = ()
    changes: tuple[Difference, ...] = ()
    submitters: tuple[str, ...] = ()
    approvers: tuple[str, ...] = ()
    submitted: bool = False
    note: str = ""
    noted_by: str = ""
    posted: tuple[str, ...] = ()

    @property
    def passes(self) -> bool:
        """Whether it may go out, as far as approval goes."""
        return self.fast or self.needed == 0 or self.approved

    @property
    def approved(self) -> bool:
        """Whether exactly what is here was approved by as many people as the office asks for."""
        return len(self.approvers) >= max(1, self.needed)


def state(
    proof: Proof,
    sealed: Sealed,
    told: Iterable[tuple[Event, Entry]],
    *,
    approval: Approval,
    fast: bool,
    unmerged: Iterable[Finding] = (),
) -> State:
    """What the log and the seal say of a post. `unmerged` are the conflict copies of its unit."""
    wrong = tuple(_blockers(proof))
    blockers = (*wrong, *unmerged)
    story = _follow(told)
    needed = approval.needed
    approvers = story.approvers(sealed.seal)
    approved_once = story.approved_seal(max(1, needed))
    pending = story.submitted is not None and story.submitted.seal == sealed.seal
    reference = approved_once or story.latest
    before = story.snapshots.get(reference)
    changes = differences(before, sealed.inputs) if before is not None else ()
    posted = tuple(channel for channel in proof.post.channels if channel in story.posted)
    if posted and len(posted) == len(proof.post.channels):
        status = Status.POSTED
    elif approved_once and approved_once != sealed.seal and not pending:
        status = Status.CHANGED
    elif any(found.level is Level.ERROR for found in wrong):
        status = Status.DRAFT
    elif len(approvers) >= max(1, needed):
        status = Status.APPROVED
    elif story.returned is not None:
        status = Status.RETURNED
    elif pending:
        status = Status.SUBMITTED
    else:
        status = Status.DRAFT if blockers else Status.READY
    noted = story.returned or story.last
    return State(
        proof=proof,
        sealed=sealed,
        status=status,
        needed=needed,
        fast=fast,
        blockers=blockers,
        changes=changes,
        submitters=tuple(story.submitters.get(sealed.seal, ())),
        approvers=approvers,
        submitted=pending,
        note=noted.note if noted else "",
        noted_by=noted.by if noted and noted.note else "",
        posted=posted,
    )


def fast_lane(proof: Proof, *, own_template: bool) -> bool:
    """Whether a post goes out without waiting: a service day told with nothing but its own facts.

    Announcements and changes of a service day in a bundled template, whose day, time and place
    come from `acara`, with no photo, and with only the template's short texts beside them. A
    change that waits for an office sends people to a closed door.
    """
    post, template = proof.post, proof.template
    if post.pillar is not Pillar.JADWAL or proof.occurrence is None or template is None:
        return False
    if own_template or post.alt_text or post.sources:
        return False
    texts = {spec.name for spec in template.fields if spec.type == "text"}
    return all(name in texts and isinstance(value, str) for name, value in post.fields.items())


def _blockers(proof: Proof) -> Iterator[Finding]:
    """What keeps a post from being submitted."""
    for found in proof.findings:
        if found.level is Level.ERROR or found.code in (WAITING, UNREVIEWED):
            yield found


class _Story:
    """What a post's events come to, one after the other."""

    def __init__(self) -> None:
        self.submitted: Entry | None = None
        self.latest = ""
        self.submitters: dict[str, list[str]] = {}
        self.approvals: dict[str, list[str]] = {}
        self.snapshots: dict[str, Mapping[str, str]] = {}
        self.returned: Event | None = None
        self.last: Event | None = None
        self.posted: set[str] = set()

    def take(self, event: Event, entry: Entry) -> None:
        """Go on by one event."""
        if event.kind is Kind.SUBMIT:
            self.submitted, self.latest = entry, entry.seal
            _add(self.submitters, entry.seal, event.by)
            self.snapshots[entry.seal] = entry.inputs
            self.returned, self.last = None, event
        elif event.kind is Kind.APPROVE:
            # An approval of what nobody submitted, or of one's own, is no approval.
            if entry.seal in self.snapshots and not self._own(entry.seal, event.by):
                _add(self.approvals, entry.seal, event.by)
                self.last = event
        elif event.kind is Kind.RETURN:
            self.returned, self.submitted = event, None
            self.approvals.clear()
        elif event.kind is Kind.WITHDRAW:
            self.submitted, self.returned, self.last = None, None, event
            self.approvals.clear()
        elif event.kind is Kind.POSTED:
            self.posted.update(entry.channels)

    def approvers(self, seal: str) -> tuple[str, ...]:
        """Who approved a version and did not submit it."""
        return tuple(by for by in self.approvals.get(seal, ()) if not self._own(seal, by))

    def approved_seal(self, needed: int) -> str:
        """The version that was approved last by enough people; "" when none stands."""
        found = [seal for seal in self.approvals if len(self.approvers(seal)) >= needed]
        return found[-1] if found else ""

    def _own(self, seal: str, by: str) -> bool:
        return any(same(by, submitter) for submitter in self.submitters.get(seal, ()))


def _follow(told: Iterable[tuple[Event, Entry]]) -> _Story:
    story = _Story()
    for event, entry in told:
        story.take(event, entry)
    return story


def _add(names: dict[str, list[str]], seal: str, by: str) -> None:
    there = names.setdefault(seal, [])
    if not any(same(by, name) for name in there):
        there.append(by)
    names[seal] = names.pop(seal)  # the latest is the last
