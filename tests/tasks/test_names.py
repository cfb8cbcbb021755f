"""What a kader typed in a hurry is offered in its proper spelling, and a known desa brings its code."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content_kit.files.regions import Regions
from content_kit.start import NewPerson, NewPosyandu
from content_kit.tasks.names import in_region, located, printed, proposals, spelled

REGIONS = Regions(
    {
        "63": "Kalimantan Selatan", "63.03": "Kabupaten Banjar", "63.71": "Kota Banjarmasin",
        "63.03.14": "Martapura Barat", "63.03.14.2004": "Sungai Rangas",
        "63.71.02": "Banjarmasin Timur", "63.71.02.1008": "Pekapuran Raya",
        "91": "Papua", "91.71": "Kota Jayapura", "91.71.02": "Abepura", "91.71.02.1001": "Asano",
    }
)  # fmt: skip
HASTY = NewPosyandu(
    name="melati 2",
    village="sungai rangas",
    district="martapura barat",
    regency="kab banjar",
    zone="WIB",
    rule="selasa ke-2",
    hours="08.00-11.00",
    place="rumah bu rt 03",
    people=(NewPerson("rina"), NewPerson("Hendra", "kim"), NewPerson("hj siti, s.keb")),
)
PROPER = {
    "name": "Posyandu Melati 2",
    "village": "Desa Sungai Rangas",
    "district": "Kecamatan Martapura Barat",
    "regency": "Kabupaten Banjar",
    "place": "Rumah Bu RT 03",
    "person-0": "Rina",
    "person-2": "Hj. Siti, S.Keb.",
}


@pytest.mark.parametrize("regions", [REGIONS, None], ids=["list", "no list"])
def test_every_name_has_its_proposal(regions: Regions | None) -> None:
    assert proposals(HASTY, regions) == PROPER


def test_what_is_accepted_needs_no_proposal_any_more() -> None:
    new = spelled(HASTY, REGIONS)
    assert proposals(new, REGIONS) == {}
    assert [person.name for person in new.people] == ["Rina", "Hendra", "Hj. Siti, S.Keb."]
    assert new.people[1].role == "kim"


def test_the_list_knows_a_kelurahan_and_a_kota() -> None:
    typed = replace(HASTY, village="PEKAPURAN RAYA", district="", regency="banjarmasin")
    better = proposals(typed, REGIONS)
    assert (better["village"], better["regency"]) == (
        "Kelurahan Pekapuran Raya",
        "Kota Banjarmasin",
    )
    assert proposals(typed)["village"] == "Desa Pekapuran Raya"


def test_typed_names_mean_one_region_or_none() -> None:
    found = located(HASTY, REGIONS)
    assert found is not None
    assert in_region(HASTY, found) == replace(
        HASTY,
        village="Desa Sungai Rangas",
        district="Kecamatan Martapura Barat",
        regency="Kabupaten Banjar",
        region_code="63.03.14.2004",
        zone="WITA",
    )
    assert located(replace(HASTY, village="entah"), REGIONS) is None
    assert located(replace(HASTY, village=""), REGIONS) is None
    assert located(replace(HASTY, village="asano", district="", regency=""), REGIONS) is not None


def test_what_will_be_printed_is_what_stands_there() -> None:
    assert printed("name", HASTY) == "melati 2"
    assert printed("place", HASTY) == "rumah bu rt 03, sungai rangas"
    assert printed("place", replace(HASTY, place="")) == ""
