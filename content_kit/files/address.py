"""How an office speaks to people (`sapaan` in `kantor.yaml`): Bunda or Mama, si kecil, a greeting.

Texts of the library say `<ibu>`, `<ayah>` and `<anak>`; the office's words take their place when
the library is read, so a text means the same in every village and sounds as people talk there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from content_kit.files.reader import Findings, Reader
from content_kit.files.yaml import Map, Node, Scalar, Seq
from content_kit.findings import clipped

MOST: Final = 24
"""Letters of a word of address: longer ones no longer fit where a short one stood."""
GREETING_MOST: Final = 60

_MARK: Final = re.compile(r"<([Ii]bu|[Aa]yah|[Aa]nak)>")


@dataclass(frozen=True, slots=True)
class Address:
    """The words for mothers, fathers and small children; `greeting` opens captions, "" for none."""

    mother: str = "Bunda"
    father: str = "Ayah"
    child: str = "si kecil"
    greeting: str = ""

    def spoken(self, text: str) -> str:
        """A text with the words in place; `<Anak>` begins with a capital letter."""
        if "<" not in text:
            return text
        words = {"ibu": self.mother, "ayah": self.father, "anak": self.child}

        def word(match: re.Match[str]) -> str:
            said = words[match[1].lower()]
            return said[:1].upper() + said[1:] if match[1][0].isupper() else said

        return _MARK.sub(word, text)

    def as_words(self) -> Mapping[str, str]:
        """What a template may know of it, as `sapaan`."""
        return {
            "ibu": self.mother,
            "ayah": self.father,
            "anak": self.child,
            "salam": self.greeting,
        }


USUAL: Final = Address()
"""What an office says that never said otherwise."""


def read_address(item: Reader | None) -> Address:
    """`sapaan: {ibu, ayah, anak, salam}`; each may be left out."""
    if item is None:
        return USUAL
    found = Address(
        mother=_word(item, "ibu", USUAL.mother, MOST, item.findings),
        father=_word(item, "ayah", USUAL.father, MOST, item.findings),
        child=_word(item, "anak", USUAL.child, MOST, item.findings),
        greeting=_word(item, "salam", USUAL.greeting, GREETING_MOST, item.findings),
    )
    item.finish()
    return found


def spoken(node: Map, address: Address) -> Map:
    """An entry of the library as the office says it; places stay where they were written."""
    return replace(node, entries=tuple((key, _said(value, address)) for key, value in node.entries))


def _said(node: Node, address: Address) -> Node:
    if isinstance(node, Scalar):
        return replace(node, text=address.spoken(node.text)) if "<" in node.text else node
    if isinstance(node, Seq):
        return replace(node, items=tuple(_said(item, address) for item in node.items))
    return spoken(node, address)


def _word(item: Reader, key: str, usual: str, most: int, findings: Findings) -> str:
    text = " ".join(item.text(key, default=usual).split())
    if len(text) <= most and not set("<>{}") & set(text):
        return text
    findings.at(
        "nilai-salah",
        f'sapaan "{clipped(text)}" tidak dapat dipakai.',
        item.at(key),
        f"Tulis paling panjang {most} huruf, tanpa tanda kurung.",
    )
    return usual
