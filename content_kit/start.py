"""New workspaces: a posyandu's own, or the fictional sample filled for the week one asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, TypeAlias

from content_kit.errors import UsageError
from content_kit.files import bundled
from content_kit.files.office import DEFAULT_CHANNELS
from content_kit.files.paths import name_problem, path_problem, safe_join, slugged
from content_kit.files.place_words import without_kind
from content_kit.files.reader import Findings, read_date
from content_kit.files.safe_text import normal
from content_kit.files.save import atomic_write
from content_kit.files.splice import quoted
from content_kit.files.workspace import SHARED
from content_kit.files.yaml import Map, Node, Scalar, Seq, parse
from content_kit.model import DEFAULT_PALETTE
from content_kit.schedule.dates import DAYS
from content_kit.schedule.week import Week
from content_kit.schedule.words import understand

SAMPLE_WEEK: Final = Week(2026, 50)
"""The week that the sample in `calendars/` is written for."""

_FAR: Final = timedelta(days=400)
_Mover: TypeAlias = Callable[[date, "date | None"], date]
_README: Final = """\
Ini folder kerja content-kit: rencana posting posyandu Anda.

calendars/   rencana: satu folder untuk setiap posyandu
keluaran/    gambar dan teks yang sudah jadi (dibuat oleh content-kit)

Minggu ini:  content-kit pack
Periksa:     content-kit check
"""


_OFFICE_README: Final = """\
Ini folder kerja content-kit untuk kantor: rencana posting banyak posyandu.

calendars/   rencana: satu folder untuk setiap posyandu
keluaran/    gambar, tabel, dan surat yang sudah jadi (dibuat oleh content-kit)

Mulai dari daftar posyandu (Excel):  content-kit import daftar.xlsx --dry-run
Lalu tanpa --dry-run, dan:           content-kit plan --all 2026-12
"""


ROLES: Final = ("kader", "kim")
"""Who helps a posyandu: its own kader, and the community information group."""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody who helps: a name as it was typed, and kader or kim."""

    name: str
    role: str = "kader"


@dataclass(frozen=True, slots=True)
class NewPosyandu:
    """What `init` asks for; every word as the volunteer typed it.

    Without `channels` the default ones are used; whoever comes first in `people` sits here.
    """

    name: str
    village: str
    district: str
    regency: str
    zone: str
    rule: str
    hours: str
    place: str
    whatsapp: str = ""
    region_code: str = ""
    channels: tuple[str, ...] = ()
    people: tuple[NewPerson, ...] = ()


@dataclass(frozen=True, slots=True)
class Serves:
    """Whom a service day is for, what it offers and what to bring, in the codes of the files."""

    audience: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    bring: tuple[str, ...] = ()


USUAL: Final = Serves(
    ("bayi", "balita_apras", "bumil_nifas_busui"),
    ("timbang", "imunisasi", "periksa_hamil"),
    ("Buku KIA",),
)
"""What a posyandu starts with that a kader sets up herself; she sees it and can change it."""


def create(folder: Path, new: NewPosyandu, today: date) -> Path:
    """A workspace for one posyandu, with a first post before its next service day; the folder."""
    _must_be_free(folder)
    new = _cleaned(new)
    slug = folder_name(new.name)
    unit = f"calendars/{slug}"
    _write(folder, "BACA-SAYA.txt", _README)
    _write(folder, "calendars/kantor.yaml", _office_text(new))
    if new.people:
        _write(folder, "calendars/orang.yaml", _people_text(new.people, slug))
    for name, text in unit_files(new, slug).items():
        _write(folder, f"{unit}/{name}", text)
    day = next_service_day(new.rule, today)
    if day is not None:
        month, text = _first_month(day, new.channels or DEFAULT_CHANNELS)
        _write(folder, f"{unit}/{month}.yaml", text)
    return folder


def create_office(folder: Path, name: str) -> Path:
    """A workspace of an office, which begins with a list and no posyandu of its own; the folder."""
    _must_be_free(folder)
    _write(folder, "BACA-SAYA.txt", _OFFICE_README)
    _write(folder, "calendars/kantor.yaml", f"nama: {quoted(' '.join(normal(name).split()))}\n")
    return folder


def unit_files(new: NewPosyandu, slug: str, serves: Serves = USUAL) -> dict[str, str]:
    """The files of a new unit by name; without a rule it has no service day yet."""
    return {
        "posyandu.yaml": _posyandu_text(new, slug, serves),
        "foto.yaml": "# Satu baris untuk setiap foto di folder foto/: siapa yang tampak, dan nomor "
        "izinnya.\nfoto: []\n",
    }


def person_ids(people: Sequence[NewPerson]) -> tuple[str, ...]:
    """The ids that these people get in `orang.yaml`: "kader-rusminah", each once."""
    ids: list[str] = []
    for person in people:
        id = f"{person.role}-{slugged(normal(person.name)) or 'satu'}"
        number, free = 1, id
        while free in ids:
            number += 1
            free = f"{id}-{number}"
        ids.append(free)
    return tuple(ids)


def next_service_day(rule: str, today: date) -> date | None:
    """The first service day after `today` by a rule in words; None when it gives none."""
    understood, _ = understand(rule)
    days = understood.dates(today + timedelta(days=1), today + _FAR) if understood else []
    return days[0] if days else None


def invitation_day(service_day: date) -> date:
    """When the first post of a new workspace goes out: the day before the posyandu opens."""
    return service_day - timedelta(days=1)


def create_demo(folder: Path, day: date) -> Path:
    """The sample as a fresh workspace, its service days in the first week that has one on or after `day`.

    Whole weeks are shifted, so weekdays and what the texts say of them stay true; a rule like
    "selasa ke-2" becomes the one that falls into the new week.
    """
    _must_be_free(folder)
    sample = bundled.root() / "calendars"
    weeks = _weeks_to_shift(sample, day)
    _write(folder, "BACA-SAYA.txt", _README)
    for path in sorted(sample.rglob("*")):
        if not path.is_file():
            continue
        name = path.relative_to(sample).as_posix()
        if path.suffix != ".yaml" or "/" not in name:
            _write_bytes(folder, f"calendars/{name}", path.read_bytes())
    for unit in sorted(path.parent for path in sample.glob("*/posyandu.yaml")):
        for name, text in _shifted_unit(unit, timedelta(weeks=weeks)):
            _write(folder, f"calendars/{unit.name}/{name}", text)
    return folder


def _weeks_to_shift(sample: Path, day: date) -> int:
    first = min(
        days[0]
        for path in sample.glob("*/posyandu.yaml")
        for days in _service_days(path.read_text(encoding="utf-8"))
    )
    return -((first - day).days // 7)


def _service_days(text: str) -> Iterator[list[date]]:
    for rule in _rules(_mapping(text)):
        understood, _ = understand(rule.text)
        assert understood is not None, f"the sample's rule {rule.text!r} is not understood"
        yield understood.dates(SAMPLE_WEEK.first, SAMPLE_WEEK.first + _FAR)


def _shifted_unit(unit: Path, shift: timedelta) -> Iterator[tuple[str, str]]:
    """Every YAML file of a unit as (name, text), moved by whole weeks."""
    profile = (unit / "posyandu.yaml").read_text(encoding="utf-8")
    moved: dict[date, date] = {}
    edits: list[tuple[Scalar, str]] = []
    for rule, old in zip(_rules(_mapping(profile)), _service_days(profile), strict=True):
        words = _rule_on(old[0] + shift)
        understood, _ = understand(words)
        assert understood is not None
        new = understood.dates(old[0] + shift, old[0] + shift + _FAR)
        moved.update(zip(old, new, strict=False))
        edits.append((rule, words))

    def to(day: date, anchor: date | None = None) -> date:
        # What belongs to a service day keeps its distance from it; the rest moves by weeks.
        if anchor in moved:
            return moved[anchor] + (day - anchor)
        return moved.get(day, day + shift)

    for change in _items(_mapping(profile), "hari_buka", "perubahan"):
        anchor = _day(change.get("tanggal"))
        edits += _date_edits(change, ("tanggal", "pindah_ke"), to, anchor)
    yield "posyandu.yaml", _edited(profile, edits)

    months: dict[str, list[str]] = {}
    prelude = ""
    for path in sorted(unit.glob("????-??.yaml")):
        text = path.read_text(encoding="utf-8")
        edits = []
        for post in _items(_mapping(text), "postingan"):
            event = post.get("acara")
            anchor = _day(event.get("tanggal")) if isinstance(event, Map) else None
            edits += _date_edits(post, ("tanggal",), to, anchor)
            if isinstance(event, Map):
                edits += _date_edits(event, ("tanggal",), to, anchor)
        text = _edited(text, edits)
        head, chunks = _chunks(text)
        prelude = prelude or head
        for day, chunk in chunks:
            months.setdefault(f"{day:%Y-%m}", []).append(chunk)
    for month, chunks_of_month in sorted(months.items()):
        head = re.sub(r"(?m)^bulan:.*$", f"bulan: {month}", prelude, count=1)
        yield f"{month}.yaml", head + "".join(chunks_of_month)
    for path in sorted(unit.glob("*.yaml")):
        if path.name != "posyandu.yaml" and not re.fullmatch(r"\d{4}-\d{2}\.yaml", path.name):
            yield path.name, path.read_text(encoding="utf-8")


def _rule_on(day: date) -> str:
    return f"{DAYS[day.weekday()].lower()} ke-{(day.day - 1) // 7 + 1}"


def _mapping(text: str) -> Map:
    node, findings = parse(text, "contoh")
    assert isinstance(node, Map) and not findings, "the bundled sample must be readable"
    return node


def _rules(profile: Map) -> list[Scalar]:
    nodes = (day.get("aturan") for day in _items(profile, "hari_buka"))
    return [node for node in nodes if isinstance(node, Scalar)]


def _items(node: Map, *path: str) -> Iterator[Map]:
    """The mappings in a list under a key, and in lists of lists below it."""
    value = node.get(path[0])
    for item in value.items if isinstance(value, Seq) else ():
        if isinstance(item, Map):
            if len(path) == 1:
                yield item
            else:
                yield from _items(item, *path[1:])


def _day(node: Node | None) -> date | None:
    return read_date(node.text, node.place, Findings()) if isinstance(node, Scalar) else None


def _date_edits(
    node: Map, keys: tuple[str, ...], to: _Mover, anchor: date | None
) -> Iterator[tuple[Scalar, str]]:
    for key in keys:
        value = node.get(key)
        day = _day(value)
        if day is not None and isinstance(value, Scalar):
            yield value, to(day, anchor).isoformat()


def _edited(text: str, edits: list[tuple[Scalar, str]]) -> str:
    for scalar, words in sorted(edits, key=lambda edit: -edit[0].start):
        text = text[: scalar.start] + words + text[scalar.end :]
    return text


def _chunks(text: str) -> tuple[str, list[tuple[date, str]]]:
    """A month file as what stands before its posts and, for each post, its date and its lines.

    Comment lines right above a post go with it.
    """
    posts = list(_items(_mapping(text), "postingan"))
    starts = [_block_start(text, post.start) for post in posts]
    ends = [*starts[1:], len(text)]
    chunks: list[tuple[date, str]] = []
    for post, start, end in zip(posts, starts, ends, strict=True):
        day = _day(post.get("tanggal"))
        assert day is not None
        chunks.append((day, text[start:end].rstrip("\n") + "\n"))
    return text[: starts[0]], chunks


def _block_start(text: str, offset: int) -> int:
    start = text.rfind("\n", 0, offset) + 1
    while start:
        above = text.rfind("\n", 0, start - 1) + 1
        if not text[above:start].lstrip().startswith("#"):
            break
        start = above
    return start


def _cleaned(new: NewPosyandu) -> NewPosyandu:
    """Pasted words bring characters along that nobody sees."""
    people = tuple(replace(each, name=" ".join(normal(each.name).split())) for each in new.people)
    new = replace(new, people=tuple(each for each in people if each.name))
    said = {each.name: getattr(new, each.name) for each in fields(new)}
    words: dict[str, Any] = {name: normal(v) for name, v in said.items() if isinstance(v, str)}
    return replace(new, **words)


def _office_text(new: NewPosyandu) -> str:
    text = f"nama: {quoted(new.village)}\n"
    return f"{text}kanal: [{', '.join(new.channels)}]\n" if new.channels else text


def _people_text(people: Sequence[NewPerson], slug: str) -> str:
    lines = ["# Orang yang bertugas memposting.", "orang:"]
    for id, person in zip(person_ids(people), people, strict=True):
        lines.append(
            f"  - {{id: {id}, nama: {quoted(person.name)}, peran: {person.role}, unit: [{slug}]}}"
        )
    return "\n".join(lines) + "\n"


def _posyandu_text(new: NewPosyandu, slug: str, serves: Serves) -> str:
    regency = slugged(" ".join(without_kind(new.regency)))
    lines = [
        f"id: {regency or 'kabupaten'}-{slugged(new.village) or 'desa'}-{slug}",
        f"nama: {quoted(new.name)}",
        f"desa: {quoted(new.village)}",
        f"kecamatan: {quoted(new.district)}",
        f"kabupaten: {quoted(new.regency)}",
        *([f"kode_wilayah: {quoted(new.region_code)}"] if new.region_code else []),
        f"zona: {new.zone}",
    ]
    if new.whatsapp:
        lines.append(f"kontak: {{whatsapp: {quoted(new.whatsapp)}}}")
    lines.append(f"palet: {DEFAULT_PALETTE}                    # atau: daun, senja, sungai")
    if not new.rule:
        return "\n".join(lines) + "\n"
    lines += [
        "hari_buka:",
        "  - id: bulanan",
        "    nama: Hari buka",
        *_list_line("sasaran", serves.audience),
        f"    aturan: {quoted(new.rule)}",
        f"    jam: {quoted(new.hours)}",
        f"    tempat: {quoted(new.place)}",
        *_list_line("layanan", serves.services),
        *_list_line("bawa", serves.bring),
        "    # Bila satu hari berubah, tulis di sini:",
        "    # perubahan:",
        "    #   - {tanggal: 2027-01-12, pindah_ke: 2027-01-13, alasan: Balai dipakai rapat desa}",
    ]
    return "\n".join(lines) + "\n"


def _list_line(key: str, words: Sequence[str]) -> list[str]:
    plain = (word if re.fullmatch(r"[\w -]+", word) else quoted(word) for word in words)
    return [f"    {key}: [{', '.join(plain)}]"] if words else []


def _first_month(service_day: date, channels: Sequence[str]) -> tuple[str, str]:
    day = invitation_day(service_day)
    text = f"""\
bulan: {day:%Y-%m}
postingan:
  - id: pertama
    tanggal: {day}
    jam: "16.00"
    jenis: jadwal
    bidang: kesehatan
    sasaran: [bayi, balita_apras, bumil_nifas_busui]
    model: jadwal-kartu
    kanal: [{", ".join(channels)}]
    acara: {{hari_buka: bulanan, tanggal: {service_day}}}
    isi:
      judul: Besok kita buka, ayo datang!
      ajakan: Bawa Buku KIA, ajak tetangga yang punya balita.
"""
    return f"{day:%Y-%m}", text


def folder_name(name: str) -> str:
    """The folder of a posyandu: "Posyandu Melati" is melati, a name that means something else stays whole."""
    short = (slugged(name) or "posyandu").removeprefix("posyandu-")
    return f"posyandu-{short}" if short == SHARED or name_problem(short) else short


def _must_be_free(folder: Path) -> None:
    problem = path_problem(folder)
    if problem:
        raise UsageError(f"Folder tidak dapat dibuat: {problem}. Beri nama lain.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} sudah ada isinya. Pilih nama folder lain; isinya tidak diubah.")


def _write(folder: Path, name: str, text: str) -> None:
    _write_bytes(folder, name, text.encode())


def _write_bytes(folder: Path, name: str, data: bytes) -> None:
    target = safe_join(folder, *name.split("/"))
    target.parent.mkdir(parents=True, exist_ok=True)
    atomic_write(target, data)
