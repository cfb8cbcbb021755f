"""The manifest of a post's folder: which pictures and texts a run has written there, and how."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from content_kit.files.overlay import read_bytes
from content_kit.files.paths import name_problem
from content_kit.files.save import atomic_write_if_new

NAME: Final = "manifes.json"


@dataclass(frozen=True, slots=True)
class Written:
    """What a post's folder held after the last run, as far as its manifest can be believed."""

    pictures: Mapping[str, Mapping[str, object]] = field(default_factory=dict, hash=False)
    texts: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        """The names of all files that are ours, without the manifest itself."""
        return (*(f"{name}.jpg" for name in self.pictures), *self.texts)


def read(folder: Path) -> Written:
    """The manifest of a folder; a missing or strange one means that nothing is known."""
    written, _ = read_bytes(folder / NAME, folder, NAME)
    try:
        data = json.loads(written or b"")
        pictures = {
            name: dict(entry)
            for name, entry in data["gambar"].items()
            if _ours(f"{name}.jpg") and isinstance(entry, dict)
        }
        texts = tuple(
            name
            for name in data["teks"]
            if isinstance(name, str) and name.endswith(".txt") and _ours(name)
        )
        json.dumps([pictures, texts], ensure_ascii=False).encode()  # no half of a letter in it
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return Written()
    return Written(pictures, texts)


def write(
    folder: Path,
    about: Mapping[str, object],
    pictures: Mapping[str, object],
    texts: Iterable[str],
) -> None:
    """Save what a folder holds now, and what else is `about` its post."""
    data = {**about, "gambar": pictures, "teks": sorted(texts)}
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    atomic_write_if_new(folder / NAME, text.encode())


def tells_of(path: Path, known: Mapping[str, object]) -> bool:
    """Whether a picture still has the bytes that the manifest tells of."""
    try:
        if not path.is_file() or path.stat().st_size != known.get("byte"):
            return False
        return hashlib.sha256(path.read_bytes()).hexdigest() == known.get("sha256")
    except OSError:
        return False


def _ours(name: str) -> bool:
    """Whether a name from a manifest can be one that a run gave to a file in its folder."""
    return "/" not in name and not name_problem(name)
