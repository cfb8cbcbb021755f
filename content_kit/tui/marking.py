"""Asking where a post went out, and writing the answer down: for every screen that shows posts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from content_kit.tui import jobs, sending
from content_kit.tui.messages import Edited
from content_kit.tui.screens.done import DonePanel
from content_kit.tui.screens.who import WhoPanel

if TYPE_CHECKING:
    from content_kit.model import Post
    from content_kit.tui.app import KitApp


def ask_where(kit: KitApp, post: Post, warning: str = "") -> None:
    """Ask in which places a post went out: what is written down already can be taken back there."""
    as_somebody(kit, partial(_ask, kit, post, warning))


def as_somebody(kit: KitApp, then: Callable[[], None]) -> None:
    """What is written down bears a name: ask for it when nobody said who sits here."""
    board = kit.board
    if board is None:
        return
    if board.person(kit.me) is not None:
        then()
        return

    def seated(person: str | None) -> None:
        if person:
            kit.sit_down(person)
            then()

    kit.push_screen(WhoPanel(board), seated)


def carry(kit: KitApp, work: Callable[[], str]) -> None:
    """Do what writes to the log on a thread, and say what came of it."""

    def carried() -> None:
        with kit.writing:
            try:
                told = Edited(work())
            except Exception as error:  # noqa: BLE001 - a thread must not take the screen along
                told = Edited(jobs.apology(error), wrong=True)
        kit.post_message(told)

    kit.stop_looking()
    kit.run_worker(carried, thread=True, exit_on_error=False)


def _ask(kit: KitApp, post: Post, warning: str) -> None:
    board, root = kit.board, kit.root
    if board is None or root is None:
        return
    rows = [(id, board.channels[id].name if id in board.channels else id) for id in post.channels]
    title = board.title(post)

    def look() -> None:
        try:
            there = sending.recorded(root, post, kit.clock())
        except Exception as error:  # noqa: BLE001 - a thread must not take the screen along
            kit.post_message(Edited(jobs.apology(error), wrong=True))
        else:
            kit.call_from_thread(show, there)

    def show(there: tuple[str, ...]) -> None:
        kit.push_screen(DonePanel(title, rows, there, warning), partial(answered, there))

    def answered(there: tuple[str, ...], places: tuple[str, ...] | None) -> None:
        if places is None or set(places) == set(there):
            return
        carry(kit, partial(sending.mark, root, kit.history, post, places, kit.me, kit.clock))

    kit.run_worker(look, thread=True, exit_on_error=False)
