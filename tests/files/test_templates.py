"""A template is read whole, its mistakes are told with file and line, its digest sees each change."""

from __future__ import annotations

from pathlib import Path

import pytest

from content_kit.files import bundled
from content_kit.files.sandbox import TemplateError
from content_kit.files.templates import Template, each, load_template
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding, Place, has_errors

TEMPLATE = """\
name: Kartu uji
about: Untuk uji saja
formats: [feed, story]
palette: teluk
fields:
  judul: {type: text, label: Judul, max: 60, min: 3, help: Singkat saja}
  langkah:
    type: list
    max: 4
    items:
      isi: {type: text, max: 40}
      gambar: {type: art, optional: ya}
  nada: {type: choice, choices: [ajak, ingat], optional: ya}
scene:
  box: column
  children:
    - {text: "{{ isi.judul }}", style: title}
    - box: row
      each: langkah in isi.langkah
      when: isi.langkah
      children:
        - {text: "{{ langkah.isi }}"}
    - use: kaki-uji
scene_wide:
  text: "{{ isi.judul }}"
"""
CAPTION = "{{ isi.judul|tebal }}\n{% for l in isi.langkah %}\n{{ loop.nomor }}. {{ l.isi }}\n{% endfor %}\n"
EXAMPLE = (
    "pendek: {isi: {judul: Ayo}}\nbiasa: {isi: {judul: Ayo datang}}\npanjang: {isi: {judul: Ayo}}\n"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "calendars").mkdir()
    folder = tmp_path / "templates" / "uji"
    write(folder / "template.yaml", TEMPLATE)
    write(folder / "caption.j2", CAPTION)
    write(folder / "caption.short.j2", "{{ isi.judul }}")
    write(folder / "alt.j2", "Gambar: {{ isi.judul }}")
    write(folder / "example.yaml", EXAMPLE)
    write(tmp_path / "templates" / "_parts" / "kaki-uji.yaml", 'text: "{{ posyandu.nama }}"\n')
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def load(root: Path, name: str = "uji") -> tuple[Template | None, list[Finding]]:
    return load_template(Workspace.open(root), name, Place("calendars/melati/2026-12.yaml", 9, 12))


def whole(root: Path) -> Template:
    template, findings = load(root)
    assert [finding.sentence() for finding in findings] == []
    assert template is not None
    return template


def test_a_template_is_read_whole(root: Path) -> None:
    template = whole(root)
    assert (template.name, template.title, template.about) == ("uji", "Kartu uji", "Untuk uji saja")
    assert template.formats == ("feed", "story")
    assert template.palette == "teluk"
    assert [spec.name for spec in template.fields] == ["judul", "langkah", "nada"]
    title = template.field("judul")
    assert title is not None
    assert (title.label, title.max, title.min, title.optional) == ("Judul", 60, 3, False)
    steps = template.field("langkah")
    assert steps is not None
    assert [(spec.name, spec.type, spec.optional) for spec in steps.items] == [
        ("isi", "text", False), ("gambar", "art", True),
    ]  # fmt: skip
    assert set(template.scenes) == {"scene", "scene_wide"}
    assert template.scene("wide") is template.scenes["scene_wide"]
    assert template.scene("story") is template.scenes["scene"]
    assert set(template.parts) == {"kaki-uji"}
    assert set(template.captions) == {"long", "short", "alt"}
    assert set(template.examples) == {"pendek", "biasa", "panjang"}
    assert template.example is template.examples["biasa"]
    context = {"isi": {"judul": "Ayo", "langkah": [{"isi": "satu"}, {"isi": "dua"}]}}
    assert template.captions["long"].render(context) == "Ayo\n1. satu\n2. dua\n"


def test_every_bundled_template_is_in_order(tmp_path: Path) -> None:
    workspace = Workspace.open(bundled.root())
    for name in workspace.template_names():
        template, findings = load_template(workspace, name)
        assert [finding.sentence() for finding in findings] == []
        assert template is not None
        assert set(template.captions) == {"long", "short", "alt"}
        assert set(template.examples) == {"pendek", "biasa", "panjang"}


@pytest.mark.parametrize("name", ["ujii", "../uji", "_parts", "", "UJI", "uji/../uji", "x" * 5000])
def test_an_unknown_template_is_told_where_it_was_written(root: Path, name: str) -> None:
    template, findings = load(root, name)
    assert template is None
    assert [finding.code for finding in findings] == ["model-tidak-ada"]
    assert findings[0].place.line == 9
    if name == "ujii":
        assert findings[0].hint == 'Maksudnya "uji"?'


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "line", "told"),
    [
        ("template.yaml", "about:", "abot:", "kunci-tidak-dikenal", 2, 'Maksudnya "about"?'),
        ("template.yaml", "name: Kartu uji\n", "", "wajib-diisi", 1, "name"),
        ("template.yaml", "[feed, story]", "[feed, stori]", "model-rusak", 3, "stori"),
        ("template.yaml", "type: art", "type: seni", "model-rusak", 12, "seni"),
        ("template.yaml", "max: 60", "max: banyak", "nilai-salah", 6, "angka"),
        ("template.yaml", "max: 60", "max: 1.5", "model-rusak", 6, "angka bulat"),
        ("template.yaml", "choices: [ajak, ingat], ", "", "model-rusak", 13, "choices"),
        ("template.yaml", "  judul: {", "  Judul!: {", "model-rusak", 6, "nama isian"),
        ("template.yaml", 'isi.judul }}", style', 'isi.judl }}", style', "model-rusak", 17,
         'isian "judl" tidak ada di fields. Maksudnya "judul"?'),
        ("template.yaml", 'isi.judul }}", style', 'isi.judul() }}", style', "model-rusak", 17, ""),
        ("template.yaml", "when: isi.langkah", "when: '{{ isi.langkah }}'", "model-rusak", 20, ""),
        ("template.yaml", "langkah in isi", "langkah dari isi", "model-rusak", 19, "each"),
        ("template.yaml", "use: kaki-uji", "use: kaki-ujii", "model-rusak", 23, "_parts"),
        ("template.yaml", "use: kaki-uji", "use: ../../x", "model-rusak", 23, "_parts"),
        ("template.yaml", "scene:", "scena:", "wajib-diisi", 1, "scene"),
        ("template.yaml", "name: Kartu uji", "name: &x Kartu", "yaml-terlarang", 1, ""),
        ("caption.j2", "isi.judul", "isi.judl", "model-rusak", 1, "judl"),
        ("caption.j2", "{% endfor %}", "", "model-rusak", 3, "endfor"),
        ("caption.j2", "{{ l.isi }}", "{{ l.isi|jion }}", "model-rusak", 3, "jion"),
        ("example.yaml", "biasa:", "biasaa:", "kunci-tidak-dikenal", 2, "biasa"),
        ("alt.j2", "Gambar", "x" * 20_001, "model-terlalu-mahal", 1, "20000"),
    ],
)  # fmt: skip
def test_each_mistake_is_told_with_file_and_line(
    root: Path, file: str, old: str, new: str, code: str, line: int, told: str
) -> None:
    path = root / "templates" / "uji" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    write(path, text.replace(old, new, 1))
    _, findings = load(root)
    found = next(finding for finding in findings if finding.code == code)
    assert found.place.file == f"templates/uji/{file}"
    assert found.place.line == line
    assert told in found.sentence()


def test_a_missing_caption_is_told(root: Path) -> None:
    (root / "templates" / "uji" / "caption.short.j2").unlink()
    template, findings = load(root)
    assert template is not None
    assert [finding.place.file for finding in findings] == ["templates/uji/caption.short.j2"]


def test_a_part_that_uses_itself_is_told(root: Path) -> None:
    parts = root / "templates" / "_parts"
    write(parts / "kaki-uji.yaml", "box: row\nchildren:\n  - use: lain\n")
    write(parts / "lain.yaml", "use: kaki-uji\n")
    template, findings = load(root)
    assert template is not None
    assert set(template.parts) == {"kaki-uji", "lain"}
    assert any("memakai dirinya sendiri" in finding.message for finding in findings)


def test_parts_that_fan_out_are_read_once(root: Path) -> None:
    parts = root / "templates" / "_parts"
    for number in range(8):
        uses = "".join(f"  - use: p{number + 1}\n" for _ in range(8))
        write(parts / f"p{number}.yaml", f"box: row\nchildren:\n{uses}")
    write(parts / "p8.yaml", "text: x\n")
    write(parts / "kaki-uji.yaml", "use: p0\n")
    assert len(whole(root).parts) == 10


def test_the_digest_sees_every_file_but_not_the_line_ends(root: Path) -> None:
    folder = root / "templates" / "uji"
    before = whole(root).digest
    write(folder / "template.yaml", TEMPLATE.replace("\n", "\r\n"))
    assert whole(root).digest == before
    seen = {before}
    for name in ("alt.j2", "caption.j2", "example.yaml"):
        path = folder / name
        text = path.read_text(encoding="utf-8")
        write(path, text.replace("A", "E").replace("Gambar", "Foto").replace("tebal", "kapital"))
        seen.add(whole(root).digest)
        write(path, text)
    write(folder / "gambar.svg", "<svg/>")
    seen.add(whole(root).digest)
    write(root / "templates" / "_parts" / "kaki-uji.yaml", "text: x\n")
    seen.add(whole(root).digest)
    assert len(seen) == 6


def test_the_digest_is_the_same_in_another_folder(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("lain")
    for path in root.rglob("*"):
        if path.is_file():
            write(other / path.relative_to(root), path.read_text(encoding="utf-8"))
    (other / "calendars").mkdir()
    assert whole(other).digest == whole(root).digest


def test_each_takes_a_name_and_an_expression() -> None:
    assert each("layanan in acara.layanan", Place("x", 1, 1)) == ("layanan", "acara.layanan")
    for wrong in ("", "x", "in y", "a, b in c", "_x in y", "x in "):
        with pytest.raises(TemplateError):
            each(wrong, Place("x", 1, 1))


def test_a_template_that_is_no_table_is_refused(root: Path) -> None:
    for text in ("", "- a\n", "x\n", "[" * 50_000):
        write(root / "templates" / "uji" / "template.yaml", text)
        template, findings = load(root)
        assert template is None
        assert has_errors(findings)
