"""The rows of Data posyandu about service days: when, where, for whom, what is offered and brought."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from content_kit.files.assets import load_services
from content_kit.files.hours import hours_in, written
from content_kit.files.spelling import proper_place
from content_kit.files.workspace import Loaded
from content_kit.model import Audience, Hours, Posyandu, ServiceDay
from content_kit.planning.pages import Pages
from content_kit.schedule.dates import hours
from content_kit.start import NewPosyandu
from content_kit.tasks import posyandu_data as data
from content_kit.tasks.names import printed
from content_kit.tasks.new_posyandu import question, settled
from content_kit.tui.naming import sentence
from content_kit.tui.profile_rows import next_days, unit_now
from content_kit.tui.screens.ask import Answered, AskPanel, Question, trimmed
from content_kit.tui.screens.choose import ManyPanel

if TYPE_CHECKING:
    from content_kit.tui.screens.profile import ProfilePanel


class ServiceDayRows:
    """Asks what changes of a service day, and saves it through the panel."""

    def __init__(self, panel: ProfilePanel) -> None:
        self.panel = panel

    def _put(self, day: str | None, said: data.Day) -> None:
        unit, today = self.panel.unit.slug, self.panel.today

        def act(pages: Pages, now: Loaded) -> None:
            data.set_day(pages, unit_now(now, unit), day, said, now.posts(unit), today)

        self.panel.save(act)

    def change(self, id: str) -> None:
        """Another usual day, hours or place."""
        self._ask(id, self.panel.service_day(id))

    def add(self, _: str) -> None:
        """One more service day."""
        self._ask(None, None)

    def _ask(self, id: str | None, day: ServiceDay | None) -> None:
        unit = self.panel.unit
        said = {"rule": day.rule, "hours": written(day.hours), "place": _places(day)} if day else {}

        def reader(key: str) -> Callable[[str], Answered]:
            return lambda typed: _day_answer(key, unit, {**said, key: typed}, self.panel.today)

        asked = (
            Question("rule", "Hari buka, dengan kata-kata Anda", said.get("rule", ""), "selasa ke-2", reader("rule")),
            Question("hours", "Jam buka", said.get("hours", ""), "08.00-11.00", reader("hours")),
            Question("place", "Tempat", said.get("place", ""), "Balai desa", reader("place")),
        )  # fmt: skip

        def answered(words: dict[str, str] | None) -> None:
            if words:
                self._put(id, data.Day(words["rule"], words["hours"], words["place"]))

        title = "Hari buka" if day else "Hari buka lain"
        self.panel.app.push_screen(AskPanel(title, asked), answered)

    def services(self, id: str) -> None:
        """What is offered that day."""
        known, _ = load_services(self.panel.workspace)
        rows = [(each.id, each.name) for each in known.values()]

        def chosen(ids: tuple[str, ...] | None) -> None:
            if ids is not None:
                self._put(id, data.Day(services=ids))

        self.panel.app.push_screen(ManyPanel("Layanan (spasi menandai)", rows, self.panel.service_day(id).services), chosen)  # fmt: skip

    def audience(self, id: str) -> None:
        """For whom it is."""
        rows = [(str(each), each.label) for each in Audience]

        def chosen(ids: tuple[str, ...] | None) -> None:
            if ids is not None:
                self._put(id, data.Day(audience=ids))

        now = tuple(map(str, self.panel.service_day(id).audience))
        self.panel.app.push_screen(ManyPanel("Untuk siapa (spasi menandai)", rows, now), chosen)

    def bring(self, id: str) -> None:
        """What people should bring along."""
        now = ", ".join(self.panel.service_day(id).bring)
        asked = Question("bring", "Yang dibawa, pisahkan dengan koma", now, "Buku KIA", trimmed)

        def answered(words: dict[str, str] | None) -> None:
            if words is not None:
                things = tuple(w.strip() for w in words["bring"].split(",") if w.strip())
                self._put(id, data.Day(bring=things))

        self.panel.app.push_screen(AskPanel("Yang perlu dibawa warga", (asked,)), answered)


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
