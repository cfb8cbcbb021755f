"""Tells whether anything in a workspace changed since it was last looked at, without reading a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

FOLDERS: Final = ("calendars", "templates", "assets")
"""What a workspace is made from; what it produces lies elsewhere."""


def signature(root: Path) -> str:
    """A digest over the name, size and time of every file of a workspace.

    5,000 files take some 30 ms. What cannot be read counts as absent; links are not followed, so
    a folder that contains itself ends.
    """
    digest = sha256()
    for name in FOLDERS:
        for path, size, time in _files(str(root / name)):
            digest.update(f"{path}\0{size}\0{time}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _files(folder: str) -> Iterator[tuple[str, int, int]]:
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in found:
        if entry.name.startswith("."):
            continue  # locks and temporary files of ours, and git
        try:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path)
            else:
                state = entry.stat(follow_symlinks=False)
                yield entry.path, state.st_size, state.st_mtime_ns
        except OSError:
            continue
