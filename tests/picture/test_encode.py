"""JPEG files: baseline, without metadata, within a budget, the same bytes each time."""

from __future__ import annotations

from io import BytesIO
from random import Random

import pytest
from PIL import Image

from content_kit.picture.encode import jpeg


def markers(data: bytes) -> list[int]:
    """The markers of a JPEG up to its pixels."""
    found, at = [], 2
    while True:
        assert data[at] == 0xFF
        found.append(data[at + 1])
        if data[at + 1] == 0xDA:
            return found
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")


def noise(side: int) -> Image.Image:
    return Image.frombytes("RGB", (side, side), Random(7).randbytes(3 * side * side))


def test_baseline_and_nothing_but_the_picture() -> None:
    image = noise(64)
    # What a photo may carry: Pillow would write its comment into the copy.
    image.info.update(comment=b"GPS -3.3", exif=b"Exif\x00\x00", icc_profile=b"x", dpi=(300, 300))
    found = markers(jpeg(image))
    assert 0xC0 in found, "SOF0 is baseline; SOF2 would be progressive"
    assert set(found) <= {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}, "JFIF and tables, no Exif, ICC or comment"


def test_same_picture_same_bytes() -> None:
    assert jpeg(noise(64)) == jpeg(noise(64))


def test_every_pixel_keeps_its_own_colour() -> None:
    # A red line one pixel wide on white: shared colours would make it pink.
    image = Image.new("RGB", (32, 32), (255, 255, 255))
    image.paste((255, 0, 0), (16, 0, 17, 32))
    back = Image.open(BytesIO(jpeg(image, quality=95))).convert("RGB")
    red, green, blue = back.getpixel((16, 16))  # type: ignore[misc]  # RGB gives three
    assert red > 230
    assert green < 60
    assert blue < 60


def test_a_budget_that_holds_changes_nothing() -> None:
    full = jpeg(noise(128))
    assert jpeg(noise(128), budget=len(full)) == full


def test_over_a_budget_colours_are_shared_before_the_quality_falls() -> None:
    full = jpeg(noise(128))
    shared = jpeg(noise(128), budget=len(full) - 1)
    poorer = jpeg(noise(128), budget=len(shared) - 1)
    assert len(poorer) < len(shared) < len(full)
    tables = [data[data.index(b"\xff\xdb") :][:69] for data in (full, shared, poorer)]
    assert tables[0] == tables[1] != tables[2], "the first luminance table tells the quality"


def test_a_hopeless_budget_gives_the_smallest_allowed_file() -> None:
    image = noise(128)
    least = jpeg(image, budget=1)
    assert len(least) > 1
    assert least == jpeg(image, budget=len(least) - 1)


def test_only_rgb_is_a_picture() -> None:
    with pytest.raises(ValueError, match="RGB"):
        jpeg(Image.new("RGBA", (4, 4)))
