"""The nouns of content_kit as frozen values: who posts, what, when, where, from which plan.

Keys in files and words on screens are Indonesian; the table in `docs/berkas.md` pairs them.
The names of pillars, bidang and audiences are locked here (titles: Posyandu 6 SPM and the
life-cycle groups of integrated primary care, Indonesian Ministry of Health 2023).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, timezone
from enum import Enum, StrEnum
from typing import Final, Self, TypeAlias
from zlib import crc32

from content_kit.findings import NOWHERE, Finding, Place


class _Titled(StrEnum):
    """A locked word of our files together with its full official title."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Pillar(_Titled):
    """What kind of content a post is (`jenis`)."""

    JADWAL = "jadwal", "Jadwal layanan"
    EDUKASI = "edukasi", "Edukasi kesehatan"
    KADER = "kader", "Kader dan orang yang menginspirasi"
    KEGIATAN = "kegiatan", "Cerita kegiatan"
    TANYA_JAWAB = "tanya_jawab", "Tanya jawab"


class Bidang(_Titled):
    """The six fields of the minimum service standard, in the official order."""

    PENDIDIKAN = "pendidikan", "Pendidikan"
    KESEHATAN = "kesehatan", "Kesehatan"
    PEKERJAAN_UMUM = "pekerjaan_umum", "Pekerjaan Umum"
    PERUMAHAN_RAKYAT = "perumahan_rakyat", "Perumahan Rakyat"
    TRANTIBUMLINMAS = (
        "trantibumlinmas",
        "Ketenteraman, Ketertiban Umum, dan Pelindungan Masyarakat",
    )
    SOSIAL = "sosial", "Sosial"


class Cloth(_Titled):
    """The sasirangan motifs of which each posyandu has one as its own (`motif`)."""

    KULAT_KARIKIT = "kulat_karikit", "Kulat karikit (jamur kecil berderet)"
    HIRIS_PUDAK = "hiris_pudak", "Hiris pudak (irisan daun pandan)"
    TAMPUK_MANGGIS = "tampuk_manggis", "Tampuk manggis"
    DAUN_JARUJU = "daun_jaruju", "Daun jaruju (daun berduri tepi sungai)"
    KAMBANG_KACANG = "kambang_kacang", "Kambang kacang (bunga kacang)"
    NAGA_BALIMBUR = "naga_balimbur", "Naga balimbur (naga yang mandi)"
    KANGKUNG_KAUMBAKAN = "kangkung_kaumbakan", "Kangkung kaumbakan (kangkung di ombak)"
    ULAR_LIDI = "ular_lidi", "Ular lidi (ular kecil berkelok)"


class Audience(_Titled):
    """The life-cycle groups that a posyandu serves (`sasaran`)."""

    BUMIL_NIFAS_BUSUI = "bumil_nifas_busui", "Ibu hamil, nifas, dan menyusui"
    BAYI = "bayi", "Bayi"
    BALITA_APRAS = "balita_apras", "Balita dan anak prasekolah"
    SEKOLAH_REMAJA = "sekolah_remaja", "Anak sekolah dan remaja"
    DEWASA = "dewasa", "Usia produktif"
    LANSIA = "lansia", "Lansia"


class Zone(Enum):
    """The three Indonesian time zones; fixed offsets, there is no summer time."""

    WIB = 7
    WITA = 8
    WIT = 9

    @property
    def tz(self) -> timezone:
        """The offset as a tzinfo."""
        return timezone(timedelta(hours=self.value), self.name)


class PeopleInPhoto(StrEnum):
    """Who can be recognised in a photo (`orang`)."""

    NONE = "tidak_ada"
    ADULTS = "dewasa"
    CHILDREN = "anak"


class Approval(StrEnum):
    """Who looks at a post before it may go out (`persetujuan`).

    Nobody, one person, first KIM and then Diskominfo, or as many as its risk asks for.
    """

    NONE = "tidak_ada"
    ONE = "satu"
    TWO = "dua"
    RISK = "risiko"


class HolidayKind(StrEnum):
    """What a day of the holiday file is (`jenis`); `bukan_libur` takes a wrong one away."""

    LIBUR = "libur"
    CUTI_BERSAMA = "cuti_bersama"
    RAMADAN = "ramadan"
    BUKAN_LIBUR = "bukan_libur"


class CheckState(StrEnum):
    """How far a source was checked (`cek`): seen, only named, or not found."""

    VERIFIED = "V"
    NAMED = "D"
    UNVERIFIED = "U"


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours in the unit's own zone; `end` may be unknown ("08.00-selesai")."""

    start: time
    end: time | None = None

    @property
    def closes(self) -> time:
        """The end, or for an open one a guess: three hours on, as posyandu mostly are, the same day."""
        if self.end is not None:
            return self.end
        late = self.start.hour >= 21
        return time(23, 59) if late else self.start.replace(hour=self.start.hour + 3)


@dataclass(frozen=True, slots=True)
class Contact:
    """How people reach a posyandu; empty strings where there is none."""

    whatsapp: str = ""
    facebook: str = ""
    instagram: str = ""


DEFAULT_PALETTE: Final = "teluk"
"""The palette of a posyandu, and of a template's examples, that name none."""

_Date: TypeAlias = date  # inside a class with a field `date`, the name means the field


@dataclass(frozen=True, slots=True)
class Change:
    """What is different on one service day (`perubahan`), keyed by its original date."""

    date: date
    reason: str = ""
    moved_to: _Date | None = None
    place: str | None = None
    hours: Hours | None = None
    home_visit: bool = False
    cancelled: bool = False
    told: Change | None = None
    """What people were told last, when that was something else (`diumumkan`)."""
    confirmed_by: str = ""
    """Who of this posyandu stands for the reason (`dipastikan`), by id."""
    at: Place = field(default=Place(), compare=False)

    @property
    def empty(self) -> bool:
        """Whether nothing is different: the day is as its rule says."""
        wishes = (self.moved_to, self.place, self.hours, self.home_visit, self.cancelled)
        return not any(wishes)


@dataclass(frozen=True, slots=True)
class ServiceDay:
    """A recurring service day as a volunteer wrote it (`hari_buka`).

    With several `places` the dates of one month take them in turn; `place` is then the first.
    """

    id: str
    name: str
    rule: str
    hours: Hours
    place: str
    audience: tuple[Audience, ...] = ()
    services: tuple[str, ...] = ()
    bring: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    at: Place = field(default=Place(), compare=False)
    rule_at: Place = field(default=Place(), compare=False)
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Posyandu:
    """Who posts. `id` is permanent and unique; `slug` is the folder it lies in."""

    id: str
    slug: str
    name: str
    village: str
    district: str
    regency: str
    zone: Zone
    region_code: str = ""
    contact: Contact = Contact()
    palette: str = DEFAULT_PALETTE
    motif: Cloth | None = None
    logos: tuple[str, ...] = ()
    service_days: tuple[ServiceDay, ...] = ()
    fictional: bool = False
    at: Place = field(default=Place(), compare=False)
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)

    @property
    def cloth(self) -> Cloth:
        """The motif of its pictures: the one it chose, else one that follows from its id for good."""
        return self.motif or tuple(Cloth)[crc32(self.id.encode()) % len(Cloth)]

    def place(self, path: str) -> Place:
        """Where a field of its file was written ("desa"); a field that was not, where the file is."""
        return self.places.get(path) or replace(self.at, field=path)

    def place_in(self, at: Place, key: str) -> Place:
        """Where a key of a service day or a change was written, of which `at` says where it begins."""
        for path, place in self.places.items():
            if path.endswith(f".{key}"):
                above = self.places.get(path.rpartition(".")[0], NOWHERE)
                if (above.line, above.column) == (at.line, at.column):
                    return replace(place, field=f"{at.field}.{key}")
        return replace(at, field=f"{at.field}.{key}")

    def service_day(self, id: str) -> ServiceDay | None:
        """The service day with this id, if there is one."""
        return next((day for day in self.service_days if day.id == id), None)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One dated service day after its changes: what a schedule post announces.

    `original` is the date that the rule gives and `date` the one that holds.
    """

    service_day: str
    name: str
    original: date
    date: date
    hours: Hours
    place: str
    audience: tuple[Audience, ...] = ()
    services: tuple[str, ...] = ()
    bring: tuple[str, ...] = ()
    change: Change | None = None

    @property
    def cancelled(self) -> bool:
        """Whether this service day does not take place."""
        return self.change is not None and self.change.cancelled


@dataclass(frozen=True, slots=True)
class OccurrenceRef:
    """A post's `acara`: a service day and its *original* date; changes apply by themselves."""

    service_day: str
    date: date


@dataclass(frozen=True, slots=True)
class Consent:
    """The consent behind a photo. No resident's name: the signed paper stays at the posyandu.

    `guardian` says whether a parent or guardian signed, `child_agreed` what the child said when
    asked; None where nobody wrote it down, which for a child's word means too small to be asked.
    """

    number: str
    purpose: str = ""
    channels: tuple[str, ...] = ()
    given: date | None = None
    expires: date | None = None
    withdrawn: date | None = None
    guardian: bool | None = None
    child_agreed: bool | None = None


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """Days of the office's own holiday file (`libur.yaml`), which goes before what we know."""

    first: date
    last: date
    name: str
    kind: HolidayKind = HolidayKind.LIBUR
    at: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class ObservanceRow:
    """A day worth a post as `observances.yaml` has it: its rule in words, not yet dated."""

    id: str
    name: str
    rule: str
    bidang: tuple[Bidang, ...] = ()
    source: str = ""
    state: CheckState = CheckState.UNVERIFIED
    note: str = ""
    at: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Motto:
    """A slogan, or the theme of a year, with the days it holds; off unless an office turns it on."""

    text: str
    first: date
    last: date | None = None
    source: str = ""
    state: CheckState = CheckState.UNVERIFIED
    on: bool = False


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo with who is in it; `file` is its name in the unit's `foto/` folder.

    `focus` is the point that every crop keeps, as fractions of width and height.
    """

    file: str
    people: PeopleInPhoto
    focus: tuple[float, float] = (0.5, 0.5)
    consent: Consent | None = None
    at: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a health fact comes from, how far that was checked, and which health worker read it.

    `name` is the document in full for the reviewer, `short` what is printed of it ("" for `name`).
    """

    name: str
    state: CheckState
    fact: str = ""
    reviewed_by: str = ""
    short: str = ""


FieldValue: TypeAlias = "str | tuple[FieldValue, ...] | Mapping[str, FieldValue]"
"""A value a post gives to a template's field: text, a list, or a small table."""


@dataclass(frozen=True, slots=True)
class Post:
    """One post of one posyandu. `places` maps a field path ("isi.judul") to where it was written.

    `entry` is the library entry it was made from; `waiting` names the fields that only a person
    can give, so a post without them waits and is no mistake.
    """

    id: str
    unit: str
    date: date
    time: time
    pillar: Pillar
    template: str
    channels: tuple[str, ...]
    bidang: Bidang = Bidang.KESEHATAN
    audience: tuple[Audience, ...] = ()
    occurrence: OccurrenceRef | None = None
    duty: str = ""
    fields: Mapping[str, FieldValue] = field(default_factory=dict, hash=False)
    sources: tuple[Source, ...] = ()
    hashtags: tuple[str, ...] = ()
    alt_text: str = ""
    palette: str = ""
    entry: str = ""
    waiting: tuple[str, ...] = ()
    at: Place = field(default=Place(), compare=False)
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)

    def instant(self, zone: Zone) -> datetime:
        """When this post goes out, as an aware datetime in the unit's zone."""
        return datetime.combine(self.date, self.time, zone.tz)

    def place(self, path: str) -> Place:
        """Where a field was written; for a field that was not, its nearest written parent."""
        while path:
            if path in self.places:
                return self.places[path]
            path = path.rpartition(".")[0]
        return self.at


@dataclass(frozen=True, slots=True)
class Calendar:
    """One posyandu's posts of one month (`month` is its first day).

    `unread` holds an error of each post that is not here, or whose service day is not known.
    """

    unit: str
    month: date
    file: str
    posts: tuple[Post, ...] = ()
    unread: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on duty: an id in files, a name on screens, the units they serve."""

    id: str
    name: str
    role: str = "kader"
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limit:
    """A number a platform sets, with how sure we are (grade A to C, U unverified) and since when."""

    value: int
    grade: str
    source: str
    checked: date


FORMAT_WORDS: Final = {
    "feed": "beranda (4:5)",
    "story": "Status (9:16)",
    "square": "persegi (1:1)",
    "wide": "mendatar (1,91:1)",
    "a4": "kertas A4",
}
"""The shapes of pictures as people call them; files and settings have the short names."""


@dataclass(frozen=True, slots=True)
class Format:
    """A picture shape in pixels: feed 4:5, story 9:16, square 1:1, wide 1.91:1."""

    name: str
    width: int
    height: int

    @property
    def words(self) -> str:
        """What people call this shape."""
        return FORMAT_WORDS.get(self.name, self.name)

    @property
    def unit(self) -> float:
        """One template length in pixels: a hundredth of the short side."""
        return min(self.width, self.height) / 100


@dataclass(frozen=True, slots=True)
class Pixels:
    """A small picture as a plain value: `rgb` holds three bytes a pixel, row by row from the top."""

    width: int
    height: int
    rgb: bytes = field(repr=False)

    def at(self, x: int, y: int) -> tuple[int, int, int]:
        """The colour of one pixel."""
        start = (y * self.width + x) * 3
        red, green, blue = self.rgb[start : start + 3]
        return red, green, blue


@dataclass(frozen=True, slots=True)
class Insets:
    """Distances from the four edges, in pixels of the format."""

    top: int = 0
    right: int = 0
    bottom: int = 0
    left: int = 0

    def union(self, other: Insets) -> Insets:
        """The strictest of both on each side."""
        return Insets(
            max(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
            max(self.left, other.left),
        )


@dataclass(frozen=True, slots=True)
class Channel:
    """Where a post goes: picture format, safe area, caption form and limits.

    `caption` is "short" (WhatsApp) or "long"; `bold` says whether `*tebal*` works there.
    `limits` keys: "teks" (characters), "tagar" (hashtags), "tautan" (addresses), "byte" (bytes of
    the picture). `count` says how its characters are counted (`caption/counting.py`).
    """

    id: str
    name: str
    file_label: str
    format: str
    safe: Insets
    caption: str
    bold: bool
    limits: Mapping[str, Limit] = field(hash=False)
    count: str = "utf16"


@dataclass(frozen=True, slots=True)
class Service:
    """A service word of `assets/layanan.yaml`: what people read and the art that goes with it.

    `also` are other words that people write for it in their lists.
    """

    id: str
    name: str
    art: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Palette:
    """Named colours as (r, g, b), and the pairs (text on ground) that were checked for contrast."""

    name: str
    colours: Mapping[str, tuple[int, int, int]] = field(hash=False)
    pairs: tuple[tuple[str, str], ...] = ()
