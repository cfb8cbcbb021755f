"""`telaah.yaml`: which ready texts a health worker has read, who and when; it holds for just that text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final

from content_kit.files.calendars import read_sources
from content_kit.files.facts import Fact
from content_kit.files.reader import Findings, Reader, plain, top_of
from content_kit.files.records import read_node
from content_kit.files.workspace import Workspace
from content_kit.model import FieldValue, Source

FILE: Final = "telaah.yaml"


@dataclass(frozen=True, slots=True)
class Reading:
    """Who read a text of the library, as what, and on which day; `words` is the text's digest."""

    by: str
    role: str
    day: date
    words: str

    @property
    def told(self) -> str:
        """`Rahma (bidan), 7-12-2026`."""
        return f"{self.by} ({self.role}), {self.day.day}-{self.day.month}-{self.day.year}"


def readings_path(workspace: Workspace) -> Path:
    """Where they are written, there or not."""
    return workspace.root / "calendars" / FILE


def load_readings(workspace: Workspace) -> tuple[Mapping[str, Reading], Findings]:
    """The readings by the id of their text, the last of each, with what is wrong in the file."""
    told, findings = load_told(workspace)
    return {id: each[-1] for id, each in told.items()}, findings


def load_told(workspace: Workspace) -> tuple[Mapping[str, list[Reading]], Findings]:
    """All readings by the id of their text, the last one last: posts still name the earlier ones."""
    findings = Findings()
    path = readings_path(workspace)
    found: dict[str, list[Reading]] = {}
    node, problems = read_node(path, workspace.root, workspace.relative(path))
    findings.extend(problems)
    top = top_of(node, findings)
    if top is None:
        return found, findings
    for item in top.children("telaah"):
        id = item.text("id", required=True)
        day = item.date("tanggal", required=True)
        by, role = item.text("oleh", required=True), item.text("peran", required=True)
        words = item.text("tulisan", required=True)
        item.finish()
        if id and day and by and role:
            found.setdefault(id, []).append(Reading(by, role, day, words))
    top.finish()
    return found, findings


def words_of(item: Reader, facts: Iterable[Fact] = ()) -> str:
    """The digest of an entry of the library and of its facts: whoever changes a word changes it.

    `item` is the entry as it is written: how an office addresses people changes no digest. Nor do
    its looks and what tells when it fits.
    """
    words = {key: value for key, value in _mapping(item).items() if key not in _NO_WORDS}
    told = [words, [fact.digest for fact in facts]]
    text = json.dumps(told, ensure_ascii=True, sort_keys=True)
    return sha256(text.encode("ascii")).hexdigest()[:16]


_NO_WORDS: Final = frozenset({"bentuk", "gambar", "musim", "seri", "jarak", "rekap", "tagar"})


def _mapping(item: Reader) -> Mapping[str, FieldValue]:
    value = plain(item.node)
    return value if isinstance(value, Mapping) else {}


def sources_of(
    item: Reader, readings: Mapping[str, Reading], words: str, facts: Iterable[Fact] = ()
) -> tuple[Source, ...]:
    """The sources of an entry, those of its facts first; with the name of who read just this text.

    `words` is the digest of the entry (`words_of`).
    """
    sources = (*(fact.as_source() for fact in facts), *read_sources(item))
    reading = readings.get(item.text("id"))
    if reading is None or reading.words != words:
        return sources
    return tuple(
        source if source.reviewed_by else replace(source, reviewed_by=reading.told)
        for source in sources
    )
