"""Takes a sentence about a service day apart: the words about its day, its hours and its place.

"Rabu minggu ke-2 dan ke-4, pukul 09:00-12:00 di Balai Desa" is "Rabu minggu ke-2 dan ke-4",
"pukul 09:00-12:00" and "Balai Desa". Every word goes to one of the three: what is no place and no
hours is left to whoever reads days, who asks about words that are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from content_kit.files.hour_words import (
    CLOCK_WORDS,
    END_WORDS,
    FROM_WORDS,
    HALF_WORDS,
    PART_WORDS,
    PRAYER,
    RANGE_WORDS,
    ZONE_WORDS,
    zeros,
)
from content_kit.files.plain import COUNTS, tidy
from content_kit.schedule.tokens import MONTH_WORDS, NAMES, any_of

MOST_LETTERS: Final = 400
_COUNT: Final = any_of(COUNTS)
_TIME: Final = r"\d{1,2} ?[.:] ?\d{2}(?:[.:]00)?(?!\d|[./]\d|-\d{4})"
_NUMBER: Final = (
    rf"(?:{_TIME}|\d{{1,2}},\d{{2}}(?!\d)|\d{{3,4}}(?!\d)|\d{{1,2}}(?! ?[.:]? ?\d)|(?:{_COUNT})\b)"
)
_TAIL: Final = rf"(?: ?(?:{PART_WORDS}|(?:{ZONE_WORDS})))*"
_NAMED: Final = rf"(?:(?:{PART_WORDS}) )?(?:{CLOCK_WORDS}) ?(?:(?:{PART_WORDS}) )?(?:(?:{HALF_WORDS}) ?)?{_NUMBER}{_TAIL}"
_BARE: Final = rf"(?:(?:{HALF_WORDS}) ?)?{_NUMBER}{_TAIL}"
_TO: Final = rf" ?(?:{RANGE_WORDS}) ?"
_END: Final = rf"(?:{_TO}(?:{_NAMED}|{_BARE}|{END_WORDS}(?: ?(?:{ZONE_WORDS}))*)| ?{END_WORDS})"
_NO_DATE: Final = r"(?<!tanggal )(?<!tgl )(?<!tgl\. )"
_OPENED: Final = rf"(?:(?:di)?buka |{FROM_WORDS} |pada |waktu |(?:jam|pukul) ?[:=] ?)*"
_HOURS: Final = re.compile(
    rf"(?<![\w./-]){_OPENED}(?:"
    rf"{_NAMED}{_END}?"  # jam 8 sampai 11
    rf"|{_TIME}{_TAIL}{_END}"  # 09.00-12.00, 09.00 s/d selesai
    rf"|\d{{4}}{_TO}\d{{4}}(?![\d-]){_TAIL}"  # 0800-1100
    rf"|{_NO_DATE}(?:{_TIME}|\d{{1,2}}(?!\d)) ?(?:{PART_WORDS}){_TAIL}{_END}?"  # 8 pagi
    rf"|\d{{1,2}} ?(?::|\.(?=00|1[3-9]|[2-9]\d)) ?\d{{2}}(?![\d./-]){_TAIL}"  # 09.00, never 8.12
    rf"|(?:(?:jam|pukul|pkl)\.? )?{PRAYER}\b"
    rf"|{PART_WORDS}"  # besok pagi: which hour, is asked
    r")",
    re.IGNORECASE,
)
_DAY: Final = (
    rf"(?:hari|(?:se|s)?tiap|tiap-tiap|saban|tanggal|tgl|besok|lusa|minggu|pekan|mulai"
    rf"|{any_of(NAMES)}|\d{{1,2}}(?:[/.-]\d{{1,2}}|,? ?(?:{MONTH_WORDS})|,? dan \d))\b"
)
_HALL: Final = (
    r"(?:balai|bale|rumah|rmh|gedung|aula|kantor|masjid|mesjid|mushol+a|musal+a|surau|langgar"
    r"|gereja|sekolah|poskesdes|polindes|pustu|puskesmas|posko|poskamling|halaman|teras|lapangan"
    r"|pendopo|saung|gg|gang|jl|jalan|kampung|kediaman|sekretariat)"
)
"""Words that begin a place also where no "di" stands before them."""
_BECOMES: Final = r"(?:mundur|maju|diundur|dimajukan|digeser|berubah|diubah|dirubah|diganti|ganti|dipindahkan|dipindah|pindah|jadi|menjadi|ke)"
_CHANGED: Final = re.compile(
    rf"\b(?:jam|pukul)(?:nya)? (?:{_BECOMES}\b ?)+(?:(?:jam|pukul) )?(?=\d)", re.IGNORECASE
)
"""What is said before the new hours: "jamnya jadi 9-12"."""
_SAME: Final = re.compile(
    r"(?:[,;]? *\b(?:dan )?)(?:tempat|lokasi|jam|pukul|waktu)(?:nya)?"
    r"(?: (?:dan|&) (?:tempat|lokasi|jam|waktu)(?:nya)?)? (?:(?:masih |tetap )?"
    r"(?:sama|seperti biasa(?:nya)?|biasa)|tetap|(?:tidak|tdk) berubah)(?= *(?:[,.;)]|dan\b|$))",
    re.IGNORECASE,
)
"""What stays as it was tells nothing: "tempat sama" is no place."""
_PLACE: Final = re.compile(
    r"(?:^|(?<=[\s,;(]))"
    rf"(?:(?:ber)?(?:tempat|lokasi)(?:nya)?(?: (?:{_BECOMES}|masih|tetap|geser|digeser)\b)*"
    rf"(?: (?:di|pada|ke)\b)? ?[:=]? ?|@ ?"
    rf"|di ?: ?|di (?!{_DAY}|(?:awal|akhir|pertengahan|bulan|minggu)\b)"
    rf"|(?:(?:pindah )?ke|d) (?={_HALL}\b)"
    rf"|(?={_HALL}\b))"
    rf"(?P<name>[^;]+)",
    re.IGNORECASE,
)
_NEXT: Final = re.compile(
    rf"(?<!pasar)(?<!gang)(?<!gg\.)(?<!gg)[\s,]+(?:pada |setiap |tiap )*(?={_DAY})|[,.]? *$|;",
    re.IGNORECASE,
)
"""Where a place ends; "Pasar Rabu" and "Gang Sabtu" go on."""


_ANOTHER: Final = re.compile(
    rf"[\s,]+(?=(?:se|s)?tiap )|(?:,|\bdan\b|\bserta\b|&)\s*(?={_DAY})|;|$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Clauses:
    """The words of a sentence about the day, the hours and the place, as they were typed."""

    day: str
    hours: str = ""
    place: str = ""
    twice: bool = False
    """Whether another hours or another place is left among the words about the day."""

    @property
    def several(self) -> bool:
        """Whether it tells more than the day."""
        return bool(self.hours or self.place)


def clauses(text: str) -> Clauses:
    """A sentence taken apart; what names no hours and no place stays with the day."""
    rest = _SAME.sub("", _CHANGED.sub("jam ", zeros(tidy(text))))
    if len(rest) > MOST_LETTERS:  # no sentence about one day: whoever reads days says so
        return Clauses(rest)
    found = _HOURS.search(rest)
    hours = found[0].strip() if found else ""
    if found:  # a semicolon ends a place that stood before
        rest = f"{rest[: found.start()]} ; {rest[found.end() :]}"
    place, rest = _place(rest)
    day = _bare(rest)
    twice = bool((hours and _HOURS.search(day)) or (place and _PLACE.search(day)))
    return Clauses(day, hours, place, twice)


def _place(text: str) -> tuple[str, str]:
    found = _PLACE.search(text)
    if found is None:
        return "", text
    start, end = found.span("name")
    before = text[: found.start()]
    if not re.search(_DAY, before, re.IGNORECASE) or re.search(_DAY, text[end:], re.IGNORECASE):
        stop = _NEXT.search(text, start)
    else:
        stop = _ANOTHER.search(text, start)
    end = min(end, stop.start()) if stop else end
    name = text[start:end].strip(" ,.;:")
    name = name if "(" in name else name.strip("()")
    if not name:
        return "", text
    return name, f"{before} , {text[end:]}"


def _bare(text: str) -> str:
    """The rest without the marks that joined it to what was taken out."""
    text = re.sub(r"\( *[,;]* *\)", " ", text)
    text = re.sub(r"(?:\s*[,;]\s*)+", ", ", text)
    text = re.sub(
        r"(?:^|\s)(?:pada|dan|bertempat)\s*(?:,\s*)*$", "", text.strip(), flags=re.IGNORECASE
    )
    return re.sub(r"\s+", " ", text).strip(" ,.;:")
