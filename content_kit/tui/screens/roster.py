"""Tinjauan: the roster of many posyandu, from the kabupaten down to a post, and what to do with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from content_kit.roster import words
from content_kit.roster.texts import GIVEN_BACK, Text, piles, texts
from content_kit.roster.view import Group, Pile, Reviewer, Roster, Row, Work, narrowed
from content_kit.schedule.dates import month_name
from content_kit.tui import jobs, rostering
from content_kit.tui.board import Board
from content_kit.tui.rostering import PAPERS, Key, Sight, Verdict
from content_kit.tui.screens.base import KitScreen
from content_kit.tui.screens.choose import ChoosePanel
from content_kit.tui.screens.confirm import ConfirmPanel
from content_kit.tui.screens.job import JobPanel
from content_kit.tui.screens.replace import asking
from content_kit.tui.screens.review import ReviewScreen
from content_kit.tui.screens.verdict import ApprovePanel, ReturnPanel
from content_kit.tui.screens.who import WhoPanel
from content_kit.tui.widgets.keybar import KeyBar
from content_kit.tui.widgets.linelist import LineList
from content_kit.tui.widgets.lines import plain
from content_kit.tui.widgets.rosterlines import (
    count_words,
    group_line,
    head_line,
    row_line,
    text_line,
)
from content_kit.tui.widgets.titlebar import TitleBar

_HELP = """\
Daftar posting satu bulan: kabupaten, lalu kecamatan, lalu posyandu, lalu postingannya.

Enter      masuk lebih dalam; di postingan: buka dan tinjau
Backspace  naik satu tingkat
k          periksa yang belum diperiksa
a          ajukan semua yang siap di sini, dari posyandu tempat Anda bertugas
b          setujui semua yang bersih sekaligus, sesudah membuka sampel acaknya
u          simpan daftar ini: tabel, dokumen untuk ditandatangani, kalender
t          tumpukan: yang menunggu Anda, tulisan yang sama sebagai satu baris; t lagi: tumpukan berikut
s, x       di tumpukan: setujui, atau kembalikan, tulisan itu dari semua posyandunya;
           x juga untuk yang terlanjur disetujui
l          lihat semua postingan di tingkat ini, yang menunggu Anda di atas
[  ]       bulan sebelumnya dan berikutnya        w  ganti orang

Bersih: tulisan pustaka yang tidak diubah, tanpa foto, tanpa temuan.
Tanda:  ✓ disetujui   ? perlu dilihat   = bersih   ↩ dikembalikan   · belum diperiksa"""


_ALL: Final = "semua postingan"


@dataclass
class _Looked(Message):
    """The roster was read, or could not be."""

    request: int
    sight: Sight | None
    sentence: str = ""


class RosterScreen(KitScreen):
    """The roster with its levels."""

    CSS_PATH: ClassVar[str] = "roster.tcss"
    AUTO_FOCUS = "LineList"
    HELP = _HELP
    OFFERS = (
        ("Periksa daftar", "Periksa yang belum diperiksa.", "check"),
        ("Ajukan semua yang siap", "Bulan ini, di tingkat ini, dari posyandu Anda.", "hand_in"),
        ("Setujui yang bersih", "Sesudah membuka sampel acaknya.", "clean"),
        ("Simpan daftar", "XLSX, PDF, HTML, CSV, atau ICS.", "save"),
        ("Yang menunggu saya", "Tulisan yang sama dari banyak posyandu sebagai satu.", "piles"),
        ("Setujui tulisan ini", "Di semua posyandu yang menunggu Anda.", "decide_text(True)"),
        ("Kembalikan tulisan ini", "Di semua posyandu, dengan satu catatan.", "decide_text(False)"),
        ("Lihat semua postingan", "Yang menunggu Anda di atas.", "flat"),
        ("Naik satu tingkat", "Dari posyandu ke kecamatan ke kabupaten.", "up"),
        ("Bulan berikutnya", "Daftar bulan depan.", "turn(1)"),
        ("Bulan sebelumnya", "Daftar bulan lalu.", "turn(-1)"),
        ("Saya siapa?", "Siapa yang meninjau.", "who"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "check", "Periksa", show=False),
        Binding("a", "hand_in", "Ajukan semua"),
        Binding("b", "clean", "Setujui bersih"),
        Binding("t", "piles", "Menunggu saya"),
        Binding("s", "decide_text(True)", "Setujui tulisan ini", show=False),
        Binding("x", "decide_text(False)", "Kembalikan tulisan ini", show=False),
        Binding("u", "save", "Simpan daftar", show=False),
        Binding("backspace,escape", "up", "Naik", key_display="Bksp"),
        Binding("l", "flat", "Semua postingan", show=False),
        Binding("left_square_bracket", "turn(-1)", "Bulan sebelumnya", show=False),
        Binding("right_square_bracket", "turn(1)", "Bulan berikutnya", show=False),
        Binding("w", "who", "Saya siapa?", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._first: date | None = None
        self._sight: Sight | None = None
        self._path: list[str] = []
        self._flat = False
        self._pile: Work | None = None
        self._notes: dict[str, str] = {}
        self._shown: Sequence[Group | Row | Text] = ()
        self._request = 0
        self._board: Board | None = None

    def compose(self) -> ComposeResult:
        """Where one is, the whole in a line, and the list."""
        yield TitleBar("Tinjauan")
        with Horizontal(id="where"):
            yield Static("", id="path", markup=False)
            yield Static("", id="who", markup=False)
        yield Static("Membaca daftar…", id="counts", markup=False)
        yield Static("", id="head", markup=False)
        yield LineList(id="rows")
        yield KeyBar()

    # Reading

    def draw(self, board: Board) -> None:
        """Read the roster again: the files may have changed."""
        self._board = board
        if self._first is None:
            self._first = _next_or_this(board.today(self.kit.me))
        person = board.person(self.kit.me)
        who = person.name if person else "belum disebut (w)"
        self.query_one("#who", Static).update(plain(f"Peninjau: {who}"))
        self._read()

    def _read(self) -> None:
        root, first = self.kit.root, self._first
        if root is None or first is None:
            return
        self._request += 1
        now, request = self.kit.clock(), self._request

        def step(_done: int, _all: int) -> None:
            if request != self._request:
                raise jobs.Stopped

        def work() -> None:
            try:
                # Without a turn: whoever checks a province holds it for minutes, and reading
                # harms nobody, since every file is replaced at once.
                sight = rostering.look(root, first, now)
                self.post_message(_Looked(request, sight))
                if units := rostering.worth_checking(sight):
                    rostering.check(root, units, first, now, step)
                    self.post_message(_Looked(request, rostering.look(root, first, now)))
            except jobs.Stopped:
                return
            except Exception as error:  # noqa: BLE001 - a thread must not take the screen along
                self.post_message(_Looked(request, None, jobs.apology(error)))

        self.run_worker(work, thread=True, group="roster", exit_on_error=False)

    @on(_Looked)
    def _looked(self, message: _Looked) -> None:
        if message.request != self._request:
            return
        if message.sight is None:
            self.query_one("#counts", Static).update(plain(message.sentence))
            return
        self._sight = message.sight
        self._show()

    # Showing

    def _show(self) -> None:
        sight = self._sight
        if sight is None:
            return
        group, inside = self._here(sight.roster)
        count = group.count if group else sight.roster.totals
        told = count_words(count, words.sent(sight.roster))
        self.query_one("#path", Static).update(plain(" / ".join(self._names(sight)), "bold"))
        self.query_one("#counts", Static).update(plain(told, "$foreground-muted"))
        head = self.query_one("#head", Static)
        rows = self.query_one(LineList)
        if self._pile is not None:
            self._show_pile(sight, group, self._pile)
            return
        if self._flat or (group is not None and group.unit is not None):
            found = sight.roster.rows_of(group) if group else sight.roster.rows
            several = group is None or group.unit is None
            self._shown = rostering.rows_to_decide(found, self._me(sight)) if several else found
            head.display = False
            rows.fill(
                len(self._shown),
                lambda number: [row_line(self._row(number), place=several)],
                empty=" Belum ada postingan di sini untuk bulan ini.",
            )
            return
        self._shown = inside
        head.display = True
        level = ("Kabupaten dan kota", "Kecamatan", "Posyandu")[min(len(self._path), 2)]
        wide = self.size.width
        head.update(head_line(level, reviewed=sight.roster.reviewed, width=wide))
        rows.fill(
            len(inside),
            lambda number: [group_line(self._group(number), wide)],
            empty=" Belum ada posyandu di folder ini.",
        )

    def _me(self, sight: Sight) -> Reviewer:
        return sight.reviewer(self.kit.me)

    def _show_pile(self, sight: Sight, group: Group | None, pile: Work) -> None:
        """The texts of one pile, the widest first, each with its exceptions below."""
        me = self._me(sight)
        found = sight.roster.rows_of(group) if group else sight.roster.rows
        shown: list[Group | Row | Text] = []
        for text in texts(found, me):
            if text.pile is pile:
                shown += [text, *(text.exceptions if text.rows else ())]
        self._shown = shown
        missing = group.count.missing if group else sight.roster.totals.missing
        told = [f"{name.value} {count}" for name, count in piles(found, me).items() if count]
        told += [f"{words.MISSING} {missing} posyandu"] if missing else []
        self.query_one("#counts", Static).update(plain(" · ".join(told), "$foreground-muted"))
        self.query_one("#head", Static).display = False
        self.query_one(LineList).fill(
            len(shown),
            lambda number: [self._pile_line(shown[number])],
            empty=f" Tidak ada yang {pile.value} di sini. Tekan t untuk tumpukan berikutnya.",
        )

    def _pile_line(self, one: Group | Row | Text) -> Content:
        if isinstance(one, Text):
            return text_line(one)
        assert isinstance(one, Row)
        return plain("   ") + row_line(one, place=True)

    def _row(self, number: int) -> Row:
        row = self._shown[number]
        assert isinstance(row, Row)
        return row

    def _group(self, number: int) -> Group:
        group = self._shown[number]
        assert isinstance(group, Group)
        return group

    def _here(self, roster: Roster) -> tuple[Group | None, Sequence[Group]]:
        """The group that the path leads to, as far as it still exists, and what is inside."""
        group, inside = None, roster.groups
        for depth, key in enumerate(self._path):
            found = next((one for one in inside if one.key == key), None)
            if found is None:
                del self._path[depth:]
                break
            group, inside = found, found.inside
        return group, inside

    def _names(self, sight: Sight) -> list[str]:
        names = [f"{month_name(sight.first)} {sight.first.year}"]
        inside: Sequence[Group] = sight.roster.groups
        for key in self._path:
            group = next(one for one in inside if one.key == key)
            names.append(group.name)
            inside = group.inside
        if self._pile is not None:
            return [*names, self._pile.value]
        return [*names, _ALL] if self._flat else names

    # Moving

    @on(LineList.Chosen)
    def _chosen(self, message: LineList.Chosen) -> None:
        if message.row >= len(self._shown):  # another program may just have taken it away
            return
        shown = self._shown[message.row]
        if isinstance(shown, Text):
            self._review([row.key for row in shown.every], 0)
            return
        if isinstance(shown, Row):
            rows = [one for one in self._shown if isinstance(one, Row)]
            self._review([row.key for row in rows], rows.index(shown))
            return
        self._path.append(shown.key)
        while len(shown.inside) == 1 and shown.unit is None:  # nothing to choose: go on
            shown = shown.inside[0]
            self._path.append(shown.key)
        self.query_one(LineList).highlighted = 0
        self._show()

    def action_up(self) -> None:
        """One level up."""
        if self._flat or self._pile is not None:
            self._flat, self._pile = False, None
        elif self._path and self._sight is not None:
            self._path.pop()
            while self._path and len(self._here(self._sight.roster)[1]) == 1:
                self._path.pop()  # as going down passed a level without a choice
        self._show()

    def action_piles(self) -> None:
        """What waits for whoever sits here; then the next pile that something lies on."""
        sight = self._sight
        if sight is None:
            return
        if not self.kit.me:
            self.notify("Sebut dulu siapa Anda: tekan w.", severity="warning")
            return
        group, _ = self._here(sight.roster)
        found = sight.roster.rows_of(group) if group else sight.roster.rows
        there = [pile for pile, count in piles(found, self._me(sight)).items() if count]
        order = list(Work)
        if self._pile is None:
            self._pile = Work.MINE
        else:
            at = order.index(self._pile)
            later = [pile for pile in there if order.index(pile) > at]
            self._pile = (later or [Work.MINE])[0]
        self._flat = False
        self.query_one(LineList).highlighted = 0
        self._show()

    def action_decide_text(self, approve: bool) -> None:
        """Approve or give back one text of all its posyandu; its exceptions are opened one by one."""
        at, sight = self.query_one(LineList).highlighted, self._sight
        text = self._shown[at] if at < len(self._shown) else None
        if self._pile is None or sight is None or text is None:
            self.notify("Pilih dulu satu tulisan yang menunggu Anda: tekan t.")
            return
        if not isinstance(text, Text) or not text.rows:
            self.notify("Yang punya temuan atau foto dibuka satu per satu (Enter).")
            return
        if text.pile is not Work.MINE and (approve or text.pile not in GIVEN_BACK):
            self.notify(f"Tulisan ini {text.pile.value}; yang menunggu Anda: tekan t.")
            return
        units = len({row.unit for row in text.rows})
        about = f"{words.title_of(text.rows[0])} · {len(text.rows)} postingan dari {units} posyandu"
        done = partial(self._decide_text, sight.roster, text)
        if approve:
            heading = "Setujui tulisan ini dari semua posyandunya?"
            panel = ApprovePanel(heading, about, (), key=_signs(sight))
            self.app.push_screen(panel, done)
        else:
            note = self._notes.get(text.id, "")
            self.app.push_screen(ReturnPanel(about, note, partial(self._keep, text.id)), done)

    def _keep(self, text: str, note: str) -> None:
        self._notes[text] = note

    def _decide_text(self, roster: Roster, text: Text, verdict: Verdict | None) -> None:
        root = self.kit.root
        if verdict is None or root is None:
            return
        now = self.kit.clock()
        job = partial(rostering.decide_text, root, roster, text.rows, verdict, now)

        def decided(report: jobs.Report | None) -> None:
            if report is not None and not report.wrong:
                self._notes.pop(text.id, None)
            self._read()

        self.app.push_screen(JobPanel("Mencatat keputusan", job), decided)

    def action_flat(self) -> None:
        """All posts of this level, those that wait for whoever sits here first."""
        self._flat, self._pile = not self._flat, None
        self.query_one(LineList).highlighted = 0
        self._show()

    def action_turn(self, by: int) -> None:
        """Another month."""
        if self._first is not None:
            moved = self._first + timedelta(days=31 if by > 0 else -1)
            self._first = moved.replace(day=1)
            self.query_one("#counts", Static).update("Membaca daftar…")
            self._read()

    def action_who(self) -> None:
        """Whoever reviews."""
        if self._board is not None:
            self.app.push_screen(WhoPanel(self._board), self._seated)

    def _seated(self, person: str | None) -> None:
        if person is not None:
            self.kit.sit_down(person)

    # Doing

    def _part(self) -> tuple[Roster, str] | None:
        """What is looked at as a roster of its own, and its name."""
        sight = self._sight
        if sight is None:
            return None
        extra = {_ALL, *(pile.value for pile in Work)}
        names = [name for name in self._names(sight)[1:] if name not in extra]
        group, _ = self._here(sight.roster)
        if group is None:
            return sight.roster, "Semua posyandu"
        unit = group.unit
        if unit is not None:
            return narrowed(sight.roster, unit=unit.slug or unit.id), " · ".join(names)
        places = dict(zip(("kabupaten", "kecamatan"), self._path, strict=False))
        return narrowed(sight.roster, **places), " · ".join(names)

    def action_check(self) -> None:
        """Check what is not checked here."""
        part, root, first = self._part(), self.kit.root, self._first
        if part is None or root is None or first is None or self._sight is None:
            return
        there = {unit.slug for unit in part[0].units}
        units = [slug for slug in self._sight.gathered.stale if slug in there]
        if not units:
            self.notify("Semua di sini sudah diperiksa.")
            return
        job = partial(rostering.check, root, units, first, self.kit.clock())
        self.app.push_screen(JobPanel("Memeriksa daftar", job))

    def action_save(self) -> None:
        """Save this level as a file."""
        part = self._part()
        if part is None or self._sight is None:
            return
        panel = ChoosePanel("Simpan daftar sebagai apa?", tuple(PAPERS.items()))
        self.app.push_screen(panel, self._save)

    def _save(self, kind: str | None) -> None:
        part = self._part()
        if kind and part is not None and self._sight is not None:
            now, ask = self.kit.clock(), asking(self.kit)
            job = partial(rostering.save_paper, self._sight, *part, kind, now, ask)
            self.app.push_screen(JobPanel("Menyimpan daftar", job))

    def action_hand_in(self) -> None:
        """Hand in all that is ready here."""
        part = self._part()
        if part is None:
            return
        if not self.kit.me:
            self.notify("Sebut dulu siapa Anda: tekan w.", severity="warning")
            return
        roster, name = part
        told = (
            f"{name}, {month_name(roster.first)} {roster.first.year}: yang siap, dari posyandu "
            "tempat Anda bertugas. Semua diperiksa dulu; yang belum siap disebut dan ditinggal."
        )
        panel = ConfirmPanel("Ajukan semua yang siap?", told, "Ajukan")
        self.app.push_screen(panel, partial(self._hand_in, roster))

    def _hand_in(self, roster: Roster, yes: bool | None) -> None:
        root = self.kit.root
        if yes and root is not None:
            now = self.kit.clock()
            job = partial(rostering.hand_in_all, root, roster, self.kit.me, "", now)
            self.app.push_screen(JobPanel("Mengajukan", job), lambda _: self._read())

    def action_clean(self) -> None:
        """Approve what is clean, after its sample."""
        part, root = self._part(), self.kit.root
        if part is None or root is None:
            return
        if not self.kit.me:
            self.notify("Sebut dulu siapa Anda: tekan w.", severity="warning")
            return
        waiting = [row for row in part[0].rows if row.pile in (Pile.CLEAN, Pile.UNCHECKED)]
        if not waiting:
            self.notify("Tidak ada yang bersih dan menunggu di sini.")
            return
        drawn: list[Key] = []

        def draw_sample(step: jobs.Step) -> jobs.Report:
            ready = rostering.clean(root, part[0], self.kit.me, self.kit.clock(), step)
            drawn.extend(row.key for row in ready.sample)
            told = (
                f"Sampel acak {len(drawn)} di antaranya harus dibuka dulu. Tekan Selesai, "
                "lalu lihat satu per satu (n)."
            )
            heading = f"{len(ready.posts)} postingan bersih menunggu persetujuan"
            return jobs.Report(heading, (told,) if drawn else ())

        def opened(report: jobs.Report | None) -> None:
            if report is not None and drawn:
                self._sample(part[0], drawn)

        self.app.push_screen(JobPanel("Memilih yang bersih", draw_sample), opened)

    def _sample(self, roster: Roster, drawn: Sequence[Key]) -> None:
        def looked(seen: frozenset[Key]) -> None:
            if not set(drawn) <= seen:
                self.notify("Belum semua sampel dibuka, jadi belum ada yang disetujui.")
                return
            panel = ApprovePanel(
                "Setujui semua yang bersih?",
                f"{len(drawn)} sampel sudah Anda lihat. Semua diperiksa sekali lagi.",
                (),
                key=bool(self._sight and _signs(self._sight)),
            )
            self.app.push_screen(panel, partial(self._approve, roster, drawn))

        self.app.push_screen(ReviewScreen(drawn, 0, sample=True, then=looked))

    def _approve(self, roster: Roster, drawn: Sequence[Key], verdict: Verdict | None) -> None:
        root = self.kit.root
        if verdict is None or root is None:
            return
        job = partial(rostering.approve_clean, root, roster, drawn, verdict, self.kit.clock())
        self.app.push_screen(JobPanel("Menyetujui", job))

    def _review(self, keys: Sequence[Key], at: int) -> None:
        self.app.push_screen(ReviewScreen(keys, at, then=lambda _: self._read()))


def _next_or_this(today: date) -> date:
    """The month that is being reviewed: the next one once this one is nearly over."""
    first = today.replace(day=1)
    return (first + timedelta(days=31)).replace(day=1) if today.day > 20 else first


def _signs(sight: Sight) -> bool:
    return (sight.root / "calendars" / "peran.yaml").is_file()
