"""What must never be in a post: identity numbers, residents' phone numbers, birth dates.

A finding never repeats what it found: it would copy the number into logs and screens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from content_kit.checks.case import Case
from content_kit.findings import Finding
from content_kit.schedule.dates import MONTHS


def identity_numbers(case: Case) -> Iterator[Finding]:
    """No NIK, however it is spaced."""
    for text in case.texts:
        if find_nik(text.words) or _LABELLED.search(text.words):
            yield case.on(
                text,
                "nik",
                "ada nomor yang mirip NIK, nomor KK, atau nomor BPJS.",
                "Hapus nomor itu. Data warga tidak boleh diposting.",
            )


def phone_numbers(case: Case) -> Iterator[Finding]:
    """No mobile number but the posyandu's own and those of public services."""
    own = _phone(case.posyandu.contact.whatsapp)
    for text in case.texts:
        for start, end in reversed(find_nik(text.words)):
            words = text.words[:start] + " " * (end - start) + text.words[end:]
            text = replace(text, words=words)
        number = next((n for n in _numbers(text.words) if _phone(n) not in (own, *_PUBLIC)), None)
        if number is not None:
            yield case.on(
                text,
                "nomor-warga",
                f'ada nomor telepon ("{number[:4]}…") yang bukan nomor posyandu ini.',
                "Hapus, atau pakai nomor kontak posyandu.",
            )


def birth_dates(case: Case) -> Iterator[Finding]:
    """No birth date of a person; being born before or after a day is only a group."""
    for text in case.texts:
        if any(_BORN.search(sentence) for sentence in text.sentences()):
            yield case.on(
                text,
                "tanggal-lahir",
                "ada tanggal lahir seseorang.",
                'Hapus tanggal itu. Cukup tulis umurnya, misalnya "umur 9 bulan".',
            )


def _numbers(text: str) -> Iterator[str]:
    """The mobile numbers in a text, however they are spelt, and those written in words."""
    for match in _MOBILE.finditer(text):
        if not _WHEN.match(match[0]):
            yield match[0]
    for match in _BARE.finditer(text):
        yield match[1]
    for match in _SPOKEN.finditer(text):
        yield match[0]


def find_nik(text: str) -> list[tuple[int, int]]:
    """Where a text holds something like a NIK, as (start, end).

    Sixteen digits in a row always count. With spaces, points or dashes between them they must
    also be built like one (province, day and month of birth), because dates, hours and phone
    numbers side by side make sixteen digits too.
    """
    links = [match.span() for match in _LINK.finditer(text)]
    found = []
    for match in _SIXTEEN.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        joined = len(match[0]) == 16
        linked = any(start <= match.start() < end for start, end in links)
        if (joined and not linked) or (_built_like_nik(digits) and (joined or _grouped(match[0]))):
            found.append(match.span())
    found += (
        match.span()
        for match in _GROUPED.finditer(text)
        if match.span() not in found and _built_like_nik(re.sub(r"\D", "", match[0]))
    )
    return sorted(found)


_LINK: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_SIXTEEN: Final = re.compile(r"(?<![\d+])\d(?:[ .\-–]{0,3}\d){15}(?![\d]|[.\-–]\d)")
_GROUPED: Final = re.compile(
    r"(?<!\d)(?:\d{4}(?:[\W_]{1,3}\d{4}){3}|\d{6}[\W_]{1,3}\d{6}[\W_]{1,3}\d{4})(?!\d)"
)
"""The groups in which cards and forms print it, whatever stands between them."""
_PUBLIC: Final = ("8111129129",)
"""Hotlines of the state that look like a mobile number: SAPA 129 of KemenPPPA."""

_LABELLED: Final = re.compile(
    r"\b(?:NIK|(?:no(?:mor)?\.?\s*)?(?:KK|KTP|BPJS|JKN|KIS)|no(?:mor)?\.? induk(?: kependudukan)?)"
    r"(?![a-z])\W{0,4}(\d(?:[ .\-]{0,2}\d){9,19})",
    re.IGNORECASE,
)
"""A number that says itself what it is, be a digit missing or doubled."""

_GAP: Final = r"[ .\-–—/_()~*·•]{0,3}"
_MOBILE: Final = re.compile(
    rf"(?<!\d)(?:\(?\+?(?:0{_GAP}0{_GAP})?6{_GAP}2{_GAP}(?:\(?0\)?{_GAP})?|\(?(?<![a-z])[0o]{_GAP})"
    rf"8{_GAP}[1-9](?:{_GAP}\d){{6,10}}(?!\d)",
    re.IGNORECASE,
)
_BARE: Final = re.compile(
    r"\b(?:wa|whatsapp|hp|no\.?\s*hp|telp?|telepon|tlp|hubungi|kontak|sms)\b[^\d\n]{0,20}"
    rf"(?<![\d.,])(8[1-9](?:{_GAP}\d){{7,10}})(?![\d]|[.,]\d)",
    re.IGNORECASE,
)
"""A mobile number that lost its 0, where the words before it say what it is."""
_DIGIT_WORDS: Final = "nol|kosong|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan"
_SPOKEN: Final = re.compile(
    rf"\b(?:nol|kosong)[\s,-]+delapan(?:[\s,-]+(?:{_DIGIT_WORDS})){{7,12}}\b", re.IGNORECASE
)
_WHEN: Final = re.compile(
    r"\d{1,2}\s*[./-]\s*\d{1,2}\s*[./-]\s*(?:19|20)\d\d"
    r"|\d{1,2}[.:]\d\d\s*[-–—]\s*\d{1,2}[.:]\d\d"
)
"""A date, or hours: digits side by side that are no telephone number."""

# Provinces' codes of the home ministry; none begins with 0 or 2 but 21, so no date of 20xx counts.
_PROVINCES: Final = frozenset(
    {*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77)}
    | {81, 82, *range(91, 98)}
)


def _built_like_nik(digits: str) -> bool:
    """Province, then the birth date as DDMMYY; women's days have 40 added."""
    province, day, month = int(digits[:2]), int(digits[6:8]), int(digits[8:10])
    return province in _PROVINCES and (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12


def _grouped(text: str) -> bool:
    """Not a row of hours or dates: one kind of separator, or a group of four digits or more."""
    separators = set(re.sub(r"\d", "", text))
    return len(separators) == 1 or any(len(group) >= 4 for group in re.findall(r"\d+", text))


def _phone(text: str) -> str:
    """A number in one spelling: "+62 812-…" and "0812…" are equal."""
    return re.sub(r"\D", "", text).lstrip("0").removeprefix("62").lstrip("0")


_DATE: Final = (
    rf"(?:\d{{1,2}}[ \-/]*(?:{'|'.join(name[:3] for name in MONTHS)})[a-z]*+(?: \d{{4}})?+"
    r"|\d{1,2}[ ]?[/.\-][ ]?\d{1,2}[ ]?[/.\-][ ]?\d{2,4}+|\d{1,2} \d{1,2} (?:19|20)\d\d|\d{4}-\d{2}-\d{2})"
)
_BORN: Final = re.compile(
    r"(?<!hari )(?<!akta )(?<!surat )\b(?:lahir(?:nya)?|lhr|kelahiran|ttl|dob|(?:tgl|tanggal)\.? lahir(?:nya)?)\b"
    r"(?!\s+pancasila)"
    r"(?:(?!\b(?:sebelum|sesudah|setelah|sejak|antara|mulai|sampai|hingga|dari"
    r"|buka|datang|hadir|jadwal|posyandu|kita|kami)\b)[^!?\n]){0,40}?"
    rf"(?<!\d){_DATE}(?!\s*(?:sampai|hingga|s\.?d\.?|[-–]))",
    re.IGNORECASE,
)
