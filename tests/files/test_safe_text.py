"""Text from files neither steers a terminal nor hides, and emoji stay out of the picture."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.files.safe_text import normal, shown, without_emoji


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Posyandu Melati · 08.00–11.00", "Posyandu Melati · 08.00–11.00"),
        ("\x1b[31mmerah", "<U+001B>[31mmerah"),
        ("\x1b]52;c;aGk=\x07", "<U+001B>]52;c;aGk=<U+0007>"),
        ("\x9b31m", "<U+009B>31m"),
        ("a\u202eb", "a<U+202E>b"),
        ("a\u2066b\u2069", "a<U+2066>b<U+2069>"),
        ("a\u200bb\ufeff", "a<U+200B>b<U+FEFF>"),
        ("a\U000e0041b", "a<U+E0041>b"),
        ("a\rb", "a<U+000D>b"),
        ("[@click=app.quit]x[/]", "[@click=app.quit]x[/]"),
        ("👩‍👧", "👩‍👧"),
        ("\ud800", "<U+D800>"),
    ],
)
def test_what_steers_or_hides_is_written_out(text: str, told: str) -> None:
    assert shown(text) == told


def test_a_log_line_cannot_be_forged() -> None:
    assert shown("a\nERROR b") == "a<U+000A>ERROR b"
    assert shown("a\n\tb", lines=True) == "a\n\tb"


@given(st.text())
def test_nothing_shown_is_a_control_character(text: str) -> None:
    told = shown(text)
    assert not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in told)
    assert shown(told) == told


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("𝗣𝗼𝘀𝘆𝗮𝗻𝗱𝘂", "Posyandu"),
        ("𝓑𝓪𝓵𝓲𝓽𝓪 ℬ", "Balita B"),
        ("ＡＢＣ１２３", "ABC123"),
        ("Ⓘⓜⓤⓝ", "Imun"),
        ("ﬁlm", "film"),
        ("½ sendok, 36,5 °C, 10 m²", "½ sendok, 36,5 °C, 10 m²"),
        ("37℃ ™", "37℃ ™"),
        ("😀👍🏽❤️", "😀👍🏽❤️"),
        ("a\u00a0b\u2009c\u3000d", "a b c d"),
        ("a\u200bb\u202ec\u00add", "abcd"),
        ("a\r\nb", "a\nb"),
        ("e\u0301", "é"),
    ],
)
def test_pasted_letters_become_letters(text: str, plain: str) -> None:
    assert normal(text) == plain


@given(st.text())
def test_normal_text_is_normal_already(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@pytest.mark.parametrize(
    ("text", "kept", "dropped"),
    [
        ("Ayo datang!", "Ayo datang!", ()),
        ("Ayo 🎉 datang 👍🏽!", "Ayo datang!", ("🎉", "👍🏽")),
        ("❤️ Ibu", "Ibu", ("❤️",)),
        ("Ibu 👩‍👧‍👦", "Ibu", ("👩‍👧‍👦",)),
        ("1️⃣ Timbang", "Timbang", ("1️⃣",)),
        ("🇮🇩 Merdeka", "Merdeka", ("🇮", "🇩")),
        ("a 😀😀 b", "a b", ("😀", "😀")),
        ("a😀b", "ab", ("😀",)),
        ("baris 🎉\n☎ 0812", "baris\n0812", ("🎉", "☎")),
        ("½ · 100 % → ° ² © ✓ * # 5", "½ · 100 % → ° ² © ✓ * # 5", ()),
        ("😀", "", ("😀",)),
    ],
)
def test_emoji_leave_the_picture(text: str, kept: str, dropped: tuple[str, ...]) -> None:
    assert without_emoji(text) == (kept, dropped)


@given(st.text(alphabet=st.sampled_from("ab 😀👍❤\ufe0f\u200d1\u20e3🏽🇮\n.,")))
def test_no_emoji_is_left_and_letters_stay(text: str) -> None:
    kept, _ = without_emoji(text)
    assert not set(kept) & set("😀👍🏽🇮")
    letters = [char for char in kept if char in "ab"]
    assert letters == [char for char in text if char in "ab"]
