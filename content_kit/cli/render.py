"""`content-kit render`: this week's pictures and texts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import click

from content_kit.cli import talk
from content_kit.cli.opening import (
    all_findings,
    month_span,
    open_press,
    output_folder,
    selections,
    today,
)
from content_kit.cli.talk import NO_POSTS, Progress, result, result_json, say, tell
from content_kit.cli.words import choice_options, json_option, out_option, workspace_argument
from content_kit.cli.words import command as indonesian
from content_kit.errors import SystemFailure, UsageError
from content_kit.files.paths import safe_join
from content_kit.files.save import atomic_write
from content_kit.findings import Finding, Level
from content_kit.pack.flat import forget
from content_kit.render import Event, Press, Proof, Selection, run
from content_kit.schedule.named import called
from content_kit.tasks.feed_grid import COUNTS, feed_grid

GRID_FILE: Final = "kisi.jpg"


@indonesian("render")
@workspace_argument
@choice_options
@out_option
@click.option(
    "--grid",
    type=click.Choice([str(count) for count in COUNTS]),
    metavar="9|12",
    help="Kisi: sekian postingan berikutnya dalam satu gambar, tiga sebaris, seperti di profil.",
)
@json_option
def command(
    workspace: str,
    week: str | None,
    month: str | None,
    post: str | None,
    unit: str | None,
    channel: str | None,
    out: str | None,
    grid: str | None,
    as_json: bool,
) -> int:
    """Buat gambar dan teks untuk minggu ini.

    Hanya yang berubah yang dibuat ulang. Gambar yang masih perlu diperbaiki diberi cap DRAF.
    """
    press = open_press(workspace, fill_ids=True)
    if grid:
        if week or post or channel:
            raise UsageError("--grid hanya dengan --unit, --month, dan --out.")
        target = output_folder(press, out)
        return _grids(press, unit, month, int(grid), target, as_json=as_json)
    chosen = selections(
        press, week=week, month=month, post=post, unit=unit, channel=channel, otherwise="ini"
    )
    target = output_folder(press, out)
    proofs, events = render_all(press, chosen, target, as_json=as_json)
    if out is None:
        clear_away(press, target)
    for pack in forget({proof.folder[:2] for proof in proofs if proof.forbidden}, target):
        say(f"Paket {pack} dihapus: ada gambar yang tidak boleh disebar. Buat lagi dengan pack.")
    findings = all_findings(press, proofs)
    if as_json:
        for event in broken_files(press.general_findings()):
            result_json(event.as_json())
    else:
        tell(f for f in findings if f.level is not Level.INFO)
        waiting = sum(proof.waiting for proof in proofs)
        _summarise(events, target, waiting, nothing=not proofs)
    return exit_code(findings, events)


def _grids(
    press: Press, unit: str | None, month: str | None, count: int, target: Path, *, as_json: bool
) -> int:
    """One picture of the coming feed for each posyandu."""
    if unit is not None:
        press.loaded.unit(unit)
    chosen = [unit] if unit is not None else sorted(press.loaded.posyandu)
    for slug in chosen:
        zone = press.loaded.posyandu[slug].zone
        try:
            made = feed_grid(press, slug, month_span(month)[0] if month else today(zone), count)
        except UsageError as error:
            if unit is not None:
                raise
            say(str(error))
            continue
        path = safe_join(target, slug, GRID_FILE)
        atomic_write(path, made.jpeg)
        if as_json:
            told = {"unit": slug, "path": str(path), "posts": [post.id for post in made.posts]}
            result_json({**told, "alike": [[a.id, b.id] for a, b in made.alike]})
            continue
        result(str(path))
        for one, other in made.alike:
            say(f"Mirip bersebelahan: {called(one)} dan {called(other)}.")
        if made.waiting:
            say(f"{made.waiting} kotak abu-abu: postingannya belum bergambar.")
    return 0


def exit_code(findings: Iterable[Finding], events: Iterable[Event]) -> int:
    """What the findings come to, and the disk's own code when it took nothing at all."""
    told = {event.event for event in events if event.post}
    refused = any(f.code == "hasil-tidak-tersimpan" for e in events for f in e.findings)
    if refused and told == {"failed"}:
        return SystemFailure.exit_code
    return talk.exit_code(findings)


def broken_files(findings: Iterable[Finding]) -> list[Event]:
    """What could not be read, as one failed event a file: a broken post has no picture to tell of."""
    by_file: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.level is Level.ERROR:
            by_file.setdefault(finding.place.file, []).append(finding)
    return [
        Event("failed", _unit_of(file), "", "", (), file, tuple(found))
        for file, found in by_file.items()
    ]


def _unit_of(file: str) -> str:
    parts = file.split("/")
    return parts[1] if len(parts) > 2 and parts[0] == "calendars" else ""


def clear_away(press: Press, target: Path) -> None:
    """Remove what earlier runs made of posts that are gone, in the workspace's own folder only.

    A folder that `--out` names may hold the results of other workspaces.
    """
    forget(press.forget(target), target)


def render_all(
    press: Press, chosen: list[Selection], target: Path, *, as_json: bool = False
) -> tuple[list[Proof], list[Event]]:
    """Render every selection with a bar; the proofs and what became of each picture."""
    proofs: list[Proof] = []
    events: list[Event] = []
    posts = [(selection, post) for selection in chosen for post in press.select(selection)]
    progress = Progress("Membuat gambar", quiet=as_json)
    for number, (proof, told) in enumerate(run(press, posts, target), 1):
        proofs.append(proof)
        events += told
        if as_json:
            for event in told:
                result_json(event.as_json())
        progress.show(number, len(posts))
    progress.clear()
    return proofs, events


def _summarise(events: list[Event], target: Path, waiting: int, *, nothing: bool) -> None:
    if nothing:
        say(NO_POSTS)
        return
    new = [event for event in events if event.event == "done"]
    same = sum(event.event == "skipped" for event in events)
    drafts = sum(event.draft and event.event != "failed" for event in events)
    failed = sum(event.event == "failed" for event in events)
    for event in new:
        result(event.path)
    parts = [f"{len(new)} gambar dibuat", f"{same} tidak berubah"]
    if drafts:
        parts.append(f"{drafts} masih DRAF")
    if waiting:
        parts.append(f"{waiting} postingan menunggu isian")
    if failed:
        parts.append(f"{failed} tidak dibuat")
    say(f"{', '.join(parts)}. Hasilnya di {target}.")
