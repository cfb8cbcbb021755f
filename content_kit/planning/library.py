"""The content library: ready entries of `assets/library/`, which a plan turns into posts.

An entry knows no day, place or name. Whatever only a person can give is named in `waiting`,
and a health entry stays a draft until a health worker has read every one of its sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from content_kit.files import bundled
from content_kit.files.address import spoken
from content_kit.files.assets import read_asset
from content_kit.files.calendars import read_hashtags
from content_kit.files.facts import Fact, expiry, facts_of, load_facts
from content_kit.files.institutions import Institutions, load_institutions
from content_kit.files.looks import LOOKS
from content_kit.files.overlay import listing
from content_kit.files.reader import Reader, plain
from content_kit.files.readings import Reading, load_readings, sources_of, words_of
from content_kit.files.texts import OWN_WORDS, Waiting, own_words
from content_kit.files.workspace import Workspace
from content_kit.files.yaml import Map
from content_kit.findings import NOWHERE, Finding, Place, clipped, nearest
from content_kit.model import Audience, Bidang, CheckState, FieldValue, Pillar, Source

FOLDER: Final = "library"
"""Where the files lie in `assets/`. A user's file takes the place of the bundled one of its name."""

SEASONS: Final = ("hujan", "kemarau", "banjir", "asap", "ramadan", "vitamin_a")
"""The words of `musim`: an entry with none fits the whole year."""

DAYS_BEFORE: Final = (7, 3, 1, 0)
"""The words of `jarak`: how many days before the service day a schedule entry goes out."""

_SENT_AWAY: Final = re.compile(
    r"(?:segera )?tanya(?:kan)?(?: dulu| saja)?(?: ke| kepada)? (?:bidan|kader|petugas|puskesmas)"
    r"(?: dulu| saja| puskesmas)?(?:, ya)?\W*",
    re.IGNORECASE,
)
"""An answer that answers nothing."""

_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


@dataclass(frozen=True, slots=True)
class Point:
    """One step of an entry (`langkah`): a title, a sentence, and the name of its art."""

    title: str
    text: str
    image: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What people are likely to ask under a post, with an answer that is ready to paste."""

    ask: str
    answer: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One ready text of the library; `days_before` belongs to schedule entries (`jarak`).

    It fits a posyandu that offers all of `services` (`layanan`); a `recap` (`rekap: ya`) tells of
    a service day that did. `looks` (`bentuk`) are the compositions that suit it, the best first,
    and `own` (`isi_bentuk`) the fields that one of them asks for besides the common ones.
    """

    id: str
    pillar: Pillar
    template: str
    title: str
    bidang: Bidang = Bidang.KESEHATAN
    audience: tuple[Audience, ...] = ()
    looks: tuple[str, ...] = ()
    label: str = ""
    image: str = ""
    points: tuple[Point, ...] = ()
    closing: str = ""
    hashtags: tuple[str, ...] = ()
    season: tuple[str, ...] = ()
    series: str = ""
    days_before: int | None = None
    recap: bool = False
    services: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    questions: tuple[Question, ...] = ()
    fields: Mapping[str, FieldValue] = field(default_factory=dict, hash=False)
    own: Mapping[str, Mapping[str, FieldValue]] = field(default_factory=dict, hash=False)
    waiting: tuple[Waiting, ...] = ()
    at: Place = field(default=NOWHERE, compare=False)
    words: str = field(default="", compare=False)
    """The digest of all of it: what somebody read is just this text."""
    told: tuple[Fact, ...] = ()
    """The facts it rests on (`fakta`)."""

    @property
    def until(self) -> date | None:
        """The last day on which all its facts hold; None when none of them ends."""
        return expiry(self.told)

    @property
    def verified(self) -> bool:
        """Whether each source was seen by whoever wrote the entry; otherwise it is a draft."""
        return all(source.state is CheckState.VERIFIED for source in self.sources)

    @property
    def signed(self) -> bool:
        """Whether nothing in here waits for a health worker: sources seen, and each one read."""
        return self.verified and all(source.reviewed_by for source in self.sources)

    @property
    def facts(self) -> tuple[str, ...]:
        """The slugs of the facts this entry tells, each once."""
        return tuple(dict.fromkeys(source.fact for source in self.sources if source.fact))

    def values(self) -> dict[str, FieldValue]:
        """The fields of a post (`isi`) made from this entry; what waits for a person is left out."""
        found: dict[str, FieldValue] = {"label": self.label, "judul": self.title}
        found |= {"gambar": self.image, **self.fields}
        if self.points:
            found["langkah"] = tuple(_given(_words(point)) for point in self.points)
        found["penutup"] = self.closing
        return dict(_given(found))

    def examples(self) -> dict[str, FieldValue]:
        """`values` with the examples of `waiting` in place: for previews, never for a post."""
        found = self.values()
        for gap in self.waiting:
            head, _, rest = gap.field.partition(".")
            points = found.get(head)
            if not rest:
                found[head] = gap.example
            elif isinstance(points, tuple):
                number, _, key = rest.partition(".")
                found[head] = tuple(
                    {**item, key: gap.example}
                    if isinstance(item, Mapping) and at == number
                    else item
                    for at, item in ((str(count), item) for count, item in enumerate(points))
                )
        return dict(_given(found))


def own_problems(workspace: Workspace) -> list[Finding]:
    """What is wrong in the workspace's own library files; those that came with content_kit are tested."""
    if not listing(workspace.root / "assets" / FOLDER) or workspace.root == bundled.root():
        return []
    findings = load_library(workspace)[1]
    return [found for found in findings if (workspace.root / found.place.file).exists()]


def load_library(workspace: Workspace) -> tuple[tuple[Entry, ...], list[Finding]]:
    """Every entry that can be used, in the order of the files, and what is wrong in them."""
    entries: dict[str, Entry] = {}
    titles: dict[tuple[Pillar, str], Entry] = {}
    readings, wrong = load_readings(workspace)
    institutions, unlisted = load_institutions(workspace)
    facts, unclear = load_facts(workspace, institutions)
    address = workspace.settings()[0].address
    findings: list[Finding] = [*wrong, *unlisted, *unclear]
    for name in workspace.asset_names(FOLDER, ".yaml"):
        top, own = read_asset(workspace, f"{FOLDER}/{name}.yaml")
        for written in top.children("pustaka", required=True) if top else ():
            told = facts_of(written, facts, own)
            words = words_of(written, told)
            item = Reader(spoken(written.node, address), own, written.path)
            entry = _entry(item, readings, told, words)
            item.finish()
            if entry is None:
                continue
            _look_at_sources(entry, item, institutions)
            if entry.id in entries:
                own.at(
                    "id-ganda",
                    f'id "{clipped(entry.id)}" sudah dipakai di {entries[entry.id].at.file} '
                    f"baris {entries[entry.id].at.line}.",
                    item.at("id"),
                    "Beri id lain.",
                )
                continue
            entries[entry.id] = entry
            twin = titles.setdefault((entry.pillar, entry.title.casefold()), entry)
            if twin is not entry:
                own.at(
                    "teks-kembar",
                    f'judulnya sama dengan "{twin.id}".',
                    item.at("judul"),
                    "Ubah judulnya, supaya warga tidak melewatkannya.",
                )
        if top:
            top.finish()
        findings.extend(own)
    return tuple(entries.values()), findings


def _look_at_sources(entry: Entry, item: Reader, institutions: Institutions) -> None:
    """Facts that were replaced, and names that may not be printed."""
    for fact in entry.told:
        if fact.replaced_by:
            item.findings.at(
                "fakta-diganti",
                f'fakta "{fact.id}" sudah diganti "{fact.replaced_by}".',
                item.at("fakta"),
                "Perbaiki tulisannya menurut fakta yang baru, lalu minta dibaca lagi.",
            )
    for source in entry.sources[len(entry.told) :]:
        if name := institutions.weak(source):
            item.findings.at(
                "sumber-lemah",
                f'sumber "{clipped(name)}" tidak boleh dicetak.',
                item.at("sumber"),
                institutions.hint(name),
            )


def _entry(
    item: Reader, readings: Mapping[str, Reading], told: tuple[Fact, ...], words: str
) -> Entry | None:
    item.get("fakta")
    id = item.text("id", required=True)
    pillar = item.choice("jenis", Pillar, required=True)
    template = item.text("model", required=True)
    title = item.text("judul", required=True)
    waiting = tuple(_waiting(item))
    gaps = {gap.field for gap in waiting}
    extra = item.child("isi")
    entry = Entry(
        id=id,
        pillar=pillar or Pillar.EDUKASI,
        template=template,
        title=title,
        bidang=item.choice("bidang", Bidang, required=True) or Bidang.KESEHATAN,
        audience=item.choices("sasaran", Audience),
        looks=tuple(_looks(item)),
        label=item.text("label"),
        image=item.text("gambar"),
        points=tuple(_points(item, gaps)),
        closing=item.text("penutup"),
        hashtags=tuple(read_hashtags(item)),
        season=tuple(_seasons(item)),
        series=item.text("seri"),
        days_before=_days_before(item),
        recap=item.flag("rekap"),
        services=item.texts("layanan"),
        sources=sources_of(item, readings, words, told),
        questions=tuple(_questions(item)),
        fields=_table(extra.node) if extra else {},
        own=_own(item),
        waiting=waiting,
        at=replace(item.node.place, field=item.path),
        words=words,
        told=told,
    )
    if not (id and pillar and template and title):
        return None
    if not _ID.fullmatch(id):
        item.findings.at(
            "nilai-salah",
            f'id "{clipped(id)}" tidak dapat dipakai.',
            item.at("id"),
            "Pakai huruf kecil, angka, dan tanda hubung saja, misalnya mpasi-pertama.",
        )
        return None
    if not entry.audience:
        item.findings.at(
            "wajib-diisi", '"sasaran" belum diisi.', item.at("sasaran"), 'Isi "sasaran".'
        )
    if pillar is Pillar.EDUKASI and not entry.sources:
        item.findings.at(
            "tanpa-sumber",
            "tulisan ini belum menyebut sumber.",
            item.at("sumber"),
            'Isi "fakta" dengan id dari facts.yaml, atau "sumber" dengan nama lembaga resmi.',
        )
    return entry


def _points(item: Reader, gaps: set[str]) -> Iterator[Point]:
    for number, point in enumerate(item.children("langkah", name="judul")):
        title = point.text("judul", required=f"langkah.{number}.judul" not in gaps)
        text = point.text("isi", required=f"langkah.{number}.isi" not in gaps)
        image = point.text("gambar")
        point.finish()
        yield Point(title, text, image)


def _questions(item: Reader) -> Iterator[Question]:
    for question in item.children("tanya", name="tanya"):
        ask = question.text("tanya", required=True)
        answer = question.text("jawab", required=True)
        question.finish()
        if _SENT_AWAY.fullmatch(answer):
            item.findings.at(
                "jawaban-kosong",
                f'pertanyaan "{clipped(ask)}" hanya disuruh bertanya lagi.',
                question.at("jawab"),
                "Tulis yang boleh dijawab, lalu ke mana dan kapan: hari itu juga ke puskesmas, "
                "petugas puskesmas saat hari buka, atau 119 bila gawat.",
            )
        if ask and answer:
            yield Question(ask, answer)


def _waiting(item: Reader) -> Iterator[Waiting]:
    for gap in item.children("menunggu", name="isian"):
        name = gap.text("isian", required=True)
        ask = gap.text("tanya", required=True)
        example = gap.text("contoh")
        gap.finish()
        if name:
            yield Waiting(name, ask, example)


def _looks(item: Reader) -> Iterator[str]:
    for word in item.scalars("bentuk"):
        look = word.text.strip()
        if look in LOOKS:
            yield look
        else:
            item.findings.at(
                "nilai-salah",
                f'bentuk "{clipped(look)}" tidak dikenal.',
                word.place,
                nearest(look, LOOKS, f"Pilih: {', '.join(LOOKS)}."),
            )


def _own(item: Reader) -> Mapping[str, Mapping[str, FieldValue]]:
    found = own_words(item)
    for look in found:
        if look not in LOOKS:
            item.findings.at(
                "nilai-salah",
                f'bentuk "{clipped(look)}" tidak dikenal.',
                item.at(OWN_WORDS),
                nearest(look, LOOKS, f"Pilih: {', '.join(LOOKS)}."),
            )
    return found


def _seasons(item: Reader) -> Iterator[str]:
    for word in item.scalars("musim"):
        season = word.text.strip()
        if season in SEASONS:
            yield season
        else:
            item.findings.at(
                "nilai-salah",
                f'musim "{clipped(season)}" tidak dikenal.',
                word.place,
                nearest(season, SEASONS, f"Pilih: {', '.join(SEASONS)}."),
            )


def _days_before(item: Reader) -> int | None:
    text = item.text("jarak")
    if not text:
        return None
    if text in map(str, DAYS_BEFORE):
        return int(text)
    item.findings.at(
        "nilai-salah",
        f'jarak "{clipped(text)}" tidak dikenal.',
        item.at("jarak"),
        "Pilih 7, 3, 1, atau 0 hari sebelum hari buka.",
    )
    return None


def _table(node: Map) -> dict[str, FieldValue]:
    return {key.text: plain(value) for key, value in node.entries}


def _words(point: Point) -> dict[str, FieldValue]:
    return {"judul": point.title, "isi": point.text, "gambar": point.image}


def _given(values: Mapping[str, FieldValue]) -> dict[str, FieldValue]:
    return {key: value for key, value in values.items() if value}
