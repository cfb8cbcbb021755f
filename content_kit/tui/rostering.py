"""What stands behind the screens of the roster and of reviewing: reading, checking, deciding.

Nothing here knows Textual; all of it runs on worker threads. A list may come from the cache, a
decision never: the post is read and checked anew, and must be the one that was on the screen.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final, TypeAlias

from content_kit.errors import ApprovalError, UsageError
from content_kit.files.outputs import Outputs, Wishes
from content_kit.files.paths import safe_join
from content_kit.files.user_folders import (
    cache_folder,
    keys_folder,
    lots_file,
    memory_file,
    outputs_file,
)
from content_kit.files.workspace import Workspace
from content_kit.model import Person
from content_kit.pack.taken_back import ROSTERS
from content_kit.render import Press
from content_kit.review import keys
from content_kit.review.decide import Decision, decide
from content_kit.review.events import Kind, person
from content_kit.review.keys import Signer
from content_kit.review.memory import Memory
from content_kit.review.policy import Item, Rules
from content_kit.review.reviews import Reviews
from content_kit.review.rules import load_rules
from content_kit.review.status import State
from content_kit.roster import calendar, lots, table
from content_kit.roster.approve import Batch, batch, decided, record
from content_kit.roster.cache import Store
from content_kit.roster.checking import check as check_units
from content_kit.roster.gather import Gathered, gather
from content_kit.roster.page import write_html
from content_kit.roster.papers import heading
from content_kit.roster.pdf import write_pdf
from content_kit.roster.rows import Checker, title_of
from content_kit.roster.sheet import write_xlsx
from content_kit.roster.texts import reviewer
from content_kit.roster.thumbnails import Thumbnails
from content_kit.roster.view import Pile, Reviewer, Roster, Row, Work, work
from content_kit.schedule.dates import short_date
from content_kit.tasks.deciding_together import decide_together
from content_kit.tasks.handing_in import hand_in, units_in
from content_kit.tui.jobs import Report, Step

Key: TypeAlias = tuple[str, str]
"""A post: its unit and its id."""

DONE: Final = {
    Kind.SUBMIT: "Diajukan",
    Kind.APPROVE: "Disetujui",
    Kind.RETURN: "Dikembalikan",
    Kind.WITHDRAW: "Ditarik",
}
_REASONS: Final = 6
AT_ONCE: Final = 3
"""So many units are checked whenever the roster is looked at: some seconds' work."""
PAPERS: Final = {
    "xlsx": "Tabel untuk memutuskan (XLSX)",
    "pdf": "Dokumen untuk ditandatangani (PDF)",
    "html": "Halaman untuk dibaca (HTML)",
    "csv": "Tabel sederhana (CSV)",
    "ics": "Kalender untuk ponsel (ICS)",
}
"""The kinds of file a roster is saved as, and what people call them."""


@dataclass(frozen=True)
class Sight:
    """A month's roster as it was read."""

    root: Path
    first: date
    last: date
    gathered: Gathered
    office: str = ""
    people: Mapping[str, Person] = field(default_factory=dict)
    rules: Rules = field(default_factory=Rules)

    def reviewer(self, me: str) -> Reviewer:
        """Somebody as a reviewer of this roster."""
        return reviewer(me, self.people, self.rules)

    @property
    def roster(self) -> Roster:
        """The roster."""
        return self.gathered.roster


@dataclass(frozen=True)
class Opened:
    """A post as a reviewer sees it: checked this moment, with what may be asked of them."""

    state: State
    items: tuple[Item, ...]
    trust: str
    key: bool
    people: Mapping[str, Person]
    findings: tuple[str, ...] = ()
    unread: bool = False
    """Whether a source waits for a health worker."""
    words: str = ""
    """The digest of the library's text that the post says; "" for words of its own."""


@dataclass(frozen=True)
class Verdict:
    """What somebody decided about the post on the screen."""

    kind: Kind
    by: str
    note: str = ""
    checked: tuple[str, ...] = ()
    passphrase: str = field(default="", repr=False)


def month_end(first: date) -> date:
    """The last day of a month."""
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def look(root: Path, first: date, now: datetime) -> Sight:
    """The roster of a month; what was not checked since it changed says so."""
    workspace = Workspace.open(root)
    last = month_end(first)
    store, memory = Store.of(workspace, cache_folder()), Memory.open(memory_file())
    gathered = gather(workspace, first, last, now, store, memory)
    base = workspace.load((), units=())
    rules, _ = load_rules(workspace)
    return Sight(root, first, last, gathered, base.office.name, base.people, rules)


def check(root: Path, units: Sequence[str], first: date, now: datetime, step: Step) -> Report:
    """Check what is not checked. What is done stays done when somebody stops it."""
    workspace = Workspace.open(root)
    store = Store.of(workspace, cache_folder())
    step(0, len(units))
    # One process: a second one would start anew for each press of the button.
    found = check_units(
        root, units, first, month_end(first), now, store, memory_file(), progress=step, processes=1
    )
    store.sweep()
    rows = [row for checked in found.values() for row in checked.rows]
    wrong = sum(row.worst == "error" for row in rows)
    lines = [f"{wrong} perlu diperbaiki."] if wrong else ["Tidak ada yang perlu diperbaiki."]
    return Report(f"{len(rows)} postingan diperiksa", tuple(lines), wrong=bool(wrong))


def worth_checking(sight: Sight) -> tuple[str, ...]:
    """The units that are checked without being asked for, when they are few.

    Those of a small workspace, and those that somebody has just decided about: a province waits
    for a key.
    """
    stale = sight.gathered.stale
    return stale if len(stale) <= AT_ONCE else ()


def open_post(root: Path, key: Key, now: datetime, me: str) -> Opened:
    """One post, read and checked now; UsageError when it is not there any more."""
    reviews, state = _state(root, key, now)
    items = tuple(item for item in reviews.rules.items if item.by_person)
    told = tuple(f"{found.message} {found.hint}".strip() for found in reviews.findings())
    people = reviews.press.loaded.people
    library, post = reviews.press.library, state.proof.post
    words = library.known[post.entry].digest if library.says(post) else ""
    opened = Opened(
        state, items, reviews.sentence(), reviews.has_key(me), people, told,
        bool(library.unread(post)), words,
    )  # fmt: skip
    reviews.remember()
    return opened


def settle(
    root: Path, key: Key, seen: str, verdict: Verdict, now: datetime, *, evidence: bool = True
) -> str:
    """Carry a verdict out and say so.

    ApprovalError when the post is not the one with the seal that was `seen`, UsageError when the
    rules refuse the verdict. With `evidence` an approval keeps the digests of its pictures.
    """
    reviews, state = _state(root, key, now, fill_ids=verdict.kind is Kind.SUBMIT)
    if state.sealed.seal != seen:
        raise ApprovalError("Postingan ini baru saja berubah. Lihat dulu yang baru, lalu putuskan.")
    who = reviews.person(verdict.by)
    pictures = {}
    if evidence and verdict.kind is Kind.APPROVE:
        pictures[key] = reviews.press.digests(state.proof, safe_join(root, "keluaran"))
    decision = decide(verdict.kind, [state], who, checked=verdict.checked, pictures=pictures)
    if told := _cannot(verdict.kind, decision):
        raise UsageError(told)
    if decision.already:
        return _already(verdict.kind)
    signer = _signer(reviews, who, verdict)
    events = reviews.record(verdict.kind, who, decision.carried, verdict.note, signer=signer)
    for _, why in reviews.settled(decision, events).refused:
        raise UsageError(f"Belum {DONE[verdict.kind].lower()}: {why}")
    return f"{DONE[verdict.kind]} oleh {name_of(who, reviews.press.loaded.people)}."


def hindrance(opened: Opened, kind: Kind, me: str) -> str:
    """Why a verdict cannot be carried out as the post stands; "" when it can.

    The same rules decide as when it is carried out, so nobody is asked for a note or a tick that
    is then refused. What an approver is going to be asked counts as confirmed.
    """
    try:
        who = person(me, opened.people)
    except UsageError as error:
        return str(error)
    asked = tuple(item.id for item in opened.items)
    decision = decide(kind, [opened.state], who, checked=asked)
    return _cannot(kind, decision) or (_already(kind) if decision.already else "")


def name_of(id: str, people: Mapping[str, Person]) -> str:
    """What somebody is called; whoever stands in no list, as they were written down."""
    return people[id].name if id in people else id


def _cannot(kind: Kind, decision: Decision) -> str:
    return next((f"Belum dapat {DONE[kind].lower()}: {why}" for _, why in decision.refused), "")


def _already(kind: Kind) -> str:
    return f"Sudah {DONE[kind].lower()} sebelumnya."


def clean(
    root: Path, roster: Roster, me: str, now: datetime, step: Callable[[int, int], None]
) -> Batch:
    """The clean posts of a roster that wait, checked afresh, with the sample that must be opened."""
    worth = sorted({row.unit for row in roster.rows if row.pile in (Pile.CLEAN, Pile.UNCHECKED)})
    checker = Checker(root, roster.first, roster.last, now, Memory.open(memory_file()))
    seed = lots.seed_for(lots_file(), root, roster.period, me, random.SystemRandom())
    return batch(checker, worth, seed, step)


def approve_clean(
    root: Path,
    roster: Roster,
    opened: Sequence[Key],
    verdict: Verdict,
    now: datetime,
    step: Step,
) -> Report:
    """Approve all clean posts at once, after their sample was opened."""
    ready = clean(root, roster, verdict.by, now, step)
    decision = decided(ready, verdict.by, [f"{unit}/{post}" for unit, post in opened])
    if decision.carried:
        signer = _signer(ready.reviews, ready.reviews.person(verdict.by), verdict)
        events = record(ready, decision, verdict.by, signer)
        decision = ready.reviews.settled(decision, events)
        lots.used(lots_file(), root, roster.period, verdict.by)
    lines = [
        f"{one.proof.posyandu.name}, {short_date(one.proof.post.date)}, "
        f"{title_of(one.proof.post)}: {why}"
        for one, why in decision.refused
    ]
    heading = f"{len(decision.carried)} postingan disetujui"
    return Report(heading, tuple(lines), wrong=bool(decision.refused))


def hand_in_all(
    root: Path, roster: Roster, me: str, note: str, now: datetime, step: Step
) -> Report:
    """Hand in whatever is ready of a roster's posts, of the posyandu that somebody serves."""
    workspace = Workspace.open(root)
    slugs = {unit.slug for unit in roster.units if unit.slug}
    workspace.fill_ids(None, random.SystemRandom())
    loaded = workspace.load(units=slugs)
    mine = units_in(loaded, mine=me)
    posts = [
        post
        for post in loaded.posts()
        if post.unit in mine and roster.first <= post.date <= roster.last
    ]
    reviews = Reviews(Press(workspace, loaded), now)
    handed = hand_in(reviews, posts, me, note, step=step)
    lines = [
        f"{number} belum: {why}"
        for why, number in Counter(why for _, why in handed.decision.refused).most_common(_REASONS)
    ]
    if already := len(handed.decision.already):
        lines.insert(0, f"{already} sudah diajukan atau disetujui sebelumnya.")
    count, units = len(handed.decision.carried), handed.units
    where = f" dari {units} posyandu" if units > 1 else ""
    return Report(f"{count} postingan{where} diajukan", tuple(lines), wrong=not count)


def save_paper(
    sight: Sight, roster: Roster, scope: str, kind: str, now: datetime, ask: Wishes, step: Step
) -> Report:
    """Save a roster as a file in `keluaran/daftar/`; `ask` is for a file that somebody else has there."""
    workspace = Workspace.open(sight.root)
    folder = safe_join(sight.root, "keluaran", ROSTERS)
    path = safe_join(folder, f"daftar-{roster.period.replace('/', '_')}.{kind}")
    pictures = Thumbnails.of(cache_folder())
    if kind == "csv":
        data = table.write_table(roster)
    elif kind == "ics":
        data = calendar.write_ics(roster, workspace, now)
    elif kind == "xlsx":
        data = write_xlsx(roster, scope, pictures.get)
    elif kind == "html":
        data = write_html(roster, sight.office, scope, pictures.get).encode()
    else:
        about = heading(workspace, roster, scope, now)
        data = write_pdf(roster, about, pictures.get, step)
    path = Outputs(outputs_file(), ask).write(path, data)
    lines = [workspace.relative(path)]
    if left := roster.totals.unchecked:
        lines.append(f"{left} postingan di dalamnya belum diperiksa. Tekan k dulu bila perlu.")
    return Report("Daftar tersimpan", tuple(lines), folder=folder)


def _state(root: Path, key: Key, now: datetime, *, fill_ids: bool = False) -> tuple[Reviews, State]:
    unit, post = key
    workspace = Workspace.open(root)
    if fill_ids:
        workspace.fill_ids(None, random.SystemRandom(), unit)
    loaded = workspace.load(unit=unit)
    press = Press(workspace, loaded)
    found = next((one for one in loaded.posts(unit) if one.id == post), None)
    if found is None:
        raise UsageError("Postingan ini tidak ada lagi. Tekan r untuk membaca ulang.")
    reviews = Reviews(press, now)
    return reviews, reviews.state(press.proof(found))


def _signer(reviews: Reviews, who: str, verdict: Verdict) -> Signer | None:
    """The decider's open key where decisions are signed here and a passphrase was given."""
    roles = reviews.trust.roles
    holder = roles.current(who) if roles is not None else None
    if holder is None or not verdict.passphrase:
        return None
    own = next((key for key in keys.own_keys(keys_folder()) if key.public == holder.key), None)
    if own is None:
        raise UsageError(f'Kunci "{holder.id}" tidak ada di komputer ini.')
    opened = keys.unlock(own, verdict.passphrase)
    return Signer(holder.id, opened.public, opened.sign)


def rows_to_decide(rows: Sequence[Row], me: Reviewer) -> list[Row]:
    """The rows in the order a reviewer goes through them: what waits for them, then the rest."""
    order = list(Work)
    looks = [Pile.EYES, Pile.RETURNED, Pile.CLEAN, Pile.UNCHECKED, Pile.APPROVED]

    def place(row: Row) -> tuple[int, int, datetime, Key]:
        return order.index(work(row, me)), looks.index(row.pile), row.instant, row.key

    return sorted(rows, key=place)


def decide_text(
    root: Path, roster: Roster, rows: Sequence[Row], verdict: Verdict, now: datetime, step: Step
) -> Report:
    """One decision about the same text of many posyandu."""
    checker = Checker(root, roster.first, roster.last, now, Memory.open(memory_file()))
    done = decide_together(
        checker,
        rows,
        verdict.kind,
        verdict.by,
        verdict.note,
        checked=verdict.checked,
        signer=lambda reviews, who: _signer(reviews, who, verdict),
        step=step,
    )
    lines = [
        f"{one.proof.posyandu.name}, {one.proof.posyandu.village}, "
        f"{short_date(one.proof.post.date)}: {why}"
        for one, why in done.decision.refused
    ]
    heading = f"{len(done.decision.carried)} postingan {DONE[verdict.kind].lower()}"
    return Report(heading, tuple(lines), wrong=bool(done.decision.refused))
