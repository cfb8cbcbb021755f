"""Foto masuk: the newest photos of a folder, told by their content and not by their names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from content_kit.errors import UsageError, reason
from content_kit.files.photos import glance

MOST: Final = 60
"""How many are listed: this week's photos, not a year's."""

_LOOKED_AT: Final = 400
"""The newest files whose content is asked; a folder of downloads may hold thousands."""
_NAMED_SO: Final = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".heic", ".heif", ".avif"}
)
_UNFINISHED: Final = frozenset(
    {".part", ".partial", ".crdownload", ".download", ".tmp", ".opdownload"}
)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that is a photo or calls itself one; `problem` says why it cannot be used."""

    path: Path
    bytes: int
    time: datetime
    size: tuple[int, int] | None = None
    problem: str = ""


def incoming(folder: Path, most: int = MOST) -> tuple[Incoming, ...]:
    """The newest photos of a folder, the newest first; UsageError when it cannot be opened."""
    found: list[Incoming] = []
    for path, state in _newest(folder):
        size, problem = glance(path)
        named_so = path.suffix.lower() in _NAMED_SO
        if problem is not None and not (named_so or "HEIC" in problem.message):
            continue  # any other file: nobody took it for a photo
        told = f"{problem.message} {problem.hint}".strip() if problem else ""
        time = datetime.fromtimestamp(state.st_mtime, UTC)
        found.append(Incoming(path, state.st_size, time, size, told))
        if len(found) == most:
            break
    return tuple(found)


def _newest(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Ordinary files of a folder, the newest first; links are left out, and what still comes in."""
    files: list[tuple[Path, os.stat_result]] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith(".") or Path(entry.name).suffix.lower() in _UNFINISHED:
                    continue
                try:
                    if entry.is_file(follow_symlinks=False):
                        files.append((Path(entry.path), entry.stat(follow_symlinks=False)))
                except OSError:
                    continue
    except OSError as error:
        raise UsageError(f'Folder "{folder}" tidak dapat dibuka: {reason(error)}.') from error
    files.sort(key=lambda each: (-each[1].st_mtime_ns, each[0].name))
    yield from files[:_LOOKED_AT]
