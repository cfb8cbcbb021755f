"""What volunteers write becomes dates, or the one question that is missing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.findings import Level, Place
from content_kit.schedule.words import (
    UNCONFIRMED,
    DateSpan,
    DayOfMonth,
    DayRange,
    EveryWeeks,
    NthWeekday,
    Part,
    Rule,
    SingleDate,
    Weekly,
    explained,
    understand,
)

YEAR = (date(2026, 1, 1), date(2026, 12, 31))

nth_weekdays = st.builds(NthWeekday, st.integers(0, 6), st.sampled_from([1, 2, 3, 4, 5, -1]))
ranges = st.tuples(st.integers(1, 30), st.integers(1, 13)).map(
    lambda pair: DayRange(pair[0], min(pair[0] + pair[1], 31))
)
spans = st.tuples(st.dates(max_value=date(9999, 1, 1)), st.integers(1, 30)).map(
    lambda pair: DateSpan(pair[0], pair[0] + timedelta(days=pair[1]))
)
parts = st.one_of(
    nth_weekdays,
    st.builds(DayOfMonth, st.integers(1, 31)),
    ranges,
    st.builds(Weekly, st.integers(0, 6)),
    st.builds(EveryWeeks, st.integers(1, 12), st.dates()),
    st.builds(SingleDate, st.dates()),
    spans,
)
rules = st.lists(parts, max_size=5, unique=True).map(lambda found: Rule(tuple(found)))
days = st.dates(date(2000, 1, 1), date(2060, 12, 31))


def rule(words: str) -> Rule:
    found, findings = understand(words)
    assert all(finding.level is Level.INFO for finding in findings), findings
    assert found is not None
    return found


def question(words: str) -> str:
    found, findings = understand(words, Place("posyandu.yaml", 16, 13))
    assert found is None
    assert [finding.code for finding in findings] == ["aturan-tidak-jelas"]
    assert findings[0].place.line == 16
    return findings[0].hint


def test_the_second_tuesdays_of_a_quarter() -> None:
    assert rule("selasa ke-2").dates(date(2026, 10, 1), date(2026, 12, 31)) == [
        date(2026, 10, 13),
        date(2026, 11, 10),
        date(2026, 12, 8),
    ]


def test_a_month_without_a_fifth_friday_has_no_service_day() -> None:
    found = rule("jumat ke-5").dates(*YEAR)
    assert [day.month for day in found] == [1, 5, 7, 10]


def test_the_last_friday_is_the_fourth_or_the_fifth() -> None:
    found = rule("jumat terakhir").dates(*YEAR)
    assert len(found) == 12
    assert all((day + timedelta(days=7)).month != day.month for day in found)


def test_lists_join_parts_and_repeat_the_weekday() -> None:
    assert rule("selasa ke-2 dan ke-4") == rule("selasa ke-2, selasa ke-4")
    assert rule("2026-12-05, 2027-01-09 dan 2027-02-06").dates(
        date(2026, 12, 1), date(2027, 1, 31)
    ) == [date(2026, 12, 5), date(2027, 1, 9)]
    assert rule("5 Desember 2026") == rule("2026-12-05")


def test_not_yet_certain_is_a_rule_without_dates() -> None:
    found = rule("Belum pasti")
    assert not found.confirmed
    assert found.dates(*YEAR) == []
    assert found.nearest(date(2026, 12, 8)) is None


def test_sunday_needs_the_word_hari_because_minggu_is_also_a_week() -> None:
    assert rule("hari minggu ke-2") == rule("ahad ke-2") == Rule((NthWeekday(6, 2),))
    assert question("minggu ke-2").startswith("Minggu ke-2 hari apa? Tulis misalnya: selasa ke-2.")
    assert "hari minggu ke-2" in question("Minggu kedua")


HASTY = (
    ("snen", 0), ("slsa", 1), ("slasa", 1), ("selsa", 1), ("rbo", 2), ("kmis", 3), ("jmat", 4),
    ("jumah", 4), ("sbtu", 5), ("sptu", 5),
)  # fmt: skip
EIGHTH_OF_DECEMBER = (
    "Hari/Tanggal : Selasa, 8 Desember 2026",
    "Hari / Tgl : Slasa, 8 Des 2026",
    "8 Desember 2026 (Selasa)",
    "8 Des 26",
    "8 Desember '26",
    "8-Des-2026",
    "8-Dec-26",
    "8/Des/2026",
    "Tuesday, December 8, 2026",
    "2026/12/08",
    "tanggal 8 bulan Desember tahun 2026",
)

UNDERSTOOD: tuple[tuple[str, tuple[Part, ...]], ...] = (
    ("selasa ke-2", (NthWeekday(1, 2),)),
    ("Kam mg-2", (NthWeekday(3, 2),)),
    ("kam mg 2", (NthWeekday(3, 2),)),
    ("sls ke 2", (NthWeekday(1, 2),)),
    ("SLS KE2", (NthWeekday(1, 2),)),
    ("Selasa minggu kedua", (NthWeekday(1, 2),)),
    ("selasa minggu ke-2", (NthWeekday(1, 2),)),
    ("Selasa ke dua", (NthWeekday(1, 2),)),
    ("selasa ke-dua", (NthWeekday(1, 2),)),
    ("Selasa II", (NthWeekday(1, 2),)),
    ("selasa mg II", (NthWeekday(1, 2),)),
    ("minggu kedua hari Selasa", (NthWeekday(1, 2),)),
    ("minggu ke-2 hari selasa setiap bulan", (NthWeekday(1, 2),)),
    ("setiap selasa minggu kedua", (NthWeekday(1, 2),)),
    ("setiap bulan minggu ke 2 hari rabu", (NthWeekday(2, 2),)),
    ("tiap bulan, selasa ke-2", (NthWeekday(1, 2),)),
    ("selasa ke-2 dan ke-4", (NthWeekday(1, 2), NthWeekday(1, 4))),
    ("selasa ke 2 & 4", (NthWeekday(1, 2), NthWeekday(1, 4))),
    ("selasa mg 2 & 4", (NthWeekday(1, 2), NthWeekday(1, 4))),
    ("selasa minggu ke-2 dan minggu ke-4", (NthWeekday(1, 2), NthWeekday(1, 4))),
    ("minggu kedua dan keempat hari selasa", (NthWeekday(1, 2), NthWeekday(1, 4))),
    ("minggu ke-2 dan ke-4, selasa", (NthWeekday(1, 2), NthWeekday(1, 4))),
    ("Selasa, minggu kedua", (NthWeekday(1, 2),)),
    ("Selasa: mg ke-2", (NthWeekday(1, 2),)),
    ("senin dan kamis minggu pertama", (NthWeekday(0, 1), NthWeekday(3, 1))),
    ("selasa ke-2 serta kamis ke-3", (NthWeekday(1, 2), NthWeekday(3, 3))),
    ("jumat terakhir", (NthWeekday(4, -1),)),
    ("jum'at minggu terakhir", (NthWeekday(4, -1),)),
    ("Jum at terakhir", (NthWeekday(4, -1),)),
    ("hari minggu ke-2", (NthWeekday(6, 2),)),
    ("ahad pertama", (NthWeekday(6, 1),)),
    ("tanggal 7", (DayOfMonth(7),)),
    ("tgl 7", (DayOfMonth(7),)),
    ("tgl. 7 tiap bulan", (DayOfMonth(7),)),
    ("setiap tanggal 13", (DayOfMonth(13),)),
    ("tgl 5 dan 20", (DayOfMonth(5), DayOfMonth(20))),
    ("tanggal 5, 12, 19", (DayOfMonth(5), DayOfMonth(12), DayOfMonth(19))),
    ("tanggal 8-12", (DayRange(8, 12),)),
    ("tgl 8 s/d 12", (DayRange(8, 12),)),
    ("tanggal 8 sampai dengan 12 bergilir", (DayRange(8, 12),)),
    ("8–12 tiap bulan", (DayRange(8, 12),)),
    ("tanggal 31", (DayOfMonth(31),)),
    ("tiap rabu", (Weekly(2),)),
    ("setiap hari rabu", (Weekly(2),)),
    ("rabu setiap minggu", (Weekly(2),)),
    ("seminggu sekali hari rabu", (Weekly(2),)),
    ("Rabu, seminggu sekali", (Weekly(2),)),
    ("tiap senin dan kamis", (Weekly(0), Weekly(3))),
    ("tiap senin-rabu", (Weekly(0), Weekly(1), Weekly(2))),
    ("tiap hari minggu", (Weekly(6),)),
    ("tiap 2 minggu mulai 2026-12-02", (EveryWeeks(2, date(2026, 12, 2)),)),
    (
        "setiap dua minggu sekali hari Rabu mulai 2 Desember 2026",
        (EveryWeeks(2, date(2026, 12, 2)),),
    ),
    ("rabu 2 minggu sekali, mulai 2 des 2026", (EveryWeeks(2, date(2026, 12, 2)),)),
    ("2 minggu sekali mulai rabu, 2 desember 2026", (EveryWeeks(2, date(2026, 12, 2)),)),
    ("tiap rabu mulai 2026-12-02", (EveryWeeks(1, date(2026, 12, 2)),)),
    ("2026-12-05", (SingleDate(date(2026, 12, 5)),)),
    ("5/12/2026", (SingleDate(date(2026, 12, 5)),)),
    ("5 Desember 2026", (SingleDate(date(2026, 12, 5)),)),
    ("Sabtu, 5 Desember 2026", (SingleDate(date(2026, 12, 5)),)),
    ("sabtu 5 des 2026", (SingleDate(date(2026, 12, 5)),)),
    (
        "5, 12 dan 19 Desember 2026",
        (
            SingleDate(date(2026, 12, 5)),
            SingleDate(date(2026, 12, 12)),
            SingleDate(date(2026, 12, 19)),
        ),
    ),
    (
        "tanggal 5 dan 19 Desember 2026",
        (SingleDate(date(2026, 12, 5)), SingleDate(date(2026, 12, 19))),
    ),
    ("9-18 Mei 2026", (DateSpan(date(2026, 5, 9), date(2026, 5, 18)),)),
    (
        "2026-12-05, 2027-01-09 dan 2027-02-06",
        (SingleDate(date(2026, 12, 5)), SingleDate(date(2027, 1, 9)), SingleDate(date(2027, 2, 6))),
    ),
    ("dua kali sebulan, selasa ke-2 dan ke-4", (NthWeekday(1, 2), NthWeekday(1, 4))),
    ("sebulan sekali, jumat ke-1", (NthWeekday(4, 1),)),
    ("belum pasti", ()),
    ("menyusul di WA", ()),
    ("pertengahan bulan, menyusul di WA", ()),
    ("nanti dikabari bidan", ()),
    ("tanggal menyusul", ()),
    ("belum ada jadwal", ()),
    ("salasa ka-2", (NthWeekday(1, 2),)),
    ("Posyandu buka tiap hari Selasa pekan ke-2", (NthWeekday(1, 2),)),
    ("selasa setiap minggu kedua", (NthWeekday(1, 2),)),
    ("selasa ke-2 dan tanggal 20", (NthWeekday(1, 2), DayOfMonth(20))),
    ("tiap bulan tanggal 10", (DayOfMonth(10),)),
    ("per tanggal 10", (DayOfMonth(10),)),
    ("Selasa minggu ke dua", (NthWeekday(1, 2),)),
    ("sls mgg ke-2", (NthWeekday(1, 2),)),
    ("slasa ke2", (NthWeekday(1, 2),)),
    ("selasa pekan kedua", (NthWeekday(1, 2),)),
    ("selasa mg-II", (NthWeekday(1, 2),)),
    ("Rebo ke-1", (NthWeekday(2, 1),)),
    ("Arba minggu pertama", (NthWeekday(2, 1),)),
    ("Jumat, minggu ketiga", (NthWeekday(4, 3),)),
    ("tiap bulan pada Sabtu ke-3", (NthWeekday(5, 3),)),
    ("tgl 1 & 15", (DayOfMonth(1), DayOfMonth(15))),
    ("tanggal 3 dan tanggal 17 setiap bulan", (DayOfMonth(3), DayOfMonth(17))),
    ("selasa ke-1 + kamis ke-3", (NthWeekday(1, 1), NthWeekday(3, 3))),
    ("setiap dua pekan mulai senin, 7 desember 2026", (EveryWeeks(2, date(2026, 12, 7)),)),
    ("Kamis minggu terakhir setiap bulan", (NthWeekday(3, -1),)),
    ("tiap tgl 20", (DayOfMonth(20),)),
    ("saban rabu", (Weekly(2),)),
    ("tiap hari senin dan kamis", (Weekly(0), Weekly(3))),
    ("5 Des 2026 dan 9 Jan 2027", (SingleDate(date(2026, 12, 5)), SingleDate(date(2027, 1, 9)))),
    ("2-6 Februari 2027", (DateSpan(date(2027, 2, 2), date(2027, 2, 6)),)),
    *((f"{day} ke-2", (NthWeekday(number, 2),)) for day, number in HASTY),
    ("- selasa ke-2", (NthWeekday(1, 2),)),
    ("tgl8", (DayOfMonth(8),)),
    ("stp tgl 8", (DayOfMonth(8),)),
    ("tiap senin rabu jumat", (Weekly(0), Weekly(2), Weekly(4))),
    ("selasa ke 2 kamis ke 4", (NthWeekday(1, 2), NthWeekday(3, 4))),
    *((words, (SingleDate(date(2026, 12, 8)),)) for words in EIGHTH_OF_DECEMBER),
    ("blm pasti", ()),
    ("masih menunggu keputusan bidan", ()),
)


@pytest.mark.parametrize(("words", "meant"), UNDERSTOOD, ids=[words for words, _ in UNDERSTOOD])
def test_how_people_write_a_schedule(words: str, meant: tuple[Part, ...]) -> None:
    assert rule(words) == Rule(meant)


UNCLEAR: tuple[tuple[str, str], ...] = (
    ("", "Tulis misalnya: selasa ke-2."),
    ("Senin dan Kamis ke-2", "Tulis misalnya: senin ke-2. Kalau setiap minggu, tulis: tiap senin."),
    (
        "minggu kedua",
        "Minggu ke-2 hari apa? Tulis misalnya: selasa ke-2. Kalau bukanya hari Minggu, tulis: hari minggu ke-2.",
    ),
    (
        "minggu ke-2",
        "Minggu ke-2 hari apa? Tulis misalnya: selasa ke-2. Kalau bukanya hari Minggu, tulis: hari minggu ke-2.",
    ),
    (
        "pertengahan bulan",
        'Hari apa? Tulis misalnya: selasa ke-2, atau tanggal 15. Kalau belum tahu, tulis "belum pasti".',
    ),
    ("awal bulan", "Hari apa? Tulis misalnya: selasa ke-1, atau tanggal 3."),
    ("akhir bulan", "Hari apa? Tulis misalnya: jumat terakhir, atau tanggal 28."),
    ("hari kerja", "Hari apa dan minggu ke berapa? Tulis misalnya: selasa ke-2."),
    ("hari kerja pertama", "Hari apa dan minggu ke berapa? Tulis misalnya: selasa ke-2."),
    ("dua kali sebulan", "Tulis misalnya: selasa ke-2 dan ke-4."),
    ("sebulan sekali", "Tulis misalnya: selasa ke-2."),
    ("2x sebulan", "Tulis misalnya: selasa ke-2 dan ke-4."),
    ("Senin Wage", "Tanggal berapa saja? Tulis satu per satu, misalnya: 2026-12-07, 2027-01-11."),
    ("Selasa", "Tulis misalnya: selasa ke-2. Kalau setiap minggu, tulis: tiap selasa."),
    (
        "hari minggu",
        "Tulis misalnya: hari minggu ke-2. Kalau setiap minggu, tulis: tiap hari minggu.",
    ),
    ("Selasa 2", "Yang mana? Tulis: selasa ke-2, atau: tanggal 2."),
    ("selasa-2", "Yang mana? Tulis: selasa ke-2, atau: tanggal 2."),
    ("selasa, rabu", "Tulis misalnya: selasa ke-2. Kalau setiap minggu, tulis: tiap selasa."),
    ("setiap hari", "Tulis harinya, misalnya: tiap senin dan kamis."),
    (
        "tiap minggu",
        "Tulis misalnya: tiap rabu. Kalau bukanya hari Minggu, tulis: tiap hari minggu.",
    ),
    ("tiap bulan", 'Tulis misalnya: selasa ke-2. Kalau belum tahu, tulis "belum pasti".'),
    ("minggu depan", "Tanggal berapa? Tulis misalnya: 8 Desember 2026."),
    ("selasa depan", "Tanggal berapa? Tulis misalnya: 8 Desember 2026."),
    ("besok", "Tanggal berapa? Tulis misalnya: 8 Desember 2026."),
    ("2 minggu sekali", "Tulis misalnya: tiap 2 minggu mulai 2026-12-02."),
    ("tiap 2 bulan", "Tanggal berapa saja? Tulis satu per satu, misalnya: 2027-02-09, 2027-08-10."),
    ("selasa ke-6", "Tulis ke-1 sampai ke-5, atau terakhir."),
    ("tanggal 32", "Tulis tanggal 1 sampai 31."),
    ("2026-02-30", "Periksa angka tanggal dan bulannya."),
    ("tanggal", "Tulis misalnya: tanggal 7."),
    ("tgl 20-5", "Tulis tanggal yang kecil dulu, misalnya: tanggal 8-12."),
    ("tanggal 5-20", "Kalau maksudnya dua tanggal, tulis: tanggal 5 dan 20."),
    ("8-12", "Maksudnya tanggal 8-12?"),
    ("7", "Maksudnya tanggal 7?"),
    ("5 desember", "Tulis tahunnya, misalnya: 5 Desember 2026."),
    ("desember 2026", "Tulis tanggalnya, misalnya: 5 Desember 2026."),
    ("Minggu, 5 Desember 2026", "Mana yang benar, harinya atau tanggalnya? Tulis yang benar saja."),
    (
        "selasa atau rabu",
        'Yang mana? Tulis satu saja, misalnya: selasa ke-2. Kalau belum tahu, tulis "belum pasti".',
    ),
    (
        "selasa ke-2 jam 08.00-11.00",
        "Tulis aturan: selasa ke-2; jam: 08.00-11.00.",
    ),
    (
        "selasa ke-2 di balai desa",
        "Tulis aturan: selasa ke-2; tempat: balai desa.",
    ),
    (
        "selasa ke-2 kecuali libur",
        "Tulis harinya yang biasa, misalnya: selasa ke-2. Hari yang berbeda dicatat di perubahan.",
    ),
    (
        "setelah lebaran",
        'Tanggal berapa? Tulis misalnya: 2026-12-08. Kalau belum tahu, tulis "belum pasti".',
    ),
    (
        "tanya kader",
        'Tanyakan harinya, lalu tulis misalnya: selasa ke-2. Kalau belum tahu, tulis hanya "belum pasti".',
    ),
    ("selasa ke-2 dan belum pasti", 'Kalau belum tahu, tulis hanya "belum pasti".'),
    ("minggu kedua, harinya menyusul", 'Kalau belum tahu, tulis hanya "belum pasti".'),
    (
        "pokoknya pagi",
        "Hari apa saja? Tulis harinya di sini, misalnya: selasa ke-2, dan jamnya di isian jam.",
    ),
    ("selada ke-2", 'Maksudnya "selasa ke-2"?'),
    ("8 Desember 2026 (Rabu)", "Mana yang benar, harinya atau tanggalnya? Tulis yang benar saja."),
    ("8 desember 20.00", "Tulis tahunnya, misalnya: 5 Desember 2026."),
    ("senin rabu ke-2", "Tulis misalnya: senin ke-2. Kalau setiap minggu, tulis: tiap senin."),
    ("second tuesday", 'Tulis misalnya: selasa ke-2. Kalau belum tahu, tulis "belum pasti".'),
    ("tgl belasan", 'Tulis misalnya: selasa ke-2. Kalau belum tahu, tulis "belum pasti".'),
    ("jumat akhir bulan", "Hari apa? Tulis misalnya: jumat terakhir, atau tanggal 28."),
    (
        "selasa minggu ganjil",
        "Tanggal berapa saja? Tulis satu per satu, misalnya: 2027-02-09, 2027-08-10.",
    ),
    (
        "tiap senin dan rabu pertama",
        "Tulis satu per satu, misalnya: senin ke-1 dan rabu ke-1. Kalau senin setiap minggu, tulis: rabu ke-1 dan tiap senin.",
    ),
    (
        "tiap senin dan kamis minggu ke-2",
        "Tulis satu per satu, misalnya: senin ke-2 dan kamis ke-2. Kalau senin setiap minggu, tulis: kamis ke-2 dan tiap senin.",
    ),
    ("senin-kamis", "Tulis misalnya: tiap senin-kamis, atau: senin ke-2 dan kamis ke-2."),
    (
        "selasa kliwon",
        "Tanggal berapa saja? Tulis satu per satu, misalnya: 2026-12-07, 2027-01-11.",
    ),
    ("ke-2", "Tulis misalnya: selasa ke-2."),
    ("dan", 'Tulis misalnya: selasa ke-2. Kalau belum tahu, tulis "belum pasti".'),
    ("???", 'Tulis misalnya: selasa ke-2. Kalau belum tahu, tulis "belum pasti".'),
    (
        "08.00-11.00",
        "Hari apa saja? Tulis harinya di sini, misalnya: selasa ke-2, dan jamnya di isian jam.",
    ),
    ("bulan februari dan agustus", "Tulis tanggalnya, misalnya: 5 Desember 2026."),
    (
        "sesuai kesepakatan",
        'Tanyakan harinya, lalu tulis misalnya: selasa ke-2. Kalau belum tahu, tulis hanya "belum pasti".',
    ),
    (
        "tiap 40 minggu mulai 2026-12-02",
        "Paling banyak tiap 12 minggu. Kalau lebih jarang, tulis tanggalnya satu per satu.",
    ),
    ("jumat", "Tulis misalnya: jumat ke-2. Kalau setiap minggu, tulis: tiap jumat."),
    ("hari rabu", "Tulis misalnya: rabu ke-2. Kalau setiap minggu, tulis: tiap rabu."),
    (
        "minggu terakhir",
        "Minggu terakhir hari apa? Tulis misalnya: selasa terakhir. Kalau bukanya hari Minggu, tulis: hari minggu terakhir.",
    ),
    (
        "minggu pertama dan ketiga",
        "Minggu ke-1 hari apa? Tulis misalnya: selasa ke-1. Kalau bukanya hari Minggu, tulis: hari minggu ke-1.",
    ),
    ("sebulan dua kali", "Tulis misalnya: selasa ke-2 dan ke-4."),
    ("seminggu sekali", "Tulis misalnya: tiap rabu."),
    ("tiap 3 bulan", "Tanggal berapa saja? Tulis satu per satu, misalnya: 2027-02-09, 2027-08-10."),
    (
        "dua bulan sekali",
        "Tanggal berapa saja? Tulis satu per satu, misalnya: 2027-02-09, 2027-08-10.",
    ),
    (
        "habis lebaran",
        'Tanggal berapa? Tulis misalnya: 2026-12-08. Kalau belum tahu, tulis "belum pasti".',
    ),
    (
        "hari pasar",
        'Tanggal berapa? Tulis misalnya: 2026-12-08. Kalau belum tahu, tulis "belum pasti".',
    ),
    (
        "selasa atau kamis",
        'Yang mana? Tulis satu saja, misalnya: selasa ke-2. Kalau belum tahu, tulis "belum pasti".',
    ),
    ("selapanan", "Tanggal berapa saja? Tulis satu per satu, misalnya: 2026-12-07, 2027-01-11."),
    ("Rabu Pon", "Tanggal berapa saja? Tulis satu per satu, misalnya: 2026-12-07, 2027-01-11."),
    ("minggu ini", "Tanggal berapa? Tulis misalnya: 8 Desember 2026."),
    ("bulan depan", "Tanggal berapa? Tulis misalnya: 8 Desember 2026."),
    ("tiap hari kerja", "Hari apa dan minggu ke berapa? Tulis misalnya: selasa ke-2."),
    ("setiap hari kerja", "Hari apa dan minggu ke berapa? Tulis misalnya: selasa ke-2."),
    ("awal bulan minggu pertama", "Hari apa? Tulis misalnya: selasa ke-1, atau tanggal 3."),
    (
        "setelah tanggal 10",
        "Tanggal atau hari apa tepatnya? Tulis misalnya: tanggal 12, atau selasa ke-2.",
    ),
    ("selasa ke 2 tgl 8", "Pilih satu, misalnya: selasa ke-2, atau: tanggal 8."),
    ("31 februari 2027", "Periksa angka tanggal dan bulannya."),
    ("besok lusa", "Tanggal berapa? Tulis misalnya: 8 Desember 2026."),
    (
        "kalau cerah",
        "Tulis harinya yang biasa, misalnya: selasa ke-2. Hari yang berbeda dicatat di perubahan.",
    ),
    (
        "pagi jam 8",
        "Hari apa saja? Tulis harinya di sini, misalnya: selasa ke-2, dan jamnya di isian jam.",
    ),
    (
        "ikut puskesmas",
        'Tanyakan harinya, lalu tulis misalnya: selasa ke-2. Kalau belum tahu, tulis hanya "belum pasti".',
    ),
    ("rutin tiap bulan", 'Tulis misalnya: selasa ke-2. Kalau belum tahu, tulis "belum pasti".'),
    ("januari sampai maret", 'Tulis misalnya: selasa ke-2. Kalau belum tahu, tulis "belum pasti".'),
)


@pytest.mark.parametrize(("words", "asked"), UNCLEAR, ids=[words for words, _ in UNCLEAR])
def test_what_is_missing_is_asked_for_and_never_guessed(words: str, asked: str) -> None:
    found, findings = understand(words, Place("posyandu.yaml", 16, 13))
    assert found is None
    assert {finding.code for finding in findings} == {"aturan-tidak-jelas"}
    assert {finding.place.line for finding in findings} == {16}
    assert asked in findings[0].hint


def test_every_piece_that_is_unclear_is_told() -> None:
    assert len(understand("selasa, rabu")[1]) == 2


@given(nth_weekdays, days)
def test_every_date_is_the_nth_such_weekday_of_its_month(part: NthWeekday, start: date) -> None:
    for day in Rule((part,)).dates(start, start + timedelta(days=400)):
        assert day.weekday() == part.weekday
        if part.number == -1:
            assert (day + timedelta(days=7)).month != day.month
        else:
            assert (day.day - 1) // 7 + 1 == part.number


@given(rules)
def test_a_sentence_is_understood_as_the_same_rule(found: Rule) -> None:
    assert rule(found.sentence()) == found


@given(rules, days, st.integers(-40, 400), st.integers(0, 400))
def test_a_span_gives_the_sum_of_its_halves(found: Rule, start: date, one: int, two: int) -> None:
    middle, end = start + timedelta(days=one), start + timedelta(days=one + two)
    whole = found.dates(start, end)
    assert whole == sorted(set(whole))
    if one >= 0:
        rest = found.dates(middle + timedelta(days=1), end)
        assert whole == found.dates(start, middle) + rest


@given(rules, days)
def test_the_nearest_date_is_one_of_the_rule(found: Rule, day: date) -> None:
    near = found.nearest(day)
    assert (near is None) == (not found.confirmed)
    if near is not None:
        assert found.includes(near)
        assert found.includes(day) == (near == day)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(words: str) -> None:
    found, findings = understand(words)
    assert (found is None) == any(finding.level is Level.ERROR for finding in findings)
    assert all(finding.hint and finding.sentence() for finding in findings)
    if found is not None:
        assert rule(found.sentence()) == found


ALPHABET = [
    "selasa",
    "rabu",
    "hari",
    "minggu",
    "mg",
    "ke-2",
    "ke",
    "dua",
    "II",
    "kedua",
    "terakhir",
    "tanggal",
    "tgl",
    "7",
    "12",
    "-",
    "s/d",
    "dan",
    ",",
    "&",
    "tiap",
    "setiap",
    "bulan",
    "2",
    "kali",
    "sekali",
    "sebulan",
    "seminggu",
    "mulai",
    "2026-12-02",
    "5",
    "desember",
    "2026",
    "jam",
    "pasti",
    "menyusul",
    "wage",
    "(",
]


@given(st.lists(st.sampled_from(ALPHABET), max_size=12).map(" ".join))
def test_any_mix_of_known_words_is_a_rule_that_can_be_said_or_a_question(words: str) -> None:
    found, findings = understand(words)
    assert (found is None) == any(finding.level is Level.ERROR for finding in findings)
    if found is not None:
        assert rule(found.sentence()) == found
        assert found.dates(*YEAR) is not None


@pytest.mark.parametrize(
    "words",
    [
        "selasa ke-2 " * 5_000,
        "9" * 4_000,
        "ke-" * 130,
        "\x1b[31mselasa ke-2",
        "selasa ke-99999999999999999999",
        "tanggal ٧ dan ²",
        "\u202eselasa ke-2",
        "tiap 99999 minggu mulai 2026-12-02",
        "9999-99-99",
        "31 desember 9999 sampai 1 januari 0000",
        "(((((((((((((" * 20,
    ],
)
def test_hostile_words_get_an_answer_at_once(words: str) -> None:
    found, findings = understand(words)
    assert found is not None or findings
    assert all(len(finding.message) < 200 for finding in findings)


def test_invisible_letters_do_not_change_a_rule() -> None:
    assert rule("se\u200blasa\u00a0ke\u20112") == Rule((NthWeekday(1, 2),))


@pytest.mark.parametrize("words", ["tanggal 31", "senin ke-5", "tanggal 26-31"])
def test_a_rule_that_skips_months_says_so(words: str) -> None:
    found, findings = understand(words)
    assert found is not None
    assert [finding.code for finding in findings] == ["tanggal-kadang-tidak-ada"]


def test_a_short_month_has_no_31st() -> None:
    assert [day.month for day in rule("tanggal 31").dates(*YEAR)] == [1, 3, 5, 7, 8, 10, 12]


@given(st.integers(1, 12), days, days)
def test_every_so_many_weeks_keeps_its_rhythm(weeks: int, first: date, start: date) -> None:
    part = EveryWeeks(weeks, first)
    for day in part.dates(start, start + timedelta(days=200)):
        assert day >= first
        assert (day - first).days % (7 * weeks) == 0


def test_what_was_understood_is_told_with_its_dates() -> None:
    assert explained(rule("selasa ke-2"), date(2026, 12, 1), 2) == (
        "Selasa kedua tiap bulan: 8 Des 2026, 12 Jan 2027 …"
    )
    assert explained(rule("tanggal 7"), date(2026, 12, 1), 1) == (
        "Tanggal 7 tiap bulan: Sen 7 Des 2026 …"
    )
    assert explained(rule("2026-12-05"), date(2026, 12, 1), 1) == (
        "Sabtu 5 Desember 2026: Sab 5 Des 2026"
    )
    assert "tidak ada tanggal sampai 31 Desember 2026" in explained(
        rule("5 Mei 2026"), date(2026, 12, 1), 1
    )
    assert explained(UNCONFIRMED, date(2026, 12, 1)).startswith("belum pasti")
    assert explained(rule("tanggal 31"), date(9999, 11, 3), 9).endswith("31 Des 9999 …")


def test_only_a_chosen_weekday_counts_as_chosen() -> None:
    found = rule("selasa ke-2 dan tanggal 13")
    assert found.chooses_weekday(date(2026, 12, 8))
    assert not found.chooses_weekday(date(2026, 12, 13))
