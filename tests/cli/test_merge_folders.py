"""`content-kit merge` on folders: by the posyandu's id, per file and field, and no byte is lost."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from content_kit.cli import run
from content_kit.files import bundled
from content_kit.files.twins import id_in
from content_kit.files.workspace import Workspace

TITLE = "Besok kita buka, ayo datang!"
OTHER_TITLE = "Besok Posyandu buka"


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("data", "config", "state", "cache"):
        monkeypatch.setattr(
            f"platformdirs.user_{kind}_path", lambda *_, kind=kind, **__: tmp_path / kind
        )


@pytest.fixture
def calendars(tmp_path: Path) -> Path:
    shutil.copytree(bundled.root() / "calendars", tmp_path / "kerja" / "calendars")
    return tmp_path / "kerja" / "calendars"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new).encode())


def every(*folders: Path) -> dict[bytes, Path]:
    return {path.read_bytes(): path for folder in folders for path in files(folder)}


def files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def test_a_copied_folder_goes_in_and_all_its_bytes_are_kept(
    calendars: Path, tmp_path: Path
) -> None:
    copy = calendars / "melati - Copy"
    shutil.copytree(calendars / "melati", copy)
    edit(copy / "2026-12.yaml", "Terima kasih sudah datang!", "Terima kasih, Bunda!")
    (copy / "foto").mkdir(exist_ok=True)
    (copy / "foto/baru.jpg").write_bytes(b"\xff\xd8baru")
    (copy / "2027-01.yaml").write_text("bulan: 2027-01\npostingan: []\n", "utf-8")
    before = every(calendars)
    args = ["merge", str(calendars / "melati"), str(copy)]
    assert run(["merge", str(calendars.parent)]) == 1
    assert run([*args]) == 3
    assert every(calendars) == before
    assert run([*args, "--take", "theirs", "--dry-run"]) == 0
    assert every(calendars) == before
    assert run([*args, "--take", "theirs"]) == 0
    assert not copy.exists()
    assert "Terima kasih, Bunda!" in (calendars / "melati/2026-12.yaml").read_text("utf-8")
    assert (calendars / "melati/foto/baru.jpg").read_bytes() == b"\xff\xd8baru"
    assert (calendars / "melati/2027-01.yaml").exists()
    after = every(calendars, tmp_path / "data")
    assert {data for data, path in before.items() if copy in path.parents} <= set(after)
    assert "folder-salinan" not in {f.code for f in Workspace(calendars.parent).load().findings}


def test_two_kim_with_a_folder_of_one_name_stay_two_posyandu(
    calendars: Path, tmp_path: Path
) -> None:
    parcel = tmp_path / "kiriman"
    shutil.copytree(calendars / "melati", parcel / "calendars/melati")
    (parcel / "calendars/kantor.yaml").write_text("nama: KIM\n", "utf-8")
    edit(
        parcel / "calendars/melati/posyandu.yaml",
        id_in(calendars / "melati"),
        "tapin-desa-lain-melati",
    )
    before, sent = every(calendars), every(parcel)
    assert run(["merge", str(calendars), str(parcel)]) == 0
    assert before.items() <= every(calendars).items()
    assert every(parcel) == sent  # what lies outside the calendars is somebody else's
    assert id_in(calendars / "tapin-desa-lain-melati") == "tapin-desa-lain-melati"
    assert len(Workspace(calendars.parent).load().posyandu) == 3
    # Sent again it finds its own folder, under whatever name.
    assert run(["merge", str(calendars.parent), str(parcel)]) == 0
    assert len(Workspace(calendars.parent).load().posyandu) == 3


def test_a_parcel_unpacked_among_the_calendars_goes_in_and_away(
    calendars: Path, tmp_path: Path
) -> None:
    parcel = calendars / "kiriman-kim"
    shutil.copytree(calendars / "melati", parcel / "melati")
    assert run(["merge", str(calendars), str(parcel)]) == 0
    assert not parcel.exists()
    assert set(every(tmp_path / "data")) == set(every(calendars / "melati"))


def test_choices_are_named_by_file_and_field(
    calendars: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = calendars / "melati (1)"
    shutil.copytree(calendars / "melati", copy)
    edit(copy / "2026-12.yaml", TITLE, OTHER_TITLE)
    edit(copy / "posyandu.yaml", "Balai RW 05", "Rumah Bu RT")
    args = ["merge", str(calendars / "melati"), str(copy)]
    assert run([*args, "--json"]) == 3
    names = [one["name"] for one in json.loads(capsys.readouterr().out)["conflicts"]]
    assert "melati/2026-12.yaml:m4x7q2.isi.judul" in names
    for name in names:
        args += ["--choose", f"{name}={'theirs' if 'judul' in name else 'mine'}"]
    assert run(args) == 0
    assert OTHER_TITLE in (calendars / "melati/2026-12.yaml").read_text("utf-8")
    assert "Balai RW 05" in (calendars / "melati/posyandu.yaml").read_text("utf-8")


def test_a_photo_with_other_bytes_is_asked_for_and_the_loser_is_kept(
    calendars: Path, tmp_path: Path
) -> None:
    copy = calendars / "melati copy"
    for folder, data in ((calendars / "melati", b"satu"), (copy, b"dua")):
        if folder is copy:
            shutil.copytree(calendars / "melati", copy)
        (folder / "foto").mkdir(exist_ok=True)
        (folder / "foto/ibu.jpg").write_bytes(data)
    args = ["merge", str(calendars / "melati"), str(copy)]
    assert run(args) == 3
    assert run([*args, "--choose", "melati/foto/ibu.jpg=theirs"]) == 0
    assert (calendars / "melati/foto/ibu.jpg").read_bytes() == b"dua"
    assert b"satu" in every(tmp_path / "data")


def test_an_event_with_other_bytes_is_never_replaced(
    calendars: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = calendars / "melati - Copy"
    shutil.copytree(calendars / "melati", copy)
    for folder, data in ((calendars / "melati", b"a: 1\n"), (copy, b"a: 2\n")):
        (folder / "tinjauan").mkdir(exist_ok=True)
        (folder / "tinjauan/x.yaml").write_bytes(data)
    assert run(["merge", str(calendars / "melati"), str(copy)]) == 1
    assert (calendars / "melati/tinjauan/x.yaml").read_bytes() == b"a: 1\n"
    assert (copy / "tinjauan/x.yaml").read_bytes() == b"a: 2\n"
    assert "tetap di sana" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("here", "other", "told"),
    [
        ("melati", "kenanga", "dua posyandu yang berbeda"),
        ("melati", "melati", "folder yang sama"),
        ("melati", "kosong", "tidak ada folder posyandu"),
        ("melati", "tidak-ada", "bukan folder"),
        ("kosong", "melati", "calendars"),
    ],
)
def test_what_cannot_be_merged_says_why(
    calendars: Path, here: str, other: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (calendars / "kosong").mkdir()
    units = sorted(p.name for p in calendars.iterdir() if (p / "posyandu.yaml").exists())
    names = {"kenanga": next(name for name in units if name != "melati")}
    before = every(calendars)
    args = [str(calendars / names.get(name, name)) for name in (here, other)]
    assert run(["merge", *args]) == 2
    assert told in capsys.readouterr().err
    assert every(calendars) == before
