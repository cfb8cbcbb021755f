"""The ready texts of the library as posts say them: which posts still do, and which readings hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from content_kit.files.address import Address, spoken
from content_kit.files.assets import read_asset
from content_kit.files.facts import Fact, expiry, facts_of, load_facts
from content_kit.files.looks import GROUNDS, SHADE
from content_kit.files.plain import in_digits
from content_kit.files.reader import Reader, plain
from content_kit.files.readings import load_told, sources_of, words_of
from content_kit.files.safe_text import normal
from content_kit.files.workspace import Workspace
from content_kit.model import FieldValue, Pillar, Post, Source

FOLDER: Final = "library"
OWN_WORDS: Final = "isi_bentuk"
"""The key of an entry with the fields that single compositions ask for."""
SPARE: Final = ("label", "gambar")
"""What a picture may leave out of a text: its topic and its drawing."""
_NUMBER: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A field that only a person can give; `field` is its path in `isi` ("langkah.0.judul")."""

    field: str
    ask: str
    example: str = ""

    @property
    def question(self) -> str:
        """What is asked, with an example of what may be written."""
        return f"{self.ask} Misalnya {self.example}." if self.example else self.ask

    def answered(self, words: str) -> str:
        """What is written for an answer: a number takes the place of the example's own.

        Also "enam", and "12 anak" where the example says "12 anak diimunisasi"; who says more
        than the example is left as typed.
        """
        said = words.strip()
        number, _, rest = in_digits(said).casefold().partition(" ")
        known = set(self.example.casefold().split())
        if number.isdecimal() and _NUMBER.search(self.example) and known.issuperset(rest.split()):
            return _NUMBER.sub(number, self.example, count=1)
        return said


@dataclass(frozen=True, slots=True)
class ReadyText:
    """One entry as a post says it; `asks` are the fields that a person fills in.

    `readers` are those who read just these words, as a source names them (`ditelaah`), and
    `digest` tells this text from every other.
    """

    fields: Mapping[str, FieldValue]
    sources: tuple[Source, ...]
    asks: tuple[Waiting, ...] = ()
    readers: frozenset[str] = frozenset()
    digest: str = ""
    until: date | None = None
    """The last day on which all its facts hold; None when none of them ends."""
    pillar: Pillar | None = None
    template: str = ""
    hashtags: tuple[str, ...] = ()
    own: Mapping[str, Mapping[str, FieldValue]] = field(default_factory=dict, hash=False)
    """What single compositions say besides, by their look."""

    @property
    def waiting(self) -> frozenset[str]:
        """The paths that a person fills in."""
        return frozenset(gap.field for gap in self.asks)

    def said_by(self, post: Post) -> bool:
        """Whether a post says these words and no others; what waits for a person may be filled in.

        Who read the sources, and when, is no part of the words.
        """
        gaps = self.waiting
        return (
            not post.alt_text
            and _unsigned(post.sources) == _unsigned(self.sources)
            and any(
                same_words(post.fields, {**self.fields, **own}, gaps)
                for own in ({}, *self.own.values())
            )
        )


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a library by id, and every name that a reading ever gave to posts."""

    known: Mapping[str, ReadyText] = field(default_factory=dict, hash=False)
    told: frozenset[str] = frozenset()
    facts: Mapping[str, Fact] = field(default_factory=dict, hash=False)

    def asks(self, post: Post) -> tuple[Waiting, ...]:
        """What a post asks of the person who was there, answered or not, in its order."""
        text = self.known.get(post.entry) if post.waiting else None
        gaps = text.asks if text is not None else ()
        return tuple(gap for gap in gaps if gap.field.partition(".")[0] in post.waiting)

    def says(self, post: Post) -> bool:
        """Whether a post says what its text of the library says."""
        text = self.known.get(post.entry)
        return text is not None and text.said_by(post)

    def waits(self, post: Post) -> bool:
        """Whether a post only waits for somebody to read the text of the library that it says."""
        text = self.known.get(post.entry)
        return (
            text is not None
            and not all(source.reviewed_by for source in text.sources)
            and bool(self.unread(post))
            and text.said_by(post)
        )

    def unread(self, post: Post) -> tuple[int, ...]:
        """The sources that nobody read for what the post says now, by number.

        A reading that came from the library holds for the library's words alone. Whoever reads
        a post with words of its own is named in the post.
        """
        holds = None
        found = []
        for number, source in enumerate(post.sources):
            name = source.reviewed_by
            if name and self._inherited(post, name):
                holds = self.says(post) if holds is None else holds
                if not (holds and name in self.known[post.entry].readers):
                    found.append(number)
            elif not name:
                found.append(number)
        return tuple(found)

    def _inherited(self, post: Post, name: str) -> bool:
        text = self.known.get(post.entry)
        return bool(post.entry) and (name in self.told or bool(text and name in text.readers))


def same_words(
    said: Mapping[str, FieldValue],
    text: Mapping[str, FieldValue],
    gaps: frozenset[str] = frozenset(),
) -> bool:
    """Whether the fields of a post are those of a text, whichever picture draws them.

    A picture may leave out the topic and the drawing (`SPARE`) and have a shade; what waits for a
    person (`gaps`, as paths) may be filled in.
    """
    shown = {key: value for key, value in text.items() if key in said or key not in SPARE}
    plain_said = {
        key: value
        for key, value in said.items()
        if key in text or key != SHADE or value not in GROUNDS
    }
    return _words(plain_said, gaps) == _words(shown, gaps)


def own_words(item: Reader) -> dict[str, Mapping[str, FieldValue]]:
    """The fields that compositions ask for besides the common ones, by look (`isi_bentuk`)."""
    node = item.get(OWN_WORDS)
    value = plain(node) if node is not None else {}
    table = value if isinstance(value, Mapping) else {}
    return {look: fields for look, fields in table.items() if isinstance(fields, Mapping)}


def load_texts(workspace: Workspace, address: Address | None = None) -> Texts:
    """The texts of a workspace's library; what is wrong in them, the planner's library tells."""
    readings, _ = load_told(workspace)
    facts, _ = load_facts(workspace)
    address = address or workspace.settings()[0].address
    last = {id: each[-1] for id, each in readings.items()}
    known: dict[str, ReadyText] = {}
    for name in workspace.asset_names(FOLDER, ".yaml"):
        top, _ = read_asset(workspace, f"{FOLDER}/{name}.yaml")
        for written in top.children("pustaka") if top else ():
            id = written.text("id")
            if not id or id in known:
                continue
            own_facts = facts_of(written, facts)
            digest = words_of(written, own_facts)
            item = Reader(spoken(written.node, address), written.findings, written.path)
            sources = sources_of(item, last, digest, own_facts)
            own = {source.reviewed_by for source in sources if source.reviewed_by}
            just = {each.told for each in readings.get(id, ()) if each.words == digest}
            asks = tuple(
                Waiting(gap.text("isian"), gap.text("tanya"), gap.text("contoh"))
                for gap in item.children("menunggu", name="isian")
            )
            known[id] = ReadyText(
                _values(item),
                sources,
                asks,
                frozenset(own | just),
                digest,
                expiry(own_facts),
                item.choice("jenis", Pillar),
                item.text("model"),
                item.texts("tagar"),
                own_words(item),
            )
    told = {each.told for several in readings.values() for each in several}
    return Texts(known, frozenset(told), facts)


def _values(item: Reader) -> dict[str, FieldValue]:
    """The fields of a post made from an entry."""
    found: dict[str, FieldValue] = {
        key: item.text(key) for key in ("label", "judul", "gambar", "penutup")
    }
    for key in ("isi", "langkah"):
        node = item.get(key)
        value = plain(node) if node is not None else ()
        if key == "isi" and isinstance(value, Mapping):
            found |= value
        elif value:
            found[key] = value
    return found


def _unsigned(sources: tuple[Source, ...]) -> list[Source]:
    return [replace(source, reviewed_by="") for source in sources]


def _words(value: FieldValue, gaps: frozenset[str], path: str = "") -> object:
    """A value as people read it: plain letters, without what is empty or waits for a person."""
    if path in gaps:
        return ""
    if isinstance(value, str):
        return normal(value.strip())
    start = f"{path}." if path else ""
    if isinstance(value, Mapping):
        inside = {key: _words(inner, gaps, f"{start}{key}") for key, inner in value.items()}
        return {key: inner for key, inner in inside.items() if inner}
    items = (_words(inner, gaps, f"{start}{number}") for number, inner in enumerate(value))
    return [item for item in items if item]
