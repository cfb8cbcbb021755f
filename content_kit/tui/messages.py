"""What the worker threads tell the application; each carries the request it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.message import Message

if TYPE_CHECKING:  # the first frame needs the messages, and not yet what they carry
    from content_kit.planning.clash import Clashes
    from content_kit.tui.almanac import Page
    from content_kit.tui.board import Board
    from content_kit.tui.jobs import Report
    from content_kit.tui.standing import Standing


NO_POSYANDU: Final = "Tekan x, lalu Ambil: daftar posyandu dari tabel Excel atau CSV."
"""What comes first in a folder without a posyandu."""


@dataclass
class Looked(Message):
    """The workspace was read, or read and checked further."""

    request: int
    board: Board


@dataclass
class LookFailed(Message):
    """The workspace could not be read; the sentence says why."""

    request: int
    sentence: str


@dataclass
class Stepped(Message):
    """Long work came one step further."""

    done: int
    total: int


@dataclass
class Finished(Message):
    """Long work is over: with a report, or with a sentence that says why there is none."""

    report: Report | None
    sentence: str = ""


@dataclass
class Edited(Message):
    """An edit was saved or taken back, or could not be; the sentence says it."""

    sentence: str
    wrong: bool = False
    then: Callable[[bool], None] | None = None
    clashes: Clashes | None = None
    """What a person has to decide first, if others changed the same places."""
    disk: tuple[str, ...] = ()
    """What is to be known of the disk that it was saved to."""


@dataclass
class Moved(Message):
    """Another program changed the workspace; `seen` is its signature now."""

    seen: str


@dataclass
class Reckoned(Message):
    """What a month holds besides posts, and how it stands; `asked` is the calendar's question."""

    asked: int
    page: Page
    standing: Standing | None
