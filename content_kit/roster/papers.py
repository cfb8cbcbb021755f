"""What every paper of a roster shares: its heading, its fingerprint, its places in their order."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from content_kit.errors import UsageError
from content_kit.files.letterhead import NO_LETTERHEAD, Letterhead
from content_kit.files.paths import safe_join
from content_kit.files.photos import upright_jpeg
from content_kit.files.workspace import Workspace
from content_kit.model import Zone
from content_kit.roster.view import Group, Roster, row_json


@dataclass(frozen=True, slots=True)
class Heading:
    """What a paper says above its tables: whose roster, of which places, made when.

    `signed` tells whether the approvals in it carry signatures.
    """

    office: str
    scope: str
    made: datetime
    signed: bool = False
    letterhead: Letterhead = NO_LETTERHEAD
    logo: bytes = field(default=b"", repr=False)


def heading(workspace: Workspace, roster: Roster, scope: str, now: datetime) -> Heading:
    """The heading of a workspace's roster."""
    office, _ = workspace.settings()
    signed = (workspace.root / "calendars" / "peran.yaml").is_file()
    zone = Zone[roster.rows[0].zone] if roster.rows else Zone.WITA
    head = office.letterhead
    logo = b""
    with contextlib.suppress(UsageError):
        if head.logo:
            logo, _ = upright_jpeg(safe_join(workspace.root, "calendars", head.logo), longest=400)
    return Heading(office.name, scope, now.astimezone(zone.tz), signed, head, logo)


def fingerprint(roster: Roster) -> str:
    """SHA-256 over its period, its units, and of each post all that the roster publishes.

    The same roster has the same fingerprint on paper, in the workbook and on another computer.
    """
    rows = [row_json(row) for row in sorted(roster.rows, key=lambda row: row.key)]
    units = sorted(unit.id for unit in roster.units)
    told = json.dumps([roster.period, rows, units], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(b"content-kit/daftar/1\n" + told.encode()).hexdigest()


def in_fours(mark: str) -> str:
    """The first half of a digest in groups of four: people compare it by reading it aloud."""
    return " ".join(mark[at : at + 4] for at in range(0, 32, 4))


def with_depth(groups: Iterable[Group], depth: int = 0) -> Iterator[tuple[int, Group]]:
    """Every place with its depth: kabupaten 0, kecamatan 1, posyandu 2."""
    for group in groups:
        yield depth, group
        yield from with_depth(group.inside, depth + 1)
