"""The signature of a workspace changes with every file that counts, and with nothing else."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from content_kit.files.watch import signature


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with one file."""
    unit = tmp_path / "calendars" / "melati"
    unit.mkdir(parents=True)
    (unit / "2026-12.yaml").write_text("bulan: 2026-12\n", encoding="utf-8")
    return tmp_path


def test_it_stays_while_nothing_changes(root: Path) -> None:
    assert signature(root) == signature(root)


@pytest.mark.parametrize(
    "path", ["calendars/melati/2026-12.yaml", "calendars/melati/foto/a.jpg", "assets/x.svg"]
)
def test_a_change_a_new_file_and_a_lost_one_are_seen(root: Path, path: str) -> None:
    seen = {signature(root)}
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    for text in ("satu", "dua dua"):
        file.write_text(text, encoding="utf-8")
        seen.add(signature(root))
    os.utime(file, ns=(1, 1))  # the same length, saved again
    seen.add(signature(root))
    file.unlink()
    seen.add(signature(root))
    assert len(seen) >= 4


def test_a_new_name_is_seen(root: Path) -> None:
    before = signature(root)
    file = root / "calendars" / "melati" / "2026-12.yaml"
    file.rename(file.with_name("2027-01.yaml"))
    assert signature(root) != before


@pytest.mark.parametrize(
    "path",
    ["keluaran/a.jpg", "calendars/.kunci.lock", "calendars/melati/.tmp-x", ".git/HEAD", "lain.txt"],
)
def test_output_locks_and_others_do_not_count(root: Path, path: str) -> None:
    before = signature(root)
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("x", encoding="utf-8")
    assert signature(root) == before


def test_a_folder_that_is_not_there_is_no_error(tmp_path: Path) -> None:
    assert signature(tmp_path / "tidak-ada") == signature(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_to_itself_ends(root: Path) -> None:
    (root / "calendars" / "putar").symlink_to(root / "calendars", target_is_directory=True)
    assert signature(root)
