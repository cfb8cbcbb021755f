"""Work that takes a while: Enter pressed once too often stops nothing, and what was made stays."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Static

from content_kit.start import NewPerson, NewPosyandu, create
from content_kit.tui import jobs
from content_kit.tui.app import KitApp
from content_kit.tui.keeper import Keeper
from content_kit.tui.screens import intake
from content_kit.tui.screens.choose import ChoosePanel
from content_kit.tui.screens.confirm import ConfirmPanel
from content_kit.tui.screens.home import HomeScreen
from content_kit.tui.screens.intake import TrialPanel
from content_kit.tui.screens.job import JobPanel
from content_kit.tui.screens.welcome import WelcomeScreen
from content_kit.tui.widgets.linelist import LineList

MakeApp = Callable[..., KitApp]
NEW = NewPosyandu(
    "Posyandu Uji", "Desa A", "Kec B", "Kab C", "WITA", "selasa ke-2", "08.00-11.00", "Balai",
    people=(NewPerson("Siti"),),
)  # fmt: skip


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """What a job waits for."""
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture(autouse=True)
def no_board(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is behind the panel is not read: only the panel is looked at."""
    monkeypatch.setattr(Keeper, "action_reload", lambda _: None)


async def until(pilot: Pilot[None], true: Callable[[], bool]) -> None:
    """Until something is so; a hang fails."""
    for _ in range(2000):
        if true():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never came")


async def test_enter_stops_no_work_and_closes_what_is_done(
    demo: Path, make_app: MakeApp, gate: threading.Event
) -> None:
    def work(step: jobs.Step) -> jobs.Report:
        step(0, 1)
        assert gate.wait(20)
        step(1, 1)
        return jobs.Report("Selesai")

    app = make_app(demo)
    answers: list[jobs.Report | None] = []
    async with app.run_test(size=(80, 24)) as pilot:
        panel = JobPanel("Bekerja", work)
        await app.push_screen(panel, answers.append)
        await pilot.pause()
        await pilot.press("enter", "tab", "enter", "space")
        assert app.screen is panel and panel.focused is None
        assert "Esc" in str(panel.query_one("#close", Button).label)
        gate.set()
        await until(pilot, lambda: panel.focused is panel.query_one("#close"))
        await pilot.press("enter")
        assert answers == [jobs.Report("Selesai")]


async def test_escape_and_a_click_stop_it(
    demo: Path, make_app: MakeApp, gate: threading.Event
) -> None:
    def work(step: jobs.Step) -> jobs.Report:
        while not gate.wait(0.01):
            step(0, 1)
        return jobs.Report("Selesai")

    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        for stop in ("key", "mouse"):
            panel = JobPanel("Bekerja", work)
            await app.push_screen(panel)
            await pilot.pause()
            if stop == "key":
                await pilot.press("escape")
            else:
                await pilot.click("#close")
            await until(pilot, lambda: isinstance(app.screen.focused, Button))
            # A button that glows from a click takes no key yet.
            await until(pilot, lambda p=panel: not p.query(".-active"))  # type: ignore[misc]
            assert "Belum selesai" in str(panel.query_one("#heading", Static).render())
            await pilot.press("enter")
            assert app.screen is not panel


async def test_a_stopped_wizard_opens_what_is_there(
    tmp_path: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(folder: Path, new: NewPosyandu, now: datetime, step: jobs.Step) -> jobs.Report:
        create(folder, new, now.date())
        raise jobs.Stopped

    monkeypatch.setattr(jobs, "create_own", half)
    app = make_app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        assert isinstance(app.screen, WelcomeScreen)
        app.screen._create(NEW)
        await until(pilot, lambda: isinstance(app.screen.focused, Button))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        assert app.root == tmp_path / "posyandu-uji"
        assert app.me == "kader-siti"


async def test_an_answer_given_twice_in_one_moment_counts_once(
    tmp_path: Path, make_app: MakeApp
) -> None:
    app = make_app(tmp_path)
    answers: list[bool | None] = []
    async with app.run_test(size=(80, 24)) as pilot:
        panel = ConfirmPanel("Hapus?", "", "Hapus (y)")
        await app.push_screen(panel, answers.append)
        await pilot.pause()
        panel.action_yes()
        panel.action_yes()
        await pilot.pause()
        assert answers == [True]
        assert isinstance(app.screen, WelcomeScreen)


@pytest.mark.parametrize(("keys", "made"), [(["enter"], "posyandu-uji"), (["down", "enter"], "")])
async def test_the_same_posyandu_again_is_opened_or_asked_for(
    keys: list[str],
    made: str,
    tmp_path: Path,
    make_app: MakeApp,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folders: list[Path] = []

    def note(folder: Path, *_: object) -> jobs.Report:
        folders.append(folder)
        return jobs.Report("Sudah")

    monkeypatch.setattr(jobs, "create_own", note)
    app = make_app(tmp_path)
    create(tmp_path / "posyandu-uji", NEW, app.clock().date())
    async with app.run_test(size=(80, 24)) as pilot:
        assert isinstance(app.screen, WelcomeScreen)
        app.screen._create(NEW)
        await until(pilot, lambda: isinstance(app.screen, ChoosePanel))
        await pilot.pause()
        await pilot.press(*keys)
        if made:
            await until(pilot, lambda: isinstance(app.screen, HomeScreen))
            assert app.root == tmp_path / made and not folders
        else:
            await until(pilot, lambda: bool(folders))
            assert folders == [tmp_path / "posyandu-uji-2"]


async def test_enter_does_not_close_a_table_that_is_looked_at(
    demo: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, gate: threading.Event
) -> None:
    def slow(*given: object, **more: object) -> None:
        assert gate.wait(20)
        raise OSError

    monkeypatch.setattr(intake, "try_table", slow)
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        panel = TrialPanel(demo, demo / "tabel.csv", date(2026, 12, 7))
        await app.push_screen(panel)
        await pilot.pause()
        panel.set_focus(None)
        await pilot.press("enter", "enter")
        assert app.screen is panel
        assert not isinstance(panel.focused, LineList | Button)
        gate.set()
        await until(pilot, lambda: panel.focused is panel.query_one("#close"))
