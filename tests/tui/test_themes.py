"""Every look can be read: contrast of each pair of text and ground, by the rule of WCAG 2."""

from __future__ import annotations

from itertools import product

import pytest
from textual.color import Color

from content_kit.picture.contrast import ratio
from content_kit.tui.themes import THEMES

TEXTS = (
    "foreground", "foreground-muted", "primary", "secondary", "accent", "warning", "error",
    "success",
)  # fmt: skip
GROUNDS = ("background", "surface", "panel", "chosen")


def colour(look: str, name: str) -> tuple[int, int, int]:
    """A colour of a look; `chosen` is the line under the cursor, a quarter of the accent."""
    theme = THEMES[look][0]
    if name == "chosen":
        ground, over = (Color.parse(getattr(theme, n)) for n in ("background", "primary"))
        return ground.blend(over, 0.25).rgb
    found = theme.variables.get(name) or getattr(theme, name)
    return Color.parse(found).rgb


@pytest.mark.parametrize("look", THEMES)
def test_words_stand_out_from_their_ground(look: str) -> None:
    weak = [
        f"{text} on {ground}: {found:.2f}"
        for text, ground in product(TEXTS, GROUNDS)
        if (found := ratio(colour(look, text), colour(look, ground))) < 4.5
    ]
    assert not weak


@pytest.mark.parametrize("look", THEMES)
def test_tabs_and_tags_can_be_read_too(look: str) -> None:
    """The title bar and the letters of the pillars show the ground's colour on a strong one."""
    for ground in ("primary", "secondary", "accent", "warning", "success"):
        assert ratio(colour(look, "background"), colour(look, ground)) >= 4.5


def test_high_contrast_is_high() -> None:
    for text in TEXTS:
        assert ratio(colour("kontras-tinggi", text), (0, 0, 0)) >= 7


@pytest.mark.parametrize("look", THEMES)
def test_marks_of_states_differ_without_colour(look: str) -> None:
    from content_kit.review.life import Status
    from content_kit.tui.board import LETTERS

    assert len({status.mark for status in Status}) == len(Status)
    assert len(set(LETTERS.values())) == len(LETTERS)
