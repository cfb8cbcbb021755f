"""Fills the cache: every unit whose check is out of date, in one or two processes.

Each unit is kept as soon as it is done, so a run that was stopped goes on where it was.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import threading
import traceback
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Final

from content_kit.errors import KitError
from content_kit.files.user_folders import cache_folder
from content_kit.files.workspace import Workspace
from content_kit.review.memory import Memory
from content_kit.roster.cache import Keys, Store
from content_kit.roster.rows import Checker
from content_kit.roster.standing import Checked
from content_kit.roster.thumbnails import Thumbnails

WORTH_TWO: Final = 8
"""Fewer units than this are done before a second process has started."""

Progress = Callable[[int, int], None]


def check(
    root: Path,
    units: Sequence[str],
    first: date,
    last: date,
    now: datetime,
    store: Store,
    memory: Path,
    *,
    processes: int = 2,
    progress: Progress = lambda _done, _all: None,
) -> dict[str, Checked]:
    """Check these units and remember what was found; what each came to.

    `memory` is the file of what this machine saw of the logs.
    """
    found: dict[str, Checked] = {}
    many = min(processes, len(units)) if len(units) >= WORTH_TWO else 1
    work = (
        _crew(root, units, first, last, now, memory, many)
        if many > 1
        else _alone(root, units, first, last, now, memory)
    )
    with contextlib.closing(work):
        for slug, key, checked in work:
            found[slug] = checked
            store.write(slug, key, first, last, checked)
            progress(len(found), len(units))
    return found


class Inspector:
    """A checker that also says under which fingerprint its findings may be remembered."""

    def __init__(self, root: Path, first: date, last: date, now: datetime, memory: Path) -> None:
        self._keys = Keys(Workspace.open(root))
        # Before anything is read: what changes later makes another fingerprint.
        self._common = self._keys.common()
        self._checker = Checker(
            root, first, last, now, Memory.open(memory), Thumbnails.of(cache_folder())
        )

    def check(self, slug: str) -> tuple[str, str, Checked]:
        """A unit, the fingerprint of what it was made from ("" when that changed meanwhile), its rows."""
        span = (self._checker.first, self._checker.last)
        before, log = self._keys.unit(self._common, slug, *span), self._keys.log(slug)
        checked = self._checker.check(slug)
        after = self._keys.unit(self._keys.common(), slug, *span)
        same = log if log == self._keys.log(slug) else ""
        return slug, before if before == after else "", replace(checked, log=same)


def _alone(
    root: Path, units: Sequence[str], first: date, last: date, now: datetime, memory: Path
) -> Generator[tuple[str, str, Checked], None, None]:
    inspector = Inspector(root, first, last, now, memory)
    for slug in units:
        yield inspector.check(slug)


def _crew(
    root: Path,
    units: Sequence[str],
    first: date,
    last: date,
    now: datetime,
    memory: Path,
    many: int,
) -> Generator[tuple[str, str, Checked], None, None]:
    """The same with processes of our own; whichever is free takes the next unit.

    When one dies (no memory left) its unit stays unchecked and the others go on.
    """
    context = multiprocessing.get_context("spawn")  # forking a program with threads may hang it
    waiting = list(reversed(units))
    lines: list[Connection] = []
    crew = []
    try:
        for _ in range(many):
            ours, theirs = context.Pipe()
            one = context.Process(
                target=_work, args=(theirs, root, first, last, now, memory), daemon=True
            )
            with _deaf():
                one.start()
            theirs.close()
            crew.append(one)
            lines.append(ours)
            ours.send(waiting.pop())
        while lines:
            for line in wait(lines):
                assert isinstance(line, Connection)
                try:
                    told = line.recv()
                    line.send(waiting.pop() if waiting else "")
                except (EOFError, OSError):
                    lines.remove(line)
                    continue
                if isinstance(told, Exception):
                    raise told
                yield told
    finally:
        for one in crew:
            one.terminate()
            one.join()


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """What is started in here never hears Ctrl-C: the parent does, and ends it.

    A process that only then asks not to hear it may die while it is still importing, with a stack
    on the screen.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may say so, and only there Ctrl-C arrives
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _work(
    line: Connection, root: Path, first: date, last: date, now: datetime, memory: Path
) -> None:
    """The other end: check units until an empty name comes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it is not inherited, as on Windows
    with contextlib.suppress(EOFError, OSError):
        try:
            inspector = Inspector(root, first, last, now, memory)
            while slug := line.recv():
                line.send(inspector.check(slug))
        except KitError as error:
            line.send(error)
        except Exception as bug:  # noqa: BLE001 - the parent apologises for it, with the stack
            line.send(RuntimeError("".join(traceback.format_exception(bug))))
