"""Dua versi: each place that two people changed, both versions side by side, and which of them stays."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import ClassVar, Final, TypeAlias

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from content_kit.files.merge import Conflict, Side
from content_kit.files.safe_text import shown
from content_kit.planning.clash import Clash, Clashes
from content_kit.schedule.dates import short_date
from content_kit.tui.screens.base import Panel
from content_kit.tui.widgets.lines import plain

Choices: TypeAlias = Mapping[Path, Mapping[str, Side]]

_WORDS: Final = 2_000
"""How many words of a text are compared: the time grows with their square."""


class Version(VerticalScroll, can_focus=False):
    """One version in a frame with its name; a click takes it."""

    class Pressed(Message):
        """Somebody wants this version."""

        def __init__(self, side: Side) -> None:
            super().__init__()
            self.side = side

    def __init__(self, side: Side) -> None:
        super().__init__(classes=f"-{side.value}")
        self.side = side
        self._words = Static("", markup=False)

    def compose(self) -> ComposeResult:
        """Its words."""
        yield self._words

    def say(self, name: str, words: Content, *, taken: bool) -> None:
        """Show a version, and whether it is the one."""
        arrow = "←" if self.side is Side.MINE else "→"
        self.border_title = plain(f"{arrow} {name}{'  ✓ diambil' if taken else ''}")
        self.set_class(taken, "-taken")
        self._words.update(words)
        self.scroll_home(animate=False)

    def on_click(self, event: events.Click) -> None:
        """Take it."""
        event.stop()
        self.post_message(self.Pressed(self.side))


class ConflictPanel(Panel[Choices]):
    """Asks for a decision at every conflict; answers with all of them, None when it was closed."""

    CSS_PATH: ClassVar[str] = "conflict.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "take('mine')", "Pertama", key_display="←"),
        Binding("right", "take('theirs')", "Kedua", key_display="→"),
        Binding("b", "take('both')", "Keduanya"),
        Binding("n", "go(1)", "Lanjut"),
        Binding("p", "go(-1)", "Sebelumnya", show=False),
        Binding("shift+left", "rest('mine')", "Sisanya yang pertama", show=False),
        Binding("shift+right", "rest('theirs')", "Sisanya yang kedua", show=False),
        Binding("up", "scroll(-1)", "Naik", show=False),
        Binding("down", "scroll(1)", "Turun", show=False),
        Binding("pageup", "scroll(-8)", "Halaman naik", show=False),
        Binding("pagedown", "scroll(8)", "Halaman turun", show=False),
        Binding("enter", "finish", "Gabungkan"),
        Binding("escape", "close", "Tutup"),
    ]

    def __init__(self, clashes: Clashes) -> None:
        super().__init__()
        self._clashes = clashes
        self._places = clashes.conflicts()
        self._chosen: dict[int, Side] = {}
        self._at = 0

    def compose(self) -> ComposeResult:
        """What it is about, both versions, and what was chosen."""
        with Vertical(id="panel"):
            with Horizontal(id="top"):
                yield Static("", id="title", markup=False)
                yield Static("", id="count", markup=False)
            yield Static("", id="about", markup=False)
            with Horizontal(id="versions"):
                yield Version(Side.MINE)
                yield Version(Side.THEIRS)
            yield Static("", id="state", markup=False)

    def on_mount(self) -> None:
        """Show the first place."""
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without anything to choose only joining is offered; two versions only of a post."""
        if action in ("take", "go", "rest") and not self._places:
            return False
        if action == "take" and parameters == ("both",):
            return self._places[self._at][1].both
        return True

    # What the keys do

    def action_take(self, side: str) -> None:
        """Decide here, and go on to the next place that waits."""
        self._chosen[self._at] = Side(side)
        waiting = self._waiting()
        if waiting:
            self._at = next((place for place in waiting if place > self._at), waiting[0])
        self._show()

    @on(Version.Pressed)
    def _pressed(self, message: Version.Pressed) -> None:
        self.action_take(message.side.value)

    def action_rest(self, side: str) -> None:
        """Decide everything that still waits in the same way."""
        for place in self._waiting():
            self._chosen[place] = Side(side)
        self._show()

    def action_go(self, step: int) -> None:
        """Look at the next place, or the one before."""
        self._at = (self._at + step) % len(self._places)
        self._show()

    def action_scroll(self, lines: int) -> None:
        """Scroll both versions together."""
        for version in self.query(Version):
            version.scroll_relative(y=lines, animate=False)

    def action_finish(self) -> None:
        """Answer, or go to what is not decided yet."""
        waiting = self._waiting()
        if waiting:
            self._at = waiting[0]
            self._show()
            self.notify(f"Masih ada {len(waiting)} yang belum dipilih.", severity="warning")
            return
        choices: dict[Path, dict[str, Side]] = {clash.path: {} for clash in self._clashes.items}
        for place, (clash, conflict) in enumerate(self._places):
            choices[clash.path][conflict.name] = self._chosen[place]
        self.dismiss(choices)

    # What is shown

    def _waiting(self) -> list[int]:
        return [place for place in range(len(self._places)) if place not in self._chosen]

    def _show(self) -> None:
        self.refresh_bindings()
        if not self._places:
            self._show_clean()
            return
        clash, conflict = self._places[self._at]
        self.query_one("#title", Static).update(_title(clash))
        self.query_one("#count", Static).update(f"{self._at + 1} dari {len(self._places)}")
        self.query_one("#about", Static).update(_about(conflict))
        side = self._chosen.get(self._at)
        for version in self.query(Version):
            own = version.side is Side.MINE
            texts = (conflict.mine, conflict.theirs) if own else (conflict.theirs, conflict.mine)
            version.say(
                clash.mine if own else clash.theirs,
                _compared(*texts),
                taken=side in (version.side, Side.BOTH),
            )
        self.query_one("#state", Static).update(self._state(side))

    def _show_clean(self) -> None:
        """Nothing was changed on both sides: one look at what happens, and Enter."""
        names = ", ".join(dict.fromkeys(clash.path.name for clash in self._clashes.items))
        kept = [name for clash in self._clashes.items for name in clash.merged.kept]
        said = "Kedua versi dapat digabung tanpa memilih: tidak ada isian yang diubah di keduanya."
        if kept:
            said += (
                "\n\nDihapus di satu versi dan diubah di yang lain, jadi tetap ada: "
                + ", ".join(kept)
                + "."
            )
        self.query_one("#versions").display = False
        self.query_one("#title", Static).update(plain(f"Dua versi {names}"))
        self.query_one("#about", Static).update(Content(shown(said, lines=True)))
        self.query_one("#state", Static).update("Enter menggabungkan; Esc membiarkan keduanya.")

    def _state(self, side: Side | None) -> Content:
        dots = [
            ("● " if place in self._chosen else "○ ", "bold $primary" if place == self._at else "")
            for place in range(min(len(self._places), 30))
        ]
        said = {
            None: "Pilih: ← yang pertama, → yang kedua"
            + (", b keduanya" if self._places[self._at][1].both else ""),
            Side.MINE: "✓ Diambil yang pertama",
            Side.THEIRS: "✓ Diambil yang kedua",
            Side.BOTH: "✓ Keduanya: dua postingan, yang pertama dengan id baru",
        }[side]
        if not self._waiting():
            said += "   Semua sudah dipilih: Enter menggabungkan."
        return Content.assemble(*dots, " ", (said, "$success" if side else "bold $warning"))


def _title(clash: Clash) -> Content:
    return Content.assemble(
        ("Dua orang mengubah ", "bold $primary"), plain(clash.path.name, "bold $primary")
    )


def _about(conflict: Conflict) -> Content:
    """Which post and which field, and what stood there before both."""
    when, _, title = conflict.about.partition(" · ")
    with contextlib.suppress(ValueError):
        when = short_date(date.fromisoformat(when))
    item = " · ".join(part for part in (when, title) if part) or conflict.post
    place = conflict.field.replace(".", " · ") or "seluruhnya"
    parts = [plain(item, "bold"), Content("  "), plain(place, "$primary")]
    if conflict.base is not None:
        before = re.sub(r"\s+", " ", conflict.base).strip() or "kosong"
        parts += [Content("\n"), plain(f"Semula: {before}", "$foreground-muted")]
    return Content.assemble(*parts)


def _compared(text: str | None, other: str | None) -> Content:
    """A version with the words set off that the other has not."""
    if text is None:
        return plain("Di versi ini tidak ada.", "italic $foreground-muted")
    if not text.strip():
        return plain("(kosong)", "italic $foreground-muted")
    words, others = (re.findall(r"\s+|\S+", each) for each in (text, other or ""))
    if not others or max(len(words), len(others)) > _WORDS:
        return Content(shown(text, lines=True))
    parts: list[Content | tuple[str, str]] = []
    for code, i, j, _, _ in SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
        said = shown("".join(words[i:j]), lines=True)
        parts.append((said, "" if code == "equal" else "bold $accent"))
    return Content.assemble(*parts)
