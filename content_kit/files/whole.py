"""Whether a photo's file holds every pixel: decoders paint what is missing grey, without a word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import ceil
from typing import Final, TypeAlias
from zlib import crc32

_ZEROS: Final = 64
"""Zero bytes in a row that no photo's scan has."""
_LONG_ZEROS: Final = 4096
"""The same for a scan of a progressive photo, which may say "nothing here" of many blocks at once."""
_ZERO_RUN: Final = re.compile(rb"\0{%d,}" % _ZEROS)
_RESTART: Final = re.compile(rb"\xff[\xd0-\xd7]")
_TAILS: Final = (8, 32, 128, 512, 2048)
"""Bytes at the end of a scan that are left out, until it shows which rows they tell of."""


_END: Final = b"\xff\xd9"
_MORE: Final = bytes(range(1, 251, 7)) * 8
"""Bytes that mean something to whoever still reads pixels, and nothing behind the last of them."""

_COARSE: Final = 8
_FINE: Final = 2
Parting: TypeAlias = Callable[[bytes, bytes, int], tuple[int, int] | None]
"""Given a JPEG's bytes in two versions and a step, both decoded with a pixel for each so many: the
first row in which they differ, and how many rows there are; None where they are the same, or
cannot be decoded."""


def is_whole(kind: str, data: bytes, *, grey_end: bool, parting: Parting) -> bool:
    """Whether no pixel of a decoded photo is made up; `data` are its file's bytes.

    A file that was synced by half is often filled up with zeros, and decoders paint what is
    missing grey without a word: libjpeg only warns, Pillow skips the checksums of a PNG's pixels.
    `grey_end` says that the last pixel may be such a grey: only then a JPEG is looked at more
    closely.
    """
    if kind == "PNG":
        return _png_is_whole(data)
    if kind == "WEBP":
        return _webp_is_whole(data)
    return _jpeg_is_whole(data, parting, grey_end=grey_end)


@dataclass(frozen=True, slots=True)
class _Scan:
    """One scan of a JPEG: where its bytes lie, and how long a run of zeros in it can be honest.

    `zeros` is 0 where plain areas are zeros: `plain` bits for each block of them, at most. `frame` is the picture in units of coding; without `restarts` it is coded
    in one go, else a marker with a number from 0 to 7 stands after so many units.
    """

    start: int
    end: int
    zeros: int
    plain: int
    frame: _Frame
    restarts: int
    progressive: bool


@dataclass(frozen=True, slots=True)
class _Frame:
    """A picture in units of coding: how many side by side and below each other, and their blocks.

    `missing` are its coefficients (component, number from 0 to 63) of which a progressive picture
    has not told the last bit yet.
    """

    across: int = 1
    down: int = 1
    blocks: int = 1
    missing: frozenset[tuple[int, int]] = frozenset()


def _jpeg_is_whole(data: bytes, parting: Parting, *, grey_end: bool) -> bool:
    """The end marker follows the pixels, no zeros lie among them, and they reach the last row."""
    scans = list(_scans(data))
    if scans and scans[-1].frame.missing and data.find(b"\xff\xda", scans[-1].end) < 0:
        return False  # cut between two scans, or in one that others follow: only blurred
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
    if not first.zeros and any(_too_long(data, run, first, parting) for run in _runs(data, first)):
        return False
    if first.progressive:
        return _holds_every_block(data, scans, parting)
    return not grey_end or _holds_every_block(data[: first.end], [first], parting)


def _scans(data: bytes) -> Iterator[_Scan]:
    """Walk the segments of a JPEG; a thumbnail in the head has markers of its own, so no search."""
    position, frame, progressive, restarts = 2, _Frame(), False, 0
    firsts: dict[int, tuple[int, int]] = {}
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
            if progressive:
                every = frozenset((one, each) for one in segment[6::3] for each in range(64))
                frame = replace(frame, missing=every)
        elif marker == 0xDD:
            restarts = _short(segment, 0)
        elif marker == 0xC4:
            firsts |= _first_codes(segment)
        elif marker == 0xDA and len(segment) >= 4:
            end = _scan_end(data, position)
            refines_means = segment[-3] == 0 and bool(segment[-1] >> 4)
            if progressive:
                frame = replace(frame, missing=frame.missing - _told(segment))
            zeros = 0 if refines_means else _LONG_ZEROS if progressive else _honest(firsts)
            plain = sum(max(_lengths(firsts, kind), default=8) for kind in (0, 1))
            yield _Scan(position, end, zeros, plain, frame, restarts, progressive)
            position = end


def _has_all_restarts(data: bytes, scan: _Scan) -> bool:
    """Whether the markers within a scan are as many as its picture needs, in their order."""
    if not scan.restarts:
        return True
    found = [match[0][1] & 7 for match in _RESTART.finditer(data, scan.start, scan.end)]
    needed = -(-scan.frame.across * scan.frame.down // scan.restarts) - 1
    in_order = all(number == count % 8 for count, number in enumerate(found))
    return in_order and len(found) >= needed


def _told(head: bytes) -> frozenset[tuple[int, int]]:
    """The coefficients whose last bit the scan under this head tells."""
    if head[-1] & 15:
        return frozenset()
    components = head[1 : 1 + 2 * head[0] : 2]
    return frozenset((one, each) for one in components for each in range(head[-3], head[-2] + 1))


def _runs(data: bytes, scan: _Scan) -> Iterator[tuple[int, int]]:
    """Where long runs of zeros begin and end in a scan."""
    for found in _ZERO_RUN.finditer(data, scan.start, scan.end):
        yield found.span()


def _too_long(data: bytes, run: tuple[int, int], scan: _Scan, parting: Parting) -> bool:
    """Whether a run of zeros is longer than all that is left of the picture where it begins."""
    start, end = run
    frame, row, height = scan.frame, 0, 1
    for tail in _TAILS:
        if start - tail <= scan.start:
            break
        parted = parting(data[:start] + _END, data[: start - tail] + _END, _COARSE)
        if parted is not None:
            row, height = parted
            break
    down = min(frame.down, ceil(frame.down * (height - row) / height) + 1)
    return (end - start) * 8 > down * frame.across * frame.blocks * scan.plain


def _honest(firsts: Mapping[int, tuple[int, int]]) -> int:
    """How many zero bytes in a row no encoder writes into a plain scan; 0 when any number is honest.

    Zeros repeat the first code of each Huffman table. Only where all of these end a block at once
    (their low four bits are 0) can a plain area be zeros for long.
    """
    beyond = (symbol for name, (symbol, _) in firsts.items() if name >> 4)
    return _ZEROS if any(symbol & 15 for symbol in beyond) else 0


def _lengths(firsts: Mapping[int, tuple[int, int]], kind: int) -> list[int]:
    """The bits that the all-zero code of each table of a kind stands for, with those behind it."""
    return [bits + (symbol & 15) for name, (symbol, bits) in firsts.items() if name >> 4 == kind]


def _first_codes(tables: bytes) -> Iterator[tuple[int, tuple[int, int]]]:
    """Each table (class 0: the mean of a block, 1: what is beyond it): its all-zero code's symbol and bits."""
    position = 0
    while position + 17 < len(tables):
        count = sum(tables[position + 1 : position + 17])
        if count:
            bits = 1 + next(
                n for n, each in enumerate(tables[position + 1 : position + 17]) if each
            )
            yield tables[position], (tables[position + 17], bits)
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


def _holds_every_block(data: bytes, scans: Iterable[_Scan], parting: Parting) -> bool:
    """Whether no scan of a JPEG needs anything of what may follow it.

    A decoder that has all its blocks steps over further bytes to the next marker. One that lacks
    some, because the scan was cut or bytes were lost in it, takes them for pixels. What a later
    scan of a progressive photo lacks is detail, which shows in a finer picture only.
    """
    told, more, position, step = b"", b"", 0, _COARSE
    for scan in scans:
        # Cut in the middle of two bytes, or filled up before a marker.
        part = data[position : scan.end].rstrip(b"\xff")
        told, more, position = told + part, more + part + _MORE, scan.end
        step = _FINE if scan.progressive else step
    rest = data[position:] + _END
    return parting(told + rest, more + rest, step) is None


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
