"""The health facts (`assets/facts.yaml`): each sentence once, with its source and how it was read.

Texts of the library name the facts they rest on (`fakta`). What a fact says is part of what a
health worker reads, so a fact that changes sends its texts to be read again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Final

from content_kit.files.assets import read_asset
from content_kit.files.institutions import Institutions
from content_kit.files.reader import Findings, Reader
from content_kit.files.workspace import Workspace
from content_kit.findings import NOWHERE, Finding, Place, clipped, nearest
from content_kit.model import Audience, CheckState, Source

FILE: Final = "facts.yaml"
_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


class Read(StrEnum):
    """How the document behind a fact was read (`dibaca`), from best to worst."""

    WHOLE = "penuh"
    EXCERPT = "kutipan"
    HEARSAY = "umum"
    NOT = "belum"


_STATES: Final[Mapping[Read, CheckState]] = {
    Read.WHOLE: CheckState.VERIFIED,
    Read.EXCERPT: CheckState.VERIFIED,
    # General knowledge is not verified before somebody opens the document.
    Read.HEARSAY: CheckState.NAMED,
    Read.NOT: CheckState.UNVERIFIED,
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One sentence that texts may tell.

    `source` is the document in full for the reviewer, `short` what is printed; `until` is the last
    day of a number that is measured anew, `replaced_by` the fact that holds now instead.
    """

    id: str
    sentence: str
    source: str
    short: str
    read: Read
    audience: tuple[Audience, ...] = ()
    year: str = ""
    until: date | None = None
    replaced_by: str = ""
    at: Place = field(default=NOWHERE, compare=False)

    @property
    def state(self) -> CheckState:
        """How far its source was checked; a fact that was replaced holds no more."""
        return CheckState.UNVERIFIED if self.replaced_by else _STATES[self.read]

    @property
    def digest(self) -> str:
        """Another one as soon as what a reviewer reads of it changes."""
        told = (self.id, self.sentence, self.source, self.short, self.year, self.replaced_by)
        return sha256("\0".join(told).encode()).hexdigest()[:16]

    def as_source(self, reviewed_by: str = "") -> Source:
        """The source that a post carries for this fact."""
        return Source(self.source, self.state, self.id, reviewed_by, self.short)

    def expired(self, day: date) -> bool:
        """Whether a newer number is out, or should be."""
        return self.until is not None and day > self.until


def load_facts(
    workspace: Workspace, institutions: Institutions | None = None
) -> tuple[Mapping[str, Fact], list[Finding]]:
    """Every fact by its id, and what is wrong with them; names are looked at with `institutions`."""
    top, findings = read_asset(workspace, FILE)
    found: dict[str, Fact] = {}
    if top is None:
        return found, findings
    readers: dict[str, Reader] = {}
    for item in top.children("fakta", required=True):
        fact = _fact(item)
        item.finish()
        if fact is None:
            continue
        if fact.id in found:
            findings.at("id-ganda", f'fakta "{clipped(fact.id)}" ditulis dua kali.', item.at("id"))
            continue
        found[fact.id], readers[fact.id] = fact, item
    top.finish()
    for id, fact in found.items():
        _look_at(fact, found, readers[id], findings, institutions)
    return found, findings


def facts_of(
    item: Reader, facts: Mapping[str, Fact], findings: Findings | None = None
) -> tuple[Fact, ...]:
    """The facts that a text of the library names, each once; `findings` hears of unknown ones."""
    told: list[Fact] = []
    for word in item.scalars("fakta"):
        fact = facts.get(word.text.strip())
        if fact is not None:
            told.append(fact)
        elif findings is not None:
            findings.at(
                "nilai-salah",
                f'fakta "{clipped(word.text)}" tidak ada di facts.yaml.',
                word.place,
                nearest(word.text, facts, "Tambah faktanya dulu, dengan sumbernya."),
            )
    return tuple(dict.fromkeys(told))


def expiry(facts: Iterable[Fact]) -> date | None:
    """The last day on which all of these facts hold; None when none of them ends."""
    return min((fact.until for fact in facts if fact.until), default=None)


def _fact(item: Reader) -> Fact | None:
    id = item.text("id", required=True)
    read = item.choice("dibaca", Read, required=True)
    fact = Fact(
        id=id,
        sentence=item.text("kalimat", required=True),
        source=item.text("sumber", required=True),
        short=item.text("cetak"),
        read=read or Read.NOT,
        audience=item.choices("sasaran", Audience),
        year=item.text("tahun"),
        until=item.date("sampai"),
        replaced_by=item.text("diganti"),
        at=item.at("id"),
    )
    if id and not _ID.fullmatch(id):
        item.findings.at(
            "nilai-salah",
            f'id "{clipped(id)}" tidak dapat dipakai.',
            item.at("id"),
            "Pakai huruf kecil, angka, dan tanda hubung saja, misalnya mpasi-mulai.",
        )
        return None
    return fact if id and fact.sentence and fact.source else None


def _look_at(
    fact: Fact,
    facts: Mapping[str, Fact],
    item: Reader,
    findings: Findings,
    institutions: Institutions | None,
) -> None:
    """What no single field can tell: the successor, the year of a number, the printed name."""
    if fact.replaced_by and fact.replaced_by not in facts:
        findings.at(
            "nilai-salah",
            f'fakta penggantinya "{clipped(fact.replaced_by)}" tidak ada.',
            item.at("diganti"),
            nearest(fact.replaced_by, facts, "Tulis id fakta yang berlaku sekarang."),
        )
    if fact.until and not (fact.year and fact.year in f"{fact.sentence} {fact.short}"):
        findings.at(
            "nilai-salah",
            "angka yang ada masa berlakunya harus menyebut tahunnya.",
            item.at("sampai"),
            'Isi "tahun", dan sebut tahun itu di "kalimat" atau di "cetak".',
        )
    if institutions and fact.short and not institutions.allows(fact.short):
        findings.at(
            "sumber-lemah",
            f'nama "{clipped(fact.short)}" tidak boleh dicetak.',
            item.at("cetak"),
            institutions.hint(fact.short),
        )
