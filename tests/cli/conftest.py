"""The workspaces and the machine that tests of several commands speak of."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from content_kit.cli import run
from content_kit.files import bundled
from tests.cli.reviewing import policy


@pytest.fixture(scope="session")
def finished_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo workspace that was rendered and packed once."""
    folder = tmp_path_factory.mktemp("demo") / "contoh"
    assert run(["demo", str(folder)]) == 0
    return folder


@pytest.fixture
def demo(finished_demo: Path, tmp_path: Path) -> Path:
    """A copy of the finished demo that a test may change."""
    return Path(shutil.copytree(finished_demo, tmp_path / "contoh"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The sample with an office that wants one approval."""
    root = tmp_path / "kerja"
    shutil.copytree(bundled.root() / "calendars", root / "calendars")
    policy(root, "satu")
    return root


@pytest.fixture
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's own folders for each test, outside the shared one."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "sendiri"))
    return tmp_path / "sendiri"
