"""Kirim tells an announcement that a newer one replaced from a post nobody approved."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

from content_kit.files.workspace import Workspace
from content_kit.model import Zone
from content_kit.pack.outlook import outlook
from content_kit.planning.change import change
from content_kit.planning.change_order import Order
from content_kit.render import Press
from content_kit.review.life import Status
from content_kit.review.reviews import Reviews
from tests.tui.driving import MakeApp, rows, settle, with_two_posts

DAY = date(2026, 12, 8)
NOON = datetime.combine(date(2026, 12, 7), time(12), Zone.WITA.tz)


async def test_a_replaced_announcement_has_a_standing_of_its_own(
    demo: Path, make_app: MakeApp
) -> None:
    first = ""
    for minutes, moved in enumerate((date(2026, 12, 10), date(2026, 12, 11))):
        workspace = Workspace.open(with_two_posts(demo) if not first else demo)
        order = Order(unit="melati", day=DAY, reason="Balai dipakai", moved_to=moved)
        now = NOON + timedelta(minutes=minutes)
        done = {first: ("wa-status",)} if first else {}
        outcome = change(workspace, workspace.load(), order, now, done=done)
        outcome.pages.save()
        first = first or outcome.announcement
    workspace = Workspace.open(demo)
    reviews = Reviews(Press(workspace, workspace.load()), NOON)
    seen = outlook(reviews, "melati", NOON.date(), demo / "keluaran")
    found = {each.post.id: each for each in seen.parcels}
    assert found[first].status is Status.REPLACED
    assert found[first].why == "Kirim yang terbaru saja."
    assert Status.UNSUBMITTED not in {each.status for each in seen.parcels}
    app = make_app(demo, "kader-rusminah")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("5")
        await settle(pilot)
        told = "\n".join(rows(app))
        assert "diganti: Kirim yang terbaru saja." in told and "belum diajukan" not in told
