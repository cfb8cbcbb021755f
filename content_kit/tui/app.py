"""The application as a switchboard: what is open, who sits here, and which screen is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.screen import Screen

from content_kit.files.user_folders import read_settings, write_settings
from content_kit.tui.keeper import Keeper
from content_kit.tui.screens.base import KitScreen
from content_kit.tui.themes import LIGHT, THEMES
from content_kit.tui.widgets.titlebar import Tab, TitleBar


def _lazy(module: str, screen: str) -> Callable[[], Screen[Any]]:
    """A screen of `screens/` that is imported when it is first shown, its .tcss with it.

    Register every screen so, and import nothing of `screens/` but `base` in this module: the
    first frame may take 150 ms more than that of an empty program.
    """

    def make() -> Screen[Any]:
        made = getattr(import_module(f"content_kit.tui.screens.{module}"), screen)()
        assert isinstance(made, Screen)
        return made

    return make


class KitApp(Keeper):
    """content_kit for people who type no command."""

    TITLE = "content_kit"
    CSS_PATH = "app.tcss"
    HORIZONTAL_BREAKPOINTS = [
        (0, "-narrow"),
        (104, "-wide"),
    ]
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        "beranda": _lazy("home", "HomeScreen"),
        "kalender": _lazy("agenda", "AgendaScreen"),
        "perbaikan": _lazy("fixes", "FixesScreen"),
        "mulai": _lazy("welcome", "WelcomeScreen"),
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"show('{mode}')", name, show=False) for key, name, mode in TitleBar.PLACES),
        Binding("r", "reload", "Muat ulang", show=False),
        Binding("ctrl+z", "undo", "Batalkan yang terakhir", show=False),
        Binding("question_mark", "help", "Bantuan", key_display="?"),
        Binding("q", "quit", "Keluar"),
        Binding("ctrl+q", "quit", "Keluar", show=False, priority=True),
    ]

    def __init__(self, here: Path, *, clock: Callable[[], datetime], settings: Path) -> None:
        super().__init__(here if (here / "calendars").is_dir() else None, clock)
        self.here = here
        self._settings_file = settings
        self._settings = read_settings(settings)
        for theme, _ in THEMES.values():
            self.register_theme(theme)

    def on_mount(self) -> None:
        """Look as this machine likes it, and show the first screen."""
        wished = self._settings.get("tampilan", LIGHT.name)
        self.theme = wished if wished in THEMES else LIGHT.name
        self.set_reactive(Keeper.me, self._settings.get("saya", ""))
        self.switch_mode("beranda" if self.root else "mulai")
        self.action_reload()

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

    @on(Tab.Pressed)
    def _tab(self, message: Tab.Pressed) -> None:
        self.action_show(message.mode)

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
        if action in ("show", "reload", "undo"):
            return self.root is not None
        return True

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette: everything the keys and buttons do, in their words."""
        if isinstance(screen, KitScreen):
            for title, told, action in screen.offers():
                yield SystemCommand(title, told, partial(screen.run_action, action))
        if self.root is not None:
            for key, title, mode in TitleBar.PLACES:
                yield SystemCommand(title, f"Tombol {key}.", partial(self.action_show, mode))
            yield SystemCommand("Muat ulang", "Baca lagi semua berkas.", self.action_reload)
            if last := self.history.last:
                yield SystemCommand("Batalkan yang terakhir", last, self.action_undo)
        for name, (_, title) in THEMES.items():
            yield SystemCommand(title, "Ganti warna layar.", partial(self.action_look, name))
        yield SystemCommand("Bantuan", "Penjelasan layar ini.", self.action_help)
        yield SystemCommand("Keluar", "Tutup aplikasi. Semua sudah tersimpan.", self.action_quit)
