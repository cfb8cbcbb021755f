"""`content-kit merge` on copies, on the marks of git and as git's own driver; approvals lapse by themselves."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from content_kit.cli import run
from content_kit.files import bundled

TITLE = "Besok kita buka, ayo datang!"
POST = "m4x7q2"
NAME = f"{POST}.isi.judul"
HOSTILE = '"[red]Gratis[/] [/x] \\e]0;x\\a \u202e"'


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is put away, and what this machine remembers, stays in the tests."""
    for kind in ("data", "config", "state", "cache"):
        monkeypatch.setattr(
            f"platformdirs.user_{kind}_path", lambda *_, kind=kind, **__: tmp_path / kind
        )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "kerja"
    shutil.copytree(bundled.root() / "calendars", root / "calendars")
    return root


def month(root: Path) -> Path:
    return root / "calendars" / "melati" / "2026-12.yaml"


def changed(path: Path, *edits: tuple[str, str]) -> str:
    text = path.read_text("utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def copy_of(root: Path, name: str, *edits: tuple[str, str]) -> Path:
    copy = month(root).with_name(name)
    copy.write_bytes(changed(month(root), *edits).encode())
    return copy


def put_away(tmp_path: Path) -> list[str]:
    folder = tmp_path / "data" / "pulih"
    return sorted(path.read_text("utf-8") for path in folder.glob("*.yaml"))


def test_copies_are_listed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["merge", str(root)]) == 0
    copy_of(root, "2026-12-LAPTOP-7.yaml")
    (root / "calendars" / "Salinan kantor.yaml").write_text("nama: Lain\n", encoding="utf-8")
    capsys.readouterr()
    assert run(["merge", str(root)]) == 1
    told = capsys.readouterr().out
    assert "2026-12-LAPTOP-7.yaml" in told
    assert "calendars/Salinan kantor.yaml" in told
    assert run(["merge", str(root), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert {each["code"] for each in found} == {"salinan-bentrok"}


def test_a_copy_is_merged_and_put_away(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = month(root).read_text("utf-8")
    copy = copy_of(root, "2026-12 (1).yaml", (TITLE, HOSTILE))
    text = copy.read_text("utf-8")
    assert run(["merge", str(copy)]) == 3
    said = capsys.readouterr()
    assert NAME in said.out
    assert "<U+202E>" in said.out
    assert not {"\u202e", "\x1b", "\x07"} & set(said.out + said.err)
    assert "--take mine" in said.err
    assert month(root).read_text("utf-8") == before
    assert (
        run(["merge", str(month(root)), str(copy), "--choose", f"{NAME}=theirs", "--dry-run"]) == 0
    )
    assert copy.exists()
    assert run(["merge", str(month(root)), str(copy), "--choose", f"{NAME}=theirs"]) == 0
    assert "[red]Gratis[/]" in month(root).read_text("utf-8")
    assert not copy.exists()
    assert put_away(tmp_path) == [text]


def test_with_what_both_began_with_only_the_same_place_is_asked(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = tmp_path / "awal.yaml"
    base.write_bytes(month(root).read_bytes())
    copy = copy_of(
        root, "2026-12.sync-conflict-1.yaml", ("kanal: [wa-grup, wa-status, fb]", "kanal: [fb]")
    )
    month(root).write_bytes(changed(month(root), (TITLE, "Ayo!")).encode())
    assert run(["merge", str(copy), "--json"]) == 3
    told = json.loads(capsys.readouterr().out)
    assert [each["name"] for each in told["conflicts"]] == [f"{POST}.kanal", NAME]
    assert told["saved"] is False
    assert run(["merge", str(copy), "--base", str(base), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["saved"], told["conflicts"]) == (True, [])
    assert len(told["put_away"]) == 1
    text = month(root).read_text("utf-8")
    assert "judul: Ayo!" in text
    assert "kanal: [fb]" in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--choose", "x=mine"], "tidak ada pilihan"),
        (["--choose", NAME], "tidak ada pilihan"),
        (["--choose", f"{NAME}=saya"], "mine, theirs, atau both"),
        (["--take", "keduanya"], "keduanya"),
        (["lagi.yaml", "dan-lagi.yaml"], "paling banyak dua"),
    ],
)
def test_wrong_words_are_explained(
    root: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    copy = copy_of(root, "2026-12 (1).yaml", (TITLE, "Ayo!"))
    assert run(["merge", str(copy), *words]) == 2
    assert said in capsys.readouterr().err
    assert copy.exists()


def test_what_cannot_be_merged_is_said(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["merge", str(root / "tidak-ada.yaml")]) == 2
    assert run(["merge", str(root / "calendars" / "orang.yaml")]) == 2
    strange = root / "calendars" / "catatan (1).yaml"
    strange.write_text("a: 1\n", encoding="utf-8")
    assert run(["merge", str(strange)]) == 2
    assert "Sebut keduanya" in capsys.readouterr().err
    copy = copy_of(root, "2026-12 (1).yaml")
    copy.write_text("bulan: [\n", encoding="utf-8")
    assert run(["merge", str(copy)]) == 2
    assert "perlu diperbaiki dulu" in capsys.readouterr().err
    copy.write_bytes(b"\xff\xfe")
    assert run(["merge", str(copy)]) == 5
    copy.write_bytes(b"a: " + b"x" * 2_100_000)
    assert run(["merge", str(copy)]) == 6


def test_both_keeps_two_posts(root: Path) -> None:
    copy = copy_of(root, "2026-12 (1).yaml", (TITLE, "Ayo!"))
    assert run(["merge", str(copy), "--choose", f"{NAME}=both"]) == 0
    text = month(root).read_text("utf-8")
    assert TITLE in text
    assert "judul: Ayo!" in text
    assert run(["check", str(root), "--month", "2026-12"]) in (0, 1)


def git(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@b", *words], cwd=folder, text=True,
        encoding="utf-8", capture_output=True, check=False,
    )  # fmt: skip


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
def test_git_merges_with_it(root: Path) -> None:
    driver = f'"{sys.executable}" -m content_kit merge --driver %O %A %B'
    (root / ".gitattributes").write_text("calendars/**/*.yaml merge=content-kit\n", "utf-8")
    git(root, "init", "-q", "-b", "utama")
    git(root, "config", "merge.content-kit.driver", driver)
    git(root, "add", ".")
    git(root, "commit", "-qm", "awal")
    git(root, "checkout", "-qb", "lain")
    month(root).write_bytes(
        changed(month(root), ('jam: "18.30"', 'jam: "19.00"'), (TITLE, "Satu")).encode()
    )
    git(root, "commit", "-qam", "lain")
    git(root, "checkout", "-q", "utama")
    month(root).write_bytes(
        changed(month(root), ("kanal: [wa-grup, wa-status, fb]", "kanal: [fb]")).encode()
    )
    git(root, "commit", "-qam", "utama")
    done = git(root, "merge", "lain", "-m", "gabung")
    assert done.returncode == 0, done.stdout + done.stderr
    text = month(root).read_text("utf-8")
    assert all(word in text for word in ('jam: "19.00"', "judul: Satu", "kanal: [fb]"))
    # The same place on both branches: git stops, and the marks stand at this field only.
    git(root, "checkout", "-qb", "ketiga", "lain")
    month(root).write_bytes(changed(month(root), ("judul: Satu", "judul: Tiga")).encode())
    git(root, "commit", "-qam", "ketiga")
    git(root, "checkout", "-q", "utama")
    month(root).write_bytes(changed(month(root), ("judul: Satu", "judul: Dua")).encode())
    git(root, "commit", "-qam", "dua")
    assert git(root, "merge", "ketiga").returncode == 1
    marked = month(root).read_text("utf-8")
    assert "<<<<<<< OURS\n      judul: Dua\n=======\n      judul: Tiga\n>>>>>>> THEIRS\n" in marked
    assert run(["check", str(root), "--month", "2026-12"]) == 1
    assert run(["merge", str(month(root)), "--take", "mine"]) == 0
    assert month(root).read_text("utf-8") == text.replace("judul: Satu", "judul: Dua")


def test_the_driver_leaves_both_texts_where_it_can_read_neither(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [tmp_path / name for name in ("awal", "kita", "mereka")]
    for path, text in zip(files, ("a: 1\n", "a: [\n", "a: 3\n"), strict=True):
        path.write_text(text, encoding="utf-8")
    assert run(["merge", "--driver", *map(str, files)]) == 1
    assert files[1].read_text("utf-8") == "<<<<<<< OURS\na: [\n=======\na: 3\n>>>>>>> THEIRS\n"
    files[1].write_bytes(b"\xef\xbb\xbfa: 2\r\nb: 1\r\n")
    files[0].write_bytes(b"a: 2\r\n")
    files[2].write_bytes(b"a: 3\r\n")
    assert run(["merge", "--driver", *map(str, files)]) == 0
    assert files[1].read_bytes() == b"\xef\xbb\xbfa: 3\r\nb: 1\r\n"


# What a merge does to approvals


def review(root: Path, kind: str, by: str) -> int:
    return run(["review", kind, str(root), "--by", by, "--post", "m3r9t1"])


def status(root: Path, capsys: pytest.CaptureFixture[str]) -> object:
    capsys.readouterr()
    assert run(["review", "status", str(root), "--post", "m3r9t1", "--json"]) == 0
    return json.loads(capsys.readouterr().out)["posts"][0]["status"]


@pytest.fixture
def office(root: Path) -> Path:
    (root / "calendars" / "kantor.yaml").write_text("nama: Uji\npersetujuan: satu\n", "utf-8")
    return root


@pytest.mark.parametrize("name", ["melati/2026-12-LAPTOP-7.yaml", "kantor-LAPTOP-7.yaml"])
def test_a_copy_blocks_submitting(
    office: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    copy = office / "calendars" / name
    shutil.copy(copy.with_name(copy.name.replace("-LAPTOP-7", "")), copy)
    assert review(office, "submit", "Hendra") == 1
    assert "salinan" in capsys.readouterr().err
    assert run(["merge", str(copy)]) == 0
    assert review(office, "submit", "Hendra") == 0


def test_marks_of_git_block_submitting(office: Path) -> None:
    profile = office / "calendars" / "melati" / "posyandu.yaml"
    text = profile.read_text("utf-8")
    profile.write_text(text + "<<<<<<< HEAD\n=======\n>>>>>>> lain\n", encoding="utf-8")
    assert review(office, "submit", "Hendra") != 0
    assert run(["merge", str(profile)]) == 0
    assert profile.read_text("utf-8") == text
    assert review(office, "submit", "Hendra") == 0


def test_a_merge_result_has_no_approval(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = month(office)
    text = path.read_text("utf-8")
    start = text.index("m3r9t1")
    title = text[text.index("judul:", start) :].split("\n", 1)[0]
    review(office, "submit", "Hendra")
    review(office, "approve", "Rina")
    assert status(office, capsys) == "disetujui"
    copy = path.with_name("2026-12 (1).yaml")
    copy.write_text(text[:start] + text[start:].replace(title, "judul: Dari salinan", 1), "utf-8")
    assert run(["merge", str(copy), "--take", "theirs"]) == 0
    assert status(office, capsys) == "berubah"
