"""The sample of what is approved together: nobody chooses it, and everybody can draw it again."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, time
from hashlib import sha256
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from content_kit.model import Bidang, Pillar
from content_kit.roster.lots import seed_for, used
from content_kit.roster.unchanged import LEAST, sample
from content_kit.roster.view import Row


def rows(number: int) -> list[Row]:
    return [
        Row(
            f"u{n % 7}", f"p{n}", date(2026, 12, 1), time(9), "WITA", (), Pillar.EDUKASI,
            Bidang.KESEHATAN, "", seal=sha256(str(n).encode()).hexdigest(),
        )
        for n in range(number)
    ]  # fmt: skip


@given(st.integers(0, 300), st.text(max_size=20))
def test_a_sample_is_a_share_and_at_least_a_few(number: int, seed: str) -> None:
    every = rows(number)
    found = sample(every, seed, share=0.05, least=LEAST)
    assert len(found) == min(number, max(LEAST, -(-number // 20)))
    assert set(found) <= set(every)
    assert sorted(found, key=every.index) == list(found)


@given(st.permutations(rows(40)))
def test_the_same_seed_draws_the_same_whatever_the_order(shuffled: list[Row]) -> None:
    assert set(sample(shuffled, "benih")) == set(sample(rows(40), "benih"))


@given(st.integers(0, 39))
def test_what_is_returned_leaves_the_rest_of_the_sample(gone: int) -> None:
    before = sample(rows(40), "benih")
    rest = [row for number, row in enumerate(rows(40)) if number != gone]
    kept = [row for row in before if row in rest]
    assert set(kept) <= set(sample(rest, "benih"))


def test_every_row_can_be_drawn_and_a_change_draws_another_lot() -> None:
    every = rows(40)
    assert {row for seed in range(400) for row in sample(every, str(seed))} == set(every)
    changed = [replace(row, seal="f" * 64) for row in every]
    drawn = [[row.post for row in sample(some, "benih")] for some in (every, changed)]
    assert drawn[0] != drawn[1]


def test_a_seed_stands_until_it_is_used(tmp_path: Path) -> None:
    file, chance = tmp_path / "sampel.json", random.Random(1)
    first = seed_for(file, tmp_path, "2026-12", "Rina", chance)
    assert seed_for(file, tmp_path, "2026-12", "rina", chance) == first
    assert seed_for(file, tmp_path, "2027-01", "Rina", chance) != first
    assert seed_for(file, tmp_path, "2026-12", "Hendra", chance) != first
    used(file, tmp_path, "2026-12", "Rina")
    assert seed_for(file, tmp_path, "2026-12", "Rina", chance) != first


def test_a_strange_file_of_seeds_is_none(tmp_path: Path) -> None:
    file = tmp_path / "sampel.json"
    for text in ("", "[1]", '{"x": "../.."}', "\0", "[" * 100_000):
        file.write_text(text, encoding="utf-8")
        assert len(seed_for(file, tmp_path, "2026-12", "Rina", random.Random(2))) == 16
