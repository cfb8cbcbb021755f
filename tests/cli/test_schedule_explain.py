"""`content-kit schedule explain`: one sentence, the dates, the clashes, or the question."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from content_kit.cli import run


def explain(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(["schedule", "explain", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_json_is_the_published_shape(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = explain(capsys, "Kam mg-4", "--from", "2026-12", "--months", "1", "--json")
    assert code == 0
    told = json.loads(out)
    assert list(told) == ["rule", "understood", "dates", "findings"]
    assert told["rule"] == "Kam mg-4"
    assert told["understood"] == "Kamis keempat tiap bulan"
    assert told["dates"] == [
        {"date": "2026-12-24", "weekday": "Kamis", "clash": "Cuti Bersama Hari Raya Natal"}
    ]
    assert [finding["code"] for finding in told["findings"]] == ["bentrok-libur"]


def test_what_is_not_understood_leaves_with_1_and_the_question(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, _ = explain(capsys, "minggu kedua", "--json")
    told = json.loads(out)
    assert (code, told["understood"], told["dates"]) == (1, "", [])
    assert "hari apa?" in told["findings"][0]["hint"]
    code, out, err = explain(capsys, "minggu kedua")
    assert (code, out) == (1, "")
    assert "hari apa?" in err


def test_a_person_reads_a_sentence_and_the_dates(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = explain(capsys, "selasa ke-2", "--from", "2026-12", "--months", "2")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "Selasa kedua tiap bulan: 8 Des 2026, 12 Jan 2027 …",
        "  Selasa, 8 Desember 2026",
        "  Selasa, 12 Januari 2027",
    ]


def test_the_office_file_is_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "calendars").mkdir()
    (tmp_path / "calendars" / "libur.yaml").write_text(
        "libur:\n  - {tanggal: 2026-12-08, nama: Hari Jadi Desa}\n", encoding="utf-8"
    )
    arguments = ("selasa ke-2", "--from", "2026-12", "--months", "1")
    _, out, err = explain(capsys, *arguments, "--workspace", str(tmp_path))
    assert "(Hari Jadi Desa)" in out
    assert "Rabu, 9 Desember 2026" in err


@pytest.mark.parametrize("start", ["besok", "2026-13", "12-2026", "2026"])
def test_a_start_that_cannot_be_read_is_wrong_usage(
    start: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = explain(capsys, "selasa ke-2", "--from", start)
    assert code == 2
    assert "2026-12" in err


def test_a_rule_that_is_not_certain_has_no_dates(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = explain(capsys, "menyusul di WA", "--json")
    assert (code, json.loads(out)["understood"]) == (0, "belum pasti")
