"""Whatever changes in a posyandu's life: its name, number, days, services; each one edit of its files.

Every function writes into `Pages`, so an edit is saved whole or not at all and can be taken back.
What somebody typed is read by the same readers as everywhere; UsageError asks for what is unclear.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Final

from content_kit.errors import UsageError
from content_kit.files import splice
from content_kit.files.assets import load_services, palette_names
from content_kit.files.paths import safe_join, slugged
from content_kit.files.phones import phone_in
from content_kit.files.safe_text import normal
from content_kit.findings import Finding, clipped, nearest
from content_kit.model import Audience, Cloth, Person, Post, Posyandu, Zone
from content_kit.planning.following import follow
from content_kit.planning.pages import Pages
from content_kit.schedule.words import understand
from content_kit.start import NewPosyandu, folder_name, unit_files
from content_kit.tasks.new_posyandu import needs_answer, settled
from content_kit.tasks.people import add_person, free_id, same_person, set_person

DETAILS: Final[Mapping[str, splice.Path]] = {
    "nama": ("nama",),
    "desa": ("desa",),
    "kecamatan": ("kecamatan",),
    "kabupaten": ("kabupaten",),
    "kode_wilayah": ("kode_wilayah",),
    "zona": ("zona",),
    "whatsapp": ("kontak", "whatsapp"),
    "facebook": ("kontak", "facebook"),
    "instagram": ("kontak", "instagram"),
    "palet": ("palet",),
    "motif": ("motif",),
}
"""What is said once about a posyandu, by the name of its key."""

_AHEAD: Final = timedelta(days=400)
_OPTIONAL: Final = frozenset({"kode_wilayah", "whatsapp", "facebook", "instagram", "motif"})


@dataclass(frozen=True, slots=True)
class Day:
    """A service day as it was typed; None is what nobody speaks of and stays as it is."""

    rule: str | None = None
    hours: str | None = None
    place: str | None = None
    name: str | None = None
    audience: tuple[str, ...] | None = None
    services: tuple[str, ...] | None = None
    bring: tuple[str, ...] | None = None


_DAY_KEYS: Final = {
    "rule": "aturan", "hours": "jam", "place": "tempat", "name": "nama",
    "audience": "sasaran", "services": "layanan", "bring": "bawa",
}  # fmt: skip


def set_details(pages: Pages, unit: Posyandu, words: Mapping[str, str]) -> None:
    """Change what is said of a posyandu; an empty word takes away what may be missing."""
    path = pages.profile(unit.slug)
    text = pages.text(path)
    changed = []
    for name, typed in words.items():
        said, before = detail(pages, name, typed), text
        where = DETAILS[name]
        if said:
            text = _put(text, where, said)
        elif splice.has(text, where):
            text = splice.remove_item(text, where)
        if text != before:
            changed.append(_WORDS[name])
    told = f"{', '.join(changed)} diubah." if changed else "tidak ada yang berubah."
    pages.put(path, text, f"{unit.name}: {told}")


def detail(pages: Pages, name: str, typed: str) -> str:
    """A word as it will be written; UsageError asks when it cannot be so."""
    said = " ".join(normal(typed).split())
    if not said:
        if name in _OPTIONAL:
            return ""
        raise UsageError(f"{_WORDS[name].capitalize()} belum diisi.")
    if name == "whatsapp":
        found = phone_in(said)
        if isinstance(found, Finding):
            raise _asked(found)
        return found.printed
    if name == "zona" and said.upper() not in Zone.__members__:
        raise UsageError(f'Zona "{clipped(said)}" tidak dikenal. Pilih WIB, WITA, atau WIT.')
    if name == "palet" and said not in palette_names(pages.workspace):
        raise UsageError(f'Warna "{clipped(said)}" tidak ada.')
    if name == "motif":
        said = _joined(said)
        if said not in tuple(Cloth):
            hint = nearest(said, tuple(Cloth), f"Pilih salah satu: {', '.join(Cloth)}.")
            raise UsageError(f'Motif "{clipped(said)}" tidak ada. {hint}')
    return said.upper() if name == "zona" else said


def set_day(
    pages: Pages,
    unit: Posyandu,
    day: str | None,
    said: Day,
    posts: Iterable[Post] = (),
    today: date | None = None,
) -> str:
    """Change a service day by its code, or add one where `day` is None; the code of it.

    Where the usual day changes, those of the unit's `posts` that announce it from `today` on follow.
    """
    path = pages.profile(unit.slug)
    text = pages.text(path)
    known = {each.id: number for number, each in enumerate(unit.service_days)}
    if day is not None and day not in known:
        raise UsageError(f'Hari buka "{clipped(day)}" tidak ada.')
    values = _day_values(pages, unit, said)
    if day is None:
        if missing := [key for key in ("aturan", "jam", "tempat") if not values.get(key)]:
            raise UsageError(f"Belum diisi: {', '.join(missing)}.")
        code = free_id("bulanan" if not known else f"hari-buka-{len(known) + 1}", known)
        item = {"id": code, "nama": str(values.pop("nama", "") or "Hari buka"), **values}
        text = splice.add_item(text, ("hari_buka",), {k: v for k, v in item.items() if v})
        pages.put(path, text, f"{unit.name}: hari buka baru, {values['aturan']}.")
        return code
    for key, value in values.items():
        where = ("hari_buka", known[day], key)
        if value:
            text = splice.set_value(text, where, value)
        elif splice.has(text, where):
            text = splice.remove_item(text, where)
    pages.put(path, text)
    rule, _ = understand(str(values.get("aturan", "")))
    moved = 0
    if rule and today and values["aturan"] != unit.service_days[known[day]].rule:
        moved = follow(pages, posts, day, rule.dates(today, today + _AHEAD), today)
    along = f" {moved} postingan ikut pindah." if moved else ""
    pages.put(path, text, f"{unit.name}: hari buka diubah.{along}")
    return day


def remove_day(pages: Pages, unit: Posyandu, day: str) -> None:
    """Take away a service day that is held no more."""
    known = {each.id: number for number, each in enumerate(unit.service_days)}
    if day not in known:
        raise UsageError(f'Hari buka "{clipped(day)}" tidak ada.')
    path = pages.profile(unit.slug)
    text = splice.remove_item(pages.text(path), ("hari_buka", known[day]))
    pages.put(path, text, f"{unit.name}: hari buka {unit.service_days[known[day]].name} dihapus.")


def add_posyandu(
    pages: Pages,
    taken: Mapping[str, Posyandu],
    people: Mapping[str, Person],
    new: NewPosyandu,
    also: Sequence[str] = (),
) -> str:
    """One more posyandu with its files and people; the folder. `also` are people who help it too."""
    new, findings = settled(new)
    if asked := [each for each in findings if needs_answer(each)]:
        raise _asked(asked[0])
    slug = _free_folder(pages, new, taken)
    for name, text in unit_files(new, slug).items():
        pages.put(safe_join(pages.workspace.root / "calendars", slug, name), text)
    for each in new.people:
        add_person(pages, people, each, (slug,))
    for id in also:
        if id in people and not any(same_person(people[id], each) for each in new.people):
            set_person(pages, people[id], units=(*people[id].units, slug))
    pages.put(pages.profile(slug), pages.text(pages.profile(slug)), f"{new.name} ditambahkan.")
    return slug


def set_logo(pages: Pages, unit: Posyandu, files: Sequence[str]) -> None:
    """The logos of a posyandu, by the names of files in its folder `logo`."""
    path = pages.profile(unit.slug)
    text = pages.text(path)
    for file in files:
        if not pages.workspace.logo_path(unit.slug, file).is_file():
            raise UsageError(f'Logo "{clipped(file)}" tidak ada di folder logo posyandu ini.')
    if files:
        text = splice.set_value(text, ("logo",), list(files))
    elif splice.has(text, ("logo",)):
        text = splice.remove_item(text, ("logo",))
    pages.put(path, text, f"{unit.name}: logo diubah.")


def _day_values(pages: Pages, unit: Posyandu, said: Day) -> dict[str, splice.Value]:
    """What of a service day changes, by key, in the words of the files."""
    rule, hours, place = (" ".join((w or "").split()) for w in (said.rule, said.hours, said.place))
    asked = NewPosyandu(
        unit.name, unit.village, unit.district, unit.regency, unit.zone.name, rule, hours, place
    )
    read, findings = settled(asked)
    if wrong := [each for each in findings if needs_answer(each)]:
        raise _asked(wrong[0])
    values: dict[str, splice.Value] = {}
    for each in fields(said):
        word = getattr(said, each.name)
        if each.name in ("rule", "hours", "place"):
            # Hours and place that were told together with the day count as well.
            word = getattr(read, each.name) or word
        if word is None:
            continue
        word = " ".join(word.split()) if isinstance(word, str) else word
        values[_DAY_KEYS[each.name]] = list(word) if isinstance(word, tuple) else word
    known, _ = load_services(pages.workspace)
    for id in said.services or ():
        if id not in known:
            raise UsageError(f'Layanan "{clipped(id)}" tidak dikenal.')
    for id in said.audience or ():
        if id not in set(Audience):
            raise UsageError(f'Sasaran "{clipped(id)}" tidak dikenal.')
    if "aturan" in values and understand(str(values["aturan"]))[0] is None:
        raise UsageError(f'Hari buka "{clipped(rule)}" belum jelas. Tulis misalnya "selasa ke-2".')
    for key in ("aturan", "jam", "tempat"):
        if key in values and not values[key]:
            raise UsageError(f'"{key}" belum diisi.')
    return values


def _put(text: str, where: splice.Path, said: str) -> str:
    """A word at its key; the table it lies in is made where there is none."""
    above = where[:-1]
    if above and not splice.has(text, above):
        return splice.set_value(text, above, {str(where[-1]): said})
    return splice.set_value(text, where, said)


def _free_folder(pages: Pages, new: NewPosyandu, taken: Mapping[str, Posyandu]) -> str:
    """A folder that nobody has: melati, else with the village, else with a number."""
    used = {slug.casefold() for slug in taken}
    root = pages.workspace.root / "calendars"
    slug = folder_name(normal(new.name))
    for free in (slug, f"{slug}-{slugged(new.village)}", *(f"{slug}-{n}" for n in range(2, 1000))):
        if free.casefold() not in used and not (root / free).exists():
            return free
    raise UsageError("Terlalu banyak posyandu dengan nama ini.")


def _joined(typed: str) -> str:
    """A motif's name as it is written in files: "Ular lidi" is ular_lidi."""
    return typed.lower().replace(" ", "_").replace("-", "_")


def _asked(finding: Finding) -> UsageError:
    said = f"{finding.message} {finding.hint}".strip()
    return UsageError(said[:1].upper() + said[1:])


_WORDS: Final = {
    "nama": "nama", "desa": "desa", "kecamatan": "kecamatan", "kabupaten": "kabupaten",
    "kode_wilayah": "kode wilayah", "zona": "zona", "whatsapp": "nomor WhatsApp",
    "facebook": "Facebook", "instagram": "Instagram", "palet": "warna",
    "motif": "motif",
}  # fmt: skip
