"""What lies beside a workspace's own files: copies of them, names nobody knows, twins of folders."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from content_kit.files.copies import is_copy
from content_kit.files.overlay import listing
from content_kit.findings import Finding, Place, nearest
from content_kit.model import Posyandu

MONTH_FILE: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])\.yaml", re.ASCII)
_KNOWN: Final = frozenset({"posyandu.yaml", "foto.yaml"})


def strangers(folder: Path, relative: Callable[[Path], str]) -> Iterator[Finding]:
    """Files beside a unit's calendars that a sync program or a slip of the hand left there."""
    for path in listing(folder):
        name = path.name
        if name in _KNOWN or MONTH_FILE.fullmatch(name) or name.startswith("."):
            continue
        place = Place(relative(path), 1, 1)
        if is_copy(name):
            yield _unmerged(place)
        elif path.suffix.lower() in (".yaml", ".yml"):
            yield Finding(
                "berkas-tidak-terbaca",
                "nama berkas ini tidak dikenal, jadi isinya tidak dipakai.",
                place,
                hint=nearest(
                    name, sorted(_KNOWN), "Nama kalender: tahun-bulan, misalnya 2026-12.yaml."
                ),
            )


def copies_of_settings(calendars: Path, relative: Callable[[Path], str]) -> Iterator[Finding]:
    """Copies of what holds for all units: nobody knows then which rules were meant."""
    for path in listing(calendars):
        if is_copy(path.name):
            yield _unmerged(Place(relative(path), 1, 1))


def twin_folders(folders: Iterable[Path], relative: Callable[[Path], str]) -> Iterator[Finding]:
    """Folders whose names differ only in capitals: on Windows and on phones they are one folder."""
    first: dict[str, Path] = {}
    for folder in folders:
        there = first.setdefault(folder.name.casefold(), folder)
        if there is not folder:
            yield Finding(
                "id-ganda",
                f'nama folder ini hanya beda huruf besar dengan "{there.name}"; di Windows dan '
                "ponsel keduanya menjadi satu folder.",
                Place(relative(folder), 1, 1),
                hint="Beri nama lain, atau gabungkan isinya.",
            )


def same_unit_twice(units: Iterable[Posyandu]) -> Iterator[Finding]:
    """Posyandu that have the permanent id of another one."""
    first: dict[str, Posyandu] = {}
    for unit in units:
        there = first.setdefault(unit.id, unit)
        if there is not unit:
            yield Finding(
                "id-ganda",
                f'id posyandu "{unit.id}" sudah dipakai di folder {there.slug}.',
                unit.at,
                hint="Beri id lain: kabupaten-desa-nama.",
            )


def _unmerged(place: Place) -> Finding:
    return Finding(
        "salinan-bentrok",
        "berkas ini salinan yang belum digabungkan.",
        place,
        hint="Tekan Enter di sini, atau jalankan content-kit merge, lalu pilih isinya.",
    )
