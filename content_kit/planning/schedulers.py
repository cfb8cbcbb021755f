"""Finished posts as the bulk files of Buffer and Publer, one channel a file.

Both want pictures at public addresses. Nobody who works offline has any, so that column stays
empty unless an address is given under which the output folder was put on the web.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

from content_kit.caption.compose import length
from content_kit.files.tables import spaced, write_csv
from content_kit.findings import Finding
from content_kit.model import Zone
from content_kit.render import Proof, Text

BUFFER: Final = ("Text", "Image URL", "Tags", "Posting Time")
PUBLER: Final = (
    "Date - Intl. format or prompt",
    "Text",
    "Link(s) - Separated by comma for FB carousels",
    "Media URL(s) - Separated by comma",
    "Title - For the video, pin, PDF ..",
    "Label(s) - Separated by comma",
    "Alt text(s) - Separated by ||",
    "Comment(s) - Separated by ||",
    "Pin board, FB album, or Google category",
    "Post subtype - I.e. story, reel, PDF ..",
    "CTA - For Facebook links or Google",
    "Reminder - For stories, reels, shorts, and TikToks",
)
MOST_ROWS: Final = {"buffer": 100, "publer": 500}
"""Posts a file takes: the number of Buffer is theirs, the one of Publer our own caution."""
MOST_TEXT: Final[Mapping[str, Mapping[str, int]]] = MappingProxyType(
    {
        "buffer": {"fb": 5_000, "ig": 2_196, "x": 280, "threads": 500},
        "publer": {"fb": 10_000, "ig": 2_200, "x": 280, "threads": 500, "telegram": 1_024},
    }
)
"""Letters of a text that each program takes by channel, where it says so: less than the platform
itself. Buffer: developers.buffer.com, guide to character limits (UTF-16 units); Publer: its help
page of limits, Telegram as the caption of a photo. Both read on 30 November 2026."""


def files(
    program: str, proofs: Iterable[Proof], channel: str, *, zone: Zone, media: str = ""
) -> list[bytes]:
    """The files for one channel, times in one zone; none when there is nothing to post."""
    make, header = (_buffer, BUFFER) if program == "buffer" else (_publer, PUBLER)
    rows = [make(proof, text, zone, media) for proof, text in _ready(proofs, channel)]
    most = MOST_ROWS[program]
    return [
        # No apostrophe: what stands here is published as it is.
        write_csv([header, *rows[start : start + most]], delimiter=",", guard=spaced)
        for start in range(0, len(rows), most)
    ]


def too_long(program: str, proof: Proof, channel: str) -> Finding | None:
    """The finding for a text that the program itself would refuse, None for one it takes."""
    most = MOST_TEXT[program].get(channel)
    for text in proof.texts if most else ():
        count = length(text.words, text.channel)
        if most and text.channel.id == channel and count > most:
            return Finding(
                "keterangan-terlalu-panjang",
                f"keterangan {text.channel.name} {count} huruf, {program.capitalize()} menerima {most}.",
                proof.post.place("isi"),
                proof.post.id,
                f"Kurangi {count - most} huruf, atau posting tanpa {program.capitalize()}.",
            )
    return None


def ready(proof: Proof) -> bool:
    """Whether a post may leave the house: drafts and what waits for a person stay."""
    return not (proof.draft or proof.waiting or proof.forbidden)


def _ready(proofs: Iterable[Proof], channel: str) -> Iterator[tuple[Proof, Text]]:
    for proof in proofs:
        for text in proof.texts:
            if text.channel.id == channel and ready(proof):
                yield proof, text


def _moment(proof: Proof, zone: Zone) -> str:
    shift = timedelta(hours=zone.value - proof.posyandu.zone.value)
    return f"{proof.post.instant(proof.posyandu.zone).replace(tzinfo=None) + shift:%Y-%m-%d %H:%M}"


def _address(proof: Proof, text: Text, media: str) -> str:
    if not media:
        return ""
    name = "/".join([*proof.folder, f"{text.channel.format}.jpg"])
    return f"{media.rstrip('/')}/{quote(name)}"


def _buffer(proof: Proof, text: Text, zone: Zone, media: str) -> Sequence[str]:
    return (text.words, _address(proof, text, media), "", _moment(proof, zone))


def _publer(proof: Proof, text: Text, zone: Zone, media: str) -> Sequence[str]:
    address = _address(proof, text, media)
    return (
        _moment(proof, zone),
        text.words,
        "",
        address,
        "",
        proof.post.pillar.label,
        proof.alt.replace("||", "|") if address else "",
        "",
        "",
        "story" if text.channel.format == "story" else "",
        "",
        "",
    )
