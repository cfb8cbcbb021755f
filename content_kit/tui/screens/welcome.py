"""No workspace here: try the sample, or make one's own with five questions."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Vertical
from textual.widgets import Button, Footer, Static

from content_kit.model import Zone
from content_kit.schedule.week import Week
from content_kit.start import NewPosyandu, folder_name
from content_kit.tui import jobs
from content_kit.tui.screens.base import KitScreen
from content_kit.tui.screens.job import JobPanel
from content_kit.tui.screens.wizard import WizardPanel
from content_kit.tui.widgets.titlebar import TitleBar

_HELP = """\
Di folder ini belum ada rencana posyandu.

c  Coba contoh: dua posyandu rekaan lengkap dengan gambarnya, di folder baru.
b  Buat posyandu baru: lima pertanyaan, lalu sebulan postingan sudah tersusun.

Sudah punya folder kerja? Tutup aplikasi (q), masuk ke foldernya, lalu buka lagi."""


class WelcomeScreen(KitScreen):
    """The first screen of somebody new."""

    CSS_PATH: ClassVar[str] = "welcome.tcss"
    HELP = _HELP
    OFFERS = (
        ("Coba contoh", "Dua posyandu rekaan di folder baru.", "sample"),
        ("Buat posyandu baru", "Lima pertanyaan.", "own"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "sample", "Coba contoh", show=False),
        Binding("b", "own", "Buat posyandu baru", show=False),
    ]

    def compose(self) -> ComposeResult:
        """A greeting and two ways to begin."""
        yield TitleBar("Selamat datang")
        with Vertical(id="middle"):
            with Center():
                yield Static("Jemput bola digital untuk posyandu", id="greeting")
            with Center():
                yield Static(
                    "Dari rencana menjadi gambar dan teks siap kirim,\ntanpa internet.",
                    id="promise",
                )
            with Center():
                yield Button("Coba contoh (c)", variant="primary", action="screen.sample")
            with Center():
                yield Button("Buat posyandu baru (b)", action="screen.own")
        yield Footer(show_command_palette=False)

    def action_sample(self) -> None:
        """The fictional sample in a folder beside."""
        folder = jobs.free_folder(self.kit.here / "contoh-posyandu")
        # From Monday on: what is shown first should be a full week.
        day = Week.of(self.kit.clock().astimezone(Zone.WITA.tz).date()).first
        job = JobPanel("Membuat contoh", partial(jobs.try_sample, folder, day))
        self.app.push_screen(job, partial(self._made, folder))

    def action_own(self) -> None:
        """Five questions."""
        self.app.push_screen(WizardPanel(), self._create)

    def _create(self, new: NewPosyandu | None) -> None:
        if new is not None:
            folder = jobs.free_folder(self.kit.here / f"posyandu-{folder_name(new.name)}")
            today = self.kit.clock().astimezone(Zone[new.zone].tz).date()
            job = JobPanel("Menyiapkan posyandu", partial(jobs.create_own, folder, new, today))
            self.app.push_screen(job, partial(self._made, folder))

    def _made(self, folder: Path, report: jobs.Report | None) -> None:
        if report is not None:
            self.kit.open_workspace(folder)
