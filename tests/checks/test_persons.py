"""What a volunteer copies from a list is found; what is said of a group, a rule or a plan passes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from content_kit.checks import Case, persons, privacy
from content_kit.findings import Finding
from content_kit.model import Post, Posyandu

MakePost = Callable[..., Post]

CHECKS = (
    privacy.identity_numbers,
    privacy.phone_numbers,
    privacy.birth_dates,
    persons.named,
)


@pytest.fixture
def codes(melati: Posyandu, make_post: MakePost) -> Callable[[str], set[str]]:
    """The privacy findings of one sentence."""

    def found(text: str) -> set[str]:
        case = Case(make_post(fields={"judul": text}), melati)
        findings: Iterator[Finding] = (f for check in CHECKS for f in check(case))
        return {finding.code for finding in findings}

    return found


OF_A_PERSON = """
1. Rafa / 14 bln / 9,1 / 76
Zulfa | P | 14 bln | 9,1 | 76
Zulfa; 14; 9.1; 76
An.Rizky bb 8kg pb 70cm
By.Ny.Rahmah BB lahir 2900 gr
rizky 14bln bb 8kg
Ny. Aminah G2P1A0 28 mgg TD 140/90
Hasil timbang hari ini: Rafa 9,1 kg, Naura 10 kg
KMS Aisyah di bawah garis merah
Aisyah, 14 bln, berat 8 kg
An. Aisyah umur 14 bulan BB 8,1 kg TB 71 cm
Balita stunting: Aisyah RT 3
Aisyah (14 bulan) berat badannya 8,1 kg
AISYAH 14 BLN BB 8,1 TB 71
Ananda Rafi usia 2 th, berat 9,5 kg, naik 200 gram
1. Rafi - 9 bulan - 7,2 kg
- Siti Aminah, 20 bln, 9 kg
aisyah, 14 bln, bb 8 kg
Rafi BB 7,2 TB 68
Hasil timbang Rafi: 7,2 kg
Alya 10 bulan berat 8kg
Selamat untuk Rafi, umur 12 bulan, beratnya sudah 10 kg!
M. Fauzan / L / 11 bln / 8,4 kg / 72 cm
Nama: Aisyah, umur: 14 bulan, BB: 8,1 kg
nama anak: rafi, bb 7,2 kg
Adik Nisa berat badannya turun jadi 7,8 kg
dek rafi bb 7 kg
Aisyah anak Bu Rina, 14 bulan, 8 kg
Berat badan 8,1 kg atas nama Aisyah
Bu Rusminah tensinya 150/90
Nenek Siti gula darah 250
Pak Budi, 60 tahun, kolesterol 240
Ibu Ani LILA 22 cm
Kakek Darmo tekanan darah 170/100, segera ke puskesmas
Rafi mengalami stunting
Aisyah RT 3 gizi kurang
Ibu Lestari positif HIV
Anak stunting: Rafi, Aisyah, dan Nisa
Daftar gizi buruk: 1. Rafi RT 2
Rafi 24 bulan stunting
Ny. Sulastri positif TBC
Ananda Aisyah, Gang Binjai RT 3
An. Rafi tinggal di Jl. Mawar No. 5
By. Ani berat 2,3 kg
Kayla (P, 8 bln) PB 66 cm
Putri Ayu, 3 tahun, tinggi 85 cm
Muhammad Rizki Ramadhan 18 bulan 10,2 kg
Juara bayi sehat: Rafi, 11 bulan, 10 kg
Naura Azzahra, lahir 2,9 kg
Bayi Ny. Ani lahir 2.900 gram
Ibu Yuni hamil 7 bulan, tensi 150/100
Arka 9.4 kg 11 bulan
Nama balita: Rafi, alamat: Gang Mawar RT 2
Rafi naik 200 gram, sekarang 8,4 kg
Anak Bu Rina (Rafi) stunting
Aisyah
14 bulan
8 kg
""".strip().split("\n")
*_ONE_LINE, _A, _B, _C = OF_A_PERSON
OF_A_PERSON = [*_ONE_LINE, f"{_A}\n{_B}\n{_C}"]

NUMBERS = [
    ("nomor-warga", "Hubungi Bu Ani (+62) 813 4567 8901"),
    ("nomor-warga", "0 813 4567 8901"),
    ("nomor-warga", "WA 0813/4567/8901"),
    ("nomor-warga", "0813_4567_8901"),
    ("nomor-warga", "08 13 45 67 89 01"),
    ("nomor-warga", "0062 813 4567 8901"),
    ("nomor-warga", "62-813-4567-8901"),
    ("nomor-warga", "0813 - 4567 - 8901"),
    ("nomor-warga", "o813 4567 8901"),
    ("nomor-warga", "WA Bu Ani: 81345678901"),
    ("nomor-warga", "nol delapan satu tiga empat lima enam tujuh delapan sembilan"),
    ("nomor-warga", "0813•4567•8901"),
    ("nik", "NIK 637104410590003"),
    ("nik", "NIK: 6371 0441 0590 00031"),
    ("nik", "No. KK 637104110590003"),
    ("nik", "No. BPJS: 0001 2345 67890"),
    ("nik", "NIK637104410590003"),
    ("tanggal-lahir", "Aisyah lhr 3-5-24"),
    ("tanggal-lahir", "Tgl lhr 03 05 2024"),
    ("tanggal-lahir", "Rafi, DOB 2024-05-03"),
    ("tanggal-lahir", "ttl Banjar, 3 Mei 2024"),
]

OF_A_GROUP = """
Balita dengan BB 8,1 kg perlu makan lebih sering
Anak usia 0–59 bulan ditimbang setiap bulan
Usia 14 bulan berat normal 8,1 kg
Bayi umur 6 bulan berat minimal 6 kg
12 balita naik berat badannya 200 gram
Balita: 40 anak, naik 28, turun 3
Bayi baru lahir, berat 2,5 kg atau lebih
BB 8,1 kg pada umur 9 bulan sudah cukup
Anak laki-laki 12 bulan, berat ideal 7,7–12 kg
Ibu hamil dengan LILA kurang dari 23,5 cm diberi PMT
Ibu hamil dengan tensi 140/90 segera ke puskesmas
Tekanan darah 120/80 itu normal
Gula darah 200 atau lebih perlu diperiksa
Vitamin A dosis 200.000 IU untuk usia 12–59 bulan
Kader Rusminah 10 tahun mengabdi
Bu Rusminah, kader sejak 10 tahun lalu
Ibu Sari membawa 2 anak ke posyandu
Posyandu Melati, 14 bulan tanpa stunting
Posyandu Mawar RT 3 bebas stunting
Desa Contoh RT 3 bebas stunting
Cegah Stunting Sejak Dini
Kenali Stunting dari 5 tanda ini
Bahaya stunting: kenali sejak dini
Balita stunting: apa yang harus dilakukan?
Balita stunting: 3 anak, turun dari 5
Anak gizi kurang: rujuk ke puskesmas
Beras 5 kg, telur 2 kg, dan minyak 1 kg
Bawa beras 1 kg untuk lomba masak
Sepanjang 2026, tinggi badan 40 balita diukur
Timbang bayi setiap bulan, catat di Buku KIA
Umur 9 bulan: imunisasi campak
Tanya Bidan Rina soal imunisasi anak 9 bulan
Hari buka: Selasa, 8 Desember 2026, 08.00-11.00 WITA
Balai RW 05, Gang Binjai RT 3
Rumah Ibu Rusminah, Gg. Binjai RT 7
Rumah Kader Ibu Rusminah, Jl. Melati No. 5
Selasa, 8 Desember, di Rumah Bu Ani RT 3 RW 1
Contoh menu 6 bulan: bubur, 2 sendok, 100 gram
Menurut WHO, anak 12 bulan rata-rata 9 kg
Protein 20 gram setiap hari untuk anak 2 tahun
MPASI 6 bulan, 200 gram tiap kali makan
Terima kasih Bu Siti, 5 tahun menimbang balita kita
Lingkar lengan 23,5 cm ke bawah: segera ke bidan
Jadwal 08.10.2026 09.12.2026 10.00-11.00
Jadwal Anak Sehat, 14 bulan pertama yang penting
Tanya kami 0812-0000-0000
Darurat 119 atau 112, Senin 08.00-12.00 dan 13.00-15.00
Bawa NIK dan KK asli
NIK 16 angka tertulis di KTP
Anak yang lahir 1 Januari 2021 sampai 31 Desember 2021
Rp 850.000 dari dana desa untuk 40 balita
Ayo ke Posyandu Melati RT 03 RW 05
Si kecil 9 bulan, berat 8 kg? Cek di KMS
Adik bayi 6 bulan mulai makan
Menu Senin 6 bulan: 100 gram bubur
Sabar Ibu, berat naik 200 gram itu bagus
Kelas Ibu Hamil 4 bulan, berat naik 1 kg
Pemberian Vitamin A 6-11 bulan 100.000 IU
Gizi Buruk: Kenali Tandanya
Penderita TBC: Minum obat 6 bulan
Nabila (kader) 5 tahun bertugas di RT 3
Umur 9 Bulan: Campak Rubela. Berat 8 kg ke atas.
Program Isi Piringku / 12 bln / 3,5 porsi
Beras 1,5 kg, Gula 0,5 kg, Telur 2,0 kg
Hasil timbang hari ini: 12 balita naik, 3 turun
KMS balita di bawah garis merah perlu dirujuk
Posyandu Mawar / 20 / 5,5 / 30
Layanan BPJS 165 atau 1500400
Kekerasan pada perempuan dan anak: telepon 129 atau WA 08111-129-129
""".strip().split("\n")


@pytest.mark.parametrize("text", OF_A_PERSON)
def test_a_persons_data_are_found(text: str, codes: Callable[[str], set[str]]) -> None:
    assert codes(text) == {"data-warga"}


@pytest.mark.parametrize(("code", "text"), NUMBERS)
def test_numbers_are_found_however_they_are_spelt(
    code: str, text: str, codes: Callable[[str], set[str]]
) -> None:
    assert code in codes(text)


@pytest.mark.parametrize("text", OF_A_GROUP)
def test_what_is_said_of_a_group_passes(text: str, codes: Callable[[str], set[str]]) -> None:
    assert codes(text) == set()


def test_a_finding_never_repeats_the_person(melati: Posyandu, make_post: MakePost) -> None:
    post = make_post(fields={"judul": "Aisyah, 14 bln, berat 8 kg"})
    (finding,) = persons.named(Case(post, melati))
    assert "Aisyah" not in finding.sentence()
    assert finding.hint
