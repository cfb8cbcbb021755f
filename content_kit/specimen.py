"""A template's own examples as pictures: short, typical and longest text in every format.

The posyandu and the people in them are fictional. The same specimens stand behind
`template show --out` and the test that no template ever clips a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Final

from content_kit.context import build
from content_kit.files.assets import load_channels, load_palette, load_services
from content_kit.files.reader import plain
from content_kit.files.templates import Template
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding
from content_kit.model import (
    CheckState,
    Contact,
    FieldValue,
    Hours,
    Insets,
    Occurrence,
    Photo,
    Pillar,
    Post,
    Posyandu,
    Source,
    Zone,
)
from content_kit.picture.renderer import Renderer
from content_kit.picture.scene import Scene

POSYANDU: Final = Posyandu(
    id="contoh-desa-contoh-melati",
    slug="melati",
    name="Posyandu Melati",
    village="Desa Contoh",
    district="Kecamatan Contoh",
    regency="Kabupaten Contoh",
    zone=Zone.WITA,
    contact=Contact(whatsapp="0812-0000-0000"),
    fictional=True,
)
OCCURRENCE: Final = Occurrence(
    service_day="bulanan",
    name="Hari buka",
    original=date(2026, 12, 8),
    date=date(2026, 12, 8),
    hours=Hours(time(8), time(11)),
    place="Balai RW 05",
    services=("timbang", "imunisasi", "periksa_hamil"),
    bring=("Buku KIA",),
)
_CHANNELS: Final = {"feed": "wa-grup", "story": "wa-status", "square": "wa-saluran"}


@dataclass(frozen=True, slots=True)
class Specimen:
    """One example in one format; `jpeg` is empty when only the layout was asked for."""

    example: str
    format: str
    scene: Scene
    jpeg: bytes
    findings: tuple[Finding, ...]


def specimens(
    workspace: Workspace,
    template: Template,
    palette_name: str = "teluk",
    *,
    formats: Iterable[str] = ("feed", "story", "square"),
    photos: Mapping[str, Photo] | None = None,
    unit: str = "melati",
    safe: Insets | None = None,
    renderer: Renderer | None = None,
    paint: bool = True,
) -> Iterator[Specimen]:
    """Every example of a template in these formats, inside WhatsApp's safe area or `safe`.

    `photos` and `unit` let a caller show a photo in the template's photo field.
    """
    channels, known, _ = load_channels(workspace)
    services, _ = load_services(workspace)
    palette, findings = load_palette(workspace, palette_name)
    if palette is None:
        return
    renderer = renderer or Renderer(workspace)
    for example, node in template.examples.items():
        given = plain(node)
        assert isinstance(given, Mapping)
        post = _post(template, given)
        if photos:
            names = {
                spec.name: next(iter(photos)) for spec in template.fields if spec.type == "photo"
            }
            post = _with_fields(post, names)
        context = build(post, POSYANDU, OCCURRENCE, services=services, fields=template.fields)
        for format in formats:
            inside = safe or channels[_CHANNELS[format]].safe
            scene = renderer.scene(
                template, known[format], context, palette, inside, unit=unit, photos=photos or {}
            )
            jpeg = renderer.jpeg(scene, unit=unit) if paint else b""
            yield Specimen(example, format, scene, jpeg, (*findings, *scene.findings))


def _post(template: Template, given: Mapping[str, FieldValue]) -> Post:
    fields = given.get("isi", {})
    assert isinstance(fields, Mapping)
    sources = given.get("sumber", ())
    return Post(
        id="contoh",
        unit=POSYANDU.slug,
        date=date(2026, 12, 7),
        time=time(16),
        pillar=Pillar.JADWAL,
        template=template.name,
        channels=(),
        fields=fields,
        sources=tuple(
            Source(str(item.get("nama", "")), CheckState(str(item.get("cek", "V"))))
            for item in sources
            if isinstance(item, Mapping)
        ),
    )


def _with_fields(post: Post, more: Mapping[str, FieldValue]) -> Post:
    return replace(post, fields={**post.fields, **more})
