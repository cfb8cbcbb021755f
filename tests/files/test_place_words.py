"""Spellings of one place are one place, and neighbours with like names stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.files.place_words import place_key, place_keys, place_kind, same_place

SAME = [
    ("Kab. Banjar", "Kabupaten Banjar"),
    ("KABUPATEN BANJAR", "kab banjar"),
    ("banjar", "Kabupaten Banjar"),
    ("Kotabaru", "Kabupaten Kotabaru"),
    ("Kota Baru", "Kab. Kotabaru"),
    ("Kota Banjarmasin", "BANJARMASIN"),
    ("Banjar Masin", "Kota Banjarmasin"),
    ("Kab/Kota Banjarbaru", "Kota Banjarbaru"),
    ("Kota Administrasi Jakarta Pusat", "Jakarta Pusat"),
    ("Pangkajene & Kepulauan", "Kabupaten Pangkajene dan Kepulauan"),
    ("Kec. Aluh-Aluh", "Kecamatan Aluh Aluh"),
    ("kec.aluh aluh", "Aluh Aluh"),
    ("Distrik Abepura", "Abepura"),
    ("Kel. Pekapuran Raya", "Kelurahan Pekapuran Raya"),
    ("Desa/Kel. Pekapuran Raya", "PEKAPURAN RAYA"),
    ("Sei Rangas", "Desa Sungai Rangas"),
    ("Tj. Rema", "Kelurahan Tanjung Rema"),
    ("Murung A.", "Desa Murung A"),
    ("Gampong Jum'at", "Jumat"),
    ("Desa Gampong Pande", "Gampong Pande"),
    ("Desa Kota Bahagia", "Kota Bahagia"),
    ("Kecamatan Lembang Jaya", "Lembang Jaya"),
    ("Posyandu Melati II", "POSYANDU MELATI 2"),
    ("melati 02", "Posyandu Melati Dua"),
    ("Pos Yandu Melati", "posyandu  melati"),
    ("Posyandu Mélati", "Posyandu Melati"),
    ("Melati RT03", "Melati RT 3"),
]
APART = [
    ("Kab. Banjar", "Kota Banjarmasin"),
    ("Kab. Banjar", "Banjarbaru"),
    ("Kabupaten Banjar", "Kota Banjar"),
    ("Kabupaten Bandung", "Kota Bandung"),
    ("Kabupaten Bandung", "Kabupaten Bandung Barat"),
    ("Sungai Rangas", "Sungai Rangas Tengah"),
    ("Posyandu Melati 2", "Posyandu Melati 12"),
    ("Posyandu Melati", "Posyandu Melati 1"),
    ("Posyandu Lansia Melati", "Posyandu Melati"),
    ("Posyandu Desa Makmur", "Posyandu Makmur"),
    ("Murung A", "Murung B"),
    ("Lubuk Pakam I,II", "Lubuk Pakam III"),
    ("Loktabat Utara", "Loktabat Selatan"),
]


@pytest.mark.parametrize(("one", "other"), SAME, ids=[f"{a} = {b}" for a, b in SAME])
def test_one_place_in_two_spellings(one: str, other: str) -> None:
    assert same_place(one, other)
    assert same_place(other, one)
    assert place_key(one) == place_key(other)


@pytest.mark.parametrize(("one", "other"), APART, ids=[f"{a}, {b}" for a, b in APART])
def test_two_places_stay_two(one: str, other: str) -> None:
    assert not same_place(one, other)
    assert not same_place(other, one)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Posyandu Mawar", "posyandu"),
        ("Ds. Mawar", "desa"),
        ("KEL MAWAR", "desa"),
        ("Desa/Kelurahan Mawar", "desa"),
        ("Nagari Mawar", "desa"),
        ("Kec. Mawar", "kecamatan"),
        ("Kab. Mawar", "kabupaten"),
        ("Kotamadya Mawar", "kota"),
        ("Provinsi Mawar", "provinsi"),
        ("Mawar", ""),
        ("Desa", ""),
        ("", ""),
    ],
)
def test_the_first_word_says_what_it_is(name: str, kind: str) -> None:
    assert place_kind(name) == kind


def test_among_each_other_a_kabupaten_and_a_kota_have_keys_of_their_own() -> None:
    both = place_keys(["Kab. Bandung", "Kota Bandung", "KABUPATEN BANDUNG", "Bandung"])
    assert both[0] == both[2]
    assert len(set(both)) == 3
    only = place_keys(["Kota Banjarmasin", "banjarmasin", "Kabupaten Banjar"])
    assert only[0] == only[1] != only[2]


@given(st.text(), st.sampled_from(["Posyandu", "Kel.", "Kec.", "Kab.", "Kota"]))
def test_any_text_has_a_key_and_is_its_own_place(text: str, kind: str) -> None:
    assert same_place(text, text)
    assert place_keys([text])[0] == place_key(text)
    assert same_place(f"{kind} Mawar {text}", f"{kind.lower()}  mawar {text}")
