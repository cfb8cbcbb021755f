"""The grammar of schedule rules: patterns over the kinds of tokens, and what each piece means.

The tokens of a text (D a weekday, O an ordinal, T "tanggal" …, see `tokens.py`) are cut at "dan"
into pieces; each piece is matched with one pattern, whose reader leaves parts of a rule or the one
question that is missing. Following pieces may lean on those before: "selasa ke-2 dan ke-4".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from content_kit.findings import Finding, Place, clipped
from content_kit.schedule.named_dates import dated, day_number, in_month, real, shares_month
from content_kit.schedule.parts import (
    DateSpan,
    DayOfMonth,
    DayRange,
    EveryWeeks,
    NthWeekday,
    Part,
    SingleDate,
    Weekly,
    capital,
    day_word,
)
from content_kit.schedule.questions import (
    Question,
    example,
    how_often,
    no_day,
    question,
    sunday_or_week,
    unclear,
    which_day,
)
from content_kit.schedule.tokens import Piece, Token, pieces_of

LONGEST_RANGE: Final = 14
"""The most days of "tanggal 8-12": above, two single dates are the likelier meaning."""
MOST_WEEKS: Final = 12
_THIRDS: Final = {
    "awal": range(1, 11), "pertengahan": range(8, 24), "akhir": range(20, 32),
}  # fmt: skip


@dataclass(slots=True)
class Reading:
    """One text being read: the parts so far, and what a following piece may lean on.

    `days` are the weekdays that a lone "ke-4" belongs to, `waiting` those that still lack an
    ordinal, `numbers` the ordinals that still lack a weekday.
    """

    at: Place
    text: str
    parts: list[Part] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    days: list[int] = field(default_factory=list)
    waiting: list[tuple[int, str]] = field(default_factory=list)
    numbers: list[tuple[int, str]] = field(default_factory=list)
    week_form: bool = False
    weekly: bool = False
    of_month: bool = False

    def read(self, tokens: list[Token]) -> None:
        """Read everything; each piece that is not understood leaves one question."""
        often = [token for token in tokens if token.kind == "F"]
        pieces = list(pieces_of([token for token in tokens if token.kind != "F"], self.text))
        if any(piece.tokens for piece in pieces):  # "tiap bulan, selasa ke-2"
            pieces = [piece for piece in pieces if piece.tokens]
        for number, piece in enumerate(pieces):
            try:
                if not (shares_month(pieces, number) and self._shared(pieces, number)):
                    self._piece(piece)
            except Question as question:
                self._forget()
                self.findings.append(unclear(question.message, self.at, question.hint))
        self._ask_for_the_rest()
        if not pieces and not often:
            self.findings.append(no_day(self.text, self.at))
        if often and not self.findings:
            self._counted(often[0])

    def _forget(self) -> None:
        self.days, self.waiting, self.numbers = [], [], []
        self.week_form = self.weekly = self.of_month = False

    def _piece(self, piece: Piece) -> None:
        for pattern, reader in _PATTERNS:
            if pattern.fullmatch(piece.kinds) and reader(self, piece):
                return
        raise question(piece, self.text)

    # Each reader takes a piece, or says False so that the next pattern may try.

    def nth(self, piece: Piece) -> bool:
        """`selasa ke-2`, `selasa minggu kedua`, `kam mg-2`, `minggu kedua hari selasa`."""
        day = piece.value("D")
        in_week = bool(re.search("[MW]", piece.kinds))
        number = self._ordinal(piece)
        if self.waiting and not in_week:
            self._ask_for_the_rest()
        elif self.weekly and not (piece.kinds.startswith("E") or piece.monthly):
            both = example(day, number)
            first = day_word(self.days[0]).lower()
            raise Question(
                f'"{clipped(self.text)}" bisa dibaca dua cara.',
                f"Tulis satu per satu, misalnya: {example(self.days[0], number)} dan {both}. "
                f"Kalau {first} setiap minggu, tulis: {both} dan tiap {first}.",
            )
        days = [waiting for waiting, _ in self.waiting] if in_week else []
        numbers = [waiting for waiting, _ in self.numbers]
        self._forget()
        self.days = [*days, day]
        self.week_form = in_week
        for each in (*numbers, number):
            self.parts += [NthWeekday(one, each) for one in self.days]
        return True

    def more(self, piece: Piece) -> bool:
        """`ke-4` after `selasa ke-2`, `minggu ke-4` after `selasa minggu ke-2`."""
        in_week = bool(re.search("[MW]", piece.kinds))
        self._ask_whether_sunday(piece)
        if self.of_month or (in_week and self.days and not (self.week_form or self.weekly)):
            return False
        if self.weekly and not in_week:
            return False
        if piece.kinds == "N" and (
            piece.value("N") > 5 or not (self.numbers or self.days or self.waiting)
        ):
            return False
        number = self._ordinal(piece)
        if self.weekly:  # "setiap selasa, minggu kedua": the ordinal takes the week back
            del self.parts[-len(self.days) :]
            self.weekly = False
            self.week_form = in_week
        elif self.waiting:
            self.days = [day for day, _ in self.waiting]
            self.waiting = []
            self.week_form = in_week
        if not self.days:
            self.numbers.append((number, piece.text))
            return True
        self.parts += [NthWeekday(day, number) for day in self.days]
        return True

    def lone_day(self, piece: Piece) -> bool:
        """`selasa` alone: the day of ordinals told before, or one more day of every week."""
        if piece.kinds == "M" and not self.weekly:  # "setiap sabtu dan minggu": beside it, a day
            return False
        day = 6 if piece.kinds == "M" else piece.value("D")
        if self.numbers:
            numbers = [number for number, _ in self.numbers]
            self._forget()
            self.days = [day]
            self.parts += [NthWeekday(day, number) for number in numbers]
        elif self.weekly:
            self.days.append(day)
            self.parts.append(Weekly(day))
        else:
            self.days, self.of_month = [], False
            self.waiting.append((day, piece.text))
        return True

    def _ask_whether_sunday(self, piece: Piece) -> None:
        """Ask of "jumat dan minggu pertama" whether it is two days or the Friday of a week."""
        days = [day for day, _ in self.waiting] or (self.days if self.weekly else [])
        if not days or not re.fullmatch("E?M[ON]", piece.kinds):
            return
        if piece.joined == "," and len(days) == 1:
            return
        raise sunday_or_week(self.text, days, self._ordinal(piece))

    def every_week(self, piece: Piece) -> bool:
        """`tiap rabu`, `tiap minggu hari rabu`, `rabu seminggu sekali`, `tiap senin-kamis`."""
        named = [token.value for token in piece.tokens if token.kind == "D"]
        if "R" in piece.kinds:
            first, last = named
            if last < first:
                raise Question(
                    f'"{clipped(piece.text)}" berakhir sebelum mulai.',
                    "Tulis harinya satu per satu, misalnya: tiap senin dan kamis.",
                )
            named = list(range(first, last + 1))
        days = [*(day for day, _ in self.waiting), *named] if "f" in piece.kinds else named
        if not days:
            raise Question("Setiap minggu, hari apa?", "Tulis misalnya: tiap rabu.")
        if "f" not in piece.kinds:
            self._ask_for_the_rest()
        self._forget()
        self.weekly = True
        self.days = days
        self.parts += [Weekly(day) for day in days]
        return True

    def every_weeks(self, piece: Piece) -> bool:
        """`tiap 2 minggu mulai 2026-12-02`, `rabu, dua minggu sekali mulai …`."""
        weeks = piece.value("N") if "N" in piece.kinds else 1
        named = [token for token in piece.tokens if token.kind == "D"]
        started = piece.first("X")
        if not named and self.waiting:
            named = [Token("D", self.waiting.pop()[0])]
        self._ask_for_the_rest()
        self._forget()
        if not 1 <= weeks <= MOST_WEEKS:
            raise Question(
                f'"{clipped(piece.text)}" belum bisa dihitung.',
                f"Paling banyak tiap {MOST_WEEKS} minggu. "
                "Kalau lebih jarang, tulis tanggalnya satu per satu.",
            )
        if started is None:
            raise Question(
                f"Tiap {weeks} minggu, mulai tanggal berapa?",
                f"Tulis misalnya: tiap {weeks} minggu mulai 2026-12-02.",
            )
        self.parts.append(EveryWeeks(weeks, real(started, *named)))
        return True

    def single(self, piece: Piece) -> bool:
        """`2026-12-05`, `Sabtu, 5 Desember 2026`, `tgl 5 Des 2026`."""
        day = dated(piece.tokens)
        self._ask_for_the_rest()
        self._forget()
        self.parts.append(SingleDate(day))
        return True

    def span(self, piece: Piece) -> bool:
        """`9-18 Mei 2026`, `2026-05-09 sampai 2026-05-18`."""
        halfway = piece.kinds.index("R")
        last = dated(piece.tokens[halfway:])
        if "N" in piece.kinds:
            first = in_month(piece.value("N"), last, piece.text)
        else:
            first = dated(piece.tokens[:halfway])
        self._ask_for_the_rest()
        self._forget()
        if not 0 < (last - first).days < 31:
            raise Question(
                f'"{clipped(piece.text)}" bukan rentang hari buka.',
                "Tulis tanggal pertama lalu terakhir, paling banyak 31 hari: 9-18 Mei 2026.",
            )
        self.parts.append(DateSpan(first, last))
        return True

    def of_months(self, piece: Piece) -> bool:
        """`tanggal 7`, and `20` after it."""
        if "T" not in piece.kinds and not self.of_month:
            return False
        third = piece.first("L")
        number = next(token.value for token in piece.tokens if token.kind in "NO")
        self._ask_for_the_rest()
        self._forget()
        self.of_month = True
        day = day_number(number, piece.text)
        if third is not None and day not in _THIRDS[third.text.split()[-2]]:
            raise Question(
                f'"{clipped(piece.text)}" tidak cocok: tanggal {day} bukan {third.text}.',
                f"Tulis tanggalnya saja, misalnya: tanggal {day}.",
            )
        self.parts.append(DayOfMonth(day))
        return True

    def range_of_months(self, piece: Piece) -> bool:
        """`tanggal 8-12`, and `20-22` after it or with "tiap bulan"."""
        if "T" not in piece.kinds and not self.of_month and not piece.monthly:
            return False
        first, last = (
            day_number(token.value, piece.text) for token in piece.tokens if token.kind == "N"
        )
        self._ask_for_the_rest()
        self._forget()
        self.of_month = True
        if last <= first:
            raise Question(
                f'"{clipped(piece.text)}" berakhir sebelum mulai.',
                "Tulis tanggal yang kecil dulu, misalnya: tanggal 8-12.",
            )
        if last - first >= LONGEST_RANGE:
            raise Question(
                f"Tanggal {first} sampai {last} berarti {last - first + 1} hari buka. Benar begitu?",
                f"Kalau maksudnya dua tanggal, tulis: tanggal {first} dan {last}.",
            )
        self.parts.append(DayRange(first, last))
        return True

    def _ordinal(self, piece: Piece) -> int:
        token = next(token for token in piece.tokens if token.kind in "ON")
        if token.value == -1 or 1 <= token.value <= 5:
            return token.value
        raise Question(
            f'"{clipped(piece.text)}" tidak ada: sebulan paling banyak punya lima.',
            "Tulis ke-1 sampai ke-5, atau terakhir.",
        )

    def _shared(self, pieces: list[Piece], number: int) -> bool:
        """`5, 12 dan 19 Desember 2026`: the days before a written date share its month."""
        day = pieces[number].value("N")
        month = next(piece.first("X") for piece in pieces[number:] if "X" in piece.kinds)
        assert month is not None
        found = SingleDate(in_month(day, real(month), pieces[number].text))
        self._ask_for_the_rest()
        self._forget()
        self.parts.append(found)
        return True

    def _ask_for_the_rest(self) -> None:
        """A question for each weekday without an ordinal and each ordinal without a weekday."""
        for day, _ in self.waiting:
            name = day_word(day)
            self.findings.append(
                unclear(
                    f"{capital(name)} ke berapa setiap bulan?",
                    self.at,
                    f"Tulis misalnya: {name.lower()} ke-2. "
                    f"Kalau setiap minggu, tulis: tiap {name.lower()}.",
                )
            )
        for nth, text in self.numbers:
            self.findings.append(which_day(nth, text, self.at))
        self.waiting, self.numbers = [], []

    def _counted(self, often: Token) -> None:
        """`dua kali sebulan` says how often; alone it says no day, beside days it must agree."""
        monthly = [part for part in self.parts if isinstance(part, NthWeekday | DayOfMonth)]
        if not self.parts or not len(monthly) == len(self.parts) == often.value:
            self.findings.append(how_often(often, self.parts, self.at))


_Reader = Callable[[Reading, Piece], bool]
_PATTERNS: Final[tuple[tuple[re.Pattern[str], _Reader], ...]] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        ("E?DE?[MW][ON]|E?DO|E?[MW][ON]E?D|OD", Reading.nth),
        ("E?T[NO]L?|N", Reading.of_months),
        ("E?[MW][ON]|O|N", Reading.more),
        ("[DM]", Reading.lone_day),
        ("ED|E[MW]D|DE[MW]|Df|fD|f|EDRD", Reading.every_week),
        (
            "EN[MW]C?D?(?:SD?T?X)?|N[MW]CD?(?:SD?T?X)?|E?DE?N[MW]C?(?:SD?T?X)?|EDSD?T?X",
            Reading.every_weeks,
        ),
        ("[DM]?T?X|T?X[DM]", Reading.single),
        ("T?NRT?X|[DM]?T?XR[DM]?T?X", Reading.span),
        ("E?S?T?NRT?N", Reading.range_of_months),
    )
)
