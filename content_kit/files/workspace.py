"""A workspace: all that its calendars say, read file by file and never given up for one of them."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from content_kit.errors import KitError, UsageError
from content_kit.files import bundled, save
from content_kit.files.calendars import (
    read_holidays,
    read_month,
    read_people,
    read_photos,
    read_posted,
    read_posyandu,
)
from content_kit.files.ids import ids_of, unique, with_ids
from content_kit.files.office import Office, no_policy, read_office
from content_kit.files.overlay import Overlay, is_folder, listing, present
from content_kit.files.paths import is_inside, name_problem
from content_kit.files.reader import Findings
from content_kit.files.records import (
    Decision,
    emptied,
    lost,
    read_node,
    remarks_only,
    require,
    says_nothing,
    unreadable,
)
from content_kit.files.sent import gone
from content_kit.files.strangers import (
    MONTH_FILE,
    copies_of_settings,
    same_unit_twice,
    strangers,
    twin_folders,
)
from content_kit.files.twins import NO_UNIT, folder_findings, told_apart
from content_kit.files.yaml import Node
from content_kit.findings import Finding, Place, clipped, has_errors
from content_kit.model import Approval, Calendar, HolidayRow, Person, Photo, Post, Posyandu, Zone

SHARED: Final = "bersama"
"""The folder for posts of all units; it is not a unit itself and needs no posyandu.yaml."""

REVIEWED: Final = ("setujui", "kembalikan", "jalur_cepat")
"""The kinds of events, as their files' names say them, that only an office with a policy writes."""

_SAY_IT: Final = (
    "Kembalikan dari salinan atau versi lama. "
    f"Bila memang tidak perlu persetujuan, tulis persetujuan: {Approval.NONE}."
)


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
    posted: Mapping[str, Mapping[str, Mapping[str, tuple[str, ...]]]] = field(default_factory=dict)
    """What went out, by unit and month ("2026-12"): the channels of each post (`hasil/`)."""

    def posts(self, unit: str | None = None) -> list[Post]:
        """The posts of one unit or of all, by the instant they go out, then unit and id."""
        found = (
            post
            for calendar in self.calendars
            if unit in (None, calendar.unit)
            for post in calendar.posts
        )
        return sorted(found, key=lambda post: (post.instant(self._zone(post)), post.unit, post.id))

    def unit(self, slug: str) -> Posyandu:
        """The posyandu in a folder. UnreadableFile when its posyandu.yaml is broken, else UsageError."""
        posyandu = self.posyandu.get(slug)
        if posyandu is None:
            for found in self.findings:
                if found.code in NO_UNIT and found.place.file == f"calendars/{slug}":
                    raise UsageError(found.sentence())
            require(self.findings, Decision.PACK, slug, months=())
            for found in self.findings:  # without its zone no posyandu is known
                if found.place.file == f"calendars/{slug}/posyandu.yaml" and found.place.field:
                    raise unreadable(found)
            there = ", ".join(sorted(self.posyandu)) or "belum ada"
            raise UsageError(f'Posyandu "{clipped(slug)}" tidak ada. Yang ada: {there}.')
        return posyandu

    def no_post(self, id: str, unit: str | None = None) -> KitError:
        """Why nobody has a post of this id: a file that may hold it cannot be read, or there is none."""
        broken = lost(self.findings, Decision.PACK, unit)
        if broken:
            why = unreadable(broken[0])
            return type(why)(f'{why} Mungkin postingan "{clipped(id)}" ada di sana.')
        return UsageError(
            f'Postingan "{clipped(id)}" tidak ada. Jalankan content-kit check untuk melihat daftarnya.'
        )

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
        posted: dict[str, Mapping[str, Mapping[str, tuple[str, ...]]]] = {}
        for folder in self._units(findings, only):
            about = self._posyandu(folder, findings)
            read = list(self._months(folder, wanted, office, findings))
            photos[folder.name] = self._photos(folder, findings)
            posted[folder.name] = self._posted(folder, findings)
            sent = posted[folder.name]
            findings.extend(gone(folder.name, read, sent, findings, whole=wanted is None))
            findings.extend(strangers(folder, self.relative))
            calendars_of_unit = unique(read, findings)
            if about is not None:
                posyandu[folder.name] = about
                calendars.extend(calendars_of_unit)
        if beside is None:
            findings.extend(copies_of_settings(self.root / "calendars", self.relative))
            findings.extend(self._read_elsewhere())
        findings.extend(same_unit_twice(posyandu.values()))
        holidays, problems = (beside.holidays, []) if beside else self.holidays()
        findings.extend(problems)
        told = tuple(dict.fromkeys(findings))
        return Loaded(posyandu, tuple(calendars), photos, people, office, told, holidays, posted)

    def holidays(self) -> tuple[tuple[HolidayRow, ...], list[Finding]]:
        """The office's own holidays (`calendars/libur.yaml`), none when there is no such file."""
        findings: list[Finding] = []
        own = Findings()
        rows = read_holidays(self._read(self.root / "calendars" / "libur.yaml", findings), own)
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
            for path, month in self._month_files(folder, []) if unit in (None, folder.name) else ():
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
        """What an office wants. Where nobody can say it any more, nothing passes without approval.

        No word that is missing turns an approval off which once was on: that is written down.
        """
        path = self.root / "calendars" / "kantor.yaml"
        node, problems = self._node(path)
        own = Findings()
        office = read_office(node, own)
        if says_nothing(node) and present(path) and not problems:
            problems = [emptied(self.relative(path))]
        said = (replace(f, hint=_SAY_IT) if f.code == "berkas-kosong" else f for f in problems)
        findings.extend([*said, *own])
        if problems and says_nothing(node):
            office = replace(office, approval_clear=False)
        elif not office.approval_said and self._was_reviewed():
            office = replace(office, approval_clear=False)
            findings.append(no_policy("di sini pernah ada persetujuan"))
        return office

    def _was_reviewed(self) -> bool:
        """Whether the log of any unit holds a decision of an office; the first that is seen tells."""
        for folder in listing(self.root / "calendars"):
            for path in listing(folder / "tinjauan"):
                if any(f"Z-{kind}-" in path.name for kind in REVIEWED):
                    return True
        return False

    def _people(self, findings: list[Finding]) -> dict[str, Person]:
        own = Findings()
        people = read_people(self._read(self.root / "calendars" / "orang.yaml", findings), own)
        findings.extend(own)
        return people

    def _units(
        self, findings: list[Finding], only: Collection[str] | None = None
    ) -> Iterator[Path]:
        calendars = self.root / "calendars"
        there = listing(calendars, findings, self.relative(calendars))
        found = told_apart(
            f for f in there if f.name != SHARED and f.name[0] != "." and is_folder(f)
        )
        findings.extend(folder_findings(calendars, found, self.relative, only))
        folders = [folder for folder in found.units if only is None or folder.name in only]
        findings.extend(twin_folders(folders, self.relative))
        for folder in folders:
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
        if not present(path):
            findings.append(
                Finding(
                    "wajib-diisi",
                    "berkas ini belum ada, jadi postingan di folder ini belum dapat dibuat.",
                    Place(file, 1, 1),
                    hint="Isi data posyandu dulu.",
                )
            )
            return None
        own = Findings()
        node, problems = self._node(path)
        findings.extend(problems)
        if node is None and problems:
            return None
        posyandu = read_posyandu(node, folder.name, file, own)
        findings.extend(own)
        return posyandu

    def _photos(self, folder: Path, findings: list[Finding]) -> Mapping[str, Photo]:
        own = Findings()
        photos = read_photos(self._read(folder / "foto.yaml", findings), own)
        findings.extend(own)
        return photos

    def _months(
        self, folder: Path, wanted: set[date] | None, office: Office, findings: list[Finding]
    ) -> Iterator[Calendar]:
        for path, month in self._month_files(folder, findings):
            if wanted is None or month in wanted:
                own = Findings()
                node, problems = self._written(path)
                findings.extend(problems)
                yield read_month(
                    node,
                    unit=folder.name,
                    month=month,
                    file=self.relative(path),
                    office=office,
                    findings=own,
                )
                findings.extend(own)

    def _month_files(self, folder: Path, findings: list[Finding]) -> Iterator[tuple[Path, date]]:
        there = listing(folder, findings, self.relative(folder)) if present(folder) else ()
        for path in there:
            match = MONTH_FILE.fullmatch(path.name)
            if match and match[1] != "0000":
                yield path, date(int(match[1]), int(match[2]), 1)

    def _posted(
        self, folder: Path, findings: list[Finding]
    ) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """What a unit's `hasil/` tells, by month; a month that cannot be read is told, and not here."""
        found: dict[str, Mapping[str, tuple[str, ...]]] = {}
        for path, month in self._month_files(folder / "hasil", findings):
            own = Findings()
            node, problems = self._written(path)
            posted = read_posted(node, own)
            findings.extend([*problems, *own])
            if not has_errors([*problems, *own]):
                found[f"{month:%Y-%m}"] = posted
        return found

    def _read_elsewhere(self) -> Iterator[Finding]:
        """Whether files can be read at all whose contents only some rooms above ask for."""
        calendars, assets = self.root / "calendars", self.root / "assets"
        paths = [calendars / name for name in ("telaah.yaml", "daftar_unit.yaml", "peran.yaml")]
        if self.root != bundled.root():  # those that came with content_kit are tested
            for folder in (
                assets,
                *(assets / name for name in ("library", "palettes", "strategies")),
            ):
                unlisted: list[Finding] = []
                there = listing(folder, unlisted, self.relative(folder)) if present(folder) else ()
                paths += [path for path in there if path.suffix == ".yaml"]
                yield from unlisted
        for path in filter(present, paths):
            yield from self._written(path)[1]

    def _read(self, path: Path, findings: list[Finding]) -> Node | None:
        """A file that people may leave without anything in it: then that is told, and no more."""
        node, problems = self._node(path)
        findings.extend(problems)
        if node is None and not problems and present(path):
            findings.append(remarks_only(self.relative(path)))
        return node

    def _written(self, path: Path) -> tuple[Node | None, list[Finding]]:
        """A file that is there and is never written without anything in it."""
        node, problems = self._node(path)
        return node, problems if problems or node else [emptied(self.relative(path))]

    def _node(self, path: Path) -> tuple[Node | None, list[Finding]]:
        return read_node(path, self.root, self.relative(path))


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
