"""The application as a switchboard: what is open, who sits here, and which screen is shown."""

from __future__ import annotations

import gc
from asyncio import to_thread
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.command import CommandPalette, Provider
from textual.screen import Screen
from textual.widget import Widget

from content_kit.files.user_folders import DRAFTS, read_settings, write_settings
from content_kit.tui.keeper import Keeper
from content_kit.tui.manners import Manners
from content_kit.tui.messages import NO_POSYANDU
from content_kit.tui.screens.base import KitScreen
from content_kit.tui.styles import KeptStyles
from content_kit.tui.themes import LIGHT, THEMES
from content_kit.tui.widgets.titlebar import TitleBar

if TYPE_CHECKING:
    from content_kit.files.drafts import Drafts
    from content_kit.files.regions import RegionsOnce
    from content_kit.tui.board import Board


@dataclass(frozen=True)
class Lazy:
    """A screen of `screens/` that is imported when it is first shown, its .tcss with it.

    Register every screen so, and import nothing of `screens/` but `base` in this module: the
    first frame may take 150 ms more than that of an empty program.
    """

    module: str
    screen: str

    def load(self) -> type[Screen[Any]]:
        """Import it."""
        room = import_module(f"content_kit.tui.screens.{self.module}")
        found: type[Screen[Any]] = getattr(room, self.screen)
        assert issubclass(found, Screen)
        return found

    def __call__(self) -> Screen[Any]:
        """Make it."""
        return self.load()()


def _commands() -> type[Provider]:
    from content_kit.tui.palette import Commands

    return Commands


class KitApp(Manners):
    """content_kit for people who type no command."""

    TITLE = "content_kit"
    # The first screen's style is parsed with the application's, and that once: 30 ms.
    CSS_PATH = ["app.tcss", "screens/home.tcss"]
    HORIZONTAL_BREAKPOINTS = [
        (0, "-narrow"),
        (104, "-wide"),
    ]
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        "beranda": Lazy("home", "HomeScreen"),
        "kalender": Lazy("calendar", "CalendarScreen"),
        "perbaikan": Lazy("fixes", "FixesScreen"),
        "pustaka": Lazy("library", "LibraryScreen"),
        "kirim": Lazy("send", "SendScreen"),
        "tinjauan": Lazy("roster", "RosterScreen"),
        "mulai": Lazy("welcome", "WelcomeScreen"),
    }
    DEFAULT_MODE = "beranda"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands}
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"show('{mode}')", name, show=False) for key, name, mode in TitleBar.PLACES),
        Binding("r", "reload", "Muat ulang", show=False),
        Binding("ctrl+z", "undo", "Batalkan yang terakhir", show=False),
        Binding("ctrl+y", "redo", "Ulangi yang dibatalkan", show=False),
        Binding("question_mark", "help", "Bantuan", key_display="?"),
        Binding("q", "quit", "Keluar"),
        Binding("ctrl+q", "quit", "Keluar", show=False, priority=True),
    ]

    sharp: type[Widget] | None = None
    """What draws sharp pictures on this terminal, if anything does."""

    def __init__(self, here: Path, *, clock: Callable[[], datetime], settings: Path) -> None:
        super().__init__(here if (here / "calendars").is_dir() else None, clock)
        self.here = here
        self._settings_file = settings
        self._settings = read_settings(settings)
        for theme, _ in THEMES.values():
            self.register_theme(theme)
        # As this machine likes it, and before the first style is parsed.
        wished = self._settings.get("tampilan", LIGHT.name)
        self.set_reactive(App.theme, wished if wished in THEMES else LIGHT.name)
        self.stylesheet = KeptStyles(variables=self.get_css_variables())
        self.set_reactive(Keeper.me, self._settings.get("saya", ""))

    @cached_property
    def regions(self) -> RegionsOnce:
        """The list of regions; whoever asks first waits, so ask in a thread."""
        from content_kit.files.regions import Regions, RegionsOnce

        return RegionsOnce(Regions.load)

    def on_mount(self) -> None:
        """Without a workspace there is only the welcome."""
        if self.root is None:
            self.switch_mode("mulai")

    def on_ready(self) -> None:
        """Read when the first frame stands: reading takes the processor from whoever draws it."""
        self.call_after_refresh(self.action_reload)

    # What this machine remembers

    def remember(self, key: str, value: str) -> None:
        """Keep a setting on this machine."""
        self._settings[key] = value
        if not write_settings(self._settings_file, self._settings):
            self.notify("Pilihan ini tidak dapat disimpan di komputer ini.", severity="warning")

    def recall(self, key: str) -> str:
        """What this machine remembers, "" when nothing."""
        return self._settings.get(key, "")

    def watch_board(self, before: Board | None, board: Board | None) -> None:
        """A folder that can be read is worth coming back to."""
        if board is not None and self.root is not None:
            where = str(self.root.resolve())
            if self.recall("folder") != where:
                self.remember("folder", where)
        if before is None and board is not None:
            # While somebody reads Beranda: importing a screen takes longer than a key may wait.
            self.run_worker(self._load_screens, thread=True, group="load")

    def _load_screens(self) -> None:
        for screen in self.MODES.values():
            if isinstance(screen, Lazy):
                screen.load()
        for panel in ("change", "choose", "job", "month"):  # behind Beranda's keys
            import_module(f"content_kit.tui.screens.{panel}")
        gc.freeze()  # classes stay: see `Keeper`

    def sit_down(self, person: str) -> None:
        """Somebody else sits here now."""
        self.me = person
        self.remember("saya", person)
        self.action_reload()

    def action_look(self, theme: str) -> None:
        """Choose one of the three looks."""
        self.theme = theme
        self.remember("tampilan", theme)

    @property
    def drafts(self) -> Drafts:
        """What was typed in this workspace and never saved: in the user's own folder."""
        from content_kit.files.drafts import Drafts

        assert self.root is not None  # drafts belong to a workspace
        return Drafts(self._settings_file.parent / DRAFTS, self.root)

    # Where to go

    def open_post(self, unit: str, post: str, field: str = "") -> None:
        """The form of a post, at one of its fields ("isi.judul")."""
        self.run_worker(self._form(unit, post, field=field))

    def new_post(self, unit: str, day: date, entry: str = "") -> None:
        """The form of a new post for a day, with the words of a library entry."""
        self.run_worker(self._form(unit, day=day, entry=entry))

    async def _form(self, *post: str, **what: object) -> None:
        module = await to_thread(import_module, "content_kit.tui.screens.post")
        if not isinstance(self.screen, module.PostScreen):  # Enter twice opens one form
            self.push_screen(module.PostScreen(*post, **what))

    def action_profile(self, act: str = "") -> None:
        """Data posyandu, of the one that whoever sits here serves first."""
        board = self.board
        if board is None or self.screen.is_modal:
            return
        if not board.loaded.posyandu:
            self.notify(NO_POSYANDU)
            return
        from content_kit.tui.screens.profile import ProfilePanel

        self.push_screen(ProfilePanel(board.units(self.me)[0].slug, act))

    @on(TitleBar.Chosen)
    def _place(self, message: TitleBar.Chosen) -> None:
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
        if action in ("show", "reload", "undo", "redo"):
            return self.root is not None
        return True

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette: everything the keys and buttons do, in their words."""
        from content_kit.tui.palette import commands

        return commands(self, screen)
