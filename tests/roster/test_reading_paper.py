"""The library on paper and in a sheet: every sentence with its source in full, and back in one go."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from content_kit.cli import run
from content_kit.errors import UsageError
from content_kit.files.tables import read_table, write_csv
from content_kit.files.workspace import Workspace
from content_kit.planning.library import Entry, load_library
from content_kit.roster.reading_sheet import read_sheet
from content_kit.tasks.reading import make_paper, make_sheet, progress, take_sheet

DAY = date(2026, 12, 1)

TEXTS = """\
pustaka:
  - id: uji-satu
    jenis: edukasi
    bidang: kesehatan
    sasaran: [bayi]
    model: edukasi-langkah
    judul: Timbang <anak> tiap bulan
    label: Uji
    langkah:
      - {judul: Sudah ditimbang?, isi: Datang ke posyandu.}
      - {judul: Catat, isi: Di Buku KIA.}
    fakta: [timbang-bulan]
    tanya:
      - {tanya: Menangis?, jawab: Bawa mainannya.}
  - id: uji-dua
    jenis: edukasi
    bidang: kesehatan
    sasaran: [bayi]
    model: edukasi-langkah
    judul: Menyusu sesering ia mau
    label: Uji
    langkah:
      - {judul: Siang, isi: Susui.}
      - {judul: Malam, isi: Susui.}
    fakta: [asi-sering]
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "calendars").mkdir()
    own = tmp_path / "assets" / "library"
    own.mkdir(parents=True)
    (own / "uji.yaml").write_text(TEXTS, encoding="utf-8")
    (tmp_path / "calendars" / "kantor.yaml").write_text("nama: Kantor Contoh\n", "utf-8")
    return Workspace.open(tmp_path)


def library(workspace: Workspace) -> tuple[Entry, ...]:
    return load_library(workspace)[0]


def texts(workspace: Workspace) -> list[Entry]:
    return [entry for entry in library(workspace) if entry.id.startswith("uji-")]


def filled(workspace: Workspace, path: Path, fill: Callable[[str], tuple[str, str]]) -> Path:
    """The sheet of these texts as somebody filled it in, by id."""
    sheet = path / "telaah.xlsx"
    sheet.write_bytes(make_sheet(workspace, library(workspace), texts(workspace), DAY))
    sheets, _ = read_table(sheet, len)
    rows = [row.cells for row in sheets[0].rows]
    at = rows[0].index("id")
    back = [rows[0], *((*fill(row[at]), *row[2:]) for row in rows[1:])]
    csv = path / "kembali.csv"
    csv.write_bytes(write_csv(back))
    return csv


def test_the_paper_is_the_same_for_the_same_words(workspace: Workspace) -> None:
    data = make_paper(workspace, library(workspace), texts(workspace), DAY)
    assert data.startswith(b"%PDF") and data == make_paper(
        workspace, library(workspace), texts(workspace), DAY
    )


def test_the_sheet_has_every_sentence_and_the_source_in_full(
    workspace: Workspace, tmp_path: Path
) -> None:
    sheet = tmp_path / "telaah.xlsx"
    sheet.write_bytes(make_sheet(workspace, library(workspace), texts(workspace), DAY))
    sheets, _ = read_table(sheet, len)
    cells = " ".join(cell for row in sheets[0].rows for cell in row.cells)
    for words in (
        "Timbang si kecil tiap bulan", "Sudah ditimbang? Datang ke posyandu.", "Catat: Di Buku KIA.",
        "Menangis? – Bawa mainannya.", "ISBN 978-623-301-149-5", "Timbang anak setiap bulan",
    ):  # fmt: skip
        assert words in cells


def test_what_was_ticked_is_read_back_in_one_go(workspace: Workspace, tmp_path: Path) -> None:
    sheet = filled(workspace, tmp_path, lambda _: ("benar", ""))
    before = progress(library(workspace))
    taken = take_sheet(
        workspace, workspace.load(), library(workspace), sheet, "Rahma", "bidan", DAY, DAY
    )
    assert set(taken.read) == {"uji-satu", "uji-dua"} and not taken.findings and taken.pages
    taken.pages.save()
    assert all(entry.signed for entry in texts(workspace))
    after = progress(library(workspace))
    assert (after.left, after.all) == (before.left - 2, before.all)
    assert f"{after.left} dari {after.all}" in after.sentence()


def test_a_remark_is_told_and_marks_nothing(workspace: Workspace, tmp_path: Path) -> None:
    fill = {"uji-satu": ("perlu diubah", "Tambah: bawa Buku KIA."), "uji-dua": ("", "")}
    sheet = filled(workspace, tmp_path, fill.__getitem__)
    taken = take_sheet(
        workspace, workspace.load(), library(workspace), sheet, "Rahma", "bidan", DAY, DAY
    )
    assert taken.pages is None and taken.read == ()
    ((id, right, remark),) = ((one.id, one.right, one.remark) for one in taken.remarks)
    assert (id, right, remark) == ("uji-satu", False, "Tambah: bawa Buku KIA.")


def test_a_text_that_changed_meanwhile_is_not_marked(workspace: Workspace, tmp_path: Path) -> None:
    sheet = filled(workspace, tmp_path, lambda _: ("benar", ""))
    own = workspace.root / "assets" / "library" / "uji.yaml"
    own.write_text(TEXTS.replace("Datang ke posyandu.", "Datang ke puskesmas."), encoding="utf-8")
    taken = take_sheet(
        workspace, workspace.load(), library(workspace), sheet, "Rahma", "bidan", DAY, DAY
    )
    assert taken.read == ("uji-dua",) and taken.changed == ("Timbang si kecil tiap bulan",)


@pytest.mark.parametrize("word", ["mungkin", "setuju sekali"])
def test_an_unclear_tick_is_told_with_its_row(
    workspace: Workspace, tmp_path: Path, word: str
) -> None:
    sheet = filled(workspace, tmp_path, lambda _: (word, ""))
    ticked, findings = read_sheet(sheet)
    assert ticked == [] and [found.place.line for found in findings] == [2, 3]
    assert all(found.hint for found in findings)


def test_a_note_without_a_tick_is_told(workspace: Workspace, tmp_path: Path) -> None:
    sheet = filled(workspace, tmp_path, lambda _: ("", "kurang jelas"))
    ticked, findings = read_sheet(sheet)
    assert ticked == [] and len(findings) == 2


def test_another_file_is_no_sheet(tmp_path: Path) -> None:
    other = tmp_path / "lain.csv"
    other.write_bytes(write_csv([("a", "b"), ("1", "2")]))
    ticked, findings = read_sheet(other)
    assert ticked == [] and findings


def test_nothing_left_to_read_is_said(workspace: Workspace) -> None:
    with pytest.raises(UsageError, match="Tidak ada tulisan"):
        make_paper(workspace, library(workspace), [], DAY)


def test_the_commands(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "calendars" / "melati"
    folder.mkdir()
    (folder / "posyandu.yaml").write_text(
        "{id: contoh-desa-melati, nama: Posyandu Melati, desa: Desa Contoh, kecamatan: Contoh, "
        "kabupaten: Contoh, zona: WITA, rekaan: ya}\n", "utf-8",
    )  # fmt: skip
    place = ["--workspace", str(tmp_path)]
    paper, sheet = tmp_path / "t.pdf", tmp_path / "t.xlsx"
    arguments = ["library", "menyusu", "--paper", str(paper), "--sheet", str(sheet), "--json"]
    assert run([*arguments, *place]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["left"] == told["all"] > 100 and paper.exists() and sheet.exists()
    back = filled(workspace, tmp_path, lambda _: ("v", ""))
    read = ["library", "read", "--by", "Rahma", "--role", "bidan", *place]
    assert run([*read, "--from", str(back)]) == 0
    assert "2 tulisan tercatat" in capsys.readouterr().err
    assert run(read) == 2 and run([*read, "uji-satu", "--from", str(back)]) == 2
