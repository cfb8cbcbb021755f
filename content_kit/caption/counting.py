"""How long a text is in a channel: each counts letters, emoji, addresses and hashtags in its own way.

X weighs by the public rules of twitter-text (configuration v3); Threads counts an emoji by its
bytes (Meta's documentation of posts, April 2026); the others count UTF-16 units at the strictest.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from content_kit.files.safe_text import EMOJI

X_LINK: Final = 23
"""What any address weighs on X, which replaces it with its own."""
_X_LIGHT: Final = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
"""Code points that weigh one on X; all others, and a whole emoji, weigh two."""

_ADDRESS: Final = re.compile(
    r"https?://[^\s<>\"”’]+[^\s<>\"”’.,;:!?)\]]"
    r"|(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:com|org|net|id|me|info|io|co|my|gov)(?![\w.-]*@)\b(?:/[^\s<>\"”’]*[^\s<>\"”’.,;:!?)\]])?",
    re.IGNORECASE,
)
_HASHTAG: Final = re.compile(r"(?<![\w&/#@])#(\w*[^\W\d_]\w*)")


def utf16(text: str) -> int:
    """UTF-16 units, never fewer than code points: as Telegram counts, and the strictest elsewhere."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def threads(text: str) -> int:
    """Letters as one each, emoji as the number of their bytes in UTF-8."""
    extra = sum(
        len(found[0].encode("utf-8", "surrogatepass")) - len(found[0])
        for found in EMOJI.finditer(text)
    )
    return len(text) + extra


def x(text: str) -> int:
    """The weight on X: addresses 23, an emoji 2, letters of most scripts 1, others 2."""
    text = unicodedata.normalize("NFC", text)
    bare, links = _ADDRESS.subn("", text)
    bare, emoji = EMOJI.subn("", bare)
    return links * X_LINK + emoji * 2 + sum(_weight(ord(char)) for char in bare)


def _weight(code: int) -> int:
    return 1 if any(first <= code <= last for first, last in _X_LIGHT) else 2


COUNTS: Final[Mapping[str, Callable[[str], int]]] = MappingProxyType(
    {"utf16": utf16, "threads": threads, "x": x}
)
"""The ways to count by their name in `assets/channels.yaml`."""


def hashtags(text: str) -> tuple[str, ...]:
    """The hashtags that stand in a text, each once, without their #; those in addresses are none."""
    found: dict[str, str] = {}
    for tag in _HASHTAG.findall(_ADDRESS.sub(" ", text)):
        found.setdefault(tag.casefold(), tag)
    return tuple(found.values())


def links(text: str) -> int:
    """How many different addresses stand in a text."""
    return len({found[0].casefold() for found in _ADDRESS.finditer(text)})
