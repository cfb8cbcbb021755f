"""What the calendar shows, as values: month, week and agenda agree, whatever is asked."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content_kit.files.office import Office
from content_kit.files.workspace import Loaded, Workspace
from content_kit.findings import Finding, Place
from content_kit.model import (
    Calendar,
    Hours,
    Person,
    Pillar,
    Post,
    Posyandu,
    ServiceDay,
    Zone,
)
from content_kit.planning.strategy import Strategy
from content_kit.review.life import Status
from content_kit.schedule.week import Week
from content_kit.tui.almanac import Almanac, Page, days_of
from content_kit.tui.board import Board
from content_kit.tui.filters import Filter, Kind, choices, matching, words
from content_kit.tui.standing import Bar, standing
from content_kit.tui.view import View, moved
from content_kit.tui.widgets.lines import legend

NOW = datetime(2026, 12, 7, 10, 2, tzinfo=UTC)
UNITS = ("kenanga", "mawar", "melati")
ZONES = (Zone.WIB, Zone.WITA, Zone.WIT)
PEOPLE = {
    "kader-1": Person("kader-1", "Rusminah", units=("melati",)),
    "kim-1": Person("kim-1", "Fitri", "kim", units=("melati", "mawar")),
}
STRATEGY = Strategy("uji", "Uji", (time(9),), week=5, week_least=3, silence=3)


def posyandu(slug: str, zone: Zone = Zone.WITA) -> Posyandu:
    day = ServiceDay("bulanan", "Hari buka", "selasa ke-2", Hours(time(8), time(11)), "Balai")
    name = f"Posyandu {slug.title()}"
    return Posyandu(
        f"contoh-{slug}", slug, name, "Desa", "Kec. Satu", "Kab. Dua", zone, service_days=(day,)
    )


def loaded(*posts: Post) -> Loaded:
    months: dict[tuple[str, date], list[Post]] = {}
    for post in posts:
        months.setdefault((post.unit, post.date.replace(day=1)), []).append(post)
    calendars = tuple(Calendar(unit, month, "", tuple(m)) for (unit, month), m in months.items())
    units = {slug: posyandu(slug, zone) for slug, zone in zip(UNITS, ZONES, strict=True)}
    return Loaded(units, calendars, {}, PEOPLE, Office(), ())


def post(day: date, unit: str = "melati", id: str = "a1", **more: object) -> Post:
    values: dict[str, object] = {
        "time": time(9), "pillar": Pillar.EDUKASI, "template": "edukasi-langkah",
        "channels": ("wa-grup",), **more,
    }  # fmt: skip
    return Post(id=id, unit=unit, date=day, **values)  # type: ignore[arg-type]


@st.composite
def plans(draw: st.DrawFn) -> Board:
    """Some posts of three posyandu in three zones around December 2026, some of them checked."""
    made = []
    checked = {}
    for number in range(draw(st.integers(0, 25))):
        new = post(
            date(2026, 12, 1) + timedelta(days=draw(st.integers(-40, 70))),
            draw(st.sampled_from(UNITS)),
            f"p{number}",
            time=time(draw(st.integers(0, 23))),
            pillar=draw(st.sampled_from(Pillar)),
            channels=tuple(draw(st.sets(st.sampled_from(["wa-grup", "fb"]), min_size=1))),
            duty=draw(st.sampled_from(["", *PEOPLE])),
        )
        made.append(new)
        wrong = Finding("nilai-salah", "salah", Place(), new.id)
        if draw(st.booleans()):
            checked[new.unit, new.id] = (wrong,) if draw(st.booleans()) else ()
    return Board(loaded(*made), NOW, checked=checked)


FILTERS = st.builds(
    Filter,
    units=st.frozensets(st.sampled_from(UNITS)),
    pillars=st.frozensets(st.sampled_from([pillar.value for pillar in Pillar])),
    people=st.frozensets(st.sampled_from(["", *PEOPLE])),
    states=st.frozensets(st.sampled_from([status.name for status in Status])),
    channels=st.frozensets(st.sampled_from(["wa-grup", "fb"])),
)


@settings(max_examples=150, deadline=None)
@given(plans(), FILTERS, st.sampled_from(["", "kader-1", "kim-1", "siapa"]), st.integers(-2, 3))
def test_month_week_and_agenda_show_the_same_posts(
    board: Board, wish: Filter, me: str, by: int
) -> None:
    month = moved(date(2026, 12, 1), by)
    view = View.of(board, me, wish, month, None)
    cells = [each for day in view.days for each in view.posts(day)]
    weeks = [
        each
        for week in dict.fromkeys(Week.of(day) for day in view.days)
        for day in week.days()
        for each in view.posts(day)
    ]
    agenda = [row for _, row in view.rows(view.first, view.last) if isinstance(row, Post)]
    assert weeks == cells
    assert agenda == [each for each in cells if view.first <= each.date <= view.last]
    assert view.count == len(agenda)
    units = wish.units or (set(PEOPLE[me].units) if me in PEOPLE else set(UNITS))
    wanted = [
        each
        for each in board.loaded.posts()
        if view.days[0] <= each.date <= view.days[-1]
        and each.unit in units
        and (not wish.pillars or each.pillar in wish.pillars)
        and (not wish.people or each.duty in wish.people)
        and (not wish.states or board.state(each).name in wish.states)
        and (not wish.channels or wish.channels & set(each.channels))
    ]
    assert sorted(cells, key=lambda p: p.id) == sorted(wanted, key=lambda p: p.id)
    assert [p.date for p in cells] == sorted(p.date for p in cells)
    assert list(matching(board, me, wish, view.days[0], view.days[-1])) == cells


def test_a_month_has_whole_weeks_and_the_calendar_ends_somewhere() -> None:
    days = days_of(date(2026, 12, 1))
    assert (days[0], days[-1], len(days)) == (date(2026, 11, 30), date(2027, 1, 3), 35)
    assert moved(date(2026, 12, 1), 1) == date(2027, 1, 1)
    assert moved(date(2000, 1, 1), -1) == date(2000, 1, 1)
    assert moved(date(2099, 12, 1), 1) == date(2099, 12, 1)


def test_a_silence_and_a_thin_week_are_told_for_days_to_come() -> None:
    made = [post(date(2026, 12, n), id=f"a{n}") for n in (7, 8, 9, 10, 17)]
    page = Page(date(2026, 12, 1), strategy=STRATEGY)
    view = View.of(Board(loaded(*made), NOW), "kader-1", Filter(), date(2026, 12, 1), page)
    assert date(2026, 12, 1) not in view.gaps, "over"
    assert date(2026, 12, 10) not in view.gaps, "has one"
    assert "6 hari berturut-turut" in view.gaps[date(2026, 12, 11)]
    assert "tanpa postingan" in view.gaps[date(2026, 12, 18)]
    narrowed = Filter(pillars=frozenset({"kader"}))
    other = View.of(Board(loaded(*made), NOW), "kader-1", narrowed, date(2026, 12, 1), page)
    assert not other.gaps, "a filter makes no silence"


def test_an_index_finds_what_a_finding_speaks_of() -> None:
    one, two = post(date(2026, 12, 7)), post(date(2026, 12, 8), "kenanga")
    lone = post(date(2026, 12, 9), "kenanga", "b2")
    index = Board(loaded(one, two, lone), NOW).index
    place = Place("calendars/kenanga/2026-12.yaml", 3)
    assert index.post_of(Finding("nilai-salah", "x", place, "a1")) == two
    assert index.post_of(Finding("nilai-salah", "x", Place("templates/y.yaml"), "a1")) is None
    assert index.post_of(Finding("nilai-salah", "x", Place("templates/y.yaml"), "b2")) == lone
    assert index.post_of(Finding("nilai-salah", "x", place)) is None
    assert list(index.between(date(2026, 12, 8), date(2026, 12, 8))) == [two]


def test_a_filter_says_itself_in_words_and_offers_everything() -> None:
    board = Board(loaded(post(date(2026, 12, 7))), NOW)
    kinds = {choice.kind for choice in choices(board)}
    assert kinds == set(Kind)
    wish = Filter().toggled(Kind.UNITS, "melati").toggled(Kind.PILLARS, "edukasi")
    wish = wish.toggled(Kind.STATES, "WRONG").toggled(Kind.PEOPLE, "")
    assert words(board, wish) == "Melati · Edukasi · perlu diperbaiki · belum ada petugas"
    assert wish and not wish.toggled(Kind.UNITS, "melati").units
    assert words(board, Filter(units=frozenset([*UNITS, "hilang"]))) == "Kenanga, Mawar, Melati"


@pytest.mark.parametrize(
    ("bar", "said", "drawn"),
    [
        (Bar("Edukasi", 2, 4, 6), "kurang 2", "███▒▒···"),
        (Bar("Edukasi", 5, 4, 6), "pas", "███████·"),
        (Bar("Edukasi", 8, 4, 6), "lebih 2", "████████"),
        (Bar("Sosial", 3, 3), "cukup", "████████"),
        (Bar("Sosial", 0, 0), "cukup", "        "),
    ],
)
def test_a_bar_says_in_words_what_it_shows(bar: Bar, said: str, drawn: str) -> None:
    assert bar.words == said
    assert bar.met is (said in ("pas", "cukup"))
    assert bar.drawn(8) == drawn


def test_the_balance_of_one_posyandu_counts_posts_and_of_many_counts_posyandu() -> None:
    made = [post(date(2026, 12, n), id=f"a{n}") for n in (7, 8, 20)]
    made += [post(date(2026, 12, 20), id="a9", time=time(9, 30))]
    made += [post(date(2026, 12, 7), "kenanga", "k1")]
    board = Board(loaded(*made), NOW)
    one = standing(board, ["melati"], date(2026, 12, 1), STRATEGY)
    assert one.posts == 4 and one.pillars[1].have == 4
    assert any(note.startswith("Sepi: Sel, 1 Des sampai") for note in one.notes)
    assert any(note.startswith("Jam berdekatan: Min, 20 Des 09.00") for note in one.notes)
    many = standing(board, UNITS, date(2026, 12, 1), STRATEGY)
    assert many.posts == 5 and many.bidang[0].least == len(UNITS)
    assert any(note.startswith("Hari sepi di 3 posyandu: Kenanga, ") for note in many.notes)


def test_an_almanac_knows_holidays_observances_and_service_days(demo: Path) -> None:
    workspace = Workspace.open(demo)
    almanac = Almanac(workspace, workspace.load())
    assert almanac.known(date(2026, 12, 1)) is None
    page = almanac.page(date(2026, 12, 1))
    assert almanac.known(date(2026, 12, 1)) is page is almanac.page(date(2026, 12, 1))
    assert page.closes(date(2026, 12, 25)) and not page.closes(date(2026, 12, 7))
    assert [each.posyandu.slug for each in page.services[date(2026, 12, 8)]] == ["melati"]
    assert [each.name for each in page.marking(date(2026, 12, 22))] == ["Hari Ibu"]
    long = [each.name for each in page.observed(date(2026, 12, 7))]
    assert long and not page.marking(date(2026, 12, 7)), "a long one marks its first day only"
    assert page.strategy is not None


def test_the_legend_fits_on_one_line() -> None:
    assert legend().cell_length <= 78
