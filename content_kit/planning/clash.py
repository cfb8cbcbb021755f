"""Two versions of a file that somebody has to bring together: a copy beside it, or the marks of git in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from content_kit.errors import LimitError, UsageError
from content_kit.files import save, splice
from content_kit.files.copies import known_base, original, put_away, sides
from content_kit.files.merge import Conflict, Merged, Side, merge, resolve
from content_kit.files.paths import is_inside
from content_kit.files.twins import NO_UNIT
from content_kit.files.workspace import Workspace
from content_kit.files.yaml import MAX_BYTES
from content_kit.findings import Finding
from content_kit.planning.pages import Pages
from content_kit.planning.together import Unmerged

UNMERGED: Final = frozenset({"salinan-bentrok"}) | NO_UNIT
"""The codes of findings that a merge ends."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A file, the text it had when it was looked at, and what a merge comes to.

    `mine` and `theirs` are what people call the two versions. A `copy` is put away when its
    content is saved.
    """

    path: Path
    seen: str
    merged: Merged
    mine: str
    theirs: str
    copy: Path | None = None


@dataclass(frozen=True, slots=True)
class Clashes:
    """All that is decided together; `clean` are texts that wait for it, each with what it was."""

    items: tuple[Clash, ...]
    clean: Mapping[Path, tuple[str, str]] = field(default_factory=dict, hash=False)

    def conflicts(self) -> list[tuple[Clash, Conflict]]:
        """Every place to decide, file after file."""
        return [(clash, conflict) for clash in self.items for conflict in clash.merged.conflicts]


def unmerged_files(workspace: Workspace) -> list[Finding]:
    """The copies of files and of folders in a workspace, parcels, and its files with the marks of git."""
    findings = workspace.load().findings
    return [found for found in findings if found.code in UNMERGED]


def clash_in(workspace: Workspace, file: str) -> Clash:
    """What a finding `salinan-bentrok` is about, by its file. UsageError when it cannot be merged."""
    path = workspace.root / file
    if not (is_inside(path, workspace.root) and path.is_file()):
        raise UsageError(f'"{path.name}" tidak ada lagi. Muat ulang.')
    return clash(path)


def clash(path: Path, copy: Path | None = None, base: str | None = None) -> Clash:
    """A file and its copy, a copy alone, or a file with the marks of git in it.

    `base` is what both began with, where somebody knows it. UsageError says what is missing.
    """
    if copy is None:
        found = sides(_text(path))
        if found is not None:
            merged = _merged(path, base or found.base, found.mine, found.theirs)
            return Clash(path, _text(path), merged, "Versi di sini", "Versi lain")
        file = original(path)
        if file is None:
            raise UsageError(
                f'Aslinya "{path.name}" tidak dapat ditebak. Sebut keduanya: BERKAS lalu SALINAN.'
            )
        path, copy = file, path
    if not copy.is_file():
        raise UsageError(f'"{copy}" tidak ada.')
    mine, theirs = _text(path), _text(copy)
    if not path.is_file():
        base = ""  # a file that is gone says nothing about what was in it
    elif base is None:
        base = known_base(copy)
    merged = _merged(path, base, mine, theirs, copy.name)
    return Clash(path, mine, merged, f"Di {path.name}", f"Di {copy.name}", copy)


def clashes_of(error: Unmerged) -> Clashes:
    """What has to be decided before an edit can be saved."""
    items = (
        Clash(path, merged.theirs, merged, "Tulisan Anda", "Tulisan orang lain", error.copies.get(path))
        for path, merged in error.merges.items()
    )  # fmt: skip
    return Clashes(tuple(items), error.clean)


def settled(
    workspace: Workspace, clashes: Clashes, choices: Mapping[Path, Mapping[str, Side]]
) -> Pages:
    """The pages with everything decided, not yet saved; then `put_copies_away`."""
    pages = Pages(workspace)
    for clash in clashes.items:
        pages.over(clash.path, clash.seen, resolve(clash.merged, choices.get(clash.path, {})))
    for path, (seen, text) in clashes.clean.items():
        pages.over(path, seen, text)
    return pages


def put_copies_away(clashes: Clashes) -> list[Path]:
    """Move the copies whose content was saved into the user's own folder; where they lie now."""
    moved = (put_away(clash.copy) for clash in clashes.items if clash.copy is not None)
    return [path for path in moved if path is not None]


def told(clashes: Clashes) -> str:
    """What was done, in words for people."""
    names = " dan ".join(dict.fromkeys(clash.path.name for clash in clashes.items))
    return f"Dua versi {names} sudah digabung."


def _merged(path: Path, base: str | None, mine: str, theirs: str, copy: str = "") -> Merged:
    for name, text in ((path.name, mine), (copy or path.name, theirs)):
        try:
            splice.read(text)
        except UsageError as error:
            raise UsageError(f'"{name}" tidak dapat digabung: {error}') from None
    return merge(base, mine, theirs, path.name)


def _text(path: Path) -> str:
    if path.is_file() and path.stat().st_size > MAX_BYTES:
        raise LimitError(f'"{path.name}" lebih dari {MAX_BYTES / 1e6:.0f} MB.')
    return save.read(path).text


def choices_of(conflicts: Iterable[Conflict], side: Side) -> dict[str, Side]:
    """The same decision for all of these."""
    return {conflict.name: side for conflict in conflicts}
