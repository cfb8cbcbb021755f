"""An edit changes its own value and nothing else: other lines keep every byte."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from content_kit.errors import UsageError
from content_kit.files.splice import (
    Path,
    Value,
    add_item,
    add_written,
    remove_item,
    set_value,
    set_values,
)
from content_kit.files.yaml import Map, Node, Scalar, Seq, parse

MONTH = """\
# Desember, disusun bersama kader
bulan: 2026-12
postingan:
  - id: m4x7q2                   # made once
    tanggal: 2026-12-07
    jam: "18.30"
    kanal: [wa-grup, wa-status, fb]
    acara: {hari_buka: bulanan, tanggal: 2026-12-08}   # tanggal asli
    isi:
      judul: Besok kita buka, ayo datang!
      ajakan: 'Bawa Buku KIA'

  # yang kedua
  - tanggal: 2026-12-09
    isi:
      langkah:
      - Cuci tangan
      - judul: Kedua
        teks: |
          baris satu

          baris dua
    petugas:
"""


def data(node: Node | None) -> object:
    if isinstance(node, Scalar):
        return None if node.plain and node.text in ("", "~", "null") else node.text
    if isinstance(node, Seq):
        return [data(item) for item in node.items]
    if isinstance(node, Map):
        return {key.text: data(value) for key, value in node.entries}
    return None


def read(text: str) -> object:
    node, findings = parse(text, "x")
    assert findings == []
    return data(node)


def changed(before: str, after: str) -> list[tuple[list[str], list[str]]]:
    """The lines that went and the lines that came, place by place."""
    a, b = before.splitlines(keepends=True), after.splitlines(keepends=True)
    steps = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    return [(a[i:j], b[k:m]) for kind, i, j, k, m in steps if kind != "equal"]


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        (("bulan",), "2027-01", "bulan: 2026-12", "bulan: 2027-01"),
        (("postingan", 0, "jam"), "19.00", '    jam: "18.30"', '    jam: "19.00"'),
        (("postingan", 0, "id"), "abc234",
         "  - id: m4x7q2                   # made once",
         "  - id: abc234                   # made once"),
        (("postingan", 0, "isi", "judul"), "Hari ini: buka!",
         "      judul: Besok kita buka, ayo datang!", '      judul: "Hari ini: buka!"'),
        (("postingan", 0, "isi", "ajakan"), "Jum'at",
         "      ajakan: 'Bawa Buku KIA'", "      ajakan: 'Jum''at'"),
        (("postingan", 0, "acara", "tanggal"), "2026-12-10",
         "    acara: {hari_buka: bulanan, tanggal: 2026-12-08}   # tanggal asli",
         "    acara: {hari_buka: bulanan, tanggal: 2026-12-10}   # tanggal asli"),
        (("postingan", 0, "acara", "hari_buka"), "a, b",
         "    acara: {hari_buka: bulanan, tanggal: 2026-12-08}   # tanggal asli",
         '    acara: {hari_buka: "a, b", tanggal: 2026-12-08}   # tanggal asli'),
        (("postingan", 0, "kanal"), ["fb"],
         "    kanal: [wa-grup, wa-status, fb]", "    kanal: [fb]"),
        (("postingan", 0, "kanal", 1), "ig",
         "    kanal: [wa-grup, wa-status, fb]", "    kanal: [wa-grup, ig, fb]"),
        (("postingan", 1, "petugas"), "kader-1", "    petugas:", "    petugas: kader-1"),
        (("postingan", 1, "isi", "langkah", 0), "Pakai sabun",
         "      - Cuci tangan", "      - Pakai sabun"),
        (("bulan",), "", "bulan: 2026-12", 'bulan: ""'),
        (("bulan",), "null", "bulan: 2026-12", 'bulan: "null"'),
        (("bulan",), "#satu", "bulan: 2026-12", 'bulan: "#satu"'),
        (("bulan",), "- a", "bulan: 2026-12", 'bulan: "- a"'),
        (("bulan",), "satu # dua", "bulan: 2026-12", 'bulan: "satu # dua"'),
        (("bulan",), " a", "bulan: 2026-12", 'bulan: " a"'),
        (("bulan",), "a\x1bb", "bulan: 2026-12", 'bulan: "a\\u001Bb"'),
        (("bulan",), "Ibu 😀 ½", "bulan: 2026-12", "bulan: Ibu 😀 ½"),
    ],
)  # fmt: skip
def test_one_line_changes_and_reads_well(path: Path, value: Value, old: str, new: str) -> None:
    assert changed(MONTH, set_value(MONTH, path, value)) == [([old + "\n"], [new + "\n"])]


def test_a_new_key_stands_after_its_neighbours_or_before_them() -> None:
    after = set_value(MONTH, ("postingan", 0, "petugas"), "kader-1")
    assert changed(MONTH, after) == [([], ["    petugas: kader-1\n"])]
    assert after.index("petugas: kader-1") < after.index("# yang kedua")
    first = set_value(MONTH, ("postingan", 1, "id"), "abc234", first=True)
    assert changed(MONTH, first) == [
        (["  - tanggal: 2026-12-09\n"], ["  - id: abc234\n", "    tanggal: 2026-12-09\n"])
    ]
    flow = set_value(MONTH, ("postingan", 0, "acara", "nama"), "x")
    assert "{hari_buka: bulanan, tanggal: 2026-12-08, nama: x}   # tanggal" in flow


def test_several_lines_become_a_block() -> None:
    after = set_value(MONTH, ("postingan", 0, "isi", "judul"), "satu\n\ndua: x")
    assert "      judul: |-\n        satu\n\n        dua: x\n      ajakan:" in after
    after = set_value(MONTH, ("postingan", 1, "isi", "langkah", 1, "teks"), "satu\n dua\n")
    assert "        teks: |\n          satu\n           dua\n    petugas:" in after


def test_a_table_or_list_takes_the_place_of_a_word() -> None:
    after = set_value(MONTH, ("postingan", 1, "petugas"), {"nama": "Ibu", "hp": ["1", "2"]})
    assert after.endswith("    petugas:\n      nama: Ibu\n      hp: [1, 2]\n")
    after = set_value(MONTH, ("postingan", 1, "isi", "langkah"), ["a", {"judul": "b"}])
    assert "      langkah:\n      - a\n      - judul: b\n    petugas:\n" in after
    after = set_value(MONTH, ("postingan", 1, "isi"), "teks")
    assert "    isi: teks\n    petugas:\n" in after


def test_an_empty_file_gets_its_first_entry() -> None:
    assert set_value("", ("bulan",), "2026-12") == "bulan: 2026-12\n"
    assert set_value("# a", ("a", "b"), "c") == "# a\na:\n  b: c\n"


def test_items_are_added_at_the_end() -> None:
    after = add_item(MONTH, ("postingan",), {"id": "k2", "isi": {"judul": "x"}, "kanal": ["fb"]})
    assert after == MONTH + "  - id: k2\n    isi:\n      judul: x\n    kanal: [fb]\n"
    after = add_item(MONTH, ("postingan", 0, "kanal"), "ig")
    assert "    kanal: [wa-grup, wa-status, fb, ig]\n" in after
    after = add_item(MONTH, ("postingan", 1, "isi", "langkah"), "Ketiga")
    assert "          baris dua\n      - Ketiga\n    petugas:\n" in after
    after = add_item(MONTH, ("postingan", 1, "petugas"), "x")
    assert "    petugas: [x]\n" in after
    assert add_item("postingan: []  # kosong\n", ("postingan",), {"id": "a", "b": "c"}) == (
        "postingan:\n  - id: a\n    b: c  # kosong\n"
    )
    assert add_item("a: 1\n", ("b",), {"c": "d"}) == "a: 1\nb:\n  - c: d\n"


def test_items_and_keys_are_removed_with_their_lines() -> None:
    after = remove_item(MONTH, ("postingan", 0))
    assert read(after) == {"bulan": "2026-12", "postingan": [read_path("postingan", 1)]}
    assert "# yang kedua\n" in after
    assert changed(MONTH, remove_item(MONTH, ("postingan", 0, "jam"))) == [
        (['    jam: "18.30"\n'], [])
    ]
    assert "[wa-grup, fb]" in remove_item(MONTH, ("postingan", 0, "kanal", 1))
    assert "[wa-grup, wa-status]" in remove_item(MONTH, ("postingan", 0, "kanal", 2))
    assert "{tanggal: 2026-12-08}" in remove_item(MONTH, ("postingan", 0, "acara", "hari_buka"))
    assert remove_item("a: [b]\n", ("a", 0)) == "a: []\n"
    assert remove_item("a:\n  - b\n", ("a", 0)) == "a: []\n"
    assert remove_item("a: 1\nb: 2", ("b",)) == "a: 1"
    assert remove_item("- - a\n  - b\n", (0, 0)) == "- - b\n"
    first = remove_item(MONTH, ("postingan", 0, "id"))
    assert read(first)


def read_path(*path: str | int) -> object:
    found = read(MONTH)
    for step in path:
        found = found[step]  # type: ignore[index]
    return found


def test_crlf_stays_crlf() -> None:
    text = MONTH.replace("\n", "\r\n")
    after = set_value(text, ("postingan", 0, "isi", "judul"), "a\nb")
    after = add_item(after, ("postingan",), {"id": "x", "jam": "1"})
    after = set_value(after, ("postingan", 0, "petugas"), "y")
    after = remove_item(after, ("bulan",))
    assert after.count("\n") == after.count("\r\n")


def test_many_edits_at_once() -> None:
    after = set_values(
        MONTH, [(("postingan", n, "id"), f"aaaaa{n}") for n in (0, 1)] + [(("bulan",), "x")],
        first=True,
    )  # fmt: skip
    assert after.count("id: aaaaa") == 2
    assert len(changed(MONTH, after)) == 3


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (MONTH, ("postingan", 9, "id")),
        (MONTH, ("postingan", "x")),
        (MONTH, ("bulan", "x")),
        (MONTH, ("bulan", 0)),
        ("a: [\n", ("a",)),
        ("a: &x b\n", ("a",)),
    ],
)
def test_a_place_that_is_not_there_is_refused(text: str, path: Path) -> None:
    with pytest.raises(UsageError):
        set_value(text, path, "x")


def test_what_cannot_be_saved_is_refused() -> None:
    with pytest.raises(UsageError):
        set_value("a: b\n", ("a",), "\ud800")


WORDS = st.sampled_from(
    ["a", "Ayo datang!", "18.30", "2026-12-08", "null", "~", "", "yes", "a: b", "a #b", "# a", "- a",
     "[a]", "{a}", "'a'", '"a"', "a\nb", "a\n", "\na", "  a", "a  ", "\ta", "a\tb", "*a", "&a", "!a",
     "%a", "@a", "`a", "|", ">", "a:", ":a", "?a", "? a", "a, b", "😀", "é", "\\", "a\\nb", "0712",
     "---", "...", "<<", "=", "a\r\nb", "\x00", "\x85", "\u2028", "\ufeff", "a\n\n b\n\nc", "-", "."]
)  # fmt: skip
VALUES: st.SearchStrategy[Value] = st.recursive(
    WORDS | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=5,
)
PATHS = st.sampled_from(
    [("bulan",), ("baru",), ("postingan",), ("postingan", 0), ("postingan", 0, "id"),
     ("postingan", 0, "jam"), ("postingan", 0, "kanal"), ("postingan", 0, "kanal", 1),
     ("postingan", 0, "acara"), ("postingan", 0, "acara", "tanggal"),
     ("postingan", 0, "acara", "baru"), ("postingan", 0, "isi"), ("postingan", 0, "isi", "judul"),
     ("postingan", 0, "isi", "ajakan"), ("postingan", 0, "isi", "baru"), ("postingan", 1, "id"),
     ("postingan", 1, "isi", "langkah"), ("postingan", 1, "isi", "langkah", 0),
     ("postingan", 1, "isi", "langkah", 1), ("postingan", 1, "isi", "langkah", 1, "teks"),
     ("postingan", 1, "petugas"), ("postingan", 1, "petugas", "nama"), ("a", "b", "c")]
)  # fmt: skip
STYLES = st.sampled_from([MONTH, MONTH.replace("\n", "\r\n"), MONTH.rstrip("\n")])


def put(old: object, path: Path, value: object) -> object:
    if not path:
        return value
    if isinstance(path[0], int):
        assert isinstance(old, list)
        return [put(v, path[1:], value) if n == path[0] else v for n, v in enumerate(old)]
    table = dict(old) if isinstance(old, dict) else {}
    return {**table, path[0]: put(table.get(path[0]), path[1:], value)}


def plain(value: Value) -> object:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return None if value is None else [plain(item) for item in value]


@given(STYLES, PATHS, VALUES)
@example(MONTH, ("postingan", 1, "petugas"), {"": "a"})
def test_setting_a_value_changes_that_value_only(text: str, path: Path, value: Value) -> None:
    after = set_value(text, path, value)
    assert read(after) == put(read(text), path, plain(value))
    # What is not between the first and the last changed line keeps its bytes; one edit is one place.
    assert len(changed(text, after)) <= 1 or not isinstance(value, str)


@given(STYLES, st.sampled_from([("postingan",), ("postingan", 0, "kanal"), ("baru",),
                                ("postingan", 1, "isi", "langkah")]), VALUES)  # fmt: skip
def test_adding_an_item_adds_that_item_only(text: str, path: Path, value: Value) -> None:
    after = add_item(text, path, value)
    old = read(text)
    there: object = old
    for step in path:
        there = there.get(step, []) if isinstance(there, dict) else there[step]  # type: ignore[index]
    assert isinstance(there, list)
    assert read(after) == put(old, path, [*there, plain(value)])
    gone = [line for went, _ in changed(text, after) for line in went]
    assert len(gone) <= 1


REMOVABLE = st.sampled_from(
    [("bulan",), ("postingan",), ("postingan", 0), ("postingan", 1), ("postingan", 0, "id"),
     ("postingan", 0, "kanal", 0), ("postingan", 0, "kanal", 2), ("postingan", 0, "acara"),
     ("postingan", 0, "acara", "hari_buka"), ("postingan", 0, "isi", "ajakan"),
     ("postingan", 1, "tanggal"), ("postingan", 1, "isi"), ("postingan", 1, "isi", "langkah"),
     ("postingan", 1, "isi", "langkah", 0), ("postingan", 1, "isi", "langkah", 1),
     ("postingan", 1, "isi", "langkah", 1, "judul"), ("postingan", 1, "petugas")]
)  # fmt: skip


@given(STYLES, REMOVABLE)
def test_removing_leaves_all_other_lines(text: str, path: Path) -> None:
    after = remove_item(text, path)
    owner: object = read(after)
    before: object = read(text)
    for step in path[:-1]:
        owner = owner[step]  # type: ignore[index]
        before = before[step]  # type: ignore[index]
    if isinstance(before, list):
        assert owner == [item for n, item in enumerate(before) if n != path[-1]]
    else:
        assert isinstance(before, dict)
        assert owner == {key: item for key, item in before.items() if key != path[-1]}
    for went, came in changed(text, after):
        assert len(came) <= 1
        assert went


def test_a_remark_beside_an_empty_list_stays_beside_its_key() -> None:
    text = "bulan: 2026-12\npostingan: []   # catatan\n"
    lines = ["- id: a", "  isi: |-", "    satu", "    dua"]
    added = add_written(text, ("postingan",), lines)
    assert added.startswith("bulan: 2026-12\npostingan:")
    assert added.splitlines()[1].endswith("# catatan")
    assert added.endswith("  - id: a\n    isi: |-\n      satu\n      dua\n")
