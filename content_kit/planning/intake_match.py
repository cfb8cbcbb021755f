"""Which posyandu a row of a table means: by name with desa, kecamatan and kabupaten, never by guess."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from content_kit.files.place_words import place_key, same_place
from content_kit.findings import clipped
from content_kit.model import Posyandu

_MOST: Final = 5
"""How many posyandu a question names."""
_WITH_DESA: Final = re.compile(
    r"(?P<name>.*?\w)[\s,(–-]+(?:desa|kelurahan|kel\.?|ds\.?)\s+(?P<village>[^()]+?)\)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Who:
    """A posyandu as a row names it; what the row does not say is empty."""

    name: str
    village: str = ""
    district: str = ""
    regency: str = ""

    def agrees(self, other: Who) -> bool:
        """Whether both can be the same one: no place of theirs contradicts the other's."""
        pairs = (
            (self.village, other.village),
            (self.district, other.district),
            (self.regency, other.regency),
        )
        return all(not a or not b or same_place(a, b) for a, b in pairs)

    def __str__(self) -> str:
        """With its desa: "Posyandu Melati, Desa Contoh"."""
        return ", ".join(word for word in (self.name, self.village) if word)


class Register:
    """The posyandu that a table may speak of: those of the workspace and those of earlier rows."""

    def __init__(self, posyandu: Mapping[str, Posyandu]) -> None:
        self._by_name: defaultdict[str, dict[str, Who]] = defaultdict(dict)
        for slug, unit in posyandu.items():
            self.add(slug, Who(unit.name, unit.village, unit.district, unit.regency))

    def add(self, slug: str, who: Who) -> None:
        """Know one more."""
        self._by_name[place_key(who.name)].setdefault(slug, who)

    def meant(self, who: Who) -> list[str]:
        """The folders of all that a row can mean, in their order; none is a new one.

        "Posyandu Melati Desa Contoh" in one cell names the desa too.
        """
        found = self._agreeing(who)
        apart = _WITH_DESA.fullmatch(who.name) if not found else None
        if apart and not who.village:
            inside = Who(apart["name"], apart["village"], who.district, who.regency)
            found = self._agreeing(inside)
        return found

    def question(self, who: Who, slugs: Sequence[str]) -> str:
        """What to ask when several fit."""
        known = {slug: one for many in self._by_name.values() for slug, one in many.items()}
        named = [_place(known[slug], slug) for slug in slugs]
        more = f" dan {len(named) - _MOST} lainnya" if len(named) > _MOST else ""
        return f'ada {len(slugs)} "{clipped(who.name)}": di {", ".join(named[:_MOST])}{more}.'

    def _agreeing(self, who: Who) -> list[str]:
        there = self._by_name.get(place_key(who.name), {})
        return [slug for slug, one in there.items() if who.agrees(one)]


def _place(one: Who, slug: str) -> str:
    return ", ".join(word for word in (one.village, one.district) if word) or slug
