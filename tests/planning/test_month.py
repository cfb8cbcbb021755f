"""Laws of a planned month: complete series, no crowding, nothing twice, and planning again adds nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content_kit.checks import check_post
from content_kit.checks.schedule import CLASH
from content_kit.files import bundled
from content_kit.files.assets import load_channels
from content_kit.files.facts import Fact, Read
from content_kit.files.texts import Waiting
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding
from content_kit.model import (
    Audience,
    Bidang,
    Change,
    CheckState,
    HolidayKind,
    Hours,
    OccurrenceRef,
    Person,
    Pillar,
    Post,
    Posyandu,
    ServiceDay,
    Source,
    Zone,
)
from content_kit.planning.balance import last_day, next_month, same_month
from content_kit.planning.library import Entry, load_library
from content_kit.planning.month import MonthPlan, plan_month, share_duty
from content_kit.planning.strategy import Strategy, load_strategy
from content_kit.schedule.holidays import Holiday, Holidays
from content_kit.schedule.observances import Observance
from content_kit.schedule.occurrences import occurrences, resolve
from content_kit.schedule.week import Week

BUNDLED = Workspace(bundled.root())
DECEMBER = date(2026, 12, 1)
RULES = (
    "selasa ke-2", "jumat terakhir", "senin ke-1 dan ke-3", "kamis ke-5", "2026-12-17",
    "2026-12-01", "2026-12-31", "2027-01-04", "belum pasti",
)  # fmt: skip
CHANNELS = load_channels(BUNDLED)[0]


def bundled_strategy() -> Strategy:
    strategy, findings = load_strategy(BUNDLED, "jemput-bola-digital")
    assert strategy is not None
    assert not findings
    return strategy


STRATEGY = bundled_strategy()


def entries() -> tuple[Entry, ...]:
    """A small library of every pillar; numbers make the titles different."""
    seen = (Source("Buku KIA", CheckState.VERIFIED, "contoh"),)
    words = {7: "Pekan depan", 3: "Tiga hari lagi", 1: "Besok", 0: "Hari ini"}
    found: list[Entry] = []
    for number in range(3):
        found += [
            Entry(
                f"jadwal-{days}-{number}", Pillar.JADWAL, "jadwal-kartu",
                f"{said} kita buka, ayo {number}", audience=tuple(Audience), days_before=days,
            )
            for days, said in words.items()
        ]  # fmt: skip
        gap = (Waiting("langkah", "Berapa yang datang?", "34 balita"),)
        found.append(
            Entry(
                f"rekap-{number}", Pillar.KEGIATAN, "edukasi-langkah", f"Terima kasih {number}",
                label="Cerita", recap=True, waiting=gap,
            )
        )  # fmt: skip
    name, role = Waiting("nama", "Siapa?"), Waiting("peran", "Apa perannya?")
    for number in range(16):
        groups = (list(Audience)[number % 6], list(Audience)[(number * 5 + 1) % 6])
        field = list(Bidang)[number % 6]
        found += [
            Entry(
                f"kader-{number}", Pillar.KADER, "kader-apresiasi", f"Kader hebat {number}",
                field, groups, label="Kader kita",
                waiting=(name, role) if number % 2 else (name,),
            ),
            Entry(
                f"tanya-{number}", Pillar.TANYA_JAWAB, "edukasi-langkah", f"Siapa tahu {number}?",
                field, groups, label="Tanya", sources=seen,
            ),
        ]  # fmt: skip
    for number in range(60):
        groups = (list(Audience)[number % 6], list(Audience)[(number // 6) % 6])
        found.append(
            Entry(
                f"edukasi-{number}", Pillar.EDUKASI, "edukasi-langkah", f"Pelajaran {number}",
                list(Bidang)[(number * 7) % 6], tuple(dict.fromkeys(groups)), label="Belajar",
                sources=seen, season=("asap",) if number % 20 == 0 else (),
            )
        )  # fmt: skip
    return tuple(found)


LIBRARY = entries()
PEOPLE = tuple(Person(f"kader-{n}", f"Nama{n}", "kader", ("melati",)) for n in range(3))
BOOK = Holidays(source=lambda year: [Holiday(date(year, 12, 25), "Natal", HolidayKind.LIBUR)])


def unit(*rules: str, slug: str = "melati", changes: tuple[Change, ...] = ()) -> Posyandu:
    """A posyandu with one service day for each rule."""
    return Posyandu(
        id=f"uji-desa-{slug}", slug=slug, name=f"Posyandu {slug.title()}", village="Desa Uji",
        district="Kecamatan Uji", regency="Kabupaten Uji", zone=Zone.WITA,
        service_days=tuple(
            ServiceDay(
                f"buka-{number}", "Hari buka", rule, Hours(time(8 + 4 * (number % 3)), time(20)),
                "Balai", (Audience.BAYI, Audience.LANSIA), changes=changes if number == 0 else (),
            )
            for number, rule in enumerate(rules)
        ),
    )  # fmt: skip


def plan(posyandu: Posyandu, known: Sequence[Post] = (), month: date = DECEMBER) -> MonthPlan:
    return plan_month(
        posyandu, month, strategy=STRATEGY, library=LIBRARY, holidays=BOOK, people=PEOPLE,
        past=[post for post in known if post.date < month],
        existing=[post for post in known if post.date >= month],
    )  # fmt: skip


def new_posts(plan: MonthPlan) -> tuple[Post, ...]:
    """The posts of a plan without their reasons."""
    return tuple(planned.post for planned in plan.posts)


@st.composite
def months(draw: st.DrawFn) -> tuple[Posyandu, list[Post]]:
    """A posyandu of any rules with some posts that people wrote before."""
    rules = draw(st.lists(st.sampled_from(RULES), max_size=3, unique=True))
    posyandu = unit(*rules)
    days, _ = occurrences(posyandu, DECEMBER, last_day(DECEMBER))
    known = []
    for number in range(draw(st.integers(0, 8))):
        pillar = draw(st.sampled_from(list(Pillar)))
        day = DECEMBER + timedelta(days=draw(st.integers(-20, 30)))
        about = draw(st.sampled_from(days)) if days and pillar is Pillar.JADWAL else None
        known.append(
            Post(
                id=f"tulis{number}", unit="melati", date=day,
                time=time(draw(st.integers(6, 20)), draw(st.sampled_from([0, 30]))),
                pillar=pillar, template="edukasi-langkah",
                channels=draw(st.sampled_from([("wa-grup",), ("fb", "ig"), ("telegram",)])),
                occurrence=OccurrenceRef(about.service_day, about.original) if about else None,
                fields={"judul": f"Tulisan tangan {number}"},
            )
        )  # fmt: skip
    return posyandu, known


@settings(max_examples=30, deadline=None)
@given(months())
def test_planning_is_deterministic_and_twice_adds_nothing(
    case: tuple[Posyandu, list[Post]],
) -> None:
    posyandu, known = case
    first = plan(posyandu, known)
    assert plan(posyandu, list(reversed(known))) == first
    again = plan(posyandu, [*known, *new_posts(first)])
    assert new_posts(again) == ()
    assert again.balance == first.balance


@settings(max_examples=30, deadline=None)
@given(months())
def test_no_new_post_shares_hour_and_channel_or_says_what_was_said(
    case: tuple[Posyandu, list[Post]],
) -> None:
    posyandu, known = case
    made = new_posts(plan(posyandu, known))
    assert all(same_month(post.date, DECEMBER) for post in made)
    for post, other in combinations([*made, *known], 2):
        if post not in made:
            continue
        apart = abs(_moment(post) - _moment(other))
        assert apart >= CLASH or not set(post.channels) & set(other.channels)
        alike = post.fields["judul"] == other.fields["judul"]
        assert not alike or post.occurrence is not None
    assert len({post.id for post in [*made, *known]}) == len(made) + len(known)


@settings(max_examples=30, deadline=None)
@given(months())
def test_every_target_is_met_or_named(case: tuple[Posyandu, list[Post]]) -> None:
    found = plan(*case)
    told = [finding.message for finding in found.findings if finding.code == "target-kurang"]
    assert told == [target.sentence() for target in found.balance.shortfalls]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(RULES), min_size=1, max_size=3, unique=True))
def test_every_service_day_has_its_series_and_its_words_are_true(rules: list[str]) -> None:
    posyandu = unit(*rules)
    made = new_posts(plan(posyandu))
    for day in occurrences(posyandu, DECEMBER, next_month(DECEMBER) + timedelta(days=6))[0]:
        ref = OccurrenceRef(day.service_day, day.original)
        about = [post for post in made if post.occurrence == ref]
        gaps = Counter(
            (day.date - post.date).days for post in about if post.pillar is Pillar.JADWAL
        )
        wanted = {7, 3, 1, 0}
        assert gaps == {n: 1 for n in wanted if same_month(day.date - timedelta(days=n), DECEMBER)}
        stories = [post for post in about if post.pillar is Pillar.KEGIATAN]
        if day.date < last_day(DECEMBER):
            assert len(stories) == same_month(day.date, DECEMBER)
        for post in about:
            assert not list(_wrong(post, posyandu))
            if post.date == day.date and post.pillar is Pillar.JADWAL:
                assert post.time < day.hours.start


def _wrong(post: Post, posyandu: Posyandu) -> list[Finding]:
    assert post.occurrence is not None
    found = check_post(
        post, posyandu, occurrence=resolve(posyandu, post.occurrence), channels=CHANNELS
    )
    return [finding for finding in found if finding.code != "wajib-diisi"]


def _moment(post: Post) -> datetime:
    return datetime.combine(post.date, post.time)


def test_a_moved_day_has_its_series_and_a_cancelled_one_has_none() -> None:
    moved = Change(date(2026, 12, 8), "Balai dipakai rapat", moved_to=date(2026, 12, 10))
    made = new_posts(plan(unit("selasa ke-2", changes=(moved,))))
    about = [post for post in made if post.occurrence and post.pillar is Pillar.JADWAL]
    assert [post.date.day for post in about] == [3, 7, 9, 10]
    assert {post.occurrence.date.day for post in about if post.occurrence} == {8}
    gone = Change(date(2026, 12, 8), cancelled=True)
    made = new_posts(plan(unit("selasa ke-2", changes=(gone,))))
    assert not [post for post in made if post.occurrence]


def test_an_unconfirmed_rule_waits_and_says_so() -> None:
    found = plan(unit("belum pasti"))
    assert not [post for post in new_posts(found) if post.pillar is Pillar.JADWAL]
    assert "menunggu-kepastian" in {finding.code for finding in found.findings}


WEEKLY_FOR_BABIES = ServiceDay(
    "bulanan", "Hari buka", "tiap rabu", Hours(time(9), time(11)), "Balai RW 05",
    (Audience.BAYI, Audience.BALITA_APRAS), ("timbang",),
)  # fmt: skip


def test_a_service_day_never_calls_people_whom_it_does_not_serve() -> None:
    library, _ = load_library(BUNDLED)
    audience = {entry.id: set(entry.audience) for entry in library}
    weekly = replace(unit(), service_days=(WEEKLY_FOR_BABIES,))
    known: tuple[Post, ...] = ()
    for month in (DECEMBER, date(2027, 1, 1), date(2027, 2, 1)):
        known += new_posts(
            plan_month(weekly, month, strategy=STRATEGY, library=library, past=known)
        )
    called = [audience[post.entry] for post in known if post.pillar is Pillar.JADWAL]
    assert called
    assert all(groups <= set(WEEKLY_FOR_BABIES.audience) for groups in called)


def test_the_story_of_a_day_for_the_old_is_not_about_the_little_ones() -> None:
    library, _ = load_library(BUNDLED)
    audience = {entry.id: entry.audience for entry in library}
    day = replace(WEEKLY_FOR_BABIES, rule="tanggal 20", audience=(Audience.LANSIA,))
    weekly = replace(unit(), service_days=(day,))
    posts = new_posts(plan_month(weekly, DECEMBER, strategy=STRATEGY, library=library))
    recaps = [post for post in posts if post.pillar is Pillar.KEGIATAN and post.occurrence]
    assert recaps
    assert all(Audience.LANSIA in audience[post.entry] for post in recaps)


def test_in_ramadan_announcements_keep_its_hours_too() -> None:
    days = [date(2027, 2, 18) + timedelta(days=n) for n in range(29)]
    ramadan = [Holiday(day, "Ramadan", HolidayKind.RAMADAN) for day in days]
    weekly = replace(unit(), service_days=(WEEKLY_FOR_BABIES,))
    posts = new_posts(
        plan_month(
            weekly, date(2027, 3, 1), strategy=STRATEGY, library=entries(),
            holidays=Holidays(source=lambda year: ramadan if year == 2027 else []),
        )
    )  # fmt: skip
    during = [post for post in posts if post.date in days]
    assert any(post.occurrence for post in during)
    assert {post.time for post in during} <= set(STRATEGY.ramadan_hours)


def test_an_announcement_that_somebody_moved_by_a_day_still_counts() -> None:
    posyandu = unit("selasa ke-2")
    made = list(new_posts(plan(posyandu)))
    first = next(n for n, post in enumerate(made) if post.pillar is Pillar.JADWAL)
    made[first] = replace(made[first], date=made[first].date + timedelta(days=1), time=time(12))
    assert not [post for post in new_posts(plan(posyandu, made)) if post.pillar is Pillar.JADWAL]


def test_a_weekly_day_is_not_invited_to_before_the_one_before_is_over() -> None:
    rules = "senin ke-1 dan ke-2 dan ke-3 dan ke-4"
    made = new_posts(plan(unit(rules)))
    gaps = Counter(
        (post.occurrence.date - post.date).days
        for post in made
        if post.occurrence and post.pillar is Pillar.JADWAL
    )
    assert gaps[3] >= 4
    assert gaps[7] <= 1  # only the first one, and the one of January


def test_ordinary_posts_rest_on_holidays_and_a_service_day_there_is_asked_about() -> None:
    found = plan(unit("2026-12-25"))
    on = [post for post in new_posts(found) if post.date == date(2026, 12, 25)]
    assert all(post.occurrence for post in on)
    assert "bentrok-libur" in {finding.code for finding in found.findings}


def test_out_of_season_entries_stay_at_home() -> None:
    made = new_posts(plan(unit("selasa ke-2")))
    dry = {entry.id for entry in LIBRARY if entry.season}
    assert not dry & {post.entry for post in made}


def test_an_observance_is_used_where_an_entry_speaks_of_it() -> None:
    library = (
        *LIBRARY,
        Entry("cuci", Pillar.EDUKASI, "edukasi-langkah", "Cuci tangan pakai sabun", label="Bersih"),
    )
    washing = Observance(
        "ctps", "Hari Cuci Tangan Sedunia", (Bidang.KESEHATAN,), date(2026, 12, 15),
        date(2026, 12, 15),
    )  # fmt: skip
    found = plan_month(
        unit("selasa ke-2"), DECEMBER, strategy=STRATEGY, library=library, observances=[washing]
    )
    called = [planned for planned in found.posts if planned.post.entry == "cuci"]
    assert [planned.post.date.day for planned in called] == [15]
    assert "Hari Cuci Tangan Sedunia" in called[0].reason


def test_thanks_go_round_nobody_twice_before_all_once() -> None:
    posyandu = unit("selasa ke-2")
    known: list[Post] = []
    month = DECEMBER
    for _ in range(6):
        known += new_posts(plan(posyandu, known, month))
        month = next_month(month)
    thanked = [
        post.fields["nama"]
        for post in known
        if post.pillar is Pillar.KADER and "nama" in post.fields
    ]
    assert len(thanked) >= 6
    for start in range(0, len(thanked) - 2, 3):
        assert len(set(thanked[start : start + 3])) == 3


def test_an_entry_rests_before_it_comes_again() -> None:
    posyandu = unit("selasa ke-2")
    known: list[Post] = []
    month = DECEMBER
    for _ in range(5):
        known += new_posts(plan(posyandu, known, month))
        month = next_month(month)
    for post, other in combinations(known, 2):
        if post.entry == other.entry and post.occurrence is None:
            assert abs(post.date - other.date) >= STRATEGY.rest_of(post.pillar), post.entry


def test_two_posyandu_of_one_village_differ() -> None:
    here = new_posts(plan(unit("selasa ke-2")))
    there = new_posts(plan(unit("selasa ke-2", slug="mawar")))
    assert [post.entry for post in here] != [post.entry for post in there]


def test_neighbours_never_say_the_same_in_one_week() -> None:
    village = [unit("selasa ke-2", slug=slug) for slug in ("melati", "mawar", "kenanga")]
    told: dict[tuple[str, Week], set[str]] = {}
    for one in village:
        known: list[Post] = []
        month = DECEMBER
        for _ in range(3):
            found = plan_month(
                one, month, strategy=STRATEGY, library=LIBRARY, people=PEOPLE, past=known,
                neighbours=[other.id for other in village if other is not one],
            )  # fmt: skip
            known += new_posts(found)
            month = next_month(month)
        for post in known:
            if post.pillar is Pillar.EDUKASI:
                told.setdefault((post.entry, Week.of(post.date)), set()).add(one.slug)
    assert [key for key, units in told.items() if len(units) > 1] == []


def test_a_text_that_was_never_used_comes_before_any_other() -> None:
    """Also before those that were used long ago, in months that were not read whole."""
    texts = [entry for entry in LIBRARY if entry.pillar is Pillar.EDUKASI and not entry.season]
    fresh = {entry.id for entry in texts[:12]}
    uses = {entry.id: date(2025, 1, 1) for entry in texts[12:]}
    found = plan_month(
        unit("selasa ke-2"), DECEMBER, strategy=STRATEGY, library=LIBRARY, uses=uses, people=PEOPLE
    )
    lessons = [post.entry for post in new_posts(found) if post.pillar is Pillar.EDUKASI]
    assert set(lessons[:12]) <= fresh and lessons


def test_the_longest_rest_comes_first_when_all_were_used() -> None:
    texts = [entry for entry in LIBRARY if entry.pillar is Pillar.EDUKASI and not entry.season]
    rested = {entry.id for entry in texts[:15]}
    uses = {e.id: date(2024, 6 if e.id in rested else 12, 1) for e in texts}
    found = plan_month(
        unit("selasa ke-2"), date(2025, 12, 1), strategy=STRATEGY, library=LIBRARY, uses=uses,
        people=PEOPLE,
    )  # fmt: skip
    lessons = {post.entry for post in new_posts(found) if post.pillar is Pillar.EDUKASI}
    assert lessons <= rested and lessons


@pytest.mark.parametrize(
    ("services", "told"), [(("tensi",), True), (("timbang",), False), ((), False)]
)
def test_a_text_names_no_service_that_is_not_there(services: tuple[str, ...], told: bool) -> None:
    texts = [replace(e, services=("tensi",)) for e in LIBRARY if e.pillar is Pillar.EDUKASI]
    others = [e for e in LIBRARY if e.pillar is not Pillar.EDUKASI]
    posyandu = unit("selasa ke-2")
    days = tuple(replace(day, services=services) for day in posyandu.service_days)
    found = plan_month(
        replace(posyandu, service_days=days), DECEMBER, strategy=STRATEGY, library=[*others, *texts]
    )
    assert any(post.pillar is Pillar.EDUKASI for post in new_posts(found)) is told


def test_a_number_is_not_told_after_its_day() -> None:
    old = Fact("angka", "24 dari 100.", "SSGI", "SSGI", Read.WHOLE, until=date(2026, 12, 10))
    texts = [replace(e, told=(old,)) for e in LIBRARY if e.pillar is Pillar.EDUKASI]
    others = [e for e in LIBRARY if e.pillar is not Pillar.EDUKASI]
    found = plan_month(unit("selasa ke-2"), DECEMBER, strategy=STRATEGY, library=[*others, *texts])
    days = [post.date for post in new_posts(found) if post.pillar is Pillar.EDUKASI]
    assert days and max(days) <= date(2026, 12, 10)


def test_nothing_is_placed_before_the_start_and_what_is_lost_is_named() -> None:
    start = date(2026, 12, 6)
    found = plan_month(
        unit("selasa ke-2"), DECEMBER, strategy=STRATEGY, library=LIBRARY, start=start
    )
    assert all(post.date >= start for post in new_posts(found))
    assert sum(finding.code == "seri-terlewat" for finding in found.findings) == 2


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sets(st.integers(0, 3), min_size=1, max_size=4).map(frozenset), min_size=2, max_size=6
    )
)
def test_duty_is_fair_over_all_units_a_person_serves(serves: list[frozenset[int]]) -> None:
    people = [
        Person(f"p{n}", f"P{n}", "kim", tuple(f"unit-{u}" for u in sorted(units)))
        for n, units in enumerate(serves)
    ]
    plans = [plan(unit("selasa ke-2", slug=f"unit-{number}")) for number in range(4)]
    shared = share_duty(plans, people, [])
    load = Counter(post.duty for each in shared for post in new_posts(each))
    for each in shared:
        able = {person.id for person in people if each.unit in person.units}
        for post in new_posts(each):
            assert post.duty in able or not able
            assert all(load[post.duty] <= load[other] + 1 for other in able)


@pytest.mark.parametrize("zone_rules", [("selasa ke-2", "tanggal 17"), ("jumat terakhir",)])
def test_the_bundled_library_and_strategy_meet_every_target(zone_rules: tuple[str, ...]) -> None:
    library, _ = load_library(BUNDLED)
    rules = [rule.replace("tanggal 17", "2026-12-17") for rule in zone_rules]
    found = plan_month(
        unit(*rules), DECEMBER, strategy=STRATEGY, library=library, holidays=BOOK, people=PEOPLE
    )
    assert not found.balance.shortfalls
    assert not [finding for finding in found.findings if finding.code == "seri-terlewat"]
