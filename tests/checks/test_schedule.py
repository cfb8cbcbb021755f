"""What a post says about days, held against the service day that really takes place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.checks import Case, schedule
from content_kit.findings import Finding
from content_kit.model import Change, Hours, OccurrenceRef, Pillar, Post, Posyandu, Zone
from content_kit.schedule.dates import DAYS, long_date
from content_kit.schedule.occurrences import resolve

MakePost = Callable[..., Post]
Check = Callable[[Case], Iterator[Finding]]
Look = Callable[..., list[Finding]]


def changed(unit: Posyandu, **change: object) -> Posyandu:
    (day,) = unit.service_days
    changes = (replace(Change(date(2026, 12, 8)), **change),)  # type: ignore[arg-type]
    return replace(unit, service_days=(replace(day, changes=changes),))


@pytest.fixture
def look(melati: Posyandu, make_post: MakePost) -> Look:
    """The findings of a check on a post of Monday 7 December about Tuesday 8 December 2026."""

    def found(
        check: Check, text: str, unit: Posyandu | None = None, field: str = "judul", **post: object
    ) -> list[Finding]:
        unit = unit or melati
        made = make_post(**{"fields": {field: text}, **post})
        occurrence = resolve(unit, made.occurrence) if made.occurrence else None
        findings = list(check(Case(made, unit, occurrence)))
        assert all(finding.hint and finding.post for finding in findings)
        return findings

    return found


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


# the service day itself


def test_an_invitation_before_the_day_is_fine(look: Look) -> None:
    assert look(schedule.service_day, "Ayo datang!") == []


def test_a_schedule_post_needs_a_service_day(look: Look) -> None:
    assert codes(look(schedule.service_day, "A", occurrence=None)) == ["wajib-diisi"]
    assert look(schedule.service_day, "A", occurrence=None, pillar=Pillar.KADER) == []


def test_a_date_that_is_no_service_day_names_the_nearest(look: Look) -> None:
    (finding,) = look(
        schedule.service_day, "A", occurrence=OccurrenceRef("bulanan", date(2026, 12, 9))
    )
    assert finding.code == "acara-tidak-ada"
    assert finding.hint == "Hari buka terdekat: Selasa, 8 Desember 2026. Tulis 2026-12-08."


def test_an_uncertain_schedule_makes_the_post_wait(look: Look, melati: Posyandu) -> None:
    (day,) = melati.service_days
    unit = replace(melati, service_days=(replace(day, rule="belum pasti"),))
    assert codes(look(schedule.service_day, "A", unit)) == ["jadwal-belum-pasti"]


def test_a_cancelled_day_is_not_invited_to_but_may_be_announced(
    look: Look, melati: Posyandu
) -> None:
    unit = changed(melati, cancelled=True)
    assert codes(look(schedule.service_day, "Besok kita buka!", unit)) == ["acara-batal"]
    assert look(schedule.service_day, "Besok tidak jadi buka, ya", unit) == []
    assert look(schedule.service_day, "Hari buka 8 Desember batal", unit) == []


@pytest.mark.parametrize(
    ("day", "clock", "told"),
    [
        (8, time(7), []),
        (8, time(10, 59), []),
        (8, time(11), ["acara-lewat"]),
        (9, time(6), ["acara-lewat"]),
    ],
)
def test_an_invitation_after_the_end_is_too_late(
    day: int, clock: time, told: list[str], look: Look
) -> None:
    found = look(schedule.service_day, "Ayo datang!", date=date(2026, 12, day), time=clock)
    assert codes(found) == told


def test_a_recap_comes_after_the_day(look: Look) -> None:
    late = {"date": date(2026, 12, 10), "pillar": Pillar.KEGIATAN}
    assert look(schedule.service_day, "Terima kasih!", **late) == []


def test_an_open_end_lasts_all_day(look: Look, melati: Posyandu) -> None:
    unit = changed(melati, hours=Hours(time(8)))
    late = {"date": date(2026, 12, 8), "time": time(20)}
    assert look(schedule.service_day, "A", unit, **late) == []


# weekdays


@pytest.mark.parametrize(
    "text",
    [
        "Senin, 8 Desember 2026",
        "Kita buka Senin 8 Desember 2026 di balai",
        "Datang hari Senin tanggal 8 Desember ya",
        "SENIN, 8 DES 2026",
        "Senin, 8/12/2026",
    ],
)
def test_a_weekday_that_does_not_belong_to_its_date(text: str, look: Look) -> None:
    (finding,) = look(schedule.weekdays, text)
    assert finding.code == "hari-salah"
    assert finding.hint == "Tulis Selasa, 8 Desember 2026."


def test_it_is_wrong_in_any_post(look: Look) -> None:
    text = "Rapat Senin, 8 Desember 2026"
    assert codes(look(schedule.weekdays, text, occurrence=None, pillar=Pillar.KADER)) == [
        "hari-salah"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Selasa, 8 Desember 2026",
        "Jum'at, 11 Desember 2026",
        "Ahad 13 Desember 2026",
        "Senin–Jumat, 7–11 Desember 2026",
        "Rabu dan Kamis 9 dan 10 Desember",
        "Dalam seminggu, 8 Desember sampai 14 Desember",
    ],
)
def test_right_weekdays_and_ranges_are_fine(text: str, look: Look) -> None:
    assert look(schedule.weekdays, text) == []


@pytest.mark.parametrize(
    "text", ["Kita buka hari Senin!", "Buka Rabu, ayo datang", "Hari Kamis kita buka", "Jumat buka"]
)
def test_a_weekday_beside_buka_is_the_service_days(text: str, look: Look) -> None:
    (finding,) = look(schedule.weekdays, text)
    assert finding.code == "hari-salah"
    assert finding.hint.endswith("menjadi Selasa.")


@pytest.mark.parametrize(
    "text",
    [
        "Kita buka hari Selasa!",
        "Minggu ini kita buka, ayo datang",
        "Buka minggu depan",
        "Puskesmas buka Senin sampai Sabtu",
        "Kita buka setiap Selasa ke-2",
        "Biasanya buka Senin",
        "Semula buka hari Senin, sekarang Selasa",
        "Bukan buka hari Senin",
        "Yang belum sempat hari Senin, boleh menyusul",
        "Senin kita cuci tangan",
    ],
)
def test_other_weekdays_are_fine(text: str, look: Look) -> None:
    assert look(schedule.weekdays, text) == []


def test_a_recap_may_speak_of_any_weekday(look: Look) -> None:
    assert look(schedule.weekdays, "Kita buka hari Senin", pillar=Pillar.KEGIATAN) == []


def test_a_moved_day_makes_the_old_weekday_wrong(look: Look, melati: Posyandu) -> None:
    unit = changed(melati, moved_to=date(2026, 12, 10))
    (finding,) = look(schedule.weekdays, "Kita buka hari Selasa!", unit)
    assert finding.hint == "Ganti Selasa menjadi Kamis."


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(0, 6))
def test_a_weekday_is_wrong_unless_it_is_the_dates(day: date, weekday: int) -> None:
    text = long_date(day).replace(DAYS[day.weekday()], DAYS[weekday])
    unit = Posyandu("i", "u", "U", "D", "", "", Zone.WIB)
    post = Post("p", "u", date(2026, 12, 7), time(8), Pillar.KADER, "m", (), fields={"judul": text})
    wrong = codes(list(schedule.weekdays(Case(post, unit))))
    assert wrong == ([] if weekday == day.weekday() else ["hari-salah"])


# dates


@pytest.mark.parametrize(
    "text",
    [
        "Kita buka 9 Desember 2026",
        "Ayo datang Rabu, 9 Desember",
        "9/12/2026 kita buka",
        "Rabu, 9 Desember 2026",
    ],
)
def test_another_opening_date_is_told(text: str, look: Look) -> None:
    (finding,) = look(schedule.dates, text)
    assert finding.code == "tanggal-beda"
    assert finding.hint == "Tulis Selasa, 8 Desember 2026."


@pytest.mark.parametrize(
    "text",
    [
        "Kita buka 8 Desember 2026",
        "Kita buka Selasa, 8 Des.",
        "Kita buka 8/12/2026",
        "Kita buka 8 Desember, bulan depan 12 Januari",
        "Semula 1 Desember 2026, pindah ke 8 Desember 2026",
        "Ayo datang sebelum 31 Desember 2026",
        "Datang untuk vitamin A, paling lambat tanggal 31 Desember",
        "Posyandu kita melayani 7–12 Desember 2026",
        "Puskesmas buka 9 Desember 2026",
        "Pendaftaran dibuka 1 Desember 2026",
        "Semarak Hari Jadi desa, libur 9 Desember",
    ],
)
def test_other_dates_are_legitimate(text: str, look: Look) -> None:
    assert look(schedule.dates, text) == []


def test_a_date_in_running_text_away_from_the_opening_is_fine(look: Look) -> None:
    text = "Hari AIDS Sedunia jatuh pada 1 Desember 2026."
    assert look(schedule.dates, text, field="isi") == []
    for title in ("Hari AIDS Sedunia, 1 Desember", "Posyandu kita juara, 4 Oktober 2025"):
        assert look(schedule.dates, title, pillar=Pillar.EDUKASI) == []


def test_a_moved_day_makes_the_old_date_wrong(look: Look, melati: Posyandu) -> None:
    unit = changed(melati, moved_to=date(2026, 12, 10))
    (finding,) = look(schedule.dates, "Kita buka 8 Desember 2026", unit)
    assert finding.hint == "Tulis Kamis, 10 Desember 2026."


def test_a_recap_may_name_any_date(look: Look) -> None:
    assert look(schedule.dates, "Kita buka 9 Desember 2026", pillar=Pillar.KEGIATAN) == []


# hari ini, besok, lusa


@pytest.mark.parametrize(
    ("day", "word"), [(8, "hari ini"), (7, "besok"), (6, "lusa"), (5, "Selasa, 8 Desember 2026")]
)
def test_a_wrong_word_gets_the_right_one(day: int, word: str, look: Look) -> None:
    for said in ("hari ini", "besok", "lusa"):
        found = look(
            schedule.time_words, f"{said.capitalize()} kita buka!", date=date(2026, 12, day)
        )
        if said == word:
            assert found == []
        else:
            (finding,) = found
            assert finding.code == "kata-waktu-salah"
            assert finding.hint == f'Ganti "{said}" menjadi "{word}".'


@pytest.mark.parametrize(
    "text",
    [
        "Ayo datang!",
        "Sampai hari ini posyandu kita melayani 40 balita",
        "Jangan tunda besok, datang ya",
        "Keesokan harinya datang lagi ke posyandu",
        "Mulai hari ini biasakan cuci tangan sebelum datang",
        "Demam? Datang ke bidan hari ini juga",
        "Pendaftaran di kantor desa hari ini",
        "Puskesmas buka hari ini",
        "Bukan hari ini, tetapi besok kita buka",
        "Besok kita buka, siapkan Buku KIA hari ini",
    ],
)
def test_everyday_uses_are_fine(text: str, look: Look) -> None:
    assert look(schedule.time_words, text) == []


def test_a_moved_day_makes_besok_wrong(look: Look, melati: Posyandu) -> None:
    unit = changed(melati, moved_to=date(2026, 12, 10))
    (finding,) = look(schedule.time_words, "Besok kita buka!", unit)
    assert finding.message == (
        'tertulis "besok", padahal hari bukanya 3 hari lagi (Kamis, 10 Desember 2026).'
    )


def test_captions_are_looked_at_too(melati: Posyandu, make_post: MakePost) -> None:
    post = make_post(fields={"judul": "Ayo datang!"})
    assert post.occurrence is not None
    case = Case(
        post, melati, resolve(melati, post.occurrence), captions={"wa-grup": "Lusa kita buka"}
    )
    assert codes(list(schedule.time_words(case))) == ["kata-waktu-salah"]


# between posts


def at(post: Post, id: str, hour: int, minute: int = 0, **changes: object) -> Post:
    return replace(post, id=id, time=time(hour, minute), **changes)  # type: ignore[arg-type]


def test_posts_within_an_hour_in_one_channel_clash(melati: Posyandu, make_post: MakePost) -> None:
    post = make_post(channels=("wa-grup", "fb"))
    posts = [
        at(post, "b", 8, 59),
        at(post, "a", 8),
        at(post, "c", 9, 59, channels=("fb",)),
        at(post, "d", 10, 10, channels=("ig",)),
    ]
    (finding,) = schedule.clashes(posts, {"melati": melati})
    assert (finding.code, finding.post) == ("jam-bentrok", "b")
    assert 'ayo datang!" (jam 08.00) di wa-grup, fb' in finding.message


def test_other_units_and_other_days_do_not_clash(melati: Posyandu, make_post: MakePost) -> None:
    post = make_post()
    posts = [
        at(post, "a", 8),
        at(post, "b", 8, unit="kenanga"),
        at(post, "c", 8, date=post.date + timedelta(days=1)),
    ]
    assert not list(schedule.clashes(posts, {"melati": melati, "kenanga": melati}))


def test_a_clash_across_midnight_is_one(melati: Posyandu, make_post: MakePost) -> None:
    post = make_post()
    posts = [at(post, "a", 23, 45), at(post, "b", 0, 15, date=post.date + timedelta(days=1))]
    assert [finding.post for finding in schedule.clashes(posts, {"melati": melati})] == ["b"]


def test_the_same_words_twice_are_told_whatever_their_signs(
    melati: Posyandu, make_post: MakePost
) -> None:
    post = make_post(pillar=Pillar.EDUKASI, occurrence=None)
    posts = [
        at(post, "a", 8, fields={"judul": "Cuci tangan, yuk!", "isi": "Pakai sabun."}),
        at(post, "b", 12, fields={"isi": "pakai SABUN", "judul": "Cuci tangan yuk"}),
        at(post, "c", 16, fields={"judul": "Cuci tangan yuk", "isi": "Pakai air mengalir"}),
        at(post, "d", 18, fields={}),
        at(post, "e", 20, fields={}),
    ]
    (finding,) = schedule.twins(posts, {"melati": melati})
    assert (finding.code, finding.post) == ("teks-kembar", "b")
    assert '"Cuci tangan, yuk!"' in finding.message


def test_every_service_day_may_have_the_same_invitation(
    melati: Posyandu, make_post: MakePost
) -> None:
    first = make_post()
    january = make_post(
        id="jan", date=date(2027, 1, 11), occurrence=OccurrenceRef("bulanan", date(2027, 1, 12))
    )
    again = make_post(id="lagi", date=date(2026, 12, 5))
    units = {"melati": melati}
    assert not list(schedule.twins([first, january], units))
    assert [found.post for found in schedule.twins([again, first], units)] == ["m4x7q2"]


def test_the_same_words_in_two_units_are_fine(melati: Posyandu, make_post: MakePost) -> None:
    posts = [make_post(), make_post(id="k", unit="kenanga")]
    assert not list(schedule.twins(posts, {"melati": melati, "kenanga": melati}))
