"""What a check looks at: one post with everything around it, and the texts it shows people."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from content_kit.files.institutions import Institutions
from content_kit.files.marks import unmarked
from content_kit.files.templates import FieldSpec, Template
from content_kit.files.texts import Texts
from content_kit.findings import Finding, Place
from content_kit.model import Channel, FieldValue, Occurrence, Photo, Post, Posyandu

PHOTO_ENDINGS: Final = (".jpg", ".jpeg", ".png", ".webp", ".heic")
"""How the name of a photo ends."""

_NOT_TEXT: Final = frozenset({"photo", "art", "choice"})
_FOREIGN: Final = re.compile(r"[^\x00-\x7f]")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?…])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Text:
    """Some words that people will read; `path` is the field, `words` has plain letters only.

    Pasted "fancy" letters and digits are normal ones in `words`, so nothing hides in them.
    """

    path: str
    words: str
    place: Place

    def sentences(self) -> Iterator[str]:
        """Its sentences; a point inside a clock ("08.00") ends none."""
        return (part for part in _SENTENCE_END.split(self.words) if part.strip())


@dataclass(frozen=True)
class Case:
    """One post to check. `captions` are texts by channel id, `photos` the unit's by file name.

    `drawn` are the photos that the post's pictures show; `election` is the office's `masa_pemilu`;
    `library` tells whether the post still says what its ready text says; `institutions` whose
    names may be printed, None where nobody looks at names.
    """

    post: Post
    posyandu: Posyandu
    occurrence: Occurrence | None = None
    template: Template | None = None
    captions: Mapping[str, str] = field(default_factory=dict)
    alt_text: str = ""
    photos: Mapping[str, Photo] = field(default_factory=dict)
    channels: Mapping[str, Channel] = field(default_factory=dict)
    drawn: tuple[str, ...] = ()
    election: bool = False
    library: Texts = field(default_factory=Texts)
    institutions: Institutions | None = None

    @cached_property  # eight checks read them, and normalising is most of the work
    def texts(self) -> tuple[Text, ...]:
        """Every text, the written fields first: what a caption repeats is told once, at the field."""
        post = self.post
        specs = {spec.name: spec for spec in self.template.fields} if self.template else {}
        found = [
            Text(path, _normal(words), post.place(path))
            for path, words, kind in leaves(post.fields, specs)
            if kind not in _NOT_TEXT and words
        ]
        if post.alt_text:
            found.append(Text("teks_alt", _normal(post.alt_text), post.place("teks_alt")))
        for channel, words in self.captions.items():
            found.append(Text(f"keterangan {channel}", _normal(words), post.place("isi")))
        if self.alt_text and self.alt_text != post.alt_text:
            found.append(Text("keterangan alt", _normal(self.alt_text), post.place("isi")))
        first: dict[str, Text] = {}  # two WhatsApp channels share one caption
        for text in found:
            first.setdefault(text.words, text)
        return tuple(first.values())

    def at(self, code: str, message: str, path: str, hint: str) -> Finding:
        """A finding at one of the post's fields."""
        return Finding(code, message, self.post.place(path), self.post.id, hint)

    def on(self, text: Text, code: str, message: str, hint: str) -> Finding:
        """A finding at one of the texts."""
        return Finding(code, message, text.place, self.post.id, hint)


def leaves(
    values: Mapping[str, FieldValue], specs: Mapping[str, FieldSpec], path: str = "isi"
) -> Iterator[tuple[str, str, str]]:
    """Every string among a post's values as (path, text, type of field, "" when not known)."""
    for name, value in values.items():
        spec = specs.get(name)
        inner = {item.name: item for item in spec.items} if spec else {}
        kind = spec.type if spec else ""
        yield from _leaves(value, kind, inner, f"{path}.{name}")


def _leaves(
    value: FieldValue, kind: str, inner: Mapping[str, FieldSpec], path: str
) -> Iterator[tuple[str, str, str]]:
    if isinstance(value, str):
        yield path, value, kind
    elif isinstance(value, Mapping):
        yield from leaves(value, inner, path)
    else:
        for number, item in enumerate(value):
            yield from _leaves(item, kind, inner, f"{path}.{number}")


def _normal(text: str) -> str:
    """Compatibility letters and every digit as plain ones; invisible joiners and marks gone."""
    text = unmarked(text)
    if text.isascii():
        return text
    return _FOREIGN.sub(_plain, unicodedata.normalize("NFKC", text))


def _plain(match: re.Match[str]) -> str:
    sign = match[0]
    if sign.isdigit():
        return str(unicodedata.digit(sign))
    # Format characters, and what makes a keycap of a digit.
    return "" if unicodedata.category(sign) in ("Cf", "Me") or sign == "\ufe0f" else sign


def denied(sentence: str) -> bool:
    """Whether a sentence refutes what it repeats, as a fact check does."""
    return _DENIED.search(sentence) is not None


_DENIED: Final = re.compile(
    r"\b(?:hoaks|hoax|mitos|keliru|tidak benar|tidak terbukti|belum terbukti|tak terbukti"
    r"|jangan percaya|waspada(?:i)?|hati-hati|(?:tidak|tak) ada (?!efek)(?:\w+ ){0,4}yang)\b|^\W*(?:benarkah|apakah|apa benar|betulkah|klaim)\b",
    re.IGNORECASE,
)
