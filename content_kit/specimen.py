"""A template's own examples as pictures: short, typical and longest text in every format.

The posyandu and the people in them are fictional. The same specimens stand behind
`template show --out` and the test that no template ever clips a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Final

from content_kit.checks.case import Case
from content_kit.checks.content import fields as check_fields
from content_kit.context import build
from content_kit.files.assets import load_channels, load_palette, load_services
from content_kit.files.calendars import read_change
from content_kit.files.institutions import load_institutions
from content_kit.files.reader import Findings, Reader, places, plain
from content_kit.files.templates import Template
from content_kit.files.workspace import Workspace
from content_kit.files.yaml import Map
from content_kit.findings import Finding, Place
from content_kit.model import (
    DEFAULT_PALETTE,
    Change,
    CheckState,
    Contact,
    FieldValue,
    Hours,
    Insets,
    OccurrenceRef,
    Photo,
    Pillar,
    Post,
    Posyandu,
    ServiceDay,
    Source,
    Zone,
)
from content_kit.picture.renderer import Renderer
from content_kit.picture.scene import Scene
from content_kit.schedule.occurrences import resolve

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
    service_days=(
        ServiceDay(
            id="bulanan",
            name="Hari buka",
            rule="selasa ke-2",
            hours=Hours(time(8), time(11)),
            place="Balai RW 05",
            services=("timbang", "imunisasi", "periksa_hamil"),
            bring=("Buku KIA",),
        ),
    ),
)
OPENING: Final = date(2026, 12, 8)
"""The service day that every example speaks of."""
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
    palette_name: str = "",
    *,
    formats: Iterable[str] = (),
    photos: Mapping[str, Photo] | None = None,
    unit: str = "melati",
    safe: Insets | None = None,
    renderer: Renderer | None = None,
    paint: bool = True,
    change: Change | None = None,
) -> Iterator[Specimen]:
    """Every example of a template in these formats, inside WhatsApp's safe area or `safe`.

    Without a palette or formats the template's own are taken. A palette that cannot be read
    gives nothing: `load_palette` says why. `photos` and `unit` let a caller show a photo in the
    template's photo field; `change` takes the place of the change that an example tells of.
    """
    channels, known, _ = load_channels(workspace)
    services, _ = load_services(workspace)
    institutions, _ = load_institutions(workspace)
    address = workspace.settings()[0].address
    palette, findings = load_palette(workspace, palette_name or template.palette or DEFAULT_PALETTE)
    if palette is None:
        return
    renderer = renderer or Renderer(workspace)
    wanted = tuple(formats) or template.formats or tuple(_CHANNELS)
    shown = [name for name in wanted if name in known and name in (template.formats or wanted)]
    for example, node in template.examples.items():
        given = plain(node)
        assert isinstance(given, Mapping)
        post = example_post(template, given)
        if photos:
            names = {
                spec.name: next(iter(photos)) for spec in template.fields if spec.type == "photo"
            }
            post = _with_fields(post, names)
        posyandu = _changed(change or _change(node))
        occurrence = resolve(posyandu, OccurrenceRef("bulanan", OPENING))
        context = build(
            post, posyandu, occurrence, services=services, fields=template.fields,
            month=template.month, sources=institutions.printed(post.sources), address=address.as_words(),
        )  # fmt: skip
        for format in shown:
            channel = channels.get(_CHANNELS.get(format, ""))
            inside = safe or (channel.safe if channel else Insets())
            scene = renderer.scene(
                template, known[format], context, palette, inside, unit=unit, photos=photos or {}
            )
            jpeg = renderer.jpeg(scene, unit=unit) if paint else b""
            yield Specimen(example, format, scene, jpeg, (*findings, *scene.findings))


def check_examples(template: Template) -> list[Finding]:
    """What is wrong with the contents of example.yaml, as `check` would say it of a post."""
    if not template.examples:
        place = Place(f"{template.file.rpartition('/')[0]}/example.yaml", 1, 1)
        said = "belum ada contoh, jadi tidak ada yang dapat digambar."
        return [Finding("model-rusak", said, place, hint="Isi pendek, biasa, dan panjang.")]
    found: list[Finding] = []
    for example, node in template.examples.items():
        given = plain(node)
        assert isinstance(given, Mapping)
        written = {path.removeprefix(f"{example}."): place for path, place in places(node, example)}
        post = replace(example_post(template, given), at=node.place, places=written)
        case = Case(post, POSYANDU, template=template)
        found += [replace(finding, post="") for finding in check_fields(case)]
    return found


def example_post(template: Template, given: Mapping[str, FieldValue]) -> Post:
    """A post that fills a template with one of its examples."""
    fields = given.get("isi", {})
    fields = fields if isinstance(fields, Mapping) else {}
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
            Source(str(item.get("nama", "")), CheckState.VERIFIED, short=str(item.get("cetak", "")))
            for item in sources
            if isinstance(item, Mapping)
        ),
    )


def _change(example: Map) -> Change | None:
    given = example.get("perubahan")
    return read_change(Reader(given, Findings())) if isinstance(given, Map) else None


def _changed(change: Change | None) -> Posyandu:
    (day,) = POSYANDU.service_days
    return replace(POSYANDU, service_days=(replace(day, changes=(change,) if change else ()),))


def _with_fields(post: Post, more: Mapping[str, FieldValue]) -> Post:
    return replace(post, fields={**post.fields, **more})
