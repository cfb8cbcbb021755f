"""The allow-list of institutions (`assets/sources.yaml`): whose name may stand under a picture.

An office prints only names it can stand behind. A name is a list of parts ("Buku KIA, Kemenkes
2024"); each is a listed institution or document, with the year and the document in brackets where
they are known, or a numbered rule of law ("Permenkes 21/2015"). Whatever else somebody writes
stays in the file for the reviewer and is not printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Final

from content_kit.files.assets import read_asset
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding
from content_kit.model import Source

FILE: Final = "sources.yaml"
MOST: Final = 2
"""Sources printed under one picture; the others stay in the file."""

_PARTS: Final = re.compile(r"\s*(?:[;,·&]|\bdan\b)\s*")
_SLASH: Final = re.compile(r"\s*(?:(?<!\d)/|/(?!\d))\s*")
_PART: Final = re.compile(
    r"(?P<name>[^()]*?)\s*(?:\((?P<inside>[^()]*)\))?\s*(?P<year>(?:19|20)\d\d)?"
)
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_NUMBER: Final = (
    r" (?:No\.? ?|Nomor )?(?:HK\.[\d.]+/MENKES/)?\d{1,4}[A-Z]?(?:/| Tahun )(?:19|20)\d\d"
    r"(?: (?:ps|pasal) \d+)?"
)


@dataclass(frozen=True, slots=True)
class Institutions:
    """The names that may be printed, casefolded; `former` gives an old name today's.

    `rules` are the words that a number makes a rule of law ("Permenkes"); `forms` are examples of
    what may be written, for a hint.
    """

    names: frozenset[str] = frozenset()
    former: tuple[tuple[str, str], ...] = ()
    rules: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    _known: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)
    """What was looked at: a month of a province names the same few sources 13,500 times."""

    def with_own(self, names: Iterable[str]) -> Institutions:
        """The list with the office's own institutions (`sumber_sendiri`) on it."""
        own = frozenset(name.casefold() for name in names if name)
        if not own:
            return self
        return replace(self, names=self.names | own, forms=(*self.forms, *names), _known={})

    def allows(self, text: str) -> bool:
        """Whether a name may be printed just as it is."""
        if text not in self._known:
            self._known[text] = bool(text.strip()) and all(map(self._allows, _split(text)))
        return self._known[text]

    def printed(self, sources: Iterable[Source]) -> tuple[str, ...]:
        """What is printed of a post's sources: allowed names only, each once, at most `MOST`.

        An institution alone says nothing beside a document of its own: "Kemenkes" and "Kemenkes 2025".
        """
        names = dict.fromkeys(source.short or source.name for source in sources)
        allowed = [name for name in names if self.allows(name)]
        told = [n for n in allowed if not any(other.startswith(f"{n} ") for other in allowed)]
        return tuple(told)[:MOST]

    def weak(self, source: Source) -> str:
        """The name of a source that may not be printed; "" for one that may."""
        name = source.short or source.name
        return "" if self.allows(name) else name

    def hint(self, text: str) -> str:
        """What to write instead of a name that may not be printed."""
        said = text.casefold()
        for old, now in self.former:
            if re.search(rf"\b{re.escape(old.casefold())}\b", said):
                return f'Sekarang namanya "{now}".'
        near = get_close_matches(text[:40], self.forms, 1, 0.75)
        if near:
            return f'Maksudnya "{near[0]}"?'
        return f"Yang boleh dicetak misalnya: {'; '.join(self.forms[:4])}."

    def _allows(self, part: str) -> bool:
        return self._is_one(part) or (
            len(both := _SLASH.split(part)) > 1 and all(map(self._is_one, both))
        )

    def _is_one(self, part: str) -> bool:
        match = _PART.fullmatch(part)
        if match is None:
            return False
        name, inside, year = match["name"].strip(), match["inside"], match["year"]
        if inside is not None and not all(map(self._allows, _split(inside))):
            return False
        if self._is_rule(_BRACKETS.sub("", part).strip()) or name.casefold() in self.names:
            return True
        # A document keeps the name its office had in the year it was made.
        old = any(name.casefold() == one.casefold() for one, _ in self.former)
        return old and year is not None

    def _is_rule(self, text: str) -> bool:
        words = "|".join(map(re.escape, self.rules))
        return (
            bool(words) and re.fullmatch(rf"(?:{words}){_NUMBER}", text, re.IGNORECASE) is not None
        )


def load_institutions(workspace: Workspace) -> tuple[Institutions, list[Finding]]:
    """`assets/sources.yaml` with what the office adds; without the file nothing may be printed."""
    top, findings = read_asset(workspace, FILE)
    own = workspace.settings()[0].own_sources
    if top is None:
        return Institutions().with_own(own), findings
    names: list[str] = []
    former: list[tuple[str, str]] = []
    for item in top.children("lembaga", name="nama", required=True):
        name = item.text("nama", required=True)
        short = item.text("cetak", default=name)
        names += [name, short]
        former += [(old, short) for old in item.texts("dulu")]
        item.finish()
    names += top.texts("dokumen")
    rules, forms = top.texts("peraturan"), top.texts("contoh")
    top.finish()
    known = frozenset(name.casefold() for name in names if name)
    found = Institutions(known, tuple(former), rules, forms)
    for form in forms:
        if not found.allows(form):
            findings.at(
                "nilai-salah",
                f'contoh "{form}" sendiri tidak ada di daftar ini.',
                top.at("contoh"),
                "Tambah lembaganya, atau ubah contohnya.",
            )
    return found.with_own(own), findings


def _split(text: str) -> list[str]:
    """The parts of a name; what stands in brackets belongs to its part."""
    inside: list[str] = []

    def keep(match: re.Match[str]) -> str:
        inside.append(match[0])
        return f"\0{len(inside) - 1}\0"

    parts = _PARTS.split(_BRACKETS.sub(keep, text.strip()))
    return [re.sub(r"\0(\d+)\0", lambda m: inside[int(m[1])], part) for part in parts]
