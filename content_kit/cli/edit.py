"""`content-kit edit`: change the plan without telling anybody: service days, and single posts."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import time
from pathlib import Path

import click

from content_kit.cli import edit_post, opening
from content_kit.cli.opening import one_post, read_day, read_span, read_time
from content_kit.cli.talk import NO_POSTS, exit_code, result_json, say, tell
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
from content_kit.findings import Finding, Level
from content_kit.model import Post
from content_kit.planning import editing, handing
from content_kit.planning.change_order import Order
from content_kit.planning.editing import Edited
from content_kit.render import Press

_QUIET = "Direncanakan ulang"


@click.group("edit", cls=IndonesianGroup)
def command() -> None:
    """Ubah rencana tanpa pengumuman: isi, tambah, pindah, lewati, ganti, geser, salin, dan hapus."""


command.add_command(edit_post.set_fields)
command.add_command(edit_post.new)


_to_option = click.option("--to", metavar="TANGGAL", help="Hari barunya, misalnya 2026-12-10.")
_time_option = click.option("--time", "at", metavar="JAM", help="Jam barunya, misalnya 16.00.")


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
        hours=read_span(hours, "--time", workspace, unit) if hours else None,
    )  # fmt: skip
    return _quietly(workspace, order, out, dry_run=dry_run, as_json=as_json)


@command.command("shift", cls=IndonesianCommand)
@click.option("--days", type=int, metavar="HARI", help="Berapa hari: 7, atau -1.")
@_to_option
@_time_option
@week_option
@month_option
@unit_option
@post_option
@workspace_option
@dry_run_option
@json_option
def shift(
    days: int | None, to: str | None, at: str | None, week: str | None, month: str | None,
    unit: str | None, post: str | None, workspace: str, dry_run: bool, as_json: bool,
) -> int:  # fmt: skip
    """Geser postingan pilihan beberapa hari, atau satu postingan ke suatu hari."""
    if (days is None) == (to is None):
        raise UsageError("Sebut salah satu: --days 7 maju seminggu, atau --to 2026-12-10.")
    if not (week or month or post):
        raise UsageError("Sebut yang digeser: --week, --month, atau --post.")
    if to is None and at is not None:
        raise UsageError("--time hanya bersama --to.")
    if to is not None and not post:
        raise UsageError("--to memindahkan satu postingan: sebut --post ID.")

    def work(place: Workspace, loaded: Loaded) -> Edited:
        if to is not None:
            meant = one_post(loaded, post or "", unit)
            return editing.move(place, loaded, meant, read_day(to, "--to"), _time(at))
        press = Press(place, loaded)
        chosen = opening.selections(press, week=week, month=month, unit=unit, post=post)
        posts = {(p.unit, p.id): p for selection in chosen for p in press.select(selection)}
        return editing.shift(place, loaded, posts.values(), days or 0)

    return _edit(workspace, work, dry_run=dry_run, as_json=as_json)


@command.command("copy", cls=IndonesianCommand)
@click.argument("post", metavar="ID")
@click.argument("units", nargs=-1, metavar="[UNIT…]")
@_to_option
@_time_option
@unit_option
@workspace_option
@dry_run_option
@json_option
def copy(
    post: str, units: tuple[str, ...], to: str | None, at: str | None, unit: str | None,
    workspace: str, dry_run: bool, as_json: bool,
) -> int:  # fmt: skip
    """Salin satu postingan: ke posyandu lain pada hari bukanya sendiri, atau ke hari lain (--to)."""
    if bool(units) == (to is not None):
        raise UsageError("Sebut salah satu: posyandu tujuannya, atau --to untuk hari lain.")
    if to is None and at is not None:
        raise UsageError("--time hanya bersama --to.")

    def work(place: Workspace, loaded: Loaded) -> Edited:
        meant = one_post(loaded, post, unit)
        if to is not None:
            return editing.copy_to(place, loaded, meant, read_day(to, "--to"), _time(at))
        return editing.copy(place, loaded, meant, units)

    return _edit(workspace, work, dry_run=dry_run, as_json=as_json)


@command.command("delete", cls=IndonesianCommand)
@click.argument("posts", nargs=-1, required=True, metavar="ID…")
@unit_option
@workspace_option
@dry_run_option
@json_option
def delete(
    posts: tuple[str, ...], unit: str | None, workspace: str, dry_run: bool, as_json: bool
) -> int:
    """Hapus postingan dari rencana."""

    def work(place: Workspace, loaded: Loaded) -> Edited:
        meant = [one_post(loaded, id, unit) for id in dict.fromkeys(posts)]
        return editing.delete(place, loaded, meant)

    return _edit(workspace, work, dry_run=dry_run, as_json=as_json)


@command.command("duty", cls=IndonesianCommand)
@click.argument("post", metavar="ID")
@click.argument("person", metavar="ORANG", default="")
@workspace_option
@dry_run_option
@json_option
def duty(post: str, person: str, workspace: str, dry_run: bool, as_json: bool) -> int:
    """Beri satu postingan petugas lain; tanpa nama, petugasnya dikosongkan.

    Bila idnya dipakai beberapa posyandu, tulis unit/id.
    """

    def work(place: Workspace, loaded: Loaded) -> Edited:
        return handing.give(place, loaded, _named(loaded, post), person)

    return _edit(workspace, work, dry_run=dry_run, as_json=as_json)


@command.command("swap", cls=IndonesianCommand)
@click.argument("one", metavar="ID")
@click.argument("other", metavar="ID")
@workspace_option
@dry_run_option
@json_option
def swap(one: str, other: str, workspace: str, dry_run: bool, as_json: bool) -> int:
    """Tukar petugas dua postingan."""

    def work(place: Workspace, loaded: Loaded) -> Edited:
        return handing.swap(place, loaded, _named(loaded, one), _named(loaded, other))

    return _edit(workspace, work, dry_run=dry_run, as_json=as_json)


def _named(loaded: Loaded, name: str) -> Post:
    """The post of an id, or of "unit/id" where several posyandu have it."""
    unit, _, id = name.rpartition("/")
    return one_post(loaded, id, unit or None)


def _time(text: str | None) -> time | None:
    return read_time(text, "--time") if text else None


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
    return exit_code(findings)
