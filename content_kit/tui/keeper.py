"""The part of the application that keeps a workspace: reads it, watches it, edits it, and takes edits back."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Final

from textual import on
from textual.app import App
from textual.events import Event, InputEvent
from textual.notifications import SeverityLevel
from textual.reactive import reactive

from content_kit.tui.messages import Edited, Looked, LookFailed, Moved
from content_kit.tui.turn import Turn

if TYPE_CHECKING:  # half a second to import: the worker threads do it, while the first frame stands
    from content_kit.files.drafts import Drafts
    from content_kit.planning.clash import Clashes
    from content_kit.planning.history import History
    from content_kit.tui.board import Board
    from content_kit.tui.jobs import Act
    from content_kit.tui.looking import Looker

GLANCE: Final = 3.0
"""Seconds between two glances at the files: another program's change is on the screen soon."""

PAUSE: Final = 0.3
"""Seconds after a key in which checks stand aside."""

FLOOD: Final = 50_000
"""So many new objects between two glances are no screen's."""


def _signature(root: Path) -> str:
    from content_kit.files.watch import signature  # no word of it before the first frame

    return signature(root)


class Keeper(App[None]):
    """Keeps the workspace of the application; every reading and writing is on a worker thread."""

    board: reactive[Board | None] = reactive(None)
    me: reactive[str] = reactive("")
    trouble: reactive[str] = reactive("")
    """Why the plans could not be read the last time, "" when they could."""

    def __init__(self, root: Path | None, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self.root = root
        self.clock = clock
        self._history: History | None = None
        self.writing = Turn(self._note)
        """Held by whatever works on the workspace: one thread at a time."""
        self._request = 0
        self._seen = ""
        self._looker: Looker | None = None
        self._remarked: set[str] = set()
        self._typing = 0.0

    @property
    def drafts(self) -> Drafts:
        """What was typed in this workspace and never saved; who keeps settings knows where."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Watch the files from now on."""
        self.set_interval(GLANCE, self._glance)
        # Python collects garbage in the middle of whatever makes some: a tenth of a second of a
        # key press here and there. It is collected between two of them instead.
        gc.disable()
        gc.freeze()
        self.set_interval(GLANCE, self._tidy)

    def _tidy(self) -> None:
        # A flood is a plan that is being read: it is frozen when it is there, and no garbage.
        if gc.get_count()[0] < FLOOD:
            gc.collect()

    def on_unmount(self) -> None:
        """Leave Python as it was."""
        gc.unfreeze()
        gc.enable()

    async def on_event(self, event: Event) -> None:
        """Note that somebody presses keys or moves the mouse."""
        if isinstance(event, InputEvent):
            self._typing = monotonic() + PAUSE
        await super().on_event(event)

    def stand_aside(self) -> None:
        """Wait while somebody presses keys. For worker threads: in Python all share one processor."""
        while (rest := self._typing - monotonic()) > 0:
            sleep(rest)

    def open_workspace(self, root: Path) -> None:
        """Go on in another folder."""
        self.root = root
        self._looker = None
        self.board = None
        self._history = None
        self.switch_mode("beranda")
        self.action_reload()

    def action_reload(self) -> None:
        """Read the workspace again: another program may have changed it."""
        if self.root is not None:
            self._request += 1
            look = partial(self._look, self.root, self._request, self.me)
            self.run_worker(look, thread=True, group="look", exit_on_error=False)

    def stop_looking(self) -> None:
        """Let a running check end, because something else needs the workspace."""
        self._request += 1

    def _glance(self) -> None:
        """See whether another program changed something; our own work is seen already."""
        if self.root is not None and not self.writing.locked():
            self.run_worker(partial(self._compare, self.root), thread=True, group="glance")

    def _compare(self, root: Path) -> None:
        if self.writing.acquire(blocking=False):
            try:
                seen = _signature(root)
                # Before the first reading nothing can be news.
                moved = bool(self._seen) and seen != self._seen
            finally:
                self.writing.release()
            if moved:
                self.post_message(Moved(seen))

    def _note(self) -> None:
        if self.root is not None:
            self._seen = _signature(self.root)

    @on(Moved)
    def _moved(self, message: Moved) -> None:
        if message.seen != self._seen:
            self._seen = message.seen
            self.action_reload()
            self.notify("Ada berkas yang berubah. Layar ini sudah diperbarui.", timeout=4)

    def _look(self, root: Path, request: int, me: str) -> None:
        from content_kit.tui import jobs
        from content_kit.tui.looking import Looker

        def alive() -> bool:
            self.stand_aside()
            return request == self._request

        self.writing.acquire()
        try:
            self._seen = _signature(root)
            if self._looker is None:
                self._looker = Looker(root, self.drafts)
            for board in self._looker.look(self.clock(), me, alive):
                if not alive():
                    return
                self.post_message(Looked(request, board))
        except Exception as error:  # noqa: BLE001 - a thread must not take the screen along
            self.post_message(LookFailed(request, jobs.apology(error)))
        finally:
            self.writing.release()

    @on(Looked)
    def _looked(self, message: Looked) -> None:
        if message.request == self._request:
            self.board = message.board
            self.trouble = ""

    @on(LookFailed)
    def _look_failed(self, message: LookFailed) -> None:
        if message.request == self._request:
            self.trouble = message.sentence
            self._say(message.sentence, "error")

    def _say(self, sentence: str, severity: SeverityLevel) -> None:
        from content_kit.files.safe_text import shown

        self.notify(shown(sentence), severity=severity, markup=False)

    # Edits

    @property
    def history(self) -> History:
        """What was done here and can be taken back."""
        if self._history is None:
            from content_kit.planning.history import History

            self._history = History()
        return self._history

    def edit(
        self,
        act: Act,
        *,
        unit: str | None = None,
        what: str = "",
        then: Callable[[bool], None] | None = None,
    ) -> None:
        """Carry an edit out on a worker thread; `ctrl+z` takes it back. See `jobs.edit`.

        `then` is told, back on the application's own thread, whether it was saved.
        """
        from content_kit.tui import jobs

        if self.root is not None:
            self.stop_looking()
            work = partial(jobs.edit, self.root, self.history, act, unit=unit, what=what)
            self.carry(work, then)

    def action_undo(self) -> None:
        """Take the last edit back."""
        if self.history.last:
            self.stop_looking()
            self.carry(lambda: f"Dibatalkan: {self.history.undo()}")
        else:
            self.notify("Tidak ada yang bisa dibatalkan.")

    def action_redo(self) -> None:
        """Do again what was taken back last."""
        self.stop_looking()
        self.carry(lambda: f"Diulangi: {self.history.redo()}")

    def carry(self, work: Callable[[], str], then: Callable[[bool], None] | None = None) -> None:
        """Write on a worker thread and say what `work` says; `then` is told whether it was saved."""

        def carried() -> None:
            from content_kit.files.save import remarks
            from content_kit.tui import jobs

            with self.writing, remarks() as disk:
                try:
                    told = Edited(work(), then=then)
                except Exception as error:  # noqa: BLE001 - a thread must not take the screen along
                    undecided = jobs.clashes(error)
                    told = Edited(jobs.apology(error), wrong=True, then=then, clashes=undecided)
            told.disk = tuple(disk)
            self.post_message(told)

        self.run_worker(carried, thread=True, group="edit", exit_on_error=False)

    def _remark(self, disk: Sequence[str]) -> None:
        """What is to be known of the disk, once while the application is open."""
        for words in disk:
            if words not in self._remarked:
                self._remarked.add(words)
                self._say(words, "warning")

    @on(Edited)
    def _edited(self, message: Edited) -> None:
        if message.clashes is not None:
            self._choose(message.clashes, message.then)
            return
        if message.sentence:
            severity: SeverityLevel = "error" if message.wrong else "information"
            self._say(message.sentence, severity)
        if not message.wrong:
            self._remark(message.disk)
        if message.then is not None:
            message.then(not message.wrong)
        self.action_reload()

    # Two versions

    def open_clash(self, file: str) -> None:
        """Bring two versions of a file together: a copy beside it, or the marks of git in it."""
        root = self.root
        if root is None:
            return

        def look() -> None:
            from content_kit.tui import jobs

            with self.writing:
                try:
                    told = Edited("", clashes=jobs.clash(root, file))
                except Exception as error:  # noqa: BLE001 - a thread must not take the screen along
                    told = Edited(jobs.apology(error), wrong=True)
            self.post_message(told)

        self.stop_looking()
        self.run_worker(look, thread=True, group="edit", exit_on_error=False)

    def open_folder_merge(self, folder: Path) -> None:
        """Show what merging a folder comes to, and merge it when somebody says so."""
        from content_kit.tui.screens.merge_folders import MergeFoldersPanel

        self.stop_looking()
        self.push_screen(MergeFoldersPanel(folder))

    def action_merge_folder(self) -> None:
        """Ask for a folder that somebody brought; then show what merging it comes to."""
        from content_kit.tui.screens.merge_folders import ask_folder, folder_of

        def typed(words: dict[str, str] | None) -> None:
            if words:
                self.open_folder_merge(folder_of(words["folder"]))

        if self.root is not None:
            self.push_screen(ask_folder(), typed)

    def _choose(self, clashes: Clashes, then: Callable[[bool], None] | None) -> None:
        from content_kit.tui import jobs
        from content_kit.tui.screens.conflict import Choices, ConflictPanel

        def chosen(choices: Choices | None) -> None:
            if choices is not None and self.root is not None:
                work = partial(jobs.settle, self.root, self.history, clashes, choices)
                self.carry(work, then)
                return
            self.notify("Belum digabung. Kedua versi tetap ada; lihat Perbaikan.")
            if then is not None:
                then(False)  # noqa: FBT003 - a plain question: was it saved?
            self.action_reload()

        self.push_screen(ConflictPanel(clashes), chosen)
