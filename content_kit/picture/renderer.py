"""One object from a template and its data to a picture: it owns the typeface, the painter and all caches.

A preview keeps one `Renderer`, each process of a batch its own; it is not for two threads at
once. What it keeps is bounded, and keyed by a file's size and time, so a changed file is seen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from math import ceil, floor
from pathlib import Path
from typing import Final, TypeAlias

from PIL import Image

from content_kit.context import format_words
from content_kit.errors import KitError, UsageError
from content_kit.files.marks import data_unmarked
from content_kit.files.photos import MAX_BYTES, open_photo, photo_size, reduced, shrunk
from content_kit.files.sandbox import Sandbox
from content_kit.files.templates import Template
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding, Place, clipped, nearest
from content_kit.model import Format, Insets, Palette, Photo, Pixels
from content_kit.picture import art, encode, nodes, qr, text
from content_kit.picture.bind import Leaves, bind
from content_kit.picture.fonts import Fonts
from content_kit.picture.layout import lay_out
from content_kit.picture.light import lifted
from content_kit.picture.memory import Memory
from content_kit.picture.nodes import Box, Colour, Node, Text
from content_kit.picture.paint import Painter, fitted
from content_kit.picture.scene import SUB, ImageItem, Rect, Scene, walk

ART_PIXELS: Final = 3_000_000
"""Pixels of drawn art and logos kept: about two hundred icons."""

PHOTO_PIXELS: Final = 4_000_000
"""Pixels of photo thumbnails kept (16 MB): decoding is a third of a picture's time."""

TEXTS: Final = 4_096
"""Measured texts kept: a month of posts of many posyandu."""

MAX_PAINTED: Final = 40
"""Times that a picture may be painted over: ours stay below 3, and each takes some 20 ms."""

ENLARGED: Final = 1.5
"""A photo shown larger than this many times its own size looks soft, and a finding says so."""

INK_STEP: Final = 6
"""Pixels of the canvas for each pixel in which art is looked at for the words that stand on it."""

INK_LEAST: Final = 24
"""The alpha (of 255) up to which a piece of art does not show: the soft edge of its outline."""

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
        self._art: dict[tuple[Path, Stamp], tuple[art.Art | None, list[Finding]]] = {}
        self._drawn = Memory(ART_PIXELS)
        self._photos = Memory(PHOTO_PIXELS)
        self._shapes: dict[tuple[Path, Stamp], tuple[int, int] | None] = {}
        # Finding a file resolves links in two roots, half a millisecond each time.
        self._paths: dict[tuple[str, str], Path] = {}
        self._opened: dict[tuple[Path, Stamp], list[Finding]] = {}
        self._digests: dict[tuple[Path, Stamp], str] = {}
        self._sealed: dict[tuple[Path, Stamp], str] = {}
        # Three hundred posyandu say the same words: measured and broken into lines once.
        self._measure = lru_cache(maxsize=TEXTS)(text.measured_with(self.fonts))
        # A code's modules are asked for its size, for its room and for its pixels: 3 ms each.
        self._codes = lru_cache(maxsize=64)(qr.modules)

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
            said = f'model "{template.name}" tidak dibuat untuk bentuk {format.name}.'
            hint = "Pilih model lain, atau kanal yang memakai bentuk lain."
            at = Place(template.file, 1, 1)
            return replace(empty, findings=(Finding("model-rusak", said, at, hint=hint),))
        node, findings = bind(
            source,
            format.name,
            {**data_unmarked(context), "format": format_words(format, safe)},
            palette,
            parts=template.parts,
            photos=photos,
            leaves=self._leaves,
            covers=self.fonts.covers,
        )
        if node is None:
            return replace(empty, findings=tuple(findings))
        images = {image.source: image for image in _images(node)}
        shades = dict(palette.colours)

        def inks(item: ImageItem, part: Rect) -> list[tuple[Colour, float]] | None:
            return self._inks(item, part, unit, shades)

        scene = lay_out(
            node,
            format,
            safe,
            self.fonts,
            lambda name: self._shape(name, unit),
            inks,
            self._measure,
        )
        if _painted(scene) > MAX_PAINTED:
            at = Place(template.file, 1, 1)
            said = f"isi model ini bertumpuk lebih dari {MAX_PAINTED} kali luas gambar."
            costly = Finding("model-terlalu-mahal", said, at, hint="Kurangi bagian yang bertumpuk.")
            return replace(empty, findings=(*findings, costly))
        boxes = {item.source: item.box for item in walk(scene.items) if isinstance(item, ImageItem)}
        missing = [
            self._missing(image, unit, boxes.get(source), palette)
            for source, image in images.items()
        ]
        # What a wrong template leads to is no fault of its own: mended, most of it is gone.
        broken = any(finding.code == "model-rusak" for finding in findings)
        seen = () if broken else scene.findings
        findings += [*(f for problems in missing for f in problems), *seen]
        findings += self._too_small(scene, images, unit)
        return replace(scene, findings=tuple(dict.fromkeys(findings)), colours=colours)

    def image(self, scene: Scene, *, unit: str = "") -> Image.Image:
        """The picture of a scene, RGB. What is missing stays empty: the scene's findings told it."""
        return self._painter.paint(scene, _Sources(self, unit, dict(scene.colours)))

    def thumbnail(self, scene: Scene, unit: str, width: int, height: int) -> Pixels:
        """The picture made small enough for a box of pixels: painted whole, then reduced."""
        return reduced(self.image(scene, unit=unit), width, height)

    def small_jpeg(self, scene: Scene, unit: str, width: int, height: int) -> bytes:
        """The picture reduced to fit into a box of pixels, as a JPEG of a few kilobytes."""
        return encode.jpeg(shrunk(self.image(scene, unit=unit), width, height), quality=70)

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
            path, stamp = self._file(source, unit)
            if path is None or stamp is None:
                continue
            if (path, stamp) not in self._digests:
                self._digests[path, stamp] = hashlib.sha256(_bytes(path)).hexdigest()
            digest.update(self._digests[path, stamp].encode())
        return digest.hexdigest()

    def sources(self, scene: Scene, unit: str = "") -> dict[str, str]:
        """The art, photos and logos of a scene with their digests; line ends of art do not count.

        A file that is not there has an empty digest.
        """
        shown = {item.source for item in walk(scene.items) if isinstance(item, ImageItem)}
        found: dict[str, str] = {}
        for source in sorted(shown):
            if source.startswith("qr:"):
                continue
            path, stamp = self._file(source, unit)
            if path is None or stamp is None:
                found[source] = ""
                continue
            if (path, stamp) not in self._sealed:
                data = _bytes(path)
                if path.suffix == ".svg":
                    data = data.replace(b"\r\n", b"\n")
                self._sealed[path, stamp] = hashlib.sha256(data).hexdigest()
            found[source] = self._sealed[path, stamp]
        return found

    # What pictures are there

    def _file(self, source: str, unit: str) -> tuple[Path | None, Stamp | None]:
        """Where the file of a source lies and its version, None if it is not there.

        A code or an unsafe name has no path either.
        """
        known = self._paths.get((source, unit))
        stamp = _stamp(known)
        if stamp is not None:
            return known, stamp
        path = self._found(source, unit)
        if path is not None:
            self._paths[source, unit] = path
        return path, _stamp(path)

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

    def _missing(
        self, image: nodes.Image, unit: str, box: Rect | None, palette: Palette
    ) -> list[Finding]:
        """What is wrong with an image's file, before anything is painted in its box."""
        kind, _, name = image.source.partition(":")
        place = replace(image.at, field=image.source_field)
        if kind == "qr":
            return [] if self._shape(image.source, unit) else [
                Finding("isi-meluber", "isi kode QR terlalu panjang.", place, hint="Perpendek.")
            ]  # fmt: skip
        path, stamp = self._file(image.source, unit)
        if kind == "art":
            if path is not None:
                drawing, findings = self._read_art(path, stamp)
                strange = drawing.tokens - palette.colours.keys() if drawing else ()
                return findings + [
                    Finding(
                        "svg-terlarang",
                        f'warna "@{token}" tidak ada di palet.',
                        Place(self.workspace.relative(path), 1, 1),
                        hint=nearest(token, tuple(palette.colours)),
                    )
                    for token in sorted(strange)
                ]
            hint = nearest(
                name, self.workspace.asset_names("art", ".svg"), "Pilih dari daftar gambar."
            )
            return [
                Finding(
                    "gambar-tidak-ada", f'gambar "{clipped(name)}" tidak ada.', place, hint=hint
                )
            ]
        if kind == "logo" and stamp is None:
            said = f'logo "{clipped(name, 60)}" tidak ada di folder logo.'
            return [Finding("gambar-tidak-ada", said, place, hint="Salin berkasnya ke sana.")]
        if path is None:
            said = f'foto "{clipped(name, 60)}" tidak ada.'
            return [Finding("foto-tidak-ada", said, place, hint="Salin fotonya ke folder foto.")]
        if path.suffix.lower() == ".svg":
            return self._read_art(path, stamp)[1]
        # A photo that ends too early is only found by decoding it: once a version, and as it
        # will be painted, unless that is too large to be kept.
        key = (path, stamp or (0, 0))
        if key not in self._opened:
            width, height = (-(-box.w // SUB), -(-box.h // SUB)) if box else (1, 1)
            across, along = self._photo_size(*key) or (1, 1)
            if across * along > PHOTO_PIXELS * _times((across, along), width, height) ** 2:
                width, height = 1, 1
            self._photo(*key, width, height, see_through=kind == "logo")
        return [replace(finding, place=place) for finding in self._opened[key]]

    def _shape(self, source: str, unit: str) -> tuple[int, int] | None:
        """The proportions of a picture, without decoding it."""
        kind, _, name = source.partition(":")
        if kind == "qr":
            try:
                self._codes(name)
            except ValueError:
                return None
            return 1, 1
        path, stamp = self._file(source, unit)
        if path is None or stamp is None:
            return None
        if path.suffix.lower() == ".svg":
            drawing, _ = self._read_art(path, stamp)
            return (round(drawing.width * 64), round(drawing.height * 64)) if drawing else None
        return self._photo_size(path, stamp)

    def _photo_size(self, path: Path, stamp: Stamp) -> tuple[int, int] | None:
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
                    said = f'foto "{clipped(name, 60)}" diperbesar {often} kali, jadi kabur.'
                    yield Finding(
                        "foto-diperbesar",
                        said,
                        place,
                        hint="Pakai foto asli dari HP, bukan kiriman.",
                    )
            readable = qr.least_size(self._codes(name)) * QR_MODULE if kind == "qr" and shape else 0
            if min(width, height) < readable:
                said = "kode QR terlalu kecil untuk dipindai."
                hint = "Perbesar kode ini atau perpendek isinya."
                yield Finding("isi-meluber", said, place, hint=hint)

    # Pixels

    def _inks(
        self, item: ImageItem, part: Rect, unit: str, colours: Mapping[str, Colour]
    ) -> list[tuple[Colour, float]] | None:
        """The colours of art within a part of the canvas, looked up in a small drawing of it."""
        box = item.box
        across, down = (-(-side // (SUB * INK_STEP)) for side in (box.w, box.h))
        if not item.source.startswith("art:") or item.mode != "contain" or not across or not down:
            return None
        drawing = self._picture(item, unit, across, down, colours)
        if drawing is None or drawing.mode != "RGBA":
            return None
        left, top = (across - drawing.width) / 2, (down - drawing.height) / 2
        sides = (
            floor((part.x - box.x) / (SUB * INK_STEP) - left),
            floor((part.y - box.y) / (SUB * INK_STEP) - top),
            ceil((part.right - box.x) / (SUB * INK_STEP) - left),
            ceil((part.bottom - box.y) / (SUB * INK_STEP) - top),
        )
        if item.flip:
            drawing = drawing.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        seen = drawing.crop(sides)  # what lies outside comes as clear pixels
        found: set[tuple[Colour, float]] = set()
        for r, g, b, a in set(zip(*[iter(seen.tobytes())] * 4, strict=True)):
            found.add((item.tint or (r, g, b), a / 255) if a > INK_LEAST else ((0, 0, 0), 0.0))
        return sorted(found)

    def _read_art(self, path: Path, stamp: Stamp | None) -> tuple[art.Art | None, list[Finding]]:
        key = (path, stamp or (0, 0))
        if key not in self._art:
            self._art[key] = art.read(_bytes(path), self.workspace.relative(path))
        return self._art[key]

    def _picture(
        self, item: ImageItem, unit: str, width: int, height: int, colours: Mapping[str, Colour]
    ) -> Image.Image | None:
        source = item.source
        kind, _, name = source.partition(":")
        if kind == "qr":
            try:
                side = min(width, height)
                return self._drawn.get((source, side), lambda: qr.draw(self._codes(name), side))
            except ValueError:
                return None
        path, stamp = self._file(source, unit)
        if path is None or stamp is None:
            return None
        if path.suffix.lower() == ".svg":
            return self._drawing(path, stamp, width, height, colours)

        def fit() -> Image.Image:
            photo = self._photo(path, stamp, width, height, see_through=kind == "logo")
            if photo is None:
                raise _NoPictureError
            return fitted(photo, item, width, height)

        try:
            return self._photos.get((path, stamp, width, height, item.mode, item.focus), fit)
        except _NoPictureError:
            return None

    def _photo(
        self, path: Path, stamp: Stamp, width: int, height: int, *, see_through: bool
    ) -> Image.Image | None:
        """A photo that still covers the box whichever way it is cropped, and is not much larger.

        It comes whole, or by a power of two smaller: so one decoding serves boxes of like size.
        """
        size = self._photo_size(path, stamp)
        times = _times(size, width, height) if size else 1

        def decode() -> Image.Image:
            want = (size[0] // times, size[1] // times) if size else None
            image, findings = open_photo(path, Place(), want=want, see_through=see_through)
            self._opened[path, stamp] = findings
            if image is None:
                raise _NoPictureError
            # Only a JPEG can be decoded smaller, and not below an eighth.
            more = min(image.width // want[0], image.height // want[1]) if want else 1
            if more > 1:
                image = image.reduce(more)
            return image if see_through else lifted(image)

        if self._opened.get((path, stamp)):
            return None
        try:
            return self._photos.get((path, stamp, times), decode)
        except _NoPictureError:
            return None

    def _drawing(
        self, path: Path, stamp: Stamp, width: int, height: int, colours: Mapping[str, Colour]
    ) -> Image.Image | None:
        drawing, _ = self._read_art(path, stamp)
        if drawing is None or drawing.tokens - colours.keys():
            return None
        wanted = tuple(sorted((token, colours.get(token)) for token in drawing.tokens))

        def draw() -> Image.Image:
            image, wrong = art.draw(drawing, width, height, colours)
            if image is None:
                # Whoever checked saw art that can be read: a picture without it must not go out.
                raise KitError(wrong[0].sentence())
            return image

        return self._drawn.get((path, stamp, width, height, wanted), draw)


class _NoPictureError(Exception):
    """A file gave no picture; its findings were reported when the scene was laid out."""


class _Sources:
    """The painter's view of one unit's pictures in one palette."""

    def __init__(self, renderer: Renderer, unit: str, colours: Mapping[str, Colour]) -> None:
        self._renderer = renderer
        self._unit = unit
        self._colours = colours

    def picture(self, item: ImageItem, width: int, height: int) -> Image.Image | None:
        """The picture of an item's source for a box of this size."""
        return self._renderer._picture(item, self._unit, width, height, self._colours)  # noqa: SLF001 - its other half


def _times(size: tuple[int, int], width: int, height: int) -> int:
    """The power of two by which a photo of this size can be reduced and still cover a box."""
    least = min(size[0] // max(1, width), size[1] // max(1, height))
    return 1 << max(0, least.bit_length() - 1)


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


def _painted(scene: Scene) -> float:
    """How many times over the items of a scene cover its whole picture."""
    areas = (item.box.w * item.box.h for item in walk(scene.items))
    return sum(areas) / (scene.width * scene.height * SUB * SUB)


def _bytes(path: Path) -> bytes:
    """A file's bytes, or one more than the largest that is ever drawn: enough to see it is too much."""
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError:
        return b""


_RED: Final[Colour] = (176, 27, 27)
_WHITE: Final[Colour] = (255, 255, 255)
_MOST_REASONS: Final = 3


def draft_stamp(scene: Scene, reasons: Sequence[str], fonts: Fonts) -> Scene:
    """The scene under a DRAF stamp that names up to three reasons: readable, but not postable."""
    shown = [" ".join(reason.split()) for reason in reasons if reason.strip()]
    more = len(shown) - _MOST_REASONS
    lines = [clipped(reason, 68) for reason in shown[:_MOST_REASONS]]
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
