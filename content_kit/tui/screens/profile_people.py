"""The rows of Data posyandu about people: who comes, is written otherwise, or leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from content_kit.files.spelling import proper_person
from content_kit.files.workspace import Loaded
from content_kit.planning.pages import Pages
from content_kit.start import NewPerson
from content_kit.tasks import people
from content_kit.tui.screens.ask import AskPanel, Question, spelled
from content_kit.tui.screens.choose import ChoosePanel, ManyPanel
from content_kit.tui.screens.confirm import ConfirmPanel

if TYPE_CHECKING:
    from content_kit.tui.screens.profile import ProfilePanel

_ROLES: Final = (("kader", "Kader"), ("kim", "KIM"))
_person_named = spelled(proper_person)


class PeopleRows:
    """Asks what changes of the people of a posyandu, and saves it through the panel."""

    def __init__(self, panel: ProfilePanel) -> None:
        self.panel = panel

    def change(self, id: str) -> None:
        """Another name, role or posyandu; or the person leaves."""
        person = self.panel.board.loaded.people[id]
        rows = [
            ("name", f"Ganti tulisan namanya ({person.name})"),
            (
                "role",
                f"Ganti perannya ({person.role.upper() if person.role == 'kim' else person.role})",
            ),
            ("units", "Posyandu yang dibantu"),
            ("leave", f"Tidak lagi membantu {self.panel.unit.name}"),
        ]
        do = {"name": self._rename, "role": self._role, "units": self._helps, "leave": self.leaves}

        def chosen(what: str | None) -> None:
            if what:
                do[what](id)

        self.panel.app.push_screen(ChoosePanel(person.name, rows, None), chosen)

    def _rename(self, id: str) -> None:
        person = self.panel.board.loaded.people[id]
        asked = Question("name", "Nama", person.name, "Rusminah", _person_named)

        def answered(words: dict[str, str] | None) -> None:
            if words:
                self.panel.save(lambda pages, now: people.set_person(pages, now.people[id], name=words["name"]), whole=True)  # fmt: skip

        self.panel.app.push_screen(AskPanel("Tulisan nama", (asked,)), answered)

    def _role(self, id: str) -> None:
        person = self.panel.board.loaded.people[id]

        def chosen(role: str | None) -> None:
            if role:
                self.panel.save(lambda pages, now: people.set_person(pages, now.people[id], role=role), whole=True)  # fmt: skip

        self.panel.app.push_screen(ChoosePanel(f"{person.name} sebagai apa?", _ROLES, person.role), chosen)  # fmt: skip

    def _helps(self, id: str) -> None:
        known = self.panel.board.loaded.posyandu
        person = self.panel.board.loaded.people[id]
        rows = [(slug, f"{unit.name}, {unit.village}") for slug, unit in known.items()]

        def chosen(units: tuple[str, ...] | None) -> None:
            if units is not None:
                self.panel.save(lambda pages, now: people.set_person(pages, now.people[id], units=units), whole=True)  # fmt: skip

        self.panel.app.push_screen(ManyPanel(f"{person.name} membantu (spasi menandai)", rows, person.units), chosen)  # fmt: skip

    def leaves(self, id: str) -> None:
        """Ask who takes the posts over that wait for somebody; then the person helps here no more."""
        loaded, unit, today = self.panel.board.loaded, self.panel.unit, self.panel.today
        person = loaded.people[id]
        waiting = people.duties(loaded.posts(), person, (unit.slug,), today)

        def leave(heir: str | None) -> None:
            def act(pages: Pages, now: Loaded) -> None:
                posts = people.duties(now.posts(), now.people[id], (unit.slug,), today)
                people.leave(pages, now.people[id], (unit.slug,), posts, now.people.get(heir or ""))

            self.panel.save(act, whole=True)

        others = [each for each in people.helped(loaded.people, unit.slug) if each.id != id]
        if waiting and others:
            title = f"Siapa meneruskan {len(waiting)} postingan {person.name}?"
            rows = [(each.id, each.name) for each in others]
            note = f"{person.name} tetap ada di daftar orang, tetapi tidak di posyandu ini."
            panel = ChoosePanel(title, rows, None, empty="Belum tahu: nanti di Kalender (t)", note=note)  # fmt: skip
            self.panel.app.push_screen(panel, lambda heir: None if heir is None else leave(heir))
            return
        words = [f"{person.name} tetap ada di daftar orang, tetapi tidak di posyandu ini."]
        if waiting:
            words.append(f"{len(waiting)} postingan masih atas namanya: pilih orang lain di Kalender (t).")  # fmt: skip
        asked = ConfirmPanel(f"{person.name} tidak lagi membantu {unit.name}?", words, "Ya (y)")
        self.panel.app.push_screen(asked, lambda yes: leave(None) if yes else None)

    def add(self, _: str) -> None:
        """Somebody else helps."""
        unit = self.panel.unit.slug

        def role(name: str) -> Callable[[str | None], None]:
            def chosen(what: str | None) -> None:
                if what:
                    new = NewPerson(name, what)
                    self.panel.save(lambda pages, now: people.add_person(pages, now.people, new, (unit,)), whole=True)  # fmt: skip

            return chosen

        def named(words: dict[str, str] | None) -> None:
            if words:
                name = words["name"]
                self.panel.app.push_screen(ChoosePanel(f"{name} sebagai apa?", _ROLES, "kader"), role(name))  # fmt: skip

        asked = Question("name", "Nama", "", "Rusminah", _person_named)
        self.panel.app.push_screen(AskPanel("Siapa yang ikut membantu?", (asked,)), named)
