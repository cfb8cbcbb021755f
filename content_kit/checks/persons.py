"""One person's age, measures, illness or address beside a name: what a volunteer copies from a list by mistake.

Groups pass ("balita dengan BB 8,1 kg", "usia 0–59 bulan"): without a name nobody is meant. A name
is a capital letter where no common word, no posyandu and no place stands, or any word after
"Ananda", "An." and the like; what follows must be set like an entry of a list, not like a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from content_kit.checks.case import Case
from content_kit.findings import Finding


def named(case: Case) -> Iterator[Finding]:
    """No name with that person's age and measures, illness, or a child's address."""
    own = frozenset(
        word.casefold()
        for name in (
            case.posyandu.name, case.posyandu.village, case.posyandu.district, case.posyandu.regency,
        )
        for word in re.findall(r"[^\W\d_]+", name)
    )  # fmt: skip
    for text in case.texts:
        if tells_of_a_person(text.words, own):
            yield case.on(
                text,
                "data-warga",
                "ada nama seseorang bersama umur, hasil ukur, penyakit, atau alamatnya.",
                'Hapus namanya atau angkanya. Tulis untuk semua, misalnya "12 balita naik berat badannya".',
            )


def tells_of_a_person(text: str, known: frozenset[str] = frozenset()) -> bool:
    """Whether a text sets one person's name beside what only that person and the midwife should know.

    `known` are words, in lower case, that are names of places here.
    """
    return any(
        _is_name(match["name"], known, any_case="cue" in pattern.groupindex and bool(match["cue"]))
        for needed, patterns in _ENTRIES
        if needed.search(text)
        for pattern in patterns
        for match in pattern.finditer(text)
    )


_LETTER: Final = r"[^\W\d_]"
_CAPITAL: Final = r"(?!(?:LILA|IMT|GDS|GDP|BGM|KEK|ODGJ|HIV|TBC|AIDS|DBD)\b)(?:[A-Z][a-z'’]+(?:-[A-Z][a-z]+)?|[A-Z][A-Z'’]{2,})"
_NAME: Final = rf"(?P<name>{_CAPITAL}(?: (?:bin|binti|{_CAPITAL}|[A-Z]\.?)(?![\w.])){{0,3}}+)"
_CUE: Final = (
    r"(?P<cue>(?i:\b(?:an|sdr|sdri|by|ny|tn)\.(?=\s|[A-Z])|\b(?:ananda|adik|adek|dek|dede|bernama|a/n|atas nama"
    r"|nama(?:nya)?(?: (?:anak|balita|bayi|ibu|pasien))?(?: ?:| adalah)|si|anaknya|putra|putri|bayi|balita|anak|pasien|cucu)))"
)
_CUED: Final = rf"{_CUE}(?:\s+|(?<=\.))(?P<name>{_LETTER}[\w'’]+(?: {_CAPITAL}){{0,3}}+)"
_GAP: Final = r"[\s,;:.()/|=–—-]{0,6}+"
_WHERE: Final = (
    r"(?:\b(?i:RT|RW|dusun|gang|gg|jl|jln|jalan|blok|komplek|perumahan|lorong)\b[\s.]*[\w/]+"
    r"|\b(?i:no(?:mor)?)\b[\s.]*(?i:rumah)?[\s.]*\d+)"
)
_BETWEEN: Final = (
    rf"{_GAP}(?:(?:(?i:ini|yang|baru|sudah|saat ini|sekarang|berumur|berusia|umur(?:nya)?|usia(?:nya)?"
    r"|g\d+p\d+a\d+|us|um|jk|l|p|lk|pr|perempuan|laki-laki|jenis kelamin"
    r"|(?:anak|putr[ai]|cucu)(?:nya)?(?: dari)? (?:bu|ibu|pak|bapak|ny\.?|mama|bunda) [\w'’]+"
    rf"|dengan|punya|hamil|hari ini|hasil(?:nya)?|timbangan(?:nya)?)\b|{_WHERE}){{_GAP}}){{0,7}}"
).replace("{_GAP}", _GAP)
_RANGE: Final = r"(?!\s*(?:[-–—/]|sampai|s\.?/?d\.?|hingga)\s*\d)"
_AGE: Final = rf"(?<![\d–-])\d{{1,2}}(?:[.,]\d)?{_RANGE}\s*(?i:bln|bl|bulan|th|thn|tahun|mgg|minggu|hari|hr)\b"
_NUMBER: Final = rf"\d{{1,3}}(?:[.,]\d{{1,2}})?{_RANGE}"
_LABELLED: Final = (
    r"(?:(?i:\b(?:bb|tb|pb|lila|lk|lp|imt|berat(?: badan)?(?:nya)?|tinggi(?: badan)?(?:nya)?"
    r"|panjang(?: badan)?(?:nya)?|lingkar (?:kepala|lengan|perut)(?: atas)?(?:nya)?|timbangan(?:nya)?"
    r"|hb|suhu|gula(?: darah)?(?:nya)?|gds|gdp|kolesterol|asam urat))"
    rf"[\s:=]*(?:(?i:hanya|cuma|baru|sudah|lahir|turun|naik|jadi|menjadi|ke|adalah|badan|tetap)\s+){{0,3}}"
    rf"{_NUMBER}|(?i:\b(?:tensi|tekanan darah|td)(?:nya)?)[\s:=]*\d{{2,3}}\s*/\s*\d{{2,3}}"
    r")"
)
_BARE: Final = rf"\b{_NUMBER}\s*(?i:kg|kilo(?:gram)?|cm|senti|ons|gram|gr)\b"
_MEASURE: Final = rf"(?:{_LABELLED}|{_BARE})"
_ILL: Final = (
    r"(?i:stunting|stanting|gizi (?:buruk|kurang|lebih)|kurang gizi|wasting|bgm|tbc?|hiv|aids|sifilis"
    r"|(?:di )?bawah garis (?:merah|kuning)|hepatitis|kek|anemia|odgj|epilepsi|kusta|dbd|campak|diare|obesitas|kurus|hamil di luar nikah)\b"
)
_HAS: Final = (
    r"(?i:mengalami|menderita|terkena|kena|positif|divonis|didiagnosis|didiagnosa|dinyatakan|termasuk"
    r"|masuk(?: kategori)?|terindikasi|suspek|mengidap|masih|ternyata|adalah(?: anak| balita)?)"
)
_SICK_GROUP: Final = (
    r"(?i:\b(?:balita|bayi|anak|warga|ibu hamil|bumil|pasien|penderita|kasus|lansia|remaja|daftar"
    rf"|nama)\b(?: (?:yang|dengan|terkena|mengalami|positif))*\s+{_ILL})"
)
_NEAR: Final = r"[^\n]{0,50}?"

_BORN_WITH: Final = r"(?i:lahir(?:nya)?(?: dengan)?(?: berat)?)\s+\d{1,2}(?:[.,]\d{1,3})?\s*(?i:kg|kilo|gram|gr|cm)\b"
_WHO: Final = (rf"(?<![\w.]){_NAME}", _CUED)
_SMALL: Final = (
    r"(?m:^)[\s\d.)•*–-]*(?P<name>[a-z'’]{3,}(?: [a-z'’]{3,})?)\s*[,;(|]\s*(?:(?:umur|usia)\s+)?"
)
_SMALL_BARE: Final = r"(?m:^)[\s\d.)•*–-]*(?P<name>[a-z'’]{3,}(?: [a-z'’]{3,})?)\s+"
_WEIGHED: Final = (
    r"(?i:\b(?:timbang|menimbang|berat|bb|ukur|hasil)(?:an|nya|annya)?"
    r"(?: (?:timbang(?:an)?|ukur|penimbangan|hari ini|bulan ini|tadi|balita|bayi|anak|kita)){0,3})\W{1,3}"
)
_CELL: Final = r"[ ]*[/|;\t][ ]*"
_KILOS: Final = r"(?<![\d.,])[12]?\d[.,]\d{1,2}(?=\s*(?:[/|;\t\n]|$))"
"""A weight without its unit, as it stands in a column."""
_OF: Final = r"(?i:milik|punya|atas nama|a/n|an\.)"
_NAMELY: Final = r"\s*(?:[:=–—-]|(?i:yaitu|adalah|bernama|atas nama|a/n))\s*(?:\d+[.)]\s*)?"
_LIVES: Final = r"(?:(?i:tinggal|rumah(?:nya)?|alamat(?:nya)?|di|beralamat){_GAP})*".replace(
    "{_GAP}", _GAP
)

_ENTRIES: Final = tuple(
    (re.compile(needed), tuple(map(re.compile, patterns)))
    for needed, patterns in (
        (
            _MEASURE,
            (
                *(rf"{who}{_BETWEEN}{_AGE}(?:{_NEAR}|\s*\n{_NEAR}){_MEASURE}" for who in _WHO),
                *(rf"{who}{_BETWEEN}{_LABELLED}" for who in _WHO),
                rf"{_CUED}{_BETWEEN}{_BARE}",
                rf"(?<![\w.]){_NAME}{_BETWEEN}{_BORN_WITH}",
                rf"{_CUED}{_BETWEEN}{_BORN_WITH}",
                rf"(?<![\w.]){_NAME}{_BETWEEN}\d{{1,2}}[.,]\d\s*(?i:kg)\b{_GAP}(?:(?i:umur|usia)\s+)?{_AGE}",
                rf"(?<![\w.]){_NAME}\s+(?i:naik|turun)\s+{_BARE}{_NEAR}{_BARE}",
                rf"{_WEIGHED}{_NAME}{_BETWEEN}{_BARE}",
                rf"{_MEASURE}{_NEAR}\b{_OF}\s+{_NAME}",
                rf"{_SMALL}{_AGE}{_NEAR}{_MEASURE}",
                rf"{_SMALL_BARE}{_AGE}{_GAP}{_LABELLED}",
                rf"{_AGE}{_NEAR}{_MEASURE}\s*[(–—-]+\s*{_NAME}",
            ),
        ),
        (
            _ILL,
            (
                *(rf"{who}{_BETWEEN}(?:{_HAS}\s+){{1,2}}{_ILL}" for who in _WHO),
                *(rf"{who}{_BETWEEN}{_WHERE}{_GAP}(?:{_HAS}\s+)*{_ILL}" for who in _WHO),
                *(rf"{who}{_BETWEEN}{_AGE}{_GAP}(?:{_HAS}\s+)*{_ILL}" for who in _WHO),
                rf"{_SICK_GROUP}{_NAMELY}{_NAME}",
                rf"\(\s*{_NAME}\s*\)\s*(?:{_HAS}\s+)*{_ILL}",
                rf"(?i:\bkms)\s+(?:(?i:milik|punya|si|dek|adik|ananda)\s+)?{_NAME}{_NEAR}{_ILL}",
            ),
        ),
        (  # a row of a table, whose head says what its columns are
            _KILOS,
            (
                rf"(?<![\w.]){_NAME}{_CELL}(?:[LPlp]{_CELL})?{_AGE}{_CELL}{_KILOS}",
                rf"(?<![\w.]){_NAME}{_CELL}(?:[LPlp]{_CELL})?\d{{1,2}}{_CELL}{_KILOS}{_CELL}\d{{2,3}}(?![.,]?\d)",
            ),
        ),
        (
            _WHERE,
            (rf"{_CUED}{_BETWEEN}{_AGE}{_NEAR}{_WHERE}", rf"{_CUED}{_GAP}{_LIVES}{_WHERE}"),
        ),
    )
)
"""What must stand in a text at all, as most have none of it, and how an entry about a person is set."""

_PLACES: Final = frozenset(
    re.findall(
        r"\S+",
        """
        posyandu desa kelurahan kel kec kecamatan kabupaten kota provinsi rt rw puskesmas pustu polindes
        poskesdes balai gedung dusun kampung jalan gang komplek perumahan blok sd smp sma paud tk masjid
        mushola musholla langgar kantor rumah dinas pkk gereja pura vihara pasar lapangan aula pos
        """,
    )
)
_CALLED: Final = frozenset({"ibu", "bunda", "ayah", "bapak", "kader", "mama", "kakak", "warga"})
"""Who is spoken to ends a call ("Sabar, Ibu"), never a name."""
_COMMON: Final = frozenset(
    re.findall(
        r"\S+",
        """
        bayi balita batita baduta anak ananda adik adek dek kakak ibu bu bapak pak ayah bunda mama papa
        nenek kakek kader bidan perawat dokter petugas warga remaja lansia bumil busui pasien keluarga
        orang orangtua tetangga peserta siswa murid usia umur berat bb tinggi tb panjang pb lingkar lila
        kepala lengan badan hasil timbang timbangan ukur pengukuran penimbangan naik turun tetap normal
        kurang lebih rata-rata rata rerata minimal maksimal paling sekitar kira-kira antara batas target
        standar ideal sehat gizi buruk baik stunting kurus gemuk buku kia kms kartu jadwal hari tanggal
        jam pukul bulan tahun minggu senin selasa rabu kamis jumat sabtu januari februari maret april
        mei juni juli agustus september oktober november desember vitamin imunisasi vaksin dosis tablet
        kapsul obat susu asi mpasi pmt makan makanan minum air nasi telur ikan hati ayam daging sayur
        buah garam gula porsi sendok gelas piring cangkir kali setiap tiap mulai sejak sampai hingga
        dari pada untuk dengan di ke yang ini itu dan atau jika kalau bila apabila ketika saat waktu
        sebelum sesudah setelah selama supaya agar karena sebab contoh misalnya ayo mari yuk datang bawa
        kita kami anda saya dia mereka semua setiap para banyak ada tidak bukan belum sudah akan bisa
        dapat harus boleh jangan perlu wajib cek periksa pantau pastikan kenali cegah catat tanya jawab
        terima kasih selamat hebat alhamdulillah syukur luar biasa juara lomba program kegiatan kelas
        sesi laporan rekap data jumlah total persen indonesia nusantara nasional kemenkes who idai bkkbn
        brin permenkes perempuan laki-laki laki putra putri cewek cowok kecil besar tua muda baru lahir
        prematur bblr pertama kedua ketiga satu dua tiga empat lima enam tujuh delapan sembilan sepuluh
        seorang seekor tersebut kamu aku ia beliau begitu jadi hanya cuma seberat setinggi buah hati
        tersayang cantik ganteng pintar anak-anak ibu-ibu bayi-bayi tekanan tensi suhu kolesterol asam
        darah hb hemoglobin lahirnya rujuk segera waspada bahaya tanda gejala penyakit kasus nama
        namanya alamat nomor no tabel grafik garis merah hijau kuning pita alat dacin infantometer
        campak rubela rubella polio bcg dpt hib rotavirus pneumokokus pcv ipv
        mikrotoisa antropometri trimester hamil kehamilan menyusui nifas melahirkan persalinan janin
        kandungan tumbuh kembang pertumbuhan perkembangan
        menu resep bubur kue snack bekal camilan paket harga stok sabar semangat bagus kenaikan penurunan
        penting ingat simpan sediakan siapkan berikan beri tambah kurangi olah masak rebus kukus sambal minyak
        beras terigu tempe tahu kacang pisang pepaya wortel bayam singkong ubi jagung roti biskuit
        """,
    )
)
"""Words that begin an entry or a sentence about a group, and so are no names."""


def _is_name(said: str, known: frozenset[str], *, any_case: bool) -> bool:
    """Whether some words are a person's name; after a cue ("Ananda") a small letter may begin it."""
    words = [word.strip(".'’").casefold() for word in said.split()]
    if words[0] in _PLACES or words[-1] in _CALLED:
        return False
    left = [
        word
        for word in words
        if word not in _COMMON and word not in known and not word.endswith("nya") and len(word) > 2
    ]
    return bool(left) and (
        not any_case or words[0] not in _COMMON or said.rsplit(maxsplit=1)[-1][:1].isupper()
    )
