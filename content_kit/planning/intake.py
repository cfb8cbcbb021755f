"""Sheets into files: what each row changes, what is wrong in it, and then the edits themselves.

Nothing is written while looking. A row is compared with what its file says cell by cell; only
cells that differ become edits, spliced into the text, so a sheet that comes back untouched
changes no byte. The new text is read with the same reader as any file before it is offered:
what that reader minds is told with the row and column it came from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from content_kit.errors import KitError, reason
from content_kit.files import save, splice
from content_kit.files.assets import load_channels
from content_kit.files.calendars import made_id, read_month, read_posyandu
from content_kit.files.paths import name_problem, safe_join, slugged
from content_kit.files.reader import Findings, read_date
from content_kit.files.safe_text import normal
from content_kit.files.tables import Row, Sheet, letter
from content_kit.files.workspace import Loaded, Workspace
from content_kit.files.yaml import parse
from content_kit.findings import Finding, Level, Place, clipped, has_errors, nearest
from content_kit.model import Posyandu, Zone
from content_kit.planning.sheets import (
    POSYANDU,
    SERVICE_DAY,
    Cell,
    Data,
    Headers,
    Kind,
    data_of,
    dig,
    headers_of,
)
from content_kit.schedule.words import understand
from content_kit.start import NewPosyandu, folder_name, unit_files

NEW: Final = "baru"
CHANGED: Final = "ubah"
MOVED: Final = "pindah"
SAME: Final = "sama"
_DERIVED: Final = frozenset({"hari", "zona", "unit"})
_MONTH_FILE: Final = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])\.yaml")
_OF_POST: Final = re.compile(r"postingan\[(.*?)\](?:\.(.*))?")
_OF_DAY: Final = re.compile(r"hari_buka\[(.*?)\](?:\.(.*))?")


@dataclass(frozen=True, slots=True)
class Change:
    """What one row does: `action` is baru, ubah, pindah or sama; `columns` are those that differ."""

    sheet: str
    row: int
    unit: str
    id: str
    action: str
    columns: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The published shape of one row."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "unit": self.unit,
            "id": self.id,
            "action": self.action,
            "columns": list(self.columns),
        }


@dataclass(frozen=True, slots=True)
class FileEdit:
    """A file to write: its new text, and the version (`save.Version.digest`) it was made from."""

    path: Path
    text: str
    seen: str


@dataclass(frozen=True, slots=True)
class Intake:
    """What an import would do: a change for each good row, the edits, and every finding."""

    changes: tuple[Change, ...] = ()
    edits: tuple[FileEdit, ...] = ()
    findings: tuple[Finding, ...] = ()
    bad_rows: int = 0

    def count(self, action: str) -> int:
        """How many rows do this."""
        return sum(change.action == action for change in self.changes)

    @property
    def blocked(self) -> bool:
        """Whether a finding of level error stands against writing everything."""
        return any(finding.level is Level.ERROR for finding in self.findings)


@dataclass(slots=True)
class _Line:
    """A row of a sheet by the names of its columns; `wrong` once something in it is."""

    file: str
    sheet: str
    row: Row
    columns: Mapping[str, tuple[int, Cell]]
    findings: list[Finding] = field(default_factory=list)

    @property
    def wrong(self) -> bool:
        return any(finding.level is Level.ERROR for finding in self.findings)

    @property
    def key(self) -> tuple[str, int]:
        return (self.sheet, self.row.number)

    def has(self, name: str) -> bool:
        return name in self.columns

    def text(self, name: str) -> str:
        """The canonical text of a cell; empty where the column is missing."""
        if name not in self.columns:
            return ""
        column, cell = self.columns[name]
        return cell.canon(self.row.cell(column))

    def at(self, name: str = "") -> Place:
        column = self.columns[name][0] if name in self.columns else 0
        where = f"{letter(column)}{self.row.number}"
        shown = f"{self.sheet} {where}".strip() + (f" ({name})" if name else "")
        return Place(self.file, self.row.number, column + 1, shown)

    def tell(self, code: str, message: str, name: str = "", hint: str = "") -> None:
        self.findings.append(Finding(code, message, self.at(name), hint=hint))

    def values(self) -> Iterator[tuple[Cell, str]]:
        for name, (_, cell) in self.columns.items():
            if cell.kind is not Kind.DERIVED and cell.path:
                yield cell, self.text(name)


def intake(
    workspace: Workspace,
    sheets: Iterable[Sheet],
    file: str,
    *,
    headers: Headers | None = None,
    good_rows: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Intake:
    """What importing these sheets would do. With `good_rows` the rows that are wrong are left out.

    `headers` are `headers_of(workspace)`, when they are at hand.
    """
    headers = headers or headers_of(workspace)
    findings: list[Finding] = []
    posts: list[_Line] = []
    units: list[_Line] = []
    known = False
    for sheet in sheets:
        kind, lines = _lines(sheet, headers, file, findings)
        known = known or bool(kind)
        if kind == "posts":
            posts += [line for line in lines if _says_something(line)]
        elif kind:
            units += [line for line in lines if any(map(line.text, line.columns))]
    if not known:
        findings.append(
            Finding(
                "berkas-tidak-terbaca",
                "tidak ada tabel yang dikenal di berkas ini.",
                Place(file, 1, 1),
                hint="Judul kolomnya: tanggal, jam, model … atau nama, desa, aturan …. "
                "Contohnya dari content-kit export xlsx --blank.",
            )
        )
    loaded = workspace.load(())
    work = _Work(workspace, loaded, progress)
    work.units(units)
    work.posts(posts)
    lines = [*units, *posts]
    told = [finding for line in lines for finding in line.findings]
    bad = [line for line in lines if line.wrong]
    intake = Intake(tuple(work.changes), tuple(work.edits), (*findings, *told), len(bad))
    if has_errors(findings) or (bad and not good_rows):
        return replace(intake, edits=())
    return intake


def write(intake: Intake) -> Iterator[Path]:
    """Save the edits, each file as it is done. ConflictError when a file moved on meanwhile."""
    for edit in intake.edits:
        text = edit.text
        save.edit(edit.path, lambda _, text=text: text, edit.seen)  # type: ignore[misc]
        yield edit.path


# From sheets to lines


def _lines(
    sheet: Sheet, headers: Headers, file: str, findings: list[Finding]
) -> tuple[str, list[_Line]]:
    """The kind of a sheet and its rows; title rows above the header are passed over."""
    for number, row in enumerate(sheet.rows[:30]):
        kind = headers.kind_of(row.cells)
        if kind:
            known = headers.post if kind == "posts" else headers.unit
            columns = _columns(row, known, file, sheet.name, findings)
            return kind, [_Line(file, sheet.name, row, columns) for row in sheet.rows[number + 1 :]]
    return "", []


def _columns(
    row: Row,
    known: Callable[[str], Cell | None],
    file: str,
    sheet: str,
    findings: list[Finding],
) -> dict[str, tuple[int, Cell]]:
    columns: dict[str, tuple[int, Cell]] = {}
    for number, title in enumerate(row.cells):
        if not title.strip():
            continue
        at = Place(file, row.number, number + 1, f"{sheet} {letter(number)}{row.number}".strip())
        cell = known(title)
        if cell is None:
            findings.append(
                Finding("kolom-tidak-dipakai", f'kolom "{clipped(title)}" tidak dipakai.', at)
            )
        elif cell.name in columns:
            findings.append(
                Finding(
                    "kunci-ganda",
                    f'kolom "{cell.name}" ada dua.',
                    at,
                    hint="Hapus salah satu.",
                )
            )
        else:
            columns[cell.name] = (number, cell)
    return columns


def _says_something(line: _Line) -> bool:
    return any(line.text(name) for name in line.columns if name not in _DERIVED)


# The work


@dataclass(slots=True)
class _File:
    """A file on its way: as it is, and the rows that touch it."""

    path: Path
    before: str
    seen: str
    data: Data
    lines: list[_Line] = field(default_factory=list)


class _Work:
    """Looks at every row and gathers the edits; one object for one import."""

    def __init__(
        self, workspace: Workspace, loaded: Loaded, progress: Callable[[int, int], None] | None
    ) -> None:
        self.workspace = workspace
        self.loaded = loaded
        self.progress = progress
        self.posyandu: dict[str, Posyandu] = dict(loaded.posyandu)
        self.changes: list[Change] = []
        self.edits: list[FileEdit] = []
        self.templates = frozenset(workspace.template_names())
        self.channels = load_channels(workspace)[0]

    def _tell(self, done: int, total: int) -> None:
        if self.progress is not None:
            self.progress(done, total)

    def _file(self, *parts: str) -> _File:
        path = safe_join(self.workspace.root / "calendars", *parts)
        try:
            version = save.read(path)
        except OSError as error:
            raise KitError(f"{path.name} tidak dapat dibuka: {reason(error)}.") from None
        node, findings = parse(version.text, path.name)
        if node is None and findings:
            raise KitError(f"{path.name} perlu diperbaiki dulu: {findings[0].message}")
        return _File(path, version.text, version.digest, data_of(node))

    # Lists of posyandu

    def units(self, lines: Sequence[_Line]) -> None:
        """Group the rows by posyandu, then change or create each."""
        groups = self._groups(lines)
        for number, (slug, group) in enumerate(groups.items(), 1):
            good = [line for line in group if not line.wrong]
            # A posyandu is one row of the village's life: with one row wrong none of it goes in.
            if len(good) == len(group):
                self._unit(slug, group)
            self._tell(number, len(groups))

    def _groups(self, lines: Sequence[_Line]) -> dict[str, list[_Line]]:
        groups: dict[str, list[_Line]] = {}
        named: dict[tuple[str, ...], str] = {
            _identity(unit.name, unit.village, unit.district, unit.regency): slug
            for slug, unit in self.posyandu.items()
        }
        before = ""
        for line in lines:
            slug = line.text("unit")
            name = line.text("nama")
            who = _identity(name, *(line.text(key) for key in ("desa", "kecamatan", "kabupaten")))
            if slug:
                problem = name_problem(slug) or (
                    "" if slugged(slug) == slug else "pakai huruf kecil, angka, dan -"
                )
                if problem and slug not in self.posyandu:
                    line.tell("jalur-terlarang", f'unit "{clipped(slug)}": {problem}.', "unit")
                    slug = before or "?"
            elif not name and not any(who) and before:
                slug = before  # merged or empty cells: one more service day of the same posyandu
            elif who in named:
                slug = named[who]
            else:
                slug = self._free(line, groups)
            if name:
                named.setdefault(who, slug)
            groups.setdefault(slug, []).append(line)
            before = slug
        return groups

    def _free(self, line: _Line, groups: Mapping[str, object]) -> str:
        """A folder name that nobody has: melati, else with the village, else with the district."""
        # On Windows "Melati" and "melati" are one folder.
        taken = {known.casefold() for known in (*groups, *self.posyandu)}
        slug = folder_name(normal(line.text("nama")))
        for more in ("", line.text("desa"), line.text("kecamatan"), line.text("kabupaten")):
            slug = f"{slug}-{slugged(more)}" if more else slug
            if slug not in taken:
                return slug
        number = 2
        while f"{slug}-{number}" in taken:
            number += 1
        return f"{slug}-{number}"

    def _unit(self, slug: str, lines: list[_Line]) -> None:
        first = lines[0]
        try:
            file = self._file(slug, "posyandu.yaml")
        except KitError as error:
            first.tell("berkas-tidak-terbaca", str(error), "unit")
            return
        path, folder = file.path, file.path.parent
        new = not file.before
        extra: dict[str, str] = {}
        if new:
            if not self._complete(lines):
                return
            extra = unit_files(_new_posyandu(first), slug)
            text = extra.pop("posyandu.yaml")
            file.data = data_of(parse(text, path.name)[0])
        else:
            text = file.before
        data = deepcopy(file.data)
        self._join(lines)
        for cell, said in first.values():
            if cell in POSYANDU:
                _put(data, cell, said)
        days = dig(data, ("hari_buka",))
        number_of, codes = self._match_days(lines, days if isinstance(days, list) else [], new=new)
        for line in lines:
            if line.key not in number_of:
                continue
            number = number_of[line.key]
            for cell, said in line.values():
                if cell in SERVICE_DAY:
                    _put(data, replace(cell, path=("hari_buka", number, *cell.path)), said)
            if not dig(data, ("hari_buka", number, "id")):
                _put(data, Cell("id", ("hari_buka", number, "id")), codes[number])
        try:
            after = _spliced(text, file.data, _pruned(data, file.data))
        except KitError as error:
            first.tell("berkas-tidak-terbaca", str(error), "unit")
            return
        posyandu = self._judge_unit(slug, path, file.before, after, lines, number_of)
        if posyandu is None or any(line.wrong for line in lines):
            return
        self.posyandu[slug] = posyandu
        for line in lines:
            own = tuple(_differing(line, None if new else file.data, number_of.get(line.key)))
            action = NEW if new else CHANGED if own and after != file.before else SAME
            self.changes.append(Change(line.sheet, line.row.number, slug, posyandu.id, action, own))
        if after != file.before:
            self.edits.append(FileEdit(path, after, file.seen))
        for name, words in extra.items():
            there = save.read(folder / name)
            if not there.text:
                self.edits.append(FileEdit(folder / name, words, there.digest))

    def _complete(self, lines: Sequence[_Line]) -> bool:
        """Whether a new posyandu has all it needs; each gap is told with its row."""
        first = lines[0]
        needed = ["nama", "desa", "kecamatan", "kabupaten", "zona"]
        day = ["aturan", "jam", "tempat"]
        needed += day if any(first.text(name) for name in day) else []
        for name in needed:
            if not first.text(name):
                first.tell("wajib-diisi", f'"{name}" belum diisi.', name, f'Isi kolom "{name}".')
        zone = first.text("zona").upper()
        if zone and zone not in Zone.__members__:
            first.tell(
                "nilai-salah",
                f'zona "{clipped(zone)}" tidak dikenal.',
                "zona",
                "Pilih WIB, WITA, atau WIT.",
            )
        return not first.wrong

    def _join(self, lines: Sequence[_Line]) -> None:
        """Further rows may leave the posyandu's cells empty, but not contradict or repeat them."""
        first = lines[0]
        days: dict[tuple[str, ...], _Line] = {}
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
                if _identity(said) != _identity(first.text(cell.name)):
                    line.tell(
                        "nilai-salah",
                        f'"{cell.name}" berbeda dari baris {first.row.number}.',
                        cell.name,
                        "Samakan, atau kosongkan di baris ini.",
                    )

    def _match_days(
        self, lines: Sequence[_Line], days: Sequence[Data], *, new: bool
    ) -> tuple[dict[tuple[str, int], int], dict[int, str]]:
        """Which service day each row speaks of: by its code, else the same rule, else the order."""
        found: dict[tuple[str, int], int] = {}
        ids = [str(dig(day, ("id",)) or "") for day in days]
        speaking = [
            line for line in lines if any(line.text(name) for name in ("aturan", "jam", "tempat"))
        ]
        taken: set[int] = set()

        def take(line: _Line, number: int) -> None:
            found[line.key] = number
            taken.add(number)

        if new and days:
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
        self,
        slug: str,
        path: Path,
        before: str,
        after: str,
        lines: Sequence[_Line],
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
            name = (
                {"id": "kode_hari_buka", "nama": "nama_hari_buka"}.get(top, top) if match else top
            )
            line.tell(finding.code, finding.message, _column_of(line, name), finding.hint)
        for line in lines:
            rule = line.text("aturan")
            if rule:
                for finding in understand(rule)[1]:
                    line.tell(finding.code, finding.message, "aturan", finding.hint)
        if posyandu is None and not any(line.wrong for line in lines):
            lines[0].tell("nilai-salah", "posyandu ini belum lengkap.", "zona", "Isi zona.")
        return posyandu

    # Posts

    def posts(self, lines: Sequence[_Line]) -> None:
        """Match every row with a post, then change or create it, file by file."""
        by_unit: dict[str, list[_Line]] = {}
        for line in lines:
            slug = self._unit_of(line)
            if slug:
                by_unit.setdefault(slug, []).append(line)
        for number, (slug, group) in enumerate(by_unit.items(), 1):
            while True:
                bad = sum(line.wrong for line in group)
                changes, edits = self._month_files(slug, group)
                if sum(line.wrong for line in group) == bad:
                    break
            self.changes += changes
            self.edits += edits
            self._tell(number, len(by_unit))

    def _unit_of(self, line: _Line) -> str:
        said = line.text("unit")
        if not said and len(self.posyandu) == 1:
            return next(iter(self.posyandu))
        names = {unit.name.casefold(): slug for slug, unit in self.posyandu.items()}
        slug = said if said in self.posyandu else names.get(said.casefold(), "")
        if not slug:
            message = (
                f'posyandu "{clipped(said)}" tidak ada.' if said else "posyandu belum disebut."
            )
            hint = nearest(said, self.posyandu) or "Masukkan dulu daftar posyandunya."
            if said and self._is_there(said):
                message = f'posyandu.yaml di folder "{clipped(said)}" perlu diperbaiki dulu.'
                hint = "Lihat apa yang perlu dengan content-kit check."
            line.tell("nilai-salah" if said else "wajib-diisi", message, "unit", hint)
            return ""
        zone = line.text("zona").upper()
        if zone and zone != self.posyandu[slug].zone.name:
            line.tell(
                "nilai-salah",
                f"zona posyandu ini {self.posyandu[slug].zone.name}, di sini tertulis {clipped(zone)}.",
                "zona",
                "Tulis jam menurut zona posyandu.",
            )
        return slug

    def _is_there(self, slug: str) -> bool:
        try:
            path = safe_join(self.workspace.root / "calendars", slug, "posyandu.yaml")
        except KitError:
            return False
        return path.is_file()

    def _month_files(
        self, slug: str, lines: Sequence[_Line]
    ) -> tuple[list[Change], list[FileEdit]]:
        """The changes and edits of one unit by those of its rows that are not wrong."""
        good = [line for line in lines if not line.wrong]
        files: dict[str, _File] = {}
        folder = safe_join(self.workspace.root / "calendars", slug)
        for path in sorted(folder.glob("*.yaml")):
            if _MONTH_FILE.fullmatch(path.name):
                try:
                    files[path.name] = self._file(slug, path.name)
                except KitError as error:
                    for line in good:
                        if line.text("tanggal").startswith(path.stem):
                            line.tell("berkas-tidak-terbaca", str(error), "tanggal")
        good = [line for line in good if not line.wrong]
        there = [
            (name, number, post) for name, file in files.items() for number, post in _posts(file)
        ]
        matched = self._match_posts(good, there)
        changes: list[Change] = []
        wanted: dict[str, dict[int, Data]] = {}
        added: dict[str, list[Data]] = {}
        removed: dict[str, list[int]] = {}
        origin: dict[tuple[str, str], _Line] = {}
        for line in good:
            day = self._day(line, matched.get(line.key))
            if day is None:
                continue
            target = f"{day:%Y-%m}.yaml"
            found, id = matched[line.key]
            old = found[2] if found else None
            data = self._applied(line, old, id)
            columns = tuple(_differing(line, old))
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
            self._known_words(line, columns)
            changes.append(Change(line.sheet, line.row.number, slug, id, action, columns))
        edits: list[FileEdit] = []
        # Where posts arrive is written before where they leave: nothing is lost in between.
        for name in sorted({*wanted, *added, *removed}, key=lambda name: (name in removed, name)):
            file = files.get(name) or self._file(slug, name)
            try:
                text = _month_text(
                    file, name, wanted.get(name, {}), added.get(name, []), removed.get(name, [])
                )
            except KitError as error:
                for (target, _), line in origin.items():
                    if target == name:
                        line.tell("berkas-tidak-terbaca", str(error))
                continue
            self._judge_month(slug, name, file, text, origin)
            if text != file.before:
                edits.append(FileEdit(file.path, text, file.seen))
        return changes, edits

    def _match_posts(
        self, lines: Sequence[_Line], there: Sequence[tuple[str, int, Data]]
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

    def _day(
        self, line: _Line, match: tuple[tuple[str, int, Data] | None, str] | None
    ) -> date | None:
        if match is None:
            return None
        said = line.text("tanggal")
        findings = Findings()
        day = read_date(said, line.at("tanggal"), findings) if said else None
        for finding in findings:
            line.tell(
                finding.code,
                finding.message,
                "tanggal",
                "Tulis misalnya 07/12/2026 atau 2026-12-07.",
            )
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

    def _applied(self, line: _Line, old: Data, id: str) -> Data:
        data: Data = deepcopy(old) if isinstance(old, dict) else {}
        for cell, said in line.values():
            if cell.name != "id":
                _put(data, cell, said)
        if isinstance(data, dict) and old is None:
            data = {"id": id, **data}
        return _pruned(data, old if isinstance(old, dict) else {})

    def _known_words(self, line: _Line, columns: Sequence[str]) -> None:
        model = line.text("model")
        if "model" in columns and model and model not in self.templates:
            line.tell(
                "model-tidak-ada",
                f'model gambar "{clipped(model)}" tidak ada.',
                "model",
                nearest(model, sorted(self.templates)),
            )
        if "kanal" in columns:
            for word in re.split(r"[,;\n]", line.text("kanal")):
                if word.strip() and word.strip() not in self.channels:
                    line.tell(
                        "kanal-tidak-dikenal",
                        f'tempat posting "{clipped(word.strip())}" tidak ada.',
                        "kanal",
                        nearest(word.strip(), list(self.channels)),
                    )

    def _judge_month(
        self, slug: str, name: str, file: _File, text: str, origin: Mapping[tuple[str, str], _Line]
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
                office=self.loaded.office,
                findings=findings,
            )
            return findings

        old = (
            {(f.code, f.message, f.place.field) for f in read(file.before)}
            if file.before
            else set()
        )
        for finding in read(text):
            match = _OF_POST.fullmatch(finding.place.field)
            line = origin.get((name, match[1])) if match else None
            if line is None or finding.level is not Level.ERROR:
                continue
            if (finding.code, finding.message, finding.place.field) not in old:
                top = (match[2] or "") if match else ""
                line.tell(finding.code, finding.message, _column_of(line, top), finding.hint)


# Small parts


def _identity(*words: str) -> tuple[str, ...]:
    return tuple(" ".join(word.casefold().split()) for word in words)


def _new_posyandu(line: _Line) -> NewPosyandu:
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


def _posts(file: _File) -> Iterator[tuple[int, Data]]:
    posts = dig(file.data, ("postingan",))
    for number, post in enumerate(posts if isinstance(posts, list) else []):
        if isinstance(post, dict):
            yield number, post


_MOMENT: Final = (
    Cell("tanggal", ("tanggal",), Kind.DATE),
    Cell("jam", ("jam",), Kind.CLOCK),
    Cell("model", ("model",)),
)


def _moment(post: Data) -> tuple[str, ...]:
    return tuple(cell.said(post) for cell in _MOMENT)


def _differing(line: _Line, old: Data, day: int | None = None) -> Iterator[str]:
    """The names of the columns in which a row says something else than its file."""
    for cell, said in line.values():
        path = cell.path
        if cell in SERVICE_DAY:
            if day is None:
                continue
            path = ("hari_buka", day, *path)
        if cell.kept and not said:
            continue
        if cell.name != "id" and replace(cell, path=path).said(old) != said:
            yield cell.name


def _column_of(line: _Line, path: str) -> str:
    """The column that a field path of a finding belongs to."""
    steps = re.split(r"[.\[]", path)
    if steps[0] == "acara":
        return "tanggal_hari_buka" if path.endswith("tanggal") else "hari_buka"
    if steps[0] == "kontak":
        return steps[-1]
    return steps[0] if line.has(steps[0]) else ""


def _put(data: Data, cell: Cell, said: str) -> None:
    """Set what a cell says where it differs from what is there; an empty one takes it away."""
    if said == cell.said(data) or (cell.kept and not said):
        return
    value = cell.value(said) if said else None
    here = data
    for step, following in zip(cell.path, (*cell.path[1:], None), strict=True):
        fresh: Data = value if following is None else [] if isinstance(following, int) else {}
        if isinstance(here, dict) and isinstance(step, str):
            if following is None or not isinstance(here.get(step), type(fresh)):
                here[step] = fresh
            here = here[step]
        elif isinstance(here, list) and isinstance(step, int):
            here.extend([None] * (step + 1 - len(here)))
            if following is None or not isinstance(here[step], type(fresh)):
                here[step] = fresh
            here = here[step]


def _pruned(new: Data, old: Data) -> Data:
    """The new data without what was emptied; what was empty before stays as it was."""
    if new == old:
        return new
    if isinstance(new, dict):
        was = old if isinstance(old, dict) else {}
        kept = {key: _pruned(value, was.get(key)) for key, value in new.items()}
        return {
            k: v for k, v in kept.items() if v not in (None, {}, []) or (k in was and v == was[k])
        }
    if isinstance(new, list):
        old_items = old if isinstance(old, list) else []
        items = [
            _pruned(item, old_items[n] if n < len(old_items) else None)
            for n, item in enumerate(new)
        ]
        return [item for item in items if item not in (None, {}, [])]
    return new


def _month_text(
    file: _File,
    name: str,
    wanted: Mapping[int, Data],
    added: Sequence[Data],
    removed: Sequence[int],
) -> str:
    text = file.before or f"bulan: {name[:7]}\npostingan:\n"
    old = dig(file.data, ("postingan",))
    if wanted and isinstance(old, list):
        new = [wanted.get(number, post) for number, post in enumerate(old)]
        text = _spliced(text, {"postingan": old}, {"postingan": new})
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
    text = splice.set_value("", ("postingan",), [_value(post)])
    lines = [line[2:] for line in text.splitlines()[1:]]
    return [re.sub(r"^(  jam: )(\d\d\.\d\d)$", r'\1"\2"', line) for line in lines]


def _value(data: Data) -> splice.Value:
    if isinstance(data, dict):
        return {key: _value(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_value(item) for item in data]
    return data or ""


def _spliced(text: str, old: Data, new: Data) -> str:
    """The text after every difference between what it says and what it shall say."""
    sets: list[tuple[splice.Path, splice.Value]] = []
    adds: list[tuple[splice.Path, splice.Value]] = []
    removes: list[splice.Path] = []
    _differ(old, new, (), sets, adds, removes)
    try:
        text = splice.set_values(text, sets)
    except KitError:
        for path, value in sets:
            text = splice.set_value(text, path, value)
    for path, value in adds:
        text = splice.add_item(text, path, value)
    for path in reversed(removes):
        text = splice.remove_item(text, path)
    return text


def _differ(
    old: Data,
    new: Data,
    path: splice.Path,
    sets: list[tuple[splice.Path, splice.Value]],
    adds: list[tuple[splice.Path, splice.Value]],
    removes: list[splice.Path],
) -> None:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key, value in new.items():
            if key in old:
                _differ(old[key], value, (*path, key), sets, adds, removes)
            else:
                sets.append(((*path, key), _value(value)))
        removes += [(*path, key) for key in old if key not in new]
    elif isinstance(old, list) and isinstance(new, list) and old:
        for number, (before, after) in enumerate(zip(old, new, strict=False)):
            _differ(before, after, (*path, number), sets, adds, removes)
        adds += [(path, _value(item)) for item in new[len(old) :]]
        removes += [(*path, number) for number in range(len(new), len(old))]
    else:
        sets.append((path, _value(new)))
