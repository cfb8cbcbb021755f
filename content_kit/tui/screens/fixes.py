"""Perlu diperbaiki: every finding with its next step and the line of the file it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from content_kit.checks.unread import Unread, apart
from content_kit.errors import KitError
from content_kit.files.safe_text import shown
from content_kit.files.twins import NO_UNIT
from content_kit.findings import Finding, Level
from content_kit.render import WAITING
from content_kit.tasks.unsaved import GONE, copy_to_new, gone, place, throw_away
from content_kit.tui.board import Board
from content_kit.tui.naming import field_of, named_file, named_post
from content_kit.tui.opener import open_folder
from content_kit.tui.screens.base import KitScreen
from content_kit.tui.screens.leftover import LeftoverPanel
from content_kit.tui.widgets.keybar import KeyBar
from content_kit.tui.widgets.linelist import LineList
from content_kit.tui.widgets.lines import finding_lines, unread_lines
from content_kit.tui.widgets.titlebar import TitleBar

_HEIGHT: Final = 3
"""Lines of a finding: where, what, and the next step."""

_HELP = """\
Apa yang ditemukan di rencana, yang terpenting di atas. Setiap hal menyebut letaknya
dan, sesudah tanda →, langkah berikutnya. Yang dipilih tampak lengkap di bawah.

Banyak postingan dengan tulisan pustaka yang belum dibaca petugas kesehatan jadi satu baris:
Enter membuka Pustaka, d di sana mencatat siapa yang sudah membacanya. Yang tulisannya sudah
diubah berdiri sendiri: Enter membuka isian Sumber, tempat nama dan peran pembacanya.

Enter  buka postingannya, tepat di isian yang dimaksud; salinan yang belum digabungkan:
       pilih isinya, folder salinan juga; tulisan yang belum disimpan untuk postingan yang
       sudah tidak ada: salin ke postingan baru atau buang; hal lain: folder tempat berkasnya
o      buka folder tempat berkasnya
r      periksa lagi sesudah Anda memperbaikinya

! Perlu diperbaiki: gambarnya diberi cap DRAF dan tidak ikut dikirim.
… Menunggu isian: Enter, lalu isi yang ditanyakan; sebelum itu gambarnya belum dibuat.
? Perlu dilihat: boleh dikirim, tetapi lihat dulu.
i Sekadar tahu.

Angka di atas, misalnya 3 Perbaikan (2), menghitung tanda !: yang perlu diperbaiki."""


class FixesScreen(KitScreen):
    """The list of findings, three lines each."""

    CSS_PATH: ClassVar[str] = "fixes.tcss"
    AUTO_FOCUS = "LineList"
    HELP = _HELP
    OFFERS = (
        ("Buka yang ditemukan", "Postingannya, atau folder berkasnya.", "open"),
        ("Buka folder berkasnya", "Di jendela sistem.", "folder"),
        ("Periksa lagi", "Baca dan periksa semua berkas.", "app.reload"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Buka"),
        Binding("o", "folder", "Buka folder"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: Sequence[Finding | Unread] = ()

    def compose(self) -> ComposeResult:
        """How many, and the list."""
        yield TitleBar("Perbaikan")
        yield Static("Memeriksa…", id="count", markup=False)
        yield _FindingList(row_height=_HEIGHT, id="found")
        yield Static("", id="whole")
        yield KeyBar()

    def draw(self, board: Board) -> None:
        """Show the findings, and keep the place on the list."""
        place = self._here()
        found, unread = apart(board.findings(self.kit.me), board.index.post_of, board.library)
        rows: list[Finding | Unread] = [*found]
        if unread is not None:  # one thing to do: after the other things to look at
            rows.insert(sum(finding.level is not Level.INFO for finding in found), unread)
        self._found = rows
        told = f"{_counts(board.open(self.kit.me), rows)}."
        if not rows and board.complete:
            told = "✓ Semua beres. Tidak ada yang perlu diperbaiki."
        elif not board.complete:
            told += " Masih memeriksa…"
        self.query_one("#count", Static).update(told)
        # More is found while posts are checked: the cursor stays on its finding.
        kept = next((at for at, row in enumerate(rows) if row == place), None)
        if isinstance(place, Unread) and unread is not None:
            kept = rows.index(unread)
        self.query_one(LineList).fill(len(self._found), self._row, highlighted=kept)
        self._say_whole()

    def _row(self, number: int) -> Sequence[Content]:
        finding, board = self._found[number], self.kit.board
        if isinstance(finding, Unread):
            return unread_lines(finding)
        if self._unmerged_folder(finding) is not None:
            finding = replace(finding, hint="Enter: gabungkan isinya. Tidak ada yang hilang.")
        if board is None:
            return finding_lines(finding)
        post = board.index.post_of(finding)
        if post is None or post.unit not in board.loaded.posyandu:
            return finding_lines(finding, named_file(board.loaded, finding))
        return finding_lines(finding, named_post(board.loaded, post, board.title(post)))

    @on(LineList.Highlighted)
    def _say_whole(self) -> None:
        """The chosen one in full: in a narrow window its lines are cut."""
        row = self.query_one(LineList).highlighted
        lines = self._row(row)[1:] if row < len(self._found) else ()
        words = Content("\n").join(line for line in lines if line.plain.strip())
        self.query_one("#whole", Static).update(words)

    def _here(self) -> Finding | Unread | None:
        row = self.query_one(LineList).highlighted
        return self._found[row] if row < len(self._found) else None

    @on(LineList.Chosen)
    def action_open(self) -> None:
        """Open the post at the field; what belongs to no post, its folder."""
        board, finding = self.kit.board, self._here()
        if board is None or finding is None:
            return
        if isinstance(finding, Unread):
            self.run_worker(self._to_unread())
            return
        if finding.code == "salinan-bentrok":
            self.kit.open_clash(finding.place.file)
            return
        folder = self._unmerged_folder(finding)
        if folder is not None:
            self.kit.open_folder_merge(folder)
            return
        if finding.code == GONE:
            self._leftover(board, finding)
            return
        post = board.index.post_of(finding)
        if post is None:
            self.action_folder()
        else:
            self.kit.open_post(post.unit, post.id, field_of(finding))

    def _unmerged_folder(self, finding: Finding) -> Path | None:
        """The folder of posyandu that a finding asks to be merged, if it is one."""
        root = self.kit.root
        if root is None or finding.code not in NO_UNIT:
            return None
        folder = root / finding.place.file
        return folder if folder.is_dir() else None

    def _leftover(self, board: Board, finding: Finding) -> None:
        """What was typed for a post that is gone: shown, then copied or thrown away."""
        drafts = self.kit.drafts
        draft = next(
            (each for each in gone(drafts, board.loaded) if place(each) == finding.place), None
        )
        units = board.units(self.kit.me)
        if draft is None:
            self.kit.action_reload()
            return
        unit = draft.unit if draft.unit in board.loaded.posyandu else units[0].slug if units else ""

        def answered(copied: bool | None) -> None:
            if copied is None:
                return
            try:
                if copied and unit:
                    copy_to_new(drafts, draft, unit)
                    self.kit.new_post(unit, board.today(self.kit.me))
                elif not copied:
                    throw_away(drafts, draft)
                    self.notify("Dibuang.", timeout=3)
            except KitError as error:
                self.notify(shown(str(error)), severity="warning", markup=False)
            self.kit.action_reload()

        self.app.push_screen(LeftoverPanel(draft), answered)

    async def _to_unread(self) -> None:
        """The texts that wait for a health worker, in Pustaka."""
        await self.app.switch_mode("pustaka")
        from content_kit.tui.screens.library import LibraryScreen

        if isinstance(self.app.screen, LibraryScreen):
            self.app.screen.action_unread(wanted=True)

    def action_folder(self) -> None:
        """Open the folder of the file that a finding is about."""
        root, finding = self.kit.root, self._here()
        if root is None or finding is None or isinstance(finding, Unread):
            return
        file = finding.place.file
        folder = (root / Path(file).expanduser()).parent if file else root
        if not open_folder(folder):
            self.notify("Jendela folder tidak dapat dibuka di sini. Letaknya tertulis di daftar.")


def _counts(errors: int, rows: Sequence[Finding | Unread]) -> str:
    """ "2 perlu diperbaiki, 1 menunggu isian, 3 perlu dilihat": each thing under its own sign."""
    found = [row for row in rows if isinstance(row, Finding)]
    waiting = sum(row.code == WAITING for row in found)
    looks = sum(row.level is Level.WARNING and row.code != WAITING for row in found)
    looks += sum(isinstance(row, Unread) for row in rows)
    told = [f"{errors} perlu diperbaiki"]
    told += [f"{waiting} menunggu isian"] if waiting else []
    told += [f"{looks} perlu dilihat"] if looks else []
    known = len(rows) - errors - waiting - looks
    return ", ".join([*told, *([f"{known} sekadar tahu"] if known else [])])


class _FindingList(LineList):
    """Says in the footer what Enter does."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", "Buka")]
