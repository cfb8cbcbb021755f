"""Where lines break and how large a text can be: no word split, units kept together, lines even.

Widths are measured once at a reference size; every other size is integer arithmetic on that, so
trying a hundred sizes costs no shaping and gives the same answer on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, TypeVar

from content_kit.picture.pairs import PAIRS
from content_kit.schedule.dates import MONTHS

T = TypeVar("T")

REFERENCE: Final = 1 << 20
"""The em, in 1/64 px, at which words are measured."""

LONGEST_UNIT: Final = 20
"""Characters of a unit that may never break ("08.00–11.00 WITA" has 16): longer ones may."""

GATHERED: Final = 0.85
"""How much smaller a title may be set so that no word stands alone in a line."""

ONE_LINE_FEWER: Final = 0.88
"""How much smaller a title may be set if that saves it a line."""

MAX_ANSWERS: Final = 512
"""Answers kept of one text: a picture asks some thirty."""

MANY_WORDS: Final = 120
"""Above this a paragraph is broken greedily: even lines matter in titles, not in essays."""


class Metrics(Protocol):
    """What text setting needs of a typeface; `fonts.Fonts` is the real one. Sizes are 1/64 px."""

    def advances(
        self, text: str, weight: int, size: int, tracking: float = 0.0
    ) -> tuple[tuple[str, int], ...]:
        """The pieces of a line and the x of each."""

    def width(self, text: str, weight: int, size: int, tracking: float = 0.0) -> int:
        """The advance width of a line."""

    def covers(self, char: str) -> bool:
        """Whether the typeface can draw this character."""

    def descent(self, size: int) -> int:
        """How far the font reaches below the baseline, positive."""

    def cap_height(self, size: int) -> int:
        """The height of a capital letter."""


@dataclass(frozen=True, slots=True)
class Word:
    """What stays on one line: a word, or a unit such as "6 bulan"; `start` and `end` at REFERENCE.

    `clings` tells that it would rather share a line with the word before it ("Desember 2026").
    """

    text: str
    start: int
    end: int
    clings: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """A text ready to be broken: its paragraphs (hard lines) of measured words.

    The same words stand in the pictures of many posyandu, in rooms of the same size, so each
    question about them is answered once.
    """

    paragraphs: tuple[tuple[Word, ...], ...]
    weight: int
    tracking: float
    _answers: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, question: Hashable, answer: Callable[[], T]) -> T:
        """The answer to a question whose words and numbers are all in it."""
        if question not in self._answers:
            if len(self._answers) >= MAX_ANSWERS:
                self._answers.clear()
            self._answers[question] = answer()
        found: T = self._answers[question]
        return found

    def natural(self, size: int) -> int:
        """The width of the longest hard line at a size, in 1/64 px."""
        longest = max((p[-1].end - p[0].start for p in self.paragraphs if p), default=0)
        return _scaled(longest, size)

    def widest_word(self, size: int) -> int:
        """The width below which a word would have to be split."""
        widest = max((w.end - w.start for p in self.paragraphs for w in p), default=0)
        return _scaled(widest, size)

    def count(self, size: int, width: int) -> int:
        """The fewest lines that this text takes at a size and a width."""
        limit = limit_at(size, width)
        return self.once(
            ("count", limit),
            lambda: sum(max(1, len(_greedy(p, limit))) for p in self.paragraphs),
        )

    def loners(self, size: int, width: int) -> int:
        """How many lines are one lone word, in the fewest lines; the last one counts twice."""
        limit = limit_at(size, width)
        return sum(
            1 + (after == len(words))
            for words in self.paragraphs
            if len(words) > 2
            for first, after in _broken(words, limit, balance=True)
            if _stands_alone(words, first, after)
        )

    def lines(self, size: int, width: int, *, balance: bool = False) -> list[str]:
        """The text broken into the fewest lines, as even as asked, without a lone last word."""
        limit = limit_at(size, width)
        return list(
            self.once(
                ("lines", limit, balance),
                lambda: tuple(
                    " ".join(word.text for word in words[first:after])
                    for words in self.paragraphs
                    for first, after in _broken(words, limit, balance=balance)
                ),
            )
        )

    def fits(self, size: int, width: int, height: int, leading: float, most: int = 0) -> bool:
        """Whether the text fits at a size: no word split, no line too many, no height too much."""
        if self.widest_word(size) > width:
            return False
        count = self.count(size, width)
        return count * line_height(size, leading) <= height and not 0 < most < count


def measure(text: str, fonts: Metrics, weight: int, tracking: float = 0.0) -> Measured:
    """Split a text at its newlines and spaces and measure it, one shaping for each hard line."""
    paragraphs = []
    for line in text.strip("\n").split("\n"):
        units = _units([word for word in _SPACES.split(line) if word])
        paragraphs.append(_placed(units, fonts, weight, tracking))
    return Measured(tuple(paragraphs), weight, tracking)


def measured_with(fonts: Metrics) -> Callable[[str, int, float], Measured]:
    """`measure` with one typeface."""
    return lambda words, weight, tracking: measure(words, fonts, weight, tracking)


def fit(
    measured: Measured,
    width: int,
    height: int,
    *,
    smallest: int,
    largest: int,
    step: int,
    leading: float,
    most: int = 0,
    gather: bool = False,
) -> int | None:
    """The largest size from `smallest` upwards in steps that fits, or None when not even that does.

    Fitting is monotone in the size, so a binary search finds it; more room never gives less.
    With `gather` a size down to `ONE_LINE_FEWER` of that is taken if it saves a line, and then
    one down to `GATHERED` if fewer words stand alone in a line.
    """
    low, high = 0, max(0, (largest - smallest) // step)
    if not measured.fits(smallest, width, height, leading, most):
        return None
    while low < high:
        middle = (low + high + 1) // 2
        if measured.fits(smallest + middle * step, width, height, leading, most):
            low = middle
        else:
            high = middle - 1
    best = smallest + low * step
    if not gather:
        return best
    floor, most_lines = max(smallest, round(best * GATHERED)), measured.count(best, width)
    for size in range(best, max(smallest, round(best * ONE_LINE_FEWER)) - 1, -step):
        if measured.count(size, width) < most_lines:
            best = size
            break
    fewest, chosen = measured.loners(best, width), best
    for size in range(best - step, floor - 1, -step):
        if not fewest:
            break
        if (alone := measured.loners(size, width)) < fewest:
            fewest, chosen = alone, size
    return chosen


def line_height(size: int, leading: float) -> int:
    """The height of one line box in 1/64 px."""
    return round(size * leading)


def baseline(fonts: Metrics, size: int, leading: float) -> int:
    """From the top of a line box to its baseline: capitals stand in the optical middle."""
    return (line_height(size, leading) + fonts.cap_height(size)) // 2


_SPACES: Final = re.compile(r"[ \t\r\f\v]+")  # not \s: a no-break space must stay inside its word

_NUMBER: Final = re.compile(r"[(“‘]?[\d½¼¾⅓⅔⅛][\d½¼¾⅓⅔⅛.,:/×x+–—-]*(?<![.,:])")
_HAS_DIGIT: Final = re.compile(r"[\d½¼¾⅓⅔⅛]")
_BEFORE_NUMBER: Final = frozenset(
    {
        *("rw", "rt", "rp", "rp.", "no", "no.", "nomor", "km", "jl", "jl.", "gg", "gg.", "blok"),
        *("pukul", "jam", "ke", "usia", "umur", "tgl", "tgl.", "wa", "dosis", "minggu"),
        *("±", "≥", "≤", ">", "<"),
    }
)
_ZONES: Final = frozenset({"WIB", "WITA", "WIT"})
_TITLES: Final = frozenset(
    {"dr.", "drg.", "h.", "hj.", "ny.", "tn.", "bd.", "ns.", "prof.", "ibu", "bapak", "bu", "pak"}
)
_MONTHS: Final = frozenset(month.lower() for month in MONTHS)
_TRAILING: Final = frozenset("·•–—-|/+")
_LEADING: Final = frozenset('&(“"')
_BARE: Final = ".,;:!?)”\"'’"


def _units(words: Sequence[str]) -> list[tuple[str, bool]]:
    """Words joined where they may not part, each with whether it clings to the one before."""
    units: list[tuple[str, bool]] = []
    for word in words:
        bond = _bond(units[-1][0].rpartition(" ")[2], word) if units else 0
        if bond == 2 and len(units[-1][0]) + 1 + len(word) <= LONGEST_UNIT:
            units[-1] = (f"{units[-1][0]} {word}", units[-1][1])
        else:
            units.append((word, bond > 0))
    return units


def _bond(left: str, right: str) -> int:
    """How two neighbours hold: 2 never part, 1 rather not, 0 freely."""
    low, bare = left.lower().lstrip('(“"'), right.rstrip(_BARE)
    if right in _TRAILING or left in _LEADING or bare.upper() in _ZONES:
        return 2
    if low in _BEFORE_NUMBER and _HAS_DIGIT.match(right):
        return 2
    if _NUMBER.fullmatch(left) and right[0].isalpha():
        return 2
    if len(bare) == 1 and bare.isalpha() and bare.isupper():
        return 2  # Vitamin A, Hepatitis B
    if low == "si":
        return 2
    if low in _MONTHS and _HAS_DIGIT.match(right):
        return 1
    return 1 if low in _TITLES or (low, bare.lower()) in PAIRS else 0


def _placed(
    units: Sequence[tuple[str, bool]], fonts: Metrics, weight: int, tracking: float
) -> tuple[Word, ...]:
    """The units of one hard line with where each starts and ends in it."""
    line = " ".join(text for text, _ in units)
    if not line:
        return ()
    pieces = fonts.advances(line, weight, REFERENCE, tracking)
    at = [x for piece, x in pieces for _ in piece]
    at.append(fonts.width(line, weight, REFERENCE, tracking))
    extra = round(tracking * REFERENCE)
    words, offset = [], 0
    for text, clings in units:
        after = offset + len(text)
        # Tracking stands between pieces, so a word that is not the last ends before its own.
        end = at[after] - (extra if after < len(line) else 0)
        words.append(Word(text.replace("\u00a0", " "), at[offset], end, clings))
        offset = after + 1
    return tuple(words)


def limit_at(size: int, width: int) -> int:
    """A width at a size, as a width at REFERENCE: w·size ≤ width·REFERENCE, in whole numbers."""
    return width * REFERENCE // max(1, size)


def _scaled(width: int, size: int) -> int:
    return -(-width * size // REFERENCE)


def _greedy(words: Sequence[Word], limit: int) -> list[tuple[int, int]]:
    """First fit: the fewest lines. A word wider than the limit stands alone."""
    spans: list[tuple[int, int]] = []
    first = 0
    for number, word in enumerate(words):
        if number > first and word.end - words[first].start > limit:
            spans.append((first, number))
            first = number
    if words:
        spans.append((first, len(words)))
    return spans


def _broken(words: Sequence[Word], limit: int, *, balance: bool) -> list[tuple[int, int]]:
    """The cheapest way into as few lines as greedy takes; an empty hard line is one empty span."""
    greedy = _greedy(words, limit)
    if not words:
        return [(0, 0)]
    if len(greedy) == 1 or len(words) > MANY_WORDS:
        return greedy
    # best[k][j]: the cost of setting the first j words in k lines, and where the last begins.
    total = len(words)
    best: list[dict[int, tuple[int, int]]] = [{0: (0, 0)}]
    for number in range(1, len(greedy) + 1):
        last_line = number == len(greedy)
        row: dict[int, tuple[int, int]] = {}
        for first, (cost, _) in best[-1].items():
            for after in range(first + 1, total + 1):
                width = words[after - 1].end - words[first].start
                if width > limit and after > first + 1:
                    break
                if last_line and after < total:
                    continue
                price = cost + _price(words, first, after, limit, balance)
                if after not in row or price < row[after][0]:
                    row[after] = (price, first)
        best.append(row)
    spans: list[tuple[int, int]] = []
    after = total
    for row in reversed(best[1:]):
        first = row[after][1]
        spans.append((first, after))
        after = first
    return spans[::-1]


def _price(words: Sequence[Word], first: int, after: int, limit: int, balance: bool) -> int:
    """How much one line offends: air at its end, a parted pair, a lone word, a phrase torn apart."""
    last = after == len(words)
    slack = max(0, limit - (words[after - 1].end - words[first].start)) * 64 // max(1, limit)
    price = slack * slack if balance or not last else 0
    if first and words[first].clings:
        price += 3_000
    if _stands_alone(words, first, after):
        price += 6_000
    if balance and not last:
        # A line that ends where a phrase ends reads by itself.
        end = words[after - 1].text[-1]
        price -= 1_500 if end in _SENTENCE_ENDS else 700 if end in _PHRASE_ENDS else 0
    if balance and any(
        w.text[-1] in _SENTENCE_ENDS for w in words[max(first, after - 3) : after - 1]
    ):
        # A sentence that begins at the end of a line begins twice.
        price += 2_000 if not last else 0
    return price


def _stands_alone(words: Sequence[Word], first: int, after: int) -> bool:
    """Whether a line is one word of a longer text, and no phrase of its own ("Bunda, …")."""
    if after - first != 1 or len(words) < 2:
        return False
    ends = _SENTENCE_ENDS | _PHRASE_ENDS
    begins = first == 0 or words[first - 1].text[-1] in ends
    return after == len(words) or not begins or words[first].text[-1] not in ends


_SENTENCE_ENDS: Final = frozenset("?!.:")
_PHRASE_ENDS: Final = frozenset(",;")
