"""A photo that is not whole is refused, never half grey; a whole one is taken, however plain."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageDraw

from content_kit.files.photos import open_photo, upright_jpeg
from content_kit.findings import Place

KINDS: dict[str, dict[str, object]] = {
    "plain": {},
    "optimised": {"optimize": True},
    "full colour": {"subsampling": 0},
    "restarts": {"restart_marker_rows": 1},
    "progressive": {"progressive": True},
}


def street(width: int, height: int) -> Image.Image:
    """A photo as cameras make them: no two pixels are alike."""
    bands = []
    for _ in range(3):
        coarse = Image.effect_noise((width // 8, height // 8), 60).resize((width, height))
        bands.append(Image.blend(coarse, Image.effect_noise((width, height), 30), 0.3))
    return Image.merge("RGB", bands)


def poster(width: int, height: int) -> Image.Image:
    """A drawn picture that is white below the middle, down to the last row."""
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width, height // 3), fill=(11, 122, 111))
    for x in range(20, width, 40):
        draw.ellipse((x, height // 8, x + 25, height // 4), fill=(250, 200, x % 255))
    return image


def grey(width: int, height: int) -> Image.Image:
    """Just the grey that decoders paint where they know nothing."""
    return Image.new("RGB", (width, height), (128, 128, 128))


def saved(image: Image.Image, **how: object) -> bytes:
    stream = BytesIO()
    image.save(stream, "JPEG", quality=85, **how)
    return stream.getvalue()


def is_taken(data: bytes, tmp_path: Path) -> bool:
    path = tmp_path / "foto.jpg"
    path.write_bytes(data)
    image, findings = open_photo(path, Place(), want=None)
    assert (image is None) == bool(findings)
    assert all(finding.code == "foto-rusak" for finding in findings)
    return image is not None


@pytest.mark.parametrize("make", [street, poster, grey], ids=lambda made: made.__name__)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [(640, 480), (487, 331), (96, 64), (16, 16)], ids=str)
def test_a_whole_photo_is_taken(
    make: object, kind: str, size: tuple[int, int], tmp_path: Path
) -> None:
    image = make(*size)  # type: ignore[operator]
    assert is_taken(saved(image, **KINDS[kind]), tmp_path)
    assert is_taken(saved(image.convert("L"), **KINDS[kind]), tmp_path)


def _cut(data: bytes, at: int) -> bytes:
    return data[:at] + b"\xff\xd9"


def _zeros(data: bytes, at: int) -> bytes:
    count = len(data) // 8
    return data[:at] + bytes(count) + data[at + count :]


def _zeros_to_the_end(data: bytes, at: int) -> bytes:
    return data[:at] + bytes(len(data) - at - 2) + b"\xff\xd9"


def _hole(data: bytes, at: int) -> bytes:
    return data[:at] + data[at + len(data) // 8 :]


LATE = (0.93, 0.95, 0.965, 0.98, 0.985, 0.99, 0.995)
HARMS = (_cut, _zeros, _zeros_to_the_end, _hole)


@pytest.mark.parametrize("harm", HARMS, ids=lambda made: made.__name__.strip("_"))
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "progressive"])
@pytest.mark.parametrize("part", [0.35, 0.5, 0.7])
def test_a_photo_with_a_hole_is_refused(
    harm: object, kind: str, part: float, tmp_path: Path
) -> None:
    data = saved(street(640, 480), **KINDS[kind])
    assert not is_taken(harm(data, int(len(data) * part)), tmp_path)  # type: ignore[operator]


@pytest.mark.parametrize("part", [0.02, 0.04])
def test_a_progressive_photo_cut_in_its_first_scan_is_refused(part: float, tmp_path: Path) -> None:
    data = saved(street(1600, 1200), progressive=True)
    assert not is_taken(_cut(data, int(len(data) * part)), tmp_path)


def test_a_progressive_photo_cut_between_its_scans_is_refused(tmp_path: Path) -> None:
    data = saved(street(640, 480), progressive=True)
    starts = [at for at in range(len(data) - 1) if data[at : at + 2] == b"\xff\xda"]
    assert len(starts) > 5
    for start in starts[1:]:
        assert not is_taken(data[:start] + b"\xff\xd9", tmp_path)
        assert not is_taken(data[: start - 20] + b"\xff\xd9", tmp_path)


@pytest.mark.parametrize("part", [0.3, 0.6, 0.8])
def test_zeros_that_are_more_than_what_is_left_are_refused(part: float, tmp_path: Path) -> None:
    """Where plain areas are coded as zeros, a slope of colours may be no longer than it is."""
    across = Image.linear_gradient("L").resize((800, 600))
    noise = Image.effect_noise((800, 600), 6)
    bands = (across, across.transpose(Image.Transpose.ROTATE_180), noise)
    data = saved(Image.merge("RGB", bands), optimize=True)
    assert is_taken(data, tmp_path)
    assert not is_taken(_zeros_to_the_end(data, int(len(data) * part)), tmp_path)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "progressive"])
@pytest.mark.parametrize("width", [640, 648, 647])
def test_a_photo_cut_in_its_last_rows_is_refused(kind: str, width: int, tmp_path: Path) -> None:
    """The last row of blocks, and the last but one: little is grey there, and all of it is seen."""
    data = saved(street(width, 488), **KINDS[kind])
    refused = [not is_taken(_cut(data, int(len(data) * part)), tmp_path) for part in LATE]
    assert refused == [True] * len(LATE)


def test_a_cut_between_two_bytes_of_one_is_seen(tmp_path: Path) -> None:
    data = saved(street(640, 480), subsampling=0)
    halves = [at + 1 for at in range(20_000, len(data) - 2_000) if data[at : at + 2] == b"\xff\0"]
    assert len(halves) > 20
    assert not any(is_taken(_cut(data, at), tmp_path) for at in halves[:20])


@pytest.mark.parametrize("part", [0.3, 0.5, 0.7, 0.85, 0.95])
def test_a_progressive_photo_that_lost_detail_is_refused(part: float, tmp_path: Path) -> None:
    data = saved(street(640, 480), progressive=True)
    at = int(len(data) * part)
    assert not is_taken(_cut(data, at), tmp_path)
    if part <= 0.5:  # behind it lie the scans that only refine
        assert not is_taken(data[:at] + data[at + 400 :], tmp_path)


def test_bytes_between_the_scans_of_a_whole_photo_are_nothing(tmp_path: Path) -> None:
    data = saved(street(160, 120), progressive=True)
    scan = data.rindex(b"\xff\xda")
    assert is_taken(data[:scan] + b"\xff\xff" + data[scan:], tmp_path)


def test_a_progressive_photo_with_zeros_is_refused(tmp_path: Path) -> None:
    data = saved(street(1000, 800), progressive=True)
    assert not is_taken(_zeros_to_the_end(data, len(data) // 2), tmp_path)


# Colours


def wide_gamut() -> bytes:
    """A profile of other primaries than sRGB's: Display P3 as phones write it."""
    profile = ImageCms.createProfile("sRGB")
    data = bytearray(ImageCms.ImageCmsProfile(profile).tobytes())

    def put(tag: bytes, values: tuple[float, float, float]) -> None:
        at = data.index(tag, 128)
        offset = int.from_bytes(data[at + 4 : at + 8], "big")
        for number, value in enumerate(values):
            place = offset + 8 + 4 * number
            data[place : place + 4] = round(value * 65536).to_bytes(4, "big", signed=True)

    put(b"rXYZ", (0.51512, 0.24120, -0.00105))
    put(b"gXYZ", (0.29198, 0.69225, 0.04189))
    put(b"bXYZ", (0.15710, 0.06657, 0.78407))
    return bytes(data).replace("sRGB".encode("utf-16-be"), "lain".encode("utf-16-be"))


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_green_of_another_profile_stays_green(mode: str, tmp_path: Path) -> None:
    """What a P3 screen shows as (0, 150, 80) in sRGB is stored there as (68, 146, 88)."""
    path = tmp_path / "p3.png"
    stored = Image.new("RGB", (40, 30), (68, 146, 88)).convert(mode)
    stored.save(path, icc_profile=wide_gamut())
    image, findings = open_photo(path, Place(), want=None)
    assert findings == []
    assert image is not None
    pixel = image.getpixel((20, 15))
    assert isinstance(pixel, tuple)
    assert all(abs(got - meant) <= 20 for got, meant in zip(pixel, (0, 150, 80), strict=True))
    jpeg, _ = upright_jpeg(path, longest=100)
    with Image.open(BytesIO(jpeg)) as written:
        assert "icc_profile" not in written.info
        red = written.convert("RGB").getpixel((20, 15))
        assert isinstance(red, tuple)
        assert red[0] <= 24


@pytest.mark.parametrize(
    "profile",
    [
        b"", b"x" * 200, wide_gamut()[:300], bytes(4_000_001)[:1_000_000], wide_gamut()[:128] + bytes(400),
        ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
        ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes(),
    ],
    ids=["none", "no profile", "cut", "large", "zeros", "srgb", "lab"],
)  # fmt: skip
def test_a_profile_that_says_nothing_changes_no_colour(profile: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (8, 8), (68, 146, 88)).save(path, icc_profile=profile or None)
    image, findings = open_photo(path, Place(), want=None)
    assert findings == []
    assert image is not None
    assert image.getpixel((4, 4)) == (68, 146, 88)
