"""Whether a photo's file holds every pixel: decoders paint what is missing grey, without a word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Final, TypeAlias
from zlib import crc32

_ZEROS: Final = 64
"""Zero bytes in a row that no photo's scan has."""
_LONG_ZEROS: Final = 4096
"""The same for a scan of a progressive photo, which may say "nothing here" of many blocks at once."""
_RESTART: Final = re.compile(rb"\xff[\xd0-\xd7]")
_TAILS: Final = (8, 32, 128, 512, 2048)
"""Bytes at the end of a scan that are left out, until it shows which rows they tell of."""


Parting: TypeAlias = Callable[[int, int], tuple[int, int] | None]
"""Given two ends for a JPEG's bytes: the first row in which both decode otherwise, and how many
rows there are, a row for each 8 pixels; None where they are the same or cannot be decoded."""


def is_whole(kind: str, data: bytes, *, flat_end: bool, parting: Parting) -> bool:
    """Whether no pixel of a decoded photo is made up; `data` are its file's bytes.

    A file that was synced by half is often filled up with zeros, and decoders paint what is
    missing grey without a word: libjpeg only warns, Pillow skips the checksums of a PNG's pixels.
    `flat_end` says that the last row of pixels is of one colour: only then a JPEG is looked at
    more closely.
    """
    if kind == "PNG":
        return _png_is_whole(data)
    if kind == "WEBP":
        return _webp_is_whole(data)
    return _jpeg_is_whole(data, parting if flat_end else None)


@dataclass(frozen=True, slots=True)
class _Scan:
    """One scan of a JPEG: where its bytes lie, and how long a run of zeros in it can be honest.

    A block takes `bits` at least. `frame` is the picture in units of coding; without `restarts`
    it is coded in one go, else a marker with a number from 0 to 7 stands after so many units.
    """

    start: int
    end: int
    zeros: int
    bits: int
    frame: _Frame
    restarts: int


@dataclass(frozen=True, slots=True)
class _Frame:
    """A picture in units of coding: how many side by side and below each other, and their blocks."""

    across: int = 1
    down: int = 1
    high: int = 1
    blocks: int = 1


def _jpeg_is_whole(data: bytes, parting: Parting | None) -> bool:
    """The end marker follows the pixels, no zeros lie among them, and they reach the last row."""
    scans = list(_scans(data))
    # Odd bytes between segments end the walk early: libjpeg steps over them, so look from there.
    first = scans[0] if scans else None
    if data.find(b"\xff\xd9", first.start if first else 2) <= 0:
        return False
    if any(data.find(bytes(scan.zeros), scan.start, scan.end) > 0 for scan in scans if scan.zeros):
        return False
    if first is None:
        return True
    if not _has_all_restarts(data, first):
        return False
    return parting is None or _reaches_the_end(first, parting)


def _scans(data: bytes) -> Iterator[_Scan]:
    """Walk the segments of a JPEG; a thumbnail in the head has markers of its own, so no search."""
    position, frame, progressive, restarts = 2, _Frame(), False, 0
    firsts: dict[int, int] = {}
    while position + 4 <= len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        segment = data[position + 4 : position + 2 + _short(data, position + 2)]
        if marker == 0xD9:
            return
        if marker in (0x01, 0xFF) or 0xD0 <= marker <= 0xD8:
            position += 1 if marker == 0xFF else 2
            continue
        position += 2 + _short(data, position + 2)
        if marker in (0xC0, 0xC1, 0xC2) and len(segment) >= 9:
            frame, progressive = _frame(segment), marker == 0xC2
        elif marker == 0xDD:
            restarts = _short(segment, 0)
        elif marker == 0xC4:
            firsts |= _first_codes(segment)
        elif marker == 0xDA and len(segment) >= 4:
            end = _scan_end(data, position)
            refines_means = segment[-3] == 0 and bool(segment[-1] >> 4)
            zeros = 0 if refines_means else _LONG_ZEROS if progressive else _honest(firsts)
            yield _Scan(position, end, zeros, 1 if progressive else 2, frame, restarts)
            position = end


def _has_all_restarts(data: bytes, scan: _Scan) -> bool:
    """Whether the markers within a scan are as many as its picture needs, in their order."""
    if not scan.restarts:
        return True
    found = [match[0][1] & 7 for match in _RESTART.finditer(data, scan.start, scan.end)]
    needed = -(-scan.frame.across * scan.frame.down // scan.restarts) - 1
    in_order = all(number == count % 8 for count, number in enumerate(found))
    return in_order and len(found) >= needed


def _honest(firsts: Mapping[int, int]) -> int:
    """How many zero bytes in a row no encoder writes into a plain scan; 0 when any number is honest.

    Zeros repeat the first code of each Huffman table. Only where all of these end a block at once
    (their low four bits are 0) can a plain area be zeros for long.
    """
    return _ZEROS if any(code & 15 for code in firsts.values()) else 0


def _first_codes(tables: bytes) -> Iterator[tuple[int, int]]:
    """Each table for what is beyond the mean of a block (class 1), with its all-zero code's symbol."""
    position = 0
    while position + 17 < len(tables):
        count = sum(tables[position + 1 : position + 17])
        if tables[position] >> 4 and count:
            yield tables[position], tables[position + 17]
        position += 17 + count


def _frame(segment: bytes) -> _Frame:
    factors = [divmod(byte, 16) for byte in segment[7 : 6 + 3 * segment[5] : 3]]
    if len(factors) < 2:
        factors = [(1, 1)]  # a picture of one colour is coded block by block
    wide, high = max([1, *(h for h, _ in factors)]), max([1, *(v for _, v in factors)])
    height, width = _short(segment, 1), _short(segment, 3)
    return _Frame(
        across=-(-width // (8 * wide)) or 1,
        down=-(-height // (8 * high)) or 1,
        high=high,
        blocks=sum(h * v for h, v in factors) or 1,
    )


def _short(data: bytes, position: int) -> int:
    return int.from_bytes(data[position : position + 2], "big")


def _scan_end(data: bytes, position: int) -> int:
    """Where a scan ends: at the first marker that is no restart and no stuffed byte."""
    while 0 <= (position := data.find(b"\xff", position)) < len(data) - 1:
        marker = data[position + 1]
        if marker and marker != 0xFF and not 0xD0 <= marker <= 0xD7:
            return position
        position += 2 if marker != 0xFF else 1
    return len(data)


def _reaches_the_end(scan: _Scan, parting: Parting) -> bool:
    """Whether the last bytes of a scan are those of the last rows.

    Where it was cut, its last bytes tell of a row in the middle and what is below is made up. So
    decode with and without them, an eighth in size, and see where the two part. Few bytes may
    make no difference at that size: then a few more.
    """
    for tail in _TAILS:
        if scan.end - tail <= scan.start:
            return True
        parted = parting(scan.end, scan.end - tail)
        if parted is not None:
            row, height = parted
            units = tail * 8 / (scan.bits * scan.frame.blocks)
            rows = scan.frame.high * (2 + ceil(units / scan.frame.across))
            return row >= height - rows
    return True


def _png_is_whole(data: bytes) -> bool:
    """Every chunk of pixels has its checksum, and the end is there."""
    position = 8
    while position + 12 <= len(data):
        length = int.from_bytes(data[position : position + 4], "big")
        name, end = data[position + 4 : position + 8], position + 8 + length
        if name == b"IEND":
            return True
        if name == b"IDAT":
            checksum = int.from_bytes(data[end : end + 4], "big")
            if crc32(memoryview(data)[position + 4 : end]) != checksum:
                return False
        position = end + 4
    return False


def _webp_is_whole(data: bytes) -> bool:
    """Every chunk is there, and no chunk of pixels ends in a long run of zeros.

    WebP has no checksum. Its coder never writes such a run for a photo.
    """
    position, end = 12, 8 + int.from_bytes(data[4:8], "little")
    while position + 8 <= min(end, len(data)):
        name = data[position : position + 4]
        after = position + 8 + int.from_bytes(data[position + 4 : position + 8], "little")
        if after > len(data) or not name.strip(b"\0"):
            return False
        if name in (b"VP8 ", b"VP8L") and data[max(after - 129, position) : after - 1] == bytes(
            128
        ):
            return False
        position = after + after % 2
    return True
