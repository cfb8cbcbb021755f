"""The data a template may speak of: plain words, lists and mappings with Indonesian names.

Nothing else reaches a template: no objects of ours, no dates to format, no clock. Whatever a
template says about a day was written here once, so a picture and its caption never differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from content_kit.files.phones import chat_link
from content_kit.files.templates import FieldSpec
from content_kit.model import (
    Audience,
    Bidang,
    Channel,
    FieldValue,
    Format,
    Insets,
    Occurrence,
    Post,
    Posyandu,
    Service,
    Zone,
)
from content_kit.schedule.announcement import BACK, SAME_DAY
from content_kit.schedule.dates import (
    clock,
    day_name,
    hours,
    long_date,
    month_name,
    plain_date,
    relative,
    short_date,
)
from content_kit.schedule.difference import Aspect, day_beside, differences, heading, was
from content_kit.schedule.month_words import month_words
from content_kit.schedule.occurrences import occurrences, told_before, usual

_TIGHT: Final = 100
"""The height of a safe area, in template lengths, below which a picture counts as low."""

_NEXT_WITHIN: Final = timedelta(days=100)

NO_CHANNEL: Final[Mapping[str, object]] = {"id": "", "nama": "", "tebal": False, "bentuk": "long"}
"""`kanal` for words that belong to no channel, such as alt text."""


def build(
    post: Post,
    posyandu: Posyandu,
    occurrence: Occurrence | None,
    *,
    services: Mapping[str, Service],
    fields: Iterable[FieldSpec] = (),
    sources: Iterable[str] = (),
    address: Mapping[str, str] = MappingProxyType({}),
    month: bool = False,
) -> dict[str, object]:
    """Everything a template can name, as str, list, dict, bool and int only.

    `fields` are the template's: an optional one that the post left out is "" or []. `sources` are
    the names that may be printed, `address` is how the office speaks to people. `bulan` is there
    for a template that speaks of the whole `month`: a moved day changes no other post. Captions
    add `kanal` (`channel_words`), pictures add `format` (`format_words`).
    """
    return {
        "posyandu": _posyandu(posyandu),
        "isi": _values(post.fields, fields),
        "acara": _occurrence(post, posyandu, occurrence, services) if occurrence else {},
        "postingan": _post(post, posyandu.zone),
        "sumber": list(sources),
        "sapaan": dict(address),
        **({"bulan": month_words(post, posyandu, occurrence)} if month else {}),
        "tagar": [tag for tag in map(hashtag, post.hashtags) if tag],
    }


def channel_words(channel: Channel) -> dict[str, object]:
    """What a caption may know of its channel: id, nama, tebal, bentuk ("short" or "long")."""
    return {
        "id": channel.id,
        "nama": channel.name,
        "tebal": channel.bold,
        "bentuk": channel.caption,
    }


def format_words(format: Format, safe: Insets) -> dict[str, object]:
    """What a picture may know of its format: nama, lebar and tinggi in px, ruang, sempit.

    `ruang` is the height of the safe area in template lengths: 91 in a story of Instagram, 117 of
    WhatsApp, 113 in a feed picture, 88 in a square. What is scarce decides, not the name.
    """
    room = int((format.height - safe.top - safe.bottom) / format.unit)
    return {
        "nama": format.name,
        "lebar": format.width,
        "tinggi": format.height,
        "ruang": room,
        "sempit": room < _TIGHT,
    }


def hashtag(text: str) -> str:
    """One hashtag as platforms read it, "#PosyanduMelati", or "" when nothing is left."""
    tag = "".join(sign for sign in text if sign.isalnum() or sign == "_")
    return f"#{tag}" if tag else ""


def full_place(place: str, village: str) -> str:
    """A place with its village, unless it already names it: "Balai RW 05, Desa Contoh"."""
    if not village or village.casefold() in place.casefold():
        return place
    return f"{place.rstrip(' .,')}, {village}" if place else village


def _posyandu(posyandu: Posyandu) -> dict[str, object]:
    chat = chat_link(posyandu.contact.whatsapp)
    return {
        "nama": posyandu.name,
        "desa": posyandu.village,
        "kecamatan": posyandu.district,
        "kabupaten": posyandu.regency,
        "zona": posyandu.zone.name,
        "kontak": {
            "whatsapp": posyandu.contact.whatsapp,
            "facebook": posyandu.contact.facebook,
            "instagram": posyandu.contact.instagram,
            "sebutan": "WA" if chat else "Telp",
            "tautan": chat,
        },
        "motif": posyandu.cloth.value,
        "logo": list(posyandu.logos),
        "rekaan": posyandu.fictional,
    }


def _post(post: Post, zone: Zone) -> dict[str, object]:
    return {
        "id": post.id,
        "hari": day_name(post.date),
        "tanggal": plain_date(post.date),
        "jam": f"{clock(post.time)} {zone.name}",
        "jenis": post.pillar.value,
        "jenis_nama": post.pillar.label,
        "bidang": post.bidang.value,
        "bidang_nama": post.bidang.label,
        "sasaran": [audience.label for audience in post.audience],
        "tanya": _whom_to_ask(post),
        "segera": _URGENT.search(str(post.fields)) is not None,
    }


_MIDWIFE: Final = frozenset({Audience.BUMIL_NIFAS_BUSUI, Audience.BAYI, Audience.BALITA_APRAS})

_URGENT: Final = re.compile(
    r"\bsegera (?:berangkat|(?:di)?bawa|(?:di)?periksa|panggil|telepon)"
    r"|\b(?:segera|langsung) ke (?:bidan|dokter|faskes|fasilitas|IGD|puskesmas|RS|rumah sakit)\b"
    r"|\b(?:hari|saat) itu juga\b|\bberangkat sekarang\b|\bIGD\b",
    re.IGNORECASE,
)
"""What a post says of a sign for which nobody waits: under it no picture says "when in doubt"."""


def _whom_to_ask(post: Post) -> str:
    """Who knows: the midwife for mothers and small children, the puskesmas for the health of others.

    The first audience is whom a text is about; couples read along with mothers.
    """
    if post.bidang is not Bidang.KESEHATAN:
        return "kader"
    mothers = post.audience[:1] and post.audience[0] in _MIDWIFE
    others = set(post.audience) - _MIDWIFE - {Audience.DEWASA}
    return "bidan" if mothers and not others else "petugas puskesmas"


def _occurrence(
    post: Post, posyandu: Posyandu, occurrence: Occurrence, services: Mapping[str, Service]
) -> dict[str, object]:
    day, change = occurrence.date, occurrence.change
    span = hours(occurrence.hours, posyandu.zone)
    place = full_place(occurrence.place, posyandu.village)
    when = relative(day, post.date)
    rule = usual(posyandu, occurrence) if change else occurrence
    told = told_before(posyandu, occurrence)
    # Back on the day of the rule nothing "was" on another one; what was said of it is void. And
    # what is cancelled is the day that people were told: beside it stands what it was at first.
    back = came_back(posyandu, occurrence)
    before = rule if back or told is None or occurrence.cancelled else told
    return {
        "ada": True,
        "nama": occurrence.name,
        **_day(day),
        "jam": span,
        "pukul": span.removesuffix(f" {posyandu.zone.name}"),
        "mulai": clock(occurrence.hours.start),
        "tempat": occurrence.place,
        "tempat_lengkap": place,
        "baris": _cancelled(occurrence, rule, posyandu)
        if occurrence.cancelled
        else _line(when, day, span, place),
        "layanan": [_service(id, services) for id in occurrence.services],
        "bawa": list(occurrence.bring),
        "sasaran": [audience.label for audience in occurrence.audience],
        "relatif": when,
        "sisa_hari": (day - post.date).days,
        "batal": occurrence.cancelled,
        "kunjungan_rumah": change is not None and change.home_visit,
        "berubah": change is not None and not change.empty,
        "ganti": _what_changed(before, occurrence),
        "kabar": heading(before, occurrence) or ("Jadwal kembali" if back else "Jadwal tetap"),
        "semula": _before(before, occurrence, rule, posyandu),
        "kembali": back,
        "kabar_lama": _void(rule, told, posyandu) if back and told else "",
        "berikutnya": _next(posyandu, occurrence) if occurrence.cancelled else "",
        "alasan": change.reason if change else "",
    }


def _day(day: date) -> dict[str, object]:
    return {
        "hari": day_name(day),
        "tanggal": plain_date(day),
        "angka": str(day.day),
        "bulan": month_name(day),
        "tahun": f"{day.year:04}",
        "lengkap": long_date(day),
        "pendek": short_date(day),
    }


def _line(when: str, day: date, span: str, place: str) -> str:
    """The line a caption opens with: "Besok, Selasa, 8 Desember 2026, 08.00–11.00 WITA, Balai"."""
    return ", ".join(filter(None, [when[:1].upper() + when[1:], long_date(day), span, place]))


def _cancelled(day: Occurrence, rule: Occurrence, posyandu: Posyandu) -> str:
    """That line of a cancelled day, with what each fact was before people were told another one.

    "BATAL: Jumat, 4 Desember 2026 (semula Rabu, 2 Desember), 08.00–11.00 WITA, Balai RW 05".
    """
    old = was(rule, day, posyandu.zone)
    facts = (
        (long_date(day.date), old.get(Aspect.DAY)),
        (hours(day.hours, posyandu.zone), old.get(Aspect.HOURS)),
        (full_place(day.place, posyandu.village), old.get(Aspect.PLACE) or old.get(Aspect.HOME)),
    )
    told = (f"{now} (semula {before})" if before else now for now, before in facts if now)
    return f"BATAL: {', '.join(told)}"


def _service(id: str, services: Mapping[str, Service]) -> dict[str, object]:
    service = services.get(id)
    if service is None:  # a finding tells; the post still reads well
        return {"nama": id.replace("_", " ").capitalize(), "gambar": ""}
    return {"nama": service.name, "gambar": service.art}


def _what_changed(before: Occurrence, now: Occurrence) -> str:
    """The one word that decides how a change is shown: what people would get wrong first."""
    if now.cancelled:
        return "batal"
    found = differences(before, now)
    order = (Aspect.DAY, Aspect.HOME, Aspect.PLACE, Aspect.HOURS)
    return next((aspect.value for aspect in order if aspect in found), "")


def _before(
    before: Occurrence, now: Occurrence, rule: Occurrence, posyandu: Posyandu
) -> dict[str, object]:
    """Day, hours and place before a change; {} when none of them changed.

    `beda` is what differs, in a few words. `kalimat` is the day with what else differs, and the
    day of the rule where people were told another one before.
    """
    old = was(before, now, posyandu.zone)
    if not old:
        return {}
    place = full_place(before.place, posyandu.village)
    said = [long_date(before.date), old.get(Aspect.HOURS, "")]
    said.append(place if Aspect.PLACE in old or Aspect.HOME in old else "")
    sentence = ", ".join(filter(None, said))
    if rule.date not in (before.date, now.date):
        sentence += f" (jadwal biasanya {day_beside(rule, now)})"
    return {
        **_day(before.date),
        "jam": hours(before.hours, posyandu.zone),
        "tempat": place,
        "beda": ", ".join(old.values()),
        "kalimat": sentence,
    }


def came_back(posyandu: Posyandu, now: Occurrence) -> str:
    """What to say of a service day that is on its regular date again, "" for any other."""
    if now.change is None or now.cancelled:
        return ""
    if now.change.empty:
        return BACK
    told = told_before(posyandu, now)
    if told and now.date == now.original and (told.cancelled or told.date != now.date):
        return SAME_DAY
    return ""


def _void(rule: Occurrence, told: Occurrence, posyandu: Posyandu) -> str:
    """What was announced and does not hold any more, in a few words."""
    if told.cancelled:
        return "batal"
    words = []
    if told.date != rule.date:
        words.append(f"pindah ke {long_date(told.date)}")
    if told.hours != rule.hours:
        words.append(f"jam {hours(told.hours, posyandu.zone)}")
    if told.place != rule.place:
        home = told.change is not None and told.change.home_visit
        words.append("kader ke rumah" if home else f"di {told.place.rstrip(' .')}")
    return ", ".join(words)


def _next(posyandu: Posyandu, cancelled: Occurrence) -> str:
    """The next day of the same service that takes place: "Selasa, 12 Januari 2027", or ""."""
    first = cancelled.date + timedelta(days=1)
    coming, _ = occurrences(posyandu, first, first + _NEXT_WITHIN)
    days = (o.date for o in coming if o.service_day == cancelled.service_day and not o.cancelled)
    return next((long_date(day) for day in days), "")


def _values(values: Mapping[str, FieldValue], fields: Iterable[FieldSpec]) -> dict[str, object]:
    """A post's values with every field of the template present, items of lists included."""
    data = {name: _plain(value) for name, value in values.items()}
    for spec in fields:
        if spec.type != "list":
            data.setdefault(spec.name, "")
            continue
        items = data.setdefault(spec.name, [])
        if spec.items and isinstance(items, list):
            blank = _values({}, spec.items)
            data[spec.name] = [
                {**blank, **item} if isinstance(item, dict) else item for item in items
            ]
    return data


def _plain(value: FieldValue) -> object:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    return [_plain(inner) for inner in value]
