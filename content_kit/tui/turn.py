"""Whose turn it is on the workspace: one thread at a time, and our own work is no news afterwards."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType


class Turn:
    """A lock for whatever works on the files.

    `with turn:` is for work that may write: `written` is called before the next one may begin, to
    note how the files are now, so that the watcher takes no save of ours for another program's.
    `acquire` and `release` are for reading, during which somebody else may well save.
    """

    def __init__(self, written: Callable[[], None]) -> None:
        self._lock = threading.Lock()
        self._written = written

    def acquire(self, *, blocking: bool = True) -> bool:
        """Take the turn; False when it is taken and one does not wait."""
        return self._lock.acquire(blocking=blocking)

    def release(self) -> None:
        """Give it back."""
        self._lock.release()

    def locked(self) -> bool:
        """Whether somebody is at work."""
        return self._lock.locked()

    def __enter__(self) -> None:
        self.acquire()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._written()
        finally:
            self.release()
