"""Fingerprints of folders: names and bytes count, and what cannot be looked at has none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from content_kit.files import fingerprint as room
from content_kit.files.fingerprint import fingerprint


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "unit"
    (folder / "foto").mkdir(parents=True)
    (folder / "2026-12.yaml").write_text("bulan: 2026-12\n", encoding="utf-8")
    (folder / "foto" / "a.jpg").write_bytes(bytes(100))
    return folder


def test_the_same_bytes_have_the_same_fingerprint(folder: Path) -> None:
    first = fingerprint([folder])
    assert len(first) == 64
    path = folder / "2026-12.yaml"
    text = path.read_bytes()
    path.write_bytes(text + b"#")
    assert fingerprint([folder]) != first
    path.write_bytes(text)
    assert fingerprint([folder]) == first


def test_names_count_and_hidden_files_do_not(folder: Path) -> None:
    first = fingerprint([folder])
    (folder / ".content-kit.lock").write_bytes(b"")
    (folder / "__pycache__").mkdir()
    assert fingerprint([folder]) == first
    (folder / "kosong").mkdir()
    assert fingerprint([folder]) != first
    (folder / "kosong").rmdir()
    (folder / "2026-12.yaml").rename(folder / "2026-11.yaml")
    assert fingerprint([folder]) != first


def test_what_is_not_there_is_not_what_is_empty(folder: Path, tmp_path: Path) -> None:
    gone, empty = tmp_path / "libur.yaml", tmp_path / "kosong.yaml"
    empty.write_bytes(b"")
    assert len({fingerprint([gone]), fingerprint([empty]), fingerprint([])}) == 3


def test_the_same_files_in_another_order_or_split_are_others(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "lain"
    other.mkdir()
    (other / "x").write_bytes(b"1")
    assert fingerprint([folder, other]) != fingerprint([other, folder])


@pytest.mark.skipif(os.name == "nt", reason="links need a right that Windows users do not have")
def test_a_link_is_not_its_target_and_a_loop_has_no_fingerprint(folder: Path) -> None:
    path = folder / "2026-12.yaml"
    first = fingerprint([folder])
    path.rename(folder.parent / "asli.yaml")
    path.symlink_to(folder.parent / "asli.yaml")
    assert fingerprint([folder]) not in ("", first)
    (folder / "lingkar").symlink_to(folder)
    assert fingerprint([folder]) == ""


def test_too_much_has_no_fingerprint(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MAX_FILES", 2)
    assert fingerprint([folder]) == ""
