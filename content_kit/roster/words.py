"""How people speak of a roster: one vocabulary for the terminal, the screens and every paper."""

from __future__ import annotations

from typing import Final

from content_kit.roster.view import UNCHECKED, Group, Pile, Roster, Row, Unit
from content_kit.schedule.dates import clock, long_date, month_name, short_date

MISSING: Final = "belum mengirim"
BROKEN: Final = "berkasnya perlu diperbaiki"
UNLISTED: Final = "di luar daftar"
EVERYBODY: Final = "Semua posyandu"
LEVELS: Final = ("Kabupaten", "Kecamatan", "Posyandu")

WORST: Final = {
    "error": "perlu diperbaiki",
    "warning": "perlu dilihat",
    "info": "beres",
    "": "beres",
}
"""The worst finding of a row. What is only good to know asks nobody to do anything."""


def period(roster: Roster) -> str:
    """`Desember 2026`, or the first and the last day."""
    if "/" not in roster.period:
        return f"{month_name(roster.first)} {roster.first.year}"
    return f"{long_date(roster.first)} sampai {long_date(roster.last)}"


def title(roster: Roster) -> str:
    """What stands above a roster, wherever it is shown."""
    return f"Daftar posting {period(roster)}"


def scope(roster: Roster) -> str:
    """The places that a roster is of."""
    if len(roster.units) == 1:
        return roster.units[0].name
    names: list[str] = []
    groups = roster.groups
    while len(groups) == 1 and groups[0].unit is None:
        names.append(groups[0].name)
        groups = groups[0].inside
    return " · ".join(names) or EVERYBODY


def unit_name(unit: Unit) -> str:
    """A posyandu as it is told from the others of its name: with its village."""
    return with_village(unit.name, unit.village)


def group_name(group: Group) -> str:
    """A place, or a posyandu with its village."""
    return unit_name(group.unit) if group.unit is not None else group.name


def whose(row: Row) -> str:
    """The posyandu of a post with its village."""
    return with_village(row.posyandu, row.village)


def found(row: Row) -> str:
    """What was found, in words; "beres" when nothing has to be looked at."""
    if not row.checked or row.fine:
        return worst(row)
    return " ".join(row.found) or worst(row)


def shortened(name: str, most: int) -> str:
    """A name in so many letters: "Kab." for Kabupaten, then cut in the middle, where names are alike."""
    if len(name) <= most:
        return name
    for word, short in (("Kabupaten ", "Kab. "), ("Kecamatan ", "Kec. "), ("Posyandu ", "")):
        name = name.replace(word, short)
    if len(name) <= most:
        return name
    tail = (most - 1) // 2
    return f"{name[: most - 1 - tail].rstrip()}…{name[len(name) - tail :].lstrip()}"


def with_village(name: str, village: str) -> str:
    """A name with the village behind it, unless it says it itself."""
    return name if not village or village.casefold() in name.casefold() else f"{name}, {village}"


def sent(roster: Roster) -> str:
    """What those did that a roster counts as there: nobody hands in where nobody approves."""
    return "sudah mengirim" if roster.reviewed else "punya rencana"


def unit_counts(roster: Roster) -> tuple[tuple[str, int], ...]:
    """What its posyandu come to; those on no list only where there are some."""
    count = roster.totals
    counts = (
        ("posyandu ditunggu", count.expected),
        (sent(roster), count.received),
        (MISSING, count.missing),
        ("terlambat", count.late),
    )
    return (*counts, (UNLISTED, count.unlisted)) if count.unlisted else counts


def post_counts(roster: Roster) -> tuple[tuple[str, int], ...]:
    """What its posts come to: all of them, then the piles that add up to them."""
    count = roster.totals
    return (
        ("postingan", count.posts),
        (Pile.UNCHECKED.value, count.unchecked),
        (Pile.CLEAN.value, count.clean),
        (Pile.EYES.value, count.eyes),
        (Pile.RETURNED.value, count.returned),
        (Pile.APPROVED.value, count.approved),
    )


def remark(group: Group) -> str:
    """What a posyandu's numbers do not say: that it sent nothing, or stands on no list."""
    if group.unit is None:
        return ""
    told = []
    if group.missing:
        told.append(f"{MISSING}, terlambat" if group.count.late else MISSING)
    elif not group.unit.expected:
        told.append(UNLISTED)
    if group.unit.broken:
        told.append(f"({BROKEN})")
    return " ".join(told)


def title_of(row: Row) -> str:
    """What a post is called."""
    return row.title or "(tanpa judul)"


def moment(row: Row) -> tuple[str, str]:
    """The day and the time with its zone."""
    return short_date(row.date), f"{clock(row.time)} {row.zone}"


def kind(row: Row) -> str:
    """What kind of post it is and what it is about."""
    return f"{row.pillar.label} · {row.bidang.label}"


def channels(row: Row) -> str:
    """Where it goes."""
    return ", ".join(row.channels)


def worst(row: Row) -> str:
    """The worst finding; a word that nobody knows says that nothing was checked."""
    return WORST.get(row.worst, UNCHECKED)


def reason(row: Row) -> str:
    """What has to be looked at, by the code of its worst finding; "" when nothing has."""
    look = row.checked and not row.fine and row.codes
    return row.codes[0].replace("-", " ") if look else ""


def unchecked_sentence(roster: Roster) -> str:
    """How many posts nobody has checked, and how they get checked; "" when all are."""
    left = roster.totals.unchecked
    if not left:
        return ""
    return f"{left} postingan belum diperiksa. Tambahkan --check untuk memeriksanya."
