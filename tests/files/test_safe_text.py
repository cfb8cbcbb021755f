"""Text from files neither steers a terminal nor hides, and emoji stay out of the picture."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.files.safe_text import drawn, normal, one_line, says, shown, without_emoji
from content_kit.picture.fonts import Fonts


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
        ("1️⃣ Timbang 2️⃣ Ukur", "1 Timbang 2 Ukur", ()),
        ("Melati 🌸, Desa", "Melati, Desa", ("🌸",)),
        ("“Semangat 💪”", "“Semangat”", ("💪",)),
        ("“💪 Semangat”", "“Semangat”", ("💪",)),
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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Poin\x0bKader\x0ckita", "Poin\nKader\nkita"),
        ("Kader\u2028Kita\u2029Semua\x85Baris", "Kader\nKita\nSemua\nBaris"),
        ("a\x1cb\x1dc\x1ed", "a\nb\nc\nd"),
        ("a\rb\r\nc", "a\nb\nc"),
        ("Teri\u200bma ka\u200csih\u200d ka\u00adder\ufeff", "Terima kasih kader"),
        ("\u202a+62 812-0000-0001\u202c", "+62 812-0000-0001"),
        ("A\ufe0fyo\ufe0e \u180bke\U000e0101 sini\ufffc", "Ayo ke sini"),
        ("halal\u200d\ufe0f", "halal"),
        ("☎\ufe0e 👩\u200d👧 ❤\ufe0f", "☎\ufe0e 👩\u200d👧 ❤\ufe0f"),
        ("anak\u2011anak \u2010 ya", "anak-anak - ya"),
        ("\uf0b7 Timbang \uf0d8 Ukur \uf0e0 pulang", "• Timbang • Ukur → pulang"),
        ("a\u2800b", "a b"),
    ],
)
def test_lines_end_and_what_hides_is_gone(text: str, words: str) -> None:
    assert normal(text) == words


@given(
    st.text(
        alphabet=st.sampled_from(
            "aé1 ❤👩👧\ufe0f\u200d\u200c\u20e3\x0b\u2028\u0301\uf0b7\u00ad\r\n"
        )
    )
)
def test_cleaning_twice_cleans_no_more(text: str) -> None:
    assert normal(normal(text)) == normal(text)
    assert one_line(one_line(text)) == one_line(text)


COVERED = Fonts().covers


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])))
def test_a_letter_that_can_be_drawn_is_never_taken(text: str) -> None:
    kept = [char for char in text if COVERED(char) and not char.isspace()]
    told = [char for char in drawn(text, COVERED) if not char.isspace()]
    found = iter(told)
    assert all(char in found for char in kept)  # in their order, whatever came between
    assert drawn(drawn(text, COVERED), COVERED) == drawn(text, COVERED)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("‣ ◦ ▪ ➢ ❖ ✓ ※", "• • • • • • •"),
        ("⇒ ➔ ➜ ⟶", "→ → → →"),
        ("a⸺b ⋯ ⅕ 1⅕ cangkir", "a–b ... 1/5 1 1/5 cangkir"),
        ("37℃ 2㎏ Ⅳ ʼilmu", "37°C 2kg IV 'ilmu"),
        ("“Ayo” – ½ · 36,5 °C → •", "“Ayo” – ½ · 36,5 °C → •"),
    ],
)
def test_signs_become_ones_that_are_drawn(text: str, told: str) -> None:
    assert drawn(text, COVERED) == told


def test_what_has_no_like_stays_to_be_told() -> None:
    assert drawn("النور ꦲ 中", COVERED) == "النور ꦲ 中"


@pytest.mark.parametrize("text", ["", " ", "🥰🥰🥰", "❤️!", "…", "“”", "***", "\u200b", "🌸 · 🌸"])
def test_emoji_and_dots_say_nothing(text: str) -> None:
    assert not says(text)


@pytest.mark.parametrize("text", ["a", "5️⃣", "½", "🌸 Melati", "100 %", "النور"])
def test_a_letter_or_a_number_says_something(text: str) -> None:
    assert says(text)


@pytest.mark.parametrize(
    ("pasted", "plain"),
    [
        ("ᴀʏᴏ ᴋᴇ ᴘᴏꜱʏᴀɴᴅᴜ", "ayo ke posyandu"),
        ("🅰🆈🅾 🅑", "AYO B"),
        ("🅰️", "A"),
        ("A̶y̶o̶ b̲u̲k̲a̲", "Ayo buka"),
        ("1️⃣ 🆗", "1️⃣ 🆗"),
    ],
    ids=["small capitals", "white on black", "as an emoji", "lines", "keycaps and emoji stay"],
)
def test_letters_dressed_up_by_a_program_are_letters(pasted: str, plain: str) -> None:
    assert normal(pasted) == plain
