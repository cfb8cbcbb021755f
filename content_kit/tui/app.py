"""The application as a switchboard: what is open, who sits here, and which screen is shown."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.reactive import reactive
from textual.screen import Screen

from content_kit.files.safe_text import shown
from content_kit.files.user_folders import read_settings, write_settings
from content_kit.tui import jobs
from content_kit.tui.board import Board
from content_kit.tui.messages import Looked, LookFailed
from content_kit.tui.screens.agenda import AgendaScreen
from content_kit.tui.screens.base import KitScreen
from content_kit.tui.screens.fixes import FixesScreen
from content_kit.tui.screens.home import HomeScreen
from content_kit.tui.screens.welcome import WelcomeScreen
from content_kit.tui.themes import LIGHT, THEMES


class KitApp(App[None]):
    """content_kit for people who type no command."""

    TITLE = "content_kit"
    CSS_PATH = "app.tcss"
    HORIZONTAL_BREAKPOINTS = [
        (0, "-narrow"),
        (104, "-wide"),
    ]
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        "beranda": HomeScreen,
        "kalender": AgendaScreen,
        "perbaikan": FixesScreen,
        "mulai": WelcomeScreen,
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "show('beranda')", "Beranda"),
        Binding("2", "show('kalender')", "Kalender"),
        Binding("3", "show('perbaikan')", "Perlu diperbaiki"),
        Binding("r", "reload", "Muat ulang"),
        Binding("question_mark", "help", "Bantuan", key_display="?"),
        Binding("q", "quit", "Keluar"),
        Binding("ctrl+q", "quit", "Keluar", show=False, priority=True),
    ]

    board: reactive[Board | None] = reactive(None)
    me: reactive[str] = reactive("")

    def __init__(self, here: Path, *, clock: Callable[[], datetime], settings: Path) -> None:
        super().__init__()
        self.here = here
        self.clock = clock
        self.root: Path | None = here if (here / "calendars").is_dir() else None
        self.writing = threading.Lock()
        """Held by whatever works on the workspace: one thread at a time."""
        self._settings_file = settings
        self._settings = read_settings(settings)
        self._request = 0
        for theme, _ in THEMES.values():
            self.register_theme(theme)

    def on_mount(self) -> None:
        """Look as this machine likes it, and show the first screen."""
        wished = self._settings.get("tampilan", LIGHT.name)
        self.theme = wished if wished in THEMES else LIGHT.name
        self.set_reactive(KitApp.me, self._settings.get("saya", ""))
        self.switch_mode("beranda" if self.root else "mulai")
        self.action_reload()

    # The workspace

    def open_workspace(self, root: Path) -> None:
        """Go on in another folder."""
        self.root = root
        self.board = None
        self.switch_mode("beranda")
        self.action_reload()

    def action_reload(self) -> None:
        """Read the workspace again: another program may have changed it."""
        if self.root is not None:
            self._request += 1
            look = partial(self._look, self.root, self._request, self.me)
            self.run_worker(look, thread=True, group="look", exit_on_error=False)

    def stop_looking(self) -> None:
        """Let a running check end, because something else needs the workspace."""
        self._request += 1

    def _look(self, root: Path, request: int, me: str) -> None:
        def alive() -> bool:
            return request == self._request

        with self.writing:
            try:
                for board in jobs.look(root, self.clock(), me, alive):
                    if not alive():
                        return
                    self.post_message(Looked(request, board))
            except Exception as error:  # noqa: BLE001 - a thread must not take the screen along
                self.post_message(LookFailed(request, jobs.apology(error)))

    @on(Looked)
    def _looked(self, message: Looked) -> None:
        if message.request == self._request:
            self.board = message.board

    @on(LookFailed)
    def _look_failed(self, message: LookFailed) -> None:
        if message.request == self._request:
            self.notify(shown(message.sentence), severity="error", markup=False, timeout=20)

    # What this machine remembers

    def remember(self, key: str, value: str) -> None:
        """Keep a setting on this machine."""
        self._settings[key] = value
        if not write_settings(self._settings_file, self._settings):
            self.notify("Pilihan ini tidak dapat disimpan di komputer ini.", severity="warning")

    def sit_down(self, person: str) -> None:
        """Somebody else sits here now."""
        self.me = person
        self.remember("saya", person)
        self.action_reload()

    def action_look(self, theme: str) -> None:
        """Choose one of the three looks."""
        self.theme = theme
        self.remember("tampilan", theme)

    # Where to go

    def action_show(self, mode: str) -> None:
        """Show one of the screens; without a workspace there is only the welcome."""
        if self.root is not None and not self.screen.is_modal:
            self.switch_mode(mode)

    def action_help(self) -> None:
        """Explain the screen that is shown."""
        if isinstance(self.screen, KitScreen):
            self.screen.explain()

    def action_command_palette(self) -> None:
        """Every action by name."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder="Cari: mau apa?", id="--command-palette"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where a key leads nowhere it is not offered."""
        if action in ("show", "reload"):
            return self.root is not None
        return True

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette: everything the keys and buttons do, in their words."""
        if isinstance(screen, KitScreen):
            for title, told, action in screen.offers():
                yield SystemCommand(title, told, partial(screen.run_action, action))
        if self.root is not None:
            for mode, title, told in (
                ("beranda", "Beranda", "Hari ini, minggu ini, dan yang masih kurang."),
                ("kalender", "Kalender", "Semua postingan dan hari buka sebulan."),
                ("perbaikan", "Perlu diperbaiki", "Apa yang salah, di mana, dan langkahnya."),
            ):
                yield SystemCommand(title, told, partial(self.action_show, mode))
            yield SystemCommand("Muat ulang", "Baca lagi semua berkas.", self.action_reload)
        for name, (_, title) in THEMES.items():
            yield SystemCommand(title, "Ganti warna layar.", partial(self.action_look, name))
        yield SystemCommand("Bantuan", "Penjelasan layar ini.", self.action_help)
        yield SystemCommand("Keluar", "Tutup aplikasi. Semua sudah tersimpan.", self.action_quit)
