"""How names give way: what a name may become in its own room, and how a full picture is tightened.

Names come from life; nobody can be told to live in a shorter place. Decision 0017 says why it is so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from content_kit.findings import Finding
from content_kit.picture.nodes import Text
from content_kit.picture.text import Measured, limit_at

LEAST: Final = 2.35
"""The size below which no name is set, 25 px of 1080; `SMALLEST_PX` is the same in pixels."""

NAME_SHRINKS: Final = 0.7
"""How small a name may become, of the smallest size that its template gives it."""

NARROWEST_NAME: Final = 14.0
"""The width to which a row may press a name in a tight picture: some twelve letters."""


@dataclass(frozen=True, slots=True)
class Ease:
    """How tight a picture is laid out: whether names start small, and factors for what gives way.

    `air` are gaps and padding, `art` the widths and heights of images, `type` the smallest sizes
    of the fitted texts that are no names.
    """

    names: bool = False
    air: float = 1.0
    art: float = 1.0
    type: float = 1.0


AS_DESIGNED: Final = Ease()
TIGHTER: Final = (
    Ease(names=True),
    Ease(names=True, air=0.75, art=0.9, type=0.9),
    Ease(names=True, air=0.5, art=0.8, type=0.8),
    Ease(names=True, air=0.3, art=0.65, type=0.7),
)
"""What is tried for a picture with names that does not fit as it was designed, one after another."""


_SHORT: Final = {
    "kelurahan": "Kel.", "kecamatan": "Kec.", "kabupaten": "Kab.", "provinsi": "Prov.",
    "jalan": "Jl.", "gang": "Gg.", "nomor": "No.", "haji": "H.", "hajah": "Hj.",
}  # fmt: skip
"""Short forms that stand on every letterhead; a name keeps its own words."""

_LONG: Final = re.compile(rf"\b({'|'.join(_SHORT)})\b(?=\s+\S)", re.IGNORECASE)
_SYLLABLE: Final = re.compile(r"(?:ng|ny|sy|kh|[b-df-hj-np-tv-z])(?=[aeiou])", re.IGNORECASE)
_OWN_BREAK: Final = re.compile(r"[-–/]")

_HAS_DIGIT: Final = re.compile(r"\d")


def freed(text: str) -> str:
    """A name whose words may part anywhere: no-break spaces become spaces."""
    return text.replace("\u00a0", " ")


def shortened(text: str) -> str:
    """A name with the short forms that people know: "Kelurahan" is Kel., "Gang" Gg.; words may part."""
    return _LONG.sub(_short, freed(text))


def _short(found: re.Match[str]) -> str:
    short = _SHORT[found[0].lower()]
    return short.upper() if found[0].isupper() else short


def split(measured: Measured, size: int, width: int) -> str:
    """A text whose words are no wider than a width at a size, as far as that can be.

    Units such as "08.00–selesai WITA" come apart at their spaces; a word that is too wide still
    breaks after its own hyphen or slash, else where a syllable begins, else after any letter. Each
    break is a hard one, so that the halves never come together again; numbers never break.
    """
    limit = limit_at(size, width)
    lines = []
    for words in measured.paragraphs:
        line: list[str] = []
        for word in words:
            if word.end - word.start <= limit:
                line.append(word.text)
                continue
            # The share of a letter; capitals and m are wider, so a sixth is kept back.
            most = limit * len(word.text) * 5 // (6 * (word.end - word.start))
            line.append("\n".join(_cut(part, most) for part in _apart(word.text, most)))
        lines.append(" ".join(line))
    return "\n".join(lines)


def _apart(unit: str, most: int) -> list[str]:
    """What never parts, parted at spaces into pieces of at most so many letters where that helps."""
    parts: list[str] = []
    for word in unit.split(" "):
        if parts and len(parts[-1]) + 1 + len(word) <= most:
            parts[-1] += f" {word}"
        else:
            parts.append(word)
    return parts


def _cut(word: str, most: int) -> str:
    """A word in lines of at most so many letters."""
    parts, rest = [], word
    while len(rest) > most:
        at, hyphen = _break(rest, max(2, most))
        if not at:
            break
        parts.append(rest[:at] + hyphen)
        rest = rest[at:]
    return "\n".join([*parts, rest])


def _break(word: str, most: int) -> tuple[int, str]:
    """Where a word breaks within its first letters, and the hyphen that this needs; 0 is nowhere.

    A syllable begins with one consonant (ng, ny, sy, kh count as one) and a vowel: "Pe-ka-pu-ran".
    """
    own = [found.end() for found in _OWN_BREAK.finditer(word) if 1 < found.end() < len(word)]
    if own and own[0] <= most:
        return max(at for at in own if at <= most), ""
    head = re.match(r"[^\d]*", word[: most + 1])
    letters = len(head[0]) if head else 0
    if letters < most and _HAS_DIGIT.search(word):
        return (own[0], "") if own else (0, "")
    starts = [
        f.start() for f in _SYLLABLE.finditer(word) if 1 < f.start() < min(most, len(word) - 1)
    ]
    return (starts[-1] if starts else most - 1), "-"


def blamed(findings: Sequence[Finding], texts: Sequence[Text]) -> tuple[Finding, ...]:
    """What a person can do about a picture that is too full.

    A box that is too small is nobody's to mend while a text in it can be shorter, and of many
    names that all had to give way it is the longest that fills the picture.
    """
    tight = [f for f in findings if f.code in ("teks-tidak-muat", "isi-meluber")]
    names = {each.source_field: len(each.text) for each in texts if each.name}
    said = [f for f in tight if f.place.field]
    own = [f for f in said if f.place.field not in names]
    if not own and said:
        longest = max((f.place.field for f in said), key=lambda field: names[field])
        own = [f for f in said if f.place.field == longest][:1]
    return tuple(f for f in findings if f not in tight or f in (own or tight))
