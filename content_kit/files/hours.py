"""Reads opening hours as people write them, and answers with hours or with the one thing to ask.

`08.00-11.00`, `jam 8 sampai 11`, `8 pagi s/d selesai`, `0800-1100`, `setengah 8 - 10`,
`pukul 08.00 WITA s.d. 11.00 WITA`. The words become letters (N a number, K "jam", P "pagi" …) and
the letters are matched with one pattern, as the schedule rules are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from typing import Final

from content_kit.files.hour_words import (
    CLOCK_WORDS,
    END_WORDS,
    FROM_WORDS,
    HALF_WORDS,
    HOURS_OF,
    MORNINGS,
    PART_OF,
    PART_WORDS,
    PRAYER,
    RANGE_WORDS,
    ZONE_WORDS,
    zeros,
)
from content_kit.files.plain import COUNTS, plain
from content_kit.findings import Finding, clipped
from content_kit.model import Hours, Zone

EXAMPLE: Final = "08.00-11.00"
CLOCK_EXAMPLE: Final = "18.30"
MOST_LETTERS: Final = 200
NO_END: Final = "jam-tanpa-akhir"
"""The code of a start whose end was not written: the one question a file may leave open."""

_COUNT: Final = "|".join(sorted(COUNTS, key=len, reverse=True))
_WORDS: Final = re.compile(
    "|".join(
        f"(?P<{kind}>{pattern})"
        for kind, pattern in {
            "Z": ZONE_WORDS,
            "Y": rf"{PRAYER}\b",
            "E": END_WORDS,
            "R": RANGE_WORDS,
            "K": CLOCK_WORDS,
            "S": FROM_WORDS,
            "H": HALF_WORDS,
            "P": PART_WORDS,
            "N": rf"\d{{2}} (?:00|15|30|45)(?![\d.:])|\d{{1,2}} ?[.:] ?\d{{1,2}}(?:[.:]00)?(?!\d)|\d{{1,2}},\d{{2}}(?!\d)"
            rf"|\d{{3,4}}(?!\d)|\d{{1,2}}(?!\d)|(?:{_COUNT})\b",
            "A": r"(?:dan|atau|lalu|kemudian)\b|[&+;/]",
            "_": r"waktu setempat\b|(?:buka|dibuka|hari|pada|waktu|antara|teng|tepat|persis"
            r"|pe?layanan|kerja|operasional|kegiatan|acara)\b|[.,:()=\"']",
            "U": r"[^\W\d_][\w']*|\S",
        }.items()
    )
)
_CLOCK: Final = "P?K?P?H?N(?:Z?P?|P?Z?)"
_SPAN: Final = re.compile(f"(S?)({_CLOCK})(?:R({_CLOCK})|R?(E)Z?)?")
_NAMED_ZONES: Final = {"barat": Zone.WIB, "tengah": Zone.WITA, "timur": Zone.WIT}


@dataclass(frozen=True, slots=True)
class _Word:
    kind: str
    text: str


class _Ask(Exception):
    """What has to be asked before the hours can be read."""

    def __init__(self, message: str, hint: str, hours: Hours | None = None) -> None:
        super().__init__(message)
        self.finding = Finding(NO_END if hours else "jam-salah", message, hint=hint)
        self.hours = hours


def hours_in(text: str, zone: Zone | None = None) -> Hours | Finding:
    """Opening hours in words, or the finding that asks for what is missing.

    An open end ("selesai") gives hours without an end. With the unit's `zone` hours that were
    written in another one are asked back; without it the zone is passed over.
    """
    found, asked = hours_with_question(text, zone)
    if asked is not None:
        return asked
    assert found is not None
    return found


def hours_with_question(text: str, zone: Zone | None = None) -> tuple[Hours | None, Finding | None]:
    """The same as a pair: a start without an end gives both, hours that stay open and the question."""
    try:
        return _read(text, zone), None
    except _Ask as ask:
        return ask.hours, ask.finding


def clock_in(text: str, zone: Zone | None = None) -> time | Finding:
    """One time of day in words ("jam 7 malam", "18:30", "1830"), or the finding that asks for it.

    A zone beside it must be the unit's; without `zone` no zone may stand there.
    """
    said = _shown(text)
    try:
        words = _words(text, CLOCK_EXAMPLE)
        kinds = "".join(word.kind for word in words)
        if not re.fullmatch(_CLOCK, kinds):
            raise _Ask(f'jam "{said}" tidak terbaca.', f"Tulis misalnya {CLOCK_EXAMPLE}.")
        at = _clocks(_Clock(words, said, CLOCK_EXAMPLE), None)[0]
        if zone is None and "Z" in kinds:
            raise _Ask(
                f'jam "{said}" memuat zona waktu.',
                f"Tulis jamnya menurut zona posyandu: {_said(at)}.",
            )
        _zones(words, zone, (at,), said)
    except _Ask as ask:
        return ask.finding
    return at


def zone_in(text: str) -> Zone | None:
    """The first zone that a text about hours names, if it names one."""
    match = re.search(ZONE_WORDS, plain(text))
    return _zone(match[0]) if match else None


def written(span: Hours) -> str:
    """Hours as our files have them: "08.00-11.00", "08.00-selesai"."""
    return f"{_said(span.start)}-{_said(span.end) if span.end else 'selesai'}"


def _shown(text: str) -> str:
    return clipped(re.sub(r"(?i)^(?:jam|pukul) +", "", " ".join(text.split())))


def _words(text: str, example: str) -> list[_Word]:
    if len(text) > MOST_LETTERS:
        raise _Ask(
            f'jam "{_shown(text)}" terlalu panjang.', f"Tulis jamnya saja, misalnya {example}."
        )
    words = [
        _Word(match.lastgroup or "U", match[0].strip())
        for match in _WORDS.finditer(zeros(plain(text)))
    ]
    words = [word for word in words if word.kind != "_"]
    if not words:
        raise _Ask("jam belum diisi.", f"Tulis misalnya {example}.")
    return words


def _read(text: str, zone: Zone | None) -> Hours:
    said = _shown(text)
    words = _words(text, EXAMPLE)
    kinds = "".join(word.kind for word in words)
    match = _SPAN.fullmatch(kinds)
    if match is None:
        raise _unread(kinds, words, said)
    first = words[match.start(2) : match.end(2)]
    last = words[match.start(3) : match.end(3)] if match[3] else []
    start, end = _clocks(_Clock(first, said), _Clock(last, said) if last else None)
    _zones(words, zone, (start, end), said)
    if end is not None:
        if end <= start:
            raise _Ask(f'jam "{said}" berakhir sebelum mulai.', _meant(start, end))
        return Hours(start, end)
    if match[4] or match[1]:
        return Hours(start)
    raise _Ask(
        f'jam "{said}" baru jam mulainya. Sampai jam berapa?',
        f"Tulis misalnya {_said(start)}-{_said(_later(start))}. "
        f"Kalau tidak tentu, tulis {_said(start)}-selesai.",
        Hours(start),
    )


class _Clock:
    """One clock time as it was written: hour, minute, half, and the part of the day if it is named."""

    def __init__(self, words: list[_Word], said: str, example: str = EXAMPLE) -> None:
        self.said = said
        self.example = example
        self.half = any(word.kind == "H" for word in words)
        parts = [word.text.removesuffix(" hari").rstrip(".") for word in words if word.kind == "P"]
        self.parts = [PART_OF.get(part, part) for part in parts]
        number = next(word.text for word in words if word.kind == "N")
        self.hour, self.minute, self.bare = _numbers(number, said)
        if self.hour > 23 or self.minute > 59:
            raise _Ask(
                f'jam "{clipped(number)}" tidak terbaca: tidak ada jam seperti itu.',
                "Sehari hanya dari 00.00 sampai 23.59.",
            )

    def at(self, part: str = "") -> time | None:
        """The time of day, in this part of the day; None when it has no such hour."""
        hour = self.hour
        if part:
            first, last = HOURS_OF[part]
            if part not in MORNINGS and hour < 12 and not first <= hour <= last:
                hour += 12
            if not first <= hour <= last:
                return None
        minutes = hour * 60 + self.minute
        if self.half:  # "setengah 8" is half past seven, "setengah 1" half past noon
            minutes -= 30
            if hour == 1:
                minutes += 12 * 60
        return time(*divmod(minutes, 60)) if 0 <= minutes < 24 * 60 else None

    def own(self) -> time:
        """The time as it stands by itself."""
        if len(set(self.parts)) > 1:
            raise _Ask(f'jam "{self.said}" pagi atau sore?', f"Tulis misalnya {self.example}.")
        part = self.parts[0] if self.parts else ""
        found = self.at(part)
        if found is None or (self.half and not (self.bare and 1 <= self.hour <= 12)):
            raise _Ask(
                f'jam "{self.said}": jam {self.hour} {part or "setengah"} belum jelas.',
                f"Tulis misalnya {self.example}, dengan jam 00.00 sampai 23.59.",
            )
        return found


def _numbers(text: str, said: str) -> tuple[int, int, bool]:
    """Hour, minute, and whether it is an hour alone, in letters or in one or two digits."""
    if text in COUNTS:
        return COUNTS[text], 0, True
    if text.isdigit():
        if len(text) > 2:
            return int(text[:-2]), int(text[-2:]), False
        return int(text), 0, len(text) == 1 or text[0] != "0"
    hour, minute = re.split(r"[^\d]+", text)[:2]
    if len(minute) == 1:  # a spreadsheet that takes 8.30 for a number leaves 8.3
        if minute not in "03":
            raise _Ask(
                f'jam "{said}" menitnya belum jelas.', f"Tulis menitnya dua angka: {EXAMPLE}."
            )
        minute += "0"
    return int(hour), int(minute), False


def _clocks(first: _Clock, last: _Clock | None) -> tuple[time, time | None]:
    """Both times; a part of the day that only one of them names holds for the other where it can."""
    start, end = first.own(), last.own() if last else None
    if last is not None and first.parts and not last.parts:
        end = last.at(first.parts[0]) or end
    elif last is not None and last.parts and not first.parts:
        shared = first.at(last.parts[0])
        start = shared if shared and end and shared < end else start
    named = bool(first.parts or (last and last.parts))
    if first.bare and not named and 1 <= first.hour <= 5 and not first.half:
        raise _Ask(
            f'jam "{first.said}" pagi atau sore?',
            f"Tulis {_told(_afternoon(start), *(() if last is None else (_afternoon(end),)))} kalau sore, "
            f"atau {_told(start, *(() if last is None else (end,)))} kalau pagi.",
        )
    return start, end


def _zones(
    words: list[_Word], zone: Zone | None, clocks: tuple[time | None, ...], said: str
) -> None:
    """Ask when the hours are told in another zone than the unit's, or in two."""
    told = {_zone(word.text) for word in words if word.kind == "Z"}
    if len(told) > 1:
        raise _Ask(
            f'jam "{said}" memakai dua zona waktu.',
            f"Tulis jam menurut zona posyandu saja, misalnya {_told(*clocks)}.",
        )
    for other in told:
        if zone is not None and other is not zone:
            shift = zone.value - other.value
            raise _Ask(
                f'jam "{said}" memakai {other.name}, padahal posyandu ini {zone.name}.',
                f"Kalau jamnya memang {zone.name}, tulis {_told(*clocks)}. Kalau {other.name}, "
                f"tulis {_told(*(_moved(each, shift) for each in clocks))}.",
            )


def _zone(text: str) -> Zone:
    last = text.rstrip(".").split()[-1]
    return _NAMED_ZONES.get(last) or Zone[last.upper()]


def _unread(kinds: str, words: list[_Word], said: str) -> _Ask:
    """The one thing to ask about hours that fit no pattern."""
    example = f"Tulis misalnya {EXAMPLE}, atau 08.00-selesai."
    if "Y" in kinds:
        return _Ask(
            f'"{said}": jam berapa kira-kira?', f"{example} Waktu salat berubah setiap hari."
        )
    if re.search(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{2,4}", said):
        return _Ask(
            f'"{said}" tanggal, bukan jam.',
            "Excel kadang mengubah 8-11 menjadi tanggal: ubah selnya menjadi Teks, "
            f"lalu tulis {EXAMPLE}.",
        )
    if kinds.count("N") > 2:
        return _Ask(
            f'jam "{said}" lebih dari satu rentang.',
            f"Tulis satu rentang, misalnya {EXAMPLE}. Buka dua kali: tulis sebagai dua hari buka.",
        )
    if re.fullmatch(f"S?{_CLOCK}R", kinds):
        return _Ask(f'jam "{said}" sampai jam berapa?', example)
    if re.fullmatch(f"R(?:{_CLOCK}|E)", kinds):
        return _Ask(f'jam "{said}" mulai jam berapa?', example)
    if "N" not in kinds and not set(kinds) - set("PRKSEZH"):
        return _Ask(f'"{said}" jam berapa?', example)
    if re.fullmatch(f"S?{_CLOCK}A?{_CLOCK}", kinds):
        return _Ask(f'jam "{said}" mulai dan selesainya yang mana?', example)
    unknown = next((word.text for word in words if word.kind == "U"), "")
    told = f': "{clipped(unknown)}" belum kami pahami' if unknown and unknown != said else ""
    return _Ask(f'jam "{said}" tidak terbaca{told}.', example)


def _meant(start: time, end: time) -> str:
    """What to write instead of a span that ends before it starts."""
    later = _afternoon(end)
    if start.hour < 12 and later is not None and start < later != end:
        return f"Maksudnya {_told(start, later)}?"
    if end != start:
        return f"Maksudnya {_told(end, start)}? Tulis jam mulai dulu, lalu jam selesai."
    return f"Tulis jam mulai lalu jam selesai, misalnya {_told(start, _later(start))}."


def _afternoon(at: time | None) -> time | None:
    return at.replace(hour=at.hour + 12) if at is not None and at.hour < 12 else at


def _later(start: time) -> time:
    return time(min(start.hour + 3, 23), start.minute if start.hour < 21 else 59)


def _moved(at: time | None, hours: int) -> time | None:
    return at.replace(hour=(at.hour + hours) % 24) if at else None


def _told(*clocks: time | None) -> str:
    """One time, or a span; None is an open end."""
    return "-".join(map(_said, clocks))


def _said(at: time | None) -> str:
    return f"{at.hour:02}.{at.minute:02}" if at else "selesai"
