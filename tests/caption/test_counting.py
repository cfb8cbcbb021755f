"""Each channel's count is the documented one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.caption.counting import COUNTS, hashtags, links, threads, utf16, x
from content_kit.files import bundled
from content_kit.files.assets import COUNTS as NAMES
from content_kit.files.assets import load_channels
from content_kit.files.workspace import Workspace


@pytest.mark.parametrize(
    ("text", "units", "on_threads", "on_x"),
    [
        ("Ayo datang", 10, 10, 10),
        ("Ayo 😀", 6, 8, 6),
        ("👩‍👧‍👦", 8, 18, 2),
        ("❤️", 2, 6, 2),
        ("👍🏽", 4, 8, 2),
        ("08.00–11.00 “Ayo”…", 18, 18, 19),
        ("→ ✓", 3, 3, 5),
        ("السلام", 6, 6, 6),
        ("中文", 2, 2, 4),
        ("e\u0301", 2, 2, 1),
        ("https://contoh.id/sangat/panjang/sekali/dan/masih?lagi=1", 56, 56, 23),
        ("wa.me/6281200000000, ya", 23, 23, 27),
        ("Buka 08.00", 10, 10, 10),
    ],
)
def test_a_text_counts_as_each_platform_documents(
    text: str, units: int, on_threads: int, on_x: int
) -> None:
    assert (utf16(text), threads(text), x(text)) == (units, on_threads, on_x)


@given(st.text(alphabet=st.characters(max_codepoint=0x10FF, exclude_categories=["Cs", "Mn", "So"])))
def test_plain_letters_count_one_everywhere(text: str) -> None:
    plain = "".join(char for char in text if char.isalpha() and char.isascii())
    assert {count(plain) for count in COUNTS.values()} == {len(plain)}


@given(st.text(alphabet=st.sampled_from("ab 😀❤\ufe0f👩\u200d👧.中")), st.text(alphabet="ab c"))
def test_more_text_never_counts_less(text: str, more: str) -> None:
    for count in COUNTS.values():
        assert count(f"{text} {more}") >= count(text)


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Ayo #posyandu #Sehat #sehat!", ("posyandu", "Sehat")),
        ("juara #1, dosis #2", ()),
        ("https://contoh.id/#atas a#b &#39;", ()),
        ("(#kia) #gizi_balita", ("kia", "gizi_balita")),
    ],
)
def test_hashtags_are_found_where_platforms_see_them(text: str, tags: tuple[str, ...]) -> None:
    assert hashtags(text) == tags


def test_the_same_address_is_one_link() -> None:
    assert links("https://a.id/x https://a.id/x www.b.com, c@d.id") == 2


def test_every_way_to_count_has_its_name_and_the_bundled_channels_use_theirs() -> None:
    assert set(NAMES) == set(COUNTS)
    channels, _, findings = load_channels(Workspace(bundled.root()))
    assert findings == []
    assert {id: channel.count for id, channel in channels.items() if channel.count != "utf16"} == {
        "threads": "threads",
        "x": "x",
    }
