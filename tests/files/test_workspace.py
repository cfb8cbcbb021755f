"""A workspace loads whatever it can and tells the rest with file, line and what to do."""

from __future__ import annotations

import os
import random
import time as clock
from datetime import date, time
from pathlib import Path

import pytest

from content_kit.errors import UsageError
from content_kit.files import bundled
from content_kit.files.workspace import Loaded, Workspace
from content_kit.findings import Finding, Place
from content_kit.model import (
    Audience,
    Bidang,
    Change,
    CheckState,
    Consent,
    HolidayKind,
    Hours,
    OccurrenceRef,
    PeopleInPhoto,
    Photo,
    Pillar,
    Source,
    Zone,
)

POSYANDU = """\
id: contoh-desa-contoh-melati
nama: Posyandu Melati
desa: Desa Contoh
kecamatan: Kecamatan Contoh
kabupaten: Kabupaten Contoh
kode_wilayah: "63.00"
zona: WITA
rekaan: ya
kontak: {whatsapp: "0812-0000-0000", facebook: Posyandu Melati Desa Contoh}
palet: teluk
logo: [desa.png]
hari_buka:
  - id: bulanan
    nama: Hari buka
    sasaran: [bayi, balita_apras]
    aturan: selasa ke-2
    jam: 08.00-11.00
    tempat: Balai RW 05
    layanan: [timbang, imunisasi]
    bawa: [Buku KIA]
    perubahan:
      - {tanggal: 2027-01-12, pindah_ke: 2027-01-13, alasan: Balai dipakai rapat desa}
      - {tanggal: 2027-02-09, batal: ya}
      - {tanggal: 2027-03-09, kunjungan_rumah: ya, jam: 09.00-12.00, tempat: Rumah warga}
"""
MONTH = """\
bulan: 2026-12
postingan:
  - id: m4x7q2
    tanggal: 2026-12-07
    jam: "18.30"
    jenis: jadwal
    bidang: kesehatan
    sasaran: [balita_apras]
    model: jadwal-kartu
    kanal: [wa-grup, fb]
    acara: {hari_buka: bulanan, tanggal: 2026-12-08}
    petugas: kader-1
    isi:
      judul: Besok kita buka, ayo datang!
      langkah: [satu, {judul: dua}]
    sumber:
      - {nama: Buku KIA 2024, cek: V, fakta: Timbang tiap bulan, ditelaah: Bidan Desa}
    tagar: ["#PosyanduMelati", AyoKePosyandu]
    teks_alt: Kartu jadwal
    palet: daun
  - id: k2k2k2
    tanggal: 2026-12-03
    jam: 07.00
    jenis: edukasi
    model: edukasi-langkah
"""
PHOTOS = """\
foto:
  - berkas: ibu.jpg
    orang: dewasa
    fokus: [0.5, 0.4]
    izin: {nomor: F-01, tujuan: promosi, kanal: [fb], tanggal: 2026-11-01, berlaku_sampai: 2027-11-01}
  - {berkas: gedung.jpg, orang: tidak_ada}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    unit = tmp_path / "calendars" / "melati"
    unit.mkdir(parents=True)
    write(unit / "posyandu.yaml", POSYANDU)
    write(unit / "2026-12.yaml", MONTH)
    write(unit / "foto.yaml", PHOTOS)
    return tmp_path


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def load(root: Path, *months: date) -> Loaded:
    return Workspace.open(root).load(months or None)


def codes(loaded: Loaded) -> list[str]:
    return [finding.code for finding in loaded.findings]


def only(loaded: Loaded) -> Finding:
    assert len(loaded.findings) == 1, [finding.sentence() for finding in loaded.findings]
    return loaded.findings[0]


def test_everything_is_read(root: Path) -> None:
    write(
        root / "calendars" / "kantor.yaml",
        "nama: Dinas\nkanal: [ig]\ngambar_kb: 300\nmasa_pemilu: ya\n",
    )
    write(
        root / "calendars" / "orang.yaml",
        "orang:\n  - {id: kader-1, nama: Kader Satu, unit: [melati]}\n",
    )
    loaded = load(root)
    assert loaded.findings == ()
    melati = loaded.posyandu["melati"]
    assert (melati.id, melati.zone, melati.fictional) == (
        "contoh-desa-contoh-melati",
        Zone.WITA,
        True,
    )
    assert melati.region_code == "63.00"
    assert melati.contact.whatsapp == "0812-0000-0000"
    assert melati.logos == ("desa.png",)
    day = melati.service_days[0]
    assert (day.rule, day.hours, day.services) == (
        "selasa ke-2", Hours(time(8), time(11)), ("timbang", "imunisasi"),
    )  # fmt: skip
    assert day.rule_at.line == 16
    assert day.changes == (
        Change(date(2027, 1, 12), "Balai dipakai rapat desa", date(2027, 1, 13)),
        Change(date(2027, 2, 9), cancelled=True),
        Change(
            date(2027, 3, 9), place="Rumah warga", hours=Hours(time(9), time(12)), home_visit=True
        ),
    )
    assert [post.id for post in loaded.posts()] == ["k2k2k2", "m4x7q2"]
    post = loaded.posts("melati")[1]
    assert (post.date, post.time, post.pillar, post.bidang) == (
        date(2026, 12, 7), time(18, 30), Pillar.JADWAL, Bidang.KESEHATAN,
    )  # fmt: skip
    assert post.audience == (Audience.BALITA_APRAS,)
    assert post.channels == ("wa-grup", "fb")
    assert post.occurrence == OccurrenceRef("bulanan", date(2026, 12, 8))
    assert post.duty == "kader-1"
    assert post.fields == {
        "judul": "Besok kita buka, ayo datang!", "langkah": ("satu", {"judul": "dua"}),
    }  # fmt: skip
    assert post.sources == (
        Source("Buku KIA 2024", CheckState.VERIFIED, "Timbang tiap bulan", "Bidan Desa"),
    )
    assert post.hashtags == ("PosyanduMelati", "AyoKePosyandu")
    assert (post.alt_text, post.palette) == ("Kartu jadwal", "daun")
    assert post.place("isi.langkah.1.judul") == Place(
        "calendars/melati/2026-12.yaml", 15, 31, "postingan[m4x7q2].isi.langkah.1.judul"
    )
    assert post.place("isi.tidak.ada").line == 14
    assert loaded.posts()[0].channels == ("ig",)
    assert loaded.office.byte_budget == 300_000
    assert loaded.office.election_mode
    assert loaded.people["kader-1"].name == "Kader Satu"
    assert loaded.photos["melati"]["ibu.jpg"] == Photo(
        "ibu.jpg", PeopleInPhoto.ADULTS, (0.5, 0.4),
        Consent("F-01", "promosi", ("fb",), date(2026, 11, 1), date(2027, 11, 1)),
    )  # fmt: skip


def test_the_sample_has_no_problem() -> None:
    loaded = Workspace.open(bundled.root()).load()
    assert [finding.sentence() for finding in loaded.findings] == []
    assert all(unit.fictional for unit in loaded.posyandu.values())


def test_default_channels_come_from_us_when_the_office_says_none(root: Path) -> None:
    assert load(root).posts()[0].channels == ("wa-grup", "wa-status", "fb")


def test_a_folder_without_calendars_is_not_a_workspace(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="calendars"):
        Workspace.open(tmp_path)


def test_only_the_asked_months_are_read(root: Path) -> None:
    write(root / "calendars" / "melati" / "2027-01.yaml", "rusak: [\n")
    assert codes(load(root, date(2026, 12, 31))) == []
    assert codes(load(root, date(2027, 1, 1))) == ["yaml-rusak"]
    assert load(root, date(2027, 1, 1)).posts() == []


def test_a_broken_post_is_a_finding_and_its_neighbour_loads(root: Path) -> None:
    write(root / "calendars" / "melati" / "2026-12.yaml", MONTH.replace("2026-12-07", "2026-02-30"))
    loaded = load(root)
    assert [post.id for post in loaded.posts()] == ["k2k2k2"]
    assert only(loaded).sentence() == (
        "calendars/melati/2026-12.yaml:4:14: postingan[m4x7q2].tanggal: "
        'tanggal "2026-02-30" tidak ada. Februari 2026 hanya sampai 28.'
    )


@pytest.mark.parametrize(
    ("old", "new", "code", "told"),
    [
        ("    jam: 07.00\n", "", "wajib-diisi", 'postingan[k2k2k2].jam: "jam" belum diisi.'),
        ("jam: 07.00", "jam: 07.60", "jam-salah", "postingan[k2k2k2].jam: jam"),
        ("jenis: edukasi", "jenis: edukas", "nilai-salah", 'Maksudnya "edukasi"?'),
        ("model: edukasi-langkah", "modl: x", "wajib-diisi", "model"),
        ("    petugas:", "    petugass:", "kunci-tidak-dikenal", 'Maksudnya "petugas"?'),
        ("bulan: 2026-12", "bulan: 2026-11", "tanggal-beda", "padahal nama berkas ini 2026-12"),
        ("bulan: 2026-12\n", "", "wajib-diisi", "bulan"),
        ("2026-12-03", "2027-01-03", "tanggal-beda", "Pindahkan postingan ini ke berkas 2027-01"),
        ("  - id: k2k2k2\n    t", "  - t", "id-kosong", "postingan[2].id"),
        ("id: k2k2k2", "id: Kaká", "nilai-salah", "huruf kecil dan angka"),
        ("id: k2k2k2", "id: m4x7q2", "id-ganda", "sudah dipakai"),
        ("AyoKePosyandu", "Ayo Ke", "nilai-salah", "tagar"),
        ("cek: V", "cek: X", "nilai-salah", "sumber[Buku KIA 2024].cek"),
        ("{hari_buka: bulanan, tanggal: 2026-12-08}", "bulanan", "nilai-salah", "acara"),
    ],
)
def test_each_slip_is_told(root: Path, old: str, new: str, code: str, told: str) -> None:
    write(root / "calendars" / "melati" / "2026-12.yaml", MONTH.replace(old, new))
    loaded = load(root)
    finding = next(found for found in loaded.findings if found.code == code)
    assert told in finding.sentence()
    assert finding.place.file == "calendars/melati/2026-12.yaml"
    assert finding.place.line >= 1
    if "postingan" in finding.place.field:
        assert len(loaded.posts()) >= 1


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("zona: WITA", "zona: WAT", "nilai-salah"),
        ("zona: WITA\n", "", "wajib-diisi"),
        ("08.00-11.00", "08.00-07.00", "jam-salah"),
        ("[bayi, balita_apras]", "[bayi, blita_apras]", "nilai-salah"),
        ("pindah_ke: 2027-01-13", "pindah_ke: besok", "tanggal-salah"),
        ("logo: [desa.png]", "logo: [../../rahasia.png]", "jalur-terlarang"),
        ("logo: [desa.png]", "logo: [CON]", "jalur-terlarang"),
        ("batal: ya}", "batal: ya, pindah_ke: 2027-02-10}", "nilai-salah"),
        ("tanggal: 2027-02-09", "tanggal: 2027-01-12", "id-ganda"),
        ("nama: Posyandu Melati\n", "", "wajib-diisi"),
    ],
)
def test_slips_in_posyandu_yaml(root: Path, old: str, new: str, code: str) -> None:
    write(root / "calendars" / "melati" / "posyandu.yaml", POSYANDU.replace(old, new, 1))
    loaded = load(root)
    finding = only(loaded)
    assert finding.code == code
    assert finding.place.file == "calendars/melati/posyandu.yaml"
    assert ("melati" in loaded.posyandu) == ("zona" not in old)
    assert bool(loaded.posts()) == ("zona" not in old)


def test_a_change_that_cannot_be_read_does_not_leave_the_old_day_in_force(root: Path) -> None:
    broken = POSYANDU.replace("pindah_ke: 2027-01-13", "pindah_ke: 2027-01-32")
    write(root / "calendars" / "melati" / "posyandu.yaml", broken)
    loaded = load(root)
    assert codes(loaded) == ["tanggal-salah"]
    changes = loaded.posyandu["melati"].service_days[0].changes
    assert date(2027, 1, 12) not in [change.date for change in changes]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("orang: dewasa", "orang: bayi", "nilai-salah"),
        ("    orang: dewasa\n", "", "wajib-diisi"),
        ("[0.5, 0.4]", "[0.5, 4]", "nilai-salah"),
        ("[0.5, 0.4]", "[0.5]", "nilai-salah"),
        ("[0.5, 0.4]", "[nan, 0.5]", "nilai-salah"),
        ("berkas: gedung.jpg", "berkas: ../gedung.jpg", "jalur-terlarang"),
        ("berkas: gedung.jpg", "berkas: ibu.jpg", "id-ganda"),
        ("nomor: F-01, ", "", "wajib-diisi"),
        ("2027-11-01", "kapan-kapan", "tanggal-salah"),
    ],
)
def test_slips_in_foto_yaml_never_widen_a_consent(
    root: Path, old: str, new: str, code: str
) -> None:
    write(root / "calendars" / "melati" / "foto.yaml", PHOTOS.replace(old, new))
    loaded = load(root)
    assert only(loaded).code == code
    photo = loaded.photos["melati"]["ibu.jpg"]
    if "orang" in old:
        assert photo.people is PeopleInPhoto.CHILDREN
    if "nomor" in old or "2027" in old:
        assert photo.consent is None


def test_a_copied_post_keeps_its_picture_under_a_made_id(root: Path) -> None:
    january = MONTH.replace("2026-12", "2027-01").replace("k2k2k2", "j3j3j3")
    write(root / "calendars" / "melati" / "2027-01.yaml", january)
    loaded = load(root)
    finding = only(loaded)
    assert (finding.code, finding.place.line, finding.place.file) == (
        "id-ganda", 3, "calendars/melati/2027-01.yaml",
    )  # fmt: skip
    ids = [post.id for post in loaded.posts()]
    assert len(set(ids)) == 4
    assert ids == [post.id for post in load(root).posts()]


def test_a_made_id_depends_on_the_content_not_on_the_place(root: Path) -> None:
    path = root / "calendars" / "melati" / "2026-12.yaml"
    write(path, MONTH.replace("  - id: k2k2k2\n    t", "  - t"))
    before = {post.date: post.id for post in load(root).posts()}
    text = path.read_text(encoding="utf-8")
    second = "  - tanggal: 2026-12-03" + text.split("  - tanggal: 2026-12-03")[1]
    write(path, text.replace(second, "").replace("postingan:\n", "postingan:\n" + second))
    loaded = load(root)
    assert {post.date: post.id for post in loaded.posts()} == before
    assert only(loaded).code == "id-kosong"


def test_ids_are_written_into_the_file_and_nothing_else(root: Path) -> None:
    path = root / "calendars" / "melati" / "2026-12.yaml"
    text = "# catatan\n" + MONTH.replace("  - id: k2k2k2\n    t", "  - t").replace(
        "id: m4x7q2", "id:"
    )
    write(path, text)
    filled = Workspace(root).fill_ids(None, random.Random(7))
    assert filled == {"calendars/melati/2026-12.yaml": 2}
    after = path.read_text(encoding="utf-8")
    loaded = load(root)
    assert loaded.findings == ()
    ids = [post.id for post in loaded.posts()]
    assert all(len(id) == 6 and id[0].isalpha() and not set(id) & set("01ilo") for id in ids)
    for id in ids:
        after = (
            after.replace(f"  - id: {id}\n    t", "  - t", 1)
            if f"  - id: {id}\n    tanggal: 2026-12-03" in after
            else after.replace(f" {id}", "", 1)
        )
    assert after == text
    assert Workspace(root).fill_ids(None, random.Random(7)) == {}


def test_the_same_unit_twice_is_told(root: Path) -> None:
    write(root / "calendars" / "salinan" / "posyandu.yaml", POSYANDU)
    assert codes(load(root)) == ["folder-salinan"]


def test_months_without_a_posyandu_are_told_not_rendered(root: Path) -> None:
    write(root / "calendars" / "mawar" / "2026-12.yaml", MONTH)
    loaded = load(root)
    assert only(loaded).place == Place("calendars/mawar/posyandu.yaml", 1, 1)
    assert {post.unit for post in loaded.posts()} == {"melati"}


def test_the_shared_folder_is_not_a_unit(root: Path) -> None:
    write(root / "calendars" / "bersama" / "2026-12.yaml", "apa: saja\n")
    write(root / "calendars" / ".git" / "x.yaml", "a: b\n")
    assert load(root).findings == ()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("2026-12.sync-conflict-20261201-101010-ABCDEFG.yaml", "salinan-bentrok"),
        ("2026-12 (Budi's conflicted copy 2026-12-01).yaml", "salinan-bentrok"),
        ("2026-12 (1).yaml", "salinan-bentrok"),
        ("2026-12.bentrok-a1b2c3.yaml", "salinan-bentrok"),
        ("2026-12 - Copy.yaml", "salinan-bentrok"),
        ("2026-13.yaml", "berkas-tidak-terbaca"),
        ("desember.yaml", "berkas-tidak-terbaca"),
        ("2026-12.yml", "berkas-tidak-terbaca"),
        ("posyandu.yml", "berkas-tidak-terbaca"),
    ],
)
def test_strange_files_beside_a_calendar_are_told(root: Path, name: str, code: str) -> None:
    write(root / "calendars" / "melati" / name, MONTH)
    finding = only(load(root))
    assert finding.code == code
    assert finding.place.file == f"calendars/melati/{name}"


def test_markers_of_git_are_recognised(root: Path) -> None:
    text = MONTH.replace("    petugas", "<<<<<<< HEAD\n    petugas: a\n=======\n    petugas", 1)
    write(root / "calendars" / "melati" / "2026-12.yaml", text)
    finding = only(load(root))
    assert (finding.code, finding.place.line) == ("salinan-bentrok", 12)


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_that_leave_the_workspace_are_refused(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    write(outside / "2026-11.yaml", MONTH)
    (root / "calendars" / "melati" / "2026-11.yaml").symlink_to(outside / "2026-11.yaml")
    (root / "calendars" / "tamu").symlink_to(outside)
    loaded = load(root)
    assert codes(loaded) == ["jalur-terlarang", "jalur-terlarang"]
    os.mkfifo(root / "calendars" / "melati" / "2026-10.yaml")
    assert "berkas-tidak-terbaca" in codes(load(root))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "berkas-kosong"),
        (b"# tidak ada apa-apa\n", "berkas-kosong"),
        (b"- a\n", "yaml-rusak"),
        (b"a\n", "yaml-rusak"),
        (MONTH.encode("utf-16"), "berkas-tidak-terbaca"),
        (b"\xef\xbb\xbf" + MONTH.replace("\n", "\r\n").encode(), None),
        (MONTH.replace("    tanggal", "\ttanggal", 1).encode(), "yaml-rusak"),
        (MONTH.encode() + b"\0", "yaml-rusak"),
        (MONTH.encode() + b"#" * 5_000_000, "batas-terlampaui"),
        (b"[" * 50_000, "yaml-terlarang"),
        (b"bulan: 2026-12\npostingan:\n" + b"  - {}\n" * 5_001, "batas-terlampaui"),
        (b"bulan: 2026-12\npostingan: x\n", "nilai-salah"),
        (b"bulan: 2026-12\nbulan: 2026-12\n", "kunci-ganda"),
    ],
)
def test_hostile_files_give_one_plain_sentence(root: Path, data: bytes, code: str | None) -> None:
    (root / "calendars" / "melati" / "2026-12.yaml").write_bytes(data)
    loaded = load(root)
    if code is None:
        assert loaded.findings == ()
    else:
        assert only(loaded).code == code
        assert only(loaded).place.line >= 1


def test_a_hundred_thousand_mistakes_are_told_in_time(root: Path) -> None:
    words = ", ".join(f"bayii{n}" for n in range(60_000))
    keys = "".join(f"    kunci{n}: 1\n" for n in range(40_000))
    write(
        root / "calendars" / "melati" / "2026-12.yaml",
        MONTH.replace("[balita_apras]", f"[{words}]") + keys,
    )
    started = clock.process_time()
    loaded = load(root)
    assert clock.process_time() - started < 8
    assert len(loaded.findings) < 400


def test_a_thousand_posts_load_quickly(root: Path) -> None:
    posts = MONTH.split("postingan:\n")[1].split("  - id: k2k2k2", maxsplit=1)[0]
    for month in range(1, 13):
        body = "".join(
            posts.replace("m4x7q2", f"p{month:02d}{n:03d}").replace(
                "2026-12-07", f"2026-{month:02d}-07"
            )
            for n in range(84)
        )
        write(root / "calendars" / "melati" / f"2026-{month:02d}.yaml",
              f"bulan: 2026-{month:02d}\npostingan:\n{body}")  # fmt: skip
    started = clock.process_time()
    loaded = load(root)
    seconds = clock.process_time() - started
    assert loaded.findings == ()
    assert len(loaded.posts()) == 1008
    assert seconds < 3  # 0.8 s of processor time; the rest is room for slower machines


NAUGHTY = [
    "", "null", "~", "true", "NaN", "-1", "1e309", "0x7f", "2026-02-30", "9999-99-99", "[", "]", "{",
    "}", "&a", "*a", "!!int 3", "<<", "---", "'", '"', "|", ">", "?", "- ", ": ", "#", "%", "@", "`",
    "\t", "\x00", "\x1b[31m", "\u202e", "\u2028", "\ufeff", "😀" * 50, "é", "Z̷a̷l̷g̷o̷", "\\", "../../x",
    "{{ ''.__class__ }}", "{% for x in y %}", "$(id)", "%s%n", "<script>", "' OR 1=1", "a" * 5_000,
    "[[[[[[[[[[[[[[[[[[[[[[[[", "{a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: ", "ya", "tidak",
    "２０２６-１２-０７", "24.00", "٣", "\r", "\r\n", "\n\n", "  ", "CON", "\\\\host\\x", "=1+1",
]  # fmt: skip


def mutate(text: str, chance: random.Random) -> bytes:
    lines = text.split("\n")
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(lines))
        kind = chance.randrange(9)
        if kind == 0:
            del lines[at]
        elif kind == 1:
            lines.insert(at, lines[chance.randrange(len(lines))])
        elif kind == 2:
            lines[at] = " " * chance.randint(0, 6) + lines[at].lstrip()
        elif kind == 3:
            key, colon, _ = lines[at].partition(":")
            lines[at] = key + colon + " " + chance.choice(NAUGHTY)
        elif kind == 4:
            column = chance.randint(0, len(lines[at]))
            lines[at] = lines[at][:column] + chance.choice(NAUGHTY) + lines[at][column:]
        elif kind == 5:
            lines[at] = lines[at][: chance.randint(0, len(lines[at]))]
        elif kind == 6:
            other = chance.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        elif kind == 7:
            lines[at] = lines[at].replace(":", chance.choice(["", " :", "::", ": :"]), 1)
        else:
            letters = list(lines[at])
            chance.shuffle(letters)
            lines[at] = "".join(letters)
        lines = lines or [""]
    data = "\n".join(lines).encode("utf-8", "surrogatepass")
    if chance.random() < 0.1 and data:
        position = chance.randrange(len(data))
        data = data[:position] + bytes([chance.randrange(256)]) + data[position + 1 :]
    return data


def mutated(root: Path, count: int, seed: int) -> None:
    chance = random.Random(seed)
    files = {"2026-12.yaml": MONTH, "posyandu.yaml": POSYANDU, "foto.yaml": PHOTOS}
    unit = root / "calendars" / "melati"
    for _ in range(count):
        name = chance.choice(sorted(files))
        data = mutate(files[name], chance)
        (unit / name).write_bytes(data)
        try:
            loaded = load(root)
            posts = loaded.posts()
        except Exception as error:
            raise AssertionError(f"seed {seed}: {data!r}") from error
        for finding in loaded.findings:
            assert finding.place.file == f"calendars/melati/{name}", (seed, data)
            assert finding.place.line >= 1
            assert finding.place.column >= 1
            assert finding.message
            assert len(finding.sentence()) < 600
        for post in posts:
            assert post.unit in loaded.posyandu
            assert post.channels
            assert post.id
        assert len({post.id for post in posts}) == len(posts)
        write(unit / name, files[name])


def test_mutated_calendars_load_or_are_told(root: Path) -> None:
    mutated(root, 500, random.randrange(10**6))


@pytest.mark.slow
def test_ten_thousand_mutated_calendars(root: Path) -> None:
    mutated(root, 10_000, random.randrange(10**6))


def test_templates_and_assets_overlay_but_calendars_never(root: Path) -> None:
    workspace = Workspace.open(root)
    own = bundled.root()
    assert workspace.asset("channels.yaml") == own / "assets" / "channels.yaml"
    assert workspace.template_folder("jadwal-kartu") == own / "templates" / "jadwal-kartu"
    mine = write(root / "assets" / "channels.yaml", "a: b\n")
    write(root / "templates" / "jadwal-kartu" / "template.yaml", "name: x\n")
    write(root / "templates" / "milik-kami" / "template.yaml", "name: x\n")
    assert workspace.asset("channels.yaml") == mine
    assert workspace.template_folder("jadwal-kartu") == root / "templates" / "jadwal-kartu"
    assert "milik-kami" in workspace.template_names()
    assert "_parts" not in workspace.template_names()
    assert workspace.relative(mine) == "assets/channels.yaml"
    assert workspace.relative(own / "templates" / "x") == "templates/x"
    assert set(workspace.load().posyandu) == {"melati"}
    assert "teluk" in workspace.asset_names("palettes", ".yaml")


@pytest.mark.parametrize("name", ["../x", "/etc", "a/b", "..", "", "CON", "_parts", ".git", "x\0"])
def test_no_name_leads_out_of_a_workspace(root: Path, name: str) -> None:
    workspace = Workspace.open(root)
    assert workspace.template_folder(name) is None
    assert workspace.asset(f"../{name}") is None
    assert workspace.template_part(f"../{name}") is None
    assert workspace.asset_names("..", ".yaml") == ()
    if name != "a/b" and not name.startswith(("_", ".g")):
        with pytest.raises(UsageError):
            workspace.photo_path("melati", name)
        with pytest.raises(UsageError):
            workspace.logo_path(name, "x.png")


def test_places_in_turn_are_a_list(tmp_path: Path) -> None:
    text = POSYANDU.replace("tempat: Balai RW 05\n", "tempat: [RT 01, RT 02]\n")
    loaded = Workspace(alone(tmp_path, text)).load()
    (day,) = loaded.posyandu["melati"].service_days
    assert (day.place, day.places) == ("RT 01", ("RT 01", "RT 02"))


def test_the_offices_own_holidays_are_read_and_told_line_by_line(tmp_path: Path) -> None:
    root = alone(tmp_path, POSYANDU)
    (root / "calendars" / "libur.yaml").write_text(
        "libur:\n"
        "  - {tanggal: 2027-03-09, sampai: 2027-03-12, nama: Cuti, jenis: cuti_bersama}\n"
        "  - {tanggal: 2027-03-09, sampai: 2027-01-01, nama: Terbalik}\n"
        "  - {tanggal: 2027-03-32, nama: Tidak ada}\n"
        "  - {tanggal: 2027-08-14, nama: Hari Jadi, jenis: pesta}\n",
        encoding="utf-8",
    )
    loaded = Workspace(root).load()
    assert [(row.first, row.last, row.kind) for row in loaded.holidays] == [
        (date(2027, 3, 9), date(2027, 3, 12), HolidayKind.CUTI_BERSAMA),
        (date(2027, 8, 14), date(2027, 8, 14), HolidayKind.LIBUR),
    ]
    assert [(found.code, found.place.line) for found in loaded.findings] == [
        ("tanggal-salah", 3),
        ("tanggal-salah", 4),
        ("nilai-salah", 5),
    ]


def alone(tmp_path: Path, text: str) -> Path:
    """A workspace with one unit and nothing else."""
    folder = tmp_path / "calendars" / "melati"
    folder.mkdir(parents=True)
    (folder / "posyandu.yaml").write_text(text, encoding="utf-8")
    return tmp_path
