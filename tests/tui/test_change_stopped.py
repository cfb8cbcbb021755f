"""A changed day that is stopped, or fails, once it is saved: it says so, and undo leaves no picture."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from content_kit.planning.change_order import Order
from content_kit.planning.history import History
from content_kit.tasks import change_day
from content_kit.tui import jobs
from tests.tui.driving import EVENING, with_two_posts

ORDER = Order(
    unit="melati", day=date(2026, 12, 8), reason="Balai dipakai", moved_to=date(2026, 12, 10)
)


def go_on(done: int, total: int) -> None:
    """Nobody stops it."""


def announced(root: Path) -> list[str]:
    """What says BERUBAH below the output folder, pictures next to it."""
    texts = (root / "keluaran").rglob("*.txt")
    return [path.name for path in texts if "BERUBAH" in path.read_text("utf-8")]


def test_a_stop_after_it_is_saved_comes_too_late(demo: Path) -> None:
    def stop(done: int, total: int) -> None:
        if done:
            raise jobs.Stopped

    report = jobs.change_day(with_two_posts(demo), History(), ORDER, EVENING, stop)
    assert report.heading.startswith("Sekarang: Kamis, 10 Desember 2026")
    assert not report.wrong and "BERUBAH" in report.text and announced(demo)


def test_a_stop_before_changes_nothing(demo: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise jobs.Stopped

    history = History()
    with pytest.raises(jobs.Stopped):
        jobs.change_day(with_two_posts(demo), history, ORDER, EVENING, stop)
    assert history.last == ""


def test_pictures_that_fail_do_not_hide_that_the_day_is_changed(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = History()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "keluaran")

    with_two_posts(demo)
    with monkeypatch.context() as patch:
        patch.setattr(change_day, "make", full)
        report = jobs.change_day(demo, history, ORDER, EVENING, go_on)
    assert report.wrong and "Harinya sudah diubah" in report.lines[0]
    assert any("Tekan g" in line for line in report.lines)
    again = jobs.change_day(demo, history, ORDER, EVENING, go_on)  # no edit, but pictures
    assert "sudah tercatat" in " ".join(again.lines) and announced(demo)
    told = history.undo()
    assert "Paket gambarnya dihapus" in told and announced(demo) == []
    assert not list((demo / "keluaran/paket").rglob("*.jpg"))


def test_undo_takes_the_pictures_of_the_announcement_too(demo: Path) -> None:
    history = History()
    jobs.change_day(with_two_posts(demo), history, ORDER, EVENING, go_on)
    assert announced(demo)
    shutil.rmtree(demo / "keluaran/paket")
    assert announced(demo), "next to its pictures"
    history.undo()
    assert announced(demo) == []
