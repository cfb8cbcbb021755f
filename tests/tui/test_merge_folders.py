"""Folders that somebody copied or brought are merged from Perbaikan, Tukar and the palette; nothing is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from textual.widgets import Button

from content_kit.tui.screens.ask import AskPanel
from content_kit.tui.screens.choose import ManyPanel
from content_kit.tui.screens.conflict import ConflictPanel
from content_kit.tui.screens.merge_folders import MergeFoldersPanel
from tests.tui.driving import MakeApp, checked, press, rows, said, settle, told

pytestmark = pytest.mark.usefixtures("own_folders")
TITLE = "Besok kita buka, ayo datang!"


@pytest.fixture(autouse=True)
def recovery(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A recovery folder of the test's own."""
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")


def copied(demo: Path) -> Path:
    """A copy of Melati in which one title is another and a photo came in."""
    copy = demo / "calendars/melati - Copy"
    shutil.copytree(demo / "calendars/melati", copy)
    return copy


def reword(month: Path, words: str) -> None:
    text = month.read_text("utf-8")
    assert TITLE in text
    month.write_text(text.replace(TITLE, words), "utf-8")


async def test_a_copy_is_merged_from_the_finding_and_both_versions_are_asked(
    demo: Path, make_app: MakeApp
) -> None:
    copy = copied(demo)
    (copy / "logo").mkdir()
    (copy / "logo/baru.png").write_bytes(b"baru")
    reword(copy / "2026-12.yaml", "Besok posyandu buka, Bunda!")
    reword(demo / "calendars/melati/2026-12.yaml", "Besok kita buka!")
    app = make_app(demo, "kim-hendra")
    async with app.run_test(size=(80, 24)) as pilot:
        await checked(pilot)
        await press(pilot, "3")
        number = next(n for n, row in enumerate(rows(app, "#found")) if "folder ini salinan" in row)
        assert "content-kit" not in rows(app, "#found")[number]
        await press(pilot, "home", *["down"] * number, "enter")
        assert isinstance(app.screen, MergeFoldersPanel)
        assert "melati - Copy → calendars/melati: digabung" in said(app, "#told")
        assert "1 isian berbeda" in said(app, "#told")
        await press(pilot, "enter")
        assert isinstance(app.screen, ConflictPanel)
        await press(pilot, "right", "enter")
        await settle(pilot)
        assert any("Folder digabung." in words for words in told(app))
    assert "Besok posyandu buka, Bunda!" in (demo / "calendars/melati/2026-12.yaml").read_text(
        "utf-8"
    )
    assert (demo / "calendars/melati/logo/baru.png").read_bytes() == b"baru"
    assert not copy.exists()


async def test_a_folder_that_was_brought_is_named_and_its_photos_are_chosen(
    demo: Path, make_app: MakeApp, tmp_path: Path
) -> None:
    brought = tmp_path / "kiriman"
    shutil.copytree(demo / "calendars/melati", brought / "melati")
    (brought / "melati/logo").mkdir()
    (brought / "melati/logo/a.png").write_bytes(b"theirs")
    (demo / "calendars/melati/logo").mkdir()
    (demo / "calendars/melati/logo/a.png").write_bytes(b"mine")
    app = make_app(demo, "kim-hendra")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "x")
        await press(pilot, "end", "up", "enter")
        assert isinstance(app.screen, AskPanel)
        await pilot.press(*str(tmp_path / "tidak-ada"))
        await press(pilot, "ctrl+s")
        assert "tidak ada" in said(app, "#note-folder") and isinstance(app.screen, AskPanel)
        app.screen.query_one("Input").value = f'"{brought}"'  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, MergeFoldersPanel)
        await press(pilot, "enter")
        assert isinstance(app.screen, ManyPanel)
        await press(pilot, "space", "enter")
    assert (demo / "calendars/melati/logo/a.png").read_bytes() == b"theirs"
    assert (brought / "melati/logo/a.png").exists()


async def test_what_is_no_posyandu_says_so_and_offers_nothing(
    demo: Path, make_app: MakeApp, tmp_path: Path
) -> None:
    (tmp_path / "kosong").mkdir()
    app = make_app(demo, "kim-hendra")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.open_folder_merge(tmp_path / "kosong")
        await settle(pilot)
        assert "tidak ada folder posyandu" in said(app, "#told")
        assert app.screen.query_one("#go", Button).disabled
        await press(pilot, "enter", "escape")
        assert not isinstance(app.screen, MergeFoldersPanel)
