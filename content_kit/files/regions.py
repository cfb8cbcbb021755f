"""The regions of Indonesia: found by a few letters, with code, path, zone and spelling.

The one door to `lokal`, which carries the codes and names of the Ministry of Home Affairs
(Kepmendagri 300.2.2-2138 of 2025): 38 provinces, 514 kabupaten and kota, 7,285 kecamatan and 83,762
desa and kelurahan. Loading takes about half a second and 50 MB, so it is done where regions are asked
for and nowhere else. A list is never complete: whatever a person types instead is hers to keep.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from importlib import resources
from threading import Lock
from typing import Final, Self

from content_kit.files.place_words import place_key, place_kind, place_tokens, same_place
from content_kit.files.spelling import Level, proper_region
from content_kit.model import Zone

_LEVELS: Final = ("kabupaten", "kecamatan", "desa")
"""By the dots in their codes, less one."""

_KIND_TOKENS: Final = frozenset((
    "desa", "ds", "kelurahan", "kel", "kecamatan", "kec", "distrik", "kabupaten", "kab", "provinsi",
))  # fmt: skip
_WIB: Final = ("1", "2", "3", "61", "62")
_WITA: Final = ("5", "63", "64", "65", "7")
_DOUBLED: Final = re.compile(r"([^\W\d])\1+")
_SHORT: Final = {"Kecamatan": "Kec.", "Kabupaten": "Kab.", "Distrik": "Distrik", "Kota": "Kota"}


@dataclass(frozen=True, slots=True)
class Region:
    """A kabupaten, kecamatan or desa with those it lies in; what is smaller than itself is "".

    `code` is dotted ("63.03.06.2003"); names begin with their kind ("Kelurahan Mawar"), the
    province's excepted.
    """

    code: str
    village: str
    district: str
    regency: str
    province: str

    @property
    def title(self) -> str:
        """Its own name: "Desa Sungai Rangas"."""
        return self.village or self.district or self.regency

    @property
    def zone(self) -> Zone:
        """The time that its province keeps."""
        return zone_of(self.code)

    def __str__(self) -> str:
        """As a list shows it: "Desa Sungai Rangas · Kec. Martapura Barat · Kab. Banjar"."""
        above = [self.district if self.village else "", self.regency if self.district else ""]
        told = [self.title, *(shortened(name) for name in above if name)]
        return " · ".join([*told, *([self.province] if not self.district else [])])


class RegionsOnce:
    """The regions, loaded by whoever asks first, in whatever thread."""

    def __init__(self, load: Callable[[], Regions]) -> None:
        self._load = load
        self._lock = Lock()
        self.there: Regions | None = None
        """What was loaded, for whoever does not want to wait."""

    def __call__(self) -> Regions:
        """The regions; the first to ask waits for about a second."""
        with self._lock:
            if self.there is None:
                self.there = self._load().ready()
            return self.there


def zone_of(code: str) -> Zone:
    """The zone of a region by the province that its code begins with.

    Keputusan Presiden 41/1987: Sumatera, Jawa, Kalimantan Barat and Tengah keep WIB; Bali, Nusa
    Tenggara, the rest of Kalimantan, and Sulawesi WITA; Maluku and Papua WIT.
    """
    if code.startswith(_WIB):
        return Zone.WIB
    return Zone.WITA if code.startswith(_WITA) else Zone.WIT


def shortened(title: str) -> str:
    """A name of a kecamatan or kabupaten with its kind cut short: "Kec. Martapura Barat"."""
    kind, _, name = title.partition(" ")
    return f"{_SHORT.get(kind, kind)} {name}".strip()


class Regions:
    """All regions; made once by whoever needs them, never changed."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """`names` are the official names by dotted code, without "Desa", "Kelurahan", "Kecamatan"."""
        self.names = names

    @classmethod
    def load(cls) -> Self:
        """The regions of the package."""
        return cls({**_packed("wilayah"), **_packed("desa")})

    def ready(self) -> Self:
        """The same regions, with all that searching and spelling need."""
        for made in (self._keyed, self._lines):
            assert made
        return self

    def get(self, code: str) -> Region | None:
        """The kabupaten, kecamatan or desa of a dotted code."""
        if code not in self.names or not 1 <= code.count(".") <= 3:
            return None
        parts = code.split(".")
        village, district, regency, province = (
            self._title(".".join(parts[:count])) if count <= len(parts) else ""
            for count in (4, 3, 2, 1)
        )
        return Region(code, village, district, regency, province)

    def find(
        self, words: str, level: Level = "desa", *, near: str = "", most: int = 8
    ) -> list[Region]:
        """Regions of a level by a few letters of their names, the likeliest first.

        Words may be cut short, in any spelling that `place_words` knows, with doubled letters or one
        wrong letter; words of the kecamatan or kabupaten may follow ("rangas martapura"). `near` is
        the code of a region whose neighbours come first.
        """
        tokens = [word for word in map(_squeezed, place_tokens(words)) if word not in _KIND_TOKENS]
        if sum(map(len, tokens)) < 2:
            return []
        kind = place_kind(words) if level == "kabupaten" else ""
        ways = [(way, tokens, kind) for way in (_matching, _glued, _mistyped)]
        if kind == "kota" and len(tokens) > 1:
            # Kota Banjarmasin has its kind beside it, Kotabaru has it inside.
            whole = ["".join(tokens)]
            ways = [(_matching, tokens[1:], kind), (_matching, whole, ""), (_mistyped, whole, "")]
        found: list[tuple[int, str]] = []
        for way, asked, only in ways:
            found = found or [
                (rank, code)
                for rank, code in way(self._lines[level], asked)
                if only not in ("kabupaten", "kota") or place_kind(self.names[code]) == only
            ]

        def order(one: tuple[int, str]) -> tuple[object, ...]:
            rank, code = one
            return rank > 8, _far(code, near), rank, len(self.names[code]), code

        best = (self.get(code) for _, code in nsmallest(most, found, key=order))
        return [region for region in best if region is not None]

    def meant(self, village: str = "", district: str = "", regency: str = "") -> tuple[Region, ...]:
        """All regions that typed names can mean, of the smallest that is named.

        Names are compared as `same_place` does; an empty one is any. One answer is the answer,
        several are a question, none is a place that the list does not know.
        """
        inside: tuple[str, ...] = ("",)
        codes: list[str] = []
        for level, name in (("kabupaten", regency), ("kecamatan", district), ("desa", village)):
            if not name.strip():
                continue
            codes = [
                code
                for code in self._keyed[level].get(place_key(name), ())
                if code.startswith(inside) and same_place(self._title(code), name)
            ]
            inside = tuple(f"{code}." for code in codes)
        found = (self.get(code) for code in codes)
        return tuple(region for region in found if region is not None)

    def spelled(self, name: str, level: Level, *, district: str = "", regency: str = "") -> str:
        """The proper spelling of a typed region: its official one where it is known.

        "sungai rangas" is Desa Sungai Rangas and "pekapuran raya" Kelurahan Pekapuran Raya. Where
        names agree with many regions, the kind that most of them are is taken; a kind that was
        typed stays then.
        """
        if not name.strip():
            return ""
        # What lies below a level says nothing of its spelling, and would answer in its place.
        asked = {
            "desa": "",
            "kecamatan": district if level == "desa" else "",
            "kabupaten": "" if level == "kabupaten" else regency,
            level: name,
        }
        found = self.meant(asked["desa"], asked["kecamatan"], asked["kabupaten"])
        titles = Counter(region.title for region in found)
        proper = proper_region(name, level)
        if proper in titles and place_kind(name):
            return proper
        return max(titles, key=lambda title: (titles[title], title == proper), default=proper)

    def _title(self, code: str) -> str:
        name, dots = self.names[code], code.count(".")
        if dots == 2:
            return f"{'Distrik' if code >= '9' else 'Kecamatan'} {name}"
        if dots == 3:
            # The fourth part of a code: 1xxx is a kelurahan, 2xxx a desa, 3xxx a desa adat.
            kind = "Kelurahan" if code.rsplit(".", 1)[1].startswith("1") else "Desa"
            return name if name.startswith(f"{kind} ") else f"{kind} {name}"
        return name

    @cached_property
    def _keyed(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """The codes of each level by `place_key`."""
        found: dict[str, defaultdict[str, list[str]]] = {lv: defaultdict(list) for lv in _LEVELS}
        for code in self.names:
            if "." in code:
                found[_LEVELS[code.count(".") - 1]][place_key(self._title(code))].append(code)
        return found

    @cached_property
    def _lines(self) -> Mapping[str, Mapping[str, str]]:
        """What a search looks through, by level and code: own words, a bar, the words above."""
        found: dict[str, dict[str, str]] = {level: {} for level in _LEVELS}
        above = {"": ""}
        for code, name in self.names.items():
            tokens = [_squeezed(word) for word in place_tokens(name)]
            dots = code.count(".")
            over = above[code.rpartition(".")[0]]
            own = tokens[1:] if dots == 1 else tokens  # without Kabupaten or Kota
            if dots:
                found[_LEVELS[dots - 1]][code] = f" {' '.join(own)} | {over}"
            if dots < 3:
                # People say HSS for Hulu Sungai Selatan, and PPU, OKI, TTS.
                short = ["".join(word[0] for word in own)] if dots == 1 and len(own) > 2 else []
                above[code] = " ".join([*tokens, *short, over])
        return {
            **found,
            "kabupaten": {c: f"{line} {above[c]}" for c, line in found["kabupaten"].items()},
        }


def _packed(name: str) -> dict[str, str]:
    import lokal  # 0.15 s: only where regions are asked for

    raw = resources.files(lokal).joinpath("data", f"{name}.json.gz").read_bytes()
    names: dict[str, str] = json.loads(gzip.decompress(raw))
    return names


def _far(code: str, near: str) -> int:
    """How far a region lies from another: 0 in one kecamatan, 3 in another province."""
    return sum(code[:length] != near[:length] for length in (2, 5, 8))


def _squeezed(word: str) -> str:
    """A word without doubled letters: people write Tabbuk and Tabuk; HSS is no word."""
    return _DOUBLED.sub(r"\1", word) if len(word) > 3 else word


def _matching(lines: Mapping[str, str], tokens: Sequence[str]) -> Iterator[tuple[int, str]]:
    """How well each line that has all words answers them, 0 is best; the first words weigh most."""
    longest = f" {max(tokens, key=len)}"
    asked = " ".join(tokens)
    for code, line in lines.items():
        if longest not in line or not all(f" {token}" in line for token in tokens):
            continue
        own = line[: line.index("|")]
        if own == f" {asked} ":
            yield 0, code
        elif own.startswith(f" {asked}"):
            yield 1, code
        elif all(f" {token}" in own for token in tokens):
            yield 2, code
        elif f" {tokens[0]}" in own:
            yield 3, code
        else:
            yield 9, code  # only its kecamatan or kabupaten is called so


def _glued(lines: Mapping[str, str], tokens: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Names that are written with other spaces: "banjar masin", "sungairangas"."""
    asked = "".join(tokens)
    if len(asked) < 4:
        return
    for code, line in lines.items():
        if asked[:2] in line and asked in line[: line.index("|")].replace(" ", ""):
            yield 5, code


def _mistyped(lines: Mapping[str, str], tokens: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Names with one letter wrong, missing or too many; the first letter is right."""
    word = "".join(tokens)
    if len(word) < 4:
        return
    spots = (f"{word[:i]}.?{word[i + skip :]}" for i in range(1, len(word)) for skip in (0, 1))
    swaps = (word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(1, len(word) - 1))
    wrong = re.compile("|".join([*spots, *swaps]))
    for code, line in lines.items():
        if line[1] == word[0] and wrong.match(line[: line.index("|")].replace(" ", "")):
            yield 6, code
