"""Telephone numbers as people and spreadsheets write them: one way to print each, or a question."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.files.calendars import read_posyandu
from content_kit.files.phones import Kind, Phone, chat_link, phone_in
from content_kit.files.reader import Findings
from content_kit.files.yaml import parse
from content_kit.findings import Finding

MOBILE = "0812-0000-0000"
LANDLINE = "(0511) 330 1234"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (MOBILE, MOBILE),
        ("0812 0000 0000", MOBILE),
        ("0812.0000.0000", MOBILE),
        ("0812/0000/0000", MOBILE),
        ("0812,0000,0000", MOBILE),
        ("0812:0000:0000", MOBILE),
        ("0812_0000_0000", MOBILE),
        ("0812‑0000‑0000", MOBILE),
        ("08 12 00 00 00 00", MOBILE),
        ("0 812 0000 0000", MOBILE),
        ("(0812) 0000-0000", MOBILE),
        ("+62 812-0000-0000", MOBILE),
        ("(+62) 812 0000 0000", MOBILE),
        ("+62 (0)812-0000-0000", MOBILE),
        ("62812 0000 0000", MOBILE),
        ("0062 812 0000 0000", MOBILE),
        ("https://wa.me/6281200000000", MOBILE),
        ("WA: 0812-0000-0000", MOBILE),
        ("No. HP/WA 0812-0000-0000", MOBILE),
        ("'081200000000", MOBILE),
        ("٠٨١٢٠٠٠٠٠٠٠٠", MOBILE),
        ("０８１２００００００００", MOBILE),
        ("📞 0812 0000 0000", MOBILE),
        ("0812-000-0000", "0812-000-0000"),
        ("0812-0000-00000", "0812-0000-00000"),
        ("0511 330 1234", LANDLINE),
        ("0511-3301234", LANDLINE),
        ("+62 511 330 1234", LANDLINE),
        ("telepon kantor (0511) 330-1234", LANDLINE),
        ("021 3456 7890", "(021) 3456 7890"),
    ],
)
def test_every_spelling_of_a_number_prints_the_same(text: str, printed: str) -> None:
    found = phone_in(text)
    assert isinstance(found, Phone), found
    assert (found.printed, found.notes) == (printed, ())


@pytest.mark.parametrize(
    ("text", "printed", "note"),
    [
        ("81200000000", MOBILE, "angka 0 di depan hilang"),
        ("81200000000.0", MOBILE, "angka 0 di depan hilang"),
        ("8120000000", "0812-000-0000", "angka 0 di depan hilang"),
        ("O812-OOOO-0000", MOBILE, "huruf O"),
        ("0812-0000-0000 a.n. Bu Rina", MOBILE, '"a.n. Bu Rina" tidak ikut tercetak'),
        ("0812-0000-0000 (Ibu Rina)", MOBILE, '"Ibu Rina" tidak ikut tercetak'),
        ("Bidan Siti: 0812 0000 0000", MOBILE, '"Bidan Siti" tidak ikut tercetak'),
    ],
)
def test_what_was_put_right_is_told(text: str, printed: str, note: str) -> None:
    found = phone_in(text)
    assert isinstance(found, Phone), found
    assert found.printed == printed and note in found.notes[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "belum diisi"),
        ("tidak ada", "tidak terbaca"),
        ("08123", "5 angka"),
        ("0123456789", "kode daerahnya tidak ada"),
        ("081200000000,085200000000", "ada 2 nomor"),
        ("08120000000000", "14 angka"),
        ("0812-5555-0123S", "huruf"),
        ("Rina0812-0000-0000", "memuat"),
        ("6,28E+12", "Excel"),
        ("6.28123E+12", "Excel"),
        ("+60 12 345 6789", "luar negeri"),
        ("3301234", "kode daerah"),
        ("5113301234", "Maksudnya (0511) 330 1234"),
        ("119", "belum lengkap"),
        ("0511 33", "belum lengkap"),
        ("0812-0000-0000 / 0813-1111-1111", "ada 2 nomor"),
        ("0812 0000 0000, 0813 1111 1111", "ada 2 nomor"),
        ("0812 0000 0000 0813 1111 1111", "ada 2 nomor"),
        ("081200000000/1", "angka lain"),
        ("0511-3301234/35", "angka lain"),
        ("0812 0000 0000 ext 3", "angka lain"),
        ("x" * 500, "tidak terbaca"),
    ],
)
def test_a_number_that_is_wrong_is_asked_for(text: str, told: str) -> None:
    found = phone_in(text)
    assert isinstance(found, Finding), found
    assert told in f"{found.message} {found.hint}" and found.code == "nomor-salah"


def test_only_a_mobile_number_opens_a_chat() -> None:
    assert chat_link(MOBILE) == "https://wa.me/6281200000000"
    assert chat_link(LANDLINE) == chat_link("") == chat_link("08123") == ""


mobiles = st.from_regex(r"08[1-9][0-9]{7,10}", fullmatch=True)
landlines = st.from_regex(r"(?:021[1-9][0-9]{6,7}|0511[1-9][0-9]{4,7})", fullmatch=True)


@given(mobiles | landlines)
def test_a_number_as_we_print_it_reads_back(digits: str) -> None:
    found = phone_in(digits)
    assert isinstance(found, Phone)
    assert re.sub(r"\D", "", found.printed) == digits
    assert phone_in(found.printed) == found
    assert (found.kind is Kind.MOBILE) == bool(found.chat) == digits.startswith("08")


@given(mobiles, st.sampled_from(["-", " ", ".", "/", " - "]), st.integers(2, 5))
def test_marks_between_the_digits_mean_nothing(digits: str, mark: str, step: int) -> None:
    pieces = [digits[at : at + step] for at in range(0, len(digits), step)]
    if mark == "/" and len(pieces[-1]) < 3:
        return
    assert phone_in(mark.join(pieces)) == phone_in(digits)


@given(st.text(max_size=40) | st.text("0812+62-/.() OoWA:E,", max_size=30))
def test_any_text_is_a_number_or_a_question(text: str) -> None:
    found = phone_in(text)
    assert isinstance(found, Phone) or (found.message and found.hint)


def posyandu(number: str) -> tuple[str, list[str]]:
    text = (
        "id: contoh\nnama: Posyandu Melati\ndesa: Desa Contoh\nkecamatan: K\nkabupaten: K\n"
        f"zona: WITA\nkontak: {{whatsapp: '{number}'}}\nhari_buka: []\n"
    )
    findings = Findings()
    found = read_posyandu(parse(text, "posyandu.yaml")[0], "melati", "posyandu.yaml", findings)
    assert found is not None
    return found.contact.whatsapp, [finding.code for finding in findings]


def test_a_file_prints_no_wrong_number() -> None:
    assert posyandu("+62 812 0000 0000") == (MOBILE, [])
    assert posyandu("81200000000") == (MOBILE, ["nomor-diluruskan"])
    assert posyandu("0812-5555-0123S") == ("", ["nomor-salah"])
