"""What sync programs and git leave beside a file is known, and nothing that somebody wrote is thrown away."""

from __future__ import annotations

from pathlib import Path

import pytest

from content_kit.errors import UsageError
from content_kit.files.copies import (
    Sides,
    is_copy,
    known_base,
    original,
    put_away,
    recovery_folder,
    remember_base,
    sides,
)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is put away stays in the tests."""
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")


@pytest.mark.parametrize(
    "name",
    [
        "2026-12.sync-conflict-20261201-101010-ABCDEFG.yaml",
        "2026-12 (Budi's conflicted copy 2026-12-01).yaml",
        "2026-12 (Salinan konflik Budi 2026-12-01).yaml",
        "2026-12 (conflicted copy 2026-12-01 101010).yaml",
        "2026-12 (SFConflict budi 2026-12-01).yaml",
        "2026-12 [conflicted].yaml",
        "2026-12 (1).yaml",
        "2026-12(1).yaml",
        "2026-12 (konflik).yaml",
        "2026-12-LAPTOP-AB12CD.yaml",
        "2026-12-Budi-PC.yaml",
        "2026-12 - Copy.yaml",
        "2026-12 - Copy (2).yaml",
        "2026-12 - Salin.yaml",
        "2026-12 - Salin (2).yaml",
        "2026-12 - Salinan.yaml",
        "2026-12 copy.yaml",
        "2026-12 2.yaml",
        "Copy of 2026-12.yaml",
        "Salinan 2026-12.yaml",
        "Salinan dari 2026-12.yaml",
        "2026-12.bentrok-a1b2c3.yaml",
        "2026-12.yaml.belum-tersimpan-a1b2c3",
        "2026-12.Conflict.yaml",
        "2026-12.yaml.conflict1",
        "2026-12.yaml.orig",
        "2026-12_BACKUP_123.yaml",
        "2026-12_PC-BUDI_Dec-01-101010-2026_Conflict.yaml",
        "2026-12_conf(2026-12-01-101010).yaml",
        "2026-12_REMOTE_123.yaml",
    ],
)
def test_every_programs_copies_are_known(name: str) -> None:
    assert is_copy(name)
    assert original(Path("melati") / name) == Path("melati/2026-12.yaml")
    other = name.replace("2026-12", "posyandu", 1)
    assert is_copy(other)
    assert original(Path(other)) == Path("posyandu.yaml")


@pytest.mark.parametrize(
    "name", ["2026-12.yaml", "2026-13.yaml", "posyandu.yaml", "desember.yaml", "2026-12.yml",
             "2026-1-2.yaml", "catatan.txt", "2026-12", ".content-kit.lock", "logo"]
)  # fmt: skip
def test_other_files_are_no_copies(name: str) -> None:
    assert not is_copy(name)


def test_a_copy_whose_original_cannot_be_told_is_a_copy_all_the_same() -> None:
    assert is_copy("catatan (1).yaml")
    assert original(Path("catatan (1).yaml")) is None


MARKED = "a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> lain\nc: 4\n"


def test_the_marks_of_git_give_both_versions() -> None:
    assert sides("a: 1\n") is None
    assert sides(MARKED) == Sides(None, "a: 1\nb: 2\nc: 4\n", "a: 1\nb: 3\nc: 4\n")
    based = MARKED.replace("=======", "||||||| dasar\nb: 0\n=======")
    assert sides(based) == Sides("a: 1\nb: 0\nc: 4\n", "a: 1\nb: 2\nc: 4\n", "a: 1\nb: 3\nc: 4\n")
    mixed = based + MARKED  # a hunk without a base: what stood there is not known
    found = sides(mixed)
    assert found is not None
    assert found.base is None
    windows = sides(MARKED.replace("\n", "\r\n"))
    assert windows == Sides(
        None, "a: 1\r\nb: 2\r\nc: 4\r\n", "a: 1\r\nb: 3\r\nc: 4\r\n"
    )  # fmt: skip
    title = "a: |\n  x\n======= bukan\n"
    assert sides(title) is None


@pytest.mark.parametrize("drop", ["=======\n", ">>>>>>> lain\n", "<<<<<<< HEAD\n"])
def test_marks_that_are_not_whole_are_refused(drop: str) -> None:
    with pytest.raises(UsageError, match="tidak lengkap"):
        sides(MARKED.replace(drop, ""))


def test_what_is_put_away_is_kept(tmp_path: Path) -> None:
    copy = tmp_path / "2026-12 (1).yaml"
    copy.write_bytes(b"a: 1\r\n")
    kept = put_away(copy)
    assert kept is not None
    assert kept.parent == recovery_folder()
    assert kept.read_bytes() == b"a: 1\r\n"
    assert not copy.exists()
    assert put_away(copy) is None


def test_a_copy_stays_where_it_cannot_be_kept(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file in the way", encoding="utf-8")
    copy = tmp_path / "2026-12 (1).yaml"
    copy.write_bytes(b"a: 1\n")
    assert put_away(copy) is None
    assert copy.read_bytes() == b"a: 1\n"
    remember_base(copy, "a: 0\n")
    assert known_base(copy) is None


def test_what_a_copy_began_with_is_known_again(tmp_path: Path) -> None:
    copy = tmp_path / "2026-12.bentrok-abc123.yaml"
    copy.write_bytes(b"a: 1\n")
    assert known_base(copy) is None
    remember_base(copy, "a: 0\r\n")
    assert known_base(copy) == "a: 0\r\n"
    copy.write_bytes(b"a: 2\n")
    assert known_base(copy) is None
