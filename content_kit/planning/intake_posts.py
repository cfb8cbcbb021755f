"""The rows of a month sheet into edits: each is matched with its post, which is made, changed or moved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import date
from typing import Final

from content_kit.errors import KitError
from content_kit.files import splice
from content_kit.files.calendars import read_month
from content_kit.files.hours import clock_in, zone_in
from content_kit.files.ids import made_id
from content_kit.files.paths import safe_join
from content_kit.files.reader import Findings
from content_kit.files.yaml import parse
from content_kit.findings import Finding, Level, clipped, nearest
from content_kit.planning.cells import Cell, Data, Kind, dig
from content_kit.planning.intake_dates import ask_about_dates
from content_kit.planning.intake_match import Register, Who
from content_kit.planning.intake_rows import (
    CHANGED,
    MOVED,
    NEW,
    SAME,
    Change,
    File,
    FileEdit,
    Line,
    Work,
    column_of,
    differing,
)
from content_kit.planning.intake_text import pruned, put, spliced, value_of
from content_kit.planning.intake_words import ScreenWords
from content_kit.planning.sheets import WHERE
from content_kit.schedule.sheet_dates import cell_date

_MONTH_FILE: Final = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])\.yaml")
_OF_POST: Final = re.compile(r"postingan\[(.*?)\](?:\.(.*))?")
_MOMENT: Final = (
    Cell("tanggal", ("tanggal",), Kind.DATE),
    Cell("jam", ("jam",), Kind.CLOCK),
    Cell("model", ("model",)),
)


def take_posts(work: Work, lines: Sequence[Line], today: date | None = None) -> None:
    """Match every row with a post, then change or create it, file by file.

    With `today` a column of dates that may be month first, as in American Excel, is asked about.
    """
    by_unit: dict[str, list[Line]] = {}
    ask_about_dates(lines, today)
    ScreenWords(work).translate(lines)
    register = Register(work.posyandu)
    for line in lines:
        slug = _unit_of(work, line, register)
        if slug:
            by_unit.setdefault(slug, []).append(line)
    for number, (slug, group) in enumerate(by_unit.items(), 1):
        while True:
            bad = sum(line.wrong for line in group)
            changes, edits = _month_files(work, slug, group)
            if sum(line.wrong for line in group) == bad:
                break
        work.changes += changes
        work.edits += edits
        work.tell_progress(number, len(by_unit))


def _unit_of(work: Work, line: Line, register: Register) -> str:
    said = line.raw("unit")
    if not said and len(work.posyandu) == 1:
        return next(iter(work.posyandu))
    who = Who(said, *(line.text(key) for key in WHERE))
    slugs = [said] if said in work.posyandu else register.meant(who)
    if len(slugs) > 1:
        hint = "Sebut desanya di kolom desa, atau nama foldernya di kolom unit."
        line.tell("nilai-salah", register.question(who, slugs), "unit", hint)
        return ""
    if not slugs:
        message = f'posyandu "{clipped(said)}" tidak ada.' if said else "posyandu belum disebut."
        hint = nearest(said, work.posyandu, "Masukkan dulu daftar posyandunya.")
        if said and _is_there(work, said):
            message = f'posyandu.yaml di folder "{clipped(said)}" perlu diperbaiki dulu.'
            hint = f"Lihat apa yang perlu: {work.ways.check}."
        line.tell("nilai-salah" if said else "wajib-diisi", message, "unit", hint)
        return ""
    (slug,) = slugs
    zone = line.text("zona").upper()
    if zone and zone != work.posyandu[slug].zone.name:
        line.tell(
            "nilai-salah",
            f"zona posyandu ini {work.posyandu[slug].zone.name}, di sini tertulis {clipped(zone)}.",
            "zona",
            "Tulis jam menurut zona posyandu.",
        )
    if zone_in(line.raw("jam")):
        asked = clock_in(line.raw("jam"), work.posyandu[slug].zone)
        if isinstance(asked, Finding):
            line.tell(asked.code, asked.message, "jam", asked.hint)
    return slug


def _is_there(work: Work, slug: str) -> bool:
    try:
        path = safe_join(work.workspace.root / "calendars", slug, "posyandu.yaml")
    except KitError:
        return False
    return path.is_file()


def _month_files(
    work: Work, slug: str, lines: Sequence[Line]
) -> tuple[list[Change], list[FileEdit]]:
    """The changes and edits of one unit by those of its rows that are not wrong."""
    good = [line for line in lines if not line.wrong]
    files: dict[str, File] = {}
    folder = safe_join(work.workspace.root / "calendars", slug)
    for path in sorted(folder.glob("*.yaml")):
        if _MONTH_FILE.fullmatch(path.name):
            try:
                files[path.name] = work.file(slug, path.name)
            except KitError as error:
                for line in good:
                    if line.text("tanggal").startswith(path.stem):
                        line.tell("berkas-tidak-terbaca", str(error), "tanggal")
    good = [line for line in good if not line.wrong]
    there = [(name, number, post) for name, file in files.items() for number, post in _posts(file)]
    matched = _match_posts(good, there)
    changes: list[Change] = []
    wanted: dict[str, dict[int, Data]] = {}
    added: dict[str, list[Data]] = {}
    removed: dict[str, list[int]] = {}
    origin: dict[tuple[str, str], Line] = {}
    for line in good:
        day = _day(line, matched.get(line.key))
        if day is None:
            continue
        target = f"{day:%Y-%m}.yaml"
        found, id = matched[line.key]
        old = found[2] if found else None
        data = _applied(line, old, id)
        changed = dict(differing(line, old))
        columns = tuple(changed)
        if found is None:
            action = NEW
            added.setdefault(target, []).append(data)
        elif found[0] != target:
            action = MOVED
            added.setdefault(target, []).append(data)
            removed.setdefault(found[0], []).append(found[1])
        else:
            action = CHANGED if columns else SAME
            if columns:
                wanted.setdefault(target, {})[found[1]] = data
            origin[target, str(found[1] + 1)] = line
        origin[target, clipped(id)] = line
        _known_words(work, line, columns)
        changes.append(
            Change(line.sheet, line.row.number, slug, id, action, columns, tuple(changed.values()))
        )
    edits: list[FileEdit] = []
    # Where posts arrive is written before where they leave: nothing is lost in between.
    for name in sorted({*wanted, *added, *removed}, key=lambda name: (name in removed, name)):
        file = files.get(name) or work.file(slug, name)
        try:
            text = _month_text(
                file, name, wanted.get(name, {}), added.get(name, []), removed.get(name, [])
            )
        except KitError as error:
            for (target, _), line in origin.items():
                if target == name:
                    line.tell("berkas-tidak-terbaca", str(error))
            continue
        _judge_month(work, slug, name, file, text, origin)
        if text != file.before:
            edits.append(FileEdit(file.path, text, file.seen))
    return changes, edits


def _match_posts(
    lines: Sequence[Line], there: Sequence[tuple[str, int, Data]]
) -> dict[tuple[str, int], tuple[tuple[str, int, Data] | None, str]]:
    """Each row with the post it speaks of and its id: by id, else by when it goes out."""
    by_id: dict[str, tuple[str, int, Data]] = {}
    twice: dict[str, str] = {}
    for entry in there:
        known = str(dig(entry[2], ("id",)) or "")
        if known and by_id.setdefault(known, entry) is not entry:
            twice[known] = " dan ".join(dict.fromkeys((by_id[known][0], entry[0])))
    found: dict[tuple[str, int], tuple[tuple[str, int, Data] | None, str]] = {}
    claimed: set[tuple[str, int]] = set()
    rows: dict[str, int] = {}
    for line in lines:
        id = line.text("id")
        if not id:
            continue
        if id in rows:
            line.tell(
                "id-ganda",
                f'id "{clipped(id)}" sudah dipakai di baris {rows[id]}.',
                "id",
                "Kosongkan untuk postingan baru.",
            )
            continue
        rows[id] = line.row.number
        if id in twice:  # which of them is meant, nobody can tell
            line.tell(
                "id-ganda",
                f'id "{clipped(id)}" dipakai dua postingan di {twice[id]}.',
                "id",
                "Beri id lain di salah satunya, lalu simpan tabelnya lagi.",
            )
            continue
        post = by_id.get(id)
        if post:
            claimed.add(post[:2])
        found[line.key] = (post, id)
    waiting: dict[tuple[str, ...], list[tuple[str, int, Data]]] = {}
    for entry in there:
        if entry[:2] not in claimed:
            waiting.setdefault(_moment(entry[2]), []).append(entry)
    made: dict[str, int] = {}
    for line in lines:
        if line.key in found or line.wrong:
            continue
        moment = (line.text("tanggal"), line.text("jam"), line.text("model"))
        same = waiting.get(moment)
        if same:
            entry = same.pop(0)
            found[line.key] = (entry, str(dig(entry[2], ("id",)) or ""))
            continue
        key = " ".join(moment)
        id = ""
        while not id or id in rows or id in by_id:
            made[key] = made.get(key, 0) + 1
            id = made_id(f"{key} {made[key]}")
        rows[id] = line.row.number
        found[line.key] = (None, id)
    return found


def _day(line: Line, match: tuple[tuple[str, int, Data] | None, str] | None) -> date | None:
    if match is None:
        return None
    said = line.text("tanggal")
    found = cell_date(said) if said else None
    day = None if isinstance(found, Finding) else found  # it was told with the other dates
    if not said:
        line.tell("wajib-diisi", '"tanggal" belum diisi.', "tanggal", "Isi tanggal tayang.")
    if day and not 2000 <= day.year <= 2100:
        line.tell(
            "tanggal-salah",
            f"tahun {day.year} terlalu jauh.",
            "tanggal",
            "Periksa angka tahunnya.",
        )
        return None
    return day


def _applied(line: Line, old: Data, id: str) -> Data:
    data: Data = deepcopy(old) if isinstance(old, dict) else {}
    for cell, said in line.values():
        if cell.name != "id":
            put(data, cell, said)
    if isinstance(data, dict) and old is None:
        data = {"id": id, **data}
    return pruned(data, old if isinstance(old, dict) else {})


def _known_words(work: Work, line: Line, columns: Sequence[str]) -> None:
    model = line.text("model")
    if "model" in columns and model and model not in work.templates:
        line.tell(
            "model-tidak-ada",
            f'model gambar "{clipped(model)}" tidak ada.',
            "model",
            nearest(model, sorted(work.templates)),
        )
    if "kanal" in columns:
        for word in re.split(r"[,;\n]", line.text("kanal")):
            if word.strip() and word.strip() not in work.channels:
                line.tell(
                    "kanal-tidak-dikenal",
                    f'tempat posting "{clipped(word.strip())}" tidak ada.',
                    "kanal",
                    nearest(word.strip(), list(work.channels)),
                )


def _judge_month(
    work: Work, slug: str, name: str, file: File, text: str, origin: Mapping[tuple[str, str], Line]
) -> None:
    month = date(int(name[:4]), int(name[5:7]), 1)

    def read(words: str) -> list[Finding]:
        findings = Findings()
        node, _ = parse(words, name)
        read_month(
            node,
            unit=slug,
            month=month,
            file=name,
            office=work.loaded.office,
            findings=findings,
        )
        return findings

    old = {(f.code, f.message, f.place.field) for f in read(file.before)} if file.before else set()
    for finding in read(text):
        match = _OF_POST.fullmatch(finding.place.field)
        line = origin.get((name, match[1])) if match else None
        if line is None or finding.level is not Level.ERROR:
            continue
        if (finding.code, finding.message, finding.place.field) not in old:
            top = (match[2] or "") if match else ""
            line.tell(finding.code, finding.message, column_of(line, top), finding.hint)


def _posts(file: File) -> Iterator[tuple[int, Data]]:
    posts = dig(file.data, ("postingan",))
    for number, post in enumerate(posts if isinstance(posts, list) else []):
        if isinstance(post, dict):
            yield number, post


def _moment(post: Data) -> tuple[str, ...]:
    return tuple(cell.said(post) for cell in _MOMENT)


def _month_text(
    file: File,
    name: str,
    wanted: Mapping[int, Data],
    added: Sequence[Data],
    removed: Sequence[int],
) -> str:
    text = file.before or f"bulan: {name[:7]}\npostingan:\n"
    old = dig(file.data, ("postingan",))
    if wanted and isinstance(old, list):
        new = [wanted.get(number, post) for number, post in enumerate(old)]
        text = spliced(text, {"postingan": old}, {"postingan": new})
    if added:
        lines: list[str] = []
        for post in added:
            lines += [*([""] if lines else []), *_written(post)]
        text = _add_posts(text, lines, first=not file.before)
    for number in sorted(removed, reverse=True):
        text = splice.remove_item(text, ("postingan", number))
    return text


def _add_posts(text: str, lines: Sequence[str], *, first: bool) -> str:
    if first:
        return text + "".join(f"  {line}\n" if line else "\n" for line in lines)
    return splice.add_written(text, ("postingan",), lines)


def _written(post: Data) -> list[str]:
    """A post as lines of a list, the hour in quotes as people are told to write it."""
    text = splice.set_value("", ("postingan",), [value_of(post)])
    lines = [line[2:] for line in text.splitlines()[1:]]
    return [re.sub(r"^(  jam: )(\d\d\.\d\d)$", r'\1"\2"', line) for line in lines]
