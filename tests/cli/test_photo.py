"""`content-kit photo`: everything that the screen does with photos, as commands."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from content_kit.cli import run
from content_kit.files import bundled, user_folders

Told = Callable[[], list[dict[str, object]]]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample, away from this machine's own previews."""
    monkeypatch.setattr(user_folders, "preview_folder", lambda: tmp_path / "lihat")
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path / "simpan")
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "data")
    shutil.copytree(bundled.root() / "calendars", tmp_path / "kerja" / "calendars")
    return tmp_path / "kerja"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A photo in a folder of new ones."""
    (tmp_path / "masuk").mkdir()
    path = tmp_path / "masuk" / "Kader Siti.jpg"
    Image.new("RGB", (1600, 1200), (120, 160, 120)).save(path)
    os.utime(path, (1_796_000_000,) * 2)
    return path


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """What was printed as JSON since the last time."""
    return lambda: [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def photo(root: Path, *words: str) -> int:
    return run(["photo", *words, "--workspace", str(root)])


ADULT = (
    "--people", "dewasa", "--number", "07/2026", "--purpose", "media sosial posyandu",
    "--channels", "wa-grup, wa-status,fb", "--given", "2026-11-10", "--until", "2027-11-10",
    "--focus", "0.5,0.3",
)  # fmt: skip


def test_a_photo_comes_in_is_listed_described_and_taken_back(
    root: Path, source: Path, told: Told
) -> None:
    assert photo(root, "list", "--json") == 0
    assert told() == []
    assert photo(root, "add", "melati", str(source), *ADULT, "--turn", "right", "--json") == 0
    assert told() == [
        {"unit": "melati", "file": "kader-siti.jpg", "people": "dewasa", "waits": False}
    ]
    with Image.open(root / "calendars/melati/foto/kader-siti.jpg") as stored:
        assert stored.size == (1200, 1600)

    month = root / "calendars/melati/2026-12.yaml"
    text = month.read_text(encoding="utf-8")
    at = text.index("model: kader-apresiasi")
    at = text.index("isi:\n", at) + len("isi:\n")
    month.write_text(f"{text[:at]}      foto: kader-siti.jpg\n{text[at:]}", encoding="utf-8")
    assert photo(root, "list", "melati", "--json") == 0
    (row,) = told()
    assert row["standing"] == "izin 07/2026 sampai 10 November 2027" and row["problem"] == ""
    posts = row["posts"]
    assert isinstance(posts, list) and len(posts) == 1

    assert run(["render", str(root), "--post", str(posts[0])]) in (0, 1)
    made = list((root / "keluaran").rglob("*.jpg"))
    assert made
    told_before = photo(root, "withdraw", "melati", "kader-siti.jpg", "--dry-run", "--json")
    assert told_before == 0 and all(path.exists() for path in made)


def test_a_withdrawal_names_the_posts_and_removes_their_pictures(
    root: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert photo(root, "add", "melati", str(source), *ADULT) == 0
    month = root / "calendars/melati/2026-12.yaml"
    text = month.read_text(encoding="utf-8")
    at = text.index("isi:\n", text.index("model: kader-apresiasi")) + len("isi:\n")
    month.write_text(f"{text[:at]}      foto: kader-siti.jpg\n{text[at:]}", encoding="utf-8")
    assert run(["pack", str(root), "--month", "2026-12", "--unit", "melati"]) in (0, 1)
    kept = list((root / "keluaran" / "melati").rglob("*.jpg"))
    capsys.readouterr()
    words = ("withdraw", "melati", "kader-siti.jpg", "--date", "2026-12-20")
    assert photo(root, *words) == 0
    said = capsys.readouterr()
    assert said.out.count("melati ") == 1
    assert "hapus di sana" in said.err and "Paket" in said.err
    gone = [path for path in kept if not path.exists()]
    assert gone and len({path.parent for path in gone}) == 1, "of this post only"
    assert "dicabut: 2026-12-20" in (root / "calendars/melati/foto.yaml").read_text("utf-8")
    assert photo(root, *words) == 2


def test_a_withdrawal_reaches_the_papers_of_the_roster(
    root: Path, source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert photo(root, "add", "melati", str(source), *ADULT) == 0
    month = root / "calendars/melati/2026-12.yaml"
    text = month.read_text(encoding="utf-8")
    at = text.index("isi:\n", text.index("model: kader-apresiasi")) + len("isi:\n")
    text = f"{text[:at]}      foto: kader-siti.jpg\n{text[at:]}"
    head, *posts = re.split(r"(?m)^(?=  - id:)", text)
    posts = [post for post in posts if "foto:" in post or "m5c2b8" in post]
    month.write_text(head + "".join(posts), encoding="utf-8")
    own = root / "keluaran" / "daftar" / "daftar-2026-12.html"

    def pictures() -> int:
        words = ["roster", str(root), "--month", "2026-12", "--unit", "melati", "--check"]
        assert run([*words, "--html", str(own)]) in (0, 1)
        return own.read_text("utf-8").count("<img")

    def small() -> set[Path]:
        return set((tmp_path / "simpan").rglob("*.jpg"))

    before, kept = pictures(), small()
    assert before == len(kept) == 2
    capsys.readouterr()
    assert photo(root, "withdraw", "melati", "kader-siti.jpg") == 0
    assert len(kept - small()) == 1, "the one that shows the photo"
    assert not own.exists() and "daftar-2026-12.html" in capsys.readouterr().err
    assert pictures() == before - 1


def test_a_child_without_consent_waits_and_gets_its_consent_later(
    root: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert photo(root, "add", "melati", str(source), "--people", "anak") == 0
    assert "tidak ada gambar yang dibuat" in capsys.readouterr().err
    child = ("consent", "melati", "kader-siti.jpg", "--people", "anak", "--number", "8/2026")
    assert photo(root, *child) == 2
    assert "orang tua atau walinya" in capsys.readouterr().err
    record = root / "calendars/melati/foto.yaml"
    before = record.read_bytes()
    assert photo(root, *child, "--guardian", "--child-agreed", "ya", "--dry-run") == 0
    assert record.read_bytes() == before
    assert photo(root, *child, "--guardian", "--child-agreed", "ya") == 0
    text = record.read_text(encoding="utf-8")
    assert "wali: ya" in text and "anak_bersedia: ya" in text
    capsys.readouterr()
    assert photo(root, "list") == 0
    assert "melati kader-siti.jpg: izin 8/2026" in capsys.readouterr().out


def test_new_photos_of_a_folder_are_listed(
    root: Path, source: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    (source.parent / "a.heic").write_bytes(b"\0\0\0\x18ftypheic" + bytes(40))
    os.utime(source.parent / "a.heic", (1_796_000_009,) * 2)
    assert photo(root, "list", "--inbox", str(source.parent), "--json") == 0
    heic, jpeg = told()
    assert "Ubah ke JPEG dulu" in str(heic["problem"])
    assert (jpeg["width"], jpeg["height"], jpeg["problem"]) == (1600, 1200, "")
    monkeypatch.setattr(user_folders, "downloads_folder", lambda: source.parent)
    assert photo(root, "list", "--inbox", "-", "--json") == 0
    assert len(told()) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "kenari", "SUMBER", "--people", "tidak_ada"), "kenari"),
        (("add", "melati", "SUMBER", "--people", "siapa"), "siapa"),
        (("add", "melati", "SUMBER", "--people", "dewasa", "--until", "2027-01-01"), "--number"),
        (("add", "melati", "SUMBER", *ADULT[:4], "--channels", "wa-grop"), "wa-grup"),
        (("add", "melati", "SUMBER", *ADULT[:4], "--given", "besok"), "--given"),
        (("add", "melati", "SUMBER", "--people", "tidak_ada", "--focus", "2,0"), "--focus"),
        (("add", "melati", "tidak-ada.jpg", "--people", "tidak_ada"), "tidak ada"),
        (("list", "kenari"), "kenari"),
        (("list", "--inbox", "tidak-ada"), "tidak dapat dibuka"),
        (("withdraw", "melati", "x.jpg"), "x.jpg"),
        (("consent", "melati", "../x.jpg", "--people", "tidak_ada"), ".."),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_changes(
    words: tuple[str, ...], said: str, root: Path, source: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    words = tuple(str(source) if word == "SUMBER" else word for word in words)
    assert photo(root, *words) == 2
    assert said in capsys.readouterr().err
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
