"""What a service day becomes, read from one sentence: day, hours, place, and what is doubtful."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.model import Change, Hours, Occurrence, Zone
from content_kit.schedule.dates import long_date
from content_kit.schedule.new_day import About, NewDay, new_day

TODAY = date(2026, 11, 30)  # a Monday
OLD = Occurrence(
    "bulanan", "Hari buka", date(2026, 12, 8), date(2026, 12, 8), Hours(time(8), time(11)), "Balai"
)


def read(text: str, today: date = TODAY, old: Occurrence = OLD) -> NewDay:
    return new_day(text, today, old, Zone.WITA)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("besok", "2026-12-01"),
        ("lusa", "2026-12-02"),
        ("3 hari lagi", "2026-12-03"),
        ("minggu depan", "2026-12-15"),
        ("pekan depan", "2026-12-15"),
        ("rabu minggu depan", "2026-12-16"),
        ("hari rabu pekan depan", "2026-12-16"),
        ("jumat minggu ini", "2026-12-11"),
        ("mundur seminggu", "2026-12-15"),
        ("diundur 2 hari", "2026-12-10"),
        ("maju sehari", "2026-12-07"),
        ("dua hari kemudian", "2026-12-10"),
        ("jumat", "2026-12-11"),
        ("senin", "2026-12-07"),
        ("tgl 4", "2026-12-04"),
        ("tanggal 10", "2026-12-10"),
        ("tgl 10/1", "2027-01-10"),
        ("10/1", "2027-01-10"),
        ("tgl 10-1-27", "2027-01-10"),
        ("rabu 9/12", "2026-12-09"),
        ("rabu (9/12)", "2026-12-09"),
        ("10 des '26", "2026-12-10"),
        ("minggu depan hari kamis", "2026-12-17"),
        ("pindah ke kamis 10 desember", "2026-12-10"),
        ("diundur ke tanggal 10", "2026-12-10"),
        ("jadi hari kamis", "2026-12-10"),
        ("kamis tgl 10", "2026-12-10"),
        ("Jum'at, 11 Desember 2026", "2026-12-11"),
        ("📅 *9 Des*", "2026-12-09"),
        ("bsk", "2026-12-01"),
        ("mgg dpn", "2026-12-15"),
        ("kmis mgg depan", "2026-12-17"),
        ("mundur 1 mgg", "2026-12-15"),
        ("keesokan harinya", "2026-12-09"),
        ("sehari sebelumnya", "2026-12-07"),
        ("10 Desember 2026 (Kamis)", "2026-12-10"),
        ("hari kamis tanggal 10 bulan desember", "2026-12-10"),
        ("hari kamis tgl 10 bln 12 thn 2026", "2026-12-10"),
        ("10-Dec-26", "2026-12-10"),
        ("diadakan kamis", "2026-12-10"),
        ("di undur ke hari kamis", "2026-12-10"),
        ("tanggal sebelas desember", "2026-12-11"),
    ],
)
def test_the_day_counts_from_the_service_day(text: str, day: str) -> None:
    assert read(text).day == date.fromisoformat(day), read(text)
    assert read(text).asked == ""


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("senin", "2026-12-07"),
        ("diundur ke senin", "2026-12-14"),
        ("mundur ke tgl 5", "2027-01-05"),
        ("kamis", "2026-12-10"),
        ("dimajukan ke kamis", "2026-12-03"),
        ("maju ke tgl 10", "2026-12-10"),
    ],
)
def test_a_day_put_off_lies_later_and_one_brought_forward_earlier(text: str, day: str) -> None:
    assert read(text).day == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("jamnya diundur jadi 9-12", NewDay(hours=Hours(time(9), time(12)))),
        ("diundur jadi jam 9-12", NewDay(hours=Hours(time(9), time(12)))),
        ("kamis d rmh bu RT", NewDay(date(2026, 12, 10), place="rmh bu RT")),
        ("tempat di pindah ke langgar", NewDay(place="langgar")),
        ("di pindah ke balai desa", NewDay(place="balai desa")),
        ("kamis, jam dan tempat sama", NewDay(date(2026, 12, 10))),
        ("kamis jam 9 - slesai, tempat seperti biasa", NewDay(date(2026, 12, 10), Hours(time(9)))),
        ("di laksanakan di balai desa hari kamis", NewDay(date(2026, 12, 10), place="balai desa")),
        ("di Aula Pasar Rabu jam 9-12", NewDay(None, Hours(time(9), time(12)), "Aula Pasar Rabu")),
    ],
)
def test_words_about_changing_are_no_day_and_no_place(text: str, meant: NewDay) -> None:
    assert read(text) == meant


def test_day_hours_and_place_are_read_from_one_sentence() -> None:
    found = read("Rabu 9 Desember jam 9-12 di rumah Bu RT 03")
    assert found == NewDay(date(2026, 12, 9), Hours(time(9), time(12)), "rumah Bu RT 03")


@pytest.mark.parametrize(
    "text",
    [
        "di rumah Bu RT jam 9 s/d selesai hari rabu",
        "rabu, pukul 09.00–selesai, tempat: rumah Bu RT",
        "jam 9 sampai selesai, rabu 9/12, di rumah Bu RT",
    ],
)
def test_their_order_does_not_matter(text: str) -> None:
    assert read(text) == NewDay(date(2026, 12, 9), Hours(time(9)), "rumah Bu RT")


def test_hours_or_place_alone_leave_the_day() -> None:
    assert read("jam 9-12") == NewDay(hours=Hours(time(9), time(12)))
    assert read("di Balai RW 05") == NewDay(place="Balai RW 05")


@pytest.mark.parametrize(
    ("about", "text", "meant"),
    [
        ("hours", "9-12", NewDay(hours=Hours(time(9), time(12)))),
        ("hours", "jam 9 sampai selesai", NewDay(hours=Hours(time(9)))),
        (
            "hours",
            "jam 9-12 tanggal 9 desember",
            NewDay(date(2026, 12, 9), Hours(time(9), time(12))),
        ),
        ("place", "Pos 3", NewDay(place="Pos 3")),
        ("place", "Gang Sabtu", NewDay(place="Gang Sabtu")),
        (
            "place",
            "Rumah Ibu RT 02, jam 9-12",
            NewDay(None, Hours(time(9), time(12)), "Rumah Ibu RT 02"),
        ),
        ("place", "Balai, hari rabu", NewDay(date(2026, 12, 9), place="Balai")),
    ],
)
def test_what_was_asked_for_decides_what_bare_words_are(
    about: About, text: str, meant: NewDay
) -> None:
    assert new_day(text, TODAY, OLD, Zone.WITA, about=about) == meant


@pytest.mark.parametrize(
    ("about", "text", "told"),
    [
        ("hours", "08.00-11.00", "Jamnya memang itu"),
        ("hours", "jam 9", "Sampai jam berapa"),
        ("hours", "siang", "jam berapa"),
        ("hours", "entah", "tidak terbaca"),
        ("place", "Balai", "Tempatnya memang itu"),
    ],
)
def test_what_is_no_change_or_unclear_is_said(about: About, text: str, told: str) -> None:
    assert told in new_day(text, TODAY, OLD, Zone.WITA, about=about).asked


def test_a_start_alone_is_asked_back_and_the_rest_is_kept() -> None:
    found = read("9 desember jam 9 di rumah bu RT")
    assert (found.day, found.hours, found.place) == (date(2026, 12, 9), None, "rumah bu RT")
    assert "Sampai jam berapa" in found.asked and not found.clear


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Tulis misalnya"),
        ("minggu ini", "hari apa"),
        ("besok pagi", "jam berapa"),
        ("kemarin", "sudah lewat"),
        ("8 desember", "hari yang lama"),
        ("selasa", "hari yang lama"),
        ("rabu 10/12", "Kamis, bukan Rabu"),
        ("12/21/2026", "bulan hanya sampai 12"),
        ("31/2", "tidak ada"),
        ("9 desember jam 9-12 WIB", "WITA"),
        ("9 desember entah", "entah"),
        ("9/12 atau 10/12", "tidak terbaca"),
        ("9999 minggu lagi", "tidak terbaca"),
    ],
)
def test_what_is_unclear_is_asked(text: str, told: str) -> None:
    found = read(text)
    assert told in found.asked and not found.clear


def test_a_far_day_and_an_unusual_weekend_are_doubted() -> None:
    far = read("12/9/2027")
    assert far.day == date(2027, 9, 12) and far.asked == ""
    assert ["278 hari sesudah" in far.doubts[0], "hari Minggu" in far.doubts[1]] == [True, True]
    assert read("9/12").doubts == ()
    assert len(read("sabtu").doubts) == 1
    assert new_day("sabtu", TODAY, OLD, Zone.WITA, usual=(5,)).doubts == ()


def test_a_moved_day_goes_back_to_its_own_day_without_a_doubt() -> None:
    sunday = replace(OLD, original=date(2026, 12, 6), date=date(2026, 12, 8))
    assert read("6 desember", old=sunday) == NewDay(date(2026, 12, 6))


def test_a_cancelled_day_may_come_back() -> None:
    cancelled = replace(OLD, change=Change(OLD.original, cancelled=True))
    assert read("8 desember", old=cancelled).clear


@given(st.dates(TODAY, date(2099, 12, 31)).filter(lambda day: day != OLD.date))
def test_a_day_as_we_print_it_is_read_and_far_ones_are_doubted(day: date) -> None:
    found = read(long_date(day))
    assert found.day == day and found.clear
    assert any("Benar?" in doubt for doubt in found.doubts) or (day - OLD.date).days <= 60


WORDS = re.findall(
    r"\S+",
    "rabu minggu depan besok 9 desember 9/12 jam 9-12 di rumah bu RT mundur 2 hari tgl 31 ke-2"
    " sore selesai , . / ( )",
)


@given(
    st.text(max_size=40) | st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join),
    st.sampled_from(["day", "hours", "place"]),
)
def test_any_text_is_something_clear_or_a_question(text: str, about: About) -> None:
    found = new_day(text, TODAY, OLD, Zone.WITA, about=about)
    assert found.clear != bool(found.asked)
