"""Texts of the library on paper for a health worker: each with its facts, sources, tick and remark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Final

from content_kit.planning.library import Entry
from content_kit.roster.papers import in_fours
from content_kit.roster.pdf import Measure, draw
from content_kit.roster.pen import (
    BOTTOM,
    GREY,
    HEIGHT,
    LEFT,
    MM,
    RIGHT,
    TEAL,
    TOP,
    WIDTH,
    Line,
    Pen,
)
from content_kit.schedule.dates import plain_date

TITLE: Final = "Telaah tulisan pustaka"
_INDENT: Final = LEFT + 5 * MM
_LEADING: Final = 1.3
_MANY: Final = 12
"""Lines of one sentence at most: no text of the library comes near."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Whose paper it is, made on which day; `left` texts are still to be read of `all`."""

    office: str
    made: date
    left: int
    all: int


def mark_of(entries: Iterable[Entry]) -> str:
    """SHA-256 over the texts in their order: paper and sheet of the same words have the same."""
    told = "\n".join(f"{entry.id} {entry.words}" for entry in entries)
    return sha256(f"content-kit/telaah/1\n{told}".encode()).hexdigest()


def sentences(entry: Entry) -> Iterator[str]:
    """What a post made of it says, line by line."""
    for number, point in enumerate(entry.points, 1):
        mark = " " if point.title.endswith(("?", "!")) else ": "
        yield f"{number}. {mark.join(filter(None, (point.title, point.text)))}"
    for key, value in entry.fields.items():
        if isinstance(value, str) and key != "gambar":
            yield value
    if entry.closing:
        yield entry.closing


def answers(entry: Entry) -> Iterator[str]:
    """The questions people ask with what is answered."""
    for each in entry.questions:
        yield f"{each.ask} – {each.answer}"


def grounds(entry: Entry) -> Iterator[str]:
    """Each fact with its source in full and how that was read."""
    for fact in entry.told:
        yield f"{fact.sentence} (Sumber: {fact.source}; dibaca: {fact.read.value})"
    for source in entry.sources[len(entry.told) :]:
        yield f"Sumber: {source.name}"


def write_paper(entries: Sequence[Entry], occasion: Occasion) -> bytes:
    """The paper as PDF; UsageError without the extra `office`. The same texts give the same bytes."""
    return draw(
        TITLE, occasion.office,
        lambda canvas, measure: _Paper(canvas, measure, entries, occasion).write(),
    )  # fmt: skip


class _Paper(Pen):
    """From the title to the signature; gone through twice, once only to count the pages."""

    def __init__(
        self, canvas: Any, measure: Measure, entries: Sequence[Entry], occasion: Occasion
    ) -> None:
        super().__init__(canvas, measure)
        self.entries = entries
        self.occasion = occasion
        self.mark = mark_of(entries)
        self.pages = 0

    def write(self) -> None:
        """Draw all pages."""
        self.counting = True
        self._all()
        self.pages, self.page, self.y, self.counting = self.page, 1, TOP, False
        self._all()

    def footer(self) -> None:
        """Which texts these are, and which page."""
        self.y = 10 * MM
        self.rule(14 * MM)
        self.text(LEFT, TITLE, 7.5, GREY)
        told = f"sidik jari {self.mark[:12]} · halaman {self.page} dari {self.pages}"
        self.text(RIGHT, told, 7.5, GREY, right=True)

    def _all(self) -> None:
        self._title()
        for number, entry in enumerate(self.entries, 1):
            self._entry(number, entry)
        self._signature()
        self.finish()

    def _title(self) -> None:
        wide, occasion = RIGHT - LEFT, self.occasion
        self.box(0, HEIGHT - 9 * MM, WIDTH, 9 * MM, TEAL)
        self.y = TOP - 2 * MM
        self.text(LEFT, occasion.office or "Pustaka posyandu", 10, GREY, width=wide)
        self.y -= 9 * MM
        self.text(LEFT, TITLE, 20, bold=True)
        self.y -= 7 * MM
        counts = f"{len(self.entries)} tulisan di sini; {occasion.left} dari {occasion.all} belum ditelaah."
        self._lines(
            LEFT,
            Line(f"Dibuat {plain_date(occasion.made)}. {counts}", 9.5, most=2),
            Line(f"Sidik jari: {in_fours(self.mark)}", 8.5, GREY),
            Line(
                "Beri tanda di kotak Benar bila setiap kalimatnya benar dan boleh dibaca warga. Tulis "
                "yang perlu diubah di baris catatan. Telaah ini berlaku hanya untuk kata-kata ini: "
                "tulisan atau fakta yang diubah sesudahnya perlu dibaca lagi.", 9.5, most=4,
            ),
        )  # fmt: skip
        self.y -= 4 * MM

    def _entry(self, number: int, entry: Entry) -> None:
        told = [Line(f"{number}. {entry.title}", 11.5, bold=True, most=3)]
        who = ", ".join(word.label for word in entry.audience)
        told.append(Line(f"{entry.bidang.label} · {who} · {entry.id}", 8, GREY, most=2))
        body = [
            *(Line(text, 9.5, most=_MANY) for text in sentences(entry)),
            *_headed("Kalau ada yang bertanya", answers(entry)),
            *_headed("Fakta dan sumbernya", grounds(entry)),
        ]
        height = sum(self._height(LEFT, line) for line in told)
        height += sum(self._height(_INDENT, line) for line in body) + 18 * MM
        if self.y - height < BOTTOM and self.y < TOP:
            self.new_page()
        self._lines(LEFT, *told)
        self.y -= 1 * MM
        self._lines(_INDENT, *body)
        self._answer()

    def _answer(self) -> None:
        """A tick for right, one for wrong, and a line for what to change."""
        self.y -= 4 * MM
        for x, word in ((_INDENT, "Benar"), (_INDENT + 26 * MM, "Perlu diubah")):
            self.frame(x, self.y - 0.8 * MM, 4 * MM)
            self.text(x + 6 * MM, word, 9.5, bold=True)
        self.text(_INDENT + 62 * MM, "Catatan:", 9.5, GREY)
        self.rule(self.y - 1 * MM, _INDENT + 78 * MM, RIGHT, GREY)
        self.y -= 5.5 * MM
        self.rule(self.y, LEFT, RIGHT)
        self.y -= 6 * MM

    def _signature(self) -> None:
        if self.y - 34 * MM < BOTTOM:
            self.new_page()
        self.text(LEFT, "Yang membaca", 11, bold=True)
        for word in ("Nama", "Peran (misalnya bidan)", "Tanggal", "Tanda tangan"):
            self.y -= 8 * MM
            self.text(LEFT, word, 9.5, GREY)
            self.rule(self.y - 1 * MM, LEFT + 48 * MM, LEFT + 130 * MM, GREY)

    def _lines(self, x: float, *lines: Line) -> None:
        for line in lines:
            for part in self._parts(x, line):
                if self.y < BOTTOM:
                    self.new_page()
                self.text(x, part, line.size, line.colour, bold=line.bold, width=RIGHT - x)
                self.y -= line.size * _LEADING

    def _parts(self, x: float, line: Line) -> Iterator[str]:
        """A text of any length: a pen looks at one piece of it at a time."""
        for start in range(0, len(line.text), _PIECE):
            yield from self.wrapped(
                Line(
                    line.text[start : start + _PIECE], line.size, line.colour, line.bold, line.most
                ),
                RIGHT - x,
            )

    def _height(self, x: float, line: Line) -> float:
        return len(list(self._parts(x, line))) * line.size * _LEADING


_PIECE: Final = 390
"""Letters; a little less than what a pen takes at once."""


def _headed(title: str, texts: Iterable[str]) -> list[Line]:
    found = list(texts)
    head = [Line(title, 8.5, TEAL, bold=True)] if found else []
    return [*head, *(Line(text, 8.5, most=_MANY) for text in found)]
