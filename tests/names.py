"""Pictures of a posyandu with any name, laid out without painting: what tests of names share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cache
from typing import Final

from content_kit.context import build
from content_kit.files import bundled
from content_kit.files.assets import load_channels, load_palette, load_services
from content_kit.files.reader import plain
from content_kit.files.templates import Template, load_template
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding, Level
from content_kit.model import (
    DEFAULT_PALETTE,
    Change,
    Format,
    Hours,
    Insets,
    OccurrenceRef,
    Posyandu,
)
from content_kit.picture.renderer import Renderer
from content_kit.picture.scene import Scene
from content_kit.schedule.occurrences import resolve
from content_kit.specimen import OPENING, POSYANDU, example_post

PLACES: Final = (
    "Rumah Kader Ibu Salasiah, Gang Rambai RT 07 RW 02",
    "Gedung Posyandu Kamboja Merah (Aula RW 014)",
    "Poskesdes Desa Contoh Ulu, di samping Masjid Al-Ikhlas",
    "Rumah Ibu Hj. Norhayati Fatimatuzzahra RT 03 RW 02 Gang Sejahtera Bersama",
    "Halaman Langgar Nurul Iman, depan rumah Bapak RT 11",
    "Balai Pertemuan Dusun Seberang Hilir, dekat jembatan gantung",
    "Sekretariat RW 09, Jalan Gunung Kelapa Muda XII No. 41",
    "Taman Kanak-kanak Pembina Kecamatan Contoh Selatan",
    "Pustu Desa Contoh Hilir Muara Baru Permai",
    "Aula Kantor Kelurahan Contoh Kulon, lantai dua",
    "Pos Kamling Blok C Perumahan Griya Permata Hijau Asri Tahap II",
    "Bekas Gedung Sekolah Dasar Negeri Contoh Tengah 3",
    "Madrasah Ibtidaiyah Hidayatusshibyan Contoh Barat",
    "Lapangan voli RT 01 (bila hujan: rumah Ibu Rusmawati)",
    "Dari rumah ke rumah bersama kader dan bidan desa",
    "Gudang Kelompok Tani Sumber Makmur Sejahtera, Handil Contoh",
    "Rumah Bidan Desa, Jl. Contoh Km. 14,5 Simpang Tiga Contoh",
    "Balai RW 05",
    "Gd. Serbaguna",
    "KUA",
)
"""Where posyandu open, as people write it; the longest has 73 letters."""

MORNING: Final = Hours(time(8), time(11))
DRAWN: Final = (
    "satu-pesan", "mitos-fakta", "angka-besar", "tanda-bahaya", "centang", "tanya-kader",
    "poin-berpita", "capaian",
)  # fmt: skip
"""Templates on which names stand only in the tab at the foot."""
TEMPLATES: Final = (
    *("jadwal-kartu", "jadwal-berubah", "jadwal-tiket", "hitung-mundur", "jadwal-bulan"),
    *("hari-ini-buka", "besok-siap"),
    *("edukasi-langkah", "kader-apresiasi", *DRAWN),
)


@dataclass(frozen=True)
class Case:
    """A posyandu and its day: what is printed of life."""

    name: str
    village: str
    place: str
    services: int = 3
    hours: Hours = MORNING
    change: Change | None = None
    example: str = "biasa"


class Studio:
    """A renderer, and every format with every safe area that our channels ask for."""

    def __init__(self) -> None:
        self.workspace = Workspace(bundled.root())
        self.renderer = Renderer(self.workspace)
        channels, self.formats, _ = load_channels(self.workspace)
        self.services, _ = load_services(self.workspace)
        palette, _ = load_palette(self.workspace, DEFAULT_PALETTE)
        assert palette is not None
        self.palette = palette
        self.templates = {name: self._template(name) for name in TEMPLATES}
        self.tight = {
            channel.format: max(
                (c.safe for c in channels.values() if c.format == channel.format),
                key=lambda safe: safe.top + safe.right + safe.bottom + safe.left,
            )
            for channel in channels.values()
        }
        """The safe area of each format that leaves least room."""
        self.sets: list[tuple[Format, Insets]] = []
        for channel in channels.values():
            pair = (self.formats[channel.format], channel.safe)
            if pair not in self.sets:
                self.sets.append(pair)

    def _template(self, name: str) -> Template:
        template, findings = load_template(self.workspace, name)
        assert template is not None and not findings
        return template

    def scenes(
        self,
        template: str,
        case: Case,
        isi: Mapping[str, str] | None = None,
        *,
        tight: bool = False,
    ) -> Iterator[tuple[str, Insets, Scene]]:
        """A template's pictures of a case, for each format and each (or the tightest) safe area."""
        made = self.templates[template]
        given = plain(made.examples[case.example])
        assert isinstance(given, Mapping)
        post = example_post(made, given)
        post = replace(post, fields={**post.fields, **(isi or {})})
        posyandu = _posyandu(case, tuple(self.services)[: case.services])
        occurrence = resolve(posyandu, OccurrenceRef("bulanan", OPENING))
        context = build(
            post,
            posyandu,
            occurrence,
            services=self.services,
            fields=made.fields,
            month=made.month,
        )
        for format, safe in self.sets:
            if tight and safe != self.tight[format.name]:
                continue
            if not made.formats or format.name in made.formats:
                scene = self.renderer.scene(made, format, context, self.palette, safe)
                yield format.name, safe, scene

    def wrong(
        self,
        template: str,
        case: Case,
        isi: Mapping[str, str] | None = None,
        *,
        tight: bool = False,
    ) -> list[tuple[str, Insets, Finding]]:
        """The errors among what was found in those pictures."""
        return [
            (format, safe, finding)
            for format, safe, scene in self.scenes(template, case, isi, tight=tight)
            for finding in scene.findings
            if finding.level is Level.ERROR
        ]


def _posyandu(case: Case, services: Sequence[str]) -> Posyandu:
    (day,) = POSYANDU.service_days
    changes = (case.change,) if case.change else ()
    day = replace(
        day, place=case.place, hours=case.hours, services=tuple(services), changes=changes
    )
    return replace(POSYANDU, name=case.name, village=case.village, service_days=(day,))


@cache
def studio() -> Studio:
    """One for all tests of a run: reading templates and fonts takes half a second."""
    return Studio()


def changes(place: str) -> dict[str, Change]:
    """Every way in which a service day can change, to a place with a name of its own."""
    return {
        "hari": Change(OPENING, moved_to=date(2026, 12, 9), reason="Balai dipakai rapat desa"),
        "tempat": Change(OPENING, place=place, reason="Balai sedang diperbaiki"),
        "jam": Change(OPENING, hours=Hours(time(14), None)),
        "rumah": Change(OPENING, home_visit=True),
        "batal": Change(OPENING, cancelled=True, reason="Bidan sakit"),
        "semua": Change(
            OPENING, moved_to=date(2026, 12, 9), place=place, hours=Hours(time(15), time(17, 30))
        ),
    }
