"""The review log: one small file for each decision, so that two people's logs merge as a union of files.

Each file is named by its instant, kind, author and digest, and names its author's files before
it. With a key its last line is a signature on all lines above. What was edited, renamed, copied
from another unit or lost is told and does not count (`chain.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final

from content_kit.errors import SystemFailure, UsageError, reason
from content_kit.files import save
from content_kit.files.overlay import read_bytes
from content_kit.files.paths import is_inside, slugged
from content_kit.files.reader import Findings, Reader
from content_kit.files.splice import quoted
from content_kit.files.workspace import Workspace
from content_kit.files.yaml import Map, Scalar, parse_bytes
from content_kit.model import Person, Posyandu
from content_kit.review import keys
from content_kit.review.chain import Kept, judge
from content_kit.review.events import TAKING_BACK, Entry, Event, Kind, Log, meant
from content_kit.review.keys import Signer
from content_kit.review.memory import Memory
from content_kit.review.roles import Trust, instant, told
from content_kit.review.seal import seal

FOLDER: Final = "tinjauan"
NAMESPACE: Final = "content-kit/tinjauan/1"
MAX_FILES: Final = 20_000
MAX_TOTAL: Final = 200_000_000
MAX_EVENT: Final = 1_000_000
"""Characters of what one event may carry: a file of more than 2 MB would not be read again."""
AHEAD: Final = timedelta(days=1)
"""How far another computer's clock may be ahead: beyond, an event is a slip or a forgery."""

_NAME: Final = re.compile(
    r"(\d{8}T\d{12})Z-([a-z_]+)-[a-z0-9-]{1,60}-([0-9a-f]{16})\.yaml", re.ASCII
)
_DIGEST: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_WORD: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}", re.ASCII)
_SIGNATURE: Final = re.compile(rb'(?s)(.*\n)tanda_tangan: "([A-Za-z0-9+/]{86}==)"\n')
_HEAD: Final = "# Catatan tinjauan, ditulis oleh content-kit. Jangan diubah: catatan yang diubah tidak berlaku.\n"
_CLOCKS: Final = (
    "Betulkan dulu jam komputer ini. Bila sudah benar, jam penulisnya yang salah: pindahkan berkas ini, "
    "lalu putuskan lagi."
)
_OTHER_UNIT: Final = "ini catatan posyandu lain"
_UNPACKED_OVER: Final = (
    "Mungkin dua kiriman dengan nama folder yang sama dibuka di tempat yang sama. Buka lagi masing-masing "
    "kiriman di luar calendars, lalu jalankan content-kit merge calendars FOLDER-ITU."
)
_NOBODY: Final = Trust()


def read_log(
    workspace: Workspace,
    posyandu: Posyandu,
    people: Mapping[str, Person],
    now: datetime,
    *,
    trust: Trust = _NOBODY,
    memory: Memory | None = None,
) -> Log:
    """The log of a unit. Never raises: an event that is not whole is told and ignored.

    With `trust` signatures are looked at, and with a `memory` what this machine saw before.
    """
    folder = log_folder(workspace, posyandu)
    copy = (
        f"@{sha256(str(folder.resolve()).encode()).hexdigest()[:16]}" if posyandu.fictional else ""
    )
    kept = Kept(workspace.relative(folder), posyandu.id, trust, memory, copy=copy)
    names = _names(workspace, folder, kept)
    others: list[str] = []
    total = 0
    for number, name in enumerate(names):
        path = folder / name
        file = f"{kept.folder}/{name}"
        if number >= MAX_FILES or total > MAX_TOTAL:
            kept.tell(
                "batas-terlampaui",
                "catatan tinjauan terlalu banyak; sisanya tidak dibaca, jadi tidak ada persetujuan yang berlaku.",
                "Pindahkan catatan tahun lalu ke folder lain.",
            )
            kept.doubt()
            break
        match = _NAME.fullmatch(name)
        # The folder is known to be inside: only a link can lead out, and finding out is slow.
        data, problems = read_bytes(path, workspace.root, file, inside=not path.is_symlink())
        total += len(data or b"")
        if data is None:
            event, wrong = None, problems[0].message.rstrip(".")
        else:
            event, wrong = _event(data, file, posyandu, people, trust)
        whole = match and data is not None and _digest(data).startswith(match[3])
        if match is None or (whole and event is not None and name != file_name(event)):
            kept.bad(file, "ini bukan nama catatan tinjauan", "Pindahkan dari folder ini.")
            if event is not None and event.kind in TAKING_BACK:
                kept.doubt(event.at)  # a copy, or the only one that a sync program left
        elif whole and wrong == _OTHER_UNIT:
            others.append(file)
        elif event is None or not whole:
            kept.bad(file, wrong if event is None else "isinya berubah sesudah ditulis")
            if match[2] in TAKING_BACK:
                kept.doubt(_of_name(match[1]))
        elif wrong:
            kept.tell("tinjauan-palsu", f"{wrong}, jadi tidak dihitung.", at=file)
            if event.kind in TAKING_BACK:
                kept.doubt(event.at)
        elif event.at > now + AHEAD:
            kept.early[event.digest] = event
            kept.bad(file, "menurut jam komputer ini waktunya belum tiba", _CLOCKS)
        else:
            kept.events[event.digest] = event
    if others:
        kept.bad(others[0], f"{_OTHER_UNIT} ({len(others)} berkas)", _UNPACKED_OVER)
    return judge(kept, frozenset(names))


def log_folder(workspace: Workspace, posyandu: Posyandu) -> Path:
    """Where the log of a unit lies, there or not."""
    return workspace.root / "calendars" / posyandu.slug / FOLDER


def safe_folder(workspace: Workspace, posyandu: Posyandu) -> Path:
    """The same, to be written in; SystemFailure when it leads out of the workspace."""
    folder = log_folder(workspace, posyandu)
    if not is_inside(folder, workspace.root):
        raise SystemFailure(f'Folder "{workspace.relative(folder)}" menunjuk ke luar folder kerja.')
    return folder


def file_name(event: Event) -> str:
    """The name of an event's file."""
    who = slugged(event.author or event.by) or "orang"
    return f"{event.at:%Y%m%dT%H%M%S%f}Z-{event.kind}-{who}-{event.digest[:16]}.yaml"


def write(
    workspace: Workspace,
    posyandu: Posyandu,
    log: Log,
    event: Event,
    *,
    signer: Signer | None = None,
) -> Event:
    """Add an event to the author's chain; never earlier than what its author has seen.

    NotSaved when the disk refuses.
    """
    if signer is not None:
        event = replace(event, by=signer.id, key=keys.key_id(signer.public), signed=True)
    at = event.at.astimezone(UTC)
    if log.latest is not None:
        at = max(at, log.latest + timedelta(microseconds=1))
    heads = log.heads.get((event.by.casefold(), signer is not None), ())
    event = replace(event, at=at, previous=heads, author=event.by)
    body = _written(event, posyandu).encode()
    data = body
    if signer is not None:
        data += f'tanda_tangan: "{signer.sign(NAMESPACE, body)}"\n'.encode()
    event = replace(event, digest=_digest(data))
    save.atomic_write(safe_folder(workspace, posyandu) / file_name(event), data)
    return event


def with_event(log: Log, event: Event) -> Log:
    """The log after an event that was just written to it."""
    names = {event.by.casefold(), event.author.casefold()}
    return replace(
        log,
        events=(*log.events, event),
        heads={**log.heads, **{(name, event.signed): (event.digest,) for name in names}},
        latest=event.at,
        files=log.files | {file_name(event)},
    )


def is_current(workspace: Workspace, posyandu: Posyandu, log: Log) -> bool:
    """Whether nobody has written to a unit's log since it was read."""
    folder = log_folder(workspace, posyandu)
    kept = Kept("", "", _NOBODY, None)
    return frozenset(_names(workspace, folder, kept)) == log.files


def _names(workspace: Workspace, folder: Path, kept: Kept) -> list[str]:
    """The names in a log's folder; where they cannot be seen no approval counts."""
    try:
        if not is_inside(folder, workspace.root):
            kept.bad(
                kept.folder, "folder ini menunjuk ke luar folder kerja", "Salin isinya ke sini."
            )
        elif folder.is_dir():
            names = (path.name for path in folder.iterdir())
            return sorted(name for name in names if not name.startswith("."))
        elif folder.exists():
            kept.bad(kept.folder, "ini seharusnya folder", "Pindahkan berkas ini.")
        else:
            return []
    except OSError as error:
        kept.bad(
            kept.folder, f"folder ini tidak dapat dibuka ({reason(error)})", "Periksa izinnya."
        )
    kept.doubt()
    return []


def _written(event: Event, posyandu: Posyandu) -> str:
    previous = [quoted(digest) for digest in event.previous or ("",)]
    lines = [
        "versi: 1",
        f"posyandu: {quoted(posyandu.id)}",
        f"jenis: {event.kind}",
        f"oleh: {quoted(event.by)}",
        f"waktu: {quoted(told(event.at))}",
        f"sebelum: {previous[0] if len(previous) == 1 else '[' + ', '.join(previous) + ']'}",
        f"catatan: {quoted(event.note)}",
        "postingan:",
    ]
    for entry in event.entries:
        lines += [f"  - id: {quoted(entry.post)}", f"    segel: {entry.seal}"]
        for name, words in (("kanal", entry.channels), ("centang", entry.checked)):
            if words:
                lines.append(f"    {name}: [{', '.join(map(quoted, words))}]")
        for name, table in (("gambar", entry.pictures), ("isi", entry.inputs)):
            if table:
                lines.append(f"    {name}:")
                lines += (
                    f"      {quoted(path)}: {quoted(text)}" for path, text in sorted(table.items())
                )
    if event.key:
        lines.append(f"kunci: {quoted(event.key)}")
    return _HEAD + "\n".join(lines) + "\n"


def _event(
    data: bytes,
    file: str,
    posyandu: Posyandu,
    people: Mapping[str, Person],
    trust: Trust,
) -> tuple[Event | None, str]:
    """The event in a file. None with the reason when it is not whole; a reason alone when forged."""
    node, problems = parse_bytes(data, file)
    if problems or not isinstance(node, Map):
        return None, "isinya tidak terbaca"
    findings = Findings()
    top = Reader(node, findings)
    version = top.text("versi", required=True)
    unit = top.text("posyandu", required=True)
    kind = top.choice("jenis", Kind, required=True)
    by = top.text("oleh", required=True)
    at = instant(top.text("waktu", required=True))
    previous = tuple(digest for digest in top.texts("sebelum") if digest)
    note = top.text("catatan")
    key = top.text("kunci")
    signature = top.text("tanda_tangan")
    entries = tuple(_entries(top))
    top.finish()
    if findings or version != "1" or kind is None or at is None or not entries:
        return None, "isinya tidak lengkap"
    if unit != posyandu.id:
        return None, _OTHER_UNIT
    if len({entry.post for entry in entries}) != len(entries):
        return None, "satu postingan disebut dua kali"
    if not all(_DIGEST.fullmatch(entry.seal) for entry in entries):
        return None, "segelnya tidak terbaca"
    if any(
        seal(entry.inputs) != entry.seal for entry in entries if entry.inputs or kind is Kind.SUBMIT
    ):
        return None, "segelnya tidak cocok dengan isinya"
    if kind is Kind.RETURN and not note:
        return None, "tidak ada catatannya"
    if not all(_DIGEST.fullmatch(digest) for digest in previous):
        return None, "sambungannya tidak terbaca"
    try:
        said, ids = meant(by, people)
    except UsageError:
        return None, "nama orangnya tidak terbaca"
    who = ids[0] if len(ids) == 1 else said
    event = Event(kind, who, at, entries, note, previous, _digest(data), by, key)
    if not (key or signature):
        return event, ""
    return _verified(event, data, posyandu, trust)


def _verified(event: Event, data: bytes, posyandu: Posyandu, trust: Trust) -> tuple[Event, str]:
    """The event as its signature makes it, with the reason when that is forged."""
    match = _SIGNATURE.fullmatch(data.replace(b"\r\n", b"\n"))
    if match is None or not event.key:
        return event, "tanda tangannya tidak utuh"
    if trust.roles is None:
        return event, ""  # nothing to compare it with; `judge` says so
    holders = [one for one in trust.roles.of(event.author) if keys.key_id(one.key) == event.key]
    if not holders:
        return event, f'kuncinya bukan kunci "{event.author}" di peran.yaml'
    holder = holders[-1]
    if not keys.verify(holder.key, NAMESPACE, match[1], match[2].decode()):
        return event, "tanda tangannya tidak cocok dengan isinya"
    if event.at < holder.since:
        return event, "ditandatangani sebelum kuncinya berlaku"
    if holder.revoked is not None and event.at >= holder.revoked:
        return event, "ditandatangani sesudah kuncinya dicabut"
    roles = frozenset({holder.role} if holder.serves(posyandu.id) else ())
    return replace(event, by=holder.id, signed=True, roles=roles), ""


def _entries(top: Reader) -> Iterator[Entry]:
    for item in top.children("postingan", required=True):
        post = item.text("id", required=True)
        mark = item.text("segel", required=True)
        channels = item.texts("kanal")
        checked = tuple(word for word in item.texts("centang") if _WORD.fullmatch(word))
        pictures = {
            name: digest
            for name, digest in _table(item, "gambar").items()
            if _WORD.fullmatch(name) and _DIGEST.fullmatch(digest)
        }
        inputs = _table(item, "isi")
        item.finish()
        yield Entry(post, mark, inputs, channels, checked, pictures)


def _table(item: Reader, key: str) -> dict[str, str]:
    table = item.child(key)
    return {
        name.text: value.text
        for name, value in (table.node.entries if table else ())
        if isinstance(value, Scalar)
    }


def _of_name(text: str) -> datetime | None:
    """The instant in a file's name."""
    try:
        return datetime.strptime(text, "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
    except ValueError:
        return None


def _digest(data: bytes) -> str:
    # git may give a file other line ends on the way; that is no change.
    return sha256(data.replace(b"\r\n", b"\n")).hexdigest()
