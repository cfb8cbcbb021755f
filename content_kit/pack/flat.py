"""One flat folder for each unit and week: `1_Sen-07Des_WA-Status_jadwal-melati.jpg` and `1_teks.txt`.

A pack is made from what `render` wrote, so what was checked is what is sent. A post with an
error is left out and named in `BACA-DULU.txt`; its DRAF picture stays in the output folder.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from content_kit.files.paths import safe_join
from content_kit.files.save import atomic_write_if_new
from content_kit.findings import Level
from content_kit.model import Channel, Post, Posyandu
from content_kit.render import Proof
from content_kit.schedule.dates import clock, long_date, short_date

FOLDER: Final = "paket"
READ_FIRST: Final = "BACA-DULU.txt"
_OURS: Final = re.compile(r"\d+_[^/\\]+\.(jpg|txt)")


@dataclass(frozen=True, slots=True)
class Packed:
    """One pack: its folder, the files in it, and the posts that were left out."""

    unit: str
    week: str
    folder: Path
    files: tuple[str, ...]
    left_out: tuple[Proof, ...] = ()


def pack(proofs: Iterable[Proof], out: Path) -> Iterator[Packed]:
    """Write a pack for each unit and week of these proofs, whose pictures `render` has just written."""
    groups: dict[tuple[str, str], list[Proof]] = {}
    for proof in proofs:
        unit, week, _ = proof.folder
        groups.setdefault((unit, week), []).append(proof)
    for (unit, week), members in groups.items():
        members.sort(key=lambda proof: (proof.post.date, proof.post.time, proof.post.id))
        yield _pack_week(unit, week, members, out)


def _pack_week(unit: str, week: str, proofs: list[Proof], out: Path) -> Packed:
    folder = safe_join(out, FOLDER, unit, week)
    folder.mkdir(parents=True, exist_ok=True)
    files: list[str] = []
    steps: list[str] = []
    ready = [(proof, text) for proof in proofs if not proof.draft for text in proof.texts]
    # Phones and file managers sort by letters: ten files or more are numbered 01, 02, …
    digits = len(str(len(ready)))
    for count, (proof, text) in enumerate(ready, 1):
        source = safe_join(out, *proof.folder)
        number = f"{count:0{digits}}"
        picture = file_name(number, proof.post, proof.posyandu, text.channel)
        words = f"{number}_teks.txt"
        picture_data = (source / f"{text.channel.format}.jpg").read_bytes()
        atomic_write_if_new(folder / picture, picture_data)
        atomic_write_if_new(folder / words, (text.words.rstrip("\n") + "\n").encode())
        files += (picture, words)
        when = f"{long_date(proof.post.date)}, {clock(proof.post.time)}"
        zone = proof.posyandu.zone.name
        steps.append(f"{number}. {when} {zone}: {text.channel.name}")
    left_out = tuple(proof for proof in proofs if proof.draft)
    atomic_write_if_new(folder / READ_FIRST, _read_first(steps, left_out).encode())
    _sweep(folder, {*files, READ_FIRST})
    return Packed(unit, week, folder, (*files, READ_FIRST), left_out)


def file_name(number: str, post: Post, posyandu: Posyandu, channel: Channel) -> str:
    """A short ASCII name that sorts in posting order and says when, where and what."""
    day = short_date(post.date).partition(",")[0]
    month = short_date(post.date).split()[2]
    return (
        f"{number}_{day}-{post.date.day:02d}{month}_{channel.file_label}"
        f"_{post.pillar.value.replace('_', '-')}-{_slug(posyandu.slug)}.jpg"
    )


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "posyandu"


def _read_first(steps: list[str], left_out: tuple[Proof, ...]) -> str:
    lines = ["Kirim gambar dan teks sesuai nomornya:", "", *steps] if steps else []
    if left_out:
        lines += ["", "Belum ikut, karena masih perlu diperbaiki:"]
        for proof in left_out:
            reasons = [f for f in proof.findings if f.level is Level.ERROR]
            lines.append(f"- {long_date(proof.post.date)}, postingan {proof.post.id}:")
            lines += (f"  {finding.message} {finding.hint}".rstrip() for finding in reasons)
    return "\n".join(lines).strip() + "\n"


def _sweep(folder: Path, kept: set[str]) -> None:
    """Remove what an earlier pack left in this folder; only names that a pack makes."""
    for path in folder.iterdir():
        if path.name not in kept and _OURS.fullmatch(path.name) and path.is_file():
            path.unlink()
