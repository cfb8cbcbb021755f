"""Opening hours as people write them become hours, or the one thing to ask."""

from __future__ import annotations

import re
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.files.hours import (
    NO_END,
    clock_in,
    hours_in,
    hours_with_question,
    written,
    zone_in,
)
from content_kit.findings import Finding
from content_kit.model import Hours, Zone
from content_kit.schedule.dates import hours

READ = [
    ("08.00-11.00", "08.00-11.00"),
    ("08:00 - 11:00", "08.00-11.00"),
    ("08:00:00-11:00:00", "08.00-11.00"),
    ("8-11", "08.00-11.00"),
    ("8 – 11", "08.00-11.00"),
    ("8~11", "08.00-11.00"),
    ("08.00 → 11.00", "08.00-11.00"),
    ("8.00-11.00 WITA", "08.00-11.00"),
    ("08.00 WITA s/d 11.00 WITA", "08.00-11.00"),
    ("08.00 waktu setempat - 11.00", "08.00-11.00"),
    ("pukul 08.00 Waktu Indonesia Tengah hingga 11.00", "08.00-11.00"),
    ("jam 8 sampai 11", "08.00-11.00"),
    ("Jam 8 sampai dengan jam 11", "08.00-11.00"),
    ("pkl. 08.00 s/d pkl. 11.00", "08.00-11.00"),
    ("08.00 s.d. 11.00", "08.00-11.00"),
    ("08.00 sd 11.00", "08.00-11.00"),
    ("08,00-11,00", "08.00-11.00"),
    ("08. 00 - 11. 00", "08.00-11.00"),
    ("0800-1100", "08.00-11.00"),
    ("730-1000", "07.30-10.00"),
    ("8.3-11.0", "08.30-11.00"),
    ("buka pukul 08.00 sampai 11.00", "08.00-11.00"),
    ("dari jam delapan sampai jam sebelas", "08.00-11.00"),
    ("⏰ *08.00 - 11.00* ", "08.00-11.00"),
    ("(08.00-11.00)", "08.00-11.00"),
    ("٠٨.٠٠-١١.٠٠", "08.00-11.00"),
    ("7 pagi - 10 pagi", "07.00-10.00"),
    ("pagi 8-11", "08.00-11.00"),
    ("8-11 siang", "08.00-11.00"),
    ("9 sampai 1 siang", "09.00-13.00"),
    ("jam 4 sore sampai 6 sore", "16.00-18.00"),
    ("jam 4 sampai 6 sore", "16.00-18.00"),
    ("jam 4 sore sampai 6", "16.00-18.00"),
    ("jam 5 sore s/d 7 malam", "17.00-19.00"),
    ("15.30-17.30 sore", "15.30-17.30"),
    ("08.00 WITA - slsai", "08.00-selesai"),
    ("jm 8 sampe slese", "08.00-selesai"),
    ("08.00 --- 11.00", "08.00-11.00"),
    ("08.00 s / d 11.00", "08.00-11.00"),
    ("08.oo-11.oo", "08.00-11.00"),
    ("08 00 - 11 00", "08.00-11.00"),
    ("8:00 AM - 11:00 AM", "08.00-11.00"),
    ("2 - 4 p.m.", "14.00-16.00"),
    ("dr jam 8 teng sampai jam 11", "08.00-11.00"),
    ("Jam pelayanan: 08.00-11.00", "08.00-11.00"),
    ("antara jam 8 sampai 11", "08.00-11.00"),
    ("jam 8 baisukan s/d 11", "08.00-11.00"),
    ("stgh 9 sampai 11", "08.30-11.00"),
    ("jam 1/2 8 - 10", "07.30-10.00"),
    ("setengah 8 sampai 10", "07.30-10.00"),
    ("setengah 8 malam - 9 malam", "19.30-21.00"),
    ("jam setengah 1 siang sampai 3", "12.30-15.00"),
    ("03.00-05.00", "03.00-05.00"),
    ("08.00 s/d selesai", "08.00-selesai"),
    ("8 sampai selesai", "08.00-selesai"),
    ("pukul 08.00 WITA - Selesai", "08.00-selesai"),
    ("08.00 selesai", "08.00-selesai"),
    ("mulai jam 8 pagi", "08.00-selesai"),
    ("jam 8 sampai habis", "08.00-selesai"),
]
ASKED = [
    ("", "belum diisi"),
    ("jam 8 pagi", "Sampai jam berapa"),
    ("sore jam 4", "16.00-19.00"),
    ("18.30", "18.30-selesai"),
    ("08.00 sampai", "sampai jam berapa"),
    ("s/d 11.00", "mulai jam berapa"),
    ("selesai", "jam berapa"),
    ("pagi sampai siang", "jam berapa"),
    ("bakda asar", "Waktu salat"),
    ("ba'da sholat ashar s/d maghrib", "Waktu salat"),
    ("13-11", "Maksudnya 11.00-13.00"),
    ("8 sampai 1", "Maksudnya 08.00-13.00"),
    ("8-8", "08.00-20.00"),
    ("8-25", "tidak ada"),
    ("08.75-11.00", "tidak ada"),
    ("24 jam", "tidak terbaca"),
    ("4-6", "16.00-18.00 kalau sore"),
    ("8.5-11", "menit"),
    ("12 malam sampai 3", "belum jelas"),
    ("20.00 pagi - 21.00", "belum jelas"),
    ("8 pagi siang - 11", "tidak terbaca"),
    ("08.00-11.00 dan 13.00-15.00", "lebih dari satu rentang"),
    ("08.00 11.00", "mulai dan selesainya"),
    ("08.00 WIB s/d 11.00 WIB", "tulis 09.00-12.00"),
    ("08.00-11.00 WIT", "tulis 07.00-10.00"),
    ("08.00 WIB - 11.00 WITA", "dua zona"),
    ("2026-11-08", "Excel"),
    ("08.00-11.00 kecuali jumat", '"kecuali" belum kami pahami'),
    ("x" * 500, "terlalu panjang"),
]


@pytest.mark.parametrize(("text", "meant"), READ)
def test_what_people_write_is_read(text: str, meant: str) -> None:
    found = hours_in(text, Zone.WITA)
    assert isinstance(found, Hours), found
    assert written(found) == meant


@pytest.mark.parametrize(("text", "told"), ASKED)
def test_what_is_missing_is_asked(text: str, told: str) -> None:
    found = hours_in(text, Zone.WITA)
    assert isinstance(found, Finding), found
    assert told in f"{found.message} {found.hint}"


def test_every_question_shows_an_example_that_can_be_read() -> None:
    for text, _ in ASKED:
        found = hours_in(text, Zone.WITA)
        assert isinstance(found, Finding)
        examples = [word.strip(".,?") for word in found.hint.split() if "-" in word]
        assert all(isinstance(hours_in(each), Hours) for each in examples), found.hint
        assert examples or "23.59" in found.hint


def test_a_start_alone_is_an_open_end_and_a_question() -> None:
    found, asked = hours_with_question("08.00")
    assert found == Hours(time(8)) and asked is not None and asked.code == NO_END


def test_the_zone_is_found_wherever_it_stands() -> None:
    assert zone_in("08.00 WIB - 11.00") is Zone.WIB
    assert zone_in("pukul 8 waktu indonesia timur") is Zone.WIT
    assert zone_in("08.00-11.00") is None


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("18.30", time(18, 30)),
        ("18:30", time(18, 30)),
        ("1830", time(18, 30)),
        ("18.3", time(18, 30)),
        ("pukul 18.30 WITA", time(18, 30)),
        ("jam 6 sore", time(18)),
        ("setengah 7 malam", time(18, 30)),
        ("8", time(8)),
    ],
)
def test_one_time_of_day_is_read(text: str, at: time) -> None:
    assert clock_in(text, Zone.WITA) == at


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "belum diisi"),
        ("25", "tidak ada"),
        ("4", "Tulis 16.00 kalau sore"),
        ("18-20", "Tulis misalnya 18.30"),
        ("bakda isya", "Tulis misalnya 18.30"),
        ("18.30 WIB", "Kalau WIB, tulis 19.30"),
    ],
)
def test_a_time_that_is_unclear_is_asked_with_a_time_as_example(text: str, told: str) -> None:
    found = clock_in(text, Zone.WITA)
    assert isinstance(found, Finding) and told in f"{found.message} {found.hint}"


def test_a_zone_is_never_passed_over() -> None:
    assert isinstance(clock_in("18.30 WITA"), Finding)


clocks = st.times().map(lambda at: at.replace(second=0, microsecond=0))
spans = st.tuples(clocks, st.none() | clocks).filter(lambda pair: not pair[1] or pair[0] < pair[1])


@given(spans.map(lambda pair: Hours(*pair)), st.sampled_from(Zone))
def test_hours_as_we_print_and_write_them_read_back(span: Hours, zone: Zone) -> None:
    assert hours_in(written(span), zone) == span
    assert hours_in(hours(span, zone), zone) == span


WORDS = re.findall(
    r"\S+",
    "jam pukul 8 11 08.00 25 setengah pagi sore malam sampai s/d - selesai WIB WITA mulai dan bakda"
    " asar ( ) , kecuali 0800 delapan",
)


@given(st.text(max_size=40) | st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join))
def test_any_text_is_hours_or_a_question(text: str) -> None:
    found = hours_in(text, Zone.WITA)
    assert isinstance(found, Hours) or (found.message and found.hint)


@given(
    spans.map(lambda pair: Hours(*pair)), st.from_regex(r"[b-df-hj-np-tv-z]{4,9}", fullmatch=True)
)
def test_no_word_is_dropped_silently(span: Hours, word: str) -> None:
    found = hours_in(f"{written(span)} {word}")
    assert isinstance(found, Finding) and word in found.message


@given(spans.map(lambda pair: Hours(*pair)))
def test_an_open_end_closes_the_same_day_and_never_before_it_opens(span: Hours) -> None:
    assert span.closes >= span.start
