"""No workspace here: try the sample, make one's own with five questions, or open another folder."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Vertical
from textual.widgets import Button, Static
from textual.widgets.button import ButtonVariant

from content_kit.errors import KitError
from content_kit.files.paths import slugged
from content_kit.files.safe_text import shown
from content_kit.files.workspace import is_workspace
from content_kit.model import Zone
from content_kit.schedule.week import Week
from content_kit.start import NewPosyandu, create_office, folder_name, person_ids
from content_kit.tui import jobs
from content_kit.tui.screens.ask import Answered, AskPanel, Question
from content_kit.tui.screens.base import KitScreen
from content_kit.tui.screens.choose import ChoosePanel
from content_kit.tui.screens.folder import FolderPanel
from content_kit.tui.screens.job import JobPanel
from content_kit.tui.screens.wizard import Draft, WizardPanel
from content_kit.tui.widgets.keybar import KeyBar
from content_kit.tui.widgets.lines import plain
from content_kit.tui.widgets.titlebar import TitleBar

if TYPE_CHECKING:
    from content_kit.tasks.importing import Trial

_HELP = """\
Di folder ini belum ada rencana posyandu.

c  Coba contoh: dua posyandu rekaan lengkap dengan gambarnya, di folder baru.
b  Buat posyandu baru: lima pertanyaan, lalu sebulan postingan tersusun dan
   gambar pertamanya jadi.
k  Kantor: mulai dari daftar posyandu (Excel), tanpa posyandu sendiri.
f  Buka folder lain: folder kerja yang sudah ada di tempat lain.
t  Buka folder terakhir: yang terakhir kali dibuka di komputer ini."""


class WelcomeScreen(KitScreen):
    """The first screen of somebody new."""

    CSS_PATH: ClassVar[str] = "welcome.tcss"
    AUTO_FOCUS = "Button"
    HELP = _HELP
    OFFERS = (
        ("Coba contoh", "Dua posyandu rekaan di folder baru.", "sample"),
        ("Buat posyandu baru", "Lima pertanyaan.", "own"),
        ("Kantor: mulai dari daftar", "Banyak posyandu dari satu tabel.", "office"),
        ("Buka folder lain", "Folder kerja yang sudah ada.", "folder"),
        ("Buka folder terakhir", "Yang terakhir dibuka di komputer ini.", "last"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "sample", "Coba contoh", show=False),
        Binding("b", "own", "Buat posyandu baru", show=False),
        Binding("k", "office", "Kantor: mulai dari daftar", show=False),
        Binding("f", "folder", "Buka folder lain", show=False),
        Binding("t", "last", "Buka folder terakhir", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._draft: Draft = {}

    def compose(self) -> ComposeResult:
        """A greeting and the ways to begin; who was here before goes on with one key."""
        yield TitleBar("Selamat datang")
        with Vertical(id="middle"):
            yield Center(Static("Jemput bola digital untuk posyandu", id="greeting"))
            promise = "Dari rencana menjadi gambar dan teks siap kirim,\ntanpa internet."
            yield Center(Static(promise, id="promise"))
            for button in self._ways():
                yield Center(button)
        yield KeyBar()

    def _ways(self) -> Iterator[Button]:
        """The ways to begin, the likeliest first."""
        last = self._last()
        if last:
            again = plain(f"Buka {last.name} lagi (t)")
            yield Button(again, variant="primary", action="screen.last", id="last")
        first: ButtonVariant = "default" if last else "primary"
        yield Button("Coba contoh (c)", variant=first, action="screen.sample")
        yield Button("Buat posyandu baru (b)", action="screen.own")
        yield Button("Kantor: mulai dari daftar (k)", action="screen.office")
        yield Button("Buka folder lain (f)", action="screen.folder")

    def _last(self) -> Path | None:
        """The folder that was open last on this machine, while it is still one."""
        folder = self.kit.recall("folder")
        return Path(folder) if folder and is_workspace(Path(folder)) else None

    def offers(self) -> tuple[tuple[str, str, str], ...]:
        """Without a last folder it is not offered."""
        return self.OFFERS if self._last() else self.OFFERS[:-1]

    def action_sample(self) -> None:
        """The fictional sample in a folder beside."""
        folder = jobs.free_folder(self.kit.here / "contoh-posyandu")
        # From Monday on: what is shown first should be a full week.
        day = Week.of(self.kit.clock().astimezone(Zone.WITA.tz).date()).first
        job = JobPanel("Membuat contoh", partial(jobs.try_sample, folder, day))
        self.app.push_screen(job, partial(self._made, folder, ""))

    def action_own(self) -> None:
        """Five questions; who closed them finds the answers again."""
        self.app.push_screen(WizardPanel(self._draft), self._create)

    def action_office(self) -> None:
        """A workspace of an office: its name, then the list of its posyandu."""
        asked = Question("name", "Nama kantor", "", "Diskominfo Kabupaten Contoh", _named)
        note = "Sesudah ini pilih tabel daftar posyandunya: nama, desa, hari buka, jam, tempat."
        self.app.push_screen(AskPanel("Kantor mana?", (asked,), note), self._begin_office)

    def _begin_office(self, words: dict[str, str] | None) -> None:
        if words is None:
            return
        folder = jobs.free_folder(self.kit.here / (slugged(words["name"]) or "kantor"))
        try:
            create_office(folder, words["name"])
        except KitError as no:
            self.notify(shown(str(no)), severity="error", markup=False)
            return
        self.kit.open_workspace(folder)
        self.kit.call_after_refresh(self._take_list, folder)

    def _take_list(self, folder: Path) -> None:
        from content_kit.tui.exchanging import take  # sheets are not for everybody's first frame
        from content_kit.tui.screens.intake import TablePanel, TrialPanel

        def chosen(path: Path | None) -> None:
            if path is not None:
                today = self.kit.clock().astimezone(Zone.WITA.tz).date()
                self.kit.push_screen(TrialPanel(folder, path, today), taken)

        def taken(trial: Trial | None) -> None:
            if trial is not None:
                what = f"Diambil dari {trial.name}: {trial.whole.summary()}"
                self.kit.edit(take(trial), what=what)

        self.kit.push_screen(TablePanel(folder), chosen)

    def action_folder(self) -> None:
        """A workspace that lies elsewhere."""
        self.app.push_screen(FolderPanel(self.kit.here), self._open)

    def action_last(self) -> None:
        """The workspace that was open last."""
        self._open(self._last())

    def _open(self, folder: Path | None) -> None:
        if folder is not None:
            self.kit.open_workspace(folder)

    def _create(self, new: NewPosyandu | None) -> None:
        if new is None:
            return
        folder = self.kit.here / f"posyandu-{folder_name(new.name)}"
        free = jobs.free_folder(folder)
        if not is_workspace(folder):
            self._prepare(free, new)
            return

        def chosen(answer: str | None) -> None:
            if answer == "open":
                self._open(folder)
            elif answer == "new":
                self._prepare(free, new)

        rows = [
            ("open", f"Buka {folder.name}: yang sudah ada"),
            ("new", f"Buat satu lagi, di folder {free.name}"),
        ]
        self.app.push_screen(ChoosePanel("Posyandu ini sudah pernah dibuat", rows), chosen)

    def _prepare(self, folder: Path, new: NewPosyandu) -> None:
        me = next(iter(person_ids(new.people)), "")
        job = partial(jobs.create_own, folder, new, self.kit.clock())
        panel = JobPanel("Menyiapkan posyandu", job)
        self.app.push_screen(panel, partial(self._made, folder, me))

    def _made(self, folder: Path, me: str, report: jobs.Report | None) -> None:
        if not any(folder.glob("calendars/*/posyandu.yaml")):
            return
        if report is None:  # stopped on the way: what is there is a posyandu all the same
            told = f"Folder {folder.name} sudah jadi dan dibuka. Yang belum tersusun dapat disusun kapan saja."
            self.notify(shown(told), markup=False)
        self._draft.clear()
        if me:
            self.kit.sit_down(me)
        self.kit.open_workspace(folder)


def _named(typed: str) -> Answered:
    said = " ".join(typed.split())
    return Answered(said, asked="" if said else "Tulis nama kantornya dulu, ya.")
