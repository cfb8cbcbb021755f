"""The form of a post while its file is broken, gone, or written in by others: nothing twice, nothing lost."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static
from textual.worker import WorkerCancelled

from content_kit.errors import UsageError
from content_kit.files.workspace import Workspace
from content_kit.planning import draft_text
from content_kit.planning.draft import Draft, of_post
from content_kit.planning.history import History
from content_kit.planning.pages import Pages
from content_kit.start import create_demo
from content_kit.tui import drafting, jobs
from content_kit.tui.app import KitApp
from content_kit.tui.drafting import Form
from content_kit.tui.screens.choose import ChoosePanel
from content_kit.tui.screens.conflict import ConflictPanel
from content_kit.tui.screens.post import PostScreen
from content_kit.tui.screens.post_fields import PostFields
from content_kit.tui.widgets.fields import Field
from content_kit.tui.widgets.inputs import Line, Paragraph

MakeApp = Callable[..., KitApp]
ID = "m4x7q2"
TITLE = "Besok kita buka, ayo datang!"


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """The sample with one post of Melati."""
    folder = create_demo(tmp_path / "contoh", date(2026, 12, 7))
    shutil.rmtree(folder / "calendars/kenanga")
    workspace = Workspace(folder)
    pages = Pages(workspace)
    for post in workspace.load().posts():
        if post.id != ID:
            pages.drop(post)
    pages.save()
    return folder


@pytest.fixture
def month(demo: Path) -> Path:
    """The file of the post."""
    return demo / "calendars/melati/2026-12.yaml"


async def settle(pilot: Pilot[None]) -> None:
    """Until every worker is done and the screen says so."""
    for _ in range(3):
        with contextlib.suppress(WorkerCancelled):
            await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def until(pilot: Pilot[None], true: Callable[[], bool]) -> None:
    """Until something is so; a hang fails."""
    for _ in range(2000):
        if true():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never came")


async def opened(pilot: Pilot[None], app: KitApp) -> PostScreen:
    """The form of the post, proofed."""
    await settle(pilot)
    app.open_post("melati", ID)
    await until(pilot, lambda: isinstance(app.screen, PostScreen) and app.screen.up_to_date)
    assert isinstance(app.screen, PostScreen)
    return app.screen


def seen(app: KitApp) -> str:
    """All words on the screen that is shown."""
    return " ".join(str(each.render()) for each in app.screen.query(Static))


def box(screen: PostScreen, path: str = "isi.judul") -> Line | Paragraph:
    """Where a field is written."""
    field = screen.query_one(PostFields).field(path)
    assert isinstance(field, Field)
    found = field.query("Line, Paragraph").first()
    assert isinstance(found, Line | Paragraph)
    return found


async def write(pilot: Pilot[None], screen: PostScreen, words: str) -> None:
    """Write another title."""
    title = box(screen)
    if isinstance(title, Line):
        title.value = words
    else:
        title.text = words
    await until(pilot, lambda: screen.form is not None and screen.form.dirty)


def titles(demo: Path) -> list[object]:
    """The titles of all posts with this id."""
    return [post.fields["judul"] for post in Workspace(demo).load().posts() if post.id == ID]


def told(screen: PostScreen, selector: str) -> str:
    """What a part of the screen says."""
    return str(screen.query_one(selector, Static).render())


async def read_again(pilot: Pilot[None], app: KitApp) -> None:
    """What a glance at the files does."""
    app.action_reload()
    await settle(pilot)


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (f"judul: {TITLE}", f'judul: "{TITLE}'),
        ("tanggal: 2026-12-07", "tanggal: 2026-12-77"),
        ("", "bulan: 2026-12\npostingan:\n  - id: [rusak\n"),
    ],
    ids=["an open quote", "no such day", "nothing of it left"],
)
async def test_a_post_that_cannot_be_read_is_not_gone(
    good: str, bad: str, demo: Path, month: Path, make_app: MakeApp
) -> None:
    app = make_app(demo)
    whole = month.read_text("utf-8")
    assert good in whole
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, app)
        await write(pilot, screen, "Punya saya")
        month.write_text(whole.replace(good, bad) if good else bad, encoding="utf-8")
        await read_again(pilot, app)
        said = told(screen, "#general")
        assert "2026-12.yaml, baris " in said and "sedang tidak dapat dibaca" in said
        assert "Tulisan Anda aman di sini" in said
        assert "baru" not in told(screen, "#what")
        assert "✓" not in told(screen, "#count")
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert month.read_text("utf-8") == (whole.replace(good, bad) if good else bad)
        # Repaired, and saved before anybody looked again.
        month.write_text(whole, encoding="utf-8")
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert titles(demo) == ["Punya saya"]
        assert told(screen, "#general") == ""


async def test_a_deleted_post_that_comes_back_is_not_made_twice(
    demo: Path, month: Path, make_app: MakeApp
) -> None:
    app = make_app(demo)
    whole = month.read_text("utf-8")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, app)
        await write(pilot, screen, "Punya saya")
        month.write_text("bulan: 2026-12\npostingan: []\n", encoding="utf-8")
        await read_again(pilot, app)
        assert "baru" in told(screen, "#what")
        month.write_text(whole, encoding="utf-8")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, ConflictPanel))
        assert titles(demo) == [TITLE]
        await pilot.press("left", "enter")
        await settle(pilot)
        assert titles(demo) == ["Punya saya"]


@pytest.mark.parametrize(
    ("keys", "saved"), [(["left"], "Punya saya"), (["right"], "Punya mereka"), (["escape"], "")]
)
async def test_both_versions_are_seen_before_one_is_overwritten(
    keys: list[str], saved: str, demo: Path, month: Path, make_app: MakeApp
) -> None:
    app = make_app(demo)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, app)
        await write(pilot, screen, "Punya saya")
        theirs = month.read_text("utf-8").replace(TITLE, "Punya mereka", 1)
        month.write_text(theirs, encoding="utf-8")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, ConflictPanel))
        for words in ("Punya saya", "Punya mereka"):
            await until(pilot, lambda: words in seen(app))  # noqa: B023 - asked at once
        await settle(pilot)
        assert titles(demo) == ["Punya mereka"]
        await pilot.press(*keys, *(["enter"] if saved else []))
        await settle(pilot)
        assert app.screen is screen
        assert titles(demo) == [saved or "Punya mereka"]
        if not saved:  # closed without a word: asked again, nothing lost
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, ConflictPanel))
            await pilot.press("left", "enter")
            await until(pilot, lambda: not isinstance(app.screen, PostScreen | ConflictPanel))
            await settle(pilot)
            assert titles(demo) == ["Punya saya"]


def test_a_new_post_whose_id_is_there_is_never_added(demo: Path) -> None:
    post = next(p for p in Workspace(demo).load().posts() if p.id == ID)
    draft = of_post(post)
    with pytest.raises(UsageError, match="sudah ada di rencana"):
        draft_text.add(Pages(Workspace(demo)), draft)
    # The same words again are nothing to save; other words are asked about.
    jobs.edit(demo, History(), drafting.saving(Form(draft, draft)), unit="melati")
    assert titles(demo) == [TITLE]
    other = draft.put("isi.judul", "Lain")
    saving = drafting.saving(Form(other, Draft("melati", ID)))
    with pytest.raises(UsageError, match="juga diubah di tempat lain"):
        jobs.edit(demo, History(), saving, unit="melati")
    assert titles(demo) == [TITLE]


async def test_the_cursor_comes_back_from_the_preview(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, app)
        box(screen, "jam").focus()
        await pilot.press("f4")
        assert screen.has_class("-preview")
        await pilot.press("f4")
        await pilot.pause()
        assert screen.focused is box(screen, "jam")


async def test_what_is_not_proofed_yet_is_never_ready(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, app)
        assert told(screen, "#count") == "✓ siap"
        screen.look_again()
        assert told(screen, "#count") == "… memeriksa"
        await until(pilot, lambda: screen.up_to_date)
        await pilot.pause()
        assert told(screen, "#count") == "✓ siap"


async def test_the_cursor_stays_at_a_field_whose_answer_makes_the_form_anew(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, app)
        model = screen.query_one(PostFields).field("model")
        assert isinstance(model, Field)
        model.take_focus()
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ChoosePanel))
        await pilot.pause()
        await pilot.press(*"apresiasi", "enter")
        await until(pilot, lambda: app.screen is screen and not model.is_attached)
        await settle(pilot)
        again = screen.query_one(PostFields).field("model")
        assert isinstance(again, Field) and again is not model
        await until(pilot, lambda: again.has_focus_within)
