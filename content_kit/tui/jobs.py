"""The long work behind the buttons: each opens the workspace anew, tells its steps, and can be stopped.

Nothing here knows Textual. A job runs on a worker thread and owns its `Press`, so what another
program saved a moment ago is seen, and no cache is shared between threads.
"""

from __future__ import annotations

import contextlib
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

from content_kit.errors import KitError, SystemFailure, reason
from content_kit.files.merge import Side
from content_kit.files.paths import safe_join
from content_kit.files.user_folders import write_report
from content_kit.files.workspace import Loaded, Workspace
from content_kit.findings import Finding, Level, has_errors
from content_kit.model import Post, Zone
from content_kit.pack.flat import forget, pack
from content_kit.pack.release import release
from content_kit.pack.taken_back import clear
from content_kit.planning.change import headline
from content_kit.planning.change_order import Order
from content_kit.planning.clash import (
    Clashes,
    clash_in,
    clashes_of,
    put_copies_away,
    settled,
    told,
)
from content_kit.planning.desk import Desk
from content_kit.planning.history import History
from content_kit.planning.month import SEE_ABOVE
from content_kit.planning.pages import Pages
from content_kit.planning.situation import Case
from content_kit.planning.together import JOINED, Unmerged
from content_kit.render import WAITING, Press, Proof, Selection, run
from content_kit.review.reviews import Reviews
from content_kit.schedule.dates import long_date, month_name, short_date
from content_kit.schedule.named import called
from content_kit.schedule.week import Week
from content_kit.start import NewPosyandu, create, create_demo, next_service_day
from content_kit.tasks import change_day as task
from content_kit.tui import sending

FEW: Final = 5
"""So many lines of one kind a report has: on 24 lines the text to send is still in sight."""

Step: TypeAlias = Callable[[int, int], None]
"""Told after each step: how many are done, of how many."""


class Stopped(Exception):
    """Raised by a step when somebody wants the work to end."""


@dataclass(frozen=True)
class Ask:
    """One question below a report; `yes` writes the answer down for whoever gives it, in words."""

    words: str
    yes: Callable[[str], str]


@dataclass(frozen=True)
class Report:
    """What came of a job: a heading, sentences, perhaps a text to send, and where things lie."""

    heading: str
    lines: tuple[str, ...] = ()
    text: str = ""
    folder: Path | None = None
    wrong: bool = False
    ask: Ask | None = None


Job: TypeAlias = Callable[[Step], Report]


def apology(error: Exception) -> str:
    """One sentence for whatever a job could not do; a bug is written down."""
    if isinstance(error, KitError):
        return str(error)
    if isinstance(error, OSError):
        return f"{error.filename or 'Sistem'}: {reason(error)}. Periksa disk dan izin folder."
    place = write_report(error)
    told = f" Rinciannya ada di {place}." if place else ""
    return f"Maaf, ada yang salah di content-kit sendiri, bukan pada berkas Anda.{told}"


Act: TypeAlias = Callable[[Workspace, Loaded], Pages]
"""An edit: the pages as they will be, not yet saved. Raises KitError with a sentence when it cannot be."""


def edit(root: Path, history: History, act: Act, *, unit: str | None = None, what: str = "") -> str:
    """Carry out an edit on the workspace as it is now, and say what was done.

    `unit` reads only that posyandu. `what` is said and remembered for undo; without it the
    pages' own sentences are.
    """
    workspace = Workspace.open(root)
    workspace.fill_ids(None, random.SystemRandom(), unit)
    pages = act(workspace, workspace.load(unit=unit))
    said = what or " ".join(done.what for done in pages.done[:3])
    history.save(pages, said)
    joined = any(done.what == JOINED for done in pages.done)
    return f"{said} {JOINED}" if joined else said


def clash(root: Path, file: str) -> Clashes:
    """Two versions of a file that a finding is about, and what a merge comes to."""
    return Clashes((clash_in(Workspace.open(root), file),))


def clashes(error: Exception) -> Clashes | None:
    """What has to be decided before an edit can be saved, if that is what is wrong."""
    return clashes_of(error) if isinstance(error, Unmerged) else None


def settle(
    root: Path, history: History, clashes: Clashes, choices: Mapping[Path, Mapping[str, Side]]
) -> str:
    """Save what was decided, put the copies away, and say what was done."""
    workspace, said = Workspace.open(root), told(clashes)
    history.save(settled(workspace, clashes, choices), said)
    put_copies_away(clashes)
    return said


def check(root: Path, step: Step) -> Report:
    """Check every post of the workspace."""
    press = Press(Workspace.open(root), Workspace.open(root).load())
    posts = press.loaded.posts()
    findings: list[Finding] = press.general_findings()
    for number, post in enumerate(posts, 1):
        findings += press.proof_anyway(post).findings
        step(number, len(posts))
    errors, warnings = _count(findings, Level.ERROR), _count(findings, Level.WARNING)
    heading = "Semua beres" if not errors else f"{errors} hal perlu diperbaiki"
    lines = [f"{len(posts)} postingan diperiksa.", f"{warnings} hal lain perlu dilihat."]
    return Report(heading, tuple(lines if warnings else lines[:1]), wrong=bool(errors))


def make_week(root: Path, units: Iterable[str], day: date, now: datetime, step: Step) -> Report:
    """The pictures and texts of these units for the week of a day, packed and ready to send."""
    workspace = Workspace.open(root)
    # A folder that may only be read still gets its pictures, under derived ids.
    with contextlib.suppress(SystemFailure):
        workspace.fill_ids(None, random.SystemRandom())
    press = Press(workspace, workspace.load())
    week = Week.of(day)
    target = safe_join(root, "keluaran")
    chosen = [Selection(week.first, week.last, unit=unit) for unit in units]
    posts = [(each, post) for each in chosen for post in press.select(each)]
    proofs: list[Proof] = []
    step(0, len(posts))
    for number, (proof, _) in enumerate(run(press, posts, target), 1):
        proofs.append(proof)
        step(number, len(posts))
    forget({proof.folder[:2] for proof in proofs if proof.forbidden}, target)
    released = release(Reviews(press, now), proofs, target)
    packs = released.packs
    forget(press.forget(target), target)
    if not posts:
        return Report(
            f"Belum ada postingan, {short_date(week.first)} sampai {short_date(week.last)}",
            ('Tekan "Susun bulan ini" dulu, lalu kembali ke sini.',),
        )
    pictures = sum(name.endswith(".jpg") for each in packs for name in each.files)
    left = [proof for each in packs for proof in each.left_out]
    lines = [
        f"{press.loaded.posyandu[each.unit].name}: {_pictures(each.files)} gambar di "
        f"{workspace.relative(each.folder)}"
        for each in packs
    ]
    lines += few(
        grouped(_left_out(left, released.gate.held, many=len(packs) > 1)), "postingan lainnya"
    )
    lines += released.told()
    lines += [f"{each.problem.message} {each.problem.hint}" for each in packs if each.problem]
    if has_errors(press.loaded.findings):
        lines.append('Ada berkas yang belum terbaca. Lihat "Perlu diperbaiki".')
    folder = packs[0].folder if packs else target
    folder = folder if len(packs) < 2 else folder.parent.parent
    heading = f"{pictures} gambar siap dikirim" if pictures else "Belum ada gambar yang siap"
    return Report(heading, tuple(lines), folder=folder, wrong=not pictures)


def months_ahead(
    root: Path,
    months: Sequence[date],
    units: Sequence[str],
    now: datetime,
    alive: Callable[[], bool],
) -> Iterator[tuple[date, int, tuple[str, ...]]]:
    """How many posts planning would add to each of these months, while somebody wants to know.

    With the posyandu that cannot be read: planning leaves them as they are.
    """
    workspace = Workspace.open(root)
    for month in months:
        desk, count = Desk.open(workspace, month), 0
        broken = {*desk.unreadable, *(unit for unit in units if unit not in desk.loaded.posyandu)}
        for unit in units:
            if not alive():
                return
            if unit not in broken:
                count += len(desk.plan(unit, now=now).posts)
        yield month, count, tuple(unit for unit in units if unit in broken)


def plan_month(
    root: Path, history: History, month: date, units: Iterable[str], now: datetime, step: Step
) -> Report:
    """A month planned for these units; what is there stays, what is missing is added.

    All of it is one edit: it can be taken back, and nothing is written before the last step.
    """
    workspace = Workspace.open(root)
    desk = Desk.open(workspace, month)
    chosen = list(units)
    plans, broken = [], desk.unreadable
    gone = [unit for unit in chosen if unit not in desk.loaded.posyandu]
    stopped = [unit for unit in chosen if unit in broken or unit in gone]
    lines, added, waiting = [], 0, 0
    for unit in gone:
        lines.append(
            f"{unit}: belum dapat disusun, karena posyandu.yaml-nya tidak terbaca. "
            "Perbaiki dulu (tekan 3: Perbaikan), lalu susun lagi."
        )
    for unit in (unit for unit in stopped if unit not in gone):
        why = broken[unit]
        lines.append(
            f"{desk.loaded.posyandu[unit].name}: belum dapat disusun, karena berkas bulan ini tidak "
            f"terbaca ({why.place.file} baris {why.place.line}): {why.message} "
            "Perbaiki dulu (tekan 3: Perbaikan), lalu susun lagi."
        )
    for number, unit in enumerate(chosen, 1):
        if unit not in stopped:
            plans.append(desk.plan(unit, now=now))
        step(number, len(chosen))
    pages = Pages(workspace)
    told: list[str] = []
    for plan in desk.shared(plans):
        name = desk.loaded.posyandu[plan.unit].name
        desk.put(pages, plan)
        added += len(plan.posts)
        waiting += sum(bool(planned.post.waiting) for planned in plan.posts)
        lines.append(f"{name}: {len(plan.posts)} postingan ditambah.")
        # Why an announcement is missing is said already; that one is missing says no more.
        said = (f for f in plan.findings if _matters(f) and f.hint != SEE_ABOVE)
        told += [f"{f.message} {f.hint}".rstrip() for f in said]
    when = f"{month_name(month)} {month.year}"
    history.save(pages, f"Susun {when}, {added} postingan.")
    lines = few(lines, "posyandu lainnya")
    if waiting:
        lines.append(f"{waiting} postingan menunggu isian dari Anda: lihat Kalender.")
    lines += few(grouped(told), "hal lainnya; lihat Keseimbangan di Kalender")
    heading = f"{when} sudah lengkap"
    if added:
        heading = f"{when}: {added} postingan baru"
    elif stopped:
        heading = f"{when} belum dapat disusun"
        heading += f" di {len(stopped)} posyandu" if len(stopped) < len(chosen) else ""
    return Report(heading, tuple(lines), wrong=bool(stopped))


def unanswered(root: Path, order: Order, now: datetime) -> str | None:
    """What to ask about the last announcement of a day before it changes once more, or None."""
    workspace = Workspace.open(root)
    asked = task.last_announcement(workspace, workspace.load(unit=order.unit), order, now)
    return asked.question if asked else None


def change_day(
    root: Path,
    history: History,
    order: Order,
    now: datetime,
    step: Step,
    *,
    clock: Callable[[], datetime] | None = None,
) -> Report:
    """One service day changed: its file, its posts, an announcement, and a fresh pack.

    The files are one edit. Should it be taken back, its pictures go too: nobody sends them by
    mistake.
    """
    workspace, target = Workspace.open(root), safe_join(root, "keluaran")

    def save(pages: Pages, after: Callable[[], str]) -> None:
        history.save(pages, f"Jadwal berubah, {long_date(order.day)}.", after=after)

    changed = task.change_day(workspace, order, now, target, save=save, step=step)
    outcome, made = changed.outcome, changed.made
    if made is None:
        assert changed.failure is not None
        lines = ["Harinya sudah diubah, tetapi gambarnya belum jadi.", apology(changed.failure)]
        lines.append("Tekan g di Beranda untuk membuatnya. Batal mengubah? Ctrl+Z.")
        return Report(headline(outcome), tuple(lines), wrong=True)
    lines = []
    if made.pictures and made.ready:
        where = workspace.relative(made.ready.folder)
        lines.append(f"{len(made.pictures)} gambar pengumuman siap dikirim, di {where}")
    if not outcome.done:
        lines.append("Perubahan ini sudah tercatat sebelumnya.")
    if outcome.case is Case.TAKEN_BACK:
        lines.append("Kabar tadi belum dikirim, jadi dihapus. Tidak ada yang perlu dikabarkan.")
    elif outcome.case is Case.REPLACED:
        lines.append("Kabar tadi belum dikirim, jadi diganti. Kirim yang ini saja.")
    lines += made.told
    found = {post.id: post for post in outcome.loaded.posts(order.unit)}
    # What a post waited for before has nothing to do with its new day.
    matter = [f for f in made.findings if _matters(f) and f.code != WAITING]
    lines += few(grouped(_about(f, found) for f in matter), "hal lainnya; lihat Perbaikan", most=2)
    text = made.words
    for post, where, words in changed.corrections:
        text += f"\n\nSudah terkirim {long_date(post.date)} di {where}. Kirim di sana:\n\n{words}"
    folder = made.ready.folder if made.ready else None
    ask = None
    if (waiting := changed.waiting) and outcome.case in (Case.NEW, Case.REPLACED):
        yes = partial(
            sending.mark, root, history, waiting.post, [waiting.channel],
            now=clock or (lambda: now),
        )  # fmt: skip
        ask = Ask(f"Sudah dikirim ke {waiting.place}?", yes)
    return Report(headline(outcome), tuple(lines), text, folder, has_errors(made.findings), ask)


def try_sample(folder: Path, day: date, step: Step) -> Report:
    """The fictional sample in a folder of its own, its pictures made."""
    create_demo(folder, day)
    press = Press(Workspace.open(folder), Workspace.open(folder).load())
    target = safe_join(folder, "keluaran")
    posts: list[tuple[Selection, Post]] = [(Selection(), p) for p in press.loaded.posts()]
    proofs = []
    for number, (proof, _) in enumerate(run(press, posts, target), 1):
        proofs.append(proof)
        step(number, len(posts))
    packs = list(pack(proofs, target))
    pictures = sum(_pictures(each.files) for each in packs)
    lines = ("Posyandu dan orang di dalamnya rekaan. Silakan dicoba-coba.", f"Foldernya: {folder}")
    return Report(f"{pictures} gambar contoh sudah jadi", lines, folder=target / "paket")


def plan_start(
    root: Path, history: History, unit: str, today: date, now: datetime, step: Step
) -> Report:
    """The months up to the first service day of a posyandu that was just added."""
    rules = (day.rule for day in Workspace.open(root).load(()).posyandu[unit].service_days)
    coming = [first for rule in rules if (first := next_service_day(rule, today))]
    months = sorted({today.replace(day=1), min(coming, default=today).replace(day=1)})
    reports = [plan_month(root, history, month, (unit,), now, step) for month in months]
    lines = [f"{each.heading}." for each in reports]
    return replace(
        reports[-1],
        heading="Rencananya sudah ada" if len(reports) > 1 else reports[-1].heading,
        lines=(
            *(lines if len(reports) > 1 else ()),
            *(line for each in reports for line in each.lines),
        ),
    )


def create_own(folder: Path, new: NewPosyandu, now: datetime, step: Step) -> Report:
    """A new workspace for one posyandu, planned until its first service day, its first week made."""
    today = now.astimezone(Zone[new.zone].tz).date()
    create(folder, new, today)
    step(1, 10)
    loaded = Workspace.open(folder).load()
    first = min((post.date for post in loaded.posts()), default=today)
    lines = [f"Foldernya: {folder}"]
    for month in sorted({today.replace(day=1), first.replace(day=1)}):
        planned = plan_month(folder, History(), month, loaded.posyandu, now, lambda *_: None)
        lines.append(f"{planned.heading}.")
    step(2, 10)
    posts = Workspace.open(folder).load().posts()
    soon = min((post.date for post in posts if post.date >= today), default=today)

    def painted(done: int, total: int) -> None:
        step(2 + (8 * done // total if total else 8), 10)

    made = make_week(folder, loaded.posyandu, soon, now, painted)
    lines += [f"{made.heading}.", *made.lines]
    return Report(f"{new.name} siap dipakai", tuple(lines), folder=made.folder)


def take_back(workspace: Workspace, loaded: Loaded, posts: Iterable[Post]) -> list[Path]:
    """Remove what was made of posts whose photo may not be shown any more; the packs that went."""
    return clear(Press(workspace, loaded), posts, safe_join(workspace.root, "keluaran"))


def free_folder(folder: Path) -> Path:
    """The folder, or the first numbered one that does not exist yet."""
    number, free = 1, folder
    while free.exists():
        number += 1
        free = folder.with_name(f"{folder.name}-{number}")
    return free


def grouped(lines: Iterable[str]) -> list[str]:
    """Each line once, with how often it was there."""
    return [f"{line} (×{count})" if count > 1 else line for line, count in Counter(lines).items()]


def few(lines: Sequence[str], others: str, *, most: int = FEW) -> list[str]:
    """As many lines as leave room for a text below them, and how many more there are."""
    if len(lines) <= most:
        return list(lines)
    return [*lines[: most - 1], f"… dan {len(lines) - most + 1} {others}."]


def _about(finding: Finding, posts: Mapping[str, Post]) -> str:
    """A finding in one short sentence that names its post."""
    post = posts.get(finding.post)
    return f"{called(post)}: {finding.message}" if post else f"{finding.message} {finding.hint}"


def _left_out(
    proofs: Iterable[Proof], held: Mapping[tuple[str, str], Finding], *, many: bool
) -> Iterator[str]:
    for proof in proofs:
        why = next(
            (f for f in proof.findings if f.level is Level.ERROR),
            next((f for f in proof.findings if f.code == "menunggu-isian"), None),
        ) or held.get((proof.post.unit, proof.post.id))
        told = f"{why.message} {why.hint}".rstrip() if why else ""
        yield f"Belum ikut: {called(proof.post, proof.posyandu if many else None)}: {told}"


def _pictures(files: Iterable[str]) -> int:
    return sum(name.endswith(".jpg") for name in files)


def _count(findings: Iterable[Finding], level: Level) -> int:
    return sum(finding.level is level for finding in set(findings))


def _matters(finding: Finding) -> bool:
    return finding.level is not Level.INFO
