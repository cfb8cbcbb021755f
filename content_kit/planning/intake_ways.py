"""How somebody goes on with a table, in the words of the place where they sit: a command or a screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Ways:
    """What to press or to type: `take_all` also takes what is hidden, `answers` speak for a column.

    `check` shows what is wrong with a posyandu, `example` is where an empty table comes from.
    """

    take_all: str
    answers: Mapping[str, str]
    check: str
    example: str

    def answer(self, *columns: str) -> str:
        """How these columns are answered once for all rows, "" when they cannot be."""
        found = dict.fromkeys(self.answers[name] for name in columns if name in self.answers)
        return f", atau jawab sekali untuk semua: {', '.join(found)}" if found else ""


COMMAND: Final = Ways(
    take_all="--all-rows",
    answers=MappingProxyType(
        {
            "kecamatan": "--district", "kabupaten": "--regency", "zona": "--zone",
            "layanan": "--services", "sasaran": "--audience", "bawa": "--bring",
        }
    ),
    check="content-kit check",
    example="content-kit export xlsx --blank",
)  # fmt: skip
SCREEN: Final = Ways(
    take_all="tekan h",
    answers=MappingProxyType(dict.fromkeys(COMMAND.answers, "tekan j")),
    check="layar Perbaikan (tombol 3)",
    example="Tukar (tombol x di Beranda)",
)
