"""What sync programs, git and our own saves leave beside a file when two people changed it."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import platformdirs

from content_kit.errors import UsageError
from content_kit.files import save

_STEM: Final = r"(?:\d{4}-(?:0[1-9]|1[0-2])|posyandu|foto|kantor|orang|libur|daftar_unit|peran)"
_COPY: Final = re.compile(
    rf"""
    (?P<named>{_STEM}) (?:
        \.sync-conflict-.*\.ya?ml             # Syncthing
      | \.(?:bentrok|conflict).*              # ours, Resilio
      | \.ya?ml\.(?:belum-tersimpan-.*|conflict\d*|orig|mine|theirs)   # ours, rclone, git mergetool
      | \ *[(\[].*[)\]]\.ya?ml                # Dropbox, Drive, Nextcloud, Seafile: "(… copy)", "(1)"
      | \ -\ (?:copy|salin(?:an)?).*\.ya?ml   # Windows, in English and in Indonesian
      | \ (?:copy|salinan|\d+)(?:\ \d+)?\.ya?ml    # macOS, iCloud
      | [_-](?:backup|base|local|remote)_\d+\.ya?ml   # git mergetool
      | _.*conf(?:lict)?\b.*\.ya?ml           # Synology, ownCloud
      | -(?=[\w-]*[^\W_])[\w-]+\.ya?ml        # OneDrive: the name of the other computer
    )
  | (?:copy\ of|salinan(?:\ dari)?|salin)\ (?P<after>{_STEM}).*\.ya?ml   # Drive, in both languages
  | .*(?:\.sync-conflict-|conflicted\ copy|konflik|\.bentrok-|\.belum-tersimpan-).*
  | .*(?:\ -\ copy|\ -\ salin).* | .*\(\d+\)\.ya?ml | .*\.orig | .*_(?:backup|base|local|remote)_\d+.*
    """,
    re.IGNORECASE | re.VERBOSE,
)
_MARKER: Final = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: |\r?$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Sides:
    """What stands between the marks of git: both versions, and the one before if git wrote it."""

    base: str | None
    mine: str
    theirs: str


def is_copy(name: str) -> bool:
    """Whether a file's name says that it is a copy which a program left beside the real one."""
    return _COPY.fullmatch(name) is not None


def original(copy: Path) -> Path | None:
    """The file that a copy is of, there or not; None when its name does not tell."""
    match = _COPY.fullmatch(copy.name)
    stem = match and (match["named"] or match["after"])
    return copy.with_name(f"{stem.lower()}.yaml") if stem else None


def marker(text: str) -> int:
    """Where the first mark of git stands, -1 without one."""
    match = _MARKER.search(text)
    return match.start() if match else -1


def sides(text: str) -> Sides | None:
    """Both versions of a text with the marks of git; None without marks.

    UsageError when the marks are not whole: then nobody knows what belongs where.
    """
    if marker(text) < 0:
        return None
    versions: tuple[list[str], list[str], list[str]] = ([], [], [])
    state, based = "", True
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        mark = line[:7] if line[7:8] in ("", " ", "\n", "\r") else ""
        if mark == "<" * 7 and not state:
            state, seen_base = "mine", False
        elif mark == "|" * 7 and state == "mine":
            state, seen_base = "base", True
        elif mark == "=" * 7 and state in ("mine", "base"):
            state, based = "theirs", based and seen_base
        elif mark == ">" * 7 and state == "theirs":
            state = ""
        elif mark in ("<" * 7, "|" * 7, ">" * 7):
            break
        else:
            for lines, name in zip(versions, ("base", "mine", "theirs"), strict=True):
                if state in ("", name):
                    lines.append(line)
    else:
        if not state:
            base, mine, theirs = map("".join, versions)
            return Sides(base if based else None, mine, theirs)
    raise UsageError(
        "tanda gabungan git (<<<<<<< ======= >>>>>>>) di berkas ini tidak lengkap. "
        "Perbaiki tandanya, atau ambil lagi berkasnya dari git."
    )


# What is put away


def recovery_folder() -> Path:
    """The user's own folder for what was replaced: nothing that somebody wrote is thrown away."""
    return platformdirs.user_data_path("content_kit") / "pulih"


def put_away(copy: Path) -> Path | None:
    """Move a copy whose content is in the real file into the recovery folder; None if it stays.

    What it says is safe there before it leaves the shared folder.
    """
    try:
        data = copy.read_bytes()
        kept = recovery_folder() / f"{save.digest(data)[:8]}-{copy.name}"
    except OSError:
        return None
    return kept if _moved(copy, kept, save.digest(data)) else None


def keep_version(path: Path) -> Path:
    """Keep a file's bytes in the recovery folder before something else takes its place.

    NotSaved when that cannot be: then nothing may take it.
    """
    data = path.read_bytes()
    kept = recovery_folder() / f"{save.digest(data)[:8]}-{path.name}"
    save.atomic_write(kept, data)
    return kept


def put_folder_away(folder: Path, seen: Mapping[Path, str]) -> Path | None:
    """Move a folder whose content is in its place into the recovery folder; None if any of it stays.

    `seen` are the digests of its files as they were looked at: one that changed since then stays.
    """
    whole = save.digest("".join(sorted(seen.values())).encode("ascii"))
    kept = recovery_folder() / f"{whole[:8]}-{folder.name}"
    base = folder.resolve()
    moved = [_moved(path, kept / path.relative_to(base), digest) for path, digest in seen.items()]
    below = [path for path in base.rglob("*") if path.is_dir() and not path.is_symlink()]
    for path in sorted(below, key=lambda path: len(path.parts), reverse=True):
        with contextlib.suppress(OSError):
            path.rmdir()
    with contextlib.suppress(OSError):
        base.rmdir()
    return kept if all(moved) and not base.exists() else None


def _moved(path: Path, kept: Path, digest: str) -> bool:
    """Whether a file lies in its new place and left the old one; one that somebody writes stays."""
    try:
        data = path.read_bytes()
        if save.digest(data) != digest:
            return False
        save.atomic_write(kept, data)
        if path.read_bytes() != data:
            return False
        path.unlink()
    except (OSError, save.NotSaved):
        return False
    return True


def remember_base(copy: Path, base: str) -> None:
    """Keep what an edit began with, so that its copy can be merged by what was really changed."""
    with contextlib.suppress(OSError, save.NotSaved):
        save.atomic_write(_base_of(copy), base.encode("utf-8"))


def known_base(copy: Path) -> str | None:
    """What a copy began with, if this computer made it."""
    try:
        return _base_of(copy).read_bytes().decode("utf-8")
    except (OSError, ValueError):
        return None


def _base_of(copy: Path) -> Path:
    return recovery_folder() / "awal" / f"{save.digest(copy.read_bytes())[:32]}.yaml"
