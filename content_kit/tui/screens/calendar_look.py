"""What the calendar shows: a month, a week or a list of one view, the day below, the balance beside."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from content_kit.planning import editing
from content_kit.schedule.dates import distance, month_name, short_date
from content_kit.schedule.week import Week
from content_kit.tui.almanac import Almanac
from content_kit.tui.board import Board
from content_kit.tui.filters import Filter, words
from content_kit.tui.messages import Reckoned
from content_kit.tui.screens.base import KitScreen
from content_kit.tui.standing import standing
from content_kit.tui.view import View, moved
from content_kit.tui.widgets.balance import standing_lines
from content_kit.tui.widgets.broken import broken_line
from content_kit.tui.widgets.daycells import DayCells, Held, held_line
from content_kit.tui.widgets.daygrid import DayGrid
from content_kit.tui.widgets.keybar import KeyBar
from content_kit.tui.widgets.linelist import LineList
from content_kit.tui.widgets.lines import legend, plain
from content_kit.tui.widgets.monthbar import LOOKS, MonthBar
from content_kit.tui.widgets.postlist import PostList, first_post, first_row
from content_kit.tui.widgets.titlebar import TitleBar

WIDE: Final = 104
"""From so many columns on the day and the balance stand beside the month."""

_PANE: Final = 4
"""Lines that the day below a month has at least."""


class CalendarLook(KitScreen):
    """Shows and moves about; what it shows comes from `View`, and only from there."""

    CSS_PATH: ClassVar[str] = "calendar.tcss"
    AUTO_FOCUS = "DayGrid"

    def __init__(self) -> None:
        super().__init__()
        self._day = date.min
        self._look = "bulan"
        self._back = "bulan"
        self._wish = Filter()
        self._held: Held | None = None
        self._view: View | None = None
        self._asked = 0
        self._arranged = Size(0, 0)

    def compose(self) -> ComposeResult:
        """The month with its arrows and looks, the grid or the list, the day, and the legend."""
        yield TitleBar("Kalender")
        yield MonthBar()
        with Vertical(id="body"):
            with Vertical(id="main"):
                yield DayGrid(id="grid")
                yield PostList(days=True, empty="", id="agenda")
            with Vertical(id="side"):
                yield Static("", id="heading", markup=False)
                yield PostList(days=False, empty="", id="day")
                with VerticalScroll(id="standing", can_focus=False):
                    yield Static("", id="bars", markup=False)
        yield Static("", id="told", markup=False)
        yield KeyBar()

    # What is shown

    def draw(self, board: Board) -> None:
        """Show the board, on the day where the cursor is."""
        if self._day == date.min:
            self._day = board.today(self.kit.me)
        held = self._held.post if self._held else None
        if held and (held.unit, held.id) not in board.index.keys:
            self._held = None  # another program took it away
        self._look_again()

    def _look_again(self) -> None:
        """Ask for the month anew: the board, the month or the filter changed."""
        board = self.kit.board
        if board is None:
            return
        month = self._day.replace(day=1)
        almanac = board.almanac
        page = almanac.known(month) if almanac else None
        self._view = view = View.of(board, self.kit.me, self._wish, month, page)
        self._asked += 1
        if almanac is not None:
            if page is None:
                self.query_one("#bars", Static).update("Menghitung…")
            self.call_after_refresh(self._start, self._asked, board, almanac, view)
        self._show()

    def _start(self, asked: int, board: Board, almanac: Almanac, view: View) -> None:
        """Reckon what the month holds, once its posts are on the screen."""
        self.run_worker(
            lambda: self._reckon(asked, board, almanac, view),
            thread=True, group="almanac", exit_on_error=False,
        )  # fmt: skip

    def _reckon(self, asked: int, board: Board, almanac: Almanac, view: View) -> None:
        self.kit.stand_aside()
        if asked != self._asked:
            return  # another month is asked for already
        page = almanac.page(view.month)
        # The month first: the balance of a province takes a while longer.
        self.post_message(Reckoned(asked, page, None))
        self.kit.stand_aside()
        if page.strategy is not None and asked == self._asked:
            found = standing(board, view.units, view.month, page.strategy)
            self.post_message(Reckoned(asked, page, found))

    @on(Reckoned)
    def _reckoned(self, message: Reckoned) -> None:
        board, view = self.kit.board, self._view
        if message.asked != self._asked or board is None or view is None:
            return
        if message.page is not view.page:
            self._view = View.of(board, self.kit.me, self._wish, view.month, message.page)
            self._show()
        bars = self.query_one("#bars", Static)
        if message.standing is not None:
            bars.update(standing_lines(message.standing, self._whose(board)))
        elif message.page.strategy is None:
            bars.update("Anjuran kantor belum terbaca, jadi belum ada imbangan.")

    def _show(self) -> None:
        board, view = self.kit.board, self._view
        if board is None or view is None:
            return
        # Two hours for one post confuse: the zone stands beside them always.
        zones = {board.loaded.posyandu[unit].zone.name for unit in view.units}
        zone = zones.pop() if len(zones) == 1 else "setempat"
        self.query_one(MonthBar).show(
            f"{month_name(view.month)} {view.month.year}",
            f"{view.count} postingan, jam {zone}",
            self._look,
        )
        self.set_class(self._look == "agenda", "-agenda")
        self._tell(board)
        self._arrange()
        if self._look == "agenda":
            self._show_agenda(board, view)
        else:
            self._show_grid(board, view)
        self._show_day(board, view)

    def _show_grid(self, board: Board, view: View) -> None:
        week = Week.of(self._day)
        cells = DayCells(board, view, board.today(self.kit.me), self._held)
        grid = self.query_one(DayGrid)
        if self._look == "minggu":
            grid.fill(week.days(), 1, self._day, cells.week)
        else:
            grid.fill(view.days, 7, self._day, cells.month)

    def _show_agenda(self, board: Board, view: View) -> None:
        rows = view.rows(view.first, view.last)
        list_ = self.query_one("#agenda", PostList)
        here = (self._day, list_.row)
        place = rows.index(here) if here in rows else first_row(rows, self._day)
        none = "Tidak ada yang cocok dengan saringan. Tekan x untuk melihat semua."
        if broken_line(board, view) is not None:
            none = "Berkas bulan ini tidak terbaca. Tekan 3: Perbaikan."
        elif not self._wish:
            none = "Belum ada apa-apa di bulan ini. Tekan 1, lalu s: Susun bulan ini."
        list_.show(board, rows, highlighted=place, empty=none)

    def _show_day(self, board: Board, view: View) -> None:
        day = self._day
        rows = view.rows(day, day)
        posts = view.posts(day)
        parts = [Content.styled(short_date(day), "bold")]
        parts.append(Content(distance(day, board.today(self.kit.me))))
        if posts:
            parts.append(Content(f"{len(posts)} postingan"))
        if gap := view.gaps.get(day):
            parts.append(plain(f"sepi: {gap}", "bold $warning"))
        self.query_one("#heading", Static).update(Content(" · ").join(parts), layout=False)
        list_ = self.query_one("#day", PostList)
        # The same post stays under the cursor, wherever it stands now; another day starts anew.
        place = (day, list_.row)
        same = rows.index(place) if list_.day == day and place in rows else first_post(rows)
        none = "Belum ada postingan. Tekan t untuk menambah."
        if broken_line(board, view) is not None:
            none = "Berkas bulan ini tidak terbaca. Enter: Perbaikan."
        several = len(view.units) > 1
        list_.show(board, rows, highlighted=same, empty=none, unit_first=several)

    def _tell(self, board: Board) -> None:
        """The last line: what is held, else how the calendar is narrowed, else the legend."""
        line = self.query_one("#told", Static)
        late = False
        told = legend()
        if self._held is not None:
            opening = editing.opening_before(board.loaded, self._held.post, self._day)
            late = opening is not None
            told = held_line(board, self._held, self._day, opening, self.size.width - 2)
        elif broken := broken_line(board, self._view):
            told = broken
        elif self._wish:
            told = plain(f"Saringan: {words(board, self._wish)}  (x hapus)", "bold $primary")
        line.update(told, layout=False)
        line.set_class(self._held is not None and not late, "held")
        line.set_class(late, "late")

    def _whose(self, board: Board) -> str:
        units = self._view.units if self._view else ()
        if len(units) == 1:
            return board.loaded.posyandu[units[0]].name
        return f"{len(units)} posyandu"

    def on_resize(self, event: events.Resize) -> None:
        """Another size: other cells."""
        if event.size != self._arranged:
            self.call_after_refresh(self._show)

    def _arrange(self) -> None:
        """Give the grid whole cells, and the day below it what is left."""
        self._arranged = self.size
        grid = self.query_one(DayGrid)
        if self.size.width >= WIDE:
            grid.styles.height = "1fr"
            return
        rows = 7 if self._look == "minggu" else len(self._view.days) // 7 if self._view else 6
        head = 0 if self._look == "minggu" else 1
        room = self.size.height - 4 - head
        grid.styles.height = head + rows * max(2, min(6, (room - _PANE) // rows))

    # Where one is

    @on(DayGrid.Moved)
    def _moved(self, message: DayGrid.Moved) -> None:
        self._go(message.day)

    def _go(self, day: date) -> None:
        """The cursor on another day; its month when that is another one."""
        view, board = self._view, self.kit.board
        if view is None or board is None or not 2000 <= day.year <= 2099:
            return
        before, self._day = self._day, day
        if day.replace(day=1) != view.month:
            self._look_again()
        elif self._look == "minggu" and day not in Week.of(before):
            self._show()
        else:
            self.query_one(DayGrid).point(day)
            self._tell(board)
            self._show_day(board, view)

    @on(LineList.Highlighted, "#agenda")
    def _pointed(self) -> None:
        day = self.query_one("#agenda", PostList).day
        if day is not None:
            self._day = day

    @on(MonthBar.Turned)
    def _turned(self, message: MonthBar.Turned) -> None:
        self.action_turn(message.by)

    @on(MonthBar.Chosen)
    def _chosen(self, message: MonthBar.Chosen) -> None:
        self.action_look(message.look)

    def action_turn(self, by: int) -> None:
        """To the month before, the next, or back to today."""
        board = self.kit.board
        if board is None:
            return
        today = board.today(self.kit.me)
        month = moved(self._day.replace(day=1), by)
        here = month == today.replace(day=1)
        self._day = today if not by or here else month
        self._look_again()

    def action_look(self, look: str = "") -> None:
        """Month, week or agenda; the next of them when none is named."""
        names = list(LOOKS)
        self._look = look or names[(names.index(self._look) + 1) % len(names)]
        self._show()
        self.action_to_grid()

    def action_to_grid(self) -> None:
        """The keys go to the calendar again."""
        self.query_one("#agenda" if self._look == "agenda" else DayGrid).focus()
