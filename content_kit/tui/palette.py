"""The command palette: every action of the screen and of the application, by name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand
from textual.command import Hit, Hits
from textual.markup import escape
from textual.screen import Screen
from textual.system_commands import SystemCommandsProvider

from content_kit.files.safe_text import shown
from content_kit.tui.screens.base import KitScreen
from content_kit.tui.themes import THEMES
from content_kit.tui.widgets.titlebar import TitleBar

if TYPE_CHECKING:
    from content_kit.tui.app import KitApp


PROFILE = (
    ("Data posyandu", "Nama, tempat, warna, logo, dan semua yang lain.", ""),
    ("Nomor WhatsApp dan media sosial posyandu", "Di Data posyandu.", "contact"),
    ("Hari buka, jam, dan tempat posyandu", "Ubah atau tambah, di Data posyandu.", "day"),
    ("Layanan posyandu", "Apa yang dilayani di hari buka, di Data posyandu.", "services"),
    ("Tambah kader atau orang lain", "Orang yang membantu, di Data posyandu.", "new-person"),
    ("Kader berhenti atau ganti nama", "Orang yang membantu, di Data posyandu.", "person"),
    ("Tambah posyandu lain", "Di Data posyandu.", "new-posyandu"),
)
"""Ways to Data posyandu by the word that somebody looks for, and the row they lead to."""


def commands(kit: KitApp, screen: Screen[Any]) -> Iterator[SystemCommand]:
    """What the keys and buttons do, in their words. Textual reads all of it as markup."""
    offers = screen.offers() if isinstance(screen, KitScreen) else ()
    if offers:
        for title, told, action in offers:
            yield SystemCommand(escape(title), escape(told), partial(screen.run_action, action))
    if kit.root is not None:
        named = {title for title, _, _ in offers}  # Beranda leads to a place or two by itself
        for key, title, mode in TitleBar.PLACES:
            if title in named:
                continue
            yield SystemCommand(title, f"Tombol {key}.", partial(kit.action_show, mode))
        for title, told, act in PROFILE:
            yield SystemCommand(title, told, partial(kit.action_profile, act))
        told = "Kiriman orang lain atau salinan, berkas demi berkas."
        yield SystemCommand("Gabungkan folder posyandu", told, kit.action_merge_folder)
        yield SystemCommand("Muat ulang", "Baca lagi semua berkas.", kit.action_reload)
        if last := kit.history.last:
            told = escape(shown(last))
            yield SystemCommand("Batalkan yang terakhir", told, kit.action_undo)
        yield SystemCommand("Ulangi yang dibatalkan", "Ctrl+Y", kit.action_redo)
    for name, (_, title) in THEMES.items():
        yield SystemCommand(title, "Ganti warna layar.", partial(kit.action_look, name))
    yield SystemCommand("Bantuan", "Penjelasan layar ini.", kit.action_help)
    yield SystemCommand("Keluar", "Tutup aplikasi. Semua sudah tersimpan.", kit.action_quit)


class Commands(SystemCommandsProvider):
    """Finds commands; where there is none it says so in our words, before Textual does in its own."""

    async def search(self, query: str) -> Hits:
        """The commands that match, or the one line that says there is none."""
        found = False
        async for hit in super().search(query):
            found = True
            yield hit
        if not found:
            yield Hit(0.0, "Tidak ditemukan", _nothing, help="Coba kata lain.")


def _nothing() -> None:
    """A line that only says something leads nowhere."""
