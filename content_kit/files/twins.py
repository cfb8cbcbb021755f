"""Folders in `calendars/` that are no posyandu of their own: copies, parcels not unpacked well, archives.

USB sticks, Drive and unpackers leave "melati - Copy", "kenanga (1)", a zip, or a folder with the
posyandu one level too deep. A name alone proves nothing, since "Melati 2" may be a posyandu: two
folders are one posyandu when they have the same permanent id.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from content_kit.files.overlay import is_file, is_folder, listing
from content_kit.findings import Finding, Place, clipped

_ID: Final = re.compile(
    r"""^\ufeff?id[ \t]*:[ \t]*(["']?)([^"'\r\n#]+?)\1[ \t]*(?:\#.*)?\r?$""", re.MULTILINE
)
_COPIED: Final = re.compile(
    r"""
    (?P<after>.+?) (?: \ -\ (?:copy|salin(?:an)?)\b.* | \ *[(\[]\d+[)\]] | [ _](?:copy|salinan)\b.* )
  | (?:copy\ of|salinan(?:\ dari)?)\ (?P<before>.+)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ARCHIVES: Final = frozenset({".zip", ".rar", ".7z", ".tar", ".gz", ".tgz"})
_HEAD: Final = 8192
"""Bytes of a posyandu.yaml in which its id is looked for: it is the first thing we write there."""
NO_UNIT: Final = frozenset({"folder-salinan", "kiriman-belum-masuk"})
"""The codes of findings on folders that are not counted as posyandu."""
DEEPEST: Final = 3
"""How far below a folder a posyandu is looked for: an unpacker adds one level, a KIM another."""


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of `calendars/` told apart.

    `units` are those that count as posyandu. `copies` tells of each other folder of the same
    posyandu which one counts; `parcels` which folders of posyandu lie too deep in it.
    """

    units: tuple[Path, ...]
    copies: Mapping[Path, Path] = field(default_factory=dict)
    parcels: Mapping[Path, tuple[Path, ...]] = field(default_factory=dict)


def copied_from(name: str) -> str:
    """The name of the folder that one with this name is a copy of, "" when it does not look like one."""
    match = _COPIED.fullmatch(name)
    return (match["after"] or match["before"]).strip() if match else ""


def id_in(folder: Path) -> str:
    """The permanent id that a folder's posyandu.yaml gives, "" when there is none to be seen.

    Only its first bytes are looked at: whoever reads one posyandu looks into all folders for it.
    """
    try:
        with (folder / "posyandu.yaml").open("rb") as stream:
            head = stream.read(_HEAD).decode("utf-8", "replace")
    except OSError:
        return ""
    match = _ID.search(head)
    return match[2].strip() if match else ""


def told_apart(folders: Iterable[Path]) -> Folders:
    """Which of these folders are posyandu, which are copies of another, and which hold posyandu."""
    every = list(folders)
    by_id: dict[str, list[Path]] = {}
    for folder in every:
        id = id_in(folder)
        if id:
            by_id.setdefault(id, []).append(folder)
    copies: dict[Path, Path] = {}
    for same in by_id.values():
        first, *rest = sorted(same, key=_rank)
        copies |= dict.fromkeys(rest, first)
    names = {folder.name.casefold(): folder for folder in every}
    parcels: dict[Path, tuple[Path, ...]] = {}
    for folder in every:
        if folder in copies or is_file(folder / "posyandu.yaml"):
            continue
        inner = tuple(unit_folders_in(folder))
        home = names.get(copied_from(folder.name).casefold())
        if inner:
            parcels[folder] = inner
        elif home is not None and home is not folder:
            copies[folder] = home  # a copy that lost its posyandu.yaml is still no posyandu
    units = tuple(one for one in every if one not in copies and one not in parcels)
    return Folders(units, copies, parcels)


def unit_folders_in(folder: Path, depth: int = DEEPEST) -> Iterator[Path]:
    """The folders of posyandu below a folder, the nearest first; links are not followed."""
    inside = [path for path in listing(folder) if is_folder(path) and not path.is_symlink()]
    for path in inside:
        if is_file(path / "posyandu.yaml"):
            yield path
        elif depth > 1 and not path.name.startswith("."):
            yield from unit_folders_in(path, depth - 1)


def folder_findings(
    calendars: Path,
    found: Folders,
    relative: Callable[[Path], str],
    only: Collection[str] | None = None,
) -> Iterator[Finding]:
    """What to tell of the folders that are no posyandu, and of archives and files beside them.

    With `only`, names of folders, just what concerns these.
    """
    for copy, home in found.copies.items():
        if only is not None and not {copy.name, home.name} & set(only):
            continue
        yield Finding(
            "folder-salinan",
            f'folder ini salinan dari posyandu "{clipped(home.name)}" (id-nya sama), jadi tidak dihitung.'
            if id_in(copy)
            else f'folder ini tampaknya salinan dari "{clipped(home.name)}", jadi tidak dihitung.',
            Place(relative(copy), 1, 1),
            hint=f'Gabungkan isinya: content-kit merge "{relative(home)}" "{relative(copy)}". '
            "Isinya tidak ada yang hilang.",
        )
    for folder, inner in found.parcels.items():
        if only is not None and folder.name not in only:
            continue
        names = ", ".join(path.name for path in inner[:3])
        more = f", dan {len(inner) - 3} lainnya" if len(inner) > 3 else ""
        yield Finding(
            "kiriman-belum-masuk",
            f"folder ini bukan posyandu, tetapi berisi folder posyandu ({clipped(names, 80)}{more}), "
            "jadi belum dihitung.",
            Place(relative(folder), 1, 1),
            hint=f'Masukkan semuanya: content-kit merge calendars "{relative(folder)}".',
        )
    for path in listing(calendars) if only is None else ():
        if path.suffix.lower() in _ARCHIVES and is_file(path):
            yield Finding(
                "kiriman-belum-masuk",
                "berkas kiriman ini belum dibuka, jadi isinya belum dihitung.",
                Place(relative(path), 1, 1),
                hint="Buka (ekstrak) dulu ke folder lain di luar calendars, lalu jalankan "
                "content-kit merge calendars FOLDER-ITU.",
            )
        elif _was_a_folder(path):
            yield Finding(
                "posyandu-bukan-folder",
                "ini berkas biasa, padahal di sini tempat folder posyandu."
                if is_file(path)
                else "pintasan ini tidak sampai ke mana-mana, jadi isinya belum dihitung.",
                Place(relative(path), 1, 1),
                hint="Kembalikan foldernya dari salinan. Bila memang bukan posyandu, pindahkan dari calendars.",
            )
        elif path.name == "posyandu.yaml" and is_file(path):
            yield Finding(
                "kiriman-belum-masuk",
                "berkas ini milik sebuah posyandu, tetapi tidak di dalam folder posyandu, jadi tidak dipakai.",
                Place(relative(path), 1, 1),
                hint="Buat folder dengan nama posyandunya, lalu pindahkan berkas ini dan berkas "
                "bulannya ke sana.",
            )


def _rank(folder: Path) -> tuple[bool, int, str]:
    """The folder that counts comes first: a plain name, then the shortest."""
    return bool(copied_from(folder.name)), len(folder.name), folder.name


def _was_a_folder(path: Path) -> bool:
    """Whether an entry has a folder's name and is none: a sync tool's leftover, a link to a drive that is gone."""
    if path.name.startswith(".") or path.suffix.lower() in (".yaml", ".yml") or is_folder(path):
        return False
    return not path.exists() or not path.suffix
