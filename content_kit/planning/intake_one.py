"""The rows of a table that concern one posyandu, for whoever takes in just that one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from content_kit.model import Posyandu
from content_kit.planning.intake_match import Register, Who
from content_kit.planning.intake_people import SEVERAL
from content_kit.planning.intake_rows import Line

_PLACES: Final = ("desa", "kecamatan", "kabupaten")
_NAMED_IN: Final = {"posts": "unit", "posyandu": "nama", "people": "posyandu"}
"""The column in which each kind of table names a posyandu."""


def of_unit(
    posyandu: Mapping[str, Posyandu], kind: str, lines: Sequence[Line], unit: str
) -> list[Line]:
    """The rows that may mean a posyandu, by its folder or its name and places.

    A row that names none stays: it is asked about, whoever's it is.
    """
    register = Register(posyandu)
    found: list[Line] = []
    mine = False
    for line in lines:
        if kind != "posyandu" or line.begins or line.text("unit"):
            mine = _may_mean(posyandu, register, kind, line, unit)
        if mine:  # a further service day belongs to the row above
            found.append(line)
    return found


def _may_mean(
    posyandu: Mapping[str, Posyandu], register: Register, kind: str, line: Line, unit: str
) -> bool:
    said = (line.text("unit") if kind == "posyandu" else "") or line.raw(_NAMED_IN[kind])
    places = [line.text(name) for name in _PLACES]
    names = SEVERAL.split(said) if kind == "people" else [said]
    for name in filter(None, map(str.strip, names)):
        if name in posyandu:
            if name == unit:
                return True
        elif unit in register.meant(Who(name, *places)):
            return True
    return not said
