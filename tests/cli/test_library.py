"""`content-kit library` as offices and scripts meet it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from content_kit.cli import library, run
from content_kit.start import create_demo


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(library, "today", lambda zone=None: date(2026, 12, 7))
    return create_demo(tmp_path / "contoh", date(2026, 12, 7))


def test_words_are_searched_with_or_without_the_name_of_the_command(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for start in ([], ["search"]):
        assert run(["library", *start, "mpasi", "telur", "--workspace", str(place)]) == 0
        out = capsys.readouterr()
        assert out.out.splitlines()[0].startswith("resep-tim-telur-bayam: ")
        assert f"{len(out.out.splitlines())} tulisan" in out.err
    assert run(["library", "zzzzzz", "--workspace", str(place)]) == 0
    assert "Tidak ada yang cocok" in capsys.readouterr().err


def test_json_has_a_line_for_each_entry(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--pillar", "edukasi", "--audience", "bayi", "--now", "--json"]
    assert run(["library", *arguments, "--workspace", str(place)]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert rows and all(row["pillar"] == "edukasi" and row["fits_now"] for row in rows)
    assert all("bayi" in row["audience"] for row in rows)


@pytest.mark.parametrize(
    "arguments",
    [["--pillar", "edukas"], ["--unit", "mawar"], ["add", "asi-serin", "--unit", "melati"],
     ["add", "asi-sering"], ["add", "asi-sering", "--unit", "melati", "--date", "x"]],
)  # fmt: skip
def test_what_is_not_there_is_named(
    place: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["library", *arguments, "--workspace", str(place)]) == 2
    assert capsys.readouterr().err.strip()


def test_an_entry_is_added_to_the_day_that_was_named(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    month = place / "calendars/melati/2026-12.yaml"
    before = month.read_text("utf-8")
    arguments = ["library", "add", "asi-sering", "--unit", "melati", "--workspace", str(place)]
    assert run([*arguments, "--dry-run"]) == 0
    assert "percobaan" in capsys.readouterr().err and month.read_text("utf-8") == before
    assert run([*arguments, "--date", "2026-12-14", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["date"] == "2026-12-14" and told["file"] == "calendars/melati/2026-12.yaml"
    assert f"id: {told['post']}" in month.read_text("utf-8")
    assert (
        run(["library", "asi-sering", "--unit", "melati", "--json", "--workspace", str(place)]) == 0
    )
    assert json.loads(capsys.readouterr().out.splitlines()[0])["last_used"] == "2026-12-14"
