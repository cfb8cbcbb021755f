"""What a finding is about is said as people know it; the place in the file comes after."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from content_kit.files.workspace import Workspace
from content_kit.findings import Finding, Place
from content_kit.start import create_demo
from content_kit.tui import slots
from content_kit.tui.naming import LABELS, named_field, named_file, named_post, written_at


def found(file: str = "", field: str = "", message: str = "belum diisi.") -> Finding:
    return Finding("wajib-diisi", message, Place(file, 12, 3, field))


@pytest.mark.parametrize(
    ("field", "label"),
    [
        ("postingan[f3qv7t].sumber.0", "Sumber 1"),
        ("postingan[f3qv7t].isi.langkah.1.judul", "Langkah 2, judul"),
        ("postingan[f3qv7t].teks_alt", "Teks tunanetra"),
        ("isi.judul", "Judul"),
        ("postingan[f3qv7t]", ""),
        ("", ""),
    ],
)
def test_a_field_is_called_by_its_label(field: str, label: str) -> None:
    assert named_field(found(field=field)) == label


def test_a_sentence_that_names_its_field_is_not_told_twice() -> None:
    told = found(field="postingan[f3qv7t].sumber.0", message='sumber "IDAI" belum dibaca.')
    assert named_field(told) == ""


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("calendars/melati/2026-12.yaml", "Melati · rencana Desember 2026"),
        ("calendars/melati/posyandu.yaml", "Melati · data posyandu"),
        ("calendars/hilang/foto.yaml", "hilang · daftar foto"),
        ("calendars/melati/tinjauan/x.yaml", "Melati · catatan tinjauan"),
        ("calendars/orang.yaml", "daftar orang"),
        ("calendars/melati/2026-99.yaml", "Melati"),
        ("assets/warna.yaml", ""),
    ],
)
def test_a_file_is_called_by_whose_it_is(file: str, name: str, tmp_path: Path) -> None:
    loaded = Workspace.open(create_demo(tmp_path / "contoh", date(2026, 12, 7))).load()
    assert named_file(loaded, found(file)) == name
    assert written_at(found(file)) == f"{file} baris 12"
    post = next(one for one in loaded.posts() if one.unit == "melati")
    assert named_post(loaded, post, "Judul").startswith("Melati · ")


def test_the_labels_are_those_of_the_form() -> None:
    source = Path(slots.__file__).read_text("utf-8")
    for path, label in LABELS.items():
        assert f'Slot("{path}", "{label}"' in source
