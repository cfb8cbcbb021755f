"""Reads and checks a workspace for the screens, again and again: what did not change is not checked twice.

Nothing here knows Textual. A `Looker` belongs to one worker thread at a time.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from content_kit.files.drafts import Drafts
from content_kit.files.save import sweep_tree
from content_kit.files.texts import Texts
from content_kit.files.watch import FOLDERS, SHARED, stamps
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding
from content_kit.render import Press
from content_kit.review.life import Status
from content_kit.review.reviews import Reviews
from content_kit.tasks.checkup import checkup, of_unit
from content_kit.tui.almanac import Almanac
from content_kit.tui.board import Board, Key

_PART: Final = 300
"""Posts that are checked before the screens are told again: some seconds' worth."""


class Looker:
    """Looks at one workspace; the checks of posts in units that stay as they are last."""

    def __init__(self, root: Path, drafts: Drafts | None = None) -> None:
        self._workspace = Workspace.open(root)
        self._drafts = drafts
        sweep_tree(root, FOLDERS)
        self._press: Press | None = None
        self._stamps: dict[str, str] = {}
        self._told: dict[str, tuple[Finding, ...]] = {}
        self._checked: dict[Key, tuple[Finding, ...]] = {}
        self._states: dict[Key, Status] = {}
        self._logs: dict[str, tuple[Finding, ...]] = {}

    def look(self, now: datetime, me: str, alive: Callable[[], bool]) -> Iterator[Board]:
        """The workspace as a board: at once, with this week checked, part after part, with all.

        Every board comes warm, so that a screen only has to draw it.
        """
        press = self._read()
        almanac = Almanac(self._workspace, press.loaded)
        board = Board(press.loaded, now, almanac=almanac, channels=press.channels)
        # Without anything checked the library is not asked for: the first screen does not wait.
        library = press.library if self._checked else Texts()
        board = replace(
            board, checked=dict(self._checked), states=dict(self._states), library=library
        )
        board.warm(me)
        # The collector would walk all that was read, 300,000 objects of a province, at every
        # round. They hold no cycles, so they go when the next board takes their place.
        gc.freeze()
        yield board
        almanac.page(board.today(me).replace(day=1))  # the calendar asks for it first
        reviews = Reviews(press, now)
        for unit in press.loaded.posyandu:
            if unit not in self._logs:
                self._logs[unit] = of_unit(reviews, unit)
        soon = board.week(me)
        new = 0
        for number, post in enumerate([*soon, *board.index.posts], 1):
            if not alive():
                return
            key = (post.unit, post.id)
            if key not in self._checked:
                proof = press.proof_anyway(post)
                self._checked[key] = proof.findings
                self._states[key] = reviews.state(proof).status
                new += 1
            if number == len(soon) or new == _PART:
                yield self._board(board, reviews, me)
                new = 0
        yield replace(self._board(board, reviews, me), complete=True)

    def _board(self, board: Board, reviews: Reviews, me: str) -> Board:
        logs = (found for unit in self._logs.values() for found in unit)
        general = tuple(
            dict.fromkeys((*checkup(reviews.press, reviews, drafts=self._drafts), *logs))
        )
        board = replace(
            board,
            checked=dict(self._checked),
            states=dict(self._states),
            general=general,
            library=reviews.press.library,
        )
        board.warm(me)
        gc.freeze()
        return board

    def _read(self) -> Press:
        """Read the workspace, and forget the checks that it may have overtaken."""
        # Taken before anything is read: what is saved meanwhile counts as changed next time.
        before, now = self._stamps, stamps(self._workspace.root)
        loaded = self._workspace.load()
        if self._press is None or before.get(SHARED) != now[SHARED]:
            press, before = Press(self._workspace, loaded), {}
        else:
            press = self._press.reading(loaded)
        # What is said of a post because of another unit, its twin for example, counts as well.
        found: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in (*loaded.findings, *press.together):
            found["".join(finding.place.file.split("/")[1:2])].append(finding)
        told = {unit: tuple(each) for unit, each in found.items()}
        still = {
            unit
            for unit, stamp in now.items()
            if before.get(unit) == stamp and self._told.get(unit) == told.get(unit)
        }
        self._checked = {key: each for key, each in self._checked.items() if key[0] in still}
        self._states = {key: each for key, each in self._states.items() if key[0] in still}
        self._logs = {unit: found for unit, found in self._logs.items() if unit in still}
        self._press, self._stamps, self._told = press, now, told
        return press
