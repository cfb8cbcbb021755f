"""Unsaved drafts in the user's own folder: what somebody typed outlives a crash, and stays on this machine.

A draft is kept under the workspace, the unit and the post it belongs to. It may hold what must
never reach a workspace that others read (a number typed by mistake), so only its owner may open
the folder, and it goes as soon as it is saved or thrown away.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from content_kit.errors import KitError
from content_kit.files.overlay import listing
from content_kit.files.save import atomic_write
from content_kit.model import FieldValue

NEW: Final = ""
"""In place of a post's id: a post that was never saved."""

_BROKEN: Final = (OSError, ValueError, LookupError, TypeError, RecursionError, AttributeError)
MAX_BYTES: Final = 15_000_000
"""More than a month's whole file takes when every letter of it is escaped: what was kept is read."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as it was kept: when, the values that it began with, and what was typed since.

    `seen` is empty for a new post.
    """

    when: datetime
    id: str
    seen: Mapping[str, FieldValue]
    values: Mapping[str, FieldValue]
    spare: Mapping[str, FieldValue]


@dataclass(frozen=True, slots=True)
class Found:
    """A draft's file on this machine: of which unit and post of its folder; None when it is broken."""

    path: Path
    unit: str = ""
    post: str = ""
    kept: Kept | None = None


class Drafts:
    """The kept drafts of one workspace. A disk that refuses stops nobody's work."""

    def __init__(self, folder: Path, root: Path) -> None:
        self._folder = folder
        self._root = str(root.resolve())

    def every(self) -> list[Found]:
        """All drafts of this workspace that say whose they are, and all files that are broken."""
        found = []
        for path in listing(self._folder):
            if path.suffix != ".json":
                continue
            try:
                data, kept = _read(path)
                if data.get("folder") == self._root:
                    found.append(Found(path, _word(data["unit"]), _word(data["postingan"]), kept))
            except _BROKEN:
                found.append(Found(path))
        return found

    def keep(self, unit: str, post: str, kept: Kept) -> bool:
        """Keep a draft in place of the one before; False when the disk refuses."""
        data = {
            "folder": self._root,
            "unit": unit,
            "postingan": post,
            "waktu": kept.when.isoformat(),
            "id": kept.id,
            "dilihat": kept.seen,
            "isi": kept.values,
            "simpanan": kept.spare,
        }
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            text = json.dumps(data, ensure_ascii=True, indent=1)
            atomic_write(self._path(unit, post), text.encode("ascii"))
        except (OSError, KitError):
            return False
        return True

    def find(self, unit: str, post: str) -> Kept | None:
        """The draft that was kept of a post; None without one, or when it cannot be read."""
        try:
            return _read(self._path(unit, post))[1]
        except _BROKEN:
            return None

    def forget(self, unit: str, post: str) -> None:
        """Throw a draft away: it is saved, or nobody wants it."""
        with contextlib.suppress(OSError):
            self._path(unit, post).unlink(missing_ok=True)

    def _path(self, unit: str, post: str) -> Path:
        key = "\0".join((os.path.normcase(self._root), unit, post or NEW))
        name = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        return self._folder / f"{name}.json"


def _read(path: Path) -> tuple[dict[str, object], Kept]:
    """What a draft's file says. One of `_BROKEN` for a file that no draft of ours is."""
    if path.stat().st_size > MAX_BYTES:
        raise ValueError("too large")
    data = json.loads(path.read_text(encoding="ascii"))
    when = datetime.fromisoformat(data["waktu"])
    kept = Kept(
        when.astimezone(),
        _word(data["id"]),
        _table(data["dilihat"]),
        _table(data["isi"]),
        _table(data["simpanan"]),
    )
    return data, kept


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _table(value: object) -> Mapping[str, FieldValue]:
    if not isinstance(value, dict):
        raise TypeError
    return {_word(key): _value(inner) for key, inner in value.items()}


def _value(value: object) -> FieldValue:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return tuple(_value(inner) for inner in value)
    return _table(value)
