"""Every kind of file that a workspace keeps, declared once: how it is read, and what rests on it.

One rule for all of them. A file that is not there is fine. One that is broken, emptied or that
nobody can open is a finding with file and line, never an empty file: whatever decision rests on
it waits until it is mended.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from content_kit.errors import FileOverLimit, UnreadableFile, reason
from content_kit.files import save
from content_kit.files.calendars import MAX_POSTS
from content_kit.files.copies import marker
from content_kit.files.overlay import present, read_bytes
from content_kit.files.yaml import Map, Node, Scalar, Seq, decode, parse
from content_kit.findings import OVER_LIMIT, Finding, Level, Place

LOST: Final = frozenset(
    {
        "yaml-rusak",
        "yaml-terlarang",
        "berkas-tidak-terbaca",
        "berkas-kosong",
        "salinan-bentrok",
        "batas-terlampaui",
        "jalur-terlarang",
    }
)
"""Findings after which nobody knows what a file held."""

_MONTH: Final = re.compile(r"^(\d{4}-\d{2})\.yaml$", re.ASCII)
_BLANK: Final = b"\0 \t\r\n\xef\xbb\xbf"
"""What an emptied file may still hold: zeros of a torn write, a BOM, blank lines."""


class Decision(StrEnum):
    """What people decide with a workspace, as a sentence says that it has to wait."""

    PLAN = "penyusunan"
    CHANGE = "perubahan jadwal"
    PACK = "paket"
    READ = "catatan telaah"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: its path in the workspace, and which decisions rest on it.

    A kind is `whole` when no item of it may be left out: then any error in it makes it unknown.
    """

    path: re.Pattern[str]
    decisions: frozenset[Decision]
    whole: bool = False

    def lost_by(self, finding: Finding) -> bool:
        """Whether nobody knows, after this finding in such a file, what it held."""
        return finding.code in LOST or (self.whole and finding.level is Level.ERROR)


def _kind(path: str, *decisions: Decision, whole: bool = False) -> Kind:
    words = path.replace(".", r"\.").replace("UNIT", "[^/]+").replace("BULAN", r"\d{4}-\d{2}")
    return Kind(re.compile(words.replace("*", "[^/]+"), re.ASCII), frozenset(decisions), whole)


# Where no decision stands the readers themselves close when such a file is lost: no consent, no
# photo; no policy, no roles or no log, no approval; no rules of risk, every post is risky; no
# channels, palette or services, no post without a mistake; and every unit is expected.
KINDS: Final = (
    _kind("calendars/kantor.yaml", Decision.PLAN),
    _kind("calendars/orang.yaml", Decision.PLAN),
    _kind("calendars/libur.yaml", Decision.PLAN),
    _kind("calendars/telaah.yaml", Decision.READ),
    _kind("calendars/daftar_unit.yaml"),
    _kind("calendars/peran.yaml"),
    _kind("calendars/UNIT", Decision.PLAN, Decision.CHANGE, Decision.PACK),
    _kind("calendars/UNIT/hasil", Decision.CHANGE),
    _kind("calendars/UNIT/posyandu.yaml", Decision.PLAN, Decision.CHANGE, Decision.PACK),
    _kind("calendars/UNIT/BULAN.yaml", Decision.PLAN, Decision.CHANGE, Decision.PACK),
    _kind("calendars/UNIT/hasil/BULAN.yaml", Decision.CHANGE, whole=True),
    _kind("calendars/UNIT/foto.yaml"),
    _kind("calendars/UNIT/tinjauan/*.yaml"),
    _kind("assets/library/*.yaml", Decision.PLAN, Decision.READ),
    _kind("assets/facts.yaml", Decision.PLAN, Decision.READ),
    _kind("assets/observances.yaml", Decision.PLAN),
    _kind("assets/*.yaml"),
    _kind("assets/palettes/*.yaml"),
    _kind("assets/strategies/*.yaml"),
)


def kind_of(file: str) -> Kind | None:
    """The kind of a file, by its path in the workspace."""
    return next((kind for kind in KINDS if kind.path.fullmatch(file)), None)


def lost(
    findings: Iterable[Finding],
    decision: Decision,
    unit: str | None = None,
    months: Collection[str] | None = None,
) -> list[Finding]:
    """The findings for which a decision has to wait, of one unit and of what all units share.

    `unit` None means every unit, "" only what they share. With `months` ("2026-12") the files of other months do not matter.
    """
    found = []
    for finding in findings:
        kind = kind_of(finding.place.file)
        if kind is None or decision not in kind.decisions or not kind.lost_by(finding):
            continue
        parts = finding.place.file.split("/")
        shared = parts[0] != "calendars" or (len(parts) == 2 and parts[1].endswith(".yaml"))
        month = _MONTH.search(parts[-1])
        if (shared or unit in (None, parts[1])) and (
            months is None or month is None or month[1] in months
        ):
            found.append(finding)
    return found


def require(
    findings: Iterable[Finding],
    decision: Decision,
    unit: str | None = None,
    months: Collection[str] | None = None,
) -> None:
    """Raise UnreadableFile when a file that a decision rests on cannot be read; see `lost`."""
    waiting = lost(findings, decision, unit, months)
    if waiting:
        raise unreadable(waiting[0], decision)


def unreadable(finding: Finding, decision: Decision | None = None) -> UnreadableFile:
    """The sentence for a file that cannot be read, and what waits for it."""
    waits = f" Sebelum itu {decision} menunggu." if decision else ""
    kind = FileOverLimit if finding.code in OVER_LIMIT else UnreadableFile
    return kind(f"{finding.sentence()} Perbaiki berkas ini dulu.{waits}")


def read_text(path: Path, root: Path, file: str) -> tuple[str | None, list[Finding]]:
    """A file that is there as text; None with the finding that says why not."""
    data, problems = read_bytes(path, root, file)
    if data is None:
        return None, problems
    if blank(data):
        return None, [emptied(file)]
    text, problems = decode(data, file)
    if problems:
        return None, problems
    start = marker(text)
    if start >= 0:
        line = text.count("\n", 0, start) + 1
        return None, [
            Finding(
                "salinan-bentrok",
                "ada tanda gabungan git (<<<<<<<) yang belum diselesaikan.",
                Place(file, line, 1),
                hint="Tekan Enter di sini, atau jalankan content-kit merge, lalu pilih isinya.",
            )
        ]
    return text, []


def read_node(path: Path, root: Path, file: str) -> tuple[Node | None, list[Finding]]:
    """A file as nodes: None without a finding when there is none, or nothing but remarks in it."""
    if not present(path):
        return None, []
    text, problems = read_text(path, root, file)
    return (None, problems) if text is None else parse(text, file)


def to_edit(path: Path, root: Path, file: str) -> save.Version:
    """A file as whoever edits it finds it; one that is not there is empty.

    UnreadableFile for one that is there and cannot be read: an edit would take what it held away.
    """
    if present(path):
        text, problems = read_text(path, root, file)
        if text is not None:
            node, problems = parse(text, file)
            if node is not None:
                problems = []
        if problems:
            raise unreadable(problems[0])
    try:
        return save.read(path)
    except OSError as error:
        raise UnreadableFile(f"{file} tidak dapat dibuka: {reason(error)}.") from None


def unreadable_text(text: str, file: str) -> Finding | None:
    """Why a text that somebody wants to save could not be read again; None when it could."""
    _, problems = decode(text.encode("utf-8", "surrogatepass"), file)
    if problems:
        return problems[0]
    node, problems = parse(text, file)
    if node is None:
        return problems[0] if problems else None
    posts = node.get("postingan") if isinstance(node, Map) else None
    if isinstance(posts, Seq) and len(posts.items) > MAX_POSTS:
        return Finding(
            "batas-terlampaui",
            f"akan ada {len(posts.items)} postingan, paling banyak {MAX_POSTS}.",
            Place(file, posts.place.line, posts.place.column, "postingan"),
            hint="Bagi menjadi beberapa bulan atau posyandu.",
        )
    return None


def blank(data: bytes) -> bool:
    """Whether bytes hold nothing that anybody wrote."""
    return not data.strip(_BLANK)


def says_nothing(node: Node | None) -> bool:
    """Whether a file holds no value at all: remarks only, `{}`, or names with nothing behind them."""
    if isinstance(node, Map):
        return all(isinstance(value, Scalar) and value.is_null for _, value in node.entries)
    return node is None or (isinstance(node, Seq) and not node.items)


def emptied(file: str) -> Finding:
    """The finding for a file that is there and holds nothing: whatever it was is gone."""
    return Finding(
        "berkas-kosong",
        "berkas ini ada tetapi kosong; isinya mungkin hilang.",
        Place(file, 1, 1),
        hint="Kembalikan dari salinan atau versi lama. Bila memang tidak dipakai, hapus berkasnya.",
    )


def remarks_only(file: str) -> Finding:
    """The finding for a file whose owner may have taken all out of it, or lost it."""
    return Finding(
        "berkas-catatan-saja",
        "berkas ini hanya berisi catatan, jadi dianggap tidak ada.",
        Place(file, 1, 1),
        hint="Bila memang begitu, hapus berkasnya. Bila tidak, kembalikan dari salinan.",
    )
