"""The words for how a picture looks: compositions, and the fields of colour that an eye tells apart."""

from __future__ import annotations

from typing import Final

LOOKS: Final = (
    "tiket", "kartu", "bulan", "hitung-mundur", "hari-ini", "berubah", "sasaran-khusus",
    "kunjungan", "langkah", "sungai", "pesan", "mitos-fakta", "cek-fakta", "angka", "bahaya",
    "lakukan-jangan", "centang", "resep", "kms", "tanya", "profil", "tim", "foto", "capaian",
    "ucapan",
)  # fmt: skip
"""The compositions a picture may have: `look` of a template, `bentuk` of a text of the library."""
GROUNDS: Final = ("hangat", "sejuk", "dalam", "utama", "kertas", "alarm")
"""The fields of colour that an eye tells apart in a feed: `ground`, or what a field `nuansa` offers."""
SHADE: Final = "nuansa"
"""The field with which a post chooses among the grounds of its template."""
COLUMNS: Final = 3
"""How many posts stand side by side in a profile: the one three before is the one below."""
