"""The life of a draft behind its form: begun, typed in, undone, kept, laid over the files, saved, followed.

Knows no widget. `PostScreen` shows what is here and says what was typed.
"""

from __future__ import annotations

import random
from asyncio import to_thread
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Final

from textual import on
from textual.message import Message
from textual.timer import Timer

from content_kit.errors import KitError
from content_kit.files.drafts import Kept
from content_kit.files.merge import Side
from content_kit.files.safe_text import shown
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding
from content_kit.model import FieldValue, Post
from content_kit.planning.draft import Draft, merged, of_entry, said, tidy
from content_kit.planning.library import Entry, load_library
from content_kit.schedule.dates import clock, long_date, short_date
from content_kit.tui import drafting
from content_kit.tui.board import Board
from content_kit.tui.drafting import Form, Overlay
from content_kit.tui.recovery import Recovery
from content_kit.tui.screens.base import KitScreen
from content_kit.tui.screens.confirm import ConfirmPanel
from content_kit.tui.screens.conflict import Choices, ConflictPanel
from content_kit.tui.screens.resume import ResumePanel
from content_kit.tui.slots import Facts, facts

PAUSE: Final = 0.1
"""Seconds without a key after which the draft is kept, proofed and drawn."""
BREATH: Final = 2.0
"""Seconds without a key after which what is typed on in a field is another step to take back."""


@dataclass
class _Known(Message):
    facts: Facts


@dataclass
class _Laid(Message):
    number: int
    overlay: Overlay


@dataclass
class _Stands(Message):
    words: str


@dataclass
class _Brought(Message):
    entry: Entry | None


class DraftScreen(KitScreen):
    """A screen around one draft. Whatever ends it, what was typed stays."""

    def __init__(self, unit: str, post: str, *, field: str, day: date | None, entry: str) -> None:
        super().__init__()
        self.takes_keys = False
        self.unit = unit
        self.facts: Facts | None = None
        self.form: Form | None = None
        """What is being edited; None until everything is read."""
        self.own: tuple[Finding, ...] = ()
        """What cannot be read in the draft."""
        self.theirs: dict[str, FieldValue] = {}
        """What others wrote in fields that were written in here too: to be chosen before saving."""
        self.trouble = ""
        """Why the file cannot be read at the moment, "" while it can."""
        self.stands = ""
        """How the post stands in the review, in words."""
        self.saved_at = ""
        self.touched: set[str] = set()
        """Fields of a new post that somebody was in: only those are called empty."""
        self._post_id = post
        self._goal = field
        self._day = day
        self._entry = entry
        self._waiting: Entry | None = None
        """Words that came while an older draft still waited for its answer."""
        self._undo: list[Draft] = []
        self._writing_in = ""
        self._written = 0.0
        self._timer: Timer | None = None
        self._number = 0
        self._over = False
        self._refused = False
        """Whether saving was refused a moment ago: the next reading says by what."""
        self._known: Board | None = None
        self._recovery: Recovery | None = None

    # What the screen shows

    async def show_form(self) -> None:
        """Show the draft as it is now."""

    def tell(self) -> None:
        """Show what is said about the draft."""

    def start_at(self, path: str) -> None:
        """Go to a field, "" for the first."""

    def laid(self, overlay: Overlay) -> None:
        """The draft was laid over its files: draw it."""

    # Its beginning

    @property
    def root(self) -> Path:
        """The workspace."""
        assert self.kit.root is not None  # a post is opened from a place of the workspace
        return self.kit.root

    @property
    def board(self) -> Board | None:
        """The newest that knows the posyandu: its files may be away or broken for a moment."""
        newest = self.kit.board
        if newest and (self._known is None or self.unit in newest.loaded.posyandu):
            self._known = newest
        return self._known

    @property
    def recovery(self) -> Recovery:
        """What is kept of the draft on this machine until it is saved."""
        if self._recovery is None:
            self._recovery = Recovery(self.kit.drafts, self.unit, self._post_id)
        return self._recovery

    def on_mount(self) -> None:
        """Read what the form is made from; then follow the board."""
        root = self.root

        def read() -> None:
            self.post_message(_Known(facts(root)))

        self.run_worker(read, thread=True, exit_on_error=False)
        super().on_mount()

    def on_unmount(self) -> None:
        """Keep what is not saved."""
        if self.form is not None and not self._over:
            self.recovery.keep(self.form, self.kit.clock())

    @on(_Known)
    async def _know(self, message: _Known) -> None:
        self.facts = message.facts
        if self.kit.board is not None:
            await self._begin(self.kit.board)

    def draw(self, board: Board) -> None:
        """Begin, or take over what others changed meanwhile."""
        if self.facts is not None:
            self.run_worker(self._begin(board) if self.form is None else self._follow_file(board))

    async def _begin(self, board: Board) -> None:
        if self.form is not None:
            return
        post = self._there(board) if self._post_id else None
        if self.unit not in board.loaded.posyandu or (self._post_id and post is None):
            self._over = True
            self.notify("Postingan ini tidak ada lagi.", severity="warning")
            self.dismiss(None)
            return
        self.form = drafting.opened(post) if post else self._new(board)
        await self.show_form()
        self.start_at(self._goal)
        if not self._entry:
            self.takes_keys = True
        kept = self.recovery.found()
        if kept is not None:
            self._offer(kept)
        self._look_up()
        self._paused()
        if self._entry:
            self.run_worker(self._bring, thread=True, exit_on_error=False)

    def _new(self, board: Board) -> Form:
        person = board.person(self.kit.me)
        duty = self.kit.me if person and self.unit in person.units else ""
        taken = {post.id for post in board.loaded.posts()}
        day = self._day or board.today(self.kit.me)
        return drafting.new(self.unit, day, duty, taken, random.SystemRandom())

    def _there(self, board: Board) -> Post | None:
        name = self.form.draft.id if self.form else self._post_id
        posts = board.loaded.posts(self.unit)
        return next((post for post in posts if post.id == name), None)

    def _bring(self) -> None:
        entries, _ = load_library(Workspace.open(self.root))
        for entry in entries:
            if entry.id == self._entry:
                self.post_message(_Brought(entry))
                return
        self.post_message(_Brought(None))

    @on(_Brought)
    def _brought(self, message: _Brought) -> None:
        self.takes_keys = True
        if self.recovery.asking:
            self._waiting = message.entry
        else:
            self.take(message.entry)

    # What is typed and chosen

    def change(self, draft: Draft, path: str = "") -> None:
        """Go on with another draft; what is typed in one field is one step for undo."""
        form = self.form
        if form is None or (draft == form.draft and draft.spare == form.draft.spare):
            return
        now = monotonic()
        if not path or path != self._writing_in or now - self._written > BREATH:
            self._undo.append(form.draft)
        self._writing_in, self._written = path, now
        self.form = replace(form, draft=draft)
        self.saved_at = ""
        self.tell()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE, self._paused)

    def set(self, draft: Draft, focus: str = "") -> None:
        """Go on with a draft that was not typed: the form has to show it."""
        self.change(draft)
        self.run_worker(self._shown_at(focus))

    async def _shown_at(self, path: str) -> None:
        await self.show_form()
        if path:
            self.start_at(path)

    def put(self, path: str, value: FieldValue | None) -> None:
        """Set one field that was chosen; None chooses nothing."""
        if value is not None and self.form is not None:
            self.set(self.form.draft.put(path, value))

    def take(self, entry: Entry | None) -> None:
        """Put the words of a library entry into the form, and ask before any are replaced."""
        if entry is None or self.form is None:
            return
        taken = entry

        def fill(yes: bool | None) -> None:
            if yes and self.form is not None:
                self.set(of_entry(self.form.draft, taken), "isi")

        if not self.form.draft.get("isi"):
            fill(yes=True)
            return
        told = f'Tulisan di isian ini diganti dengan "{entry.title}". Ctrl+Z mengembalikannya.'
        self.app.push_screen(ConfirmPanel("Ganti tulisannya?", told, "Ganti (y)"), fill)

    def action_undo(self) -> None:
        """Take back the last step in this form."""
        form = self.form
        if form is None or not self._undo:
            self.notify("Tidak ada yang bisa dibatalkan di isian ini.", timeout=3)
            return
        draft = self._undo.pop()
        self._writing_in = ""
        self.change(draft)
        self._undo.pop()  # the way back is no step
        self.run_worker(self.show_form())

    # Kept and laid over the files

    def _paused(self) -> None:
        """After a pause: keep the draft, and see what it would look like."""
        form, known, board = self.form, self.facts, self.board
        if form is None or known is None or board is None:
            return
        self._number += 1
        number, root, recovery = self._number, self.root, self.recovery
        office, now = board.loaded.office, self.kit.clock()

        def work() -> None:
            recovery.keep(form, now)
            self.post_message(_Laid(number, drafting.overlay(root, form, known, office)))

        self.run_worker(work, thread=True, group="overlay", exit_on_error=False)

    @on(_Laid)
    def _laid_over(self, message: _Laid) -> None:
        if message.number == self._number:
            self.own = message.overlay.findings
            self.laid(message.overlay)

    def _offer(self, kept: Kept) -> None:
        """Ask what shall become of what was typed and never saved."""
        form, board = self.form, self.board
        if form is None or board is None:
            return
        mine = Draft(self.unit, kept.id or form.draft.id, kept.values, kept.spare)
        seen = Draft(self.unit, mine.id, kept.seen)
        draft, both = merged(seen, mine, form.draft) if form.post else (mine, ())
        if draft.values == form.draft.values:
            self.recovery.throw_away()  # the file says all of it already
            return
        when = kept.when.astimezone(board.loaded.posyandu[self.unit].zone.tz)
        day = "" if when.date() == board.today(self.kit.me) else f"{short_date(when.date())} "

        def answered(again: bool | None) -> None:
            if again is False:
                self.recovery.throw_away()
                self._undo.append(draft)  # a "b" typed too early must not cost what was written
                self.notify("Dibuang. Ctrl+Z mengembalikannya.", timeout=6)
            else:
                self.recovery.go_on()
                self.theirs = {path: form.draft.get(path) for path in both}
                self.set(draft)
            self.take(self._waiting)

        self.app.push_screen(ResumePanel(f"{day}{clock(when.time())}"), answered)

    # Saved and followed

    def action_save(self) -> None:
        """Write what changed into the plan."""
        self.save()

    def save(self, *, leave: bool = False) -> None:
        """Write what changed into the plan, and go when it is on its way."""
        form = self.form
        if form is None or (form.post is not None and not form.dirty):
            self.notify("Sudah tersimpan.", timeout=2)
            if leave:
                self.leave()
            return
        try:
            act = drafting.saving(form)
        except KitError as error:
            self._not_yet(str(error), leave=leave)
            return
        if undecided := self._undecided():
            self._choose(undecided, leave=leave)
            return
        recovery, now = self.recovery, self.kit.clock()
        recovery.keep(form, now)

        def saved(fine: bool) -> None:
            self._refused = not fine
            if fine:
                self._saved(form)
                recovery.saved(None if self._over else self.form, now)

        self._over = leave
        self.kit.edit(act, unit=self.unit, what=_saved_words(form), then=saved)
        if leave:
            self.dismiss(None)

    def _undecided(self) -> dict[str, FieldValue]:
        """What others wrote where something else is written here, by field."""
        draft = self.form.draft if self.form else None
        found = self.theirs.items() if draft else ()
        return {path: value for path, value in found if draft and draft.get(path) != value}

    @property
    def remarks(self) -> dict[str, str]:
        """What is to be known of some fields: others wrote there too."""
        return {path: _remark(path, value) for path, value in self._undecided().items()}

    def _choose(self, theirs: Mapping[str, FieldValue], *, leave: bool) -> None:
        """Show both versions of each field; only when all are decided something is saved."""
        form = self.form
        if form is None or isinstance(self.app.screen, ConflictPanel):
            return

        def chosen(choices: Choices | None) -> None:
            if choices is None or self.form is None:
                self.notify("Belum disimpan. Tulisan Anda tetap di sini.")
                return
            draft = self.form.draft
            for path, side in next(iter(choices.values())).items():
                if side is Side.THEIRS:
                    draft = draft.put(path, theirs[path])
            # What others changed again meanwhile is asked again.
            self.theirs = {p: value for p, value in self.theirs.items() if theirs.get(p) != value}
            self.set(draft)
            self.save(leave=leave)

        self.app.clear_notifications()  # the panel says it better, and needs the room
        self.app.push_screen(ConflictPanel(drafting.clashes(form, theirs)), chosen)

    def _not_yet(self, why: str, *, leave: bool) -> None:
        def left(yes: bool | None) -> None:
            if yes:
                self.dismiss(None)

        if not leave:
            self.notify(shown(why), severity="warning", markup=False)
            self.start_at("tanggal")
            return
        told = f"{why} Yang sudah ditulis tetap disimpan di komputer ini."
        self.app.push_screen(ConfirmPanel("Belum dapat disimpan", told, "Tinggalkan (y)"), left)

    def leave(self) -> None:
        """Go; what is not saved stays kept."""
        self._over = True
        self.dismiss(None)

    def _saved(self, form: Form) -> None:
        """What was saved is what the file has now; the board will bring it."""
        now, board = self.form, self.board
        if now is None or self._over or board is None:
            return
        self._post_id = form.draft.id
        self.recovery.moved(form.draft.id, now, self.kit.clock())
        self.theirs = {}
        # What was typed while it was being saved is an edit of what was saved.
        written = tidy(form.draft)
        same = now.draft.values == form.draft.values
        self.form = replace(now, draft=written if same else now.draft, base=written)
        zone = board.loaded.posyandu[self.unit].zone.tz
        self.saved_at = f"tersimpan {clock(self.kit.clock().astimezone(zone).time())}"

    async def _follow_file(self, board: Board) -> None:
        """The file moved on: take over what I did not touch, and say where both wrote."""
        if self.form is None:
            return
        refused, self._refused = self._refused, False
        post = self._there(board)
        trouble = ""
        if post is None:
            id = self.form.draft.id
            trouble = await to_thread(drafting.unread, self.root, board.loaded, self.unit, id)
        form = self.form  # what was typed while the file was looked at counts too
        if trouble or self.trouble:
            self.trouble = trouble
            await self.show_form()
        if post is None:
            if form.post is not None and not trouble:
                told = "Postingan ini dihapus di tempat lain. Bila disimpan, ia dibuat lagi."
                self.notify(told, severity="warning")
                self.form = Form(form.draft, Draft(self.unit, form.draft.id))
                self.tell()
            return
        if not self._post_id:  # what was new here is in the plan: another window saved it
            self._post_id = post.id
            self.recovery.moved(post.id, form, self.kit.clock())
        theirs = drafting.opened(post)
        draft, both = merged(form.base, form.draft, theirs.draft)
        asked = {path: theirs.draft.get(path) for path in (*self.theirs, *both)}
        moved = draft.values != form.draft.values or form.post is None or asked != self.theirs
        self.theirs = asked
        self.form = Form(replace(draft, spare=form.draft.spare), theirs.draft, post)
        if moved:
            await self.show_form()
        self.tell()
        self._paused()
        self._look_up()
        if refused and (undecided := self._undecided()):
            self._choose(undecided, leave=False)

    def look_again(self) -> None:
        """Proof the draft anew: something that it stands on, like a photo, is another now."""
        if self.form is not None:
            self.form = replace(self.form, draft=replace(self.form.draft))
            self.tell()
            self._paused()

    def _look_up(self) -> None:
        """Ask beside how the post stands in the review."""
        form, root, now = self.form, self.root, self.kit.clock()
        if form is None or form.post is None:
            return
        post = form.post

        def ask() -> None:
            self.post_message(_Stands(drafting.standing(root, post, now)))

        self.run_worker(ask, thread=True, group="standing", exit_on_error=False)

    @on(_Stands)
    def _stood(self, message: _Stands) -> None:
        self.stands = message.words
        self.tell()


def _saved_words(form: Form) -> str:
    """What was saved, and to which day it went when that is another now."""
    before, day = form.base.day(), form.draft.day()
    moved = form.post is not None and day is not None and day != before
    return f'"{called(form.draft)}" disimpan.' + (
        f" Pindah ke {long_date(day)}." if moved and day else ""
    )


def called(draft: Draft) -> str:
    """A post in a sentence: its title, else its day."""
    day = draft.day()
    return draft.text("isi.judul") or (short_date(day) if day else "postingan")


def _remark(path: str, theirs: FieldValue) -> str:
    """What is said beside a field that others wrote in too."""
    if not theirs:
        return "Di tempat lain isian ini dikosongkan. Saat menyimpan, Anda memilih."
    if isinstance(theirs, str):
        return f'Di tempat lain: "{theirs}". Saat menyimpan, Anda memilih.'
    return f"{said(path)} juga diubah di tempat lain. Saat menyimpan, Anda memilih."
