"""When texts were last used: only the word is looked for, whatever else a file holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from content_kit.files.uses import read_uses


def test_the_last_month_of_each_text(tmp_path: Path) -> None:
    (tmp_path / "2025-01.yaml").write_text("postingan:\n  - id: a\n    pustaka: satu\n", "utf-8")
    (tmp_path / "2025-03.yaml").write_text(
        'postingan:\n  - {id: b, pustaka: satu}\n  - {id: c, pustaka: "dua"}\n', "utf-8"
    )
    (tmp_path / "2026-12.yaml").write_text("pustaka: tiga\n", "utf-8")
    (tmp_path / "2020-01.yaml").write_text("pustaka: empat\n", "utf-8")
    (tmp_path / "2025-02.yaml").write_bytes(b"\xff\xfe pustaka: \x00[[[[ rusak")
    (tmp_path / "catatan.yaml").write_text("pustaka: lima\n", "utf-8")
    assert read_uses(tmp_path, date(2026, 6, 1)) == {
        "satu": date(2025, 3, 1),
        "dua": date(2025, 3, 1),
    }


def test_no_folder_no_uses(tmp_path: Path) -> None:
    assert read_uses(tmp_path / "tidak-ada", date(2026, 6, 1)) == {}
