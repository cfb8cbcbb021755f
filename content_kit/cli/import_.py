"""`content-kit import`: a filled sheet into the workspace, looked at first."""

from __future__ import annotations

from pathlib import Path

import click

from content_kit.cli.talk import Progress, result, result_json, say, tell
from content_kit.cli.words import command as indonesian
from content_kit.cli.words import json_option
from content_kit.errors import UsageError
from content_kit.files.tables import read_table
from content_kit.files.workspace import Workspace
from content_kit.findings import has_errors
from content_kit.planning.intake import Intake, intake, write
from content_kit.planning.intake_rows import CHANGED, MOVED, NEW, SAME
from content_kit.planning.sheets import headers_of

_WORDS = {NEW: "baru", CHANGED: "diubah", MOVED: "pindah bulan", SAME: "tidak berubah"}


@indonesian("import")
@click.argument("file", metavar="BERKAS")
@click.option(
    "--workspace",
    default=".",
    metavar="FOLDER",
    help="Folder kerja. Bila tidak disebut: folder ini.",
)
@click.option(
    "--dry-run", is_flag=True, help="Lihat dulu apa yang akan berubah; tidak ada yang ditulis."
)
@click.option(
    "--good-rows",
    is_flag=True,
    help="Tulis baris yang sudah benar, lewati yang masih perlu diperbaiki.",
)
@json_option
def command(file: str, workspace: str, dry_run: bool, good_rows: bool, as_json: bool) -> int:
    """Masukkan tabel XLSX atau CSV: rencana bulan atau daftar posyandu.

    Bila ada baris yang perlu diperbaiki, tidak ada yang ditulis.
    """
    place = Workspace.open(Path(workspace))
    path = Path(file)
    if path.is_dir():
        raise UsageError(f'"{file}" itu folder. Sebut berkas tabelnya.')
    if not path.is_file():
        raise UsageError(f'Berkas "{file}" tidak ada.')
    headers = headers_of(place)
    sheets, findings = read_table(path, headers.count)
    found = Intake(findings=tuple(findings))
    if not findings:
        progress = Progress("Memeriksa", quiet=as_json)
        found = intake(
            place, sheets, path.name, headers=headers, good_rows=good_rows, progress=progress.show
        )
        progress.clear()
    written: list[str] = []
    if not dry_run:
        progress = Progress("Menulis", quiet=as_json)
        for number, saved in enumerate(write(found), 1):
            written.append(place.relative(saved))
            progress.show(number, len(found.edits))
        progress.clear()
    if as_json:
        result_json(_as_json(found, written, dry_run=dry_run))
    else:
        _tell(found, written, dry_run=dry_run)
    return 1 if has_errors(found.findings) else 0


def _as_json(found: Intake, written: list[str], *, dry_run: bool) -> dict[str, object]:
    return {
        "dry_run": dry_run,
        "new": found.count(NEW),
        "changed": found.count(CHANGED),
        "moved": found.count(MOVED),
        "same": found.count(SAME),
        "bad_rows": found.bad_rows,
        "written": written,
        "rows": [change.as_json() for change in found.changes if change.action != SAME],
        "findings": [finding.as_json() for finding in found.findings],
    }


def _tell(found: Intake, written: list[str], *, dry_run: bool) -> None:
    tell(found.findings, on_stdout=dry_run)
    if dry_run:
        for change in found.changes:
            if change.action != SAME:
                columns = f": {', '.join(change.columns)}" if change.action == CHANGED else ""
                where = f"{change.sheet} baris {change.row}".strip()
                result(f"{where}, {change.unit} {change.id}: {_WORDS[change.action]}{columns}")
    for name in written:
        result(name)
    counts = [f"{found.count(key)} {word}" for key, word in _WORDS.items() if found.count(key)]
    told = ", ".join(counts) or "tidak ada baris yang dibaca"
    if found.bad_rows:
        told += f", {found.bad_rows} perlu diperbaiki"
    say(f"{told[0].upper()}{told[1:]}.")
    if dry_run:
        say("Ini baru percobaan: tidak ada yang ditulis.")
    elif has_errors(found.findings) and not written:
        say(
            "Belum ada yang ditulis. Perbaiki barisnya, atau pakai --good-rows untuk yang sudah benar."
        )
