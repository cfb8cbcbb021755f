"""Texts that wait for a health worker: one line of Perbaikan, and written down in Pustaka or in Tinjau."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, Static

from content_kit.files.readings import load_readings
from content_kit.files.workspace import Workspace
from content_kit.planning.history import History
from content_kit.tui import jobs
from content_kit.tui.app import KitApp
from content_kit.tui.screens.library import LibraryScreen
from content_kit.tui.screens.post import PostScreen
from content_kit.tui.screens.read import ReadPanel
from content_kit.tui.screens.review import ReviewScreen
from content_kit.tui.widgets.fields import Field
from content_kit.tui.widgets.linelist import LineList
from tests.tui.driving import EVENING

MakeApp = Callable[..., KitApp]


async def settle(pilot: Pilot[None]) -> None:
    for _ in range(4):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def lines(app: KitApp) -> list[str]:
    rows = app.screen.query_one(LineList)
    return ["\n".join(map(str, rows.line_of(number))) for number in range(rows.count)]


async def test_one_line_leads_to_the_texts_and_a_reading_empties_it(
    demo: Path, make_app: MakeApp
) -> None:
    jobs.plan_month(demo, History(), date(2026, 12, 1), ["kenanga"], EVENING, lambda *_: None)
    app = make_app(demo)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "3")
        waiting = [line for line in lines(app) if "menunggu dibaca petugas kesehatan" in line]
        assert len(waiting) == 1 and "tulisan pustaka" in waiting[0]
        assert not any("content-kit library read" in line for line in lines(app))
        at = lines(app).index(waiting[0])
        app.screen.query_one(LineList).highlighted = at
        await press(pilot, "enter")
        assert isinstance(app.screen, LibraryScreen)
        before = len(lines(app))
        assert 0 < before < 60 and all("belum ditelaah" in line for line in lines(app))
        await press(pilot, "d")
        assert isinstance(app.screen, ReadPanel)
        await press(pilot, "enter")
        assert isinstance(app.screen, ReadPanel)  # nobody is named yet
        app.screen.query_one("#by", Input).value = "[red]Rahma[/]"
        app.screen.query_one("#role", Input).value = "bidan"
        await press(pilot, "enter")
        await settle(pilot)
        readings, _ = load_readings(Workspace.open(demo))
        assert [one.by for one in readings.values()] == ["[red]Rahma[/]"]
        assert len(lines(app)) == before - 1
        await press(pilot, "n")
        assert len(lines(app)) > before


async def test_a_reviewer_writes_it_down_beside_the_post(demo: Path, make_app: MakeApp) -> None:
    day = date(2026, 12, 7)
    jobs.plan_month(demo, History(), date(2026, 12, 1), ["kenanga"], EVENING, lambda *_: None)
    post = next(
        post
        for post in Workspace.open(demo).load().posts("kenanga")
        if post.entry and post.sources and post.date >= day
        and not any(source.reviewed_by for source in post.sources)
    )  # fmt: skip
    app = make_app(demo, "kim-hendra")
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await app.push_screen(ReviewScreen([("kenanga", post.id)], 0))
        await settle(pilot)
        assert "d di Pustaka atau di Tinjau" in str(app.screen.query_one("#found", Static).render())
        await press(pilot, "d")
        app.screen.query_one("#by", Input).value = "Rahma"
        app.screen.query_one("#role", Input).value = "bidan"
        await press(pilot, "enter")
        await settle(pilot)
        now = {one.id: one for one in Workspace.open(demo).load().posts("kenanga")}[post.id]
        assert all(source.reviewed_by.startswith("Rahma (bidan)") for source in now.sources)
        assert "belum dibaca" not in str(app.screen.query_one("#found", Static).render())


def edited(root: Path) -> str:
    """A post of the plan whose words are no longer those of its library text, by a text editor."""
    day = date(2026, 12, 7)
    jobs.plan_month(root, History(), date(2026, 12, 1), ["kenanga"], EVENING, lambda *_: None)
    post = next(
        post
        for post in Workspace.open(root).load().posts("kenanga")
        if post.entry and post.sources and post.date >= day
        and not any(source.reviewed_by for source in post.sources)
    )  # fmt: skip
    file = root / "calendars/kenanga/2026-12.yaml"
    title = str(post.fields["judul"])
    text = file.read_text("utf-8")
    assert title in text
    file.write_text(text.replace(title, "Minum obat ini tiap hari"), encoding="utf-8")
    return post.id


async def test_nobody_signs_the_library_beside_a_post_that_says_something_else(
    demo: Path, make_app: MakeApp
) -> None:
    id = edited(demo)
    app = make_app(demo, "kim-hendra")
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await app.push_screen(ReviewScreen([("kenanga", id)], 0))
        await settle(pilot)
        await press(pilot, "d")
        assert isinstance(app.screen, PostScreen)
        assert app.focused is not None and "sumber" in at(app)
    assert not load_readings(Workspace.open(demo))[0]


async def test_a_post_with_words_of_its_own_leads_to_its_source(
    demo: Path, make_app: MakeApp
) -> None:
    id = edited(demo)
    app = make_app(demo)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "3")
        own = [n for n, line in enumerate(lines(app)) if "tidak sama lagi dengan pustaka" in line]
        assert own
        app.screen.query_one(LineList).highlighted = own[0]
        await press(pilot, "enter")
        assert isinstance(app.screen, PostScreen)
        assert app.screen.form is not None and app.screen.form.draft.id == id
        assert "sumber" in at(app)


def at(app: KitApp) -> str:
    """The path of the field where the cursor is."""
    around = app.focused.ancestors_with_self if app.focused else []
    return next((node.slot.path for node in around if isinstance(node, Field)), "")
