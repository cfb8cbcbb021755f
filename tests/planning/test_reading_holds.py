"""A reading holds for just the words that were read, however the post is edited afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from content_kit.checks.unread import CODE, apart
from content_kit.errors import UsageError
from content_kit.files.texts import load_texts
from content_kit.files.workspace import Workspace
from content_kit.model import Post
from content_kit.planning import draft_text
from content_kit.planning.adding import Advice, add_entry, slot_on
from content_kit.planning.draft import of_post
from content_kit.planning.library import Entry, load_library
from content_kit.planning.pages import Pages
from content_kit.planning.reading import mark_read
from content_kit.render import Press
from content_kit.review.library import SignedTexts
from content_kit.start import create_demo

TODAY = date(2026, 12, 7)
TITLE = "Minum obat ini tiap hari, Bu"
RAHMA = "Rahma (bidan), 7-12-2026"


def some(workspace: Workspace, *, waiting: bool = False) -> Entry:
    return next(
        e
        for e in load_library(workspace)[0]
        if e.sources and e.verified and bool(e.waiting) == waiting
    )


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """The sample, with one text of the library planned and read by a midwife."""
    workspace = Workspace.open(create_demo(tmp_path / "contoh", TODAY))
    loaded, entry = workspace.load(), some(workspace)
    advice = Advice.of(workspace, loaded)
    slot = slot_on(advice, loaded, "melati", advice.entry(entry.id), date(2026, 12, 20))
    add_entry(advice, workspace, loaded, "melati", advice.entry(entry.id), slot)[0].save()
    read(workspace)
    assert not wanting(workspace)
    return workspace


def read(workspace: Workspace, by: str = "Rahma") -> None:
    id = some(workspace).id
    mark_read(workspace, workspace.load(), [id], by, "bidan", TODAY, TODAY).save()


def own(workspace: Workspace) -> Post:
    id = some(workspace).id
    return next(post for post in workspace.load().posts() if post.entry == id)


def wanting(workspace: Workspace) -> list[str]:
    """What the check says about the reading of the post."""
    proof = Press(workspace, workspace.load()).proof(own(workspace))
    return [finding.hint for finding in proof.findings if finding.code == CODE]


def by_hand(workspace: Workspace, old: str, new: str) -> None:
    file = workspace.root / "calendars/melati/2026-12.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def by_form(workspace: Workspace, changes: dict[str, str]) -> Post:
    post = own(workspace)
    base = draft = of_post(post)
    for path, value in changes.items():
        draft = draft.put(path, value)
    pages = Pages(workspace)
    draft_text.write(pages, post, base, draft)
    pages.save()
    return own(workspace)


def test_words_changed_in_a_text_editor_were_read_by_nobody(place: Workspace) -> None:
    by_hand(place, some(place).title, TITLE)
    assert own(place).sources[0].reviewed_by == RAHMA  # the name still stands there
    (hint,) = wanting(place)
    assert "isian Sumber" in hint and "library read" not in hint
    assert not SignedTexts(place).has(own(place))


def test_words_changed_in_the_form_lose_the_name_of_the_reader(place: Workspace) -> None:
    post = by_form(place, {"isi.judul": TITLE})
    assert not any(source.reviewed_by for source in post.sources)
    assert wanting(place)


def test_whoever_reads_the_new_words_is_named_in_the_post(place: Workspace) -> None:
    post = by_form(place, {"isi.judul": TITLE, "sumber.0.ditelaah": "Bidan Sari"})
    assert post.sources[0].reviewed_by == "Bidan Sari"
    for number in range(1, len(post.sources)):
        by_form(place, {f"sumber.{number}.ditelaah": "Bidan Sari"})
    assert not wanting(place)
    by_form(place, {"isi.judul": "Judul lain lagi"})
    assert wanting(place)


def test_the_name_of_an_earlier_reader_does_not_become_ones_own(place: Workspace) -> None:
    read(place, "Sari")
    assert own(place).sources[0].reviewed_by == RAHMA and not wanting(place)
    by_hand(place, some(place).title, TITLE)
    assert wanting(place)


def test_another_hour_or_source_line_is_no_new_word(place: Workspace) -> None:
    assert by_form(place, {"jam": "09.00"}).sources[0].reviewed_by == RAHMA
    assert not wanting(place)


def test_an_alt_text_of_ones_own_was_read_by_nobody(place: Workspace) -> None:
    by_form(place, {"teks_alt": TITLE})
    assert wanting(place)


def test_only_what_waits_for_a_person_may_differ(place: Workspace) -> None:
    entry = next(
        e
        for e in load_library(place)[0]
        if e.waiting and any("." not in g.field for g in e.waiting)
    )
    texts = load_texts(place)
    plain = replace(
        own(place), entry=entry.id, sources=entry.sources, fields=entry.values(), alt_text=""
    )
    assert texts.says(plain)
    assert texts.says(replace(plain, fields=entry.examples()))
    assert not texts.says(replace(plain, fields={**entry.values(), "tambahan": TITLE}))
    assert not texts.says(replace(plain, fields={**entry.values(), "judul": TITLE}))


def test_a_source_that_says_something_else_is_another_text(place: Workspace) -> None:
    post, texts = own(place), load_texts(place)
    other = replace(post.sources[0], fact="fakta-lain")
    assert texts.says(post)
    assert not texts.says(replace(post, sources=(other, *post.sources[1:])))


def test_a_text_that_changed_since_it_was_shown_is_not_signed(place: Workspace) -> None:
    entry = some(place)
    with pytest.raises(UsageError, match="baru saja berubah"):
        mark_read(
            place, place.load(), [entry.id], "Sari", "bidan", TODAY, TODAY, seen={entry.id: "0"}
        )
    mark_read(
        place, place.load(), [entry.id], "Sari", "bidan", TODAY, TODAY,
        seen={entry.id: entry.words},
    )  # fmt: skip


def test_a_post_with_words_of_its_own_is_not_one_of_the_texts_to_read(place: Workspace) -> None:
    by_hand(place, some(place).title, TITLE)
    post = own(place)
    found = [f for f in Press(place, place.load()).proof(post).findings if f.code == CODE]
    assert found and apart(found, lambda _: post, load_texts(place)) == (found, None)


def test_a_post_of_a_text_that_is_read_already_is_none_to_read_in_pustaka(place: Workspace) -> None:
    by_form(place, {"isi.judul": TITLE})
    post = by_form(place, {"isi.judul": some(place).title})
    found = [f for f in Press(place, place.load()).proof(post).findings if f.code == CODE]
    assert found and apart(found, lambda _: post, load_texts(place)) == (found, None)
    read(place)
    assert not wanting(place)
