"""A long list draws what is seen, keeps its place, and tells what was chosen."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import App, ComposeResult
from textual.content import Content

from content_kit.tui.widgets.linelist import LineList


class Listing(App[None]):
    """A list of numbers that remembers what was drawn and chosen."""

    def __init__(self, count: int, row_height: int = 1) -> None:
        super().__init__()
        self.list = LineList(row_height=row_height, empty="Kosong.")
        self.count = count
        self.drawn: set[int] = set()
        self.chosen: list[int] = []

    def compose(self) -> ComposeResult:
        yield self.list

    def on_mount(self) -> None:
        self.list.fill(self.count, self.draw_row)

    def draw_row(self, row: int) -> Sequence[Content]:
        self.drawn.add(row)
        return [Content(f"baris {row}"), Content(f"  bagian dua dari {row}")]

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        self.chosen.append(message.row)

    def lines(self) -> list[str]:
        height = self.list.size.height
        return [self.list.render_line(y).text.rstrip() for y in range(height)]


async def test_only_what_is_seen_is_drawn() -> None:
    app = Listing(100_000)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        assert app.lines()[:2] == ["baris 0", "baris 1"]
        await pilot.press("end")
        await pilot.pause()
        assert app.lines()[-1] == "baris 99999"
        assert len(app.drawn) < 60


async def test_rows_of_two_lines_stay_whole() -> None:
    app = Listing(30, row_height=2)
    async with app.run_test(size=(40, 7)) as pilot:
        await pilot.press(*["down"] * 5)
        await pilot.pause()
        assert app.lines()[-2:] == ["baris 5", "  bagian dua dari 5"]


async def test_the_place_is_kept_and_never_beyond_the_end() -> None:
    app = Listing(30)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press(*["down"] * 20)
        app.list.fill(25, app.draw_row)
        await pilot.pause()
        assert app.list.highlighted == 20
        app.list.fill(3, app.draw_row)
        await pilot.pause()
        assert app.list.highlighted == 2
        app.list.fill(0, app.draw_row)
        await pilot.press("enter", "down", "end")
        assert app.lines()[0] == "Kosong." and not app.chosen


async def test_enter_and_a_second_click_choose() -> None:
    app = Listing(30)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("down", "enter")
        await pilot.click(LineList, offset=(2, 4))
        assert app.chosen == [1]
        await pilot.click(LineList, offset=(2, 4))
        assert app.chosen == [1, 4]
