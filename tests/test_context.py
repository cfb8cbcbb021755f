"""What templates may speak of: plain data with every word of a service day ready."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, time

import pytest

from content_kit.context import build, channel_words, format_words, full_place, hashtag
from content_kit.files.templates import FieldSpec
from content_kit.model import (
    Audience,
    Change,
    Channel,
    CheckState,
    Format,
    Hours,
    Insets,
    Post,
    Posyandu,
    Service,
    Source,
)
from content_kit.schedule.occurrences import resolve

MakePost = Callable[..., Post]


def event(post: Post, unit: Posyandu, services: Mapping[str, Service]) -> Mapping[str, object]:
    assert post.occurrence is not None
    data = build(post, unit, resolve(unit, post.occurrence), services=services)
    found = data["acara"]
    assert isinstance(found, dict)
    return found


def changed(unit: Posyandu, **change: object) -> Posyandu:
    (day,) = unit.service_days
    changes = (replace(Change(date(2026, 12, 8)), **change),)  # type: ignore[arg-type]
    return replace(unit, service_days=(replace(day, changes=changes),))


def test_a_service_day_in_words(
    melati: Posyandu, make_post: MakePost, services: Mapping[str, Service]
) -> None:
    assert event(make_post(), melati, services) == {
        "ada": True,
        "nama": "Hari buka",
        "hari": "Selasa",
        "tanggal": "8 Desember 2026",
        "angka": "8",
        "bulan": "Desember",
        "tahun": "2026",
        "lengkap": "Selasa, 8 Desember 2026",
        "pendek": "Sel, 8 Des",
        "jam": "08.00–11.00 WITA",
        "mulai": "08.00",
        "pukul": "08.00–11.00",
        "tempat": "Balai RW 05",
        "tempat_lengkap": "Balai RW 05, Desa Contoh",
        "baris": "Besok, Selasa, 8 Desember 2026, 08.00–11.00 WITA, Balai RW 05, Desa Contoh",
        "layanan": [
            {"nama": "Timbang & ukur", "gambar": "dacin"},
            {"nama": "Imunisasi", "gambar": "suntik"},
        ],
        "bawa": ["Buku KIA"],
        "sasaran": ["Bayi", "Balita dan anak prasekolah"],
        "relatif": "besok",
        "sisa_hari": 1,
        "batal": False,
        "kunjungan_rumah": False,
        "berubah": False,
        "ganti": "",
        "kabar": "Jadwal tetap",
        "semula": {},
        "kembali": "",
        "kabar_lama": "",
        "berikutnya": "",
        "alasan": "",
    }


def test_a_moved_day_tells_what_it_was(
    melati: Posyandu, make_post: MakePost, services: Mapping[str, Service]
) -> None:
    unit = changed(melati, moved_to=date(2026, 12, 10), reason="Balai dipakai rapat")
    found = event(make_post(), unit, services)
    assert found["lengkap"] == "Kamis, 10 Desember 2026"
    assert (found["relatif"], found["sisa_hari"]) == ("", 3)
    assert found["baris"] == ("Kamis, 10 Desember 2026, 08.00–11.00 WITA, Balai RW 05, Desa Contoh")
    assert found["berubah"] is True
    assert found["alasan"] == "Balai dipakai rapat"
    assert found["ganti"] == "hari"
    assert found["semula"] == {
        "hari": "Selasa",
        "tanggal": "8 Desember 2026",
        "angka": "8",
        "bulan": "Desember",
        "tahun": "2026",
        "lengkap": "Selasa, 8 Desember 2026",
        "pendek": "Sel, 8 Des",
        "jam": "08.00–11.00 WITA",
        "tempat": "Balai RW 05, Desa Contoh",
        "beda": "Selasa, 8 Desember",
        "kalimat": "Selasa, 8 Desember 2026",
    }


def test_a_cancelled_day_says_so_in_its_line(
    melati: Posyandu, make_post: MakePost, services: Mapping[str, Service]
) -> None:
    found = event(make_post(), changed(melati, cancelled=True), services)
    assert found["batal"] is True
    assert str(found["baris"]).startswith("BATAL: Selasa, 8 Desember 2026")


def test_other_hours_and_home_visits(
    melati: Posyandu, make_post: MakePost, services: Mapping[str, Service]
) -> None:
    unit = changed(melati, hours=Hours(time(9)), home_visit=True)
    found = event(make_post(), unit, services)
    assert found["jam"] == "09.00–selesai WITA"
    assert found["kunjungan_rumah"] is True
    assert found["tempat_lengkap"] == "Kunjungan ke rumah, Desa Contoh"


def test_an_unknown_service_still_reads_well(melati: Posyandu, make_post: MakePost) -> None:
    assert event(make_post(), melati, {})["layanan"] == [
        {"nama": "Timbang", "gambar": ""},
        {"nama": "Imunisasi", "gambar": ""},
    ]


def test_without_a_service_day_acara_is_empty(melati: Posyandu, make_post: MakePost) -> None:
    data = build(make_post(occurrence=None), melati, None, services={})
    assert data["acara"] == {}
    assert "kanal" not in data
    assert "format" not in data


def test_optional_fields_are_there_even_when_left_out(
    melati: Posyandu, make_post: MakePost
) -> None:
    fields = (
        FieldSpec("judul", "Judul"),
        FieldSpec("foto", "Foto", type="photo", optional=True),
        FieldSpec("bahan", "Bahan", type="list", optional=True),
        FieldSpec(
            "langkah",
            "Langkah",
            type="list",
            items=(FieldSpec("isi", "Isi"), FieldSpec("gambar", "Gambar", type="art")),
        ),
    )
    post = make_post(fields={"judul": "A", "langkah": ({"isi": "Cuci"},)})
    assert build(post, melati, None, services={}, fields=fields)["isi"] == {
        "judul": "A",
        "foto": "",
        "bahan": [],
        "langkah": [{"isi": "Cuci", "gambar": ""}],
    }


def test_the_post_its_channel_and_its_format(
    melati: Posyandu, make_post: MakePost, channels: Mapping[str, Channel]
) -> None:
    post = make_post(
        audience=(Audience.LANSIA,),
        hashtags=("posyandu melati", "#Sehat", "!"),
        sources=(Source("Buku KIA", CheckState.VERIFIED),),
    )
    data = build(
        post,
        melati,
        None,
        services={},
        sources=["Buku KIA"],
        address={"ibu": "Mama"},
    )
    assert data["postingan"] == {
        "id": "m4x7q2",
        "hari": "Senin",
        "tanggal": "7 Desember 2026",
        "jam": "18.30 WITA",
        "jenis": "jadwal",
        "jenis_nama": "Jadwal layanan",
        "bidang": "kesehatan",
        "bidang_nama": "Kesehatan",
        "sasaran": ["Lansia"],
        "tanya": "petugas puskesmas",
        "segera": False,
    }
    assert data["tagar"] == ["#posyandumelati", "#Sehat"]
    assert data["sumber"] == ["Buku KIA"] and data["sapaan"] == {"ibu": "Mama"}
    assert channel_words(channels["wa-grup"]) == {
        "id": "wa-grup",
        "nama": "Grup WhatsApp",
        "tebal": True,
        "bentuk": "short",
    }
    assert format_words(Format("feed", 1080, 1350), Insets(top=50, bottom=80)) == {
        "nama": "feed",
        "lebar": 1080,
        "tinggi": 1350,
        "ruang": 112,
        "sempit": False,
    }


@pytest.mark.parametrize(
    ("said", "urgent"),
    [
        ("Segera ke puskesmas atau RS", True),
        ("Keluar darah, segera berangkat", True),
        ("Bayi dingin: dekap, segera periksakan.", True),
        ("Tidak naik satu kali: hari itu juga ke puskesmas.", True),
        ("Ketuban pecah? Langsung ke fasilitas kesehatan.", True),
        ("Pelo? Ke IGD.", True),
        ("Bahaya saat itu juga", True),
        ("Kawan ingin menyakiti diri? Temani, segera panggil orang dewasa.", True),
        ("Segera daftar, tempat terbatas!", False),
        ("Langsung ke kantor desa", False),
        ("Jangan menunggu lama, ikan cepat basi", False),
    ],
)
def test_what_cannot_wait_is_known_by_its_words(
    melati: Posyandu, make_post: MakePost, said: str, urgent: bool
) -> None:
    post = make_post(fields={"judul": "Contoh", "langkah": ({"judul": "Satu", "isi": said},)})
    data = build(post, melati, None, services={})
    assert isinstance(data["postingan"], dict) and data["postingan"]["segera"] is urgent


@pytest.mark.parametrize(
    ("audience", "whom"),
    [
        ((Audience.BUMIL_NIFAS_BUSUI, Audience.BAYI), "bidan"),
        ((Audience.BUMIL_NIFAS_BUSUI, Audience.DEWASA), "bidan"),
        ((Audience.BAYI, Audience.LANSIA), "petugas puskesmas"),
        ((Audience.DEWASA, Audience.BUMIL_NIFAS_BUSUI), "petugas puskesmas"),
        ((Audience.BALITA_APRAS, Audience.SEKOLAH_REMAJA), "petugas puskesmas"),
        ((), "petugas puskesmas"),
    ],
)
def test_whom_to_ask_follows_whom_a_text_is_about(
    melati: Posyandu, make_post: MakePost, audience: tuple[Audience, ...], whom: str
) -> None:
    data = build(make_post(audience=audience), melati, None, services={})
    assert isinstance(data["postingan"], dict) and data["postingan"]["tanya"] == whom


def test_only_plain_data_reaches_a_template(
    melati: Posyandu, make_post: MakePost, services: Mapping[str, Service]
) -> None:
    def plain(value: object) -> bool:
        if type(value) is dict:
            return all(type(key) is str and plain(inner) for key, inner in value.items())
        if type(value) is list:
            return all(plain(inner) for inner in value)
        return type(value) in (str, bool, int)

    post = make_post()
    assert post.occurrence is not None
    data = build(post, melati, resolve(melati, post.occurrence), services=services)
    assert plain(data)


def test_a_place_names_its_village_once() -> None:
    assert full_place("Balai Desa Contoh", "Desa Contoh") == "Balai Desa Contoh"
    assert full_place("Balai RW 05", "Desa Contoh") == "Balai RW 05, Desa Contoh"
    assert hashtag("cegah stunting!") == "#cegahstunting"


_WORDS = """
from datetime import date, time
from content_kit.context import build
from content_kit.model import *
from content_kit.schedule.occurrences import resolve, occurrences
day = ServiceDay("b", "Hari buka", "selasa ke-2", Hours(time(8), time(11)), "Balai")
unit = Posyandu("i", "m", "Melati", "Desa", "", "", Zone.WITA, service_days=(day,))
ref = OccurrenceRef("b", date(2026, 12, 8))
post = Post("p", "m", date(2026, 12, 7), time(23, 30), Pillar.JADWAL, "x", (), occurrence=ref)
print(ascii(build(post, unit, resolve(unit, ref), services={})))
print(post.instant(unit.zone).isoformat(), occurrences(unit, date(2026, 1, 1), ref.date))
"""


@pytest.mark.parametrize("zone", ["Asia/Jayapura", "America/New_York"])
def test_the_machines_time_zone_changes_nothing(zone: str) -> None:
    def told(tz: str) -> bytes:
        done = subprocess.run(
            [sys.executable, "-c", _WORDS],
            env={**os.environ, "TZ": tz},
            capture_output=True,
            check=True,
        )
        return done.stdout

    assert told("UTC") == told(zone)


@pytest.mark.parametrize(
    ("change", "look"),
    [
        ({"cancelled": True}, "batal"),
        ({"moved_to": date(2026, 12, 10), "place": "Rumah RT 03"}, "hari"),
        ({"home_visit": True}, "rumah"),
        ({"place": "Rumah RT 03"}, "tempat"),
        ({"hours": Hours(time(13))}, "jam"),
        ({"reason": "Hanya alasan"}, ""),
    ],
)
def test_one_word_says_how_a_change_is_shown(
    melati: Posyandu,
    make_post: MakePost,
    services: Mapping[str, Service],
    change: dict[str, object],
    look: str,
) -> None:
    assert event(make_post(), changed(melati, **change), services)["ganti"] == look


def test_a_cancelled_day_names_the_next_one(
    melati: Posyandu, make_post: MakePost, services: Mapping[str, Service]
) -> None:
    found = event(make_post(), changed(melati, cancelled=True), services)
    assert found["berikutnya"] == "Selasa, 12 Januari 2027"
