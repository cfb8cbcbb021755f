"""One flat folder for each unit and week: `1_Sen-07Des_WA-Status_jadwal-melati.jpg` and `1_teks.txt`.

A pack is made from what `render` wrote, so what was checked is what is sent. A post with an
error is left out and named in `BACA-DULU.txt`; its DRAF picture stays in the output folder.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from content_kit.errors import KitError
from content_kit.files.paths import is_inside, safe_join, slugged
from content_kit.files.save import atomic_write_if_new
from content_kit.findings import Finding, Level
from content_kit.model import Channel, Post, Posyandu
from content_kit.render import WAITING, Proof, not_written
from content_kit.roster.rows import title_of
from content_kit.schedule.dates import clock, day_name, long_date, month_name
from content_kit.schedule.named import called

FOLDER: Final = "paket"
READ_FIRST: Final = "BACA-DULU.txt"
RETURNED: Final = "dikembalikan"
REPLACED: Final = "pengumuman-diganti"
"""Why an announcement is left out for good: a newer one tells of the same day."""

_NOTHING: Final[Mapping[tuple[str, str], Finding]] = MappingProxyType({})
_OURS: Final = re.compile(r"\d+_(teks\.txt|[A-Z][a-z]{2}-\d{2}[A-Z][a-z]{2}_[\w-]+\.jpg)")
"""What a pack's files are called: a person's own `1_catatan.txt` in the folder is not ours."""


@dataclass(frozen=True, slots=True)
class Packed:
    """One pack: its folder, the files in it, and the posts that were left out."""

    unit: str
    week: str
    folder: Path
    files: tuple[str, ...]
    left_out: tuple[Proof, ...] = ()
    problem: Finding | None = None
    """Why the disk refused it: then nothing of ours lies in its folder."""


def pack(
    proofs: Iterable[Proof],
    out: Path,
    held: Mapping[tuple[str, str], Finding] = _NOTHING,
    left_out: Callable[[Proof], Sequence[str]] = lambda _: (),
) -> Iterator[Packed]:
    """Write a pack for each unit and week of these proofs, whose pictures `render` has just written.

    `held` are the posts, as (unit, post), that may not go out yet, each with the reason; `left_out`
    says what is missing in those that go out as their facts alone.
    """
    groups: dict[tuple[str, str], list[Proof]] = {}
    for proof in proofs:
        unit, week, _ = proof.folder
        groups.setdefault((unit, week), []).append(proof)
    for (unit, week), members in groups.items():
        members.sort(key=lambda proof: (proof.post.date, proof.post.time, proof.post.id))
        try:
            yield _pack_week(unit, week, members, out, held, left_out)
        except (KitError, OSError) as error:
            folder = out / FOLDER / unit / week
            with contextlib.suppress(OSError):  # half a pack looks like a whole one
                if is_inside(folder, out):
                    _sweep(folder, set())
                    (folder / READ_FIRST).unlink(missing_ok=True)
            problem = not_written(members[0].post, error)
            yield Packed(unit, week, folder, (), tuple(members), problem)


def _pack_week(
    unit: str,
    week: str,
    proofs: list[Proof],
    out: Path,
    held: Mapping[tuple[str, str], Finding],
    missing: Callable[[Proof], Sequence[str]],
) -> Packed:
    folder = safe_join(out, FOLDER, unit, week)
    folder.mkdir(parents=True, exist_ok=True)
    files: list[str] = []
    steps: list[str] = []
    going = [proof for proof in proofs if _ready(proof) and _key(proof) not in held]
    ready = [(proof, text) for proof in going for text in proof.texts]
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
        title = title_of(proof.post) or proof.post.pillar.label
        steps.append(f"{number}. {when} {zone}: {text.channel.name}, {title}")
        if why := missing(proof):
            steps.append(f"   Hanya faktanya yang ikut: {'; '.join(why)}.")
    left_out = tuple(proof for proof in proofs if proof not in going)
    atomic_write_if_new(folder / READ_FIRST, _read_first(steps, left_out, held).encode())
    _sweep(folder, {*files, READ_FIRST})
    return Packed(unit, week, folder, (*files, READ_FIRST), left_out)


def forget(gone: Iterable[tuple[str, str]], out: Path) -> list[Path]:
    """Remove the packs of weeks, given as (unit, week); the folders that there were.

    For weeks without a post, and for those that hold a picture which may no longer be shown.
    """
    found = [safe_join(out, FOLDER, unit, week) for unit, week in gone]
    found = [folder for folder in found if folder.is_dir()]
    for folder in found:
        _sweep(folder, set())
        (folder / READ_FIRST).unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # somebody's own file is in it
            folder.rmdir()
    return found


def is_ours(name: str) -> bool:
    """Whether a file in a pack is one that a pack makes: a picture, or the text for it."""
    return _OURS.fullmatch(name) is not None


def file_name(number: str, post: Post, posyandu: Posyandu, channel: Channel) -> str:
    """A short ASCII name that sorts in posting order and says when, where and what."""
    day, month = day_name(post.date)[:3], month_name(post.date)[:3]
    unit = slugged(posyandu.slug) or "posyandu"
    return (
        f"{number}_{day}-{post.date.day:02d}{month}_{channel.file_label}"
        f"_{slugged(post.pillar)}-{unit}.jpg"
    )


def _read_first(
    steps: list[str], left_out: tuple[Proof, ...], held: Mapping[tuple[str, str], Finding]
) -> str:
    lines = ["Kirim gambar dan teks sesuai nomornya:", "", *steps] if steps else []
    wrong = [proof for proof in left_out if proof.draft]
    lines += _told("Belum ikut, karena masih perlu diperbaiki:", wrong)
    waiting = [proof for proof in left_out if proof.waiting and not proof.draft]
    lines += _told("Belum ikut, karena menunggu isian dari Anda:", waiting)
    late = [proof for proof in left_out if _ready(proof)]
    returned = [proof for proof in late if held[_key(proof)].code == RETURNED]
    replaced = [proof for proof in late if held[_key(proof)].code == REPLACED]
    unapproved = [proof for proof in late if proof not in (*returned, *replaced)]
    lines += _held("Jangan dikirim, karena dikembalikan:", returned, held)
    lines += _held("Belum ikut, karena belum disetujui:", unapproved, held)
    if replaced:
        lines += ("", "Tidak ikut lagi, karena sudah ada pengumuman yang lebih baru:")
        lines += [f"- {called(proof.post)}" for proof in replaced]
    return "\n".join(lines).strip() + "\n"


def _held(
    heading: str, proofs: list[Proof], held: Mapping[tuple[str, str], Finding]
) -> Iterator[str]:
    if proofs:
        yield from ("", heading)
    for proof in proofs:
        reason = held[_key(proof)]
        yield f"- {called(proof.post)}:"
        yield f"  {reason.message} {reason.hint}".rstrip()


def reasons(proof: Proof) -> list[str]:
    """Why a post is not ready, each reason once."""
    kept = (f for f in proof.findings if f.level is Level.ERROR or f.code == WAITING)
    return list(dict.fromkeys(f"{f.message} {f.hint}".rstrip() for f in kept))


def _told(heading: str, proofs: list[Proof]) -> Iterator[str]:
    if proofs:
        yield from ("", heading)
    for proof in proofs:
        yield f"- {called(proof.post)}:"
        yield from (f"  {reason}" for reason in reasons(proof))


def _ready(proof: Proof) -> bool:
    return not (proof.draft or proof.waiting)


def _key(proof: Proof) -> tuple[str, str]:
    return proof.post.unit, proof.post.id


def _sweep(folder: Path, kept: set[str]) -> None:
    """Remove what an earlier pack left in this folder; only names that a pack makes."""
    for path in folder.iterdir():
        if path.name not in kept and is_ours(path.name) and path.is_file():
            path.unlink()
