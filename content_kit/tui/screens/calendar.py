"""Kalender: a month as a grid, a week, or a list; posts are added, picked up, copied and deleted."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, Final

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from content_kit.model import Post
from content_kit.planning import editing
from content_kit.schedule.dates import short_date
from content_kit.tui.filters import Filter
from content_kit.tui.screens.balance import BalancePanel
from content_kit.tui.screens.calendar_keys import HELP, KEYS, OFFERS
from content_kit.tui.screens.calendar_look import CalendarLook
from content_kit.tui.screens.confirm import ConfirmPanel
from content_kit.tui.screens.filters import FilterPanel, UnitPanel
from content_kit.tui.widgets.broken import broken_line
from content_kit.tui.widgets.daycells import Held
from content_kit.tui.widgets.daygrid import DayGrid
from content_kit.tui.widgets.linelist import LineList
from content_kit.tui.widgets.postlist import PostList

_UNDO: Final = "Keliru? Ctrl+Z mengembalikannya."


class CalendarScreen(CalendarLook):
    """What can be done with the posts of a day."""

    HELP = HELP
    OFFERS = OFFERS
    BINDINGS: ClassVar[list[BindingType]] = [*KEYS]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """With a post in the hand there are two things to do; without one all others."""
        if action in ("drop", "put_back"):
            return self._held is not None
        if action in ("open", "add", "pick", "filter", "delete", "clear", "balance", "look"):
            return self._held is None
        return True

    def _post(self) -> Post | None:
        """The post that keys act on."""
        list_ = self.query_one("#agenda" if self._look == "agenda" else "#day", PostList)
        return list_.row if isinstance(list_.row, Post) else None

    def _one(self, what: str) -> Post | None:
        """The post that is meant; with several on a day the list asks which."""
        day = self.query_one("#day", PostList)
        if self._look != "agenda" and not day.has_focus and len(day.posts) > 1:
            day.focus()
            self.notify(f"Pilih dulu postingannya (↑ ↓), lalu {what}.", timeout=4)
            return None
        post = self._post()
        if post is None:
            self.notify("Belum ada postingan di sini. Tekan t untuk menambah.", timeout=4)
        return post

    @on(DayGrid.Chosen)
    def _pressed(self) -> None:
        if self._held is None:
            self.action_open()
        else:
            self.action_drop()

    @on(LineList.Chosen)
    def action_open(self) -> None:
        """Open the post of the day."""
        board = self.kit.board
        if self._held is None and not self._post() and board and broken_line(board, self._view):
            self.kit.action_show("perbaikan")
        elif self._held is None and (post := self._one("Enter")):
            self.kit.open_post(post.unit, post.id)

    def action_add(self) -> None:
        """A new post on this day."""
        board, view = self.kit.board, self._view
        if board is None or view is None or not view.units:
            return
        if len(view.units) == 1:
            self._add(view.units[0])
        else:
            heading = f"Tambah pada {short_date(self._day)}, untuk posyandu mana?"
            self.app.push_screen(UnitPanel(board, view.units, heading), self._add)

    def _add(self, unit: str | None) -> None:
        if unit:
            self.kit.new_post(unit, self._day)

    def action_pick(self, copy: bool = False) -> None:
        """Take a post, or a copy of it, into the hand."""
        post = self._one("c lagi" if copy else "p lagi")
        if post is not None:
            self._held = Held(post, copy)
            self._back, self._day = self._look, post.date
            if self._look == "agenda":
                self._look = "bulan"
            self._after_hand()

    def action_put_back(self) -> None:
        """Everything stays as it was."""
        if self._held is not None:
            self._day = self._held.post.date
            self._let_go()

    def action_drop(self) -> None:
        """Put the post on the day under the cursor."""
        board, held, day = self.kit.board, self._held, self._day
        if board is None or held is None:
            return
        post = held.post
        if day == post.date:
            self.notify("Masih di hari yang sama. Pilih hari lain, atau Esc.", timeout=4)
            return
        if late := editing.late(board.loaded, post, day):
            self.notify(f"{late} {_UNDO}", severity="warning", timeout=10)
        act = editing.copy_to if held.copy else editing.move
        self.kit.edit(lambda place, now: act(place, now, post, day).pages, unit=post.unit)
        self._let_go()

    def _let_go(self) -> None:
        self._held = None
        self._look = self._back
        self._after_hand()

    def _after_hand(self) -> None:
        if self._view is not None and self._day.replace(day=1) != self._view.month:
            self._look_again()
        else:
            self._show()
        self.action_to_grid()
        self.refresh_bindings()

    def action_delete(self) -> None:
        """Take the post out of the plan, after a question."""
        board, post = self.kit.board, self._one("d lagi")
        if board is not None and post is not None:
            where = board.loaded.posyandu[post.unit].name
            told = (board.title(post), f"{short_date(post.date)}, {where}", "", _UNDO)
            panel = ConfirmPanel("Hapus postingan ini?", told, "Hapus (y)")
            self.app.push_screen(panel, partial(self._delete, post))

    def _delete(self, post: Post, yes: bool | None) -> None:
        if yes:
            self.kit.edit(
                lambda place, now: editing.delete(place, now, [post]).pages, unit=post.unit
            )

    def action_filter(self) -> None:
        """Choose what is shown."""
        if board := self.kit.board:
            self.app.push_screen(FilterPanel(board, self._wish), self._narrow)

    def action_clear(self) -> None:
        """Show everything again."""
        self._narrow(Filter())

    def _narrow(self, wish: Filter | None) -> None:
        if wish is not None and wish != self._wish:
            self._wish = wish
            self._look_again()

    def action_balance(self) -> None:
        """The balance of the month as a window of its own."""
        bars = self.query_one("#bars", Static).content
        view = self._view
        if view is not None and isinstance(bars, Content):
            self.app.push_screen(BalancePanel(view.month, bars))
