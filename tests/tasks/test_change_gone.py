"""A post that went out and is in no plan is told when a day changes: nobody else would correct it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from content_kit.files.workspace import Workspace
from content_kit.planning.change_order import Order
from content_kit.start import create_demo
from content_kit.tasks import posting
from content_kit.tasks.change_day import change_day

EVENING = datetime(2026, 12, 7, 12, tzinfo=UTC)


def test_what_was_written_down_as_sent_and_is_in_no_plan_is_told(tmp_path: Path) -> None:
    root = create_demo(tmp_path / "contoh", date(2026, 12, 7))
    workspace = Workspace(root)
    post = next(post for post in workspace.load().posts("melati") if post.id == "m4x7q2")
    posting.record(workspace, post, ["wa-grup"], "Kader", EVENING)
    month = root / "calendars/melati/2026-12.yaml"
    text = month.read_text("utf-8")
    start = text.index("  - id: m4x7q2")
    month.write_text(text[:start] + text[text.index("  - id:", start + 1) :], "utf-8")
    order = Order(unit="melati", day=date(2026, 12, 8), reason="rapat desa", cancelled=True)
    changed = change_day(workspace, order, EVENING, tmp_path / "keluaran", save=None)
    assert changed.made is not None
    told = [found for found in changed.made.findings if found.code == "postingan-hilang"]
    assert ["(m4x7q2)" in found.message for found in told] == [True]
