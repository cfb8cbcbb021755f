"""Turns the nodes of a unit's files into nouns: posyandu, posts, photos, people, holidays.

Pure: no disk here. Whatever cannot be read becomes a finding, and its neighbours still load.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, time
from typing import Final

from content_kit.files.ids import made_id
from content_kit.files.office import Office
from content_kit.files.paths import name_problem
from content_kit.files.reader import Findings, Reader, places, plain, tell_cuts, top_of
from content_kit.files.safe_text import says
from content_kit.files.yaml import Map, Node, Seq
from content_kit.findings import Finding, Level, Place, clipped
from content_kit.model import (
    DEFAULT_PALETTE,
    Audience,
    Bidang,
    Calendar,
    Change,
    CheckState,
    Cloth,
    Consent,
    Contact,
    FieldValue,
    HolidayKind,
    HolidayRow,
    Hours,
    OccurrenceRef,
    PeopleInPhoto,
    Person,
    Photo,
    Pillar,
    Post,
    Posyandu,
    ServiceDay,
    Source,
    Zone,
)

MAX_POSTS: Final = 5_000
MAX_HOLIDAY: Final = 60
"""The most days of one line of `libur.yaml`: Ramadan has 30."""
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100
"""A post outside these years is a slip of the hand, and near the year 9999 dates run out."""
_ID: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


def read_holidays(node: Node | None, findings: Findings) -> tuple[HolidayRow, ...]:
    """`libur.yaml`: a list `libur` of tanggal, sampai, nama, jenis."""
    top = top_of(node, findings)
    if top is None:
        return ()
    rows = tuple(_holidays(top, findings))
    top.finish()
    return rows


def read_people(node: Node | None, findings: Findings) -> dict[str, Person]:
    """`orang.yaml`: a list `orang` of id, nama, peran, unit."""
    top = top_of(node, findings)
    people: dict[str, Person] = {}
    if top is None:
        return people
    tell_cuts(top.node, "", findings)
    for item in top.children("orang", required=True):
        id = item.text("id", required=True)
        person = Person(
            id=id,
            name=item.name("nama") or id,
            role=item.text("peran", default="kader"),
            units=item.texts("unit"),
        )
        item.finish()
        if id in people:
            findings.at("id-ganda", f'id "{clipped(id)}" dipakai dua kali.', item.at("id"))
        elif id:
            people[id] = person
    top.finish()
    return people


def read_posyandu(node: Node | None, slug: str, file: str, findings: Findings) -> Posyandu | None:
    """`posyandu.yaml`; None only when the zone is unknown, because then no time can be printed."""
    top = top_of(node, findings)
    if top is None:
        if node is None:
            findings.at(
                "berkas-kosong", "berkas ini kosong.", Place(file, 1, 1), "Isi data posyandu."
            )
        return None
    tell_cuts(top.node, "", findings)
    contact = top.child("kontak")
    zone = _zone(top, findings)
    posyandu = Posyandu(
        id=top.text("id", required=True) or slug,
        slug=slug,
        name=top.name("nama", required=True) or slug,
        village=top.name("desa", required=True),
        district=top.name("kecamatan", required=True),
        regency=top.name("kabupaten", required=True),
        zone=zone or Zone.WIB,
        region_code=top.text("kode_wilayah"),
        contact=_contact(contact) if contact else Contact(),
        palette=top.text("palet", default=DEFAULT_PALETTE),
        motif=top.choice("motif", Cloth),
        logos=tuple(_file_names(top, "logo", findings)),
        service_days=tuple(_service_days(top, findings, zone)),
        fictional=top.flag("rekaan"),
        at=top.node.place,
        places=_places(top),
    )
    top.finish()
    return posyandu if zone else None


def read_month(
    node: Node | None, *, unit: str, month: date, file: str, office: Office, findings: Findings
) -> Calendar:
    """`YYYY-MM.yaml`: `bulan` and the list `postingan`. `month` is what the file's name says."""
    top = top_of(node, findings)
    if top is None:
        return Calendar(unit, month, file)
    written = top.month("bulan", required=True)
    if written and written != month:
        findings.at(
            "tanggal-beda",
            f'"bulan" berisi {written:%Y-%m}, padahal nama berkas ini {month:%Y-%m}.',
            top.at("bulan"),
            "Samakan keduanya.",
        )
    if top.node.get("postingan") is None and list(top.node.keys()) != ["bulan"]:
        findings.at(
            "berkas-kosong",
            'daftar "postingan" tidak ada di berkas ini.',
            Place(file, 1, 1),
            "Periksa ejaannya (huruf kecil). Bila hilang, kembalikan dari salinan atau versi lama.",
        )
    unread: list[Finding] = []
    posts = tuple(_posts(top, unread, unit=unit, month=month, office=office))
    unread += [found for found in findings if found.place.field == "postingan"]  # no list at all
    top.finish()
    return Calendar(unit, month, file, posts, tuple(unread))


def read_photos(node: Node | None, findings: Findings) -> dict[str, Photo]:
    """`foto.yaml`: the list `foto` of berkas, orang, fokus, izin."""
    top = top_of(node, findings)
    photos: dict[str, Photo] = {}
    if top is None:
        return photos
    tell_cuts(top.node, "", findings)
    for item in top.children("foto", name="berkas", required=True):
        photo = _photo(item, findings)
        if photo is None:
            continue
        if photo.file in photos:
            findings.at(
                "id-ganda",
                f'foto "{clipped(photo.file)}" ditulis dua kali.',
                item.at("berkas"),
                "Hapus salah satu.",
            )
        else:
            photos[photo.file] = photo
    top.finish()
    return photos


def read_posted(node: Node | None, findings: Findings) -> dict[str, tuple[str, ...]]:
    """`hasil/YYYY-MM.yaml`: the list `diposting` of id, kanal, waktu; the channels of each post."""
    top = top_of(node, findings)
    posted: dict[str, tuple[str, ...]] = {}
    for item in top.children("diposting", required=True) if top else ():
        id = item.text("id", required=True)
        posted[id] = (*posted.get(id, ()), *item.texts("kanal"))
    return posted


def _zone(top: Reader, findings: Findings) -> Zone | None:
    text = top.text("zona", required=True).upper()
    if not text:
        return None
    if text in Zone.__members__:
        return Zone[text]
    findings.at(
        "nilai-salah", f'zona "{clipped(text)}" tidak dikenal.', top.at("zona"),
        "Pilih WIB, WITA, atau WIT.",
    )  # fmt: skip
    return None


def _contact(reader: Reader) -> Contact:
    contact = Contact(
        whatsapp=reader.phone("whatsapp"),
        facebook=reader.name("facebook"),
        instagram=reader.name("instagram"),
    )
    reader.finish()
    return contact


def _file_names(reader: Reader, key: str, findings: Findings) -> Iterator[str]:
    for word in reader.scalars(key):
        name = word.text.strip()
        if _plain_name(name, word.place, findings):
            yield name


def _plain_name(name: str, at: Place, findings: Findings) -> bool:
    problem = "harus nama berkas saja, tanpa folder" if "/" in name else name_problem(name)
    if problem:
        findings.at("jalur-terlarang", f'nama berkas "{clipped(name)}" {problem}.', at)
    return not problem


def _service_days(top: Reader, findings: Findings, zone: Zone | None) -> Iterator[ServiceDay]:
    seen: set[str] = set()
    for day in top.children("hari_buka"):
        id = day.text("id", required=True)
        rule = day.text("aturan", required=True)
        hours = day.hours("jam", required=True, zone=zone)
        places = day.names("tempat", required=True)
        found = ServiceDay(
            id=id,
            name=day.name("nama", default="Hari buka"),
            rule=rule,
            hours=hours or Hours(time(8)),
            place=places[0] if places else "",
            audience=day.choices("sasaran", Audience),
            services=day.texts("layanan"),
            bring=day.names("bawa"),
            changes=tuple(_changes(day, findings, zone)),
            at=replace(day.node.place, field=day.path),
            rule_at=day.at("aturan"),
            places=places if len(places) > 1 else (),
        )
        day.finish()
        if id in seen:
            findings.at(
                "id-ganda", f'hari buka "{clipped(id)}" ditulis dua kali.', day.at("id"),
                "Beri id lain.",
            )  # fmt: skip
        elif id and rule and hours:
            seen.add(id)
            yield found


def _holidays(top: Reader, findings: Findings) -> Iterator[HolidayRow]:
    for item in top.children("libur", name="tanggal", required=True):
        first = item.date("tanggal", required=True)
        last = item.date("sampai")
        name = item.name("nama", required=True)
        kind = item.choice("jenis", HolidayKind) or HolidayKind.LIBUR
        # A range whose end cannot be read must not shrink to one day.
        unreadable = last is None and item.get("sampai") is not None
        at = replace(item.node.place, field=item.path)
        item.finish()
        if first is None or unreadable:
            continue
        if last is not None and not 0 <= (last - first).days <= MAX_HOLIDAY:
            findings.at(
                "tanggal-salah",
                f'"sampai" harus 0 sampai {MAX_HOLIDAY} hari sesudah "tanggal".',
                item.at("sampai"),
                "Periksa kedua tanggalnya.",
            )
            continue
        yield HolidayRow(first, last or first, name, kind, at)


def _changes(day: Reader, findings: Findings, zone: Zone | None) -> Iterator[Change]:
    seen: set[date] = set()
    for item in day.children("perubahan", name="tanggal"):
        change = read_change(item, zone)
        if change is None:
            continue
        original = change.date
        if change.cancelled and change.moved_to:
            findings.at(
                "nilai-salah",
                "hari ini ditulis batal dan juga pindah.",
                item.at("pindah_ke"),
                "Hapus salah satu.",
            )
        if original in seen:
            findings.at(
                "id-ganda",
                f"perubahan untuk {original} ditulis dua kali.",
                item.at("tanggal"),
                "Gabungkan menjadi satu.",
            )
            continue
        seen.add(original)
        yield change


def read_change(item: Reader, zone: Zone | None = None) -> Change | None:
    """One entry of `perubahan`: its original date, then what is different."""
    original = item.date("tanggal", required=True)
    moved = item.date("pindah_ke")
    told = item.child("diumumkan")
    change = replace(
        _wishes(item, original or date.min, zone),
        reason=item.name("alasan"),
        confirmed_by=item.text("dipastikan"),
        told=_wishes(told, original or date.min, zone) if told else None,
        at=replace(item.node.place, field=item.path),
    )
    if told:
        told.finish()
    # An unreadable new date must not quietly leave the old day standing.
    unreadable = item.get("pindah_ke") is not None and moved is None
    item.finish()
    return None if original is None or unreadable else change


def _wishes(item: Reader, original: date, zone: Zone | None) -> Change:
    """What is different on a day, be it now or in what people were told."""
    return Change(
        original,
        moved_to=item.date("pindah_ke"),
        place=item.text("tempat") or None,
        hours=item.hours("jam", zone=zone),
        home_visit=item.flag("kunjungan_rumah"),
        cancelled=item.flag("batal"),
    )


def _posts(
    top: Reader, unread: list[Finding], *, unit: str, month: date, office: Office
) -> Iterator[Post]:
    """The posts that can be read; `unread` gets an error of each one not known whole enough.

    One whose service day cannot be read is read, but nobody knows what it follows.
    """
    findings = top.findings
    written = top.node.get("postingan")
    if isinstance(written, Seq) and len(written.items) > MAX_POSTS:
        findings.at(
            "batas-terlampaui",
            f"ada {len(written.items)} postingan, paling banyak {MAX_POSTS} dalam satu berkas.",
            top.at("postingan"),
            "Bagi menjadi beberapa berkas bulan.",
        )
        top.get("postingan")
        return
    copies: dict[str, int] = {}
    for item in top.children("postingan"):
        own = findings.part()
        reader = Reader(item.node, own, item.path)
        post = _post(reader, unit=unit, month=month, office=office, copies=copies)
        findings.extend(found.of_post(post.id if post else "") for found in own)
        wrong = [found for found in own if found.level is Level.ERROR]
        if post is not None:
            yield post
            wrong = [found for found in wrong if f"{item.path}.acara" in found.place.field]
        unread += wrong[:1]


def _post(
    item: Reader, *, unit: str, month: date, office: Office, copies: dict[str, int]
) -> Post | None:
    findings = item.findings
    id = item.text("id")
    day = item.date("tanggal", required=True)
    if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
        said = f"tahun {day.year} terlalu jauh."
        findings.at("tanggal-salah", said, item.at("tanggal"), "Periksa angka tahunnya.")
        day = None
    clock = item.clock("jam", required=True)
    pillar = item.choice("jenis", Pillar, required=True)
    bidang = item.choice("bidang", Bidang) or Bidang.KESEHATAN
    template = item.text("model", required=True)
    if id and (not _ID.fullmatch(id) or name_problem(id)):
        findings.at(
            "nilai-salah",
            f'id "{clipped(id)}" tidak dapat dipakai.',
            item.at("id"),
            "Pakai huruf kecil dan angka saja, misalnya m4x7q2.",
        )
        id = ""
    key = f"{day} {clock} {template}"
    copies[key] = copies.get(key, 0) + 1
    missing = item.get("id") is None
    made = made_id(f"{key} {copies[key]}")
    if missing:
        # The number of the list names this post until an id is written.
        findings.at(
            "id-kosong",
            "postingan ini belum punya id.",
            item.at("id"),
            "Id akan diisi sendiri saat disimpan.",
        )
    if day and (day.year, day.month) != (month.year, month.month):
        findings.at(
            "tanggal-beda",
            f"tanggal {day} bukan di bulan {month:%Y-%m}.",
            item.at("tanggal"),
            f"Pindahkan postingan ini ke berkas {day:%Y-%m}.yaml.",
        )
    fields = item.child("isi")
    post = Post(
        id=id or made,
        unit=unit,
        date=day or date.min,
        time=clock or time(0),
        pillar=pillar or Pillar.EDUKASI,
        template=template,
        channels=tuple(dict.fromkeys(item.texts("kanal"))) or office.default_channels,
        bidang=bidang,
        audience=item.choices("sasaran", Audience),
        occurrence=_occurrence(item),
        duty=item.text("petugas"),
        fields=_table(fields.node) if fields else {},
        sources=tuple(read_sources(item)),
        hashtags=tuple(read_hashtags(item)),
        alt_text=item.text("teks_alt"),
        palette=item.text("palet"),
        entry=item.text("pustaka"),
        waiting=item.texts("menunggu"),
        at=replace(item.node.place, field=item.path),
        places=_places(item),
    )
    tell_cuts(item.node, item.path, findings)
    item.finish()
    if day is None or clock is None or pillar is None or not template:
        return None
    return post


def _table(node: Map) -> Mapping[str, FieldValue]:
    return {key.text: plain(value) for key, value in node.entries}


def _occurrence(item: Reader) -> OccurrenceRef | None:
    reader = item.child("acara")
    if reader is None:
        return None
    service_day = reader.text("hari_buka", required=True)
    day = reader.date("tanggal", required=True)
    reader.finish()
    return OccurrenceRef(service_day, day) if service_day and day else None


def read_sources(item: Reader) -> Iterator[Source]:
    """The list `sumber` of a post or of an entry of the library."""
    for source in item.children("sumber", name="nama"):
        name = source.name("nama", required=True)
        state = source.choice("cek", CheckState) or CheckState.UNVERIFIED
        found = Source(
            name, state, source.text("fakta"), source.name("ditelaah"), source.text("cetak")
        )
        source.finish()
        if name:
            yield found


def read_hashtags(item: Reader) -> Iterator[str]:
    """The list `tagar`, each once and without its #."""
    seen: set[str] = set()
    for word in item.scalars("tagar"):
        tag = word.text.strip().lstrip("#")
        if not tag or not all(char.isalnum() or char == "_" for char in tag):
            item.findings.at(
                "nilai-salah",
                f'tagar "{clipped(word.text)}" tidak dapat dipakai.',
                word.place,
                "Tulis satu kata tanpa spasi, huruf dan angka saja.",
            )
        elif tag.casefold() not in seen:
            seen.add(tag.casefold())
            yield tag


def _places(item: Reader) -> Mapping[str, Place]:
    before = f"{item.path}." if item.path else ""
    found: dict[str, Place] = {}
    for key, value in item.node.entries:
        for path, place in places(value, f"{before}{key.text}"):
            found[path.removeprefix(before)] = place
    return found


def _photo(item: Reader, findings: Findings) -> Photo | None:
    file = item.exact("berkas", required=True)
    people = item.choice("orang", PeopleInPhoto, required=True)
    consent = item.child("izin")
    photo = Photo(
        file=file,
        # Not saying who is in it counts as the strictest case.
        people=people or PeopleInPhoto.CHILDREN,
        focus=_focus(item, findings),
        consent=_consent(consent) if consent else None,
        at=replace(item.node.place, field=item.path),
    )
    item.finish()
    if not file or not _plain_name(file, item.at("berkas"), findings):
        return None
    return photo


def _focus(item: Reader, findings: Findings) -> tuple[float, float]:
    words = item.scalars("fokus")
    if not words:
        return (0.5, 0.5)
    try:
        x, y = (float(word.text.replace(",", ".")) for word in words)
    except ValueError:
        x = y = -1.0
    if 0 <= x <= 1 and 0 <= y <= 1:
        return (x, y)
    findings.at(
        "nilai-salah",
        "fokus harus dua angka dari 0 sampai 1.",
        item.at("fokus"),
        "Misalnya [0.5, 0.4]: tengah, agak ke atas.",
    )
    return (0.5, 0.5)


def _answer(reader: Reader, key: str) -> bool | None:
    """A yes or no that may be left open; one that cannot be read is a no."""
    return None if reader.get(key) is None else reader.flag(key)


def _consent(reader: Reader) -> Consent | None:
    number = reader.text("nomor", required=True)
    expires = reader.date("berlaku_sampai")
    withdrawn = reader.date("dicabut")
    # A limit that cannot be read must never make a consent wider than it is.
    unreadable = (expires is None and reader.get("berlaku_sampai") is not None) or (
        withdrawn is None and reader.get("dicabut") is not None
    )
    consent = Consent(
        number=number,
        purpose=reader.name("tujuan"),
        channels=reader.texts("kanal"),
        given=reader.date("tanggal"),
        expires=expires,
        withdrawn=withdrawn,
        guardian=_answer(reader, "wali"),
        child_agreed=_answer(reader, "anak_bersedia"),
    )
    # A word with a slip in it may be the one that ends the consent ("dicabu").
    known = reader.finish()
    return consent if says(number) and known and not unreadable else None
