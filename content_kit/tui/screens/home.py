"""Beranda: what is due, what is missing and its one next step, and the buttons that do the work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Footer, Static

from content_kit.model import Post
from content_kit.planning.change import Order
from content_kit.schedule.dates import distance
from content_kit.tui import jobs
from content_kit.tui.board import REACH, Board
from content_kit.tui.screens.base import KitScreen
from content_kit.tui.screens.change import ChangePanel
from content_kit.tui.screens.job import JobPanel
from content_kit.tui.screens.month import MonthPanel
from content_kit.tui.screens.who import WhoPanel
from content_kit.tui.widgets.lines import day_line, mistake_lines, plain, post_line, step_lines
from content_kit.tui.widgets.titlebar import TitleBar

_HELP = """\
Di sini terlihat apa yang harus diposting hari ini dan minggu ini, dan apa yang masih kurang.

g  Buat gambar minggu ini: semua gambar dan teks minggu ini, siap dikirim lewat WhatsApp.
j  Jadwal berubah: pindahkan atau batalkan satu hari buka; pengumumannya langsung jadi.
s  Susun bulan ini: isi bulan ini atau bulan depan dengan postingan.
p  Periksa: cari apa yang perlu diperbaiki di semua postingan.
w  Saya siapa: ganti orang yang memakai komputer ini.

Tanda:  ✓ siap   ! perlu diperbaiki   … menunggu isian   · belum diperiksa
Tab pindah tombol, Enter menekan, tetikus juga bisa. Ctrl+P: cari semua perintah."""


class HomeScreen(KitScreen):
    """The day of whoever sits here."""

    CSS_PATH: ClassVar[str] = "home.tcss"
    AUTO_FOCUS = "#actions Button"
    HELP = _HELP
    OFFERS = (
        ("Buat gambar minggu ini", "Gambar dan teks siap kirim.", "make_week"),
        ("Jadwal berubah", "Satu hari buka pindah, berubah, atau batal.", "change_day"),
        ("Susun bulan ini", "Isi bulan ini atau bulan depan.", "plan_month"),
        ("Periksa", "Cari apa yang perlu diperbaiki.", "check_all"),
        ("Saya siapa?", "Ganti orang yang memakai komputer ini.", "who"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "make_week", "Buat gambar minggu ini", show=False),
        Binding("j", "change_day", "Jadwal berubah", show=False),
        Binding("s", "plan_month", "Susun bulan ini", show=False),
        Binding("p", "check_all", "Periksa", show=False),
        Binding("w", "who", "Saya siapa?", show=False),
    ]

    def compose(self) -> ComposeResult:
        """Who, the buttons, today and this week, and what is missing."""
        yield TitleBar("Beranda")
        with Horizontal(id="who"):
            yield Static("", id="me", markup=False)
            yield Button("Ganti (w)", id="who-button", compact=True, action="screen.who")
        with Horizontal(id="actions"):
            yield Button("Buat gambar minggu ini (g)", variant="primary", action="screen.make_week")
            yield Button("Jadwal berubah (j)", action="screen.change_day")
            yield Button("Susun (s)", action="screen.plan_month")
            yield Button("Periksa (p)", action="screen.check_all")
        with VerticalScroll(id="columns"):
            with Vertical(id="due"):
                yield Static("Hari ini", classes="heading")
                yield Static("Membaca rencana…", id="today")
                yield Static("Minggu ini", classes="heading")
                yield Static("", id="week")
                yield Static("Hari buka berikutnya", classes="heading")
                yield Static("", id="days")
            with Vertical(id="missing"):
                yield Static("Yang masih kurang", classes="heading")
                yield Static("", id="steps")
        yield Footer(show_command_palette=False)

    def draw(self, board: Board) -> None:
        """Show what the board says."""
        me = self.kit.me
        today = board.today(me)
        self.query_one("#me", Static).update(self._me(board))
        week = board.week(me)
        now = [post for post in week if post.date == today]
        later = [post for post in week if post.date > today]
        self._list("#today", board, now, "Tidak ada yang harus diposting hari ini.", day=False)
        self._list("#week", board, later, "Tidak ada lagi minggu ini.")
        coming = board.days(me, today, today + REACH)[:3]
        days = [day_line(each) + f", {distance(each.day.date, today)}" for each in coming]
        none = Content("Belum ada hari buka yang pasti.")
        self.query_one("#days", Static).update(Content("\n").join(days or [none]))
        steps = list(step_lines(board, week))
        wrong = [f for f in board.general if f.level == "error"]
        steps += [mistake_lines(finding) for finding in wrong[:3]]
        if not week:
            steps.append(Content("Minggu ini belum ada postingan.\n→ Tekan s: Susun bulan ini."))
        if not steps:
            known = all((post.unit, post.id) in board.checked for post in week)
            steps = [Content("✓ Tidak ada. Minggu ini siap." if known else "Memeriksa…")]
        self.query_one("#steps", Static).update(Content("\n\n").join(steps))

    def _list(
        self, where: str, board: Board, posts: list[Post], none: str, *, day: bool = True
    ) -> None:
        lines = [post_line(board, post, day=day) for post in posts]
        self.query_one(where, Static).update(Content("\n").join(lines or [Content(none)]))

    def _me(self, board: Board) -> Content:
        person = board.person(self.kit.me)
        names = ", ".join(posyandu.name for posyandu in board.units(self.kit.me)[:3])
        many = len(board.units(self.kit.me)) - 3
        names += f" dan {many} lainnya" if many > 0 else ""
        who = person.name if person else "Semua posyandu"
        return plain(who, "bold") + plain(f"  {names or 'belum ada posyandu'}", "$foreground-muted")

    # The buttons

    def action_make_week(self) -> None:
        """The pictures of this week."""
        if (board := self.kit.board) and (root := self.kit.root):
            units = [posyandu.slug for posyandu in board.units(self.kit.me)]
            day = board.today(self.kit.me)
            self._work(
                "Membuat gambar minggu ini",
                partial(jobs.make_week, root, units, day, self.kit.clock()),
            )

    def action_check_all(self) -> None:
        """All findings, then the screen that lists them."""
        if root := self.kit.root:
            self._work("Memeriksa", partial(jobs.check, root), self._checked)

    def action_plan_month(self) -> None:
        """A month of posts."""
        if board := self.kit.board:
            self.app.push_screen(MonthPanel(board.today(self.kit.me)), self._plan)

    def action_change_day(self) -> None:
        """One service day that is different."""
        board = self.kit.board
        if board is None:
            return
        today = board.today(self.kit.me)
        if not board.days(self.kit.me, today, today + REACH):
            self.notify("Belum ada hari buka yang pasti dalam dua bulan ini.", severity="warning")
            return
        self.app.push_screen(ChangePanel(board, self.kit.me), self._change)

    def action_who(self) -> None:
        """Somebody else sits here."""
        if board := self.kit.board:
            self.app.push_screen(WhoPanel(board), self._seated)

    def _seated(self, person: str | None) -> None:
        if person is not None:
            self.kit.sit_down(person)

    def _plan(self, month: date | None) -> None:
        board, root = self.kit.board, self.kit.root
        if month and board and root:
            units = [posyandu.slug for posyandu in board.units(self.kit.me)]
            today = board.today(self.kit.me)
            self._work("Menyusun bulan", partial(jobs.plan_month, root, month, units, today))

    def _change(self, order: Order | None) -> None:
        if order and (root := self.kit.root):
            now = self.kit.clock()
            self._work("Membuat pengumuman", partial(jobs.change_day, root, order, now))

    def _checked(self, report: jobs.Report | None) -> None:
        if report and report.wrong:
            self.kit.action_show("perbaikan")

    def _work(
        self, title: str, job: jobs.Job, then: Callable[[jobs.Report | None], None] | None = None
    ) -> None:
        self.app.push_screen(JobPanel(title, job), then)
