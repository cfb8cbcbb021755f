"""Names as they will be printed: the spelling to propose for each, and the region that they mean."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from content_kit.context import full_place
from content_kit.files.regions import Region, Regions
from content_kit.files.spelling import proper_person, proper_place, proper_posyandu, proper_region
from content_kit.start import NewPosyandu

PERSON = "person-"
"""How the answers about people begin: person-0 is who sits here."""


def proposals(new: NewPosyandu, regions: Regions | None = None) -> dict[str, str]:
    """The proper spelling of the answers that are spelled otherwise, by the name of the answer.

    The names are those of `NewPosyandu` (name, village, district, regency, place) and person-0,
    person-1 …; with the list of regions a desa gets its own kind and official spelling.
    """
    said = {
        "name": (new.name, proper_posyandu(new.name)),
        "village": (new.village, _village(new, regions)),
        "district": (new.district, _district(new, regions)),
        "regency": (new.regency, _regency(new, regions)),
        "place": (new.place, proper_place(new.place)),
        **{
            f"{PERSON}{number}": (person.name, proper_person(person.name))
            for number, person in enumerate(new.people)
        },
    }
    return {answer: proper for answer, (typed, proper) in said.items() if proper != typed}


def spelled(new: NewPosyandu, regions: Regions | None = None) -> NewPosyandu:
    """The answers with every proposal accepted."""
    better = proposals(new, regions)
    words: dict[str, Any] = {
        answer: text for answer, text in better.items() if not answer.startswith(PERSON)
    }
    people = tuple(
        replace(person, name=better.get(f"{PERSON}{number}", person.name))
        for number, person in enumerate(new.people)
    )
    return replace(new, people=people, **words)


def printed(answer: str, new: NewPosyandu) -> str:
    """What pictures and captions will say of an answer as it stands; "" for one that is empty."""
    if answer == "place":
        return full_place(new.place, new.village) if new.place else ""
    return str(getattr(new, answer))


def located(new: NewPosyandu, regions: Regions) -> Region | None:
    """The one region that the typed names mean; None when they mean several, or one of no list."""
    if not new.village.strip():
        return None
    found = regions.meant(new.village, new.district, new.regency)
    return found[0] if len(found) == 1 else None


def in_region(new: NewPosyandu, region: Region) -> NewPosyandu:
    """The answers with a region that was chosen: its names, its code, its zone."""
    return replace(
        new,
        village=region.village or new.village,
        district=region.district or new.district,
        regency=region.regency,
        region_code=region.code,
        zone=region.zone.name,
    )


def _village(new: NewPosyandu, regions: Regions | None) -> str:
    if regions is None:
        return proper_region(new.village, "desa")
    return regions.spelled(new.village, "desa", district=new.district, regency=new.regency)


def _district(new: NewPosyandu, regions: Regions | None) -> str:
    if regions is None:
        return proper_region(new.district, "kecamatan")
    return regions.spelled(new.district, "kecamatan", regency=new.regency)


def _regency(new: NewPosyandu, regions: Regions | None) -> str:
    if regions is None:
        return proper_region(new.regency, "kabupaten")
    return regions.spelled(new.regency, "kabupaten")
