"""A line to write a desa into, with the desa of the whole country under it that it can mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from content_kit.files.regions import Region, Regions
from content_kit.tui.widgets.box import Box
from content_kit.tui.widgets.linelist import LineList
from content_kit.tui.widgets.lines import plain

ROWS: Final = 4
FEWEST: Final = 3
"""Letters from which on one may search: fewer mean thousands of desa."""


class _Rows(LineList):
    """The desa that were found; one goes up out of them as one came."""

    class Left(Message):
        """Somebody goes back to the line above."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Kembali", show=False)]

    def action_go(self, by: int) -> None:
        """To the next row; from the first one up and out."""
        if by < 0 and self.highlighted == 0:
            self.action_leave()
        else:
            super().action_go(by)

    def action_leave(self) -> None:
        """Back to the line."""
        self.post_message(self.Left())


class RegionPicker(Vertical):
    """`id` is the id of its line. Down goes into the list, Enter takes a row: `Picked` tells which.

    What is written stays as it is for whoever chooses nothing. `regions` may take its time: it is
    asked in a thread; `near` is the code of a region whose neighbours come first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "into", "Pilih desa", show=False)]
    DEFAULT_CSS = """
    RegionPicker { height: auto; }
    RegionPicker _Rows { height: auto; display: none; background: $surface; }
    RegionPicker _Rows > .linelist--row { background: $surface; }
    """

    class Picked(Message):
        """A region was chosen."""

        def __init__(self, region: Region) -> None:
            super().__init__()
            self.region = region

    class Offered(Message):
        """There is something to choose from now, or nothing any more (`offers`)."""

    class _Found(Message):
        """What a search came to."""

        def __init__(self, words: str, regions: Sequence[Region]) -> None:
            super().__init__()
            self.words = words
            self.regions = regions

    def __init__(
        self,
        regions: Callable[[], Regions],
        value: str = "",
        *,
        id: str,
        placeholder: str = "",
        near: Callable[[], str] = str,
    ) -> None:
        super().__init__()
        self._ask = regions
        self._near = near
        self._line = Box(value, id=id, placeholder=placeholder, compact=True)
        self._rows = _Rows()
        self._found: tuple[Region, ...] = ()
        self._taken = value

    def compose(self) -> ComposeResult:
        """The line and the rows."""
        yield self._line
        yield self._rows

    @property
    def offers(self) -> bool:
        """Whether there is something to choose from."""
        return bool(self._found)

    @on(Input.Changed)
    def _search(self) -> None:
        words = self._line.value.strip()
        if words == self._taken or len(words) < FEWEST or not self._line.has_focus:
            self._show(())
            return
        self.run_worker(
            partial(self._look, words),
            thread=True,
            exclusive=True,
            group="regions",
            exit_on_error=False,
        )

    def _look(self, words: str) -> None:
        """In a thread: the list of the country takes a second to load."""
        found = self._ask().find(words, near=self._near(), most=ROWS)
        self.post_message(self._Found(words, found))

    @on(_Found)
    def _arrived(self, message: _Found) -> None:
        # A slow answer to what was written before is no answer.
        if message.words == self._line.value.strip() and self._line.has_focus:
            # The only one there is, written out in full, need not be offered.
            written_out = [region.title for region in message.regions] == [message.words]
            self._show(() if written_out else message.regions)

    def _show(self, found: Sequence[Region]) -> None:
        if bool(found) != self.offers:
            self.post_message(self.Offered())
        self._found = tuple(found)
        self._rows.display = bool(found)
        self._rows.styles.height = len(found) or 1
        self._rows.fill(len(found), self._row, highlighted=0)

    def _row(self, number: int) -> Sequence[Content]:
        return (plain(f"  {self._found[number]}"),)

    def action_into(self) -> None:
        """Into the list, where there is one."""
        if self._found:
            self._rows.focus()

    @on(_Rows.Left)
    def _left(self) -> None:
        self._line.focus()

    @on(LineList.Chosen)
    def _chosen(self, message: LineList.Chosen) -> None:
        message.stop()
        region = self._found[message.row]
        self._taken = self._line.value = region.title
        self._show(())
        self._line.focus()
        self.post_message(self.Picked(region))
