"""Whoever takes our calendar files in sees our own service days, whatever is taken in when."""

from __future__ import annotations

import tempfile
from calendar import monthrange
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content_kit.model import Change, Hours, Occurrence, Posyandu, ServiceDay, Zone
from content_kit.planning.feed import feed
from content_kit.schedule.occurrences import occurrences
from content_kit.schedule.words import understand
from tests.planning.calendar_readers import Khal, Seen, Shelf

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
FIRST, LAST = date(2026, 11, 1), date(2027, 4, 30)
FAR = (date(2026, 1, 1), date(2028, 12, 31))

PLACES = ("Balai RW 05", "Rumah Ibu RT 02, Gang Binjai", "Poskesdes; samping musala")
RULES = (
    "selasa ke-2",
    "selasa ke-2 dan ke-4",
    "jumat terakhir",
    "tiap rabu",
    "tiap 2 minggu mulai 2026-12-02",
    "tanggal 31",
    "senin ke-5",
    "tanggal 8-12",
    "selasa ke-4 dan terakhir",
    "2026-12-05",
)
HOURS = (Hours(time(8), time(11)), Hours(time(13, 30), time(16)), Hours(time(9)))


def plan(rule: str, changes: tuple[Change, ...] = (), hours: Hours = HOURS[0]) -> Posyandu:
    """A posyandu with one service day."""
    day = ServiceDay("bulanan", "Hari buka", rule, hours, PLACES[0], changes=changes)
    return Posyandu(
        id="contoh-desa-contoh-melati", slug="melati", name="Posyandu Melati",
        village="Desa Contoh", district="Kecamatan Contoh", regency="Kabupaten Contoh",
        zone=Zone.WITA, service_days=(day,),
    )  # fmt: skip


def ours(unit: Posyandu, first: date = FIRST, last: date = LAST) -> list[Seen]:
    """What a calendar has to show from `first` to `last`: the service days that take place."""
    found = occurrences(unit, first, last)[0]
    return sorted(_seen(unit, each) for each in found if not each.cancelled)


def covered(unit: Posyandu) -> list[Seen]:
    """All that files of the span have to bring: each day with an old or a new date in it."""
    told = {c.date: c.told.moved_to for c in unit.service_days[0].changes if c.told}
    return sorted(
        _seen(unit, each)
        for each in occurrences(unit, *FAR)[0]
        if not each.cancelled
        and any(
            day and FIRST <= day <= LAST
            for day in (each.date, each.original, told.get(each.original))
        )
    )


def _seen(unit: Posyandu, each: Occurrence) -> Seen:
    day = unit.service_days[0]
    usual = (each.date, each.hours, each.place) == (each.original, day.hours, day.place)
    start, end = (
        datetime.combine(each.date, clock, Zone.WITA.tz).astimezone(UTC)
        for clock in (each.hours.start, each.hours.closes)
    )
    return (
        start,
        end,
        f"Hari buka Posyandu Melati, Desa Contoh{'' if usual else ' (berubah)'}",
        f"Posyandu Melati, {each.place}, Desa Contoh",
    )


def files(unit: Posyandu, months: int, now: datetime = NOW) -> list[bytes]:
    """The span in files of so many months each."""
    found, start = [], FIRST
    while start <= LAST:
        end = start
        for _ in range(months):
            last = end.replace(day=monthrange(end.year, end.month)[1])
            end = last + timedelta(days=1)
        found.append(feed((), {unit.slug: unit}, start, last, now=now))
        start = end
    return found


@st.composite
def plans(draw: st.DrawFn, rule: str | None = None) -> Posyandu:
    """A rule with changes of some of its days, into other months and years, or called off."""
    rule = rule or draw(st.sampled_from(RULES))
    understood, _ = understand(rule)
    assert understood is not None
    dates = understood.dates(FIRST - timedelta(days=40), LAST + timedelta(days=40))
    changed = draw(st.lists(st.sampled_from(dates), max_size=4, unique=True)) if dates else []
    return plan(rule, tuple(draw(changes(day)) for day in changed), draw(st.sampled_from(HOURS)))


@st.composite
def changes(draw: st.DrawFn, day: date) -> Change:
    """A change of one day: moved, elsewhere, at another hour, several of these, or cancelled."""
    away = st.integers(-45, 45).map(lambda by: day + timedelta(days=by))
    told = draw(st.none() | away.map(lambda to: Change(day, moved_to=to)))
    if draw(st.booleans()):
        return Change(day, "Balai dipakai", cancelled=True, told=told)
    moved = draw(st.none() | away)
    return Change(
        day,
        "Balai dipakai",
        moved_to=moved if moved != day else None,
        place=draw(st.sampled_from((None, *PLACES[1:]))),
        hours=draw(st.sampled_from((None, *HOURS[1:]))),
        told=told,
    )


@settings(max_examples=12, deadline=None)
@given(unit=plans(), months=st.sampled_from((1, 3, 6)), data=st.data())
def test_taken_in_by_month_or_quarter_in_any_order_and_twice_it_is_our_schedule(
    unit: Posyandu, months: int, data: st.DataObject
) -> None:
    made = files(unit, months)
    shelf = Shelf()
    for file in (*data.draw(st.permutations(made)), made[0]):
        shelf.take(file)
    assert shelf.seen(*FAR) == covered(unit)


@settings(max_examples=8, deadline=None)
@given(data=st.data(), rule=st.sampled_from(RULES))
def test_a_calendar_that_holds_the_old_schedule_learns_the_new_one(
    data: st.DataObject, rule: str
) -> None:
    before, after = (data.draw(plans(rule)) for _ in range(2))
    after = replace(
        before,
        service_days=(replace(before.service_days[0], changes=after.service_days[0].changes),),
    )
    shelf = Shelf()
    for file in files(before, 1):
        shelf.take(file)
    later = files(after, 1, NOW + timedelta(minutes=1))
    for file in data.draw(st.permutations(later)):
        shelf.take(file)
    for file in files(before, 3):  # an old file that turns up again says nothing new
        shelf.take(file)
    assert shelf.seen(FIRST, LAST) == ours(after)


MOVES = {
    "within the month": (Change(date(2026, 12, 30), moved_to=date(2026, 12, 29)),),
    "into the next year": (Change(date(2026, 12, 30), moved_to=date(2027, 1, 2)),),
    "into the month before": (Change(date(2027, 1, 27), moved_to=date(2026, 12, 31)),),
    "cancelled": (Change(date(2026, 12, 30), "Banjir", cancelled=True),),
    "moved, told, then cancelled": (
        Change(date(2026, 12, 30), cancelled=True,
               told=Change(date(2026, 12, 30), moved_to=date(2027, 1, 2))),
    ),
    "place and an open end": (
        Change(date(2026, 12, 30), place="Rumah Ibu RT 02", hours=Hours(time(9))),
    ),
}  # fmt: skip


@pytest.mark.parametrize("changes", MOVES.values(), ids=MOVES)
@pytest.mark.parametrize("order", [1, -1], ids=["forwards", "backwards"])
def test_khal_shows_our_schedule_after_a_month_at_a_time(
    tmp_path: Path, changes: tuple[Change, ...], order: int
) -> None:
    unit = plan("rabu terakhir", changes)
    khal = Khal(tmp_path)
    for file in (*files(plan("rabu terakhir"), 6), *files(unit, 1)[::order], files(unit, 3)[0]):
        khal.take(file)
    assert khal.seen(FIRST, LAST) == ours(unit)


@pytest.mark.slow
@settings(max_examples=10, deadline=None)
@given(unit=plans(), months=st.sampled_from((1, 3)), data=st.data())
def test_khal_agrees_whatever_the_rule_and_the_order(
    unit: Posyandu, months: int, data: st.DataObject
) -> None:
    made = files(unit, months)
    with tempfile.TemporaryDirectory() as folder:
        khal = Khal(Path(folder))
        for file in (*data.draw(st.permutations(made)), *made[:2]):
            khal.take(file)
        assert khal.seen(*FAR) == covered(unit)


def test_a_cancelled_day_reaches_whoever_waits_for_the_day_they_were_told() -> None:
    wednesday, friday = date(2026, 12, 30), date(2027, 1, 1)
    gone = Change(wednesday, "Banjir", cancelled=True, told=Change(wednesday, moved_to=friday))
    for month in ((date(2026, 12, 1), date(2026, 12, 31)), (date(2027, 1, 1), date(2027, 1, 31))):
        unit = plan("rabu terakhir", (gone,))
        text = feed((), {unit.slug: unit}, *month, now=NOW).decode()
        assert "SUMMARY:BATAL: Hari buka Posyandu Melati\\, Desa Contoh" in text
        assert "DTSTART;TZID=Asia/Makassar:20270101T080000" in text
        assert "Semula Rabu\\, 30 Desember 2026" in text.replace("\r\n ", "")
