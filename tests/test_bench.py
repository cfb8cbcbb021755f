"""The benchmark runs: whoever changes the painter can measure at once what that costs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from content_kit.files.workspace import Workspace

BENCH = Path(__file__).resolve().parent.parent / "bench" / "poster.py"


@pytest.mark.slow
def test_the_benchmark_prints_its_table() -> None:
    done = subprocess.run(
        [sys.executable, BENCH, "--posters", "2", "--markdown"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in done.stdout.splitlines()]
    assert {len(row) for row in rows} == {3}
    said = [row[0] for row in rows]
    for part in ("bind", "paint", "photo decoded", "naive", "memory", "cold", "2 processes"):
        assert any(part in line for line in said), f"{part} is not in the table"


def test_the_province_is_whole_fictional_and_always_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(BENCH.parent))
    from province import make

    one, other = (make(tmp_path / name, units=15, posts=15) for name in ("satu", "dua"))
    loaded = Workspace.open(one).load()
    assert not loaded.findings
    assert (len(loaded.posyandu), len(loaded.posts())) == (15, 225)
    assert all(posyandu.fictional for posyandu in loaded.posyandu.values())
    assert len({posyandu.regency for posyandu in loaded.posyandu.values()}) == 13
    files = [path.relative_to(one) for path in sorted(one.rglob("*.yaml"))]
    assert all((one / path).read_bytes() == (other / path).read_bytes() for path in files)


@pytest.mark.slow
def test_the_library_lasts_two_years(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nearly all that fits is used, and neighbours hardly ever meet."""
    monkeypatch.syspath_prepend(str(BENCH.parent))
    from library import MONTHS, run, three

    units = three()
    outcome = run(MONTHS, units)
    for unit in units:
        assert outcome.share(unit.slug) >= 0.95 * outcome.room(unit.slug), outcome.unused(unit.slug)
    same, told = outcome.overlaps()
    assert same <= told * 0.02


@pytest.mark.slow
def test_a_quarter_of_four_posyandu_has_no_neighbours_alike_and_nothing_pale(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(str(BENCH.parent))
    monkeypatch.setattr(sys, "argv", ["feed.py"])
    from feed import main

    main()
    said = capsys.readouterr().out
    assert "neighbours of one composition: 0 of" in said
    assert "beside, 0 of" in said
    assert "findings: 0" in said
    rows = [line.split("|") for line in said.splitlines() if line.startswith("| ") and "20" in line]
    assert len(rows) == 12
    assert all(int(row[3]) >= 11 for row in rows)
    assert all(int(row[4].strip().rstrip("%")) <= 20 for row in rows)
