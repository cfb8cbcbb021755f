"""`content-kit posyandu`: what is said of a posyandu, its service days and its people; shown and changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from content_kit.cli.opening import today
from content_kit.cli.talk import result, result_json, say
from content_kit.cli.words import IndonesianCommand, IndonesianGroup, json_option, workspace_option
from content_kit.errors import UsageError
from content_kit.files.hours import written
from content_kit.files.workspace import Loaded, Workspace
from content_kit.findings import nearest
from content_kit.model import Person, Posyandu
from content_kit.planning.pages import Pages
from content_kit.start import ROLES, NewPerson, NewPosyandu
from content_kit.tasks import people
from content_kit.tasks import posyandu_data as data


@click.group("posyandu", cls=IndonesianGroup)
def command() -> None:
    """Lihat dan ubah data posyandu: nama, nomor, hari buka, layanan, dan orangnya."""


def _words(text: str | None) -> tuple[str, ...] | None:
    """Words between commas; None where nobody said any, nothing for an empty text."""
    return None if text is None else tuple(w.strip() for w in text.split(",") if w.strip())


@command.command("show", cls=IndonesianCommand)
@click.argument("unit", required=False, metavar="[UNIT]")
@workspace_option
@json_option
def show(unit: str | None, workspace: str, as_json: bool) -> int:
    """Tunjukkan data satu posyandu, atau daftar semuanya."""
    loaded = Workspace.open(Path(workspace)).load(())
    units = [_unit(loaded, unit)] if unit else list(loaded.posyandu.values())
    if as_json:
        result_json({"posyandu": [_as_json(each, loaded) for each in units]})
        return 0
    for each in units:
        result(f"{each.slug}: {each.name}, {each.village}, {each.district}, {each.regency}")
        if unit:
            for day in each.service_days:
                place = "; ".join(day.places) if day.places else day.place
                result(f"  {day.id}: {day.rule}, {written(day.hours)}, {place}")
            for person in people.helped(loaded.people, each.slug):
                result(f"  {person.id}: {person.name}, {person.role}")
    return 0


@command.command("set", cls=IndonesianCommand)
@click.argument("unit", metavar="UNIT")
@click.argument("changes", nargs=-1, required=True, metavar="ISIAN=KATA…")
@workspace_option
def set_details(unit: str, changes: tuple[str, ...], workspace: str) -> int:
    """Ubah isian posyandu, misalnya whatsapp=0812-0000-0000; tanpa kata isian itu dihapus."""
    words: dict[str, str] = {}
    for change in changes:
        name, mark, said = change.partition("=")
        if not mark or name not in data.DETAILS:
            hint = nearest(name, data.DETAILS)
            raise UsageError(f'"{change}" tidak terbaca. Tulis isian=kata. {hint}'.strip())
        words[name] = said
    return _edit(workspace, lambda pages, now: data.set_details(pages, _unit(now, unit), words))


@command.command("day", cls=IndonesianCommand)
@click.argument("unit", metavar="UNIT")
@click.option("--day", metavar="ID", help="Hari buka yang diubah. Tanpa ini: hari buka baru.")
@click.option("--rule", metavar="HARI", help='Hari buka, misalnya "selasa ke-2".')
@click.option("--hours", metavar="JAM", help="Jam buka, misalnya 08.00-11.00.")
@click.option("--place", metavar="TEMPAT", help="Tempat buka.")
@click.option("--name", metavar="NAMA", help="Nama hari buka itu.")
@click.option("--services", metavar="LAYANAN", help="Layanan, misalnya timbang,imunisasi.")
@click.option("--audience", metavar="SASARAN", help="Untuk siapa, misalnya bayi,lansia.")
@click.option("--bring", metavar="BAWAAN", help='Yang dibawa, misalnya "Buku KIA".')
@click.option("--remove", is_flag=True, help="Hapus hari buka --day: sudah tidak diadakan.")
@workspace_option
def set_day(
    unit: str, day: str | None, rule: str | None, hours: str | None, place: str | None,
    name: str | None, services: str | None, audience: str | None, bring: str | None,
    remove: bool, workspace: str,
) -> int:  # fmt: skip
    """Tambah, ubah, atau hapus hari buka."""
    if remove:
        if day is None:
            raise UsageError("Sebut hari buka yang dihapus dengan --day.")
        return _edit(
            workspace, lambda pages, now: data.remove_day(pages, _unit(now, unit), day or "")
        )
    said = data.Day(rule, hours, place, name, _words(audience), _words(services), _words(bring))

    def act(pages: Pages, now: Loaded) -> None:
        here = _unit(now, unit)
        data.set_day(pages, here, day, said, now.posts(unit), today(here.zone))

    return _edit(workspace, act)


@command.command("add", cls=IndonesianCommand)
@click.option("--name", required=True, metavar="NAMA", help="Nama posyandu.")
@click.option("--village", required=True, metavar="DESA", help="Desa atau kelurahan.")
@click.option("--district", required=True, metavar="KECAMATAN", help="Kecamatan.")
@click.option("--regency", required=True, metavar="KABUPATEN", help="Kabupaten atau kota.")
@click.option("--zone", default="WITA", metavar="ZONA", help="WIB, WITA, atau WIT (WITA).")
@click.option("--rule", required=True, metavar="HARI", help='Hari buka, misalnya "selasa ke-2".')
@click.option("--hours", default="", metavar="JAM", help="Jam buka, misalnya 08.00-11.00.")
@click.option("--place", default="", metavar="TEMPAT", help="Tempat buka.")
@click.option("--whatsapp", default="", metavar="NOMOR", help="Nomor WhatsApp posyandu.")
@workspace_option
def add(
    name: str, village: str, district: str, regency: str, zone: str, rule: str, hours: str,
    place: str, whatsapp: str, workspace: str,
) -> int:  # fmt: skip
    """Tambah satu posyandu lagi di folder kerja ini."""
    new = NewPosyandu(name, village, district, regency, zone.upper(), rule, hours, place, whatsapp)
    return _edit(
        workspace, lambda pages, now: data.add_posyandu(pages, now.posyandu, now.people, new)
    )


@command.command("person", cls=IndonesianCommand)
@click.argument("name", metavar="NAMA|ID")
@click.option("--unit", "units", multiple=True, metavar="UNIT", help="Posyandu yang dibantu.")
@click.option("--role", metavar="PERAN", help="kader atau kim (kader, bila orang baru).")
@click.option("--rename", metavar="NAMA", help="Tulisan nama yang baru.")
@click.option("--leave", is_flag=True, help="Tidak lagi membantu posyandu di --unit (atau semua).")
@click.option("--heir", metavar="NAMA|ID", help="Yang meneruskan postingannya, bersama --leave.")
@workspace_option
def person(
    name: str, units: tuple[str, ...], role: str | None, rename: str | None, leave: bool,
    heir: str | None, workspace: str,
) -> int:  # fmt: skip
    """Tambah orang yang membantu; ganti nama atau perannya, atau catat bahwa ia berhenti."""
    if heir and not leave:
        raise UsageError("--heir dipakai bersama --leave.")

    def act(pages: Pages, now: Loaded) -> None:
        slugs = tuple(_unit(now, each).slug for each in units)
        if leave:
            who = _person(now, name)
            left = slugs or who.units
            on = today(_unit(now, left[0]).zone) if left else date.min
            posts = people.duties(now.posts(), who, left, on)
            people.leave(pages, who, left, posts, _person(now, heir) if heir else None)
        elif rename is not None or (role is not None and not units):
            people.set_person(pages, _person(now, name), name=rename, role=role)
        else:
            people.add_person(pages, now.people, NewPerson(name, role or ROLES[0]), slugs)

    return _edit(workspace, act)


def _edit(workspace: str, act: Callable[[Pages, Loaded], object]) -> int:
    place = Workspace.open(Path(workspace))
    pages = Pages(place)
    act(pages, place.load())
    for path in pages.save():
        result(place.relative(path))
    for done in pages.done:
        if done.what:
            say(done.what)
    return 0


def _unit(loaded: Loaded, slug: str) -> Posyandu:
    if slug not in loaded.posyandu:
        hint = nearest(slug, loaded.posyandu, "Lihat: content-kit posyandu show.")
        raise UsageError(f'Posyandu "{slug}" tidak ada. {hint}')
    return loaded.posyandu[slug]


def _person(loaded: Loaded, name: str) -> Person:
    found = [
        each
        for each in loaded.people.values()
        if each.id == name or each.name.casefold() == name.casefold()
    ]
    if len(found) != 1:
        said = "tidak ada" if not found else "ada beberapa; sebut idnya"
        raise UsageError(f'Orang bernama "{name}" {said}.')
    return found[0]


def _as_json(unit: Posyandu, loaded: Loaded) -> dict[str, object]:
    return {
        "unit": unit.slug,
        "id": unit.id,
        "name": unit.name,
        "village": unit.village,
        "district": unit.district,
        "regency": unit.regency,
        "zone": unit.zone.name,
        "whatsapp": unit.contact.whatsapp,
        "palette": unit.palette,
        "service_days": [
            {
                "id": day.id,
                "rule": day.rule,
                "hours": written(day.hours),
                "places": list(day.places or (day.place,)),
                "services": list(day.services),
                "audience": [str(each) for each in day.audience],
                "bring": list(day.bring),
            }
            for day in unit.service_days
        ],
        "people": [
            {"id": each.id, "name": each.name, "role": each.role}
            for each in people.helped(loaded.people, unit.slug)
        ],
    }
