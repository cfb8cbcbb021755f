"""Carries out a change of one service day: save, picture, pack, and what to send where."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from content_kit.cli import opening
from content_kit.cli.talk import result, result_json, say, tell
from content_kit.errors import KitError, SystemFailure, reason
from content_kit.files.workspace import Workspace
from content_kit.findings import Level, has_errors
from content_kit.pack.changed import Made, Traces, corrections, make
from content_kit.planning.change import Order, Outcome, change, headline
from content_kit.render import Press
from content_kit.review.events import Log, person
from content_kit.review.log import read_log
from content_kit.review.reviews import Reviews
from content_kit.schedule.dates import clock, long_date


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
    instant = opening.now()
    if not dry_run:
        workspace.fill_ids(None, random.SystemRandom())
    loaded = workspace.load(unit=_only(workspace, order.unit))
    if order.by:
        order = replace(order, by=person(order.by, loaded.people))
    posyandu = loaded.posyandu.get(order.unit)
    log = read_log(workspace, posyandu, loaded.people, instant) if posyandu else Log()
    outcome = change(workspace, loaded, order, instant, announce=announce, done=log.posted())
    if not dry_run:
        outcome.pages.save()
    press = Press(workspace, outcome.loaded)
    target = opening.output_folder(press, out)
    try:
        made = make(Reviews(press, instant), outcome, target, dry_run=dry_run)
    except (KitError, OSError) as error:
        if dry_run or not outcome.done:
            raise
        why = (
            f"{error.filename or target}: {reason(error)}." if isinstance(error, OSError) else error
        )
        with contextlib.suppress(OSError, KitError):  # no pack with the old facts waits to be sent
            Traces.of(outcome).remove(target)
        raise SystemFailure(
            f"{headline(outcome)}. Jadwalnya sudah tersimpan, tetapi gambarnya belum jadi: {why} "
            "Sesudah beres, jalankan perintah ini sekali lagi, atau content-kit pack."
        ) from error
    if as_json:
        result_json(_as_json(outcome, made, press, dry_run=dry_run))
    else:
        _say(outcome, made, press, dry_run=dry_run)
    return 1 if has_errors(made.findings) else 0


def _only(workspace: Workspace, unit: str) -> str | None:
    """The unit alone when there is one of this name: an office has hundreds."""
    return unit if (workspace.root / "calendars" / unit).is_dir() else None


def _say(outcome: Outcome, made: Made, press: Press, *, dry_run: bool) -> None:
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
    for post, where, words in corrections(outcome, made, press):
        when = f"{long_date(post.date)}, {clock(post.time)}"
        say(f"Sudah terkirim dengan keterangan lama: {post.id}, {when}, di {where}. Kirim di sana:")
        _lines(words)
    if dry_run:
        say("Ini baru percobaan; tidak ada berkas yang diubah.")


def _lines(words: str) -> None:
    for line in words.strip().splitlines():
        say(f"    {line}".rstrip())


def _as_json(outcome: Outcome, made: Made, press: Press, *, dry_run: bool) -> Mapping[str, object]:
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
            for post, where, words in corrections(outcome, made, press)
        ],
        "findings": [found.as_json() for found in made.findings],
    }
