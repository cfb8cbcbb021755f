"""Fingerprints of folders: one digest for all that a result was made from.

Text is read whole. Photos are known by size and times, as git knows files that it need not read
again: a month of a province has gigabytes of them. A folder with a fingerprint is one whose files
could all be looked at; where that fails there is none, and nothing made from it is remembered.
"""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

MAX_FILES: Final = 50_000
MAX_DEPTH: Final = 6
MAX_READ: Final = 2_000_000
"""Larger files are known by size and times: no text of ours is larger."""

PHOTOS: Final = frozenset({".jpg", ".jpeg", ".png", ".webp", ".heic", ".gif", ".tif", ".tiff"})
_SKIPPED: Final = frozenset({"__pycache__"})


def fingerprint(paths: Iterable[Path], *, without: str = "") -> str:
    """The digest of these files and of all files below these folders; "" when one cannot be read.

    Names count, hidden files do not, and a path that is not there counts as not being there. What
    is called `without` in one of these folders does not count.
    """
    digest = sha256()
    count = 0
    try:
        for number, path in enumerate(paths):
            for name, mark in _marks(path, str(number), 0, without):
                count += 1
                if count > MAX_FILES:
                    return ""
                digest.update(f"{name}\0{mark}\n".encode("utf-8", "surrogatepass"))
    except OSError:
        return ""
    return digest.hexdigest()


def _marks(path: Path, name: str, depth: int, without: str = "") -> Iterator[tuple[str, str]]:
    """Every file with what it is known by, in the order of the names."""
    try:
        about = path.stat()
    except FileNotFoundError:
        yield name, "-"
        return
    if stat.S_ISDIR(about.st_mode):
        if depth > MAX_DEPTH:
            raise OSError("too deep")
        yield name, "/"
        for inside in sorted(path.iterdir(), key=lambda one: one.name):
            skipped = inside.name.startswith(".") or inside.name in _SKIPPED
            if not skipped and inside.name != without:
                yield from _marks(inside, f"{name}/{inside.name}", depth + 1)
        return
    # A link to the same bytes is another thing: the readers refuse some links.
    kind = "@" if path.is_symlink() else ""
    suffix = path.suffix.lower()
    if not stat.S_ISREG(about.st_mode):
        yield name, f"{kind}{about.st_mode}"
    elif suffix in PHOTOS or about.st_size > MAX_READ:
        yield name, f"{kind}{about.st_size} {about.st_mtime_ns} {about.st_ctime_ns}"
    else:
        with path.open("rb") as stream:
            yield name, kind + sha256(stream.read()).hexdigest()
