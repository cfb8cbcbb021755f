"""The typed getters give the value or a default, and tell every problem with its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.files.reader import (
    Findings,
    Reader,
    places,
    plain,
    read_clock,
    read_date,
    read_hours,
    tell_cuts,
)
from content_kit.files.yaml import Map, Scalar, parse
from content_kit.findings import Level, Place, clipped
from content_kit.model import Audience, Hours, Pillar

AT = Place("x.yaml", 14, 14, "postingan[m4x7q2].tanggal")


def reader(text: str) -> Reader:
    node, findings = parse(text, "x.yaml")
    assert findings == []
    assert isinstance(node, Map)
    return Reader(node, Findings())


def told(read: Reader) -> list[str]:
    return [finding.sentence() for finding in read.findings]


def test_a_wrong_date_is_told_as_promised() -> None:
    findings = Findings()
    assert read_date("2026-02-30", AT, findings) is None
    assert findings[0].sentence() == (
        'x.yaml:14:14: postingan[m4x7q2].tanggal: tanggal "2026-02-30" tidak ada. '
        "Februari 2026 hanya sampai 28."
    )


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("2026-13-01", "Bulan hanya 01 sampai 12."),
        ("0000-01-01", "Tulis tahun dengan empat angka."),
        ("2028-02-30", "Februari 2028 hanya sampai 29."),
        ("9999-12-32", "Desember 9999 hanya sampai 31."),
        ("2026-12-00", "Desember 2026 hanya sampai 31."),
        ("8 Desember 2026", "Tulis tahun-bulan-tanggal, misalnya 2026-12-08."),
        ("2026-12-8", "Tulis tahun-bulan-tanggal, misalnya 2026-12-08."),
        ("٢٠٢٦-١٢-٠٨", "Tulis tahun-bulan-tanggal, misalnya 2026-12-08."),
    ],
)
def test_dates_that_do_not_exist(text: str, hint: str) -> None:
    findings = Findings()
    assert read_date(text, AT, findings) is None
    assert findings[0].hint == hint


@given(st.dates())
def test_every_date_is_read_back(day: date) -> None:
    findings = Findings()
    assert read_date(day.isoformat(), AT, findings) == day
    assert findings == []


@given(st.text(max_size=20) | st.from_regex(r"[0-9]{1,4}[-.:][0-9]{1,2}[-.:][0-9]{1,2}"))
def test_any_text_is_a_value_or_one_finding(text: str) -> None:
    readings: list[Callable[[str, Place, Findings], object]] = [read_date, read_clock]
    for read in readings:
        findings = Findings()
        assert (read(text, AT, findings) is None) == (len(findings) == 1)


def test_times_and_hours() -> None:
    findings = Findings()
    assert read_clock("18.30", AT, findings) == time(18, 30)
    assert read_clock("8:05", AT, findings) == time(8, 5)
    assert read_hours("08.00-11.00", AT, findings) == Hours(time(8), time(11))
    assert read_hours("08.00 – 11.00", AT, findings) == Hours(time(8), time(11))
    assert read_hours("08.00-selesai", AT, findings) == Hours(time(8))
    assert findings == []
    for wrong in ("24.00", "18.60", "1830", "18.30 WITA", ""):
        assert read_clock(wrong, AT, findings) is None
    assert read_hours("11.00-08.00", AT, findings) is None
    assert {finding.code for finding in findings} == {"jam-salah"}


def test_words_are_typed_by_their_field() -> None:
    read = reader("kode: 0712\njam: 10:30\nlibur: no\nangka: 1,5\nya: ya\n")
    assert read.text("kode") == "0712"
    assert read.clock("jam") == time(10, 30)
    assert read.text("libur") == "no"
    assert read.number("angka") == 1.5
    assert read.flag("ya")
    read.finish()
    assert told(read) == []


def test_locked_words_suggest_the_nearest() -> None:
    read = reader("jenis: jadwl\nsasaran: [bayi, balta_apras]\n")
    assert read.choice("jenis", Pillar) is None
    assert read.choices("sasaran", Audience) == (Audience.BAYI,)
    assert told(read) == [
        'x.yaml:1:8: jenis: "jadwl" tidak dikenal. Maksudnya "jadwal"?',
        'x.yaml:2:17: sasaran[2]: "balta_apras" tidak dikenal. Maksudnya "balita_apras"?',
    ]


def test_unknown_keys_suggest_the_nearest() -> None:
    read = reader("tangal: 1\nzzz: 2\n")
    read.text("tanggal")
    read.finish()
    assert [finding.hint for finding in read.findings] == [
        'Maksudnya "tanggal"?', "Yang ada: tanggal.",
    ]  # fmt: skip


@pytest.mark.parametrize("empty", ["a:\n", "a: ~\n", "a: null\n", "b: 1\n"])
def test_an_empty_value_counts_as_missing(empty: str) -> None:
    read = reader(empty)
    assert read.text("a", required=True) == ""
    assert [finding.code for finding in read.findings] == ["wajib-diisi"]


def test_the_wrong_shape_is_told() -> None:
    read = reader("a: [1]\nb: c\nd: [[1]]\n")
    assert read.text("a") == ""
    assert read.child("b") is None
    assert list(read.children("b")) == []
    assert read.texts("d") == ()
    assert list(read.children("d")) == []
    assert len(read.findings) == 5
    assert all(finding.place.line for finding in read.findings)


@pytest.mark.parametrize("wrong", ["nan", "inf", "-inf", "1e999", "x", "1_0x", "0x10"])
def test_numbers_are_numbers(wrong: str) -> None:
    read = reader(f"a: {wrong}\n")
    assert read.number("a", default=7) == 7
    assert len(read.findings) == 1


def test_plain_values_and_their_places() -> None:
    read = reader("isi:\n  judul: ' x '\n  langkah: [a, {b: c}]\n  kosong:\n")
    node = read.node.get("isi")
    assert isinstance(node, Map)
    assert plain(node) == {"judul": "x", "langkah": ("a", {"b": "c"}), "kosong": ""}
    assert plain(Scalar("𝗕𝗲𝘀𝗼𝗸 kita \u200bbuka 🎉", node.place, 0, 0)) == "Besok kita buka 🎉"
    found = dict(places(node, "isi"))
    assert found["isi.langkah.1.b"] == Place("x.yaml", 3, 20, "isi.langkah.1.b")


def test_too_many_problems_end_with_one_that_says_so() -> None:
    findings = Findings()
    part = findings.part()
    for number in range(1000):
        part.at("nilai-salah", str(number), AT)
        findings.at("id-kosong", str(number), AT)
    assert len(part) == Findings.MOST + 1
    assert part[-1].code == "batas-terlampaui"
    assert part.full
    assert findings.full
    assert sum(finding.level is Level.INFO for finding in findings) == 1000


def test_a_message_stays_short_whatever_a_file_holds() -> None:
    assert clipped("x" * 100) == "x" * 39 + "…"
    long = "y" * 100_000
    read = reader(f"jenis: {long}\n{long}: 1\n" if len(long) < 1000 else f"jenis: {long}\n")
    read.choice("jenis", Pillar)
    read.clock("jenis")
    read.date("jenis")
    read.number("jenis")
    read.flag("jenis")
    assert all(len(sentence) < 300 for sentence in told(read))


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ('"\\u202a+62 812-0000-0001\\u202c"', "+62 812-0000-0001"),
        ('"Balai\\x0bRW 5"', "Balai RW 5"),
        ('"Balai\\nRW  5"', "Balai RW 5"),
        ('"posyandu\\u202e.kenanga\\e]0;x\\a"', "posyandu.kenanga]0;x"),
        ("𝗣𝗼𝘀𝘆𝗮𝗻𝗱𝘂 🌸", "Posyandu 🌸"),
    ],
)
def test_a_name_is_cleaned_and_on_one_line(written: str, name: str) -> None:
    read = reader(f"nama: {written}\n")
    assert read.name("nama") == name
    assert told(read) == []


@pytest.mark.parametrize("written", ["🌸", "❤️❤️", "'!!!'", '"\\u200b"'])
def test_emoji_alone_name_nothing(written: str) -> None:
    read = reader(f"nama: {written}\ntempat: [{written}, Balai]\n")
    assert read.name("nama", required=True) == ""
    (said,) = told(read)
    assert "nama" in said


def test_emoji_alone_in_a_list_are_told_and_left_out() -> None:
    read = reader("tempat: [🏠, Balai RW 5]\n")
    assert read.names("tempat") == ("Balai RW 5",)
    assert [finding.place.field for finding in read.findings] == ["tempat[1]"]


def test_words_lost_to_a_hash_are_told_with_their_place() -> None:
    node, _ = parse(
        "isi:\n  judul: Ayo ke posyandu #sehat bersama\ntagar: #Melati\nid: a # ya\n", "x.yaml"
    )
    findings = Findings()
    assert node is not None
    tell_cuts(node, "", findings)
    assert [(f.code, f.place.line, f.place.field) for f in findings] == [
        ("teks-terpotong", 2, "isi.judul"),
        ("teks-terpotong", 3, "tagar"),
    ]
    assert "#sehat bersama" in findings[0].message
