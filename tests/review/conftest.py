"""An office with keys: its folder, its people and their signatures, without a passphrase to wait for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from content_kit.files.workspace import Workspace
from content_kit.model import Approval, Posyandu
from content_kit.review import keys, roles
from content_kit.review.events import Entry, Event, Kind, Log
from content_kit.review.keys import Signer
from content_kit.review.log import log_folder, read_log, with_event, write
from content_kit.review.memory import Memory
from content_kit.review.policy import Role
from content_kit.review.roles import Holder, Roles, Trust, read_trust, remember
from content_kit.review.seal import seal

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
INPUTS = {"isi.judul": "Besok buka", "waktu": "2026-12-07T18:30:00+08:00"}
SEAL = seal(INPUTS)
PEOPLE = {"hendra": Role.KADER, "rina": Role.KIM, "sari": Role.DISKOMINFO}


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's own folders for each test: what one remembers is none of another's business."""
    home = tmp_path_factory.mktemp("sendiri")
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home))
    return home


@pytest.fixture(scope="session")
def signers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Signer]:
    """Keys of the office, its people and a stranger; making one open takes a tenth of a second."""
    folder = tmp_path_factory.mktemp("kunci")
    passphrase = "empat kata yang panjang"
    return {
        id: keys.unlock(keys.make(folder, id, passphrase), passphrase)
        for id in (keys.OFFICE, *PEOPLE, "asing")
    }


@dataclass
class Bureau:
    """A signed office with one unit or several, and a machine that remembers."""

    root: Path
    units: dict[str, Posyandu]
    signers: dict[str, Signer]
    memory: Memory = field(default_factory=Memory)
    at: datetime = NOW

    @property
    def workspace(self) -> Workspace:
        return Workspace(self.root)

    @property
    def roles_file(self) -> Path:
        return self.root / "calendars" / roles.FILE

    def issue(self, *, number: int = 1, change: Callable[[Roles], Roles] = lambda r: r) -> Roles:
        """Sign a roles file with everybody in it."""
        holders = tuple(
            Holder(id, self.signers[id].public, role, NOW - timedelta(days=9))
            for id, role in PEOPLE.items()
        )
        office = self.signers[keys.OFFICE]
        made = Roles(office.public, number, NOW, holders, Approval.TWO)
        return roles.write(self.workspace, change(made), office)

    def trust(self) -> Trust:
        found = read_trust(self.workspace, self.units, self.memory)
        remember(self.memory, found)
        return found

    def log(self, unit: str = "melati", *, remembering: bool = True) -> Log:
        memory = self.memory if remembering else Memory()
        trust = read_trust(self.workspace, self.units, memory)
        remember(memory, trust)
        return read_log(
            self.workspace,
            self.units[unit],
            {},
            NOW + timedelta(days=30),
            trust=trust,
            memory=memory,
        )

    def folder(self, unit: str = "melati") -> Path:
        return log_folder(self.workspace, self.units[unit])

    def files(self, unit: str = "melati") -> list[Path]:
        return sorted(self.folder(unit).glob("*.yaml"))

    def add(
        self,
        kind: Kind,
        by: str,
        *,
        unit: str = "melati",
        post: str = "m4x7q2",
        inputs: dict[str, str] | None = None,
        signer: Signer | None = None,
        signed: bool = True,
        log: Log | None = None,
    ) -> Log:
        """One more event, an hour later."""
        self.at += timedelta(minutes=10)
        log = log if log is not None else self.log(unit)
        given = inputs or INPUTS
        entry = Entry(post, seal(given), given if kind is Kind.SUBMIT else {})
        note = "Ganti judulnya" if kind is Kind.RETURN else ""
        event = Event(kind, by, self.at, (entry,), note)
        key = (signer or self.signers[by]) if signed else None
        if key is not None:
            key = replace(key, id=by)
        return with_event(log, write(self.workspace, self.units[unit], log, event, signer=key))


@pytest.fixture
def bureau(tmp_path: Path, melati: Posyandu, signers: dict[str, Signer]) -> Bureau:
    """Two units, a roles file, and no event yet."""
    kenanga = replace(melati, id="contoh-desa-contoh-kenanga", slug="kenanga")
    units = {"melati": replace(melati, slug="melati"), "kenanga": kenanga}
    for slug in units:
        (tmp_path / "calendars" / slug).mkdir(parents=True)
    found = Bureau(tmp_path, units, signers)
    found.issue()
    return found
