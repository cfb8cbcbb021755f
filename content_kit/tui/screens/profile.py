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

from content_kit.errors import KitError
from content_kit.files.assets import load_palette, load_services, palette_names
from content_kit.files.hours import hours_in, written
from content_kit.files.phones import Phone, phone_in
from content_kit.files.spelling import Level, proper_person, proper_place, proper_region
from content_kit.files.workspace import Loaded, Workspace
from content_kit.model import Audience, Cloth, Hours, Posyandu, ServiceDay
from content_kit.planning.pages import Pages
from content_kit.schedule.dates import hours
from content_kit.start import NewPerson, NewPosyandu
from content_kit.tasks import people
from content_kit.tasks import posyandu_data as data
from content_kit.tasks.names import printed
from content_kit.tasks.new_posyandu import question, settled
from content_kit.tui import jobs
from content_kit.tui.naming import sentence
from content_kit.tui.profile_rows import Row, next_days, printed_name, rows_of
from content_kit.tui.screens.ask import Answered, AskPanel, Question
from content_kit.tui.screens.base import Panel
from content_kit.tui.screens.choose import ChoosePanel, ManyPanel
from content_kit.tui.screens.confirm import ConfirmPanel
from content_kit.tui.screens.job import JobPanel
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
    def _board(self) -> Board:
        board = self.kit.board
        assert board is not None  # the panel opens from a screen that shows one
        return board

    @property
    def unit(self) -> Posyandu:
        """The posyandu that is shown."""
        known = self._board.loaded.posyandu
        return known.get(self._unit) or next(iter(known.values()))

    @property
    def _today(self) -> date:
        return self._board.now.astimezone(self.unit.zone.tz).date()

    @property
    def _workspace(self) -> Workspace:
        assert self.kit.root is not None
        return Workspace(self.kit.root)

    def _draw(self) -> None:
        if self.kit.board is None or not self._board.loaded.posyandu:
            return
        unit = self.unit
        services, _ = load_services(self._workspace)
        self._rows = rows_of(unit, self._board.loaded.people, services)
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
            day = self._day(row.of)
            if days := next_days(day.rule, self._today):
                told = f"{row.value}. Berikutnya {days}."
        self.query_one("#full", Static).update(told)

    def _day(self, id: str) -> ServiceDay:
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
            "palette": self._palette, "motif": self._motif, "logo": self._logo, "day": self._when,
            "services": self._services, "audience": self._audience, "bring": self._bring,
            "new-day": self._new_day, "person": self._person, "new-person": self._new_person,
            "new-posyandu": self._new_posyandu,
        }[row.act](row.of)  # fmt: skip

    def action_remove(self) -> None:
        """Take away a service day that is held no more, or a person who helps no more."""
        row = self._rows[self.query_one(LineList).highlighted]
        if row.act == "day":
            day = self._day(row.of)
            asked = ConfirmPanel(
                "Hari buka ini sudah tidak ada?",
                f"{day.name}: {day.rule}. Postingan yang mengumumkannya perlu dilihat sesudahnya.",
                "Hapus (y)",
            )
            self.app.push_screen(
                asked, self._if_yes(lambda pages, now: data.remove_day(pages, _of(now, self._unit), day.id))
            )  # fmt: skip
        elif row.act == "person":
            self._leaves(row.of)
        else:
            self.notify("Yang bisa dihapus: hari buka, dan orang yang membantu.")

    def _if_yes(self, act: Edit) -> Callable[[bool | None], None]:
        def answered(yes: bool | None) -> None:
            if yes:
                self._save(act)

        return answered

    def action_unit(self) -> None:
        """Another posyandu of this folder."""
        known = self._board.loaded.posyandu
        rows = [(slug, f"{unit.name}, {unit.village}") for slug, unit in known.items()]
        self.app.push_screen(ChoosePanel("Posyandu yang mana?", rows, self._unit), self._show)

    def _show(self, unit: str | None) -> None:
        if unit:
            self._unit = unit
            self.query_one(LineList).highlighted = 0
            self._draw()

    def _save(
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
            self._save(lambda pages, now: data.set_details(pages, _of(now, self._unit), words))

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
                key, label, said, example, _spelled(partial(proper_region, level=key)),
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
            Question("facebook", "Halaman Facebook", contact.facebook, "Posyandu Melati", _trimmed),
            Question("instagram", "Akun Instagram", contact.instagram, "posyandu.melati", _trimmed),
        )  # fmt: skip
        note = "Nomor posyandu atau kadernya, bukan nomor warga."
        self.app.push_screen(AskPanel("Ke mana warga bertanya?", asked, note), self._details)

    def _palette(self, _: str) -> None:
        rows = []
        for name in palette_names(self._workspace):
            palette, _found = load_palette(self._workspace, name)
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
        folder = self._workspace.logo_path(unit.slug, "x").parent
        files = sorted(each.name for each in folder.glob("*") if each.is_file()) if folder.is_dir() else []  # fmt: skip
        if not files:
            where = self._workspace.relative(folder)
            self.notify(f"Salin dulu berkas logonya ke folder {where}, lalu buka lagi baris ini.")
            return

        def chosen(names: tuple[str, ...] | None) -> None:
            if names is not None:
                self._save(lambda pages, now: data.set_logo(pages, _of(now, self._unit), names))

        rows = [(name, name) for name in files]
        self.app.push_screen(ManyPanel("Logo di gambar (spasi menandai)", rows, unit.logos), chosen)

    # Service days

    def _put_day(self, day: str | None, said: data.Day) -> None:
        today = self._today

        def act(pages: Pages, now: Loaded) -> None:
            data.set_day(pages, _of(now, self._unit), day, said, now.posts(self._unit), today)

        self._save(act)

    def _when(self, id: str) -> None:
        self._ask_day(id, self._day(id))

    def _new_day(self, _: str) -> None:
        self._ask_day(None, None)

    def _ask_day(self, id: str | None, day: ServiceDay | None) -> None:
        unit = self.unit
        said = {"rule": day.rule, "hours": written(day.hours), "place": _places(day)} if day else {}

        def reader(key: str) -> Callable[[str], Answered]:
            return lambda typed: _day_answer(key, unit, {**said, key: typed}, self._today)

        asked = (
            Question("rule", "Hari buka, dengan kata-kata Anda", said.get("rule", ""), "selasa ke-2", reader("rule")),
            Question("hours", "Jam buka", said.get("hours", ""), "08.00-11.00", reader("hours")),
            Question("place", "Tempat", said.get("place", ""), "Balai desa", reader("place")),
        )  # fmt: skip

        def answered(words: dict[str, str] | None) -> None:
            if words:
                self._put_day(id, data.Day(words["rule"], words["hours"], words["place"]))

        title = "Hari buka" if day else "Hari buka lain"
        self.app.push_screen(AskPanel(title, asked), answered)

    def _services(self, id: str) -> None:
        known, _ = load_services(self._workspace)
        rows = [(each.id, each.name) for each in known.values()]

        def chosen(ids: tuple[str, ...] | None) -> None:
            if ids is not None:
                self._put_day(id, data.Day(services=ids))

        self.app.push_screen(ManyPanel("Layanan (spasi menandai)", rows, self._day(id).services), chosen)  # fmt: skip

    def _audience(self, id: str) -> None:
        rows = [(str(each), each.label) for each in Audience]

        def chosen(ids: tuple[str, ...] | None) -> None:
            if ids is not None:
                self._put_day(id, data.Day(audience=ids))

        now = tuple(map(str, self._day(id).audience))
        self.app.push_screen(ManyPanel("Untuk siapa (spasi menandai)", rows, now), chosen)

    def _bring(self, id: str) -> None:
        now = ", ".join(self._day(id).bring)
        asked = Question("bring", "Yang dibawa, pisahkan dengan koma", now, "Buku KIA", _trimmed)

        def answered(words: dict[str, str] | None) -> None:
            if words is not None:
                things = tuple(w.strip() for w in words["bring"].split(",") if w.strip())
                self._put_day(id, data.Day(bring=things))

        self.app.push_screen(AskPanel("Yang perlu dibawa warga", (asked,)), answered)

    # People

    def _person(self, id: str) -> None:
        person = self._board.loaded.people[id]
        rows = [
            ("name", f"Ganti tulisan namanya ({person.name})"),
            (
                "role",
                f"Ganti perannya ({person.role.upper() if person.role == 'kim' else person.role})",
            ),
            ("units", "Posyandu yang dibantu"),
            ("leave", f"Tidak lagi membantu {self.unit.name}"),
        ]
        do = {"name": self._rename, "role": self._role, "units": self._helps, "leave": self._leaves}

        def chosen(what: str | None) -> None:
            if what:
                do[what](id)

        self.app.push_screen(ChoosePanel(person.name, rows, None), chosen)

    def _rename(self, id: str) -> None:
        person = self._board.loaded.people[id]
        asked = Question("name", "Nama", person.name, "Rusminah", _person_named)

        def answered(words: dict[str, str] | None) -> None:
            if words:
                self._save(lambda pages, now: people.set_person(pages, now.people[id], name=words["name"]), whole=True)  # fmt: skip

        self.app.push_screen(AskPanel("Tulisan nama", (asked,)), answered)

    def _role(self, id: str) -> None:
        person = self._board.loaded.people[id]

        def chosen(role: str | None) -> None:
            if role:
                self._save(lambda pages, now: people.set_person(pages, now.people[id], role=role), whole=True)  # fmt: skip

        self.app.push_screen(ChoosePanel(f"{person.name} sebagai apa?", _ROLES, person.role), chosen)  # fmt: skip

    def _helps(self, id: str) -> None:
        known = self._board.loaded.posyandu
        person = self._board.loaded.people[id]
        rows = [(slug, f"{unit.name}, {unit.village}") for slug, unit in known.items()]

        def chosen(units: tuple[str, ...] | None) -> None:
            if units is not None:
                self._save(lambda pages, now: people.set_person(pages, now.people[id], units=units), whole=True)  # fmt: skip

        self.app.push_screen(ManyPanel(f"{person.name} membantu (spasi menandai)", rows, person.units), chosen)  # fmt: skip

    def _leaves(self, id: str) -> None:
        """Ask who takes the posts over that wait for somebody; then the person helps here no more."""
        loaded, unit = self._board.loaded, self.unit
        person = loaded.people[id]
        waiting = people.duties(loaded.posts(), person, (unit.slug,), self._today)

        def leave(heir: str | None) -> None:
            def act(pages: Pages, now: Loaded) -> None:
                posts = people.duties(now.posts(), now.people[id], (unit.slug,), self._today)
                people.leave(pages, now.people[id], (unit.slug,), posts, now.people.get(heir or ""))

            self._save(act, whole=True)

        others = [each for each in people.helped(loaded.people, unit.slug) if each.id != id]
        if waiting and others:
            title = f"Siapa meneruskan {len(waiting)} postingan {person.name}?"
            rows = [(each.id, each.name) for each in others]
            note = f"{person.name} tetap ada di daftar orang, tetapi tidak di posyandu ini."
            panel = ChoosePanel(title, rows, None, empty="Belum tahu: nanti di Kalender (t)", note=note)  # fmt: skip
            self.app.push_screen(panel, lambda heir: None if heir is None else leave(heir))
            return
        words = [f"{person.name} tetap ada di daftar orang, tetapi tidak di posyandu ini."]
        if waiting:
            words.append(f"{len(waiting)} postingan masih atas namanya: pilih orang lain di Kalender (t).")  # fmt: skip
        asked = ConfirmPanel(f"{person.name} tidak lagi membantu {unit.name}?", words, "Ya (y)")
        self.app.push_screen(asked, lambda yes: leave(None) if yes else None)

    def _new_person(self, _: str) -> None:
        def role(name: str) -> Callable[[str | None], None]:
            def chosen(what: str | None) -> None:
                if what:
                    new = NewPerson(name, what)
                    self._save(lambda pages, now: people.add_person(pages, now.people, new, (self._unit,)), whole=True)  # fmt: skip

            return chosen

        def named(words: dict[str, str] | None) -> None:
            if words:
                name = words["name"]
                self.app.push_screen(ChoosePanel(f"{name} sebagai apa?", _ROLES, "kader"), role(name))  # fmt: skip

        asked = Question("name", "Nama", "", "Rusminah", _person_named)
        self.app.push_screen(AskPanel("Siapa yang ikut membantu?", (asked,)), named)

    # Another posyandu

    def _new_posyandu(self, _: str) -> None:
        unit = self.unit
        self._draft.setdefault("district", unit.district)
        self._draft.setdefault("regency", unit.regency)
        self._draft.setdefault("zone", unit.zone.name)
        me = self._board.person(self.kit.me)
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
        self._save(act, whole=True, then=self._offer_plan)

    def _offer_plan(self) -> None:
        """A posyandu without posts helps nobody: plan its first months at once, if wanted."""
        root, unit = self._workspace.root, self._unit
        job = partial(jobs.plan_start, root, self.kit.history, unit, self._today, self.kit.clock())
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


def _of(loaded: Loaded, unit: str) -> Posyandu:
    """A posyandu as it is now; KitError where another program took it away meanwhile."""
    if unit not in loaded.posyandu:
        raise KitError("Posyandu ini tidak ada lagi di folder kerja.")
    return loaded.posyandu[unit]


def _trimmed(typed: str) -> Answered:
    return Answered(" ".join(typed.split()))


def _spelled(proper: Callable[[str], str]) -> Callable[[str], Answered]:
    """How a name is understood that must not be empty: as typed, with its proper spelling offered."""

    def read(typed: str) -> Answered:
        said = " ".join(typed.split())
        if not said:
            return Answered("", asked="Isi dulu, ya.")
        better = proper(said)
        return Answered(said, f"Akan tercetak: {said}", better=better if better != said else "")

    return read


_person_named = _spelled(proper_person)


def _day_answer(key: str, unit: Posyandu, words: dict[str, str], today: date) -> Answered:
    """How one line of a service day is understood, beside the two others."""
    new = NewPosyandu(
        unit.name, unit.village, unit.district, unit.regency, unit.zone.name,
        words.get("rule", ""), words.get("hours", ""), words.get("place", ""),
    )  # fmt: skip
    read, findings = settled(new)
    wrong = question(findings, key)
    notes = [each.message for each in findings if each.place.field == key and not wrong]
    value = str(getattr(read, key))
    better = ""
    if key == "rule" and value:
        notes.insert(0, f"Berikutnya {next_days(value, today) or '…'}")
    elif value and not wrong:
        span = hours_in(value, unit.zone) if key == "hours" else None
        told = hours(span, unit.zone) if isinstance(span, Hours) else printed(key, read)
        notes.insert(0, f"Akan tercetak: {told}")
        better = proper_place(value) if key == "place" else ""
    return Answered(
        words[key], "\n".join(map(sentence, notes)), wrong, better if better != value else ""
    )


def _places(day: ServiceDay) -> str:
    return "; ".join(day.places) if day.places else day.place
