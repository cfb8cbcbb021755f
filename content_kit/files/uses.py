"""When each ready text was last used, from month files that nobody needs to read whole.

A plan that looks back over years would read thousands of files for one word of each post.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from content_kit.files.overlay import listing
from content_kit.files.paths import is_inside
from content_kit.files.yaml import MAX_BYTES

YEARS: Final = 3
"""How far back a plan looks: a text that rested longer is as good as new."""

_FILE: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])\.yaml")
_USE: Final = re.compile(rb"\bpustaka:\s*[\"']?([a-z0-9][a-z0-9-]{0,63})")


def read_uses(folder: Path, before: date) -> Mapping[str, date]:
    """The first day of the last month in which a unit used each text, of the months before a day."""
    first, month = before.replace(year=max(1, before.year - YEARS), day=1), before.replace(day=1)
    found: dict[str, date] = {}
    for path in listing(folder):
        match = _FILE.fullmatch(path.name)
        if not match or match[1] == "0000":
            continue
        day = date(int(match[1]), int(match[2]), 1)
        if first <= day < month and is_inside(path, folder):
            for id in _ids(path):
                found[id] = max(day, found.get(id, day))
    return found


def _ids(path: Path) -> set[str]:
    with contextlib.suppress(OSError), path.open("rb") as stream:
        return {match[1].decode("ascii") for match in _USE.finditer(stream.read(MAX_BYTES))}
    return set()
