"""Copies of folders, parcels and archives among the calendars: told once, never counted as posyandu."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from content_kit.errors import UsageError
from content_kit.files import bundled
from content_kit.files.twins import copied_from, id_in
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding, Level


@pytest.fixture
def calendars(tmp_path: Path) -> Path:
    shutil.copytree(bundled.root() / "calendars", tmp_path / "calendars")
    return tmp_path / "calendars"


def told(calendars: Path) -> list[Finding]:
    codes = ("folder-salinan", "kiriman-belum-masuk", "id-ganda")
    return [f for f in Workspace(calendars.parent).load().findings if f.code in codes]


def units(calendars: Path) -> set[str]:
    place = Workspace(calendars.parent)
    loaded = place.load()
    assert set(place.unit_folders()[0]) == set(loaded.posyandu)
    assert {post.unit for post in loaded.posts()} <= set(loaded.posyandu)
    return set(loaded.posyandu)


COPIES = [
    "melati - Copy", "melati - Copy (2)", "melati - Salin", "melati (1)", "melati(2)", "melati copy",
    "Copy of melati", "Salinan melati", "Salinan dari melati", "melati_copy", "melati-2", "cadangan",
]  # fmt: skip


@pytest.mark.parametrize("name", COPIES)
def test_a_copied_folder_is_told_once_and_not_counted(calendars: Path, name: str) -> None:
    before = units(calendars)
    shutil.copytree(calendars / "melati", calendars / name)
    assert units(calendars) == before
    (finding,) = told(calendars)
    assert finding.code == "folder-salinan" and finding.place.file == f"calendars/{name}"
    assert f'content-kit merge "calendars/melati" "calendars/{name}"' in finding.hint
    with pytest.raises(UsageError, match="salinan"):
        Workspace(calendars.parent).load().unit(name)
    one = Workspace(calendars.parent).load(unit="melati")
    assert [f.code for f in one.findings if f.code == "folder-salinan"] == ["folder-salinan"]


def test_a_copy_that_lost_its_data_is_still_a_copy(calendars: Path) -> None:
    before = units(calendars)
    (calendars / "melati - Copy").mkdir()
    shutil.copy(calendars / "melati/2026-12.yaml", calendars / "melati - Copy/2026-12.yaml")
    assert units(calendars) == before
    assert [f.code for f in told(calendars)] == ["folder-salinan"]


@pytest.mark.parametrize("name", ["melati-2", "melati (1)", "melati 2"])
def test_another_posyandu_counts_whatever_its_folder_is_called(calendars: Path, name: str) -> None:
    shutil.copytree(calendars / "melati", calendars / name)
    data = calendars / name / "posyandu.yaml"
    data.write_text(
        data.read_text("utf-8").replace(id_in(calendars / "melati"), "lain-desa-melati"), "utf-8"
    )
    assert name in units(calendars)
    assert told(calendars) == []


@pytest.mark.parametrize("way", ["kiriman-kim", "kiriman-kim/calendars", "a/b"])
def test_a_parcel_with_folders_too_deep_is_told_and_not_counted(calendars: Path, way: str) -> None:
    before = units(calendars)
    shutil.copytree(calendars / "melati", calendars / way / "melati")
    assert units(calendars) == before
    (finding,) = told(calendars)
    top = way.partition("/")[0]
    assert finding.code == "kiriman-belum-masuk" and finding.place.file == f"calendars/{top}"
    assert f'content-kit merge calendars "calendars/{top}"' in finding.hint


@pytest.mark.parametrize("name", ["melati.zip", "Kiriman Tapin.RAR", "posyandu.yaml"])
def test_what_was_not_unpacked_is_told_once(calendars: Path, name: str) -> None:
    before = units(calendars)
    (calendars / name).write_bytes(b"id: x\n")
    assert units(calendars) == before
    (finding,) = told(calendars)
    assert finding.place.file == f"calendars/{name}"


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("id: a-b-c\nnama: x\n", "a-b-c"),
        ("\ufeffid: 'a-b-c' # tetap\r\n", "a-b-c"),
        ('# data\nnama: x\nid: "a-b-c"\n', "a-b-c"),
        ("hari_buka:\n  - id: bulanan\n", ""),
        ("{id: a}\n", ""),
    ],
)
def test_the_id_is_seen_at_a_glance(tmp_path: Path, text: str, id: str) -> None:
    (tmp_path / "posyandu.yaml").write_text(text, "utf-8")
    assert id_in(tmp_path) == id


@pytest.mark.parametrize("name", ["melati", "melati-2", "melati 2", "kopi", "copyan", "salinan"])
def test_a_plain_name_is_no_copy(name: str) -> None:
    assert copied_from(name) == ""


@pytest.mark.parametrize("what", ["file", "loop", "gone"])
def test_a_posyandu_that_became_a_file_or_a_link_to_nowhere_is_named(
    tmp_path: Path, what: str
) -> None:
    shutil.copytree(bundled.root() / "calendars", tmp_path / "calendars")
    place = tmp_path / "calendars/melati"
    place.rename(tmp_path / "melati")
    if what == "file":
        place.write_text("x", "utf-8")
    else:
        try:
            place.symlink_to("melati" if what == "loop" else "/tidak/ada/di/sini")
        except OSError:
            pytest.skip("no symbolic links here")
    found = [each for each in Workspace(tmp_path).load().findings if each.level is Level.ERROR]
    (lost,) = [each for each in found if each.code == "posyandu-bukan-folder"]
    assert lost.place.file == "calendars/melati"
