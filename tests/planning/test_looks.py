"""How a month's pictures are chosen: neighbours differ, words fit, what stands is never changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.files import bundled
from content_kit.files.looks import COLUMNS, LOOKS
from content_kit.files.templates import FieldSpec, Template, load_template
from content_kit.files.texts import load_texts
from content_kit.files.workspace import Workspace
from content_kit.model import Audience, FieldValue, Hours, OccurrenceRef, Pillar, Post, ServiceDay
from content_kit.planning.library import Entry, Point, load_library
from content_kit.planning.looks import Look, Spot, choose, fitted, looks_of
from content_kit.planning.month import plan_month
from content_kit.planning.strategy import load_strategy
from content_kit.specimen import POSYANDU

BUNDLED = Workspace.open(bundled.root())
ENTRIES, _ = load_library(BUNDLED)
TEXTS = load_texts(BUNDLED)
TEMPLATES = [
    template
    for template, _ in (load_template(BUNDLED, name) for name in BUNDLED.template_names())
    if template is not None
]
MONTH = date(2027, 1, 1)
STRATEGY, _ = load_strategy(BUNDLED, "jemput-bola-digital")
UNIT = replace(
    POSYANDU,
    service_days=(
        ServiceDay(
            "bulanan", "Hari buka", "selasa ke-2", Hours(time(8), time(11)), "Balai RW 05",
            tuple(Audience), ("timbang", "imunisasi", "periksa_hamil"), ("Buku KIA",),
        ),
    ),
)  # fmt: skip


def post_of(entry: Entry) -> Post:
    return Post(
        id="contoh", unit="melati", date=MONTH, time=time(16), pillar=entry.pillar,
        template=entry.template, channels=("wa-grup",), bidang=entry.bidang,
        audience=entry.audience, fields=entry.values(), sources=entry.sources, entry=entry.id,
        waiting=tuple({ask.field.partition(".")[0] for ask in entry.waiting}),
    )  # fmt: skip


def made(name: str, **fields: FieldSpec) -> Template:
    whole = next(one for one in TEMPLATES if one.name == "satu-pesan")
    specs = tuple(replace(spec, name=key) for key, spec in fields.items())
    return replace(whole, name=name, look="pesan", ground="hangat", fields=specs)


# Choosing

looks = st.sampled_from("abcdefgh").map(lambda name: Look(name, ground=(name < "d" and "x") or "y"))
feeds = st.lists(
    st.tuples(
        st.integers(0, 40), st.lists(looks, min_size=5, max_size=6, unique=True),
        st.integers(0, 2**60),
    ),
    min_size=1, max_size=26,
)  # fmt: skip


def spots(feed: list[tuple[int, list[Look], int]]) -> tuple[list[Spot], dict[str, int]]:
    ordered = sorted(feed, key=lambda one: one[0])
    places = [
        Spot(str(number), MONTH + timedelta(days=day), tuple(ways))
        for number, (day, ways, _) in enumerate(ordered)
    ]
    return places, {str(number): luck for number, (_, _, luck) in enumerate(ordered)}


@given(feeds)
def test_with_five_looks_to_choose_from_no_neighbour_beside_or_below_is_alike(
    feed: list[tuple[int, list[Look], int]],
) -> None:
    places, luck = spots(feed)
    chosen = [choose(places, MONTH, luck)[place.key].template for place in places]
    for apart in (1, COLUMNS):
        assert all(a != b for a, b in zip(chosen, chosen[apart:], strict=False)), chosen


@given(feeds)
def test_every_post_gets_one_of_its_looks_and_the_same_each_time(
    feed: list[tuple[int, list[Look], int]],
) -> None:
    places, luck = spots(feed)
    chosen = choose(places, MONTH, luck)
    assert list(chosen) == [place.key for place in places]
    assert all(chosen[place.key] in place.looks for place in places)
    assert choose(places, MONTH, luck) == chosen


@given(feeds, st.integers(0, 25))
def test_what_stands_keeps_its_look_and_its_neighbours_avoid_it(
    feed: list[tuple[int, list[Look], int]], number: int
) -> None:
    places, luck = spots(feed)
    number %= len(places)
    stands = replace(places[number], looks=(Look("berdiri"),))
    others = [replace(p, looks=(Look("berdiri"), *p.looks)) for p in places]
    others[number] = stands
    chosen = choose(others, MONTH, luck)
    assert chosen[stands.key] == Look("berdiri")
    for apart in (1, COLUMNS):
        for beside in (number - apart, number + apart):
            if 0 <= beside < len(places):
                assert chosen[others[beside].key].template != "berdiri"


def test_no_composition_takes_more_than_its_share_where_others_fit() -> None:
    ways = tuple(Look(name, rank=rank) for rank, name in enumerate("abcdef"))
    places = [Spot(str(n), MONTH + timedelta(days=n), ways) for n in range(20)]
    chosen = choose(places, MONTH, {})
    assert max(Counter(look.template for look in chosen.values()).values()) <= 4


def test_the_reminders_of_one_opening_all_look_different() -> None:
    day = OccurrenceRef("bulanan", date(2027, 1, 12))
    ways = tuple(Look(name) for name in "abcd")
    places = [
        Spot(str(n), MONTH + timedelta(days=n), ways, day if n % 3 == 0 else None)
        for n in range(12)
    ]
    chosen = choose(places, MONTH, {})
    reminders = [chosen[place.key].template for place in places if place.opening]
    assert len(set(reminders)) == len(reminders)


def test_the_best_suited_look_wins_where_nothing_speaks_against_it() -> None:
    alone = Spot("x", MONTH, tuple(Look(name, rank=rank) for rank, name in enumerate("abc")))
    assert choose([alone], MONTH, {"x": 0})["x"].template == "a"


# Fitting

TEXT = FieldSpec("judul", "Judul", max=10)
LIST = FieldSpec(
    "langkah", "Langkah", type="list", min=2, max=3,
    items=(FieldSpec("judul", "Judul", max=5), FieldSpec("isi", "Isi", max=5, optional=True)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        pytest.param({"judul": "Halo"}, False, id="a-list-is-missing"),
        pytest.param({"judul": "Halo semuanya", "langkah": ()}, False, id="too-long"),
        pytest.param({"judul": "Halo", "langkah": ({"judul": "a"},)}, False, id="too-few"),
        pytest.param({"judul": "Halo", "langkah": ({"judul": "a"},) * 2}, True, id="fits"),
        pytest.param({"judul": "Halo", "langkah": ({"judul": "a"},) * 4}, False, id="too-many"),
        pytest.param(
            {"judul": "Halo", "langkah": ({"judul": "panjang"},) * 2}, False, id="an-item-too-long"
        ),
        pytest.param(
            {"judul": "Halo", "langkah": ({"judul": "a", "lain": "b"},) * 2}, False,
            id="an-item-says-more",
        ),
        pytest.param(
            {"judul": "Halo", "langkah": ({"judul": "a"},) * 2, "penutup": "Ya."}, False,
            id="a-sentence-without-a-field",
        ),
        pytest.param(
            {"judul": "Halo", "langkah": ({"judul": "a"},) * 2, "label": "Pokok", "gambar": "x"},
            True, id="topic-and-drawing-may-stay-away",
        ),
    ],
)  # fmt: skip
def test_a_text_that_a_picture_cannot_say_wholly_never_gets_it(
    words: dict[str, FieldValue], fits: bool
) -> None:
    template = made("uji", judul=TEXT, langkah=LIST)
    found = fitted(words, template)
    assert (found is not None) is fits
    if found is not None:
        assert found.keys() <= {"judul", "langkah"}


def test_what_waits_for_a_person_need_not_be_there_yet() -> None:
    template = made("uji", judul=TEXT, langkah=LIST)
    words: dict[str, FieldValue] = {"judul": "Halo", "langkah": ({"isi": "b"},) * 2}
    assert fitted(words, template) is None
    assert fitted(words, template, ("langkah",)) is not None


def test_a_picture_with_shades_is_one_look_for_each() -> None:
    entry = Entry(
        "cuci", Pillar.EDUKASI, "edukasi-langkah", "Cuci tangan", looks=("pesan",), image="bayi",
        points=(Point("Sabun", "Pakai sabun."), Point("Air", "Air mengalir.")),
    )  # fmt: skip
    found = looks_of(post_of(entry), entry, TEMPLATES)
    assert [look.template for look in found] == ["satu-pesan"] * 3 + ["edukasi-langkah"]
    assert [look.ground for look in found[:3]] == ["hangat", "sejuk", "dalam"]
    assert {look.fields["nuansa"] for look in found[:3]} == {"hangat", "sejuk", "dalam"}


def test_the_bundled_pictures_name_their_look_and_ground() -> None:
    named = [one for one in TEMPLATES if one.look]
    assert all(one.grounds for one in named)
    assert {one.look for one in named} <= set(LOOKS)


def test_whatever_picture_a_text_gets_it_still_says_the_words_of_the_library() -> None:
    """So a health worker's reading of the text holds for every picture of it."""
    for entry in ENTRIES:
        post = post_of(entry)
        for look in looks_of(post, entry, TEMPLATES):
            drawn = replace(post, template=look.template, fields=look.fields)
            assert TEXTS.says(drawn), (entry.id, look.template)
            for key in ("judul", "langkah", "penutup", "ajakan"):
                assert drawn.fields.get(key) == post.fields.get(key), (entry.id, key)


def test_words_that_somebody_changed_or_left_out_are_no_longer_the_librarys() -> None:
    entry = next(one for one in ENTRIES if one.own.get("bahaya"))
    post = post_of(entry)
    drawn = next(
        replace(post, template=look.template, fields=look.fields)
        for look in looks_of(post, entry, TEMPLATES)
        if look.template == "tanda-bahaya"
    )
    assert TEXTS.says(drawn)
    for key in ("tindakan", "tanda", "langkah", "penutup"):
        less = {name: value for name, value in drawn.fields.items() if name != key}
        assert not TEXTS.says(replace(drawn, fields=less)), key
        assert not TEXTS.says(replace(drawn, fields={**drawn.fields, key: "Lain."})), key


def test_most_texts_have_more_than_one_picture() -> None:
    several = [
        e for e in ENTRIES if len({x.template for x in looks_of(post_of(e), e, TEMPLATES)}) > 1
    ]
    assert len(several) >= 0.75 * len(ENTRIES)


def test_a_planned_month_has_no_neighbours_alike_and_is_planned_the_same_again() -> None:
    assert STRATEGY is not None

    def plan() -> list[str]:
        found: list[Post] = []
        for month in (MONTH, date(2027, 2, 1)):
            planned = plan_month(
                UNIT, month, strategy=STRATEGY, library=ENTRIES, past=found, templates=TEMPLATES
            )
            found += [one.post for one in planned.posts]
        found.sort(key=lambda post: (post.date, post.time, post.id))
        return [post.template for post in found]

    models = plan()
    assert len(models) > 30
    assert len(set(models)) >= 8
    for apart in (1, COLUMNS):
        alike = [(a, b) for a, b in zip(models, models[apart:], strict=False) if a == b]
        assert len(alike) <= 2, (apart, alike)
    assert plan() == models


def test_a_picture_of_danger_signs_is_never_slower_than_its_text() -> None:
    signs = [entry for entry in ENTRIES if "bahaya" in entry.own]
    assert len(signs) >= 10
    for entry in signs:
        told = " ".join(f"{each.title} {each.text}" for each in entry.points).lower()
        act = str(entry.own["bahaya"]["tindakan"]).lower()
        if any(word in told for word in ("segera", "langsung ke", "jangan menunggu")):
            assert "segera" in act, entry.id
        assert "segera" in act or "hari itu juga" in act, entry.id
