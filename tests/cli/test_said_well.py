"""What cannot be done is said with its file and line, in Indonesian, once, and with the right exit code."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from content_kit.cli import run, talk
from content_kit.findings import Finding, Place
from content_kit.start import create_demo


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = create_demo(tmp_path / "contoh", date(2027, 12, 6))
    monkeypatch.chdir(root)
    return root


BREAK = "bulan: 2027-12\npostingan:\n  - {id: m4x7q2, tanggal: [2027-12-06}\n"


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("2027-12.yaml", ("edit", "new", "melati", "2027-12-24", "isi.judul=Halo", "model=edukasi-langkah")),
        ("2027-12.yaml", ("schedule", "change", "melati", "2027-12-07", "--cancel", "--because", "rapat")),
        ("posyandu.yaml", ("schedule", "change", "melati", "2027-12-07", "--cancel", "--because", "rapat")),
        ("posyandu.yaml", ("plan", "melati", "2028-01")),
        ("posyandu.yaml", ("render", "--unit", "melati")),
        ("posyandu.yaml", ("export", "csv", "--month", "2027-12", "--unit", "melati")),
    ],
    ids=lambda given: given if isinstance(given, str) else " ".join(given[:2]),
)  # fmt: skip
def test_a_broken_file_is_named_with_its_line(
    file: str, words: tuple[str, ...], demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = demo / "calendars" / "melati" / file
    path.write_text(BREAK, "utf-8")
    assert run(list(words)) == 1
    said = capsys.readouterr().err
    assert f"calendars/melati/{file}:3:" in said
    assert "tidak ada. Yang ada" not in said
    assert path.read_text("utf-8") == BREAK


@pytest.mark.parametrize(
    "words",
    [
        ("edit", "shift", "--unit", "melati", "--days", "abc"),
        ("edit", "shift", "--days", "1.5"),
        ("schedule", "explain", "selasa ke-2", "--months", "99"),
        ("photo", "add", "a.jpg", "--unit", "melati", "--people", "siapa"),
        ("merge", "--take", "kiri"),
        ("serve", "--port", "99999999"),
    ],
    ids=" ".join,
)
def test_a_wrong_word_is_answered_in_indonesian(
    words: tuple[str, ...], demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(list(words)) == 2
    said = capsys.readouterr().err
    for english in ("is not", "Invalid", "valid integer", "range", "one of"):
        assert english not in said


def test_a_limit_has_its_own_exit_code(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    month = demo / "calendars" / "melati" / "2027-12.yaml"
    whole = month.read_bytes()
    month.write_bytes(whole + b"#" * 2_000_001)
    assert run(["check", "--unit", "melati"]) == 6
    assert "lebih dari 2 MB" in capsys.readouterr().out
    for words in (
        "render --week 2027-W49 --unit melati",
        "pack --week 2027-W49 --unit melati",
        "plan melati 2027-12",
        "roster --unit melati --month 2027-12",
        "edit set m4x7q2 jam=18.46",
        "done m4x7q2 --by kader-rusminah",
        "schedule change melati 2027-12-07 --cancel --because rapat",
    ):
        assert run(words.split()) == 6, words
        assert "2027-12.yaml:1:1: berkas ini lebih dari 2 MB" in capsys.readouterr().err
    month.write_bytes(whole)
    assert run(["check", "--unit", "melati"]) in (0, 1)


def test_many_alike_are_told_as_some_and_a_count(capsys: pytest.CaptureFixture[str]) -> None:
    talk.tell(
        Finding("nilai-salah", f"baris {number}.", Place("tabel.csv", number, 1))
        for number in range(1, 9_901)
    )
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == talk.ALIKE + 1
    assert lines[-1] == f"tabel.csv: {9_900 - talk.ALIKE} lagi yang serupa (nilai-salah)."


def test_folders_that_differ_only_in_capitals_are_told(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    twin = demo / "calendars" / "Melati"
    if twin.exists():
        pytest.skip("this disk knows no capitals")
    twin.mkdir()
    text = (demo / "calendars/melati/posyandu.yaml").read_text("utf-8")
    (twin / "posyandu.yaml").write_text(text.replace("id: contoh-", "id: lain-"), "utf-8")
    assert run(["check"]) == 1
    assert "hanya beda huruf besar" in capsys.readouterr().out
