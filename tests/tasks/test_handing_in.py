"""Handing in a month, a kabupaten or all of one's own at once, by command and in the application."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from content_kit.cli import run
from content_kit.errors import UsageError
from content_kit.files import bundled
from content_kit.files.workspace import Loaded, Workspace
from content_kit.tasks.handing_in import RETURNED, units_in

pytestmark = pytest.mark.usefixtures("own_folders")


@pytest.fixture
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "sendiri"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The sample with an office that wants one approval."""
    import shutil

    root = tmp_path / "kerja"
    shutil.copytree(bundled.root() / "calendars", root / "calendars")
    (root / "calendars/kantor.yaml").write_text("nama: Uji\npersetujuan: satu\n", encoding="utf-8")
    return root


@pytest.fixture
def loaded() -> Loaded:
    return Workspace(bundled.root()).load()


Submitted = Callable[..., tuple[int, dict[str, list[dict[str, str]]]]]


@pytest.fixture
def submit(root: Path, capsys: pytest.CaptureFixture[str]) -> Submitted:
    def submit(*more: str, by: str = "kim-hendra") -> tuple[int, dict[str, list[dict[str, str]]]]:
        capsys.readouterr()
        code = run(["review", "submit", str(root), "--by", by, *more, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return submit


def units(told: dict[str, list[dict[str, str]]]) -> set[str]:
    return {one["unit"] for one in told["done"]}


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ({}, {"melati", "kenanga"}),
        ({"kabupaten": "Kab. Contoh"}, {"melati", "kenanga"}),
        ({"kabupaten": "contoh", "kecamatan": "KEC CONTOH"}, {"melati", "kenanga"}),
        ({"mine": "kim-hendra"}, {"melati", "kenanga"}),
        ({"mine": "KADER-FITRI"}, {"kenanga"}),
        ({"kabupaten": "contoh", "mine": "kader-jumiati"}, {"melati"}),
    ],
    ids=["all", "kabupaten", "kecamatan", "kim", "kader", "both"],
)
def test_the_posyandu_that_are_meant(loaded: Loaded, wish: dict[str, str], found: set[str]) -> None:
    assert units_in(loaded, **wish) == found


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"kabupaten": "Kabupaten Contho"}, 'Kabupaten "Kabupaten Contho" tidak ada.'),
        ({"kecamatan": "Jauh"}, 'Kecamatan "Jauh" tidak ada.'),
        ({"mine": "siapa"}, "tidak ada di orang.yaml"),
    ],
    ids=["kabupaten", "kecamatan", "stranger"],
)
def test_a_place_or_a_person_nobody_knows_is_said(
    loaded: Loaded, wish: dict[str, str], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        units_in(loaded, **wish)


def test_a_kabupaten_goes_in_at_once_and_what_is_not_ready_is_named(submit: Submitted) -> None:
    code, told = submit("--kabupaten", "Contoh")
    assert units(told) == {"melati", "kenanga"}
    assert len(told["done"]) > 5
    assert code == (1 if told["refused"] else 0)
    assert all(one["why"] for one in told["refused"])
    _, again = submit("--month", "2026-12")
    assert again["done"] == []
    assert len(again["already"]) == len(told["done"])


def test_ones_own_are_those_of_the_posyandu_one_serves(submit: Submitted) -> None:
    _, told = submit("--mine", by="Fitriyani")
    assert units(told) == {"kenanga"}


def test_what_was_given_back_is_not_handed_in_with_the_others(
    submit: Submitted, root: Path
) -> None:
    submit("--month", "2026-12")
    arguments = [str(root), "--by", "Rina", "--post", "m3r9t1", "--note", "Ganti judulnya"]
    assert run(["review", "return", *arguments]) == 0
    code, told = submit("--month", "2026-12")
    assert code == 1
    assert [one["why"] for one in told["refused"] if one["post"] == "m3r9t1"] == [RETURNED]
    assert submit("--post", "m3r9t1")[0] == 0


def test_an_approver_whom_nobody_knows_is_told(
    submit: Submitted, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    submit("--post", "m3r9t1")
    run(
        ["review", "approve", str(root), "--by", "Orang Asing", "--post", "m3r9t1", "--no-pictures"]
    )
    assert '"Orang Asing" tidak ada di orang.yaml' in capsys.readouterr().err
    run(["review", "status", str(root), "--post", "m3r9t1"])
    assert "(tidak ada di orang.yaml: Orang Asing)" in capsys.readouterr().out
    run(["review", "status", str(root), "--post", "m3r9t1", "--json"])
    assert json.loads(capsys.readouterr().out)["posts"][0]["unknown"] == ["Orang Asing"]
