"""Kills the application while somebody types in it, again and again: what was typed comes back.

    python bench/typing_kills.py [--times N] [--seed S]

Runs the real application in tmux (which must be installed), types into a post, kills it with
signal 9 at a random moment, starts it again and goes on with what is offered. What was typed more
than a breath before the kill must be in the form; the exit code is 1 when anything is missing.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from content_kit.start import create_demo
from content_kit.tui.screens.post_draft import PAUSE

SOCKET: Final = f"ketik-{os.getpid()}"
PATIENCE: Final = 60.0
BREATH: Final = PAUSE + 0.6
"""Seconds after the last key in which the draft may not be on the disk yet; a busy machine is slow."""


def tmux(*words: str) -> str:
    """A command of tmux on a server of our own."""
    done = subprocess.run(
        ["tmux", "-L", SOCKET, *words], capture_output=True, text=True, check=False
    )
    return done.stdout


def screen() -> str:
    """What the terminal shows."""
    return tmux("capture-pane", "-p", "-t", "a")


def wait(*words: str) -> str:
    """The screen once it shows one of these; TimeoutError when it never does."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        seen = screen()
        if any(word in seen for word in words):
            return seen
        time.sleep(0.1)
    raise TimeoutError(f"{words} never came:\n{screen()}")


def keys(*names: str) -> None:
    """Press keys."""
    tmux("send-keys", "-t", "a", *names)


def open_post(root: Path) -> str:
    """Start the application and open the first post of today; what it shows."""
    python = sys.executable
    tmux(
        "new-session",
        "-d",
        "-s",
        "a",
        "-x",
        "100",
        "-y",
        "34",
        "-c",
        str(root),
        f"{python} -m content_kit",
    )
    wait("Minggu ini", "Minggu depan")
    keys("2")
    wait("Saring")
    keys("Enter")
    time.sleep(0.5)
    keys("Enter")
    return wait("Diposting di", "belum disimpan dari")


def kill() -> None:
    """Kill the application and everything it started."""
    pid = int(tmux("list-panes", "-t", "a", "-F", "#{pane_pid}").strip())
    os.kill(pid, signal.SIGKILL)
    tmux("kill-session", "-t", "a")


def one(root: Path, number: int, chance: random.Random) -> str:
    """Type, kill, come back; "" when all was there, else what was missing."""
    seen = open_post(root)
    if "belum disimpan dari" in seen:
        keys("l")
        wait("Diposting di")
        time.sleep(1.0)
    word = f"k{number}"
    tmux("send-keys", "-t", "a", "-l", word)
    wait(word)
    time.sleep(BREATH)
    for letter in "xyz"[: chance.randrange(4)]:  # in the middle of the next word
        tmux("send-keys", "-t", "a", "-l", letter)
        time.sleep(chance.random() * 0.15)
    kill()
    seen = open_post(root)
    if "belum disimpan dari" not in seen:
        return f"{word}: nothing was offered"
    keys("l")
    wait("Diposting di")
    end = time.monotonic() + 10
    while word not in screen():
        if time.monotonic() > end:
            return f"{word}: not in the form"
        time.sleep(0.1)
    for _ in range(12):  # room for the next word
        keys("BSpace")
    time.sleep(BREATH)
    kill()
    return ""


def main() -> int:
    """Kill it so often and say what was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    given = parser.parse_args()
    chance, wrong = random.Random(given.seed), []
    if shutil.which("tmux") is None:
        print("tmux is not installed")
        return 2
    with tempfile.TemporaryDirectory() as place:
        homes = ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")
        os.environ |= dict.fromkeys(homes, place)
        root = create_demo(Path(place) / "contoh", datetime.now(UTC).date())
        tmux("new-session", "-d", "-s", "hold")  # else the server ends with each victim
        try:
            for number in range(given.times):
                told = one(root, number, chance)
                wrong += [told] if told else []
                print(f"{number + 1}: {told or 'came back'}", flush=True)
        finally:
            tmux("kill-server")
    print(f"seed {given.seed}: {given.times} kills, {len(wrong)} lost", flush=True)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
