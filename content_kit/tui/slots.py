"""Which fields the form of a post has, in what order and in what words; knows no widgets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import Enum, auto
from pathlib import Path
from typing import Final

from content_kit.files.assets import load_channels, palette_names
from content_kit.files.templates import FieldSpec, Template, load_template
from content_kit.files.workspace import Loaded, Workspace
from content_kit.model import Audience, Bidang, Channel, CheckState, Pillar, Posyandu
from content_kit.planning.draft import Draft
from content_kit.schedule.dates import hours, long_date, short_date
from content_kit.schedule.occurrences import occurrences

ROW: Final = 50
"""A text that may be longer gets several lines to be written in."""

BEFORE: Final = timedelta(days=31)
AHEAD: Final = timedelta(days=75)
"""How far around a post's day the service days lie that it may speak of."""


class Kind(Enum):
    """How a field is filled in."""

    TEXT = auto()
    LONG = auto()
    TAGS = auto()
    DATE = auto()
    CLOCK = auto()
    ONE = auto()
    MANY = auto()
    EVENT = auto()
    ART = auto()
    PHOTO = auto()
    LIST = auto()


@dataclass(frozen=True, slots=True)
class Slot:
    """One field: `path` in the draft, what it is called, and what may stand in it.

    The paths of a list's `items` are those inside each item. `choices` pairs a value with its
    words; `empty` is said while nothing stands there.
    """

    path: str
    label: str
    kind: Kind = Kind.TEXT
    help: str = ""
    max: int | None = None
    min: int | None = None
    optional: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    items: tuple[Slot, ...] = ()
    empty: str = ""

    def words(self, value: str) -> str:
        """What people read for a value."""
        return next((words for known, words in self.choices if known == value), value)


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together."""

    title: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True)
class Facts:
    """What the form must know of a workspace besides its plan: templates, channels, art, colours."""

    templates: Mapping[str, Template] = field(default_factory=dict)
    channels: Mapping[str, Channel] = field(default_factory=dict)
    art: tuple[str, ...] = ()
    palettes: tuple[str, ...] = ()

    def template(self, draft: Draft) -> Template | None:
        """The template that a draft has chosen."""
        return self.templates.get(draft.text("model"))


def facts(root: Path) -> Facts:
    """Read them; what is broken is left out here and told by the checks."""
    workspace = Workspace.open(root)
    names = workspace.template_names()
    loaded = {name: load_template(workspace, name)[0] for name in names}
    return Facts(
        {name: template for name, template in loaded.items() if template is not None},
        load_channels(workspace)[0],
        workspace.asset_names("art", ".svg"),
        palette_names(workspace),
    )


def sections(facts: Facts, loaded: Loaded, draft: Draft, *, new: bool = False) -> list[Section]:
    """The form of a draft; a new post is asked first what it shall be."""
    posyandu = loaded.posyandu[draft.unit]
    template = facts.template(draft)
    kinds = (
        Slot("model", "Model gambar", Kind.ONE, "Bentuk gambarnya. Tulisan yang cocok ikut pindah.",
             choices=tuple((name, each.title) for name, each in facts.templates.items())),
        Slot("jenis", "Jenis isi", Kind.ONE, "Supaya isi bulan ini seimbang.", choices=_titles(Pillar)),
    )  # fmt: skip
    own = (
        tuple(_of_spec(spec, f"isi.{spec.name}", facts) for spec in template.fields)
        if template
        else ()
    )
    when = (
        Slot("tanggal", "Kapan", Kind.DATE, "Tulis besok, 10 desember, atau tekan Enter untuk kalender."),
        Slot("jam", "Jam", Kind.CLOCK, f"Jam posting, waktu {posyandu.zone.name}. Misalnya 18.30."),
        Slot("acara", "Hari buka", Kind.EVENT,
             "Hari buka yang diumumkan. Hari, jam, dan tempatnya tercetak sendiri di gambar.",
             empty="bukan tentang hari buka", choices=events(posyandu, draft)),
        Slot("kanal", "Diposting di", Kind.MANY, "Boleh lebih dari satu.",
             choices=tuple((id, each.name) for id, each in facts.channels.items()),
             empty=_usual(facts, loaded)),
        Slot("petugas", "Petugas", Kind.ONE, "Siapa yang memposting.", optional=True,
             choices=_people(loaded, draft), empty="belum ditentukan"),
    )  # fmt: skip
    more = (
        *(() if new else kinds),
        Slot("bidang", "Bidang", Kind.ONE, "Salah satu dari enam bidang.",
             choices=_titles(Bidang), empty=Bidang.KESEHATAN.label),
        Slot("sasaran", "Untuk siapa", Kind.MANY, "Boleh lebih dari satu.",
             choices=_titles(Audience), empty="semua warga"),
        Slot("sumber", "Sumber", Kind.LIST, "Dari mana faktanya, misalnya Buku KIA.",
             optional=True, items=_SOURCE),
        Slot("tagar", "Tagar", Kind.TAGS, "Beberapa kata, dipisah spasi: PosyanduMelati ASI.", optional=True),
        Slot("teks_alt", "Teks tunanetra", Kind.LONG,
             "Menceritakan gambar bagi yang tidak melihatnya. Kosong: dibuat sendiri.",
             max=1000, optional=True, empty="otomatis"),
        Slot("palet", "Warna", Kind.ONE, "Warna postingan ini saja.", optional=True,
             choices=tuple((name, name.capitalize()) for name in facts.palettes),
             empty=f"seperti biasanya ({posyandu.palette})"),
    )  # fmt: skip
    found = [Section("Isi", own), Section("Kapan dan di mana", when), Section("Lainnya", more)]
    return [Section("Mau membuat apa?", kinds), *found] if new else found


_SOURCE: Final = (
    Slot("nama", "Nama", help="Tercetak di bawah tulisan, misalnya Buku KIA 2024."),
    Slot(
        "cek", "Sudah dilihat?", Kind.ONE, "Apakah Anda sudah membuka sumbernya.",
        choices=(
            (CheckState.VERIFIED.value, "sudah dilihat"),
            (CheckState.NAMED.value, "baru disebut orang"),
            (CheckState.UNVERIFIED.value, "belum ditemukan"),
        ),
        empty="belum ditemukan",
    ),
    Slot("ditelaah", "Dibaca oleh", optional=True,
         help="Nama bidan atau petugas kesehatan yang sudah membacanya."),
)  # fmt: skip


def every(found: Iterable[Section]) -> Iterator[Slot]:
    """All fields in their order."""
    for section in found:
        yield from section.slots


def inside(slot: Slot, number: int) -> tuple[Slot, ...]:
    """The fields of one item of a list, with their full paths; a plain text is one field."""
    base = f"{slot.path}.{number}"
    if not slot.items:
        return (Slot(base, f"{slot.label} {number + 1}", help=slot.help),)
    return tuple(replace(each, path=f"{base}.{each.path}") for each in slot.items)


def events(posyandu: Posyandu, draft: Draft) -> tuple[tuple[str, str], ...]:
    """The service days around a post's day, as "id tanggal-asli" and words."""
    around = draft.day()
    if around is None or not date(2000, 2, 2) <= around <= date(2100, 1, 1):
        return ()
    days, _ = occurrences(posyandu, around - BEFORE, around + AHEAD)
    return tuple(
        (
            f"{day.service_day} {day.original.isoformat()}",
            f"{short_date(day.date)}, BATAL"
            if day.cancelled
            else f"{short_date(day.date)}, {hours(day.hours, posyandu.zone)}, {day.place}",
        )
        for day in days
    )


def event_words(slot: Slot, draft: Draft) -> str:
    """What is said of the service day that a draft speaks of; "" when it speaks of none."""
    key = f"{draft.text('acara.hari_buka')} {draft.text('acara.tanggal')}".strip()
    words = slot.words(key)
    if words != key or not key:
        return words
    try:
        return long_date(date.fromisoformat(draft.text("acara.tanggal")))
    except ValueError:
        return key


def _of_spec(spec: FieldSpec, path: str, facts: Facts) -> Slot:
    kind = {"list": Kind.LIST, "photo": Kind.PHOTO, "art": Kind.ART, "choice": Kind.ONE}.get(
        spec.type, Kind.LONG if (spec.max or 0) > ROW else Kind.TEXT
    )
    choices = {
        Kind.ART: tuple((name, name.replace("-", " ")) for name in facts.art),
        Kind.ONE: tuple((name, name) for name in spec.choices),
    }.get(kind, ())
    return Slot(
        path,
        spec.label,
        kind,
        _help(spec),
        spec.max,
        spec.min,
        spec.optional,
        choices,
        tuple(_of_spec(each, each.name, facts) for each in spec.items),
        "belum ada" if kind in (Kind.ART, Kind.PHOTO) else "belum dipilih" if kind is Kind.ONE else "",
    )  # fmt: skip


def _help(spec: FieldSpec) -> str:
    told = spec.help if spec.type != "art" else "Enter untuk mencari gambar menurut namanya."
    told = f"{told.rstrip('.')}." if told and not told.endswith(("!", "?", '"')) else told
    return f"{told} Boleh kosong.".strip() if spec.optional else told


def _titles(kind: type[Pillar | Bidang | Audience]) -> tuple[tuple[str, str], ...]:
    return tuple((word.value, word.label) for word in kind)


def _usual(facts: Facts, loaded: Loaded) -> str:
    names = [
        facts.channels[id].name for id in loaded.office.default_channels if id in facts.channels
    ]
    return ", ".join(names)


def _people(loaded: Loaded, draft: Draft) -> tuple[tuple[str, str], ...]:
    """Those who serve the posyandu; whoever is chosen already is among them."""
    return tuple(
        (id, f"{person.name} ({person.role})")
        for id, person in loaded.people.items()
        if draft.unit in person.units or id == draft.text("petugas")
    )
