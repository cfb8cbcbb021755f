"""Results never replace a plan, nor anybody's file unasked; a folder means: in this folder."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest

from content_kit.cli import run
from content_kit.errors import UsageError
from content_kit.files.outputs import Outputs, Wish, allowed
from content_kit.start import create_demo

YES, NO = (lambda _: Wish.REPLACE), (lambda _: Wish.LEAVE)


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A workspace with one plan in it."""
    root = tmp_path / "kerja"
    (root / "calendars" / "melati").mkdir(parents=True)
    (root / "calendars" / "melati" / "2026-12.yaml").write_text("bulan: 2026-12\n", "utf-8")
    return root


def door(tmp_path: Path, may: object = NO) -> Outputs:
    return Outputs(tmp_path / "ingatan" / "hasil.json", may)  # type: ignore[arg-type]


PLANS = (
    "calendars/melati/2026-12.yaml",
    "calendars/melati/baru.csv",
    "calendars",
    "templates/x.csv",
    "assets/library/x.yaml",
    "calendars/../calendars/x.csv",
    "Calendars/x.csv",
)


@pytest.mark.parametrize("out", PLANS)
def test_no_result_lies_among_plans(out: str, work: Path, tmp_path: Path) -> None:
    before = sorted(work.rglob("*"))
    with pytest.raises(UsageError, match="tempat rencana"):
        door(tmp_path, YES).file(f"{work}/{out}", work / "keluaran", "a.csv")
    with pytest.raises(UsageError, match="tempat rencana"):
        door(tmp_path, YES).write(work / out, b"x")
    assert sorted(work.rglob("*")) == before


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_into_the_plans_is_refused_and_another_is_followed(
    work: Path, tmp_path: Path
) -> None:
    (tmp_path / "jalan").symlink_to(work / "calendars" / "melati")
    (tmp_path / "bulan.csv").symlink_to(work / "calendars" / "melati" / "2026-12.yaml")
    for path in (tmp_path / "jalan" / "a.csv", tmp_path / "bulan.csv"):
        with pytest.raises(UsageError, match="tempat rencana"):
            allowed(path)
    (tmp_path / "lain").mkdir()
    (tmp_path / "tautan.csv").symlink_to(tmp_path / "lain" / "asli.csv")
    door(tmp_path).write(tmp_path / "tautan.csv", b"isi")
    assert (tmp_path / "lain" / "asli.csv").read_bytes() == b"isi"
    assert (tmp_path / "tautan.csv").is_symlink()


@pytest.mark.parametrize("out", ["hasil", "hasil/", "baru/", ".", ""])
def test_a_folder_means_in_this_folder(
    out: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "hasil").mkdir()
    path = door(tmp_path).file(out, Path("keluaran"), "a.csv")
    assert path == Path(out) / "a.csv"
    assert door(tmp_path).write(path, b"x").read_bytes() == b"x"


def test_our_own_file_is_renewed_and_somebodys_is_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "rencana.xlsx"
    assert door(tmp_path).write(path, b"satu") == path
    assert door(tmp_path).write(path, b"dua") == path  # nobody touched it in between
    path.write_bytes(b"diisi orang")
    with pytest.raises(UsageError, match="--replace"):
        door(tmp_path).write(path, b"tiga")
    assert path.read_bytes() == b"diisi orang"
    beside = door(tmp_path, lambda _: Wish.BESIDE).write(path, b"tiga")
    assert (beside.name, beside.read_bytes()) == ("rencana-2.xlsx", b"tiga")
    assert path.read_bytes() == b"diisi orang"
    assert door(tmp_path, YES).write(path, b"tiga") == path
    assert path.read_bytes() == b"tiga"


@pytest.mark.parametrize("memory", ["", "[", '{"a": 1}', "[1]", '{"\\ud800": "\\ud800"}'])
def test_a_strange_memory_asks_once_more(memory: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    door(tmp_path).write(path, b"satu")
    (tmp_path / "ingatan" / "hasil.json").write_text(memory, "utf-8")
    with pytest.raises(UsageError, match="--replace"):
        door(tmp_path).write(path, b"dua")
    assert door(tmp_path, YES).write(path, b"dua") == path


def test_what_is_no_file_is_never_replaced(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="bukan berkas"):
        door(tmp_path, YES).write(tmp_path, b"x")


COMMANDS = (
    ("export", "csv", "--month", "2026-12", "--out"),
    ("export", "xlsx", "--month", "2026-12", "--out"),
    ("export", "ics", "--out"),
    ("export", "buffer", "--month", "2026-12", "--out"),
    ("roster", "--month", "2026-12", "--csv"),
    ("roster", "--month", "2026-12", "--xlsx"),
    ("template", "show", "jadwal-kartu", "--out"),
    ("render", "--week", "2026-W50", "--out"),
    ("pack", "--week", "2026-W50", "--out"),
    ("schedule", "change", "melati", "2026-12-08", "--cancel", "--because", "rapat", "--out"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: " ".join(words[:2]))
def test_every_command_refuses_to_write_over_a_plan(
    command: tuple[str, ...],
    work: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(work)
    (work / "calendars" / "melati" / "posyandu.yaml").write_text(
        "id: a-b-melati\nnama: Melati\ndesa: B\nkecamatan: C\nkabupaten: A\nzona: WITA\n"
        "hari_buka: [{id: bulanan, nama: Hari buka, aturan: selasa ke-2, jam: 08.00-11.00,"
        " tempat: Balai, sasaran: [balita_apras], layanan: [timbang]}]\n",
        "utf-8",
    )
    before = {path: path.read_bytes() for path in work.rglob("*.yaml")}
    assert run([*command, "calendars/melati/2026-12.yaml"]) == 2
    assert "tempat rencana" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in work.rglob("*.yaml")} == before
    assert not (work / "calendars/melati/2026-12.yaml").is_dir()


def test_a_lone_surrogate_in_a_name_is_remembered(tmp_path: Path) -> None:
    path = tmp_path / "a\udcff.csv"
    try:
        door(tmp_path).write(path, b"satu")
    except (OSError, UsageError):
        pytest.skip("this system has no such names")
    assert json.loads((tmp_path / "ingatan" / "hasil.json").read_text("utf-8"))
    assert door(tmp_path).write(path, b"dua") == path


RESERVED = (
    "CON",
    "nul",
    "com1.csv",
    "LPT9",
    "aux/hasil.csv",
    "hasil.",
    "hasil ",
    "a:b.csv",
    "apa?.csv",
)


@pytest.mark.parametrize("out", RESERVED)
def test_a_name_that_windows_cannot_have_is_refused_everywhere(out: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"Hasil tidak dapat ditulis ke .* Beri nama lain\."):
        allowed(tmp_path / out)
    with pytest.raises(UsageError, match=r"Folder tidak dapat dibuat: .* Beri nama lain\."):
        create_demo(tmp_path / out, date(2026, 12, 7))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_may_be_called_as_its_system_lets_it(tmp_path: Path) -> None:
    there = tmp_path / "kartu 10:30 "
    try:
        there.mkdir()
    except OSError:
        pytest.skip("this system refuses the name itself")
    assert allowed(there / "hasil.csv") == there / "hasil.csv"
