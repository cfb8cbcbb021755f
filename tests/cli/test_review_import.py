"""A roster goes out as a workbook, is decided in Excel, and comes back: only what was seen is decided."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from content_kit.cli import opening, run
from content_kit.files.tables import read_table
from content_kit.files.workbook import Book, Page, write_workbook
from content_kit.roster import sheet
from content_kit.start import create_demo


@pytest.fixture
def submitted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample with one approver, its December handed in by a kader."""
    from datetime import UTC, datetime

    monkeypatch.setattr(opening, "instant", lambda: datetime(2026, 12, 6, 1, tzinfo=UTC))
    root = create_demo(tmp_path / "contoh", date(2026, 12, 7))
    office = root / "calendars/kantor.yaml"
    text = office.read_text("utf-8") if office.exists() else ""
    kept = [line for line in text.splitlines() if not line.startswith("persetujuan")]
    office.write_text("\n".join([*kept, "persetujuan: satu", ""]), encoding="utf-8")
    run(["review", "submit", str(root), "--month", "2026-12", "--by", "kader-rusminah"])
    return root


def filled(path: Path, choose: dict[str, tuple[str, str]]) -> None:
    """Decide in the workbook, as somebody would in Excel: by the id of the post."""
    sheets, _ = read_table(path, len)
    rows = [line.cells for line in sheets[0].rows[1:]]
    titles = [column.title for column in sheet._COLUMNS]
    at = titles.index("postingan")
    made = []
    for cells in rows:
        padded = tuple(cells) + ("",) * (len(titles) - len(cells))
        decision = choose.get(padded[at], ("", ""))
        made.append((*decision, *padded[2:]))
    page = Page("Daftar posting", sheet._COLUMNS, tuple(made))
    path.write_bytes(write_workbook(replace(Book((page,)))))


def statuses(root: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    capsys.readouterr()
    run(["review", "status", str(root), "--month", "2026-12", "--json"])
    return {post["post"]: post["status"] for post in json.loads(capsys.readouterr().out)["posts"]}


def test_decisions_are_carried_out_once(
    submitted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = statuses(submitted, capsys)
    handed_in = [post for post, status in before.items() if status == "diajukan"]
    assert len(handed_in) >= 3
    path = tmp_path / "daftar.xlsx"
    run(["roster", str(submitted), "--month", "2026-12", "--xlsx", str(path)])
    # Without a check a roster knows no seals, and nothing can be decided on it.
    filled(path, {handed_in[0]: ("setujui", "")})
    assert run(["review", "import", str(path), str(submitted), "--by", "Hendra"]) == 1
    run(
        [
            "roster",
            str(submitted),
            "--month",
            "2026-12",
            "--check",
            "--xlsx",
            str(path),
            "--replace",
        ]
    )
    filled(path, {handed_in[0]: ("setujui", ""), handed_in[1]: ("kembalikan", "Salah jam")})
    order = ["review", "import", str(path), str(submitted), "--by", "Hendra"]
    assert run([*order, "--dry-run"]) == 0
    assert statuses(submitted, capsys) == before
    assert run(order) == 0
    after = statuses(submitted, capsys)
    assert after[handed_in[0]] == "disetujui" and after[handed_in[1]] == "dikembalikan"
    assert after[handed_in[2]] == "diajukan"
    assert run([*order, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert not told["done"] and len(told["already"]) == 2


def test_what_changed_since_is_not_approved(
    submitted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "daftar.xlsx"
    run(["roster", str(submitted), "--month", "2026-12", "--check", "--xlsx", str(path)])
    filled(path, {"m4x7q2": ("setujui", "")})
    month = submitted / "calendars/melati/2026-12.yaml"
    text = month.read_text("utf-8")
    month.write_text(text.replace("Besok kita buka", "Lusa kita buka", 1), encoding="utf-8")
    capsys.readouterr()
    assert run(["review", "import", str(path), str(submitted), "--by", "Hendra"]) == 1
    told = capsys.readouterr()
    assert "berubah sejak daftar dibuat" in told.err
    assert statuses(submitted, capsys)["m4x7q2"] != "disetujui"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html>", b"\xff\xfe\x00"])
def test_a_strange_file_is_a_sentence(
    submitted: Path, tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "aneh.xlsx"
    path.write_bytes(content)
    assert run(["review", "import", str(path), str(submitted), "--by", "Hendra"]) == 1
    assert "Traceback" not in capsys.readouterr().err
