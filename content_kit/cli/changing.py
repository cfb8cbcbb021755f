"""Carries out a change of one service day: save, picture, pack, and what to send where."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from content_kit.cli import opening
from content_kit.cli.pack import note_fast
from content_kit.cli.talk import result, result_json, say, tell
from content_kit.files.workspace import Workspace
from content_kit.findings import Finding, Level, has_errors
from content_kit.model import Post
from content_kit.pack.flat import FOLDER, Packed, pack
from content_kit.planning.change import Order, Outcome, change, correction, headline
from content_kit.render import Press, Proof
from content_kit.review.events import Log, read_log
from content_kit.review.gate import gate
from content_kit.review.reviews import Reviews
from content_kit.schedule.dates import clock, long_date
from content_kit.schedule.week import Week


@dataclass
class _Made:
    """What came out of a change besides the files: pictures, words, packs, findings."""

    pictures: list[str] = field(default_factory=list)
    words: str = ""
    packs: list[Packed] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    ready: Packed | None = None


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
    posyandu = loaded.posyandu.get(order.unit)
    log = read_log(workspace, posyandu, loaded.people, instant) if posyandu else Log()
    outcome = change(workspace, loaded, order, instant, announce=announce, done=log.posted())
    if not dry_run:
        outcome.pages.save()
    press = Press(workspace, outcome.loaded)
    target = opening.output_folder(press, out)
    made = _make(Reviews(press, instant), outcome, target, dry_run=dry_run)
    if as_json:
        result_json(_as_json(outcome, made, press, dry_run=dry_run))
    else:
        _say(outcome, made, press, dry_run=dry_run)
    return 1 if has_errors(made.findings) else 0


def _make(reviews: Reviews, outcome: Outcome, target: Path, *, dry_run: bool) -> _Made:
    """The announcement first, because it is needed now; then the weeks whose packs are out of date."""
    press = reviews.press
    made = _Made(findings=list(outcome.findings))
    posts = {post.id: post for post in outcome.loaded.posts(outcome.unit)}
    proofs: dict[str, Proof] = {}
    announced = posts.get(outcome.announcement)
    if announced is not None:
        proof = proofs[announced.id] = press.proof(announced)
        made.words = _short(proof)
        if not dry_run:
            events = list(press.write(proof, target))
            made.pictures = [str(target.joinpath(*proof.folder, f"{e.format}.jpg")) for e in events]
    for id in outcome.touched:
        if id in posts:
            proofs[id] = press.proof(posts[id])
    made.findings += (found for proof in proofs.values() for found in proof.findings)
    if not dry_run:
        for post in outcome.stale:
            press.discard(post, target)
        made.packs, held = _repack(reviews, outcome, posts.values(), target, announced)
        made.findings += held
        if announced is not None:
            week = str(Week.of(announced.date))
            made.ready = next((packed for packed in made.packs if packed.week == week), None)
    return made


def _repack(
    reviews: Reviews, outcome: Outcome, posts: Iterable[Post], target: Path, announced: Post | None
) -> tuple[list[Packed], list[Finding]]:
    """Pack the announcement's week, and every week that had a pack with a post that moved.

    The second is what had to stay out for want of an approval.
    """
    press = reviews.press
    posts = list(posts)
    moved = [post for post in posts if post.id in outcome.touched]
    weeks = {str(Week.of(post.date)) for post in (*outcome.stale, *moved)}
    there = target / FOLDER / outcome.unit
    weeks = {week for week in weeks if (there / week).is_dir()}
    if announced is not None:
        weeks.add(str(Week.of(announced.date)))
    proofs = [press.proof(post) for post in posts if str(Week.of(post.date)) in weeks]
    for proof in proofs:
        for _ in press.write(proof, target):
            pass
    allowed = gate(reviews, proofs)
    packs = list(pack(proofs, target, allowed.held))
    note_fast(reviews, allowed)
    return packs, [*allowed.held.values(), *reviews.findings()]


def _only(workspace: Workspace, unit: str) -> str | None:
    """The unit alone when there is one of this name: an office has hundreds."""
    return unit if (workspace.root / "calendars" / unit).is_dir() else None


def _short(proof: Proof) -> str:
    """The text for WhatsApp, or the first there is."""
    texts = sorted(proof.texts, key=lambda text: text.channel.caption != "short")
    return texts[0].words if texts else ""


def _corrections(outcome: Outcome, made: _Made, press: Press) -> list[tuple[Post, str, str]]:
    """Each post that went out with the old facts: the post, where it is, what to send."""
    posyandu = outcome.loaded.posyandu[outcome.unit]
    found = []
    for told in outcome.told:
        names = [press.channels[id].name if id in press.channels else id for id in told.channels]
        found.append((told.post, ", ".join(names), correction(told, made.words, posyandu)))
    return found


def _say(outcome: Outcome, made: _Made, press: Press, *, dry_run: bool) -> None:
    if not outcome.done:
        say("Tidak ada yang berubah: perubahan ini sudah tercatat.")
    say(("Akan menjadi: " if dry_run else "") + headline(outcome))
    for done in outcome.done:
        say(f"- {done.file}: {done.what}")
    tell(found for found in made.findings if found.level is not Level.INFO)
    for picture in made.pictures:
        result(picture)
    if made.ready is not None:
        result(str(made.ready.folder))
    if made.words:
        say("Teks untuk WhatsApp:")
        _lines(made.words)
    for post, where, words in _corrections(outcome, made, press):
        when = f"{long_date(post.date)}, {clock(post.time)}"
        say(f"Sudah terkirim dengan keterangan lama: {post.id}, {when}, di {where}. Kirim di sana:")
        _lines(words)
    if dry_run:
        say("Ini baru percobaan; tidak ada berkas yang diubah.")


def _lines(words: str) -> None:
    for line in words.strip().splitlines():
        say(f"    {line}".rstrip())


def _as_json(outcome: Outcome, made: _Made, press: Press, *, dry_run: bool) -> Mapping[str, object]:
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
            for post, where, words in _corrections(outcome, made, press)
        ],
        "findings": [found.as_json() for found in made.findings],
    }
