"""The roster as a document that an office signs and files: A4, header, thumbnails, page numbers, fingerprint.

The only door to reportlab, of the extra `office`.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeAlias

from content_kit.errors import UsageError
from content_kit.files.rows import OFFICE
from content_kit.picture import fonts
from content_kit.review.life import Status
from content_kit.roster import words
from content_kit.roster.papers import Heading, fingerprint, in_fours, with_depth
from content_kit.roster.pen import (
    BOLD,
    BOTTOM,
    GREY,
    HEIGHT,
    INK,
    LEFT,
    MM,
    RED,
    REGULAR,
    RIGHT,
    TEAL,
    TINT,
    TOP,
    WHITE,
    WIDTH,
    Line,
    Pen,
)
from content_kit.roster.texts import Text, apart, texts
from content_kit.roster.view import Group, Reviewer, Roster, Row, Work
from content_kit.schedule.dates import MONTHS, short_date

Picture: TypeAlias = Callable[[Row], bytes | None]
"""A small JPEG of a post, None when there is none."""

Measure: TypeAlias = Callable[[str, str, float], float]
"""How wide a text is in a font of some size, in points."""

Progress: TypeAlias = Callable[[int, int], None]
"""Told after each row: how many of how many."""

LINE: Final = 6.2 * MM
PICTURE: Final = 45 * MM
TEXT: Final = LEFT + 40 * MM
DECIDE: Final = RIGHT - 32 * MM
SIGNATURES: Final = 66 * MM
"""The height of the signatures: they never stand alone on a page."""

_CAPTION: Final = 16
_NOT_HERE: Final = (Work.UNSUBMITTED, Work.UNCHECKED)


@dataclass(frozen=True, slots=True)
class Entry:
    """A text as it is printed: its lines in their order, and how high it is."""

    text: Text
    lines: Sequence[tuple[Line, str]]
    height: float


_COUNTS: Final = (
    "Ditunggu", "Mengirim", "Telat", "Posting", "Blm cek", "Bersih", "Dilihat", "Kembali", "Setuju",
)  # fmt: skip
_COUNT: Final = 12.5 * MM


def write_pdf(
    roster: Roster, heading: Heading, picture: Picture, progress: Progress = lambda *_: None
) -> bytes:
    """The document; UsageError without the extra `office`. The same roster gives the same bytes."""
    return draw(
        words.title(roster), heading.office,
        lambda canvas, measure: Document(canvas, roster, heading, picture, progress, measure).write(),
    )  # fmt: skip


def draw(title: str, author: str, write: Callable[[Any, Measure], None]) -> bytes:
    """A document of A4 pages that `write` draws on a canvas, with how wide a text will be.

    UsageError without the extra `office`. The same drawing gives the same bytes.
    """
    try:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont
        from reportlab.pdfgen.canvas import Canvas
    except ImportError:
        raise UsageError(OFFICE) from None
    for name, weight in ((REGULAR, 400), (BOLD, 700)):
        font = TTFont(name, io.BytesIO(fonts.static(weight)))
        # Both weights name themselves alike, and reportlab tells fonts apart by that name.
        font.face.name = f"PlusJakartaSans-{weight}".encode()
        pdfmetrics.registerFont(font)
    out = io.BytesIO()
    with _in_bytes():
        canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=1)
        canvas.setTitle(title)
        canvas.setAuthor(author or "content_kit")
        write(canvas, pdfmetrics.stringWidth)
        canvas.save()
    return out.getvalue()


@contextlib.contextmanager
def _in_bytes() -> Iterator[None]:
    """Pages and pictures as the bytes they are.

    By itself reportlab spells them in letters, which is a quarter larger and takes most of its time.
    """
    from reportlab import rl_config

    before, rl_config.useA85 = rl_config.useA85, 0
    try:
        yield
    finally:
        rl_config.useA85 = before


class Document(Pen):
    """The roster from the title to the signatures.

    It is gone through twice: once only to count the pages, since each says of how many it is.
    """

    def __init__(
        self,
        canvas: Any,
        roster: Roster,
        heading: Heading,
        picture: Picture,
        progress: Progress,
        measure: Measure,
    ) -> None:
        super().__init__(canvas, measure)
        self.roster = roster
        self.heading = heading
        self.picture = picture
        self.progress = progress
        self.mark = fingerprint(roster)
        self.pages = 0

    def write(self) -> None:
        """Draw all pages."""
        self.counting = True
        self._all()
        self.pages, self.page, self.y, self.counting = self.page, 1, TOP, False
        self._all()

    def footer(self) -> None:
        """Which roster this is, and which page of it."""
        self.y = 10 * MM
        self.rule(14 * MM)
        about = f"{words.title(self.roster)} · {self.heading.scope}"
        self.text(LEFT, about, 7.5, GREY, width=95 * MM)
        told = f"sidik jari {self.mark[:12]} · halaman {self.page} dari {self.pages}"
        self.text(RIGHT, told, 7.5, GREY, right=True)

    def _all(self) -> None:
        self._title()
        self._summary()
        self._posts()
        self._signatures()
        self.finish()

    # The first page

    def _title(self) -> None:
        heading, head = self.heading, self.heading.letterhead
        wide = RIGHT - LEFT
        lines = head.lines or (heading.office or "Daftar posting posyandu",)
        self._logo()
        for number, line in enumerate(lines, 1):
            last = number == len(lines)
            self._middle(line, 14 if last else 11, bold=last)
            self.y -= 6.5 * MM if last else 5.2 * MM
        if head.address:
            self._middle(head.address, 8.5)
            self.y -= 4.5 * MM
        self.y = min(self.y, TOP - 17 * MM) if heading.logo else self.y
        for gap in (0.0, 0.8):
            self.rule(self.y - gap * MM, LEFT, RIGHT, INK)
        self.y -= 8 * MM
        day = f"{heading.made.day} {MONTHS[heading.made.month - 1]} {heading.made.year}"
        self.text(RIGHT, ", ".join(filter(None, (head.place, day))), 9.5, right=True)
        for label, value in (("Nomor", head.number), ("Perihal", head.subject)):
            self.text(LEFT, label, 9.5)
            self.text(LEFT + 17 * MM, f": {value or '.' * 30}", 9.5, width=110 * MM)
            self.y -= 5 * MM
        self.y -= 6 * MM
        self.text(LEFT, words.title(self.roster), 17, bold=True, width=wide)
        self.y -= 6 * MM
        self.text(LEFT, heading.scope, 10.5, width=wide)
        self.y -= 5 * MM
        signed = "bertanda tangan digital" if heading.signed else "belum bertanda tangan digital"
        told = f"Sidik jari daftar ini: {in_fours(self.mark)} · catatan persetujuan {signed}"
        self.text(LEFT, told, 8.5, GREY, width=wide)
        self.y -= 10 * MM
        self._tiles(words.unit_counts(self.roster))
        self._tiles(words.post_counts(self.roster))
        if unchecked := self.roster.totals.unchecked:
            told = f"{unchecked} postingan belum diperiksa: jangan disetujui dari daftar ini."
            self.text(LEFT, told, 9, RED, bold=True)
            self.y -= 7 * MM

    def _tiles(self, counts: Sequence[tuple[str, int]]) -> None:
        """Numbers side by side over the whole width."""
        gap = 2 * MM
        width = (RIGHT - LEFT + gap) / len(counts)
        for column, (told, number) in enumerate(counts):
            x = LEFT + column * width
            self.box(x, self.y - 7 * MM, width - gap, 13 * MM, TINT, 2 * MM)
            self.text(x + 3 * MM, str(number), 15, TEAL, bold=True)
            self.y -= 4.6 * MM
            self.text(x + 3 * MM, told, 8, width=width - gap - 4 * MM)
            self.y += 4.6 * MM
        self.y -= 15 * MM

    def _summary(self) -> None:
        """Every place with its counts; a posyandu that has sent nothing has its own line."""
        groups = list(with_depth(self.roster.groups))
        if not groups:
            return
        self._summary_head()
        for depth, group in groups:
            # A place does not stand at the foot of a page without the first of what is in it.
            if self.y - LINE * (len(words.LEVELS) - depth - 1) < BOTTOM:
                self.new_page()
                self._summary_head()
            self._place(depth, group)
        if self.y < BOTTOM:
            self.new_page()
            self._summary_head()
        self._place(0, Group("", "Semua", self.roster.totals))
        self.y -= 4 * MM

    def _summary_head(self) -> None:
        self._bar()
        self.text(LEFT + 2 * MM, "Wilayah dan posyandu", 8, WHITE, bold=True)
        for x, head in zip(self._count_edges(), _COUNTS, strict=True):
            self.text(x, head, 7, WHITE, bold=True, right=True)
        self.y -= LINE + 0.5 * MM

    def _place(self, depth: int, group: Group) -> None:
        count = group.count
        numbers = (
            count.expected, count.received, count.late, count.posts, count.unchecked, count.clean,
            count.eyes, count.returned, count.approved,
        )  # fmt: skip
        x = LEFT + (2 + depth * 4) * MM
        bold = depth == 0
        remark = words.remark(group)
        end = RIGHT - len(_COUNTS) * _COUNT
        if group.empty:
            end = RIGHT
            remark = remark.upper()
        else:
            for right, value in zip(self._count_edges(), numbers, strict=True):
                told, colour = (str(value), INK) if value else ("–", GREY)
                self.text(right, told, 8.5, colour, bold=bold, right=True)
        if remark:
            end -= 2 * MM
            width = min(self.measure(remark, BOLD, 7), 100 * MM if group.empty else 34 * MM)
            self.text(end, remark, 7, RED, bold=True, right=True, width=width)
            end -= width + 2 * MM
        name_colour = RED if group.missing else INK
        self.text(x, words.group_name(group), 8.5, name_colour, bold=bold, width=end - x)
        self.rule(self.y - 1.8 * MM)
        self.y -= LINE

    def _count_edges(self) -> list[float]:
        return [RIGHT - 2 * MM - number * _COUNT for number in reversed(range(len(_COUNTS)))]

    # The posts

    def _posts(self) -> None:
        """What is to be decided or was, each text once; what nobody handed in stands apart."""
        nobody = Reviewer()
        found = [each for text in texts(self.roster.rows, nobody) for each in apart(text)]
        shown = [text for text in found if text.pile not in _NOT_HERE]
        left = [text for text in found if text.pile in _NOT_HERE]
        for number, text in enumerate(shown, 1):
            entry = self._entry(text)
            last = number == len(shown) and not left
            if number == 1:
                self._bar_of("Isi", "Keputusan", entry.height)
            if self.y - entry.height - (SIGNATURES if last else 0) < BOTTOM:
                self.new_page()
                self._bar_of("Isi", "Keputusan", entry.height)
            if not self.counting:
                self._text(entry)
                self.progress(number, len(shown))
            self.y -= entry.height
        self._waiting(left)

    def _bar_of(self, what: str, decision: str, room: float) -> None:
        if self.y - 12 * MM - room < BOTTOM:
            self.new_page()
        self._bar()
        self.text(LEFT + 2 * MM, what, 8, WHITE, bold=True)
        if decision:
            self.text(DECIDE, decision, 8, WHITE, bold=True)
        self.y -= 3 * MM

    def _entry(self, text: Text) -> Entry:
        row = text.every[0]
        day, at = words.moment(row)
        names = [words.whose(one) for one in text.every]
        whose = f"{len(names)} postingan, {text.posyandu} posyandu: " if len(names) > 1 else ""
        place = ", ".join(filter(None, (_short(row.kecamatan), _short(row.kabupaten))))
        when = f"{day}, {at}" if len(names) == 1 else _span(text)
        caption = [line for line in row.caption.splitlines() if line.strip()]
        lines = (
            Line(words.title_of(row), 10.5, bold=True, most=2),
            Line(f"{whose}{'; '.join(dict.fromkeys(names))}", 8.5, most=6),
            Line(
                " · ".join(filter(None, (when, place if len(names) == 1 else ""))), 8, GREY, most=2
            ),
            Line(f"{words.kind(row)} · {words.channels(row)}", 8, GREY, most=2),
            *(Line(line, 8, most=4) for line in caption[:_CAPTION]),
            *(Line(line, 8, RED, bold=True, most=3) for line in _look(row)),
        )
        drawn = [
            (line, part) for line in lines for part in self.wrapped(line, DECIDE - TEXT - 4 * MM)
        ]
        height = max(PICTURE + 4 * MM, sum(line.size * 1.3 for line, _ in drawn) + 7 * MM)
        return Entry(text, drawn, min(height, TOP - BOTTOM - 16 * MM))

    def _text(self, entry: Entry) -> None:
        top, row = self.y, entry.text.every[0]
        floor = top - entry.height + 3 * MM
        self._thumbnail(row, top)
        self.y = top - 4.6 * MM
        for line, part in entry.lines:
            if self.y < floor:
                break
            self.text(
                TEXT, part, line.size, line.colour, bold=line.bold, width=DECIDE - TEXT - 2 * MM
            )
            self.y -= line.size * 1.3
        if row.status == Status.SUBMITTED:
            self._decision(DECIDE, top)
        else:
            self.y = top - 4.6 * MM
            decided = dict.fromkeys(one.decided for one in entry.text.every if one.decided)
            lines = (
                Line(row.status, 8.5, bold=True, most=2),
                *(Line(one, 7.5, most=8) for one in decided),
            )
            self.column(DECIDE, RIGHT, floor, lines)
        self.y = top
        self.rule(top - entry.height + 1.5 * MM)

    def _waiting(self, left: Sequence[Text]) -> None:
        """Posts that nobody handed in, or that were not checked: nothing to tick."""
        rows = [row for text in left for row in text.every]
        self.y -= 3 * MM
        for number, row in enumerate(rows, 1):
            alone = number == len(rows)
            if number == 1:
                self._bar_of(f"Belum diajukan, jadi belum diputuskan ({len(rows)})", "", LINE)
            if self.y - LINE - (SIGNATURES if alone else 0) < BOTTOM:
                self.new_page()
                self._bar_of("Belum diajukan, jadi belum diputuskan", "", LINE)
            self.y -= 2.6 * MM
            day, at = words.moment(row)
            self.text(LEFT + 2 * MM, f"{day}, {at}", 8, GREY, width=38 * MM)
            self.text(LEFT + 42 * MM, words.whose(row), 8, width=54 * MM)
            self.text(LEFT + 98 * MM, words.title_of(row), 8, bold=True, width=50 * MM)
            self.text(RIGHT, row.status, 8, GREY, right=True)
            self.y -= LINE - 2.6 * MM

    def _decision(self, x: float, top: float) -> None:
        """Boxes to tick and a line to write on."""
        for line, told in enumerate(("setuju", "kembalikan")):
            self.y = top - (5.5 + line * 6.5) * MM
            self.frame(x, self.y - 0.5 * MM, 3.4 * MM)
            self.text(x + 5 * MM, told, 8.5)
        self.y = top - 22 * MM
        self.text(x, "catatan", 7, GREY)
        for line in range(3):
            self.rule(top - (27 + line * 6) * MM, x, RIGHT, GREY)

    def _thumbnail(self, row: Row, top: float) -> None:
        from reportlab.lib.utils import ImageReader

        data = self.picture(row)
        wide = TEXT - LEFT - 4 * MM
        box = (LEFT, top - PICTURE - 0.5 * MM, wide, PICTURE)
        if data is None:
            self.box(*box, TINT)
            self.y = top - PICTURE / 2
            for told in ("belum ada", "gambar"):
                self.text(LEFT + 4 * MM, told, 8, GREY)
                self.y -= 4 * MM
            return
        image = ImageReader(io.BytesIO(data))
        self.canvas.drawImage(image, *box, preserveAspectRatio=True, anchor="nw")

    def _logo(self) -> None:
        if self.heading.logo and not self.counting:
            from reportlab.lib.utils import ImageReader

            image = ImageReader(io.BytesIO(self.heading.logo))
            box = (LEFT, TOP - 16 * MM, 20 * MM, 20 * MM)
            self.canvas.drawImage(image, *box, preserveAspectRatio=True, anchor="c")

    def _middle(self, text: str, size: float, *, bold: bool = False) -> None:
        """A line in the middle of the page."""
        wide = self.measure(text, BOLD if bold else REGULAR, size)
        room = RIGHT - LEFT - 44 * MM
        self.text((LEFT + RIGHT - min(wide, room)) / 2, text, size, bold=bold, width=room)

    def _signatures(self) -> None:
        if self.y - SIGNATURES < BOTTOM:
            self.new_page()
        head = self.heading.letterhead
        self.y -= 8 * MM
        self.text(LEFT, "Diperiksa dan diputuskan", 11, bold=True)
        self.y -= 5.5 * MM
        count = len(self.roster.rows)
        told = f"{count} postingan, {self.pages} halaman, sidik jari {in_fours(self.mark)}"
        self.text(LEFT, told, 8.5, GREY)
        top = self.y - 8 * MM
        for number, (role, one) in enumerate(
            (("Diperiksa oleh", head.checks), ("Disetujui oleh", head.signs))
        ):
            x = LEFT + number * 94 * MM
            self.y = top
            self.text(x, role, 9, bold=True)
            self.y -= 4.5 * MM
            self.text(x, one.office, 9, width=84 * MM)
            self.y -= 21 * MM
            for label, value in (("Nama", one.name), ("NIP", one.number), ("Tanggal", "")):
                self.text(x, label, 8, GREY)
                self.text(x + 15 * MM, value, 9, bold=label == "Nama", width=66 * MM)
                self.rule(self.y - 0.8 * MM, x + 15 * MM, x + 82 * MM, GREY)
                self.y -= 5.4 * MM

    def _bar(self) -> None:
        self.box(LEFT, self.y - 2 * MM, RIGHT - LEFT, 6.5 * MM, TEAL)


def _span(text: Text) -> str:
    days = sorted(row.date for row in text.every)
    return words_of_days(days[0], days[-1])


def words_of_days(first: date, last: date) -> str:
    """The first and the last day of some posts."""
    if first == last:
        return short_date(first)
    return f"{short_date(first)} sampai {short_date(last)}"


def _look(row: Row) -> Sequence[str]:
    """What has to be looked at, in words."""
    if not row.checked or row.fine:
        return ()
    return row.found[:4] or (words.worst(row),)


def _short(name: str) -> str:
    return " ".join(name.split()).replace("Kabupaten ", "Kab. ").replace("Kecamatan ", "Kec. ")
