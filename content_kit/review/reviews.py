"""Reviewing a workspace: where its posts stand, what may be decided about them, and writing it down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from content_kit.findings import Finding
from content_kit.render import Press, Proof
from content_kit.review.events import Entry, Event, Kind, Log, person, read_log, same, write
from content_kit.review.seal import named, sealed
from content_kit.review.status import State, Status, fast_lane, state

UNSIGNED: Final = "Belum bertanda tangan: catatan ini menjaga dari kekeliruan, bukan dari orang yang sengaja memalsukan."


@dataclass(frozen=True, slots=True)
class Decision:
    """What a decision comes to for each post: carried out, not needed any more, or refused and why."""

    carried: tuple[tuple[State, Entry], ...] = ()
    already: tuple[State, ...] = ()
    refused: tuple[tuple[State, str], ...] = ()


class Reviews:
    """The logs of a workspace at one instant; each unit's log is read when it is first asked for."""

    def __init__(self, press: Press, now: datetime) -> None:
        self.press = press
        self.now = now
        self._logs: dict[str, Log] = {}

    def log(self, unit: str) -> Log:
        """The log of a unit."""
        if unit not in self._logs:
            loaded = self.press.loaded
            self._logs[unit] = read_log(
                self.press.workspace, loaded.posyandu[unit], loaded.people, self.now
            )
        return self._logs[unit]

    def findings(self) -> list[Finding]:
        """What is wrong with the logs that were read."""
        return [found for log in self._logs.values() for found in log.findings]

    def state(self, proof: Proof) -> State:
        """Where a post stands. The proof must be of all its channels."""
        workspace, loaded = self.press.workspace, self.press.loaded
        unit = proof.post.unit
        return state(
            proof,
            sealed(self.press, proof),
            self.log(unit).of(proof.post.id),
            approval=loaded.office.approval,
            fast=fast_lane(proof, own_template=workspace.is_own_template(proof.post.template)),
            unmerged=[
                found
                for found in loaded.findings
                if found.code == "salinan-bentrok"
                and found.place.file.startswith(f"calendars/{unit}/")
            ],
        )

    def person(self, name: str) -> str:
        """Who is meant by a name that somebody typed."""
        return person(name, self.press.loaded.people)

    def record(
        self, kind: Kind, by: str, carried: Iterable[tuple[State, Entry]], note: str = ""
    ) -> list[Event]:
        """Write one event for each unit; its log knows it from now on."""
        units: dict[str, list[Entry]] = {}
        for one, entry in carried:
            units.setdefault(one.proof.post.unit, []).append(entry)
        written = []
        for unit, entries in units.items():
            log = self.log(unit)
            posyandu = self.press.loaded.posyandu[unit]
            event = Event(kind, by, self.now, tuple(entries), note)
            event = write(self.press.workspace, posyandu, log, event)
            self._logs[unit] = replace(log, events=(*log.events, event))
            written.append(event)
        return written


def decide(kind: Kind, states: Sequence[State], by: str) -> Decision:
    """Which posts a submission, approval, return or withdrawal can be carried out for."""
    carried: list[tuple[State, Entry]] = []
    already: list[State] = []
    refused: list[tuple[State, str]] = []
    for one in states:
        done, why = _rule(kind, one, by)
        if done:
            already.append(one)
        elif why:
            refused.append((one, why))
        else:
            inputs = one.sealed.inputs if kind is Kind.SUBMIT else {}
            carried.append((one, Entry(one.proof.post.id, one.sealed.seal, inputs)))
    return Decision(tuple(carried), tuple(already), tuple(refused))


def posted(one: State, channels: Sequence[str]) -> Decision:
    """A post that went out in some of its channels, in all of them when none is named."""
    wanted = channels or one.proof.post.channels
    new = tuple(channel for channel in wanted if channel not in one.posted)
    if not new:
        return Decision(already=(one,))
    return Decision(((one, Entry(one.proof.post.id, one.sealed.seal, channels=new)),))


def _rule(kind: Kind, one: State, by: str) -> tuple[bool, str]:
    """Whether a decision stands already, else why it cannot be; (False, "") when it can."""
    if kind is Kind.SUBMIT:
        if one.status is Status.POSTED:
            return False, "sudah diposting."
        if one.blockers:
            return False, _first(one.blockers)
        return one.submitted or one.approved, ""
    if kind is Kind.APPROVE:
        return _approve(one, by)
    if kind is Kind.RETURN and one.status is Status.RETURNED:
        return True, ""
    known = one.submitted or one.approved or one.status in (Status.CHANGED, Status.RETURNED)
    return False, "" if known else "belum diajukan."


def _approve(one: State, by: str) -> tuple[bool, str]:
    # Checked again at this moment: the proof is new, whatever was true when it was submitted.
    if one.submitted and one.blockers:
        return False, _first(one.blockers)
    if any(same(by, name) for name in one.approvers):
        return True, ""
    if not one.submitted:
        if one.approved:
            return True, ""
        if one.changes:
            return False, f"berubah sejak diajukan ({named(one.changes)}); ajukan lagi dulu."
        return False, "belum diajukan."
    if any(same(by, name) for name in one.submitters):
        return False, "yang menyetujui harus orang lain daripada yang mengajukan."
    return one.approved, ""


def _first(blockers: Sequence[Finding]) -> str:
    first = blockers[0]
    more = f" (dan {len(blockers) - 1} lagi)" if len(blockers) > 1 else ""
    return f"{first.message} {first.hint}".strip() + more
