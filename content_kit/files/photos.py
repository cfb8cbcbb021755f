"""Opens a person's photo, however hostile, as upright RGB pixels and nothing else.

JPEG, PNG and WebP by content only: Pillow would otherwise run its EPS and PSD parsers on a file
that merely calls itself a photo. What comes back is a fresh canvas, so that no GPS position,
comment or thumbnail can reach an output.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final

from PIL import Image, ImageChops, ImageCms

from content_kit.errors import reason
from content_kit.files.whole import is_whole
from content_kit.findings import Finding, Place
from content_kit.model import Pixels

MAX_BYTES: Final = 25_000_000
MAX_PIXELS: Final = 40_000_000
MAX_WEBP_PIXELS: Final = 20_000_000
"""The WebP decoder holds a picture four times over: 40 megapixels took 650 MB."""
MAX_SIDE: Final = 12_000
FORMATS: Final = ("JPEG", "PNG", "WEBP")

_ORIENTATION: Final = 0x0112
_UPRIGHT: Final[Mapping[int, Image.Transpose]] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
MAX_PROFILE: Final = 4_000_000
"""Bytes of a colour profile that is looked at; those of printing presses have some 2 MB."""
_SPACES: Final = {"CMYK": "CMYK", "L": "GRAY"}
"""What profiles call the modes that are turned as they are; all others are turned as RGB."""
_GREY: Final = range(128 - 48, 128 + 49)
"""What the last pixel is where its block is missing: grey, with some colour of its neighbours."""
_BAND: Final = 256
"""Rows of a photo that are turned and converted at a time."""

_OTHERS: Final = (
    (b"GIF8", "GIF"),
    (b"8BPS", "Photoshop"),
    (b"%!PS", "PostScript"),
    (b"\xc5\xd0\xd3\xc6", "PostScript"),
    (b"%PDF", "PDF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"BM", "BMP"),
    (b"<svg", "SVG"),
    (b"<?xml", "SVG"),
    (b"PK\x03\x04", "ZIP atau Word"),
)


class _Refused(Exception):
    """The photo cannot be used, for the reason in the finding."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        self.code, self.message, self.hint = code, message, hint


def open_photo(
    path: Path, at: Place, *, want: tuple[int, int] | None, see_through: bool = False
) -> tuple[Image.Image | None, list[Finding]]:
    """The photo as an upright RGB image without metadata, or None with the finding that says why.

    `want` is the size in pixels (upright) that the picture needs: a much larger JPEG is then
    decoded at a half, a quarter or an eighth, but never below `want`. `at` is where the post
    names the photo. With `see_through` (logos) a picture that has holes keeps them, as RGBA.
    """
    try:
        with _opened(path) as (image, stream):
            turn = _orientation(image)
            if want is not None:
                image.draft("RGB", (want[1], want[0]) if turn >= 5 else want)
            _decode(image, stream)
            # A PNG may carry its orientation behind the pixels.
            turn = _orientation(image)
            return _canvas(image, turn, see_through=see_through), []
    except _Refused as no:
        return None, [Finding(no.code, no.message, at, hint=no.hint)]


def photo_size(path: Path) -> tuple[int, int] | None:
    """The upright size in pixels from the head of the file alone; None if it cannot be used."""
    try:
        with _opened(path) as (image, _):
            return _size(image)
    except _Refused:
        return None


def jpeg_size(data: bytes) -> tuple[int, int] | None:
    """The size of a JPEG from its head; None for anything else."""
    try:
        with Image.open(BytesIO(data), formats=("JPEG",)) as image:
            return image.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _size(image: Image.Image) -> tuple[int, int]:
    width, height = image.size
    return (height, width) if _orientation(image) >= 5 else (width, height)


def look(
    path: Path, width: int, height: int, *, turn: int = 0
) -> tuple[Pixels | None, list[Finding]]:
    """A photo upright and small, for a look at it; `turn` counts quarters clockwise."""
    size = photo_size(path) or (1, 1)
    times = min(1.0, max(width, height) / min(size))
    image, findings = open_photo(path, Place(), want=_scaled(size, times))
    return (reduced(_turned(image, turn), width, height) if image else None), findings


def glance(path: Path) -> tuple[tuple[int, int] | None, Finding | None]:
    """A photo's upright size, or why it cannot be used, from the head of its file alone."""
    try:
        with _opened(path) as (image, _):
            return _size(image), None
    except _Refused as no:
        return None, Finding(no.code, no.message, hint=no.hint)


def upright_jpeg(
    path: Path, *, turn: int = 0, longest: int, quality: int = 90
) -> tuple[bytes, list[Finding]]:
    """A photo as a new JPEG: upright, turned, no side longer than `longest`, nothing but pixels.

    Position, comment and thumbnail of the old file stay behind; its profile is applied. Without a photo the
    bytes are empty and the findings say why.
    """
    size = photo_size(path) or (1, 1)
    target = _scaled(size, min(1.0, longest / max(size)))
    image, findings = open_photo(path, Place(), want=target)
    if image is None:
        return b"", findings
    if image.size != target:
        image = image.resize(target, Image.Resampling.LANCZOS, reducing_gap=3.0)
    stream = BytesIO()
    # Named one by one, because Pillow falls back on what an image carries.
    _turned(image, turn).save(
        stream, "JPEG", quality=quality, comment=b"", exif=b"", icc_profile=None, progressive=False
    )
    return stream.getvalue(), findings


def _scaled(size: tuple[int, int], times: float) -> tuple[int, int]:
    return max(1, round(size[0] * times)), max(1, round(size[1] * times))


def _turned(image: Image.Image, turn: int) -> Image.Image:
    quarters = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180}
    method = {**quarters, 3: Image.Transpose.ROTATE_90}.get(turn % 4)
    return image if method is None else image.transpose(method)


def shrunk(image: Image.Image, width: int, height: int) -> Image.Image:
    """An image, whole and in its proportions, as large as fits into a box but never enlarged."""
    times = min(width / image.width, height / image.height, 1.0)
    size = max(1, round(image.width * times)), max(1, round(image.height * times))
    # The gap does the coarse part by averaging: 3 ms for a poster where the filter alone takes 15.
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def reduced(image: Image.Image, width: int, height: int) -> Pixels:
    """The pixels of an RGB image made small enough for a box."""
    small = shrunk(image, width, height)
    return Pixels(*small.size, small.tobytes())


@contextmanager
def _opened(path: Path) -> Iterator[tuple[Image.Image, BinaryIO]]:
    """A photo whose kind and size are allowed, not decoded yet."""
    try:
        if not path.is_file():
            raise _Refused(
                "foto-tidak-ada", f'foto "{path.name}" tidak ada.', "Salin fotonya ke folder foto."
            )
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise _Refused(
                "foto-terlalu-besar",
                f"foto ini {size / 1e6:.0f} MB, paling besar {MAX_BYTES / 1e6:.0f} MB.",
                "Kirim ulang lewat WhatsApp atau perkecil dulu.",
            )
        with path.open("rb") as stream:
            _sniff(stream)
            with _quiet(), _image(stream) as image:
                width, height = image.size
                most = MAX_WEBP_PIXELS if image.format == "WEBP" else MAX_PIXELS
                limit = ""
                if width > MAX_SIDE or height > MAX_SIDE:
                    limit = f"Satu sisi paling panjang {MAX_SIDE} piksel"
                elif width * height > most:
                    limit = f"Lebar kali tinggi paling banyak {most // 1_000_000} juta piksel"
                if limit:
                    raise _Refused(
                        "foto-terlalu-besar",
                        f"foto ini {width} × {height} piksel.",
                        f"{limit}: perkecil dulu.",
                    )
                yield image, stream
    except OSError as error:
        raise _Refused(
            "foto-rusak",
            f"foto ini tidak dapat dibuka ({reason(error) if error.errno else 'isinya rusak'}).",
            "Ambil lagi fotonya dari HP.",
        ) from error


def _sniff(stream: BinaryIO) -> None:
    head = stream.read(64)
    stream.seek(0)
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return
    if head[4:8] == b"ftyp" and any(
        brand in head[8:40] for brand in (b"hei", b"hev", b"mif1", b"msf1", b"avif")
    ):
        raise _Refused(
            "foto-jenis-lain",
            "foto ini berjenis HEIC.",
            "Ubah ke JPEG dulu: kirim lewat WhatsApp ke diri sendiri, lalu unduh.",
        )
    if not head:
        raise _Refused("foto-rusak", "berkas foto ini kosong.", "Ambil lagi fotonya dari HP.")
    kind = next((name for magic, name in _OTHERS if head.startswith(magic)), "")
    raise _Refused(
        "foto-jenis-lain",
        f"isi berkas ini {kind}, bukan foto." if kind else "isi berkas ini bukan foto.",
        "Pakai foto JPEG, PNG, atau WebP.",
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """A bomb is an error; that a phone wrote odd EXIF is nobody's concern."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _image(stream: BinaryIO) -> Image.Image:
    try:
        return Image.open(stream, formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _Refused(
            "foto-terlalu-besar",
            "ukuran foto ini tidak masuk akal.",
            f"Paling besar {MAX_PIXELS // 1_000_000} juta piksel.",
        ) from error
    except Exception as error:
        # Pillow's parsers raise whatever they meet: SyntaxError, ValueError, struct.error, …
        raise _Refused("foto-rusak", "foto ini rusak.", "Ambil lagi fotonya dari HP.") from error


def _decode(image: Image.Image, stream: BinaryIO) -> None:
    try:
        image.load()
    except Exception as error:
        raise _Refused(
            "foto-rusak", "foto ini rusak atau terpotong.", "Kirim ulang fotonya dari HP."
        ) from error
    stream.seek(0)
    data = stream.read(MAX_BYTES)
    if not is_whole(image.format or "", data, grey_end=_ends_grey(image), parting=_parting):
        raise _Refused("foto-rusak", "foto ini terpotong.", "Kirim ulang fotonya dari HP.")


def _ends_grey(image: Image.Image) -> bool:
    """Whether the last pixel may be one that the decoder made up."""
    if image.mode not in ("RGB", "L"):
        return True  # what grey is there nobody needs to know: such photos are rare
    last = image.getpixel((image.width - 1, image.height - 1))
    return all(
        int(value) in _GREY
        for value in (last if isinstance(last, tuple) else (last,))
        if value is not None
    )


def _parting(one: bytes, other: bytes, step: int) -> tuple[int, int] | None:
    """See `whole.Parting`."""
    try:
        both = []
        for data in (one, other):
            with Image.open(BytesIO(data), formats=("JPEG",)) as image:
                image.draft(None, (-(-image.width // step), -(-image.height // step)))
                image.load()
                both.append(image.copy())
        box = ImageChops.difference(*both).getbbox()
    except Exception:  # noqa: BLE001 - Pillow's parsers raise whatever they meet
        return None
    return (box[1], both[0].height) if box else None


def _orientation(image: Image.Image) -> int:
    try:
        turn = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # noqa: BLE001 - a broken EXIF block must not cost the photo
        return 1
    return turn if isinstance(turn, int) and 1 <= turn <= 8 else 1


def _canvas(image: Image.Image, turn: int, *, see_through: bool) -> Image.Image:
    """Upright pixels on a fresh canvas: nothing but pixels leaves this module.

    Band by band, so that 40 megapixels are held twice and not four times.
    """
    width, height = image.size
    see_through = see_through and _has_holes(image)
    canvas = Image.new(
        "RGBA" if see_through else "RGB", (height, width) if turn >= 5 else (width, height)
    )
    method = _UPRIGHT.get(turn)
    correct = _to_srgb(image)
    for top in range(0, height, _BAND):
        bottom = min(top + _BAND, height)
        band = image.crop((0, top, width, bottom))
        if see_through:
            holes, band = band.convert("RGBA").getchannel("A"), band.convert("RGB")
        elif correct is None or band.mode not in ("CMYK", "L"):
            band = _rgb(band)
        band = correct(band) if correct else band
        if see_through:
            band.putalpha(holes)
        if method is not None:
            band = band.transpose(method)
        along = top if turn in (1, 2, 5, 8) else height - bottom
        canvas.paste(band, (along, 0) if turn >= 5 else (0, along))
    return canvas


def _to_srgb(image: Image.Image) -> Callable[[Image.Image], Image.Image] | None:
    """What turns pixels of this image into sRGB; None when they are that, or nobody can tell.

    It takes CMYK and L as they are and everything else as RGB. A profile that is broken, of
    other colours, or too large is left aside: the photo is used as it is. So it is where Pillow
    came without its colour management.
    """
    profile = image.info.get("icc_profile")
    if not isinstance(profile, bytes) or not 128 <= len(profile) <= MAX_PROFILE:
        return None
    mode = image.mode if image.mode in _SPACES else "RGB"
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        if own.profile.xcolor_space.strip() != _SPACES.get(mode, "RGB"):
            return None
        if "srgb" in (own.profile.profile_description or "").casefold():
            return None
        transform = ImageCms.buildTransform(own, ImageCms.createProfile("sRGB"), mode, "RGB")
    except Exception:  # noqa: BLE001 - ImageCms raises whatever it meets, and may be missing
        return None

    def correct(band: Image.Image) -> Image.Image:
        turned = ImageCms.applyTransform(band, transform)
        return band if turned is None else turned

    return correct


def _rgb(image: Image.Image) -> Image.Image:
    """Any mode as RGB; what is see-through lies on white."""
    if image.mode.startswith(("I", "F")):
        # 16-bit grey: Pillow would clip at 255 instead of scaling.
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L").convert("RGB")
    if _has_holes(image):
        overlay = image.convert("RGBA")
        canvas = Image.new("RGB", image.size, "white")
        canvas.paste(overlay, mask=overlay.getchannel("A"))
        return canvas
    return image.convert("RGB")


def _has_holes(image: Image.Image) -> bool:
    """Whether some of its pixels may let the ground through."""
    return image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info
