"""Names come from life: whatever a posyandu, a desa and a place are called, every picture goes out."""

from __future__ import annotations

from datetime import time

import pytest

from content_kit.files.regions import Regions
from content_kit.model import Hours
from content_kit.picture.scene import TextItem, walk
from tests.names import DRAWN, MORNING, PLACES, Case, changes, studio

PERSON = {"nama": "Hj. Siti Rahmawati Nur Aisyiyah, S.Tr.Keb., M.Kes."}
LONG_NAME = "Posyandu Melati Indah Permai Sejahtera 2"

TRICKY = (
    "Kelurahan Pekapuran Raya",
    "Kelurahan Bakungtemenggungan",
    "Desa Padang Kandang Pulau Air Padang Bintungan",
    "Kelurahan Sibarani Nasampulu/Namungkup",
    "Desa N-4 Aek Nabara",
    "Desa Sihare'o III Bawosalo'o Berua",
    "Desa Q",
)


def _cases(village: str, place: str, number: int) -> list[tuple[str, Case]]:
    """Ordinary and hard pictures of one village: services, hours, changes, long texts of the post."""
    hours = (MORNING, Hours(time(8), None), Hours(time(13, 30), time(16, 30)))[number % 3]
    example = ("biasa", "panjang", "pendek")[number % 3]
    plain = Case(f"Posyandu Melati {number % 9}", village, place, number % 7, hours, None, example)
    moved = list(changes(PLACES[number % len(PLACES)]).values())[number % 6]
    change = Case(plain.name, village, place, 6 - number % 7, hours, moved, example)
    named = Case(LONG_NAME, village, place, example=example)
    return [
        ("jadwal-kartu", plain),
        ("jadwal-kartu", change),
        ("jadwal-berubah", change),
        ("jadwal-tiket", plain),
        ("jadwal-tiket", change),
        ("hitung-mundur", plain),
        ("hitung-mundur", change),
        ("jadwal-bulan", plain),
        ("jadwal-bulan", change),
        (DRAWN[number % len(DRAWN)], named),
        ("edukasi-langkah", named),
        ("kader-apresiasi", named),
    ]


def _wrong(template: str, case: Case, *, tight: bool = False) -> list[str]:
    isi = PERSON if template == "kader-apresiasi" else None
    return [
        f"{template} {format} {safe}: {finding.message} ({finding.place.field})"
        for format, safe, finding in studio().wrong(template, case, isi, tight=tight)
    ]


@pytest.mark.parametrize("village", TRICKY)
def test_a_tricky_name_goes_out_on_every_template(village: str) -> None:
    number = TRICKY.index(village) * 3
    for template, case in _cases(village, max(PLACES, key=len), number):
        assert _wrong(template, case) == []


@pytest.mark.parametrize("place", PLACES)
def test_a_place_goes_out_with_any_number_of_services(place: str) -> None:
    number = PLACES.index(place)
    case = Case("Posyandu Mawar", TRICKY[number % len(TRICKY)], place, services=number % 7)
    assert _wrong("jadwal-kartu", case) == []


@pytest.mark.parametrize("what", changes(""))
def test_every_change_goes_out_with_the_longest_names(what: str) -> None:
    longest = sorted(PLACES, key=len)
    change = changes(longest[-1])[what]
    for example in ("pendek", "biasa", "panjang"):
        case = Case(LONG_NAME, TRICKY[2], longest[-2], 6, change=change, example=example)
        assert _wrong("jadwal-berubah", case) == []
        assert _wrong("jadwal-kartu", case) == []


def test_no_letter_of_a_name_is_lost() -> None:
    case = Case("Posyandu Melati 2", "Kelurahan Bakungtemenggungan", PLACES[3], 6)
    for format, _, scene in studio().scenes("jadwal-kartu", case):
        lines = [item.text for item in walk(scene.items) if isinstance(item, TextItem)]
        told = " ".join(lines).replace("- ", "").replace("Gg.", "Gang").casefold()
        for word in (*PLACES[3].split(), "bakungtemenggungan"):
            assert word.casefold() in told, (format, word, lines)


def test_an_endless_name_is_told_of_the_field_of_the_posyandu() -> None:
    case = Case("Posyandu Melati", "Desa Contoh", "Rumah Ibu Rusmawati " * 40)
    found = studio().wrong("jadwal-kartu", case)
    assert {finding.place.field for *_, finding in found} == {"acara.tempat"}


# Every village of South Kalimantan, and the longest of the country


def _villages() -> list[str]:
    regions = Regions.load()
    found = [region.village for code in regions.names if (region := regions.get(code))]
    home = [
        region.village
        for code in regions.names
        if code.startswith("63.") and (region := regions.get(code)) and region.village
    ]
    longest = sorted(filter(None, found), key=lambda name: (-len(name), name))[:200]
    words = sorted(filter(None, found), key=lambda name: (-max(map(len, name.split())), name))[:100]
    return [*dict.fromkeys([*longest, *words, *home])]


@pytest.mark.slow
def test_every_village_of_the_list_goes_out() -> None:
    for number, village in enumerate(_villages()):
        cases = _cases(village, PLACES[number % len(PLACES)], number)
        template, case = cases[number % len(cases)]
        assert _wrong(template, case, tight=True) == [], village
