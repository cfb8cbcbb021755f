"""One output that cannot be written, one post that fails: named, and the rest is finished."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from content_kit.cli import run
from content_kit.render import Press, Proof
from content_kit.start import create_demo

WEEK = "2026-W50"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return create_demo(tmp_path_factory.mktemp("batch") / "contoh", date(2026, 12, 7))


@pytest.fixture
def demo(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample, whose results go to a folder of the test's own."""
    monkeypatch.chdir(tmp_path)
    return made


def pictures(out: Path) -> set[str]:
    found = (path for path in out.rglob("*.jpg") if path.is_file())
    return {path.relative_to(out).as_posix() for path in found if "paket" not in path.parts}


@pytest.mark.parametrize(
    "place",
    [
        pytest.param("feed.jpg", id="picture"),
        pytest.param("wa-grup.txt", id="text", marks=pytest.mark.slow),
        pytest.param("manifes.json", id="manifest", marks=pytest.mark.slow),
        pytest.param("", id="folder", marks=pytest.mark.slow),
    ],
)
def test_one_output_that_cannot_be_written_stops_no_other(
    place: str, demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "hasil"
    first = out / "kenanga" / WEEK / "k2p8f4"
    if place:
        (first / place).mkdir(parents=True)
    else:
        first.parent.mkdir(parents=True)
        first.write_text("a file where the folder should be", "utf-8")
    assert run(["pack", str(demo), "--week", WEEK, "--out", str(out)]) == 1
    told = capsys.readouterr()
    assert "k2p8f4" in told.err or "2026-12.yaml" in told.err
    assert "tidak dapat ditulis" in told.err
    there = pictures(out)
    assert len([name for name in there if "k2p8f4" not in name]) > 10
    assert "melati" in told.out
    names = [path.name for path in (out / "paket" / "kenanga" / WEEK).iterdir()]
    assert "BACA-DULU.txt" in names
    read_first = (out / "paket" / "kenanga" / WEEK / "BACA-DULU.txt").read_text("utf-8")
    assert "tidak dapat ditulis" in read_first


def test_one_pack_that_cannot_be_written_leaves_no_half_and_stops_no_other(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "hasil"
    (out / "paket" / "kenanga" / WEEK / "BACA-DULU.txt").mkdir(parents=True)
    assert run(["pack", str(demo), "--week", WEEK, "--out", str(out)]) == 1
    told = capsys.readouterr()
    assert "tidak dapat ditulis" in told.err
    assert [path.name for path in (out / "paket" / "kenanga" / WEEK).iterdir()] == ["BACA-DULU.txt"]
    assert list((out / "paket" / "melati" / WEEK).glob("*.jpg"))


@pytest.mark.parametrize("error", [OSError(5, "io"), ValueError("bug")], ids=["disk", "bug"])
def test_one_post_that_fails_is_named_and_the_others_are_made(
    error: Exception,
    demo: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    proof = Press.proof

    def fail(press: Press, post: object, channel: str | None = None) -> Proof:
        if getattr(post, "id", "") == "m4x7q2":
            raise error
        return proof(press, post, channel)  # type: ignore[arg-type]

    monkeypatch.setattr(Press, "proof", fail)
    out = tmp_path / "hasil"
    assert run(["render", str(demo), "--week", WEEK, "--out", str(out)]) == 1
    told = capsys.readouterr()
    assert "m4x7q2" in told.err or ":5:" in told.err
    assert "Traceback" not in told.err + told.out
    assert len(pictures(out)) > 10
    assert not [name for name in pictures(out) if "m4x7q2" in name]
    assert run(["check", str(demo)]) == 1
