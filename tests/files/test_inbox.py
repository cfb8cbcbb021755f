"""The newest photos of a folder by their content, and copies that hold nothing but pixels."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from content_kit.errors import UsageError
from content_kit.files.inbox import incoming
from content_kit.files.photos import glance, look, upright_jpeg
from content_kit.files.save import write_new

HEIC = b"\0\0\0\x18ftypheic" + bytes(40)


def photo(path: Path, size: tuple[int, int] = (40, 20), time: int = 0, **options: Any) -> Path:
    """A red photo with a blue left half."""
    image = Image.new("RGB", size, (220, 20, 20))
    image.paste((20, 20, 220), (0, 0, size[0] // 2, size[1]))
    image.save(path, quality=95, **options)
    os.utime(path, (1_796_000_000 + time,) * 2)
    return path


def test_the_newest_come_first_and_only_photos_are_listed(tmp_path: Path) -> None:
    photo(tmp_path / "lama.jpg", time=1)
    photo(tmp_path / "baru.png", time=3)
    photo(tmp_path / "tanpa-akhiran", time=2, format="WEBP")
    (tmp_path / "surat.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "setengah.jpg.part").write_bytes(b"\xff\xd8\xff")
    (tmp_path / ".tersembunyi.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / "folder.jpg").mkdir()
    found = incoming(tmp_path)
    assert [each.path.name for each in found] == ["baru.png", "tanpa-akhiran", "lama.jpg"]
    assert all(each.size == (40, 20) and not each.problem for each in found)
    assert [each.path.name for each in incoming(tmp_path, most=1)] == ["baru.png"]


def test_what_cannot_be_used_is_listed_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "IMG_1.HEIC").write_bytes(HEIC)
    (tmp_path / "tanpa-nama").write_bytes(HEIC)
    (tmp_path / "program.jpg").write_bytes(b"MZ\x90")
    told = {each.path.name: each.problem for each in incoming(tmp_path)}
    assert told["IMG_1.HEIC"] == told["tanpa-nama"]
    assert told["IMG_1.HEIC"].startswith("foto ini berjenis HEIC. Ubah ke JPEG dulu: kirim lewat")
    assert "bukan foto" in told["program.jpg"]


def test_links_are_left_out_and_a_missing_folder_is_told(tmp_path: Path) -> None:
    outside = photo(tmp_path / "rahasia.jpg")
    folder = tmp_path / "masuk"
    folder.mkdir()
    try:
        (folder / "tautan.jpg").symlink_to(outside)
    except OSError:
        pytest.skip("this system makes no links")
    assert incoming(folder) == ()
    with pytest.raises(UsageError, match="tidak dapat dibuka"):
        incoming(tmp_path / "tidak-ada")


def test_a_copy_is_upright_and_holds_nothing_but_pixels(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter to the right makes it upright
    exif[0x010E] = "RAHASIA"
    exif.get_ifd(0x8825)[1] = "S"
    source = photo(tmp_path / "a.jpg", exif=exif, comment=b"RAHASIA", icc_profile=b"RAHASIA" * 20)
    data, findings = upright_jpeg(source, longest=2400)
    assert findings == []
    assert b"RAHASIA" not in data and b"Exif" not in data and b"ICC_PROFILE" not in data
    with Image.open(io.BytesIO(data)) as copy:
        assert copy.size == (20, 40)
        assert not copy.getexif()
        assert set(copy.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        red, _, blue = copy.convert("RGB").getpixel((10, 3))  # type: ignore[misc]
    assert blue > 150 > red, "the left half of the file is the upper half of the photo"


@pytest.mark.parametrize(
    ("turn", "size", "blue"),
    [(0, (40, 20), (3, 10)), (1, (20, 40), (10, 3)), (2, (40, 20), (36, 10)), (3, (20, 40), (10, 36))],
)  # fmt: skip
def test_quarters_turn_clockwise_in_the_look_and_in_the_copy(
    turn: int, size: tuple[int, int], blue: tuple[int, int], tmp_path: Path
) -> None:
    source = photo(tmp_path / "a.jpg")
    data, _ = upright_jpeg(source, turn=turn, longest=2400)
    with Image.open(io.BytesIO(data)) as copy:
        assert copy.size == size
        assert copy.convert("RGB").getpixel(blue)[2] > 150  # type: ignore[index]
    pixels, findings = look(source, 100, 100, turn=turn)
    assert pixels is not None and findings == []
    assert (pixels.width, pixels.height) == size, "a small photo is not blown up"
    assert pixels.at(*blue)[2] > 150


def test_a_long_side_is_limited_and_the_proportions_stay(tmp_path: Path) -> None:
    source = photo(tmp_path / "a.jpg", size=(300, 100))
    data, _ = upright_jpeg(source, longest=150)
    with Image.open(io.BytesIO(data)) as copy:
        assert copy.size == (150, 50)
    pixels, _ = look(source, 30, 30)
    assert pixels is not None and (pixels.width, pixels.height) == (30, 10)


def test_a_photo_that_ends_too_early_gives_no_copy(tmp_path: Path) -> None:
    whole = photo(tmp_path / "a.jpg", size=(400, 400)).read_bytes()
    half = tmp_path / "b.jpg"
    half.write_bytes(whole[: len(whole) // 2])
    assert glance(half) == ((400, 400), None), "its head is fine"
    data, findings = upright_jpeg(half, longest=2400)
    assert data == b"" and findings[0].code == "foto-rusak"
    assert look(half, 10, 10)[0] is None


def test_a_new_file_never_replaces_one(tmp_path: Path) -> None:
    path = tmp_path / "foto" / "a.jpg"
    write_new(path, b"satu")
    with pytest.raises(FileExistsError):
        write_new(path, b"dua")
    assert path.read_bytes() == b"satu"
    assert [each.name for each in path.parent.iterdir()] == ["a.jpg"]
