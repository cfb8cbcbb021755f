"""A share of `bench/hardships.py`: kills, failing system calls and mutants; its full counts run by hand."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parents[1]
SHARE = os.environ.get("CONTENT_KIT_SHARE", "20")
"""One in so many of the full counts; 1 is all of them, for a night."""


def hardships(part: str, share: str, tmp_path: Path) -> str:
    """What the script says of a part; its exit code must be 0."""
    homes = {name: str(tmp_path) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    done = subprocess.run(
        [sys.executable, HERE / "bench" / "hardships.py", "--share", share, "--only", part],
        capture_output=True, encoding="utf-8", check=False, env={**os.environ, **homes},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    return done.stdout


pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="its victims are forks")


def test_a_few_saves_are_killed_and_every_system_call_of_one_fails(tmp_path: Path) -> None:
    assert "save: 20, 0 wrong" in hardships("save", "50", tmp_path)
    assert "0 wrong" in hardships("calls", "20", tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("part", ["save", "calls", "kill", "mutants"])
def test_a_twentieth_of_everything(part: str, tmp_path: Path) -> None:
    hardships(part, SHARE, tmp_path)
