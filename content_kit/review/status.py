"""Where a post stands: computed from its findings, its seal and the log, and never stored.

Git merges "edit the caption" and "the caption is approved" cleanly. A stored word would then
say that the new text is approved; a seal does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import Final

from content_kit.findings import Finding, Level
from content_kit.model import Approval
from content_kit.render import WAITING, Proof
from content_kit.review.events import Entry, Event
from content_kit.review.lane import Doubt
from content_kit.review.life import Facts, Status, stage
from content_kit.review.policy import (
    Answer,
    Danger,
    Risk,
    Role,
    Rules,
    Step,
    Vote,
    answers,
    filled,
    least,
    steps,
    waived,
)
from content_kit.review.seal import Difference, Sealed, differences
from content_kit.review.story import Story, follow

UNREVIEWED: Final = "sumber-belum-ditelaah"
_UNFINISHED: Final = frozenset({WAITING, UNREVIEWED, "sumber-lemah", "fakta-diganti"})
"""Warnings to whoever writes, with which nothing may be handed in."""
SENT_BACK: Final = Doubt("tinjauan", "pernah dikembalikan, jadi perlu disetujui dulu")


def _nothing(_: str) -> frozenset[Role]:
    return frozenset()


def _anybody(_: str) -> bool:
    return True


def _nobody(_: Role) -> frozenset[str]:
    return frozenset()


@dataclass(frozen=True, slots=True)
class Desk:
    """How a unit's office decides: its policy, who may do what, and the instant it is.

    `signed` offices count only approvals with a key of their roles file. `clear` is false when
    nobody can say what the office wants. `known` says whether somebody stands in its list of people.
    `holders` are those of a role, in small letters.
    """

    approval: Approval
    now: datetime
    days: int = 60
    rules: Rules = field(default_factory=Rules)
    signed: bool = False
    clear: bool = True
    roles_of: Callable[[str], frozenset[Role]] = _nothing
    holders: Callable[[Role], frozenset[str]] = _nobody

    known: Callable[[str], bool] = _anybody

    def there(self, role: Role) -> bool:
        """Whether somebody has a role here."""
        return bool(self.holders(role))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a post apart from its log: with it, any log can be told what it comes to.

    `seal` is what it is made from, `wrong` whether something has to be put right, `replaced`
    whether a newer announcement has taken its place. `slow` is what closes the fast lane as long as
    nobody approved the files that some of it is about.
    """

    seal: str
    channels: tuple[str, ...]
    wrong: bool = False
    waiting: bool = False
    replaced: bool = False
    danger: Danger = field(default_factory=Danger)
    slow: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a post stands, as its log tells.

    `slow` says why it does not pass by the fast lane. `barred` is a post that was given back and
    not handed in anew: it goes out by no lane. `fast` posts pass the gate without an approval.
    `changed` says that what was approved is not what is here. `before` are the inputs of the
    approved version, or of the submitted one when there is none that was approved; `differs`
    whether that is another version than this. `expired` names those whose approvals are too old,
    `missing` the steps that nobody has filled. `reviewed_after` is None for a post that never went
    out by the fast lane, else whether somebody looked at it since. `open` versions were handed in
    or went out, and were not taken back: an approval of any other counts for nothing. `evidence`
    are the digests of the pictures that approvers saw. `until` is when some approval expires.
    `open_steps` are those that wait for somebody, `deciding` is the return or the approval that was
    given last.
    """

    status: Status
    needed: int
    fast: bool
    desk: Desk = field(compare=False, repr=False)
    submitters: tuple[str, ...] = ()
    approvers: tuple[str, ...] = ()
    submitted: bool = False
    note: str = ""
    noted_by: str = ""
    posted: tuple[str, ...] = ()
    changed: bool = False
    barred: bool = False
    slow: tuple[Doubt, ...] = ()
    danger: Danger = field(default_factory=Danger)
    steps: tuple[Step, ...] = ()
    ordered: bool = False
    policy_note: str = ""
    votes: tuple[Vote, ...] = ()
    missing: tuple[str, ...] = ()
    expired: tuple[str, ...] = ()
    signed: bool = False
    reviewed_after: bool | None = None
    open: bool = False
    ticked: Mapping[str, str] = field(default_factory=dict, hash=False)
    evidence: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    until: datetime | None = None
    open_steps: tuple[Step, ...] = ()
    deciding: Event | None = None
    before: Mapping[str, str] | None = field(default=None, hash=False, repr=False)
    differs: bool = False

    @property
    def passes(self) -> bool:
        """Whether it may go out, as far as approval goes."""
        if self.barred:
            return False
        return self.fast or (self.desk.clear and (self.needed == 0 or self.approved))

    @property
    def settled(self) -> bool:
        """Whether nothing more is to be decided: it is out, approved, or ready where nobody is asked."""
        ready = self.status is Status.READY and self.passes
        return ready or self.status in (Status.APPROVED, Status.POSTED)

    @property
    def approved(self) -> bool:
        """Whether exactly what is here was approved by everybody whom the office asks."""
        return 0 < len(self.steps) <= len(self.votes)

    @property
    def strangers(self) -> tuple[str, ...]:
        """The approvers whom no list of the office has."""
        return tuple(name for name in self.approvers if not self.desk.known(name))

    @property
    def risk(self) -> Risk:
        """How much harm a mistake in it can do."""
        return self.danger.risk

    @property
    def went_fast(self) -> bool:
        """Whether just this version went out by the fast lane and waits for somebody to look at it."""
        return self.reviewed_after is False and self.open

    @property
    def unticked(self) -> tuple[str, ...]:
        """The questions that whoever approves it must confirm: only where much can go wrong."""
        if self.desk.approval is not Approval.RISK or self.risk is not Risk.HIGH:
            return ()
        return tuple(item.id for item in self.desk.rules.items if item.by_person)

    def waiting_for(self, named: Callable[[str], str] = str) -> str:
        """What keeps it from going out, as far as approval goes, in a few words; "" when nothing does.

        `named` says what somebody is called.
        """
        if self.passes:
            return ""
        if not self.desk.clear:
            return "pengaturan persetujuan di kantor.yaml tidak terbaca"
        waits = f"menunggu: {', '.join(self.missing)}" if self.missing else ""
        if self.expired:
            waits = f"persetujuan {', '.join(map(named, self.expired))} sudah lewat {self.desk.days} hari; {waits}"
        return waits.rstrip("; ")

    def helps(self, by: str) -> bool:
        """Whether an approval of somebody would fill a step that is still open."""
        vote = Vote(by, self.desk.roles_of(by))
        more = (*self.votes, vote)
        counted, _ = filled(self.steps, more, ordered=self.ordered, signed=self.desk.signed)
        return len(counted) > len(self.votes)


@dataclass(frozen=True, slots=True, kw_only=True)
class State(Standing):
    """A post's standing with all that explains it.

    `blockers` keep it from being handed in; `changes` are against the version of `before`.
    """

    proof: Proof
    sealed: Sealed
    known: Known
    blockers: tuple[Finding, ...] = ()
    changes: tuple[Difference, ...] = ()

    @property
    def checklist(self) -> tuple[Answer, ...]:
        """What the program and the approvers say to each question of the checklist."""
        return answers(self.desk.rules, self.proof.findings, self.ticked)


def state(
    proof: Proof,
    sealed: Sealed,
    told: Iterable[tuple[Event, Entry]],
    *,
    desk: Desk,
    danger: Danger,
    slow: tuple[Doubt, ...] = (),
    approved_files: frozenset[str] = frozenset(),
    unmerged: Iterable[Finding] = (),
    replaced: bool = False,
) -> State:
    """What the log and the seal say of a post.

    `slow` is what closes the fast lane, `unmerged` are the conflict copies of its unit; `replaced`
    says that a newer announcement has taken its place.
    """
    blockers = (*_blockers(proof), *unmerged)
    known = Known(
        seal=sealed.seal,
        channels=proof.post.channels,
        wrong=any(found.level is Level.ERROR for found in blockers),
        waiting=proof.waiting,
        replaced=replaced,
        danger=danger,
        slow=slow,
    )
    found = standing(known, told, desk, approved_files)
    return State(
        **{one.name: getattr(found, one.name) for one in fields(found)},
        proof=proof,
        sealed=sealed,
        known=known,
        blockers=blockers,
        changes=differences(found.before, sealed.inputs) if found.before is not None else (),
    )


def standing(
    known: Known,
    told: Iterable[tuple[Event, Entry]],
    desk: Desk,
    approved_files: frozenset[str] = frozenset(),
) -> Standing:
    """Where a post stands after these events.

    `approved_files` are the digests of files that somebody approved in its unit before.
    """
    story = follow(told)
    slow = tuple(one for one in known.slow if not one.file or one.file not in approved_files)
    fast = not slow and not story.sent_back
    needed, ordered, policy_note = steps(desk.approval, desk.rules, known.danger, desk.there)
    needed, alone = waived(needed, _submitted(story, known.seal, desk), desk.holders)
    policy_note = policy_note or alone
    given = story.given(known.seal)
    age = timedelta(days=desk.days)
    alive = [(event, entry) for event, entry in given if event.at + age > desk.now]
    counted, open_steps = _filled(desk, needed, alive, ordered=ordered)
    expired: tuple[str, ...] = ()
    if open_steps and len(alive) < len(given):
        once, _ = _filled(desk, needed, given, ordered=ordered)
        there = {vote.by for vote in counted}
        expired = tuple(vote.by for vote in once if vote.by not in there)
    approved_once = _approved_seal(story, desk)
    pending = story.submitted is not None and story.submitted.seal == known.seal
    changed = bool(approved_once) and approved_once != known.seal and not pending
    compared = approved_once or story.latest
    posted = tuple(channel for channel in known.channels if channel in story.posted)
    asked = desk.approval is not Approval.NONE or not desk.clear
    status = stage(
        Facts(
            posted=bool(posted) and len(posted) == len(known.channels),
            replaced=known.replaced,
            changed=changed,
            wrong=known.wrong,
            waiting=known.waiting,
            approved=not open_steps,
            returned=story.returned is not None,
            submitted=pending,
            asked=asked and not fast,
        )
    )
    noted = story.returned or story.last
    counting = {vote.by.casefold() for vote in counted}
    counts = [pair for pair in alive if pair[0].by.casefold() in counting]
    return Standing(
        status=status,
        needed=len(needed) if asked else 0,
        fast=fast,
        slow=(*slow, *([SENT_BACK] if story.sent_back else [])),
        barred=story.returned is not None,
        desk=desk,
        before=story.snapshots.get(compared),
        differs=compared in story.snapshots and compared != known.seal,
        submitters=tuple(story.submitters.get(known.seal, ())),
        approvers=tuple(vote.by for vote in counted),
        submitted=pending,
        note=noted.note if noted else "",
        noted_by=noted.by if noted and noted.note else "",
        posted=posted,
        changed=changed,
        danger=known.danger,
        steps=needed,
        ordered=ordered,
        policy_note=policy_note if asked else "",
        votes=counted,
        missing=tuple(step.name for step in open_steps) if asked else (),
        expired=expired,
        signed=bool(counted) and all(vote.signed for vote in counted),
        reviewed_after=story.reviewed_after,
        open=known.seal in story.open,
        ticked={id: event.by for event, entry in counts for id in entry.checked},
        evidence=_evidence(counts),
        until=min((event.at + age for event, _ in counts), default=None),
        open_steps=open_steps if asked else (),
        deciding=story.returned or (counts[-1][0] if counts else None),
    )


def _blockers(proof: Proof) -> Iterator[Finding]:
    """What keeps a post from being submitted."""
    for found in proof.findings:
        if found.level is Level.ERROR or found.code in _UNFINISHED:
            yield found


def _filled(
    desk: Desk,
    needed: tuple[Step, ...],
    given: Iterable[tuple[Event, Entry]],
    *,
    ordered: bool,
) -> tuple[tuple[Vote, ...], tuple[Step, ...]]:
    votes = [_vote(event, desk) for event, _ in given]
    return filled(needed, votes, ordered=ordered, signed=desk.signed)


def _submitted(story: Story, seal: str, desk: Desk) -> list[Vote]:
    """Who handed in a version, as what they are here."""
    return [_vote(event, desk) for event in story.handed_in.get(seal, ())]


def _vote(event: Event, desk: Desk) -> Vote:
    roles = event.roles if desk.signed else desk.roles_of(event.by)
    return Vote(event.by, roles, event.signed)


def _approved_seal(story: Story, desk: Desk) -> str:
    """The version that was approved last by enough people, however long ago; "" for none."""
    needed, ordered = least(desk.approval, desk.rules, desk.there)
    for seal in reversed(story.approvals):
        rest, _ = waived(needed, _submitted(story, seal, desk), desk.holders)
        if not _filled(desk, rest, story.given(seal), ordered=ordered)[1]:
            return seal
    return ""


def _evidence(given: Iterable[tuple[Event, Entry]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for _, entry in given:
        for name, digest in entry.pictures.items():
            found[name] = (*found.get(name, ()), digest)
    return found
