"""Buka folder lain: the workspaces that lie near, and a path for all others."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label, Static

from content_kit.files.safe_text import shown
from content_kit.files.user_folders import homely
from content_kit.files.workspace import is_workspace, workspaces_near
from content_kit.tui.screens.base import Panel
from content_kit.tui.widgets.box import Box
from content_kit.tui.widgets.linelist import LineList
from content_kit.tui.widgets.lines import plain

_ROWS: Final = 8


class FolderPanel(Panel[Path]):
    """The answer is a folder with a plan in it."""

    CSS_PATH: ClassVar[str] = "folder.tcss"

    def __init__(self, here: Path) -> None:
        super().__init__()
        self._here = here
        self._near = workspaces_near(here)

    def compose(self) -> ComposeResult:
        """What lies near, and a line to type another place."""
        with Vertical(id="panel"):
            yield Static("Buka folder lain", classes="heading")
            yield LineList(id="near", empty="Di sini tidak ada folder kerja.")
            yield Label("Atau tulis letak foldernya, lalu Enter:")
            yield Box(id="path", placeholder=homely(self._here), compact=True)
            yield Static("", id="note", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Buka", variant="primary", id="go")
                yield Button("Batal (Esc)", id="close")

    def on_mount(self) -> None:
        """Start on the list when there is one."""
        near = self.query_one(LineList)
        near.styles.height = max(1, min(_ROWS, len(self._near)))
        near.fill(len(self._near), lambda row: (plain(self._called(self._near[row])),))
        self.query_one("#near" if self._near else "#path").focus()

    def _called(self, folder: Path) -> str:
        if folder == self._here:
            return f"{folder.name}  (folder ini)"
        return folder.relative_to(self._here).as_posix()

    @on(LineList.Chosen)
    def _chosen(self, message: LineList.Chosen) -> None:
        self.dismiss(self._near[message.row])

    @on(Input.Submitted)
    @on(Button.Pressed, "#go")
    def _go(self) -> None:
        typed = self.query_one("#path", Input).value.strip().strip('"')
        if not typed:
            if self._near:
                self.dismiss(self._near[self.query_one(LineList).highlighted])
            return
        folder = (self._here / Path(typed).expanduser()).resolve()
        if is_workspace(folder):
            self.dismiss(folder)
            return
        there = folder.is_dir()
        why = "Di folder itu tidak ada rencana" if there else "Folder itu tidak ada"
        self.query_one("#note", Static).update(f"{why}: {shown(homely(folder))}")
        self.query_one("#path").focus()

    @on(Button.Pressed, "#close")
    def _cancelled(self) -> None:
        self.dismiss(None)
