"""Service days after moves, other places, other hours, home visits and cancelling."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.findings import Place
from content_kit.model import Change, Hours, OccurrenceRef, Posyandu, ServiceDay, Zone
from content_kit.schedule.occurrences import missing, occurrences, resolve, usual

DECEMBER = (date(2026, 12, 1), date(2026, 12, 31))
JANUARY = (date(2027, 1, 1), date(2027, 1, 31))


def posyandu(*changes: Change, rule: str = "selasa ke-2") -> Posyandu:
    day = ServiceDay(
        id="bulanan",
        name="Hari buka",
        rule=rule,
        hours=Hours(time(8), time(11)),
        place="Balai RW 05",
        changes=changes,
        at=Place("posyandu.yaml", 12, 5, "hari_buka[bulanan]"),
        rule_at=Place("posyandu.yaml", 15, 13, "hari_buka[bulanan].aturan"),
    )
    return Posyandu(
        "id", "melati", "Posyandu Melati", "Desa", "Kec", "Kab", Zone.WITA, service_days=(day,)
    )


def ref(day: date, service_day: str = "bulanan") -> OccurrenceRef:
    return OccurrenceRef(service_day, day)


def test_a_month_without_changes() -> None:
    found, findings = occurrences(posyandu(), *DECEMBER)
    assert not findings
    assert [(o.original, o.date, o.place) for o in found] == [
        (date(2026, 12, 8), date(2026, 12, 8), "Balai RW 05")
    ]


def test_a_moved_day_counts_where_it_moved_to_across_the_end_of_a_month() -> None:
    unit = posyandu(Change(date(2026, 12, 8), moved_to=date(2027, 1, 2)))
    assert occurrences(unit, *DECEMBER)[0] == []
    assert [o.date for o in occurrences(unit, *JANUARY)[0]] == [date(2027, 1, 2), date(2027, 1, 12)]


def test_a_post_finds_its_day_by_the_original_date() -> None:
    change = Change(
        date(2026, 12, 8),
        reason="Balai dipakai",
        moved_to=date(2026, 12, 9),
        place="Rumah Bu RT",
        hours=Hours(time(9), time(12)),
    )
    found = resolve(posyandu(change), ref(date(2026, 12, 8)))
    assert found is not None
    assert (found.original, found.date) == (date(2026, 12, 8), date(2026, 12, 9))
    assert (found.place, found.hours.start, found.change) == ("Rumah Bu RT", time(9), change)
    assert resolve(posyandu(change), ref(date(2026, 12, 9))) is None


def test_a_home_visit_names_no_hall() -> None:
    found = resolve(posyandu(Change(date(2026, 12, 8), home_visit=True)), ref(date(2026, 12, 8)))
    assert found is not None
    assert found.place == "Kunjungan ke rumah"


def test_a_cancelled_day_stays_at_its_date_and_says_so() -> None:
    unit = posyandu(Change(date(2026, 12, 8), cancelled=True))
    (found,) = occurrences(unit, *DECEMBER)[0]
    assert found.cancelled
    assert found.date == date(2026, 12, 8)


def test_a_change_to_a_day_that_is_none_names_the_nearest() -> None:
    unit = posyandu(Change(date(2026, 12, 7), cancelled=True))
    (finding,) = occurrences(unit, *JANUARY)[1]
    assert finding.code == "acara-tidak-ada"
    assert finding.place.file == "posyandu.yaml"
    assert "Senin, 7 Desember 2026" in finding.message
    assert finding.hint == "Hari buka terdekat: Selasa, 8 Desember 2026. Tulis 2026-12-08."


def test_two_changes_of_one_day_are_told() -> None:
    twice = Change(date(2026, 12, 8), cancelled=True)
    (finding,) = occurrences(posyandu(twice, twice), *DECEMBER)[1]
    assert finding.code == "nilai-salah"


def test_an_unclear_rule_is_a_finding_at_the_rule() -> None:
    found, (finding,) = occurrences(posyandu(rule="minggu kedua"), *DECEMBER)
    assert found == []
    assert (finding.code, finding.place.line) == ("aturan-tidak-jelas", 15)


def test_an_uncertain_schedule_has_no_days_and_no_findings() -> None:
    assert occurrences(posyandu(rule="belum pasti"), *DECEMBER) == ([], [])


@pytest.mark.parametrize(
    ("unit", "wanted", "told"),
    [
        (posyandu(), ref(date(2026, 12, 9)), "Selasa, 8 Desember 2026"),
        (posyandu(), ref(date(2026, 12, 8), "bulanann"), 'Maksudnya "bulanan"?'),
        (posyandu(rule="minggu kedua"), ref(date(2026, 12, 8)), "Perbaiki dulu aturan"),
        (
            posyandu(Change(date(2026, 12, 8), moved_to=date(2026, 12, 9))),
            ref(date(2026, 12, 9)),
            "tanggal aslinya 2026-12-08",
        ),
    ],
)
def test_a_post_that_leads_nowhere_is_told_where_to(
    unit: Posyandu, wanted: OccurrenceRef, told: str
) -> None:
    reason = missing(unit, wanted)
    assert reason is not None
    assert not reason.waiting
    assert told in reason.hint


def test_a_post_of_an_uncertain_schedule_waits() -> None:
    reason = missing(posyandu(rule="belum pasti"), ref(date(2026, 12, 8)))
    assert reason is not None
    assert reason.waiting


@given(
    st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    st.integers(1, 120),
    st.lists(st.integers(-40, 40), max_size=6),
)
def test_what_a_span_lists_is_what_posts_find(start: date, length: int, moves: list[int]) -> None:
    unit = posyandu()
    end = start + timedelta(days=length)
    originals = [o.original for o in occurrences(unit, start, end)[0]]
    changes = tuple(
        Change(day, moved_to=day + timedelta(days=move))
        for day, move in zip(originals, moves, strict=False)
    )
    unit = replace(unit, service_days=(replace(unit.service_days[0], changes=changes),))
    found, findings = occurrences(unit, start, end)
    assert not findings
    assert all(start <= occurrence.date <= end for occurrence in found)
    assert all(resolve(unit, ref(o.original)) == o for o in found)
    assert [o.date for o in found] == sorted(o.date for o in found)


def rotating(rule: str, *places: str) -> Posyandu:
    unit = posyandu(rule=rule)
    return replace(unit, service_days=(replace(unit.service_days[0], places=places),))


def test_the_dates_of_a_month_take_the_places_in_turn() -> None:
    unit = rotating("tanggal 8-12", "RT 01", "RT 02", "RT 03")
    found = [(o.date.day, o.place) for o in occurrences(unit, *DECEMBER)[0]]
    assert found == [(8, "RT 01"), (9, "RT 02"), (10, "RT 03"), (11, "RT 01"), (12, "RT 02")]
    tenth = resolve(unit, ref(date(2027, 1, 10)))
    assert tenth is not None
    assert tenth.place == "RT 03"


def test_a_changed_place_goes_before_the_turn_and_shifts_nobody_else() -> None:
    unit = rotating("tanggal 8-10", "RT 01", "RT 02", "RT 03")
    change = Change(date(2026, 12, 8), moved_to=date(2026, 12, 20))
    other = Change(date(2026, 12, 9), place="Balai")
    day = replace(unit.service_days[0], changes=(change, other))
    found = occurrences(replace(unit, service_days=(day,)), *DECEMBER)[0]
    assert [(o.date.day, o.place) for o in found] == [(9, "Balai"), (10, "RT 03"), (20, "RT 01")]
    assert usual(replace(unit, service_days=(day,)), found[0]).place == "RT 02"
