"""The picture of a draft as it will be, beside the form: one tab for each format, drawn in half cells.

The widget asks its studio and shows what comes; a sheet that answers an older wish is dropped.
Whoever holds the draft calls `show_draft` after a pause in typing and listens to `Proofed`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import ClassVar, Final, TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from content_kit.files.safe_text import shown
from content_kit.files.user_folders import homely, keep_preview
from content_kit.findings import Level
from content_kit.model import Format
from content_kit.tui.opener import open_picture
from content_kit.tui.sharp import show_sharp
from content_kit.tui.studio import NO_TEXTS, Sheet, Studio, Ticket
from content_kit.tui.widgets.cells import PixelBox

NAMES: Final = {
    "feed": "Unggahan 4:5",
    "story": "Cerita 9:16",
    "square": "Persegi 1:1",
    "wide": "Lebar 1,91:1",
}
"""What people call the formats."""

MakeStudio: TypeAlias = Callable[[Callable[[Sheet], None]], Studio]


class _Arrived(Message):
    """A sheet came from the studio's thread."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self.sheet = sheet


class _Kept(Message):
    """A picture lies where the page can ask for it, under this name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class _Told(Message):
    """Words from a worker thread."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words


class _FormatTab(Static):
    """One format; a click shows it."""

    class Pressed(Message):
        """Somebody wants to see a format."""

        def __init__(self, format: str) -> None:
            super().__init__()
            self.format = format

    def __init__(self, format: Format, *, here: bool) -> None:
        name = NAMES.get(format.name, format.name)
        super().__init__(Content(f" {shown(name)} "), classes="-here" if here else "")
        self.format = format.name

    def on_click(self) -> None:
        """Show it."""
        self.post_message(self.Pressed(self.format))


class Preview(Vertical, can_focus=True):
    """The live preview. `open_key` and `format_key` are how the screen around it names its keys."""

    DEFAULT_CSS = """
    Preview { height: 1fr; }
    Preview { align-horizontal: center; }
    Preview #formats { height: 1; align-horizontal: center; }
    Preview _FormatTab { width: auto; color: $foreground-muted; }
    Preview _FormatTab.-here { color: $primary; text-style: bold underline; }
    Preview #told { height: auto; max-height: 3; text-align: center; color: $foreground-muted; }
    Preview:focus #told { color: $primary; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "format(-1)", "Bentuk sebelumnya", show=False),
        Binding("right,space", "format(1)", "Bentuk berikutnya", show=False),
        Binding("b,enter", "open", "Buka gambar", show=False),
    ]

    class Proofed(Message):
        """The draft was proofed: findings, captions and alt text are in `sheet.proof`."""

        def __init__(self, sheet: Sheet) -> None:
            super().__init__()
            self.sheet = sheet

    def __init__(
        self,
        root: Path,
        *,
        id: str | None = None,
        classes: str = "",
        open_key: str = "b",
        make_studio: MakeStudio | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.root = root
        self._make_studio = make_studio or partial(Studio, root)
        self._studio: Studio | None = None
        self._open_key = open_key
        self._draft: tuple[str, str, Mapping[Path, str]] | None = None
        self._number = 0
        self._format = ""
        self._sheet: Sheet | None = None
        self._formats: tuple[Format, ...] = ()

    @property
    def sheet(self) -> Sheet | None:
        """What is shown now."""
        return self._sheet

    def compose(self) -> ComposeResult:
        """Tabs, picture, and a line about it."""
        yield Horizontal(id="formats")
        yield PixelBox("Sebentar…", id="picture")
        if self._sharp is not None:
            yield self._sharp
        yield Static("", id="told", markup=False)

    @cached_property
    def _sharp(self) -> Widget | None:
        """The widget of a terminal that draws pictures."""
        kind: type[Widget] | None = getattr(self.app, "sharp", None)
        return kind(id="sharp") if kind is not None else None

    def on_mount(self) -> None:
        """Open the studio; its thread starts with the first wish."""
        if self._sharp is not None:
            self._sharp.display = False
        self._studio = self._make_studio(self._arrive)

    def on_unmount(self) -> None:
        """Close the studio."""
        if self._studio is not None:
            self._studio.close()

    # What to draw

    def show_draft(self, unit: str, post: str, texts: Mapping[Path, str] = NO_TEXTS) -> None:
        """Draw this draft: a post in the files as they will be. Never blocks."""
        self._draft = (unit, post, texts)
        self._ask()

    def show_words(self, words: str) -> None:
        """Say something instead of a picture: there is nothing to draw yet."""
        self._draft = None
        self._number += 1
        self._sheet = None
        self.query_one(PixelBox).show(None, words)
        self.query_one("#told", Static).update("")

    def _ask(self, *, full: bool = False) -> None:
        if self._draft is None or self._studio is None:
            return
        if not full:
            self._number += 1
        width, height = self.query_one(PixelBox).room
        sharp = self._sharp is not None and not full
        ticket = Ticket(self._number, *self._draft, self._format, width, height, full, sharp)
        self._studio.ask(ticket)

    def on_resize(self) -> None:
        """A sharp picture stands where the cells would tell of another size."""
        if self._sharp is not None and self._sheet is not None:
            self._show(self._sheet)

    @on(PixelBox.Resized)
    def _resized(self, message: PixelBox.Resized) -> None:
        message.stop()
        self._ask()

    # What came

    def _arrive(self, sheet: Sheet) -> None:
        """Take a sheet on the studio's thread over to this one."""
        self.post_message(_Arrived(sheet))

    @on(_Arrived)
    def _arrived(self, message: _Arrived) -> None:
        message.stop()
        sheet = message.sheet
        if sheet.ticket.full:
            self._open(sheet)
        elif sheet.ticket.number == self._number:
            self._sheet = sheet
            self._show(sheet)
            self.post_message(self.Proofed(sheet))

    def _show(self, sheet: Sheet) -> None:
        here = sheet.format.name if sheet.format else ""
        tabs = self.query_one("#formats", Horizontal)
        if self._formats != sheet.formats:
            self._formats = sheet.formats
            tabs.remove_children()
            tabs.mount(*(_FormatTab(each, here=each.name == here) for each in sheet.formats))
        for tab in tabs.query(_FormatTab):
            tab.set_class(tab.format == here, "-here")
        box = self.query_one(PixelBox)
        box.show(sheet.image, self._words(sheet))
        if self._sharp is not None:
            drawn = bool(sheet.jpeg and sheet.format)
            self._sharp.display, box.display = drawn, not drawn
            if sheet.jpeg and sheet.format is not None:
                ratio = sheet.format.width / sheet.format.height
                show_sharp(self._sharp, sheet.jpeg, ratio, self.size.width, self.size.height - 5)
        self.query_one("#told", Static).update(self._told(sheet))

    def _words(self, sheet: Sheet) -> str:
        """What is shown where there is no picture, or no colours to show it in."""
        if sheet.image is None or sheet.format is None or sheet.proof is None:
            return sheet.sentence
        name = NAMES.get(sheet.format.name, sheet.format.name)
        title = sheet.proof.post.fields.get("judul")
        words = [f"Gambar {name}, {sheet.format.width} × {sheet.format.height} piksel."]
        words += [f"Judul: {title}"] if isinstance(title, str) and title else []
        words += [f"Isinya: {sheet.proof.alt}"] if sheet.proof.alt else []
        return "\n".join([*words, "", "Layar ini tanpa warna, jadi gambarnya diceritakan."])

    def _told(self, sheet: Sheet) -> Content:
        if sheet.format is None or sheet.proof is None:
            return Content("")
        size = f"Gambar asli {sheet.format.width} × {sheet.format.height}"
        told = f"{size} · tekan {self._open_key} untuk Buka gambar"
        if len(told) > self.size.width:
            told = told.replace(" · ", "\n")
        wrong = sum(found.level is Level.ERROR for found in sheet.proof.findings)
        # In words: the stamp of the printed picture would make every drawing four times slower.
        draft = f"\nMasih DRAF: {wrong} hal perlu diperbaiki" if wrong else ""
        return Content.assemble(told, (draft, "bold $error"))

    # What can be done

    @on(_FormatTab.Pressed)
    def _pressed(self, message: _FormatTab.Pressed) -> None:
        message.stop()
        self._format = message.format
        self._ask()

    def action_format(self, step: int) -> None:
        """Show the next format, or the one before."""
        formats = [each.name for each in self._sheet.formats] if self._sheet else []
        if self._sheet and self._sheet.format and len(formats) > 1:
            here = formats.index(self._sheet.format.name)
            self._format = formats[(here + step) % len(formats)]
            self._ask()

    def action_open(self) -> None:
        """Buka gambar: the whole picture in the system's own viewer."""
        if self._sheet is None or self._sheet.format is None:
            self.notify("Belum ada gambar yang bisa dibuka.", severity="warning")
            return
        self._ask(full=True)
        self.notify("Membuka gambar…", timeout=2)

    def open_draft(self, unit: str, post: str) -> None:
        """Buka gambar of a post, also where no picture is shown yet."""
        self._draft = (unit, post, NO_TEXTS)
        self._ask(full=True)
        self.notify("Membuka gambar…", timeout=2)

    def _open(self, sheet: Sheet) -> None:
        if not sheet.jpeg:
            self.notify(shown(sheet.sentence), severity="warning", markup=False)
            return

        # In a browser the page shows the picture itself: a viewer would open on the other side.
        in_page = self.app.is_web

        def opened() -> None:
            name = f"{sheet.ticket.unit}-{sheet.ticket.post}-{sheet.ticket.format or 'gambar'}"
            path = keep_preview(name, sheet.jpeg)
            if path is None:
                told = "Gambarnya tidak dapat disimpan sementara di komputer ini."
            elif in_page:
                self.post_message(_Kept(path.name))
                return
            elif not open_picture(path):
                told = f"Jendela gambar tidak dapat dibuka di sini. Letaknya: {homely(path)}"
            else:
                return
            self.post_message(_Told(told))

        self.run_worker(opened, thread=True, exit_on_error=False)

    @on(_Kept)
    def _show_in_page(self, message: _Kept) -> None:
        message.stop()
        self.app.open_url(f"/gambar/{message.name}")

    @on(_Told)
    def _tell(self, message: _Told) -> None:
        message.stop()
        self.notify(shown(message.words), severity="warning", markup=False)
