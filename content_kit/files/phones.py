"""Reads a telephone number as people and spreadsheets write it, or asks for what is wrong with it.

Lengths and prefixes follow the national numbering plan (Fundamental Technical Plan 2000 and its
changes): mobile numbers are 08 and 8 to 11 more digits, area codes are 021, 022, 024, 031, 061 or
four digits, with 5 to 8 digits behind them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from content_kit.files.plain import tidy
from content_kit.findings import Finding, clipped

EXAMPLE: Final = "0812-0000-0000"
MOST_LETTERS: Final = 120
_SHORT_AREAS: Final = ("021", "022", "024", "031", "061")
_LABEL: Final = re.compile(
    r"(?:no(?:mor)?\b\.?|hp|handphone|ponsel|wa|whats ?app|telp?(?:o[nh])?|telepon|tlp|phone|call"
    r"|sms|hub(?:ungi)?|kontak|contact|kantor|rumah)(?![a-z])[.:]*",
    re.IGNORECASE,
)
_CHAT: Final = re.compile(
    r"(?:https?://)?(?:www\.)?(?:wa\.me|api\.whatsapp\.com/send/?\?phone=)/?|[?&]text=\S*",
    re.IGNORECASE,
)
_LOST: Final = re.compile(r"\d(?:[.,]\d+)?e ?\+?\d+", re.IGNORECASE)
_DIGIT: Final = r"(?:\d|[OolI](?![OolI]*[^\W\d_OolI]))"
"""A digit, or the letter that was typed for one: none that begins a name ("Ibu", "Lia")."""
_RUN: Final = re.compile(
    rf"(?<![^\W\d_])[+(]*(?:{_DIGIT}|\()(?:{_DIGIT}|[()+./ -]|[,:](?=\d))*{_DIGIT}"
)
_NEXT_NUMBER: Final = re.compile(r"(?<=\d{3}) (?=(?:\+? ?62 ?8|08\d)(?:[ .-]?\d){7})")
_LETTERS: Final = str.maketrans("OolI", "0011")


class Kind(Enum):
    """What a number reaches: a mobile telephone, or one on a wire, which has no WhatsApp."""

    MOBILE = "hp"
    LANDLINE = "telepon rumah"


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as we print it ("0812-0000-0000", "(0511) 330 1234"), and what was noticed in reading it."""

    printed: str
    kind: Kind
    notes: tuple[str, ...] = ()

    @property
    def chat(self) -> str:
        """The address that opens a WhatsApp chat; "" for a number that has none."""
        digits = re.sub(r"\D", "", self.printed)
        return f"https://wa.me/62{digits[1:]}" if self.kind is Kind.MOBILE else ""


def chat_link(number: str) -> str:
    """The address of a chat with a number; "" where it has no WhatsApp."""
    found = phone_in(number)
    return found.chat if isinstance(found, Phone) else ""


def phone_in(text: str) -> Phone | Finding:
    """The one telephone number in a text, or the finding that asks for what is wrong or missing."""
    said = clipped(" ".join(text.split()))
    words = tidy(text.replace("_", " "))
    if not words or len(words) > MOST_LETTERS:
        return _ask(f'nomor "{said}" tidak terbaca.' if words else "nomor belum diisi.")
    if _LOST.search(words):
        return _ask(
            f'nomor "{said}" sudah diubah Excel: angkanya hilang.',
            f"Tulis lagi nomornya, misalnya {EXAMPLE}, di sel berformat Teks.",
        )
    words = re.sub(r"^(\d+)\.0$", r"\1", _CHAT.sub(" ", words))
    runs = [match[0] for match in _RUN.finditer(words) if re.search(r"\d", match[0])]
    if not runs:
        return _ask(f'nomor "{said}" tidak terbaca.')
    numbers = [number for run in runs for number in _apart(run)]
    whole = [number for number in numbers if _length(number) >= 7]
    if len(whole) > 1:
        return _several(whole, said)
    run = max(numbers, key=len)
    found = _number(run, said)
    if isinstance(found, Finding):
        return found
    rest = _LABEL.sub(" ", words.replace(run, " ", 1))
    if re.search(r"(?:^|\W)(?:ext|pes(?:awat)?)\b", rest, re.IGNORECASE) or re.search(r"\d", rest):
        return _ask(f'nomor "{said}" memuat angka lain.', f"Tulis nomornya saja: {found.printed}.")
    where = words.find(run)
    after = words[where + len(run) : where + len(run) + 1]
    if after.isalpha() or words[max(where - 1, 0) : where].isalpha():
        return _ask(f'nomor "{said}" memuat huruf.', f"Tulis angkanya saja, misalnya {EXAMPLE}.")
    name = re.sub(r"^[\s.,:;()/-]+|[\s.,:;(/-]+$", "", rest).strip()
    if name.count("(") != name.count(")"):
        name = name.strip("() ")
    notes = (f'"{clipped(name)}" tidak ikut tercetak.',) if re.search(r"\w", name) else ()
    return Phone(found.printed, found.kind, (*found.notes, *notes))


def _apart(run: str) -> list[str]:
    """One run of digits cut where two numbers meet: a slash, or a blank before a new 08 or +62."""
    sides = [
        side.strip(" -.")
        for piece in re.split("[/,]", run)
        for side in re.split(_NEXT_NUMBER, piece)
    ]
    return sides if any(_length(side) >= 7 for side in sides) else [run]


def _length(text: str) -> int:
    return len(re.sub(r"\D", "", text))


def _several(numbers: list[str], said: str) -> Finding:
    printed = [
        found.printed
        for found in (_number(each, each) for each in numbers)
        if isinstance(found, Phone)
    ]
    if len(printed) < 2:
        return _ask(f'nomor "{said}" belum jelas.')
    return _ask(
        f"ada {len(printed)} nomor: {', '.join(printed)}. Yang mana?",
        f"Tulis satu saja, misalnya {printed[0]}.",
    )


def _number(run: str, said: str) -> Phone | Finding:
    """The number that a run of digits and marks is."""
    notes = []
    if re.search(r"[OolI]", run):
        notes.append("huruf O dan l di nomor ini kami baca sebagai angka 0 dan 1.")
    digits = re.sub(r"[^\d+]", "", run.translate(_LETTERS))
    abroad = re.match(r"(?:\+|00)(?!62)", digits)
    if abroad:
        return _ask(f'nomor "{said}" nomor luar negeri.', f"Tulis nomor Indonesia: {EXAMPLE}.")
    digits = re.sub(r"^(?:00|\+)?62(?=0?[2-9]\d{6})", "0", digits).replace("+", "")
    digits = re.sub(r"^00(?=8)", "0", digits)
    if digits.startswith("8") and 9 <= len(digits) <= 12:
        digits = f"0{digits}"
        notes.append("angka 0 di depan hilang, biasanya oleh Excel; sudah kami tambahkan.")
    if digits.startswith("0800"):
        return _landline(digits, said, area=4, most=11, notes=tuple(notes))
    if digits.startswith("08"):
        return _mobile(digits, said, tuple(notes))
    if digits.startswith("01"):
        return _ask(f'nomor "{said}" kode daerahnya tidak ada.', f"Tulis misalnya {EXAMPLE}.")
    if digits.startswith("0"):
        area = 3 if digits.startswith(_SHORT_AREAS) else 4
        return _landline(digits, said, area=area, most=area + 8, notes=tuple(notes))
    if len(digits) in (9, 10, 11) and digits[0] in "2345679":
        guess = _landline(f"0{digits}", said, area=4, most=12)
        hint = f"Maksudnya {guess.printed}?" if isinstance(guess, Phone) else f"Tulis {EXAMPLE}."
        return _ask(f'nomor "{said}" tidak diawali 0.', hint)
    if 5 <= len(digits) <= 8:
        return _ask(
            f'nomor "{said}" belum lengkap: tidak diawali 08 atau kode daerah.',
            f"Tulis misalnya {EXAMPLE}, atau (0511) 330 1234.",
        )
    return _ask(f'nomor "{said}" belum lengkap atau salah.', f"Tulis misalnya {EXAMPLE}.")


def _mobile(digits: str, said: str, notes: tuple[str, ...]) -> Phone | Finding:
    if not 10 <= len(digits) <= 13:
        return _ask(
            f'nomor "{said}" berisi {len(digits)} angka; nomor HP 10 sampai 13 angka.',
            f"Periksa lagi nomornya, misalnya {EXAMPLE}.",
        )
    middle = 4 if len(digits) > 11 else 3
    printed = f"{digits[:4]}-{digits[4 : 4 + middle]}-{digits[4 + middle :]}"
    return Phone(printed, Kind.MOBILE, notes)


def _landline(
    digits: str, said: str, *, area: int, most: int, notes: tuple[str, ...] = ()
) -> Phone | Finding:
    own = digits[area:]
    if not (len(own) >= 5 and len(digits) <= most):
        return _ask(
            f'nomor "{said}" berisi {len(digits)} angka, jadi belum lengkap atau kelebihan.',
            f"Tulis misalnya {EXAMPLE}, atau (0511) 330 1234.",
        )
    cut = {6: 3, 7: 3, 8: 4}.get(len(own), len(own))
    return Phone(f"({digits[:area]}) {own[:cut]} {own[cut:]}".strip(), Kind.LANDLINE, notes)


def _ask(message: str, hint: str = f"Tulis misalnya {EXAMPLE}.") -> Finding:
    return Finding("nomor-salah", message, hint=hint)
