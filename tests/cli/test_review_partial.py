"""A month is decided while some of it is still being written: said plainly, and no failure."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from content_kit.cli import run
from content_kit.files import user_folders
from content_kit.start import create_demo

MONTH = ("--month", "2026-12")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample with one approver and one post handed in; a machine that remembers nothing."""
    monkeypatch.setattr(user_folders, "memory_file", lambda: tmp_path / "ingatan.json")
    monkeypatch.setattr("content_kit.review.reviews.memory_file", lambda: tmp_path / "i.json")
    root = create_demo(tmp_path / "contoh", date(2026, 12, 7))
    settings = root / "calendars/kantor.yaml"
    settings.write_text(settings.read_text("utf-8") + "persetujuan: satu\n", encoding="utf-8")
    return root


def review(root: Path, kind: str, by: str, *more: str) -> int:
    extra = ["--no-pictures"] if kind == "approve" else []
    return run(["review", kind, str(root), "--by", by, *extra, *more])


def test_what_nobody_handed_in_is_passed_over(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert review(office, "submit", "Rusminah", "--post", "m4x7q2") == 0
    capsys.readouterr()
    assert review(office, "approve", "Hendra", *MONTH) == 0
    told = capsys.readouterr()
    assert "m4x7q2" in told.out and "postingan dilewati karena belum diajukan" in told.err
    assert "belum dapat" not in told.err
    assert review(office, "approve", "Hendra", *MONTH, "--json") == 0
    data = json.loads(capsys.readouterr().out)
    assert not data["refused"] and data["skipped"]


def test_one_that_was_named_is_refused(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert review(office, "approve", "Hendra", "--post", "m4x7q2") == 1
    assert "belum diajukan. Minta yang menyusun" in capsys.readouterr().err


def test_a_partial_success_says_how_much_is_left(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert review(office, "submit", "Rusminah", *MONTH) == 1  # some wait for words
    told = capsys.readouterr()
    assert "postingan diajukan, " in told.err and "belum; sebabnya disebut di atas" in told.err
