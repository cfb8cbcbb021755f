"""Help keeps keys and what they do apart, however narrow the window is."""

from __future__ import annotations

import pytest

from content_kit.tui.app import KitApp, Lazy
from content_kit.tui.screens.base import KitScreen, hanging


def test_what_follows_a_key_stays_right_of_it() -> None:
    told = "Judul.\n\ng  Buat gambar minggu ini, siap kirim\n← →  pilih hari dengan panah"
    assert hanging(told, 20).splitlines() == [
        "Judul.", "", "g  Buat gambar", "   minggu ini, siap", "   kirim", "← →  pilih hari", "     dengan panah",
    ]  # fmt: skip


@pytest.mark.parametrize("mode", KitApp.MODES)
def test_no_word_of_help_is_lost(mode: str) -> None:
    lazy = KitApp.MODES[mode]
    assert isinstance(lazy, Lazy)
    screen = lazy.load()
    assert issubclass(screen, KitScreen)
    told = hanging(screen.HELP, 40)
    assert told.split() == screen.HELP.split()
    assert max(map(len, told.splitlines())) <= 40
