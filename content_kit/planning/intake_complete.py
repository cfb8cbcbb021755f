"""What a row of a posyandu leaves unsaid: taken from where it is written elsewhere, asked, never guessed.

A desa's kecamatan, kabupaten, code and zone follow from the list of regions; "Rabu ke-2, jam 8-11 di
Balai" in one cell is three; one answer may speak for the whole file. What nobody said stays empty.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from content_kit.files.hours import NO_END, hours_in
from content_kit.files.phones import Phone, phone_in
from content_kit.files.regions import Region, Regions, zone_of
from content_kit.files.spelling import Level, proper_place, proper_posyandu
from content_kit.findings import Finding, Place, clipped, nearest
from content_kit.model import Posyandu, Service, Zone
from content_kit.planning.cells import Cell, Kind
from content_kit.planning.intake_rows import Line
from content_kit.planning.intake_ways import COMMAND, Ways
from content_kit.schedule.clauses import clauses
from content_kit.schedule.words import understand

UNSAID: Final = {"layanan": "layanan", "sasaran": "sasaran", "bawa": "yang perlu dibawa"}
"""What a new posyandu may come without: nothing is announced that its table did not say."""

_NEEDED: Final = ("nama", "desa", "kecamatan", "kabupaten", "zona")
_DAY: Final = ("aturan", "jam", "tempat")
_LEVELS: Final[tuple[Level, ...]] = ("desa", "kecamatan", "kabupaten")
_HOURS: Final = Cell("jam", kind=Kind.HOURS)


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person answered once for all rows of a file; each word as in its column, "" for none."""

    kecamatan: str = ""
    kabupaten: str = ""
    zona: str = ""
    layanan: str = ""
    sasaran: str = ""
    bawa: str = ""

    def of(self, name: str) -> str:
        """The answer for a column."""
        return str(getattr(self, name, ""))


@dataclass
class Completer:
    """Completes the first rows of new posyandu, and gathers what has to be asked once for all."""

    answers: Answers = field(default_factory=Answers)
    ways: Ways = COMMAND
    missing: defaultdict[str, list[Line]] = field(default_factory=lambda: defaultdict(list))
    unsaid: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    first: Line | None = None

    @cached_property
    def regions(self) -> Regions:
        """The list of regions, loaded when the first new posyandu asks for it."""
        return Regions.load()

    def complete(self, lines: Sequence[Line]) -> bool:
        """Fill in what a new posyandu's rows leave unsaid; whether nothing is missing now."""
        first = lines[0]
        self._places(first)
        for name in ("kecamatan", "kabupaten", "zona", *UNSAID):
            if not first.text(name) and self.answers.of(name):
                first.filled[name] = self.answers.of(name)
        needed = [*_NEEDED]
        needed += _DAY if any(first.text(name) for name in _DAY) else []
        for name in needed:
            if not first.text(name):
                self._ask(first, name)
        zone = first.text("zona").upper()
        if zone and zone not in Zone.__members__:
            message = f'zona "{clipped(zone)}" tidak dikenal.'
            first.tell("nilai-salah", message, "zona", "Pilih WIB, WITA, atau WIT.")
        if first.wrong:
            return False
        first.filled["nama"] = proper_posyandu(first.text("nama"))
        for line in lines:
            if place := line.text("tempat"):
                line.filled["tempat"] = proper_place(place)
            for name in UNSAID if any(line.text(name) for name in _DAY) else ():
                if not line.text(name) and self.answers.of(name):
                    line.filled[name] = self.answers.of(name)
        return True

    def note_unsaid(self, posyandu: Posyandu, line: Line) -> None:
        """Count what the service days of a new posyandu do not say."""
        for day in posyandu.service_days:
            said = {"layanan": day.services, "sasaran": day.audience, "bawa": day.bring}
            for name, words in said.items():
                self.unsaid[name] += not words
                self.first = self.first or line

    def _ask(self, line: Line, name: str) -> None:
        """A gap in a row that has the column is told there; a missing column is told once."""
        if line.has(name):
            line.tell("wajib-diisi", f'"{name}" belum diisi.', name, f'Isi kolom "{name}".')
        else:
            line.waits = True
            self.missing[name].append(line)

    def questions(self) -> Iterable[Finding]:
        """What is asked once for the file: columns that it does not have."""
        for name, lines in self.missing.items():
            yield Finding(
                "wajib-diisi",
                f'kolom "{name}" tidak ada di tabel ini ({len(lines)} posyandu menunggu).',
                lines[0].at(),
                hint=f"Tambahkan kolomnya{self.ways.answer(name)}.",
            )
        unsaid = [name for name, count in self.unsaid.items() if count]
        names = [UNSAID[name] for name in unsaid]
        if names and self.first is not None:
            yield Finding(
                "tabel-belum-lengkap",
                f"{max(self.unsaid.values())} hari buka tidak menyebut {_listed(names)}: "
                "dibiarkan kosong, tidak ditebak.",
                Place(self.first.file, self.first.row.number, 1, self.first.sheet),
                hint=f"Isi kolomnya{self.ways.answer(*unsaid)}.",
            )

    def _places(self, line: Line) -> None:
        """Kecamatan, kabupaten, code and zone by the list of regions, and their proper spelling."""
        said: dict[str, str] = {name: line.text(name) for name in _LEVELS}
        asked = {name: said[name] or self.answers.of(name) for name in said}
        found = self.regions.meant(asked["desa"], asked["kecamatan"], asked["kabupaten"])
        if not found and asked["kabupaten"]:
            found = self.regions.meant("", "", asked["kabupaten"])
            self._zone(line, found)
            self._spell(line, said, asked)
            return
        if len(found) == 1 and asked["desa"] and found[0].village:
            region = found[0]
            line.filled |= {
                "desa": region.village, "kecamatan": region.district, "kabupaten": region.regency,
            }  # fmt: skip
            if not line.text("kode_wilayah"):
                line.filled["kode_wilayah"] = region.code
        else:
            self._spell(line, said, asked)
        self._zone(line, found)

    def _spell(self, line: Line, said: dict[str, str], asked: dict[str, str]) -> None:
        regions = self.regions
        for level in _LEVELS:
            if said[level]:
                line.filled[level] = regions.spelled(
                    said[level],
                    level,
                    district=asked["kecamatan"],
                    regency=asked["kabupaten"],
                )

    def _zone(self, line: Line, found: Sequence[Region]) -> None:
        zones = {zone_of(region.code) for region in found}
        if not line.text("zona") and len(zones) == 1:
            line.filled["zona"] = zones.pop().name


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])}, dan {words[-1]}"


def take_apart(line: Line) -> None:
    """A cell that says day, hours and place together goes into the three columns."""
    parts = clauses(line.raw("aturan"))
    if not parts.several or line.text("jam") or not parts.day or understand(parts.day)[0] is None:
        return
    line.filled["aturan"] = parts.day
    if parts.hours:
        line.filled["jam"] = _HOURS.canon(parts.hours)
    if parts.place and not line.text("tempat"):
        line.filled["tempat"] = parts.place


def name_services(line: Line, services: Mapping[str, Service]) -> None:
    """The services of a row by their codes: "Penimbangan, Cek tensi" is timbang, tensi."""
    said = line.text("layanan")
    if not said:
        return
    codes = {_plain(word): id for id, one in services.items() for word in (id, one.name, *one.also)}
    words = [" ".join(word.split()) for word in re.split(r"[,;\n]", said) if word.strip()]
    for word in words:
        if _plain(word) not in codes:
            hint = nearest(word, [one.name for one in services.values()])
            line.tell("nilai-salah", f'layanan "{clipped(word)}" tidak dikenal.', "layanan", hint)
    known = dict.fromkeys(codes[_plain(word)] for word in words if _plain(word) in codes)
    line.filled["layanan"] = ", ".join(known)


def _plain(word: str) -> str:
    return re.sub(r"[\W_]+", " ", word.casefold()).strip()


def check_hours(line: Line, zone: Zone) -> None:
    """Ask about hours of another zone; a start without an end is only remarked."""
    typed = line.raw("jam")
    found = hours_in(typed, zone) if typed else None
    if isinstance(found, Finding) and found.code != NO_END:
        line.tell(found.code, found.message, "jam", found.hint)


def note_number(line: Line) -> None:
    """Say what was put right in a telephone number: a 0 that Excel dropped, a name beside it."""
    typed = line.raw("whatsapp")
    found = phone_in(typed) if typed else None
    for note in found.notes if isinstance(found, Phone) else ():
        line.tell("nomor-diluruskan", f'nomor "{clipped(typed)}": {note}', "whatsapp")
