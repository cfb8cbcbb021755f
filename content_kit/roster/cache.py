"""What a check found out, kept in the user's cache folder: one small file for each unit and month.

A file counts only under the very fingerprint of everything its rows were made from. Where only
the log is another one, what was found out still holds and the log is read anew. A file may be
forged all the same, so every word of it is looked at, what is odd is no cache at all, and
approving and packing never read it.
"""

from __future__ import annotations

import contextlib
import json
import re
import time as clock
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version
from typing import Any, Final

import content_kit
from content_kit.errors import KitError
from content_kit.files import bundled
from content_kit.files.fingerprint import fingerprint
from content_kit.files.save import atomic_write
from content_kit.files.unit_list import FILE as UNIT_LIST
from content_kit.files.workspace import SHARED, Workspace
from content_kit.findings import LEVELS, Finding, Place
from content_kit.model import Bidang, Pillar, Zone
from content_kit.review.lane import Doubt
from content_kit.review.life import Status
from content_kit.review.log import FOLDER as LOG_FOLDER
from content_kit.review.policy import Danger, Risk, Role
from content_kit.review.status import Known
from content_kit.roster.standing import (
    MAX_CAPTION,
    MAX_CODES,
    MAX_FINDINGS,
    MAX_NAME,
    MAX_TITLE,
    Basis,
    Checked,
)
from content_kit.roster.view import Row, Unit

FORMAT: Final = 2
MAX_BYTES: Final = 4_000_000
MAX_ROWS: Final = 2_000
KEPT_SECONDS: Final = 100 * 86_400.0
"""How long a file lies around that nobody needs any more."""

_POST: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}", re.ASCII)
_SEAL: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_STATUS: Final = frozenset(status.value for status in Status if status is not Status.UNKNOWN)
_PILLARS: Final = {pillar.value: pillar for pillar in Pillar}
_BIDANG: Final = {bidang.value: bidang for bidang in Bidang}
_FRONT: Final = frozenset({"cli", "tui", "web", "pack", "report", "_bundled", "__pycache__"})
"""The parts of this program that no finding depends on."""
_ENGINES: Final = ("fontpkg-plus-jakarta-sans", "uharfbuzz", "jinja2", "pyyaml", "python-dateutil")


class Keys:
    """The fingerprints of a workspace's units. Each is asked anew: files change while we work."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def common(self) -> str:
        """What all units depend on: the office, its people, templates, assets, and this program."""
        calendars = self.workspace.root / "calendars"
        try:
            files = sorted(
                path
                for path in calendars.iterdir()
                if path.name == SHARED
                or (path.name != UNIT_LIST and not path.name.startswith(".") and path.is_file())
            )
        except OSError:
            return ""
        own = [self.workspace.root / name for name in ("templates", "assets")]
        ours = [bundled.root() / name for name in ("templates", "assets")]
        package = Path(content_kit.__file__).parent
        try:
            program = sorted(path for path in package.iterdir() if path.name not in _FRONT)
        except OSError:
            program = []  # packed into one file: the version stands for it
        found = fingerprint([*files, *own, *ours, *program])
        names = " ".join(path.name for path in files)
        return _digest(found, names, self._program) if found else ""

    def unit(self, common: str, slug: str, first: date, last: date) -> str:
        """What the rows of one unit depend on besides its log; "" when that cannot be told."""
        folder = self.workspace.root / "calendars" / slug
        found = fingerprint([folder], without=LOG_FOLDER) if common else ""
        return _digest(common, slug, str(first), str(last), found) if found else ""

    def log(self, slug: str) -> str:
        """The log of a unit; "" when it cannot be read."""
        return fingerprint([self.workspace.root / "calendars" / slug / LOG_FOLDER])

    @cached_property
    def _program(self) -> str:
        return " ".join(
            [str(FORMAT), content_kit.__version__, python_version(), *map(_release, _ENGINES)]
        )


@dataclass(frozen=True, slots=True)
class Store:
    """The cache of one workspace, in a folder of this machine."""

    folder: Path

    @classmethod
    def of(cls, workspace: Workspace, cache: Path) -> Store:
        """The part of a cache folder that belongs to a workspace."""
        name = _digest(str(workspace.root.resolve()))[:24]
        return cls(cache / "daftar" / name)

    def read(self, slug: str, key: str, first: date, last: date) -> Checked | None:
        """What is remembered under this key, whatever the log was then."""
        if not key:
            return None
        try:
            with self._path(slug, first, last).open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
        except OSError:
            return None
        return decoded(data, slug, key, first, last) if len(data) <= MAX_BYTES else None

    def write(self, slug: str, key: str, first: date, last: date, checked: Checked) -> None:
        """Remember it. A full disk is no reason to stop: it is checked again next time."""
        if key:
            with contextlib.suppress(KitError, OSError):
                atomic_write(self._path(slug, first, last), encoded(checked, key))

    def sweep(self) -> None:
        """Remove what nobody has written for a season."""
        with contextlib.suppress(OSError):
            for path in self.folder.iterdir():
                if path.stat().st_mtime < clock.time() - KEPT_SECONDS:
                    path.unlink(missing_ok=True)

    def _path(self, slug: str, first: date, last: date) -> Path:
        return self.folder / f"{_digest(slug)[:24]}-{first:%Y%m%d}-{last:%Y%m%d}.json"


def encoded(checked: Checked, key: str) -> bytes:
    """What a check found out, as the bytes of a cache file."""
    unit = checked.unit
    data = {
        "key": key,
        "until": checked.until.isoformat() if checked.until else "",
        "seen": checked.seen,
        "pins": checked.pins,
        "log": checked.log,
        "unit": {name: getattr(unit, name) for name in (*_UNIT, "broken")},
        "rows": [_row_data(row) | _basis_data(checked.bases[row.post]) for row in checked.rows],
        "findings": [_finding_data(found) for found in checked.findings],
    }
    return json.dumps(data, ensure_ascii=True, separators=(",", ":")).encode()


def decoded(data: bytes, slug: str, key: str, first: date, last: date) -> Checked | None:
    """What a cache file says, or None when any word of it cannot be."""
    try:
        top = json.loads(data)
        json.dumps(top, ensure_ascii=False).encode()  # half a letter cannot be shown or saved
        _must(isinstance(top, dict) and top["key"] == key)
        unit = _unit(top["unit"], slug)
        items = _list(top["rows"], MAX_ROWS)
        rows = tuple(_row(item, unit, first, last) for item in items)
        bases = {row.post: _basis(item, row) for item, row in zip(items, rows, strict=True)}
        _must(len({row.post for row in rows}) == len(rows))
        findings = tuple(_finding(item) for item in _list(top["findings"], MAX_FINDINGS * 4))
        until = datetime.fromisoformat(top["until"]) if top["until"] else None
        _must(until is None or until.tzinfo is not None)
        seen, pins, log = (_text(top[name], 64) for name in ("seen", "pins", "log"))
        return Checked(unit, rows, findings, until, seen, bases, pins, log)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        return None


_UNIT: Final = ("id", "slug", "name", "village", "kecamatan", "kabupaten", "region_code", "zone")


def _row_data(row: Row) -> dict[str, object]:
    return {
        "post": row.post,
        "date": row.date.isoformat(),
        "time": f"{row.time:%H:%M}",
        "channels": list(row.channels),
        "pillar": row.pillar.value,
        "bidang": row.bidang.value,
        "title": row.title,
        "duty": row.duty,
        "duty_name": row.duty_name,
        "status": row.status,
        "seal": row.seal,
        "as_library": row.as_library,
        "fast": row.fast,
        "photos": row.photos,
        "risk": row.risk,
        "codes": list(row.codes),
        "handed_in": row.handed_in.isoformat() if row.handed_in else "",
        "text": row.text,
        "caption": row.caption,
        "found": list(row.found),
        "decided": row.decided,
        "submitters": list(row.submitters),
        "approvers": list(row.approvers),
        "steps": list(row.steps),
    }


def _row(item: Any, unit: Unit, first: date, last: date) -> Row:
    _must(isinstance(item, dict))
    codes = tuple(_text(code, 60) for code in _list(item["codes"], MAX_CODES))
    _must(all(code in LEVELS for code in codes))
    row = Row(
        unit=unit.slug,
        post=_text(item["post"], 64),
        date=date.fromisoformat(_text(item["date"], 10)),
        time=time.fromisoformat(_text(item["time"], 5)),
        zone=unit.zone,
        channels=tuple(_text(channel, MAX_TITLE) for channel in _list(item["channels"], 100)),
        pillar=_PILLARS[_text(item["pillar"], 40)],
        bidang=_BIDANG[_text(item["bidang"], 40)],
        title=_text(item["title"], MAX_TITLE),
        duty=_text(item["duty"], MAX_NAME),
        status=_text(item["status"], 60),
        worst=LEVELS[codes[0]].value if codes else "",
        seal=_text(item["seal"], 64),
        posyandu=unit.name,
        kabupaten=unit.kabupaten,
        kecamatan=unit.kecamatan,
        duty_name=_text(item["duty_name"], MAX_NAME),
        as_library=_flag(item["as_library"]),
        fast=_flag(item["fast"]),
        photos=_number(item["photos"], 1_000),
        risk=_text(item["risk"], 40),
        codes=codes,
        handed_in=date.fromisoformat(item["handed_in"]) if item["handed_in"] else None,
        village=unit.village,
        text=_text(item["text"], 16),
        caption=_text(item["caption"], MAX_CAPTION),
        found=_texts(item["found"], MAX_TITLE),
        decided=_text(item["decided"], MAX_CAPTION),
        submitters=_texts(item["submitters"], MAX_NAME),
        approvers=_texts(item["approvers"], MAX_NAME),
        steps=_texts(item["steps"], 40),
    )
    _must(first <= row.date <= last and row.status in _STATUS)
    _must(_POST.fullmatch(row.post) is not None and _SEAL.fullmatch(row.seal) is not None)
    return row


def _basis_data(basis: Basis) -> dict[str, object]:
    known = basis.known
    return {
        "plain": basis.plain,
        "wrong": known.wrong,
        "waiting": known.waiting,
        "replaced": known.replaced,
        "offices": [str(office) for office in known.danger.offices],
        "slow": [one.file for one in known.slow],
    }


def _basis(item: Any, row: Row) -> Basis:
    """What a row rests on; the rest of it stands in the row."""
    offices = tuple(Role(_text(name, 40)) for name in _list(item["offices"], MAX_CODES))
    files = [_text(file, 64) for file in _list(item["slow"], MAX_ROWS)]
    known = Known(
        seal=row.seal,
        channels=row.channels,
        wrong=_flag(item["wrong"]),
        waiting=_flag(item["waiting"]),
        replaced=_flag(item["replaced"]),
        danger=Danger(Risk(row.risk), offices=offices),
        slow=tuple(Doubt("", "", file) for file in files),
    )
    return Basis(known, _flag(item["plain"]))


def _unit(item: Any, slug: str) -> Unit:
    _must(isinstance(item, dict))
    id, there, name, village, kecamatan, kabupaten, code, zone = (
        _text(item[name], MAX_TITLE) for name in _UNIT
    )
    broken = _number(item["broken"], 10_000)
    unit = Unit(id, there, name, village, kecamatan, kabupaten, code, zone, broken=broken)
    _must(unit.slug == slug and unit.zone in Zone.__members__)
    return unit


def _finding_data(found: Finding) -> dict[str, object]:
    at = found.place
    return {
        "code": found.code, "message": found.message[:1_000], "hint": found.hint[:1_000],
        "post": found.post, "file": at.file, "line": at.line, "column": at.column, "field": at.field,
    }  # fmt: skip


def _finding(item: Any) -> Finding:
    _must(isinstance(item, dict))
    place = Place(
        _text(item["file"], 1_000), _number(item["line"], 10**7), _number(item["column"], 10**7),
        _text(item["field"], 1_000),
    )  # fmt: skip
    told = [_text(item[name], 1_000) for name in ("code", "message", "post", "hint")]
    return Finding(told[0], told[1], place, told[2], told[3])


def _text(value: object, most: int) -> str:
    _must(isinstance(value, str) and len(value) <= most)
    return str(value)


def _texts(value: object, most: int) -> tuple[str, ...]:
    return tuple(_text(item, most) for item in _list(value, MAX_CODES))


def _flag(value: object) -> bool:
    _must(isinstance(value, bool))
    return value is True


def _number(value: object, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise ValueError
    return value


def _list(value: object, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise ValueError
    return value


def _must(holds: bool) -> None:
    if not holds:
        raise ValueError


def _release(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "-"


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
