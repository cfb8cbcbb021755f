"""`content-kit import`: a filled sheet into the workspace, looked at first."""

from __future__ import annotations

from pathlib import Path

import click

from content_kit.cli.opening import outputs, today
from content_kit.cli.talk import Progress, exit_code, result, result_json, say, tell
from content_kit.cli.words import command as indonesian
from content_kit.cli.words import json_option, no_plans, replace_option, unit_option
from content_kit.errors import UsageError
from content_kit.files.workspace import Workspace
from content_kit.findings import has_errors
from content_kit.model import Zone
from content_kit.planning.intake import WORDS, Intake, write
from content_kit.planning.intake_complete import Answers
from content_kit.planning.intake_rows import CHANGED, SAME
from content_kit.tasks.importing import Trial, try_table


@indonesian("import")
@click.argument("file", metavar="BERKAS")
@click.option(
    "--workspace",
    default=".",
    metavar="FOLDER",
    help="Folder kerja. Bila tidak disebut: folder ini.",
)
@click.option(
    "--dry-run", is_flag=True, help="Lihat dulu apa yang terbaca; tidak ada yang ditulis."
)
@click.option(
    "--out",
    metavar="XLSX",
    callback=no_plans,
    help='Dengan --dry-run: simpan "begini yang terbaca" sebagai tabel untuk diperiksa.',
)
@click.option(
    "--good-rows",
    is_flag=True,
    help="Tulis baris yang sudah benar, lewati yang masih perlu diperbaiki.",
)
@click.option(
    "--all-rows", is_flag=True, help="Ikutkan juga baris dan lembar tersembunyi atau tidak aktif."
)
@unit_option
@click.option("--district", default="", metavar="KECAMATAN", help="Bila tabel tidak menyebutnya.")
@click.option("--regency", default="", metavar="KABUPATEN", help="Bila tabel tidak menyebutnya.")
@click.option("--zone", default="", metavar="ZONA", help="Bila kabupatennya tidak dikenal.")
@click.option(
    "--services", default="", metavar="LAYANAN", help="Layanan bagi yang belum menyebutnya."
)
@click.option(
    "--audience", default="", metavar="SASARAN", help="Sasaran bagi yang belum menyebutnya."
)
@click.option("--bring", default="", metavar="BAWAAN", help="Bawaan bagi yang belum menyebutnya.")
@replace_option
@json_option
def command(
    file: str,
    workspace: str,
    dry_run: bool,
    out: str | None,
    good_rows: bool,
    all_rows: bool,
    unit: str | None,
    district: str,
    regency: str,
    zone: str,
    services: str,
    audience: str,
    bring: str,
    replace: bool,
    as_json: bool,
) -> int:
    """Masukkan tabel XLSX atau CSV: rencana bulan, daftar posyandu, atau daftar orang.

    Bila ada baris yang perlu diperbaiki, tidak ada yang ditulis.
    """
    place = Workspace.open(Path(workspace))
    path = Path(file)
    if path.is_dir():
        raise UsageError(f'"{file}" itu folder. Sebut berkas tabelnya.')
    if not path.is_file():
        raise UsageError(f'Berkas "{file}" tidak ada.')
    if out and not dry_run:
        raise UsageError("--out hanya bersama --dry-run: tabel itu untuk diperiksa dulu.")
    answers = Answers(district, regency, zone.upper(), services, audience, bring)
    progress = Progress("Memeriksa", quiet=as_json)
    trial = try_table(
        place,
        path,
        today(Zone.WITA),
        answers=answers,
        unit=unit or "",
        all_rows=all_rows,
        progress=progress.show,
    )
    progress.clear()
    found = trial.good if good_rows else trial.whole
    seen: Path | None = None
    if out:
        door = outputs(replace=replace)
        seen = door.write(door.file(out, Path(), f"{path.stem}-terbaca.xlsx"), trial.workbook())
    written: list[str] = []
    if not dry_run:
        progress = Progress("Menulis", quiet=as_json)
        for number, saved in enumerate(write(found), 1):
            written.append(place.relative(saved))
            progress.show(number, len(found.edits))
        progress.clear()
    if as_json:
        result_json(_as_json(trial, found, written, dry_run=dry_run))
    else:
        _tell(trial, found, written, dry_run=dry_run, seen=seen)
    return exit_code(found.findings)


def _as_json(
    trial: Trial, found: Intake, written: list[str], *, dry_run: bool
) -> dict[str, object]:
    counts = {word: found.count(action) for action, word in WORDS.items()}
    return {
        "dry_run": dry_run,
        "new": counts["baru"],
        "changed": counts["diubah"],
        "moved": counts["pindah bulan"],
        "same": counts["sama"],
        "data_rows": found.rows,
        "bad_rows": found.bad_rows,
        "passed_rows": found.passed,
        "written": written,
        "rows": [change.as_json() for change in found.changes if change.action != SAME],
        "understood": [one.as_json() for one in trial.understood],
        "findings": [finding.as_json() for finding in found.findings],
    }


def _tell(
    trial: Trial, found: Intake, written: list[str], *, dry_run: bool, seen: Path | None
) -> None:
    tell(found.findings, on_stdout=dry_run)
    if dry_run:
        for one in trial.understood:
            rows = ", ".join(map(str, one.rows))
            result(f"baris {rows}, {one.unit}: {one.action}: {one.sentence()}")
        shown = {one.unit for one in trial.understood}
        for change in found.changes:
            if change.action != SAME and change.unit not in shown:
                columns = f": {', '.join(change.columns)}" if change.action == CHANGED else ""
                where = f"{change.sheet} baris {change.row}".strip()
                who = f"{change.unit} {change.id}".strip()
                result(f"{where}, {who}: {WORDS[change.action]}{columns}")
    for name in written:
        result(name)
    if seen:
        result(str(seen))
    say(found.summary())
    if dry_run:
        say("Ini baru percobaan: tidak ada yang ditulis.")
    elif has_errors(found.findings) and not written:
        say(
            "Belum ada yang ditulis. Perbaiki barisnya, atau pakai --good-rows untuk yang sudah benar."
        )
