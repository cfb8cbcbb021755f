"""Regions are found as people write them, and the list agrees with itself."""

from __future__ import annotations

import pytest

from content_kit.files.regions import Region, Regions, zone_of
from content_kit.files.spelling import Level
from content_kit.model import Zone


@pytest.fixture(scope="module")
def country() -> Regions:
    return Regions.load()


@pytest.fixture(scope="module")
def regions(country: Regions) -> Regions:
    """South Kalimantan, and what shares names with it."""
    parts = ("63", "32.79", "32.04", "32.73", "91.71")
    return Regions(
        {
            code: name
            for code, name in country.names.items()
            if code.startswith(parts) or code in ("32", "91")
        }
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("sungai rangas", "Desa Sungai Rangas · Kec. Martapura Barat"),
        ("SUNGAI RAN", "Desa Sungai Rangas · Kec. Martapura Barat"),
        ("sei rangas", "Desa Sungai Rangas · Kec. Martapura Barat"),
        ("sungairangas", "Desa Sungai Rangas · Kec. Martapura Barat"),
        ("desa sungai ranggas", "Desa Sungai Rangas · Kec. Martapura Barat"),
        ("sngai rangas", "Desa Sungai Rangas · Kec. Martapura Barat"),
        ("sunagi rangas", "Desa Sungai Rangas · Kec. Martapura Barat"),
        ("rangas tengah", "Desa Sungai Rangas Tengah · Kec. Martapura Barat"),
        ("rangas hambuku martapura barat", "Desa Sungai Rangas Hambuku · Kec. Martapura Barat"),
        ("kel. pekapuran raya", "Kelurahan Pekapuran Raya · Kec. Banjarmasin Timur"),
        ("pekapuran banjarmasin timur", "Kelurahan Pekapuran Raya · Kec. Banjarmasin Timur"),
        ("murung a", "Desa Murung A · Kec. Batu Benawa"),
        ("Murung A.", "Desa Murung A · Kec. Batu Benawa"),
    ],
)
def test_a_few_letters_find_a_village(regions: Regions, words: str, told: str) -> None:
    found = regions.find(words, near="63.03")
    assert str(found[0]).startswith(told), [str(region) for region in found]


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("banjar", ["Kota Banjar", "Kabupaten Banjar", "Kota Banjarbaru", "Kota Banjarmasin"]),
        ("kab. banjar", ["Kabupaten Banjar"]),
        ("kota banjar", ["Kota Banjar", "Kota Banjarbaru", "Kota Banjarmasin"]),
        ("kota baru", ["Kabupaten Kotabaru"]),
        ("hss", ["Kabupaten Hulu Sungai Selatan"]),
        ("banjar masin", ["Kota Banjarmasin"]),
        ("banjarmsin", ["Kota Banjarmasin"]),
    ],
)
def test_a_few_letters_find_a_kabupaten(regions: Regions, words: str, titles: list[str]) -> None:
    assert [region.title for region in regions.find(words, "kabupaten")] == titles


@pytest.mark.parametrize("words", ["", "s", "desa", "kel.", "??", "zzzzqqq"])
def test_too_little_finds_nothing(regions: Regions, words: str) -> None:
    assert regions.find(words) == []


def test_neighbours_come_first(regions: Regions) -> None:
    home = regions.meant("", "Kertak Hanyar", "Banjar")[0]
    assert regions.find("kertak", "kecamatan", near=home.code)[0] == home
    near = regions.find("sungai", near="63.08")
    assert all(region.regency == "Kabupaten Hulu Sungai Utara" for region in near)


def test_a_region_says_all_that_is_known_of_it(regions: Regions) -> None:
    (village,) = regions.find("pekapuran raya")
    assert village == Region(
        "63.71.02.1008",
        "Kelurahan Pekapuran Raya",
        "Kecamatan Banjarmasin Timur",
        "Kota Banjarmasin",
        "Kalimantan Selatan",
    )
    assert regions.get(village.code) == village
    assert village.zone is Zone.WITA
    assert str(village) == "Kelurahan Pekapuran Raya · Kec. Banjarmasin Timur · Kota Banjarmasin"
    district = regions.get("91.71.02")
    assert district is not None and district.title.startswith("Distrik ")
    assert regions.get("99.01") is None
    assert regions.get("63") is None


@pytest.mark.parametrize(
    ("typed", "level", "proper"),
    [
        ("sungai rangas", "desa", "Desa Sungai Rangas"),
        ("PEKAPURAN RAYA", "desa", "Kelurahan Pekapuran Raya"),
        ("kel pekapuran raya", "desa", "Kelurahan Pekapuran Raya"),
        ("desa pekapuran raya", "desa", "Kelurahan Pekapuran Raya"),
        ("sei rangas", "desa", "Desa Sungai Rangas"),
        ("banjar", "kabupaten", "Kabupaten Banjar"),
        ("kota banjar", "kabupaten", "Kota Banjar"),
        ("KAB. BANJAR", "kabupaten", "Kabupaten Banjar"),
        ("banjarmasin", "kabupaten", "Kota Banjarmasin"),
        ("kota baru", "kabupaten", "Kabupaten Kotabaru"),
        ("martapura barat", "kecamatan", "Kecamatan Martapura Barat"),
        ("abepura", "kecamatan", "Distrik Abepura"),
        ("dusun yang tidak ada", "desa", "Desa Dusun yang Tidak Ada"),
        ("", "desa", ""),
    ],
)
def test_the_spelling_of_the_list(regions: Regions, typed: str, level: Level, proper: str) -> None:
    assert regions.spelled(typed, level) == proper


@pytest.mark.parametrize(
    ("typed", "level", "proper"),
    [
        ("kab banjar", "kabupaten", "Kabupaten Banjar"),
        ("martapura barat", "kecamatan", "Kecamatan Martapura Barat"),
        ("sungai baru jadi", "desa", "Desa Sungai Baru Jadi"),
    ],
)
def test_a_level_is_spelled_by_itself_and_what_is_above_it(
    regions: Regions, typed: str, level: Level, proper: str
) -> None:
    """Of a desa that the list does not have yet nothing is put in the place of its kabupaten."""
    said = regions.spelled(typed, level, district="Martapura Barat", regency="Kab. Banjar")
    assert said == proper


def test_typed_names_mean_one_region_several_or_none(regions: Regions) -> None:
    one = regions.meant("sungai rangas", "Kec. Martapura Barat", "kab banjar")
    assert [region.title for region in one] == ["Desa Sungai Rangas"]
    assert len(regions.meant("Sungai Rangas")) == 2
    assert regions.meant("Sungai Rangas", regency="Kota Banjarmasin") == ()
    assert regions.meant() == ()
    assert len(regions.meant(regency="Bandung")) == 2


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("11", Zone.WIB), ("36.71", Zone.WIB), ("61.01", Zone.WIB), ("62.03", Zone.WIB),
        ("51.01", Zone.WITA), ("53", Zone.WITA), ("63.71", Zone.WITA), ("65", Zone.WITA),
        ("76", Zone.WITA), ("81", Zone.WIT), ("96.01", Zone.WIT),
    ],
)  # fmt: skip
def test_the_zone_follows_the_province(code: str, zone: Zone) -> None:
    assert zone_of(code) is zone


def test_the_whole_country_is_there(country: Regions) -> None:
    dots = [code.count(".") for code in country.names]
    assert (dots.count(0), dots.count(1), dots.count(3)) == (38, 514, 83_762)


@pytest.mark.slow
def test_every_region_means_itself_and_is_spelled_as_it_is(country: Regions) -> None:
    for code in country.names:
        region = country.get(code)
        if region is None:
            continue
        meant = country.meant(region.village, region.district, region.regency)
        # Ten kecamatan have a kelurahan and a desa of one name: those two are a question.
        assert region in meant and len(meant) <= 2, region
