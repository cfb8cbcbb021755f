"""A sentence about a service day becomes rule, hours and place; no word of it is lost."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.files.hours import written
from content_kit.files.plain import tidy
from content_kit.model import Zone
from content_kit.schedule.clauses import Clauses, clauses
from content_kit.schedule.sentence import told
from content_kit.schedule.words import understand


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (
            "Rabu minggu ke-2 dan ke-4, pukul 09:00-12:00 di Balai Desa",
            ("Rabu kedua dan keempat tiap bulan", "09.00-12.00", "Balai Desa"),
        ),
        (
            "Setiap tanggal 5 di Balai RW 03 jam 8 pagi s/d selesai",
            ("tanggal 5 tiap bulan", "08.00-selesai", "Balai RW 03"),
        ),
        (
            "Di rumah Ibu Rusminah (samping langgar), tiap Kamis jam 8 sampai 11",
            ("tiap Kamis", "08.00-11.00", "rumah Ibu Rusminah (samping langgar)"),
        ),
        (
            "Selasa ke-2, Poskesdes Mawar, 0800-1100",
            ("Selasa kedua tiap bulan", "08.00-11.00", "Poskesdes Mawar"),
        ),
        (
            "tempat: Balai RW 05, jam: 08.00 - 11.00, hari: selasa ke-2",
            ("Selasa kedua tiap bulan", "08.00-11.00", "Balai RW 05"),
        ),
        (
            "Minggu, 16 Agt 2026 · 07.00–09.00 WITA",
            ("Minggu 16 Agustus 2026", "07.00-09.00", ""),
        ),
        (
            "Selasa minggu kedua di Balai Desa setiap bulan",
            ("Selasa kedua tiap bulan", "", "Balai Desa"),
        ),
        (
            "di laksanakan setiap rabu ke 2 di Balai Desa jam 8:00 AM - 11:00 AM",
            ("Rabu kedua tiap bulan", "08.00-11.00", "Balai Desa"),
        ),
        (
            "kegiatan di mulai jam 08.oo s / d slesai tiap rabu ke 1",
            ("Rabu pertama tiap bulan", "08.00-selesai", ""),
        ),
        ("Hari Senin (minggu ke 1) (08.00-11.00)", ("Senin pertama tiap bulan", "08.00-11.00", "")),
        ("tanggal sebelas @ Masjid Al-Ikhlas", ("tanggal 11 tiap bulan", "", "Masjid Al-Ikhlas")),
    ],
)
def test_day_hours_and_place_are_taken_apart(text: str, meant: tuple[str, str, str]) -> None:
    found = told(text, Zone.WITA)
    assert found.rule is not None and not found.asked, found.findings
    hours = written(found.hours) if found.hours else ""
    assert (found.rule.sentence(), hours, found.place) == meant
    assert understand(found.day)[0] == found.rule


def test_what_is_unclear_about_the_hours_is_asked_and_the_days_are_kept() -> None:
    found = told("Selasa Ke-2 & Ke-4, pukul 17.00 WIB")
    assert found.rule is not None and found.hours is None
    assert ["Sampai jam berapa" in each.message for each in found.asked] == [True]


def test_hours_of_another_zone_are_asked_back() -> None:
    found = told("selasa ke-2 08.00-11.00 WIB", Zone.WITA)
    assert found.hours is None and "WIB" in found.asked[0].message


@pytest.mark.parametrize(
    "text",
    [
        "selasa ke-2 jam 8-11 dan kamis ke-4 jam 9-12",
        "selasa ke-2 di balai, kamis ke-4 di masjid",
    ],
)
def test_two_hours_or_places_are_two_service_days(text: str) -> None:
    found = told(text)
    assert found.rule is None and "hari buka sendiri" in found.asked[0].hint


@pytest.mark.parametrize(
    ("rule", "hint"),
    [
        (
            "rabu ke-2, pukul 09:00-12:00 di Balai Desa",
            "Tulis aturan: rabu ke-2; jam: 09.00-12.00; tempat: Balai Desa.",
        ),
        ("tanggal 5 di Balai Desa", "Tulis aturan: tanggal 5; tempat: Balai Desa."),
        ("tiap rabu jam 8", "Tulis aturan: tiap rabu; jam: 8."),
    ],
)
def test_in_a_file_the_finding_says_what_to_write_where(rule: str, hint: str) -> None:
    found, findings = understand(rule)
    assert found is None and [each.hint for each in findings] == [hint]


@pytest.mark.parametrize(
    "text",
    [
        "selasa ke-2",
        "tanggal 8-12",
        "8.12",
        "5.12.2026",
        "2026-12-05",
        "minggu ke dua hari selasa",
        "sabtu-minggu",
        "senin di minggu ke-1",
        "tanggal 31",
    ],
)
def test_a_day_alone_has_no_hours_and_no_place(text: str) -> None:
    assert clauses(text) == Clauses(text)


JOINTS = {"di", "ke", "pada", "dan", "tempat", "bertempat", "pindah", "-"}
WORDS = re.findall(
    r"\S+",
    "selasa rabu ke-2 dan , di Balai Rumah Siti jam 8 pukul 09.00-11.00 pagi s/d selesai tiap"
    " tanggal 5 minggu bakda asar 8/12 (08.00) tempat",
)


@given(st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join))
def test_no_word_is_lost(text: str) -> None:
    found = clauses(text)
    kept = re.findall(r"\w+", f"{found.day} {found.hours} {found.place}".casefold())
    given_words = re.findall(r"\w+", tidy(text).casefold())
    assert [word for word in given_words if word not in kept and word not in JOINTS] == []


@given(st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join))
def test_any_text_is_understood_or_asked(text: str) -> None:
    found = told(text, Zone.WITA)
    assert found.rule is not None or found.asked


CORPUS = [
    ("setiap tanggal 5 bulan berjalan", [5]),
    ("serentak pada tanggal 18", [18]),
    ("Setiap Tanggal 1 Awal Bulan", [1]),
    ("tanggal 10 (sepuluh)", [10]),
    ("tanggal sebelas", [11]),
    ("tanggal dua puluh lima", [25]),
    ("*Selasa* ke-2", [8]),
    ("📅 Selasa ke-2!", [8]),
    ("selasa ke-2 (kedua)", [8]),
    ("Setiap Sabtu & Minggu", [5, 6, 12, 13, 19, 20, 26, 27]),
    ("Sabtu, Minggu ke-4 setiap bulan", [26]),
    ("kamis ke-5", [31]),
    ("tanggal 31", [31]),
    ("5/12/26", [5]),
]


@pytest.mark.parametrize(("text", "days"), CORPUS)
def test_phrases_from_pages_of_real_posyandu(text: str, days: list[int]) -> None:
    found = told(text)
    assert found.rule is not None and not found.asked, found.findings
    assert [day.day for day in found.rule.dates(date(2026, 12, 1), date(2026, 12, 31))] == days


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Jumat dan Minggu Pertama Setiap Bulan", "hari Minggu atau pekan"),
        ("senin, rabu, minggu ke-2", "hari Minggu atau pekan"),
        ("setiap sabtu dan minggu ke-2", "hari Minggu atau pekan"),
        ("Senin/Selasa di Minggu ke-1", "salah satu"),
        ("selasa minggu 2/4", "salah satu"),
        ("tgl 8/12", "tahun berapa"),
        ("tanggal 1/15", "salah satu"),
        ("12/21/2026", "tidak ada"),
        ("46367", "nomor tanggal Excel, artinya 11 Desember 2026"),
        ("tanggal 10 (sebelas)", "belum terbaca"),
        ("tanggal 25 awal bulan", "tidak cocok"),
        ("sebulan sekali setiap hari Minggu", "setiap minggu"),
    ],
)
def test_phrases_that_must_be_asked(text: str, asked: str) -> None:
    found = told(text)
    assert found.rule is None and asked in found.asked[0].message


@pytest.mark.parametrize(
    "word", ["mulai buka dari pada waktu ", "jam ", "di balai ", "(8-", "8 pagi "]
)
def test_a_very_long_text_is_asked_for_at_once(word: str) -> None:
    assert "terlalu panjang" in told(word * 1000).asked[0].message
