"""WhatsApp's marks are taken off everywhere else, and nothing that only looks like one."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.files.marks import MARKS, bold, data_unmarked, for_whatsapp, unmarked


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("*Besok* kita buka, _ayo_ datang!", "Besok kita buka, ayo datang!"),
        ("~batal~ jadi buka", "batal jadi buka"),
        ("```Buku KIA```", "Buku KIA"),
        ("```satu\ndua```", "satu\ndua"),
        ("`kode`", "kode"),
        ("*_penting_*, (*baru*)", "penting, (baru)"),
        ("**Jadwal** baru", "Jadwal baru"),
        ("*Balai RW 5*: buka", "Balai RW 5: buka"),
        ("Catatan:*penting*", "Catatan:penting"),
        ("* Buku KIA\n* Kartu", "• Buku KIA\n• Kartu"),
        ("*JADWAL*\n*Desember*", "JADWAL\nDesember"),
    ],
)
def test_marks_are_taken_off(text: str, plain: str) -> None:
    assert unmarked(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        "2*3*4 = 24",
        "2 * 3 * 4",
        "5* bintang, 4* bintang",
        "Gratis* (*syarat berlaku)",
        "(*) wajib diisi (*)",
        "Nama: ____ Umur: ____",
        "foto_posyandu_melati.jpg",
        "@_melati_ dan @posyandu_melati_",
        "#posyandu_sehat_kita",
        "https://contoh.id/_a_/b_c_?d=_e_",
        "~5 km atau ~10 menit",
        "Qur`an dan Jum`at",
        "*belum ditutup",
        "baris *satu\ndua*",
        "***",
    ],
)
def test_what_is_no_mark_stays(text: str) -> None:
    assert unmarked(text) == text


@given(st.text(alphabet=st.sampled_from("ab *_~`\n.(")))
def test_taking_off_twice_takes_no_more_and_letters_stay(text: str) -> None:
    once = unmarked(text)
    assert unmarked(once) == once
    assert [c for c in once if c in "ab"] == [c for c in text if c in "ab"]


@given(
    st.lists(st.sampled_from(["Besok", "kita", "RW 5", "2*3"]), min_size=1), st.sampled_from(MARKS)
)
def test_a_marked_text_reads_like_the_bare_one(words: list[str], mark: str) -> None:
    bare = " ".join(words)
    assert (
        unmarked(" ".join(f"{mark}{word}{mark}" if "*" not in word else word for word in words))
        == bare
    )


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Besok", "*Besok*"),
        ("Balai RW 06 *baru*, Desa Contoh", "*Balai RW 06 baru, Desa Contoh*"),
        ("*Besok*", "*Besok*"),
        ("a\n\n b ", "*a*\n\n*b*"),
        ("_pelan_", "*_pelan_*"),
    ],
)
def test_bold_has_no_second_star_inside(text: str, marked: str) -> None:
    assert bold(text) == marked


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("*BERUBAH: Balai RW 06 *baru*, Desa Contoh*", "*BERUBAH: Balai RW 06 baru, Desa Contoh*"),
        ("*BERUBAH: Balai *baru**", "*BERUBAH: Balai baru*"),
        ("*Besok* kita *buka*", "*Besok* kita *buka*"),
        ("**Jadwal** baru", "*Jadwal* baru"),
        ("2*3", "2*3"),
    ],
)
def test_a_text_for_whatsapp_has_its_own_bold_only(text: str, told: str) -> None:
    assert for_whatsapp(text) == told


def test_accounts_keep_their_names() -> None:
    data: Mapping[str, object] = {
        "isi": {"judul": "*Ayo*", "langkah": ["_satu_", {"isi": "~dua~"}]},
        "posyandu": {"nama": "*Melati*", "kontak": {"instagram": "_melati_"}},
        "n": 3,
    }
    assert data_unmarked(data) == {
        "isi": {"judul": "Ayo", "langkah": ["satu", {"isi": "dua"}]},
        "posyandu": {"nama": "Melati", "kontak": {"instagram": "_melati_"}},
        "n": 3,
    }
