"""What the announcement of a changed service day says, in words that name no date."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import product
from typing import Final

from content_kit.files.sandbox import join_words
from content_kit.model import Change, Occurrence
from content_kit.schedule.difference import Aspect

BACK: Final = "Kembali ke jadwal semula, ya."
SAME_DAY: Final = "Harinya kembali ke semula."
"""What is said of a day that is as its rule says again, or at least on its date again."""

_NAME_MAX: Final = 18
"""Characters of a service day's name that the title of an announcement holds, of 60 in all."""
_MESSAGE_MAX: Final = 70


def words(
    after: Occurrence,
    different: Collection[Aspect] | None = None,
    *,
    again: bool = False,
    several: bool = False,
) -> tuple[str, str]:
    """Title and message of an announcement; they name no date, so a later change leaves them true.

    `different` is what is not as people have it in mind; left out, what the change itself names.
    A posyandu with `several` service days says which of them is meant: two may share a day.
    """
    found = _named(after) if different is None else [*different]
    name = after.name if several and len(after.name) <= _NAME_MAX else "hari buka"
    name = f"{name[0].lower()}{name[1:]}"
    message = f"{join_words(list(after.bring))} tetap dibawa, ya." if after.bring else ""
    if after.cancelled:
        title, message = f"mohon maaf, {name} kali ini batal.", ""
    elif Aspect.HOME in found:
        title, message = _at_home([each.value for each in found if each is not Aspect.HOME]), ""
    else:
        title = _moved([each.value for each in found], name if several else "")
    if again:
        title = f"Berubah lagi: {title.removeprefix('mohon maaf, ')}"
    title = f"{title[0].upper()}{title[1:]}"
    return title, message if len(message) <= _MESSAGE_MAX else ""


def possible(day: Occurrence) -> Iterator[tuple[str, str]]:
    """Every title and message that `words` has for this service day, whatever becomes of it."""
    off = replace(day, change=Change(day.original, cancelled=True))
    on = replace(day, change=None)
    place: tuple[Aspect | None, ...] = (None, Aspect.PLACE, Aspect.HOME)
    for again, several in product((False, True), repeat=2):
        yield words(off, again=again, several=several)
        for each in product((None, Aspect.DAY), (None, Aspect.HOURS), place):
            found = [aspect for aspect in each if aspect]
            yield words(on, found, again=again, several=several)
    yield SAME_DAY, ""
    yield SAME_DAY, words(on, [])[1]


def _named(after: Occurrence) -> list[Aspect]:
    """What the change of a day names."""
    change = after.change
    if change is None:
        return []
    named = (
        (Aspect.DAY, after.date != after.original),
        (Aspect.HOURS, change.hours),
        (Aspect.PLACE, change.place),
        (Aspect.HOME, change.home_visit and not change.place),
    )
    return [aspect for aspect, there in named if there]


def _at_home(others: list[str]) -> str:
    if not others:
        return "kali ini cukup tunggu di rumah, ya."
    return f"{join_words(others)}nya berubah; kader yang datang ke rumah."


def _moved(found: list[str], name: str) -> str:
    """`name` is said of a day that moved, when a posyandu has several service days."""
    if not found:
        return BACK
    if found == ["tempat"]:
        return "tempatnya pindah. Sampai jumpa di sana!"
    if found == ["jam"]:
        return "jamnya ganti. Catat, ya!"
    if name:
        return f"mohon maaf, {name} pindah {join_words(found)}!"
    return f"mohon maaf, {join_words(found)}nya pindah. Catat, ya!"
