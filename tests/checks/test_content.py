"""What a post may say: fields as the template asks, no miracle cures."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from content_kit.checks import Case, content
from content_kit.files.templates import FieldSpec, Template
from content_kit.findings import Finding, Place
from content_kit.model import Post, Posyandu

MakePost = Callable[..., Post]
MakeTemplate = Callable[..., Template]

STEPS = FieldSpec(
    "langkah",
    "Langkah",
    type="list",
    min=2,
    max=3,
    items=(FieldSpec("judul", "Judul langkah", max=10), FieldSpec("isi", "Isi", optional=True)),
)


def codes(findings: list[Finding]) -> list[str]:
    assert all(finding.hint and finding.post for finding in findings)
    return [finding.code for finding in findings]


@pytest.fixture
def fields(
    melati: Posyandu, make_post: MakePost, make_template: MakeTemplate
) -> Callable[..., list[Finding]]:
    def found(values: Mapping[str, object], *specs: FieldSpec) -> list[Finding]:
        post = make_post(fields=values, places={"isi": Place("b.yaml", 9, 5, "isi")})
        return list(content.fields(Case(post, melati, template=make_template(*specs))))

    return found


def test_a_complete_post_has_no_findings(fields: Callable[..., list[Finding]]) -> None:
    assert fields({"judul": "Ayo datang!"}) == []
    steps = ({"judul": "Basahi"}, {"judul": "Gosok", "isi": "Pakai sabun."})
    assert fields({"langkah": steps}, STEPS) == []


def test_a_missing_field_is_told_by_its_label(fields: Callable[..., list[Finding]]) -> None:
    (finding,) = fields({"judul": "  "})
    assert finding.code == "wajib-diisi"
    assert finding.message == '"Judul" belum diisi.'
    assert finding.place.line == 9


@pytest.mark.parametrize("words", ["🥰🥰🥰", "❤️", "“”", "…"])
def test_emoji_alone_leave_a_field_empty(words: str, fields: Callable[..., list[Finding]]) -> None:
    (finding,) = fields({"judul": words})
    assert (finding.code, finding.message) == (
        "wajib-diisi",
        '"Judul" hanya berisi emoji atau tanda baca.',
    )


def test_an_unknown_field_gets_the_nearest_name(fields: Callable[..., list[Finding]]) -> None:
    found = fields({"judul": "A", "judl": "B"})
    assert codes(found) == ["kunci-tidak-dikenal"]
    assert found[0].hint == 'Maksudnya "judul"?'


def test_a_long_text_is_told_with_numbers(fields: Callable[..., list[Finding]]) -> None:
    assert fields({"judul": "a" * 60}) == []
    (finding,) = fields({"judul": "a" * 62})
    assert finding.code == "teks-terlalu-panjang"
    assert finding.hint == "Kurangi 2 huruf."


@pytest.mark.parametrize(("count", "told"), [(1, "paling sedikit 2"), (4, "paling banyak 3")])
def test_a_list_has_its_least_and_most_items(
    count: int, told: str, fields: Callable[..., list[Finding]]
) -> None:
    (finding,) = fields({"langkah": ({"judul": "A"},) * count}, STEPS)
    assert finding.code == "nilai-salah"
    assert told in finding.message


def test_items_of_a_list_are_looked_at_too(fields: Callable[..., list[Finding]]) -> None:
    found = fields({"langkah": ({"judul": "a" * 11}, {"isi": "B"}, "teks")}, STEPS)
    assert codes(found) == ["teks-terlalu-panjang", "wajib-diisi", "nilai-salah"]


def test_values_of_another_kind_are_told(fields: Callable[..., list[Finding]]) -> None:
    plain = FieldSpec("bahan", "Bahan", type="list")
    choice = FieldSpec("warna", "Warna", type="choice", choices=("merah", "biru"))
    assert codes(fields({"judul": ("a", "b")})) == ["nilai-salah"]
    assert codes(fields({"bahan": "telur"}, plain)) == ["nilai-salah"]
    assert codes(fields({"bahan": ("telur", {"a": "b"})}, plain)) == ["nilai-salah"]
    assert fields({"bahan": ("telur",), "warna": "biru"}, plain, choice) == []
    (finding,) = fields({"warna": "mera"}, choice)
    assert finding.hint == 'Maksudnya "merah"?'


@pytest.fixture
def claims(melati: Posyandu, make_post: MakePost) -> Callable[[str], list[Finding]]:
    return lambda text: list(content.claims(Case(make_post(fields={"judul": text}), melati)))


@pytest.mark.parametrize(
    "text",
    [
        "Minum ini pasti sembuh!",
        "Hasilnya dijamin cepat terasa.",
        "Vaksin ini 100 % aman.",
        "Vaksin ini 100% aman.",
        "Seratus persen ampuh!",
        "Inilah obat ajaib dari dapur kita.",
        "Cara paling ampuh mengatasi demam.",
        "Herbal termanjur di banua",
        "Aman tanpa efek samping.",
        "Tidak ada efek samping, ayo coba!",
        "Daun ini menyembuhkan kanker.",
        "Madu ampuh mengobati batuk.",
        "Mengatasi segala macam penyakit.",
        "Susu formula terbaik untuk si kecil",
        "Susu formula lebih baik dari ASI.",
        "Dapatkan susu formula di posyandu.",
        "Minum ini " + "".join(chr(0x1D41A + ord(sign) - 97) for sign in "pasti") + " sembuh!",
        "Pasti\u200b sembuh!",
    ],
)
def test_promises_are_found(text: str, claims: Callable[[str], list[Finding]]) -> None:
    assert codes(claims(text)) == ["klaim-berlebihan"]


@pytest.mark.parametrize(
    "text",
    [
        "ASI makanan terbaik untuk bayi.",
        "ASI lebih baik dari susu formula.",
        "Imunisasi membantu tubuh mengenal kuman.",
        "Cakupan imunisasi desa kita 100 % bulan ini.",
        "Biaya persalinan dijamin BPJS.",
        "Kerahasiaan data dijamin.",
        "Hak anak dijamin undang-undang.",
        "Jadwalnya belum pasti, tunggu kabar kader.",
        "Kader pasti senang bila Bapak dan Ibu datang.",
        "Antibiotik tidak menyembuhkan batuk pilek.",
        "Air rebusan tidak bisa menyembuhkan demam berdarah.",
        "Benarkah daun ini menyembuhkan kanker?",
        "Hoaks: obat ajaib untuk semua penyakit.",
        "Bayi 0-6 bulan tidak perlu susu formula.",
        "Yang paling penting, cuci tangan pakai sabun.",
        "Tidak ada cara yang pasti aman.",
        "Obat dari bidan diminum sampai habis.",
        "Demam ringan sesudah imunisasi itu wajar.",
        "Sembuh dari TBC perlu minum obat sampai tuntas.",
    ],
)
def test_ordinary_sentences_are_not_promises(
    text: str, claims: Callable[[str], list[Finding]]
) -> None:
    assert claims(text) == []


def test_a_required_field_that_waits_for_a_person_is_no_mistake(
    melati: Posyandu, make_post: MakePost, make_template: MakeTemplate
) -> None:
    template = make_template(FieldSpec("nama", "Nama"), STEPS)
    steps = ({"isi": "Sudah dicatat."}, {"judul": "Dua"})
    post = make_post(fields={"langkah": steps}, waiting=("nama", "langkah"))
    found = list(content.fields(Case(post, melati, template=template)))
    assert codes(found) == ["menunggu-isian"] * 2
    assert content.waits(post, template)
    given = make_post(
        fields={"nama": "Ani", "langkah": ({"judul": "Satu"}, {"judul": "Dua"})},
        waiting=("nama", "langkah"),
    )
    assert not list(content.fields(Case(given, melati, template=template)))
    assert not content.waits(given, template)


def test_only_a_field_of_the_template_can_be_waited_for(
    melati: Posyandu, make_post: MakePost, make_template: MakeTemplate
) -> None:
    template = make_template(FieldSpec("nama", "Nama"))
    post = make_post(fields={}, waiting=("nma",))
    found = list(content.fields(Case(post, melati, template=template)))
    assert codes(found) == ["wajib-diisi", "nilai-salah"]
    assert 'Maksudnya "nama"?' in found[1].hint
