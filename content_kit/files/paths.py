"""Joins names from files to a folder and refuses whatever would leave that folder, on any system."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path
from typing import Final

from content_kit.errors import UsageError
from content_kit.findings import clipped

_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"}
    | {f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"}
)
_FORBIDDEN: Final = re.compile(r'[\\:*?"<>|]')
_MAX_NAME: Final = 200
"""Bytes of one name: file systems stop at 255, and a save adds a few of its own."""


def safe_join(root: Path, *parts: str) -> Path:
    """`root` and names below it (each may hold `/`); UsageError for any that is not safely inside.

    Refused: `..`, absolute paths, drive letters, UNC, backslashes, reserved Windows names,
    control characters, names that end in a dot or a space, and links that lead out of `root`.
    """
    names: list[str] = []
    for part in parts:
        for name in part.split("/"):
            problem = name_problem(name)
            if problem:
                raise UsageError(
                    f'nama berkas "{clipped(part, 60)}" tidak dapat dipakai: {problem}.'
                )
            names.append(name)
    path = root.joinpath(*names)
    if not is_inside(path, root):
        raise UsageError(f'"{clipped("/".join(parts), 60)}" berada di luar folder kerja.')
    return path


def slugged(text: str, most: int = 60) -> str:
    """Words as a plain name for a file or an id: a-z, 0-9 and hyphens; "" when nothing is left.

    A name that Windows keeps for a device ("con") gets a number behind it.
    """
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", letters)[:most].strip("-")
    return f"{name}-1" if name in _DEVICES else name


def path_problem(path: Path) -> str:
    """Why a path that somebody typed for something new is refused, in words; "" when it is fine.

    Only names that are not there yet are looked at: those must work on every system the folder
    may be copied to.
    """
    new = []
    for place in (path, *path.parents):
        if os.path.lexists(place):
            break
        new.append(place.name)
    return next(
        (f'"{clipped(name)}": {problem}' for name in new if (problem := name_problem(name))), ""
    )


def is_inside(path: Path, root: Path) -> bool:
    """Whether `path` lies in `root` once every link is followed."""
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):  # a loop of links, a name the system refuses
        return False


def name_problem(name: str) -> str:
    """Why one name of a file or folder is refused, in words; the empty string when it is fine."""
    if name == "":
        return "namanya kosong atau diawali garis miring"
    if name in (".", ".."):
        return f'tidak boleh memakai "{name}"'
    if _FORBIDDEN.search(name):
        return 'tidak boleh memakai \\ : * ? " < > |'
    if any(_is_hidden(char) for char in name):
        return "ada huruf yang tidak terlihat"
    if name[-1] in ". " or name[0] == " ":
        return "tidak boleh diawali spasi atau diakhiri titik atau spasi"
    if name.partition(".")[0].rstrip().casefold() in _DEVICES:
        return "nama itu dipakai oleh Windows"
    if len(name.encode("utf-8", "surrogatepass")) > _MAX_NAME:
        return "namanya terlalu panjang"
    return ""


def _is_hidden(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")
