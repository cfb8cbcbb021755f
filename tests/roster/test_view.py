"""Laws of the roster as a value: everything adds up, and nothing is clean that was not checked."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.model import Bidang, Pillar
from content_kit.review.life import Status
from content_kit.roster.view import (
    UNCHECKED,
    Count,
    Group,
    Pile,
    Roster,
    Row,
    Unit,
    as_json,
    in_order,
    narrowed,
    units_of,
)

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
DEADLINE = date(2026, 11, 25)
PILES = ("unchecked", "clean", "eyes", "returned", "approved")


def unit(number: int, kabupaten: str = "A", kecamatan: str = "X", *, listed: bool = True) -> Unit:
    return Unit(f"id-{number}", f"u{number}", f"Melati {number}", "Desa", kecamatan, kabupaten, expected=listed)  # fmt: skip


def row(unit: str = "u0", post: str = "p0", **more: Any) -> Row:
    made = Row(
        unit, post, FIRST, time(9), "WITA", ("fb",), Pillar.EDUKASI, Bidang.KESEHATAN, "Judul",
        status=Status.READY.value, worst="", seal="0" * 64, as_library=True,
    )  # fmt: skip
    return replace(made, **more)


names = st.sampled_from(["", "Kabupaten A", "kab. a", "Kota A", "B", "  B "])
rows = st.builds(
    row,
    unit=st.sampled_from(["u0", "u1", "u2", "u3"]),
    post=st.integers(0, 10**6).map(lambda number: f"p{number}"),
    date=st.integers(0, 30).map(lambda days: FIRST + timedelta(days=days)),
    time=st.sampled_from([time(6), time(18, 30)]),
    status=st.sampled_from([UNCHECKED, *(status.value for status in Status)]),
    worst=st.sampled_from([UNCHECKED, "", "info", "warning", "error"]),
    as_library=st.booleans(),
    risk=st.sampled_from(["", "rendah", "tinggi"]),
    handed_in=st.sampled_from([None, DEADLINE, DEADLINE + timedelta(days=1)]),
)


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    units = [
        replace(unit(number, draw(names), draw(names)), expected=draw(st.booleans()))
        for number in range(4)
    ]
    gone = [Unit(f"gone-{number}", "", "Hilang", kabupaten=draw(names)) for number in range(2)]
    found = draw(st.lists(rows, max_size=25, unique_by=lambda one: one.key))
    today = draw(st.sampled_from([DEADLINE, DEADLINE + timedelta(days=9)]))
    return Roster(FIRST, LAST, in_order(found), (*units, *gone), DEADLINE, today)


def deepest(group: Group) -> list[Group]:
    return [group] if group.unit else [leaf for inner in group.inside for leaf in deepest(inner)]


@given(rosters())
def test_totals_add_up_over_every_level(roster: Roster) -> None:
    for group in (Group("", "", roster.totals, roster.groups), *roster.groups):
        for name in (field.name for field in fields(Count)):
            whole = getattr(group.count, name)
            assert whole == sum(getattr(inner.count, name) for inner in group.inside)
    total = roster.totals
    assert total.posts == len(roster.rows) == sum(getattr(total, pile) for pile in PILES)
    assert total.expected == total.received + total.missing


@given(rosters())
def test_every_unit_is_in_exactly_one_place_of_the_deepest_level(roster: Roster) -> None:
    leaves = [leaf for group in roster.groups for leaf in deepest(group)]
    assert sorted(leaf.unit.id for leaf in leaves if leaf.unit) == sorted(
        u.id for u in roster.units
    )
    below = [each for group in roster.groups for each in units_of(group)]
    assert sorted(each.id for each in below) == sorted(each.id for each in roster.units)
    for leaf in leaves:
        assert leaf.unit is not None
        rows = roster.by_unit.get(leaf.unit.slug, ())
        silent = not any(one.handed_in for one in rows) if roster.reviewed else not rows
        assert leaf.missing == (leaf.unit.expected and silent)


@given(rosters())
def test_every_post_is_below_one_kabupaten(roster: Roster) -> None:
    found = [each.key for group in roster.groups for each in roster.rows_of(group)]
    assert sorted(found) == sorted(each.key for each in roster.rows)


@given(rows)
def test_nothing_is_clean_without_a_check(row: Row) -> None:
    if row.worst == UNCHECKED or row.status == UNCHECKED:
        assert row.pile is Pile.UNCHECKED
    if row.pile is Pile.CLEAN:
        assert row.checked and row.as_library and row.worst in ("", "info")
        assert row.risk != "tinggi" and row.status != Status.CHANGED


@pytest.mark.parametrize(
    ("changes", "pile"),
    [
        ({}, Pile.CLEAN),
        ({"worst": "info"}, Pile.CLEAN),
        ({"worst": "warning"}, Pile.EYES),
        ({"as_library": False}, Pile.EYES),
        ({"risk": "tinggi"}, Pile.EYES),
        ({"status": Status.CHANGED.value}, Pile.EYES),
        ({"status": "disetujui", "as_library": False}, Pile.APPROVED),
        ({"status": "sudah diposting"}, Pile.APPROVED),
        ({"status": "dikembalikan"}, Pile.RETURNED),
        ({"status": UNCHECKED, "worst": UNCHECKED, "seal": ""}, Pile.UNCHECKED),
    ],
)
def test_where_a_post_lies(changes: dict[str, Any], pile: Pile) -> None:
    assert row(**changes).pile is pile


def test_who_is_late() -> None:
    day_after = DEADLINE + timedelta(days=1)
    one = unit(0)

    def late(*found: Row, today: date = day_after, reviewed: bool = True) -> bool:
        return Roster(FIRST, LAST, found, (one,), DEADLINE, today, reviewed).is_late(one)

    assert late()  # nothing came
    assert not late(today=DEADLINE)
    assert late(row())  # there, but nobody handed it in
    assert not late(row(), reviewed=False)  # nobody has to
    assert late(row(worst=UNCHECKED))  # the log says so without a check
    assert not late(row(handed_in=DEADLINE), row(post="p1", handed_in=day_after))
    assert late(row(handed_in=day_after))
    assert not Roster(FIRST, LAST, (), (one,), DEADLINE, LAST).is_late(replace(one, expected=False))


def test_the_published_shape() -> None:
    roster = Roster(FIRST, LAST, (row(handed_in=FIRST),), (unit(0), unit(1)))
    told = as_json(roster)
    assert list(told) == ["period", "rows", "totals"]
    assert told["period"] == "2026-12"
    assert told["rows"] == [
        {
            "unit": "u0", "post": "p0", "date": "2026-12-01", "time": "09.00", "zone": "WITA",
            "channels": ["fb"], "pillar": "edukasi", "bidang": "kesehatan", "title": "Judul",
            "duty": "", "status": "siap", "worst": "", "seal": "0" * 64,
        }
    ]  # fmt: skip
    totals = told["totals"]
    assert isinstance(totals, dict)
    assert (totals["expected"], totals["received"], totals["missing"], totals["clean"]) == (2, 1, 1, 1)  # fmt: skip
    part = replace(roster, first=date(2026, 12, 7), last=date(2026, 12, 13))
    assert part.period == "2026-12-07/2026-12-13"


def test_a_part_of_a_roster() -> None:
    units = (unit(0, "Kabupaten A", "Hulu"), unit(1, "Kabupaten A", "Hilir"), unit(2, "Kota A"))
    roster = Roster(FIRST, LAST, (row("u0"), row("u2")), units)
    assert [u.slug for u in narrowed(roster, kabupaten="kab. a").units] == ["u0", "u1"]
    assert [u.slug for u in narrowed(roster, kabupaten="Kota A").units] == ["u2"]
    assert [u.slug for u in narrowed(roster, kecamatan="Kec. Hulu").units] == ["u0"]
    assert [r.unit for r in narrowed(roster, unit="u2").rows] == ["u2"]
    assert [r.unit for r in narrowed(roster, unit="id-2").rows] == ["u2"]
