"""The walk-through of docs/templat.md, followed to the letter: whoever copies it succeeds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image, ImageChops

from content_kit.cli import run
from content_kit.cli.template import command as template_command
from content_kit.files import bundled
from content_kit.files.assets import load_channels, load_palette
from content_kit.files.templates import load_template
from content_kit.files.workspace import Workspace
from content_kit.findings import Level
from content_kit.picture.renderer import Renderer
from content_kit.specimen import check_examples, specimens

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "templat.md").read_text(encoding="utf-8")
WALK, _, REST = PAGE.partition("\n## Resep\n")
FILES = dict(re.findall(r"(?s)<!-- berkas: (\S+) -->\n```\w+\n(.*?)```", WALK))
SWAPS = re.findall(r"(?m)^\| `([^`]+)` \| `([^`]+)` \| [^|]+ \|$", WALK)
RECIPES = re.findall(r"(?s)```yaml\n(- .*?)```", REST)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty workspace with every file of the walk-through."""
    (tmp_path / "calendars").mkdir()
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def draw(folder: Path, name: str, palette: str = "teluk") -> dict[tuple[str, str], Image.Image]:
    """Every specimen as a picture; there must be nine and nothing to mend in any."""
    workspace = Workspace.open(folder)
    template, findings = load_template(workspace, name)
    assert template is not None
    renderer = Renderer(workspace)
    pictures = {}
    for specimen in specimens(workspace, template, palette, renderer=renderer, paint=False):
        findings += specimen.findings
        pictures[specimen.example, specimen.format] = renderer.image(specimen.scene, unit="melati")
    safe = load_channels(workspace)[0]["ig-story"].safe
    for specimen in specimens(
        workspace, template, palette, formats=("story",), safe=safe, renderer=renderer, paint=False
    ):
        findings += specimen.findings
    findings += check_examples(template)
    assert [f.sentence() for f in findings if f.level is not Level.INFO] == []
    assert len(pictures) == 9
    return pictures


def test_a_copy_with_words_swapped_looks_different(folder: Path) -> None:
    arguments = ["copy", "jadwal-kartu", "jadwal-kita", "--workspace", str(folder)]
    assert CliRunner().invoke(template_command, arguments).exit_code == 0
    before = draw(folder, "jadwal-kita")
    path = folder / "templates" / "jadwal-kita" / "template.yaml"
    text = path.read_text(encoding="utf-8")
    assert len(SWAPS) == 4
    for old, new in SWAPS:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    after = draw(folder, "jadwal-kita")
    for key, picture in after.items():
        assert ImageChops.difference(picture, before[key]).getbbox() is not None


def test_a_template_from_nothing_is_clean_in_two_palettes(folder: Path) -> None:
    assert len(FILES) == 7
    ours, own = draw(folder, "jawab-warga"), draw(folder, "jawab-warga", "kenari")
    for key, picture in own.items():
        assert ImageChops.difference(picture, ours[key]).getbbox() is not None


def test_the_walk_through_fills_its_fields_almost_to_the_limit(folder: Path) -> None:
    template, _ = load_template(Workspace.open(folder), "jawab-warga")
    assert template is not None
    longest = template.examples["panjang"].get("isi")
    for spec in template.fields:
        if spec.max:
            assert longest is not None
            text = getattr(longest.get(spec.name), "text", "")  # type: ignore[union-attr]
            assert len(text) >= spec.max * 0.9, spec.name


def test_the_own_palette_has_every_word_of_ours(folder: Path) -> None:
    ours, _ = load_palette(Workspace(bundled.root()), "teluk")
    own, findings = load_palette(Workspace.open(folder), "kenari")
    assert ours is not None and own is not None
    assert set(own.colours) == set(ours.colours)
    assert not findings


def test_the_post_of_the_walk_through_is_checked_and_drawn(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    match = re.search(r"(?s)<!-- postingan -->\n```yaml\n(.*?)```", WALK)
    assert match
    unit = folder / "calendars" / "melati"
    unit.mkdir()
    sample = bundled.root() / "calendars" / "melati" / "posyandu.yaml"
    (unit / "posyandu.yaml").write_bytes(sample.read_bytes())
    month = f"bulan: 2026-12\npostingan:\n{match[1]}"
    (unit / "2026-12.yaml").write_text(month, encoding="utf-8")
    assert run(["check", str(folder), "--post", "tanya1"]) == 0
    told = capsys.readouterr()
    assert "Perlu diperbaiki" not in told.err
    assert "Perhatikan" not in told.err
    assert run(["render", str(folder), "--post", "tanya1"]) == 0
    made = {path.name for path in (folder / "keluaran/melati/2026-W51/tanya1").iterdir()}
    assert {"feed.jpg", "story.jpg", "wa-grup.txt", "fb.txt", "alt.txt"} <= made


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda text: text.splitlines()[0][:40])
def test_every_recipe_is_a_piece_of_a_picture(folder: Path, recipe: str) -> None:
    scene = "".join(f"    {line}\n" for line in recipe.splitlines())
    path = folder / "templates" / "jawab-warga" / "template.yaml"
    path.write_text(
        "name: Resep\nfields:\n  catatan: {type: text, optional: true}\n"
        "  langkah: {type: list, optional: true, items: {judul: {type: text}}}\n"
        f"scene:\n  box: column\n  pad: safe\n  fill: surface\n  children:\n{scene}",
        encoding="utf-8",
    )
    for name in ("caption.j2", "caption.short.j2", "alt.j2"):
        (path.parent / name).write_text("{{ isi.catatan }}", encoding="utf-8")
    filled = "{catatan: Bawa kartu, langkah: [{judul: Satu}, {judul: Dua}]}"
    examples = "".join(f"{name}: {{isi: {filled}}}\n" for name in ("pendek", "biasa", "panjang"))
    (path.parent / "example.yaml").write_text(examples, encoding="utf-8")
    draw(folder, "jawab-warga")


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("template.yaml", "fill: surface", "fill: #FFFFFF", 'Kode warna perlu tanda kutip: "#FFFFFF".'),
        ("template.yaml", "fill: surface", "fill: merah", 'warna "merah" tidak dikenal.'),
        ("template.yaml", "width: 22", "width: 22,5", "2.5, bukan 2,5."),
        ("template.yaml", "{{ isi.jawaban }}", "{ isi.jawaban }", "Pakai dua kurung kurawal"),
        ("template.yaml", "{{ isi.jawaban }}", "{{ jawaban }}", 'Maksudnya "isi.jawaban"?'),
        ("template.yaml", '"{{ isi.jawaban }}"', "{{ isi.jawaban }}", "perlu tanda kutip"),
        ("template.yaml", "with: {warna: ink}", "with: {colour: ink}", 'bagian "kaki" perlu "warna" di with.'),
        ("template.yaml", "use: kaki\n", "use: kakii\n", 'Maksudnya "kaki"?'),
        ("template.yaml", "fields:", "filds:", 'Maksudnya "fields"?'),
        ("template.yaml", "gap: 2\n              grow", "gap: 2\n               grow", "menjorok"),
        ("caption.j2", "isi.jawaban", "isi.jawab", "caption.j2:3:"),
        ("example.yaml", "    tanya_balik: Siapa", "    tanyabalik: Siapa", 'Maksudnya "tanya_balik"?'),
        ("example.yaml", "jawaban: Boleh, Bu.", f"jawaban: {'a ' * 120}", "paling banyak 180"),
    ],
)  # fmt: skip
def test_a_slip_is_told_once_with_the_way_out(
    folder: Path, file: str, old: str, new: str, told: str
) -> None:
    path = folder / "templates" / "jawab-warga" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    arguments = ["show", "jawab-warga", "--workspace", str(folder), "--out", str(folder / "coba")]
    outcome = CliRunner().invoke(template_command, arguments, standalone_mode=False)
    assert outcome.return_value == 1
    lines = outcome.stderr.splitlines()
    assert any(told in line for line in lines), lines
    assert "sulit dibaca" not in outcome.stderr


def test_a_colour_that_no_palette_has_is_told_of_the_picture(folder: Path) -> None:
    path = folder / "assets" / "art" / "gelembung.svg"
    path.write_text(path.read_text(encoding="utf-8").replace("@badge", "@bedge"), encoding="utf-8")
    arguments = ["show", "jawab-warga", "--workspace", str(folder), "--out", str(folder / "coba")]
    outcome = CliRunner().invoke(template_command, arguments, standalone_mode=False)
    assert 'warna "@bedge" tidak ada di palet. Maksudnya "badge"?' in outcome.stderr
