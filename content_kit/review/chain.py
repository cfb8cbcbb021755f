"""Which events of a log count: no gap, no fork, nothing lost since this machine last looked, the right keys.

Approvals are what has to be earned. Where something is missing or cannot be believed, those
before it are in doubt and do not count, whoever gave them: what is missing may be the very return
that took them back. Returns always count; they only make people look again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from content_kit.findings import Finding, Place, clipped
from content_kit.review.events import TAKING_BACK, Event, Kind, Log
from content_kit.review.keys import key_id
from content_kit.review.memory import UNSIGNED, Heads, Memory
from content_kit.review.roles import Holder, Trust, instant, told

MOST: Final = 100
_ALWAYS: Final = datetime.max.replace(tzinfo=UTC)
_NEVER: Final = datetime.min.replace(tzinfo=UTC)
_MOMENT: Final = timedelta(microseconds=1)
_AGAIN: Final = "Ambil berkas aslinya dari cadangan, atau tinjau lagi."
_COPIED: Final = "Tunggu sampai semua berkas tersalin, atau minta mereka menyetujui lagi."


@dataclass(slots=True)
class Kept:
    """What reading a unit's log has come to so far.

    `events` are whole and no forgeries, by digest; `early` are like them, but from a clock ahead of
    ours. Approvals up to `floor` are in doubt. `copy` tells apart what is in many copies of the
    sample under one id.
    """

    folder: str
    unit: str
    trust: Trust
    memory: Memory | None
    events: dict[str, Event] = field(default_factory=dict)
    early: dict[str, Event] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    floor: datetime | None = None
    copy: str = ""

    def tell(self, code: str, message: str, hint: str = _AGAIN, at: str = "") -> None:
        """Add a finding; nobody reads more than a hundred of one folder."""
        if len(self.findings) < MOST:
            self.findings.append(Finding(code, message, Place(at or self.folder, 1, 1), hint=hint))

    def bad(self, file: str, why: str, hint: str = _AGAIN) -> None:
        """Tell that a file is no event that counts."""
        self.tell("tinjauan-rusak", f"{why}, jadi tidak dihitung.", hint, file)

    def doubt(self, until: datetime | None = None) -> None:
        """Doubt every approval up to an instant, or every one there is."""
        until = until or _ALWAYS
        self.floor = max(self.floor or until, until)


def judge(kept: Kept, files: Collection[str]) -> Log:
    """The log that these events make."""
    _check_order(kept)
    _check_gaps(kept)
    out = _without_right(kept) | _after_fork(kept) | _after_revocation(kept)
    _check_memory(kept)
    whole = sorted(kept.events.values(), key=lambda event: (event.at, event.digest))
    believed = (
        event
        for event in whole
        if event.kind is not Kind.APPROVE
        or (event.digest not in out and (kept.floor is None or event.at > kept.floor))
    )
    events = tuple(_without(believed, _taken_back_early(kept)))
    chains: dict[tuple[str, bool], list[Event]] = defaultdict(list)
    for event in whole:
        chains[event.by.casefold(), event.signed].append(event)
    return Log(
        events,
        tuple(kept.findings),
        {name: heads(chain) for name, chain in chains.items()},
        whole[-1].at if whole else None,
        frozenset(files),
    )


def heads(chain: Iterable[Event]) -> tuple[str, ...]:
    """The digests of those events that none of the others follows."""
    events = list(chain)
    followed = {digest for event in events for digest in event.previous}
    return tuple(event.digest for event in events if event.digest not in followed)


def ancestors(events: Mapping[str, Event], last: Iterable[str]) -> frozenset[str]:
    """Some events and all that they follow, by digest."""
    found: set[str] = set()
    waiting = [digest for digest in last if digest in events]
    while waiting:
        digest = waiting.pop()
        if digest not in found:
            found.add(digest)
            waiting += (before for before in events[digest].previous if before in events)
    return frozenset(found)


def _taken_back_early(kept: Kept) -> frozenset[str]:
    """The posts of returns and withdrawals that are not due yet: nobody can say what they ended."""
    return frozenset(
        entry.post
        for event in kept.early.values()
        if event.kind in TAKING_BACK
        for entry in event.entries
    )


def _without(events: Iterable[Event], posts: frozenset[str]) -> Iterator[Event]:
    """Some events, with no approval of these posts."""
    for event in events:
        if event.kind is Kind.APPROVE and posts:
            entries = tuple(entry for entry in event.entries if entry.post not in posts)
            event = replace(event, entries=entries)
        yield event


def _check_order(kept: Kept) -> None:
    """An event is later than those it follows: an earlier date is not its own."""
    for event in list(kept.events.values()):
        before = [kept.events[digest] for digest in event.previous if digest in kept.events]
        if any(one.at >= event.at for one in before):
            del kept.events[event.digest]
            said = f'catatan "{clipped(event.by)}" bertanggal sebelum catatan yang didahuluinya'
            kept.bad(kept.folder, said)
            if event.kind in TAKING_BACK:
                kept.doubt(max(event.at, *(one.at for one in before)))


def _check_gaps(kept: Kept) -> None:
    """Doubt what stands before an event whose forerunner is missing."""
    gaps: dict[str, Event] = {}
    for event in sorted(kept.events.values(), key=lambda event: event.at):
        if any(digest not in kept.events for digest in event.previous):
            gaps[event.by.casefold()] = event
            kept.doubt(max(event.at, _NEVER + _MOMENT) - _MOMENT)
    for event in gaps.values():
        kept.tell(
            "tinjauan-terputus",
            f'catatan "{clipped(event.by)}" sebelum {_when(event.at)} tidak lengkap, '
            "jadi persetujuan sebelum itu tidak berlaku.",
            _COPIED,
        )


def _without_right(kept: Kept) -> frozenset[str]:
    """The approvals that bear no signature where one is asked for; unsigned words of a key's holder are told."""
    roles = kept.trust.roles
    events = kept.events.values()
    if not kept.trust.required:
        if any(event.key for event in events):
            kept.tell(
                "peran-tidak-sah",
                "catatan di sini bertanda tangan, tetapi calendars/peran.yaml tidak ada, "
                "jadi persetujuannya tidak berlaku.",
                "Ambil peran.yaml dari kantor.",
            )
            kept.doubt()
        return frozenset()
    if roles is None:  # read_trust has said why
        return frozenset(event.digest for event in events)
    since = {
        name: min(holder.since for holder in roles.of(name))
        for name in {holder.id for holder in roles.holders}
    }
    first = min(since.values(), default=_ALWAYS)
    starts = {name.casefold(): at for name, at in since.items()}
    bare: dict[str, int] = defaultdict(int)
    for event in events:
        if event.kind is Kind.FAST:  # written by whoever packs, in the name of the person on duty
            continue
        start = first if event.kind is Kind.APPROVE else _ALWAYS
        if not event.signed and event.at >= min(start, starts.get(event.author.casefold(), start)):
            bare[event.by] += 1
    for name, count in bare.items():
        kept.tell(
            "tinjauan-tanpa-tanda-tangan",
            f'{count} catatan atas nama "{clipped(name)}" tidak bertanda tangan; '
            "persetujuan tanpa tanda tangan tidak berlaku.",
            "Tanyakan apakah ia sendiri yang menulisnya.",
        )
    return frozenset(event.digest for event in events if not event.signed)


def _after_fork(kept: Kept) -> frozenset[str]:
    """The signed events on one branch only of an author who has several: which one is theirs?"""
    out: set[str] = set()
    for name, chain in _signed(kept).items():
        last = heads(chain.values())
        if len(last) > 1:
            common = frozenset.intersection(*(ancestors(chain, [digest]) for digest in last))
            out |= chain.keys() - common
            kept.tell(
                "tinjauan-bercabang",
                f'catatan "{clipped(name)}" bercabang, jadi persetujuannya sesudah cabang itu '
                "tidak berlaku.",
                "Keputusannya yang berikut menyatukan cabangnya; minta ia memeriksa dan menyetujui lagi.",
            )
    return frozenset(out)


def _after_revocation(kept: Kept) -> frozenset[str]:
    """The signed events of a revoked key that the office had not seen when it revoked it."""
    out: set[str] = set()
    holders = kept.trust.roles.holders if kept.trust.roles else ()
    for holder in holders:
        if holder.revoked is None:
            continue
        chain = _of_key(kept, holder)
        late = chain.keys() - ancestors(chain, holder.seen)
        if late:
            out |= late
            kept.tell(
                "tinjauan-palsu",
                f'{len(late)} catatan "{clipped(holder.id)}" belum ada saat kuncinya dicabut, '
                "jadi tidak berlaku.",
                "Minta orang lain meninjau lagi.",
            )
    return frozenset(out)


def _check_memory(kept: Kept) -> None:
    """What this machine saw before is still there; whatever is new it remembers.

    Without keys nobody can say who took a note away: it is told as the damage that it most likely
    is, an older copy that was put back.
    """
    roles, memory = kept.trust.roles, kept.memory
    if memory is None or (roles is None and kept.trust.required):
        return
    prefix = f"{roles.root} {kept.unit} " if roles else f"{UNSIGNED} {kept.unit}{kept.copy} "
    with_key = {holder.id.casefold() for holder in roles.holders} if roles else set()
    chains: dict[str, list[Event]] = defaultdict(list)
    for event in kept.events.values():
        name = event.author.casefold()
        if event.signed or name not in with_key:
            chains[name].append(event)
    remembered = {
        name.removeprefix(prefix): seen
        for name, seen in memory.heads.items()
        if name.startswith(prefix)
    }
    for name, seen in remembered.items():
        if all(digest in kept.events or digest in kept.early for digest in seen.digests):
            continue
        chains.pop(name, None)
        at = instant(seen.at)
        kept.doubt(at)
        kept.tell(
            "tinjauan-mundur",
            f'catatan "{clipped(name)}" lebih sedikit daripada yang pernah dilihat komputer ini '
            f"({seen.count} catatan, terakhir {_when(at) if at else '?'}), "
            "jadi persetujuan sebelum itu tidak berlaku.",
            "Ambil berkas yang hilang dari kantor; bila memang sengaja: content-kit review trust."
            if roles
            else "Mungkin salinan lama ditaruh kembali. Ambil berkas tinjauan/ yang terbaru, atau tinjau "
            "lagi; bila memang sengaja: content-kit review trust --yes.",
        )
    for name, chain in chains.items():
        latest = max(event.at for event in chain)
        memory.see(prefix + name, Heads(heads(chain), len(chain), told(latest)))


def _signed(kept: Kept) -> dict[str, dict[str, Event]]:
    chains: dict[str, dict[str, Event]] = defaultdict(dict)
    for event in kept.events.values():
        if event.signed:
            chains[event.by][event.digest] = event
    return chains


def _of_key(kept: Kept, holder: Holder) -> dict[str, Event]:
    mark = key_id(holder.key)
    return {
        digest: event for digest, event in kept.events.items() if event.signed and event.key == mark
    }


def _when(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H.%M} UTC"
