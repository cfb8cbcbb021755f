"""The entry points: every check runs, and what a caption repeats is told once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from content_kit.checks import check_post, check_schedules
from content_kit.files.templates import FieldSpec, Template
from content_kit.findings import Place
from content_kit.model import (
    Channel,
    CheckState,
    PeopleInPhoto,
    Photo,
    Pillar,
    Post,
    Posyandu,
    Service,
    Source,
)
from content_kit.schedule.occurrences import resolve

MakePost = Callable[..., Post]
MakeTemplate = Callable[..., Template]


def test_a_good_invitation_has_no_findings(
    melati: Posyandu,
    make_post: MakePost,
    make_template: MakeTemplate,
    channels: Mapping[str, Channel],
) -> None:
    post = make_post()
    assert post.occurrence is not None
    found = check_post(
        post,
        melati,
        occurrence=resolve(melati, post.occurrence),
        template=make_template(),
        captions={
            "wa-grup": "*Besok, Selasa, 8 Desember 2026, 08.00–11.00 WITA, Balai RW 05, Desa "
            "Contoh*\n\nBesok kita buka, ayo datang!\n\nWA 0812-0000-0000"
        },
        alt_text="Pengumuman: Besok kita buka, ayo datang! Selasa, 8 Desember 2026.",
        channels=channels,
    )
    assert list(found) == []


def test_one_problem_in_field_caption_and_alt_text_is_told_once_at_the_field(
    melati: Posyandu, make_post: MakePost, channels: Mapping[str, Channel]
) -> None:
    text = "Besok buka! Bu Ani 0813-4567-8901 pasti sembuh, Senin 8 Desember 2026"
    place = Place("calendars/melati/2026-12.yaml", 15, 14, "isi.judul")
    post = make_post(fields={"judul": text}, places={"isi.judul": place})
    assert post.occurrence is not None
    found = list(
        check_post(
            post,
            melati,
            occurrence=resolve(melati, post.occurrence),
            captions={"wa-grup": text, "fb": text},
            alt_text=text,
            channels=channels,
        )
    )
    assert [(finding.code, finding.place) for finding in found] == [
        ("klaim-berlebihan", place),
        ("nomor-warga", place),
        ("hari-salah", place),
    ]


def test_all_kinds_of_problems_are_collected(
    melati: Posyandu,
    make_post: MakePost,
    make_template: MakeTemplate,
    channels: Mapping[str, Channel],
) -> None:
    post = make_post(
        pillar=Pillar.EDUKASI,
        channels=("wa",),
        occurrence=None,
        fields={
            "judul": "NIK 6303015208900001, lahir 3 Mei 2024, obat ajaib",
            "foto": "a.jpg",
            "x": "y",
        },
        sources=(Source("Blog", CheckState.UNVERIFIED),),
    )
    found = check_post(
        post,
        melati,
        template=make_template(FieldSpec("judul", "Judul"), FieldSpec("foto", "Foto", "photo")),
        photos={"a.jpg": Photo("a.jpg", PeopleInPhoto.CHILDREN)},
        channels=channels,
    )
    assert [finding.code for finding in found] == [
        "kanal-tidak-dikenal",
        "kunci-tidak-dikenal",
        "klaim-berlebihan",
        "sumber-belum-ditelaah",
        "sumber-belum-ditelaah",
        "nik",
        "tanggal-lahir",
        "foto-tanpa-izin",
    ]


def test_schedules_are_looked_at_without_a_clock(
    melati: Posyandu, services: Mapping[str, Service]
) -> None:
    assert list(check_schedules([melati], services)) == []
    (day,) = melati.service_days
    unit = replace(melati, service_days=(replace(day, rule="minggu kedua", services=("timban",)),))
    unclear, service = check_schedules([unit], services)
    assert unclear.code == "aturan-tidak-jelas"
    assert (service.code, service.hint) == ("nilai-salah", 'Maksudnya "timbang"?')


def test_two_reminders_of_one_day_differ_in_their_word(
    melati: Posyandu, make_post: MakePost, channels: Mapping[str, Channel]
) -> None:
    early = make_post(date=date(2026, 12, 6), fields={"judul": "Lusa kita buka!"})
    assert early.occurrence is not None
    day = resolve(melati, early.occurrence)
    assert list(check_post(early, melati, occurrence=day, channels=channels)) == []
    late = replace(early, date=date(2026, 12, 7))
    (finding,) = check_post(late, melati, occurrence=day, channels=channels)
    assert finding.hint == 'Ganti "lusa" menjadi "besok".'
