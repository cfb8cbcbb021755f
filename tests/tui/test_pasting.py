"""Pasted text: its control characters never act, its lines never run together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser
from textual.app import App, ComposeResult
from textual.widgets import Input

from content_kit.tui.pasting import Pastes, keep_pastes_harmless
from content_kit.tui.widgets.box import Box
from content_kit.tui.widgets.inputs import Line, Paragraph, harmless

START, END = "\x1b[200~", "\x1b[201~"


def pieces(text: str, cuts: list[int]) -> Iterator[str]:
    """A text as a terminal may send it: cut anywhere."""
    marks = [0, *sorted(cut % (len(text) + 1) for cut in cuts), len(text)]
    for start, end in pairwise(marks):
        yield text[start:end]


def test_what_ends_a_line_elsewhere_ends_one_here() -> None:
    assert (
        Pastes().cleaned(f"{START}Poin\x0bKader\x85kita{END}") == f"{START}Poin\nKader\nkita{END}"
    )
    assert harmless("Kader\u2028Kita\u2029Semua\rBaris") == "Kader\nKita\nSemua\nBaris"


def test_what_would_act_is_taken_out_of_a_paste_only() -> None:
    sent = f"\x1b[A{START}satu\x1b]0;x\x07dua\r\ntiga\x07{END}\x07\x1b[B"
    assert Pastes().cleaned(sent) == f"\x1b[A{START}satu]0;xdua\r\ntiga{END}\x07\x1b[B"


@given(
    st.lists(st.sampled_from(["a", "\x1b[A", "\x07", "\r", "é"]), max_size=5).map("".join),
    st.lists(st.sampled_from(["b", "\x1b", "[201", "\x07", "\n", "~"]), max_size=6).map("".join),
    st.lists(st.integers(0, 60), max_size=6),
)
def test_cut_anywhere_it_comes_out_the_same(keys: str, pasted: str, cuts: list[int]) -> None:
    sent = f"{keys}{START}{pasted}{END}{keys}"
    pastes = Pastes()
    assert "".join(map(pastes.cleaned, pieces(sent, cuts))) == Pastes().cleaned(sent)


def test_the_parser_sees_one_paste_and_no_key() -> None:
    keep_pastes_harmless()
    parser = XTermParser()
    sent = f"{START}Gratis\x1b]0;x\x07 ayo\x1b[201\x07 buka{END}"
    found = [event for piece in pieces(sent, [9, 20, 33]) for event in parser.feed(piece)]
    assert [type(event) for event in found] == [events.Paste]
    assert isinstance(found[0], events.Paste)
    assert found[0].text == "Gratis]0;x ayo[201 buka"


class Fields(App[None]):
    """A line, a paragraph, and the box of the small windows."""

    def compose(self) -> ComposeResult:
        yield Line("")
        yield Paragraph("")
        yield Box()


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
async def test_two_lines_become_one_with_a_space(end: str) -> None:
    app = Fields()
    async with app.run_test() as pilot:
        for kind in (Line, Box):
            field = app.query_one(kind)
            assert isinstance(field, Input)
            field.focus()
            await pilot.pause()
            field.post_message(events.Paste(f"baris satu{end}baris dua\x07"))
            await pilot.pause()
            assert field.value == "baris satu baris dua"
        paragraph = app.query_one(Paragraph)
        paragraph.post_message(events.Paste(f"baris satu{end}baris dua\x07"))
        await pilot.pause()
        assert paragraph.text == "baris satu\nbaris dua"


async def test_a_paste_takes_the_place_of_what_is_marked() -> None:
    app = Fields()
    async with app.run_test() as pilot:
        line = app.query_one(Line)
        line.value = "lama"
        line.focus()
        line.action_select_all()
        line.post_message(events.Paste("baru"))
        await pilot.pause()
        assert line.value == "baru"
        app.copy_to_clipboard("dua\nbaris")
        line.action_select_all()
        await pilot.press("ctrl+v")
        assert line.value == "dua baris"


async def test_ctrl_u_clears_a_title_that_wraps() -> None:
    app = Fields()
    async with app.run_test(size=(30, 10)) as pilot:
        paragraph = app.query_one(Paragraph)
        paragraph.focus()
        paragraph.say("Judul yang cukup panjang untuk mengisi dua baris layar, atau tiga")
        await pilot.pause()
        assert paragraph.wrapped_document.height > 1
        await pilot.press("ctrl+u")
        assert paragraph.text == ""


def test_line_ends_are_those_of_a_text() -> None:
    assert harmless("a\r\nb\rc\nd\te\x07") == "a\nb\nc\nd e"
