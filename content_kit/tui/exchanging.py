"""The work behind Tukar: a month into files for other programs, and sheets looked at before they are taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final

from content_kit.files.outputs import Outputs, Wishes
from content_kit.files.user_folders import outputs_file
from content_kit.files.workspace import Loaded, Workspace
from content_kit.findings import Finding, Level
from content_kit.pack.bulk import bulk
from content_kit.planning import exporting
from content_kit.planning.intake import pages_of
from content_kit.planning.pages import Pages
from content_kit.render import Press
from content_kit.review.reviews import Reviews
from content_kit.roster.rows import title_of
from content_kit.schedule.dates import month_name
from content_kit.tasks import calendar_files
from content_kit.tasks.importing import Trial
from content_kit.tui.jobs import Act, Report, Step
from content_kit.tui.naming import named_file, named_post

KINDS: Final = {
    "xlsx": "tabel Excel (XLSX)",
    "csv": "tabel CSV, untuk program tabel apa pun",
    "ics": "kalender untuk ponsel (ICS)",
    "buffer": "berkas unggahan Buffer",
    "publer": "berkas unggahan Publer",
}
"""What a month can be saved as."""

_SUFFIXES: Final = frozenset({".xlsx", ".csv"})
_MOST: Final = 30


def export_month(
    root: Path,
    kind: str,
    month: date,
    units: Sequence[str] | None,
    channel: str,
    now: datetime,
    ask: Wishes,
    step: Step,
) -> Report:
    """A month as files in `keluaran/ekspor/`; `ask` is for files that somebody else has there."""
    workspace = Workspace.open(root)
    notes = []
    if kind in ("xlsx", "csv"):
        step(0, 1)
        made = exporting.table(workspace, kind, month, units)
    elif kind == "ics":
        made = calendar_files.export(workspace, month, units, now=now, today=now.date(), step=step)
    else:
        press = Press(workspace, workspace.load())
        made, passed = bulk(Reviews(press, now), kind, month, units, channel, step=step)
        notes += [_told(press.loaded, found) for found in passed.gate.held.values()][:_MOST]
        notes += passed.told()
        if made.files and made.zone:
            notes.append(f"Jam ditulis menurut {made.zone.name}; samakan zona waktu akunnya.")
            notes.append("Kolom gambar kosong: unggah gambarnya sendiri.")
    if made.left:
        notes.append(f"{made.left} postingan belum siap dan tidak ikut. Lihat Perbaikan (3).")
    if wrong := [found for found in made.findings if found.level is Level.ERROR]:
        notes += [_told(workspace.load(), found) for found in wrong]
    folder = exporting.folder(workspace)
    paths = made.write(Outputs(outputs_file(), ask), folder)
    when = f"{month_name(month)} {month.year}"
    if not paths:
        return Report(f"{when}: belum ada yang dapat disimpan", tuple(notes), wrong=True)
    lines = [f"{made.count} postingan.", *(workspace.relative(path) for path in paths), *notes]
    return Report(f"{when} sudah disimpan", tuple(lines), folder=folder)


def take(trial: Trial) -> Act:
    """The edit that takes a table in, and can be taken back."""
    chosen = trial.chosen

    def act(workspace: Workspace, _: Loaded) -> Pages:
        return pages_of(workspace, chosen)

    return act


def tables_in(*folders: Path) -> list[Path]:
    """The tables in these folders, the newest first; links and folders are left out."""
    found: dict[Path, float] = {}
    for folder in folders:
        try:
            for path in folder.iterdir():
                ours = path.suffix.lower() in _SUFFIXES and not path.name.startswith((".", "~"))
                if ours and path.is_file() and not path.is_symlink():
                    found[path] = path.stat().st_mtime
        except OSError:
            continue
    return sorted(found, key=lambda path: (-found[path], path.name))[:_MOST]


def _told(loaded: Loaded, finding: Finding) -> str:
    """A finding as one sentence in a report: the post or file by name, what, and the next step."""
    unit = "".join(finding.place.file.split("/")[1:2])
    post = next(
        (one for one in loaded.posts() if one.id == finding.post and one.unit == unit), None
    )
    about = named_file(loaded, finding)
    if post is not None:
        about = named_post(loaded, post, title_of(post) or post.pillar.label)
    return f"{about}: {finding.message} {finding.hint}".removeprefix(": ").rstrip()
