"""Names are shortened as letterheads do, and break where one speaks anew; no letter is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.picture.names import shortened, split
from content_kit.picture.text import Metrics, measure

SIZE = 1_000
EM = 600
"""The width of one letter of the fake typeface at SIZE."""


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Kelurahan Pekapuran Raya", "Kel. Pekapuran Raya"),
        ("POSYANDU MAWAR · KELURAHAN MAWAR", "POSYANDU MAWAR · KEL. MAWAR"),
        ("Balai, Kecamatan Mawar", "Balai, Kec. Mawar"),
        ("Rumah Hajah Siti, Gang Mawar", "Rumah Hj. Siti, Gg. Mawar"),
        ("Aula Kelurahan", "Aula Kelurahan"),
        ("Desa\u00a0Contoh", "Desa Contoh"),
    ],
)
def test_a_name_has_the_short_forms_of_a_letterhead(name: str, short: str) -> None:
    assert shortened(name) == short


@pytest.mark.parametrize(
    ("name", "letters", "lines"),
    [
        ("Bakungtemenggungan", 15, ["Bakungte-", "menggungan"]),
        ("Nasampulu/Namungkup", 15, ["Nasampulu/", "Namungkup"]),
        ("Kel. Bakungtemenggungan", 15, ["Kel. Bakungte-", "menggungan"]),
        ("08.00–selesai WITA", 16, ["08.00–selesai", "WITA"]),
        ("08.00–11.00", 8, ["08.00–", "11.00"]),
        ("RW 021", 3, ["RW", "021"]),
    ],
)
def test_a_word_that_is_too_wide_breaks_where_one_speaks_anew(
    mono: Metrics, name: str, letters: int, lines: list[str]
) -> None:
    assert split(measure(name, mono, 500), SIZE, letters * EM).split("\n") == lines


@given(
    name=st.lists(
        st.sampled_from(
            ["Bakungtemenggungan", "Desa", "RT", "03", "Nasampulu/Namungkup", "08.00–selesai"]
        ),
        min_size=1,
        max_size=6,
    ).map(" ".join),
    letters=st.integers(4, 40),
)
def test_breaking_inside_words_loses_no_letter_and_no_number_breaks(
    mono: Metrics, name: str, letters: int
) -> None:
    broken = split(measure(name, mono, 500), SIZE, letters * EM)
    joined = broken.replace("-\n", "").replace("/\n", "/").replace("–\n", "–")
    assert "".join(joined.split()) == "".join(name.split())
    for word in broken.split():
        digits = any(char.isdigit() for char in word)
        assert digits or len(word) <= letters or len(word) <= 3
