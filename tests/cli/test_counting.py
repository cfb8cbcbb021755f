"""Items of a list are counted from 1 in every command: what one prints, another takes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from content_kit.cli import run
from content_kit.files import bundled
from content_kit.findings import counted

STEP = "isi.langkah.1.judul"


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("data", "config", "state", "cache"):
        monkeypatch.setattr(
            f"platformdirs.user_{kind}_path", lambda *_, kind=kind, **__: tmp_path / kind
        )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(bundled.root() / "calendars", tmp_path / "kerja" / "calendars")
    return tmp_path / "kerja"


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("isi.langkah.0.judul", "isi.langkah.1.judul"),
        ("postingan[m4x7q2].isi.poin.9", "postingan[m4x7q2].isi.poin.10"),
        ("a.0.b.0", "a.1.b.1"),
        ("sumber.2", "sumber.3"),
        ("foto[2026.1.jpg].izin", "foto[2026.1.jpg].izin"),
        ("berkas.photo:lomba.1.jpg", "berkas.photo:lomba.1.jpg"),
        (r"isi.a\.1.b", r"isi.a\.1.b"),
        ("jam", "jam"),
        ("", ""),
    ],
)
def test_a_path_is_told_as_people_count(field: str, told: str) -> None:
    assert counted(field) == told


def test_set_status_and_merge_name_one_item_alike(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    month = root / "calendars/melati/2026-12.yaml"
    copy = month.with_name("2026-12 (1).yaml")
    post = "m3r9t1"
    where = ["--workspace", str(root)]
    assert run(["review", "submit", str(root), "--post", post, "--by", "kim-hendra"]) in (0, 1)
    shutil.copy(month, copy)
    assert run(["edit", "set", post, f"{STEP}=Timbang bersama", *where]) == 0
    capsys.readouterr()
    assert run(["merge", str(month), str(copy), "--dry-run", "--json"]) == 3
    names = [one["name"] for one in json.loads(capsys.readouterr().out)["conflicts"]]
    assert names == [f"{post}.{STEP}"]
    copy.unlink()
    run(["review", "status", str(root), "--post", post, "--json"])
    (row,) = json.loads(capsys.readouterr().out)["posts"]
    assert STEP in [change["field"] for change in row["changes"]]
    run(["review", "status", str(root), "--post", post])
    assert f"{STEP}:" in capsys.readouterr().out


def test_what_a_check_prints_can_be_set(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--workspace", str(root)]
    run(["edit", "set", "m3r9t1", f"{STEP}={'x' * 400}", *where])
    assert f"{STEP}: " in capsys.readouterr().err
    assert run(["edit", "set", "m3r9t1", "isi.langkah.0.judul=x", *where]) == 2
    assert "dihitung dari 1" in capsys.readouterr().err
