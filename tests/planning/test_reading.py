"""A health worker has read a text: it is written down once, and the posts that say the same are read with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from content_kit.checks.unread import CODE, apart
from content_kit.errors import UsageError
from content_kit.files.readings import load_readings, readings_path
from content_kit.files.texts import load_texts
from content_kit.files.workspace import Loaded, Workspace
from content_kit.findings import Finding
from content_kit.model import Post
from content_kit.planning.adding import Advice, add_entry, slot_on
from content_kit.planning.library import Entry, load_library
from content_kit.planning.reading import mark_read
from content_kit.review.library import SignedTexts
from content_kit.start import create_demo

TODAY = date(2026, 12, 7)
DAY = date(2026, 12, 6)


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """The sample, with one text of the library planned for two posyandu."""
    workspace = Workspace.open(create_demo(tmp_path / "contoh", TODAY))
    for unit in ("melati", "kenanga"):
        loaded = workspace.load()
        advice = Advice.of(workspace, loaded)
        slot = slot_on(advice, loaded, unit, advice.entry(ENTRY), date(2026, 12, 20))
        add_entry(advice, workspace, loaded, unit, advice.entry(ENTRY), slot)[0].save()
    return workspace


def _some_entry() -> Entry:
    from content_kit.files import bundled

    entries, _ = load_library(Workspace(bundled.root()))
    return next(
        e for e in entries if e.sources and e.verified and not e.signed and not e.waiting
    )  # fmt: skip


ENTRY = _some_entry().id


def entry(workspace: Workspace) -> Entry:
    return next(one for one in load_library(workspace)[0] if one.id == ENTRY)


def own(loaded: Loaded) -> list[Post]:
    return [post for post in loaded.posts() if post.entry == ENTRY]


def mark(workspace: Workspace, by: str = "Rahma", day: date = DAY) -> list[str]:
    pages = mark_read(workspace, workspace.load(), [ENTRY], by, "bidan", day, TODAY)
    pages.save()
    return [done.what for done in pages.done]


def test_the_text_and_the_posts_that_say_it_are_read(place: Workspace) -> None:
    assert not entry(place).signed and not SignedTexts(place).has(own(place.load())[0])
    (said,) = mark(place)
    assert "Rahma (bidan), 6-12-2026" in said and "2 postingan ikut tercatat" in said
    found = entry(place)
    assert found.signed and found.sources[0].reviewed_by == "Rahma (bidan), 6-12-2026"
    for post in own(place.load()):
        assert post.sources == found.sources  # so it stays "sesuai pustaka"
        assert SignedTexts(place).has(post)


def test_somebody_else_later_takes_the_place(place: Workspace) -> None:
    mark(place)
    mark(place, "Sari", TODAY)
    readings, wrong = load_readings(place)
    assert not wrong and readings[ENTRY].by == "Sari" and len(readings) == 1


def test_words_of_ones_own_are_not_read_with_it(place: Workspace) -> None:
    file = next(
        path for path in (place.root / "calendars/melati").glob("2026-12.yaml")
    )  # fmt: skip
    title = entry(place).title
    file.write_text(file.read_text("utf-8").replace(title, "Judul saya", 1), encoding="utf-8")
    (said,) = mark(place)
    assert "1 postingan ikut tercatat" in said and "perlu dibaca sendiri" in said
    by_unit = {post.unit: post for post in own(place.load())}
    assert not by_unit["melati"].sources[0].reviewed_by
    assert by_unit["kenanga"].sources[0].reviewed_by


def test_a_reading_holds_for_just_the_text_that_was_read(place: Workspace) -> None:
    mark(place)
    path = readings_path(place)
    words = load_readings(place)[0][ENTRY].words
    path.write_text(path.read_text("utf-8").replace(words, "0" * 16), encoding="utf-8")
    assert not entry(place).signed


@pytest.mark.parametrize(
    ("ids", "by", "day"),
    [([ENTRY], " ", DAY), ([ENTRY], "Rahma", date(2026, 12, 8)), (["tidak-ada"], "Rahma", DAY)],
)
def test_what_cannot_be_is_refused(place: Workspace, ids: list[str], by: str, day: date) -> None:
    with pytest.raises(UsageError):
        mark_read(place, place.load(), ids, by, "bidan", day, TODAY)
    assert not readings_path(place).exists()


def test_many_posts_with_one_thing_to_do_are_one_line(place: Workspace) -> None:
    posts = own(place.load())
    mistake = Finding("nik", "ada NIK.", posts[0].at, posts[0].id)
    found = [mistake, *(Finding(CODE, "belum dibaca.", post.at, post.id) for post in posts)]
    by_place = {post.at: post for post in posts}
    rest, unread = apart(found, lambda finding: by_place.get(finding.place), load_texts(place))
    assert rest == [mistake] and unread is not None
    assert unread.posts == 2 and unread.sentence().startswith("2 postingan memakai 1 tulisan")
    assert "library read" in unread.hint()
    # A text of somebody's own stands for itself, and so does a source that nobody has opened.
    lonely = [Finding(CODE, "belum dibuka.", posts[0].at, posts[0].id)]
    assert apart(lonely, lambda _: None, load_texts(place)) == (lonely, None)
    mark(place)
    read = own(place.load())[0]
    assert apart(lonely, lambda _: read, load_texts(place)) == (lonely, None)
