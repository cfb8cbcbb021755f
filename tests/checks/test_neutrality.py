"""In election time nobody who can be voted for is named or hinted at; everyday words stay free."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from content_kit.checks import Case, check_post, neutrality
from content_kit.files import bundled
from content_kit.files.templates import FieldSpec, Template
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding, Level
from content_kit.model import Channel, Photo, Post, Posyandu
from content_kit.planning.library import load_library

MakePost = Callable[..., Post]
MakeTemplate = Callable[..., Template]
Look = Callable[..., list[Finding]]


@pytest.fixture
def look(melati: Posyandu, make_post: MakePost) -> Look:
    """The findings on one sentence, in election time unless said otherwise."""

    def found(text: str, *, election: bool = True) -> list[Finding]:
        return list(
            neutrality.words(Case(make_post(fields={"judul": text}), melati, election=election))
        )

    return found


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Ditimbang bersama Bupati H. Saidi", "bersama Bupati H. Saidi"),
        ("Terima kasih Wakil Gubernur Hasnur!", "Wakil Gubernur Hasnur"),
        ("Wali Kota Banjarbaru hadir", "Wali Kota Banjarbaru"),
        ("Walikota Banjarbaru hadir", "Walikota Banjarbaru"),
        ("*Bupati* Saidi datang", "Bupati Saidi"),
        ("KUNJUNGAN BUPATI SAIDI", "BUPATI SAIDI"),
        ("anggota dewan Budi ikut menimbang", "anggota dewan Budi"),
        ("Ketua DPRD Rusli membuka acara", "Ketua DPRD Rusli"),
        ("Anggota DPR RI Dapil 1", "Anggota DPR RI Dapil"),
        ("Sambutan bapak bupati di posyandu", "bapak bupati"),
        ("Kegiatan dihadiri wakil bupati", "dihadiri wakil bupati"),
        ("Salam dari bupati kita", "bupati kita"),
        ("Ayo foto #BupatiSaidi", "BupatiSaidi"),
        ("Foto bersama calon bupati", "calon bupati"),
        ("calon wakil wali kota", "calon wakil wali kota"),
        ("bakal calon pambakal desa ini", "bakal calon pambakal"),
        ("Cabup nomor dua", "Cabup"),
        ("para caleg ikut", "caleg"),
        ("Paslon 02 siap", "Paslon"),
        ("#paslon02", "paslon"),
        ("pasangan calon pilihan warga", "pasangan calon"),
        ("Bantuan dari Partai Maju", "Partai"),
        ("logo partai.", "partai"),
        ("Kaus Golkar", "Golkar"),
        ("Kampanye akbar hari Minggu", "Kampanye akbar"),
        ("Simak visi misi beliau", "visi misi"),
        ("visi dan misi calon", "visi dan misi"),
        ("Jangan lupa partai kita", "partai"),
        ("tidak hanya caleg yang datang", "caleg"),
        ("Dukung terus program bupati", "Dukung terus program bupati"),
        ("pilih kotak kosong", "pilih kotak kosong"),
        ("2019 ganti presiden", "ganti presiden"),
        ("Lanjutkan dua periode!", "Lanjutkan dua periode"),
        ("Birukan TPS", "Birukan TPS"),
        ("nomor urut 2", "nomor urut 2"),
        ("Nomor urut satu, ya!", "Nomor urut satu"),
        ("Ayo pilih nomor 1!", "pilih nomor 1"),
        ("pilih no. 3", "pilih no. 3"),
        ("#PilihNomor2", "PilihNomor2"),
        ("Pilih 02, ya", "Pilih 02"),
        ("Besok coblos ya", "coblos"),
        ("Jangan coblos nomor 1", "coblos"),
        ("Foto dengan salam dua jari", "salam dua jari"),
        ("Salam 1 jari!", "Salam 1 jari"),
        ("#SalamDuaJari", "SalamDuaJari"),
        ("Pose tiga jari", "Pose tiga jari"),
    ],
)
def test_what_takes_sides_is_found(text: str, quoted: str, look: Look) -> None:
    finding = look(text)[0]
    assert (finding.code, finding.level) == ("tidak-netral", Level.ERROR)
    assert finding.message == f'"{quoted}" tidak netral pada masa pemilu.'
    assert finding.hint
    assert look(text, election=False) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ambil nomor antrean di meja pertama",
        "Ambil nomor urut 5 di meja pendaftaran",
        "Nomor urut 1 sampai 20 dilayani lebih dulu",
        "Nomor urut 1–20 pagi hari",
        "Panggilan nomor urut tiga",
        "Kampanye cuci tangan pakai sabun",
        "Kampanye anti kekerasan terhadap perempuan",
        "Ikut kampanye imunisasi, yuk!",
        "Ayah, dukung ibu menyusui",
        "Kegiatan ini didukung puskesmas dan dinas",
        "Terpilih ketua kader yang baru",
        "Pilih nomor antrean 5",
        "Pilih 08.00 atau 09.00",
        "Pilih 08 Desember atau 10 Desember",
        "Pilih dua lauk tiap makan",
        "Calon pengantin, ayo periksa",
        "Pasangan calon pengantin dan calon ibu",
        "Calon kader baru dicari",
        "Visi misi posyandu kita",
        "Visi dan misi Puskesmas",
        "Beli beras partai besar",
        "Halaman Kantor Bupati Banjar",
        "HALAMAN KANTOR BUPATI BANJAR",
        "Jl. Gubernur Soebardjo RT 05",
        "Jalan Gubernur Syarkawi",
        "Sumber: Peraturan Bupati Banjar Nomor 3",
        "SK Gubernur Kalsel, Peraturan Presiden Nomor 72",
        "Libur karena pemilihan Bupati Banjar",
        "Turnamen Bupati Cup",
        "Surat ini ditandatangani bupati.",
        "Orang tua atau wali anak, wali kelas",
        "Anggota dewan guru ikut",
        "Ketua TP Posyandu, ketua RT, dan kepala desa",
        "Petugas PKB dan PLKB hadir",
        "Tanpa atribut partai, ya",
        "Posyandu tidak mendukung paslon mana pun",
        "Dilarang membawa lambang partai",
        "Dua jari di bawah pusar",
        "Cuci sela-sela jari, lima jari sekaligus",
        "Dua jempol untuk kader!",
        "Salam sehat dari kami",
        "Hijaukan banua dengan tanaman obat",
        "Balon dan lomba mewarnai",
        "Kampanye ASI: 2 periode menyusui",
        "RW 05, 01 Desember 2026, 0812-0000-0000",
    ],
)
def test_everyday_words_stay_free(text: str, look: Look) -> None:
    assert look(text) == []


def test_nothing_in_the_library_takes_sides(look: Look) -> None:
    entries, _ = load_library(Workspace(bundled.root()))
    assert entries
    for entry in entries:
        said = [entry.title, entry.label, entry.closing, *entry.hashtags]
        said += [words for point in entry.points for words in (point.title, point.text)]
        assert look(". ".join(said)) == [], entry.id


def test_long_hostile_texts_are_read_quickly(look: Look) -> None:
    for part in ("a", "bupati ", "tidak ", "calon  ", " ", "pilih nomor 1", "1", "Bupati A", "-"):
        look(f"tidak dukung bupati {part * 20_000}")


def test_a_caption_that_repeats_a_field_is_told_once(
    melati: Posyandu, make_post: MakePost, channels: Mapping[str, Channel]
) -> None:
    post = make_post(fields={"judul": "Salam dua jari"})
    captions = {"wa-grup": "*Salam dua jari*", "fb": "Besok. Salam dua jari\n\n#Pemilu"}
    for election in (True, False):
        found = check_post(post, melati, captions=captions, channels=channels, election=election)
        codes = [each.code for each in found if each.code == "tidak-netral"]
        assert codes == ["tidak-netral"] * election


def test_photos_are_a_question_once_a_post_in_election_time(
    melati: Posyandu, make_post: MakePost, make_template: MakeTemplate
) -> None:
    template = make_template(
        FieldSpec("foto", "Foto", type="photo"), FieldSpec("dua", "Foto kedua", type="photo")
    )
    post = make_post(fields={"foto": "a.jpg", "dua": "b.jpg"})
    photos: Mapping[str, Photo] = {}
    (finding,) = neutrality.photos(
        Case(post, melati, template=template, photos=photos, election=True)
    )
    assert (finding.code, finding.level) == ("periksa-foto-pemilu", Level.INFO)
    assert finding.hint == "Pastikan tidak ada calon atau lambang partai di foto."
    assert not list(neutrality.photos(Case(post, melati, template=template)))
    assert not list(neutrality.photos(Case(make_post(), melati, election=True)))
