"""What a day of the calendar says: letters or counts in a month's cell, titles in a week's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from textual.content import Content

from content_kit.findings import clipped
from content_kit.model import Pillar, Post
from content_kit.review.life import Status
from content_kit.schedule.dates import clock, hours, short_date
from content_kit.tui.almanac import ServiceDayOf
from content_kit.tui.board import Board
from content_kit.tui.view import View
from content_kit.tui.widgets.lines import chip, plain, state_mark

_Part: TypeAlias = "tuple[str, str] | str | Content"

GUTTER: Final = 17
"""Columns of a week's day before its posts: the date and its marks."""
_TITLES: Final = 16
"""A month's cell from so wide on shows the beginning of a title, a narrower one the hour."""


@dataclass(frozen=True)
class Held:
    """A post that was picked up, to be moved or copied."""

    post: Post
    copy: bool = False


@dataclass(frozen=True)
class DayCells:
    """Draws the days of a view as they stand today, perhaps with a post in the hand."""

    board: Board
    view: View
    today: date
    held: Held | None = None

    # A month

    def month(self, day: date, width: int, height: int, here: bool) -> Sequence[Content]:
        """A month's cell: the date with its marks, then its posts as far as they fit."""
        inside = day.month == self.view.month.month
        number = f"[{day.day}]" if here else f" {day.day} "
        first = ("▶" if day == self.today else " ") + f"{number:<4}"
        style = "bold" if inside else "$foreground-muted"
        if day == self.today:
            style = "bold $primary"
        head = Content.assemble((first, style), *self._marks(day))
        head = head.pad_right(max(0, width - head.cell_length)).stylize("on $panel")
        return [head, *self._body(day, width, height - 1, here=here)]

    def _marks(self, day: date) -> list[_Part]:
        marks: list[_Part] = []
        services = self.view.services(day)
        if services:
            several = str(len(services)) if len(services) > 1 else ""
            gone = all(each.day.cancelled for each in services)
            marks.append(("○" if gone else "●", "bold $primary"))
            marks.append((several, "$primary"))
        if self.view.page.closes(day):
            marks.append(("L", "bold $error"))
        if self.view.page.marking(day):
            marks.append(("◆", "bold $secondary"))
        return marks

    def _body(self, day: date, width: int, height: int, *, here: bool) -> list[Content]:
        lines: list[Content] = []
        if self.held is not None and here:
            sign = "+" if self.held.copy else "▼"
            lines.append(Content.assemble(" ", (f"{sign} ", "bold"), chip(self.held.post.pillar)))
        posts = self.view.posts(day)
        room = height - len(lines)
        if room <= 0:
            return lines
        if not posts:
            if day in self.view.gaps and not lines:
                lines.append(Content.styled(" ·", "bold $warning"))
            return lines
        fit = max(1, width // 3)
        if len(posts) <= room and room >= 4:
            lines += [self._single(post, width) for post in posts]
        elif len(posts) <= fit * room or len(self.view.units) == 1:
            lines += self._letters(posts, fit, room)
        else:
            lines += self._counts(posts, width, room)
        return lines

    def _single(self, post: Post, width: int) -> Content:
        told = self.board.title(post) if width >= _TITLES else clock(post.time)
        return Content.assemble(" ", *self._sign(post), " ", plain(told))

    def _letters(self, posts: Sequence[Post], fit: int, room: int) -> list[Content]:
        most = fit * room
        shown = posts if len(posts) <= most else posts[: most - 1]
        signs: list[list[_Part]] = [[" ", *self._sign(post)] for post in shown]
        if len(shown) < len(posts):
            signs.append([f" +{len(posts) - len(shown)}"])
        rows = [signs[start : start + fit] for start in range(0, len(signs), fit)]
        return [Content.assemble(*(part for sign in row for part in sign)) for row in rows]

    def _counts(self, posts: Sequence[Post], width: int, room: int) -> list[Content]:
        # Not `Counter`: an Enum's hash is reckoned in Python, and a month has 4,500 of them.
        pillars = [post.pillar for post in posts]
        states = [self.board.state(post) for post in posts]
        parts: list[tuple[int, list[_Part]]] = []
        for pillar in Pillar:
            if many := pillars.count(pillar):
                parts.append((len(str(many)) + 2, [" ", chip(pillar), str(many)]))
        for state in (Status.WRONG, Status.WAITING):
            if many := states.count(state):
                mark, style = state_mark(state)
                word = f"{mark}{many}"
                parts.append((len(word) + 1, [" ", (word, style)]))
        rows: list[list[_Part]] = [[]]
        left = width
        for length, part in parts:
            if length > left:
                rows.append([])
                left = width
            rows[-1] += part
            left -= length
        if len(rows) > room:
            shown = sum(_number(part) for row in rows[: room - 1] for part in row)
            rows = [*rows[: room - 1], [f" +{len(posts) - shown}"]]
        return [Content.assemble(*row) for row in rows]

    def _sign(self, post: Post) -> list[_Part]:
        held = self.held
        if held is not None and not held.copy and held.post == post:
            return [(chip(post.pillar)[0], "$foreground-muted"), ("↷", "bold")]
        return [chip(post.pillar), state_mark(self.board.state(post))]

    # A week

    def week(self, day: date, width: int, height: int, here: bool) -> Sequence[Content]:
        """A week's day: date and marks at the left, times and titles at the right."""
        number = f"[{short_date(day)}]" if here else f" {short_date(day)} "
        sign = "▶" if day == self.today else " "
        style = "bold $primary" if day == self.today else "bold"
        left = [
            Content.assemble((f"{sign}{number}", style)),
            Content.assemble("  ", *self._marks(day)),
        ]
        lines = self._titles(day, width - GUTTER, height, here=here)
        drawn = []
        for number_ in range(height):
            before = left[number_] if number_ < len(left) else Content("")
            after = lines[number_] if number_ < len(lines) else Content("")
            drawn.append(before.pad_right(max(0, GUTTER - before.cell_length)) + after)
        return drawn

    def _titles(self, day: date, width: int, height: int, *, here: bool) -> list[Content]:
        posts = self.view.posts(day)
        lines: list[Content] = []
        if self.held is not None and here:
            sign = "+" if self.held.copy else "▼"
            title = plain(self.board.title(self.held.post))
            lines.append(
                Content.assemble((f"{sign} ", "bold"), chip(self.held.post.pillar), " ", title)
            )
        # What day it is goes first while no post has to give way; the pane tells it anyway.
        told = self._told(day)
        if told.cell_length and len(lines) + len(posts) < height:
            lines.append(told)
        room = height - len(lines)
        shown = posts if len(posts) <= room else posts[: max(0, room - 1)]
        lines += [self._titled(post, width) for post in shown]
        if len(shown) < len(posts) and room > 0:
            rest = posts[len(shown) :]
            counts = Counter(post.pillar for post in rest)
            parts: list[_Part] = [f"+{len(rest)} lagi "]
            for pillar in Pillar:
                if counts[pillar]:
                    parts += [" ", chip(pillar), str(counts[pillar])]
            lines.append(Content.assemble(*parts))
        return lines

    def _titled(self, post: Post, width: int) -> Content:
        name = self.board.loaded.posyandu[post.unit].name.removeprefix("Posyandu ")
        title = Content.assemble(
            f"{clock(post.time)}  ", *self._sign(post), " ", plain(self.board.title(post))
        )
        if len(self.view.units) < 2:
            return title
        return title + plain(f"  {clipped(name, 20)}", "$foreground-muted")

    def _told(self, day: date) -> Content:
        """Holidays, observances and service days of a day, or why it should have a post."""
        parts: list[Content] = [
            Content.assemble(("L ", "bold $error"), plain(holiday.words()))
            for holiday in self.view.page.holidays.get(day, ())
            if holiday.closes
        ]
        parts += [
            Content.assemble(("◆ ", "bold $secondary"), plain(each.name))
            for each in self.view.page.marking(day)
        ]
        services = self.view.services(day)
        if len(services) == 1:
            parts.append(_opening(services[0]))
        elif services:
            parts.append(Content.assemble(("● ", "bold $primary"), f"{len(services)} hari buka"))
        if not parts and day in self.view.gaps:
            parts.append(Content.styled(f"· {self.view.gaps[day]}", "$warning"))
        return Content("  ").join(parts)


def _opening(each: ServiceDayOf) -> Content:
    told = "BATAL" if each.day.cancelled else hours(each.day.hours, each.posyandu.zone)
    name = each.posyandu.name.removeprefix("Posyandu ")
    return Content.assemble(("● ", "bold $primary"), plain(f"Hari buka {name} {told}"))


def _number(part: _Part) -> int:
    return int(part) if isinstance(part, str) and part.isdecimal() else 0


def held_line(board: Board, held: Held, day: date, opening: date | None, width: int) -> Content:
    """The line that says what is in the hand, where it would go, and if that is too late."""
    what = "Menyalin" if held.copy else "Memindah"
    to = f" → {short_date(day)}"
    to += f"  sesudah hari bukanya, {short_date(opening)}!" if opening else ""
    to += "  (Enter taruh, Esc batal)" if not opening else ""
    title = plain(f"{what} {chip(held.post.pillar)[0]} {board.title(held.post)}")
    return title.truncate(max(12, width - len(to)), ellipsis=True) + Content(to)
