"""One object from a template and its data to a picture: it owns the typeface, the painter and all caches.

A preview keeps one `Renderer`, each process of a batch its own; it is not for two threads at
once. What it keeps is bounded, and keyed by a file's size and time, so a changed file is seen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Final, TypeAlias

from PIL import Image

from content_kit.errors import UsageError
from content_kit.files.photos import open_photo, photo_size
from content_kit.files.sandbox import Sandbox
from content_kit.files.templates import Template
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding, Place
from content_kit.model import Format, Insets, Palette, Photo
from content_kit.picture import art, encode, nodes, qr
from content_kit.picture.bind import Leaves, bind
from content_kit.picture.fonts import Fonts
from content_kit.picture.layout import lay_out
from content_kit.picture.light import lifted
from content_kit.picture.memory import Memory
from content_kit.picture.nodes import Box, Colour, Node, Text
from content_kit.picture.paint import Painter
from content_kit.picture.scene import SUB, ImageItem, Scene, walk

ART_PIXELS: Final = 3_000_000
"""Pixels of drawn art and logos kept: about two hundred icons."""

PHOTO_PIXELS: Final = 4_000_000
"""Pixels of photo thumbnails kept (16 MB): decoding is a third of a picture's time."""

ENLARGED: Final = 1.5
"""A photo shown larger than this many times its own size looks soft, and a finding says so."""

_GLANCE: Final = (64, 64)

QR_MODULE: Final = 3
"""Pixels of one module below which phones no longer read a code from a compressed picture."""

Stamp: TypeAlias = tuple[int, int]
"""Size and time of change of a file: what tells one version from another."""


class Renderer:
    """Lays out, paints and encodes the pictures of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.fonts = Fonts()
        self._painter = Painter(self.fonts)
        self._leaves = Leaves(Sandbox())
        self._art: dict[tuple[str, Stamp], tuple[art.Art | None, list[Finding]]] = {}
        self._drawn = Memory(ART_PIXELS)
        self._photos = Memory(PHOTO_PIXELS)
        self._shapes: dict[tuple[Path, Stamp], tuple[int, int] | None] = {}
        # Finding a file resolves links in two roots, half a millisecond each time.
        self._paths: dict[tuple[str, str], Path] = {}
        self._opened: dict[tuple[Path, Stamp], list[Finding]] = {}
        self._digests: dict[tuple[Path, Stamp], str] = {}

    def scene(
        self,
        template: Template,
        format: Format,
        context: Mapping[str, object],
        palette: Palette,
        safe: Insets,
        *,
        unit: str = "",
        photos: Mapping[str, Photo] | None = None,
    ) -> Scene:
        """A post's picture laid out, with every finding about it; nothing is painted.

        `context` comes from `context.build`; `unit` and `photos` say whose photos and logos a
        name means. Findings that speak of the post's own words carry its field ("isi.judul").
        """
        unit_length = format.unit * SUB
        colours = tuple(sorted(palette.colours.items()))
        empty = Scene(format.width, format.height, unit_length, (), colours=colours)
        source = template.scene(format.name)
        if source is None:
            at = Place(template.file, 1, 1)
            return replace(
                empty, findings=(Finding("model-rusak", "model ini tidak punya scene.", at),)
            )
        room = (format.height - safe.top - safe.bottom) / format.unit
        about = {
            "nama": format.name,
            "lebar": format.width,
            "tinggi": format.height,
            # How high the safe area is in template lengths: a story of Instagram has 91, of
            # WhatsApp 117, a feed picture 113, a square 88. What is scarce decides, not the name.
            "ruang": int(room),
        }
        node, findings = bind(
            source,
            format.name,
            {**context, "format": about},
            palette,
            parts=template.parts,
            photos=photos,
            leaves=self._leaves,
        )
        if node is None:
            return replace(empty, findings=tuple(findings))
        images = {image.source: image for image in _images(node)}
        missing = [self._missing(image, unit) for image in images.values()]
        scene = lay_out(node, format, safe, self.fonts, lambda name: self._shape(name, unit))
        findings += [*(f for problems in missing for f in problems), *scene.findings]
        findings += self._too_small(scene, images, unit)
        return replace(scene, findings=tuple(dict.fromkeys(findings)), colours=colours)

    def image(self, scene: Scene, *, unit: str = "") -> Image.Image:
        """The picture of a scene, RGB. What is missing stays empty: the scene's findings told it."""
        return self._painter.paint(scene, _Sources(self, unit, dict(scene.colours)))

    def jpeg(
        self,
        scene: Scene,
        *,
        unit: str = "",
        quality: int = encode.QUALITY,
        budget: int | None = None,
    ) -> bytes:
        """The picture as the JPEG that channels take, at most `budget` bytes if that can be."""
        return encode.jpeg(self.image(scene, unit=unit), quality=quality, budget=budget)

    def ingredients(self, scene: Scene, unit: str = "") -> str:
        """A digest of what a scene is painted with beside its items: palette, art, photos, logos."""
        digest = hashlib.sha256(repr(scene.colours).encode())
        sources = {item.source for item in walk(scene.items) if isinstance(item, ImageItem)}
        for source in sorted(sources):
            digest.update(f"\0{source}\0".encode())
            path = self._path(source, unit)
            stamp = _stamp(path)
            if path is None or stamp is None:
                continue
            if (path, stamp) not in self._digests:
                self._digests[path, stamp] = hashlib.sha256(_bytes(path)).hexdigest()
            digest.update(self._digests[path, stamp].encode())
        return digest.hexdigest()

    # What pictures are there

    def _path(self, source: str, unit: str) -> Path | None:
        """Where the file of a source lies, there or not; None for a code or an unsafe name."""
        key = (source, unit)
        known = self._paths.get(key)
        if known is not None and _stamp(known) is not None:
            return known
        path = self._found(source, unit)
        if path is not None:
            self._paths[key] = path
        return path

    def _found(self, source: str, unit: str) -> Path | None:
        kind, _, name = source.partition(":")
        try:
            if kind == "art":
                return self.workspace.asset(f"art/{name}.svg")
            if kind == "photo" and unit:
                return self.workspace.photo_path(unit, name)
            if kind == "logo" and unit:
                return self.workspace.logo_path(unit, name)
        except UsageError:
            return None
        return None

    def _missing(self, image: nodes.Image, unit: str) -> list[Finding]:
        """What is wrong with an image's file, before anything is painted."""
        kind, _, name = image.source.partition(":")
        place = replace(image.at, field=image.source_field)
        if kind == "qr":
            return [] if self._shape(image.source, unit) else [
                Finding("isi-meluber", "isi kode QR terlalu panjang.", place, hint="Perpendek.")
            ]  # fmt: skip
        path = self._path(image.source, unit)
        if kind == "art":
            if path is not None:
                _, findings = self._read_art(path)
                return findings
            near = get_close_matches(name[:40], self.workspace.asset_names("art", ".svg"), 1)
            hint = f'Maksudnya "{near[0]}"?' if near else "Pilih dari daftar gambar."
            return [
                Finding("gambar-tidak-ada", f'gambar "{name[:40]}" tidak ada.', place, hint=hint)
            ]
        stamp = _stamp(path)
        if kind == "logo" and stamp is None:
            said = f'logo "{name[:60]}" tidak ada di folder logo.'
            return [Finding("gambar-tidak-ada", said, place, hint="Salin berkasnya ke sana.")]
        if path is None:
            said = f'foto "{name[:60]}" tidak ada.'
            return [Finding("foto-tidak-ada", said, place, hint="Salin fotonya ke folder foto.")]
        if path.suffix.lower() == ".svg":
            return self._read_art(path)[1]
        # A photo that ends too early is only found by decoding it: small, and once a version.
        key = (path, stamp or (0, 0))
        if key not in self._opened:
            self._opened[key] = open_photo(path, Place(), want=_GLANCE)[1]
        return [replace(finding, place=place) for finding in self._opened[key]]

    def _shape(self, source: str, unit: str) -> tuple[int, int] | None:
        """The proportions of a picture, without decoding it."""
        kind, _, name = source.partition(":")
        if kind == "qr":
            try:
                qr.least_size(name)
            except ValueError:
                return None
            return 1, 1
        path = self._path(source, unit)
        stamp = _stamp(path)
        if path is None or stamp is None:
            return None
        if path.suffix.lower() == ".svg":
            drawing, _ = self._read_art(path)
            return (round(drawing.width * 64), round(drawing.height * 64)) if drawing else None
        if (path, stamp) not in self._shapes:
            self._shapes[path, stamp] = photo_size(path)
        return self._shapes[path, stamp]

    def _too_small(
        self, scene: Scene, images: Mapping[str, nodes.Image], unit: str
    ) -> Iterator[Finding]:
        """Photos that are blown up, and codes that no phone will read."""
        for item in walk(scene.items):
            node = images.get(item.source) if isinstance(item, ImageItem) else None
            if not isinstance(item, ImageItem) or node is None:
                continue
            kind, _, name = item.source.partition(":")
            shape = self._shape(item.source, unit)
            place = replace(node.at, field=node.source_field)
            width, height = item.box.w / SUB, item.box.h / SUB
            if kind == "photo" and shape is not None:
                both = (width / shape[0], height / shape[1])
                times = max(both) if item.mode == "cover" else min(both)
                if times > ENLARGED:
                    often = f"{times:.1f}".replace(".", ",")
                    said = f'foto "{name[:60]}" diperbesar {often} kali, jadi kabur.'
                    yield Finding(
                        "foto-diperbesar",
                        said,
                        place,
                        hint="Pakai foto asli dari HP, bukan kiriman.",
                    )
            readable = qr.least_size(name) * QR_MODULE if kind == "qr" and shape else 0
            if min(width, height) < readable:
                said = "kode QR terlalu kecil untuk dipindai."
                hint = "Perbesar kode ini atau perpendek isinya."
                yield Finding("isi-meluber", said, place, hint=hint)

    # Pixels

    def _read_art(self, path: Path) -> tuple[art.Art | None, list[Finding]]:
        stamp = _stamp(path) or (0, 0)
        key = (path.as_posix(), stamp)
        if key not in self._art:
            self._art[key] = art.read(_bytes(path), self.workspace.relative(path))
        return self._art[key]

    def _picture(
        self, source: str, unit: str, width: int, height: int, colours: Mapping[str, Colour]
    ) -> Image.Image | None:
        kind, _, name = source.partition(":")
        if kind == "qr":
            try:
                side = min(width, height)
                return self._drawn.get((source, side), lambda: qr.draw(name, side))
            except ValueError:
                return None
        path = self._path(source, unit)
        stamp = _stamp(path)
        if path is None or stamp is None:
            return None
        if path.suffix.lower() == ".svg":
            return self._drawing(path, stamp, width, height, colours)
        key = (path, stamp, width, height)
        try:
            return self._photos.get(key, lambda: _thumbnail(path, width, height, kind == "logo"))
        except _NoPictureError:
            return None

    def _drawing(
        self, path: Path, stamp: Stamp, width: int, height: int, colours: Mapping[str, Colour]
    ) -> Image.Image | None:
        drawing, _ = self._read_art(path)
        if drawing is None:
            return None
        wanted = tuple(sorted((token, colours.get(token)) for token in drawing.tokens))

        def draw() -> Image.Image:
            image, _ = art.draw(drawing, width, height, colours)
            if image is None:
                raise _NoPictureError
            return image

        try:
            return self._drawn.get((path, stamp, width, height, wanted), draw)
        except _NoPictureError:
            return None


class _NoPictureError(Exception):
    """A file gave no picture; its findings were reported when the scene was laid out."""


class _Sources:
    """The painter's view of one unit's pictures in one palette."""

    def __init__(self, renderer: Renderer, unit: str, colours: Mapping[str, Colour]) -> None:
        self._renderer = renderer
        self._unit = unit
        self._colours = colours

    def picture(self, source: str, width: int, height: int) -> Image.Image | None:
        """The picture of a source for a box of this size."""
        return self._renderer._picture(source, self._unit, width, height, self._colours)  # noqa: SLF001 - one unit


def _thumbnail(path: Path, width: int, height: int, see_through: bool) -> Image.Image:
    """A photo that still covers the box whichever way it is cropped, and is no larger."""
    image, _ = open_photo(path, Place(), want=(width, height), see_through=see_through)
    if image is None:
        raise _NoPictureError
    scale = max(width / image.width, height / image.height)
    if scale < 1:
        size = (max(width, round(image.width * scale)), max(height, round(image.height * scale)))
        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return image if see_through else lifted(image)


def _images(node: Node) -> Iterator[nodes.Image]:
    if isinstance(node, nodes.Image):
        yield node
    elif isinstance(node, Box):
        for child in node.children:
            yield from _images(child)


def _stamp(path: Path | None) -> Stamp | None:
    if path is None:
        return None
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


_RED: Final[Colour] = (176, 27, 27)
_WHITE: Final[Colour] = (255, 255, 255)
_MOST_REASONS: Final = 3


def draft_stamp(scene: Scene, reasons: Sequence[str], fonts: Fonts) -> Scene:
    """The scene under a DRAF stamp that names up to three reasons: readable, but not postable."""
    shown = [" ".join(reason.split()) for reason in reasons if reason.strip()]
    more = len(shown) - _MOST_REASONS
    lines = [_cut(reason) for reason in shown[:_MOST_REASONS]]
    if more > 0:
        lines.append(f"dan {more} hal lain")
    band = Box(
        direction="column",
        anchor=(0.5, 1.0),
        align="stretch",
        fill=nodes.Solid(_RED),
        pad=(2.0, 5.0, 2.0, 5.0),
        gap=0.5,
        children=(
            Text(
                text="DRAF · BELUM BOLEH DIPOSTING",
                fit=(2.4, 4.0), weight=800, leading=1.2, colour=_WHITE, lines=1,
            ),
            *(Text(text=f"• {line}", fit=(2.0, 2.5), weight=600, colour=_WHITE, lines=1) for line in lines),
        ),
    )  # fmt: skip
    stamp = Box(
        direction="column",
        anchor=(0.5, 0.42),
        rotate=-14,
        opacity=0.5,
        pad=(1.0, 5.0, 1.0, 5.0),
        radius=4,
        fill=nodes.Solid(_WHITE, 0.55),
        border=nodes.Border(1.2, _RED),
        children=(
            Text(text="DRAF", size=21, weight=800, leading=1.15, tracking=0.06, colour=_RED),
        ),
    )
    format = Format("draf", scene.width, scene.height)
    over = lay_out(
        Box(direction="stack", children=(stamp, band)), format, Insets(), fonts, lambda _: None
    )
    return replace(scene, items=(*scene.items, *over.items))


def _cut(reason: str, most: int = 68) -> str:
    return reason if len(reason) <= most else reason[: most - 1].rstrip() + "…"
