"""What nobody recorded may still have been sent: going back is told, and reminders hold nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from content_kit.checks.announcements import ANNOUNCEMENT, superseded
from content_kit.files.workspace import Workspace
from content_kit.model import Zone
from content_kit.pack.changed import make
from content_kit.planning.change import Outcome, change
from content_kit.planning.change_order import Order
from content_kit.planning.situation import Case
from content_kit.render import Press
from content_kit.review.reviews import Reviews
from content_kit.start import create_demo

DAY = date(2026, 12, 8)
EIGHT = datetime.combine(date(2026, 12, 6), time(8), Zone.WITA.tz)


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """The sample for the week of 7 December 2026."""
    return create_demo(tmp_path / "contoh", date(2026, 12, 7))


def order(root: Path, now: datetime, **wishes: Any) -> Outcome:
    workspace = Workspace.open(root)
    wish = Order(unit="melati", day=DAY, reason="Balai dipakai", **wishes)
    outcome = change(workspace, workspace.load(), wish, now)
    outcome.pages.save()
    return outcome


def test_what_nobody_answered_for_may_have_been_sent(demo: Path, tmp_path: Path) -> None:
    order(demo, EIGHT, moved_to=date(2026, 12, 11))
    back = order(demo, EIGHT.replace(hour=14), moved_to=DAY)
    assert back.case is Case.NEW
    press = Press(Workspace.open(demo), back.loaded)
    made = make(Reviews(press, EIGHT), back, tmp_path / "keluaran", dry_run=True)
    assert made.words.startswith("*KEMBALI: ") and "Selasa, 8 Desember 2026, 08.00" in made.words
    assert "pindah ke Jumat, 11 Desember 2026, tidak berlaku lagi" in made.words


def test_what_was_not_sent_leaves_nothing_to_tell(demo: Path) -> None:
    before = {path: path.read_bytes() for path in demo.rglob("*.yaml")}
    order(demo, EIGHT, moved_to=date(2026, 12, 11))
    back = order(demo, EIGHT.replace(hour=14), moved_to=DAY, sent=False)
    assert back.case is Case.TAKEN_BACK and back.announcement == ""
    assert "karena belum dikirim" in " ".join(done.what for done in back.done)
    assert {path: path.read_bytes() for path in demo.rglob("*.yaml")} == before


def test_a_reminder_of_a_cancellation_does_not_hold_the_first_one(demo: Path) -> None:
    order(demo, EIGHT, cancelled=True)
    (first,) = (
        p for p in Workspace.open(demo).load().posts("melati") if p.template == ANNOUNCEMENT
    )
    reminder = replace(first, id="ingat1", date=first.date + timedelta(days=2))
    assert superseded([reminder, first]) == frozenset()
    other = replace(reminder, id="baru1", fields={"judul": "Kembali ke jadwal semula, ya."})
    assert superseded([other, first]) == {("melati", first.id)}
    last = replace(first, id="ulang1", date=other.date + timedelta(days=1))
    assert superseded([last, other, first]) == {("melati", first.id), ("melati", "baru1")}
