"""How the application comes up: from the bare command, with a machine's settings, beside a window."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from content_kit import tui
from content_kit.cli import run
from content_kit.files.user_folders import read_settings, write_settings
from content_kit.tui import opener


@pytest.mark.parametrize("terminal", [True, False])
def test_the_bare_command_opens_the_application_on_a_terminal_only(
    terminal: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started: list[Path] = []

    def start(folder: Path, clock: object) -> int:
        started.append(folder)
        return 0

    monkeypatch.setattr(tui, "start", start)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: terminal)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    assert run([]) == 0
    assert started == ([Path()] if terminal else [])
    assert ("Perintah" in capsys.readouterr().out) is not terminal


@pytest.mark.parametrize("text", ["", "[]", "{", '{"saya": 5}', "[" * 5000])
def test_strange_settings_are_no_settings(tmp_path: Path, text: str) -> None:
    path = tmp_path / "pengaturan.json"
    path.write_text(text, encoding="utf-8")
    assert read_settings(path) == {}


def test_settings_come_back_and_a_disk_that_refuses_stops_nobody(tmp_path: Path) -> None:
    path = tmp_path / "a" / "pengaturan.json"
    assert write_settings(path, {"saya": "kader-fitri"})
    assert read_settings(path) == {"saya": "kader-fitri"}
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert not write_settings(tmp_path / "file" / "x.json", {})


def test_only_folders_are_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.exe").write_text("", encoding="utf-8")
    assert not opener.open_folder(tmp_path / "x.exe")
    assert not opener.open_folder(tmp_path / "gone")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    if sys.platform != "win32":
        assert not opener.open_folder(tmp_path)
