"""`content-kit demo`: the main job on the fictional sample, from nothing to a finished pack."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from content_kit.cli.opening import all_findings, open_press, output_folder
from content_kit.cli.pack import describe
from content_kit.cli.render import render_all
from content_kit.cli.talk import result, say, tell
from content_kit.cli.words import command as indonesian
from content_kit.errors import UsageError
from content_kit.files.reader import Findings, read_date
from content_kit.findings import NOWHERE, Level, has_errors
from content_kit.pack.flat import FOLDER, pack
from content_kit.render import Selection
from content_kit.start import create_demo

_FOLDER: Final = "contoh-posyandu"


@indonesian("demo")
@click.argument("folder", required=False, metavar="[FOLDER]")
@click.option(
    "--date",
    "day",
    default="2026-12-07",
    metavar="TANGGAL",
    help="Isi contoh untuk hari buka pertama pada atau sesudah tanggal ini (2026-12-07).",
)
def command(folder: str | None, day: str) -> int:
    """Coba dulu: buat contoh posyandu rekaan lengkap dengan gambarnya.

    Posyandu dan orang di dalamnya rekaan. Folder yang sudah berisi tidak diubah.
    """
    findings = Findings()
    start = read_date(day, NOWHERE, findings)
    if start is None or not 2000 <= start.year <= 2100:
        said = f"{findings[0].message} {findings[0].hint}" if findings else "tahunnya terlalu jauh."
        raise UsageError(f"--date: {said}")
    root = create_demo(Path(folder) if folder else _free(Path(_FOLDER)), start)
    press = open_press(str(root))
    target = output_folder(press, None)
    proofs, events = render_all(press, [Selection()], target)
    told = all_findings(press, proofs)
    tell(f for f in told if f.level is Level.ERROR)
    for packed in pack(proofs, target):
        say(describe(packed))
    made = sum(event.event == "done" for event in events)
    say(f"{made} gambar contoh sudah jadi (posyandu dan orangnya rekaan).")
    say(f"Rencananya ada di {root / 'calendars'}. Gambarnya ada di folder ini:")
    result(str(target / FOLDER))
    return 1 if has_errors(told) else 0


def _free(folder: Path) -> Path:
    """The folder, or the first numbered one that does not exist yet: a demo may be run again."""
    number = 1
    free = folder
    while free.exists():
        number += 1
        free = folder.with_name(f"{folder.name}-{number}")
    return free
