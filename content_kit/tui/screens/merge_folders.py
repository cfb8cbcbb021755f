"""Gabungkan folder: what a copied folder, or another person's, brings; only a yes writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Button, Static

from content_kit.files.merge import Side
from content_kit.files.safe_text import shown
from content_kit.files.workspace import Workspace
from content_kit.planning.clash import Clashes
from content_kit.tasks.merging_folders import FolderMerge, carry_out, look_into
from content_kit.tui import jobs
from content_kit.tui.screens.ask import Answered, AskPanel, Question
from content_kit.tui.screens.base import Panel
from content_kit.tui.screens.choose import ManyPanel
from content_kit.tui.screens.conflict import Choices, ConflictPanel
from content_kit.tui.widgets.lines import plain

_FEW: Final = 8
"""So many posyandu, and so many files that stay, are named one by one."""


def ask_folder() -> AskPanel:
    """The question where the folder lies that somebody brought; the answer has it under `folder`."""

    def read(typed: str) -> Answered:
        path = folder_of(typed)
        if not typed.strip():
            return Answered("", asked="Tulis letak foldernya dulu.")
        asked = "" if path.is_dir() else f'Folder "{shown(str(path))}" tidak ada.'
        return Answered(typed, "Foldernya ada. Isinya ditunjukkan dulu.", asked)

    asked = Question("folder", "Letak folder yang dikirim", "", "D:\\Kiriman\\calendars", read)
    note = "Folder satu posyandu, atau folder yang berisi beberapa. Zip: ekstrak dulu."
    return AskPanel("Gabungkan folder dari orang lain", (asked,), note, "Lihat isinya")


def folder_of(typed: str) -> Path:
    """A folder as somebody types or pastes its place, with or without quotation marks."""
    return Path(typed.strip().strip("\"'")).expanduser()


@dataclass
class _Looked(Message):
    """What merging comes to, or why it cannot be."""

    work: FolderMerge | None
    sentence: str = ""


class MergeFoldersPanel(Panel[None]):
    """Shows what goes where; after a yes it asks for what differs, and writes."""

    CSS_PATH: ClassVar[str] = "merge_folders.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "merge", "Gabungkan")]

    def __init__(self, other: Path) -> None:
        super().__init__()
        self._other = other
        self._work: FolderMerge | None = None
        self._choices: dict[str, Side] = {}

    def compose(self) -> ComposeResult:
        """What was found, and two buttons."""
        with Vertical(id="panel"):
            yield Static(plain(f"Gabungkan folder {self._other.name}"), classes="heading")
            with VerticalScroll(id="scroll", can_focus=False):
                yield Static("Membaca isinya…", id="told", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Gabungkan (Enter)", variant="primary", id="go", disabled=True)
                yield Button("Jangan (Esc)", id="close")

    def on_mount(self) -> None:
        """Read both sides on a thread: a folder may hold hundreds of files."""
        self.run_worker(self._look, thread=True, exit_on_error=False)

    def _look(self) -> None:
        root = self.kit.root
        assert root is not None  # the doors to this panel need a workspace
        try:
            told = _Looked(look_into(Workspace.open(root), self._other))
        except Exception as error:  # noqa: BLE001 - a thread must not take the screen along
            told = _Looked(None, jobs.apology(error))
        self.post_message(told)

    @on(_Looked)
    def _looked(self, message: _Looked) -> None:
        self._work = message.work
        words = message.sentence if message.work is None else "\n".join(_lines(message.work))
        self.query_one("#told", Static).update(words)
        go = self.query_one("#go", Button)
        go.disabled = message.work is None
        if message.work is not None:
            go.focus()

    @on(Button.Pressed, "#go")
    def action_merge(self) -> None:
        """Ask for what differs, first the fields, then files such as photos; then write."""
        work = self._work
        if work is None:
            return
        clashes = Clashes(tuple(one for _, one in work.clashes))
        if clashes.conflicts():
            self.app.push_screen(ConflictPanel(clashes), self._decided)
        else:
            self._ask_files()

    def _decided(self, choices: Choices | None) -> None:
        work = self._work
        if choices is None or work is None:
            return
        self._choices = {
            f"{file}:{name}": side
            for file, one in work.clashes
            for name, side in choices[one.path].items()
        }
        self._ask_files()

    def _ask_files(self) -> None:
        work = self._work
        if work is None:
            return
        if not work.differing:
            self._write(self._choices)
            return
        rows = [(one.name, shown(one.name)) for one in work.differing]
        title = "Berkas yang isinya lain (spasi: ambil yang datang)"
        note = "Yang tidak ditandai tetap seperti di sini."
        self.app.push_screen(ManyPanel(title, rows, (), note), self._files_decided)

    def _files_decided(self, taken: tuple[str, ...] | None) -> None:
        work = self._work
        if taken is not None and work is not None:
            sides = {
                one.name: Side.THEIRS if one.name in taken else Side.MINE for one in work.differing
            }
            self._write(self._choices | sides)

    def _write(self, choices: Mapping[str, Side]) -> None:
        assert self._work is not None
        self.kit.carry(partial(_merged, self._work, dict(choices)))
        self.dismiss(None)

    @on(Button.Pressed, "#close")
    def _shut(self) -> None:
        self.dismiss(None)


def _merged(work: FolderMerge, choices: Mapping[str, Side]) -> str:
    """Write it, and say what was done."""
    went = carry_out(work, choices)
    stayed = f" {len(work.refused)} berkas tetap di tempatnya." if work.refused else ""
    kept = f" Folder salinannya disimpan di {went}." if went else ""
    return f"Folder digabung. {work.summary()}{stayed}{kept}"


def _lines(work: FolderMerge) -> Iterator[str]:
    for pair in work.pairs[:_FEW]:
        said = "posyandu baru" if pair.new else "digabung"
        yield f"{shown(pair.other.name)} → calendars/{shown(pair.home.name)}: {said}"
    if len(work.pairs) > _FEW:
        yield f"… dan {len(work.pairs) - _FEW} posyandu lain"
    yield ""
    yield work.summary()
    if asked := len(work.questions()):
        yield f"{asked} isian berbeda di keduanya: sesudah ini Anda memilih satu per satu."
    for path, why in work.refused[:_FEW]:
        yield f"{shown(path.name)}: {why}, jadi tetap di sana."
    if len(work.refused) > _FEW:
        yield f"… dan {len(work.refused) - _FEW} berkas lain tetap di sana"
    if work.beside:
        yield work.unused()
    yield "Tidak ada isi yang hilang: yang diganti disimpan di folder pemulihan."
