"""The form of a post as pictures that were looked at; `--snapshot-update` after looking again."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input
from textual.worker import WorkerCancelled

from content_kit.files.workspace import Workspace
from content_kit.planning.pages import Pages
from content_kit.start import create_demo
from content_kit.tui.app import KitApp
from content_kit.tui.screens.post import PostScreen
from content_kit.tui.screens.post_fields import PostFields
from content_kit.tui.studio import Alive, Easel, Sheet, Ticket
from content_kit.tui.widgets.fields import Field
from content_kit.tui.widgets.inputs import Line, Paragraph

MakeApp = Callable[..., KitApp]


class Compare(Protocol):
    """The fixture of pytest-textual-snapshot."""

    def __call__(self, app: App[None], **options: object) -> bool: ...


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """The sample with two posts of Melati: all of its posts would be checked in every test."""
    folder = create_demo(tmp_path / "contoh", date(2026, 12, 7))
    shutil.rmtree(folder / "calendars/kenanga")
    workspace = Workspace(folder)
    pages = Pages(workspace)
    for post in workspace.load().posts():
        if post.id not in ("m4x7q2", "m3r9t1"):
            pages.drop(post)
    pages.save()
    return folder


@pytest.fixture(autouse=True)
def no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """The picture in words: its pixels are looked at elsewhere."""
    draw = Easel.sheet

    def sheet(self: Easel, ticket: Ticket, alive: Alive = lambda: True) -> Sheet | None:
        drawn = draw(self, ticket, alive)
        return replace(drawn, image=None) if drawn else None

    monkeypatch.setattr(Easel, "sheet", sheet)


async def still(pilot: Pilot[None]) -> None:
    """Until the form says what the draft is now."""
    for _ in range(2000):
        await pilot.pause(0.01)
        forms = [each for each in pilot.app.screen_stack if isinstance(each, PostScreen)]
        if forms and forms[-1].up_to_date:
            break
    with contextlib.suppress(WorkerCancelled):  # a newer reading took its place
        await pilot.app.workers.wait_for_complete()
    await pilot.pause()


WRONG = {
    "isi.label": "Cerita hari buka yang panjang sekali",
    "isi.judul": "Ramuan ini pasti sembuh!",
    "isi.langkah.1.judul": "",
    "tanggal": "kapan-kapan",
    "jam": "siang",
}
"""Texts with something wrong in each."""


def begin(
    post: str, values: Mapping[str, str], keys: tuple[str, ...] = ()
) -> Callable[..., object]:
    """Open a form, write into fields, and press keys when it is still again."""

    async def run(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, KitApp)
        with contextlib.suppress(WorkerCancelled):
            await app.workers.wait_for_complete()
        await pilot.pause()
        if post:
            app.open_post("melati", post)
        else:
            app.new_post("melati", date(2026, 12, 24))
        await still(pilot)
        for path, value in values.items():
            field = app.screen.query_one(PostFields).field(path)
            assert isinstance(field, Field)
            if field.query(Line):
                field.query_one(Line).value = value
            else:
                field.query_one(Paragraph).text = value
        await pilot.pause()
        await still(pilot)
        for box in app.screen.query(Line):
            box.cursor_blink = False
        for text in app.screen.query(Paragraph):
            text.cursor_blink = False
        await pilot.press(*keys)
        await pilot.pause()
        for search in app.screen.query(Input):
            search.cursor_blink = False
        await pilot.pause()

    return run


@pytest.mark.parametrize(
    ("post", "values", "size"),
    [
        ("", {}, (120, 40)),
        ("m3r9t1", {}, (120, 40)),
        ("m3r9t1", WRONG, (120, 40)),
        ("m4x7q2", {}, (80, 24)),
    ],
    ids=["empty", "typical", "findings", "narrow"],
)
def test_form(
    post: str, values: Mapping[str, str], size: tuple[int, int], demo: Path, make_app: MakeApp,
    snap_compare: Compare,
) -> None:  # fmt: skip
    app = make_app(demo, "kader-rusminah")
    assert snap_compare(app, terminal_size=size, run_before=begin(post, values))


@pytest.mark.parametrize(
    ("post", "keys"),
    [
        ("m4x7q2", ("f4",)),
        ("m4x7q2", ("tab", "tab", "down")),
        ("m3r9t1", ("tab", "tab", "enter")),
        ("m4x7q2", ("tab", "tab", "tab", "tab", "tab", "enter")),
    ],
    ids=["preview", "day", "art", "channels"],
)
def test_beside_the_form(
    post: str, keys: tuple[str, ...], demo: Path, make_app: MakeApp, snap_compare: Compare
) -> None:
    app = make_app(demo, "kader-rusminah")
    assert snap_compare(app, terminal_size=(80, 24), run_before=begin(post, {}, keys))
