"""The calendar's keys, its offers for the palette, and its help: what can be done, in words."""

from __future__ import annotations

from typing import Final

from textual.binding import Binding

HELP: Final = """\
Semua postingan dan hari buka: sebulan, seminggu, atau daftar.

v        ganti tampilan: b Bulan, m Minggu, a Agenda
← ↑ ↓ →  pilih hari
[ ]      bulan sebelumnya, bulan berikutnya;  h hari ini
Enter    buka postingan hari itu;  Tab pindah ke daftarnya
t        tambah postingan di hari itu
p        angkat postingan untuk dipindah: pilih harinya,
         Enter menaruh, Esc mengembalikan
c        angkat salinannya, dengan cara yang sama
d        hapus;  Ctrl+Z membatalkan yang terakhir
f        saring: posyandu, jenis, petugas, keadaan, tempat
x        hapus saringan
i        imbangan: sudah cukupkah tiap jenis isi?

J Jadwal  E Edukasi  K Kader  C Cerita  T Tanya jawab
J12 E7   12 jadwal dan 7 edukasi, bila banyak posyandu terlihat
▶ hari ini   [8] hari yang dipilih   ● hari buka (○ batal)
L libur   ◆ peringatan   · sebaiknya diisi postingan
Tanda:  ✓ siap   ! perlu diperbaiki   … menunggu isian   ↑ sudah diposting
        = belum diajukan   » diajukan   √ disetujui   · belum diperiksa"""
"""What `?` says."""

OFFERS: Final = (
    ("Tambah postingan", "Pada hari yang dipilih.", "add"),
    ("Pindahkan postingan", "Angkat, pilih hari, taruh.", "pick"),
    ("Salin postingan", "Ke hari lain.", "pick(True)"),
    ("Hapus postingan", "Ctrl+Z membatalkan.", "delete"),
    ("Saring kalender", "Posyandu, jenis, petugas, keadaan, tempat.", "filter"),
    ("Hapus saringan", "Lihat semuanya lagi.", "clear"),
    ("Imbangan bulan ini", "Jenis isi, bidang, dan sasaran menurut yang dianjurkan.", "balance"),
    ("Tampilan bulan", "Kotak-kotak sebulan.", "look('bulan')"),
    ("Tampilan minggu", "Tujuh hari dengan judulnya.", "look('minggu')"),
    ("Tampilan agenda", "Daftar sebulan.", "look('agenda')"),
    ("Bulan berikutnya", "Geser kalender ke depan.", "turn(1)"),
    ("Bulan sebelumnya", "Geser kalender ke belakang.", "turn(-1)"),
    ("Kembali ke hari ini", "Kalender bulan ini.", "turn(0)"),
)
"""Title, explanation and action."""

KEYS: Final = (
    Binding("enter", "open", "Buka"),
    Binding("enter", "drop", "Taruh di sini"),
    Binding("escape", "put_back", "Kembalikan"),
    Binding("t", "add", "Tambah"),
    Binding("p", "pick", "Pindah"),
    Binding("f", "filter", "Saring"),
    Binding("c", "pick(True)", "Salin", show=False),
    Binding("d,delete", "delete", "Hapus", show=False),
    Binding("x", "clear", "Hapus saringan", show=False),
    Binding("i", "balance", "Imbangan", show=False),
    Binding("v", "look", "Ganti tampilan", show=False),
    Binding("b", "look('bulan')", "Bulan", show=False),
    Binding("m", "look('minggu')", "Minggu", show=False),
    Binding("a", "look('agenda')", "Agenda", show=False),
    Binding("left_square_bracket,pageup", "turn(-1)", "Bulan sebelumnya", show=False),
    Binding("right_square_bracket,pagedown", "turn(1)", "Bulan berikutnya", show=False),
    Binding("h", "turn(0)", "Hari ini", show=False),
)
"""Four of them show in the footer; with a post in the hand two others do."""
