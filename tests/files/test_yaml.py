"""The YAML door reads plain files with their lines and refuses what could hurt, fast."""

from __future__ import annotations

import time
import tracemalloc
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.files.yaml import MAX_BYTES, Map, Node, Scalar, Seq, decode, parse, parse_bytes
from content_kit.findings import Finding


def refused(data: bytes | str) -> Finding:
    raw = data.encode() if isinstance(data, str) else data
    node, findings = parse_bytes(raw, "calendars/melati/2026-12.yaml")
    assert node is None
    assert len(findings) == 1
    place = findings[0].place
    assert place.file == "calendars/melati/2026-12.yaml"
    assert place.line >= 1
    assert place.column >= 1
    return findings[0]


def test_every_scalar_is_the_word_that_was_written() -> None:
    node, findings = parse("jam: 10:30\nkode: 0712\nlibur: no\nhari: 2026-02-30\nada: ~\n", "x")
    assert findings == []
    assert isinstance(node, Map)
    texts = [value.text for _, value in node.entries if isinstance(value, Scalar)]
    assert texts == ["10:30", "0712", "no", "2026-02-30", "~"]


def test_nodes_know_their_place_and_offsets() -> None:
    text = "a: 1\nbé:\n  - {c: 'x y'}\n"
    node, _ = parse(text, "x")
    assert isinstance(node, Map)
    items = node.get("bé")
    assert isinstance(items, Seq)
    inner = items.items[0]
    assert isinstance(inner, Map)
    assert inner.flow
    word = inner.get("c")
    assert isinstance(word, Scalar)
    assert (word.place.line, word.place.column) == (3, 9)
    assert text[word.start : word.end] == "'x y'"
    assert not word.plain


def test_bom_and_crlf_are_fine() -> None:
    node, findings = parse_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", "x")
    assert findings == []
    assert isinstance(node, Map)
    assert list(node.keys()) == ["a", "b"]
    assert node.entries[1][0].place.line == 2


@pytest.mark.parametrize("text", ["", "# hanya catatan\n", "~", "---\n", "\n\n"])
def test_an_empty_file_is_nothing_and_no_problem(text: str) -> None:
    assert parse(text, "x") == (None, [])


def test_a_second_equal_key_is_reported_and_the_first_holds() -> None:
    node, findings = parse("a: 1\nb: 2\na: 3\n", "x")
    assert isinstance(node, Map)
    assert list(node.keys()) == ["a", "b"]
    assert [finding.code for finding in findings] == ["kunci-ganda"]
    assert "baris 1" in findings[0].message
    assert findings[0].place.line == 3


@pytest.mark.parametrize(
    ("text", "code", "word"),
    [
        ("a: &x 1\nb: *x\n", "yaml-terlarang", "&"),
        ("a: *x\n", "yaml-terlarang", "*"),
        ("a: !!python/object/apply:os.system [id]\n", "yaml-terlarang", "!"),
        ("!!set {a}\n", "yaml-terlarang", "!"),
        ("a: !x b\n", "yaml-terlarang", "!"),
        ("a: {<<: {b: 1}}\n", "yaml-terlarang", "<<"),
        ("a: 1\n---\nb: 2\n", "yaml-terlarang", "---"),
        ("a:\n\t- b\n", "yaml-rusak", "Tab"),
        ("a: b: c\n", "yaml-rusak", "titik dua"),
        ('a: "b\n', "yaml-rusak", "kutip"),
        ("a: [b, c\nd: e\n", "yaml-rusak", ""),
        ("a: 1\n  b: 2\n", "yaml-rusak", ""),
        ("? [a, b]\n: c\n", "yaml-rusak", "nama isian"),
        ("a: b\x00c\n", "yaml-rusak", "U+0000"),
        ("a: b\x1b[31mc\n", "yaml-rusak", "U+001B"),
        ("%YAML 9.9\n---\na: 1\n", "yaml-rusak", ""),
        ("@a: 1\n", "yaml-rusak", ""),
    ],
)
def test_what_our_files_never_need_is_refused_with_a_place(text: str, code: str, word: str) -> None:
    finding = refused(text)
    assert finding.code == code
    assert word in finding.message + finding.hint


def test_other_encodings_get_a_plain_sentence() -> None:
    assert "UTF-16" in refused("a: 1\n".encode("utf-16")).message
    assert "UTF-16" in refused("a: 1\n".encode("utf-16-le")).message
    finding = refused("a: 1\nb: Pos\xe9\n".encode("latin-1"))
    assert "UTF-8" in finding.message
    assert (finding.place.line, finding.place.column) == (2, 7)
    finding = refused(b"\xef\xbb\xbf\xc3\xa9: \xff\n")
    assert (finding.place.line, finding.place.column) == (1, 4)


BOMBS = {
    "brackets": b"[" * 50_000,
    "braces": b"{a: " * 50_000,
    "dashes": b"- " * 50_000,
    "question marks": b"? " * 50_000,
    "laughs": b"a: &a [x]\n" + b"".join(b"b%d: &b%d [*a,*a]\n" % (n, n) for n in range(20)),
    "merges": b"a: &a {b: c}\nd: {<<: [*a, *a]}\n",
    "five megabytes": b"a: 1\n" * 1_000_000,
    "one long line": b"a: " + b"x" * 5_000_000,
    "many documents": b"---\n" * 100_000,
    "anchors": b"&" * 50_000,
    "tags": b"!" * 50_000,
    "deep lines": b"\n".join(b" " * n + b"a:" for n in range(200)),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_a_tenth_of_a_second(name: str) -> None:
    started = time.process_time()
    refused(BOMBS[name])
    assert time.process_time() - started < 0.1


def test_bombs_take_little_memory() -> None:
    tracemalloc.start()
    try:
        for bomb in BOMBS.values():
            refused(bomb)
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()


def test_a_file_of_the_largest_size_is_still_read_in_time() -> None:
    for data in (b"- a\n" * (MAX_BYTES // 4), b"a: '" + b"x" * (MAX_BYTES - 5) + b"'"):
        started = time.process_time()
        parse_bytes(data, "x")
        assert time.process_time() - started < 10


def check(node: Node, text: str) -> None:
    """Offsets lie inside the text, in order, and lines count from 1."""
    assert 0 <= node.start <= node.end <= len(text)
    assert node.place.line >= 1
    inner: list[Node] = []
    if isinstance(node, Map):
        inner = [part for entry in node.entries for part in entry]
    elif isinstance(node, Seq):
        inner = list(node.items)
    for before, after in pairwise(inner):
        assert before.start <= after.start
    for part in inner:
        check(part, text)


PIECES = st.sampled_from(
    ["a", "b: ", ": ", "- ", "\n", "  ", "[", "]", "{", "}", ",", "'", '"', "|", ">", "#", "&x ",
     "*x", "!", "%", "---", "...", "?", "é", "😀", "\r\n", "\t", "\x85", "\u2028", "\ufeff", "<<", "~"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join) | st.text())
def test_any_text_gives_nodes_or_a_finding_with_a_place(text: str) -> None:
    node, findings = parse(text.encode("utf-8", "replace").decode(), "x")
    if node is not None:
        check(node, text)
    for finding in findings:
        assert finding.place.line >= 1
        assert finding.place.column >= 1


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_a_finding(data: bytes) -> None:
    text, findings = decode(data, "x")
    assert bool(findings) <= (text == "")
    for finding in findings:
        assert finding.place.line >= 1


@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\x85", "\u2028", "\u2029"], ids=ascii)
@pytest.mark.parametrize("quote", ["", '"', "'"], ids=["bare", "double", "single"])
def test_a_line_break_inside_a_value_is_part_of_it(sign: str, quote: str) -> None:
    text = f"a: {quote}Kader{sign}kita{quote}\nb: 2\n"
    node, findings = parse(text, "x")
    assert findings == []
    assert isinstance(node, Map)
    value, after = (value for _, value in node.entries)
    assert isinstance(value, Scalar)
    assert value.text == f"Kader{sign}kita"
    assert text[value.start : value.end] == f"{quote}Kader{sign}kita{quote}"
    assert after.place.line == 2


def test_what_a_hash_cuts_off_is_kept_beside_the_value() -> None:
    node, _ = parse(
        "a: Ayo #sehat\nb: 'Ayo' #x\nc: #PosyanduMelati\nd: a#b\ne: x  # catatan\n", "x"
    )
    assert isinstance(node, Map)
    remarks = [value.remark for _, value in node.entries if isinstance(value, Scalar)]
    assert remarks == ["#sehat", "", "#PosyanduMelati", "", "# catatan"]


@pytest.mark.parametrize(
    "tags",
    ["[#PosyanduMelati, #Sehat]", "[Sehat, #Melati]", '["a#b", #x]', "[Sehat #Melati]"],
)
def test_a_bare_hash_in_a_list_is_told_at_its_own_line(tags: str) -> None:
    found = refused(f"a: 1\ntagar: {tags}\nisi:\n  judul: Ayo\n  ajakan: datang\n")
    assert found.place.line == 2
    assert "#" in found.message
    assert f"tagar: {tags}"[found.place.column - 1] == "#"
