"""Line breaking keeps together what belongs together, and fitting finds the largest size."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.picture import text
from content_kit.picture.text import Metrics, fit, measure

SIZE = 1_000
EM = 600
"""The width of one letter of the fake typeface at SIZE."""

WORDS = st.lists(
    st.sampled_from(
        ["ibu", "balita", "dan", "posyandu", "6", "bulan", "RW", "05", "anak-anak", "·"]
    ),
    min_size=1,
    max_size=14,
).map(" ".join)


def broken(mono: Metrics, words: str, letters: int, *, balance: bool = False) -> list[str]:
    return measure(words, mono, 500).lines(SIZE, letters * EM, balance=balance)


def test_a_text_that_fits_is_one_line(mono: Metrics) -> None:
    assert broken(mono, "Besok kita buka", 15) == ["Besok kita buka"]


def test_words_wrap_at_spaces(mono: Metrics) -> None:
    assert broken(mono, "Besok kita buka lagi", 10) == ["Besok kita", "buka lagi"]


@pytest.mark.parametrize(
    "together",
    [
        "anak-anak",
        "ibu-ibu",
        "6 bulan",
        "6–8 bulan",
        "½ mangkuk",
        "08.00–11.00 WITA",
        "RW 05",
        "Rp 5.000",
        "pukul 08.00",
        "Vitamin A",
        "Imunisasi ·",
        "& ukur",
        "si kecil",
    ],
)
def test_what_belongs_together_stays_on_one_line(mono: Metrics, together: str) -> None:
    for lead in range(1, 12):
        words = f"{'x' * lead} {together} selesai"
        lines = broken(mono, words, max(len(together), 12))
        assert any(together in line for line in lines), lines


def test_a_month_would_rather_keep_its_year(mono: Metrics) -> None:
    assert broken(mono, "Selasa, 8 Desember 2026", 16) == ["Selasa,", "8 Desember 2026"]
    # but it parts where nothing else is left
    assert broken(mono, "8 Desember 2026", 10) == ["8 Desember", "2026"]


def test_a_no_break_space_never_breaks(mono: Metrics) -> None:
    assert broken(mono, "satu dua\u00a0tiga", 8) == ["satu", "dua tiga"]


def test_hard_newlines_are_kept(mono: Metrics) -> None:
    assert broken(mono, "satu\n\ndua tiga", 40) == ["satu", "", "dua tiga"]


def test_a_lone_last_word_gets_company(mono: Metrics) -> None:
    assert broken(mono, "Ayo datang ke posyandu kita", 22) == ["Ayo datang ke", "posyandu kita"]


def test_titles_have_even_lines(mono: Metrics) -> None:
    lines = broken(mono, "Terima kasih sudah menjaga balita kita", 30, balance=True)
    assert lines == ["Terima kasih sudah", "menjaga balita kita"]


def test_a_word_too_long_stands_alone_and_whole(mono: Metrics) -> None:
    assert broken(mono, "ke pertanggungjawaban lagi", 8) == ["ke", "pertanggungjawaban", "lagi"]


@given(words=WORDS, letters=st.integers(1, 60), balance=st.booleans())
def test_no_word_is_lost_or_split(words: str, letters: int, balance: bool, mono: Metrics) -> None:
    lines = broken(mono, words, letters, balance=balance)
    assert " ".join(lines).split() == words.split()


@given(words=WORDS, letters=st.integers(16, 60), balance=st.booleans())
def test_no_line_is_wider_than_asked(
    words: str, letters: int, balance: bool, mono: Metrics
) -> None:
    measured = measure(words, mono, 500)
    if measured.widest_word(SIZE) <= letters * EM:
        lines = measured.lines(SIZE, letters * EM, balance=balance)
        assert all(len(line) <= letters for line in lines)
        assert len(lines) == measured.count(SIZE, letters * EM)


def largest(mono: Metrics, words: str, width: int, height: int, gather: bool = False) -> int:
    measured = measure(words, mono, 800)
    return (
        fit(
            measured, width, height,
            smallest=300, largest=3_000, step=50, leading=1.1, most=4, gather=gather,
        )
        or 0
    )  # fmt: skip


@given(
    words=WORDS,
    width=st.integers(500, 30_000),
    height=st.integers(300, 12_000),
    wider=st.integers(0, 5_000),
    higher=st.integers(0, 5_000),
)
def test_more_room_never_gives_a_smaller_size(
    words: str, width: int, height: int, wider: int, higher: int, mono: Metrics
) -> None:
    assert largest(mono, words, width, height) <= largest(
        mono, words, width + wider, height + higher
    )


@given(words=WORDS, width=st.integers(500, 30_000), height=st.integers(300, 12_000))
def test_the_fitted_size_fits_and_the_next_does_not(
    words: str, width: int, height: int, mono: Metrics
) -> None:
    measured = measure(words, mono, 800)
    size = largest(mono, words, width, height)
    if size:
        assert measured.fits(size, width, height, 1.1, 4)
    if size < 3_000:
        assert not measured.fits(size + 50 if size else 300, width, height, 1.1, 4)


@given(words=WORDS, width=st.integers(500, 30_000), height=st.integers(300, 12_000))
def test_saving_a_lone_word_costs_little(
    words: str, width: int, height: int, mono: Metrics
) -> None:
    most = largest(mono, words, width, height)
    gathered = largest(mono, words, width, height, gather=True)
    assert round(most * text.GATHERED) <= gathered <= most or most == 0


def test_a_title_shrinks_a_little_to_keep_its_last_word_company(mono: Metrics) -> None:
    title = "Besok kita buka, ayo datang!"
    measured = measure(title, mono, 800)
    width = 10 * EM * 12 // 10  # ten letters at 1,200: "ayo datang!" needs eleven
    assert measured.lines(largest(mono, title, width, 4_000), width, balance=True) == [
        "Besok kita", "buka, ayo", "datang!",
    ]  # fmt: skip
    size = largest(mono, title, width, 4_000, gather=True)
    assert measured.lines(size, width, balance=True)[-1] == "ayo datang!"


def test_capitals_stand_in_the_middle_of_their_line(mono: Metrics) -> None:
    line, drop = text.line_height(SIZE, 1.3), text.baseline(mono, SIZE, 1.3)
    assert drop - mono.cap_height(SIZE) == line - drop


@pytest.mark.parametrize(
    ("words", "letters", "lines"),
    [
        ("Perlu kursi roda? Bisa didata", 17, ["Perlu kursi roda?", "Bisa didata"]),
        ("Sampai 6 bulan, cukup ASI saja", 15, ["Sampai 6 bulan,", "cukup ASI saja"]),
        ("Ada banyak kursi roda", 12, ["Ada banyak", "kursi roda"]),
    ],
    ids=["question", "comma", "pair"],
)  # fmt: skip
def test_a_title_breaks_where_a_phrase_ends(
    mono: Metrics, words: str, letters: int, lines: list[str]
) -> None:
    assert broken(mono, words, letters, balance=True) == lines


def test_a_title_takes_one_line_fewer_if_that_costs_little(mono: Metrics) -> None:
    measured = measure("Besok kita buka", mono, 500)
    width = 15 * EM * 95 // 100  # at 95 % of SIZE all of it is one line
    size = fit(
        measured, width, 1 << 40, smallest=500, largest=SIZE, step=10, leading=1.0, gather=True
    )
    assert size == 950
    plain = fit(measured, width, 1 << 40, smallest=500, largest=SIZE, step=10, leading=1.0)
    assert plain == SIZE


@given(words=WORDS, letters=st.integers(12, 40))
def test_breaking_never_loses_or_adds_a_word(words: str, letters: int) -> None:
    from tests.conftest import Mono

    found = broken(Mono(), words, letters, balance=True)
    assert " ".join(found) == " ".join(words.split())


@given(WORDS, st.lists(st.tuples(st.integers(3, 30), st.booleans()), min_size=2, max_size=12))
def test_words_that_are_remembered_answer_as_words_measured_anew(
    mono: Metrics, words: str, asked: list[tuple[int, bool]]
) -> None:
    kept = measure(words, mono, 500)
    for letters, balance in (*asked, *reversed(asked)):
        new, width = measure(words, mono, 500), letters * EM
        assert kept.count(SIZE, width) == new.count(SIZE, width)
        lines = kept.lines(SIZE, width, balance=balance)
        assert lines == new.lines(SIZE, width, balance=balance)
        lines.clear()  # a list that somebody changes is theirs
    assert kept == measure(words, mono, 500)


def test_a_text_keeps_no_more_answers_than_it_may(
    mono: Metrics, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "MAX_ANSWERS", 3)
    kept = measure("Besok kita buka", mono, 500)
    for width in range(1, 20):
        kept.once(("width", width), str)
    assert len(kept._answers) <= 3
    assert kept.count(SIZE, 10 * EM) == measure("Besok kita buka", mono, 500).count(SIZE, 10 * EM)
