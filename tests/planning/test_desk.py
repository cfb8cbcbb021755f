"""The desk tells what is wrong in the files that a plan is made from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from content_kit.files.workspace import Workspace
from content_kit.planning.desk import Desk


def test_an_observance_that_is_not_understood_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "calendars").mkdir()
    rows = tmp_path / "assets" / "observances.yaml"
    rows.parent.mkdir()
    rows.write_text(
        "peringatan:\n  - {id: gizi, nama: Hari Gizi, aturan: kapan-kapan}\n", encoding="utf-8"
    )
    desk = Desk.open(Workspace.open(tmp_path), date(2026, 12, 1))
    (found,) = [each for each in desk.findings if each.code == "aturan-tidak-jelas"]
    assert (found.place.file, found.place.line) == ("assets/observances.yaml", 2)
    assert desk.observances == ()
