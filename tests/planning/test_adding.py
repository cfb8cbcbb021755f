"""A library entry into a calendar: the proposed day is free and liked, and the file stays whole."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from content_kit.errors import UsageError
from content_kit.files.workspace import Loaded, Workspace
from content_kit.planning.adding import Advice, add_entry, next_slot, slot_on, warnings
from content_kit.start import create_demo

TODAY = date(2026, 12, 7)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return create_demo(tmp_path_factory.mktemp("a") / "contoh", TODAY)


@pytest.fixture(scope="module")
def loaded(place: Path) -> Loaded:
    return Workspace.open(place).load()


@pytest.fixture(scope="module")
def advice(place: Path, loaded: Loaded) -> Advice:
    return Advice.of(Workspace.open(place), loaded)


def test_every_entry_gets_a_free_day_soon(advice: Advice, loaded: Loaded) -> None:
    for entry in advice.library[::3]:
        slot = next_slot(advice, loaded, "melati", entry, TODAY)
        assert TODAY <= slot.day <= TODAY + timedelta(days=62)
        others = [p for p in loaded.posts("melati") if p.date == slot.day]
        assert all(post.time != slot.at for post in others), entry.id
        if entry.days_before is not None:
            assert slot.occurrence is not None
            assert slot.occurrence.date - slot.day == timedelta(days=entry.days_before)


def test_a_recap_tells_of_the_day_it_stands_on(advice: Advice, loaded: Loaded) -> None:
    entry = next(e for e in advice.library if e.recap and "timbang" in e.services)
    slot = next_slot(advice, loaded, "melati", entry, TODAY)
    assert slot.occurrence is not None and slot.day == slot.occurrence.date
    assert slot.at > slot.occurrence.hours.start


def test_the_post_is_added_with_its_words_and_somebody_on_duty(
    advice: Advice, tmp_path: Path
) -> None:
    root = create_demo(tmp_path / "contoh", TODAY)
    workspace = Workspace.open(root)
    loaded = workspace.load()
    entry = advice.entry("asi-sering")
    before = (root / "calendars/melati/2026-12.yaml").read_text("utf-8")
    slot = next_slot(advice, loaded, "melati", entry, TODAY)
    pages, post = add_entry(advice, workspace, loaded, "melati", entry, slot)
    assert (root / "calendars/melati/2026-12.yaml").read_text("utf-8") == before
    pages.save()
    after = (root / "calendars/melati/2026-12.yaml").read_text("utf-8")
    assert after.startswith(before.rstrip("\n"))
    new = {p.id: p for p in workspace.load().posts("melati")}[post.id]
    assert new.entry == "asi-sering" and new.date == slot.day and new.duty
    assert new.fields["judul"] == entry.title
    assert "Sudah dipakai" in " ".join(
        warnings(advice, workspace.load(), "melati", entry, slot_on(
            advice, workspace.load(), "melati", entry, slot.day + timedelta(days=1)
        ))
    )  # fmt: skip


def test_a_chosen_day_that_is_full_or_without_service_is_told(
    advice: Advice, loaded: Loaded
) -> None:
    entry = next(e for e in advice.library if e.days_before == 1)
    far = slot_on(advice, loaded, "melati", entry, date(2026, 12, 20))
    assert "hari buka" in " ".join(warnings(advice, loaded, "melati", entry, far))
    full = slot_on(advice, loaded, "melati", advice.entry("asi-sering"), date(2026, 12, 8))
    told = " ".join(warnings(advice, loaded, "melati", advice.entry("asi-sering"), full))
    assert "sudah ada 2 postingan" in told


def test_an_unknown_entry_or_unit_is_named(advice: Advice, loaded: Loaded, place: Path) -> None:
    with pytest.raises(UsageError, match="asi-sering"):
        advice.entry("asi-serin")
    entry = advice.entry("asi-sering")
    slot = next_slot(advice, loaded, "melati", entry, TODAY)
    with pytest.raises(UsageError, match="tidak ada"):
        add_entry(advice, Workspace.open(place), loaded, "mawar", entry, slot)
