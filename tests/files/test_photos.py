"""A photo comes back upright, in RGB and without metadata, or as one kind sentence."""

from __future__ import annotations

import io
import os
import random
import struct
import time
import zlib
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from content_kit.files.photos import MAX_BYTES, open_photo, photo_size
from content_kit.findings import Finding, Place

AT = Place("calendars/melati/2026-12.yaml", 5, 9, "postingan[m4x7q2].isi.foto")


def opened(data: bytes, folder: Path, want: tuple[int, int] | None = None) -> Image.Image:
    path = folder / "foto.jpg"
    path.write_bytes(data)
    image, findings = open_photo(path, AT, want=want)
    assert findings == []
    assert image is not None
    assert image.mode == "RGB"
    assert image.info == {}
    assert not image.getexif()
    if want is None:
        assert photo_size(path) == image.size
    return image


def refused(data: bytes, folder: Path) -> Finding:
    path = folder / "foto.jpg"
    path.write_bytes(data)
    image, findings = open_photo(path, AT, want=None)
    assert image is None
    assert len(findings) == 1
    assert findings[0].place == AT
    assert findings[0].hint
    return findings[0]


def saved(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def scene(width: int = 64, height: int = 48) -> Image.Image:
    """White, with a red top left, a green top right and a blue bottom left quarter."""
    image = Image.new("RGB", (width, height), "white")
    image.paste((255, 0, 0), (0, 0, width // 2, height // 2))
    image.paste((0, 255, 0), (width // 2, 0, width, height // 2))
    image.paste((0, 0, 255), (0, height // 2, width // 2, height))
    return image


def letters(image: Image.Image) -> str:
    """The four quarters as letters, reading order."""
    w, h = image.size
    names = {(True, False, False): "R", (False, True, False): "G", (False, False, True): "B"}
    told = ""
    for point in (
        (w // 4, h // 4),
        (3 * w // 4, h // 4),
        (w // 4, 3 * h // 4),
        (3 * w // 4, 3 * h // 4),
    ):
        pixel = image.getpixel(point)
        assert isinstance(pixel, tuple)
        red, green, blue = (value > 127 for value in pixel)
        told += names.get((red, green, blue), "_")
    return told


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_three_kinds_are_read(tmp_path: Path, kind: str) -> None:
    image = opened(saved(scene(), kind), tmp_path)
    assert letters(image) == "RGB_"
    assert image.size == (64, 48)


TURNS = [
    (1, None), (2, Image.Transpose.FLIP_LEFT_RIGHT), (3, Image.Transpose.ROTATE_180),
    (4, Image.Transpose.FLIP_TOP_BOTTOM), (5, Image.Transpose.TRANSPOSE),
    (6, Image.Transpose.ROTATE_90), (7, Image.Transpose.TRANSVERSE), (8, Image.Transpose.ROTATE_270),
]  # fmt: skip


@pytest.mark.parametrize(("turn", "camera"), TURNS)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_all_eight_orientations_come_upright(
    tmp_path: Path, turn: int, camera: Image.Transpose | None, kind: str
) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    seen = scene() if camera is None else scene().transpose(camera)
    image = opened(saved(seen, kind, exif=exif), tmp_path)
    assert letters(image) == "RGB_"
    assert image.size == (64, 48)


@pytest.mark.parametrize(("turn", "camera"), TURNS)
def test_a_tall_photo_is_put_together_without_a_seam(
    tmp_path: Path, turn: int, camera: Image.Transpose | None
) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    whole = noise(300, 700)
    seen = whole if camera is None else whole.transpose(camera)
    image = opened(saved(seen, "PNG", exif=exif), tmp_path)
    assert image.tobytes() == whole.tobytes()


def test_an_odd_orientation_is_none(tmp_path: Path) -> None:
    for odd in (0, 9, 65535):
        exif = Image.Exif()
        exif[0x0112] = odd
        assert letters(opened(saved(scene(), exif=exif), tmp_path)) == "RGB_"


def test_a_broken_exif_block_does_not_cost_the_photo(tmp_path: Path) -> None:
    whole = saved(scene())
    for body in (b"Exif\0\0garbage", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0"):
        block = b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
        assert letters(opened(whole[:2] + block + whole[2:], tmp_path)) == "RGB_"


def test_no_metadata_reaches_an_output(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = "RAHASIA keterangan"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "S", (3.0, 19.0, 12.0)
    exif[0x8825] = gps
    jpeg = saved(
        scene(), exif=exif, comment=b"RAHASIA komentar", icc_profile=b"RAHASIA profil",
        xmp=b"<x:xmpmeta>RAHASIA</x:xmpmeta>",
    )  # fmt: skip
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0cRAHASIA iptc"
    jpeg = jpeg[:2] + b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc + jpeg[2:]
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "RAHASIA teks")
    notes.add_itxt("XML:com.adobe.xmp", "RAHASIA xmp")
    png = saved(scene(), "PNG", pnginfo=notes, exif=exif)
    webp = saved(scene(), "WEBP", exif=exif, xmp=b"RAHASIA")
    for data in (jpeg, png, webp):
        assert b"RAHASIA" in data
        image = opened(data, tmp_path)
        for kind in ("JPEG", "PNG", "WEBP"):
            output = saved(image, kind)
            for trace in (b"RAHASIA", b"Exif", b"GPS", b"8BIM", b"xmp", b"tEXt", b"ICC_PROFILE"):
                assert trace not in output


def test_unusual_pixels_become_rgb(tmp_path: Path) -> None:
    cmyk = saved(scene().convert("CMYK"))
    assert letters(opened(cmyk, tmp_path)) == "RGB_"
    assert letters(opened(saved(scene().quantize(8), "PNG"), tmp_path)) == "RGB_"
    clear = scene().convert("RGBA")
    clear.putalpha(0)
    assert opened(saved(clear, "PNG"), tmp_path).getpixel((3, 3)) == (255, 255, 255)
    assert opened(saved(clear, "WEBP"), tmp_path).getpixel((3, 3)) == (255, 255, 255)
    see_through = saved(scene().quantize(8), "PNG", transparency=bytes(8))
    assert opened(see_through, tmp_path).getpixel((3, 3)) == (255, 255, 255)
    for mode in ("1", "L", "LA"):
        opened(saved(scene().convert(mode), "PNG"), tmp_path)


def test_a_logo_keeps_its_holes(tmp_path: Path) -> None:
    logo = scene().convert("RGBA")
    logo.putalpha(0)
    path = tmp_path / "logo.png"
    exif = Image.Exif()
    exif[0x0112] = 6
    path.write_bytes(saved(logo, "PNG", exif=exif))
    image, findings = open_photo(path, AT, want=None, see_through=True)
    assert findings == []
    assert image is not None
    assert (image.mode, image.size, image.info) == ("RGBA", (48, 64), {})
    assert image.getchannel("A").getextrema() == (0, 0)
    path.write_bytes(saved(scene(), "PNG"))
    image, _ = open_photo(path, AT, want=None, see_through=True)
    assert image is not None
    assert image.mode == "RGB"


def test_sixteen_bits_are_scaled_not_clipped(tmp_path: Path) -> None:
    grey = Image.new("I;16", (4, 1))
    for x, value in enumerate((0, 257 * 64, 257 * 128, 65535)):
        grey.putpixel((x, 0), value)
    image = opened(saved(grey, "PNG"), tmp_path)
    levels = [image.getpixel((x, 0)) for x in range(4)]
    for level, wanted in zip(levels, (0, 64, 128, 255), strict=True):
        assert isinstance(level, tuple)
        assert abs(level[0] - wanted) <= 1


def png(width: int, height: int, rows: bytes = b"") -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("width", "height"), [(30_000, 30_000), (12_001, 10), (10, 12_001), (8_000, 5_001), (65_500, 1)]
)
def test_bombs_are_refused_before_they_are_unpacked(
    tmp_path: Path, width: int, height: int
) -> None:
    started = time.process_time()
    assert refused(png(width, height), tmp_path).code == "foto-terlalu-besar"
    assert photo_size(tmp_path / "foto.jpg") is None
    assert time.process_time() - started < 0.5


def test_a_webp_has_a_lower_limit(tmp_path: Path) -> None:
    data = saved(Image.new("RGB", (5_000, 4_100)), "WEBP", quality=1, method=0)
    assert refused(data, tmp_path).code == "foto-terlalu-besar"


def test_a_heavy_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "foto.jpg"
    with path.open("wb") as stream:
        stream.write(saved(scene()))
        stream.truncate(MAX_BYTES + 1)
    _, findings = open_photo(path, AT, want=None)
    assert [finding.code for finding in findings] == ["foto-terlalu-besar"]


def noise(width: int = 320, height: int = 240) -> Image.Image:
    return Image.frombytes("RGB", (width, height), random.Random(1).randbytes(width * height * 3))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("progressive", [False, True])
def test_a_truncated_photo_is_refused_never_half_grey(
    tmp_path: Path, kind: str, *, progressive: bool
) -> None:
    options = {"progressive": True} if progressive and kind == "JPEG" else {}
    whole = saved(noise(), kind, **options)
    for part in (0.1, 0.5, 0.9, 0.99):
        cut = whole[: int(len(whole) * part)]
        assert refused(cut, tmp_path).code == "foto-rusak"
        # A file that was synced by half is often filled up with zeros.
        assert refused(cut + bytes(len(whole) - len(cut)), tmp_path).code == "foto-rusak"


def test_a_thumbnail_does_not_hide_a_cut(tmp_path: Path) -> None:
    body = b"Exif\0\0" + saved(scene(16, 16))
    whole = saved(noise())
    block = b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
    cut = whole[:2] + block + whole[2 : len(whole) // 2]
    assert refused(cut + bytes(len(whole) // 2), tmp_path).code == "foto-rusak"


def test_bytes_behind_the_photo_do_no_harm(tmp_path: Path) -> None:
    assert letters(opened(saved(scene()) + b"SEFT" * 100, tmp_path)) == "RGB_"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"GIF89a" + bytes(100), "GIF"),
        (b"8BPS\0\x01" + bytes(100), "Photoshop"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "PostScript"),
        (b"%PDF-1.7", "PDF"),
        (b"II*\0" + bytes(100), "TIFF"),
        (b"BM" + bytes(100), "BMP"),
        (b"<svg xmlns='x'/>", "SVG"),
        (b"PK\x03\x04" + bytes(50), "ZIP"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "HEIC"),
        (b"halo", "bukan foto"),
        (b"#!/bin/sh\nrm -rf /\n", "bukan foto"),
    ],
)
def test_other_kinds_are_told_apart_by_content(tmp_path: Path, data: bytes, word: str) -> None:
    finding = refused(data, tmp_path)
    assert finding.code == "foto-jenis-lain"
    assert word in finding.message
    assert "JPEG" in finding.hint


def test_heic_says_what_to_do(tmp_path: Path) -> None:
    told = refused(b"\0\0\0\x18ftypheix\0\0\0\0", tmp_path).hint
    assert told == "Ubah ke JPEG dulu: kirim lewat WhatsApp ke diri sendiri, lalu unduh."


def test_a_photo_that_is_not_there(tmp_path: Path) -> None:
    assert photo_size(tmp_path / "x.jpg") is None
    image, findings = open_photo(tmp_path / "x.jpg", AT, want=None)
    assert image is None
    assert [finding.code for finding in findings] == ["foto-tidak-ada"]
    assert open_photo(tmp_path, AT, want=None)[1][0].code == "foto-tidak-ada"
    assert refused(b"", tmp_path).code == "foto-rusak"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "foto.jpg")
    assert open_photo(tmp_path / "foto.jpg", AT, want=None)[0] is None


@pytest.mark.parametrize("turn", [1, 6])
def test_a_large_jpeg_is_decoded_small_but_never_too_small(tmp_path: Path, turn: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    data = saved(Image.new("RGB", (3200, 2400), "red"), exif=exif)
    upright = (3200, 2400) if turn == 1 else (2400, 3200)
    want = (upright[0] // 4, upright[1] // 4)
    assert opened(data, tmp_path, want).size == want
    assert opened(data, tmp_path, (want[0] + 1, 10)).size == (upright[0] // 2, upright[1] // 2)
    assert opened(data, tmp_path, (9_000, 9_000)).size == upright


def test_a_phone_photo_opens_in_time(tmp_path: Path) -> None:
    data = saved(noise(1000, 750).resize((4000, 3000)), quality=90)
    started = time.process_time()
    opened(data, tmp_path, (1080, 1350))
    assert time.process_time() - started < 2


def mutated(count: int, folder: Path, seed: int) -> None:
    chance = random.Random(seed)
    exif = Image.Exif()
    exif[0x0112] = 6
    seeds = [
        saved(noise(80, 60), kind, **options)
        for kind, options in (
            ("JPEG", {"exif": exif}), ("JPEG", {"progressive": True}), ("PNG", {"exif": exif}),
            ("WEBP", {"exif": exif}), ("WEBP", {"lossless": True}),
        )
    ]  # fmt: skip
    for _ in range(count):
        data = bytearray(chance.choice(seeds))
        for _ in range(chance.randint(1, 12)):
            position = chance.randrange(min(len(data), chance.choice((60, 700, len(data)))))
            if chance.random() < 0.7:
                data[position] = chance.randrange(256)
            else:
                del data[position : position + chance.randint(1, 40)]
        path = folder / "foto.jpg"
        path.write_bytes(bytes(data))
        try:
            image, findings = open_photo(path, AT, want=None)
            photo_size(path)
        except Exception as error:
            raise AssertionError(f"seed {seed}: {data!r}") from error
        assert (image is None) == bool(findings)


def test_mutated_photos_open_or_are_refused(tmp_path: Path) -> None:
    mutated(300, tmp_path, random.randrange(10**6))


@pytest.mark.slow
def test_six_thousand_mutated_photos(tmp_path: Path) -> None:
    mutated(6_000, tmp_path, random.randrange(10**6))
