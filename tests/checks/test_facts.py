"""A place, a name or a reason that is only a fact passes; whatever persuades, sells or promises waits."""

from __future__ import annotations

import gzip
import json
from importlib import resources

import pytest

from content_kit.checks.facts import LONGEST, doubt
from content_kit.files import bundled
from content_kit.files.workspace import Workspace
from content_kit.review.rules import load_rules


@pytest.mark.parametrize(
    "words",
    [
        "Balai RW 05",
        "Rumah Ibu RT 03 dekat musala Al-Ikhlas",
        "Jl. A. Yani Km. 5,5 (depan masjid)",
        'Poskesdes & PAUD "Melati" Gg. Sa\'adah',
        "Halaman kantor bupati",
        "Buku KIA",
        "Kartu BPJS",
        "Cek tensi",
        "Vaksin belum datang",
        "Balai dipakai pemungutan suara",
        "pindah ke Rabu, 9 Desember 2026, jam 08.00–11.00 WITA, di Balai",
        "",
    ],
)
def test_facts_pass(words: str) -> None:
    assert doubt(words) == ""


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Coblos nomor 2", "politik"),
        ("c o b l o s yang kuning", "politik"),
        ("𝐂𝐨𝐛𝐥𝐨𝐬 nomor dua", "politik"),
        ("Rumah H. Fulan hebat", "politik"),
        ("Kunjungan Bupati Fulan bin Fulan", "politik"),
        ("Didukung partai", "politik"),
        ("Сoblos", "huruf"),
        ("Pilih\u200b kami", "huruf"),
        ("Ayo datang!", "tanda"),
        ("satu\ndua", "tanda"),
        ("Transfer ke BRI", "uang"),
        ("Iuran Rp 5.000", "uang"),
        ("Bayar 50 ribu", "uang"),
        ("Susu formula gratis", "uang"),
        ("Lihat bit.ly/abc", "tautan"),
        ("www posyandu.id", "tautan"),
        ("https://x", "tautan"),
        ("Hubungi 0812 3456 7890", "nomor"),
        ("Rek 1234-5678-90", "nomor"),
        ("Vaksin itu haram", "kesehatan"),
        ("Jamu yang menyembuhkan", "kesehatan"),
        ("Pasti sehat", "kesehatan"),
        ("Jangan divaksin", "kesehatan"),
        ("x" * (LONGEST + 1), "panjang"),
    ],
    ids=lambda text: text[:12].encode("unicode_escape").decode(),
)  # fmt: skip
def test_what_is_no_fact_says_why(words: str, why: str) -> None:
    assert why in doubt(words)


def test_the_usual_reasons_are_facts() -> None:
    rules, _ = load_rules(Workspace(bundled.root()))
    assert len(rules.reasons) > 20
    assert [reason for reason in rules.reasons if doubt(reason)] == []


def test_next_to_no_village_is_taken_for_something_else() -> None:
    """Of 83,762 official names those few that are ordinary words wait: "Tolak", "Jamu"."""
    data = (resources.files("lokal") / "data/desa.json.gz").read_bytes()
    names: list[str] = sorted(set(json.loads(gzip.decompress(data)).values()))[::10]
    assert len(names) > 4_000
    assert sum(bool(doubt(name)) for name in names) <= len(names) // 2_000
