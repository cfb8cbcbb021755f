"""Seeds of samples: drawn once for a person and a period, and kept until the approval is done.

Asking again gives the same sample, so nobody draws until it pleases; whoever hands posts in
cannot know it beforehand.
"""

from __future__ import annotations

import random
import re
from hashlib import sha256
from pathlib import Path
from typing import Final

from content_kit.files.user_folders import read_settings, write_settings

MAX_KEPT: Final = 200
_SEED: Final = re.compile(r"[0-9a-f]{16}", re.ASCII)


def seed_for(file: Path, root: Path, period: str, by: str, chance: random.Random) -> str:
    """The seed that stands, or a new one from `chance`, which is then kept."""
    kept = read_settings(file)
    name = _name(root, period, by)
    if not _SEED.fullmatch(kept.get(name, "")):
        kept = dict(list(kept.items())[-MAX_KEPT:]) | {name: f"{chance.getrandbits(64):016x}"}
        write_settings(file, kept)
    return kept[name]


def used(file: Path, root: Path, period: str, by: str) -> None:
    """Forget a seed that stands in the log now: the next batch gets another."""
    kept = read_settings(file)
    if kept.pop(_name(root, period, by), None) is not None:
        write_settings(file, kept)


def _name(root: Path, period: str, by: str) -> str:
    return sha256(f"{root.resolve()}\0{period}\0{by.casefold()}".encode()).hexdigest()[:32]
