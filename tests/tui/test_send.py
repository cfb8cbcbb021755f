"""Kirim as a volunteer meets it: what is ready, its texts, its pack, and what was posted."""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot

from content_kit.pack.how_to import steps
from content_kit.tui.screens import send
from content_kit.tui.screens.done import DonePanel
from content_kit.tui.screens.exchange import ExchangePanel
from content_kit.tui.screens.job import JobPanel
from content_kit.tui.screens.send import Forecast, SendScreen
from content_kit.tui.screens.who import WhoPanel
from content_kit.tui.sending import look_ahead
from content_kit.tui.widgets.preview import Preview
from content_kit.tui.widgets.ticklist import TickList
from tests.tui.driving import (
    HOSTILE,
    Compare,
    MakeApp,
    broken,
    noted,
    press,
    rows,
    said,
    settle,
    told,
    until,
)


async def to_send(pilot: Pilot[None]) -> None:
    """The screen, all there."""
    await settle(pilot)
    await press(pilot, "5")


def troubled(demo: Path) -> None:
    """An office that wants approvals, one post that is wrong and one that waits."""
    office = demo / "calendars/kantor.yaml"
    office.write_text(office.read_text("utf-8") + "persetujuan: satu\n", encoding="utf-8")
    broken(demo)


async def test_the_week_its_texts_and_how_to_post_them(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(120, 40)) as pilot:
        await to_send(pilot)
        assert isinstance(app.screen, SendScreen)
        assert rows(app)[0].startswith("Minggu ini") and "siap" in rows(app)[1]
        assert any(row.startswith("Minggu depan") for row in rows(app))
        text = said(app, "#text")
        assert "[Grup WhatsApp]" in text and "Teks untuk tunanetra" in text
        assert steps("wa-grup")[1] in text
        await pilot.press("right")
        assert "[Status WhatsApp]" in said(app, "#text") and "24 jam" in said(app, "#text")
        await pilot.press("left", "left")
        assert "[Facebook]" in said(app, "#text")
        await pilot.press("home")
        assert "Paketnya belum ada" in said(app, "#text")


async def test_the_pack_is_made_listed_and_opened(
    demo: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    monkeypatch.setattr(send, "open_folder", partial(noted, opened))
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(120, 40)) as pilot:
        await to_send(pilot)
        await pilot.press("b")
        assert not opened  # there is none yet, and it says so
        await press(pilot, "g")
        assert isinstance(app.screen, JobPanel) and "siap dikirim" in said(app, "#heading")
        await press(pilot, "enter")
        assert "18 gambar, 18 teks" in rows(app)[0]
        await pilot.press("b")
        assert opened == [demo / "keluaran/paket/melati/2026-W50"]
        other = demo / "keluaran/paket/melati/2026-W40"
        other.mkdir()
        (other / "1_Sen-28Sep_WA-Status_jadwal-melati.jpg").write_bytes(b"x")
        (other / "catatan.txt").write_bytes(b"x")
        await press(pilot, "r")
        assert rows(app)[-1] == "Paket 2026-W40  1 gambar, 0 teks"
        await pilot.press("end", "enter")
        assert opened[-1] == other


async def test_the_text_that_is_shown_is_copied(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await to_send(pilot)
        await pilot.press("c")
        assert app.clipboard.startswith("*Besok, Selasa, 8 Desember 2026")
        assert any("tidak dapat menyalin" in note for note in told(app))
        await pilot.press("left", "c")
        assert "#" in app.clipboard  # Facebook's long text has hashtags
        await pilot.press("home", "c")
        assert any("Pilih dulu" in note for note in told(app))


async def test_what_was_posted_is_written_down_where_and_by_whom(
    demo: Path, make_app: MakeApp
) -> None:
    app = make_app(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await to_send(pilot)
        unit = said(app, "#name")
        assert "Kenanga" in unit
        await pilot.press("u", "down", "enter")
        await settle(pilot)
        assert "Melati" in said(app, "#name")
        await pilot.press("s")
        assert isinstance(app.screen, WhoPanel)  # what is written down bears a name
        await press(pilot, "enter")
        assert isinstance(app.screen, DonePanel)
        assert app.screen.query_one(TickList).ticked == (), "one place at a time"
        await pilot.press("enter")
        assert isinstance(app.screen, DonePanel), "nothing was said yet"
        await pilot.press("space", "down", "space", "enter")
        await settle(pilot)
        assert any(
            "sudah diposting di Grup WhatsApp, Status WhatsApp" in note for note in told(app)
        )
        assert "sudah diposting di Grup WhatsApp, Status WhatsApp" in rows(app)[1]
        assert list((demo / "calendars/melati/tinjauan").rglob("*diposting-kader-rusminah*"))
        await pilot.press("s")
        await settle(pilot)
        await pilot.press("a", "enter")
        await settle(pilot)
        assert rows(app)[1].strip().startswith("↑")


async def test_what_was_said_to_be_posted_can_be_taken_back(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await to_send(pilot)
        await pilot.press("s")
        await settle(pilot)
        await pilot.press("a", "enter")
        await settle(pilot)
        assert rows(app)[1].strip().startswith("↑")
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert not rows(app)[1].strip().startswith("↑")
        assert any("belum diposting di Grup WhatsApp" in note for note in told(app))
        await pilot.press("s")
        await settle(pilot)
        await pilot.press("a", "enter")
        await settle(pilot)
        await pilot.press("s")  # and with the same key, place by place
        await settle(pilot)
        assert app.screen.query_one(TickList).ticked == ("wa-grup", "wa-status", "fb")
        await pilot.press("space", "enter")
        await settle(pilot)
        assert "Grup WhatsApp" not in rows(app)[1] and "Status WhatsApp" in rows(app)[1]


async def test_why_a_post_stays_is_told_in_words(demo: Path, make_app: MakeApp) -> None:
    troubled(demo)
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(120, 40)) as pilot:
        await to_send(pilot)
        assert "! " in rows(app)[1] and "perlu diperbaiki" in rows(app)[1]
        held = next(n for n, row in enumerate(rows(app)) if n and "belum diajukan" in row)
        await pilot.press(*["down"] * (held - 1))
        assert "belum diajukan" in said(app, "#text")
        assert "content-kit" not in said(app, "#text")


async def test_enter_opens_the_post_and_x_the_exchange(demo: Path, make_app: MakeApp) -> None:
    opened: list[tuple[object, ...]] = []
    app = make_app(demo, "kader-rusminah")
    app.open_post = lambda *given: opened.append(given)  # type: ignore[method-assign]
    async with app.run_test(size=(80, 24)) as pilot:
        await to_send(pilot)
        await pilot.press("enter")
        assert opened == [("melati", "m4x7q2")]
        await pilot.press("x")
        assert isinstance(app.screen, ExchangePanel)


async def test_an_answer_that_came_too_late_is_dropped(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await to_send(pilot)
        before = rows(app)
        app.screen.post_message(Forecast(0, None, "terlambat"))
        await pilot.pause()
        assert rows(app) == before


async def test_without_a_posyandu_nothing_is_sent(tmp_path: Path, make_app: MakeApp) -> None:
    (tmp_path / "calendars").mkdir()
    app = make_app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await to_send(pilot)
        await pilot.press("g", "c", "s", "b", "enter", "right", "u")
        await settle(pilot)
        assert isinstance(app.screen, SendScreen) and rows(app) == []


async def test_hostile_words_are_shown_and_never_obeyed(demo: Path, make_app: MakeApp) -> None:
    quoted = json.dumps(HOSTILE)
    for file, old in (
        ("melati/2026-12.yaml", "Besok kita buka, ayo datang!"),
        ("melati/posyandu.yaml", "Posyandu Melati"),
        ("orang.yaml", "Rusminah"),
    ):
        path = demo / "calendars" / file
        lines = path.read_text("utf-8").splitlines()
        number = next(n for n, line in enumerate(lines) if old in line)
        lines[number] = lines[number].replace(f'"{old}"', old).replace(old, quoted, 1)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(120, 40)) as pilot:
        await to_send(pilot)
        assert "[red]Gratis[/] [/x]" in rows(app)[1] and "[red]" in said(app, "#name")
        for keys in ((), ("s",), ("escape", "x"), ("escape", "g")):
            await pilot.press(*keys)
            await settle(pilot)
            drawn = app.export_screenshot()
            assert "\x1b" not in drawn and "\x07" not in drawn


def test_only_the_chosen_posyandu_is_read(demo: Path) -> None:
    from datetime import UTC, datetime

    seen = look_ahead(demo, "kenanga", date(2026, 12, 7), datetime(2026, 12, 7, tzinfo=UTC))
    assert {each.post.unit for each in seen.parcels} == {"kenanga"}
    assert [str(week) for week in seen.weeks] == ["2026-W50", "2026-W51"]


@pytest.mark.parametrize("state", ["empty", "typical", "findings", "narrow", "done"])
def test_send_looks(state: str, demo: Path, make_app: MakeApp, snap_compare: Compare) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await to_send(pilot)
        if state == "done":
            await press(pilot, "s")
        elif state != "narrow":
            drawn = pilot.app.screen.query(Preview)
            await until(pilot, lambda: all(one.sheet or one.has_class("-nothing") for one in drawn))

    if state == "empty":
        for month in demo.glob("calendars/*/2026-12.yaml"):
            month.unlink()
    if state == "findings":
        troubled(demo)
    size = (80, 24) if state in ("narrow", "done") else (120, 40)
    assert snap_compare(make_app(demo, "kader-rusminah"), terminal_size=size, run_before=before)
