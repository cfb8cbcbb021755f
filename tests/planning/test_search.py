"""Searching the library: every word must occur, a slip of the finger is forgiven, the best comes first."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.files import bundled
from content_kit.files.workspace import Workspace
from content_kit.model import Audience, Bidang, Pillar, Post
from content_kit.planning.library import Entry, Point, Question, load_library
from content_kit.planning.search import Shelf, last_uses, load_everyday, search, split


def entry(id: str, title: str, **more: object) -> Entry:
    return Entry(id=id, pillar=Pillar.EDUKASI, template="edukasi-langkah", title=title, **more)  # type: ignore[arg-type]


SHELF = (
    entry("asi-enam", "Enam bulan pertama, cukup ASI saja", audience=(Audience.BAYI,)),
    entry("air-masuk", "Air mulai masuk?", season=("banjir",), points=(Point("Matikan listrik", ""),)),
    entry("telur", "Telur tiap hari", questions=(Question("Bayi boleh?", "Boleh"),)),
    entry("cair", "Obat cair", hashtags=("ASIEksklusif",), bidang=Bidang.SOSIAL),
)  # fmt: skip

BUNDLED = tuple(load_library(Workspace(bundled.root()))[0])
WORDS = load_everyday(Workspace(bundled.root()))[0]


def ids(found: list[Entry]) -> list[str]:
    return [each.id for each in found]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["asi-enam", "air-masuk", "telur", "cair"]),
        ("asi", ["asi-enam", "cair"]),  # the title before the hashtag
        ("ASI cukup", ["asi-enam"]),
        ("listr", ["air-masuk"]),
        ("air", ["air-masuk"]),  # a short word begins a word: not "cair"
        ("eksklusif", ["cair"]),  # a long one may be inside
        ("bayi", ["asi-enam", "telur"]),
        ("telr", ["telur"]),
        ("listirk masuk", ["air-masuk"]),
        ("asi listrik", []),
        ("zzzzzz", []),
        ("#ASIEksklusif!", ["cair"]),
    ],
)
def test_every_word_must_occur(words: str, found: list[str]) -> None:
    assert ids(search(SHELF, words)) == found


def test_filters_narrow_and_a_season_comes_first() -> None:
    assert ids(search(SHELF, bidang=Bidang.SOSIAL)) == ["cair"]
    assert ids(search(SHELF, pillar=Pillar.KADER)) == []
    assert ids(search(SHELF, audience=Audience.BAYI)) == ["asi-enam"]
    assert ids(search(SHELF, seasons={"banjir"}))[0] == "air-masuk"
    assert "air-masuk" not in ids(search(SHELF, seasons=()))


@given(st.text(max_size=30))
def test_any_words_find_entries_of_the_shelf_and_more_words_never_find_more(words: str) -> None:
    shelf = Shelf.of(SHELF)
    found = shelf.search(words)
    assert set(ids(found)) <= set(ids(list(SHELF)))
    assert found == shelf.search(words)


def test_each_bundled_entry_is_found_by_its_title_and_its_id() -> None:
    entries, _ = load_library(Workspace(bundled.root()))
    shelf = Shelf.of(entries)
    for each in entries[::7]:
        assert each in shelf.search(each.title)
        assert each in shelf.search(each.id.replace("-", " "))


def test_the_last_use_is_the_latest(make_post: object) -> None:
    assert callable(make_post)
    posts: list[Post] = [
        make_post(entry="telur", date=date(2026, 11, 3)),
        make_post(entry="telur", date=date(2026, 10, 1)),
        make_post(entry=""),
    ]
    assert last_uses(posts) == {"telur": date(2026, 11, 3)}


EVERYDAY = {
    "mencret": "diare", "Muntaber": "diare", "darah tinggi": "tensi", "tekanan darah tinggi": "tensi",
    "kencing manis": "gula", "lebaran": "ramadan", "anak pendek": "stunting", "netek": "asi",
    "demam berdarah": "jentik", "batuk darah": "tbc", "menstruasi": "haid", "wc": "jamban",
    "manula": "lansia", "bubur bayi": "mpasi", "pilek": "batuk", "tablet tambah darah": "ttd",
}  # fmt: skip


@pytest.mark.parametrize(("said", "meant"), EVERYDAY.items(), ids=list(EVERYDAY))
def test_an_everyday_name_finds_what_the_library_calls_otherwise(said: str, meant: str) -> None:
    shelf = Shelf.of(BUNDLED, WORDS)
    found = [entry.id for entry in shelf.search(said)]
    assert found
    assert set(found) & {entry.id for entry in shelf.search(meant)}


def test_every_everyday_name_leads_to_words_that_the_library_has() -> None:
    assert len(WORDS) >= 60
    known = {word for words in Shelf.of(BUNDLED).words for word, _ in words}
    for said, meant in WORDS.items():
        lost = [each for each in meant if not any(word.startswith(each) for word in known)]
        assert not lost, f"{' '.join(said)}: {lost}"


def test_what_has_the_word_in_its_title_comes_first() -> None:
    shelf = Shelf.of(BUNDLED, WORDS)
    for word in ("diare", "stunting", "tensi", "lansia"):
        titles = [any(each.startswith(word) for each in split(e.title)) for e in shelf.search(word)]
        assert titles == sorted(titles, reverse=True)
