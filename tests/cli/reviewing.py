"""How the tests of `content-kit review` hand in, decide, ask where a post stands, and pack."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from content_kit.cli import run

CLEAN = "m3r9t1"
FAST = "m4x7q2"
TITLES = {CLEAN: "Terima kasih sudah datang!", FAST: "Besok kita buka, ayo datang!"}
"""What a pack calls the two posts it leaves out."""


def policy(root: Path, word: str) -> None:
    """What the office wants of its posts."""
    (root / "calendars" / "kantor.yaml").write_text(
        f"nama: Uji\npersetujuan: {word}\n", encoding="utf-8"
    )


def edit(root: Path, old: str, new: str, file: str = "2026-12.yaml") -> None:
    """Change a file of Melati as a person would."""
    path = root / "calendars" / "melati" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def review(root: Path, kind: str, by: str, *more: str, post: str = CLEAN) -> int:
    """`content-kit review …` for one post; its exit code."""
    return run(["review", kind, str(root), "--by", by, "--post", post, *more])


def status(root: Path, capsys: pytest.CaptureFixture[str], post: str = CLEAN) -> dict[str, object]:
    """Where a post stands, as `review status --json` tells it."""
    capsys.readouterr()
    assert run(["review", "status", str(root), "--post", post, "--json"]) == 0
    row = json.loads(capsys.readouterr().out)["posts"][0]
    assert isinstance(row, dict)
    return row


def held(told: str) -> str:
    """What BACA-DULU says of the posts that did not go along."""
    return told.partition("Belum ikut")[2]


def pack(root: Path) -> tuple[int, str]:
    """The week of Melati: the exit code of `pack`, and what stands on top of it."""
    code = run(["pack", str(root), "--unit", "melati", "--week", "2026-12-08"])
    text = root / "keluaran" / "paket" / "melati" / "2026-W50" / "BACA-DULU.txt"
    return code, text.read_text(encoding="utf-8")
