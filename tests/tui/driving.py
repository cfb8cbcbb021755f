"""How the tests drive the application: wait for it, press its keys and read what it says."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, Static, TextArea
from textual.worker import WorkerCancelled

from content_kit.files.workspace import Workspace
from content_kit.planning.pages import Pages
from content_kit.tui.app import KitApp
from content_kit.tui.widgets.linelist import LineList

EVENING = datetime(2026, 12, 7, 10, 2, tzinfo=UTC)  # 18.02 WITA, before the first post
INVITATION = "m4x7q2"
STORY = "m3r9t1"
HOSTILE = "[red]Gratis[/] [/x] \x1b]0;x\x07"
MakeApp = Callable[..., KitApp]


class Compare(Protocol):
    """The fixture of pytest-textual-snapshot."""

    def __call__(self, app: App[None], **options: object) -> bool: ...


async def settle(pilot: Pilot[None]) -> None:
    """Until every worker is done and the screen says so: an answer may start one worker more."""
    for _ in range(4):
        with contextlib.suppress(WorkerCancelled):  # a newer reading took its place
            await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def checked(pilot: Pilot[None]) -> KitApp:
    """The application, once it has checked every post."""
    app = pilot.app
    assert isinstance(app, KitApp)
    while app.board is None or not app.board.complete:
        await settle(pilot)
    return app


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Each key, and all that it starts."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def until(pilot: Pilot[None], true: Callable[[], object]) -> None:
    """Until something is so; a hang fails."""
    for _ in range(2000):
        if true():
            await pilot.pause()
            return
        await pilot.pause(0.01)
    raise AssertionError("it never came")


def hold_cursors(app: App[None]) -> None:
    """No cursor blinks: a picture is the same at any moment.

    Not by `cursor_blink`: TextArea would draw its line as it was when the cursor was away.
    """
    for box in (*app.screen.query(Input), *app.screen.query(TextArea)):
        box._pause_blink(visible=box.has_focus)


def said(at: App[None] | Screen[Any], selector: str) -> str:
    """What a part of the screen says."""
    screen = at.screen if isinstance(at, App) else at
    return str(screen.query_one(selector, Static).render())


def rows(app: KitApp, selector: str = "LineList") -> list[str]:
    """What a list says, each row as one text of one or several lines."""
    found = app.screen.query_one(selector, LineList)
    return ["\n".join(map(str, found.line_of(row))) for row in range(found.count)]


def listed(app: KitApp, selector: str = "LineList") -> str:
    """What a list says, line by line."""
    return "\n".join(rows(app, selector))


def told(app: App[None]) -> list[str]:
    """What the application told in passing, the last at the end."""
    return [note.message for note in app._notifications]


def noted(opened: list[Path], folder: Path) -> bool:
    """In place of the system's window."""
    opened.append(folder)
    return True


def month_file(demo: Path, unit: str = "melati", name: str = "2026-12") -> Path:
    """The posts of one posyandu in one month."""
    return demo / f"calendars/{unit}/{name}.yaml"


def rewrite(demo: Path, old: str, new: str) -> None:
    """What another program, or another person, changed in the posts of Melati."""
    text = month_file(demo).read_text("utf-8")
    assert old in text
    month_file(demo).write_text(text.replace(old, new, 1), encoding="utf-8")


def broken(demo: Path) -> None:
    """A template that nobody knows."""
    rewrite(demo, "model: jadwal-kartu", "model: jadwal-kartuu")


def with_two_posts(demo: Path) -> Path:
    """The sample with two posts of Melati: all of its posts would be checked in every test."""
    shutil.rmtree(demo / "calendars/kenanga")
    workspace = Workspace(demo)
    pages = Pages(workspace)
    for post in workspace.load().posts():
        if post.id not in (INVITATION, STORY):
            pages.drop(post)
    pages.save()
    return demo
