"""What the announcement of a changed service day says, in words that name no date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

from content_kit.files.sandbox import join_words
from content_kit.model import Change, Occurrence

BACK: Final = "Kembali ke jadwal semula, ya."
SAME_DAY: Final = "Harinya kembali ke semula."
"""What is said of a day that is as its rule says again, or at least on its date again."""

_NAME_MAX: Final = 18
"""Characters of a service day's name that the title of an announcement holds, of 60 in all."""
_MESSAGE_MAX: Final = 70


def words(after: Occurrence, *, again: bool = False, several: bool = False) -> tuple[str, str]:
    """Title and message of an announcement; they name no date, so a later change leaves them true.

    A posyandu with `several` service days says which of them is meant: two may share a day.
    """
    name = after.name if several and len(after.name) <= _NAME_MAX else "hari buka"
    name = f"{name[0].lower()}{name[1:]}"
    if after.cancelled:
        title, message = f"Mohon maaf, {name} kali ini batal.", ""
    else:
        message = f"{join_words(list(after.bring))} tetap dibawa, ya." if after.bring else ""
        if after.change is None or after.change.empty:
            title = BACK
        elif after.date != after.original:
            what = f"{name} pindah hari" if several else "harinya pindah. Catat, ya"
            title = f"Mohon maaf, {what}!"
        elif after.change.home_visit:
            title, message = "Kali ini cukup tunggu di rumah, ya.", ""
        elif after.change.place:
            title = "Tempatnya pindah. Sampai jumpa di sana!"
        else:
            title = "Jamnya berubah. Catat, ya!"
    if again:
        title = f"Berubah lagi: {title[0].lower()}{title[1:]}"
    return title, message if len(message) <= _MESSAGE_MAX else ""


def possible(day: Occurrence) -> Iterator[tuple[str, str]]:
    """Every title and message that `words` has for this service day, whatever becomes of it."""
    on = day.original
    changes = (
        Change(on),
        Change(on, cancelled=True),
        Change(on, moved_to=on),
        Change(on, home_visit=True),
        Change(on, place="-"),
        Change(on, hours=day.hours),
    )
    for change in changes:
        moved = on + timedelta(days=bool(change.moved_to))
        for again in (False, True):
            for several in (False, True):
                yield words(replace(day, date=moved, change=change), again=again, several=several)
    yield SAME_DAY, ""
