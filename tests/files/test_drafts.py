"""Unsaved drafts in the user's own folder: found again, thrown away, and nothing else lets them break."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from content_kit.files.drafts import NEW, Drafts, Kept

NIGHT = datetime(2026, 12, 7, 2, 32, tzinfo=UTC)
KEPT = Kept(
    NIGHT,
    "m4x7q2",
    {"jam": "18.30"},
    {"jam": "19.00", "isi": {"judul": "\ud800 [x] \x1b", "langkah": ({"judul": "a"}, "b")}},
    {"ajakan": "dulu"},
)


def test_what_is_kept_is_found_again_under_its_post_alone(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "draf", tmp_path / "kerja")
    assert drafts.keep("melati", "m4x7q2", KEPT)
    assert drafts.find("melati", "m4x7q2") == KEPT
    for other in (("kenanga", "m4x7q2"), ("melati", "lain"), ("melati", NEW)):
        assert drafts.find(*other) is None
    assert Drafts(tmp_path / "draf", tmp_path / "lain").find("melati", "m4x7q2") is None


def test_a_forgotten_draft_is_gone_and_forgetting_twice_is_fine(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "draf", tmp_path)
    drafts.keep("melati", NEW, KEPT)
    drafts.forget("melati", NEW)
    drafts.forget("melati", NEW)
    assert drafts.find("melati", NEW) is None
    assert not list((tmp_path / "draf").iterdir())


@pytest.mark.parametrize(
    "broken",
    ["", "[]", "{", '{"waktu": 3}', '{"waktu": "2026-12-07", "id": 1}', "[" * 9999, "x" * 600_000],
    ids=["empty", "a list", "cut", "no values", "no table", "brackets", "no json"],
)
def test_a_broken_draft_is_no_draft(broken: str, tmp_path: Path) -> None:
    drafts = Drafts(tmp_path, tmp_path)
    drafts.keep("melati", "a", KEPT)
    next(tmp_path.glob("*.json")).write_text(broken, encoding="utf-8")
    assert drafts.find("melati", "a") is None


def test_a_long_draft_is_found_again(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path, tmp_path)
    long = Kept(NIGHT, "a", {}, {"isi": "ayo datang, \u06de " * 40_000}, {})
    assert drafts.keep("melati", "a", long)
    assert drafts.find("melati", "a") == long


def test_a_disk_that_refuses_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "draf").write_text("a file where the folder should be", encoding="utf-8")
    assert not Drafts(tmp_path / "draf", tmp_path).keep("melati", "a", KEPT)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows folders belong to their user anyway")
def test_only_their_owner_may_open_the_folder(tmp_path: Path) -> None:
    Drafts(tmp_path / "draf", tmp_path).keep("melati", "a", KEPT)
    assert (tmp_path / "draf").stat().st_mode & 0o077 == 0
