"""A renderer turns a template and data into a picture, and tells what is missing before it paints."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from PIL import Image

from content_kit.files import yaml
from content_kit.files.templates import Template
from content_kit.files.workspace import Workspace
from content_kit.files.yaml import Map
from content_kit.model import Format, Insets, Palette
from content_kit.picture.fonts import Fonts
from content_kit.picture.renderer import Renderer, draft_stamp
from content_kit.picture.scene import ImageItem, Scene

FEED = Format("feed", 540, 675)
RED, WHITE, INK = (255, 0, 0), (255, 255, 255), (0, 0, 0)
PALETTE = Palette("uji", {"ink": INK, "card": WHITE, "primary": RED})
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
    '<rect width="64" height="64" fill="@primary"/></svg>'
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    photos = tmp_path / "calendars" / "melati" / "foto"
    photos.mkdir(parents=True)
    Image.new("RGB", (400, 300), (0, 0, 255)).save(photos / "ibu.jpg")
    (photos / "rusak.jpg").write_bytes((photos / "ibu.jpg").read_bytes()[:-300])
    logos = tmp_path / "calendars" / "melati" / "logo"
    logos.mkdir()
    Image.new("RGBA", (60, 20), (0, 0, 0, 0)).save(logos / "dinas.png")
    art = tmp_path / "assets" / "art"
    art.mkdir(parents=True)
    (art / "kotak.svg").write_text(SVG, encoding="utf-8")
    return Workspace.open(tmp_path)


def template(scene: str) -> Template:
    node, findings = yaml.parse(dedent(scene), "templates/uji/template.yaml")
    assert isinstance(node, Map)
    assert not findings
    return Template(
        name="uji", title="Uji", folder=Path("templates/uji"), file="templates/uji/template.yaml",
        fields=(), scenes={"scene": node}, parts={}, captions={}, examples={}, digest="",
    )  # fmt: skip


def scene_of(renderer: Renderer, scene: str, palette: Palette = PALETTE) -> Scene:
    return renderer.scene(
        template(scene), FEED, {"isi": {"judul": "Ayo"}}, palette, Insets(), unit="melati"
    )


def codes(scene: Scene) -> list[str]:
    return [finding.code for finding in scene.findings]


def test_art_follows_the_palette(workspace: Workspace) -> None:
    renderer = Renderer(workspace)
    scene = '{box: stack, children: [{image: "art:kotak", mode: cover}]}'
    green = Palette("hijau", {**PALETTE.colours, "primary": (0, 255, 0)})
    assert renderer.image(scene_of(renderer, scene)).getpixel((270, 300)) == RED
    assert renderer.image(scene_of(renderer, scene, green)).getpixel((270, 300)) == (0, 255, 0)


def test_a_template_knows_its_format(workspace: Workspace) -> None:
    scene = scene_of(Renderer(workspace), '{text: "{{ format.nama }} {{ format.lebar }}"}')
    assert [line.text for line in scene.texts()] == ["feed 540"]


def test_a_photo_covers_its_box(workspace: Workspace) -> None:
    renderer = Renderer(workspace)
    scene = scene_of(renderer, '{box: stack, children: [{image: "photo:ibu.jpg", mode: cover}]}')
    image = renderer.image(scene, unit="melati")
    assert image.size == (540, 675)
    pixel = image.getpixel((2, 2))
    assert isinstance(pixel, tuple)
    assert pixel[2] > 250
    assert pixel[0] < 5


def test_a_logo_keeps_its_holes(workspace: Workspace) -> None:
    renderer = Renderer(workspace)
    scene = scene_of(
        renderer,
        '{box: row, fill: primary, cross: start, children: [{image: "logo:dinas.png", height: 6}]}',
    )
    assert renderer.image(scene, unit="melati").getpixel((20, 10)) == RED


@pytest.mark.parametrize(
    ("source", "code", "hint"),
    [
        ("art:kotk", "gambar-tidak-ada", 'Maksudnya "kotak"?'),
        ("photo:tidak-ada.jpg", "foto-tidak-ada", "Salin fotonya ke folder foto."),
        ("photo:../../rahasia.jpg", "foto-tidak-ada", "Salin fotonya ke folder foto."),
        ("photo:rusak.jpg", "foto-rusak", "Kirim ulang fotonya dari HP."),
        ("logo:tidak-ada.png", "gambar-tidak-ada", "Salin berkasnya ke sana."),
    ],
)
def test_what_is_missing_is_told_before_painting(
    workspace: Workspace, source: str, code: str, hint: str
) -> None:
    renderer = Renderer(workspace)
    scene = scene_of(renderer, f'box: row\nchildren:\n  - {{image: "{source}", width: 20}}\n')
    assert codes(scene) == [code]
    (finding,) = scene.findings
    assert (finding.hint, finding.place.line) == (hint, 3)
    assert renderer.image(scene, unit="melati").size == (540, 675)


def test_a_photo_blown_up_is_told(workspace: Workspace) -> None:
    renderer = Renderer(workspace)
    big = scene_of(renderer, '{box: stack, children: [{image: "photo:ibu.jpg", mode: cover}]}')
    assert codes(big) == ["foto-diperbesar"]
    assert 'foto "ibu.jpg" diperbesar 2,2 kali' in big.findings[0].message
    small = scene_of(renderer, '{box: row, children: [{image: "photo:ibu.jpg", width: 60}]}')
    assert not small.findings


def test_a_code_too_small_to_read_is_told(workspace: Workspace) -> None:
    renderer = Renderer(workspace)
    tiny = '{box: row, cross: start, children: [{image: "qr:https://wa.me/62", width: 8}]}'
    assert codes(scene_of(renderer, tiny)) == ["isi-meluber"]
    fine = '{box: row, children: [{image: "qr:https://wa.me/62", width: 30}]}'
    assert not scene_of(renderer, fine).findings


def test_a_changed_file_is_seen(workspace: Workspace) -> None:
    renderer = Renderer(workspace)
    scene = scene_of(renderer, '{box: stack, children: [{image: "art:kotak", mode: cover}]}')
    before, digest = renderer.image(scene), renderer.ingredients(scene)
    path = workspace.root / "assets" / "art" / "kotak.svg"
    path.write_text(SVG.replace("@primary", "#0000ff  "), encoding="utf-8")
    assert renderer.image(scene).getpixel((270, 300)) == (0, 0, 255)
    assert before.getpixel((270, 300)) == RED
    assert renderer.ingredients(scene) != digest


def test_equal_input_gives_equal_bytes(workspace: Workspace) -> None:
    scene = '{box: column, fill: card, children: [{text: "{{ isi.judul }}", style: title}]}'
    first, second = Renderer(workspace), Renderer(workspace)
    assert first.jpeg(scene_of(first, scene)) == second.jpeg(scene_of(second, scene))
    # and again from warm caches
    assert first.jpeg(scene_of(first, scene)) == second.jpeg(scene_of(second, scene))


def test_a_broken_template_gives_an_empty_scene_with_its_findings(workspace: Workspace) -> None:
    scene = scene_of(Renderer(workspace), "{boks: row}")
    assert scene.items == ()
    assert set(codes(scene)) == {"model-rusak"}


def test_a_draft_says_so_and_why() -> None:
    empty = Scene(1080, 1350, 10.8 * 64, ())
    reasons = [f"alasan nomor {number} " + "yang panjang sekali " * 5 for number in range(1, 6)]
    scene = draft_stamp(empty, reasons, Fonts())
    shown = [line.text for line in scene.texts()]
    assert "DRAF" in shown
    assert "DRAF · BELUM BOLEH DIPOSTING" in shown
    assert sum(line.startswith("• alasan nomor") for line in shown) == 3
    assert "• dan 2 hal lain" in shown
    assert not any(isinstance(item, ImageItem) for item in scene.items)
    assert scene.findings == empty.findings
