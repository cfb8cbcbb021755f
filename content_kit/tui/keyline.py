"""Keys wait in line: each is given to whoever has the cursor once the key before it has done all it does.

Textual's application gives a key to whichever widget has the focus at that moment, and takes the
next key at once. The widget handles its key later, in a task of its own, and what it starts (the
focus moves, a window opens, a day is picked) are further messages to further tasks. So of Tab and
a letter typed in one breath both were given to the old field, and six arrows all reckoned from the
same day. On an idle machine the gap is too short to be hit by hand; on a busy one it is not.

All that leans on Textual's inside for this is in `Settled`; Textual is pinned exactly.
"""
# ruff: noqa: SLF001 - Textual has no public word for any of this; it is pinned for that reason.

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from textual.events import Event
from textual.worker import WorkerState

if TYPE_CHECKING:
    from textual.app import App
    from textual.message_pump import MessagePump

PATIENCE: Final = 5.0
"""Seconds after which a key is given on whatever still goes on: a stuck window takes no keys away."""

_QUICK: Final = 20
"""So many looks follow each other at once; after them the processor is left to whoever works."""
_NAP: Final = 0.004
"""Seconds between two looks after that."""

_RUNNING: Final = (WorkerState.PENDING, WorkerState.RUNNING)


class Settled:
    """Whether an application has done all that was asked of it, as far as its screens go."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app

    def __call__(self) -> bool:
        """No message waits or is being handled, no window is being opened, nothing waits to be drawn."""
        app = self._app
        if not app._screen_stack or any(map(_busy, (app, *app._registry))):
            return False
        if any(worker.state in _RUNNING and not worker._thread_worker for worker in app.workers):
            return False
        screen = app.screen
        return not screen._callbacks and getattr(screen, "takes_keys", True)


def _busy(pump: MessagePump) -> bool:
    """Whether it has something to handle, or is about to begin; who leaves has nothing to say."""
    if pump._closing or pump._closed:
        return False
    # Idle is a task that stands waiting at the bell of its queue, with the bell not rung.
    bell: Any = pump._message_queue.ready_event
    return bell.is_set() or not bell._waiters


class KeyLine:
    """Keys and pastes in the order they came; `give` hands one to Textual."""

    def __init__(
        self,
        settled: Callable[[], bool],
        give: Callable[[Event], Awaitable[None]],
        patience: float = PATIENCE,
    ) -> None:
        self._patience = patience
        self._settled = settled
        self._give = give
        self._line: deque[Event] = deque()
        self._task: asyncio.Task[None] | None = None

    @property
    def empty(self) -> bool:
        """Whether every key was given on, and has done what it does."""
        return self._task is None or self._task.done()

    def join(self, event: Event) -> None:
        """Let a key wait for its turn; without a line it comes at once."""
        self._line.append(event)
        if self.empty:
            self._task = asyncio.create_task(self._serve())

    async def _serve(self) -> None:
        while self._line:
            await self._rest()
            await self._give(self._line.popleft())
        await self._rest()
        if self._line:  # typed while the last one was at work
            await self._serve()

    async def _rest(self) -> None:
        looks, end = 0, monotonic() + self._patience
        while not self._settled() and monotonic() < end:
            looks += 1
            await asyncio.sleep(0 if looks < _QUICK else _NAP)
