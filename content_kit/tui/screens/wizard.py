"""Five questions to a new posyandu; what was understood, or what is unclear, stands under its field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Button, ContentSwitcher, Input, Label, Select, Static

from content_kit.files import bundled
from content_kit.files.assets import load_channels
from content_kit.files.hours import hours_in
from content_kit.files.office import DEFAULT_CHANNELS
from content_kit.files.phones import chat_link
from content_kit.files.place_words import same_place
from content_kit.files.regions import Region
from content_kit.files.safe_text import shown
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding
from content_kit.model import Hours, Zone
from content_kit.schedule.dates import hours, long_date
from content_kit.schedule.words import months_from, understand
from content_kit.start import NewPerson, NewPosyandu
from content_kit.tasks.names import in_region, located, printed, proposals
from content_kit.tasks.new_posyandu import question, settled
from content_kit.tui.naming import sentence
from content_kit.tui.screens.base import Panel
from content_kit.tui.widgets.box import Box
from content_kit.tui.widgets.region_picker import RegionPicker
from content_kit.tui.widgets.ticklist import TickList

PEOPLE: Final = 5
"""How many people fit on the page; more are added later."""

_NAME_MAX: Final = 60
_ROLES: Final = (("Kader", "kader"), ("KIM", "kim"))

Draft = MutableMapping[str, object]
"""What was answered so far, by the id of its field."""


@dataclass(frozen=True)
class _Field:
    """A line to fill in; `optional` may stay empty."""

    id: str
    label: str
    example: str
    optional: bool = False


_READ: Final = ("rule", "hours", "place", "whatsapp")
"""The answers that are read, and put the way they will be written."""

_QUESTIONS: Final = (
    "Siapa nama posyandunya?",
    "Di mana?",
    "Kapan dan di tempat mana buka?",
    "Lewat mana kabarnya dikirim?",
    "Siapa saja yang membantu?",
)
_FIELDS: Final = (
    (_Field("name", "Nama", "Posyandu Melati"),),
    (
        _Field("village", "Desa atau kelurahan", "Desa Contoh"),
        _Field("district", "Kecamatan", "Kecamatan Contoh"),
        _Field("regency", "Kabupaten atau kota", "Kabupaten Contoh"),
    ),
    (
        _Field("rule", "Hari buka, dengan kata-kata Anda", "selasa ke-2"),
        _Field("hours", "Jam buka", "08.00-11.00"),
        _Field("place", "Tempat", "Balai desa"),
    ),
    (
        _Field(
            "whatsapp",
            "Nomor WhatsApp posyandu, boleh dikosongkan",
            "0812-0000-0000",
            optional=True,
        ),
    ),
    (),
)


class WizardPanel(Panel[NewPosyandu]):
    """One question a page; Enter goes on, Escape goes back. What was answered is never lost."""

    CSS_PATH: ClassVar[str] = "wizard.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Kembali"),
        Binding("f2", "spell", "Ejaan", priority=True),
    ]

    class _Learned(Message):
        """The list of regions is there."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self._page = 0
        self._region: Region | None = None
        """What was chosen from the list of regions."""

    def compose(self) -> ComposeResult:
        """All pages, one of them shown."""
        with Vertical(id="panel"):
            yield Static("", id="question", classes="heading", markup=False)
            with ContentSwitcher(initial="page-0"):
                for number, fields in enumerate(_FIELDS):
                    with Vertical(id=f"page-{number}"):
                        if number == 3:
                            yield Label("Spasi menandai, Enter lanjut.")
                            yield self._channels()
                            yield Static("", id="note-channels", classes="note", markup=False)
                        for field in fields:
                            yield from self._field(field)
                        if number == 1:
                            yield from self._zones()
                        if number == 4:
                            yield from self._people()
            with Horizontal(classes="buttons"):
                yield Button("Lanjut (Enter)", variant="primary", id="next")
                yield Button("Kembali (Esc)", id="back")

    def _field(self, field: _Field) -> ComposeResult:
        said, example = self._said(field.id), f"misalnya {field.example}"
        yield Label(field.label)
        if field.id == "village":
            yield RegionPicker(self.kit.regions, said, id=field.id, placeholder=example)
        else:
            yield Box(said, id=field.id, placeholder=example, compact=True)
        yield Static("", id=f"note-{field.id}", classes="note", markup=False)

    def _zones(self) -> ComposeResult:
        zones = [(f"{zone.name} (UTC+{zone.value})", zone.name) for zone in Zone]
        yield Label("Zona waktu")
        said = self._said("zone") or Zone.WITA.name
        yield Select(zones, value=said, allow_blank=False, id="zone", compact=True)

    def _channels(self) -> TickList:
        known, _, _ = load_channels(Workspace(bundled.root()))
        ticked = self._draft.get("channels", DEFAULT_CHANNELS)
        assert isinstance(ticked, tuple)
        return TickList([(each.id, each.name) for each in known.values()], ticked, id="channels")

    def _people(self) -> ComposeResult:
        yield Label("Yang pertama adalah Anda. Yang lain boleh dikosongkan.")
        for number in range(PEOPLE):
            with Horizontal(classes="person"):
                whose = "nama Anda" if number == 0 else f"orang ke-{number + 1}"
                id = f"person-{number}"
                yield Box(
                    self._said(id), id=id, placeholder=whose, compact=True, max_length=_NAME_MAX
                )
                role = self._said(f"role-{number}") or "kader"
                yield Select(
                    _ROLES, value=role, allow_blank=False, id=f"role-{number}", compact=True
                )
        yield Static("", id="note-person-0", classes="note", markup=False)

    def on_mount(self) -> None:
        """The first question."""
        self._show(0)

    def _show(self, page: int) -> None:
        self._page = page
        self.query_one("#question", Static).update(f"{page + 1} dari 5: {_QUESTIONS[page]}")
        self.query_one(ContentSwitcher).current = f"page-{page}"
        self.query_one(f"#{self._ids(page)[0]}").focus()
        last = page == len(_QUESTIONS) - 1
        self.query_one("#next", Button).label = "Buat (Enter)" if last else "Lanjut (Enter)"
        self.query_one("#back", Button).label = "Kembali (Esc)" if page else "Tutup (Esc)"
        self._understand()
        if page == 1:
            self.run_worker(self._learn, thread=True, exclusive=True)

    def _learn(self) -> None:
        """In a thread: the list of regions, and then another look at what is written."""
        self.kit.regions()
        self.post_message(self._Learned())

    @on(_Learned)
    def _learned(self) -> None:
        self._understand()

    def _ids(self, page: int) -> list[str]:
        """The fields of a page, where the eye meets them."""
        before = {3: ["channels"], 4: [f"person-{number}" for number in range(PEOPLE)]}
        return [*before.get(page, ()), *(field.id for field in _FIELDS[page])]

    # What was understood

    @on(Input.Changed)
    @on(TickList.Ticked)
    def _understand(self) -> None:
        """Say of each answer how it is understood; what is still empty is not complained of."""
        new, findings = settled(self.answers())
        better = proposals(new, self.kit.regions.there)
        for id in self._ids(self._page):
            if not id.startswith("person-") or id == "person-0":
                wrong = question(findings, id)
                told = "" if wrong else self._understood(id, new, findings)
                self._note(id, wrong, " · ".join(filter(None, [told, self._spelling(id, better)])))

    @on(Input.Blurred, "#rule")
    def _apart(self) -> None:
        """Hours and place that were told together with the day go to their own fields."""
        new, findings = settled(self.answers())
        if not question(findings, "rule"):
            self._put(new)

    def _put(self, new: NewPosyandu) -> None:
        for id in _READ:
            box = self.query_one(f"#{id}", Input)
            said = getattr(new, id)
            if said != box.value.strip():
                box.value = said

    def _note(self, id: str, wrong: str, right: str) -> None:
        line = self.query_one(f"#note-{id}", Static)
        line.update(shown(sentence(wrong or right), lines=True))
        line.set_class(bool(wrong), "wrong")

    def _understood(self, id: str, new: NewPosyandu, findings: tuple[Finding, ...]) -> str:
        """How an answer is understood and what will be printed; "" for one that is just taken."""
        notes = [each.message for each in findings if each.place.field == id]
        match id:
            case "rule":
                return "\n".join([self._dates(new.rule), *notes]).strip()
            case "hours":
                span = hours_in(new.hours) if new.hours else None
                zone = Zone[self._zone()]
                return f"Akan tercetak: {hours(span, zone)}" if isinstance(span, Hours) else ""
            case "name" | "village" | "district" | "regency" | "place":
                told = printed(id, new)
                return f"Akan tercetak: {told}" if told else ""
            case "whatsapp" if new.whatsapp:
                way = "WA" if chat_link(new.whatsapp) else "Telp"
                return "\n".join([f"Akan tercetak: {way} {new.whatsapp}", *notes])
        return ""

    def _spelling(self, id: str, better: Mapping[str, str]) -> str:
        """The spelling that one key takes over; the notes of all people share one line."""
        if id == "person-0":
            said = [better[each] for each in self._ids(4) if each in better]
            return f"F2 menulis: {', '.join(said)}" if said else ""
        if id == "village" and self.query_one(RegionPicker).offers:
            return "↓ memilih dari daftar"
        return f"F2 menulis: {better[id]}" if id in better else ""

    def action_spell(self) -> None:
        """Take over the proper spelling of the page's answers."""
        better = proposals(settled(self.answers())[0], self.kit.regions.there)
        for id in self._ids(self._page):
            if id in better:
                self.query_one(f"#{id}", Input).value = better[id]

    @on(RegionPicker.Offered)
    def _make_room(self) -> None:
        """Beside an open list the other fields stand closer."""
        self.set_class(self.query_one(RegionPicker).offers, "picking")
        self._understand()

    @on(RegionPicker.Picked)
    def _located(self, message: RegionPicker.Picked) -> None:
        """A desa from the list brings its kecamatan, kabupaten and zone along."""
        self._region = message.region
        new = in_region(self.answers(), message.region)
        for id in ("village", "district", "regency"):
            self.query_one(f"#{id}", Input).value = getattr(new, id)
        self.query_one("#zone", Select).value = new.zone

    def _dates(self, words: str) -> str:
        """The next service days, as the words were understood."""
        rule, _ = understand(words) if words else (None, [])
        if rule is None:
            return ""
        today = self.kit.clock().astimezone(Zone[self._zone()].tz).date()
        days = rule.dates(today, months_from(today, 6))[:3]
        dates = "\n".join(f"  ● {long_date(day)}" for day in days)
        return f"Kami pahami: {rule.sentence()}.\n{dates}" if days else rule.sentence()

    def _value(self, id: str) -> str:
        return self.query_one(f"#{id}", Input).value.strip()

    def _said(self, id: str) -> str:
        value = self._draft.get(id, "")
        return value if isinstance(value, str) else ""

    def _zone(self) -> str:
        return str(self.query_one("#zone", Select).value)

    def _ticked(self) -> tuple[str, ...]:
        return self.query_one(TickList).ticked

    def _problems(self) -> Iterator[tuple[str, str]]:
        """What keeps this page from being done: the field, and a sentence for it."""
        new, findings = settled(self.answers())
        for field in _FIELDS[self._page]:
            wrong = question(findings, field.id)
            if not wrong and not field.optional and not getattr(new, field.id):
                wrong = "Isi dulu, ya."
            if wrong:
                yield field.id, wrong
        if self._page == 3 and not self._ticked():
            yield "channels", "Tandai paling sedikit satu tempat."
        if self._page == 4 and not self._value("person-0"):
            yield "person-0", "Tulis nama Anda dulu, ya."

    # Forth and back

    @on(Button.Pressed, "#next")
    @on(Input.Submitted)
    @on(TickList.Chosen)
    def action_next(self) -> None:
        """To the next question; after the last one the answers are given."""
        problems = list(self._problems())
        for id, wrong in problems:
            self._note(id, wrong, "")
        if problems:
            self.query_one(f"#{problems[0][0]}").focus()
        elif self._page < len(_QUESTIONS) - 1:
            self._put(settled(self.answers())[0])
            if self._page == 1:
                self._place()
            self._show(self._page + 1)
        else:
            self._keep()
            self.dismiss(settled(self.answers())[0])

    @on(Button.Pressed, "#back")
    def action_close(self) -> None:
        """To the question before; from the first one out, and the answers are kept."""
        if self._page:
            self._show(self._page - 1)
        else:
            self._keep()
            self.dismiss(None)

    def _place(self) -> None:
        """Typed names may mean one region of the list: its zone is theirs."""
        there = self.kit.regions.there
        if there is not None and not self._code():
            self._region = located(self.answers(), there)
            if self._region is not None:
                self.query_one("#zone", Select).value = self._region.zone.name

    def _code(self) -> str:
        """The code of the region, while the names are still of it."""
        region, typed = self._region, self._value("village")
        return region.code if region is not None and same_place(region.village, typed) else ""

    def _keep(self) -> None:
        for box in self.query(Input):
            self._draft[box.id or ""] = box.value
        for choice in self.query(Select):
            self._draft[choice.id or ""] = str(choice.value)
        self._draft["channels"] = self._ticked()

    def answers(self) -> NewPosyandu:
        """What is written on all pages now."""
        words = {field.id: self._value(field.id) for fields in _FIELDS for field in fields}
        people = tuple(
            NewPerson(name, str(self.query_one(f"#role-{number}", Select).value))
            for number in range(PEOPLE)
            if (name := self._value(f"person-{number}"))
        )
        return NewPosyandu(
            **words,
            zone=self._zone(),
            region_code=self._code(),
            channels=self._ticked(),
            people=people,
        )
