"""The roster as a document that an office signs and files: A4, header, thumbnails, page numbers, fingerprint.

The only door to reportlab, of the extra `office`.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeAlias

from content_kit.errors import UsageError
from content_kit.files.rows import OFFICE
from content_kit.picture import fonts
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
from content_kit.roster.view import Group, Pile, Roster, Row

Picture: TypeAlias = Callable[[Row], bytes | None]
"""A small JPEG of a post, None when there is none."""

Measure: TypeAlias = Callable[[str, str, float], float]
"""How wide a text is in a font of some size, in points."""

Progress: TypeAlias = Callable[[int, int], None]
"""Told after each row: how many of how many."""

ROW: Final = 22 * MM
LINE: Final = 6.2 * MM

COLUMNS: Final = (
    ("Gambar", 15), ("Kapan", 37), ("Posyandu", 64), ("Isi", 104), ("Status", 144),
    ("Keputusan", 171),
)  # fmt: skip
"""The columns of posts with their left edge in millimetres."""

_EDGES: Final = tuple((left + 2) * MM for _, left in COLUMNS)
_ENDS: Final = (*((left - 1) * MM for _, left in COLUMNS[1:]), RIGHT)

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
        heading = self.heading
        self.box(0, HEIGHT - 9 * MM, WIDTH, 9 * MM, TEAL)
        self.y = TOP - 2 * MM
        wide = RIGHT - LEFT
        self.text(LEFT, heading.office or "Daftar posting posyandu", 10, GREY, width=wide)
        self.y -= 9 * MM
        self.text(LEFT, words.title(self.roster), 20, bold=True, width=wide)
        self.y -= 6.5 * MM
        self.text(LEFT, heading.scope, 10.5, width=wide)
        self.y -= 5.5 * MM
        made = f"Dibuat {heading.made:%d.%m.%Y pukul %H.%M} {heading.made.tzname() or ''}".rstrip()
        self.text(LEFT, made, 8.5, GREY)
        self.y -= 4.5 * MM
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
        self.text(x, group.name, 8.5, name_colour, bold=bold, width=end - x)
        self.rule(self.y - 1.8 * MM)
        self.y -= LINE

    def _count_edges(self) -> list[float]:
        return [RIGHT - 2 * MM - number * _COUNT for number in reversed(range(len(_COUNTS)))]

    # The posts

    def _posts(self) -> None:
        rows = self.roster.rows
        if not rows:
            return
        if self.y - 12 * MM - ROW < BOTTOM:
            self.new_page()
        self._posts_head()
        for number, row in enumerate(rows, 1):
            if self.y - ROW < BOTTOM:
                self.new_page()
                self._posts_head()
            if not self.counting:
                self._post(number, row)
                self.progress(number, len(rows))
            self.y -= ROW

    def _posts_head(self) -> None:
        self._bar()
        for x, (head, _) in zip(_EDGES, COLUMNS, strict=True):
            self.text(x, head, 8, WHITE, bold=True)
        self.y -= 2 * MM

    def _post(self, number: int, row: Row) -> None:
        top, floor = self.y, self.y - ROW + 1 * MM
        self._thumbnail(row, top)
        day, at = words.moment(row)
        place = ", ".join(filter(None, map(_bare, (row.kecamatan, row.kabupaten))))
        found = words.worst(row)
        columns = (
            (
                Line(day, 8.5, bold=True), Line(at, 8.5), Line(f"no. {number}", 7, GREY),
                Line(row.seal and f"segel {row.seal[:8]}", 7, GREY),
            ),
            (
                Line(row.posyandu, 8.5, bold=True, most=2), Line(place, 7.5, GREY, most=2),
                Line(row.duty_name and f"petugas {row.duty_name}", 7.5, GREY),
            ),
            (
                Line(words.title_of(row), 8.5, bold=True, most=2),
                Line(words.kind(row), 7.5, most=2), Line(words.channels(row), 7.5, GREY),
            ),
            (
                Line(row.status, 8, bold=True, most=2),
                Line(
                    found if found != row.status else "", 7.5, INK if row.fine else RED,
                    bold=not row.fine,
                ),
                Line(words.reason(row), 7, GREY, most=2),
            ),
        )  # fmt: skip
        for x, end, lines in zip(_EDGES[1:], _ENDS[1:], columns, strict=False):
            self.y = top - 4.6 * MM
            self.column(x, end, floor, lines)
        if row.pile is not Pile.APPROVED:
            self._decision(_EDGES[-1], top)
        self.y = top
        self.rule(top - ROW)

    def _decision(self, x: float, top: float) -> None:
        """Boxes to tick and a line to write on."""
        for line, told in enumerate(("setuju", "kembalikan")):
            self.y = top - (5 + line * 5.5) * MM
            self.frame(x, self.y - 0.5 * MM, 3 * MM)
            self.text(x + 4.2 * MM, told, 7)
        self.y = top - 19.5 * MM
        self.rule(self.y, x, RIGHT, GREY)
        self.y += 4.2 * MM
        self.text(x, "catatan", 6, GREY)

    def _thumbnail(self, row: Row, top: float) -> None:
        from reportlab.lib.utils import ImageReader

        data = self.picture(row)
        box = (LEFT + 1 * MM, top - ROW + 1 * MM, 19 * MM, ROW - 2 * MM)
        if data is None:
            self.box(LEFT + 1 * MM, box[1], 16 * MM, box[3], TINT)
            self.y = top - ROW / 2
            for told in ("belum ada", "gambar"):
                self.text(LEFT + 3 * MM, told, 6.5, GREY)
                self.y -= 3 * MM
            return
        image = ImageReader(io.BytesIO(data))
        self.canvas.drawImage(image, *box, preserveAspectRatio=True, anchor="w")

    def _signatures(self) -> None:
        if self.y - 62 * MM < BOTTOM:
            self.new_page()
        self.y -= 10 * MM
        self.text(LEFT, "Diperiksa dan diputuskan", 11, bold=True)
        self.y -= 5.5 * MM
        count = len(self.roster.rows)
        told = f"{count} postingan, {self.pages} halaman, sidik jari {in_fours(self.mark)}"
        self.text(LEFT, told, 8.5, GREY)
        top = self.y - 9 * MM
        for number, role in enumerate(("Diperiksa oleh", "Disetujui oleh")):
            x = LEFT + number * 94 * MM
            self.y = top
            self.text(x, role, 9, bold=True)
            self.y -= 20 * MM
            for label in ("Nama", "NIP", "Jabatan", "Tanggal"):
                self.text(x, label, 8, GREY)
                self.rule(self.y - 0.8 * MM, x + 15 * MM, x + 82 * MM, GREY)
                self.y -= 5.2 * MM

    def _bar(self) -> None:
        self.box(LEFT, self.y - 2 * MM, RIGHT - LEFT, 6.5 * MM, TEAL)


def _bare(name: str) -> str:
    return " ".join(name.split()).removeprefix("Kabupaten").removeprefix("Kecamatan").strip()
