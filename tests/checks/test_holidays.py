"""Service days that meet a holiday are told with a free day beside them, and never moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, time

from content_kit.checks import check_holidays, schedule
from content_kit.files.office import Office
from content_kit.files.workspace import Loaded
from content_kit.findings import Finding, Place
from content_kit.model import (
    Calendar,
    Change,
    HolidayKind,
    HolidayRow,
    Hours,
    OccurrenceRef,
    Post,
    Posyandu,
)
from content_kit.schedule.holidays import Holidays

MakePost = Callable[..., Post]
BOOK = Holidays()


def unit(melati: Posyandu, rule: str, *changes: Change) -> Posyandu:
    day = replace(
        melati.service_days[0],
        rule=rule,
        changes=changes,
        rule_at=Place("calendars/melati/posyandu.yaml", 16, 13),
    )
    return replace(melati, service_days=(day,))


def found(melati: Posyandu, rule: str, month: date, *changes: Change) -> list[Finding]:
    return list(schedule.holidays(unit(melati, rule, *changes), [month], BOOK))


def test_joint_leave_is_told_with_the_nearest_free_day(melati: Posyandu) -> None:
    (finding,) = found(melati, "kamis ke-4", date(2026, 12, 1))
    assert finding.code == "bentrok-libur"
    assert finding.place.line == 16
    assert "Kamis, 24 Desember 2026 jatuh pada Cuti Bersama Hari Raya Natal" in finding.message
    assert "Hari kosong terdekat: Rabu, 23 Desember 2026." in finding.hint


def test_the_free_day_is_not_another_service_day(melati: Posyandu) -> None:
    (finding,) = found(melati, "kamis ke-4 dan rabu ke-4", date(2026, 12, 1))
    assert "Sabtu, 26 Desember 2026" in finding.hint


def test_an_ordinary_day_is_silent(melati: Posyandu) -> None:
    assert not found(melati, "selasa ke-2", date(2026, 12, 1))


def test_a_day_that_was_moved_or_cancelled_is_settled(melati: Posyandu) -> None:
    moved = Change(date(2026, 12, 24), moved_to=date(2026, 12, 23))
    cancelled = Change(date(2026, 12, 24), cancelled=True)
    assert not found(melati, "kamis ke-4", date(2026, 12, 1), moved)
    assert not found(melati, "kamis ke-4", date(2026, 12, 1), cancelled)


def test_a_day_that_was_moved_onto_a_holiday_is_told_at_the_change(melati: Posyandu) -> None:
    at = Place("calendars/melati/posyandu.yaml", 22, 9)
    change = Change(date(2026, 12, 8), moved_to=date(2026, 12, 25), at=at)
    (finding,) = found(melati, "selasa ke-2", date(2026, 12, 1), change)
    assert finding.place == at


def test_only_a_sunday_that_a_date_brought_about_is_told(melati: Posyandu) -> None:
    assert not found(melati, "hari minggu ke-2", date(2026, 12, 1))
    (finding,) = found(melati, "tanggal 13", date(2026, 12, 1))
    assert "jatuh pada hari Minggu" in finding.message
    assert "Senin, 14 Desember 2026" in finding.hint


def test_ramadan_asks_for_the_hours_once_and_is_content_with_changed_ones(
    melati: Posyandu,
) -> None:
    finding, leave = found(melati, "tiap rabu", date(2026, 3, 1))
    assert "Ramadan" in finding.message
    assert "Cuti Bersama Hari Suci Nyepi" in leave.message
    assert "jam" in finding.hint
    shorter = Change(date(2026, 3, 10), hours=Hours(time(8), time(10)))
    assert not found(melati, "selasa ke-2", date(2026, 3, 1), shorter)


def loaded(unit: Posyandu, month: date, posts: Iterable[Post] = ()) -> Loaded:
    calendar = Calendar("melati", month, "calendars/melati/x.yaml", tuple(posts))
    return Loaded({"melati": unit}, (calendar,), {}, {}, Office(), ())


def test_a_post_about_next_months_day_is_looked_at_too(
    melati: Posyandu, make_post: MakePost
) -> None:
    post = make_post(date=date(2026, 11, 30), occurrence=OccurrenceRef("b", date(2026, 12, 24)))
    place = loaded(unit(melati, "kamis ke-4"), date(2026, 11, 1), [post])
    assert [finding.code for finding in check_holidays(place, BOOK)] == ["bentrok-libur"]


def test_a_year_that_is_not_known_is_said_once(melati: Posyandu) -> None:
    place = loaded(unit(melati, "tiap rabu"), date(2099, 11, 1))
    codes = [finding.code for finding in check_holidays(place, BOOK)]
    assert codes.count("libur-belum-diketahui") == 1


def test_the_office_can_say_that_a_day_is_no_holiday(melati: Posyandu) -> None:
    day = date(2026, 12, 24)
    book = Holidays([HolidayRow(day, day, "Natal", HolidayKind.BUKAN_LIBUR)])
    assert not list(schedule.holidays(unit(melati, "kamis ke-4"), [day], book))
