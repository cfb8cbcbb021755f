"""A workspace: all that its calendars say, read file by file and never given up for one of them."""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from content_kit.errors import UsageError
from content_kit.files import save
from content_kit.files.calendars import (
    read_holidays,
    read_month,
    read_people,
    read_photos,
    read_posyandu,
)
from content_kit.files.copies import is_copy, marker
from content_kit.files.ids import ids_of, unique, with_ids
from content_kit.files.office import Office, read_office
from content_kit.files.overlay import Overlay, listing, read_bytes
from content_kit.files.paths import is_inside, name_problem
from content_kit.files.reader import Findings
from content_kit.files.yaml import Node, decode, parse
from content_kit.findings import Finding, Place, nearest
from content_kit.model import Calendar, HolidayRow, Person, Photo, Post, Posyandu, Zone

SHARED: Final = "bersama"
"""The folder for posts of all units; it is not a unit itself and needs no posyandu.yaml."""

_MONTH_FILE: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])\.yaml", re.ASCII)
_KNOWN_FILES: Final = frozenset({"posyandu.yaml", "foto.yaml"})


@dataclass(frozen=True, slots=True)
class Loaded:
    """All that a workspace's calendars say, with what is wrong in them.

    Every `Post.unit` and `Calendar.unit` is a key of `posyandu`: the posts of a unit whose
    posyandu.yaml cannot be read are not here, and a finding says so.
    """

    posyandu: Mapping[str, Posyandu]
    calendars: tuple[Calendar, ...]
    photos: Mapping[str, Mapping[str, Photo]]
    people: Mapping[str, Person]
    office: Office
    findings: tuple[Finding, ...]
    holidays: tuple[HolidayRow, ...] = ()

    def posts(self, unit: str | None = None) -> list[Post]:
        """The posts of one unit or of all, by the instant they go out, then unit and id."""
        found = (
            post
            for calendar in self.calendars
            if unit in (None, calendar.unit)
            for post in calendar.posts
        )
        return sorted(found, key=lambda post: (post.instant(self._zone(post)), post.unit, post.id))

    def _zone(self, post: Post) -> Zone:
        return self.posyandu[post.unit].zone


@dataclass(frozen=True, slots=True)
class Workspace(Overlay):
    """A folder with `calendars/`; its `templates/` and `assets/` come before the bundled ones."""

    @classmethod
    def open(cls, path: Path) -> Workspace:
        """The workspace in this folder; UsageError when there is no `calendars/`."""
        if not (path / "calendars").is_dir():
            raise UsageError(
                f'di "{path}" tidak ada folder calendars. '
                "Pilih folder kerja yang benar, atau buat yang baru dengan content-kit init."
            )
        return cls(path)

    def load(
        self,
        months: Iterable[date] | None = None,
        unit: str | None = None,
        *,
        units: Collection[str] | None = None,
        beside: Loaded | None = None,
    ) -> Loaded:
        """Everything in `calendars/`, or only one unit, or some, or only the months of these dates.

        With `beside` the people, the office and its holidays are those of an earlier reading:
        whoever reads unit by unit reads them once. Never raises for content.
        """
        wanted = None if months is None else {day.replace(day=1) for day in months}
        only = units if unit is None else {unit}
        findings: list[Finding] = []
        office = beside.office if beside else self._office(findings)
        people = beside.people if beside else self._people(findings)
        posyandu: dict[str, Posyandu] = {}
        photos: dict[str, Mapping[str, Photo]] = {}
        calendars: list[Calendar] = []
        for folder in self._units(findings, only):
            about = self._posyandu(folder, findings)
            read = list(self._months(folder, wanted, office, findings))
            photos[folder.name] = self._photos(folder, findings)
            findings.extend(self._strangers(folder))
            calendars_of_unit = unique(read, findings)
            if about is not None:
                posyandu[folder.name] = about
                calendars.extend(calendars_of_unit)
        if beside is None:
            findings.extend(self._copies_of_settings())
        findings.extend(_same_unit_twice(posyandu.values()))
        holidays, problems = (beside.holidays, []) if beside else self.holidays()
        findings.extend(problems)
        told = tuple(dict.fromkeys(findings))
        return Loaded(posyandu, tuple(calendars), photos, people, office, told, holidays)

    def holidays(self) -> tuple[tuple[HolidayRow, ...], list[Finding]]:
        """The office's own holidays (`calendars/libur.yaml`), none when there is no such file."""
        path = self.root / "calendars" / "libur.yaml"
        if not path.exists():
            return (), []
        findings: list[Finding] = []
        own = Findings()
        rows = read_holidays(self._read(path, findings), own)
        return rows, [*findings, *own]

    def settings(self) -> tuple[Office, list[Finding]]:
        """What `kantor.yaml` says, without reading anything else."""
        findings: list[Finding] = []
        return self._office(findings), findings

    def unit_folders(self) -> tuple[tuple[str, ...], list[Finding]]:
        """The names of all units' folders, whatever is in them, and which cannot be used."""
        findings: list[Finding] = []
        return tuple(folder.name for folder in self._units(findings)), findings

    def fill_ids(
        self, months: Iterable[date] | None, chance: random.Random, unit: str | None = None
    ) -> dict[str, int]:
        """Write an id into every post that has none; returns how many in each file.

        `unit` looks only at the files of that posyandu. `chance` gives the ids, so that a test can
        repeat them. A file that has other problems in its structure is left alone.
        """
        wanted = None if months is None else {day.replace(day=1) for day in months}
        taken: set[str] = set()
        files: list[Path] = []
        for folder in self._units([]):
            for path, month in self._month_files(folder) if unit in (None, folder.name) else ():
                node, _ = self._node(path)
                ids = ids_of(node)
                taken.update(id for id in ids if id)
                if "" in ids and (wanted is None or month in wanted):
                    files.append(path)
        filled: dict[str, int] = {}
        for path in files:
            before = len(taken)
            save.edit(path, lambda text: with_ids(text, taken, chance), None)
            filled[self.relative(path)] = len(taken) - before
        return {file: count for file, count in filled.items() if count}

    def _office(self, findings: list[Finding]) -> Office:
        path = self.root / "calendars" / "kantor.yaml"
        if not path.exists() and not path.is_symlink():
            return Office()
        own = Findings()
        node, problems = self._node(path)
        findings.extend(problems)
        office = read_office(node, own)
        findings.extend(own)
        if node is None and problems:
            office = replace(office, approval_clear=False)
        return office

    def _people(self, findings: list[Finding]) -> dict[str, Person]:
        path = self.root / "calendars" / "orang.yaml"
        if not path.exists():
            return {}
        own = Findings()
        people = read_people(self._read(path, findings), own)
        findings.extend(own)
        return people

    def _units(
        self, findings: list[Finding], only: Collection[str] | None = None
    ) -> Iterator[Path]:
        calendars = self.root / "calendars"
        for folder in listing(calendars, findings, self.relative(calendars)):
            if only is not None and folder.name not in only:
                continue
            if folder.name.startswith(".") or folder.name == SHARED or not folder.is_dir():
                continue
            problem = name_problem(folder.name)
            if problem:
                findings.append(
                    Finding(
                        "jalur-terlarang",
                        f"nama folder ini tidak dapat dipakai: {problem}.",
                        Place(self.relative(folder), 1, 1),
                        hint="Beri nama lain.",
                    )
                )
            elif not is_inside(folder, calendars):
                findings.append(
                    Finding(
                        "jalur-terlarang",
                        "folder ini menunjuk ke luar folder kerja.",
                        Place(self.relative(folder), 1, 1),
                        hint="Salin isinya ke sini.",
                    )
                )
            else:
                yield folder

    def _posyandu(self, folder: Path, findings: list[Finding]) -> Posyandu | None:
        path = folder / "posyandu.yaml"
        file = self.relative(path)
        if not path.exists():
            findings.append(
                Finding(
                    "wajib-diisi",
                    "berkas ini belum ada, jadi postingan di folder ini belum dapat dibuat.",
                    Place(file, 1, 1),
                    hint="Isi data posyandu dulu.",
                )
            )
            return None
        before = len(findings)
        own = Findings()
        node = self._read(path, findings)
        if node is None and len(findings) > before:
            return None
        posyandu = read_posyandu(node, folder.name, file, own)
        findings.extend(own)
        return posyandu

    def _photos(self, folder: Path, findings: list[Finding]) -> Mapping[str, Photo]:
        path = folder / "foto.yaml"
        if not path.exists():
            return {}
        own = Findings()
        photos = read_photos(self._read(path, findings), own)
        findings.extend(own)
        return photos

    def _months(
        self, folder: Path, wanted: set[date] | None, office: Office, findings: list[Finding]
    ) -> Iterator[Calendar]:
        for path, month in self._month_files(folder):
            if wanted is None or month in wanted:
                own = Findings()
                node = self._read(path, findings)
                yield read_month(
                    node,
                    unit=folder.name,
                    month=month,
                    file=self.relative(path),
                    office=office,
                    findings=own,
                )
                findings.extend(own)

    def _month_files(self, folder: Path) -> Iterator[tuple[Path, date]]:
        for path in listing(folder):
            match = _MONTH_FILE.fullmatch(path.name)
            if match and match[1] != "0000":
                yield path, date(int(match[1]), int(match[2]), 1)

    def _strangers(self, folder: Path) -> Iterator[Finding]:
        """Files beside the calendars that a sync program or a slip of the hand left there."""
        for path in listing(folder):
            name = path.name
            if name in _KNOWN_FILES or _MONTH_FILE.fullmatch(name) or name.startswith("."):
                continue
            place = Place(self.relative(path), 1, 1)
            if is_copy(name):
                yield _unmerged(place)
            elif path.suffix.lower() in (".yaml", ".yml"):
                yield Finding(
                    "berkas-tidak-terbaca",
                    "nama berkas ini tidak dikenal, jadi isinya tidak dipakai.",
                    place,
                    hint=nearest(
                        name,
                        sorted(_KNOWN_FILES),
                        "Nama kalender: tahun-bulan, misalnya 2026-12.yaml.",
                    ),
                )

    def _copies_of_settings(self) -> Iterator[Finding]:
        """Copies of what holds for all units: nobody knows then which rules were meant."""
        for path in listing(self.root / "calendars"):
            if is_copy(path.name) and path.is_file():
                yield _unmerged(Place(self.relative(path), 1, 1))

    def _read(self, path: Path, findings: list[Finding]) -> Node | None:
        node, problems = self._node(path)
        findings.extend(problems)
        return node

    def _node(self, path: Path) -> tuple[Node | None, list[Finding]]:
        file = self.relative(path)
        data, problems = read_bytes(path, self.root, file)
        if data is None:
            return None, problems
        text, problems = decode(data, file)
        if problems:
            return None, problems
        start = marker(text)
        if start >= 0:
            line = text.count("\n", 0, start) + 1
            return None, [
                Finding(
                    "salinan-bentrok",
                    "ada tanda gabungan git (<<<<<<<) yang belum diselesaikan.",
                    Place(file, line, 1),
                    hint="Tekan Enter di sini, atau jalankan content-kit merge, lalu pilih isinya.",
                )
            ]
        return parse(text, file)


def _unmerged(place: Place) -> Finding:
    return Finding(
        "salinan-bentrok",
        "berkas ini salinan yang belum digabungkan.",
        place,
        hint="Tekan Enter di sini, atau jalankan content-kit merge, lalu pilih isinya.",
    )


def is_workspace(folder: Path) -> bool:
    """Whether a folder holds plans; one that cannot be looked into does not."""
    try:
        return (folder / "calendars").is_dir()
    except OSError:
        return False


def workspaces_near(here: Path, most: int = 50) -> list[Path]:
    """The workspaces among this folder and the ones in it, by name."""
    try:
        inside = sorted(path for path in here.iterdir() if path.is_dir())
    except OSError:
        inside = []
    return [path for path in (here, *inside) if is_workspace(path)][:most]


def _same_unit_twice(units: Iterable[Posyandu]) -> Iterator[Finding]:
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
