"""Folders as people say them."""

from __future__ import annotations

from pathlib import Path

import pytest

from content_kit.files.user_folders import homely


def test_a_folder_below_the_own_one_begins_with_a_tilde(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "siti")
    assert homely(tmp_path / "siti" / "Unduhan") == str(Path("~") / "Unduhan")
    assert homely(tmp_path / "siti") == "~"
    assert homely(tmp_path / "sitinurhaliza") == str(tmp_path / "sitinurhaliza")


def test_where_nobody_is_at_home_the_path_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", nobody)
    assert homely(tmp_path) == str(tmp_path)
