"""`bulan`: a month as it takes place, with every change in it, and as weeks of seven days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.context import build
from content_kit.files import bundled
from content_kit.files.assets import load_channels, load_palette
from content_kit.files.templates import load_template
from content_kit.files.workspace import Workspace
from content_kit.findings import Level
from content_kit.model import Change, Hours, Post, Posyandu, ServiceDay
from content_kit.picture.renderer import Renderer
from content_kit.schedule.month_words import month_words
from content_kit.specimen import POSYANDU, example_post

BUNDLED = Workspace(bundled.root())


def posyandu(*rules: str, change: Change | None = None) -> Posyandu:
    days = tuple(
        ServiceDay(
            id=f"hari{number}", name=f"Hari buka {number}", rule=rule,
            hours=Hours(time(8), time(11)), place="Balai Desa Sungai Pinang Lama",
            changes=(change,) if change and not number else (),
        )
        for number, rule in enumerate(rules)
    )  # fmt: skip
    return replace(POSYANDU, service_days=days)


def post(day: date) -> Post:
    template, _ = load_template(BUNDLED, "jadwal-bulan")
    assert template is not None
    return replace(example_post(template, {}), date=day)


def told(day: date, unit: Posyandu) -> dict[str, Any]:
    return month_words(post(day), unit, None)


@given(day=st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_weeks_have_seven_days_and_the_month_is_whole_in_order(day: date) -> None:
    month = told(day, posyandu("selasa ke-2"))
    cells = [cell["angka"] for week in month["minggu"] for cell in week]
    assert all(len(week) == 7 for week in month["minggu"])
    days = [int(cell) for cell in cells if cell]
    assert days == list(range(1, len(days) + 1))
    assert len(days) in (28, 29, 30, 31)
    assert "" not in cells[cells.index("1") : cells.index(str(len(days)))]


@pytest.mark.parametrize(
    ("day", "name"),
    [(date(2026, 12, 1), "Desember"), (date(2026, 12, 24), "Desember"), (date(2026, 12, 25), "Januari"), (date(2027, 1, 31), "Februari")],
)  # fmt: skip
def test_near_the_end_it_is_the_next_month(day: date, name: str) -> None:
    assert told(day, posyandu("selasa ke-2"))["nama"] == name


def test_a_moved_day_stands_where_it_moved_to_and_a_cancelled_one_is_told() -> None:
    moved = Change(date=date(2026, 12, 8), moved_to=date(2026, 12, 9), reason="rapat")
    month = told(date(2026, 12, 1), posyandu("selasa ke-2", "kamis ke-2", change=moved))
    assert [each["singkat"] for each in month["acara"]] == ["Rab 9", "Kam 10"]
    assert "8 Des" in month["acara"][0]["semula"]
    cells = {cell["angka"]: cell for week in month["minggu"] for cell in week}
    assert (cells["8"]["nomor"], cells["9"]["nomor"], cells["10"]["nomor"]) == (0, 1, 2)
    cancelled = Change(date=date(2026, 12, 8), cancelled=True, reason="banjir")
    month = told(date(2026, 12, 1), posyandu("selasa ke-2", change=cancelled))
    assert month["acara"][0]["batal"]


def test_only_a_template_that_speaks_of_the_month_hears_of_it() -> None:
    speaking, silent = (
        load_template(BUNDLED, name)[0] for name in ("jadwal-bulan", "jadwal-tiket")
    )
    assert speaking is not None and speaking.month
    assert silent is not None and not silent.month
    assert "bulan" not in build(post(date(2026, 12, 1)), posyandu(), None, services={})


@pytest.mark.parametrize("channel", ["wa-grup", "wa-status", "wa-saluran", "ig-story"])
def test_four_service_days_fit_on_every_picture(channel: str) -> None:
    template, _ = load_template(BUNDLED, "jadwal-bulan")
    palette, _ = load_palette(BUNDLED, "teluk")
    channels, formats, _ = load_channels(BUNDLED)
    assert template is not None and palette is not None
    unit = posyandu("selasa ke-1", "rabu ke-2", "kamis ke-3", "sabtu ke-4")
    data = build(
        post(date(2026, 12, 1)), unit, None, services={}, fields=template.fields, month=True
    )
    there = channels[channel]
    scene = Renderer(BUNDLED).scene(template, formats[there.format], data, palette, there.safe)
    assert [f.sentence() for f in scene.findings if f.level is not Level.INFO] == []
