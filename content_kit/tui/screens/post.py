"""Postingan: the form of one post, with its picture and its words beside it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from content_kit.files.safe_text import shown
from content_kit.files.user_folders import homely
from content_kit.findings import Finding, Level
from content_kit.model import Pillar, Post
from content_kit.planning import editing
from content_kit.planning.draft import Draft, rearranged
from content_kit.planning.search import last_uses
from content_kit.render import WAITING
from content_kit.schedule.week import Week
from content_kit.tui.drafting import Overlay, path_of
from content_kit.tui.opener import open_folder
from content_kit.tui.screens.confirm import ConfirmPanel
from content_kit.tui.screens.entries import EntriesPanel
from content_kit.tui.screens.post_choices import choose, choose_day
from content_kit.tui.screens.post_draft import DraftScreen
from content_kit.tui.screens.post_fields import PostFields
from content_kit.tui.slots import sections
from content_kit.tui.widgets.captions import Captions
from content_kit.tui.widgets.fields import MISSING, Field, note, renew
from content_kit.tui.widgets.keybar import KeyBar
from content_kit.tui.widgets.lines import plain
from content_kit.tui.widgets.lists import ListField, Rearrange
from content_kit.tui.widgets.preview import Preview
from content_kit.tui.widgets.titlebar import TitleBar

_NOT_YET: Final = frozenset({MISSING, "tanpa-sumber"})
"""What is no mistake while a new post is being written."""

_HELP = """\
Isi satu postingan: tulisannya, kapan, dan di mana diposting. Gambarnya ikut berubah.

Enter, Tab   isian berikutnya          Shift+Tab, ↑  isian sebelumnya
Enter        pada isian bertanda ▾: membuka pilihan
Enter        pada Kapan: membuka kalender; boleh juga menulis besok atau 10 desember
Ctrl+J       baris baru di tulisan panjang

Ctrl+S       simpan                    Esc           simpan dan kembali
F3           masalah berikutnya        F2            ambil tulisan dari Pustaka
F4           isian atau pratinjau      Ctrl+G        buka gambar penuh
Ctrl+O       buka folder               Ctrl+Z        batalkan yang terakhir
Ctrl+P       semua perintah, juga: salin, hapus, sudah diposting

Yang belum disimpan disimpan sendiri di komputer ini, juga bila listrik padam.
! perlu diperbaiki   ? perlu dilihat   i sekadar tahu"""


class PostScreen(DraftScreen):
    """The form of a post: of one that is there, or of a new one for a day."""

    CSS_PATH: ClassVar[str] = "post.tcss"
    HELP = _HELP
    OFFERS = (
        ("Simpan", "Tulis postingan ini ke rencana.", "save"),
        ("Ambil dari Pustaka", "Isi dengan tulisan yang sudah jadi.", "library"),
        ("Masalah berikutnya", "Ke isian yang perlu diperbaiki.", "problem"),
        ("Pratinjau", "Lihat gambarnya, atau kembali ke isian.", "switch"),
        ("Buka gambar", "Gambar penuh di jendela sendiri.", "picture"),
        ("Buka folder", "Folder tempat hasilnya.", "folder"),
        ("Salin ke hari lain", "Postingan yang sama sekali lagi.", "duplicate"),
        ("Hapus postingan", "Ambil dari rencana; dapat dibatalkan.", "delete"),
        ("Sudah diposting", "Catat bahwa ini sudah keluar.", "done"),
        ("Kembali", "Simpan, lalu kembali.", "back"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Simpan", priority=True),
        Binding("escape", "back", "Kembali"),
        Binding("f3,ctrl+n", "problem", "Masalah"),
        Binding("f4,ctrl+t", "switch", "Pratinjau"),
        Binding("f1", "app.help", "Bantuan"),
        Binding("f2,ctrl+l", "library", "Pustaka", show=False),
        Binding("ctrl+g", "picture", "Buka gambar", show=False, priority=True),
        Binding("ctrl+o", "folder", "Buka folder", show=False, priority=True),
        Binding("ctrl+z", "undo", "Batalkan", show=False, priority=True),
        # A letter or number typed beside an input must not leave the form.
        Binding("q,r,question_mark,1,2,3,4,5,6", "stay", show=False),
    ]

    def __init__(
        self,
        unit: str,
        post: str = "",
        *,
        field: str = "",
        day: date | None = None,
        entry: str = "",
    ) -> None:
        super().__init__(unit, post, field=field, day=day, entry=entry)
        self._found: tuple[Finding, ...] = ()
        self._drawn: Draft | None = None
        self._proofed: Draft | None = None
        self._unproofed = False
        """Whether what came last could not be proofed at all."""
        self._writing: Widget | None = None
        """What had the cursor before the preview was looked at."""
        self._general: list[Finding] = []

    # The parts

    def compose(self) -> ComposeResult:
        """What it is and how it stands; the form; the picture and the words beside it; one line of help."""
        yield TitleBar("Postingan")
        with Horizontal(id="head"):
            yield Static("Membuka…", id="what", markup=False)
            yield Static("", id="count", markup=False)
        yield Static("", id="general", markup=False)
        with Horizontal(id="middle"):
            yield PostFields(id="form")
            with Vertical(id="side"):
                yield Preview(self.root, id="preview", open_key="Ctrl+G")
                yield Captions(id="captions")
        yield Static("", id="hint", markup=False)
        yield KeyBar()

    # What is shown

    async def show_form(self) -> None:
        """The form as the draft is now."""
        form, board = self.form, self.board
        if form is None or board is None or self.facts is None:
            return
        found = sections(self.facts, board.loaded, form.draft, new=form.post is None)
        here = self._field_in_use()
        await self.query_one(PostFields).show(found, form.draft, board.today(self.kit.me))
        if here is not None and not here.is_attached:  # made anew: the cursor stays where it was
            self.start_at(here.slot.path)
        self._place()

    def _place(self) -> None:
        """Each finding beside its field, the others above the form."""
        fields = self.query_one(PostFields)
        self._general = fields.tell(each for each in self._all if not self._is_early(each))
        fields.remark(self.remarks)
        lines = [note(each) for each in self._general[:3]]
        if self.trouble:
            lines = [plain(f"! {self.trouble}", "bold $error")]
        told = Content("\n").join(lines)
        renew(self.query_one("#general", Static), told)
        self.tell()

    def tell(self) -> None:
        """The line at the top: whose post, whether it is saved, how it stands, what is wrong."""
        form, board = self.form, self.board
        if form is None or board is None:
            return
        state = "belum disimpan" if form.dirty else self.saved_at or "tersimpan"
        state = "baru, belum disimpan" if form.post is None else state
        renew(
            self.query_one("#what", Static),
            Content.assemble(
                plain(board.loaded.posyandu[form.draft.unit].name, "bold $primary"),
                (f"  {state}", "bold $warning" if form.dirty else "$foreground-muted"),
                plain(f"  {self.stands}" if self.stands else "", "$secondary"),
            ),
        )
        renew(self.query_one("#count", Static), self._count())

    @property
    def _all(self) -> list[Finding]:
        return [*self.own, *self._found]

    def _is_early(self, finding: Finding) -> bool:
        """Whether it only says that a new post is not written yet."""
        new = self.form is not None and self.form.post is None
        return new and finding.code in _NOT_YET and path_of(finding) not in self.touched

    def _count(self) -> Content:
        found = [each for each in self._all if not self._is_early(each)]
        errors = sum(each.level is Level.ERROR for each in found)
        looks = sum(each.level is Level.WARNING for each in found)
        if errors:
            return Content.styled(f"! {errors} perlu diperbaiki", "bold $error")
        if empty := len(self._all) - len(found):
            return Content.styled(f"… {empty} belum diisi", "bold $warning")
        if any(each.code == WAITING for each in found):
            return Content.styled("… menunggu isian", "bold $warning")
        if looks:
            return Content.styled(f"? {looks} perlu dilihat", "$warning")
        if self.trouble or self._unproofed:
            return Content("")
        if not self.up_to_date:
            return Content.styled("… memeriksa", "$foreground-muted")
        return Content.styled("✓ siap", "bold $success")

    @on(events.DescendantFocus)
    def _focused(self) -> None:
        field = self._field_in_use()
        self.query_one("#hint", Static).update(
            shown(field.slot.help) if field else "", layout=False
        )

    def _field_in_use(self) -> Field | ListField | None:
        around = self.focused.ancestors_with_self if self.focused else ()
        return next((each for each in around if isinstance(each, Field | ListField)), None)

    def start_at(self, path: str) -> None:
        """Go to a field, or to the first of those below a path; "" is the first of all."""
        fields = self.query_one(PostFields)
        below = (each for each in fields.fields if each.slot.path.startswith(path))
        field = fields.field(path) or next(below, next(fields.fields, None))
        if field is not None:
            self.call_after_refresh(field.take_focus)

    def laid(self, overlay: Overlay) -> None:
        """Draw the draft."""
        form, preview = self.form, self.query_one(Preview)
        if form is None:
            return
        self._drawn = form.draft
        if overlay.trouble:
            self._proofed, self._unproofed = form.draft, True
            preview.show_words(overlay.trouble)
            self._place()
        else:
            preview.show_draft(form.draft.unit, form.draft.id, overlay.texts)

    @on(Preview.Proofed)
    def _came(self, message: Preview.Proofed) -> None:
        message.stop()
        proof, self._proofed = message.sheet.proof, self._drawn
        self._unproofed = proof is None
        if proof is None:
            self.tell()
            return
        self._found = proof.findings
        self.query_one(Captions).show(proof)
        field = self.query_one(PostFields).field("teks_alt")
        if isinstance(field, Field):
            told = bool(proof.alt and self.form and self.form.draft.get("isi"))
            field.say_when_empty(f"otomatis: {proof.alt}" if told else "otomatis")
        self._place()

    @property
    def up_to_date(self) -> bool:
        """Whether what is said and drawn is the draft as it is now."""
        return self.form is not None and self._proofed is self.form.draft

    # What is typed and chosen

    @on(Field.Edited)
    def _edited(self, message: Field.Edited) -> None:
        message.stop()
        if self.form is not None:
            self.touched.add(message.path)
            self.change(self.form.draft.put(message.path, message.value), message.path)

    @on(Field.Opened)
    def _opened(self, message: Field.Opened) -> None:
        message.stop()
        if self.form is not None:
            choose(self, message.field.slot, self.form.draft)

    @on(Rearrange)
    async def _rearranged(self, message: Rearrange) -> None:
        message.stop()
        form, slot = self.form, message.list.slot
        if form is None:
            return
        draft, place = rearranged(
            form.draft, slot.path, message.number, message.what, named=bool(slot.items)
        )
        self.change(draft)
        await self.show_form()
        bar = message.what != "add"
        self.call_after_refresh(message.list.focus_item, place, bar=bar)

    def action_library(self) -> None:
        """Ready texts."""
        form, board = self.form, self.board
        if form is None or board is None:
            return
        kind = form.draft.text("jenis")
        pillar = next((each for each in Pillar if each.value == kind), None)
        used = last_uses(board.loaded.posts(self.unit))
        self.app.push_screen(EntriesPanel(self.root, pillar, used), self.take)

    # Going about

    def action_problem(self) -> None:
        """To the next field beside which something is wrong."""
        if early := {path_of(each) for each in self._all if self._is_early(each)}:
            self.touched |= early  # whoever asks what is missing is told of what is empty too
            self._place()
        problems = self.query_one(PostFields).problems()
        if not problems:
            told = self._general[0].message if self._general else "Tidak ada yang perlu diperbaiki."
            if not self.up_to_date:
                told = "Masih diperiksa. Tekan F3 sekali lagi."
            self.notify(shown(told), markup=False, timeout=4)
            return
        fields = [each for each in self.query("*") if isinstance(each, Field | ListField)]
        in_use = self._field_in_use()
        here = fields.index(in_use) if in_use else -1
        later = [each for each in problems if fields.index(each) > here]
        self.remove_class("-preview")
        (later or problems)[0].take_focus()

    def action_switch(self) -> None:
        """The form or the preview, where there is no room for both; back to where one wrote."""
        self.toggle_class("-preview")
        if self.has_class("-preview"):
            self._writing = self.focused
            self.query_one(Preview).focus()
        elif self._writing is not None and self._writing.is_attached:
            self._writing.focus()
        else:
            self.start_at("")

    def action_back(self) -> None:
        """From the preview to the form; from the form, saved, to where one came from."""
        if self.has_class("-preview"):
            self.action_switch()
        elif self.form is None or not self.form.dirty:
            self.leave()
        else:
            self.save(leave=True)

    def action_stay(self) -> None:
        """Nothing: a key that only means something elsewhere."""

    def action_picture(self) -> None:
        """The whole picture in the system's viewer."""
        self.query_one(Preview).action_open()

    def action_folder(self) -> None:
        """Where the results of this post lie, or its plan while there are none."""
        form = self.form
        day = form.draft.day() if form else None
        if form is None or day is None:
            return
        made = self.root / "keluaran" / form.draft.unit / str(Week.of(day)) / form.draft.id
        folder = made if made.is_dir() else self.root / "calendars" / form.draft.unit
        if not open_folder(folder):
            told = f"Jendela folder tidak dapat dibuka di sini. Letaknya: {homely(folder)}"
            self.notify(shown(told), markup=False)

    # The post as a whole

    def _in_file(self) -> Post | None:
        """The post where everything is saved; else a word about what to do first."""
        form = self.form
        if form is None or form.post is None or form.dirty:
            self.notify("Simpan dulu (Ctrl+S).", timeout=4)
            return None
        return form.post

    def action_delete(self) -> None:
        """Take the post out of the plan."""
        form = self.form
        if form is None or form.post is None:
            self.notify("Postingan ini belum ada di rencana.", timeout=4)
            return
        post = form.post

        def gone(fine: bool) -> None:
            if fine:
                self.recovery.throw_away()

        def delete(yes: bool | None) -> None:
            if yes:
                self.recovery.keep(form, self.kit.clock())
                self.kit.edit(
                    lambda workspace, loaded: editing.delete(workspace, loaded, [post]).pages,
                    unit=self.unit,
                    then=gone,
                )
                self.leave()

        told = "Ctrl+Z sesudahnya mengembalikannya."
        self.app.push_screen(ConfirmPanel("Hapus postingan ini?", told, "Hapus (y)"), delete)

    def action_duplicate(self) -> None:
        """The same post once more on another day."""
        post = self._in_file()
        if post is not None and self.form is not None:
            choose_day(self, self.form.draft, partial(self._copy, post))

    def _copy(self, post: Post, day: str | None) -> None:
        if day:
            to = date.fromisoformat(day)
            self.kit.edit(
                lambda workspace, loaded: editing.copy_to(workspace, loaded, post, to).pages,
                unit=self.unit,
            )

    def action_done(self) -> None:
        """Write down that it went out."""
        post = self._in_file()
        if post is None:
            return
        from content_kit.tui.marking import ask_where

        ask_where(self.kit, post)
