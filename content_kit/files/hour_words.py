"""The words that people use about a clock, as patterns that the readers of hours and sentences share."""

from __future__ import annotations

import re
from typing import Final

PRAYER: Final = (
    r"(?:ba'?da|bakda|badha|habis|sehabis|sesudah|setelah|selepas|sebelum|menjelang|waktu)"
    r"(?: (?:sholat|solat|salat|shalat))? "
    r"(?:subuh|shubuh|dhuha|duha|zuhur|dzuhur|dhuhur|lohor|jumat|jum'at|asar|ashar|maghrib|magrib"
    r"|isya'?|tarawih|teraweh)"
)
END_WORDS: Final = r"(?:se?le?s(?:ai|ei|e)|habis|tuntas|usai|rampung)\b"
RANGE_WORDS: Final = (
    r"(?:sampai dengan|sampai|sampe|hingga|s ?/ ?d|s ?\. ?d\b\.?|sd|smp)(?![a-z])|-(?: ?-)*"
)
ZONE_WORDS: Final = r"(?:wita|wit|wib)\b\.?|waktu indonesia (?:barat|tengah|timur)\b"
PART_WORDS: Final = (
    r"(?:pagi|siang|sore|petang|malam|pg|mlm|baisukan|kamarian)\b(?: hari\b)?"
    r"|(?:am|pm)\b|[ap]\.m\b\.?"
)
HALF_WORDS: Final = r"(?:s?e?tengah|stn?gh)\b|1/2(?= \d)"
FROM_WORDS: Final = r"(?:dimulai|mulai|dari|sejak|dr)\b"
CLOCK_WORDS: Final = r"(?:jam|pukul|pkl|pk|jm)(?![a-z])\.?"
HOURS_OF: Final = {
    "pagi": (4, 11), "siang": (10, 15), "sore": (14, 19), "malam": (18, 23), "am": (0, 11), "pm": (12, 23),
}  # fmt: skip
"""The hours of the clock at which people say so, both included."""
MORNINGS: Final = frozenset({"pagi", "am"})
PART_OF: Final = {
    "pg": "pagi", "baisukan": "pagi", "petang": "sore", "kamarian": "sore", "mlm": "malam",
    "a.m": "am", "p.m": "pm",
}  # fmt: skip
"""Short and Banjar words for a part of the day, and those of an English spreadsheet.

"Isuk" is none of them: it is the morning in Javanese and tomorrow in Banjar.
"""


def zeros(text: str) -> str:
    """A text whose clock times have digits only: "08.oo" is "08.00"."""
    return re.sub(r"(\d ?[.:] ?)[oO0]{2}(?![^\W_])", r"\g<1>00", text)
