"""Words that belong together, so that a title does not part them: one pair a line, lower case.

Read aloud, each is one thing. A pair is kept where that costs little; it never makes a text too wide.
"""

from __future__ import annotations

from typing import Final

PAIRS: Final = frozenset(
    tuple(line.split())
    for line in """
        air bersih
        air minum
        air putih
        anak bermain
        anak sehat
        asi saja
        berat badan
        buah hati
        buku kia
        cuci tangan
        demam tinggi
        dua kali
        gizi buruk
        gizi seimbang
        hari buka
        hari ini
        hari lagi
        ibu hamil
        ibu menyusui
        jentik nyamuk
        kader kita
        kapsul biru
        kapsul merah
        kartu bpjs
        kebun gizi
        kelas ibu
        kurang darah
        kurang gizi
        kursi roda
        lansia sehat
        makan siang
        napas cepat
        orang tua
        pasar terapung
        rumah sakit
        sakit kepala
        satu kali
        setiap hari
        setiap bulan
        si kecil
        susu ibu
        tablet tambah
        tambah darah
        tanda bahaya
        tekanan darah
        terima kasih
        tetangga sebelah
        tiga kali
        tumbuh kembang
        vitamin a
    """.strip().splitlines()
)
