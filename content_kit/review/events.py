"""The review log: one small file for each decision, so that two people's logs merge as a union of files.

Each file is named by its instant, kind, author and digest, and names the digest of its author's
file before it. What was edited, cut off, copied from another unit or lost is told and does not
count. Without keys that finds accidents only: whoever can write files can write a whole log.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final

from content_kit.errors import UsageError
from content_kit.files import save
from content_kit.files.paths import safe_join, slugged
from content_kit.files.reader import Findings, Reader
from content_kit.files.safe_text import normal
from content_kit.files.splice import quoted
from content_kit.files.workspace import Workspace, read_bytes
from content_kit.files.yaml import Map, Scalar, parse_bytes
from content_kit.findings import Finding, Place, clipped
from content_kit.model import Person, Posyandu
from content_kit.review.seal import seal

FOLDER: Final = "tinjauan"
MAX_FILES: Final = 20_000
MAX_TOTAL: Final = 200_000_000
MAX_NAME: Final = 60
AHEAD: Final = timedelta(days=1)
"""How far another computer's clock may be ahead: beyond, an event is a slip or a forgery."""

_NAME: Final = re.compile(r"\d{8}T\d{12}Z-[a-z_]+-[a-z0-9-]{1,60}-([0-9a-f]{16})\.yaml", re.ASCII)
_SEAL: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_INSTANT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z", re.ASCII)
_HEAD: Final = "# Catatan tinjauan, ditulis oleh content-kit. Jangan diubah: catatan yang diubah tidak berlaku.\n"


class Kind(StrEnum):
    """What was decided (`jenis`)."""

    SUBMIT = "ajukan"
    APPROVE = "setujui"
    RETURN = "kembalikan"
    WITHDRAW = "tarik"
    POSTED = "diposting"
    FAST = "jalur_cepat"


@dataclass(frozen=True, slots=True)
class Entry:
    """One post of an event: its seal at that moment, and with a submission what was sealed."""

    post: str
    seal: str
    inputs: Mapping[str, str] = field(default_factory=dict, hash=False)
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """Who decided what, when, with which note, on which seals."""

    kind: Kind
    by: str
    at: datetime
    entries: tuple[Entry, ...]
    note: str = ""
    previous: str = ""
    digest: str = ""

    def entry(self, post: str) -> Entry | None:
        """What this event says of a post, if it speaks of it."""
        return next((entry for entry in self.entries if entry.post == post), None)


@dataclass(frozen=True, slots=True)
class Log:
    """The events of one unit that count, oldest first, and what is wrong with the others."""

    events: tuple[Event, ...] = ()
    findings: tuple[Finding, ...] = ()

    def of(self, post: str) -> Iterator[tuple[Event, Entry]]:
        """The events that speak of a post."""
        for event in self.events:
            entry = event.entry(post)
            if entry is not None:
                yield event, entry

    def posted(self) -> dict[str, tuple[str, ...]]:
        """The posts that went out, with their channels."""
        found: dict[str, tuple[str, ...]] = {}
        for event in self.events:
            for entry in event.entries if event.kind is Kind.POSTED else ():
                found[entry.post] = (*found.get(entry.post, ()), *entry.channels)
        return {post: tuple(dict.fromkeys(channels)) for post, channels in found.items()}


def person(name: str, people: Mapping[str, Person]) -> str:
    """Who is meant by a name: the id in `orang.yaml` for an id or a name there, else the name.

    UsageError for a name that nobody can have.
    """
    said = " ".join(normal(name).split())
    if not said or len(said) > MAX_NAME:
        raise UsageError(f"Sebut nama orangnya, paling panjang {MAX_NAME} huruf.")
    meant = [one.id for one in people.values() if same(said, one.id) or same(said, one.name)]
    return meant[0] if len(meant) == 1 else said


def same(one: str, other: str) -> bool:
    """Whether two names are one person's: capitals do not tell people apart."""
    return one.casefold() == other.casefold()


def read_log(
    workspace: Workspace, posyandu: Posyandu, people: Mapping[str, Person], now: datetime
) -> Log:
    """The log of a unit. Never raises for content: an event that is not whole is told and ignored."""
    folder = safe_join(workspace.root / "calendars", posyandu.slug, FOLDER)
    findings: list[Finding] = []
    events: dict[str, Event] = {}
    total = 0
    paths = sorted(folder.iterdir(), key=lambda path: path.name) if folder.is_dir() else []
    paths = [path for path in paths if not path.name.startswith(".")]
    for number, path in enumerate(paths):
        file = workspace.relative(path)
        if number >= MAX_FILES or total > MAX_TOTAL:
            findings.append(
                Finding(
                    "batas-terlampaui", "catatan tinjauan terlalu banyak; sisanya tidak dibaca.",
                    Place(file, 1, 1), hint="Pindahkan catatan tahun lalu ke folder lain.",
                )
            )  # fmt: skip
            break
        match = _NAME.fullmatch(path.name)
        if match is None:
            findings.append(_bad(file, "ini bukan catatan tinjauan", "Pindahkan dari folder ini."))
            continue
        data, problems = read_bytes(path, workspace.root, file)
        if data is None:
            findings.append(_bad(file, problems[0].message.rstrip(".")))
            continue
        total += len(data)
        digest = _digest(data)
        if not digest.startswith(match[1]):
            findings.append(_bad(file, "isinya berubah sesudah ditulis"))
            continue
        event, wrong = _event(data, file, posyandu, people, now)
        if event is None:
            findings.append(_bad(file, wrong))
        else:
            events[digest] = replace(event, digest=digest)
    whole = sorted(events.values(), key=lambda event: (event.at, event.digest))
    return _chained(whole, findings, workspace.relative(folder))


def write(workspace: Workspace, posyandu: Posyandu, log: Log, event: Event) -> Event:
    """Add an event to the author's chain; never earlier than what its author has seen.

    NotSaved when the disk refuses.
    """
    latest = max((known.at for known in log.events), default=event.at)
    own = [known for known in log.events if same(known.by, event.by)]
    event = replace(
        event,
        at=max(event.at.astimezone(UTC), latest + timedelta(microseconds=1))
        if log.events
        else event.at.astimezone(UTC),
        previous=own[-1].digest if own else "",
    )
    data = _written(event, posyandu).encode()
    digest = _digest(data)
    name = (
        f"{event.at:%Y%m%dT%H%M%S%f}Z-{event.kind}-{slugged(event.by) or 'orang'}"
        f"-{digest[:16]}.yaml"
    )
    folder = safe_join(workspace.root / "calendars", posyandu.slug, FOLDER)
    save.atomic_write(safe_join(folder, name), data)
    return replace(event, digest=digest)


def _written(event: Event, posyandu: Posyandu) -> str:
    lines = [
        "versi: 1",
        f"posyandu: {quoted(posyandu.id)}",
        f"jenis: {event.kind}",
        f"oleh: {quoted(event.by)}",
        f"waktu: {quoted(_instant(event.at))}",
        f"sebelum: {quoted(event.previous)}",
        f"catatan: {quoted(event.note)}",
        "postingan:",
    ]
    for entry in event.entries:
        lines += [f"  - id: {quoted(entry.post)}", f"    segel: {entry.seal}"]
        if entry.channels:
            lines.append(f"    kanal: [{', '.join(map(quoted, entry.channels))}]")
        if entry.inputs:
            lines.append("    isi:")
            lines += (
                f"      {quoted(path)}: {quoted(text)}"
                for path, text in sorted(entry.inputs.items())
            )
    return _HEAD + "\n".join(lines) + "\n"


def _event(
    data: bytes, file: str, posyandu: Posyandu, people: Mapping[str, Person], now: datetime
) -> tuple[Event | None, str]:
    """The event in a file, or None with the reason in a few words."""
    node, problems = parse_bytes(data, file)
    if problems or not isinstance(node, Map):
        return None, "isinya tidak terbaca"
    findings = Findings()
    top = Reader(node, findings)
    version = top.text("versi", required=True)
    unit = top.text("posyandu", required=True)
    kind = top.choice("jenis", Kind, required=True)
    by = top.text("oleh", required=True)
    instant = top.text("waktu", required=True)
    previous = top.text("sebelum")
    note = top.text("catatan")
    entries = tuple(_entries(top))
    top.finish()
    at = _read_instant(instant)
    if findings or version != "1" or kind is None or at is None or not entries:
        return None, "isinya tidak lengkap"
    if unit != posyandu.id:
        return None, "ini catatan posyandu lain"
    if at > now + AHEAD:
        return None, "waktunya belum tiba"
    if len({entry.post for entry in entries}) != len(entries):
        return None, "satu postingan disebut dua kali"
    if not all(_SEAL.fullmatch(entry.seal) for entry in entries):
        return None, "segelnya tidak terbaca"
    if kind is Kind.SUBMIT and any(seal(entry.inputs) != entry.seal for entry in entries):
        return None, "segelnya tidak cocok dengan isinya"
    if kind is Kind.RETURN and not note:
        return None, "tidak ada catatannya"
    if previous and not _SEAL.fullmatch(previous):
        return None, "sambungannya tidak terbaca"
    try:
        by = person(by, people)
    except UsageError:
        return None, "nama orangnya tidak terbaca"
    return Event(kind, by, at, entries, note, previous), ""


def _entries(top: Reader) -> Iterator[Entry]:
    for item in top.children("postingan", required=True):
        post = item.text("id", required=True)
        mark = item.text("segel", required=True)
        channels = item.texts("kanal")
        table = item.child("isi")
        inputs = {
            key.text: value.text
            for key, value in (table.node.entries if table else ())
            if isinstance(value, Scalar)
        }
        item.finish()
        yield Entry(post, mark, inputs, channels)


def _chained(events: list[Event], findings: list[Finding], folder: str) -> Log:
    """Leave out the approvals that stand before a gap in their author's chain.

    What is missing there may be the very return that took them back.
    """
    known = {(event.by.casefold(), event.digest) for event in events}
    gaps: dict[str, Event] = {}
    for event in events:
        if event.previous and (event.by.casefold(), event.previous) not in known:
            gaps[event.by.casefold()] = event
    for event in gaps.values():
        findings.append(
            Finding(
                "tinjauan-terputus",
                f'catatan "{clipped(event.by)}" sebelum {event.at:%Y-%m-%d %H.%M} UTC tidak lengkap, '
                "jadi persetujuannya sebelum itu tidak berlaku.",
                Place(folder, 1, 1),
                hint="Tunggu sampai semua berkas tersalin, atau minta ia menyetujui lagi.",
            )
        )
    return Log(tuple(_standing(events, gaps)), tuple(findings))


def _standing(events: Iterable[Event], gaps: Mapping[str, Event]) -> Iterator[Event]:
    for event in events:
        gap = gaps.get(event.by.casefold())
        if event.kind is not Kind.APPROVE or gap is None or event.at >= gap.at:
            yield event


def _bad(
    file: str, why: str, hint: str = "Ambil berkas aslinya dari cadangan, atau tinjau lagi."
) -> Finding:
    return Finding("tinjauan-rusak", f"{why}, jadi tidak dihitung.", Place(file, 1, 1), hint=hint)


def _digest(data: bytes) -> str:
    # git may give a file other line ends on the way; that is no change.
    return sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def _read_instant(text: str) -> datetime | None:
    if not _INSTANT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
