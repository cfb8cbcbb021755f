"""Reviewing a workspace: where its posts stand, what may be decided about them, and writing it down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Final, TypeVar

from content_kit.checks.announcements import superseded
from content_kit.errors import KitError, UsageError
from content_kit.files import bundled, save
from content_kit.files.copies import original
from content_kit.files.office import no_policy
from content_kit.files.templates import Template, load_template
from content_kit.files.user_folders import memory_file
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding, Place, clipped
from content_kit.model import Approval, PeopleInPhoto, Person, Post
from content_kit.render import Press, Proof
from content_kit.review.decide import Decision
from content_kit.review.events import TAKING_BACK, Entry, Event, Kind, Log, person, same
from content_kit.review.keys import Signer, spoken
from content_kit.review.lane import Doubt, Lane
from content_kit.review.library import SignedTexts
from content_kit.review.log import MAX_EVENT, is_current, read_log, safe_folder, with_event, write
from content_kit.review.memory import Memory
from content_kit.review.policy import Role, Rules, danger
from content_kit.review.roles import Trust, read_trust, remember
from content_kit.review.rules import load_rules, own_digest
from content_kit.review.seal import Sealed, sealed
from content_kit.review.status import Desk, State, state

T = TypeVar("T")

UNSIGNED: Final = "Belum bertanda tangan: catatan ini menjaga dari kekeliruan, bukan dari orang yang sengaja memalsukan."
SIGNED: Final = (
    "Bertanda tangan: hanya persetujuan dengan kunci yang terdaftar di peran.yaml yang berlaku."
)
IN_DOUBT: Final = (
    "tercatat, tetapi tidak berlaku: catatan posyandu ini ada yang diragukan, lihat di bawah."
)
NOBODY_COUNTS: Final = (
    "Daftar peran tidak dapat dipercaya, jadi tidak ada persetujuan yang berlaku."
)
_FOR_ALL: Final = frozenset({"kantor.yaml", "orang.yaml", "libur.yaml", "peran.yaml"})
"""What holds for every unit: nobody submits while two versions of it lie there."""


class Reviews:
    """The logs of a workspace at one instant; each unit's log is read when it is first asked for.

    `signer` is whoever decides, with an open key. `memory` is what this machine saw before; left
    out it is the user's own, and `remember` writes it down.
    """

    def __init__(
        self,
        press: Press,
        now: datetime,
        *,
        signer: Signer | None = None,
        memory: Memory | None = None,
    ) -> None:
        self.press = press
        self.now = now
        self.signer = signer
        self.memory = memory if memory is not None else Memory.open(memory_file())
        self.trust: Trust = read_trust(press.workspace, press.loaded.posyandu, self.memory)
        self._logs: dict[str, Log] = {}
        self._desks: dict[str, Desk] = {}
        self._unwritten: dict[str, str] = {}
        self._files: dict[str, frozenset[str]] = {}
        remember(self.memory, self.trust)
        office = press.loaded.office
        if office.approval_said:
            self.memory.want(
                self._folder, "" if office.approval is Approval.NONE else office.approval
            )
            self.memory.keep()

    # What holds here

    @property
    def signed(self) -> bool:
        """Whether signatures are asked for and can be looked at."""
        return self.trust.roles is not None

    @property
    def approval(self) -> Approval:
        """The policy that holds: the signed one where there is one."""
        roles = self.trust.roles
        office = self.press.loaded.office
        if roles is not None:
            return roles.approval
        if self.trust.required and office.approval is Approval.NONE:
            return Approval.ONE  # nobody's approval counts: no word in a file may open the gate
        return office.approval

    @property
    def asks(self) -> bool:
        """Whether an approval is asked for at all, as far as anybody can say."""
        clear = self.trust.required or self.office_clear
        return self.approval is not Approval.NONE or not clear

    @property
    def office_clear(self) -> bool:
        """Whether it is known what the office wants: a policy that was seen here does not end by silence."""
        return self.press.loaded.office.approval_clear and not self._wanted_once

    @property
    def _wanted_once(self) -> str:
        """The policy that this machine saw here and that is not written any more; "" for none."""
        said = self.press.loaded.office.approval_said
        return "" if said else self.memory.policies.get(self._folder, "")

    @property
    def _folder(self) -> str:
        return str(self.press.workspace.root.resolve())

    @property
    def rules(self) -> Rules:
        """The table of risks, roles and questions that holds."""
        return self._rules[0]

    def sentence(self) -> str:
        """How far approvals can be believed here."""
        if self.signed:
            return SIGNED
        return NOBODY_COUNTS if self.trust.required else UNSIGNED

    def first_sight(self) -> str:
        """What to tell somebody whose machine sees the office's key for the first time, else ""."""
        if not self.trust.new or self.trust.roles is None:
            return ""
        return (
            "Kunci kantor dikenal mulai sekarang di komputer ini. Kata-katanya: "
            f"{spoken(self.trust.roles.root)}. Cocokkan dengan kantor lewat telepon."
        )

    # Logs and states

    def log(self, unit: str) -> Log:
        """The log of a unit."""
        if unit not in self._logs:
            self._logs[unit] = self._read(unit)
        return self._logs[unit]

    def findings(self) -> list[Finding]:
        """What is wrong with the roles, the settings and the logs that were read."""
        logs = (found for log in self._logs.values() for found in log.findings)
        return [*self.trust.findings, *self._settings_findings(), *self._rules[1], *logs]

    def state(self, proof: Proof) -> State:
        """Where a post stands. The proof must be of all its channels."""
        loaded = self.press.loaded
        unit = proof.post.unit
        seal = sealed(self.press, proof)
        return state(
            proof,
            seal,
            self.log(unit).of(proof.post.id),
            desk=self.desk(unit),
            danger=danger(
                self.rules, proof.post, seal, self._people_in(proof, seal), self._in_library
            ),
            slow=self._lane_doubts(proof, seal),
            approved_files=self.approved_files(unit),
            unmerged=[
                replace(found, message=f"{found.place.file}: {found.message}")
                for found in loaded.findings
                if found.code == "salinan-bentrok" and _concerns(found.place.file, unit)
            ],
            replaced=(unit, proof.post.id) in self._superseded,
        )

    @cached_property
    def _superseded(self) -> frozenset[tuple[str, str]]:
        return superseded(self.press.loaded.posts())

    def own_template(self, proof: Proof) -> bool:
        """Whether a post's template is not just the bundled one, whose parts may be replaced too."""
        base, found = self._bundled(proof.post.template), proof.template
        return base is None or found is None or found.digest != base.digest

    def _bundled(self, name: str) -> Template | None:
        """The bundled template of a name."""
        return self._kept(
            f"model {name}", lambda: load_template(Workspace(bundled.root()), name)[0]
        )

    def _lane_doubts(self, proof: Proof, seal: Sealed) -> tuple[Doubt, ...]:
        """What keeps a post from going out by the fast lane."""
        address = self.press.loaded.office.address
        lane = self._kept(f"jalur {address}", lambda: Lane(address))
        return lane.doubts(
            proof,
            seal.inputs,
            template=None if self.own_template(proof) else self._bundled(proof.post.template),
            rules=self.rules,
            people=self.press.loaded.people,
        )

    def approved_files(self, unit: str) -> frozenset[str]:
        """The digests of files that were part of a version which somebody approved."""
        if unit not in self._files:
            events = self.log(unit).events
            approved = {
                (entry.post, entry.seal)
                for event in events
                if event.kind is Kind.APPROVE
                for entry in event.entries
            }
            self._files[unit] = frozenset(
                digest
                for event in events
                if event.kind is Kind.SUBMIT
                for entry in event.entries
                if (entry.post, entry.seal) in approved
                for path, digest in entry.inputs.items()
                if path.startswith("berkas.logo:")
            )
        return self._files[unit]

    def desk(self, unit: str) -> Desk:
        """How a unit's office decides."""
        if unit not in self._desks:
            self._desks[unit] = self._desk(unit)
        return self._desks[unit]

    def _desk(self, unit: str) -> Desk:
        loaded, roles = self.press.loaded, self.trust.roles
        posyandu = loaded.posyandu[unit]
        desk = Desk(
            approval=self.approval,
            now=self.now,
            days=roles.days if roles is not None else loaded.office.approval_days,
            rules=self.rules,
            signed=self.trust.required,
            clear=roles is not None or self.office_clear,
            known=lambda name: not self.stranger(name),
        )
        if roles is not None:
            known = roles
            return replace(
                desk,
                holders=lambda role: known.having(role, posyandu.id),
                roles_of=lambda name: frozenset(
                    holder.role
                    for holder in known.of(name)
                    if holder.revoked is None and holder.serves(posyandu.id)
                ),
            )
        people = [one for one in loaded.people.values() if not one.units or unit in one.units]
        return replace(
            desk,
            holders=lambda role: frozenset(
                one.id.casefold() for one in people if role in self._roles_of(one)
            ),
            # Where signed roles are asked for and not to be had, nobody is who orang.yaml says.
            roles_of=lambda name: frozenset(
                role
                for one in people
                if same(name, one.id) and not self.trust.required
                for role in self._roles_of(one)
            ),
        )

    def person(self, name: str) -> str:
        """Who is meant by a name that somebody typed."""
        return person(name, self.press.loaded.people)

    def stranger(self, name: str) -> str:
        """What to tell of an approver whom no list of this office has; "" for one that is known."""
        known = self.trust.roles.of(name) if self.trust.roles else self.press.loaded.people.values()
        if any(same(name, one.id) for one in known):
            return ""
        file = "peran.yaml" if self.trust.roles else "orang.yaml"
        return f'"{clipped(name)}" tidak ada di {file}, jadi perannya tidak diketahui.'

    def has_key(self, name: str) -> bool:
        """Whether somebody's decisions are signed here."""
        return self.trust.roles is not None and self.trust.roles.current(name) is not None

    # Writing

    def record(
        self,
        kind: Kind,
        by: str,
        carried: Iterable[tuple[State, Entry]],
        note: str = "",
        *,
        signer: Signer | None = None,
    ) -> list[Event]:
        """Write one event for each unit; its log knows it from now on.

        A unit whose folder cannot be written to stops no other: `settled` names its posts. When
        nothing at all was written, that is what is raised; UsageError for an approval without the
        key that it needs.
        """
        units: dict[str, list[Entry]] = {}
        for one, entry in carried:
            units.setdefault(one.proof.post.unit, []).append(entry)
        signer = self._fitting(kind, by, signer or self.signer) if units else None
        written: list[Event] = []
        failed: KitError | None = None
        for unit, entries in units.items():
            try:
                for some in _portions(sorted(entries, key=lambda entry: entry.post)):
                    event = Event(kind, by, self.now, tuple(some), note)
                    written.append(self._write(unit, event, signer))
            except KitError as error:
                failed = failed or error
                self._unwritten[unit] = str(error)
        self.remember()
        if failed is not None and not written:
            raise failed
        return written

    def settled(self, decision: Decision, events: Iterable[Event]) -> Decision:
        """What a decision came to once `record` wrote these events: what does not count is refused."""
        digests = {event.digest for event in events}
        stands, void = [], []
        for one, entry in decision.carried:
            post = one.proof.post
            told = self.log(post.unit).of(post.id)
            if any(event.digest in digests for event, _ in told):
                stands.append((one, entry))
            else:
                void.append((one, self._unwritten.get(post.unit, IN_DOUBT)))
        return replace(decision, carried=tuple(stands), refused=(*decision.refused, *void))

    def remember(self) -> None:
        """Write down what this machine saw of the logs, in the user's own folder."""
        self.memory.keep()

    def _write(self, unit: str, event: Event, signer: Signer | None) -> Event:
        workspace, posyandu = self.press.workspace, self.press.loaded.posyandu[unit]
        self.log(unit)
        with save.locked(safe_folder(workspace, posyandu)):
            if not is_current(workspace, posyandu, self._logs[unit]):
                self._logs[unit] = self._read(unit)  # another window has decided meanwhile
            log = self._logs[unit]
            event = write(workspace, posyandu, log, event, signer=signer)
        # What is said of an approval is what the next reader will see: it may stand in doubt. And
        # what takes one back is remembered at once, for a folder that is put back to yesterday.
        read_again = event.kind is Kind.APPROVE or event.kind in TAKING_BACK
        self._logs[unit] = self._read(unit) if read_again else with_event(log, event)
        return event

    def _fitting(self, kind: Kind, by: str, signer: Signer | None) -> Signer | None:
        """The signer if the key is the one that the roles file has for them."""
        if not self.trust.required:
            return None
        holder = self.trust.roles.current(by) if self.trust.roles is not None else None
        if signer is not None and holder is not None and signer.public == holder.key:
            return signer if same(signer.id, by) else None
        if kind is not Kind.APPROVE:
            return None
        if self.trust.roles is None:
            raise UsageError(f"{NOBODY_COUNTS} Lihat content-kit review trust.")
        if holder is None:
            raise UsageError(
                f'"{by}" tidak terdaftar di peran.yaml, jadi belum dapat menyetujui. '
                "Minta kantor menambahkannya: content-kit review role add."
            )
        raise UsageError(f'Persetujuan di sini perlu tanda tangan dengan kunci "{by}".')

    def _read(self, unit: str) -> Log:
        loaded = self.press.loaded
        return read_log(
            self.press.workspace,
            loaded.posyandu[unit],
            loaded.people,
            self.now,
            trust=self.trust,
            memory=self.memory,
        )

    # What rooms below know

    def _roles_of(self, one: Person) -> frozenset[Role]:
        return self.rules.role(one.role)

    @cached_property
    def _rules(self) -> tuple[Rules, list[Finding]]:
        workspace, roles = self.press.workspace, self.trust.roles
        if roles is None:
            return self._kept("aturan", lambda: load_rules(workspace))
        if own_digest(workspace) == roles.rules:
            return self._kept("aturan", lambda: load_rules(workspace))
        rules, findings = load_rules(workspace, own=False)
        return rules, [
            *findings,
            Finding(
                "pengaturan-belum-ditandatangani",
                "aturan tinjauan ini bukan yang ditandatangani kantor; yang bawaan yang dipakai.",
                Place("assets/tinjauan.yaml", 1, 1),
                hint="Kantor menandatanganinya dengan content-kit review role sign.",
            ),
        ]

    def _in_library(self, post: Post) -> bool:
        """Whether a post is a signed text of the library; the first to ask waits for its reading."""
        # In a signed office a library that anybody may write is nobody's word.
        base = Workspace(bundled.root()) if self.trust.required else self.press.workspace
        name = f"pustaka {self.trust.required}"
        return bool(post.entry) and self._kept(name, lambda: SignedTexts(base)).has(post)

    def _kept(self, name: str, make: Callable[[], T]) -> T:
        """What is read once for all reviews of one press."""
        kept = self.press.kept
        if name not in kept:
            kept[name] = make()
        found: T = kept[name]
        return found

    def _people_in(self, proof: Proof, seal: Sealed) -> Iterator[PeopleInPhoto]:
        photos = self.press.loaded.photos.get(proof.post.unit, {})
        for path in seal.inputs:
            photo = photos.get(path.removeprefix("berkas.photo:"))
            if photo is not None and path.startswith("berkas.photo:"):
                yield photo.people

    def _settings_findings(self) -> Iterator[Finding]:
        roles, office = self.trust.roles, self.press.loaded.office
        if office.approval_clear and self._wanted_once:
            yield no_policy(f"komputer ini pernah melihat persetujuan: {self._wanted_once} di sini")
        if roles is None or (roles.approval, roles.days) == (office.approval, office.approval_days):
            return
        yield Finding(
            "pengaturan-belum-ditandatangani",
            f"persetujuan di sini {office.approval} ({office.approval_days} hari), yang ditandatangani "
            f"kantor {roles.approval} ({roles.days} hari); yang ditandatangani yang berlaku.",
            Place("calendars/kantor.yaml", office.at.line or 1, 1),
            hint="Kantor menandatanganinya dengan content-kit review role sign.",
        )


def _concerns(file: str, unit: str) -> bool:
    """Whether a file that is not merged yet may change a unit's posts, or who approves them."""
    folder, _, name = file.rpartition("/")
    meant = original(Path(name)) or Path(name)
    return folder == f"calendars/{unit}" or (folder == "calendars" and meant.name in _FOR_ALL)


def _portions(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Entries in as few events as can be read again: a file has a limit."""
    some: list[Entry] = []
    room = MAX_EVENT
    for entry in entries:
        size = 200 + sum(len(path) + 2 * len(text) for path, text in entry.inputs.items())
        if some and size > room:
            yield some
            some, room = [], MAX_EVENT
        some.append(entry)
        room -= size
    if some:
        yield some
