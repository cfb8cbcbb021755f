"""The form of a post as a volunteer meets it: what is typed, chosen, found, saved, and never lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from content_kit.cli import run
from content_kit.files.drafts import Drafts
from content_kit.files.workspace import Workspace
from content_kit.model import Post
from content_kit.planning import draft_text
from content_kit.planning.draft import of_post
from content_kit.planning.pages import Pages
from content_kit.review.log import read_log
from content_kit.tui import drafting
from content_kit.tui.app import KitApp
from content_kit.tui.screens import post as post_module
from content_kit.tui.screens.choose import ChoosePanel, DayPanel, ManyPanel
from content_kit.tui.screens.confirm import ConfirmPanel
from content_kit.tui.screens.conflict import ConflictPanel
from content_kit.tui.screens.done import DonePanel
from content_kit.tui.screens.entries import EntriesPanel
from content_kit.tui.screens.post import PostScreen
from content_kit.tui.screens.post_fields import PostFields
from content_kit.tui.screens.resume import ResumePanel
from content_kit.tui.studio import Sheet, Studio, Ticket
from content_kit.tui.widgets.fields import Field
from content_kit.tui.widgets.inputs import Line, Paragraph, Pick
from content_kit.tui.widgets.keybar import KeyBar
from content_kit.tui.widgets.linelist import LineList
from content_kit.tui.widgets.lists import AddBar, ItemBar, ListField
from content_kit.tui.widgets.preview import Preview
from content_kit.tui.widgets.ticklist import TickList
from tests.tui.driving import (
    EVENING,
    HOSTILE,
    INVITATION,
    STORY,
    MakeApp,
    month_file,
    noted,
    press,
    rewrite,
    said,
    settle,
    until,
    with_two_posts,
)
from tests.tui.driving import told as messages

SIZE = (120, 40)


@pytest.fixture
def demo(demo: Path) -> Path:
    """The sample with two posts."""
    return with_two_posts(demo)


async def opened(
    pilot: Pilot[None], app: KitApp, post: str = INVITATION, field: str = ""
) -> PostScreen:
    """The form of a post of Melati, read and proofed."""
    await settle(pilot)
    app.open_post("melati", post, field)
    return await begun(pilot, app)


async def begun(pilot: Pilot[None], app: KitApp) -> PostScreen:
    """The form on the screen, once it is proofed."""
    screen = await shown(pilot, app)
    await proofed(pilot, screen)
    return screen


async def shown(pilot: Pilot[None], app: KitApp) -> PostScreen:
    """The form on the screen, once it is read."""

    def forms() -> list[PostScreen]:
        return [each for each in app.screen_stack if isinstance(each, PostScreen)]

    await until(pilot, lambda: any(each.form is not None for each in forms()))
    return forms()[-1]


async def proofed(pilot: Pilot[None], screen: PostScreen) -> None:
    """Until what is said and drawn is the draft as it is now."""
    await until(pilot, lambda: screen.up_to_date)
    await pilot.pause()


def field(screen: PostScreen, path: str) -> Field:
    """A field of the form."""
    found = screen.query_one(PostFields).field(path)
    assert isinstance(found, Field)
    return found


def line(screen: PostScreen, path: str) -> Line:
    """The line of a field."""
    return field(screen, path).query_one(Line)


def in_file(demo: Path, id: str = INVITATION) -> Post:
    """A post as its file has it."""
    return next(post for post in Workspace(demo).load().posts("melati") if post.id == id)


def text(screen: PostScreen, path: str) -> str:
    """What stands in a field."""
    found = field(screen, path)
    return found.query_one(Line).value if found.query(Line) else found.query_one(Paragraph).text


async def written(pilot: Pilot[None], screen: PostScreen, path: str, text: str) -> None:
    """Write into a field as somebody who pastes would."""
    found = field(screen, path)
    if found.query(Line):
        found.query_one(Line).value = text
    else:
        found.query_one(Paragraph).text = text
    await pilot.pause()


# The form


async def test_the_form_has_the_fields_of_its_template_and_says_that_all_is_well(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app)
        labels = [each.slot.label for each in screen.query_one(PostFields).fields]
        assert labels[:7] == [
            "Judul", "Ajakan", "Kapan", "Jam", "Hari buka", "Diposting di", "Petugas",
        ]  # fmt: skip
        assert text(screen, "isi.judul") == "Besok kita buka, ayo datang!"
        assert text(screen, "tanggal") == "Senin, 7 Desember 2026"
        assert "28/60" in str(field(screen, "isi.judul").render())
        assert "Sel, 8 Des, 08.00–11.00 WITA" in str(
            field(screen, "acara").query_one(Pick).render()
        )
        assert said(screen, "#count") == "✓ siap"
        assert "tersimpan" in said(screen, "#what")
        assert "219/500" in said(screen, "#captions #words")
        assert field(screen, "isi.judul").has_focus_within


async def test_a_field_that_is_named_has_the_focus(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app, STORY, "isi.langkah.1.isi")
        assert field(screen, "isi.langkah.1.isi").has_focus_within


async def test_a_title_that_is_too_long_turns_the_counter_into_words_and_stamps_the_picture(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app)
        await written(pilot, screen, "isi.judul", "kita " * 13 + "!")
        assert "66/60" in str(field(screen, "isi.judul").render())
        assert field(screen, "isi.judul").notes == "! 6 huruf terlalu panjang"
        await proofed(pilot, screen)
        assert field(screen, "isi.judul").notes == "! 6 huruf terlalu panjang"
        assert "perlu diperbaiki" in said(screen, "#count")
        assert "belum disimpan" in said(screen, "#what")


async def test_findings_stand_beside_their_fields_also_in_lists_and_where_nothing_is_written(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app, STORY)
        await written(pilot, screen, "isi.judul", "")
        await written(pilot, screen, "isi.langkah.1.isi", "Obat ini pasti sembuh.")
        await written(pilot, screen, "tanggal", "kapan-kapan")
        await written(pilot, screen, "jam", "25.99")
        assert "tidak terbaca. Tulis misalnya besok" in field(screen, "tanggal").notes
        await proofed(pilot, screen)
        assert "belum diisi" in field(screen, "isi.judul").notes
        assert "menjanjikan terlalu banyak" in field(screen, "isi.langkah.1.isi").notes
        assert "tidak terbaca" in field(screen, "jam").notes
        assert said(screen, "#count") == "! 4 perlu diperbaiki"
        await written(pilot, screen, "jam", "18.30")
        await proofed(pilot, screen)
        assert field(screen, "jam").notes == ""


async def test_f3_goes_from_problem_to_problem(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app, STORY)
        await pilot.press("f3")
        assert field(screen, "isi.label").has_focus_within  # nothing to go to
        await written(pilot, screen, "isi.langkah.0.judul", "x" * 40)
        await written(pilot, screen, "isi.langkah.2.judul", "x" * 40)
        await proofed(pilot, screen)
        for path in ("isi.langkah.0.judul", "isi.langkah.2.judul", "isi.langkah.0.judul"):
            await pilot.press("f3")
            assert field(screen, path).has_focus_within


async def test_enter_and_arrows_go_through_the_form(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app)
        steps = (("enter", "isi.ajakan"), ("enter", "tanggal"), ("tab", "jam"), ("down", "acara"),
                 ("up", "jam"), ("up", "tanggal"), ("shift+tab", "isi.ajakan"))  # fmt: skip
        for key, path in steps:
            await pilot.press(key)
            assert field(screen, path).has_focus_within, (key, path)
        assert "perlu dibawa" in said(screen, "#hint")
        # Letters beside an input mean nothing here, and above all do not leave.
        await pilot.press("enter", "tab", "tab", "q", "2", "r")
        assert app.screen is screen and not screen.form.dirty if screen.form else False


async def test_what_is_pasted_over_lines_becomes_one_line(demo: Path, make_app: MakeApp) -> None:
    from textual import events

    app = make_app(demo)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app, STORY)
        found = field(screen, "isi.label").query_one(Line)
        found.value = ""
        found.post_message(events.Paste("Ayo\n  datang\r\nsemua"))
        await pilot.pause()
        assert found.value == "Ayo datang semua"


# Days and choices


async def test_a_day_is_understood_while_one_types(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo)
    days = {"besok": "2026-12-08", "10 desember": "2026-12-10", "jumat": "2026-12-11"}
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app)
        for typed, day in days.items():
            field(screen, "tanggal").take_focus()
            await pilot.press("home", "shift+end")
            await pilot.press(*("space" if sign == " " else sign for sign in typed))
            assert screen.form is not None and screen.form.draft.text("tanggal") == day
            assert field(screen, "tanggal").notes.startswith("= ")
            await pilot.press("enter")
            assert "= " not in field(screen, "tanggal").notes
            assert text(screen, "tanggal").endswith("2026")


async def test_the_calendar_opens_below_the_day_and_moves_by_keys(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app, field="tanggal")
        await pilot.press("enter")
        assert isinstance(app.screen, DayPanel)
        await pilot.press("right")
        told = str(app.screen.query_one("#words", Static).render())
        assert told == "Selasa, 8 Desember 2026, besok. Hari buka"
        await pilot.press("down", "left", "pagedown", "pageup", "enter")
        await settle(pilot)
        assert screen.form is not None and screen.form.draft.text("tanggal") == "2026-12-14"
        assert text(screen, "tanggal") == "Senin, 14 Desember 2026"
        assert field(screen, "jam").has_focus_within
        await pilot.press("up", "enter", "escape")
        assert len(app.screen_stack) == 2
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert any("Pindah ke Senin, 14 Desember 2026." in note for note in messages(app))


async def test_walking_down_a_form_changes_nothing(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app)
        await pilot.press(*["down"] * 12, *["up"] * 12)
        assert app.screen is screen
        assert screen.form is not None and not screen.form.dirty


async def test_the_model_brings_its_kind_and_f3_leads_to_what_is_empty(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        app.new_post("melati", date(2026, 12, 9))
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, PostScreen) and screen.form is not None
        field(screen, "model").take_focus()
        await pilot.press("enter", *"apresiasi", "enter")
        await settle(pilot)
        assert screen.form.draft.text("jenis") == "kader"
        await proofed(pilot, screen)
        await pilot.press("f3")
        assert not any("Tidak ada" in note for note in messages(app))
        assert screen._field_in_use() is not None
        assert any(found.found for found in screen.query(Field))


async def test_choices_are_searched_ticked_and_taken(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app, STORY, "isi.gambar")
        await pilot.press("enter")
        assert isinstance(app.screen, ChoosePanel)
        await pilot.press(*"buku")
        await pilot.press("down", "up", "enter")
        await settle(pilot)
        assert screen.form is not None and screen.form.draft.text("isi.gambar") == "buku-kia"
        assert "buku kia" in str(field(screen, "isi.gambar").query_one(Pick).render())

        field(screen, "kanal").take_focus()
        await pilot.press("enter")
        assert isinstance(app.screen, ManyPanel)
        app.screen.query_one(TickList).highlighted = 4
        await pilot.press("space", "enter")
        await settle(pilot)
        assert len(screen.form.draft.items("kanal")) == 4

        field(screen, "acara").take_focus()
        await pilot.press("space")
        assert isinstance(app.screen, ChoosePanel)
        app.screen.query_one(LineList).highlighted = 0
        await press(pilot, "enter")
        assert screen.form.draft.get("acara") == ""

        field(screen, "petugas").take_focus()
        await pilot.press("enter", "escape")
        assert app.screen is screen


async def test_another_template_keeps_what_fits_and_gives_the_rest_back(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app)
        for name in ("edukasi-langkah", "jadwal-kartu"):
            field(screen, "model").take_focus()
            await pilot.press("enter")
            panel = app.screen
            assert isinstance(panel, ChoosePanel)
            titles = {"edukasi-langkah": "Edukasi langkah", "jadwal-kartu": "Jadwal dengan"}
            rows = panel.query_one(LineList)
            rows.highlighted = next(
                n for n in range(rows.count) if titles[name] in str(rows.line_of(n)[0])
            )
            await press(pilot, "enter")
            assert text(screen, "isi.judul") == "Besok kita buka, ayo datang!"
        assert screen.form is not None and not screen.form.dirty
        assert "Bawa Buku KIA" in field(screen, "isi.ajakan").query_one(Paragraph).text


# Lists


async def test_items_are_added_moved_and_removed_by_keys_and_by_mouse(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app, STORY)
        steps = screen.query_one(PostFields).field("isi.langkah")
        assert isinstance(steps, ListField) and screen.form is not None
        titles = [item["judul"] for item in in_file(demo, STORY).fields["langkah"]]  # type: ignore[index,call-overload]

        def now() -> list[object]:
            assert screen.form is not None
            items = screen.form.draft.items("isi.langkah")
            return [item.get("judul", "") for item in items]  # type: ignore[union-attr]

        steps.query(ItemBar)[0].focus()
        await press(pilot, "shift+down")
        assert now() == [titles[1], titles[0], titles[2]]
        await press(pilot, "delete")
        assert now() == [titles[1], titles[2]]
        assert "paling sedikit" not in steps.notes
        steps.query_one(AddBar).focus()
        await press(pilot, "enter")
        assert field(screen, "isi.langkah.2.judul").has_focus_within
        await pilot.press(*"Baru", "alt+up")
        await settle(pilot)
        assert now() == [titles[1], "Baru", titles[2]]
        bar = steps.query(ItemBar)[2]
        await pilot.click(bar, offset=(bar.size.width - 2, 0))
        await settle(pilot)
        assert now() == [titles[1], "Baru"]
        for _ in range(2):
            await press(pilot, "ctrl+z")
        assert now() == [titles[1], titles[2], "Baru"]


# Saved and undone


async def test_ctrl_s_writes_only_what_changed(demo: Path, make_app: MakeApp) -> None:
    file = month_file(demo)
    before = file.read_text("utf-8").splitlines()
    app = make_app(demo)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app)
        await written(pilot, screen, "isi.judul", "Besok: kita buka #ayo")
        await press(pilot, "ctrl+s")
        after = file.read_text("utf-8").splitlines()
        assert len(after) == len(before)
        assert sum(a != b for a, b in zip(after, before, strict=True)) == 1
        assert in_file(demo).fields["judul"] == "Besok: kita buka #ayo"
        assert "tersimpan 18.02" in said(screen, "#what")
        assert screen.form is not None and not screen.form.dirty
        await pilot.press("ctrl+s")  # nothing to do
        await pilot.press("escape")
        assert not isinstance(app.screen, PostScreen)
        await press(pilot, "ctrl+z")
        assert in_file(demo).fields["judul"] == "Besok kita buka, ayo datang!"


async def test_escape_saves_and_a_moved_day_moves_the_post(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app)
        await written(pilot, screen, "tanggal", "4 januari 2027")
        await press(pilot, "escape")
        assert not isinstance(app.screen, PostScreen)
        assert in_file(demo).date == date(2027, 1, 4)
        assert not list((demo.parent / "draf").glob("*.json"))


async def test_a_day_that_cannot_be_read_is_not_saved_and_not_lost(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app)
        await written(pilot, screen, "tanggal", "kapan-kapan")
        await press(pilot, "ctrl+s")
        assert field(screen, "tanggal").has_focus_within
        await pilot.press("escape")
        assert isinstance(app.screen, ConfirmPanel)
        await press(pilot, "y")
        assert not isinstance(app.screen, PostScreen)
        assert in_file(demo).date == date(2026, 12, 7)
        await begun_again(pilot, app)


async def begun_again(pilot: Pilot[None], app: KitApp) -> ResumePanel:
    """The post once more: there is something that was never saved."""
    app.open_post("melati", INVITATION)
    await until(pilot, lambda: isinstance(app.screen, ResumePanel))
    panel = app.screen
    assert isinstance(panel, ResumePanel)
    return panel


async def test_ctrl_z_takes_back_a_field_at_a_time(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app)
        await pilot.press("end", *"abc")
        await pilot.press("enter", *"x")
        await press(pilot, "ctrl+z")
        assert text(screen, "isi.judul").endswith("datang!abc")
        assert not field(screen, "isi.ajakan").query_one(Paragraph).text.startswith("x")
        await press(pilot, "ctrl+z")
        assert screen.form is not None and not screen.form.dirty
        assert text(screen, "isi.judul") == "Besok kita buka, ayo datang!"
        await pilot.press("ctrl+z")
        assert app.screen is screen


# Others who edit


async def test_what_others_wrote_meanwhile_comes_in_and_a_clash_is_told(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app)
        await written(pilot, screen, "isi.judul", "Punya saya")
        rewrite(demo, "Besok kita buka, ayo datang!", "Punya mereka")
        rewrite(demo, 'jam: "18.30"', 'jam: "17.45"')
        app.action_reload()
        await settle(pilot)
        assert text(screen, "isi.judul") == "Punya saya"
        assert 'Di tempat lain: "Punya mereka"' in field(screen, "isi.judul").notes
        assert text(screen, "jam") == "17.45"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, ConflictPanel))
        assert in_file(demo).fields["judul"] == "Punya mereka"
        await pilot.press("left", "enter")
        await settle(pilot)
        assert in_file(demo).fields["judul"] == "Punya saya"
        assert field(screen, "isi.judul").notes == ""


async def test_a_change_that_was_not_seen_yet_is_not_overwritten(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app)
        await written(pilot, screen, "isi.judul", "Punya saya")
        rewrite(demo, "Besok kita buka, ayo datang!", "Punya mereka")
        await press(pilot, "ctrl+s")
        assert in_file(demo).fields["judul"] == "Punya mereka"
        assert text(screen, "isi.judul") == "Punya saya"
        assert 'Di tempat lain: "Punya mereka"' in field(screen, "isi.judul").notes
        # What is refused asks at once: both versions stand side by side.
        await until(pilot, lambda: isinstance(app.screen, ConflictPanel))
        await pilot.press("left", "enter")
        await settle(pilot)
        assert app.screen is screen
        assert in_file(demo).fields["judul"] == "Punya saya"


async def test_a_post_that_was_deleted_elsewhere_can_be_made_again(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app)
        file = month_file(demo)
        file.write_text("bulan: 2026-12\npostingan: []\n", encoding="utf-8")
        app.action_reload()
        await settle(pilot)
        assert "baru" in said(screen, "#what")
        await press(pilot, "ctrl+s")
        assert in_file(demo).fields["judul"] == "Besok kita buka, ayo datang!"
        app.open_post("melati", "tidak-ada")
        await until(pilot, lambda: app.screen is screen)


# Never lost


async def test_what_was_typed_before_the_power_went_is_offered_again(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app)
        await written(pilot, screen, "isi.judul", "Belum disimpan 3273010101010001")
        await proofed(pilot, screen)
        kept = list((demo.parent / "draf").glob("*.json"))
        assert len(kept) == 1
        saved = kept[0].read_bytes()
    kept[0].write_bytes(saved)  # as after a kill: nothing ran at the end
    assert "3273010101010001" not in month_file(demo).read_text("utf-8")
    again = make_app(demo)
    async with again.run_test(size=SIZE) as pilot:
        await settle(pilot)
        panel = await begun_again(pilot, again)
        assert "belum disimpan dari 18.02" in str(panel.query_one(".heading", Static).render())
        await settle(pilot)
        assert kept[0].read_bytes() == saved  # the power may fail before anybody answers
        await pilot.press("ctrl+q")
    assert kept[0].read_bytes() == saved
    again = make_app(demo)
    async with again.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await begun_again(pilot, again)
        await pilot.press("l")
        screen = await begun(pilot, again)
        assert text(screen, "isi.judul").startswith("Belum disimpan")
        screen.leave()  # as if the power went once more
        await settle(pilot)
        await begun_again(pilot, again)
        await pilot.press("b")
        screen = await begun(pilot, again)
        assert text(screen, "isi.judul") == "Besok kita buka, ayo datang!"
        assert not list((demo.parent / "draf").glob("*.json"))


async def test_leaving_the_program_keeps_the_last_key(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo)
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot, app)
        await pilot.press("end", "z", "ctrl+q")
    kept = Drafts(demo.parent / "draf", demo).find("melati", INVITATION)
    assert kept is not None and str(kept.values["isi"]["judul"]).endswith("datang!z")  # type: ignore[index,call-overload]


async def test_a_new_post_that_was_never_saved_is_offered_again(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        app.new_post("melati", date(2026, 12, 24))
        screen = await begun(pilot, app)
        await written(pilot, screen, "isi.judul", "Baru setengah")
    again = make_app(demo)
    async with again.run_test(size=SIZE) as pilot:
        await settle(pilot)
        again.new_post("melati", date(2026, 12, 30))
        await until(pilot, lambda: isinstance(again.screen, ResumePanel))
        await pilot.press("l")
        screen = await begun(pilot, again)
        assert text(screen, "isi.judul") == "Baru setengah"
        assert text(screen, "tanggal") == "Kamis, 24 Desember 2026"


# New posts and the library


async def test_a_new_post_is_filled_from_the_library_and_saved(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        app.new_post("melati", date(2026, 12, 24))
        screen = await begun(pilot, app)
        assert "baru" in said(screen, "#what")
        assert screen.form is not None and screen.form.draft.text("petugas") == "kader-rusminah"
        await pilot.press("f2")
        shelf = app.screen
        assert isinstance(shelf, EntriesPanel)
        await until(pilot, lambda: shelf.query_one(LineList).count > 0)
        await pilot.press(*"nyamuk")
        await pilot.press("down", "up", "enter")
        await settle(pilot)
        assert screen.form.draft.text("pustaka")
        title = text(screen, "isi.judul")
        assert title
        await pilot.press("f2")
        again = app.screen
        await until(pilot, lambda: again.query_one(LineList).count > 0)
        await pilot.press(*"tensi")
        await pilot.press("enter")
        assert isinstance(app.screen, ConfirmPanel)
        await press(pilot, "y")
        assert text(screen, "isi.judul") != title
        await press(pilot, "ctrl+z")
        assert text(screen, "isi.judul") == title
        await press(pilot, "escape")
        posts = Workspace(demo).load().posts("melati")
        made = next(post for post in posts if post.fields.get("judul") == title)
        assert made.date == date(2026, 12, 24) and made.duty == "kader-rusminah"


async def test_a_new_post_may_begin_with_an_entry(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        app.new_post("melati", date(2026, 12, 24), "balita-2t")
        screen = await begun(pilot, app)
        await until(pilot, lambda: "berat" in text(screen, "isi.judul"))


async def test_nothing_typed_is_nothing_made(demo: Path, make_app: MakeApp) -> None:
    before = month_file(demo).read_bytes()
    app = make_app(demo)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        app.new_post("melati", date(2026, 12, 24))
        await begun(pilot, app)
        await press(pilot, "escape")
    assert month_file(demo).read_bytes() == before
    assert not list((demo.parent / "draf").glob("*.json"))


# The post as a whole


async def test_a_post_is_copied_and_deleted_and_both_can_be_undone(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app)
        count = len(Workspace(demo).load().posts("melati"))
        await screen.run_action("duplicate")
        await settle(pilot)
        await pilot.press("down", "enter")
        await settle(pilot)
        assert len(Workspace(demo).load().posts("melati")) == count + 1
        await screen.run_action("delete")
        await settle(pilot)
        await press(pilot, "y")
        assert INVITATION not in [p.id for p in Workspace(demo).load().posts("melati")]
        assert not isinstance(app.screen, PostScreen)
        await press(pilot, "ctrl+z")
        assert in_file(demo).id == INVITATION


async def test_a_post_is_noted_as_posted(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app)
        await screen.run_action("done")
        await until(pilot, lambda: isinstance(app.screen, DonePanel))
        await press(pilot, "a", "enter")
        workspace = Workspace(demo)
        loaded = workspace.load()
        log = read_log(
            workspace, loaded.posyandu["melati"], loaded.people, datetime(2026, 12, 8, tzinfo=UTC)
        )
        assert INVITATION in log.posted()
        await until(pilot, lambda: "sudah diposting" in said(screen, "#what"))


async def test_an_approved_post_says_what_editing_does(
    demo: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def approved(root: Path, post: Post, now: datetime) -> str:
        return "disetujui: mengubahnya membuat persetujuan gugur"

    app = make_app(demo)
    async with app.run_test(size=SIZE) as pilot:
        monkeypatch.setattr(drafting, "standing", approved)
        screen = await opened(pilot, app, STORY)
        await until(pilot, lambda: "persetujuan gugur" in said(screen, "#what"))


def test_where_a_post_stands_is_said_in_words(demo: Path) -> None:
    post = in_file(demo, STORY)
    assert drafting.standing(demo, post, EVENING) == ""  # an office that approves nothing
    (demo / "calendars/kantor.yaml").write_text("persetujuan: satu\n", encoding="utf-8")
    assert drafting.standing(demo, post, EVENING) == "belum diajukan"
    for step, by in (("submit", "kader-rusminah"), ("approve", "kim-hendra")):
        assert run(["review", step, str(demo), "--post", STORY, "--by", by]) == 0
    later = datetime.now(UTC) + timedelta(days=1)
    assert "membuat persetujuan gugur" in drafting.standing(demo, post, later)


async def test_folder_and_picture_open_or_say_where_they_are(
    demo: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders: list[Path] = []

    monkeypatch.setattr(post_module, "open_folder", partial(noted, folders))
    app = make_app(demo)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app)
        pictures: list[str] = []
        monkeypatch.setattr(screen.query_one(Preview), "action_open", lambda: pictures.append("x"))
        await pilot.press("ctrl+o", "ctrl+g")
        assert folders == [demo / "calendars/melati"] and pictures == ["x"]


# The preview


async def test_stale_previews_are_dropped_and_typing_never_waits(
    demo: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Ticket] = []

    def ask(self: Studio, ticket: Ticket) -> None:
        asked.append(ticket)

    monkeypatch.setattr(Studio, "ask", ask)
    app = make_app(demo)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        app.open_post("melati", INVITATION)
        screen = await shown(pilot, app)
        await pilot.press("end", *"satu")
        await settle(pilot)
        await until(pilot, lambda: any("satu" in str(t.texts) for t in asked))
        first = next(t for t in asked if any("satu" in page for page in t.texts.values()))
        await pilot.press(*"dua")
        await until(pilot, lambda: any("satudua" in str(t.texts) for t in asked))
        assert asked[-1].number > first.number
        assert any("satudua" in page for page in asked[-1].texts.values())
        preview = screen.query_one(Preview)
        preview._arrive(Sheet(first, sentence="usang"))
        await settle(pilot)
        assert preview.sheet is None
        preview._arrive(Sheet(asked[-1], sentence="baru"))
        await settle(pilot)
        assert preview.sheet is not None and preview.sheet.sentence == "baru"


async def test_on_a_small_screen_f4_shows_the_picture_and_escape_the_form_again(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, app)
        assert not screen.query_one("#side").display
        await pilot.press("f4")
        await pilot.pause()
        assert screen.query_one("#side").display and not screen.query_one("#form").display
        await settle(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is screen and screen.query_one("#form").display


# Words that would do harm


async def test_hostile_words_go_through_every_field_and_stay_words(
    demo: Path, make_app: MakeApp
) -> None:
    from textual import events

    workspace = Workspace(demo)
    pages, post = Pages(workspace), in_file(demo, STORY)
    base = of_post(post)
    draft = base.put("isi.label", HOSTILE).put("petugas", HOSTILE).put("palet", HOSTILE)
    draft = draft.put("isi.langkah.0.isi", HOSTILE).put("teks_alt", HOSTILE)
    draft = draft.put("sumber.0.nama", HOSTILE).put("isi.gambar", HOSTILE).put("isi.lain", HOSTILE)
    draft_text.write(pages, post, base, draft)
    pages.save()
    app = make_app(demo)
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app, STORY)
        assert screen.form is not None and not screen.form.dirty
        assert "[red]Gratis[/]" in text(screen, "isi.label")
        assert "\x1b" not in app.export_screenshot()
        for path in ("isi.label", "isi.penutup"):
            field(screen, path).query("Line, Paragraph").first().post_message(events.Paste(HOSTILE))
        await pilot.pause()
        await proofed(pilot, screen)
        assert "\x1b" not in app.export_screenshot()
        await press(pilot, "ctrl+s")
        assert "[red]Gratis[/]" in str(in_file(demo, STORY).fields["penutup"])
        field(screen, "petugas").take_focus()
        await press(pilot, "enter")
        assert "\x1b" not in app.export_screenshot()


async def test_help_and_palette_offer_everything(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, app)
        offered = {action for _, _, action in screen.offers()}
        assert offered == {
            "save", "library", "problem", "picture", "folder", "duplicate", "delete", "done",
            "back", "switch",
        }  # fmt: skip
        for _, _, action in screen.offers():
            assert callable(getattr(screen, f"action_{action}"))
        assert len(list(screen.query_one(KeyBar).pieces())) <= 6
