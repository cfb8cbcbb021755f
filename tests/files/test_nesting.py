"""Depth by our own scan: what a parser reads is never called too deep, and what is too deep always."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from content_kit.files.nesting import too_deep


def depth(text: str) -> int:
    """How deep a parser finds the text to be."""
    open_now = deepest = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            open_now += 1
            deepest = max(deepest, open_now)
        elif isinstance(event, yaml.CollectionEndEvent):
            open_now -= 1
    return deepest


@pytest.mark.parametrize(
    ("text", "at"),
    [
        pytest.param("[[[a]]]", 2, id="brackets"),
        pytest.param("a: {b: [c]}", 7, id="brackets under a key"),
        pytest.param("a: [b,\n  [c]]", 9, id="brackets over two lines"),
        pytest.param("- - - a", 4, id="dashes"),
        pytest.param("? ? ? a", 4, id="question marks"),
        pytest.param("a:\n b:\n  c: d", 9, id="indentation"),
        pytest.param("a:\n- b: c", 5, id="a list under its key"),
        pytest.param("a:\r\n b:\r\n  c:\r\n", 11, id="Windows"),
        pytest.param('"a b": {c: {}}', 11, id="a quoted key"),
    ],
)
def test_the_third_level_is_found_where_it_opens(text: str, at: int) -> None:
    assert too_deep(text, 2) == at
    assert too_deep(text, 3) is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: '[[[['", id="quotation"),
        pytest.param('a: "[[\\"[["', id="escaped quotation mark"),
        pytest.param("a: x [[[[", id="words"),
        pytest.param("a: |\n   [[[[\n  - - - -\n", id="block text"),
        pytest.param("a: b\n  [[[[\n   [[\n", id="words over three lines"),
        pytest.param("# [[[[\na: b # [[[[\n", id="comments"),
        pytest.param("a: [x, # [[[[\n y]\n", id="a comment between brackets"),
        pytest.param("a: [']', '[[[[']\n", id="quotations between brackets"),
        pytest.param("a: []\nb: {}\nc: [1]\n", id="brackets that are closed"),
        pytest.param("a:\n b:\nc:\n d:\ne:\n f:\n", id="levels that are closed"),
    ],
)
def test_what_only_looks_deep_is_not(text: str) -> None:
    assert too_deep(text, 2) is None


NESTED = st.recursive(
    st.sampled_from(["a", "[[[", "- - -", "x: y", "'", "a\nb", " {", "#"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc[{-'"), inner, max_size=3)
    ),
    max_leaves=30,
)


@given(NESTED, st.sampled_from([None, True, False]), st.sampled_from([2, 4]))
def test_the_scan_agrees_with_a_parser(value: object, flow: bool | None, indent: int) -> None:
    text = yaml.safe_dump(value, default_flow_style=flow, indent=indent)
    found = depth(text)
    assert too_deep(text, found) is None
    assert found == 0 or too_deep(text, found - 1) is not None


PIECES = st.sampled_from(
    ["a", "b: ", ": ", "- ", "\n", "  ", "[", "]", "{", "}", ",", "'", '"', "|", ">", "#", "%",
     "? ", "é", "\r\n", "\t", "~"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_nothing_that_a_parser_reads_is_called_too_deep(text: str) -> None:
    try:
        found = depth(text)
    except yaml.YAMLError:
        too_deep(text, 1)  # whatever it says, it says it without failing
        return
    assert too_deep(text, found) is None
