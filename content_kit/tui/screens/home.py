"""Beranda: what is due, what is missing and its one next step, and the buttons that do the work.

This is the first screen, so what only the board or a button needs is imported with it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from content_kit.errors import KitError
from content_kit.tui.messages import NO_POSYANDU
from content_kit.tui.screens.base import KitScreen
from content_kit.tui.widgets.keybar import KeyBar
from content_kit.tui.widgets.linelist import LineList
from content_kit.tui.widgets.titlebar import TitleBar

if TYPE_CHECKING:
    from content_kit.model import Post
    from content_kit.planning.change_order import Order
    from content_kit.planning.recap import Recap
    from content_kit.tui import jobs
    from content_kit.tui.board import Board

_HELP = """\
Di sini terlihat apa yang harus diposting hari ini dan minggu ini, dan apa yang masih kurang.

g  Buat gambar minggu ini: semua gambar dan teks minggu ini, siap dikirim lewat WhatsApp.
   Sabtu dan Minggu Anda ditanya dulu: minggu ini atau minggu depan.
j  Jadwal berubah: pindahkan atau batalkan satu hari buka; pengumumannya langsung jadi.
s  Susun bulan ini: isi bulan ini atau bulan depan dengan postingan.
p  Periksa: cari apa yang perlu diperbaiki di semua postingan.
k  Kirim: teks untuk disalin, paket, dan catatan apa yang sudah diposting.
d  Data posyandu: nama, nomor, hari buka, layanan, kader, posyandu lain.
w  Saya siapa: ganti orang yang memakai komputer ini.
i  Sesudah hari buka: isi angkanya, dan cerita hari bukanya jadi.
x  Tukar: simpan sebagai tabel atau kalender, atau ambil isi dari tabel.

Bila minggu ini sudah habis, yang tampak adalah minggu depan. Keliru? Ctrl+Z membatalkan.

Tanda:  ✓ siap   ! perlu diperbaiki   … menunggu isian   ↑ sudah diposting
↑ ↓ berjalan dari tombol ke semua daftar, ← → ke tombol di sebelahnya; Enter menekan tombol
atau membuka postingan. Tab juga bisa.
Tetikus juga bisa. Ctrl+P: cari semua perintah."""

_BUTTONS: Final = (
    ("Buat ", "g", "ambar minggu ini", "make_week"),
    ("", "J", "adwal berubah", "change_day"),
    ("", "S", "usun bulan ini", "plan_month"),
    ("", "P", "eriksa", "check_all"),
    ("", "K", "irim", "send"),
)
"""The words of each button with its key in them, and its action."""

_MOST: Final = 12
"""So many posts of a list are seen at once; an office with 300 posyandu scrolls inside."""

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
"""From this day of the week on the next week is what most people get ready for."""
_MISTAKES: Final = 3
"""So many mistakes that belong to no post are named before the steps."""

_NO_RECAP: Final = "rekap_dilewati"
_KEPT: Final = 40
"""What this machine asks for no more, and of how many posts it remembers that."""

_STEPS: Final = 10
"""So many next steps are named; the list of findings has them all."""


class HomeScreen(KitScreen):
    """The day of whoever sits here."""

    CSS_PATH: ClassVar[str] = "home.tcss"
    AUTO_FOCUS = "#actions Button"
    # No class for a narrow window: setting one styles everything again before the first frame.
    HORIZONTAL_BREAKPOINTS = [(104, "-wide")]
    HELP = _HELP
    OFFERS = (
        ("Buat gambar minggu ini", "Gambar dan teks siap kirim.", "make_week"),
        ("Buat gambar minggu depan", "Gambar dan teks minggu depan.", "make_next_week"),
        ("Jadwal berubah", "Satu hari buka pindah, berubah, atau batal.", "change_day"),
        ("Susun bulan ini", "Isi bulan ini atau bulan depan.", "plan_month"),
        ("Periksa", "Cari apa yang perlu diperbaiki.", "check_all"),
        ("Kirim", "Teks, paket, dan apa yang sudah diposting.", "send"),
        ("Sesudah hari buka", "Isi angkanya; ceritanya jadi.", "recap"),
        (
            "Tukar: tabel Excel, daftar posyandu, kalender",
            "Simpan ke berkas atau ambil (impor) dari berkas.",
            "exchange",
        ),
        ("Saya siapa?", "Ganti orang yang memakai komputer ini.", "who"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "make_week", "Buat gambar minggu ini", show=False),
        Binding("j", "change_day", "Jadwal berubah", show=False),
        Binding("s", "plan_month", "Susun bulan ini", show=False),
        Binding("p", "check_all", "Periksa", show=False),
        Binding("k", "send", "Kirim", show=False),
        Binding("i", "recap", "Sesudah hari buka", show=False),
        Binding("x", "exchange", "Tukar", show=False),
        Binding("w", "who", "Saya siapa?", show=False),
        Binding("d", "app.profile", "Data posyandu", show=False),
        Binding("up", "go(-1)", "Baris di atas", show=False),
        Binding("down", "go(1)", "Baris di bawah", show=False),
        Binding("left", "beside(-1)", "Tombol sebelumnya", show=False),
        Binding("right", "beside(1)", "Tombol berikutnya", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._listed: dict[str, list[Post]] = {"today": [], "week": []}

    def compose(self) -> ComposeResult:
        """Who, the buttons, today and this week, and what is missing."""
        yield TitleBar("Beranda")
        with Horizontal(id="who"):
            yield Static("", id="me", markup=False)
            yield Button("Ganti (w)", id="who-button", compact=True, action="screen.who")
            yield Button(
                "Data posyandu (d)", id="profile-button", compact=True, action="app.profile"
            )
        with Horizontal(id="actions"):
            for before, key, after, action in _BUTTONS:
                label = Content.assemble(before, (key, "underline"), after)
                yield Button(label, action=f"screen.{action}", id=action.replace("_", "-"))
        yield Static("Membaca rencana…", id="reading")
        yield KeyBar()

    def on_mount(self) -> None:
        """Follow also what cannot be read: nobody waits for it."""
        super().on_mount()
        self.watch(self.app, "trouble", self._tell_trouble)

    def _tell_trouble(self, sentence: str) -> None:
        from content_kit.tui.widgets.lines import plain

        for reading in self.query("#reading").results(Static):
            again = f"{sentence}\n\nSesudah diperbaiki, tekan r untuk membaca lagi."
            reading.update(plain(again) if sentence else "Membaca rencana…")

    def _columns(self) -> VerticalScroll:
        """What is due, and what is missing: not before there is a plan to show."""
        after = Button("", id="after", compact=True, action="screen.recap")
        after.display = False
        due = Vertical(
            after,
            Static("Hari ini", classes="heading"),
            LineList(id="today"),
            Static("Minggu ini", classes="heading", id="when"),
            LineList(id="week"),
            Static("Hari buka berikutnya", classes="heading"),
            Static("", id="days"),
            id="due",
        )
        missing = Vertical(
            Static("Yang masih kurang", classes="heading"), Static("", id="steps"), id="missing"
        )
        return VerticalScroll(due, missing, id="columns", can_focus=False)

    def draw(self, board: Board) -> None:
        """Show what the board says."""
        if not self.query("#columns"):
            self.query_one("#reading").remove()
            self.mount(self._columns(), before=self.query_one(KeyBar))
            self.call_after_refresh(self.draw, board)
            return
        from content_kit.schedule.dates import distance
        from content_kit.schedule.week import Week
        from content_kit.tui.board import REACH
        from content_kit.tui.widgets.lines import day_line, mistake_lines, step_lines

        me = self.kit.me
        today = board.today(me)
        self.query_one("#me", Static).update(self._me(board))
        week = board.week(me)
        over = today.weekday() >= _SATURDAY and all(post.date <= today for post in week)
        now = [post for post in week if post.date == today]
        later = [post for post in week if post.date > today]
        self._offer_recap(board)
        self._list("today", board, now, "Tidak ada yang harus diposting hari ini.", day=False)
        when = "Minggu depan" if over else "Minggu ini"
        if over:  # what is left to do is what comes next
            later = board.posts(me, today + _DAY, Week.of(today + 7 * _DAY).last)
            later = [post for post in later if Week.of(post.date) != Week.of(today)]
            week = [*now, *later]
        self.query_one("#when", Static).update(when)
        self._list("week", board, later, f"Tidak ada lagi {when.lower()}.")
        coming = board.days(me, today, today + REACH)[:3]
        days = [day_line(each) + f", {distance(each.day.date, today)}" for each in coming]
        none = Content("Belum ada hari buka yang pasti.")
        self.query_one("#days", Static).update(Content("\n").join(days or [none]))
        # First what keeps whole files from being read: what is below may be missing for it.
        wrong = [f for f in board.general if f.level == "error"]
        steps = [mistake_lines(board, finding) for finding in wrong[:_MISTAKES]]
        if len(wrong) > _MISTAKES:
            steps.append(Content(f"… dan {len(wrong) - _MISTAKES} lagi. Tekan 3: Perbaikan."))
        todo = [post for post in week if board.step(post) is not None]
        steps += step_lines(board, todo[:_STEPS])
        if len(todo) > _STEPS:
            more = f"… dan {len(todo) - _STEPS} postingan lainnya. Tekan 3: Perbaikan."
            steps.append(Content(more))
        if not board.loaded.posyandu:
            steps.append(Content(f"Belum ada posyandu.\n→ {NO_POSYANDU}"))
        elif not week and not wrong:
            steps.append(Content(f"{when} belum ada postingan.\n→ Tekan s: Susun bulan ini."))
        if not steps:
            known = all((post.unit, post.id) in board.checked for post in week)
            steps = [Content(f"✓ Tidak ada. {when} siap." if known else "Memeriksa…")]
        self.query_one("#steps", Static).update(Content("\n\n").join(steps))

    def _recaps(self, board: Board) -> list[Recap]:
        """Those to be asked for: not what somebody wants to hear no more of."""
        past = self.kit.recall(_NO_RECAP).split()
        return [each for each in board.recaps(self.kit.me) if each.post.id not in past]

    def _offer_recap(self, board: Board) -> None:
        from content_kit.schedule.dates import short_date
        from content_kit.tui.widgets.lines import plain

        found = self._recaps(board)
        button = self.query_one("#after", Button)
        if found:
            unit = board.loaded.posyandu[found[0].post.unit]
            words = (
                f"Sesudah hari buka, {short_date(found[0].day.date)}, {unit.name}: isi angkanya "
            )
            button.label = plain(words) + Content("(i)")
        button.display = bool(found)

    def action_recap(self) -> None:
        """The numbers of the last service day, then the picture that tells of it."""
        board = self.kit.board
        found = self._recaps(board) if board else []
        if board is None or not found:
            known = board is not None and board.complete
            none = "Tidak ada hari buka yang menunggu angkanya."
            self.notify(none if known else "Masih memeriksa. Coba lagi sebentar, ya.")
            return
        from content_kit.tui.screens.recap import RecapPanel

        recap = found[0]
        name = board.loaded.posyandu[recap.post.unit].name
        self.app.push_screen(RecapPanel(recap, name), partial(self._recapped, recap))

    def _recapped(self, recap: Recap, answers: dict[str, str] | None) -> None:
        if answers is None:
            return
        post = recap.post
        if not answers:
            past = [*self.kit.recall(_NO_RECAP).split(), post.id][-_KEPT:]
            self.kit.remember(_NO_RECAP, " ".join(past))
            if board := self.kit.board:
                self.draw(board)
            return
        from content_kit.planning.recap import answer

        now = self.kit.clock()
        self.kit.edit(
            lambda workspace, loaded: answer(workspace, loaded, recap, answers, now),
            unit=post.unit,
            what="Angkanya dicatat. Tekan g untuk gambarnya.",
        )

    def _list(
        self, where: str, board: Board, posts: list[Post], none: str, *, day: bool = True
    ) -> None:
        from content_kit.tui.widgets.lines import post_line

        self._listed[where] = posts
        rows = self.query_one(f"#{where}", LineList)
        rows.can_focus = bool(posts)
        rows.styles.height = max(1, min(_MOST, len(posts)))
        rows.fill(len(posts), lambda row: (post_line(board, posts[row], day=day),), empty=none)

    @on(LineList.Chosen)
    def _open_post(self, message: LineList.Chosen) -> None:
        from content_kit.render import WAITING  # both are here with the board
        from content_kit.tui.naming import field_of

        listed = self._listed[message.list.id or ""]
        if message.row >= len(listed):  # another program may just have taken it away
            return
        post, board = listed[message.row], self.kit.board
        step = board.step(post) if board else None
        waits = step is not None and step.code == WAITING
        self.kit.open_post(post.unit, post.id, field_of(step) if step and waits else "")

    # Arrows: one walk from the buttons through all lists

    def _stops(self) -> list[list[Widget]]:
        """What keys can reach, as the rows of the screen."""
        rows = (
            self.query("#who Button"),
            self.query("#actions Button"),
            self.query("#after"),
            self.query("#today"),
            self.query("#week"),
        )
        found = (
            [each for each in row.results(Widget) if each.focusable and each.display]
            for row in rows
        )
        return [row for row in found if row]

    def action_go(self, by: int) -> None:
        """To the row above or below; below the last one the words that are left are read."""
        stops = self._stops()
        here = next((n for n, row in enumerate(stops) if self.focused in row), -1)
        there = here + by
        if there >= len(stops):
            for columns in self.query("#columns"):
                columns.scroll_relative(y=1, animate=False)
        elif there >= 0:
            stop = stops[there][0]
            if isinstance(stop, LineList):
                stop.action_end(-by)
            stop.focus()

    def action_beside(self, by: int) -> None:
        """To the next button of the same row."""
        row = next((row for row in self._stops() if self.focused in row), [])
        there = row.index(self.focused) + by if self.focused in row else -1
        if 0 <= there < len(row):
            row[there].focus()

    @on(LineList.Past)
    def _past(self, message: LineList.Past) -> None:
        self.action_go(message.by)

    @on(LineList.Highlighted)
    def _seen(self, message: LineList.Highlighted) -> None:
        message.list.scroll_visible(animate=False)

    def _me(self, board: Board) -> Content:
        from content_kit.tui.widgets.lines import plain

        person = board.person(self.kit.me)
        mine = board.units(self.kit.me)[:3]
        alike = len({posyandu.name for posyandu in mine}) < len(mine)
        bare = [one.name.removeprefix("Posyandu ") if mine[1:] else one.name for one in mine]
        names = ", ".join(
            f"{name} ({one.village})" if alike else name
            for name, one in zip(bare, mine, strict=True)
        )
        many = len(board.units(self.kit.me)) - 3
        names += f" dan {many} lainnya" if many > 0 else ""
        who = person.name if person else "Semua posyandu"
        return plain(who, "bold") + plain(f"  {names or 'belum ada posyandu'}", "$foreground-muted")

    # The buttons

    def action_make_week(self) -> None:
        """The pictures of this week; where it ends, of this one or the next, whichever is meant."""
        if (board := self.kit.board) is None:
            return
        today = board.today(self.kit.me)
        if today.weekday() < _SATURDAY:
            self._make("ini", today)
            return
        from content_kit.schedule.dates import short_date
        from content_kit.schedule.week import Week
        from content_kit.tui.screens.choose import ChoosePanel

        this, following = Week.of(today), Week.of(today + 7 * _DAY)
        coming = board.posts(self.kit.me, today, this.last)
        units = board.loaded.posyandu
        left = any(post.instant(units[post.unit].zone) > board.now for post in coming)
        rows = [
            ("ini", f"Minggu ini, sampai {short_date(this.last)}"),
            (
                "depan",
                f"Minggu depan, {short_date(following.first)} sampai {short_date(following.last)}",
            ),
        ]
        panel = ChoosePanel("Gambar minggu yang mana?", rows, "ini" if left else "depan")

        def chosen(which: str | None) -> None:
            if which:
                self._make(which, today if which == "ini" else following.first)

        self.app.push_screen(panel, chosen)

    def action_make_next_week(self) -> None:
        """The pictures of the week after this one."""
        if board := self.kit.board:
            self._make("depan", board.today(self.kit.me) + 7 * _DAY)

    def _make(self, which: str, day: date) -> None:
        from content_kit.tui import jobs

        if (board := self.kit.board) and (root := self.kit.root):
            units = [posyandu.slug for posyandu in board.units(self.kit.me)]
            self._work(
                f"Membuat gambar minggu {which}",
                partial(jobs.make_week, root, units, day, self.kit.clock()),
            )

    def action_check_all(self) -> None:
        """All findings, then the screen that lists them."""
        from content_kit.tui import jobs

        if root := self.kit.root:
            self._work("Memeriksa", partial(jobs.check, root), self._checked)

    def action_plan_month(self) -> None:
        """A month of posts."""
        from content_kit.tui.screens.month import MonthPanel

        if (board := self.kit.board) and (root := self.kit.root):
            if not board.loaded.posyandu:
                self.notify(NO_POSYANDU)
                return
            me = self.kit.me
            panel = MonthPanel(root, board.units(me), board.today(me), self.kit.clock())
            self.app.push_screen(panel, self._plan)

    def action_change_day(self) -> None:
        """One service day that is different."""
        from content_kit.tui.board import REACH
        from content_kit.tui.screens.change import ChangePanel

        board = self.kit.board
        if board is None:
            return
        today = board.today(self.kit.me)
        if not board.days(self.kit.me, today, today + REACH):
            self.notify("Belum ada hari buka yang pasti dalam dua bulan ini.", severity="warning")
            return
        self.app.push_screen(ChangePanel(board, self.kit.me), self._change)

    def action_send(self) -> None:
        """What goes out, and what went out."""
        self.kit.action_show("kirim")

    def action_exchange(self) -> None:
        """Sheets and calendars, out and in."""
        from content_kit.tui.screens.exchange import ExchangePanel

        if board := self.kit.board:
            self.app.push_screen(ExchangePanel(board, self.kit.me))

    def action_who(self) -> None:
        """Somebody else sits here."""
        from content_kit.tui.screens.who import WhoPanel

        if board := self.kit.board:
            self.app.push_screen(WhoPanel(board), self._seated)

    def _seated(self, person: str | None) -> None:
        if person is not None:
            self.kit.sit_down(person)

    def _plan(self, month: date | None) -> None:
        from content_kit.tui import jobs

        board, root = self.kit.board, self.kit.root
        if month and board and root:
            units = [posyandu.slug for posyandu in board.units(self.kit.me)]
            now, history = self.kit.clock(), self.kit.history
            self._work("Menyusun bulan", partial(jobs.plan_month, root, history, month, units, now))

    def _change(self, order: Order | None) -> None:
        """Ask what became of the last announcement of that day, if nobody knows; then change it."""
        from content_kit.tui import jobs
        from content_kit.tui.screens.confirm import AnswerPanel

        root = self.kit.root
        if order is None or root is None:
            return

        def look() -> None:
            asked = None
            # What cannot be read is said by the work itself, in its own place.
            with suppress(KitError, OSError):
                asked = jobs.unanswered(root, order, self.kit.clock())
            self.app.call_from_thread(ask, asked)

        def ask(asked: str | None) -> None:
            if asked is None:
                carry(None)
            else:
                words = "Jawaban Anda menentukan bunyi kabar yang baru."
                panel = AnswerPanel(asked, words, "Ya, sudah (y)", "Belum (n)")
                self.app.push_screen(panel, lambda sent: None if sent is None else carry(sent))

        def carry(sent: bool | None) -> None:
            clock = self.kit.clock
            job = partial(
                jobs.change_day, root, self.kit.history, replace(order, by=self.kit.me, sent=sent),
                clock(), clock=clock,
            )  # fmt: skip
            self._work("Membuat pengumuman", job)

        self.run_worker(look, thread=True, exit_on_error=False)

    def _checked(self, report: jobs.Report | None) -> None:
        if report and report.wrong:
            self.kit.action_show("perbaikan")

    def _work(
        self, title: str, job: jobs.Job, then: Callable[[jobs.Report | None], None] | None = None
    ) -> None:
        from content_kit.tui.screens.job import JobPanel

        self.app.push_screen(JobPanel(title, job), then)
