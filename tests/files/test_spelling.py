"""What is proposed for a name typed in a hurry; a name that is well written is left alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.files.spelling import (
    proper_person,
    proper_place,
    proper_posyandu,
    proper_region,
)


def _rows(text: str) -> list[tuple[str, str]]:
    pairs = (line.split(" -> ") for line in text.strip().splitlines())
    return [(typed.strip(), proper.strip()) for typed, proper in pairs]


POSYANDU = _rows("""
melati 2 -> Posyandu Melati 2
POSYANDU MELATI II -> Posyandu Melati II
posyandu melati ii -> Posyandu Melati II
pos yandu melati -> Posyandu Melati
posy. mawar -> Posyandu Mawar
posbindu mawar -> Posbindu Mawar
posong -> Posyandu Posong
melati Indah -> Posyandu Melati Indah
posyandu rw05 -> Posyandu RW 05
kamboja 3a -> Posyandu Kamboja 3A
al-amin -> Posyandu Al-Amin
Posyandu Mawar IV -> Posyandu Mawar IV
""")
REGIONS = _rows("""
sungai rangas tengah -> Desa Sungai Rangas Tengah
kel. pekapuran raya -> Kelurahan Pekapuran Raya
KELURAHAN PEKAPURAN RAYA -> Kelurahan Pekapuran Raya
kel.mawar -> Kelurahan Mawar
ds sungai tabuk -> Desa Sungai Tabuk
murung a -> Desa Murung A
kota bahagia -> Desa Kota Bahagia
gampong iv -> Gampong IV
jum'at -> Desa Jum'at
Desa Contoh -> Desa Contoh
""")
PLACES = _rows("""
rumah bu rt 03 -> Rumah Bu RT 03
RUMAH IBU HJ. SITI FATIMAH RT 03 RW 02 -> Rumah Ibu Hj. Siti Fatimah RT 03 RW 02
balai rw05 -> Balai RW 05
rumah h ahmad rt.03/rw.01 -> Rumah H. Ahmad RT 03/RW 01
gg binjai rt 7 -> Gg. Binjai RT 7
Balai desa -> Balai desa
balai desa, samping masjid -> Balai Desa, samping Masjid
Rumah bu rina, dekat sungai -> Rumah Bu Rina, dekat sungai
Gedung serba guna (aula rw 021) -> Gedung serba guna (aula RW 021)
samping kua -> Samping KUA
halaman sdn 1 -> Halaman SDN 1
jl gunung contoh xi -> Jl. Gunung Contoh XI
jl trans km 12,5 no 3 -> Jl. Trans Km 12,5 No 3
Jl. Trans Km. 12,5 No. 12/3B -> Jl. Trans Km. 12,5 No. 12/3B
rmh bu Rusminah RT 003/RW 012 -> Rumah Bu Rusminah RT 003/RW 012
rmh. pak rt -> Rumah Pak RT
""")
PEOPLE = _rows("""
rina -> Rina
HJ. SITI AMINAH, S.KEB -> Hj. Siti Aminah, S.Keb.
hj siti aminah, s.keb -> Hj. Siti Aminah, S.Keb.
dr. ahmad, sp.a, m.kes -> dr. Ahmad, Sp.A., M.Kes.
nor'ainah -> Nor'ainah
bidan rina, skeb -> Bidan Rina, S.Keb.
maria situmorang-hutabarat, s.kep., m.kep. -> Maria Situmorang-Hutabarat, S.Kep., M.Kep.
rina, s.tr.keb -> Rina, S.Tr.Keb.
dr. h. rizqan, sp.a(k) -> dr. H. Rizqan, Sp.A(K)
BDN. NI LUH, S.TR.KEB. -> Bdn. Ni Luh, S.Tr.Keb.
M. NOOR -> M. Noor
abdul bin hasan -> Abdul bin Hasan
kim -> Kim
Siti McD -> Siti McD
""")


def _village(text: str) -> str:
    return proper_region(text, "desa")


TYPED = re.findall(
    r"\S+",
    """
melati MELATI Melati 2 ii IV rt RT03 rw. h hj. dr bu Ibu , s.keb SKM di kel. ds posyandu
(aula) al-amin nor'ain KUA gg
""",
)

CASES = [
    pytest.param(proper, typed, wanted, id=f"{typed} -> {wanted}")
    for proper, rows in (
        (proper_posyandu, POSYANDU),
        (_village, REGIONS),
        (proper_place, PLACES),
        (proper_person, PEOPLE),
    )
    for typed, wanted in rows
]


@pytest.mark.parametrize(("proper", "typed", "wanted"), CASES)
def test_the_proper_spelling(proper: Callable[[str], str], typed: str, wanted: str) -> None:
    assert proper(typed) == wanted


def test_a_kabupaten_says_that_it_is_one_unless_it_is_a_kota() -> None:
    assert proper_region("kab. banjar", "kabupaten") == "Kabupaten Banjar"
    assert proper_region("KOTA BANJARBARU", "kabupaten") == "Kota Banjarbaru"
    assert proper_region("martapura barat", "kecamatan") == "Kecamatan Martapura Barat"


@pytest.mark.parametrize(
    "proper", [proper_posyandu, _village, proper_place, proper_person], ids=lambda f: f.__name__
)
@given(
    words=st.lists(
        st.sampled_from(TYPED),
        max_size=7,
    )
)
def test_a_proposal_is_its_own_proposal(proper: Callable[[str], str], words: list[str]) -> None:
    once = proper(" ".join(words))
    assert proper(once) == once


@pytest.mark.parametrize(
    "proper", [proper_posyandu, _village, proper_place, proper_person], ids=lambda f: f.__name__
)
@given(st.text())
def test_any_text_gets_an_answer_and_nothing_gets_none(
    proper: Callable[[str], str], text: str
) -> None:
    kept = [char for char in text.casefold() if char.isalnum()]
    told = proper(text).casefold()
    assert all(char in told for char in kept if char.isascii())
    assert proper("  ") == ""
