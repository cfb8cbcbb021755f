"""The rows of a list of people into `orang.yaml`: who helps which posyandu, and as what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from content_kit.errors import KitError
from content_kit.files.paths import slugged
from content_kit.files.spelling import proper_person
from content_kit.findings import clipped
from content_kit.planning.cells import Data, dig
from content_kit.planning.intake_match import Register, Who
from content_kit.planning.intake_rows import CHANGED, NEW, SAME, Change, FileEdit, Line, Work
from content_kit.planning.intake_text import spliced

ROLES: Final = {
    "kader": "kader", "kader posyandu": "kader", "ketua kader": "kader", "ketua posyandu": "kader",
    "anggota kader": "kader", "kim": "kim", "anggota kim": "kim", "pengurus kim": "kim",
    "ketua kim": "kim", "kelompok informasi masyarakat": "kim", "diskominfo": "diskominfo",
    "dinas": "diskominfo", "dinas kominfo": "diskominfo", "kominfo": "diskominfo",
    "pemeriksa": "diskominfo", "admin": "diskominfo",
}  # fmt: skip
"""What people write for the three roles that `orang.yaml` has."""

SEVERAL: Final = re.compile(r"[;\n]|,(?! *(?:desa|kel)\b)")
"""What parts the posyandu that one cell names."""
_HEAD: Final = "# Orang yang bertugas memposting.\n"
_ALL: Final = frozenset({"semua", "semua posyandu", "seluruh posyandu"})


def take_people(work: Work, lines: Sequence[Line]) -> None:
    """Make or extend each person; somebody of the same name and role is the same person."""
    if not lines:
        return
    try:
        file = work.file("orang.yaml")
    except KitError as error:
        lines[0].tell("berkas-tidak-terbaca", str(error), "nama")
        return
    people = dig(file.data, ("orang",))
    known: list[Data] = list(people) if isinstance(people, list) else []
    wanted: list[Data] = list(known)
    register = Register(work.posyandu)
    for line in lines:
        name, role = proper_person(line.text("nama")), _role(line)
        units = _units(line, register, work)
        if not name:
            line.tell("wajib-diisi", '"nama" belum diisi.', "nama", "Isi nama orangnya.")
        if line.wrong:
            continue
        number = _same(wanted, name, role)
        before = wanted[number] if number is not None else None
        had = _words(dig(before, ("unit",)))
        all_units = list(dict.fromkeys((*had, *units)))
        id = str(dig(before, ("id",)) or _free_id(wanted, role, name))
        value: Data = {**(before if isinstance(before, dict) else {"id": id, "nama": name, "peran": role}), "unit": list(all_units)}  # fmt: skip
        if number is None:
            wanted.append(value)
        elif all_units != had:
            wanted[number] = value
        action = NEW if number is None else CHANGED if all_units != had else SAME
        work.changes.append(
            Change(
                line.sheet, line.row.number, "", id, action,
                ("posyandu",), ((", ".join(had), ", ".join(all_units)),),
            )
        )  # fmt: skip
    if wanted == known:
        return
    try:
        text = _written(file.before, known, wanted)
    except KitError as error:
        lines[0].tell("berkas-tidak-terbaca", str(error), "nama")
        return
    work.edits.append(FileEdit(file.path, text, file.seen))


def _written(before: str, known: Sequence[Data], wanted: Sequence[Data]) -> str:
    text = before or _HEAD
    old: Data = {"orang": list(known)} if known else {}
    return spliced(text, old, {"orang": list(wanted)})


def _role(line: Line) -> str:
    said = " ".join(line.text("peran").split())
    role = ROLES.get(said.casefold(), "")
    if not role:
        code = "nilai-salah" if said else "wajib-diisi"
        told = f'peran "{clipped(said)}" tidak dikenal.' if said else '"peran" belum diisi.'
        line.tell(code, told, "peran", "Tulis kader, kim, atau diskominfo.")
    return role


def _units(line: Line, register: Register, work: Work) -> list[str]:
    """The folders of the posyandu that a row names; a name of several is asked about."""
    words = SEVERAL.split(line.raw("posyandu"))
    found: list[str] = []
    for word in (" ".join(word.split()) for word in words):
        if not word:
            continue
        if word.casefold() in _ALL:
            return list(work.posyandu)
        if word in work.posyandu:
            found.append(word)
            continue
        who = Who(word, *(line.text(key) for key in ("desa", "kecamatan", "kabupaten")))
        slugs = register.meant(who)
        if len(slugs) == 1:
            found.append(slugs[0])
        elif slugs:
            hint = "Sebut desanya di kolom desa, atau nama foldernya."
            line.tell("nilai-salah", register.question(who, slugs), "posyandu", hint)
        else:
            hint = "Masukkan dulu daftar posyandunya, atau periksa ejaannya."
            line.tell("nilai-salah", f'posyandu "{clipped(word)}" tidak ada.', "posyandu", hint)
    return found


def _same(people: Sequence[Data], name: str, role: str) -> int | None:
    for number, one in enumerate(people):
        here = str(dig(one, ("nama",)) or "")
        if here.casefold().split() == name.casefold().split() and dig(one, ("peran",)) == role:
            return number
    return None


def _free_id(people: Sequence[Data], role: str, name: str) -> str:
    taken = {dig(one, ("id",)) for one in people}
    id = free = f"{role}-{slugged(name) or 'satu'}"
    number = 1
    while free in taken:
        number += 1
        free = f"{id}-{number}"
    return free


def _words(data: Data) -> list[str]:
    return [word for word in data if isinstance(word, str)] if isinstance(data, list) else []
