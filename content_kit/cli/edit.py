"""`content-kit edit`: move, skip or replace a service day quietly, shift posts, copy a post."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import click

from content_kit.cli import opening
from content_kit.cli.opening import read_day, read_span
from content_kit.cli.talk import NO_POSTS, result_json, say, tell
from content_kit.cli.words import (
    F,
    IndonesianCommand,
    IndonesianGroup,
    dry_run_option,
    json_option,
    month_option,
    out_option,
    post_option,
    unit_option,
    week_option,
    workspace_option,
)
from content_kit.errors import UsageError
from content_kit.files.workspace import Loaded, Workspace
from content_kit.findings import Finding, Level, has_errors
from content_kit.planning.change import Order
from content_kit.planning.editing import Edited
from content_kit.planning.editing import copy as copy_post
from content_kit.planning.editing import shift as shift_posts
from content_kit.render import Press

_QUIET = "Direncanakan ulang"


@click.group("edit", cls=IndonesianGroup)
def command() -> None:
    """Ubah rencana tanpa pengumuman: pindah, lewati, ganti, geser, dan salin."""


def _day_options(function: F) -> F:
    for option in (
        json_option,
        dry_run_option,
        out_option,
        workspace_option,
        click.option("--because", "reason", default=_QUIET, metavar="ALASAN", help="Alasannya."),
        click.option("--day", "service_day", default="", metavar="ID", help="Hari buka yang mana."),
        click.argument("day", metavar="TANGGAL"),
        click.argument("unit", metavar="UNIT"),
    ):
        function = option(function)
    return function


@command.command("move", cls=IndonesianCommand)
@_day_options
@click.option("--to", "moved_to", required=True, metavar="TANGGAL", help="Tanggal barunya.")
def move(
    unit: str, day: str, service_day: str, reason: str, moved_to: str, workspace: str,
    out: str | None, dry_run: bool, as_json: bool,
) -> int:  # fmt: skip
    """Pindahkan satu hari buka beserta postingannya, tanpa pengumuman."""
    order = Order(
        unit, read_day(day, "TANGGAL"), reason, service_day, moved_to=read_day(moved_to, "--to")
    )
    return _quietly(workspace, order, out, dry_run=dry_run, as_json=as_json)


@command.command("skip", cls=IndonesianCommand)
@_day_options
def skip(
    unit: str, day: str, service_day: str, reason: str, workspace: str, out: str | None,
    dry_run: bool, as_json: bool,
) -> int:  # fmt: skip
    """Lewati satu hari buka: postingannya dihapus, tanpa pengumuman."""
    order = Order(unit, read_day(day, "TANGGAL"), reason, service_day, cancelled=True)
    return _quietly(workspace, order, out, dry_run=dry_run, as_json=as_json)


@command.command("replace", cls=IndonesianCommand)
@_day_options
@click.option("--place", default="", metavar="TEMPAT", help="Tempat lain.")
@click.option("--time", "hours", metavar="JAM", help="Jam lain, misalnya 08.00-11.00.")
@click.option("--home-visit", is_flag=True, help="Kader yang datang ke rumah.")
def replace(
    unit: str, day: str, service_day: str, reason: str, place: str, hours: str | None,
    home_visit: bool, workspace: str, out: str | None, dry_run: bool, as_json: bool,
) -> int:  # fmt: skip
    """Ganti tempat atau jam satu hari buka, tanpa pengumuman."""
    order = Order(
        unit, read_day(day, "TANGGAL"), reason, service_day, place=place, home_visit=home_visit,
        hours=read_span(hours, "--time") if hours else None,
    )  # fmt: skip
    return _quietly(workspace, order, out, dry_run=dry_run, as_json=as_json)


@command.command("shift", cls=IndonesianCommand)
@click.option("--days", type=int, required=True, metavar="HARI", help="Berapa hari: 7, atau -1.")
@week_option
@month_option
@unit_option
@post_option
@workspace_option
@dry_run_option
@json_option
def shift(
    days: int, week: str | None, month: str | None, unit: str | None, post: str | None,
    workspace: str, dry_run: bool, as_json: bool,
) -> int:  # fmt: skip
    """Geser postingan pilihan beberapa hari, maju atau mundur."""
    if not (week or month or post):
        raise UsageError("Sebut yang digeser: --week, --month, atau --post.")

    def work(place: Workspace, loaded: Loaded) -> Edited:
        press = Press(place, loaded)
        chosen = opening.selections(press, week=week, month=month, unit=unit, post=post)
        posts = {p.id: p for selection in chosen for p in press.select(selection)}
        return shift_posts(place, loaded, posts.values(), days)

    return _edit(workspace, work, dry_run=dry_run, as_json=as_json)


@command.command("copy", cls=IndonesianCommand)
@click.argument("post", metavar="ID")
@click.argument("units", nargs=-1, required=True, metavar="UNIT…")
@workspace_option
@dry_run_option
@json_option
def copy(post: str, units: tuple[str, ...], workspace: str, dry_run: bool, as_json: bool) -> int:
    """Salin satu postingan ke posyandu lain, pada hari bukanya sendiri."""
    return _edit(
        workspace,
        lambda place, loaded: copy_post(place, loaded, post, units),
        dry_run=dry_run,
        as_json=as_json,
    )


def _quietly(workspace: str, order: Order, out: str | None, *, dry_run: bool, as_json: bool) -> int:
    from content_kit.cli.changing import carry_out

    return carry_out(workspace, order, out=out, dry_run=dry_run, as_json=as_json, announce=False)


def _edit(
    folder: str, work: Callable[[Workspace, Loaded], Edited], *, dry_run: bool, as_json: bool
) -> int:
    place = Workspace.open(Path(folder))
    if not dry_run:
        place.fill_ids(None, random.SystemRandom())
    edited = work(place, place.load())
    if not dry_run:
        edited.pages.save()
    press = Press(place, edited.loaded)
    findings: list[Finding] = []
    for post in edited.loaded.posts():
        if post.id in edited.posts:
            findings += press.proof(post).findings
    if as_json:
        result_json(
            {
                "dry_run": dry_run,
                "changed": [{"file": done.file, "what": done.what} for done in edited.done],
                "posts": list(edited.posts),
                "notes": list(edited.notes),
                "findings": [found.as_json() for found in findings],
            }
        )
    else:
        for done in edited.done:
            say(f"- {done.file}: {done.what}")
        for note in edited.notes:
            say(note)
        tell(found for found in findings if found.level is not Level.INFO)
        if not edited.done:
            say(NO_POSTS)
        if dry_run:
            say("Ini baru percobaan; tidak ada berkas yang diubah.")
    return 1 if has_errors(findings) else 0
