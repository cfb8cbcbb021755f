"""Undo: the edits of one sitting, each of which can be taken back while nobody else touched its files."""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from content_kit.errors import UsageError
from content_kit.files import save

if TYPE_CHECKING:  # the application has a history from its first frame on; splicing comes later
    from content_kit.planning.pages import Pages

MOST: Final = 100
"""How many edits are remembered: a sitting's worth."""
MOST_TEXT: Final = 8_000_000
"""So many characters of earlier files are kept: an office's whole month is one edit of hundreds."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What was done, in words for people, and each file's text before with its version after."""

    what: str
    files: Mapping[Path, tuple[str, str]]
    after: Callable[[], str] | None = None
    """Puts away what was made of it, once it is taken back, and says what there is to do."""

    @property
    def size(self) -> int:
        """The characters it keeps."""
        return sum(len(text) for text, _ in self.files.values())


class History:
    """Saves pages and remembers how the files were. Threads may share it."""

    def __init__(self) -> None:
        self._edits: deque[Edit] = deque(maxlen=MOST)
        self._undone: list[Edit] = []
        self._guard = threading.Lock()

    @property
    def last(self) -> str:
        """What the next undo takes back, "" when there is nothing."""
        with self._guard:
            return self._edits[-1].what if self._edits else ""

    def save(self, pages: Pages, what: str, *, after: Callable[[], str] | None = None) -> None:
        """Save these pages; raises what `Pages.save` raises, and then nothing was changed.

        `after` puts away what was made of the edit, should it be taken back, and says what to do.
        """
        versions = pages.save()
        if versions:
            # What it replaced: others may have saved since these pages were read.
            files = {path: (pages.before(path), version) for path, version in versions.items()}
            with self._guard:
                self._undone.clear()
                self._edits.append(Edit(what, files, after))
                while len(self._edits) > 1 and sum(e.size for e in self._edits) > MOST_TEXT:
                    self._edits.popleft()

    def noted(self, what: str, back: Callable[[], str]) -> None:
        """Remember what was done without a page that could be put back; `back` undoes it, in words."""
        with self._guard:
            self._undone.clear()
            self._edits.append(Edit(what, {}, back))

    def undo(self) -> str:
        """Take the last edit back and say which it was.

        UsageError when there is none. EditConflict when somebody changed one of its files
        since: then nothing is taken back, and the edit is forgotten.
        """
        with self._guard:
            if not self._edits:
                raise UsageError("Tidak ada yang bisa dibatalkan.")
            edit = self._edits.pop()
        for path, (_, version) in edit.files.items():
            if save.read(path).digest != version:
                raise save.EditConflict(
                    f'"{path.name}" sudah diubah lagi sejak itu, jadi tidak dibatalkan.'
                )
        again: dict[Path, tuple[str, str]] = {}
        for path, (text, version) in edit.files.items():
            new = save.read(path).text
            before = save.edit(path, lambda _, old=text: old, version)  # type: ignore[misc]
            if not text:  # the edit made this file
                _remove(path)
                before = save.read(path).digest
            again[path] = (new, before)
        if again:
            with self._guard:
                self._undone.append(Edit(edit.what, again, edit.after))
        return f"{edit.what} {edit.after() if edit.after else ''}".rstrip()

    def redo(self) -> str:
        """Do again what was taken back last, and say what it was; it can be taken back anew.

        UsageError when there is nothing, EditConflict when somebody changed one of its files since.
        Pictures that were put away are made anew by whoever wants them.
        """
        with self._guard:
            if not self._undone:
                raise UsageError("Tidak ada yang bisa diulangi.")
            edit = self._undone.pop()
        for path, (_, version) in edit.files.items():
            if save.read(path).digest != version:
                raise save.EditConflict(
                    f'"{path.name}" sudah diubah lagi sejak itu, jadi tidak diulangi.'
                )
        back: dict[Path, tuple[str, str]] = {}
        for path, (text, version) in edit.files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            old = save.read(path).text
            back[path] = (old, save.edit(path, lambda _, new=text: new, version))  # type: ignore[misc]
        with self._guard:
            self._edits.append(Edit(edit.what, back, edit.after))
        return edit.what


def _remove(path: Path) -> None:
    """Remove a file that an edit had made, and its folder when nothing of anybody's is in it."""
    with contextlib.suppress(OSError):
        path.unlink()
        lock = path.parent / save.LOCK_NAME
        if all(other == lock for other in path.parent.iterdir()):
            lock.unlink(missing_ok=True)
            path.parent.rmdir()
