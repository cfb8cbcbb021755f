"""What the worker threads tell the application; each carries the request it answers."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from content_kit.tui.board import Board
from content_kit.tui.jobs import Report


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


@dataclass
class Moved(Message):
    """Another program changed the workspace; `seen` is its signature now."""

    seen: str
