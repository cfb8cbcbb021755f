"""Whatever a file holds, the model's words neither steer nor hide: one door cleans them all."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.files.calendars import read_month, read_people, read_photos, read_posyandu
from content_kit.files.office import Office
from content_kit.files.reader import Findings
from content_kit.files.safe_text import normal
from content_kit.files.yaml import Node, parse

EXACT = {"file", "at", "places", "rule_at", "logos"}
"""Names of files stay as they were written, and places say where."""

POSYANDU = """id: m
nama: {0}
desa: {0}
kecamatan: {0}
kabupaten: {0}
zona: WITA
kontak: {{facebook: {0}, instagram: {0}}}
hari_buka:
  - id: b
    nama: {0}
    aturan: selasa ke-2
    jam: 08.00-11.00
    tempat: [{0}, Balai]
    bawa: [{0}]
    perubahan:
      - {{tanggal: 2026-12-08, tempat: {0}, alasan: {0}}}
"""
MONTH = """bulan: 2026-12
postingan:
  - id: a
    tanggal: 2026-12-07
    jam: "18.30"
    jenis: edukasi
    model: x
    petugas: {0}
    teks_alt: {0}
    sumber: [{{nama: {0}, fakta: {0}, ditelaah: {0}}}]
    isi: {{judul: {0}, langkah: [{{isi: {0}}}]}}
"""
PEOPLE = "orang: [{{id: k, nama: {0}, peran: {0}}}]\n"
PHOTOS = "foto: [{{berkas: a.jpg, orang: dewasa, izin: {{nomor: {0}, tujuan: {0}}}}}]\n"


def words(value: object, name: str = "") -> Iterator[str]:
    """Every text in a value of the model."""
    if name in EXACT:
        return
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value):
        for one in dataclasses.fields(value):
            yield from words(getattr(value, one.name), one.name)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from words(inner)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from words(inner)


def quoted(said: str) -> str:
    """A text in double quotes, each of its letters as a number."""
    return '"' + "".join(f"\\U{ord(char):08x}" for char in said) + '"'


def node(template: str, said: str) -> Node:
    found, findings = parse(template.format(quoted(said)), "x.yaml")
    assert findings == []
    assert found is not None
    return found


def everything(said: str) -> list[object]:
    findings = Findings()
    return [
        read_posyandu(node(POSYANDU, said), "m", "x.yaml", findings),
        read_month(
            node(MONTH, said), unit="m", month=date(2026, 12, 1), file="x", office=Office(),
            findings=findings,
        ),
        read_people(node(PEOPLE, said), findings),
        read_photos(node(PHOTOS, said), findings),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        "Ayo\x00\x07\x1b]0;x\x07 ke\u202e\u2066 sini",
        "Poin\x0bKader\u2028kita\x85ya",
        "ka\u00adder\u200b\u200c\u200d\ufeff\ufe0f ki\u2060ta",
        "a\U000e0041b\u3164c\uffa0d",
        "𝗣𝗼𝘀𝘆𝗮𝗻𝗱𝘂 \uf0b7 anak\u2011anak",
    ],
    ids=["steering", "lines", "invisible", "fillers", "fancy"],
)
def test_every_word_of_the_model_is_clean(said: str) -> None:
    found = list(words(everything(said)))
    assert len(found) > 20
    for text in found:
        assert normal(text) == text
        assert not any(
            unicodedata.category(c) in ("Cc", "Cs", "Cf") for c in text if c not in "\n\t"
        )


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
def test_no_text_at_all_gets_past_the_door(said: str) -> None:
    for text in words(everything(said)):
        assert normal(text) == text
        assert text == text.strip()
