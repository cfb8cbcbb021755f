"""Each posyandu has a motif of its own: chosen, or one that follows from its id for good."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.context import build
from content_kit.model import Cloth
from content_kit.picture import motifs
from content_kit.specimen import POSYANDU, example_post
from tests.test_templates import template


@given(ids=st.text(min_size=1, max_size=40))
def test_who_chose_none_always_has_the_same(ids: str) -> None:
    one, again = (replace(POSYANDU, id=ids, name=name) for name in ("Posyandu A", "Posyandu B"))
    assert one.cloth is again.cloth


def test_ids_of_neighbours_are_spread_over_all_motifs() -> None:
    found = {replace(POSYANDU, id=f"tabalong-murung-pudak-{n}").cloth for n in range(60)}
    assert found == set(Cloth)


@pytest.mark.parametrize("cloth", Cloth)
def test_a_chosen_motif_is_what_templates_are_told_and_can_be_drawn(cloth: Cloth) -> None:
    chosen = replace(POSYANDU, motif=cloth)
    post = example_post(template("satu-pesan"), {})
    told = build(post, chosen, None, services={})["posyandu"]
    assert isinstance(told, dict)
    assert told["motif"] == cloth.value
    assert motifs.tile(cloth.value, 64).getbbox()
