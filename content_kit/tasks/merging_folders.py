"""Brings whole folders together: posyandu by their permanent id, then file by file and field by field.

What is only in the other folder is copied, what both have is merged, and what two people decided
differently is asked. A folder that lay among the calendars goes to the user's own recovery folder
once all of it is in its place: no byte is thrown away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from content_kit.errors import ConflictError, KitError, UsageError, reason
from content_kit.files import save
from content_kit.files.copies import keep_version, put_folder_away
from content_kit.files.merge import Conflict, Side
from content_kit.files.overlay import is_file, is_folder, listing
from content_kit.files.paths import is_inside, name_problem
from content_kit.files.safe_text import shown
from content_kit.files.twins import copied_from, id_in, told_apart, unit_folders_in
from content_kit.files.workspace import SHARED, Workspace
from content_kit.findings import clipped
from content_kit.planning.clash import Clash, Clashes, clash, settled

LOG: Final = "tinjauan"
"""Where events lie: each is a file of its own that nobody changes, so they are only ever added."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A posyandu that came (`other`) and its folder here (`home`), which may be a `new` one."""

    home: Path
    other: Path
    new: bool


@dataclass(frozen=True, slots=True)
class Differing:
    """A file that is no text of ours, such as a photo, with other bytes under the same name."""

    name: str
    mine: Path
    theirs: Path


@dataclass
class FolderMerge:
    """What bringing folders together comes to, before a byte is written.

    `copied` are files that are not there yet, each with its place; `refused` are files that stay
    where they are, each with the reason; `beside` are files of the parcel that belong to no posyandu.
    """

    workspace: Workspace
    source: Path
    pairs: list[Pair] = field(default_factory=list)
    copied: list[tuple[Path, Path]] = field(default_factory=list)
    same: int = 0
    clashes: list[tuple[str, Clash]] = field(default_factory=list)
    differing: list[Differing] = field(default_factory=list)
    refused: list[tuple[Path, str]] = field(default_factory=list)
    beside: list[Path] = field(default_factory=list)
    seen: dict[Path, str] = field(default_factory=dict)

    def questions(self) -> dict[str, Conflict | Differing]:
        """Everything that somebody decides, by a name such as `melati/2026-12.yaml:m4x7q2.jam`."""
        found: dict[str, Conflict | Differing] = {
            f"{file}:{conflict.name}": conflict
            for file, one in self.clashes
            for conflict in one.merged.conflicts
        }
        return found | {one.name: one for one in self.differing}

    def summary(self) -> str:
        """What it comes to in numbers, as a sentence."""
        return (
            f"{len(self.pairs)} posyandu: {len(self.copied)} berkas baru, "
            f"{len(self.clashes)} digabung, {self.same} sudah sama."
        )

    def unused(self, most: int = 5) -> str:
        """The files of the parcel that belong to no posyandu, as a sentence; "" without any."""
        if not self.beside:
            return ""
        names = ", ".join(shown(path.name) for path in self.beside[:most])
        more = f", dan {len(self.beside) - most} lainnya" if len(self.beside) > most else ""
        return f"Tidak dipakai, karena bukan milik satu posyandu: {names}{more}."


def look_into(workspace: Workspace, other: Path) -> FolderMerge:
    """What merging a folder into a workspace comes to; a copy beside its original names its own home."""
    calendars = workspace.root / "calendars"
    home = calendars / copied_from(other.name)
    lost = is_inside(other, calendars) and not is_file(other / "posyandu.yaml")
    return look(home if lost and is_file(home / "posyandu.yaml") else calendars, other)


def look(here: Path, other: Path) -> FolderMerge:
    """What merging `other` into `here` comes to; UsageError says why it cannot be.

    `here` is one posyandu, or `calendars`, or a whole workspace. `other` is one posyandu or a
    folder with posyandu in it, up to three levels deep.
    """
    for path in (here, other):
        if not path.is_dir():
            raise UsageError(
                f'"{path}" bukan folder. Gabungkan folder dengan folder, atau dua berkas.'
            )
    if here.resolve() == other.resolve():
        raise UsageError("Keduanya folder yang sama.")
    one = is_file(here / "posyandu.yaml")
    root = here.parent.parent if one else here.parent if here.name == "calendars" else here
    workspace = Workspace.open(root)
    came = [other] if is_file(other / "posyandu.yaml") else list(unit_folders_in(other))
    if one and not came and copied_from(other.name).casefold() == here.name.casefold():
        came = [other]  # a copy that lost its posyandu.yaml
    if not came:
        raise UsageError(f'Di "{other}" tidak ada folder posyandu (yang berisi posyandu.yaml).')
    work = FolderMerge(workspace, other)
    work.pairs = [_only(here, came)] if one else list(_pairs(workspace, came))
    for pair in work.pairs:
        _compare(work, pair)
    inside = {path for pair in work.pairs for path in _files(pair.other)}
    work.beside = [path for path in _files(other) if path not in inside]
    work.seen |= {path: _digest(path) for path in (*inside, *work.beside)}
    return work


def carry_out(work: FolderMerge, choices: Mapping[str, Side]) -> Path | None:
    """Write it; where the other folder went when it lay among the calendars, else None.

    ConflictError, and nothing written, as long as a question is open.
    """
    left = [name for name in work.questions() if name not in choices]
    if left:
        raise ConflictError(f"{len(left)} isian berbeda di kedua folder, jadi belum digabung.")
    decided = {
        one.path: {
            conflict.name: choices[f"{file}:{conflict.name}"] for conflict in one.merged.conflicts
        }
        for file, one in work.clashes
    }
    texts = Clashes(tuple(one for _, one in work.clashes))
    settled(work.workspace, texts, decided).save()
    for other, home in work.copied:
        try:
            save.write_new(home, other.read_bytes())
        except FileExistsError:
            raise ConflictError(
                f'"{home}" baru saja dibuat program lain. Jalankan sekali lagi.'
            ) from None
        except OSError as error:
            raise KitError(f'"{other}" tidak dapat disalin: {reason(error)}.') from None
    for file in work.differing:
        if choices[file.name] is Side.THEIRS:
            data = file.theirs.read_bytes()
            keep_version(file.mine)
            save.atomic_write(file.mine, data)
    calendars = work.workspace.root / "calendars"
    if work.refused or not is_inside(work.source, calendars):
        return None
    return put_folder_away(work.source, work.seen)


def _only(here: Path, came: list[Path]) -> Pair:
    """The one posyandu that is meant, when its folder here is named."""
    if len(came) > 1:
        raise UsageError(
            f"Di folder kedua ada {len(came)} posyandu. Sebut folder calendars sebagai yang pertama: "
            "content-kit merge calendars FOLDER."
        )
    mine, theirs = id_in(here), id_in(came[0])
    if theirs and mine != theirs:
        raise UsageError(
            f'Ini dua posyandu yang berbeda: "{clipped(mine)}" dan "{clipped(theirs)}", jadi tidak digabung. '
            "Untuk memasukkan yang kedua sebagai posyandu sendiri: content-kit merge calendars FOLDER."
        )
    return Pair(here, came[0], new=False)


def _pairs(workspace: Workspace, came: Iterable[Path]) -> Iterator[Pair]:
    """For each posyandu that came its folder here, by the permanent id; a free name for a new one."""
    calendars = workspace.root / "calendars"
    every = [path for path in listing(calendars) if is_folder(path) and path.name != SHARED]
    came = [path.resolve() for path in came]
    homes = {id_in(path): path for path in told_apart(every).units if path.resolve() not in came}
    taken = {path.name.casefold() for path in every if path.resolve() not in came} | {SHARED}
    for other in came:
        id = id_in(other)
        if not id:
            raise UsageError(
                f'"{other / "posyandu.yaml"}" tidak menyebut id, jadi tidak diketahui milik siapa.'
            )
        new = id not in homes
        if new:
            homes[id] = calendars / _free(copied_from(other.name) or other.name, id, taken)
            taken.add(homes[id].name.casefold())
        yield Pair(homes[id], other, new)


def _free(name: str, id: str, taken: set[str]) -> str:
    """A folder's name that nobody has: its own, else the permanent id."""
    wanted = [name, id, *(f"{id}-{number}" for number in range(2, 1000))]
    return next(one for one in wanted if one.casefold() not in taken and not name_problem(one))


def _compare(work: FolderMerge, pair: Pair) -> None:
    there = {home for _, home in work.copied}
    for other in _files(pair.other):
        part = other.relative_to(pair.other)
        home = pair.home / part
        name = f"{pair.home.name}/{part.as_posix()}"
        if home in there:
            work.refused.append((other, "dua folder kiriman membawa berkas ini"))
        elif not home.exists():
            work.copied.append((other, home))
        elif _digest(home) == _digest(other):
            work.same += 1
        elif LOG in part.parts[:1]:
            work.refused.append((other, "catatan tinjauan dengan nama ini isinya lain"))
        elif part.suffix == ".yaml":
            try:
                work.clashes.append((name, clash(home, other)))
            except UsageError as error:
                work.refused.append((other, str(error)))
        else:
            work.differing.append(Differing(name, home, other))


def _files(folder: Path) -> list[Path]:
    """The files below a folder, without links and what programs hide."""
    found: list[Path] = []
    for path in listing(folder):
        if path.is_symlink() or path.name.startswith("."):
            continue
        if is_folder(path):
            found += _files(path)
        elif is_file(path):
            found.append(path.resolve())
    return found


def _digest(path: Path) -> str:
    try:
        return save.digest(path.read_bytes())
    except OSError as error:
        raise KitError(f'"{path}" tidak dapat dibuka: {reason(error)}.') from None
