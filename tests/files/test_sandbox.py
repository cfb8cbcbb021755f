"""The template language writes what it is given, escapes nowhere and stops every bomb in time."""

from __future__ import annotations

import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.files.marks import bold
from content_kit.files.sandbox import (
    FILTERS,
    MAX_OUTPUT,
    MAX_SOURCE,
    Sandbox,
    TemplateError,
    join_words,
)
from content_kit.findings import Place

AT = Place("templates/x/caption.j2", 1, 1)
DATA: dict[str, object] = {
    "posyandu": {"nama": "Posyandu Melati", "desa": "Desa Contoh"},
    "isi": {"judul": "Ayo datang", "kosong": "", "langkah": ["satu", "dua", "tiga"]},
    "acara": {},
    "kanal": {"tebal": True},
    "angka": 3,
    "benar": True,
}


def render(source: str, data: dict[str, object] = DATA) -> str:
    return Sandbox().template(source, AT).render(data)


def problem(source: str, data: dict[str, object] = DATA) -> TemplateError:
    with pytest.raises(TemplateError) as caught:
        render(source, data)
    return caught.value


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ posyandu.nama }} · {{ posyandu.desa }}", "Posyandu Melati · Desa Contoh"),
        ("{{ isi['judul'] }}", "Ayo datang"),
        ("{{ isi.langkah[0] }} {{ isi.langkah[2] }}", "satu tiga"),
        ("{% if acara.ada %}A{% else %}B{% endif %}", "B"),
        ("{% if not acara %}A{% elif isi.judul %}B{% endif %}", "A"),
        ("{% if acara.ada and acara.jam %}A{% endif %}.", "."),
        ("{% if isi.kosong or isi.judul %}A{% endif %}", "A"),
        ("{% for x in isi.langkah %}{{ loop.nomor }}{{ x }}{{ '' if loop.terakhir else ';' }}{% endfor %}",
         "1satu;2dua;3tiga"),
        ("{% for x in acara.layanan %}x{% else %}tidak ada{% endfor %}", "tidak ada"),
        ("{{ 'banyak' if angka >= 3 else 'sedikit' }}", "banyak"),
        ("{{ 'ya' if 'dua' in isi.langkah }}", "ya"),
        ("{{ 'ya' if angka in [1, 2] }}", ""),
        ("{{ isi.tidak_ada is defined }} {{ isi.judul is defined }}", "tidak ya"),
        ("{{ isi.tidak_ada|bawaan('-') }}{{ isi.kosong|bawaan('+') }}", "-+"),
        ("{{ isi.judul|tebal }}", "*Ayo datang*"),
        ("{{ isi.langkah|gabung }}", "satu, dua, dan tiga"),
        ("{{ isi.judul|kapital }} {{ isi.judul|kecil }} {{ 'ayo'|awal }}", "AYO DATANG ayo datang Ayo"),
        ("{{ 'Konsultasi KB'|kecil }}, {{ 'Vitamin A'|kecil }}", "konsultasi KB, vitamin A"),
        ("{{ isi.langkah|panjang }}", "3"),
        ("{{ benar }} {{ angka }}", "ya 3"),
        ("{# catatan #}a\n{% if benar %}\nb\n{% endif %}\nc", "a\nb\nc"),
        ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
        ("<b>&amp;", "<b>&amp;"),
    ],
)  # fmt: skip
def test_the_language(source: str, text: str) -> None:
    assert render(source) == text


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("{{ isi.judl }}", '"judl" tidak ada. Maksudnya "judul"?'),
        ("{{ posyand.nama }}", '"posyand" tidak ada. Maksudnya "posyandu"?'),
        ("{% if posyand %}x{% endif %}", '"posyand" tidak ada.'),
        ("{{ isi.langkah }}", "daftar tidak dapat ditulis langsung. Tambahkan |gabung."),
        ("{{ isi }}", "isi ini tidak dapat ditulis langsung."),
        ("{% for x in isi.judul %}{% endfor %}", "yang diulang harus berupa daftar."),
        ("{{ isi.judul < 3 }}", "tidak dapat dibandingkan"),
        ("{{ isi.judul|gabng }}", 'saringan "gabng" tidak ada. Maksudnya "gabung"?'),
        ("{{ isi.judul", "tidak terbaca"),
        ("{% if x %}", "tidak terbaca"),
        ("{% set x = 1 %}", "perintah ini tidak dipakai di model. Yang ada: if dan for."),
    ],
)
def test_mistakes_are_told_kindly(source: str, told: str) -> None:
    error = problem(source)
    assert told in str(error)
    assert error.finding.code == "model-rusak"
    assert (error.finding.place.file, error.finding.place.line) == (AT.file, 1)


def test_a_mistake_names_its_line() -> None:
    assert problem("a\nb\n{{ isi.tidak_ada }}").finding.place.line == 3
    assert problem("a\n\n{% macro x() %}{% endmacro %}").finding.place.line == 3


ESCAPES = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ isi['__class__'] }}",
    "{{ isi|attr('__class__') }}",
    "{{ isi|map(attribute='__class__')|list }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ request.application.__globals__ }}",
    "{{ config.items() }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ url_for.__globals__ }}",
    "{{ isi.keys() }}",
    "{{ isi.judul.upper() }}",
    "{{ 'a'.join(['b']) }}",
    "{{ '%s'|format(1) }}",
    "{{ '{0.__class__}'.format(1) }}",
    "{{ [].append.__self__ }}",
    "{{ dict(a=1) }}",
    "{{ range(3) }}",
    "{{ isi.judul ~ 'x' }}",
    "{{ 1 + 1 }}",
    "{{ -angka }}",
    "{{ 'x' * 3 }}",
    "{{ 2 ** 3 }}",
    "{{ isi.langkah[0:2] }}",
    "{{ isi.langkah[angka] }}",
    "{{ {'a': 1} }}",
    "{{ 1.5 }}",
    "{{ isi.judul is string }}",
    "{% import 'x' as y %}",
    "{% include '/etc/passwd' %}",
    "{% extends 'x' %}",
    "{% from 'x' import y %}",
    "{% set x = isi %}",
    "{% set x %}a{% endset %}",
    "{% macro x() %}{% endmacro %}",
    "{% call x() %}{% endcall %}",
    "{% filter kapital %}x{% endfilter %}",
    "{% block x %}{% endblock %}",
    "{% with x = 1 %}{% endwith %}",
    "{% autoescape false %}{% endautoescape %}",
    "{% do isi.clear() %}",
    "{% for x in isi.langkah recursive %}{{ loop(x) }}{% endfor %}",
    "{% for x in isi.langkah if x %}{% endfor %}",
    "{% for x, y in isi.langkah %}{% endfor %}",
    "{% for _x in isi.langkah %}{% endfor %}",
    "{{ _x }}",
    "{{ caller() }}",
    "{{ varargs }}",
    "{{ loop.__class__ }}",
    "{{ isi.judul|kapital('x') }}",
    "{{ isi.judul|bawaan }}",
    "{{ isi.judul|tebal(**isi) }}",
    "{{ isi.judul|safe }}",
    "{{ isi.judul|pprint }}",
    "{{ isi.judul|xmlattr }}",
]


@pytest.mark.parametrize("source", ESCAPES)
def test_no_escape_is_even_read(source: str) -> None:
    assert problem(source).finding.code == "model-rusak"


def test_objects_have_no_attributes_in_here() -> None:
    class Secret:
        word = "rahasia"

    assert problem("{{ isi.word }}", {"isi": Secret()}).finding.code == "model-rusak"
    assert problem("{{ isi }}", {"isi": Secret()}).finding.code == "model-rusak"


BIG = {"isi": {"a": ["x"] * 3000, "s": "a" * 1_900_000}}
BOMBS = {
    "three empty loops": "{% for a in isi.a %}" * 3 + "{% endfor %}" * 3,
    "output": "{% for a in isi.a %}{% for b in isi.a %}xxxxxxxxxxxx{% endfor %}{% endfor %}",
    "long searches": "{% for a in isi.a %}{% if 'b' in isi.s %}{% endif %}{% endfor %}",
    "long compares": "{% for a in isi.a %}{% if isi.s == isi.s|kecil %}{% endif %}{% endfor %}",
    "upper": "{% for a in isi.a %}{{ isi.s|kapital|panjang }}{% endfor %}",
    "joins": "{% for a in isi.a %}{{ isi.a|gabung|panjang }}{% endfor %}",
    "one long value": "{{ isi.s }}",
    "brackets": "{{ " + "(" * 9_000 + " }}",
    "lists": "{{ " + "[" * 9_000 + " }}",
    "nots": "{{ " + "not " * 4_000 + "isi }}",
    "attributes": "{{ isi" + ".a" * 9_000 + " }}",
    "filters": "{{ isi.s" + "|kecil" * 3_000 + " }}",
    "ands": "{{ isi" + " and isi" * 2_000 + " }}",
    "ifs": "{% if isi %}" * 900 + "{% endif %}" * 900,
    "elifs": "{% if isi.x %}" + "{% elif isi.x %}" * 1_100 + "{% endif %}",
    "digits": "{{ " + "9" * 15_000 + " }}",
    "openings": "{{" * 10_000,
    "tags": "{%" * 10_000,
    "comments": "{#" * 10_000,
    "quotes": "{{ '" + "\\'" * 9_000,
    "spaces": "{{" + " " * 19_000 + "%}",
    "lines": "\n {%" * 5_000,
    "length": "x" * (MAX_SOURCE + 1),
}


@pytest.mark.parametrize("name", BOMBS)
def test_every_bomb_is_stopped_in_time(name: str) -> None:
    started = time.process_time()
    try:
        assert len(render(BOMBS[name], dict(BIG))) <= MAX_OUTPUT
    except TemplateError as error:
        assert error.finding.place.file == AT.file
        assert error.finding.place.line >= 1
    assert time.process_time() - started < 1.0


def test_bombs_stay_small_in_memory() -> None:
    tracemalloc.start()
    try:
        for name in ("three empty loops", "output", "one long value", "upper"):
            with pytest.raises(TemplateError):
                render(BOMBS[name], dict(BIG))
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()


def test_a_leaf_tells_which_fields_it_speaks_of() -> None:
    leaf = Sandbox().template(
        "{{ isi.judul }}{% for x in isi.langkah %}{{ x.nama }}{% endfor %}{{ acara.jam }}", AT
    )
    assert leaf.paths == ("isi.judul", "isi.langkah.nama", "acara.jam")


def test_an_expression_gives_data_back() -> None:
    box = Sandbox()
    assert box.expression("isi.langkah", AT)(DATA) == ["satu", "dua", "tiga"]
    assert box.expression("acara.ada", AT)(DATA) is None
    assert box.expression("isi.judul and not acara.ada", AT)(DATA) is True
    assert box.expression("isi.langkah", AT).paths == ("isi.langkah",)


@pytest.mark.parametrize("source", ["", "a }} b {{ a", "{{ a }}", "a b", "isi.__class__", "f()"])
def test_an_expression_is_one_expression(source: str) -> None:
    with pytest.raises(TemplateError):
        Sandbox().expression(source, AT)


def test_bold_follows_the_channel() -> None:
    assert render("{{ isi.judul|tebal }}", {**DATA, "kanal": {"tebal": False}}) == "Ayo datang"
    assert render("{{ isi.judul|tebal }}", {"isi": DATA["isi"]}) == "Ayo datang"
    assert bold("a\n\n b ") == "*a*\n\n*b*"
    assert bold("2*3") == "*2*3*"
    assert bold("") == ""


def test_words_are_joined_as_people_write_them() -> None:
    assert join_words([]) == ""
    assert join_words(["a", ""]) == "a"
    assert join_words(["a", "b"]) == "a dan b"


@given(st.text(max_size=200))
def test_a_text_is_never_read_as_a_template(text: str) -> None:
    assert render("{{ isi.x }}", {"isi": {"x": text}}) == text


PIECES = st.sampled_from(
    ["{{", "}}", "{%", "%}", " if ", " for ", " in ", "isi", ".", "a", "[", "]", "'", "(", ")", "|",
     "endif", "endfor", "else", "0", "_", "not ", " and ", "==", "\n", "{#", "#}", ",", *FILTERS]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_source_gives_text_or_a_finding(source: str) -> None:
    try:
        render(source, {"isi": {"a": ["x"]}, "a": "y"})
    except TemplateError as error:
        assert error.finding.place.line >= 1


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Senang melihat anak sehat.", "“Senang melihat anak sehat.”"),
        ('"Senang melihat anak sehat."', "“Senang melihat anak sehat.”"),
        ("“Senang.”", "“Senang.”"),
        ("‘Senang.’", "“Senang.”"),
        ('"Sehat" itu "penting"', '“"Sehat" itu "penting"”'),
        ("“Sehat” itu penting", "““Sehat” itu penting”"),
        ("Ba'da Jumat", "“Ba'da Jumat”"),
        ('"', '“"”'),
    ],
)
def test_quotation_marks_are_not_doubled(said: str, told: str) -> None:
    leaf = Sandbox().template("“{{ isi }}”", AT)
    assert leaf.render({"isi": said}) == told


def test_quotation_marks_stay_where_the_template_has_none() -> None:
    leaf = Sandbox().template("Katanya: {{ isi }}.", AT)
    assert leaf.render({"isi": '"Ayo"'}) == 'Katanya: "Ayo".'
