"""A field that is a list: its items one below the other, each with its own fields, to add, move and remove."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from content_kit.files.safe_text import shown
from content_kit.findings import Finding
from content_kit.planning.draft import Draft
from content_kit.tui.slots import Kind, Slot, inside
from content_kit.tui.widgets.fields import Field, note, renew

_SIGNS = "▲  ▼  ✕"


class ItemBar(Static, can_focus=True):
    """The name of an item with what can be done to it, for keys and for the mouse."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("delete,backspace,minus", "act('remove')", "Hapus", show=False),
        Binding("shift+up", "act('up')", "Pindah ke atas", show=False),
        Binding("shift+down", "act('down')", "Pindah ke bawah", show=False),
        Binding("up", "leave(-1)", "Isian sebelumnya", show=False),
        Binding("down,enter", "leave(1)", "Isian berikutnya", show=False),
    ]

    def __init__(self, name: str, number: int) -> None:
        super().__init__()
        self._title = name
        self.number = number

    def render(self) -> Content:
        """The name at the left; at the right the keys while it is in use, and the signs."""
        keys = "Del hapus · Shift+↑↓ pindah   " if self.has_focus else ""
        name = f" {shown(self._title)} {self.number + 1}"
        gap = max(1, self.size.width - len(name) - len(keys) - len(_SIGNS) - 1)
        return Content.assemble((name, "bold"), " " * gap, (keys, "$foreground-muted"), _SIGNS)

    def action_act(self, what: str) -> None:
        """Do something with this item."""
        self.post_message(ListField.Asked(self.number, what))

    def action_leave(self, towards: int) -> None:
        """To the field above or below."""
        if towards > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def on_click(self, event: events.Click) -> None:
        """The three signs at the right are buttons."""
        place = event.x - (self.size.width - len(_SIGNS) - 1)
        if place >= 0:
            self.action_act(("up", "down", "remove")[min(2, max(0, (place + 1) // 3))])


class AddBar(Static, can_focus=True):
    """The line below a list that adds an item."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,plus", "add", "Tambah", show=False),
        Binding("up", "leave(-1)", "Isian sebelumnya", show=False),
        Binding("down", "leave(1)", "Isian berikutnya", show=False),
    ]

    def action_add(self) -> None:
        """Add an item."""
        self.post_message(ListField.Asked(-1, "add"))

    def action_leave(self, towards: int) -> None:
        """To the field above or below."""
        if towards > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def on_click(self) -> None:
        """Add an item."""
        self.action_add()


class ListField(Vertical):
    """A list. What shall be done to its items is told; `show` then brings the new ones."""

    DEFAULT_CSS = """
    ListField { height: auto; }
    ListField > .name { height: 1; }
    ListField ItemBar { height: 1; margin: 0 0 0 2; background: $panel; color: $foreground; }
    ListField ItemBar:focus { background: $primary 20%; }
    ListField AddBar { height: 1; margin: 0 0 0 2; color: $primary; width: auto; }
    ListField AddBar:focus { text-style: bold reverse; }
    ListField Field { margin: 0 0 0 2; }
    ListField > .note { margin: 0 1 0 3; height: auto; display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("alt+up", "shift('up')", "Pindah ke atas", show=False),
        Binding("alt+down", "shift('down')", "Pindah ke bawah", show=False),
    ]

    @dataclass
    class Asked(Message):
        """Something is to be done with an item."""

        number: int
        what: str

    def __init__(self, slot: Slot, draft: Draft, today: date) -> None:
        super().__init__()
        self.slot = slot
        self.today = today
        self._draft = draft
        self.found: tuple[Finding, ...] = ()
        """What is said of the list as a whole."""

    @property
    def notes(self) -> str:
        """What is said below the list."""
        return str(self.query_one(".note", Static).render())

    def compose(self) -> ComposeResult:
        """The name, the items, a line to add one, and what was found."""
        yield Static(self._title(), classes="name", markup=False)
        for number in range(self._count):
            yield from self._item(number)
        yield AddBar(f" + Tambah {shown(self.slot.label).lower()} ", markup=False)
        yield Static("", classes="note", markup=False)

    @property
    def _count(self) -> int:
        return len(self._draft.items(self.slot.path))

    def _item(self, number: int) -> Iterable[Widget]:
        if self.slot.items:
            yield ItemBar(self.slot.label, number)
        for slot in inside(self.slot, number):
            yield Field(slot, self._draft, self.today)
        if not self.slot.items:
            yield ItemBar("", number)

    def _title(self) -> Content:
        slot, count = self.slot, self._count
        least, most = slot.min or 0, slot.max
        wanted = (
            f"{least} sampai {most}" if most and least else f"paling banyak {most}" if most else ""
        )
        fine = not count or (count >= least and (most is None or count <= most))
        told = f"  {count} ({wanted})" if count and wanted else f"  {count or wanted}".rstrip()
        return Content.assemble(
            shown(slot.label), (told, "$foreground-muted" if fine else "bold $error")
        )

    async def show(self, slot: Slot, draft: Draft) -> None:
        """Show what a draft says; other items only where their number changed."""
        self.slot, before = slot, self._count
        self._draft = draft
        if self._count != before:
            async with self.batch():
                await self.remove_children("ItemBar, Field")
                made = [widget for number in range(self._count) for widget in self._item(number)]
                await self.mount_all(made, before=self.query_one(AddBar))
        slots = [each for number in range(self._count) for each in inside(slot, number)]
        for field, each in zip(self.query(Field), slots, strict=True):
            field.show(each, draft)
        renew(self.query_one(".name", Static), self._title())

    def on_list_field_asked(self, message: Asked) -> None:
        """Tell which list is meant."""
        message.stop()
        self.post_message(Rearrange(self, message.number, message.what))

    def action_shift(self, towards: str) -> None:
        """Move the item in which one writes."""
        field = next((each for each in self.query(Field) if each.has_focus_within), None)
        if field is not None:
            number = int(field.slot.path.removeprefix(f"{self.slot.path}.").split(".")[0])
            self.post_message(Rearrange(self, number, towards))

    def focus_item(self, number: int, *, bar: bool) -> None:
        """Go to an item: its name, or its first field; without one to where items are added."""
        fields = [
            each for each in self.query(Field)
            if each.slot.path.startswith(f"{self.slot.path}.{number}")
        ]  # fmt: skip
        bars = [each for each in self.query(ItemBar) if each.number == number]
        if bar and bars:
            bars[0].focus()
        elif fields:
            fields[0].take_focus()
        else:
            self.query_one(AddBar).focus()

    def take_focus(self) -> None:
        """Begin at the first item."""
        self.focus_item(0, bar=False)

    def tell(self, findings: Iterable[Finding]) -> None:
        """Show what was found about the list as a whole."""
        found = tuple(findings)
        if found != self.found:
            self.found = found
            renew(
                self.query_one(".note", Static),
                Content("\n").join(note(each, self.slot.label) for each in found),
            )


@dataclass
class Rearrange(Message):
    """An item is to be added, removed, or moved up or down; see `planning.draft.rearranged`."""

    list: ListField
    number: int
    what: str


def field_of(slot: Slot, draft: Draft, today: date) -> Field | ListField:
    """The widget of a slot."""
    kind = ListField if slot.kind is Kind.LIST else Field
    return kind(slot, draft, today)
