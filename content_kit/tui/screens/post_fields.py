"""The fields of the form of a post: made from its template, told what was found, and asked for what to choose."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from content_kit.findings import Finding, Level
from content_kit.planning.draft import Draft
from content_kit.tui.drafting import landed
from content_kit.tui.slots import Section, Slot, every
from content_kit.tui.widgets.fields import Field
from content_kit.tui.widgets.lists import ListField, field_of


class PostFields(VerticalScroll, can_focus=False):
    """One column of fields under a few headings."""

    DEFAULT_CSS = """
    PostFields { scrollbar-size-vertical: 1; padding: 0 1; height: 1fr; }
    PostFields .section { color: $primary; text-style: bold; margin-top: 1; height: 1; }
    PostFields .section.-first { margin-top: 0; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._slots: dict[str, Slot] = {}
        self._turn = asyncio.Lock()  # one showing after the other: each mounts what it needs

    @property
    def fields(self) -> Iterator[Field | ListField]:
        """The fields of the post itself, in order."""
        for widget in self.children:
            if isinstance(widget, Field | ListField):
                yield widget

    def field(self, path: str) -> Field | ListField | None:
        """The field of a path, or the one that it is part of."""
        while path:
            for field in self.query(Field):
                if field.slot.path == path:
                    return field
            for each in self.query(ListField):
                if each.slot.path == path:
                    return each
            path = path.rpartition(".")[0]
        return None

    async def show(self, sections: Iterable[Section], draft: Draft, today: date) -> None:
        """Show a draft; fields are made anew only where the form has others now."""
        async with self._turn:
            await self._show(list(sections), draft, today)

    async def _show(self, wanted: list[Section], draft: Draft, today: date) -> None:
        slots = {slot.path: slot for slot in every(wanted)}
        same = [(p, s.kind) for p, s in slots.items()] == [
            (p, s.kind) for p, s in self._slots.items()
        ]
        self._slots = slots
        if not same:
            await self._build(wanted, draft, today)
            return
        for field in self.fields:
            slot = slots[field.slot.path]
            if isinstance(field, ListField):
                await field.show(slot, draft)
            else:
                field.show(slot, draft)

    async def _build(self, sections: Iterable[Section], draft: Draft, today: date) -> None:
        made: list[Widget] = []
        for section in sections:
            if section.slots:
                first = "" if made else " -first"
                made.append(Static(section.title, classes=f"section{first}", markup=False))
                made += [field_of(slot, draft, today) for slot in section.slots]
        async with self.batch():
            await self.remove_children()
            await self.mount_all(made)

    def tell(self, findings: Iterable[Finding]) -> list[Finding]:
        """Show each finding beside its field; those of no field come back."""
        fields: list[Field | ListField] = [*self.query(Field), *self.query(ListField)]
        found, general = landed(findings, [field.slot.path for field in fields])
        for field in fields:
            field.tell(found.get(field.slot.path, ()))
        return general

    def remark(self, remarks: Mapping[str, str]) -> None:
        """Say something of some fields, and nothing more of the others."""
        for field in self.query(Field):
            field.remark(remarks.get(field.slot.path, ""))

    def problems(self) -> list[Field | ListField]:
        """The fields beside which something is wrong or to be looked at, from top to bottom."""
        fields = [each for each in self.query("*") if isinstance(each, Field | ListField)]
        return [
            each for each in fields
            if any(found.level is not Level.INFO for found in each.found)
        ]  # fmt: skip
