"""The line that says a month is not empty but cannot be read: which posyandu, which file, what to do."""

from __future__ import annotations

from textual.content import Content

from content_kit.planning.desk import unreadable
from content_kit.tui.board import Board
from content_kit.tui.naming import short_unit
from content_kit.tui.view import View
from content_kit.tui.widgets.lines import plain


def broken_line(board: Board, view: View | None) -> Content | None:
    """What is wrong with the files of a month that is shown; None when all can be read."""
    found = unreadable(board.general, view.month) if view is not None else {}
    here = [unit for unit in found if view is not None and unit in view.units]
    if not here:
        return None
    place = found[here[0]].place
    names = ", ".join(short_unit(board.loaded, unit) for unit in here[:2])
    more = f" dan {len(here) - 2} lagi" if len(here) > 2 else ""
    where = "/".join(place.file.split("/")[1:]) + (f" baris {place.line}" if place.line else "")
    return plain(f"! {names}{more} tidak terbaca: {where}. 3: Perbaikan", "bold $error")
