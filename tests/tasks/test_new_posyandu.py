"""Answers about a new posyandu are put where they belong; what is unclear is asked at its own field."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content_kit.start import NewPosyandu
from content_kit.tasks.new_posyandu import needs_answer, question, settled

MAWAR = NewPosyandu(
    name="Posyandu Mawar",
    village="Desa Contoh",
    district="Kecamatan Contoh",
    regency="Kabupaten Contoh",
    zone="WITA",
    rule="selasa ke-2",
    hours="jam 8 sampai 11",
    place="Balai desa",
    whatsapp="+62 812 0000 0000",
)


def test_answers_are_written_the_one_way_we_write_them() -> None:
    new, findings = settled(MAWAR)
    assert (new.rule, new.hours, new.whatsapp) == ("selasa ke-2", "08.00-11.00", "0812-0000-0000")
    assert findings == ()


def test_hours_and_place_told_with_the_day_go_to_their_fields() -> None:
    said = "Rabu minggu ke-2 dan ke-4, pukul 09:00-12:00 di Balai Desa"
    new, findings = settled(replace(MAWAR, rule=said, hours="", place=""))
    assert (new.rule, new.hours, new.place) == (
        "Rabu minggu ke-2 dan ke-4",
        "09.00-12.00",
        "Balai Desa",
    )
    assert findings == ()


def test_what_is_told_twice_and_differs_is_asked() -> None:
    said = "rabu ke-2, pukul 09:00-12:00 di Masjid Al-Ikhlas"
    _, findings = settled(replace(MAWAR, rule=said))
    assert "09.00-12.00" in question(findings, "hours")
    assert "Masjid Al-Ikhlas" in question(findings, "place")
    assert question(findings, "rule") == ""


@pytest.mark.parametrize("rule", ["kamis ke-5", "tanggal 29", "tanggal 31", "selasa ke-1 dan ke-5"])
def test_a_day_that_short_months_lack_is_taken_with_a_note(rule: str) -> None:
    new, findings = settled(replace(MAWAR, rule=rule))
    assert new.rule == rule and findings
    assert not any(needs_answer(each) for each in findings)


@pytest.mark.parametrize(
    ("answer", "typed", "told"),
    [
        ("rule", "jumat dan minggu pertama", "hari Minggu atau pekan"),
        ("hours", "jam 8 pagi", "Sampai jam berapa"),
        ("hours", "08.00-11.00 WIB", "padahal posyandu ini WITA"),
        ("whatsapp", "08123", "10 sampai 13 angka"),
    ],
)
def test_what_is_unclear_is_asked_at_its_own_field(answer: str, typed: str, told: str) -> None:
    words = {"rule": MAWAR.rule, "hours": MAWAR.hours, "whatsapp": "", answer: typed}
    _, findings = settled(
        replace(MAWAR, rule=words["rule"], hours=words["hours"], whatsapp=words["whatsapp"])
    )
    assert told in question(findings, answer)
    assert {each.place.field for each in findings} == {answer}


def test_a_start_told_with_the_day_is_asked_at_the_hours() -> None:
    new, findings = settled(replace(MAWAR, rule="selasa ke-2 jam 8", hours=""))
    assert new.hours == "" and "Sampai jam berapa" in question(findings, "hours")


def test_a_lost_zero_is_put_back_and_told() -> None:
    new, findings = settled(replace(MAWAR, whatsapp="81200000000"))
    assert new.whatsapp == "0812-0000-0000" and "angka 0" in findings[0].message


def test_what_is_empty_is_not_complained_of() -> None:
    new = replace(MAWAR, rule="", hours="", place="", whatsapp="")
    assert settled(new) == (new, ())
