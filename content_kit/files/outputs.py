"""The one door for results that people ask for: where they may lie, and what they never replace.

Plans are never overwritten: nothing is written below `calendars/`, `templates/` or `assets/` of
any workspace, whatever links lead there. A file that holds something else than what we wrote
there last is somebody's: it is replaced only when a person says so, or ours goes beside it.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Final, TypeAlias

from content_kit.errors import KitError, UsageError
from content_kit.files import save
from content_kit.files.bundled import root as bundled_root
from content_kit.files.overlay import is_folder
from content_kit.files.paths import path_problem
from content_kit.files.watch import FOLDERS

REMEMBERED: Final = 2_000
MAX_MEMORY: Final = 2_000_000


class Wish(Enum):
    """What shall become of somebody's file where a result of ours goes."""

    REPLACE = auto()
    BESIDE = auto()
    LEAVE = auto()


Wishes: TypeAlias = Callable[[Path], Wish]
"""Answers for a file that is there; may raise what ends the work."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where results go. `memory` is the file in which this machine keeps what it wrote where.

    `ask` is asked about a file of somebody else's.
    """

    memory: Path
    ask: Wishes

    def file(self, out: str | None, folder: Path, name: str) -> Path:
        """Where a file goes that a person calls `out`: the folder it names, or the usual place.

        UsageError before any work is done when nothing of ours may lie there.
        """
        if out is None:
            return allowed(folder / name)
        path = Path(out)
        named_as_folder = out == "" or out[-1] in "/\\" or is_folder(path)
        return allowed(path / name if named_as_folder else path)

    def write(self, path: Path, data: bytes) -> Path:
        """Save a result; the path it has now. UsageError when somebody's file stays in its place."""
        path = allowed(path)
        if self._is_somebodys(path, data):
            wish = self.ask(path)
            if wish is Wish.BESIDE:
                path = _beside(path)
            elif wish is Wish.LEAVE:
                raise UsageError(
                    f'"{path}" sudah ada dan tidak diganti. '
                    "Beri nama lain, atau tambahkan --replace untuk menggantinya."
                )
        save.atomic_write(path.resolve(), data)  # a link keeps leading where it led
        self._remember(path, data)
        return path

    def _is_somebodys(self, path: Path, data: bytes) -> bool:
        if not path.exists():
            return False
        if not path.is_file():
            raise UsageError(f'"{path}" sudah ada dan bukan berkas. Beri nama lain.')
        there = save.digest(path.read_bytes())
        return there not in (save.digest(data), self._written().get(_key(path)))

    def _written(self) -> dict[str, str]:
        """What was written where; a memory that is away or strange remembers nothing."""
        try:
            with self.memory.open("rb") as stream:
                known = json.loads(stream.read(MAX_MEMORY))
        except (OSError, ValueError, RecursionError):
            return {}
        table = known if isinstance(known, dict) else {}
        return {name: told for name, told in table.items() if isinstance(told, str)}

    def _remember(self, path: Path, data: bytes) -> None:
        known = self._written()
        known.pop(_key(path), None)
        known[_key(path)] = save.digest(data)
        recent = dict(list(known.items())[-REMEMBERED:])
        with contextlib.suppress(OSError, KitError):  # then it is asked once more
            save.atomic_write(self.memory, json.dumps(recent, ensure_ascii=True).encode("ascii"))


def allowed(path: Path) -> Path:
    """The path, when results may lie where its links lead; UsageError when plans do."""
    problem = path_problem(path)
    if problem:
        raise UsageError(f"Hasil tidak dapat ditulis ke {problem}. Beri nama lain.")
    try:
        real = path.resolve()
    except (OSError, RuntimeError, ValueError):
        raise UsageError(f'"{path}" tidak dapat dipakai sebagai tempat hasil.') from None
    for place in (real, *real.parents):
        if place.name.casefold() in FOLDERS and _is_plans(place.parent):
            raise UsageError(
                f'"{path}" ada di folder {place.name}/, tempat rencana dan bahan. '
                "Hasil tidak ditulis di sana. Pilih folder lain, misalnya keluaran."
            )
    return path


def _is_plans(folder: Path) -> bool:
    """Whether this folder is a workspace, or the one that came with content_kit."""
    return is_folder(folder / "calendars") or folder == bundled_root().resolve()


def _beside(path: Path) -> Path:
    """The first numbered name that is free."""
    number = 2
    while (free := path.with_name(f"{path.stem}-{number}{path.suffix}")).exists():
        number += 1
    return free


def _key(path: Path) -> str:
    return os.path.normcase(path.resolve())
