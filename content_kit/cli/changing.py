"""Carries out a change of one service day: save, picture, pack, and what to send where."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from content_kit.cli import opening
from content_kit.cli.talk import exit_code, result, result_json, say, tell
from content_kit.errors import KitError, SystemFailure, reason
from content_kit.files.workspace import Workspace
from content_kit.findings import Level
from content_kit.pack.changed import Made
from content_kit.planning.change import headline
from content_kit.planning.change_order import Order
from content_kit.schedule.dates import clock, long_date
from content_kit.tasks.change_day import Changed, change_day, last_announcement


def carry_out(
    folder: str,
    order: Order,
    *,
    out: str | None,
    dry_run: bool,
    as_json: bool,
    announce: bool = True,
) -> int:
    """Do what the order says, or only tell it; the exit code."""
    workspace = Workspace.open(Path(folder))
    target = opening.results_folder(workspace, out)
    now = opening.now()
    if announce and order.sent is None and not as_json and on_terminal():
        order = replace(order, sent=_ask(workspace, order, now))
    changed = change_day(
        workspace, order, now, target,
        save=None if dry_run else lambda pages, _: pages.save(),
        announce=announce,
    )  # fmt: skip
    if changed.made is None:
        raise _saved(changed, target) from changed.failure
    if as_json:
        result_json(_as_json(changed, changed.made, dry_run=dry_run))
    else:
        _say(changed, changed.made, dry_run=dry_run)
    return exit_code(changed.made.findings)


def on_terminal() -> bool:
    """Whether a person sits here who can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _saved(changed: Changed, target: Path) -> Exception:
    """What to say when the day is changed and its pictures failed: that comes first."""
    error = changed.failure
    assert error is not None
    if not isinstance(error, (KitError, OSError)):
        return error
    why = f"{error.filename or target}: {reason(error)}." if isinstance(error, OSError) else error
    return SystemFailure(
        f"{headline(changed.outcome)} Jadwalnya sudah tersimpan, tetapi gambarnya belum jadi: {why} "
        "Sesudah beres, jalankan perintah ini sekali lagi, atau content-kit pack."
    )


def _ask(workspace: Workspace, order: Order, now: datetime) -> bool | None:
    """On a terminal: whether the last announcement of the day was sent; None when all is known."""
    asked = last_announcement(workspace, workspace.load(), order, now)
    if asked is None:
        return None
    return click.confirm(asked.question, err=True, prompt_suffix=" ")


def _say(changed: Changed, made: Made, *, dry_run: bool) -> None:
    outcome = changed.outcome
    if not outcome.done:
        say("Tidak ada yang berubah: perubahan ini sudah tercatat.")
    say(("Akan menjadi: " if dry_run else "") + headline(outcome))
    for done in outcome.done:
        say(f"- {done.file}: {done.what}")
    tell(found for found in made.findings if found.level is not Level.INFO)
    for sentence in made.told:
        say(sentence)
    for picture in made.pictures:
        result(picture)
    if made.ready is not None:
        result(str(made.ready.folder))
    if made.words:
        say("Teks untuk WhatsApp:")
        _lines(made.words)
    for post, where, words in changed.corrections:
        when = f"{long_date(post.date)}, {clock(post.time)}"
        say(f"Sudah terkirim dengan keterangan lama: {post.id}, {when}, di {where}. Kirim di sana:")
        _lines(words)
    if changed.waiting is not None and not dry_run and outcome.done:
        say(
            f"Sesudah dikirim, catat: content-kit done {changed.waiting.post.id} --by NAMA "
            f"--channel {changed.waiting.channel}"
        )
    if dry_run:
        say("Ini baru percobaan; tidak ada berkas yang diubah.")


def _lines(words: str) -> None:
    for line in words.strip().splitlines():
        say(f"    {line}".rstrip())


def _as_json(changed: Changed, made: Made, *, dry_run: bool) -> Mapping[str, object]:
    outcome = changed.outcome
    return {
        "dry_run": dry_run,
        "unit": outcome.unit,
        "day": outcome.after.original.isoformat(),
        "now": headline(outcome),
        "changed": [{"file": done.file, "what": done.what} for done in outcome.done],
        "announcement": outcome.announcement,
        "pictures": made.pictures,
        "text": made.words,
        "pack": made.ready.folder.as_posix() if made.ready else "",
        "posted": [
            {"post": post.id, "where": where, "correction": words}
            for post, where, words in changed.corrections
        ],
        "findings": [found.as_json() for found in made.findings],
    }
