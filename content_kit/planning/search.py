"""Finds library entries by words: every word must occur; a slip of the finger is forgiven once nothing else fits."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Final, TypeAlias

from content_kit.files.assets import read_asset
from content_kit.files.safe_text import normal
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding
from content_kit.model import Audience, Bidang, Pillar, Post
from content_kit.planning.library import Entry

_WORD: Final = re.compile(r"[^\W_]+")
_ALIKE: Final = 0.75
_FILE: Final = "padanan.yaml"
_LONGEST: Final = 3
"""Words of the longest everyday name: "tekanan darah tinggi"."""
_PREFIXES: Final = frozenset(
    ("ber", "be", "me", "mem", "men", "meng", "di", "ter", "pe", "pem", "pen", "peng", "per", "ke")
)
"""What Indonesian puts before a word: "bersalin" is meant by "salin", "memberikan" not by "ikan"."""
_CAPITAL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SHORT: Final = 4
"""A shorter word must begin a word of the text: "air" is not meant by "cair"."""


Everyday: TypeAlias = "Mapping[tuple[str, ...], tuple[str, ...]]"
"""The words of an everyday name, and those of the library of which any will do."""
Score: TypeAlias = "tuple[int, int, int]"
"""How many of the words stand in the title, the lightest place of any of them, and the sum."""
NONE: Final[Score] = (-1, 0, 0)
_ASIDE, _TITLE = 1, 5


def load_everyday(workspace: Workspace) -> tuple[Everyday, list[Finding]]:
    """What people call things (`assets/padanan.yaml`); a row that cannot be read is left out."""
    top, findings = read_asset(workspace, _FILE)
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    if top is None:
        return found, findings
    for row in top.children("padanan", name="kata", required=True):
        words = tuple(word for text in row.texts("kata") for word in split(text))
        for name in row.texts("juga"):
            if words and (key := tuple(split(name))):
                found[key] = tuple(dict.fromkeys((*found.get(key, ()), *words)))
        row.finish()
    top.finish()
    return found, findings


@dataclass(frozen=True, slots=True)
class Shelf:
    """Entries with their words at hand, so that each key press searches in a few milliseconds."""

    entries: tuple[Entry, ...]
    words: tuple[tuple[tuple[str, int], ...], ...]
    """For each entry its words with their weight: a title says more than an answer."""

    everyday: Everyday = field(default_factory=dict)
    """What people call things, and the words under which the library has them."""

    @classmethod
    def of(cls, entries: Iterable[Entry], everyday: Everyday | None = None) -> Shelf:
        """The shelf of these entries."""
        found = tuple(entries)
        words = tuple(tuple(_words_of(entry).items()) for entry in found)
        return cls(found, words, everyday or {})

    def search(
        self,
        words: str = "",
        *,
        pillar: Pillar | None = None,
        bidang: Bidang | None = None,
        audience: Audience | None = None,
        seasons: Collection[str] | None = None,
    ) -> list[Entry]:
        """The entries in which every word occurs, those that fit best first.

        `seasons` are those that are on: entries of another season are left out, and those that
        were written for this one come before those of all year.
        """
        fitting = [
            (number, entry)
            for number, entry in enumerate(self.entries)
            if pillar in (None, entry.pillar)
            and bidang in (None, entry.bidang)
            and (audience is None or audience in entry.audience)
            and (seasons is None or not entry.season or set(entry.season) & set(seasons))
        ]
        asked = split(words)
        scores = self._scores(fitting, [(word,) for word in asked])
        if meant := _everyday(asked, self.everyday):
            more = self._scores(fitting, meant)
            scores = {n: max(scores.get(n, NONE), more.get(n, NONE)) for n in {*scores, *more}}
        if not scores and asked:
            known = sorted({word for number, _ in fitting for word, _ in self.words[number]})
            scores = self._scores(fitting, [_meant(word, known) for word in asked])
        found = [(number, entry) for number, entry in fitting if number in scores]
        # Who types an id wants just that text.
        found.sort(
            key=lambda each: (
                split(each[1].id) != asked, *_down(scores[each[0]]), _off(each[1], seasons), each[0]
            )
        )  # fmt: skip
        return [entry for _, entry in found]

    def _scores(
        self, fitting: Iterable[tuple[int, Entry]], asked: Sequence[Sequence[str]]
    ) -> dict[int, Score]:
        """How well each entry fits; those that lack a word are left out."""
        scores: dict[int, Score] = {}
        for number, _ in fitting:
            total, titles, place = 0, 0, _TITLE
            for spellings in asked:
                best, weight = max(
                    ((_fit(word, known) * weight, weight)
                     for known, weight in self.words[number] for word in spellings),
                    default=(0, 0),
                )  # fmt: skip
                if not best:
                    break
                total += best
                titles += weight == _TITLE
                place = min(place, weight)
            else:
                scores[number] = (titles, place, total)
        return scores


def search(
    entries: Iterable[Entry],
    words: str = "",
    *,
    pillar: Pillar | None = None,
    bidang: Bidang | None = None,
    audience: Audience | None = None,
    seasons: Collection[str] | None = None,
    everyday: Everyday | None = None,
) -> list[Entry]:
    """`Shelf.search` for those who search once."""
    shelf = Shelf.of(entries, everyday)
    return shelf.search(words, pillar=pillar, bidang=bidang, audience=audience, seasons=seasons)


def last_uses(posts: Iterable[Post]) -> Mapping[str, date]:
    """When each entry is used last, the future included, by its id."""
    used: dict[str, date] = {}
    for post in posts:
        if post.entry:
            used[post.entry] = max(post.date, used.get(post.entry, date.min))
    return used


def split(text: str) -> list[str]:
    """The words of a text without capitals; `#ASIEksklusif` is one word."""
    return _WORD.findall(normal(text).casefold())


def _words_of(entry: Entry) -> dict[str, int]:
    """The words of an entry, each with the weight of the weightiest place where it stands."""
    points = " ".join(f"{point.title} {point.text}" for point in entry.points)
    given = " ".join(value for value in entry.fields.values() if isinstance(value, str))
    asked = " ".join(f"{each.ask} {each.answer}" for each in entry.questions)
    names = " ".join((entry.bidang.label, *(word.label for word in entry.audience)))
    places = (
        (f"{entry.closing} {asked}", _ASIDE),
        (f"{points} {given} {names}", 2),
        (
            f"{entry.label} {' '.join((*entry.hashtags, *entry.season))} {entry.id} {entry.series}",
            3,
        ),
        (entry.title, _TITLE),
    )
    return {
        word: weight
        for text, weight in places
        for word in (*split(text), *split(_CAPITAL.sub(" ", text)))  # #CeritaPosyandu too
    }


def _everyday(asked: Sequence[str], everyday: Everyday) -> list[tuple[str, ...]]:
    """The words with everyday names replaced, the longest first; nothing when there are none."""
    found: list[tuple[str, ...]] = []
    at, replaced = 0, False
    while at < len(asked):
        for length in range(min(_LONGEST, len(asked) - at), 0, -1):
            if words := everyday.get(tuple(asked[at : at + length])):
                found.append(words if length > 1 else (asked[at], *words))
                at, replaced = at + length, True
                break
        else:
            found.append((asked[at],))
            at += 1
    return found if replaced else []


def _down(score: Score) -> tuple[int, bool, int]:
    """The best first: the title, and last what is said in passing, "atau ke posbindu"."""
    titles, place, total = score
    return -titles, place == _ASIDE, -total


def _fit(asked: str, known: str) -> int:
    if asked == known:
        return 4
    if known.startswith(asked):
        return 3
    before, found, _ = known.partition(asked)
    return 1 if found and len(asked) >= _SHORT and before in _PREFIXES else 0


def _meant(word: str, known: Sequence[str]) -> tuple[str, ...]:
    """What may be meant by a word that stands nowhere: those that look alike."""
    if any(_fit(word, each) for each in known):
        return (word,)
    return tuple(get_close_matches(word, known, n=3, cutoff=_ALIKE))


def _off(entry: Entry, seasons: Collection[str] | None) -> bool:
    return seasons is not None and not entry.season
