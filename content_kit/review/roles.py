"""Who may approve, signed by the office's key: `calendars/peran.yaml`, and whether to believe it.

Each machine remembers the office's key on first use, and the number of the last file it saw. From
then on a missing, older, edited or otherwise signed file means that nobody's approval counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

from content_kit.files import save
from content_kit.files.overlay import read_bytes
from content_kit.files.reader import Findings, Reader
from content_kit.files.splice import quoted
from content_kit.files.workspace import Workspace
from content_kit.files.yaml import Map, parse_bytes
from content_kit.findings import Finding, Place
from content_kit.model import Approval, Posyandu
from content_kit.review import keys
from content_kit.review.keys import Signer
from content_kit.review.memory import UNSIGNED, Memory, Pin
from content_kit.review.policy import Role

FILE: Final = "peran.yaml"
NAMESPACE: Final = "content-kit/peran/1"
_HEAD: Final = "# Siapa yang boleh menyetujui. Ditandatangani dengan kunci kantor: jangan diubah dengan tangan,\n# pakai content-kit review role.\n"
_ASK: Final = "Tanyakan kepada kantor, dan ambil berkas yang benar; lihat content-kit review trust."
_SIGNATURE: Final = re.compile(rb'(?s)(.*\n)tanda_tangan: "([A-Za-z0-9+/]{86}==)"\n')
_INSTANT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z", re.ASCII)
_NUMBER: Final = re.compile(r"[0-9]{1,15}", re.ASCII)
_DIGEST: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody with a key. `units` are ids of posyandu, all when there are none.

    `seen` are the last events of theirs that stood in the logs when the key was revoked: nothing
    that they did not follow from counts, whatever date it bears.
    """

    id: str
    key: str
    role: Role
    since: datetime
    name: str = ""
    units: tuple[str, ...] = ()
    revoked: datetime | None = None
    seen: tuple[str, ...] = ()

    def serves(self, unit: str) -> bool:
        """Whether the role holds for a posyandu, by its id."""
        return not self.units or unit in self.units


@dataclass(frozen=True, slots=True)
class Roles:
    """A whole roles file: who, and the settings of the office that were signed with them.

    `rules` is the digest of the workspace's own `assets/tinjauan.yaml`, "" for the bundled one.
    """

    root: str
    number: int
    at: datetime
    holders: tuple[Holder, ...] = ()
    approval: Approval = Approval.NONE
    days: int = 60
    rules: str = ""
    digest: str = ""

    def of(self, id: str) -> Iterator[Holder]:
        """The keys of somebody, old ones too."""
        return (holder for holder in self.holders if holder.id.casefold() == id.casefold())

    def current(self, id: str) -> Holder | None:
        """The key of somebody that holds now."""
        return next((holder for holder in self.of(id) if holder.revoked is None), None)

    def having(self, role: Role, unit: str) -> frozenset[str]:
        """Those who have a role for a posyandu, in small letters."""
        return frozenset(
            holder.id.casefold()
            for holder in self.holders
            if holder.role is role and holder.revoked is None and holder.serves(unit)
        )


@dataclass(frozen=True, slots=True)
class Trust:
    """What to believe: nothing asked for, roles that hold, or (`required` without `roles`) nobody.

    `new` says that this machine sees the office's key for the first time.
    """

    required: bool = False
    roles: Roles | None = None
    findings: tuple[Finding, ...] = ()
    new: bool = False
    names: tuple[str, ...] = field(default=(), repr=False)


def read_trust(workspace: Workspace, units: Mapping[str, Posyandu], memory: Memory) -> Trust:
    """The roles of a workspace as far as they can be believed here. Never raises for content."""
    path = workspace.root / "calendars" / FILE
    names = _names(workspace, units)
    pins = {memory.pins[name] for name in names if name in memory.pins}
    file = workspace.relative(path)
    there = path.exists() or path.is_symlink()
    if not there and not (pins or _seen_signed(memory, units)):
        return Trust(names=names)
    if not there:
        return _nobody(names, file, "berkas ini hilang, padahal komputer ini pernah melihatnya")
    data, problems = read_bytes(path, workspace.root, file)
    if data is None:
        return _nobody(names, file, problems[0].message.rstrip("."))
    if not keys.available():
        why = "tanda tangannya belum dapat diperiksa di komputer ini"
        return _nobody(names, file, why, 'Pasang dulu: pip install "content-kit[sign]".')
    roles, wrong = parse(data, file)
    if roles is None:
        return _nobody(names, file, wrong)
    if memory.broken:
        return _nobody(
            names, file, "ingatan komputer ini tidak terbaca, jadi tidak ada pembandingnya"
        )
    if any(pin.root != roles.root for pin in pins):
        return _nobody(
            names,
            file,
            "ditandatangani dengan kunci kantor yang lain daripada yang dikenal di sini",
        )
    for pin in pins:
        if roles.number < pin.number:
            return _nobody(
                names, file, "ini daftar lama; komputer ini pernah melihat yang lebih baru"
            )
        if roles.number == pin.number and roles.digest != pin.digest:
            return _nobody(names, file, "ada dua daftar yang berbeda dengan nomor yang sama")
    return Trust(required=True, roles=roles, new=not pins, names=names)


def remember(memory: Memory, trust: Trust) -> None:
    """Keep what is believed in a machine's memory."""
    if trust.roles is not None:
        memory.pin(trust.names, Pin(trust.roles.root, trust.roles.number, trust.roles.digest))


def parse(data: bytes, file: str) -> tuple[Roles | None, str]:
    """A roles file whose signature holds, or None with the reason in a few words.

    UsageError without the extra `sign`.
    """
    data = data.replace(b"\r\n", b"\n")
    match = _SIGNATURE.fullmatch(data)
    if match is None:
        return None, "tanda tangan kantor tidak ada"
    node, problems = parse_bytes(data, file)
    if problems or not isinstance(node, Map):
        return None, "isinya tidak terbaca"
    findings = Findings()
    top = Reader(node, findings)
    top.text("tanda_tangan")
    version = top.text("versi", required=True)
    root = top.text("kunci_kantor", required=True)
    number = top.text("nomor", required=True)
    at = instant(top.text("waktu", required=True))
    approval = top.choice("persetujuan", Approval, required=True)
    days = top.number("berlaku_hari")
    rules = top.text("aturan")
    holders = [_holder(item) for item in top.children("peran")]
    top.finish()
    if not keys.is_public(root):
        return None, "kunci kantor tidak terbaca"
    if not keys.verify(root, NAMESPACE, match[1], match[2].decode()):
        return None, "isinya berubah sesudah ditandatangani"
    whole = _NUMBER.fullmatch(number) and version == "1" and not findings
    if not whole or at is None or approval is None or None in holders:
        return None, "isinya tidak lengkap"
    known = tuple(holder for holder in holders if holder is not None)
    digest = sha256(data).hexdigest()
    return Roles(root, int(number), at, known, approval, int(days), rules, digest), ""


def write(workspace: Workspace, roles: Roles, signer: Signer) -> Roles:
    """Sign a roles file with the office's key and save it; the roles as they were written."""
    body = _written(roles, signer.public).encode()
    data = body + f'tanda_tangan: "{signer.sign(NAMESPACE, body)}"\n'.encode()
    written, wrong = parse(data, FILE)
    assert written is not None, wrong
    save.atomic_write(workspace.root / "calendars" / FILE, data)
    return written


def told(at: datetime) -> str:
    """An instant as our signed files write it."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def instant(text: str) -> datetime | None:
    """The instant that a signed file means; None for any other text."""
    if not _INSTANT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _names(workspace: Workspace, units: Mapping[str, Posyandu]) -> tuple[str, ...]:
    """What a workspace is remembered by: where it lies, and its units, for when it moves.

    Made-up posyandu are in every copy of the sample; `_seen_signed` knows those that had keys.
    """
    ids = sorted(unit.id for unit in units.values() if not unit.fictional)
    return (f"folder {workspace.root.resolve()}", *(f"unit {id}" for id in ids))


def _seen_signed(memory: Memory, units: Mapping[str, Posyandu]) -> bool:
    """Whether this machine saw signed notes of one of these posyandu, wherever its folder lay."""
    ids = {unit.id for unit in units.values()}
    return any(root != UNSIGNED and id in ids for root, id in memory.known())


def _nobody(names: tuple[str, ...], file: str, why: str, hint: str = _ASK) -> Trust:
    finding = Finding(
        "peran-tidak-sah",
        f"{why}, jadi tidak ada persetujuan yang berlaku.",
        Place(file, 1, 1),
        hint=hint,
    )
    return Trust(required=True, findings=(finding,), names=names)


def _holder(item: Reader) -> Holder | None:
    id = item.text("id", required=True)
    key = item.text("kunci", required=True)
    role = item.choice("peran", Role, required=True)
    name = item.text("nama")
    units = item.texts("unit")
    since = instant(item.text("sejak", required=True))
    said = item.text("dicabut")
    revoked = instant(said)
    seen = item.texts("dilihat")
    item.finish()
    if not (id and role and since and keys.is_public(key)) or (said and revoked is None):
        return None
    if not all(_DIGEST.fullmatch(digest) for digest in seen):
        return None
    return Holder(id, key, role, since, name, units, revoked, seen)


def _written(roles: Roles, root: str) -> str:
    lines = [
        "versi: 1",
        f"nomor: {roles.number}",
        f"waktu: {quoted(told(roles.at))}",
        f"kunci_kantor: {quoted(root)}",
        f"persetujuan: {roles.approval}",
        f"berlaku_hari: {roles.days}",
        f"aturan: {quoted(roles.rules)}",
        "peran:" if roles.holders else "peran: []",
    ]
    for holder in roles.holders:
        lines += [
            f"  - id: {quoted(holder.id)}",
            f"    nama: {quoted(holder.name)}",
            f"    peran: {holder.role}",
            f"    kunci: {quoted(holder.key)}",
            f"    unit: [{', '.join(map(quoted, holder.units))}]",
            f"    sejak: {quoted(told(holder.since))}",
        ]
        if holder.revoked is not None:
            lines.append(f"    dicabut: {quoted(told(holder.revoked))}")
            lines.append(f"    dilihat: [{', '.join(map(quoted, holder.seen))}]")
    return _HEAD + "\n".join(lines) + "\n"
