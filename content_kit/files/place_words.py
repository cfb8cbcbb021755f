"""Which words name the same posyandu, desa, kecamatan or kabupaten: the one matcher of place words.

Lists, rosters, imports and the region picker compare names here and nowhere else, so that what one
of them takes for the same place, all do.

>>> same_place("Kab. Banjar", "KABUPATEN BANJAR"), same_place("Kab. Banjar", "Kota Banjarbaru")
(True, False)
>>> place_key("POSYANDU MELATI-02") == place_key("melati II")
True
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

_KINDS: Final = {
    "posyandu": ("posyandu", "pos yandu", "posy"),
    "desa": (
        "desa", "ds", "kelurahan", "kel", "kalurahan",
        "desa kelurahan", "desa kel", "kelurahan desa", "kel desa",
        # What a desa is called in Aceh, Sumatera Barat, Lampung, Toraja and Papua.
        "gampong", "nagari", "pekon", "lembang", "desa adat",
    ),
    "kecamatan": ("kecamatan", "kec", "distrik", "kapanewon", "kemantren"),
    "kabupaten": ("kabupaten", "kab", "kabupaten administrasi", "kab adm"),
    "kota": ("kota", "kota administrasi", "kota adm", "kotamadya", "kodya"),
    "provinsi": ("provinsi", "prov", "propinsi"),
}  # fmt: skip
_KIND_OF: Final = {words: kind for kind, many in _KINDS.items() for words in many}
_UNSAID: Final = ("kabupaten kota", "kab kota")
"""A column's heading that got into the cell: it says that there is a kind, not which."""

_WORDS: Final = {
    "sei": "sungai", "tj": "tanjung", "tjg": "tanjung", "tg": "tanjung", "gn": "gunung",
    "gng": "gunung", "kp": "kampung", "kamp": "kampung", "pd": "padang", "lbk": "lubuk",
    "mns": "meunasah", "perk": "perkebunan", "kep": "kepulauan", "sel": "selatan",
    "utr": "utara", "tgh": "tengah",
    "satu": "1", "dua": "2", "tiga": "3", "empat": "4", "lima": "5", "enam": "6", "tujuh": "7",
    "delapan": "8", "sembilan": "9", "sepuluh": "10",
}  # fmt: skip
_ROMAN: Final = re.compile(r"(x{0,2})(ix|iv|v?i{0,3})")
_DIGIT: Final = re.compile(r"\d")
_BESIDE_NUMBER: Final = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_WORD: Final = re.compile(r"[^\W_]+")
_MARKS: Final = str.maketrans({"&": " dan ", **dict.fromkeys("'’‘`\u02bc")})
_SMALL: Final = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")


def place_kind(name: str) -> str:
    """What a name says it is, by its first word: "Kel. Mawar" a desa, "Mawar" nothing ("").

    The answer is one of posyandu, desa (kelurahan and gampong too: lists mix them), kecamatan,
    kabupaten, kota, provinsi and "".
    """
    return _split(place_tokens(name))[0]


def place_key(name: str) -> str:
    """A name as it is compared, the same for all spellings of one place; "" for no name.

    Without capitals, accents, marks and spaces, and without the word that says what it is
    ("Posyandu", "Desa", "Kel.", "Kab."); short words are written out ("Sei" is Sungai) and numbers
    are figures ("II", "02" and "dua" are 2). Two kinds of one name have one key: Kabupaten and
    Kota Bandung; `place_keys` and `same_place` keep them apart.
    """
    _, rest = _split(place_tokens(name))
    glued = "".join(rest)
    # "Kota Baru" is how people write Kotabaru; of "Kota Banjarmasin" they leave the first word out.
    return glued[4:] if glued.startswith("kota") and len(glued) > 6 else glued


def without_kind(name: str) -> list[str]:
    """The words of a name as they are compared, without the one that says what it is."""
    return _split(place_tokens(name))[1]


def place_keys(names: Sequence[str]) -> list[str]:
    """A key for each of several names that stand together, in their order.

    As `place_key`, but where both Kabupaten Bandung and Kota Bandung are among them their keys
    differ, and a bare "Bandung" has a third one: nobody knows which it is.
    """
    keys = [place_key(name) for name in names]
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for key, name in zip(keys, names, strict=True):
        kinds[key].add(_city(name))
    return [
        f"{key} {_city(name)}".strip() if {"kabupaten", "kota"} <= kinds[key] else key
        for key, name in zip(keys, names, strict=True)
    ]


def same_place(one: str, other: str) -> bool:
    """Whether two names are of one place: "Kab. Banjar" is "Kabupaten Banjar", and "banjar" too.

    A kabupaten and a kota of one name are two places; a name that does not say which may be either.
    """
    if place_key(one) != place_key(other):
        return False
    kinds = {_city(one), _city(other)}
    return not {"kabupaten", "kota"} <= kinds or _glued(one) == _glued(other)


def place_tokens(name: str) -> list[str]:
    """The words of a name as they are compared, the kind word still among them."""
    letters = name.casefold()
    if not letters.isascii():
        letters = unicodedata.normalize("NFKD", letters)
        letters = "".join(char for char in letters if not unicodedata.combining(char))
    letters = letters.translate(_MARKS)
    if _DIGIT.search(letters):
        # "RT03" and "RT 03", "Melati2" and "Melati 2".
        letters = _BESIDE_NUMBER.sub(" ", letters)
    return [_token(word) for word in _WORD.findall(letters)]


def _token(word: str) -> str:
    if word in _WORDS:
        return _WORDS[word]
    if word.isdecimal():
        return word.lstrip("0") or "0"
    found = _ROMAN.fullmatch(word) if word[0] in "ivx" else None
    return str(len(found[1]) * 10 + _SMALL.index(found[2])) if found else word


def _split(tokens: Sequence[str]) -> tuple[str, list[str]]:
    """The kind that a name begins with and its other words; a name of the kind word alone is bare."""
    kind, rest = _first_kind(tokens)
    if kind not in ("", "posyandu"):
        # "Desa Gampong Pande" is what lists make of Gampong Pande.
        again, bare = _first_kind(rest)
        rest = bare if again == "desa" else rest
    return kind, rest


def _first_kind(tokens: Sequence[str]) -> tuple[str, list[str]]:
    for count in (2, 1):
        head, rest = " ".join(tokens[:count]), list(tokens[count:])
        if rest and head in _UNSAID:
            return "", rest
        if rest and head in _KIND_OF:
            return _KIND_OF[head], rest
    return "", list(tokens)


def _city(name: str) -> str:
    kind = place_kind(name)
    return kind if kind in ("kabupaten", "kota") else ""


def _glued(name: str) -> str:
    """A name with what may be a kind or a part of it: Kotabaru for "Kota Baru", and for "Kab. Kotabaru"."""
    kind, rest = _split(place_tokens(name))
    return "".join(rest if kind == "kabupaten" else ["kota", *rest] if kind == "kota" else rest)
