"""A save leaves the old file or the new one, and never loses what somebody typed."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from content_kit.files import save
from content_kit.files.save import (
    EditConflict,
    NotSaved,
    atomic_write,
    digest,
    edit,
    read,
    sweep_leftovers,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "unit" / "2026-12.yaml"
    path.parent.mkdir()
    path.write_bytes(b"bulan: 2026-12\n")
    return path


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Recovery files of the tests stay in the tests."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "temp"))


def others(path: Path) -> list[str]:
    return sorted(
        p.name for p in path.parent.iterdir() if p.name not in (path.name, save.LOCK_NAME)
    )


def test_an_edit_is_saved_and_gives_the_new_version(file: Path) -> None:
    seen = read(file)
    version = edit(file, lambda text: text + "a: 1\n", seen.digest)
    assert file.read_bytes() == b"bulan: 2026-12\na: 1\n"
    assert version == digest(file.read_bytes()) == read(file).digest
    assert others(file) == []


def test_bom_and_crlf_stay(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    assert read(file).text == "a: 1\r\nb: 2\r\n"
    edit(file, lambda text: text.replace("1", "3"), None)
    assert file.read_bytes() == b"\xef\xbb\xbfa: 3\r\nb: 2\r\n"


def test_an_edit_that_changes_nothing_does_not_write(file: Path) -> None:
    before = file.stat().st_mtime_ns
    edit(file, lambda text: text, None)
    assert file.stat().st_mtime_ns == before


def test_a_missing_file_is_made(tmp_path: Path) -> None:
    edit(tmp_path / "baru" / "a.yaml", lambda text: text + "a: 1\n", None)
    assert (tmp_path / "baru" / "a.yaml").read_bytes() == b"a: 1\n"


@pytest.mark.skipif(os.name == "nt", reason="permission bits of POSIX")
def test_permissions_stay(file: Path) -> None:
    file.chmod(0o640)
    edit(file, lambda text: text + "x", None)
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.yaml"
    link.symlink_to(file)
    edit(link, lambda text: text + "a: 1\n", None)
    assert link.is_symlink()
    assert file.read_bytes().endswith(b"a: 1\n")


def test_a_file_that_moved_on_is_not_overwritten(file: Path) -> None:
    seen = read(file)
    file.write_bytes(b"orang lain\n")
    with pytest.raises(EditConflict) as caught:
        edit(file, lambda _: "tulisan saya\n", seen.digest)
    assert caught.value.exit_code == 3
    assert file.read_bytes() == b"orang lain\n"
    assert caught.value.kept is not None
    assert caught.value.kept.read_bytes() == b"tulisan saya\n"
    assert str(caught.value.kept) in str(caught.value)


def test_a_program_without_locks_is_noticed_too(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = save._keep_mode

    def meanwhile(old: Path, new: Path) -> None:
        real(old, new)
        file.write_bytes(b"dari Excel\n")

    monkeypatch.setattr(save, "_keep_mode", meanwhile)
    with pytest.raises(EditConflict) as caught:
        edit(file, lambda text: text + "saya\n", None)
    assert file.read_bytes() == b"dari Excel\n"
    assert caught.value.kept is not None
    assert caught.value.kept.read_bytes() == b"bulan: 2026-12\nsaya\n"


def test_a_busy_file_is_told_and_left(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(save, "LOCK_SECONDS", 0.05)
    with save._locked(file.parent), pytest.raises(EditConflict, match="sedang disimpan"):
        edit(file, lambda text: text + "x", None)


def test_an_edit_that_fails_by_itself_changes_nothing(file: Path) -> None:
    def broken(text: str) -> str:
        raise KeyError(text)

    with pytest.raises(KeyError):
        edit(file, broken, None)
    assert file.read_bytes() == b"bulan: 2026-12\n"
    edit(file, lambda text: text + "x", None)


def test_what_is_not_text_is_not_touched(file: Path) -> None:
    file.write_bytes(b"\xff\x00")
    with pytest.raises(NotSaved, match="UTF-8"):
        edit(file, lambda text: text + "x", None)
    assert file.read_bytes() == b"\xff\x00"


CALLS = ["open", "write", "fsync", "close", "replace", "rename", "stat", "chmod", "lstat"]


class Failing:
    """Lets the n-th system call of a save fail, and all later ones too when `for_good`."""

    def __init__(self, at: int, number: int, *, for_good: bool) -> None:
        self.at, self.number, self.for_good, self.count = at, number, for_good, 0
        self.failed = ""

    def wrap(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            if sys._getframe(1).f_code.co_filename.endswith(("save.py", "pathlib.py")):
                self.count += 1
                if self.count == self.at or (self.for_good and self.count > self.at):
                    self.failed = self.failed or name
                    raise OSError(self.number, os.strerror(self.number))
            return real(*args, **kwargs)

        return call


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EACCES])
@pytest.mark.parametrize("for_good", [False, True])
def test_every_system_call_may_fail(
    file: Path, monkeypatch: pytest.MonkeyPatch, number: int, *, for_good: bool
) -> None:
    old, new = file.read_bytes(), b"bulan: 2026-12\nbaru: ya\n"
    kinds = set()
    for at in range(1, 40):
        file.write_bytes(old)
        for name in others(file):
            (file.parent / name).unlink()
        failing = Failing(at, number, for_good=for_good)
        with monkeypatch.context() as patch:
            for name in CALLS:
                patch.setattr(os, name, failing.wrap(name, getattr(os, name)))
            try:
                edit(file, lambda text: text + "baru: ya\n", None)
                saved: NotSaved | None = None
            except NotSaved as error:
                saved = error
        if not failing.failed:
            assert saved is None
            break
        kinds.add(failing.failed)
        if saved is None:
            # Only the flush of the folder may fail quietly: the file is whole already.
            assert file.read_bytes() == new
            continue
        assert saved.exit_code == 5
        assert file.name in str(saved)
        assert file.read_bytes() == old
        if saved.kept is not None:
            assert saved.kept.read_bytes() == new
            assert str(saved.kept) in str(saved)
        elif saved.data:
            assert saved.data == new
        else:
            assert failing.failed in ("open", "stat", "lstat")  # before there was an edit to lose
    else:
        raise AssertionError("a save has fewer system calls than this")
    assert {"open", "write", "fsync", "close"} <= kinds


def test_windows_waits_for_an_antivirus(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("time.sleep", pauses.append)
    tries = iter([PermissionError, PermissionError, None])

    def act() -> None:
        problem = next(tries)
        if problem:
            raise problem

    save._patiently(act, 2.5)
    assert len(pauses) == 2

    def never() -> None:
        raise PermissionError

    pauses.clear()
    with pytest.raises(PermissionError):
        save._patiently(never, 2.5)
    assert 2.4 < sum(pauses) < 2.6


def test_leftovers_are_swept_and_nothing_else(file: Path) -> None:
    (file.parent / ".ck-0123456789abcdef.tmp").write_bytes(b"x")
    (file.parent / "catatan.tmp").write_bytes(b"x")
    assert sweep_leftovers(file.parent) == 0, "a save may still be writing it"
    assert sweep_leftovers(file.parent, older_than=0) == 1
    assert others(file) == ["catatan.tmp"]
    assert sweep_leftovers(file.parent / "tidak ada") == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="files that are none, on POSIX only")
def test_what_is_no_file_is_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipa"
    os.mkfifo(pipe)
    with pytest.raises(NotSaved, match="bukan berkas biasa"):
        atomic_write(pipe, b"data")
    assert pipe.is_fifo() and [each.name for each in tmp_path.iterdir()] == ["pipa"]


def test_a_whole_file_is_written_at_once(tmp_path: Path) -> None:
    target = tmp_path / "keluaran" / "a.jpg"
    atomic_write(target, b"satu")
    atomic_write(target, b"dua")
    assert target.read_bytes() == b"dua"
    assert others(target) == []
    (tmp_path / "berkas").write_bytes(b"x")
    with pytest.raises(NotSaved):
        atomic_write(tmp_path / "berkas" / "a.jpg", b"x")


WRITER = """
import sys
from pathlib import Path
from content_kit.files.save import edit
path = Path(sys.argv[1])
print("mulai", flush=True)
number = 0
while True:
    number += 1
    edit(path, lambda _: f"{number:08d}\\n" * 20_000, None)
"""


def killed_saves(path: Path, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    path.write_bytes(b"00000000\n" * 20_000)
    for _ in range(kills):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)],
            stdout=subprocess.PIPE,
            cwd=Path(save.__file__).parents[2],
        )
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(chance.random() * 0.12)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        lines = path.read_bytes().splitlines(keepends=True)
        assert len(lines) == 20_000
        assert len(set(lines)) == 1, f"torn (seed {seed})"
        sweep_leftovers(path.parent, older_than=0)
        assert others(path) == []
    edit(path, lambda _: "selesai", None)  # a killed process leaves no lock behind


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on Windows")
def test_kill_9_leaves_the_old_file_or_the_new_one(file: Path) -> None:
    killed_saves(file, 30, random.randrange(10**6))


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on Windows")
def test_kill_9_three_hundred_times(file: Path) -> None:
    killed_saves(file, 300, random.randrange(10**6))


ADDER = """
import sys
from pathlib import Path
from content_kit.files.save import edit
path, who, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for number in range(count):
    edit(path, lambda text: text + f"{who}{number}\\n", None)
"""


def two_writers(path: Path, count: int) -> None:
    path.write_bytes(b"")
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", ADDER, str(path), who, str(count)],
            cwd=Path(save.__file__).parents[2],
        )
        for who in "ab"
    ]
    assert [writer.wait(120) for writer in writers] == [0, 0]
    lines = path.read_text(encoding="utf-8").split()
    assert sorted(lines) == sorted(f"{who}{n}" for who in "ab" for n in range(count))


def test_two_processes_lose_no_edit(file: Path) -> None:
    two_writers(file, 25)


@pytest.mark.slow
def test_two_processes_lose_none_of_a_thousand_edits(file: Path) -> None:
    two_writers(file, 500)
