"""The rows of a list of posyandu into edits: a posyandu is made or changed, with its service days."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Final

from content_kit.errors import KitError
from content_kit.files import save
from content_kit.files.calendars import read_posyandu
from content_kit.files.paths import name_problem, slugged
from content_kit.files.place_words import same_place
from content_kit.files.reader import Findings
from content_kit.files.safe_text import normal
from content_kit.files.yaml import parse
from content_kit.findings import Finding, Level, clipped
from content_kit.model import Posyandu
from content_kit.planning.cells import Cell, Data, data_of, dig
from content_kit.planning.intake_complete import (
    Answers,
    Completer,
    check_hours,
    name_services,
    note_number,
    take_apart,
)
from content_kit.planning.intake_match import Register, Who
from content_kit.planning.intake_rows import (
    CHANGED,
    NEW,
    SAME,
    Change,
    FileEdit,
    Line,
    Work,
    column_of,
    differing,
)
from content_kit.planning.intake_text import pruned, put, spliced
from content_kit.planning.intake_words import name_audience
from content_kit.planning.sheets import POSYANDU, SERVICE_DAY
from content_kit.schedule.words import understand
from content_kit.start import NewPosyandu, Serves, folder_name, unit_files

_NAMES: Final = ("nama", "desa", "kecamatan", "kabupaten")
_OF_DAY: Final = re.compile(r"hari_buka\[(.*?)\](?:\.(.*))?")


def take_units(
    work: Work, lines: Sequence[Line], answers: Answers
) -> tuple[list[Finding], dict[str, Posyandu]]:
    """Group the rows by posyandu, then change or create each.

    What has to be asked once for the whole file, and every posyandu as it would be, by folder.
    """
    completer = Completer(answers, work.ways)
    groups = _groups(work, lines)
    seen: dict[str, Posyandu] = {}
    for number, (slug, group) in enumerate(groups.items(), 1):
        # A posyandu is one row of the village's life: with one row wrong none of it goes in.
        if not any(line.wrong for line in group):
            posyandu = _unit(work, slug, group, completer)
            if posyandu is not None:
                seen[slug] = posyandu
        wrong = next((line for line in group if line.wrong), None)
        if wrong is not None:
            _hold(group, wrong)
        work.tell_progress(number, len(groups))
    return list(completer.questions()), seen


def _hold(group: Sequence[Line], wrong: Line) -> None:
    """Say of the other rows of a posyandu that they wait for the one that is wrong."""
    for line in group:
        if not line.wrong:
            name = clipped(line.text("nama") or "hari buka ini")
            line.waits = True
            line.findings.append(
                Finding(
                    "baris-menunggu",
                    f"{name} menunggu baris {wrong.row.number} diperbaiki.",
                    line.at(),
                )
            )


def _groups(work: Work, lines: Sequence[Line]) -> dict[str, list[Line]]:
    groups: dict[str, list[Line]] = {}
    register = Register(work.posyandu)
    before = ""
    for line in lines:
        slug = line.text("unit")
        who = _who(line)
        if slug:
            problem = name_problem(slug) or (
                "" if slugged(slug) == slug else "pakai huruf kecil, angka, dan -"
            )
            if problem and slug not in work.posyandu:
                line.tell("jalur-terlarang", f'unit "{clipped(slug)}": {problem}.', "unit")
                slug = before or "?"
        elif not line.begins and before:
            slug = before  # one more service day of the posyandu above
        else:
            known = register.meant(who)
            if len(known) > 1:
                hint = "Sebut desanya (dan kecamatannya), atau nama foldernya di kolom unit."
                line.tell("nilai-salah", register.question(who, known), "nama", hint)
            slug = known[0] if len(known) == 1 else _free(work, line, groups)
        if who.name:
            register.add(slug, who)
        groups.setdefault(slug, []).append(line)
        before = slug
    return groups


def _who(line: Line) -> Who:
    return Who(*(line.text(key) for key in ("nama", "desa", "kecamatan", "kabupaten")))


def _free(work: Work, line: Line, groups: Mapping[str, object]) -> str:
    """A folder name that nobody has: melati, else with the village, else with the district."""
    # On Windows "Melati" and "melati" are one folder.
    taken = {known.casefold() for known in (*groups, *work.posyandu)}
    slug = folder_name(normal(line.text("nama")))
    for more in ("", line.text("desa"), line.text("kecamatan"), line.text("kabupaten")):
        slug = f"{slug}-{slugged(more)}" if more else slug
        if slug not in taken:
            return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"


def _unit(work: Work, slug: str, lines: list[Line], completer: Completer) -> Posyandu | None:
    first = lines[0]
    try:
        file = work.file(slug, "posyandu.yaml")
    except KitError as error:
        first.tell("berkas-tidak-terbaca", str(error), "unit")
        return None
    path, folder = file.path, file.path.parent
    new = not file.before
    extra: dict[str, str] = {}
    for line in lines:
        take_apart(line)
    if not _coded(lines, work):
        return None
    if new:
        if not (completer.complete(lines) and _coded(lines, work)):  # answers are words as well
            return None
        extra = unit_files(_new_posyandu(first), slug, Serves())
        text = extra.pop("posyandu.yaml")
        file.data = data_of(parse(text, path.name)[0])
    else:
        text = file.before
        _keep_spelling(first, file.data)
    data = deepcopy(file.data)
    _join(lines)
    for cell, said in first.values():
        if cell in POSYANDU:
            put(data, cell, said)
    days = dig(data, ("hari_buka",))
    number_of, codes = _match_days(lines, days if isinstance(days, list) else [], new=new)
    for line in lines:
        if line.key not in number_of:
            continue
        number = number_of[line.key]
        for cell, said in line.values():
            if cell in SERVICE_DAY:
                put(data, replace(cell, path=("hari_buka", number, *cell.path)), said)
        if not dig(data, ("hari_buka", number, "id")):
            put(data, Cell("id", ("hari_buka", number, "id")), codes[number])
    try:
        after = spliced(text, file.data, pruned(data, file.data))
    except KitError as error:
        first.tell("berkas-tidak-terbaca", str(error), "unit")
        return None
    posyandu = _judge_unit(slug, path, file.before, after, lines, number_of)
    if posyandu is not None:
        for line in lines:
            check_hours(line, posyandu.zone)
            note_number(line)
    if posyandu is None or any(line.wrong for line in lines):
        return None
    work.posyandu[slug] = posyandu
    for line in lines:
        own = dict(differing(line, None if new else file.data, number_of.get(line.key)))
        action = NEW if new else CHANGED if own and after != file.before else SAME
        work.changes.append(
            Change(
                line.sheet, line.row.number, slug, posyandu.id, action,
                tuple(own), tuple(own.values()),
            )
        )  # fmt: skip
    if after != file.before:
        work.edits.append(FileEdit(path, after, file.seen))
    for name, words in extra.items():
        there = save.read(folder / name)
        if not there.text:
            work.edits.append(FileEdit(folder / name, words, there.digest))
    if new:
        completer.note_unsaid(posyandu, first)
    return posyandu


def _keep_spelling(line: Line, data: Data) -> None:
    """A table that names the same place in other words changes nothing: "Kab. Banjar" stays as it is."""
    for name in _NAMES:
        cell = next(cell for cell in POSYANDU if cell.name == name)
        known, said = cell.said(data), line.text(name)
        if said and known and same_place(known, said):
            line.filled[name] = known


def _join(lines: Sequence[Line]) -> None:
    """Further rows may leave the posyandu's cells empty, but not contradict or repeat them."""
    first = lines[0]
    days: dict[tuple[str, ...], Line] = {}
    for line in lines:
        day = tuple(line.text(cell.name) for cell in SERVICE_DAY)
        same = days.setdefault(day, line) if any(day) else line
        if same is not line:
            line.tell(
                "kunci-ganda",
                f"hari buka ini sama dengan baris {same.row.number}.",
                "aturan",
                "Hapus salah satu. Bila posyandunya lain, bedakan nama, desa, atau unit.",
            )
    for line in lines[1:]:
        for cell, said in line.values():
            if cell not in POSYANDU or not said:
                continue
            agree = same_place if cell.name in _NAMES else _same_words
            if not agree(said, first.text(cell.name)):
                line.tell(
                    "nilai-salah",
                    f'"{cell.name}" berbeda dari baris {first.row.number}.',
                    cell.name,
                    "Samakan, atau kosongkan di baris ini.",
                )


def _same_words(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()


def _match_days(
    lines: Sequence[Line], days: Sequence[Data], *, new: bool
) -> tuple[dict[tuple[str, int], int], dict[int, str]]:
    """Which service day each row speaks of: by its code, else the same rule, else the order."""
    found: dict[tuple[str, int], int] = {}
    ids = [str(dig(day, ("id",)) or "") for day in days]
    speaking = [
        line for line in lines if any(line.text(name) for name in ("aturan", "jam", "tempat"))
    ]
    taken: set[int] = set()

    def take(line: Line, number: int) -> None:
        found[line.key] = number
        taken.add(number)

    if new and days and speaking:
        take(speaking[0], 0)  # the one that the new file was begun with
    for line in speaking:
        code = line.text("kode_hari_buka")
        if line.key not in found and code in ids and ids.index(code) not in taken:
            take(line, ids.index(code))
    rules = [" ".join(str(dig(day, ("aturan",))).casefold().split()) for day in days]
    open_lines = [
        line for line in speaking if line.key not in found and not line.text("kode_hari_buka")
    ]
    for line in open_lines:
        rule = " ".join(line.text("aturan").casefold().split())
        for number, known in enumerate(rules):
            if number not in taken and known == rule:
                take(line, number)
                break
    free = (number for number in range(len(ids)) if number not in taken)
    for line in open_lines:
        if line.key not in found and (spare := next(free, None)) is not None:
            take(line, spare)
    made: dict[int, str] = {}
    for line in speaking:
        if line.key not in found:
            number = len(ids)
            code = line.text("kode_hari_buka") or (
                "bulanan" if not ids else f"hari-buka-{number + 1}"
            )
            while code in ids:
                code += "b"
            ids.append(code)
            made[number] = code
            take(line, number)
    return found, made


def _judge_unit(
    slug: str,
    path: Path,
    before: str,
    after: str,
    lines: Sequence[Line],
    number_of: Mapping[tuple[str, int], int],
) -> Posyandu | None:
    def read(text: str) -> tuple[Posyandu | None, Findings]:
        findings = Findings()
        node, _ = parse(text, path.name)
        return read_posyandu(node, slug, path.name, findings), findings

    posyandu, findings = read(after)
    old = {(f.code, f.message) for f in read(before)[1]} if before else set()
    by_id = {}
    data = data_of(parse(after, path.name)[0])
    for line in lines:
        if line.key in number_of:
            number = number_of[line.key]
            by_id[str(dig(data, ("hari_buka", number, "id")))] = line
            by_id[str(number + 1)] = line
    for finding in findings:
        if finding.level is not Level.ERROR or (finding.code, finding.message) in old:
            continue
        match = _OF_DAY.fullmatch(finding.place.field)
        line = by_id.get(match[1], lines[0]) if match else lines[0]
        top = (match[2] or "") if match else finding.place.field
        name = {"id": "kode_hari_buka", "nama": "nama_hari_buka"}.get(top, top) if match else top
        line.tell(finding.code, finding.message, column_of(line, name), finding.hint)
    for line in lines:
        rule = line.text("aturan")
        if rule:
            for finding in understand(rule)[1]:
                line.tell(finding.code, finding.message, "aturan", finding.hint)
    if posyandu is None and not any(line.wrong for line in lines):
        lines[0].tell("nilai-salah", "posyandu ini belum lengkap.", "zona", "Isi zona.")
    return posyandu


def _new_posyandu(line: Line) -> NewPosyandu:
    return NewPosyandu(
        name=line.text("nama"),
        village=line.text("desa"),
        district=line.text("kecamatan"),
        regency=line.text("kabupaten"),
        zone=line.text("zona").upper(),
        rule=line.text("aturan"),
        hours=line.text("jam"),
        place=line.text("tempat"),
        whatsapp=line.text("whatsapp"),
    )


def _coded(lines: Sequence[Line], work: Work) -> bool:
    """Services and audience of rows by their codes; whether nothing in the rows is wrong."""
    for line in lines:
        name_services(line, work.services)
        name_audience(line)
    return not any(line.wrong for line in lines)
