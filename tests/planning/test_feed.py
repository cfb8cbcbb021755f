"""A calendar file says the right wall times, and clients can read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from content_kit.model import Change, Hours, Post, Posyandu, Zone
from content_kit.planning.feed import TZIDS, feed

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
FIRST, LAST = date(2026, 12, 1), date(2027, 11, 30)


def events(data: bytes) -> list[Any]:
    return list(Calendar.from_ical(data).walk("VEVENT"))


def with_rule(unit: Posyandu, rule: str, *changes: Change, **more: Any) -> Posyandu:
    day = replace(unit.service_days[0], rule=rule, changes=changes, **more)
    return replace(unit, service_days=(day,))


def made(unit: Posyandu, *posts: Post) -> bytes:
    return feed(posts, {unit.slug: unit}, FIRST, LAST, now=NOW)


@pytest.mark.parametrize("zone", Zone, ids=str)
def test_a_post_goes_out_at_its_wall_time(
    melati: Posyandu, make_post: Callable[..., Post], zone: Zone
) -> None:
    unit = replace(melati, zone=zone, service_days=())
    (event,) = events(made(unit, make_post()))
    start = event["DTSTART"]
    assert start.params["TZID"] == TZIDS[zone]
    assert f"{start.dt:%Y-%m-%d %H:%M}" == "2026-12-07 18:30"
    named = start.dt.replace(tzinfo=ZoneInfo(TZIDS[zone]))
    assert named.astimezone(UTC) == make_post().instant(zone)
    assert start.dt.astimezone(UTC) == datetime(2026, 12, 7, 18 - zone.value, 30, tzinfo=UTC)


def test_an_open_end_lasts_three_hours_in_a_calendar_and_says_that_it_is_open(
    melati: Posyandu,
) -> None:
    data = made(with_rule(melati, "selasa ke-2", hours=Hours(time(8))))
    event = next(each for each in events(data) if "posting" not in each["UID"])
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=3)
    assert "08.00–selesai WITA" in event["DESCRIPTION"]


def test_the_file_is_folded_by_octets_and_ends_lines_with_crlf(
    melati: Posyandu, make_post: Callable[..., Post]
) -> None:
    post = make_post(fields={"judul": "Ayo, datang; " + "½ mangkuk 👶 " * 30})
    data = made(melati, post)
    lines = data.split(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert data == made(melati, post)
    event = next(e for e in events(data) if "posting" in e["UID"])
    assert event["SUMMARY"] == f"Posting: {post.fields['judul']} · Posyandu Melati, Desa Contoh"
    assert event["LOCATION"] == "Posyandu Melati, Desa Contoh"
    assert b"BEGIN:VTIMEZONE" in data
    assert b"TZOFFSETTO:+0800" in data


RULES = [
    "selasa ke-2",
    "selasa ke-2 dan ke-4",
    "jumat terakhir",
    "tiap rabu",
    "tiap 2 minggu mulai 2026-12-02",
    "tanggal 7",
    "tanggal 31",
    "senin ke-5",
    "tanggal 8-12",
    "selasa ke-4 dan terakhir",
    "2026-12-05",
]


@pytest.mark.parametrize("rule", RULES)
def test_each_service_day_of_the_rule_is_an_event_of_its_own(melati: Posyandu, rule: str) -> None:
    from content_kit.schedule.words import understand

    understood, _ = understand(rule)
    assert understood is not None
    found = events(made(with_rule(melati, rule)))
    assert len({event["UID"] for event in found}) == len(found)
    assert {event["DTSTART"].dt.time() for event in found} == {time(8)}
    dates = sorted(event["DTSTART"].dt.date() for event in found)
    assert dates == understood.dates(FIRST, LAST)


def test_a_changed_day_stays_the_event_that_it_was(melati: Posyandu) -> None:
    unit = with_rule(
        melati,
        "selasa ke-2",
        Change(date(2027, 1, 12), moved_to=date(2027, 1, 13), reason="Balai dipakai rapat desa"),
        Change(date(2027, 2, 9), cancelled=True, reason="Banjir"),
        Change(date(2027, 3, 9), place="Rumah Bu Ani", hours=Hours(time(13))),
    )
    plain = {event["UID"] for event in events(made(with_rule(melati, "selasa ke-2")))}
    found = {event["UID"]: event for event in events(made(unit))}
    assert set(found) == plain
    moved, cancelled, elsewhere = (
        found[f"bulanan-{day}.contoh-desa-contoh-melati@content-kit"]
        for day in ("20270112", "20270209", "20270309")
    )
    assert moved["DTSTART"].dt.date() == date(2027, 1, 13)
    assert "rapat desa" in moved["DESCRIPTION"]
    assert "Semula Selasa, 12 Januari 2027" in moved["DESCRIPTION"]
    assert cancelled["STATUS"] == "CANCELLED"
    assert cancelled["SUMMARY"].startswith("BATAL")
    assert not cancelled.walk("VALARM"), "nobody is reminded of a day that is off"
    assert elsewhere["LOCATION"] == "Posyandu Melati, Rumah Bu Ani, Desa Contoh"
    assert elsewhere["DTSTART"].dt.hour == 13
    assert "13.00" in elsewhere["DESCRIPTION"] and "selesai" in elsewhere["DESCRIPTION"]


def test_a_later_file_goes_before_an_earlier_one(melati: Posyandu) -> None:
    """Also when a change was taken back in between, and nothing of it stands anywhere."""

    def revision(now: datetime) -> int:
        (event,) = events(feed((), {"melati": melati}, FIRST, date(2026, 12, 31), now=now))
        return int(event["SEQUENCE"])

    assert revision(NOW) == revision(NOW) < revision(NOW + timedelta(seconds=1)) < 2**31


def test_a_day_moved_into_the_first_month_is_there(melati: Posyandu) -> None:
    unit = with_rule(
        melati, "senin terakhir", Change(date(2026, 11, 30), moved_to=date(2026, 12, 2))
    )
    found = events(made(unit))
    assert date(2026, 12, 2) in [event["DTSTART"].dt.date() for event in found]


def test_there_is_a_reminder_the_day_before_and_stable_names(
    melati: Posyandu, make_post: Callable[..., Post]
) -> None:
    found = events(made(melati, make_post()))
    assert [event["UID"] for event in found] == [
        event["UID"] for event in events(made(melati, make_post()))
    ]
    for event in found:
        (alarm,) = event.walk("VALARM")
        assert alarm["TRIGGER"].dt == timedelta(days=-1)
        assert event["DTSTAMP"].dt == NOW
        assert "Posyandu Melati" in event["CATEGORIES"].to_ical().decode()


def test_only_a_post_that_may_go_out_is_confirmed_and_an_unsure_rule_has_no_days(
    melati: Posyandu, make_post: Callable[..., Post]
) -> None:
    unit = with_rule(melati, "belum pasti")
    posts = [make_post(), make_post(id="n8w3k5")]
    sure = {("melati", "n8w3k5")}
    found = events(feed(posts, {"melati": unit}, FIRST, LAST, now=NOW, sure=sure))
    assert [event["STATUS"] for event in found] == ["TENTATIVE", "CONFIRMED"]


def test_places_that_take_turns_stand_on_their_own_days(melati: Posyandu) -> None:
    unit = with_rule(melati, "tanggal 8-10", places=("RW 01", "RW 02", "RW 03"))
    found = [event for event in events(made(unit)) if event["DTSTART"].dt.month == 12]
    assert [event["LOCATION"].split(", ")[1] for event in found] == ["RW 01", "RW 02", "RW 03"]
