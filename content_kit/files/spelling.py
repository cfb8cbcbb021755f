"""Proper spelling to propose for names that were typed in a hurry: "melati 2" is Posyandu Melati 2.

Pure functions: text in, text out, and the proposal for a proposal is itself. They only propose: what
a person typed stays until she accepts. A word in mixed case was written on purpose ("Al-Amin") and
is kept; words in small letters, and texts all in capitals, are set. The capitals are those of EYD V
(Ejaan Bahasa Indonesia yang Disempurnakan, 2022): names, titles and short forms before a name ("Hj.",
"dr."), degrees behind it after a comma, each part with its point ("S.Keb."), small "di", "dan", "yang" inside a name.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from content_kit.files.place_words import place_kind

Level = Literal["desa", "kecamatan", "kabupaten"]

_CAPITALS: Final = frozenset((
    "rt", "rw", "kua", "pkk", "paud", "tk", "tpa", "tpq", "sd", "sdn", "smp", "smpn", "sma",
    "sman", "smk", "kb", "kk", "nu", "bpd", "upt", "uptd", "rs", "rsud", "gor", "kud", "pdam",
    "pln", "lpm", "lkmd", "ppks", "bkb", "bkr", "bkl", "kwt", "tni", "polri", "bumdes",
    "rk", "hkp",
))  # fmt: skip
"""Short forms that are capitals wherever they stand; none is also an ordinary word or a name."""

_SHORT: Final = {"gg": "Gg.", "jl": "Jl.", "jln": "Jl.", "mts": "MTs", "km": "Km", "rmh": "Rumah"}
_TITLES: Final = {
    "h": "H.", "hj": "Hj.", "kh": "K.H.", "dr": "dr.", "drg": "drg.", "drs": "Drs.", "dra": "Dra.",
    "ir": "Ir.", "bd": "Bd.", "ny": "Ny.", "tn": "Tn.", "prof": "Prof.", "ust": "Ust.", "bdn": "Bdn.",
    "ns": "Ns.", "tgk": "Tgk.",
}  # fmt: skip
_DEGREES: Final = {
    "skm": "S.K.M.", "sst": "S.S.T.", "skep": "S.Kep.", "skeb": "S.Keb.", "spd": "S.Pd.", "sh": "S.H.",
    "se": "S.E.", "str": "S.Tr.", "strkeb": "S.Tr.Keb.", "amd": "A.Md.", "amg": "A.Mg.", "mkm": "M.K.M.",
    "amkeb": "Am.Keb.", "amdkeb": "A.Md.Keb.", "ners": "Ners", "mkes": "M.Kes.",
    "mm": "M.M.", "sgz": "S.Gz.", "sag": "S.Ag.", "ssos": "S.Sos.", "mpd": "M.Pd.", "mph": "M.P.H.",
}  # fmt: skip
_SMALL: Final = frozenset((
    "di", "ke", "dari", "dan", "atau", "yang", "dengan", "untuk", "pada", "bin", "binti",
    "samping", "depan", "belakang", "sebelah", "dekat",
))  # fmt: skip
_ADDRESS: Final = frozenset((
    "bu", "ibu", "pak", "bapak", "nenek", "kakek", "kak", "bidan", "kader", "ketua", "ustadz",
    "ustadzah", "haji", "hajah",
))  # fmt: skip
"""How people are called: what follows is a name."""

_WRITTEN_OUT: Final = {
    "ds": "Desa", "kel": "Kelurahan", "kec": "Kecamatan", "kab": "Kabupaten", "posy": "Posyandu",
}  # fmt: skip
_ALWAYS: Final = _CAPITALS | _SMALL | _SHORT.keys() | _TITLES.keys()
_OTHER_POST: Final = re.compile(r"pos(t|bindu|kes\w*|lansia|yandu\w*)?\b", re.IGNORECASE)
_ROMAN: Final = re.compile(r"x{0,2}(ix|iv|v?i{0,3})", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’`][^\W\d_]+)*")
_POSYANDU: Final = re.compile(r"^pos\s+yandu\b", re.IGNORECASE)
_RT: Final = re.compile(r"\b(r[tw])[.:]?\s*(?=\d)", re.IGNORECASE)

_Kind = Literal["name", "place", "person"]


def proper_posyandu(text: str) -> str:
    """A posyandu's name: "melati 2" and "POSYANDU MELATI 2" are Posyandu Melati 2.

    A name that says it is a post of another kind ("Posbindu Mawar", "Pos PAUD") keeps its word.
    """
    name = _cased(_POSYANDU.sub("Posyandu", _written_out(text)), "name")
    return name if not _says(name) or _OTHER_POST.match(name) else f"Posyandu {name}"


def proper_region(text: str, level: Level) -> str:
    """A desa, kecamatan or kabupaten with the word that says so: "sungai rangas" is Desa Sungai Rangas.

    A kind that is written stays ("kel. mawar" is Kelurahan Mawar, "kota mawar" Kota Mawar); whether
    a bare name is a kelurahan or a kota only a list of regions knows (`files/regions.py`).
    """
    name = _cased(_written_out(text), "name")
    kind = place_kind(name)
    # A desa or a kecamatan may be called "Kota Baru".
    said = kind and (kind != "kota" or level == "kabupaten")
    return name if said or not _says(name) else f"{level.capitalize()} {name}"


def proper_place(text: str) -> str:
    """Where a posyandu opens: "rumah bu rt 03" is Rumah Bu RT 03, "gg binjai" Gg. Binjai.

    In a text that has capitals of its own ("Balai desa") words in small letters stay, except names.
    """
    return _cased(text, "place")


def proper_person(text: str) -> str:
    """A person's name with titles: "hj siti aminah, s.keb" is Hj. Siti Aminah, S.Keb."""
    name, *degrees = (" ".join(part.split()) for part in text.strip(" ,").split(","))
    return ", ".join(part for part in (_cased(name, "person"), *map(_degree, degrees)) if part)


def _says(name: str) -> bool:
    """Whether there is a letter or a number in it, so that it can be a name."""
    return any(char.isalnum() for char in name)


def _degree(word: str) -> str:
    """One degree: known ones as they are written, of others each part begins with a capital."""
    if not (word.islower() or word.isupper()):
        return word
    known = _DEGREES.get(word.casefold().replace(".", "").replace(" ", ""))
    if known or "." not in word.strip("."):
        return known or word
    parts = (
        re.sub(r"\(.*", lambda found: found[0].upper(), part.capitalize())
        for part in word.strip(".").split(".")
    )
    made = ".".join(parts)
    return f"{made}." if made[-1:].isalpha() else made


def _written_out(text: str) -> str:
    """A text whose first word is written out: "kel. mawar" and "kel.mawar" are Kelurahan mawar."""
    text = " ".join(text.split())
    found = re.match(r"([^\W\d_]+)(?:\.\s*|\s+)(?=\w)", text)
    word = _WRITTEN_OUT.get(found[1].casefold()) if found else None
    return f"{word} {text[found.end() :]}" if found and word else text


def _cased(text: str, kind: _Kind) -> str:
    text = " ".join(text.split())
    mixed = kind == "place" and not text.islower() and not text.isupper()
    if kind != "person":
        text = _RT.sub(lambda found: f"{found[1].upper()} ", text)
    shouted = _is_shouted(text)
    made, end, before = "", 0, ""
    for found in _WORD.finditer(text):
        low = found[0].casefold()
        made += text[end : found.start()]
        end = found.end()
        named = kind != "name" and re.match(r"\.?\s+[^\W\d_]", text[end:]) is not None
        stays = mixed and bool(made) and low not in _ADDRESS and before not in _ADDRESS
        word = _short(found[0], kind, named=named, shouted=shouted)
        if not word:
            touched = (found[0].islower() and not stays) or shouted
            word = _set(found[0], kind, first=not made) if touched else found[0]
        made += word
        # A short form brings its point along, and what is written out has none.
        end += len(word) > len(found[0]) and text[end : end + 1] == "."
        before = low
    return made + text[end:]


def _is_shouted(text: str) -> bool:
    """Whether the words that could be small are all in capitals; "RT 03" is as it should be."""
    words = [word for word in _WORD.findall(text) if len(word) > 1]
    words = [
        word for word in words if word.casefold() not in _ALWAYS and not _ROMAN.fullmatch(word)
    ]
    return sum(map(len, words)) > 3 and all(word.isupper() for word in words)


def _short(word: str, kind: _Kind, *, named: bool, shouted: bool) -> str:
    """A short form as it is written, else ""; `named` when a word follows, so that it may be a title."""
    low = word.casefold()
    if named and low in _TITLES:
        return _TITLES[low] if word.islower() or shouted else f"{word}."
    if kind != "person" and low in _CAPITALS:
        return word.upper()
    return _SHORT.get(low, "") if kind == "place" else ""


def _set(word: str, kind: _Kind, *, first: bool) -> str:
    """A word in small letters, or of a text in capitals, as it is written in a name."""
    low = word.casefold()
    if low in _SMALL and not first:
        return low
    if kind != "person" and not first and _ROMAN.fullmatch(low):
        return word.upper()
    # "BCDF" is a short form that we do not know.
    unknown = word.isupper() and len(low) < 5 and not set(low) & set("aeiou")
    return word if unknown else word.capitalize()
