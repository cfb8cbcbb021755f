"""`posyandu` as an office's scripts use it: shown, changed, one more, and who helps."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from content_kit.cli import run
from content_kit.files import bundled
from content_kit.files.workspace import Workspace


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The sample as a workspace of one's own."""
    shutil.copytree(bundled.root() / "calendars", tmp_path / "calendars")
    return tmp_path


def test_a_life_changes_by_command(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = ["--workspace", str(place)]
    assert run(["posyandu", "set", "melati", "whatsapp=62 812 5555 0123", *at]) == 0
    assert capsys.readouterr().out == "calendars/melati/posyandu.yaml\n"
    assert run(["posyandu", "day", "melati", "--rule", "tanggal 31, jam 8 sampai 11 di Aula", *at]) == 0  # fmt: skip
    assert run(["posyandu", "person", "Siti Aminah", "--unit", "melati", *at]) == 0
    assert run(["posyandu", "person", "Siti Aminah", "--rename", "Hj. Siti Aminah", *at]) == 0
    assert run(["posyandu", "person", "Hj. Siti Aminah", "--role", "kim", *at]) == 0
    leaving = ["posyandu", "person", "kader-jumiati", "--leave", "--unit", "melati"]
    assert run([*leaving, "--heir", "Hj. Siti Aminah", *at]) == 0
    capsys.readouterr()
    assert run(["posyandu", "show", "melati", "--json", *at]) == 0
    (told,) = json.loads(capsys.readouterr().out)["posyandu"]
    assert told["whatsapp"] == "0812-5555-0123"
    assert told["service_days"][-1]["rule"] == "tanggal 31"
    assert [each["name"] for each in told["people"]] == ["Rusminah", "Hendra", "Hj. Siti Aminah"]
    assert [each["role"] for each in told["people"]] == ["kader", "kim", "kim"]


def test_one_more_posyandu_by_command(place: Path) -> None:
    new = ["--name", "Posyandu Mawar", "--village", "Desa Contoh", "--district", "Kecamatan Contoh"]
    new += ["--regency", "Kabupaten Contoh", "--rule", "kamis ke-5", "--hours", "8-11"]
    assert run(["posyandu", "add", *new, "--place", "Balai", "--workspace", str(place)]) == 0
    loaded = Workspace(place).load(())
    assert "mawar" in loaded.posyandu and not loaded.findings


@pytest.mark.parametrize(
    "arguments",
    [
        ["set", "melati", "whatsapp=08123"],
        ["set", "melati", "nomor=1"],
        ["set", "mawar", "nama=x"],
        ["day", "melati", "--rule", "entah kapan"],
        ["day", "melati", "--remove"],
        ["person", "Siapa", "--leave"],
        ["person", "kader-jumiati", "--heir", "Rusminah"],
    ],
    ids=[
        "short number",
        "no such field",
        "no such posyandu",
        "no day",
        "which day",
        "nobody",
        "heir of whom",
    ],
)
def test_what_is_unclear_is_asked_and_changes_nothing(
    place: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in place.rglob("*.yaml")}
    assert run(["posyandu", *arguments, "--workspace", str(place)]) == 2
    assert capsys.readouterr().err.strip()
    assert before == {path: path.read_bytes() for path in place.rglob("*.yaml")}
