"""The one question to ask about a piece of a schedule rule that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Final

from content_kit.files.hours import hours_in, written
from content_kit.files.plain import COUNTS
from content_kit.findings import Finding, Place, clipped
from content_kit.model import Hours
from content_kit.schedule.clauses import Clauses
from content_kit.schedule.dates import excel_date, plain_date
from content_kit.schedule.parts import Part, Weekly, capital, day_word
from content_kit.schedule.tokens import NAMES, UNSURE, Piece, Token, any_of

CODE: Final = "aturan-tidak-jelas"
EXAMPLE: Final = 'Tulis misalnya: selasa ke-2. Kalau belum tahu, tulis "belum pasti".'


class Question(Exception):
    """What has to be asked before a piece can be read."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def example(day: int, number: int) -> str:
    """How a rule like this one is written: "selasa ke-2"."""
    return f"{day_word(day).lower()} {as_number(number)}"


def as_number(number: int) -> str:
    """An ordinal as it is written: "ke-2", "terakhir"."""
    return "terakhir" if number == -1 else f"ke-{number}"


def which_day(number: int, text: str, at: Place) -> Finding:
    """What to ask about an ordinal without a weekday."""
    nth = as_number(number)
    if re.match(r"minggu\b", text):
        return unclear(
            f'"{clipped(text)}" bisa berarti pekan atau hari Minggu.',
            at,
            f"Minggu {nth} hari apa? Tulis misalnya: selasa {nth}. "
            f"Kalau bukanya hari Minggu, tulis: hari minggu {nth}.",
        )
    return unclear(f'"{clipped(text)}" hari apa?', at, f"Tulis misalnya: selasa {nth}.")


def sunday_or_week(text: str, days: Sequence[int], number: int) -> Question:
    """What to ask about "jumat dan minggu pertama": two days, or the Friday of a week."""
    nth = as_number(number)
    names = [day_word(day).lower() for day in days]
    sundays = " dan ".join(f"{name} {nth}" for name in [*names, day_word(6).lower()])
    weeks = " dan ".join(f"{name} minggu {nth}" for name in names)
    return Question(
        f'"{clipped(text)}": minggu di sini hari Minggu atau pekan?',
        f"Kalau hari Minggu, tulis: {sundays}. Kalau pekan, tulis: {weeks}.",
    )


def how_often(often: Token, parts: Sequence[Part], at: Place) -> Finding:
    """What to ask when "dua kali sebulan" stands alone, or beside days that do not agree with it."""
    said = clipped(often.text)
    if not parts:
        days = "selasa ke-2" if often.value == 1 else "selasa ke-2 dan ke-4"
        return unclear(f'"{said}" hari apa dan minggu ke berapa?', at, f"Tulis misalnya: {days}.")
    if all(isinstance(part, Weekly) for part in parts):
        day = parts[0].sentence().removeprefix("tiap ").lower()
        return unclear(
            f'tertulis "{said}", tetapi juga setiap minggu.',
            at,
            f"{capital(day)} ke berapa? Tulis misalnya: {day} ke-2.",
        )
    return unclear(
        f'tertulis "{said}", tetapi harinya ada {len(parts)}.',
        at,
        "Hapus salah satu, atau lengkapi harinya: selasa ke-2 dan ke-4.",
    )


def elsewhere(told: Clauses, at: Place) -> Finding:
    """What to say of a rule that is understood, but tells the hours or the place as well."""
    if told.twice:
        return unclear(
            f'"{clipped(told.day)}": jam atau tempatnya lebih dari satu.',
            at,
            "Tulis satu hari buka dulu. Yang lain ditulis sebagai hari buka sendiri.",
        )
    also = {"jam": _as_hours(told.hours), "tempat": told.place}
    named = {name: value for name, value in also.items() if value}
    return unclear(
        f'"{clipped(told.day)}" terbaca, tetapi {" dan ".join(named)} ditulis di isiannya sendiri.',
        at,
        f"Tulis aturan: {clipped(told.day)}; "
        + "; ".join(f"{name}: {clipped(value)}" for name, value in named.items())
        + ".",
    )


def _as_hours(words: str) -> str:
    """Hours as a file has them; as they were typed when they are not understood."""
    found = hours_in(words) if words else ""
    if isinstance(found, Hours):
        return written(found)
    return re.sub(r"(?i)^(?:(?:pada|mulai|jam|pukul)\b[:. ]*)+", "", words) or words


_MONTHS_APART: Final = rf"(?:\d+ ?|\b(?:{any_of(COUNTS)}) )(?:bulan|bln)\b"
_ASKED: Final[tuple[tuple[re.Pattern[str], str, str], ...]] = tuple(
    (re.compile(pattern), message, hint)
    for pattern, message, hint in (
        (
            r"\b(?:legi|manis|pa?hing|pon|wage|kliwon|pasaran|selapan\w*|35 hari)\b",
            "hari pasaran belum bisa dihitung di sini.",
            "Tanggal berapa saja? Tulis satu per satu, misalnya: 2026-12-07, 2027-01-11.",
        ),
        (
            r"\b(?:atau|kadang\w*|antara)\b",
            "ada lebih dari satu pilihan.",
            'Yang mana? Tulis satu saja, misalnya: selasa ke-2. Kalau belum tahu, tulis "belum pasti".',
        ),
        (
            r"\b(?:kecuali|selain|bukan|tidak|jika|kalau|bila)\b",
            "aturan dengan syarat belum bisa dibaca.",
            "Tulis harinya yang biasa, misalnya: selasa ke-2. Hari yang berbeda dicatat di perubahan.",
        ),
        (
            r"\b(?:besok|lusa|depan|lalu|kemarin|hari ini|minggu ini|bulan ini|nanti)\b",
            "kata ini berubah artinya setiap hari.",
            "Tanggal berapa? Tulis misalnya: 8 Desember 2026.",
        ),
        (
            r"\b(?:jam|pukul|wib|wita|wit|pagi|siang|sore|malam|selesai)\b|\d\d[.:]\d\d",
            "jam tidak ditulis di aturan.",
            "Hari apa saja? Tulis harinya di sini, misalnya: selasa ke-2, dan jamnya di isian jam.",
        ),
        (
            r"\b(?:balai|rumah|rt|rw|dusun|masjid|mushola|musala|langgar|poskesdes|kantor)\b",
            "tempat tidak ditulis di aturan.",
            "Hari apa saja? Tulis harinya di sini, misalnya: selasa ke-2, dan tempatnya di isian tempat.",
        ),
        (
            r"\b(?:lebaran|puasa|ramadh?an|idul\w*|natal|gajian|arisan|panen|pasar)\b",
            "hari ini tidak tetap tanggalnya.",
            'Tanggal berapa? Tulis misalnya: 2026-12-08. Kalau belum tahu, tulis "belum pasti".',
        ),
        (
            r"\b(?:hari|hr) kerja\b",
            "ini belum memberi tanggal.",
            "Hari apa dan minggu ke berapa? Tulis misalnya: selasa ke-2.",
        ),
        (
            rf"\b(?:ganjil|genap|triwulan|semester|tahun|setahun)\b|{_MONTHS_APART}",
            "belum jelas bulan yang mana.",
            "Tanggal berapa saja? Tulis satu per satu, misalnya: 2027-02-09, 2027-08-10.",
        ),
        (
            r"\bawal\b",
            "ini belum memberi tanggal.",
            "Hari apa? Tulis misalnya: selasa ke-1, atau tanggal 3.",
        ),
        (
            r"\b(?:pertengahan|tengah|medio)\b",
            "ini belum memberi tanggal.",
            'Hari apa? Tulis misalnya: selasa ke-2, atau tanggal 15. Kalau belum tahu, tulis "belum pasti".',
        ),
        (
            r"\bakhir\b",
            "ini belum memberi tanggal.",
            "Hari apa? Tulis misalnya: jumat terakhir, atau tanggal 28.",
        ),
        (
            r"\b(?:setelah|sesudah|sebelum|sekitar|kira|sekira\w*|sehabis|habis|usai)\b",
            "ini belum memberi tanggal.",
            "Tanggal atau hari apa tepatnya? Tulis misalnya: tanggal 12, atau selasa ke-2.",
        ),
        (
            r"\b(?:tanya|hubungi|ikut|lihat|cek|menyesuaikan|sesuai|kesepakatan)\b",
            "ini belum memberi tanggal.",
            'Tanyakan harinya, lalu tulis misalnya: selasa ke-2. Kalau belum tahu, tulis hanya "belum pasti".',
        ),
    )
)


def question(piece: Piece, text: str) -> Question:
    """The one thing to ask about a piece that no pattern fits."""
    shown, kinds = clipped(piece.text), piece.kinds
    if UNSURE.search(piece.text):
        return Question(
            f'"{shown}" belum memberi tanggal.', 'Kalau belum tahu, tulis hanya "belum pasti".'
        )
    if serial := re.fullmatch(r"(?:tanggal |tgl )?([3-6]\d{4})", piece.text):
        meant = plain_date(excel_date(int(serial[1])))
        return Question(f'"{shown}" nomor tanggal Excel, artinya {meant}.', f"Tulis: {meant}.")
    for pattern, message, hint in _ASKED:
        if pattern.search(piece.text) or (pattern.search(text) and "U" in kinds):
            return Question(f'"{shown}": {message}', hint)
    if re.fullmatch("E?H|EC?H", kinds):
        return Question(
            f'"{shown}" hari apa saja?', "Tulis harinya, misalnya: tiap senin dan kamis."
        )
    if re.fullmatch("E[MW]C?|E[MW]", kinds):
        return Question(
            f'"{shown}" hari apa?',
            "Tulis misalnya: tiap rabu. Kalau bukanya hari Minggu, tulis: tiap hari minggu.",
        )
    if kinds in ("M", "W", "HM"):
        return Question(
            f'"{shown}" hari apa dan ke berapa?',
            "Tulis misalnya: selasa ke-2. Kalau bukanya hari Minggu, tulis: hari minggu ke-2.",
        )
    if re.fullmatch("E?DR?N", kinds):
        day, number = piece.value("D"), piece.value("N")
        return Question(
            f'"{shown}" bisa berarti minggu ke-{number} atau tanggal {number}.',
            f"Yang mana? Tulis: {day_word(day).lower()} ke-{number}, atau: tanggal {number}.",
        )
    if "D" in kinds and "T" in kinds:
        return Question(
            f'"{shown}" harinya tetap atau tanggalnya tetap?',
            "Pilih satu, misalnya: selasa ke-2, atau: tanggal 8.",
        )
    if kinds in ("N", "EN"):
        number = piece.value("N")
        return Question(f'"{shown}" tanggal atau minggu ke berapa?', f"Maksudnya tanggal {number}?")
    if kinds == "NRN":
        first, last = (token.value for token in piece.tokens if token.kind == "N")
        return Question(
            f'"{shown}" tanggal atau minggu ke berapa?', f"Maksudnya tanggal {first}-{last}?"
        )
    if "V" in kinds or re.search("[MW]x", kinds) or re.search(r"\d/(?:1[3-9]|[2-9]\d)\b", shown):
        both = re.sub(r" ?/ ?", " dan ", piece.text)
        return Question(
            f'"{shown}": tanda / berarti salah satu.',
            f"Yang mana? Kalau semuanya, tulis: {clipped(both)}.",
        )
    if "x" in kinds:
        return Question(f'"{shown}" tahun berapa?', "Tulis tahunnya, misalnya: 5 Desember 2026.")
    if kinds in ("Y", "BY"):
        return Question(
            f'"{shown}" tanggal berapa?', "Tulis tanggalnya, misalnya: 5 Desember 2026."
        )
    if re.fullmatch("E?TN?R?|T", kinds):
        return Question(f'"{shown}" tanggal berapa?', "Tulis misalnya: tanggal 7.")
    if kinds == "DRD":
        return Question(
            f'"{shown}" setiap minggu, atau minggu ke berapa?',
            "Tulis misalnya: tiap senin-kamis, atau: senin ke-2 dan kamis ke-2.",
        )
    if "S" in kinds:
        return Question(
            f'"{shown}" belum terbaca.',
            "Kata mulai hanya untuk: tiap 2 minggu mulai 2026-12-02. Hapus bila tidak perlu.",
        )
    if kinds in ("", "B"):
        return Question("Setiap bulan, hari apa dan minggu ke berapa?", EXAMPLE)
    unknown = piece.first("U")
    if unknown is not None and len(unknown.text) > 2:
        known = [*NAMES, "setiap", "tanggal", "terakhir"]
        near = get_close_matches(unknown.text[:20], known, 1, cutoff=0.7)
        if near and near[0][0] == unknown.text[0]:
            word = day_word(NAMES[near[0]]).lower() if near[0] in NAMES else near[0]
            said = re.sub(rf"(?<!\w){re.escape(unknown.text)}(?!\w)", word, piece.text)
            return Question(f'"{shown}" belum terbaca.', f'Maksudnya "{clipped(said)}"?')
    return Question(f'aturan "{shown}" belum terbaca.', EXAMPLE)


def no_day(text: str, at: Place) -> Finding:
    """What to ask about a text without any day."""
    return unclear(f'aturan "{clipped(text)}" belum terbaca.', at, EXAMPLE)


def unclear(message: str, at: Place, hint: str) -> Finding:
    """The finding of a rule that is not understood."""
    return Finding(CODE, message, at, hint=hint)
