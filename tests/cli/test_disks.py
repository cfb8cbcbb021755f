"""Disks without locks or permission bits, full disks and read-only ones: saved, or said, never half."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from content_kit.cli import doctor, run
from content_kit.files import manifest, save, templates
from content_kit.files.user_folders import read_settings
from content_kit.pack import changed
from content_kit.review.memory import Memory
from content_kit.roster.cache import decoded
from content_kit.start import create_demo

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="flock and chmod are POSIX's")

UNSUPPORTED = [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return create_demo(tmp_path_factory.mktemp("disk") / "contoh", date(2027, 12, 6))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "2026-12.yaml"
    path.write_text("a: 1\n", "utf-8")
    return path


def refusing(number: int) -> Callable[..., None]:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


@pytest.mark.parametrize("number", UNSUPPORTED, ids=errno.errorcode.get)
def test_a_disk_without_locks_still_saves_and_compares(
    number: int, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fcntl.flock", refusing(number))
    (file.parent / save.LOCK_NAME).touch()  # a sync program brought one along
    seen = save.read(file).digest
    began = time.monotonic()
    now = save.edit(file, lambda text: text + "b: 2\n", seen)
    assert time.monotonic() - began < 2
    assert file.read_text("utf-8") == "a: 1\nb: 2\n"
    assert not save.knows_locks(file.parent)
    file.write_text("a: 3\n", "utf-8")
    with pytest.raises(save.EditConflict):
        save.edit(file, lambda text: text + "c: 3\n", now)
    assert file.read_text("utf-8") == "a: 3\n"


@pytest.mark.parametrize(
    "number", [errno.EPERM, errno.ENOTSUP, errno.ENOSYS], ids=errno.errorcode.get
)
def test_a_disk_without_permission_bits_still_saves(
    number: int, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "chmod", refusing(number))
    save.edit(file, lambda _: "a: 2\n", None)
    assert file.read_text("utf-8") == "a: 2\n"


def test_an_unlock_that_fails_does_not_say_that_nothing_was_saved(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    lock = fcntl.flock

    def refuse(handle: int, how: int) -> None:
        if how == fcntl.LOCK_UN:
            raise OSError(errno.EIO, "io")
        lock(handle, how)

    monkeypatch.setattr("fcntl.flock", refuse)
    save.edit(file, lambda _: "a: 2\n", None)
    assert file.read_text("utf-8") == "a: 2\n"


def test_what_a_killed_save_left_is_swept_by_the_next_and_everywhere_at_the_start(
    file: Path, tmp_path: Path
) -> None:
    old = time.time() - 2 * save.LEFTOVER_SECONDS
    deep = tmp_path / "calendars" / "melati" / "tinjauan"
    deep.mkdir(parents=True)
    left = [folder / ".ck-0123456789abcdef.tmp" for folder in (file.parent, deep)]
    for path in left:
        path.write_text("half", "utf-8")
        os.utime(path, (old, old))
    young = deep / ".ck-fedcba9876543210.tmp"
    young.write_text("a save that is still running", "utf-8")
    save.edit(file, lambda _: "a: 2\n", None)
    assert [path.exists() for path in left] == [False, True]
    assert save.sweep_tree(tmp_path, ["calendars", "tidak-ada"]) == 1
    assert young.exists()


def test_a_template_is_copied_whole_or_not_at_all(
    sample: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written = []

    def fill(path: Path, data: bytes) -> None:
        written.append(path)
        if len(written) > 2:
            raise save.NotSaved("disk penuh.")
        save.atomic_write(path, data)

    monkeypatch.setattr(templates, "atomic_write", fill)
    command = ["template", "copy", "jadwal-kartu", "punyaku", "--workspace", str(sample)]
    assert run(command) == 5
    assert "belum disalin: disk penuh." in capsys.readouterr().err
    assert not list((sample / "templates").iterdir())
    monkeypatch.undo()
    assert run(command) == 0
    assert (sample / "templates" / "punyaku" / "template.yaml").is_file()


def test_a_change_whose_picture_fails_says_that_the_day_is_changed(
    sample: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full", "keluaran")

    monkeypatch.setattr(changed, "_repack", full)
    command = ["schedule", "change", "melati", "2027-12-07", "--to", "2027-12-08"]
    command += ["--because", "rapat", "--workspace", str(sample)]
    assert run(command) == 5
    said = capsys.readouterr().err
    assert "Jadwalnya sudah tersimpan, tetapi gambarnya belum jadi" in said
    assert "disk penuh" in said
    assert "2027-12-08" in (sample / "calendars/melati/posyandu.yaml").read_text("utf-8")
    assert not list((sample / "keluaran" / "paket").rglob("*.jpg"))
    monkeypatch.undo()
    assert run(command) in (0, 1)  # once more finishes it


@pytest.mark.parametrize(
    "number", [errno.ENOSPC, errno.EROFS, errno.EACCES], ids=errno.errorcode.get
)
def test_the_doctor_sees_a_disk_on_which_nothing_can_be_saved(
    number: int,
    sample: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(doctor, "_trial_picture", lambda: "")
    assert run(["doctor", str(sample)]) == 0
    capsys.readouterr()

    def refuse(path: Path, _: bytes) -> None:
        raise save.NotSaved(f"{path.name}: {os.strerror(number)}") from OSError(number, "no")

    monkeypatch.setattr(doctor, "write_new", refuse)
    assert run(["doctor", str(sample)]) == 1
    assert "PERLU DIPERBAIKI  Folder kerja" in capsys.readouterr().out
    assert not (sample / "calendars" / ".content-kit.coba").exists()


def test_half_a_letter_in_our_own_files_is_nothing_remembered(
    tmp_path: Path,
) -> None:
    half = '{"gambar": {"feed": {"draf": "\\ud800"}}, "teks": [], "a": "\\ud800"}'
    path = tmp_path / "manifes.json"
    path.write_text(half, "utf-8")
    assert manifest.read(tmp_path) == manifest.Written()
    assert read_settings(path) == {}
    path.write_text('{"kantor": {"a": ["\\ud800", 1, "x"]}, "kepala": {}}', "utf-8")
    assert Memory.open(path).broken
    day = date(2026, 12, 1)
    assert decoded(half.encode(), "melati", "k", day, day) is None


LACKS = {
    "locks": ("fcntl.flock", errno.ENOLCK, "tidak mengenal kunci berkas"),
    "modes": ("pathlib.Path.chmod", errno.EPERM, "tidak mengenal izin berkas"),
}


@pytest.mark.parametrize("lack", LACKS)
def test_what_a_disk_lacks_is_said_once_after_saving(
    lack: str,
    sample: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    place, number, words = LACKS[lack]
    monkeypatch.setattr(place, refusing(number))
    root = shutil.copytree(sample, tmp_path / "contoh")
    assert run(["check", str(root)]) == 0
    assert words not in capsys.readouterr().err  # nothing was saved
    month = next((root / "calendars/melati").glob("20*.yaml"))
    post = next(
        line.split(": ")[1] for line in month.read_text("utf-8").splitlines() if "- id" in line
    )
    edit = ["edit", "set", post, "jam=18.45", "--workspace", str(root), "--unit", "melati"]
    assert run(edit) == 0
    assert capsys.readouterr().err.count(words) == 1
    assert "18.45" in month.read_text("utf-8")


def test_an_ordinary_disk_needs_no_remark(tmp_path: Path) -> None:
    path = tmp_path / "calendars" / "a.yaml"
    with save.remarks() as said:
        save.edit(path, lambda _: "a: 1\n", None)
        save.edit(path, lambda _: "a: 2\n", None)
    assert said == []
