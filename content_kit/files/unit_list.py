"""The list of units that an office expects to hear from: `calendars/daftar_unit.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from content_kit.errors import UsageError
from content_kit.files import save
from content_kit.files.headings import headings
from content_kit.files.overlay import present
from content_kit.files.paths import slugged
from content_kit.files.reader import Findings, Reader
from content_kit.files.records import emptied, read_node
from content_kit.files.rows import FAILED, held
from content_kit.files.safe_text import normal
from content_kit.files.splice import quoted
from content_kit.files.tables import read_table
from content_kit.files.workspace import Workspace
from content_kit.files.yaml import Map
from content_kit.findings import NOWHERE, Finding, Place, clipped

FILE: Final = "daftar_unit.yaml"
MAX_UNITS: Final = 10_000
MAX_WORD: Final = 120

_KEYS: Final = ("unit", "nama", "desa", "kecamatan", "kabupaten", "kode_wilayah")
_OURS: Final = "# Dibuat dari tabel dengan content-kit roster expect; impor lagi untuk memperbarui."


@dataclass(frozen=True, slots=True)
class ListedUnit:
    """A unit that the office expects; `id` is the posyandu's permanent id or its folder's name."""

    id: str
    name: str
    village: str = ""
    district: str = ""
    regency: str = ""
    region_code: str = ""
    at: Place = NOWHERE


def load_unit_list(workspace: Workspace) -> tuple[tuple[ListedUnit, ...] | None, list[Finding]]:
    """The units that are expected, with what is wrong in the list; None when there is no list."""
    path = list_path(workspace)
    if not present(path):
        return None, []
    file = workspace.relative(path)
    node, problems = read_node(path, workspace.root, file)
    if not isinstance(node, Map):
        if node is None and not problems:
            problems = [emptied(file)]
        if not problems:
            problems = [
                Finding(
                    "nilai-salah", 'berkas ini harus berisi daftar "unit".', Place(file, 1, 1),
                    hint="Buat dari tabel dengan content-kit roster expect.",
                )
            ]  # fmt: skip
        return None, problems
    findings = Findings()
    top = Reader(node, findings)
    units = _unique(_units(top), findings)
    top.finish()
    return units, [*problems, *findings]


def list_path(workspace: Workspace) -> Path:
    """Where the list lies, there or not."""
    return workspace.root / "calendars" / FILE


def read_sheet(path: Path) -> tuple[tuple[ListedUnit, ...], list[Finding]]:
    """The units of an XLSX or CSV table, one a row, with what is wrong in it.

    The columns are known by their names in any order; a missing id is made of the places and
    the name, as `import` does for a new posyandu.
    """
    sheets, found = read_table(path, lambda titles: len(headings(titles)))
    findings = Findings()
    findings.extend(found)
    units: list[ListedUnit] = []
    for sheet in sheets:
        columns: Mapping[str, int] = {}
        for row in sheet.rows:
            if not columns:
                known = {key: at for key, at in headings(row.cells).items() if key in _KEYS}
                columns = known if "nama" in known and len(known) > 1 else {}
                continue
            at = Place(path.name, row.number, 1)
            words = {key: _word(row.cell(column)) for key, column in columns.items()}
            if not any(words.values()):
                continue
            failed = next((word for word in words.values() if FAILED.fullmatch(word)), "")
            unit = _of_words(words, at)
            if failed:
                message = f"rumus di baris ini gagal ({failed})."
                findings.at("nilai-salah", message, at, "Perbaiki atau kosongkan sel itu.")
            elif not unit.name:
                findings.at("wajib-diisi", '"nama" belum diisi.', at, "Isi nama posyandunya.")
            else:
                units.append(unit)
    if not units and not findings:
        findings.at(
            "kolom-tidak-dipakai" if not sheets else "nilai-salah",
            "tidak ada baris yang dapat dibaca.",
            Place(path.name, 1, 1),
            f"Baris pertama berisi nama kolom: {', '.join(_KEYS)}.",
        )
    return _unique(units, findings), list(findings)


def write_unit_list(
    workspace: Workspace, units: Sequence[ListedUnit], *, replace_own: bool = False
) -> None:
    """Write the list. One that a person wrote by hand is only replaced when that is asked for."""

    def new(old: str) -> str:
        if old.strip() and not old.startswith(_OURS) and not replace_own:
            raise UsageError(
                f"{FILE} sudah ada dan ditulis dengan tangan. Tambahkan --replace untuk menggantinya."
            )
        return "\n".join([_OURS, "unit:", *(f"  - {_line(unit)}" for unit in units)]) + "\n"

    save.edit(list_path(workspace), new, None)


def _units(top: Reader) -> Iterator[ListedUnit]:
    for number, item in enumerate(top.children("unit", name="unit", required=True)):
        if number >= MAX_UNITS:
            top.findings.at(
                "batas-terlampaui", f"ada lebih dari {MAX_UNITS} unit; sisanya tidak dibaca.",
                item.node.place, "Bagi menurut kabupaten.",
            )  # fmt: skip
            return
        words = {key: _word(item.text(key, required=key in ("unit", "nama"))) for key in _KEYS}
        at = replace(item.node.place, field=item.path)
        item.finish()
        if words["nama"] or words["unit"]:
            yield _of_words(words, at)


def _of_words(words: Mapping[str, str], at: Place) -> ListedUnit:
    name, village = words.get("nama", ""), words.get("desa", "")
    regency = words.get("kabupaten", "")
    made = slugged(f"{_bare(regency)} {village} {_bare(name)}")
    return ListedUnit(
        id=words.get("unit") or made,
        name=name or words.get("unit", ""),
        village=village,
        district=words.get("kecamatan", ""),
        regency=regency,
        region_code=words.get("kode_wilayah", ""),
        at=at,
    )


def _unique(units: Iterable[ListedUnit], findings: Findings) -> tuple[ListedUnit, ...]:
    first: dict[str, ListedUnit] = {}
    for unit in units:
        there = first.setdefault(unit.id, unit)
        if there is not unit:
            findings.at(
                "id-ganda",
                f'unit "{clipped(unit.id)}" sudah ada di baris {there.at.line}.',
                unit.at,
                "Hapus salah satu, atau beri id lain.",
            )
    return tuple(first.values())


def _word(text: str) -> str:
    return " ".join(normal(held(text)).split())[:MAX_WORD]


def _bare(name: str) -> str:
    """A name without the word that says what it is."""
    return re.sub(r"^(?:kabupaten|kab\.?|kota|posyandu)\s+", "", name, flags=re.IGNORECASE)


def _line(unit: ListedUnit) -> str:
    words = (unit.id, unit.name, unit.village, unit.district, unit.regency, unit.region_code)
    told = (f"{key}: {quoted(word)}" for key, word in zip(_KEYS, words, strict=True) if word)
    return "{" + ", ".join(told) + "}"
