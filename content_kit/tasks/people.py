"""Who helps which posyandu: somebody comes, is written otherwise, or leaves and hands the posts over.

Like everything of `posyandu_data`, each writes into `Pages`: saved whole or not at all, and taken
back with one key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from content_kit.errors import UsageError
from content_kit.files import splice
from content_kit.files.paths import safe_join, slugged
from content_kit.files.safe_text import normal
from content_kit.findings import clipped
from content_kit.model import Person, Post
from content_kit.planning.handing import put_duty
from content_kit.planning.pages import Pages
from content_kit.start import ROLES, NewPerson


def add_person(pages: Pages, people: Mapping[str, Person], new: NewPerson, units: Sequence[str]) -> str:  # fmt: skip
    """Somebody helps these posyandu; who has the name and role already helps more of them. The id."""
    name = " ".join(normal(new.name).split())
    if not name:
        raise UsageError("Tulis namanya dulu.")
    if new.role not in ROLES and not any(new.role == each.role for each in people.values()):
        raise UsageError(f'Peran "{clipped(new.role)}" tidak dikenal. Pilih: {", ".join(ROLES)}.')
    same = next(
        (
            each
            for each in people.values()
            if each.role == new.role and each.name.casefold() == name.casefold()
        ),
        None,
    )
    if same is not None:
        set_person(pages, same, units=(*same.units, *units))
        return same.id
    id = free_id(f"{new.role}-{slugged(name) or 'satu'}", people)
    path = _people(pages)
    text = pages.text(path) or "# Orang yang bertugas memposting.\n"
    item = {"id": id, "nama": name, "peran": new.role, "unit": list(dict.fromkeys(units))}
    pages.put(path, splice.add_item(text, ("orang",), item), f"{name} ikut membantu.")
    return id


def set_person(
    pages: Pages,
    person: Person,
    *,
    name: str | None = None,
    role: str | None = None,
    units: Sequence[str] | None = None,
) -> None:
    """Another name, role or other posyandu; posts keep naming the person by id."""
    if name is not None:
        said = " ".join(normal(name).split())
        if not said:
            raise UsageError("Tulis namanya dulu.")
        _write(pages, person, "nama", said, f"{person.name} sekarang ditulis {said}.")
    if role is not None and role != person.role:
        if role not in ROLES:
            raise UsageError(f'Peran "{clipped(role)}" tidak dikenal. Pilih: {", ".join(ROLES)}.')
        _write(pages, person, "peran", role, f"{person.name} sekarang {role}.")
    if units is not None and tuple(dict.fromkeys(units)) != person.units:
        told = f"Posyandu yang dibantu {person.name} diubah."
        _write(pages, person, "unit", list(dict.fromkeys(units)), told)


def _write(pages: Pages, person: Person, key: str, value: splice.Value, told: str) -> None:
    path = _people(pages)
    text = pages.text(path)
    number = splice.number_of(text, ("orang",), "id", person.id)
    if number < 0:
        raise UsageError(f"{person.name} tidak ada lagi di orang.yaml.")
    pages.put(path, splice.set_value(text, ("orang", number, key), value), told)


def duties(
    posts: Iterable[Post], person: Person, units: Sequence[str], today: date
) -> tuple[Post, ...]:
    """The posts of these posyandu that still wait for somebody, from today on."""
    return tuple(
        post
        for post in posts
        if post.duty == person.id and post.unit in units and post.date >= today
    )


def leave(
    pages: Pages,
    person: Person,
    units: Sequence[str],
    posts: Sequence[Post] = (),
    heir: Person | None = None,
) -> None:
    """Somebody helps these posyandu no more; `posts` go to `heir`, who from now on helps there too.

    Without an heir the posts keep their name, and whoever edits is told so.
    """
    told = f"{person.name} tidak membantu lagi."
    if heir is not None:
        for post in posts:
            put_duty(pages, post, heir.id)
        more = tuple(dict.fromkeys(post.unit for post in posts if post.unit not in heir.units))
        set_person(pages, heir, units=(*heir.units, *more))
        told += f" {len(posts)} postingannya sekarang atas nama {heir.name}." if posts else ""
    elif posts:
        told += f" {len(posts)} postingan masih atas namanya."
    left = [slug for slug in person.units if slug not in units]
    _write(pages, person, "unit", left, told)


def helped(people: Mapping[str, Person], unit: str) -> tuple[Person, ...]:
    """The people who help a posyandu, in the order of their file."""
    return tuple(each for each in people.values() if unit in each.units)


def same_person(person: Person, new: NewPerson) -> bool:
    """Whether somebody of the file is meant: the same name in the same role."""
    return person.name.casefold() == new.name.casefold() and person.role == new.role


def free_id(wanted: str, taken: Mapping[str, object]) -> str:
    """An id that nobody has: the wanted one, else with a number."""
    number, free = 1, wanted
    while free in taken:
        number += 1
        free = f"{wanted}-{number}"
    return free


def _people(pages: Pages) -> Path:
    return safe_join(pages.workspace.root / "calendars", "orang.yaml")
