"""Reads a schedule rule as a volunteer writes it and answers with dates, or with a question.

`selasa ke-2`, `Kam mg-2`, `minggu kedua dan keempat hari Selasa`, `jumat terakhir`, `tiap rabu`,
`tiap 2 minggu mulai 2026-12-02`, `tanggal 7`, `tgl 8-12`, `5 Desember 2026`, `belum pasti`.
"Ke-2" is the second such weekday of the month, never calendar week 2: for 103 of the 216 second
Mondays to Saturdays of 2025 to 2027 the two differ.

Spelling is settled in `tokens.py` and grammar in `grammar.py`; what to ask is in `questions.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from content_kit.files.plain import plain
from content_kit.findings import NOWHERE, Finding, Place, clipped
from content_kit.schedule.clauses import Clauses, clauses
from content_kit.schedule.grammar import Reading
from content_kit.schedule.parts import (
    UNCONFIRMED,
    DateSpan,
    DayOfMonth,
    DayRange,
    EveryWeeks,
    NthWeekday,
    Part,
    Rule,
    SingleDate,
    Weekly,
    day_word,
    explained,
    months_from,
)
from content_kit.schedule.questions import (
    EXAMPLE,
    elsewhere,
    unclear,
)
from content_kit.schedule.tokens import UNSURE, in_digits, tokens_of

__all__ = [
    "UNCONFIRMED",
    "DateSpan",
    "DayOfMonth",
    "DayRange",
    "EveryWeeks",
    "NthWeekday",
    "Part",
    "Rule",
    "SingleDate",
    "Weekly",
    "explained",
    "months_from",
    "understand",
]

_OF_DAYS: Final = "DXxONMW"
"""The kinds of tokens that name a day."""
_RARE: Final = "tanggal-kadang-tidak-ada"
MOST_LETTERS: Final = 400


def understand(rule: str, at: Place = NOWHERE) -> tuple[Rule | None, list[Finding]]:
    """A rule in words as dates, or None with the findings that ask for what is missing.

    Beside a rule there may be a note that it skips some months ("tanggal 31", "senin ke-5").
    """
    text = in_digits(plain(rule)).strip(" -")
    if not text:
        return None, [unclear("aturan hari buka belum diisi.", at, EXAMPLE)]
    if len(text) > MOST_LETTERS:
        return None, [
            unclear(
                f'aturan "{clipped(text)}" terlalu panjang.',
                at,
                f"Tulis harinya saja, paling banyak {MOST_LETTERS} huruf.",
            )
        ]
    found, asked = _understood(text, at)
    told = clauses(rule) if found is None else Clauses("")
    if told.several:
        found, of_day = _understood(in_digits(plain(told.day)), at)
        if found is not None or told.twice:
            return None, [elsewhere(told, at)]
        if any(token.kind in _OF_DAYS for token in tokens_of(plain(told.day))):
            asked = of_day
    return found, asked


def _understood(text: str, at: Place) -> tuple[Rule | None, list[Finding]]:
    tokens = tokens_of(text)
    if UNSURE.search(text) and not any(token.kind in _OF_DAYS for token in tokens):
        return UNCONFIRMED, []
    reading = Reading(at, text)
    reading.read(tokens)
    if reading.findings:
        return None, reading.findings
    found = Rule(tuple(dict.fromkeys(reading.parts)))
    return found, [
        Finding(_RARE, note, at, hint="Bulan seperti itu dilewati.") for note in _notes(found)
    ]


def _notes(rule: Rule) -> Iterator[str]:
    for part in rule.parts:
        if isinstance(part, NthWeekday) and part.number == 5:
            day = day_word(part.weekday)
            yield f"tidak setiap bulan punya {day} kelima."
        elif isinstance(part, DayOfMonth | DayRange):
            last = part.day if isinstance(part, DayOfMonth) else part.last
            if last > 28:
                yield f"tidak setiap bulan punya tanggal {last}."
