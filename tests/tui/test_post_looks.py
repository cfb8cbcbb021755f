"""The form of a post as pictures that were looked at; `--snapshot-update` after looking again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from content_kit.tui.app import KitApp
from content_kit.tui.screens.post import PostScreen
from content_kit.tui.screens.post_fields import PostFields
from content_kit.tui.studio import Alive, Easel, Sheet, Ticket
from content_kit.tui.widgets.fields import Field
from content_kit.tui.widgets.inputs import Line, Paragraph
from tests.tui.driving import Compare, MakeApp, hold_cursors, settle, until, with_two_posts


@pytest.fixture
def demo(demo: Path) -> Path:
    """The sample with two posts."""
    return with_two_posts(demo)


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

    def up_to_date() -> bool:
        forms = [each for each in pilot.app.screen_stack if isinstance(each, PostScreen)]
        return bool(forms) and forms[-1].up_to_date

    await pilot.pause(0.01)
    await until(pilot, up_to_date)
    await settle(pilot)


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
        await settle(pilot)
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
        hold_cursors(app)
        await pilot.press(*keys)
        await pilot.pause()
        hold_cursors(app)
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
        ("m4x7q2", ("tab", "tab", "enter")),
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
