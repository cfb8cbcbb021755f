"""Says how long the roster of a province takes, each time in a new process.

    python bench/roster.py [UNITS] [POSTS]

The promise for 300 posyandu and 4,500 posts on two cores: JSON in under 5 s for a new process with
cached check results, XLSX and PDF in under 30 s. What was never checked is "belum diperiksa" and
may take longer; the check also leaves the thumbnails that the PDF and the HTML show.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from province import make

MONTH = "2026-12"


def run(root: Path, *words: str, home: Path) -> tuple[tuple[float, float], bytes]:
    """One command in a process of its own, with a cache folder of its own; seconds and CPU seconds."""
    own = {"HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA", "APPDATA"}
    env = {**os.environ, **dict.fromkeys(own, str(home))}
    start, before = perf_counter(), os.times()
    done = subprocess.run(
        [sys.executable, "-m", "content_kit", "roster", str(root), "--month", MONTH, *words],
        env=env,
        stdout=subprocess.PIPE,
        check=True,
    )
    after = os.times()
    spent = after.children_user + after.children_system
    spent -= before.children_user + before.children_system
    return (perf_counter() - start, spent), done.stdout


def main() -> None:
    """Measure JSON without a cache, filling it, JSON with it, and the other files."""
    units, posts = (int(word) for word in [*sys.argv[1:], *("300", "15")[len(sys.argv) - 1 :]])
    times: list[tuple[str, tuple[float, float]]] = []
    with TemporaryDirectory() as folder:
        home, out = Path(folder) / "home", Path(folder) / "out"
        home.mkdir()
        out.mkdir()
        root = make(Path(folder) / "work", units, posts)
        office = root / "calendars" / "kantor.yaml"
        office.write_text(office.read_text("utf-8") + "persetujuan: satu\n", "utf-8")
        spent, before = run(root, "--json", home=home)
        times.append(("JSON, nothing checked yet", spent))
        spent, _ = run(root, "--check", "--json", home=home)
        times.append(("check all and remember it", spent))
        for number in range(3):
            spent, after = run(root, "--json", home=home)
            times.append((f"**JSON from the cache, new process {number + 1}**", spent))
        times.append(("the table in words, from the cache", run(root, home=home)[0]))
        for kind in ("xlsx", "pdf", "html", "csv", "ics"):
            paper = out / f"r.{kind}"
            spent, _ = run(root, f"--{kind}", str(paper), home=home)
            size = paper.stat().st_size / 1e6
            times.append((f"{kind.upper()}, from the cache ({size:.1f} MB)", spent))
    left = [json.loads(text)["totals"]["unchecked"] for text in (before, after)]
    print(f"{units} units, {units * posts} posts; not checked before {left[0]}, after {left[1]}.\n")
    if hasattr(os, "getloadavg"):
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end.\n")
    print("| what | seconds | of CPU |\n| --- | ---: | ---: |")
    for what, (wall, cpu) in times:
        print(f"| {what} | {wall:.1f} | {cpu:.1f} |")


if __name__ == "__main__":
    main()
