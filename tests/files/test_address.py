"""How an office speaks to people: its words stand in every ready text, and readings stay."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from content_kit.files.address import Address
from content_kit.files.texts import load_texts
from content_kit.files.workspace import Workspace
from content_kit.planning.library import Entry, load_library
from content_kit.planning.reading import mark_read

TEXT = """\
pustaka:
  - id: uji-sapa
    jenis: edukasi
    bidang: kesehatan
    sasaran: [bayi]
    model: edukasi-langkah
    judul: Semangat, <ibu>!
    label: Uji
    langkah:
      - {judul: <Anak> tumbuh, isi: Peluk <anak>.}
      - {judul: <Ayah> ikut, isi: Bantu <ibu>.}
    fakta: [timbang-bulan]
    tanya:
      - {tanya: "Kata <ibu>?", jawab: Ya.}
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "calendars").mkdir()
    (tmp_path / "assets" / "library").mkdir(parents=True)
    (tmp_path / "assets" / "library" / "uji.yaml").write_text(TEXT, encoding="utf-8")
    return Workspace.open(tmp_path)


def office(workspace: Workspace, text: str) -> None:
    (workspace.root / "calendars" / "kantor.yaml").write_text(text, encoding="utf-8")


def entry(workspace: Workspace) -> Entry:
    return next(one for one in load_library(workspace)[0] if one.id == "uji-sapa")


def test_the_usual_words_and_the_offices(workspace: Workspace) -> None:
    assert entry(workspace).title == "Semangat, Bunda!"
    assert entry(workspace).points[0].title == "Si kecil tumbuh"
    office(workspace, "sapaan: {ibu: Mama, ayah: abah, anak: anak kita, salam: Apa habar?}\n")
    found = entry(workspace)
    assert found.title == "Semangat, Mama!"
    assert [(p.title, p.text) for p in found.points] == [
        ("Anak kita tumbuh", "Peluk anak kita."),
        ("Abah ikut", "Bantu Mama."),
    ]
    assert found.questions[0].ask == "Kata Mama?"
    assert load_texts(workspace).known["uji-sapa"].fields["judul"] == "Semangat, Mama!"


def test_a_reading_holds_however_people_are_addressed(workspace: Workspace) -> None:
    day = date(2026, 12, 1)
    mark_read(workspace, workspace.load(), ["uji-sapa"], "Rahma", "bidan", day, day).save()
    assert entry(workspace).sources[0].reviewed_by
    office(workspace, "sapaan: {ibu: Mama}\n")
    assert entry(workspace).sources[0].reviewed_by


def test_a_changed_fact_sends_its_texts_to_be_read_again(workspace: Workspace) -> None:
    day = date(2026, 12, 1)
    facts = workspace.root / "assets" / "facts.yaml"
    text = """\
fakta:
  - {id: timbang-bulan, kalimat: Timbang tiap bulan., sumber: Buku KIA, cetak: Buku KIA, dibaca: penuh}
"""
    facts.write_text(text, encoding="utf-8")
    mark_read(workspace, workspace.load(), ["uji-sapa"], "Rahma", "bidan", day, day).save()
    assert entry(workspace).signed
    facts.write_text(text.replace("tiap bulan", "dua bulan sekali"), encoding="utf-8")
    assert not entry(workspace).signed


@pytest.mark.parametrize(
    "words", ["ibu: <b>", "anak: {{ x }}", f"ibu: {'a' * 25}", f"salam: {'a' * 61}", "ib: Mama"]
)
def test_a_word_that_does_not_fit_is_told(workspace: Workspace, words: str) -> None:
    office(workspace, f'sapaan:\n  {words.partition(":")[0]}: "{words.partition(": ")[2]}"\n')
    office_, findings = workspace.settings()
    assert office_.address == Address() and len(findings) == 1
