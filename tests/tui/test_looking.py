"""Looking again checks what changed, and only that."""

from __future__ import annotations

from pathlib import Path

import pytest

from content_kit.model import Post
from content_kit.render import Press, Proof
from content_kit.tui.board import Board
from content_kit.tui.looking import Looker
from tests.tui.driving import EVENING, broken


@pytest.fixture
def proofed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The posts that were proofed, in their order."""
    names: list[str] = []
    proof = Press.proof

    def noted(self: Press, post: Post, channel: str | None = None) -> Proof:
        names.append(post.id)
        return proof(self, post, channel)

    monkeypatch.setattr(Press, "proof", noted)
    return names


def last(looker: Looker) -> Board:
    return list(looker.look(EVENING, "", lambda: True))[-1]


def test_what_stays_is_not_checked_again(demo: Path, proofed: list[str]) -> None:
    looker = Looker(demo)
    first = last(looker)
    count = len(proofed)
    assert first.complete and count == len(first.loaded.posts())
    again = last(looker)
    assert len(proofed) == count
    assert again.checked == first.checked and again.general == first.general


@pytest.mark.parametrize(
    ("file", "units"),
    [
        ("calendars/melati/2026-12.yaml", {"melati"}),
        ("calendars/melati/posyandu.yaml", {"melati"}),
        ("calendars/orang.yaml", {"melati", "kenanga"}),
        ("calendars/kantor.yaml", {"melati", "kenanga"}),
    ],
)
def test_a_changed_file_checks_its_unit_and_a_shared_one_all(
    file: str, units: set[str], demo: Path, proofed: list[str]
) -> None:
    looker = Looker(demo)
    board = last(looker)
    proofed.clear()
    path = demo / file
    path.write_bytes(path.read_bytes() + b"# lain\n")
    last(looker)
    there = {post.id for post in board.loaded.posts() if post.unit in units}
    assert set(proofed) == there


def test_the_same_as_looking_for_the_first_time(demo: Path) -> None:
    looker = Looker(demo)
    last(looker)
    broken(demo)
    again, fresh = last(looker), last(Looker(demo))
    assert again.checked == fresh.checked and again.general == fresh.general


def test_who_stops_looking_loses_nothing(demo: Path, proofed: list[str]) -> None:
    looker = Looker(demo)
    for _ in looker.look(EVENING, "", lambda: len(proofed) < 3):
        pass
    assert 3 <= len(proofed) < 8
    board = last(looker)
    assert board.complete and len(proofed) == len(board.loaded.posts())
