"""Names in files stay inside their folder, whatever they say and on whatever system."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_kit.errors import UsageError
from content_kit.files.paths import is_inside, name_problem, safe_join


def test_ordinary_names_are_joined(tmp_path: Path) -> None:
    assert safe_join(tmp_path, "foto", "ibu dan anak.jpg") == tmp_path / "foto" / "ibu dan anak.jpg"
    assert safe_join(tmp_path, "assets/art/dacin.svg") == tmp_path / "assets" / "art" / "dacin.svg"
    assert safe_join(tmp_path, "console.log", "auxilia", "com10") == (
        tmp_path / "console.log" / "auxilia" / "com10"
    )


@pytest.mark.parametrize(
    "name",
    [
        "..", ".", "", "../x", "a/../../x", "a/..", "/etc/passwd", "//host/share", "a//b", "a/",
        "C:", "C:\\x", "C:x", "\\\\host\\share", "..\\x", "a\\b", "%2e%2e\\x",
        "CON", "con", "NUL.txt", "nul .txt", "aux.tar.gz", "COM1", "lpt9.jpg", "COM¹", "CONIN$",
        "x.", "x ", " x", "a:b", "file.txt::$DATA", "a*b", "a?b", 'a"b', "a<b", "a|b",
        "a\x00b", "a\nb", "a\x1bb", "a\u202eb", "a\u200bb", "\ud800", "x" * 201,
        "....//....//etc/passwd", "~/../x",
    ],
)  # fmt: skip
def test_unsafe_names_are_refused_in_words(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"nama berkas") as caught:
        safe_join(tmp_path, "foto", name)
    assert len(str(caught.value)) < 250


def test_a_link_that_leaves_the_folder_is_refused(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "secret").write_text("x", encoding="utf-8")
    (root / "link").symlink_to(tmp_path)
    (root / "inside").symlink_to(root)
    with pytest.raises(UsageError, match="di luar"):
        safe_join(root, "link", "secret")
    assert safe_join(root, "inside", "x") == root / "inside" / "x"


def test_a_loop_of_links_is_refused_not_followed_for_ever(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert not is_inside(tmp_path / "a" / "x", tmp_path)


@given(st.lists(st.text(max_size=12) | st.sampled_from(["..", "a", "b/c"]), max_size=4))
def test_a_joined_path_is_always_inside(parts: list[str]) -> None:
    root = Path("root-of-nothing").absolute()
    try:
        path = safe_join(root, *parts)
    except UsageError:
        return
    assert path.is_relative_to(root)
    assert ".." not in path.parts
    assert all(name_problem(name) == "" for name in path.relative_to(root).parts)
