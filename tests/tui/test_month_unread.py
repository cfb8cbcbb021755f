"""Susun bulan promises nothing for a posyandu whose files cannot be read, and never counts on for ever."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from content_kit.cli import run
from content_kit.planning.history import History
from content_kit.tui import jobs
from content_kit.tui.screens.month import MonthPanel
from tests.tui.driving import EVENING, MakeApp, month_file, said, settle

DECEMBER = date(2026, 12, 1)


def unread(demo: Path) -> None:
    """A month of Melati that nobody can read."""
    file = month_file(demo)
    text = file.read_text("utf-8").replace("postingan:", "postingan: [", 1)
    file.write_text(text, encoding="utf-8")


async def test_a_month_that_cannot_be_read_is_named_and_not_counted(
    demo: Path, make_app: MakeApp
) -> None:
    unread(demo)
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)

        await pilot.press("s")
        assert isinstance(app.screen, MonthPanel)
        await settle(pilot)
        here = said(app, "#this-count")
        assert "Posyandu Melati tidak terbaca" in here, here
        assert "tidak terbaca" not in said(app, "#next-count")
    counted = jobs.months_ahead(demo, [DECEMBER], ["melati"], EVENING, lambda: True)
    assert list(counted) == [(DECEMBER, 0, ("melati",))]


async def test_a_posyandu_that_just_broke_ends_the_counting(demo: Path, make_app: MakeApp) -> None:
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        (demo / "calendars/melati/posyandu.yaml").write_text("nama: [", encoding="utf-8")
        await pilot.press("s")
        await settle(pilot)
        assert "menghitung" not in said(app, "#this-count") + said(app, "#next-count")
        assert "Posyandu Melati tidak terbaca" in said(app, "#next-count")
    report = jobs.plan_month(demo, History(), DECEMBER, ["melati"], EVENING, lambda *_: None)
    assert report.wrong and "posyandu.yaml-nya tidak terbaca" in report.lines[0]


async def test_counting_that_fails_says_so(
    demo: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise KeyError("melati")

    monkeypatch.setattr(jobs, "months_ahead", fails)
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("s")
        await settle(pilot)
        assert said(app, "#this-count") == "Desember 2026: belum dapat dihitung"


def test_plan_weighs_no_month_that_it_cannot_read(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unread(demo)
    before = month_file(demo).read_bytes()
    assert run(["plan", "melati", "2026-12", "--workspace", str(demo)]) == 1
    told = capsys.readouterr()
    assert "perlu diperbaiki dulu, jadi belum disusun" in told.err and told.out == ""
    assert run(["plan", "melati", "2026-12", "--json", "--workspace", str(demo)]) == 1
    first = json.loads(capsys.readouterr().out.splitlines()[0])
    assert first["unit"] == "melati" and not first["written"] and first["balance"] is None
    assert month_file(demo).read_bytes() == before
