"""`edit set` and `edit new`: what a script writes is what the form would have written."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from content_kit.cli import run
from content_kit.files.workspace import Workspace
from content_kit.model import Post
from content_kit.start import create_demo


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """The sample for the week of 7 December 2026."""
    return create_demo(tmp_path / "contoh", date(2026, 12, 7))


def posts(demo: Path) -> dict[str, Post]:
    """The posts of Melati by id."""
    return {post.id: post for post in Workspace(demo).load().posts("melati")}


def edit(demo: Path, *words: str) -> int:
    """`content-kit edit …` on the sample."""
    return run(["edit", *words, "--workspace", str(demo)])


def test_set_changes_the_named_fields_and_no_other_line(demo: Path) -> None:
    file = demo / "calendars/melati/2026-12.yaml"
    before = file.read_text("utf-8").splitlines()
    assert (
        edit(demo, "set", "m4x7q2", "isi.judul=Besok: buka", "kanal=wa-grup,fb", "jam=17.00") == 0
    )
    after = file.read_text("utf-8").splitlines()
    assert sum(a != b for a, b in zip(after, before, strict=True)) == 3
    post = posts(demo)["m4x7q2"]
    assert post.fields["judul"] == "Besok: buka" and post.channels == ("wa-grup", "fb")


def test_set_moves_a_post_by_words_and_takes_a_value_away(demo: Path) -> None:
    edit(demo, "set", "m3r9t1", "tanggal=4 januari 2027", "tagar=")
    assert posts(demo)["m3r9t1"].date == date(2027, 1, 4)
    assert posts(demo)["m3r9t1"].hashtags == ()


def test_set_says_what_another_template_has_no_place_for(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert edit(demo, "set", "m4x7q2", "isi.label=Baru", "model=edukasi-langkah") == 1
    assert "Ajakan" in capsys.readouterr().err
    fields = posts(demo)["m4x7q2"].fields
    assert set(fields) == {"judul", "label"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["set", "m4x7q2", "isi.judl=x"], 'Maksudnya "judul"'),
        (["set", "m4x7q2", "jam=99"], "tidak terbaca"),
        (["set", "m4x7q2", "tanggal=kapan"], "tidak terbaca"),
        (["set", "m4x7q2", "model=jadwal-kartuu"], "jadwal-kartu"),
        (["set", "tidak-ada", "jam=18.00"], "tidak ada"),
        (["new", "melatii", "besok"], "melati"),
        (["new", "melati", "kapan"], "tidak terbaca"),
        (["new", "melati", "besok", "--entry", "balita-2x"], "balita-2t"),
    ],
)
def test_what_cannot_be_understood_changes_nothing(
    words: list[str], told: str, demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (demo / "calendars/melati/2026-12.yaml").read_bytes()
    assert edit(demo, *words) == 2
    assert told in capsys.readouterr().err
    assert (demo / "calendars/melati/2026-12.yaml").read_bytes() == before


def test_new_adds_a_post_of_the_library_with_own_fields(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = set(posts(demo))
    words = ("new", "melati", "24 desember 2026", "--entry", "balita-2t", "petugas=kader-rusminah")
    edit(demo, *words, "--json")
    told = json.loads(capsys.readouterr().out)
    (id,) = set(posts(demo)) - known
    post = posts(demo)[id]
    assert told["post"] == id and not told["dry_run"]
    assert post.date == date(2026, 12, 24) and post.entry == "balita-2t"
    assert post.duty == "kader-rusminah"


def test_a_dry_run_writes_nothing(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (demo / "calendars/melati/2026-12.yaml").read_bytes()
    edit(demo, "set", "m4x7q2", "isi.judul=Lain", "--dry-run")
    edit(demo, "new", "melati", "24 desember 2026", "--dry-run")
    assert "percobaan" in capsys.readouterr().err
    assert (demo / "calendars/melati/2026-12.yaml").read_bytes() == before
