"""Data posyandu: everything that was asked at the beginning, and whatever changes since, row by row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from content_kit.files.assets import load_palette, load_services, palette_names
from content_kit.files.phones import Phone, phone_in
from content_kit.files.spelling import Level, proper_region
from content_kit.files.workspace import Loaded, Workspace
from content_kit.model import Cloth, Posyandu, ServiceDay
from content_kit.planning.pages import Pages
from content_kit.start import NewPosyandu
from content_kit.tasks import posyandu_data as data
from content_kit.tui import jobs
from content_kit.tui.profile_rows import Row, next_days, printed_name, rows_of, unit_now
from content_kit.tui.screens.ask import Answered, AskPanel, Question, spelled, trimmed
from content_kit.tui.screens.base import Panel
from content_kit.tui.screens.choose import ChoosePanel, ManyPanel
from content_kit.tui.screens.confirm import ConfirmPanel
from content_kit.tui.screens.job import JobPanel
from content_kit.tui.screens.profile_days import ServiceDayRows
from content_kit.tui.screens.profile_people import PeopleRows
from content_kit.tui.screens.wizard import Draft, WizardPanel
from content_kit.tui.widgets.linelist import LineList
from content_kit.tui.widgets.lines import plain

if TYPE_CHECKING:
    from content_kit.tui.board import Board

_LABEL: Final = 18
"""Columns for what a row is of."""
_TALLEST: Final = 14
_ROLES: Final = (("kader", "Kader"), ("kim", "KIM"))

Edit = Callable[[Pages, Loaded], object]


class ProfilePanel(Panel[None]):
    """The rows of one posyandu; Enter changes one, Ctrl+Z takes the last change back."""

    CSS_PATH: ClassVar[str] = "profile.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "change", "Ubah", show=True),
        Binding("delete", "remove", "Hapus"),
        Binding("u", "unit", "Posyandu lain"),
        Binding("ctrl+z", "app.undo", "Batalkan"),
        Binding("ctrl+y", "app.redo", "Ulangi", show=False),
    ]

    def __init__(self, unit: str, act: str = "") -> None:
        """`act` is what the row does that is highlighted first, "" for the first row."""
        super().__init__()
        self._unit = unit
        self._first = act
        self._rows: list[Row] = []
        self._draft: Draft = {}
        self._days = ServiceDayRows(self)
        self._people = PeopleRows(self)

    def compose(self) -> ComposeResult:
        """The name, the rows, and the whole of the highlighted one."""
        with Vertical(id="panel"):
            yield Static("", id="whose", classes="heading", markup=False)
            yield LineList(id="rows")
            yield Static("", id="full", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Ubah (Enter)", variant="primary", id="go")
                yield Button("Tutup (Esc)", id="close")

    def on_mount(self) -> None:
        """Follow the board: what is saved is on the screen."""
        self.watch(self.app, "board", self._draw)
        self.query_one(LineList).focus()

    @property
    def board(self) -> Board:
        """What is shown."""
        board = self.kit.board
        assert board is not None  # the panel opens from a screen that shows one
        return board

    @property
    def unit(self) -> Posyandu:
        """The posyandu that is shown."""
        known = self.board.loaded.posyandu
        return known.get(self._unit) or next(iter(known.values()))

    @property
    def today(self) -> date:
        """The day where this posyandu lies."""
        return self.board.now.astimezone(self.unit.zone.tz).date()

    @property
    def workspace(self) -> Workspace:
        """The folder that is open."""
        assert self.kit.root is not None
        return Workspace(self.kit.root)

    def _draw(self) -> None:
        if self.kit.board is None or not self.board.loaded.posyandu:
            return
        unit = self.unit
        services, _ = load_services(self.workspace)
        self._rows = rows_of(unit, self.board.loaded.people, services)
        self.query_one("#whose", Static).update(f"Data posyandu: {unit.name}, {unit.village}")
        rows = self.query_one(LineList)
        rows.styles.height = min(len(self._rows), _TALLEST, max(6, self.app.size.height - 14))
        first = next((n for n, row in enumerate(self._rows) if row.act == self._first), None)
        rows.fill(len(self._rows), self._row, highlighted=first if self._first else None)
        self._first = ""
        self._tell(rows.highlighted)

    def _row(self, number: int) -> Sequence[Content]:
        row = self._rows[number]
        if row.heading:
            return (plain(row.label, "$foreground-muted"),)
        label = plain(f"{row.label:<{_LABEL}} " if row.value else row.label, "bold")
        return (label + plain(row.value),)

    @on(LineList.Highlighted)
    def _highlighted(self, message: LineList.Highlighted) -> None:
        self._tell(message.row)

    def _tell(self, number: int) -> None:
        row = self._rows[number] if number < len(self._rows) else Row("", "", "")
        told = row.value
        if row.act == "day":
            day = self.service_day(row.of)
            if days := next_days(day.rule, self.today):
                told = f"{row.value}. Berikutnya {days}."
        self.query_one("#full", Static).update(told)

    def service_day(self, id: str) -> ServiceDay:
        """A service day of this posyandu by its code."""
        return next(each for each in self.unit.service_days if each.id == id)

    # What Enter does

    @on(LineList.Chosen)
    @on(Button.Pressed, "#go")
    def action_change(self) -> None:
        """Change what the highlighted row says."""
        row = self._rows[self.query_one(LineList).highlighted]
        if not row.act:
            return
        {
            "name": self._call, "region": self._region, "contact": self._contact,
            "palette": self._palette, "motif": self._motif, "logo": self._logo, "day": self._days.change,
            "services": self._days.services, "audience": self._days.audience, "bring": self._days.bring,
            "new-day": self._days.add, "person": self._people.change, "new-person": self._people.add,
            "new-posyandu": self._new_posyandu,
        }[row.act](row.of)  # fmt: skip

    def action_remove(self) -> None:
        """Take away a service day that is held no more, or a person who helps no more."""
        row = self._rows[self.query_one(LineList).highlighted]
        if row.act == "day":
            day = self.service_day(row.of)
            asked = ConfirmPanel(
                "Hari buka ini sudah tidak ada?",
                f"{day.name}: {day.rule}. Postingan yang mengumumkannya perlu dilihat sesudahnya.",
                "Hapus (y)",
            )
            self.app.push_screen(
                asked, self._if_yes(lambda pages, now: data.remove_day(pages, unit_now(now, self._unit), day.id))
            )  # fmt: skip
        elif row.act == "person":
            self._people.leaves(row.of)
        else:
            self.notify("Yang bisa dihapus: hari buka, dan orang yang membantu.")

    def _if_yes(self, act: Edit) -> Callable[[bool | None], None]:
        def answered(yes: bool | None) -> None:
            if yes:
                self.save(act)

        return answered

    def action_unit(self) -> None:
        """Another posyandu of this folder."""
        known = self.board.loaded.posyandu
        rows = [(slug, f"{unit.name}, {unit.village}") for slug, unit in known.items()]
        self.app.push_screen(ChoosePanel("Posyandu yang mana?", rows, self._unit), self._show)

    def _show(self, unit: str | None) -> None:
        if unit:
            self._unit = unit
            self.query_one(LineList).highlighted = 0
            self._draw()

    def save(
        self, act: Edit, *, whole: bool = False, then: Callable[[], None] | None = None
    ) -> None:
        """Carry a change out; the board, and with it this panel, shows what is saved."""

        def edit(workspace: Workspace, loaded: Loaded) -> Pages:
            pages = Pages(workspace)
            act(pages, loaded)
            return pages

        def saved(done: bool) -> None:
            if done:
                self.kit.action_reload()
                if then is not None:
                    then()

        self.kit.edit(edit, unit=None if whole else self._unit, then=saved)

    def _details(self, words: dict[str, str] | None) -> None:
        if words:
            self.save(lambda pages, now: data.set_details(pages, unit_now(now, self._unit), words))

    def _call(self, _: str) -> None:
        def read(typed: str) -> Answered:
            said, better = printed_name(typed)
            asked = "" if said else "Tulis namanya dulu, ya."
            return Answered(said, f"Akan tercetak: {said}", asked, better)

        asked = Question("nama", "Nama", self.unit.name, "Posyandu Melati", read)
        self.app.push_screen(AskPanel("Nama posyandu", (asked,)), self._details)

    def _region(self, _: str) -> None:
        unit = self.unit
        levels: tuple[tuple[Level, str, str, str], ...] = (
            ("desa", "Desa atau kelurahan", unit.village, "Desa Contoh"),
            ("kecamatan", "Kecamatan", unit.district, "Kecamatan Contoh"),
            ("kabupaten", "Kabupaten atau kota", unit.regency, "Kabupaten Contoh"),
        )
        asked = tuple(
            Question(
                key, label, said, example, spelled(partial(proper_region, level=key)),
                desa=key == "desa",
            )
            for key, label, said, example in levels
        )  # fmt: skip
        self.app.push_screen(AskPanel("Di mana posyandunya?", asked), self._details)

    def _contact(self, _: str) -> None:
        contact = self.unit.contact

        def number(typed: str) -> Answered:
            found = phone_in(typed) if typed.strip() else None
            if isinstance(found, Phone):
                way = "WA" if found.chat else "Telp"
                notes = [f"Akan tercetak: {way} {found.printed}", *found.notes]
                return Answered(found.printed, "\n".join(notes))
            if found is None:
                return Answered("", "Boleh dikosongkan.")
            return Answered(typed, asked=f"{found.message} {found.hint}".strip())

        asked = (
            Question("whatsapp", "Nomor WhatsApp posyandu", contact.whatsapp, "0812-0000-0000", number),
            Question("facebook", "Halaman Facebook", contact.facebook, "Posyandu Melati", trimmed),
            Question("instagram", "Akun Instagram", contact.instagram, "posyandu.melati", trimmed),
        )  # fmt: skip
        note = "Nomor posyandu atau kadernya, bukan nomor warga."
        self.app.push_screen(AskPanel("Ke mana warga bertanya?", asked, note), self._details)

    def _palette(self, _: str) -> None:
        rows = []
        for name in palette_names(self.workspace):
            palette, _found = load_palette(self.workspace, name)
            rows.append((name, palette.name if palette else name))

        def chosen(name: str | None) -> None:
            if name:
                self._details({"palet": name})

        self.app.push_screen(ChoosePanel("Warna gambar", rows, self.unit.palette), chosen)

    def _motif(self, _: str) -> None:
        def chosen(name: str | None) -> None:
            if name:
                self._details({"motif": name})

        rows = [(motif.value, motif.label) for motif in Cloth]
        note = "Kain sasirangan di gambar-gambar posyandu ini."
        self.app.push_screen(ChoosePanel("Motif gambar", rows, self.unit.cloth, note=note), chosen)

    def _logo(self, _: str) -> None:
        unit = self.unit
        folder = self.workspace.logo_path(unit.slug, "x").parent
        files = sorted(each.name for each in folder.glob("*") if each.is_file()) if folder.is_dir() else []  # fmt: skip
        if not files:
            where = self.workspace.relative(folder)
            self.notify(f"Salin dulu berkas logonya ke folder {where}, lalu buka lagi baris ini.")
            return

        def chosen(names: tuple[str, ...] | None) -> None:
            if names is not None:
                self.save(lambda pages, now: data.set_logo(pages, unit_now(now, self._unit), names))

        rows = [(name, name) for name in files]
        self.app.push_screen(ManyPanel("Logo di gambar (spasi menandai)", rows, unit.logos), chosen)

    # Another posyandu

    def _new_posyandu(self, _: str) -> None:
        unit = self.unit
        self._draft.setdefault("district", unit.district)
        self._draft.setdefault("regency", unit.regency)
        self._draft.setdefault("zone", unit.zone.name)
        me = self.board.person(self.kit.me)
        self._draft.setdefault("person-0", me.name if me else "")
        self._draft.setdefault("role-0", me.role if me else "kader")
        self.app.push_screen(WizardPanel(self._draft), self._made)

    def _made(self, new: NewPosyandu | None) -> None:
        if new is None:
            return

        def act(pages: Pages, now: Loaded) -> None:
            also = (self.kit.me,) if self.kit.me else ()
            self._unit = data.add_posyandu(pages, now.posyandu, now.people, new, also)

        self._draft = {}
        self.save(act, whole=True, then=self._offer_plan)

    def _offer_plan(self) -> None:
        """A posyandu without posts helps nobody: plan its first months at once, if wanted."""
        root, unit = self.workspace.root, self._unit
        job = partial(jobs.plan_start, root, self.kit.history, unit, self.today, self.kit.clock())
        asked = ConfirmPanel(
            "Susun rencananya sekarang?",
            "Postingan sampai hari buka pertamanya. Bisa juga nanti: S di Beranda.",
            "Susun (y)",
        )

        def answered(yes: bool | None) -> None:
            if yes:
                self.app.push_screen(JobPanel("Menyusun bulan", job))

        self.app.push_screen(asked, answered)

    @on(Button.Pressed, "#close")
    def _shut(self) -> None:
        self.dismiss(None)
