"""From the letters of a schedule rule to tokens, and from tokens to the pieces between "dan".

Spelling lives here: abbreviations, old and regional forms, digits or words. Each token has a kind
of one letter, so that the grammar in `words.py` can be written as patterns over letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import Final

from content_kit.files.plain import COUNTS


def _hasty(name: str) -> set[str]:
    """A name with any of its vowels left out, as in a chat: "jumat", "jmat", "jumt", "jmt"."""
    letters = [(char, "") if char in "aeiou" else (char,) for char in name]
    return {word for word in map("".join, product(*letters)) if len(word) > 2}


NAMES: Final[dict[str, int]] = {
    name: weekday
    for weekday, (whole, others) in enumerate(
        (
            ("senin senen isnin", "sen monday"),
            ("selasa selase salasa", "sls sel tuesday"),
            ("rabu rebo", "arba rab rb wednesday"),
            ("kamis kemis", "kam thursday"),
            ("jumat", "jum'at jumaat juma't jemaat jumah jumuah jum friday"),
            ("sabtu saptu", "sab saturday"),
            ("", "ahad sunday"),
        )
    )
    for name in {*others.split(), *(word for each in whole.split() for word in _hasty(each))}
}
"""Weekdays by their names: written out, in haste, in the regions, and by an English spreadsheet."""
MONTH_NUMBERS: Final[dict[str, int]] = {
    name: month
    for month, names in enumerate(
        (
            "januari jan january",
            "februari pebruari feb peb february",
            "maret mar mrt march",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "agustus agust agu ags agt august aug",
            "september sept sep",
            "oktober okt october oct",
            "november nopember nov nop",
            "desember des december dec",
        ),
        1,
    )
    for name in names.split()
}
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of these words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


MONTH_WORDS: Final = rf"(?:{any_of(MONTH_NUMBERS)})"
_COUNT: Final = rf"(?:\d+|{any_of(COUNTS)})"
_WORDS: Final = re.compile(
    "|".join(
        f"(?P<{kind}>{pattern})"
        for kind, pattern in {
            "X_iso": r"\d{4}(?P<mark>[-/])\d{1,2}(?P=mark)\d{1,2}(?!\d)",
            "X_day": r"\d{1,2}(?P<sep>[/.-])\d{1,2}(?P=sep)\d{4}(?!\d)"
            r"|\d{1,2}/\d{1,2}/[2-9]\d(?!\d)",
            "X_written": rf"\d{{1,2}}[ /-]?{MONTH_WORDS}\b\.?[ /-]?(?:\d{{4}}|'?[2-4]\d(?![\d.:]))(?!\d)"
            rf"|{MONTH_WORDS}\b\.? \d{{1,2}},? \d{{4}}(?!\d)",  # "December 8, 2026"
            "x_written": rf"\d{{1,2}} ?{MONTH_WORDS}\b\.?",
            "x_slashed": r"\d{1,2}/\d{1,2}(?![\d/])",  # a date whose year is missing
            "Y_month": rf"{MONTH_WORDS}\b(?: \d{{4}}(?!\d))?",
            # how often, without saying when
            "F_month": rf"{_COUNT} ?(?:x|kali) (?:dalam )?(?:sebulan|(?:se)?tiap bulan|per bulan)\b"
            rf"|{_COUNT} ?(?:x|kali) ?/ ?bulan\b|sekali (?:dalam )?sebulan\b"
            rf"|sebulan (?:sekali\b|{_COUNT} ?(?:x|kali)\b)",
            "f_week": r"seminggu (?:sekali|1 ?x|satu kali)\b|sekali (?:dalam )?seminggu\b"
            r"|(?:se)?tiap minggu sekali\b",
            # before "ke-2" and the like, so that "minggu" is never cut in two
            "T_date": r"(?:tanggal(?:nya)?|tnggal|tanggl|tggl|tgl|tg)(?![a-z])\.?",
            "R_to": r"sampai(?: dengan)?\b|hingga\b|s/d\b|s\.d\b\.?|sd\b|smp\b|-",
            "S_from": r"(?:terhitung )?mulai(?: dari| pada)?\b|sejak\b|dari\b",
            "A_and": r"dan juga\b|dan\b|dn\b|serta\b|juga\b|[&+,;]",
            "V_or": r"/",
            "L_third": r"(?:di |pada )?(?:awal|pertengahan|akhir) (?:bulan|bln)\b",
            "O_number": r"(?:ke|ka|k)[ -]{0,3}\d{1,3}(?!\d)",
            "O_word": rf"(?:k[ea][ -]{{0,3}}(?:{any_of(COUNTS)}|{any_of(_ROMAN)})"
            rf"|pertama|kesatu|terakhir|terahir|trakhir|{any_of(_ROMAN)})\b",
            "C_times": rf"{_COUNT} ?(?:x|kali)\b|sekali\b",
            "_filler": r"(?:pada|di|dalam|jatuh|yaitu|yakni|rutin|jadwal|posyandu|buka|dibuka"
            r"|serentak|dilaksanakan|dilakukan|diadakan|digelar|kegiatan|bulan berjalan"
            r"|bergilir(?:an)?|bergantian|giliran|per (?:rt|rw|dusun|pos))\b|[:.()=\"']",
            "E_every": r"(?:setiap|stiap|tiap-tiap|tiap2|tiap|stp|saban|saben|per)\b",
            "M_week": r"minggu\b(?: ?-(?= ?\d))?|min(?=\.?, )",
            "W_week": r"(?:mg|mgg|mgu|mggu|pekan|pkn)(?![a-z])\.?(?: ?-)?",
            "B_month": r"(?:bulan(?:nya)?|bln)\b\.?",
            "H_day": r"(?:hari|hr)\b",
            "D_name": rf"(?:{any_of(NAMES)})\b\.?",
            "N_word": rf"(?:{any_of(COUNTS)})\b",
            "N_digits": r"\d+",
            "U_unknown": r"[^\W\d_][\w']*|\S",
        }.items()
    )
)
UNSURE: Final = re.compile(
    r"\b(?:(?:belum|tidak|tak|tdk|blm) (?:di)?(?:pasti|tentu|tetap|tahu|tau|ada|jelas)\w*"
    r"|(?:me)?nyusul|tentatif|tba|tbd"
    r"|(?:nanti|akan|menunggu|nunggu|tunggu)(?: \w+)? (?:di)?(?:kabar|info|umum)\w*"
    r"|(?:menunggu|nunggu|tunggu) (?:bidan|puskesmas|keputusan|kepastian|kabar|info)"
    r"|dikabari|dikabarkan|diumumkan|diinfokan)\b"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its kind (one letter), what it stands for, and how it was written."""

    kind: str
    value: int = 0
    text: str = ""
    day: date | None = None
    written: bool = False
    """A date with its month in letters, so that "5 dan 12 Desember 2026" can share it."""
    end: int = 0
    """Where it ends in the text that was read."""


_LABEL: Final = re.compile(r"\bhari ?/ ?(?:tanggal|tgl)\b\.? ?[:=]? ?")
_MONTH_NAMED: Final = re.compile(rf"(\d),? (?:bulan|bln)\.? (?={MONTH_WORDS}\b)")
_MONTH_COUNTED: Final = re.compile(
    r"(?:(?<=tanggal )|(?<=tgl )|(?<=tgl\. ))(\d{1,2}),? (?:bulan|bln)\.? (?:ke[ -]?)?(\d{1,2})\b(?! ?kali)(?: ([2-9]\d{3})\b)?"
)
_YEAR_NAMED: Final = re.compile(r"(?<=\w) (?:tahun|thn|th)\.? (?=[2-9]\d{3}\b)")
_DAY_COUNT: Final = rf"(?:{any_of(COUNTS)})\b"
_SAID_TWICE: Final = re.compile(
    rf"(?<!\w)(\d{{1,2}}|{_DAY_COUNT}) ?\( ?(?:ke[ -]?)?(\d{{1,2}}|{_DAY_COUNT}|pertama) ?\)"
)
_DAY_IN_LETTERS: Final = re.compile(
    rf"(?:(?<=tanggal )|(?<=tgl )|(?<=tgl\. )){_DAY_COUNT}|\b{_DAY_COUNT}(?= {MONTH_WORDS}\b)"
)


def in_digits(text: str) -> str:
    """A plain text with its dates in digits: "tanggal sebelas", "10 (sepuluh)", "lima mei 2027".

    The label of a form ("Hari/Tanggal:") is none of it, and a month is named without "bulan".
    """

    def number(word: str) -> int:
        return 1 if word == "pertama" else COUNTS.get(word) or int(word)

    def once(match: re.Match[str]) -> str:
        first, second = number(match[1]), number(match[2])
        return str(first) if first == second else match[0]

    text = _SAID_TWICE.sub(once, _LABEL.sub("", text))
    text = _YEAR_NAMED.sub(" ", _MONTH_NAMED.sub(r"\1 ", text))
    text = _MONTH_COUNTED.sub(lambda match: "/".join(filter(None, match.groups())), text)
    return _DAY_IN_LETTERS.sub(lambda match: str(number(match[0])), text)


def tokens_of(text: str) -> list[Token]:
    """The words of a text that was made `plain`; every letter of it belongs to one."""
    found: list[Token] = []
    for match in _WORDS.finditer(text):
        name = match.lastgroup or "U_unknown"
        token = _token(name, match[0].strip())
        if token is not None:
            found.append(replace(token, end=match.start() + len(match[0].rstrip())))
    return found


def _token(name: str, text: str) -> Token | None:
    kind = name[0]
    if name == "_filler":
        return None
    if kind == "X":
        day = _date_of(name, text)
        return Token(kind, 0, text, day, name == "X_written")
    if kind in "ONCF":
        return Token(kind, _count_of(text), text)
    if kind == "D":
        return Token(kind, NAMES[text.rstrip(".")], text)
    return Token(kind, 0, text)


def _date_of(name: str, text: str) -> date | None:
    """None for a date that no calendar has."""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if name == "X_written":
        day, year = numbers
        month = MONTH_NUMBERS["".join(re.findall("[a-z]", text))]
        year += 2000 if re.search(r"(?<!\d)\d\d$", text) else 0
    elif name == "X_iso":
        year, month, day = numbers
    else:
        day, month, year = numbers
        year += 2000 if year < 100 else 0
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _count_of(text: str) -> int:
    """The number a token speaks of; -1 is the last, 0 none that we know."""
    if re.match(r"terakhir|terahir|trakhir", text):
        return -1
    if digits := re.search(r"\d+", text):
        return int(digits[0][:4])
    if re.match(r"pertama|kesatu|sekali", text) or text.endswith("sekali"):
        return 1
    bare = re.sub(r"^k[ea][ -]*", "", text)
    words = [bare, *re.split(r"[ -]+", bare)]
    return next(
        (table[word] for word in words for table in (COUNTS, _ROMAN) if word in table),
        0,
    )


@dataclass(slots=True)
class Piece:
    """The tokens between two "dan"."""

    tokens: list[Token]
    text: str = ""
    monthly: bool = False
    joined: str = ""
    """The "dan" or comma before it."""

    @property
    def kinds(self) -> str:
        """The kinds of its tokens, for a pattern to match."""
        return "".join(token.kind for token in self.tokens)

    def value(self, kind: str) -> int:
        """The value of the first token of a kind that is surely there."""
        return next(token.value for token in self.tokens if token.kind == kind)

    def first(self, kind: str) -> Token | None:
        """The first token of a kind, if there is one."""
        return next((token for token in self.tokens if token.kind == kind), None)


def pieces_of(tokens: list[Token], text: str) -> Iterator[Piece]:
    """The tokens cut at "dan", and where it was left out, each piece in its simplest form.

    "hari" only tells the day Sunday from a week; "Sabtu, 5 Desember 2026" and "…, mulai …" are
    one piece each; "tiap bulan" is taken out and remembered.
    """
    kinds = "".join(token.kind for token in tokens)
    piece = Piece([])
    for number, token in enumerate(tokens):
        if token.kind != "A":
            if _begins_another(piece.kinds, kinds[number:]):
                yield _simple(piece, text)
                piece = Piece([], joined="dan")
            piece.tokens.append(token)
        elif not _glues(token, kinds[:number], kinds[number + 1 :]):
            if piece.tokens:
                yield _simple(piece, text)
            piece = Piece([], joined=token.text)
    if piece.tokens:
        yield _simple(piece, text)


def _begins_another(before: str, after: str) -> bool:
    """Whether "dan" was left out: "senin rabu jumat", "selasa ke-2 kamis ke-4"."""
    if re.fullmatch("E?H?D", before) and after.startswith("D"):
        return True
    return bool(re.fullmatch("E?H?D[MW]?O", before) and re.match("H?D[MW]?O", after))


def _glues(token: Token, before: str, after: str) -> bool:
    return after.startswith("S") or bool(
        token.text == "," and re.search("(?:^|[AS])H?[DM]$", before) and re.match("T?X", after)
    )


def _simple(piece: Piece, text: str) -> Piece:
    tokens, monthly = list(piece.tokens), False
    said = text[tokens[0].end - len(tokens[0].text) : tokens[-1].end]
    kinds = piece.kinds
    while (start := kinds.find("EB")) >= 0:
        del tokens[start : start + 2]
        monthly = True
        kinds = "".join(token.kind for token in tokens)
    simple: list[Token] = []
    for number, token in enumerate(tokens):
        after = tokens[number + 1].kind if number + 1 < len(tokens) else ""
        before = tokens[number - 1].kind if number else ""
        if token.kind == "H" and after and after in "DM":
            continue
        if token.kind == "M" and (before == "H" or kinds[:number].endswith("DR")):
            token = replace(token, kind="D", value=6)
        simple.append(token)
    return Piece(simple, said, monthly, piece.joined)
