"""Headings of office lists mean the same column to everybody who reads them."""

from __future__ import annotations

import pytest

from content_kit.files.headings import heading, heading_zone, headings


@pytest.mark.parametrize(
    ("title", "column"),
    [
        ("Kab/Kota", "kabupaten"),
        ("KAB. / KOTA", "kabupaten"),
        ("KEC", "kecamatan"),
        ("Kec.", "kecamatan"),
        ("DESA/KEL", "desa"),
        ("Desa / Kelurahan *", "desa"),
        ("Nama Desa/Kelurahan", "desa"),
        ("NAMA POSYANDU", "nama"),
        ("Nama Posyandu (lengkap)", "nama"),
        ("HARI/TANGGAL", "aturan"),
        ("Hari Pelaksanaan", "aturan"),
        ("Hari & Tanggal", "aturan"),
        ("Lokasi", "tempat"),
        ("TEMPAT PELAKSANAAN", "tempat"),
        ("Alamat", "tempat"),
        ("WAKTU", "jam"),
        ("Jam (WITA)", "jam"),
        ("No HP Kader", "whatsapp"),
        ("No. HP/WA", "whatsapp"),
        ("NO. TELP", "whatsapp"),
        ("Jam_Buka", "jam"),
        ("Ket.", "keterangan"),
        ("No.", ""),
        ("Jumlah Balita", None),
        ("", None),
    ],
)
def test_a_heading_is_known_as_offices_write_it(title: str, column: str | None) -> None:
    assert heading(title) == column


def test_the_place_goes_before_the_address_in_either_order() -> None:
    assert headings(["Nama", "Alamat", "Tempat Pelaksanaan"])["tempat"] == 2
    assert headings(["Nama", "Tempat", "Alamat Posyandu"])["tempat"] == 1
    assert headings(["Nama", "Alamat"])["tempat"] == 1


def test_a_zone_in_a_heading_speaks_for_its_column() -> None:
    assert heading_zone("JAM BUKA (WIB)") == "WIB"
    assert heading_zone("Jam witir") == heading_zone("Jam") == ""
