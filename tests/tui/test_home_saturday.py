"""Beranda on a Saturday: the whole next week, its Sunday too."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from tests.tui.driving import MakeApp, listed, month_file, said, settle, with_two_posts

SATURDAY = datetime(2026, 12, 5, 4, 0, tzinfo=UTC)  # noon in WITA


async def test_the_next_week_ends_on_its_sunday(demo: Path, make_app: MakeApp) -> None:
    file = month_file(with_two_posts(demo))
    days = iter(("2026-12-07", "2026-12-13"))
    text = re.sub(
        r"(?m)^(    tanggal:) \S+",
        lambda found: f"{found[1]} {next(days)}",
        file.read_text("utf-8"),
    )
    file.write_text(text, encoding="utf-8")
    app = make_app(demo, "kader-rusminah")
    app.clock = lambda: SATURDAY
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert said(app, "#when") == "Minggu depan"
        assert "Sen, 7 Des" in listed(app, "#week") and "Min, 13 Des" in listed(app, "#week")
