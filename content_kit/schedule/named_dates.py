"""The dates and day numbers that a rule names: real ones, on the weekday beside them."""

from __future__ import annotations

from datetime import date

from content_kit.findings import clipped
from content_kit.schedule.dates import DAYS, day_name, month_name, plain_date
from content_kit.schedule.questions import Question
from content_kit.schedule.tokens import Piece, Token


def shares_month(pieces: list[Piece], number: int) -> bool:
    """Whether a bare day number is followed by others and then by a date with a written month."""
    if pieces[number].monthly or pieces[number].kinds not in ("N", "TN"):
        return False
    for piece in pieces[number + 1 :]:
        written = piece.first("X")
        if written is not None:
            return piece.kinds in ("X", "TX") and written.written
        if piece.kinds != "N" or piece.monthly:
            return False
    return False


def real(written: Token, *named: Token) -> date:
    """The date of a token, on the weekday that was named beside it."""
    if written.day is None:
        raise Question(
            f'tanggal "{clipped(written.text)}" tidak ada.', "Periksa angka tanggal dan bulannya."
        )
    for wrong in (token for token in named if token.value != written.day.weekday()):
        raise Question(
            f"{plain_date(written.day)} jatuh pada hari {day_name(written.day)}, "
            f"bukan {DAYS[wrong.value]}.",
            "Mana yang benar, harinya atau tanggalnya? Tulis yang benar saja.",
        )
    return written.day


def dated(tokens: list[Token]) -> date:
    """The one date among these tokens, on the weekday beside it; "Minggu" is the day here."""
    written = next(token for token in tokens if token.kind == "X")
    named = [token for token in tokens if token.kind == "D"]
    sunday = [Token("D", 6) for token in tokens if token.kind == "M"]
    return real(written, *named, *sunday)


def in_month(number: int, month: date, text: str) -> date:
    """A day of the month of another date; asked about when that month has no such day."""
    try:
        return month.replace(day=number)
    except ValueError:
        raise Question(
            f'tanggal {number} tidak ada di {month_name(month)} {month.year:04} ("{clipped(text)}").',
            "Periksa angka tanggalnya.",
        ) from None


def day_number(number: int, text: str) -> int:
    """A day that some month has, 1 to 31; asked about otherwise."""
    if 1 <= number <= 31:
        return number
    raise Question(f'"{clipped(text)}" tidak ada.', "Tulis tanggal 1 sampai 31.")
