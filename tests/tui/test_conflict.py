"""The chooser for two versions, from Perbaikan and after an edit that met another."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from content_kit.files import splice
from content_kit.files.workspace import Loaded, Workspace
from content_kit.planning.pages import Pages
from content_kit.tui.screens.conflict import ConflictPanel, Version
from content_kit.tui.screens.fixes import FixesScreen
from content_kit.tui.widgets.linelist import LineList
from tests.tui.driving import Compare, MakeApp, month_file, press, said, settle

TITLE = "Besok kita buka, ayo datang!"
EVIL = '"[red]Gratis[/] [/x] \\e]0;x\\a buka \u202e ayo"'


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is put away stays in the tests."""
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")


def copy_of(demo: Path, *edits: tuple[str, str]) -> Path:
    text = month_file(demo).read_text("utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    copy = month_file(demo).with_name("2026-12-LAPTOP-7.yaml")
    copy.write_bytes(text.encode())
    return copy


def two_places(demo: Path) -> Path:
    return copy_of(demo, (TITLE, EVIL), ("kanal: [wa-grup, wa-status, fb]", "kanal: [fb]"))


async def open_panel(pilot: Pilot[None]) -> None:
    """From the start to the chooser, by way of Perbaikan."""
    await settle(pilot)
    await press(pilot, "3")
    screen = pilot.app.screen
    assert isinstance(screen, FixesScreen)
    rows = screen.query_one(LineList)
    rows.highlighted = next(
        n for n in range(rows.count) if "LAPTOP" in str(rows.line_of(n)[0])
    )  # fmt: skip
    await press(pilot, "enter")
    assert isinstance(pilot.app.screen, ConflictPanel)


async def test_a_copy_is_merged_from_the_list_of_fixes(demo: Path, make_app: MakeApp) -> None:
    copy = two_places(demo)
    before = month_file(demo).read_bytes()
    app = make_app(demo)
    async with app.run_test(size=(120, 40)) as pilot:
        await open_panel(pilot)
        assert said(app, "#count") == "1 dari 2"
        assert "kanal" in said(app, "#about")
        await pilot.press("enter")  # nothing is decided: nothing happens
        assert isinstance(app.screen, ConflictPanel)
        await pilot.press("left")
        assert said(app, "#count") == "2 dari 2"
        texts = [str(version.query_one(Static).render()) for version in app.screen.query(Version)]
        assert texts[0] == TITLE
        assert texts[1] == "[red]Gratis[/] [/x] <U+001B>]0;x<U+0007> buka <U+202E> ayo"
        await pilot.press("right", "p", "n")
        assert month_file(demo).read_bytes() == before
        await press(pilot, "enter")
        text = month_file(demo).read_text("utf-8")
        assert "[red]Gratis[/]" in text
        assert "kanal: [fb]" not in text.split("- id:")[1]
        assert not copy.exists()
        await press(pilot, "ctrl+z")
        assert month_file(demo).read_bytes() == before


async def test_escape_changes_nothing(demo: Path, make_app: MakeApp) -> None:
    copy = two_places(demo)
    files = month_file(demo).read_bytes(), copy.read_bytes()
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_panel(pilot)
        await pilot.press("left", "escape")
        await settle(pilot)
        assert isinstance(app.screen, FixesScreen)
    assert (month_file(demo).read_bytes(), copy.read_bytes()) == files


async def test_the_rest_and_both_and_the_mouse(demo: Path, make_app: MakeApp) -> None:
    two_places(demo)
    app = make_app(demo)
    async with app.run_test(size=(120, 40)) as pilot:
        await open_panel(pilot)
        await pilot.click("Version.-theirs")
        assert said(app, "#count") == "2 dari 2"
        await pilot.press("b")
        assert "dua postingan" in said(app, "#state")
        await pilot.press("p", "shift+left", "enter")
        await settle(pilot)
        posts = splice.read(month_file(demo).read_text("utf-8"))
        assert isinstance(posts, dict)
        listed = posts["postingan"]
        assert isinstance(listed, list)
        titles = [splice_title(post) for post in listed]
        assert sum(title == TITLE for title in titles) == 1
        assert sum("Gratis" in title for title in titles) == 1


def splice_title(post: object) -> str:
    inner = post.get("isi") if isinstance(post, dict) else None
    return str(inner.get("judul", "")) if isinstance(inner, dict) else ""


async def test_a_copy_without_a_conflict_needs_only_enter(demo: Path, make_app: MakeApp) -> None:
    copy = copy_of(demo)
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_panel(pilot)
        assert "tanpa memilih" in said(app, "#about")
        await pilot.press("left", "n", "b", "enter")
        await settle(pilot)
        assert not copy.exists()


async def test_an_edit_that_meets_another_opens_the_chooser(demo: Path, make_app: MakeApp) -> None:
    where = ("postingan", 0, "isi", "judul")
    answers: list[bool] = []

    def act(workspace: Workspace, loaded: Loaded) -> Pages:
        pages = Pages(workspace)
        pages.put(
            month_file(demo), splice.set_value(pages.text(month_file(demo)), where, "Dari saya")
        )
        other = splice.set_value(month_file(demo).read_text("utf-8"), where, "Dari orang lain")
        month_file(demo).write_text(other, encoding="utf-8")
        return pages

    app = make_app(demo)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        app.edit(act, what="judul diganti", then=answers.append)
        await settle(pilot)
        assert isinstance(app.screen, ConflictPanel)
        assert answers == []
        assert "Semula" in said(app, "#about")
        assert list(month_file(demo).parent.glob("*.bentrok-*"))
        await pilot.press("left", "enter")
        await settle(pilot)
        assert "judul: Dari saya" in month_file(demo).read_text("utf-8")
        assert answers == [True]
        assert not list(month_file(demo).parent.glob("*.bentrok-*"))


@pytest.mark.parametrize("state", ["typical", "narrow", "whole", "clean"])
def test_looks(state: str, demo: Path, make_app: MakeApp, snap_compare: Compare) -> None:
    if state == "clean":
        copy_of(demo)
    elif state == "whole":
        copy_of(demo, ("      judul: " + TITLE + "\n", ""), ('jam: "18.30"', 'jam: "19.30"'))
    else:
        two_places(demo)

    async def before(pilot: Pilot[None]) -> None:
        await open_panel(pilot)
        if state in ("typical", "narrow"):
            await pilot.press("left", "p")
        await pilot.pause()

    size = (80, 24) if state == "narrow" else (120, 40)
    assert snap_compare(make_app(demo), terminal_size=size, run_before=before)
