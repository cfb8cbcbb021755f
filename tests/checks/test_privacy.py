"""Numbers and dates of residents are found; dates, hours and the posyandu's own number are not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.checks import Case, privacy
from content_kit.findings import Finding
from content_kit.model import Post, Posyandu

MakePost = Callable[..., Post]
Check = Callable[[Case], Iterator[Finding]]
Look = Callable[[Check, str], list[Finding]]


@pytest.fixture
def look(melati: Posyandu, make_post: MakePost) -> Look:
    """The findings of a check on one sentence."""
    return lambda check, text: list(check(Case(make_post(fields={"judul": text}), melati)))


@pytest.mark.parametrize(
    "text",
    [
        "NIK 6303015208900001",
        "NIK: 6303 0152 0890 0001.",
        "63.03.01.520890.0001",
        "6303-0152-0890-0001",
        "nomor KK 6303011203150007 atas nama",
        "1234567890123456",
        "".join(chr(0xFF10 + int(digit)) for digit in "6303015208900001"),
        "".join(chr(0x1D7CE + int(digit)) for digit in "6303015208900001"),
        "6303\u200b0152\u200b0890\u200b0001",
    ],
)
def test_identity_numbers_are_found(text: str, look: Look) -> None:
    (finding,) = look(privacy.identity_numbers, text)
    assert finding.code == "nik"
    assert "6303" not in finding.sentence()


@pytest.mark.parametrize(
    "text",
    [
        "Hubungi 0812-0000-0000, 2026-12-08",
        "2026-12-08 2026-12-15 2027-01-12",
        "08.00-11.00 dan 13.00-16.00",
        "13.00-15.00 16.00-18.00",
        "11.30-12.12 12.30-14.00",
        "+62 812 3456 7890 120",
        "Nomor BPJS 13 angka: 0001234567890",
        "123456789012345 (15 angka)",
        "12345678901234567 (17 angka)",
        "https://facebook.com/foto?id=9934567890123456",
        "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13",
        "Rp 1.000.000.000.000.000",
    ],
)
def test_other_numbers_are_no_identity_numbers(text: str, look: Look) -> None:
    assert look(privacy.identity_numbers, text) == []


@given(
    st.sampled_from([11, 21, 36, 63, 64, 94]),
    st.integers(0, 9999),
    st.integers(1, 31) | st.integers(41, 71),
    st.integers(1, 12),
    st.integers(0, 99),
    st.integers(0, 9999),
    st.sampled_from(["", " ", ".", "-"]),
    st.sampled_from(["", "NIK ", "a"]),
)
def test_every_well_built_nik_is_found_however_it_is_grouped(
    province: int, place: int, day: int, month: int, year: int, serial: int, gap: str, before: str
) -> None:
    digits = f"{province}{place:04}{day:02}{month:02}{year:02}{serial:04}"
    for size in (2, 4, 6, 16):
        groups = [digits[at : at + size] for at in range(0, 16, size)]
        assert privacy.find_nik(before + gap.join(groups) + " selesai")


@pytest.mark.parametrize(
    "text",
    [
        "Hubungi Bu Ani 0813-4567-8901",
        "WA 081345678901",
        "+62 813 4567 8901",
        "wa.me/6281345678901",
        "(0813) 4567 8901",
        "0813.4567.890",
    ],
)
def test_residents_phone_numbers_are_found(text: str, look: Look) -> None:
    (finding,) = look(privacy.phone_numbers, text)
    assert finding.code == "nomor-warga"
    assert "8901" not in finding.sentence()


@pytest.mark.parametrize(
    "text",
    [
        "Tanya kami di 0812-0000-0000",
        "WA +62 812 0000 0000",
        "wa.me/6281200000000",
        "Darurat telepon 112 atau 119",
        "Buka 08.00-11.00 WITA, 8 Desember 2026",
        "NIK 6281015208900001",
        "Kantor (0511) 330-1234",
        "08.12.2026 sampai 09.12.2026",
        "Suhu 36,8 dan berat 8,1 kg",
    ],
)
def test_the_posyandus_own_number_and_other_digits_are_fine(text: str, look: Look) -> None:
    assert look(privacy.phone_numbers, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Aisyah lahir 3 Mei 2024",
        "lahir tanggal 3 Mei",
        "Lahir di Banjarbaru, 3-5-2024",
        "tgl lahir 03/05/2024",
        "Tgl. lahir: 3 Mei 2024",
        "Tanggal lahir 2024-05-03",
        "TTL: Martapura, 3 Mei 2024",
        "kelahiran 3 Agustus 2023",
    ],
)
def test_birth_dates_are_found(text: str, look: Look) -> None:
    (finding,) = look(privacy.birth_dates, text)
    assert finding.code == "tanggal-lahir"
    assert "2024" not in finding.sentence()


@pytest.mark.parametrize(
    "text",
    [
        "Suntikan pertama dalam 24 jam sesudah lahir.",
        "Hari Lahir Pancasila 1 Juni 2026",
        "Anak yang lahir sebelum 1 Januari 2021 boleh daftar PAUD.",
        "Anak lahir 1 Januari 2021 sampai 31 Desember 2021",
        "Bawa akta kelahiran, kita buka 8 Desember 2026? ",
        "Datang 8 Desember 2026, bawa akta lahir.",
        "Berat lahir 3 kg",
        "Bayi baru lahir diperiksa 3 kali",
        "Posyandu ini hadir sejak 3 Mei 2010",
    ],
)
def test_being_born_in_general_is_no_birth_date(text: str, look: Look) -> None:
    assert look(privacy.birth_dates, text) == []
