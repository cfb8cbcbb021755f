"""Motifs repeat without a seam and stay quiet; edges are cut in whole teeth."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops, ImageStat

from content_kit.picture import motifs
from content_kit.picture.gradients import tiled


def row(image: Image.Image, y: int) -> bytes:
    return image.crop((0, y, image.width, y + 1)).tobytes()


def column(image: Image.Image, x: int) -> bytes:
    return image.crop((x, 0, x + 1, image.height)).tobytes()


def steepest(a: bytes, b: bytes) -> int:
    return max(abs(one - other) for one, other in zip(a, b, strict=True))


@pytest.mark.parametrize("name", motifs.MOTIFS)
def test_a_tile_meets_itself_without_a_seam(name: str) -> None:
    # Across the seam a tile may change no faster than it does anywhere inside.
    one = motifs.tile(name, 90)
    inside_x = max(steepest(column(one, x), column(one, x + 1)) for x in range(one.width - 1))
    inside_y = max(steepest(row(one, y), row(one, y + 1)) for y in range(one.height - 1))
    assert steepest(column(one, one.width - 1), column(one, 0)) <= inside_x
    assert steepest(row(one, one.height - 1), row(one, 0)) <= inside_y


@pytest.mark.parametrize("name", motifs.MOTIFS)
def test_a_motif_leaves_most_of_the_ground_free(name: str) -> None:
    covered = ImageStat.Stat(motifs.tile(name, 90)).mean[0] / 255
    assert 0.05 < covered < 0.35


@pytest.mark.parametrize("name", motifs.MOTIFS)
@pytest.mark.parametrize("width", [4, 33, 91])
def test_a_field_has_the_size_asked_for(name: str, width: int) -> None:
    assert motifs.field(name, 137, 59, width).size == (137, 59)


def test_tiles_start_where_they_are_told() -> None:
    tile = Image.frombytes("L", (3, 1), b"\x01\x02\x03")
    assert tiled(tile, 5, 2, left=1).tobytes() == b"\x02\x03\x01\x02\x03" * 2


@pytest.mark.parametrize("name", motifs.EDGES)
@pytest.mark.parametrize("tooth", [7.0, 33.3, 5000.0])
def test_an_edge_is_full_above_and_cut_below(name: str, tooth: float) -> None:
    strip = motifs.edge(name, 300, 60, tooth)
    flipped = motifs.edge(name, 300, 60, tooth, flip=True)
    assert strip.size == (300, 60)
    if tooth < 50:
        assert row(strip, 0) == b"\xff" * 300
        assert row(strip, 59) != b"\xff" * 300
    assert flipped.transpose(Image.Transpose.FLIP_TOP_BOTTOM).tobytes() == strip.tobytes()


@pytest.mark.parametrize("name", motifs.EDGES)
def test_both_ends_of_an_edge_are_alike(name: str) -> None:
    strip = motifs.edge(name, 301, 40, 30)
    mirrored = strip.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    difference = ImageStat.Stat(ImageChops.difference(strip, mirrored)).mean[0]
    assert difference < 2


def test_unknown_names_are_told() -> None:
    with pytest.raises(KeyError):
        motifs.tile("kembang", 40)
    with pytest.raises(KeyError):
        motifs.edge("gagatas", 40, 10, 5)
