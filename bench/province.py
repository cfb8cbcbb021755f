"""Makes a fictional province of posyandu for the benchmarks, deterministic and quickly.

    python bench/province.py FOLDER [UNITS] [POSTS]

Nothing is planned: the month files are written directly, each post from an entry of the bundled
library, its text rendered to YAML once and reused.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import Final

from content_kit.files import bundled
from content_kit.files.ids import made_id
from content_kit.files.workspace import Workspace
from content_kit.model import Audience, OccurrenceRef, Pillar, Post
from content_kit.planning.library import Entry, load_library
from content_kit.planning.page import Planned
from content_kit.planning.write import post_lines
from content_kit.schedule.dates import DAYS

MONTH: Final = date(2026, 12, 1)

KABUPATEN: Final = (
    "Satu", "Dua", "Tiga", "Empat", "Lima", "Enam", "Tujuh", "Delapan", "Sembilan", "Sepuluh",
    "Sebelas", "Dua Belas", "Tiga Belas",
)  # fmt: skip
"""As many as South Kalimantan has, under names that no place has."""

KECAMATAN: Final = ("Hulu", "Tengah", "Hilir", "Muara")
FLOWERS: Final = ("Melati", "Kenanga", "Mawar", "Anggrek", "Cempaka", "Dahlia", "Teratai")
NAMES: Final = (
    "Rusminah", "Jumiati", "Fitriyani", "Norhayati", "Salasiah", "Mastura", "Hamidah", "Rahmah",
    "Siti Aminah", "Mariatul", "Noraida", "Herlina",
)  # fmt: skip

BEFORE: Final = (3, 1, 0)
"""Days before the service day on which a schedule post goes out."""

MIX: Final = (
    (Pillar.EDUKASI, 7),
    (Pillar.TANYA_JAWAB, 3),
    (Pillar.KADER, 1),
    (Pillar.KEGIATAN, 1),
)
"""How many posts of fifteen have which pillar, next to the three of the service day."""

_OPEN: Final = date(2000, 1, 1)  # stands where the service day will stand
_UNITS_OF_A_KIM: Final = 6


def make(root: Path, units: int = 300, posts: int = 15, month: date = MONTH) -> Path:
    """Write a workspace of so many posyandu with so many posts each in one month, and say where."""
    library, _ = load_library(Workspace(bundled.root()))
    texts = [text for text in _texts(library) if text]
    calendars = root / "calendars"
    calendars.mkdir(parents=True)
    people: list[str] = []
    for number in range(units):
        slug = slug_of(number)
        folder = calendars / slug
        folder.mkdir()
        day = _service_day(number, month)
        _write(folder / "posyandu.yaml", _profile(number))
        _write(folder / f"{month:%Y-%m}.yaml", _month(number, posts, month, day, texts))
        people.append(
            f"  - {{id: kader-{number + 1:03}, nama: {NAMES[number % len(NAMES)]}, "
            f"peran: kader, unit: [{slug}]}}"
        )
    for number in range(0, units, _UNITS_OF_A_KIM):
        served = ", ".join(map(slug_of, range(number, min(units, number + _UNITS_OF_A_KIM))))
        people.append(
            f"  - {{id: kim-{number // _UNITS_OF_A_KIM + 1:02}, nama: "
            f"{NAMES[-1 - number % len(NAMES)]} (KIM), peran: kim, unit: [{served}]}}"
        )
    people.append("  - {id: kantor-1, nama: Petugas Rekaan, peran: diskominfo}")
    _write(calendars / "orang.yaml", "\n".join(["orang:", *people, ""]))
    _write(
        calendars / "kantor.yaml",
        "# Provinsi rekaan untuk mengukur kecepatan.\n"
        "nama: Diskominfo Provinsi Contoh\nkanal: [wa-grup, wa-status, fb]\n",
    )
    return root


def slug_of(number: int) -> str:
    """The folder of a posyandu."""
    return f"{FLOWERS[number % len(FLOWERS)].lower()}-{number + 1:03}"


def _profile(number: int) -> str:
    regency = KABUPATEN[number % len(KABUPATEN)]
    district = KECAMATAN[number // len(KABUPATEN) % len(KECAMATAN)]
    name = f"Posyandu {FLOWERS[number % len(FLOWERS)]} {number + 1}"
    return f"""\
id: contoh-{slug_of(number)}
nama: {name}
desa: Desa Contoh {number + 1}
kecamatan: Kecamatan Contoh {district}
kabupaten: Kabupaten Contoh {regency}
zona: WITA
rekaan: ya
kontak: {{whatsapp: "0812-0000-0000"}}
hari_buka:
  - id: bulanan
    nama: Hari buka
    sasaran: [bayi, balita_apras, bumil_nifas_busui]
    aturan: {DAYS[number % 6].lower()} ke-{number % 4 + 1}
    jam: 08.00-11.00
    tempat: Balai RW {number % 12 + 1:02}
    layanan: [timbang, imunisasi, periksa_hamil]
    bawa: [Buku KIA]
"""


def _service_day(number: int, month: date) -> date:
    first = (number % 6 - month.weekday()) % 7
    return month + timedelta(days=first + 7 * (number % 4))


def _month(number: int, posts: int, month: date, service: date, texts: list[list[str]]) -> str:
    """The posts of a month: the service day's first, the others spread over the days."""
    length = ((month + timedelta(days=31)).replace(day=1) - month).days
    days = [day for before in BEFORE if (day := service - timedelta(days=before)) >= month][:posts]
    others = posts - len(days)
    days += [month + timedelta(days=count * length // others) for count in range(others)]
    lines = [f"bulan: {month:%Y-%m}", "postingan:"]
    pillars = [pillar for pillar, count in MIX for _ in range(count)]
    order = sorted(range(others), key=lambda count: (count * 5 + number) % max(1, others))
    kinds = [texts[0]] * (len(days) - others)
    for place in order:
        pillar = pillars[place * len(pillars) // max(1, others)]
        same = texts[1 + [each for each, _ in MIX].index(pillar)]
        kinds.append([same[(number * 7 + place) % len(same)]])
    for count, (day, kind) in enumerate(sorted(zip(days, kinds, strict=True), key=lambda x: x[0])):
        near = next((n for n, b in enumerate(BEFORE) if service - timedelta(days=b) == day), 0)
        text = kind[near % len(kind)]
        id = made_id(f"{slug_of(number)} {month} {count}")
        words = {
            "@id": id,
            "@tanggal": day.isoformat(),
            "@jam": f"{(6, 9, 12, 16, 19)[count % 5]:02}.{(number + count) % 4 * 15:02}",
            "@petugas": f"kader-{number + 1:03}",
            _OPEN.isoformat(): service.isoformat(),
        }
        for old, new in words.items():
            text = text.replace(old, new)
        lines.append(text)
    return "\n".join([*lines, ""])


def _texts(library: tuple[Entry, ...]) -> Iterator[list[str]]:
    """For the service day and for each pillar of `MIX`, the YAML of posts with words to replace."""
    invitations = [
        next(e for e in library if e.pillar is Pillar.JADWAL and e.days_before == days)
        for days in BEFORE
    ]
    yield [_text(entry) for entry in invitations]
    for pillar, _ in MIX:
        yield [_text(entry) for entry in library if entry.pillar is pillar and entry.verified][:40]


def _text(entry: Entry) -> str:
    """An entry as a post with its examples filled in, its changing words marked with `@`."""
    post = Post(
        id="@id",
        unit="",
        date=MONTH,
        time=time(0),
        pillar=entry.pillar,
        template=entry.template,
        channels=("wa-grup", "wa-status", "fb"),
        bidang=entry.bidang,
        audience=entry.audience or (Audience.BAYI,),
        occurrence=OccurrenceRef("bulanan", _OPEN) if entry.pillar is Pillar.JADWAL else None,
        duty="@petugas",
        fields=entry.values(),
        sources=entry.sources,
        hashtags=entry.hashtags,
        entry=entry.id,
        waiting=tuple(dict.fromkeys(gap.field.partition(".")[0] for gap in entry.waiting)),
    )
    lines = [line for line in post_lines(Planned(post, "")) if not line.startswith("#")]
    text = "\n".join(f"  {line}" for line in lines)
    text = text.replace(f"tanggal: {MONTH}", "tanggal: @tanggal", 1)
    return text.replace('jam: "00.00"', 'jam: "@jam"', 1).replace('"@petugas"', "@petugas")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def main() -> None:
    """Make one in a folder."""
    units, posts = (int(word) for word in [*sys.argv[2:], *("300", "15")[len(sys.argv) - 2 :]])
    print(make(Path(sys.argv[1]), units, posts))


if __name__ == "__main__":
    main()
