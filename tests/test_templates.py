"""Every template in every format, with short, typical and longest text, a dim photo, every palette."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageStat

from content_kit.files import bundled
from content_kit.files.assets import load_channels, palette_names
from content_kit.files.templates import FieldSpec, Template, load_template
from content_kit.files.workspace import Workspace
from content_kit.files.yaml import Map, Scalar, Seq
from content_kit.findings import Finding, Level
from content_kit.model import Consent, PeopleInPhoto, Photo
from content_kit.picture.renderer import Renderer
from content_kit.specimen import check_examples, specimens

BUNDLED = Workspace(bundled.root())
TEMPLATES = BUNDLED.template_names()
FORMATS = ("feed", "story", "square")
EVERYDAY = ("teluk", "intan", "limau-kuit")
"""Palettes of every run, the least like each other; the rest is looked at in the slow one."""
GOLDENS = Path(__file__).parent / "goldens"


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer(BUNDLED)


def template(name: str, workspace: Workspace = BUNDLED) -> Template:
    loaded, findings = load_template(workspace, name)
    assert loaded is not None and not findings, [f.sentence() for f in findings]
    return loaded


def said(findings: Iterator[Finding] | tuple[Finding, ...]) -> list[str]:
    return [finding.sentence() for finding in findings if finding.level is not Level.INFO]


@pytest.mark.parametrize(
    "palette",
    [
        pytest.param(name, marks=() if name in EVERYDAY else pytest.mark.slow)
        for name in palette_names(BUNDLED)
    ],
)
@pytest.mark.parametrize("name", TEMPLATES)
def test_no_text_of_any_length_is_clipped_pale_or_out_of_the_safe_area(
    renderer: Renderer, name: str, palette: str
) -> None:
    seen = set()
    for specimen in specimens(
        BUNDLED, template(name), palette, formats=FORMATS, renderer=renderer, paint=False
    ):
        assert said(specimen.findings) == [], (specimen.example, specimen.format)
        seen.add((specimen.example, specimen.format))
    assert len(seen) == 9


@pytest.mark.parametrize("name", TEMPLATES)
def test_its_own_examples_keep_the_rules_of_its_fields(name: str) -> None:
    assert said(tuple(check_examples(template(name)))) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_story_for_instagram_fits_above_its_buttons(renderer: Renderer, name: str) -> None:
    safe = load_channels(BUNDLED)[0]["ig-story"].safe
    for specimen in specimens(
        BUNDLED, template(name), formats=("story",), safe=safe, renderer=renderer, paint=False
    ):
        assert said(specimen.findings) == [], specimen.example


@pytest.mark.parametrize("channel", ["wa-grup", "wa-status", "wa-saluran", "ig-story"])
@pytest.mark.parametrize("name", TEMPLATES)
def test_whatever_drawing_is_chosen_no_words_stand_on_it(
    tmp_path: Path, name: str, channel: str
) -> None:
    """The drawing of somebody else may fill its frame to the corners: here one dark square does."""
    art = tmp_path / "assets" / "art"
    art.mkdir(parents=True)
    square = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0H9V9H0Z" fill="#777"/></svg>'
    (art / "penuh.svg").write_text(square)
    workspace = Workspace(tmp_path)
    loaded = template(name, workspace)
    full = {
        example: _drawn_with(node, loaded, "penuh") for example, node in loaded.examples.items()
    }
    there = load_channels(BUNDLED)[0][channel]
    for specimen in specimens(
        workspace,
        replace(loaded, examples=full),
        formats=(there.format,),
        safe=there.safe,
        renderer=Renderer(workspace),
        paint=False,
    ):
        assert said(specimen.findings) == [], specimen.example


def _drawn_with(node: Map, loaded: Template, art: str) -> Map:
    """An example in which every drawing is this one, also where it had none."""

    def filled(values: Map, specs: tuple[FieldSpec, ...]) -> Map:
        entries = {key.text: (key, value) for key, value in values.entries}
        at = values.place
        for spec in specs:
            value = entries.get(spec.name, (None, None))[1]
            if spec.type == "art":
                word = Scalar(art, at, 0, 0)
                entries[spec.name] = (Scalar(spec.name, at, 0, 0), word)
            elif isinstance(value, Seq):
                items = tuple(
                    filled(i, spec.items) if isinstance(i, Map) else i for i in value.items
                )
                entries[spec.name] = (entries[spec.name][0], replace(value, items=items))
        return replace(values, entries=tuple(entries.values()))

    inner = node.get("isi")
    assert isinstance(inner, Map)
    kept = tuple(entry for entry in node.entries if entry[0].text != "isi")
    key = Scalar("isi", node.place, 0, 0)
    return replace(node, entries=((key, filled(inner, loaded.fields)), *kept))


@pytest.mark.parametrize("format", FORMATS)
def test_a_dim_phone_photo_shows_in_the_round_portrait(tmp_path: Path, format: str) -> None:
    folder = tmp_path / "calendars" / "melati" / "foto"
    folder.mkdir(parents=True)
    dim_photo().save(folder / "kader.jpg", quality=80)
    workspace = Workspace(tmp_path)
    photo = Photo("kader.jpg", PeopleInPhoto.ADULTS, (0.5, 0.4), Consent("IZIN-1"))
    for specimen in specimens(
        workspace,
        template("kader-apresiasi", workspace),
        formats=(format,),
        photos={photo.file: photo},
        renderer=(mine := Renderer(workspace)),
        paint=False,
    ):
        assert said(specimen.findings) == []
        picture = mine.image(specimen.scene, unit="melati")
        shown = next(
            item.box
            for item in specimen.scene.items
            if getattr(item, "source", "") == "photo:kader.jpg"
        )
        middle = picture.crop(
            (shown.x // 64 + shown.w // 192, shown.y // 64 + shown.h // 192,
             shown.right // 64 - shown.w // 192, shown.bottom // 64 - shown.h // 192)
        )  # fmt: skip
        red, _, blue = ImageStat.Stat(middle).mean
        assert red > blue, "the warm light of the photo, not the teal ground behind our art"


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("format", FORMATS)
def test_the_typical_picture_looks_as_it_did_when_it_was_last_looked_at(
    renderer: Renderer, name: str, format: str
) -> None:
    """A small golden: at a fifth of its size no pixel moves by more than a shade.

    After a change that is meant, delete the file, run the test again, and look at the new one.
    """
    golden = GOLDENS / f"{name}_{format}.png"
    for specimen in specimens(
        BUNDLED, template(name), formats=(format,), renderer=renderer, paint=False
    ):
        if specimen.example != "biasa":
            continue
        picture = renderer.image(specimen.scene, unit="melati")
        small = picture.resize((picture.width // 5, picture.height // 5), Image.Resampling.BOX)
        if not golden.exists():
            GOLDENS.mkdir(exist_ok=True)
            small.save(golden, optimize=True)
            pytest.fail(f"{golden.name} was missing and has been made: look at it and run again")
        with Image.open(golden) as before:
            difference = ImageChops.difference(small, before.convert("RGB"))
        worst = max(high for _, high in difference.getextrema())  # type: ignore[misc]
        assert worst <= 24, f"differs by {worst}"


def test_every_piece_of_art_is_a_name_that_a_template_can_say() -> None:
    names = BUNDLED.asset_names("art", ".svg")
    assert len(names) >= 25
    for name in names:
        assert name == name.lower() and name.isascii()


def dim_photo() -> Image.Image:
    """A room at dusk as a cheap phone takes it: dark, warm, noisy, soft; a person in the middle."""
    chance = random.Random(7)
    photo = Image.new("RGB", (1200, 1600), (52, 40, 30))
    draw = ImageDraw.Draw(photo)
    draw.rectangle((120, 120, 420, 620), fill=(96, 84, 62))
    draw.ellipse((330, 860, 870, 1800), fill=(66, 46, 52))
    draw.ellipse((430, 420, 770, 900), fill=(80, 52, 58))
    draw.ellipse((490, 500, 710, 800), fill=(132, 92, 66))
    photo = photo.filter(ImageFilter.GaussianBlur(6))
    noise = Image.frombytes("RGB", (300, 400), chance.randbytes(300 * 400 * 3)).resize(photo.size)
    return Image.blend(photo, noise, 0.08)
